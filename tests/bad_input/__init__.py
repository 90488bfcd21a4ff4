"""坏文件大全：每一种写坏的办法一行，一个主题一张表。test_bad_input.py 一例一例真的查，一处不多，一处不少。

查出来的照清单上的话写：“说明；改法”。不在改动的那一行的，前面写“:行 ”或“文件:行 ”；提醒前面写“提醒 ”。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conftest import ROOT, SITES, mkdocs_yml

from macros.model.problem import ERROR, NOTICE

AS_OF = "2026-11-24"  # 各例按这一天查
TOWN = "data/township.yml"
INDICATORS = "data/indicators.yml"
YEAR = "data/years/2025.yml"
LAST_YEAR = "data/years/2024.yml"
HALL = "data/halls/yangban-cun.yml"
PLACES = "data/places.yml"
SERVICE = "data/services/yuyue-jiangjie.yml"
SLOGANS = "data/slogans.yml"
CALENDAR = "data/calendar.yml"
QUIZ = "data/quiz.yml"
READING = "data/reading.yml"
LINKS = "data/links.yml"
REDIRECTS = "data/redirects.yml"
SYNONYMS = "data/synonyms.yml"
ASKED = "data/asked.yml"
PUBLISHED = "data/published.csv"
DRAFTS = "data/weixin.csv"
TARGETS = "data/fabu.yml"
DELIVERIES = "data/releases.csv"
SOURCES = "data/laws/来源.yml"
LAW = "data/laws/guofang-jiaoyu-fa.json"
OLD_LAW = "data/laws/旧版.yml"
PAGE = "docs/minbing/index.md"
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"
TEXT = "民兵是什么，法律里写着。"  # PAGE 的正文，第 8 行
MENU = "mkdocs.yml"
CLEAN = SITES / "publishable"

Content = str | bytes | None
WANTED = re.compile(r"(?:(?P<file>[^\s:]*):(?P<line>\d+) )?(?P<notice>提醒 )?(?P<words>.+)", re.DOTALL)


@dataclass(frozen=True)
class Wanted:
    """应当报出来的一处：在哪里，错误还是提醒，条款、说明和改法。"""

    file: str
    line: int
    level: str
    words: str


@dataclass(frozen=True)
class Case:
    """一种坏法。edits：文件 → 新内容，None 是删掉。改内容做不到的（如快捷方式），由 arrange(网站) 动手。"""

    id: str
    edits: Mapping[str, bytes | None]
    wanted: tuple[Wanted, ...]
    as_of: str = AS_OF
    arrange: Callable[[Path], object] | None = None


@dataclass(frozen=True)
class Page(Case):
    """一页正文的坏法：一页一例，几百页放在一个网站里一起查。"""


@cache
def text(file: str) -> str:
    """没有改坏的小网站里，这个文件的内容。"""
    if file == MENU:
        return mkdocs_yml()
    folder = ROOT if file.startswith("data/rules/") else CLEAN
    return (folder / file).read_text(encoding="utf-8")


def swap(file: str, old: str, new: str) -> str:
    """文件里唯一的一处 old 换成 new。"""
    assert text(file).count(old) == 1, f"{file} 里「{old}」有 {text(file).count(old)} 处"
    return text(file).replace(old, new)


def cut(file: str, before: str) -> str:
    """从 before 起，后面的都没了。"""
    return text(file).partition(before)[0]


def bad(
    id: str, file: str, old: str, new: str, *wanted: str, also: Mapping[str, Content] | None = None, as_of: str = AS_OF
) -> Case:
    """file 里的 old 写成了 new；also：别的文件也改成这样。"""
    after = swap(file, old, new)
    pairs = zip(text(file).split("\n"), after.split("\n"), strict=False)
    line = next((i for i, (a, b) in enumerate(pairs, 1) if a != b), text(file).count("\n"))
    return Case(id, _bytes({file: after, **(also or {})}), wanted_of(wanted, file, line), as_of)


def whole(
    id: str, file: str, content: Content, *wanted: str, also: Mapping[str, Content] | None = None, as_of: str = AS_OF
) -> Case:
    """整个文件写成 content；没有的就多出一个，None 是少了它。"""
    return Case(id, _bytes({file: content, **(also or {})}), wanted_of(wanted, file, 1), as_of)


def several(id: str, edits: Mapping[str, Content], *wanted: str) -> Case:
    """几个文件一起改；没有写文件的，报在头一个。"""
    return Case(id, _bytes(edits), wanted_of(wanted, next(iter(edits)), 1))


def body(id: str, written: str, *wanted: str, also: Mapping[str, Content] | None = None) -> Page:
    """页面的正文（第 8 行起）写成 written。"""
    file = f"docs/minbing/{id}.md"
    head = f"---\n摘要: 这一页只写坏一处，查的时候就报这一处：{id}\n复核: 2026-11-20\n---\n\n# 民兵知识 {id}\n\n"
    return Page(id, _bytes({file: f"{head}{written}\n", **(also or {})}), wanted_of(wanted, file, 8))


def arranged(id: str, arrange: Callable[[Path], object], *wanted: str) -> Case:
    return Case(id, {}, wanted_of(wanted, "", 1), arrange=arrange)


@cache
def another() -> str:
    """又一页，和 PAGE 一样写，摘要和标题不一样。"""
    return text(PAGE).replace("摘要: 民兵知识，", "摘要: 又一页知识，").replace("# 民兵知识", "# 又一页")


def _bytes(edits: Mapping[str, Content]) -> dict[str, bytes | None]:
    return {file: new.encode() if isinstance(new, str) else new for file, new in edits.items()}


def wanted_of(wanted: tuple[str, ...], file: str, line: int) -> tuple[Wanted, ...]:
    """没有写文件、行的，就是 file、line。"""
    found = []
    for each in wanted:
        match = WANTED.fullmatch(each)
        assert match
        level = NOTICE if match["notice"] else ERROR
        found.append(Wanted(match["file"] or file, int(match["line"] or line), level, match["words"]))
    return tuple(found)

"""每一条规则都有坏法证明：源代码里每一处报问题的地方，坏文件大全里都有一例，报的正是它。"""

from __future__ import annotations

import datetime
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from email.message import Message
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError

import pytest
from bad_input import Case
from bad_input.attachments import bitmap
from bad_input.built import CASES as BUILT
from bad_input.corpus import BY_ID, CASES
from bad_input.workshop import Workshop
from conftest import ROOT
from places import Place, places

from checks import CHECKS, Subject, run
from checks.cleaning import Stuck
from checks.cleaning.pixels import strip
from checks.commits import Added, Reader
from checks.online import verdict
from checks.subject import Check
from macros.model import Site, load
from macros.model.record import Record, key
from macros.model.textfile import read_text
from macros.model.validation import validate
from macros.model.yamlfile import parse_yaml

FILES = sorted([*(ROOT / "macros/model").glob("*.py"), *(ROOT / "checks").rglob("*.py")])
PLACES = places(ROOT, FILES)


# ---- 改坏文件到不了的：直接叫那一处 ----


class Odd(Record):
    """长度的限制，现在哪个字段都没有，也就没有专门的说法。"""

    short: str = key("甲", max_length=1)


def odd() -> str:
    doc = parse_yaml("甲: 乙丙", "a.yml")
    validate(Odd, doc)
    return doc.problems[0].words


def broken_check() -> str:
    def broken(_: Subject) -> list[Any]:
        raise ZeroDivisionError

    with patch.dict(CHECKS, {"law": Check("law", "", "", broken)}):
        return run(Subject(Site(ROOT), datetime.date(2026, 11, 24)), ["law"])[0].words


def not_built() -> str:
    return run(Subject(Site(ROOT), datetime.date(2026, 11, 24), Path("meiyou")), ["built"])[0].words


def opened(answer: str | int | None) -> str:
    """打开一个网址：到了哪里；或者回答的代码；或者打不开。"""

    def opener(url: str) -> str:
        if isinstance(answer, int):
            raise HTTPError(url, answer, "", Message(), None)
        if answer is None:
            raise TimeoutError
        return answer

    found = verdict("https://a.example/", opener)
    assert found
    return "；".join(found[1:])


class Kept:
    """一个提交，改了一个文件；不用真的仓库。"""

    def __init__(self, message: str, content: bytes) -> None:
        self.stored = {"1" * 40: f"author 甲 <a@a.example>\n\n{message}".encode(), "2" * 40: content}

    def content(self, oid: str) -> bytes:
        return self.stored[oid]

    def size(self, oid: str) -> int:
        return len(self.stored[oid])


def committed(message: str, file: str, content: bytes) -> str:
    reader = Reader(Subject(load(ROOT), datetime.date(2026, 11, 24)), Kept(message, content))  # type: ignore[arg-type]
    (problem,) = reader.read("1" * 40, [Added(file, "2" * 40, ())])
    return problem.words


def odd_inside() -> str:
    """报的时候前面加上了图的名字。"""
    try:
        strip(bitmap(), "png")
    except Stuck as stuck:
        return f"{stuck.what}；{stuck.fix}"
    return ""


PHONE = "15400138000"
MOBILE = (
    "「15***00」：像是个人手机号；只公布办公电话，写在 data/places.yml；"
    "再删掉也留在历史里，要改写提交再推，看 CONTRIBUTING 的“提交里有不该写的”"
)
DIRECT: dict[str, Callable[[], str]] = {
    "文件打不开；看看它是不是快捷方式，或者没有读取权限": lambda: read_text(Path("/proc/self/mem"), "a")[1][0].words,
    "文件里有读不出的字符；重新新建文本文件，把文字粘贴进去": lambda: parse_yaml("甲: \x07", "a").problems[0].words,
    "「甲」的写法不对；对照模板改正": odd,
    "检查 law 没有做完（ZeroDivisionError）；这一项等于没查；把这一行告诉技术人员": broken_check,
    "meiyou 里没有生成好的网站；先运行 make site": not_built,
    "这种图查不了带着什么；点这张图，复制，「选择性粘贴」选「图片（PNG）」，删掉原来的图再保存": odd_inside,
    f"Y-1 提交 11111111（改）写进了{MOBILE}": lambda: committed("改", "a.md", PHONE.encode()),
    f"Y-1 提交 11111111 的说明里有{MOBILE}": lambda: committed(PHONE, "a.md", b""),
    f"Y-1 提交 11111111（改）的文件名里有{MOBILE}": lambda: committed("改", f"{PHONE}.md", b""),
    "M-6 提交 11111111（改）加的文件有 2 MB，太大，里面的字没有查；"
    "换小的再提交；大文件也会留在历史里，要改写提交再推": lambda: committed("改", "a.md", b"a" * (2 << 20)),
    "M-6 提交 11111111（改）加的附件读不出来，里面的字没有查；重新导出一份，改写提交再推": lambda: committed(
        "改", "a.pdf", b""
    ),
    "M-6 提交 11111111（改）加的不是文字、图片，里面有什么没有查；"
    "换成 .docx、.xlsx、.pdf，或移出仓库；改写提交再推": lambda: committed("改", "a.zip", b"\0"),
    "https://a.example/ 没有这一页了（410）；找到新网址，核对单位后改；没有了就删掉": lambda: opened(410),
    "https://a.example/ 不让程序看（403）；用浏览器打开看一眼": lambda: opened(403),
    "https://a.example/ 打不开（TimeoutError）；用浏览器再试；确实打不开的，改网址或删掉": lambda: opened(None),
    "https://a.example/ 跳到了别的网站 b.example；核对是不是同一个单位，再改网址": lambda: opened("https://b.example/"),
}


@pytest.mark.parametrize("words", DIRECT)
def test_said_when_asked_directly(words: str) -> None:
    assert DIRECT[words]() == words


# ---- 每一处都有证明 ----

PATTERNS = {place: place.pattern for place in PLACES}
FROM_RULES = re.compile(r"[A-Z]-[0-9]+ 「[^」]*」；")  # 词表里写的话
HALF_COMMA = "；列表里的逗号用半角，写成 [甲, 乙]"  # 粘成一项的列表，哪里报的都换成这个改法
Proofs = dict[Place, list[Case | None]]


@cache
def spoken_at(words: str) -> tuple[Place, ...]:
    """这句话是哪一处说的：几处都对得上的，算写定的字最多的那一处；一样多的，几处都算。"""
    words = words.removesuffix(HALF_COMMA)
    matching = [place for place in PLACES if PATTERNS[place].fullmatch(words)]
    most = max((place.fixed for place in matching), default=0)
    return tuple(place for place in matching if place.fixed == most)


def proofs(cases: Iterable[Case]) -> Proofs:
    """每一处 → 报的是它的各例；None 是直接叫的、在生成好的网站里的。"""
    said: list[tuple[str, Case | None]] = [(words, None) for words in DIRECT]
    said += [(wanted.words, None) for case in BUILT for wanted in case.wanted]
    said += [(wanted.words, case) for case in cases for wanted in case.wanted]
    found: Proofs = defaultdict(list)
    for words, case in said:
        for place in spoken_at(words):
            found[place].append(case)
    return found


def missing(proven: Proofs) -> list[str]:
    return [str(place) for place in PLACES if place not in proven]


def test_every_place_is_reached() -> None:
    """没有一例证明的，报出文件、行和那句话。"""
    assert len(PLACES) > 300
    assert missing(proofs(CASES)) == []


def test_a_deleted_case_is_missed() -> None:
    """只有一例证明的，删掉这一例就报出来。"""
    alone = {place: cases[0] for place, cases in proofs(CASES).items() if len(cases) == 1 and cases[0]}
    assert len(alone) > 100
    for place, only in alone.items():
        assert str(place) in missing(proofs(case for case in CASES if case is not only))


def test_every_message_has_a_place() -> None:
    """坏文件大全里的每句话，除了词表里写的，都找得到是哪一处说的：没有漏看的地方。"""
    said = {wanted.words for case in CASES for wanted in case.wanted}
    assert {words for words in said if not spoken_at(words) and not FROM_RULES.match(words)} == set()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


def test_places_that_say_the_same_are_each_reached(workshop: Workshop) -> None:
    """几处说同一句话的，一例一例真的跑，看走没走到那一行；写在表里的没有行可走，要说得不一样。"""
    proven = proofs(CASES)
    said = {wanted.words for case in CASES for wanted in case.wanted}
    same = {place for words in said if len(spoken_at(words)) > 1 for place in spoken_at(words)}
    assert len(same) > 10
    lines = {(str(ROOT / place.file), place.line) for place in same}
    walked = cache(lambda case: lines_run(workshop, BY_ID[case], lines))
    missed = [
        str(place)
        for place in same
        if not any((str(ROOT / place.file), place.line) in walked(case.id) for case in proven[place] if case)
    ]
    assert missed == []


def lines_run(workshop: Workshop, case: Case, lines: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """这一例走到了其中哪些行。"""
    seen = set()

    @cache
    def watched(code: CodeType) -> bool:
        return any((code.co_filename, line) in lines for _, _, line in code.co_lines() if line)

    def watch(frame: FrameType, event: str, argument: object) -> Any:
        if not watched(frame.f_code):
            return None
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return watch

    sys.settrace(watch)
    try:
        workshop.problems(case)
    finally:
        sys.settrace(None)
    return seen

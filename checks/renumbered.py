"""像是旧条号：引用的地方说的不像现行的这一条，像旧版这一条现在所在的那一条（data/laws/旧版.yml）。"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from macros.model import Problem, Site
from macros.model.kinds import ARTICLE, KINDS, LAW
from macros.model.markdown import headings, prose
from macros.model.numerals import article_number
from macros.model.pages import Page
from macros.model.problem import ERROR
from macros.model.yamlfile import Path_

from .alike import pairs
from .sentences import sentence
from .subject import Subject, released

# 两个字一数：只有新条里有的至少这么多，还要比只有现行这一条里有的多几倍。照随项目的引用定的：
# 对的一处不报，换成旧条号的报得出七八成
LEAST, TIMES = 4, 3
NEAR = 40  # 一句话太短，连前面的一起看

MACRO = re.compile(r"\{\{.*?\}\}", re.S)

Place = tuple[str, int, int, str, str, str]  # 文件、行、列、法、条、引用它的那段话


def renumbered(subject: Subject) -> Iterator[Problem]:
    """页面里的 law()，数据里的依据；正文里写的由 law.py 一句一句看。"""
    site = subject.site
    if not site.superseded:
        return
    for file, line, column, name, article, words in [*_in_pages(site), *_in_data(site)]:
        if released(subject, "law", file, name) or site.laws.fault(name, article, None, reviewed(site, file)):
            continue
        if found := like_old(site, name, article, words):
            yield Problem(file, line, column, ERROR, *found, "F-7")


def reviewed(site: Site, file: str) -> datetime.date | None:
    """这个文件上次是哪天核对的；没有写的为 None。"""
    page = site.page(file.removeprefix("docs/"))
    if page:
        return page.header.reviewed if page.header else None
    return next((each.reviewed for key, each in site.services.items() if KINDS["services"].path(key) == file), None)


def _in_pages(site: Site) -> Iterator[Place]:
    for page in site.pages:
        calls = [call for call in page.calls if call.macro.name == "law"]
        sections = _sections(page) if calls else []
        for call in calls:
            cited = {param.argument: str(call.values[param.name]) for param in call.macro.params}
            line = call.line + page.line_offset
            words = sections[bisect_right(sections, call.line, key=lambda each: each[0]) - 1][1]
            yield page.file, line, 1, cited[LAW], cited[ARTICLE], words


def _in_data(site: Site) -> Iterator[Place]:
    for file, doc in site.docs.items():
        for at, name, article, words in _cited(doc.value) if file.endswith(".yml") else ():
            yield file, *doc.mark(at), name, article, words


def like_old(site: Site, name: str, article: str, words: str) -> tuple[str, str] | None:
    """words 这段话引了这一条：条号像是旧的，说出现在是哪一条；不像为 None。"""
    law, old = site.laws.texts.get(name), site.laws.superseded.get(name)
    if law is None or old is None or article not in law.articles or article in old.moved(article):
        return None
    said, here = pairs(words), pairs(law.articles[article])
    there = {pair for each in old.moved(article) for pair in pairs(law.articles[each])}
    if len(said & there - here) < max(LEAST, TIMES * len(said & here - there) + 1):
        return None
    fix = f"改成现行的条号；确实引的是现行{article_number(article)}，登记到 data/rules/exemptions.yml，原文写法律名"
    return f"像是《{name}》的旧条号：{old.said(article)}", fix


def said(text: str, start: int, end: int) -> str:
    """引用 [start, end) 所在的一句，去掉引用本身；太短就往前多看几句。"""
    begin, stop = sentence(text, start)[0], sentence(text, end)[1]
    if start - begin + stop - end < NEAR:
        begin = max(0, begin - 2 * NEAR)
    return text[begin:start] + text[end:stop]


def _sections(page: Page) -> list[tuple[int, str]]:
    """正文各节：从第几行起，去掉宏以后的字。"""
    lines = page.body.split("\n")
    starts = sorted({1, *(heading.line for heading in headings(list(prose(page.body))))})
    return [
        (start, MACRO.sub("", "\n".join(lines[start - 1 : stop - 1])))
        for start, stop in pairwise([*starts, len(lines) + 1])
    ]


def _cited(value: Any, at: Path_ = ()) -> Iterator[tuple[Path_, str, str, str]]:
    """数据里的每一处依据：在哪里、法、条、写着它的那一条记录里的字。"""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _cited(item, (*at, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            for i, each in enumerate(item if isinstance(item, list) else [item]):
                if _is_citation(each):
                    place = (*at, key, i) if isinstance(item, list) else (*at, key)
                    yield place, str(each["法"]), str(each["条"]), " ".join(_words(value))
            yield from _cited(item, (*at, key))


def _is_citation(value: Any) -> bool:
    return isinstance(value, dict) and {"法", "条"} <= set(value) <= {"法", "条", "款"}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            if not _is_citation(item):
                yield from _words(item)
    elif value is not None:
        yield str(value)

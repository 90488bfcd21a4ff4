"""保密：民兵、征兵、部队、装备、位置的样子，还有分村、分年、分类放在一起的汇总。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from macros.model import Problem, Site
from macros.model.kinds import KINDS
from macros.model.markdown import prose
from macros.model.pages import Page
from macros.model.problem import ERROR

from .kept import Kept
from .subject import Subject, released
from .texts import Passage
from .wordlists import Words, matchers

SORTS = re.compile("入伍|参军|应征|服役|兵役登记|民兵|适龄青年|新兵|优抚|退役军人|烈士遗属|去向|年龄")
VILLAGE = re.compile("[\u4e00-\u9fff]{1,6}村")
YEARS = f"data/{KINDS['years'].folder}/"
YEAR = re.compile(r"(19|20)\d\d年?")


def secrecy(subject: Subject) -> Iterator[Problem]:
    words = Words(subject, "secrecy", matchers(subject, subject.site.rules.secrecy))
    kept = Kept(words)
    for text in chain(subject.raw, subject.leftovers):
        yield from kept.find(text.folded)
    for name in subject.names:
        yield from kept.named(name)
    for part in subject.attachments:
        if not isinstance(part, Problem):  # 打不开的在 privacy 里报
            yield from words.find(part.folded)
    for figure in _figures(subject.site):
        yield from words.find(figure.folded)
    for page in subject.site.pages:
        yield from _by_village(subject, page)


def _figures(site: Site) -> Iterator[Passage]:
    """年度数据里没有登记的指标：名字和下面一行的值连起来看。登记过的，读的时候查过。"""
    for file, doc in site.docs.items():
        figures = doc.value.get("数据") if file.startswith(YEARS) and isinstance(doc.value, dict) else None
        for name, written in figures.items() if isinstance(figures, dict) else ():
            if name not in site.indicators and isinstance(written, dict) and written.get("值") is not None:
                yield Passage(file, f"{name}:值: {written['值']}", ((0, *doc.mark(("数据", name))),))


def _by_village(subject: Subject, page: Page) -> Iterator[Problem]:
    """一张表里既分村、又有人数和类别：合起来能推算（保守国家秘密法第三十六条第三款）。"""
    rows: list[tuple[int, str]] = []
    for number, line in [*prose(page.body), (0, "")]:
        if line.strip().startswith("|") or (rows and "|" in line):
            rows.append((number, line))
            continue
        if len(rows) > 2:
            yield from _table(subject, page, rows)
        rows = []


def _table(subject: Subject, page: Page, rows: list[tuple[int, str]]) -> Iterator[Problem]:
    head = rows[0][1]
    body = [line for _, line in rows[2:]]
    villages = [line for line in body if VILLAGE.search(line) and re.search(r"\|\s*\d+", line)]
    across = len(VILLAGE.findall(head)) > 1 and any(re.search(r"\|\s*\d+", line) for line in body)
    text = head + "".join(body)
    if (len(villages) > 1 or across) and SORTS.search(text):
        if released(subject, "secrecy", page.file, head.strip()):
            return
        line = rows[0][0] + page.line_offset
        what = "这张表分村列了人数和类别，合起来能推算兵源，也认得出人"
        yield Problem(page.file, line, 1, ERROR, what, "只写全镇的合计；不公开的不写", "M-4")

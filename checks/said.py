"""要上广播的，每个记号都念得出来；念不出来的报在那一行，不悄悄去掉。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.model import Problem, errors
from macros.model.headers import LOUDSPEAKER
from macros.model.kinds import KINDS
from macros.model.problem import ERROR
from macros.model.speech import unsayable
from macros.model.written import MACRO, without_macros, written
from macros.model.yamlfile import Doc, Path_

from .subject import Subject

# 念哪几项
PAGE = (("摘要",), ("来源",))
SERVICE = ("名称", "一句话", "谁来办", "提醒")
PLACE = ("名称", "地址", "时间", "电话")


def said(subject: Subject) -> Iterator[Problem]:
    site = subject.site
    for page in site.activities:
        if page.activity and page.head and LOUDSPEAKER in page.activity.channels:
            wrong = {problem.line for problem in errors(page.problems)}  # 写错的先改，改好再看念不念得出
            body = [(line + page.line_offset, text) for line, text in written(without_macros(page.body))]
            body = [(line, text) for line, text in body if line not in wrong]
            yield from _unsayable(page.file, [*_values(page.head, PAGE), *body])
    used: set[str] = set()
    for _, _, service in site.carried(LOUDSPEAKER):
        used |= set(service.places)
        doc = site.docs[site.file_of(service)]
        yield from _unsayable(doc.file, _values(doc, ((name,) for name in SERVICE)))
    places = site.docs[KINDS["places"].path()]
    spots = [i for i, place in enumerate(site.places) if place in used]
    yield from _unsayable(places.file, _values(places, ((i, name) for i in spots for name in PLACE)))


def _values(doc: Doc, where: Iterable[Path_]) -> Iterator[tuple[int, str]]:
    """这几项在第几行，写的什么；没有写的不算。"""
    for path in where:
        if path in doc.marks:
            value = doc.value
            for key in path:
                value = value[key]
            yield doc.mark(path)[0], str(value)


def _unsayable(file: str, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    for line, text in lines:
        if sign := unsayable(text.replace(MACRO, "")):
            fix = "换成念得出来的字；不上广播的，从 渠道 里去掉 广播"
            yield Problem(file, line, 1, ERROR, f"「{sign}」广播里念不出来", fix, "W-20")

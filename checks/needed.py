"""一条正则要找得到，文字里至少要有哪些字：一个也没有的，不用去找。照标准库自己读出来的正则算，读不懂的一截就当没有要求。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants as sign  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MANY = 200  # 几样里有一样就行的，再多就挑不出什么
Choice = frozenset[str]  # 一个字，或者挨着的两个字，有一样就行


def grams(text: str) -> Choice:
    """文字里的每个字，和每两个挨着的字。"""
    return frozenset(text).union(map(str.__add__, text, text[1:]))


@cache
def needed(pattern: str) -> tuple[Choice, ...]:
    """每一组里都要有一样；最挑的写在头里。"""
    parsed = parser.parse(pattern, re.M)
    found = [] if parsed.state.flags & re.I else _sequence(list(parsed))
    return tuple(sorted(set(found), key=_looseness))


def _looseness(choice: Choice) -> float:
    """越大越容易碰上：单个的字比两个字常见得多。"""
    return sum(1 if len(each) > 1 else 10 for each in choice)


def _sequence(nodes: list[tuple[Any, Any]], before: str = "") -> list[Choice]:
    """先后几截：每一截要的都要。before：紧挨在前面的一个字。"""
    found: list[Choice] = []
    last = before
    for kind, value in nodes:
        if kind is sign.LITERAL:
            found.append(frozenset({last + chr(value)}))
            last = chr(value)
            continue
        found += _one(kind, value, last)
        last = ""
    return found


def _one(kind: Any, value: Any, before: str) -> list[Choice]:
    if kind is sign.IN and all(each in (sign.LITERAL, sign.RANGE) for each, _ in value):
        ends = [code if each is sign.RANGE else (code, code) for each, code in value]
        return _few(before + chr(code) for first, last in ends for code in range(first, min(last, first + MANY) + 1))
    if kind is sign.BRANCH:
        options = [_sequence(list(each), before) for each in value[1]]
        return _few(gram for each in options for gram in min(each, key=_looseness)) if all(options) else []
    if kind is sign.SUBPATTERN and not value[1]:
        return _sequence(list(value[3]), before)
    if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT) and value[0] > 0:
        return _sequence(list(value[2]), before)
    return []


def _few(options: Iterable[str]) -> list[Choice]:
    choice = frozenset(options)
    return [choice] if len(choice) <= MANY else []

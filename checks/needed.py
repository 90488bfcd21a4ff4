"""一条正则要找得到，文字里至少要有哪些字：没有的，不用去找。照标准库自己读出来的正则算，读不懂的一截就当没有要求。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from re import _constants as sign  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MANY = 200  # 一格里可以写的字再多，就挑不出什么
WIDTHLESS = (sign.AT, sign.ASSERT, sign.ASSERT_NOT)  # 不占位置：前后的字还是挨着
Grams = frozenset[str]  # 一个字，或者挨着的两个字


@dataclass(frozen=True)
class Need:
    """一截的要求：grams 里有一样；分几种写法的，ways 里要有一种，它的每一截都合。"""

    grams: Grams
    ways: tuple[tuple[Need, ...], ...] = ()


def met(needs: tuple[Need, ...], there: Grams) -> bool:
    """有这些字的文字，合不合全部要求。"""
    for need in needs:
        if need.grams.isdisjoint(there):
            return False
    for need in needs:
        if need.ways and not any(not way[0].grams.isdisjoint(there) and met(way, there) for way in need.ways):
            return False
    return True


def grams(text: str) -> Grams:
    """文字里的每个字，和每两个挨着的字。"""
    return frozenset(text).union(map(str.__add__, text, text[1:]))


@cache
def needed(pattern: str) -> tuple[Need, ...]:
    """每一截都要合；最挑的写在头里。"""
    parsed = parser.parse(pattern, re.M)
    return () if parsed.state.flags & re.I else _sequence(list(parsed))


def _looseness(need: Need) -> float:
    """越大越容易碰上：单个的字比两个字常见得多。"""
    return sum(1 if len(each) > 1 else 10 for each in need.grams)


def _sequence(nodes: list[tuple[Any, Any]], before: str = "") -> tuple[Need, ...]:
    """先后几截：每一截要的都要。before：紧挨在前面的一个字。"""
    found: list[Need] = []
    last = before
    for kind, value in nodes:
        if kind is sign.LITERAL:
            found.append(Need(frozenset({last + chr(value)})))
            last = chr(value)
            continue
        found += _one(kind, value, last)
        last = last if kind in WIDTHLESS else ""
    return tuple(sorted(set(found), key=_looseness))


def _one(kind: Any, value: Any, before: str) -> Iterable[Need]:
    if kind is sign.IN and all(each in (sign.LITERAL, sign.RANGE) for each, _ in value):
        ends = [code if each is sign.RANGE else (code, code) for each, code in value]
        chars = {chr(code) for first, last in ends for code in range(first, min(last, first + MANY) + 1)}
        return [Need(frozenset(before + char for char in chars))] if len(chars) <= MANY else []
    if kind is sign.BRANCH:
        ways = tuple(_sequence(list(each), before) for each in value[1])
        return [Need(frozenset[str]().union(*(way[0].grams for way in ways)), ways)] if all(ways) else []
    if kind is sign.SUBPATTERN and not value[1]:
        return _sequence(list(value[3]), before)
    if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT) and value[0] > 0:
        return _sequence(list(value[2]), before)
    return []


class Sieve:
    """几条正则一起看：一篇文字里要找的是哪几条。"""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.needs = [needed(pattern) for pattern in patterns]
        self.always = {number for number, needs in enumerate(self.needs) if not needs}
        self.where: dict[str, list[int]] = {}  # 最挑的一截要的字 → 哪几条
        for number, needs in enumerate(self.needs):
            for gram in needs[0].grams if needs else ():
                self.where.setdefault(gram, []).append(number)
        self.grams = frozenset(self.where)

    def likely(self, there: Grams) -> list[int]:
        near = {number for gram in self.grams & there for number in self.where[gram]}
        return sorted(self.always.union(number for number in near if met(self.needs[number], there)))

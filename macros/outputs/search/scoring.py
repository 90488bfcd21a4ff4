"""一个词在一页值几分：BM25+，各栏乘以轻重相加；分数取对数，分成几十级记下来。

一页一页地数，再一个词一个词地算；编号和级并成一个整数，几百万个也只占十几兆内存。
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from math import log
from operator import add
from typing import TypeAlias

from .cutting import cut

SATURATION, LENGTH, FLOOR = 1.2, 0.7, 0.5  # BM25+ 的 k、b、d
RAREST = 4.5  # 最少见的词值几分，和一共几页无关：几批页面分开算，合得起来
LEVELS, LEAST, MOST = 91, 0.1, 250.0
STEP = (MOST / LEAST) ** (1 / (LEVELS - 1))
IMPACTS = [LEAST * STEP**level for level in range(LEVELS)]
_level = partial(bisect, [impact * STEP**0.5 for impact in IMPACTS[:-1]])  # 离哪一级近
LONGEST = 400  # 一个词最多记几页，分高的在先
RADIX = 128  # 编号 × 128 + 级

Fields = Mapping[str, str]  # 栏 → 文字（已经折叠）
Posting: TypeAlias = "array[int]"  # 哪一页、几级，照编号排


class _Column:
    """一栏。一页里出现一次、两次……的词，各有一个号，连着排：号 → 哪一页，号 → 几分。"""

    def __init__(self, boost: float) -> None:
        self.boost = boost
        self.words: dict[str, array[int]] = defaultdict(partial(array, "I"))  # 词 → 号
        self.pages: list[int] = []
        self.sizes: list[tuple[int, int]] = []  # 各页里最多的出现几次，一共几个词

    def count(self, id_: int, text: str) -> None:
        counts = Counter(cut(text))
        most = max(counts.values(), default=0)
        words, before = self.words, len(self.pages) - 1
        for word, times in counts.items():
            words[word].append(before + times)
        self.pages += [id_ * RADIX] * most
        self.sizes.append((most, counts.total()))

    def weigh(self) -> None:
        """全部数完了，才知道平均多长。"""
        size = len(self.sizes)
        average = sum(length for _, length in self.sizes) / max(size, 1) or 1
        self.scale = self.boost * RAREST / log(2 + size)
        self.worth: list[float] = []
        for most, length in self.sizes:
            base = SATURATION * (1 - LENGTH + LENGTH * length / average)
            self.worth += [FLOOR + n * (SATURATION + 1) / (n + base) for n in range(1, most + 1)]

    def scores(self, word: str) -> Iterable[tuple[int, float]]:
        own = self.words[word].tolist()
        weight = self.scale * log(1 + (len(self.sizes) - len(own) + 0.5) / (len(own) + 0.5))
        pages, worth = self.pages, self.worth
        return [(pages[each], weight * worth[each]) for each in own]


def postings(docs: Iterable[tuple[int, Fields]], boosts: Mapping[str, float]) -> Iterator[tuple[str, Posting]]:
    """一批页面（编号，各栏；编号从小到大）里，每个词在哪几页、几级。"""
    columns = {field: _Column(boost) for field, boost in boosts.items()}
    for id_, doc in docs:
        for field, column in columns.items():
            column.count(id_, doc[field])
    for column in columns.values():
        column.weigh()
    for word in {word: None for column in columns.values() for word in column.words}:
        first, *others = (column.scores(word) for column in columns.values() if word in column.words)
        scores = dict(first)
        for page, score in chain.from_iterable(others):
            scores[page] = scores.get(page, 0.0) + score
        yield word, _longest(sorted(map(add, scores, map(_level, scores.values()))))


def _longest(found: list[int]) -> Posting:
    if len(found) > LONGEST:
        found = sorted(sorted(found, key=lambda each: each % RADIX, reverse=True)[:LONGEST])
    return array("I", found)

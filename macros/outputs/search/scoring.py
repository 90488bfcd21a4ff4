"""一个词在一页值几分：BM25+，各栏乘以轻重相加；分数取对数，分成几十级记下来。

页一页一页过，只记编号和级，几百万个词也只占几十兆内存。
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from .cutting import cut

SATURATION, LENGTH, FLOOR = 1.2, 0.7, 0.5  # BM25+ 的 k、b、d
RAREST = 4.5  # 最少见的词值几分，和一共几页无关：几批页面分开算，合得起来
LEVELS, LEAST, MOST = 91, 0.1, 250.0
STEP = (MOST / LEAST) ** (1 / (LEVELS - 1))
LOG_LEAST, SCALE = log(LEAST), 1 / log(STEP)
LONGEST = 400  # 一个词最多记几页，分高的在先

Fields = Mapping[str, str]  # 栏 → 文字（已经折叠）
Posting = list[tuple[int, int]]  # （编号，级），照编号排


def impact(level: int) -> float:
    return float(LEAST * STEP**level)


def _level(score: float) -> int:
    """几百万次：少叫一个函数是一个。"""
    level = int((log(score) - LOG_LEAST) * SCALE + 0.5)
    return level if 0 <= level < LEVELS else 0 if level < 0 else LEVELS - 1


def postings(docs: Mapping[int, Fields], boosts: Mapping[str, float]) -> dict[str, Posting]:
    """一批页面（编号 → 各栏，编号从小到大）里，每个词在哪几页、几级。"""
    numbers: dict[str, int] = {}
    counted = [[_count(doc[field], numbers) for field in boosts] for doc in docs.values()]
    weights, averages = [], []
    for column, boost in enumerate(boosts.values()):
        matching: Counter[int] = Counter()
        total = 0
        for doc in counted:
            words, times, _ = doc[column]
            matching.update(words)
            total += sum(times)
        averages.append(total / max(len(docs), 1) or 1)
        scale = boost * RAREST / log(2 + len(docs))
        weights.append({word: scale * log(1 + (len(docs) - n + 0.5) / (n + 0.5)) for word, n in matching.items()})
    found: list[array[int]] = [array("I") for _ in numbers]
    for id_, doc in zip(docs, counted, strict=True):
        scores: dict[int, float] = {}
        for (words, times, length), weight, average in zip(doc, weights, averages, strict=True):
            base = SATURATION * (1 - LENGTH + LENGTH * length / average)
            worth = [FLOOR + n * (SATURATION + 1) / (n + base) for n in range(max(times, default=0) + 1)]
            for word, n in zip(words, times, strict=True):
                scores[word] = scores.get(word, 0.0) + weight[word] * worth[n]
        start = id_ * 128
        for word, score in scores.items():
            found[word].append(start + _level(score))
    return {word: _longest(found[number]) for word, number in numbers.items()}


def _count(text: str, numbers: dict[str, int]) -> tuple[array[int], array[int], int]:
    """（哪些词，各几次，一共几个）；词记成编号。"""
    counts = Counter(cut(text))
    words = array("I", [numbers.setdefault(word, len(numbers)) for word in counts])
    return words, array("I", counts.values()), counts.total()


def _longest(packed: Sequence[int]) -> Posting:
    found = [divmod(each, 128) for each in packed]
    if len(found) > LONGEST:
        found = sorted(sorted(found, key=lambda each: (-each[1], each[0]))[:LONGEST])
    return found

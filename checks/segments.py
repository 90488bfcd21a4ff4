"""词从哪里断：碰巧跨在两个词上的几个字，不是那个词（保证｜兵员 里没有“证兵”）。"""

from __future__ import annotations

from functools import lru_cache

from .sentences import sentence


def cuts_a_word(text: str, start: int) -> bool:
    """start 在一个词的中间。"""
    begin, end = sentence(text, start)
    return start - begin not in _edges(text[begin:end])


def follows_a_word(text: str, start: int) -> bool:
    """start 前面自成一个词：老兵|丁福贵，分词认作了 兵丁；有|关参战 不是。"""
    before = text[sentence(text, start)[0] : start]
    return len(before) - max(_edges(before), default=0) > 1


@lru_cache(maxsize=16)
def _edges(said: str) -> frozenset[int]:
    """各个词从哪里起。分词的词典有报的才装上，没有报的不花时间。"""
    import rjieba

    return frozenset(left for _, left, _ in rjieba.tokenize(said, "default", False))


def verb_at(text: str, start: int) -> bool:
    """start 起是一个动词：老人常|坐在，老兵曾|讲起。"""
    begin, end = sentence(text, start)
    return start - begin in _verbs(text[begin:end])


@lru_cache(maxsize=16)
def _verbs(said: str) -> frozenset[int]:
    import rjieba

    found, at = set(), 0
    for word, tag in rjieba.tag(said, False):
        if tag in ("v", "d", "l"):
            found.add(at)
        at += len(word)
    return frozenset(found)

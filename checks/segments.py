"""词从哪里断：碰巧跨在两个词上的几个字，不是那个词（保证｜兵员 里没有“证兵”）。"""

from __future__ import annotations

from .sentences import sentence


def cuts_a_word(text: str, start: int) -> bool:
    """start 在一个词的中间。分词的词典有报的才装上，没有报的不花时间。"""
    import rjieba

    begin, end = sentence(text, start)
    words = rjieba.tokenize(text[begin:end], "default", False)
    return any(left < start - begin < right for _, left, right in words)

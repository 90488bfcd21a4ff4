"""一句话从哪里到哪里；说的是不是早年的事；一截一截地找，再长的文字也只多花那么多时间。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

ENDS = "。！？；\n"
LONGEST = 400  # 没有句号的，这么多个字一格，看到前后一格；同一格里的算同一句
STRETCH, OVERLAP = 1000, 100  # 一截至多这么长；一句就比这还长的断成一格一格，断开处前后两截都看
END = re.compile(f"[{ENDS}]")
PAST = re.compile(
    r"(?<!\d)(?:1[0-8]\d\d|19[0-7]\d)年|民国|清[朝代末]|解放前|新中国成立[前初]"
    r"|(?:抗日|解放|抗美援朝|土地革命|国内革命)战争(?:时期|期间|中|爆发|年代)|抗战(?:时期|期间|中|爆发)"
)
PRESENT = re.compile(r"(?<!\d)20\d\d年|今年|去年|目前|现有|近日|日前|本次|这次|如今")


def sentence(text: str, at: int) -> tuple[int, int]:
    """at 所在的一句：[从, 到)。"""
    block = at // LONGEST * LONGEST
    begin = max(block - LONGEST, 0)
    begin = max(begin, *(text.rfind(end, begin, at) + 1 for end in ENDS))
    stop = block + 2 * LONGEST
    found = END.search(text, at, stop)
    return begin, found.start() if found else min(stop, len(text))


def with_next(text: str, at: int) -> tuple[int, int]:
    """at 所在的一句，连同下一句。"""
    begin, end = sentence(text, at)
    while end < len(text) and text[end] in ENDS:
        end += 1
    return begin, sentence(text, end)[1]


def is_history(text: str, at: int) -> bool:
    """这一句写着早年的事；没有写年份的，看前一句。"""
    return _is_history(text, *sentence(text, at))


@lru_cache(maxsize=16)
def _is_history(text: str, begin: int, end: int) -> bool:
    if PRESENT.search(text, begin, end):
        return False
    before = begin if begin == 0 or text[begin - 1] == "\n" else sentence(text, begin - 1)[0]
    return bool(PAST.search(text, before, end))


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """一截一截地找：正则写得不好，花的时间也只跟着文字的长短走。"""
    last = 0
    for begin, stop, end in _stretches(text):
        for match in pattern.finditer(text, begin, end):
            if match.start() >= stop:
                break
            if match.start() >= last:
                yield match
                last = match.end()


@lru_cache(maxsize=4)
def _stretches(text: str) -> tuple[tuple[int, int, int], ...]:
    """各截：从哪里起，到哪里为止，看到哪里。先在两段中间断，再在两句中间断。"""
    found = []
    begin = 0
    while len(text) - begin > STRETCH:
        stop = text.rfind("\n", begin, begin + STRETCH) + 1
        end = stop = stop or max(text.rfind(mark, begin, begin + STRETCH) for mark in ENDS) + 1
        if stop <= begin:
            stop, end = begin + LONGEST, begin + LONGEST + OVERLAP
        found.append((begin, stop, end))
        begin = stop
    return (*found, (begin, len(text) + 1, len(text)))

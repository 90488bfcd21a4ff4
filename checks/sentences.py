"""一句话从哪里到哪里；说的是不是早年的事；一截一截地找，再长的文字也只多花那么多时间。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .needed import Grams, grams, met, needed

ENDS = "。！？；\n"
NEARBY = 400  # 说的是什么年代，至多往前看这么多个字
LONGEST = 400  # 没有句号的，这么多个字一格，看到前后一格；同一格里的算同一句
STRETCH, OVERLAP = 1000, 100  # 一截至多这么长；一句就比这还长的断成一格一格，断开处前后两截都看
END = re.compile(f"[{ENDS}]")
PAST = re.compile(
    r"(?<!\d)(?:1[0-8]\d\d|19[0-7]\d)年(?!(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生[，。；）]))"
    r"|(?<!全)民国|清[朝代末]|解放前|新中国成立[前初]|支前(?!保障|演练)"
    r"|(?:抗日|解放|抗美援朝|土地革命|国内革命)战争(?:时期|期间|中|爆发|年代)|抗战(?:时期|期间|中|爆发)"
    r"|日军|日寇|日伪|伪军|鬼子|敌军|敌伪|国民党军|东北军|方面军|北伐|起义(?:军|部队)"
    r"|(?:八路军|新四军|(?<!空降)红军|志愿军)(?!老|后代|后人|烈士|战士|遗骸|纪念|文化|精神|小学|中学|学校|村|路|旧址|故事)"
)
PRESENT = re.compile(r"(?<!\d)20\d\d年|今年|去年|目前|现有|近日|日前|本次|这次|如今|近年来|驻训|集团军某")


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
    """这一句写着早年的事；没有写的，看同一段里前面不远、最近的一处说的是早年还是现在。"""
    return _is_history(text, *sentence(text, at))


@lru_cache(maxsize=16)
def _is_history(text: str, begin: int, end: int) -> bool:
    if PRESENT.search(text, begin, end):
        return False
    if PAST.search(text, begin, end):
        return True
    near = max(begin - NEARBY, 0)
    near = max(near, text.rfind("\n", near, begin) + 1)
    past, present = (max((m.start() for m in era.finditer(text, near, begin)), default=-1) for era in (PAST, PRESENT))
    return past > present


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """一截一截地找：正则写得不好，花的时间也只跟着文字的长短走。"""
    last = 0
    wanted = needed(pattern.pattern)
    for begin, stop, end, there in _stretches(text):
        if not met(wanted, there):
            continue
        for match in pattern.finditer(text, begin, end):
            if match.start() >= stop:
                break
            if match.start() >= last:
                yield match
                last = match.end()


def present(text: str) -> Grams:
    """一篇里有哪些字：各截的合在一起。"""
    first, *others = (there for *_, there in _stretches(text))
    return first.union(*others) if others else first


@lru_cache(maxsize=4)
def _stretches(text: str) -> tuple[tuple[int, int, int, Grams], ...]:
    """各截：从哪里起，到哪里为止，看到哪里，有哪些字。先在两段中间断，再在两句中间断。"""
    found = []
    begin = 0
    while len(text) - begin > STRETCH:
        stop = text.rfind("\n", begin, begin + STRETCH) + 1
        end = stop = stop or max(text.rfind(mark, begin, begin + STRETCH) for mark in ENDS) + 1
        if stop <= begin:
            stop, end = begin + LONGEST, begin + LONGEST + OVERLAP
        found.append((begin, stop, end))
        begin = stop
    found.append((begin, len(text) + 1, len(text)))
    return tuple((*each, grams(text[each[0] : each[2]])) for each in found)

"""一句话从哪里到哪里；说的是不是早年的事。"""

from __future__ import annotations

import re

ENDS = "。！？；\n"
LONGEST = 400  # 一句话往前往后至多看这么多个字
NEARBY = 160  # 说的是什么年代，至多往前看这么多个字
END = re.compile(f"[{ENDS}]")
PAST = re.compile(
    r"(?<!\d)(?:1[0-8]\d\d|19[0-7]\d)年(?!(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生[，。；）]))"
    r"|(?<!全)民国|清[朝代末]|解放前|新中国成立[前初]|支前(?!保障|演练)"
    r"|(?:抗日|解放|抗美援朝|土地革命|国内革命)战争(?:时期|期间|中|爆发|年代)|抗战(?:时期|期间|中|爆发)"
    r"|日军|日寇|日伪|伪军|鬼子|敌军|敌伪|国民党军|东北军|方面军|北伐|起义(?:军|部队)"
    r"|(?:八路军|新四军|(?<!空降)红军|志愿军)(?!老|后代|后人|烈士|战士|遗骸|纪念|文化|精神|小学|中学|学校|村|路|旧址|故事)"
)
PRESENT = re.compile(r"(?<!\d)20\d\d年|今年|去年|目前|现有|近日|日前|本次|这次|如今|近年来")


def sentence(text: str, at: int) -> tuple[int, int]:
    """at 所在的一句：[从, 到)。"""
    begin = max(at - LONGEST, 0)
    begin = max(begin, *(text.rfind(end, begin, at) + 1 for end in ENDS))
    found = END.search(text, at, at + LONGEST)
    return begin, found.start() if found else min(at + LONGEST, len(text))


def is_history(text: str, at: int) -> bool:
    """这一句写着早年的事；没有写的，看同一段里前面不远、最近的一处说的是早年还是现在。"""
    begin, end = sentence(text, at)
    if PRESENT.search(text, begin, end):
        return False
    if PAST.search(text, begin, end):
        return True
    near = max(begin - NEARBY, 0)
    near = max(near, text.rfind("\n", near, begin) + 1)
    past, present = (max((m.start() for m in era.finditer(text, near, begin)), default=-1) for era in (PAST, PRESENT))
    return past > present

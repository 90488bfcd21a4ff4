"""一句话从哪里到哪里；说的是不是早年的事。"""

from __future__ import annotations

import re

ENDS = "。！？；\n"
LONGEST = 400  # 一句话往前往后至多看这么多个字
END = re.compile(f"[{ENDS}]")
PAST = re.compile(
    r"(?<!\d)(?:1[0-8]\d\d|19[0-7]\d)年|民国|清[朝代末]|解放前|新中国成立[前初]"
    r"|(?:抗日|解放|抗美援朝|土地革命|国内革命)战争(?:时期|期间|中|爆发|年代)|抗战(?:时期|期间|中|爆发)"
)
PRESENT = re.compile(r"(?<!\d)20\d\d年|今年|去年|目前|现有|近日|日前|本次|这次|如今")


def sentence(text: str, at: int) -> tuple[int, int]:
    """at 所在的一句：[从, 到)。"""
    begin = max(at - LONGEST, 0)
    begin = max(begin, *(text.rfind(end, begin, at) + 1 for end in ENDS))
    found = END.search(text, at, at + LONGEST)
    return begin, found.start() if found else min(at + LONGEST, len(text))


def is_history(text: str, at: int) -> bool:
    """这一句写着早年的事；没有写年份的，看前一句。"""
    begin, end = sentence(text, at)
    if PRESENT.search(text, begin, end):
        return False
    before = begin if begin == 0 or text[begin - 1] == "\n" else sentence(text, begin - 1)[0]
    return bool(PAST.search(text, before, end))

"""个人信息：页面、数据、图里的字、PDF 和办公软件的附件里的号码、住址、私人的姓名，还有照片里的位置信息。"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import chain

from macros.model import Problem
from macros.model.rulesets import Rule

from .attachments import attachments, metadata
from .people import People
from .subject import Subject, released
from .texts import Passage, raw, whole
from .wordlists import Words, matchers

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def privacy(subject: Subject) -> Iterator[Problem]:
    words = Words(subject, "privacy", matchers(subject, subject.site.rules.privacy), genuine, hidden)
    people = People(subject.site.rules)
    for text in chain(whole(raw(subject.site)), attachments(subject.site.root / "docs")):
        if isinstance(text, Problem):
            yield text
            continue
        read = text.numbers
        hits = list(words.found(read))
        yield from (words.problem(read, hit) for hit in hits)
        yield from unnamed(subject, people, read, [(hit.start, hit.end) for hit in hits])
    yield from metadata(subject.site.root / "docs")


def unnamed(subject: Subject, people: People, passage: Passage, told: list[tuple[int, int]]) -> Iterator[Problem]:
    """私人的姓名；词表报过的、放行的不报，一行里同一个姓名报一次。"""
    seen = set()
    for found in people.find(passage.text):
        name, cue = passage.text[found.start : found.end], found.cue
        line, column = passage.at(found.start)
        if (
            (line, name) in seen
            or any(start < found.end and found.start < end for start, end in told)
            or released(subject, "privacy", passage.file, name)
        ):
            continue
        seen.add((line, name))
        yield Problem(passage.file, line, column, cue.level, f"「{hidden(name)}」", cue.reason, cue.clause)


def genuine(rule: Rule, text: str) -> bool:
    """号码本身对不对：碰巧一样长的数字不算。"""
    digits = re.sub(r"[^0-9Xx]", "", text)
    if rule.check == "身份证号":
        return _id_number(digits.upper())
    if rule.check == "银行卡号":
        return _luhn(digits)
    return True


def hidden(text: str) -> str:
    """报错里不照抄：留头尾，中间用星号。"""
    if len(text) < 5:
        return text[0] + "*" * (len(text) - 1)
    return f"{text[:2]}***{text[-2:]}"


def _id_number(digits: str) -> bool:
    """GB 11643 的校验码，出生日期真有这一天。"""
    if not re.fullmatch(r"\d{17}[\dX]", digits):
        return False
    try:
        datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, digits[:17], strict=True))
    return "10X98765432"[total % 11] == digits[17]


def _luhn(digits: str) -> bool:
    """银行卡号的校验（ISO/IEC 7812），16 到 19 位。"""
    if not 16 <= len(digits) <= 19 or len(set(digits)) < 3:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0

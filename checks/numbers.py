"""号码本身对不对，是不是编的；报错里怎么写，不照抄。"""

from __future__ import annotations

import datetime
import re

from macros.model.rulesets import Rule

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

INVENTED = {"身份证号": ("99",), "手机号": ("154", "86154", "0154"), "银行卡号": ("6299",)}
NUMERALS = str.maketrans("〇零○一幺二两三四五六七八九", "00011223456789")


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


def invented(rule: Rule, text: str) -> bool:
    """编的号码，不会是谁的：没有 99 开头的地区，154 号段、6299 的卡号没有分配。"""
    digits = re.sub(r"\D", "", text.translate(NUMERALS))
    return digits.startswith(INVENTED.get(rule.check or "", ("-",)))

"""中文的数：条号、款号、星期和日期。"""

from __future__ import annotations

import datetime

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
WEEKDAYS = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]


def chinese(number: int) -> str:
    """12 → 十二，299 → 二百九十九（0—9999）。"""
    if number < 10:
        return DIGITS[number]
    text = ""
    zero = False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text[1:] if text.startswith("一十") else text


def from_chinese(text: str) -> int | None:
    """二百九十九 → 299；不是中文数字时为 None。"""
    total = current = 0
    for char in text:
        if char in DIGITS:
            current = DIGITS.index(char)
        elif char in UNITS:
            total += (current or 1) * UNITS[char]
            current = 0
        else:
            return None
    return total + current if text else None


def article_number(key: str) -> str:
    """条号的法定写法：12 → 第十二条，299之一 → 第二百九十九条之一。"""
    number, _, suffix = key.partition("之")
    return f"第{chinese(int(number))}条" + (f"之{suffix}" if suffix else "")


def date_words(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"

"""一格里的字读成 YAML 里的值：办公室里常见的写法照样认，认不准的说清楚，不猜。"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from macros.model.numerals import DIGITS, from_chinese
from macros.model.textfile import INVISIBLE
from macros.model.values import UNKNOWN

from .workbook import Cell

QUALIFIERS = {
    **dict.fromkeys(("约", "大约"), "约"),
    **dict.fromkeys(("不少于", "至少"), "不少于"),
    **dict.fromkeys(("不超过", "至多"), "不超过"),
}
SERIALS = range(20_000, 80_000)  # 1954 年到 2119 年
NOTHING = ("-", "—", "——", "/", "\\", "无", "无数据", "空", "*", "…", "?", "??", "待定", "未知", "暂无")


class Unread(Exception):
    """这一格读不成：说明，改法。"""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def text(cell: Cell) -> str | None:
    """文字：去掉看不见的字符和两头的空白，格子里换的行接起来。"""
    value = _value(cell)
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return _iso(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cleaned = INVISIBLE.sub("", str(value).replace("_x000D_", "")).replace("\u3000", " ").replace("\xa0", " ")
    lines = [line.strip() for line in re.split(r"[\r\n\t]+", cleaned)]
    return re.sub(r"\s{2,}", " ", _joined(lines)) or None


def _joined(lines: list[str]) -> str:
    whole = ""
    for line in filter(None, lines):
        whole += f" {line}" if whole and whole[-1].isascii() and line[0].isascii() else line
    return whole


def phone(cell: Cell) -> str | None:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        raise Unread(f"「{text(cell)}」存成了数，号码前面的 0 可能没有了", "把这一格设成“文本”，重新写号码")
    found = text(cell)
    return None if found is None else unicodedata.normalize("NFKC", found).replace("（", "(").replace("）", ")")


def half(cell: Cell) -> str | None:
    """编号、网址：全角的字母、数字换成半角，不留空格。"""
    found = text(cell)
    return None if found is None else unicodedata.normalize("NFKC", found).replace(" ", "")


def hours(cell: Cell) -> str | None:
    """九点到几点：数字、冒号换成半角，中间是一字线。"""
    found = half(cell)
    return None if found is None else re.sub("[-~～至–—－]+", "—", found).replace(",", "，")


def many(cell: Cell) -> list[str] | None:
    """几样写在一格里。"""
    found = text(cell)
    return None if found is None else [each.strip() for each in re.split("[、，,；;/ ]+", found) if each.strip()]


def day(cell: Cell) -> str | None:
    """日期 → 2026-11-20。文字写的、只剩序列号的也认。"""
    value = _value(cell)
    if value is None:
        return None
    if isinstance(value, datetime.datetime | datetime.date):
        shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.format.lower())
        if cell.format and "y" in shown and "d" not in shown:
            raise Unread(f"只写了 {value.year}年{value.month}月，没有写哪一天", "写全，如 2026-11-20")
        return _iso(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) in SERIALS:
            return _iso(from_excel(int(value), cell.epoch) if cell.epoch else from_excel(int(value)))
        if re.fullmatch(r"(19|20)\d{6}", str(int(value))):
            value = str(int(value))
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))
    if said in ("待核对", UNKNOWN):
        return said
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", said):
        year, month, date = (int(each) for each in found.groups() if each)
    elif found := re.fullmatch(r"([二一〇○零oO0三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(.{1,3})日", said):
        year = chinese_year(found[1]) or 0
        month, date = from_chinese(found[2]) or 0, from_chinese(found[3]) or 0
    else:
        raise Unread(f"「{said}」不像一个日期", "写成 2026-11-20")
    try:
        return datetime.date(year, month, date).isoformat()
    except ValueError:
        raise Unread(f"没有「{said}」这一天", "查一下日历") from None


def chinese_year(said: str) -> int | None:
    """二〇二六 → 2026。"""
    digits = [DIGITS.find(re.sub("[〇○oO0]", "零", each)) for each in said]
    return int("".join(map(str, digits))) if len(digits) == 4 and min(digits) >= 0 else None


def number(cell: Cell, unit: str = "") -> tuple[int | str | None, str | None]:
    """整数和限定：2100、２１００、2,100、"2100 "、约2100人次。"""
    value = _value(cell)
    if value is None:
        return None, None
    if cell.covered:
        raise Unread("和别的行合并成了一格，不知道是哪一行的数", "取消合并，一行写一个数")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        raise Unread("成了日期或时间", "把这一格设成“常规”，重新写数")
    if isinstance(value, bool):
        raise Unread("写的是对错，不是数", "写整数")
    if isinstance(value, int | float) and value < 0:
        raise Unread(f"{value:g} 比 0 小", "核对这个数")
    if isinstance(value, int):
        return value, None
    if isinstance(value, float):
        if "%" in cell.format:
            raise Unread(f"{value:.0%} 是百分数", "写整数")
        if abs(value - round(value)) > 1e-6:
            raise Unread(f"{value:g} 不是整数", "只能写整数，不写小数")
        return round(value), None
    said = re.sub(r"[\s'‘’`]", "", INVISIBLE.sub("", unicodedata.normalize("NFKC", str(value))))
    if said in NOTHING:
        raise Unread(f"「{said}」看不出是没有数，还是 0", "没有报来的写 待公布，没有记录的写 暂缺，真是 0 写 0")
    qualifier = next((each for each in sorted(QUALIFIERS, key=len, reverse=True) if said.startswith(each)), "")
    bare = said.removeprefix(qualifier)
    if unit and bare.endswith(unit):
        bare = bare.removesuffix(unit)
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+", bare):
        bare = bare.replace(",", "")
    if re.fullmatch(r"\d+(\.0+)?", bare):
        return int(Decimal(bare)), QUALIFIERS.get(qualifier)
    if wan := re.fullmatch(r"(\d+(?:\.\d+)?)([万亿])" + re.escape(unit) + "?", bare):
        whole = int(Decimal(wan[1]) * (10_000 if wan[2] == "万" else 100_000_000))
        raise Unread(f"「{said}」用了“{wan[2]}”，不知道后面几位", f"写全，如 {whole}；是大约的，限定写 约")
    if re.fullmatch(r"[<≤]10|10以下|少于10|不足10|不到10", bare):
        return "少于10", None
    if re.search(r"\d", bare) and re.search(r"^(近|超过|上)|余|多|左右|上下|以上|\+$", bare):
        raise Unread(f"「{said}」不是一个数", "值只写数字，限定写 约 或 不少于")
    return said, None


def _value(cell: Cell) -> Any:
    """公式取算好的值；没有算过、算错了的，说清楚。"""
    value = cell.value
    if cell.formula and value is None:
        raise Unread("是公式，还没有算过", "用 Excel 或 WPS 打开，存一次；或者改成写数")
    if isinstance(value, str) and re.fullmatch(r"#(REF|N/A|VALUE|DIV/0|NAME|NULL|NUM|SPILL|CALC)[!?]?", value):
        raise Unread(f"公式算错了（{value}）", "改成写数")
    if re.search(r"\[\d+\]|\[[^\]]+\.xls", cell.formula) and not cell.blank:
        raise Unread("公式的数来自别的工作簿，那边改了这里不知道", "复制这一格，选择性粘贴成“数值”")
    return None if cell.blank else value


def _iso(value: datetime.datetime | datetime.date) -> str:
    return (value.date() if isinstance(value, datetime.datetime) else value).isoformat()

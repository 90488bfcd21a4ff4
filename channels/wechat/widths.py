"""手机上一行放得下几个字：表放不放得下，名称和内容并不并排，都照它。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, zip_longest

from macros.model.texttree import Runs

WIDE = 4  # 几列的表手机上放不下
LONG = 20  # 多少个字的格子手机上放不下
ROW, GAP = 21.4, 0.75  # 手机上一行放得下几个字；一列的左右边距
MARK, FRAME = 2.2, 0.7  # 链接编号〔1〕占几个字；“演示”的框另占几个字
KEPT = "（[^（）]{1,12}）"  # 括号里的几个字不拆行
SHORT = 6  # 名称不超过几个字，才和内容并排


def is_wide(rows: Sequence[Sequence[Runs]]) -> bool:
    """手机上放不下：列太多，有一格太长，或者各列最窄也凑不进一行。"""
    if any(len(row) >= WIDE or any(width(cell) > LONG for cell in row) for row in rows):
        return True
    least = [max(_least(cell) for cell in column if cell) + GAP for column in zip_longest(*rows)]
    return sum(least) > ROW


def said(runs: Runs) -> str:
    """看到的字，不分行。"""
    return "".join(run.text for run in runs).replace("\n", "")


def width(runs: Runs) -> float:
    return _wide(said(runs))


def _least(cell: Runs) -> float:
    """折到不能再折，还有几个字宽。"""
    links = sum(1 for href, _ in groupby(cell, lambda run: run.href) if href)
    marks = MARK * links + FRAME * sum(run.kind == "demo" for run in cell)
    if width(cell) <= SHORT:
        return width(cell) + marks
    return max((_wide(part) for part in re.findall(KEPT, said(cell))), default=2)


def _wide(text: str) -> float:
    """占几个汉字宽。"""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)

"""data/published.csv：公开过哪些地址。只由发布程序追加，人不改。"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import ledger
from .yamlfile import Doc

HEADER = ["地址", "日期", "sha256", "发稿日期", "数"]
OLDER = HEADER[:4]  # 以前没有记「数」


@dataclass(frozen=True)
class Publication:
    """一个地址在一次发布时的正文校验值。

    issued 是活动页页眉的「日期」；figures 是年度数据页的各个数，指标 → 写法，以前没有记的为 None。
    """

    url: str
    date: datetime.date
    sha256: str
    issued: datetime.date | None = None
    figures: dict[str, str] | None = None


def load(doc: Doc) -> list[Publication]:
    return ledger.records(doc, (HEADER, OLDER), _row)


def _row(row: list[str]) -> Publication | None:
    patterns = (r"([a-z0-9-]+/)*[a-z0-9-]+\.html", r"\d{4}-\d{2}-\d{2}", "[0-9a-f]{64}")
    if len(row) not in (len(HEADER), len(OLDER)) or not all(map(re.fullmatch, patterns, row)):
        return None
    try:
        issued = datetime.date.fromisoformat(row[3]) if row[3] else None
        figures = _figures(row[4]) if row[4:] and row[4] else None
        return Publication(row[0], datetime.date.fromisoformat(row[1]), row[2], issued, figures)
    except (ValueError, RecursionError):
        return None


def _figures(written: str) -> dict[str, str]:
    found = json.loads(written)
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise ValueError
    return found


def said(figures: Mapping[str, str]) -> str:
    """记进表里的样子。"""
    return json.dumps(figures, ensure_ascii=False)

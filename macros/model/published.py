"""data/published.csv：公开过哪些地址。只由发布程序追加，人不改。"""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import dataclass

from .problem import ERROR, Problem

HEADER = ["地址", "日期", "sha256", "发稿日期"]


@dataclass(frozen=True)
class Publication:
    """一个地址在一次发布时的正文校验值；issued 是活动页页眉的「日期」，别的页面没有。"""

    url: str
    date: datetime.date
    sha256: str
    issued: datetime.date | None = None


def load(text: str, name: str) -> tuple[list[Publication], list[Problem]]:
    fix = "这个文件由发布程序写，请恢复原样"
    reader = csv.reader(io.StringIO(text))
    try:
        rows = list(reader)
    except csv.Error:
        return [], [Problem(name, reader.line_num, 1, ERROR, "这一行的写法不对", fix)]
    if not rows or rows[0] != HEADER:
        return [], [Problem(name, 1, 1, ERROR, f"第一行应当是 {','.join(HEADER)}", fix)]
    found, problems = [], []
    for line, row in enumerate(rows[1:], 2):
        record = _row(row)
        if record is None:
            problems.append(Problem(name, line, 1, ERROR, "这一行的写法不对", fix))
        else:
            found.append(record)
    return found, problems


def _row(row: list[str]) -> Publication | None:
    patterns = (r"([a-z0-9-]+/)*[a-z0-9-]+\.html", r"\d{4}-\d{2}-\d{2}", "[0-9a-f]{64}")
    if len(row) != len(HEADER) or not all(map(re.fullmatch, patterns, row)):
        return None
    try:
        issued = datetime.date.fromisoformat(row[3]) if row[3] else None
        return Publication(row[0], datetime.date.fromisoformat(row[1]), row[2], issued)
    except ValueError:
        return None

"""程序自己记的表（CSV）：第一行是列名，一条一行；人不改。"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from .problem import ERROR, Problem
from .textfile import read_text
from .yamlfile import Doc

FIX = "这个文件由发布程序写，请恢复原样"
T = TypeVar("T")


def read(path: Path, name: str) -> Doc:
    text, problems = read_text(path, name)
    return Doc(name, text, problems=problems)


def records(doc: Doc, headers: tuple[list[str], ...], record: Callable[[list[str]], T | None]) -> list[T]:
    """headers：现在的列名，和以前的。record：一行 → 一条，写得不对的为 None。"""
    if doc.value is None:
        return []
    reader = csv.reader(io.StringIO(doc.value))
    try:
        rows = list(reader)
    except csv.Error:
        doc.problems.append(Problem(doc.file, reader.line_num, 1, ERROR, "这一行的写法不对", FIX))
        return []
    if not rows or rows[0] not in headers:
        doc.error((), f"第一行应当是 {','.join(headers[0])}", FIX)
        return []
    found = []
    for line, row in enumerate(rows[1:], 2):
        if made := record(row):
            found.append(made)
        else:
            doc.problems.append(Problem(doc.file, line, 1, ERROR, "这一行的写法不对", FIX))
    return found


def lines(rows: Iterable[Iterable[str]]) -> str:
    content = io.StringIO(newline="")
    csv.writer(content, lineterminator="\n").writerows(rows)
    return content.getvalue()

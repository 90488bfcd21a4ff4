"""data/releases.csv：每一次发布，什么时候、发到哪里、哪个提交、谁签的。由发布程序追加，人不改。"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple, dataclass

from .problem import ERROR, Problem
from .yamlfile import Doc

HEADER = ["时间", "去处", "提交", "内容编号", "文件校验", "签发"]


@dataclass(frozen=True)
class Delivery:
    """content：内容编号，签的就是它；files：全部文件名和 sha256 的散列；signed：签发，不用签的为空。"""

    time: str
    target: str
    commit: str
    content: str
    files: str
    signed: str = ""


def load(doc: Doc) -> list[Delivery]:
    if doc.value is None:
        return []
    rows = list(csv.reader(io.StringIO(doc.value)))
    fix = "这个文件由发布程序写，请恢复原样"
    if not rows or rows[0] != HEADER:
        doc.error((), f"第一行应当是 {','.join(HEADER)}", fix)
        return []
    found = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) == len(HEADER) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row[0]):
            found.append(Delivery(*row))
        else:
            doc.problems.append(Problem(doc.file, line, 1, ERROR, "这一行的写法不对", fix))
    return found


def line(delivery: Delivery) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerow(astuple(delivery))
    return written.getvalue()

"""data/releases.csv：每一次发布，什么时候、发到哪里、哪个提交、谁签的。由发布程序追加，人不改。"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass

from . import ledger
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

    @property
    def row(self) -> tuple[str, ...]:
        return astuple(self)


def load(doc: Doc) -> list[Delivery]:
    return ledger.records(doc, (HEADER,), _delivery)


def _delivery(row: list[str]) -> Delivery | None:
    fine = len(row) == len(HEADER) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row[0], re.ASCII)
    return Delivery(*row) if fine and re.fullmatch("[0-9a-f]{40,64}", row[2]) else None

"""data/weixin.csv：公众号草稿箱里哪一页是哪一份草稿。只由送草稿的程序写，人不改；里面没有密钥。"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from . import ledger
from .yamlfile import Doc

FILE = "weixin.csv"
HEADER = ["公众号", "地址", "草稿", "封面", "封面sha256", "sha256", "日期"]
SHAPES = (
    r"\w+",
    r"([a-z0-9-]+/)*[a-z0-9-]+\.html",
    *[r"[\w-]*"] * 2,
    *["([0-9a-f]{64})?"] * 2,
    r"\d{4}-\d{2}-\d{2}",
)


@dataclass(frozen=True)
class Draft:
    """一页的草稿。media_id、cover 是公众号里草稿、封面的编号；sha256 是送去的内容的。

    封面传好、草稿还没有做成的，media_id 和 sha256 是空的。
    """

    account: str
    url: str
    media_id: str
    cover: str
    cover_sha256: str
    sha256: str
    date: datetime.date

    @property
    def row(self) -> list[str]:
        words = [self.account, self.url, self.media_id, self.cover, self.cover_sha256, self.sha256]
        return [*words, self.date.isoformat()]


def load(doc: Doc) -> list[Draft]:
    return ledger.records(doc, (HEADER,), _draft)


def _draft(row: list[str]) -> Draft | None:
    if len(row) != len(HEADER) or not all(re.fullmatch(*pair, re.ASCII) for pair in zip(SHAPES, row, strict=True)):
        return None
    try:
        return Draft(row[0], row[1], row[2], row[3], row[4], row[5], datetime.date.fromisoformat(row[6]))
    except ValueError:
        return None

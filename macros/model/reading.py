"""data/reading.yml：书目。只列书名，不放书的内容。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .record import Record, key
from .validation import unique
from .values import UNKNOWN, YEARS, CountOrUnknown, Text
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


class Book(Record):
    """一本推荐的书。"""

    title: Text = key("书名")
    publisher: Text = key("出版")
    year: CountOrUnknown = key("年份")
    audience: Text = key("适合")
    why: Text = key("理由")


def rules(books: list[Book], doc: Doc, site: Site) -> None:
    unique(doc, "书名")
    for i, book in enumerate(doc.value if isinstance(doc.value, list) else []):
        year = book.get("年份") if isinstance(book, dict) else None
        if isinstance(year, int) and year not in YEARS:
            doc.error((i, "年份"), f"年份 {year} 不对", f"写四位年份，或 {UNKNOWN}")

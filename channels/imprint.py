"""印在纸上的都要有的：主办单位、网址和二维码、演示记号、法律依据。"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from macros.model import Site
from macros.model.numerals import article_number, chinese
from macros.model.refusal import Refusal
from macros.model.township import Township
from macros.model.values import Citation

from .typesetter import qr

DEMO_LINE = "演示内容，不代表任何真实乡镇"


def hosted(site: Site) -> Township:
    if site.township is None:
        raise Refusal("data/township.yml 读不出来", "先运行 make check，照着改")
    return site.township


def stamp(date: datetime.date | None) -> list[int] | None:
    """PDF 的日期：年、月、日；没有核对过的不写。"""
    return [date.year, date.month, date.day] if date else None


def code(township: Township, url: str) -> dict[str, Any]:
    """二维码和印在下面的网址（栏目、页面、页面里的一处各一行）。网址还没有的不印。"""
    if not township.url:
        return {"url": None, "qr": ""}
    page, mark, anchor = url.partition("#")
    parts = [township.url, page, *([mark + anchor] if mark else [])]
    return {"url": parts, "qr": qr(township.url + url)}


def article(citation: Citation) -> str:
    """第三条第二款。"""
    paragraph = f"第{chinese(citation.paragraph)}款" if citation.paragraph else ""
    return article_number(citation.article) + paragraph


def cited(site: Site, law: str, citations: Iterable[Citation]) -> str:
    """《……法》第五条、第二十条。"""
    return f"《{site.laws.full_name(law)}》{'、'.join(map(article, citations))}"

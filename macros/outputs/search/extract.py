"""搜索要的：一页一条，一部法一条；照居民要看的先后排。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...model import Site
from ...model.pages import Page
from ...views.search import PAGE as SEARCH_PAGE
from ..webpages import WebPage, read

LAWS = "xuexi/falv/"
NOT_INDEXED = ("index.html", SEARCH_PAGE)
FOR_EDITORS = ("guanyu/bianji-zhinan.html", "guanyu/bianxie-yangli.html", "guanyu/hong.html")
DIRECTORIES = ("banshi/index.html", "xuexi/index.html")  # 写着别的各页的标题
YEARLY = re.compile(r"(?:shuangyong|shuju)/(\d{4})\b")
# 居民最常找的在前，编号小
URGENT = ("banshi", "cunshiguan", "xuexi", "shuangyong", "biaoyu", "rili", "minbing", "shuju", "guanyu")


@dataclass(frozen=True)
class Entry:
    """一页。"""

    url: str
    title: str
    section: str
    asked: str
    headings: str
    summary: str
    text: str

    @property
    def share(self) -> float:
        """分数打几折：一年一页的、法律全文、目录排在讲解的后面，给编辑看的再后。"""
        if self.url in FOR_EDITORS:
            return 0.5
        return 0.7 if self.year or self.url.startswith(LAWS) or self.url in DIRECTORIES else 1

    @property
    def year(self) -> str:
        """讲哪一年的；不按年的是空的。"""
        match = YEARLY.match(self.url)
        return match[1] if match else ""

    @property
    def urgency(self) -> tuple[bool, bool, int, int, str]:
        """先后：给居民的在给编辑的前面；法律原文靠后，条文另算；不按年的在按年的前面，新的年份在前；再按栏目。"""
        folder = self.url.split("/")[0]
        rank = URGENT.index(folder) if folder in URGENT else len(URGENT)
        return self.url in FOR_EDITORS, self.url.startswith(LAWS), -int(self.year or 9999), rank, self.url


@dataclass(frozen=True)
class Law:
    """一部法：网页，简称，常见的误称，各条（条号，开头几个字）。"""

    url: str
    name: str
    mistaken: tuple[str, ...]
    articles: tuple[tuple[str, str], ...]


def entries(site: Site, folder: Path) -> list[Entry]:
    """预览时写坏的页面没有网页，跳过。"""
    shown = [page for page in site.pages if page.url not in NOT_INDEXED and (folder / page.url).is_file()]
    return sorted((_entry(site, page, read(folder / page.url)) for page in shown), key=lambda entry: entry.urgency)


def laws(site: Site, folder: Path) -> list[Law]:
    found = []
    for law in site.laws.texts.values():
        url = f"{LAWS}{law.slug}.html"
        if (folder / url).is_file():
            mistaken = tuple(name for name, right in site.laws.missing.items() if right == law.name)
            found.append(Law(url, law.name, mistaken, read(folder / url).articles))
    return found


def _entry(site: Site, page: Page, shown: WebPage) -> Entry:
    asked = " ".join(_asked(site, page))
    summary = page.header.summary if page.header else ""
    return Entry(page.url, page.title, _section(site, page), asked, " ".join(shown.headings), summary, shown.text)


def _section(site: Site, page: Page) -> str:
    """所在栏目首页的标题；法律在“法律原文”。"""
    home = site.page(f"{LAWS if page.url.startswith(LAWS) else page.section + '/'}index.md")
    return home.title if home else ""


def _asked(site: Site, page: Page) -> Iterator[str]:
    """居民会怎么问，页面上不一定写着：data/asked.yml 里的，指南里登记的。"""
    yield from site.asked.get(page.path, ())
    for call in page.calls:
        if call.macro.name == "service" and call.values["编号"] in site.services:
            yield from site.services[call.values["编号"]].asked

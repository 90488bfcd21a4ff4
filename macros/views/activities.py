"""双拥活动的列表：新的在前，按年分开。"""

from __future__ import annotations

from itertools import groupby

from ..model import Site
from ..model.pages import Page
from .render import preparing, render

FEEDS = {"rss.xml": "RSS", "atom.xml": "Atom"}


def _year(page: Page) -> int:
    return page.activity.date.year if page.activity else 0


def activities(site: Site, here: str, count: int | None = None) -> str:
    found = site.activities[:count]
    if not found:
        return preparing("双拥活动")
    groups = [(year, list(pages)) for year, pages in groupby(found, key=_year)]
    return render("activities", here, groups=groups, titled=count is None, feeds=feeds(site))


def feeds(site: Site) -> dict[str, str]:
    """订阅文件 → 叫什么。链接要写全，没有网址就没有订阅。"""
    return FEEDS if site.township and site.township.url else {}

"""活动的列表：新的在前，按年分开。"""

from __future__ import annotations

from functools import partial
from itertools import groupby

from ..model import Site
from ..model.imagefile import Shown, registered
from ..model.kinds import PAGE_KINDS
from ..model.pages import Page
from .render import preparing, render

FEEDS = {"rss.xml": "RSS", "atom.xml": "Atom"}


def _year(page: Page) -> int:
    return page.activity.date.year if page.activity else 0


def activities(site: Site, here: str, count: int | None = None) -> str:
    """在一类页面自己的栏目里，只列这一类；在别处都列。"""
    kind = next((kind for kind in PAGE_KINDS if here.startswith(f"{kind.folder}/")), None)
    found = [page for page in site.activities if kind in (None, page.kind)][:count]
    if not found:
        return preparing(kind.title if kind else PAGE_KINDS[0].title)
    groups = [(year, list(pages)) for year, pages in groupby(found, key=_year)]
    return render(
        "activities", here, groups=groups, cover=partial(cover, site), titled=count is None, feeds=feeds(site)
    )


def cover(site: Site, page: Page) -> Shown | None:
    """列表里的小图：页眉里登记的头一张。"""
    return next(registered(site.root / "docs", page), None)


def feeds(site: Site) -> dict[str, str]:
    """订阅文件 → 叫什么。链接要写全，没有网址就没有订阅。"""
    return FEEDS if site.township and site.township.url else {}

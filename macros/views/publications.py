"""更新记录：哪天发布，新发了哪几页，改了哪几页。照 data/published.csv，不用人记。"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..model import Site
from ..model.pages import Page
from .render import MANY, render


@dataclass
class Release:
    """一天的发布；后来撤下的、搬走的不列。"""

    date: datetime.date
    new: list[Page] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)


def releases(site: Site, here: str) -> str:
    pages = {page.url: page for page in site.listed.pages}
    seen: dict[str, str] = {}
    days: dict[datetime.date, Release] = {}
    for row in site.published:
        if row.figures and seen.get(row.url) == row.sha256:
            continue  # 只是补记了数
        day = days.setdefault(row.date, Release(row.date))
        page = pages.get(row.url)
        pile = day.changed if row.url in seen else day.new
        seen[row.url] = row.sha256
        if page and page not in [*day.new, *day.changed]:
            pile.append(page)
    return render("releases", here, releases=sorted(days.values(), key=lambda day: day.date, reverse=True), most=MANY)

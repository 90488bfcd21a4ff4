"""重要日子：一年的列表，带出处；日期是推算或公布的，不看今天是哪天。"""

from __future__ import annotations

import posixpath

from ..model import Site
from ..model.calendar import Occasion, occasions
from ..model.kinds import KINDS
from ..model.values import Citation
from .render import preparing, render

ICS = f"{posixpath.dirname(KINDS['calendar'].page)}/zhongyao-rizi.ics"  # 订阅用：各年都在里面


def dates(site: Site, here: str, year: int | None = None) -> str:
    if site.calendar is None:
        return preparing("重要日子")
    if year is None:
        address = site.township.url if site.township else None
        return render("dates_index", here, days=dated(site), years=site.calendar.years, ics=ICS, address=address)
    return render(
        "dates",
        here,
        year=year,
        occasions=occasions(site.calendar, year),
        laws=site.laws,
        is_law=_is_law,
        ics=year_ics(year),
    )


def dated(site: Site) -> list[Occasion]:
    """各年已经定了日期的，按日期排。"""
    if site.calendar is None:
        return []
    return [each for year in site.calendar.years for each in occasions(site.calendar, year) if each.span]


def year_ics(year: int) -> str:
    return KINDS["calendar"].page_url(year).removesuffix(".html") + ".ics"


def _is_law(basis: object) -> bool:
    return isinstance(basis, Citation)


def solemn_dates(site: Site) -> list[str]:
    """要收起颜色的日子（庄重的），写在每页上，由浏览器在当天换色。"""
    return [each.span.start.isoformat() for each in dated(site) if each.span and each.day.tone == "庄重"]

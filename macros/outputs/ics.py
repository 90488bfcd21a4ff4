"""重要日子的日历文件（ICS）：一年一个，另有一个订阅用的，各年都在里面。待公布的日子不写。

同一个日子的 UID 不变：日期改了，手机日历改的是原来那一条，不会多出一条。改过没有，照那一年页面的复核日期：
DTSTAMP、LAST-MODIFIED 是那一天，SEQUENCE 是从 1970 年数起的第几天，复核一次大一次，不看时钟（RFC 5545）。
"""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration

from ..model import Site
from ..model.calendar import Day, Occasion, Span, occasions
from ..model.kinds import KINDS
from ..model.township import Township
from ..model.values import Citation
from ..views.calendar import ICS, year_ics
from ..views.laws import citation

NEVER = datetime.date(1970, 1, 1)
NO_DOMAIN = "guofang-jiaoyu.invalid"  # 没有网址时用；这个后缀不会是真的域名
EVERY_WEEK = datetime.timedelta(days=7)  # 订阅的多久来看一次


def write(site: Site, folder: Path) -> None:
    if site.calendar is None or site.township is None:
        return
    (folder / ICS).parent.mkdir(parents=True, exist_ok=True)
    every = {year: occasions(site.calendar, year) for year in site.calendar.years}
    for year, found in every.items():
        (folder / year_ics(year)).write_bytes(build(site, site.township, {year: found}))
    (folder / ICS).write_bytes(build(site, site.township, every))


def build(site: Site, town: Township, every: dict[int, list[Occasion]]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", f"-//{town.host}//{town.site_name}//ZH")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", f"{town.site_name}·重要日子" + ("（演示）" if town.demo else ""))
    calendar.add("X-WR-CALDESC", f"主办单位：{town.host}")
    calendar.add("X-WR-TIMEZONE", "Asia/Shanghai")
    calendar.add("REFRESH-INTERVAL", EVERY_WEEK, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(EVERY_WEEK))
    for year, found in every.items():
        for each in found:
            if each.span:
                calendar.add_component(_event(site, town, each.day, each.span, year))
    text: bytes = calendar.to_ical()
    return text


def _event(site: Site, town: Township, day: Day, span: Span, year: int) -> Event:
    domain = urlsplit(town.url).hostname if town.url else NO_DOMAIN
    event = Event()
    event.add("UID", f"{day.id}-{year}@{domain}")
    event.add("DTSTAMP", _reviewed(site, year))
    event.add("LAST-MODIFIED", _reviewed(site, year))
    event.add("SEQUENCE", (_reviewed(site, year).date() - NEVER).days)
    event.add("DTSTART", span.start)
    event.add("DTEND", span.end + datetime.timedelta(days=1))  # 不含这一天
    event.add("SUMMARY", day.name)
    event.add("DESCRIPTION", _words(site, town, day))
    event.add("TRANSP", "TRANSPARENT")  # 不占用忙闲
    if town.url:
        event.add("URL", f"{town.url}{KINDS['calendar'].page_url(year)}#{day.id}")
    return event


def _words(site: Site, town: Township, day: Day) -> str:
    basis = citation(site, day.basis) if isinstance(day.basis, Citation) else day.basis
    demo = "。演示内容，不代表任何真实乡镇" if town.demo else ""
    actions = [f"· {action}" for action in day.actions]
    return "\n".join([day.note, *actions, f"依据：{basis}", town.site_name + demo])


def _reviewed(site: Site, year: int) -> datetime.datetime:
    """这一年那页的复核日期，作时间戳；还没有核对过的用 NEVER，比哪天都早，核对以后 SEQUENCE 才会变大。"""
    page = site.page_of("calendar", year)
    date = (page and page.header and page.header.reviewed) or NEVER
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)

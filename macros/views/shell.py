"""页面骨架（overrides/）要用的值：图标、庄重的日子、更新日期、恢复长者模式的那行脚本。"""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..model import Site
from ..model.imagefile import unplaced
from ..model.kinds import PAGE_KINDS
from ..model.values import UNVERIFIED, UNVERIFIED_NOTE
from .assets import addresses
from .calendar import solemn_dates
from .icons import PATHS, icon
from .search import digest

# 画出页面以前先恢复长者模式，免得字先小后大。CSP 里写着它的散列；别的内联脚本只有搜索页的一段。
RESTORE = 'try{localStorage.getItem("elder")==="1"&&(document.documentElement.className="E")}catch(e){}'


def updated(site: Site) -> datetime.date | None:
    """内容里最新的日期，不看时钟；一页都没有核对过的为 None。"""
    found = [page.header.reviewed for page in site.pages if page.header and page.header.reviewed]
    found += [page.activity.updated or page.activity.date for page in site.pages if page.activity]
    return max(found, default=None)


def write_link(site: Site) -> str:
    """写一篇活动：打开新建文件的网页，文件名和模板都填好。年份取内容里最新的，还没有的取日历的头一年；不看时钟。"""
    repository = site.township and site.township.repository
    if not repository or not repository.new or not site.new_page:
        return ""
    newest = updated(site)
    year = newest.year if newest else min(site.calendar.years) if site.calendar else None
    if year is None:
        return ""
    asked = urlencode({"filename": "xin-huodong.md", "value": site.new_page})
    return f"{repository.new}docs/{PAGE_KINDS[0].folder}/{year}?{asked}"


def pictures(site: Site) -> dict[str, list[dict[str, Any]]]:
    """页眉里登记的图：网页的地址 → 要由模板摆出来的。"""
    found = {page.url: [asdict(each) for each in unplaced(site.root / "docs", page)] for page in site.activities}
    return {url: shown for url, shown in found.items() if shown}


def template_values(site: Site) -> dict[str, Any]:
    """都是文字、数字、列表、字典：换一个网页引擎，写进它的设置文件也行。"""
    newest = updated(site)
    address = urlsplit((site.township and site.township.url) or "/")
    return {
        "titles": {page.url: page.title for page in site.pages},
        "pictures": pictures(site),
        "sections": sorted({page.section for page in site.pages if page.section}),
        "domain": address.hostname or "",
        "base": address.path,
        "township": site.township.model_dump(mode="json") if site.township else None,
        "stations": [place.model_dump(mode="json") for place in site.places.values() if place.kind == "退役军人服务站"],
        "assets": addresses(site.root),
        "icons": {name: str(icon(name)) for name in PATHS},
        "solemn": solemn_dates(site),
        "unverified": {UNVERIFIED: UNVERIFIED_NOTE},
        "updated": newest.isoformat() if newest else "",
        "archived": {str(number): year.archived.isoformat() for number, year in site.years.items() if year.archived},
        "data_files": {url: file for url, (kind, file) in site.sources.items() if kind.folder},
        "write_link": write_link(site),
        "restore": RESTORE,
        "restore_hash": digest(RESTORE),
    }

"""联系方式、网站地图、首页。"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Site
from ..model.pages import Page
from ..model.places import Place
from .calendar import dated
from .halls import timetable, weekly
from .render import render

# 栏目的先后；名字取各栏目首页的标题
SECTIONS = ("xuexi", "biaoyu", "cunshiguan", "shuangyong", "banshi", "minbing", "shuju", "rili", "guanyu")

# 首页八个入口：居民的话、页面、图标
DOORS = (
    ("我要当兵", "banshi/yingzheng-baoming.html", "pack"),
    ("退役军人办事", "banshi/index.html", "card"),
    ("参观村史馆", "cunshiguan/index.html", "hall"),
    ("看活动", "shuangyong/index.html", "people"),
    ("学法律", "xuexi/index.html", "book"),
    ("找标语", "biaoyu/index.html", "board"),
    ("看重要日子", "rili/index.html", "calendar"),
    ("查年度数据", "shuju/index.html", "chart"),
)
STATION = "退役军人服务站"
WHERE = "shuangyong/chuangkou.html"  # 服务站的地址和时间
LATEST = 3


def contact(site: Site, here: str) -> str:
    return render("contact", here, township=site.township, stations=stations(site))


def stations(site: Site) -> list[Place]:
    return [place for place in site.places.values() if place.kind == STATION]


@dataclass(frozen=True)
class Section:
    """一个栏目：首页和其余各页。"""

    index: Page
    pages: list[Page]


def sections(site: Site) -> list[Section]:
    found = []
    for name in SECTIONS:
        index = site.page(f"{name}/index.md")
        if index:
            rest = [p for p in site.listed.pages if p.section == name and p is not index and not p.activity]
            rest.sort(key=lambda p: (p.path.count("/"), not p.path.endswith("index.md"), p.path))
            found.append(Section(index, rest + [p for p in site.activities if p.section == name]))
    return found


def site_map(site: Site, here: str) -> str:
    return render("site_map", here, sections=sections(site))


def home(site: Site, here: str) -> str:
    open_halls = [hall for hall in site.halls.values() if hall.status == "开放"]
    return render(
        "home",
        here,
        doors=[door for door in DOORS if door[1] in site.urls],
        days=dated(site),
        hall=next((hall for hall in open_halls if weekly(hall)), open_halls[0] if open_halls else None),
        station=next(iter(stations(site)), None),
        where=WHERE,
        urls=site.urls,
        latest=site.activities[:LATEST],
        weekly=weekly,
        timetable=timetable,
    )

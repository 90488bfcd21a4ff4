"""村史馆：先是今天开不开、收不收钱、怎么去、打哪个电话，再是展品。"""

from __future__ import annotations

import json
import posixpath

from ..model import Site
from ..model.halls import CLOSED, Hall, spans
from ..model.kinds import KINDS
from ..model.numerals import WEEKDAYS
from .render import MANY, preparing, render

FOLDER = posixpath.dirname(KINDS["halls"].page)  # 展品的图片在这里


def weekly(hall: Hall) -> str:
    """一周的开放时间并成一句：星期一闭馆，星期二至星期日 9:00—16:30。没有定的为空。"""
    if not isinstance(hall.hours, dict):
        return ""
    groups: list[tuple[str, list[str]]] = []
    for day in WEEKDAYS:
        hours = hall.hours[day]
        if groups and groups[-1][0] == hours:
            groups[-1][1].append(day)
        else:
            groups.append((hours, [day]))
    said = []
    for hours, days in groups:
        when = days[0] if len(days) == 1 else f"{days[0]}至{days[-1]}"
        said.append(f"{when}{CLOSED}" if hours == CLOSED else f"{when} {hours}")
    return "；".join(said)


def timetable(hall: Hall) -> str:
    """给浏览器算“今天开放”用的 JSON：一周七天的时段（从星期一起，分钟数）和闭馆的日子。"""
    if not isinstance(hall.hours, dict):
        return ""
    week = [spans(hall.hours[day]) for day in WEEKDAYS]
    words = [hall.hours[day] for day in WEEKDAYS]
    closed = [[c.start.isoformat(), c.end.isoformat(), c.reason] for c in hall.closures]
    return json.dumps({"week": week, "words": words, "closed": closed}, ensure_ascii=False, separators=(",", ":"))


def hall(site: Site, here: str, id: str | None = None) -> str:
    tools = {"folder": FOLDER, "weekly": weekly, "timetable": timetable, "days": site.rules.days("开放时间")}
    if id is None:
        if not site.halls:
            return preparing("村史馆")
        ordered = sorted(site.halls.values(), key=lambda h: (h.status != "开放", not weekly(h), h.id))
        return render("halls", here, halls=ordered, **tools)
    chosen = site.halls[id]
    exhibits = [(each.anchor, f"{each.id} {each.name}") for each in chosen.exhibits]
    return render("hall", here, hall=chosen, exhibits=exhibits if len(exhibits) > MANY else [], **tools)

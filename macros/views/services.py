"""办事指南和办理点。地点、时间、电话都取自 places.yml。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from ..model import Site
from ..model.places import Place
from ..model.services import Question
from ..model.values import UNKNOWN
from .render import MANY, hours, known, lines, preparing, render

PLACE_PERIOD = "电话地址"  # data/rules/freshness.yml 里的类别

Rows = list[tuple[str, Markup]]  # 卡片上的名称和内容


def service(site: Site, here: str, id: str | None = None) -> str:
    if id is None:
        return (
            render("services", here, services=list(site.services.values())) if site.services else preparing("办事指南")
        )
    chosen = site.services[id]
    groups: dict[str | None, list[Question]] = {None: []}
    for question in chosen.questions:
        groups.setdefault(question.group, []).append(question)
    places_ = [site.places[p] for p in chosen.places]
    return render(
        "service",
        here,
        service=chosen,
        groups=groups,
        cards=[(place, _rows(place)) for place in places_],
        called=any(place.phone != UNKNOWN for place in places_),
        laws=site.laws,
        days=site.rules.days("办事指南"),
        place_days=site.rules.days(PLACE_PERIOD),
    )


def places(site: Site, here: str, kind: str) -> str:
    return cards(site, here, kind, [place for place in site.places.values() if place.kind == kind], _rows)


def cards(site: Site, here: str, what: str, found: list[Any], rows: Callable[[Any], Rows]) -> str:
    """一处一张卡片，一个村的挨在一起。多了，上面列出各村，点了就到；只有一个村的、不在哪个村的，列名称。"""
    if not found:
        return preparing(what)
    groups: dict[str, list[Any]] = {}
    for each in found:
        groups.setdefault(each.village or each.name, []).append(each)
    listed = list(groups.items()) if len(groups) > 1 else [(each.name, [each]) for each in found]
    jumps = [(several[0].id, name) for name, several in listed]
    return render(
        "cards",
        here,
        cards=[(each, rows(each)) for several in groups.values() for each in several],
        jumps=jumps if len(found) > MANY else [],
        label="按村找" if len(groups) > 1 else "按名称找",
        days=site.rules.days(PLACE_PERIOD),
    )


def _rows(place: Place) -> Rows:
    return [
        ("地址", known(place.address)),
        ("时间", hours(place.hours)),
        ("电话", known(place.phone)),
        ("能办什么", lines(place.services)),
    ]

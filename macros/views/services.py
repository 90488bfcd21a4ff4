"""办事指南和办理点。地点、时间、电话都取自 places.yml。"""

from __future__ import annotations

from markupsafe import Markup

from ..model import Site
from ..model.places import Place
from ..model.values import UNKNOWN
from .render import hours, known, lines, preparing, render

PLACE_PERIOD = "电话地址"  # data/rules/freshness.yml 里的类别


def service(site: Site, here: str, id: str | None = None) -> str:
    if id is None:
        return (
            render("services", here, services=list(site.services.values())) if site.services else preparing("办事指南")
        )
    chosen = site.services[id]
    places_ = [site.places[p] for p in chosen.places]
    return render(
        "service",
        here,
        service=chosen,
        cards=[(place, _rows(place)) for place in places_],
        called=any(place.phone != UNKNOWN for place in places_),
        laws=site.laws,
        days=site.rules.days("办事指南"),
        place_days=site.rules.days(PLACE_PERIOD),
    )


def places(site: Site, here: str, kind: str) -> str:
    cards = [(place, _rows(place)) for place in site.places.values() if place.kind == kind]
    return render("cards", here, cards=cards, days=site.rules.days(PLACE_PERIOD)) if cards else preparing(kind)


def _rows(place: Place) -> list[tuple[str, Markup]]:
    return [
        ("地址", known(place.address)),
        ("时间", hours(place.hours)),
        ("电话", known(place.phone)),
        ("能办什么", lines(place.services)),
    ]

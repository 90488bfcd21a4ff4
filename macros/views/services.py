"""办事指南和办理点。地点、时间、电话都取自 places.yml。"""

from __future__ import annotations

from ..model import Site
from .render import preparing, render

PLACE_PERIOD = "电话地址"  # data/rules/freshness.yml 里的类别


def service(site: Site, here: str, id: str | None = None) -> str:
    if id is None:
        return (
            render("services", here, services=list(site.services.values())) if site.services else preparing("办事指南")
        )
    chosen = site.services[id]
    return render(
        "service",
        here,
        service=chosen,
        places=[site.places[p] for p in chosen.places],
        laws=site.laws,
        days=site.rules.days("办事指南"),
        place_days=site.rules.days(PLACE_PERIOD),
    )


def places(site: Site, here: str, kind: str) -> str:
    found = [place for place in site.places.values() if place.kind == kind]
    return render("places", here, places=found, days=site.rules.days(PLACE_PERIOD)) if found else preparing(kind)

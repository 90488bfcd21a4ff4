"""志愿服务队：在哪个村，能帮什么，打哪个电话。"""

from __future__ import annotations

from ..model import Site
from ..model.volunteers import Volunteers
from .render import known, lines, preparing, render


def volunteers(site: Site, here: str) -> str:
    cards = [(team, _rows(team)) for team in site.volunteers]
    return render("cards", here, cards=cards, days=site.rules.days("电话地址")) if cards else preparing("志愿服务队")


def _rows(team: Volunteers) -> list[tuple[str, object]]:
    return [("村", known(team.village)), ("能帮什么", lines(team.services)), ("电话", known(team.phone))]

"""志愿服务队：在哪个村，能帮什么，打哪个电话。"""

from __future__ import annotations

from ..model import Site
from ..model.volunteers import Volunteers
from .render import known, lines
from .services import Rows, cards


def volunteers(site: Site, here: str) -> str:
    return cards(site, here, "志愿服务队", site.volunteers, _rows)


def _rows(team: Volunteers) -> Rows:
    return [("村", known(team.village)), ("能帮什么", lines(team.services)), ("电话", known(team.phone))]

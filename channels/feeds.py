"""订阅和日历：网站里已经写好的 RSS、Atom、ICS，抄一份到 dist/feeds/。"""

from __future__ import annotations

from macros.model.kinds import KINDS, PAGE_KINDS
from macros.model.refusal import Refusal
from macros.views.activities import feeds
from macros.views.calendar import ICS, year_ics
from macros.views.shell import updated

from .job import Built, Job

CALENDAR = KINDS["calendar"].page_url("index")
ACTIVITIES = PAGE_KINDS[0].index


def jobs(built: Built) -> list[Job]:
    found = [_copy(built, file, ACTIVITIES, f"双拥活动（{name}）") for file, name in feeds(built.site).items()]
    if built.site.calendar:
        years = built.site.calendar.years
        found += [_copy(built, year_ics(y), KINDS["calendar"].page_url(y), f"{y}年重要日子（ICS）") for y in years]
        found.append(_copy(built, ICS, CALENDAR, "重要日子（ICS 订阅）"))
    return found


def _copy(built: Built, file: str, source: str, title: str) -> Job:
    path = built.folder / file
    content = path.read_bytes() if path.is_file() else b""

    def make() -> bytes:
        if not content:
            raise Refusal(f"{built.folder}/ 里没有 {file}", "先运行 make site，再做一次")
        return content

    return Job(f"feeds/{path.name}", source, title, updated(built.site), (content,), make)

"""什么到哪一天要再核对、要收起来：日子写在数据和页面里，期限写在 data/rules/freshness.yml。检查、提醒都照这里。"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from .kinds import KINDS
from .site import Site

STATIC = ("", "_moban")
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """一样东西。period：期限的类别；todo：要做什么；due：到这一天为止；days：从上次核对起算几天，写定日子的是 0。"""

    period: str
    name: str
    due: datetime.date
    todo: str
    file: str
    line: int = 1
    column: int = 1
    days: int = 0

    @property
    def last(self) -> datetime.date:
        """上次核对的日子。"""
        return self.due - self.days * DAY


def deadlines(site: Site) -> list[Deadline]:
    """全部，早的在前。"""
    found = [*records(site), *home(site), *sections(site), *written(site)]
    return sorted(found, key=lambda each: (each.due, each.period, each.file, each.line))


def records(site: Site) -> Iterator[Deadline]:
    """写着核对日期的记录。"""
    for kind in KINDS.values():
        days = site.rules.days(kind.review.period) if kind.review else None
        if kind.review is None or days is None:
            continue
        for doc, at, record in site.entries(kind):
            if record.reviewed and (name := kind.review.said(record)):
                due, mark = record.reviewed + days * DAY, doc.mark((*at, kind.review.date))
                yield Deadline(kind.review.period, name, due, kind.review.fix, doc.file, *mark, days)


def home(site: Site) -> Iterator[Deadline]:
    """首页：最新的活动。"""
    news = [page.activity.updated or page.activity.date for page in site.activities if page.activity]
    page, days = site.page("index.md"), site.rules.days("首页")
    if page and news and days is not None:
        yield Deadline(
            "首页", "最新的活动", max(news) + days * DAY, "发一条真的新活动，不能改旧日期", page.file, days=days
        )


def sections(site: Site) -> Iterator[Deadline]:
    """各栏目：最近复核过的一页。"""
    dates: dict[str, list[datetime.date]] = {}
    for page in site.pages:
        if page.header and page.header.reviewed and page.section not in STATIC:
            dates.setdefault(page.section, []).append(page.header.reviewed)
    days = site.rules.days("栏目")
    if days is None:
        return
    for section, found in dates.items():
        index = site.page(f"{section}/index.md")
        name, file = f"“{index.title if index else section}”栏目", f"docs/{section}/index.md"
        yield Deadline("栏目", name, max(found) + days * DAY, "逐页核对，改 复核", file, days=days)


def written(site: Site) -> Iterator[Deadline]:
    """日子写定了的：放行到哪天，通知有效到哪天，标语哪天撤。"""
    for doc, at, each in site.entries(KINDS["exemptions"]):
        todo = "还要用的，重新审批，改 至"
        yield Deadline("放行", f"{each.file} 的放行", each.until, todo, doc.file, *doc.mark(at))
    for page in site.activities:
        if page.activity and page.activity.expires:
            todo = "延期的改 有效期至"
            yield Deadline("通知", f"“{page.title}”", page.activity.expires, todo, page.file)
    for doc, at, slogan in site.entries(KINDS["slogans"]):
        for i, hanging in enumerate(slogan.hangings):
            mark, todo = doc.mark((*at, "悬挂", i, "撤")), "到现场撤下来"
            yield Deadline("标语", f"{hanging.place}的“{slogan.text}”", hanging.down, todo, doc.file, *mark)


def unverified(site: Site) -> dict[str, list[str]]:
    """还写着 待核对 的：哪一类 → 每一处在哪个文件。"""
    found: dict[str, list[str]] = {}
    for kind in KINDS.values():
        for doc, _, record in site.entries(kind):
            if getattr(record, "reviewed", record) is None:
                found.setdefault(kind.title, []).append(doc.file)
    pages = [page.file for page in site.pages if page.header and page.header.reviewed is None]
    return found | ({"页面": pages} if pages else {})

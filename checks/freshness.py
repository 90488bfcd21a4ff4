"""新不新：开放时间、电话、指南、法律、首页、栏目，多久没有复核、没有更新（期限在 data/rules/freshness.yml）。

没有新活动只提醒：不能拦着改错。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from macros.model import Problem, Site
from macros.model.kinds import KINDS
from macros.model.problem import ERROR, NOTICE
from macros.model.values import UNVERIFIED

from .subject import Subject

STATIC = ("", "_moban")


def freshness(subject: Subject) -> Iterator[Problem]:
    subject = replace(subject, site=subject.site.public)
    level = NOTICE if _lenient(subject) else ERROR
    yield from _records(subject, level)
    yield from _pages(subject, level)
    yield from _waiting(subject.site)


def _lenient(subject: Subject) -> bool:
    """演示的不发布；这次只动了公开过的页面，是撤下、更正，也不拦：改错不能等。"""
    site = subject.site
    if site.township is None or site.township.demo:
        return True
    last = {row.url: row.sha256 for row in site.published}
    changed = [page for page in site.pages if last.get(page.url) != site.text_digest(page)]
    return bool(changed) and all(page.withdrawn or page.url in last for page in changed)


def _over(subject: Subject, kind: str, date: datetime.date, level: str) -> tuple[str, int] | None:
    """超过期限：级别和期限天数；没超过为 None。"""
    limit = subject.site.rules.days(kind)
    age = (subject.as_of - date).days
    if limit is None or age <= limit:
        return None
    return (level if age > 2 * limit else NOTICE), limit


def _records(subject: Subject, level: str) -> Iterator[Problem]:
    for kind in KINDS.values():
        review = kind.review
        if review is None:
            continue
        for doc, at, record in subject.site.entries(kind):
            what = review.said(record)
            over = _over(subject, review.period, record.reviewed, level) if what and record.reviewed else None
            if over:
                said = f"{what}上次核对是 {record.reviewed}，过了 {over[1]} 天"
                yield Problem(doc.file, *doc.mark((*at, review.date)), over[0], said, review.fix, "R-9")


def unverified(site: Site) -> dict[str, list[str]]:
    """还写着 待核对 的：哪一类 → 每一处在哪个文件。"""
    found: dict[str, list[str]] = {}
    for kind in KINDS.values():
        for doc, _, record in site.entries(kind):
            if getattr(record, "reviewed", record) is None:
                found.setdefault(kind.title, []).append(doc.file)
    pages = [page.file for page in site.pages if page.header and page.header.reviewed is None]
    return found | ({"页面": pages} if pages else {})


def _waiting(site: Site) -> Iterator[Problem]:
    if found := unverified(site):
        listed = "、".join(f"{title}{len(files)}处" for title, files in found.items())
        what = f"还有{sum(map(len, found.values()))}处写着 {UNVERIFIED}：{listed}"
        fix = "照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"
        yield Problem(KINDS["township"].path(), 1, 1, NOTICE, what, fix, "R-9")


def _pages(subject: Subject, level: str) -> Iterator[Problem]:
    site = subject.site
    news = [page.activity.updated or page.activity.date for page in site.activities if page.activity]
    home = site.page("index.md")
    if home and news and (over := _over(subject, "首页", max(news), level)):
        what = f"首页最新的活动是 {max(news)}，过了 {over[1]} 天没有更新"
        yield Problem(home.file, 1, 1, NOTICE, what, "发一条真的新活动，不能改旧日期", "R-9")
    sections: dict[str, list[datetime.date]] = {}
    for page in site.pages:
        if page.header and page.header.reviewed and page.section not in STATIC:
            sections.setdefault(page.section, []).append(page.header.reviewed)
    for section, dates in sections.items():
        if over := _over(subject, "栏目", max(dates), level):
            what = f"这个栏目最近一次复核是 {max(dates)}，过了 {over[1]} 天"
            yield Problem(f"docs/{section}/index.md", 1, 1, over[0], what, "逐页核对，改 复核", "R-9")

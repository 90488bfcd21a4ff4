"""新不新：开放时间、电话、指南、法律、首页、栏目，多久没有复核、没有更新（期限在 data/rules/freshness.yml）。

没有新活动只提醒：不能拦着改错。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.model import Problem, Site
from macros.model.deadlines import Deadline, home, records, sections, unverified
from macros.model.kinds import KINDS
from macros.model.problem import ERROR, NOTICE
from macros.model.values import UNVERIFIED

from .subject import Subject


def freshness(subject: Subject) -> Iterator[Problem]:
    subject = replace(subject, site=subject.site.public)
    level = NOTICE if _lenient(subject) else ERROR
    for each in records(subject.site):
        what = f"{each.name}上次核对是 {each.last}，过了 {each.days} 天"
        yield from _over(subject, each, level, what, each.todo)
    for each in home(subject.site):
        what = f"首页最新的活动是 {each.last}，过了 {each.days} 天没有更新"
        yield from _over(subject, each, NOTICE, what, each.todo)
    for each in sections(subject.site):
        what = f"这个栏目最近一次复核是 {each.last}，过了 {each.days} 天"
        yield from _over(subject, each, level, what, each.todo)
    yield from _waiting(subject.site)


def _lenient(subject: Subject) -> bool:
    """演示的不发布；这次只动了公开过的页面，是撤下、更正，也不拦：改错不能等。"""
    site = subject.site
    if site.township is None or site.township.demo:
        return True
    last = {row.url: row.sha256 for row in site.published}
    changed = [page for page in site.pages if last.get(page.url) != site.text_digest(page)]
    return bool(changed) and all(page.withdrawn or page.url in last for page in changed)


def _over(subject: Subject, each: Deadline, level: str, what: str, fix: str) -> Iterator[Problem]:
    """过了期限是提醒，过了两倍照 level。"""
    late = (subject.as_of - each.due).days
    if late > 0:
        graded = level if late > each.days else NOTICE
        yield Problem(each.file, each.line, each.column, graded, what, fix, "R-9")


def _waiting(site: Site) -> Iterator[Problem]:
    if found := unverified(site):
        listed = "、".join(f"{title}{len(files)}处" for title, files in found.items())
        what = f"还有{sum(map(len, found.values()))}处写着 {UNVERIFIED}：{listed}"
        fix = "照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"
        yield Problem(KINDS["township"].path(), 1, 1, NOTICE, what, fix, "R-9")

"""审签和发布记录：和 data/published.csv 记着的对，不许悄悄改、改日期、让地址消失。"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import get_args

from macros.model import Problem, Site
from macros.model.headers import STATE
from macros.model.kinds import KINDS
from macros.model.markdown import boxes
from macros.model.pages import Page
from macros.model.problem import ERROR
from macros.model.published import Publication
from macros.model.years import SUPPRESSED, Correction, Figure, Qualifier, Year, before_corrections

from .subject import Subject

UNSAID = ("待公布", "不公开")  # 还没有公开的数，补上不算改


def signoff(subject: Subject) -> Iterator[Problem]:
    """审签五项、签发不是编辑、保密审查日期，由数据模型查（data）。"""
    last = {row.url: row for row in subject.site.published}
    yield from _future_records(subject)
    for page in subject.site.pages:
        yield from _future(page, subject.as_of)
        row = last.get(page.url)
        if row and page.header and not page.withdrawn and not page.draft:
            yield from _published(subject, page, row)
    changed = list(_figures(subject, last))
    yield from changed
    told = {problem.file for problem in changed}
    yield from (problem for problem in _locked(subject, last) if problem.file not in told)
    yield from _vanished(subject, last)


def _problem(page: Page, key: str, clause: str, what: str, fix: str) -> Problem:
    line, column = page.head.mark((key,)) if page.head else (1, 1)
    return Problem(page.file, line, column, ERROR, what, fix, clause)


def _future(page: Page, today: datetime.date) -> Iterator[Problem]:
    """一页只说一处：照抄模板的，几个日期是一起忘了改。"""
    dates = {"复核": page.header.reviewed if page.header else None}
    if page.activity:
        dates |= {"日期": page.activity.date, "更新": page.activity.updated}
        dates["保密审查日期"] = page.activity.sign_off.secrecy_date
    late = {key: date for key, date in dates.items() if date and date > today}
    if late:
        first = next(iter(late))
        where = ("审签", first) if first == "保密审查日期" else (first,)
        what = f"{'、'.join(f'{key} {date}' for key, date in late.items())} 是将来的日子"
        fix = "写真正的日期：还没到的活动先不发，审过了再写保密审查日期"
        line, column = page.head.mark(where) if page.head else (1, 1)
        yield Problem(page.file, line, column, ERROR, what, fix, "R-8")


def _future_records(subject: Subject) -> Iterator[Problem]:
    for kind in KINDS.values():
        for doc, at, record in subject.site.entries(kind):
            date = getattr(record, "reviewed", None)
            if date and date > subject.as_of:
                name = type(record).model_fields["reviewed"].alias
                what, fix = f"{name} {date} 是将来的日子", "写真正核对过的那一天；还没有核对的，先核对"
                yield Problem(doc.file, *doc.mark((*at, name)), ERROR, what, fix, "R-8")


def _published(subject: Subject, page: Page, row: Publication) -> Iterator[Problem]:
    if page.activity and row.issued and page.activity.date != row.issued:
        what = f"日期改过了：公开的时候是 {row.issued}，现在是 {page.activity.date}"
        yield _problem(page, "日期", "R-8", what, f"改回 日期: {row.issued}；改了内容另写 更新")
    if subject.site.text_digest(page) == row.sha256:
        return
    moved = _moved(subject, page)
    if moved is None or moved < row.date:
        yield _not_moved(subject.site, page, row.date)
    elif page.activity and "gengzheng" not in boxes(page.body):
        fix = '正文里加一个更正框：!!! gengzheng "更正"，写日期、原文、改文；只是补充的也写一句'
        yield _problem(page, "更新", "J-1", f"正文在 {row.date} 公开以后改过，没有更正说明", fix)


def _figures(subject: Subject, last: dict[str, Publication]) -> Iterator[Problem]:
    """公开过的数：改了要有更正，不许没有了。以前发布没有记数的不查。"""
    site = subject.site
    for number, year in site.years.items():
        page = site.page_of("years", number)
        row = last.get(page.url) if page else None
        doc = site.docs[KINDS["years"].path(number)]
        for name, before in (row.figures or {}).items() if row else ():
            if before in UNSAID or _corrected(year, name, before):
                continue
            if figure := year.figures.get(name):
                key = "状态" if figure.count is None else "值"
                what = f"「{name}」公开的是 {before}，现在是 {figure.words}，没有写更正"
                fix = "改回去；真要改的，在这个指标下写 更正：日期、原、改、原因"
                yield Problem(doc.file, *doc.mark(("数据", name, key)), ERROR, what, fix, "S-11")
            else:
                what, fix = f"「{name}」公开过，是 {before}，现在没有了", "恢复这个指标；不再数的，改写状态，再写更正"
                yield Problem(doc.file, *doc.mark(("数据",)), ERROR, what, fix, "S-11")


def _corrected(year: Year, name: str, before: str) -> bool:
    """没有变、隐去了，或者有一条更正的“原”就是公开的数；只改了限定的，原因里要写明。"""
    figure = year.figures.get(name)
    if figure is None:
        return False
    same = figure.words == before or figure.state in SUPPRESSED
    return same or any(_undoes(each, before, figure) for each in figure.corrections)


def _undoes(correction: Correction, before: str, figure: Figure) -> bool:
    old = f"{correction.before:,}" if isinstance(correction.before, int) else correction.before
    said = before in {f"{qualifier}{old}" for qualifier in ("", *get_args(Qualifier))}
    return said and (correction.before != figure.count or "限定" in correction.reason)


def _locked(subject: Subject, last: dict[str, Publication]) -> Iterator[Problem]:
    """封存的年份：退掉公开以后写的更正，就该和公开的一字不差；不然是没写更正就改了。"""
    site = subject.site
    for number, year in site.years.items():
        page = site.page_of("years", number)
        row = last.get(page.url) if page else None
        if (
            page is None
            or page.withdrawn
            or row is None
            or year.archived is None
            or site.text_digest(page) == row.sha256
        ):
            continue
        public = set()
        for since in (row.date, row.date + datetime.timedelta(days=1)):  # 公开当天写的更正，公开时有没有都可能
            old = before_corrections(year, since)
            records = [old if record is year else record for record in site.records(page)]
            public.add(site.text_digest(page, records))
        if row.sha256 not in public:
            doc = site.docs[KINDS["years"].path(number)]
            what = f"{number} 年已经封存，{row.date} 公开以后又改过，没有写更正"
            fix = "改回公开时的数；要改的，在那个指标下写 更正：日期、原、改、原因"
            yield Problem(doc.file, *doc.mark(("归档",)), ERROR, what, fix, "S-11")


def _moved(subject: Subject, page: Page) -> datetime.date | None:
    """这一页（和它用的馆、指南、年度数据）上次改动写的日期。"""
    if page.activity:
        return page.activity.updated
    dates = [each.reviewed for each in (*subject.site.records(page), page.header) if each and each.reviewed]
    return max(dates, default=None)


def _not_moved(site: Site, page: Page, public: datetime.date) -> Problem:
    """内容写在数据文件里的，报在那个文件的日期上；用了别处的数的，说明可能是那里改了。"""
    kind, file = site.sources.get(page.url, (None, ""))
    if kind and kind.folder and not page.activity:
        doc = site.docs[file]
        key = next(name for name in ("复核日期", "审核日期") if (name,) in doc.marks)
        what = f"内容在 {public} 公开以后改过，{key}没有跟着改"
        fix = f"写上 {key}: 核对的那一天；改的是 {page.file} 里的字，就改那里的 复核"
        return Problem(file, *doc.mark((key,)), ERROR, what, fix, "J-4")
    key = "更新" if page.activity else "复核"
    used = sorted({site.file_of(record) for record in site.records(page)})
    also = f"；字没有动过的，是它用的 {'、'.join(used)} 改了，也一样写" if used else ""
    what = f"正文在 {public} 公开以后改过，{key}没有跟着改"
    return _problem(page, key, "J-4", what, f"写上 {key}: 改的那一天，重新审签{also}")


def _vanished(subject: Subject, last: dict[str, Publication]) -> Iterator[Problem]:
    site = subject.site
    drafts = {page.url: page.file for page in site.pages if page.draft}
    for line, row in enumerate(site.published, 2):
        if last[row.url] is row and row.url not in site.urls and row.url not in site.redirects:
            if file := drafts.get(row.url):
                what = f"公开过的地址 {row.url} 改成了草稿，纸上的二维码会打不开"
                fix = f"删掉 {file} 的 {STATE} 一行；要改的，改好再发；不再公开的，删掉这一行再用 {_withdraw(file)}"
                yield Problem("data/published.csv", line, 1, ERROR, what, fix, "L-3")
            else:
                what = f"公开过的地址 {row.url} 没有了，纸上的二维码会打不开"
                file = f"docs/{row.url.removesuffix('.html')}.md"
                fix = (
                    f"搬走的，在 data/redirects.yml 写 {row.url}: 新地址；"
                    f"不再公开的，不能只删文件：先恢复 {file}，再用 {_withdraw(file)}"
                )
                yield Problem("data/published.csv", line, 1, ERROR, what, fix, "L-3")


def _withdraw(file: str) -> str:
    """撤下这一页的命令，照着打就行。"""
    return f'make withdraw PAGE={file} REASON="原因"'

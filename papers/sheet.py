"""python -m papers.sheet [--as-of 日期] [--site site] [--root 文件夹]：信息发布审批单，写到 dist/sheet.html。

给签发的人看：和上次公开时比改了什么，检查说了什么，走哪些渠道，在哪里签字。
"""

from __future__ import annotations

import sys
from collections.abc import Sized

from checks import run
from checks.subject import Subject
from macros.model import errors
from macros.model.disk import write
from macros.model.pages import Page
from macros.model.sources import digest

from .changes import CHANGED, HEADER, NEW, WITHDRAWN, Changes, changes
from .history import Past, recall
from .paper import main, render

USAGE = "用法：python -m papers.sheet [--as-of 2026-11-24] [--site site] [--root 项目的文件夹]"
OUT = "dist/sheet.html"


def sheet(subject: Subject, past: Past, source: str) -> tuple[str, str]:
    """审批单的 HTML，和一句概要。source：来源散列。"""
    site = subject.site
    found = changes(site, past)
    problems = run(subject)
    mine = found.files
    ours = [problem for problem in problems if found.first or problem.file in mine]
    others = [problem for problem in problems if not found.first and problem.file not in mine]
    summary = _summary(found)
    html = render(
        "sheet",
        town=site.township,
        site=site,
        as_of=subject.as_of,
        source=source,
        past=past,
        changes=found,
        changed=found.of(CHANGED),
        headers=found.of(HEADER),
        new=found.of(NEW),
        withdrawn=found.of(WITHDRAWN),
        summary=summary,
        errors=len(errors(problems)),
        notices=len(problems) - len(errors(problems)),
        ours=ours,
        others=(len(errors(others)), len(others) - len(errors(others))),
        built=subject.built is not None,
        channels=channels,
        signed=signed,
    )
    return html, summary


def channels(page: Page) -> str:
    return "、".join(["网站", *(page.activity.channels if page.activity else [])])


def signed(page: Page) -> str:
    """页眉写着的审签，照抄。"""
    if page.activity is None:
        return ""
    sign = page.activity.sign_off
    return (
        f"编辑 {sign.editor}；审核 {sign.reviewer}；签发 {sign.approver}；"
        f"保密审查 {sign.secrecy}（{sign.secrecy_date}）"
    )


def _summary(found: Changes) -> str:
    counts: list[tuple[Sized, str]] = [
        (found.of(CHANGED), "页改了正文"),
        (found.of(HEADER), "页只改了页眉"),
        (found.of(NEW), "个新页面"),
        (found.of(WITHDRAWN), "页撤下"),
        (found.gone, "个地址没有了"),
        (found.figures, "个年度数据"),
        (found.data, "个数据文件"),
        (found.attachments, "个图片或附件"),
    ]
    said = "，".join(f"{len(items)}{what}" for items, what in counts if items)
    return f"第一次发布：{said}" if found.first else said or "和上次公开的一样，没有改动"


def make(subject: Subject) -> str:
    root = subject.site.root
    html, summary = sheet(subject, recall(subject.site), digest(root))
    write(root / OUT, html.encode())
    return f"审批单在 {OUT}，用浏览器打开、打印。{summary}。"


if __name__ == "__main__":
    sys.exit(main(USAGE, make))

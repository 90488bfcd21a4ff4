"""python -m papers.sheet [--as-of 日期] [--site site] [--root 文件夹]：信息发布审批单，dist/sheet.html 和 .docx。

给签发的人看：和上次公开时比改了什么，检查说了什么，走哪些渠道，在哪里签字。
"""

from __future__ import annotations

import base64
import mimetypes
import sys
from collections.abc import Sized
from contextlib import suppress

from checks import run
from checks.subject import Subject
from macros.model import Site, errors
from macros.model.disk import write
from macros.model.numerals import article_number, chinese
from macros.model.pages import Page
from macros.model.slogans import Document, Slogan
from macros.model.sources import digest, short
from macros.model.values import Citation

from . import word
from .changes import CHANGED, HEADER, NEW, WITHDRAWN, Changes, changes
from .history import Past, recall
from .paper import main, render

USAGE = "用法：python -m papers.sheet [--as-of 2026-11-24] [--site site] [--root 项目的文件夹]"
OUT, WORD = "dist/sheet.html", "dist/sheet.docx"


def sheet(subject: Subject, past: Past, source: str) -> tuple[str, str]:
    """审批单的 HTML，和一句概要。source：来源散列。"""
    site = subject.site.public
    found = changes(subject.site, past)
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
        short=short(source),
        past=past,
        changes=found,
        changed=found.of(CHANGED),
        headers=found.of(HEADER),
        new=found.of(NEW),
        sections=_sections(site, [change.page for change in found.of(NEW)]),
        withdrawn=found.of(WITHDRAWN),
        drafts=[page.title or page.path for page in subject.site.pages if page.draft],
        summary=summary,
        errors=len(errors(problems)),
        notices=len(problems) - len(errors(problems)),
        ours=ours,
        others=(len(errors(others)), len(others) - len(errors(others))),
        built=subject.built is not None,
        channels=channels,
        origin=origin,
        exhibit=exhibit,
        embedded=embedded,
    )
    return html, summary


def channels(page: Page) -> str:
    return "、".join(["网站", *(page.activity.channels if page.activity else [])])


def origin(site: Site, slogan: Slogan) -> str:
    """一条标语出自哪里。"""
    source = slogan.source
    if isinstance(source, Citation):
        paragraph = f"第{chinese(source.paragraph)}款" if source.paragraph else ""
        return f"《{site.laws.full_name(source.law)}》{article_number(source.article)}{paragraph}"
    return source.title if isinstance(source, Document) else source


def exhibit(site: Site, hall: str, file: str) -> bytes:
    """一件展品的图；没有的为空。"""
    page = site.page_of("halls", hall)
    path = (site.root / "docs" / page.path).parent / file if page else None
    return path.read_bytes() if path and path.is_file() else b""


def embedded(file: str, content: bytes) -> str:
    """图写在纸里面，不另外带文件。"""
    kind = mimetypes.guess_type(file)[0] or "image/webp"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _sections(site: Site, pages: list[Page]) -> dict[str, list[str]]:
    """栏目 → 各页的标题；写着全文的不在里面。"""
    found: dict[str, list[str]] = {}
    for page in pages:
        if not page.activity:
            index = site.page(f"{page.section}/index.md")
            found.setdefault(index.title if index else "首页和搜索", []).append(page.title or page.path)
    return found


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
    """读不出公开时的样子，就不做；上一次做的也不留，免得当成新的签了。"""
    root = subject.site.root
    for name in (OUT, WORD):
        with suppress(FileNotFoundError, NotADirectoryError):
            (root / name).unlink()
    html, summary = sheet(subject, recall(subject.site.public), digest(root))
    write(root / OUT, html.encode())
    write(root / WORD, word.document(html))
    return f"审批单在 {OUT}，用浏览器打开、打印；{WORD} 是同样的，用 Word 打开。{summary}。"


if __name__ == "__main__":
    sys.exit(main(USAGE, make))

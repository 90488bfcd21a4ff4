"""生成以后看一遍站内链接：文件要在，锚点要在。锚点只有生成以后才知道，所以在这里查。"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from ..model import Problem, Site
from ..model.addresses import dead
from ..model.pages import Page
from ..model.problem import ERROR
from .webpages import read


def check(site: Site, folder: Path) -> list[Problem]:
    """每一页的 href、src：断了的报在写它的那一行。"""
    shown = {page.url: read(folder / page.url) for page in site.pages}
    anchors = {url: each.anchors for url, each in shown.items()}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return [
        Problem(page.file, _line(page, target), 1, ERROR, found[0].replace(".html#", ".md#"), found[1])  # 写的是 .md
        for page in site.pages
        for target in sorted(shown[page.url].targets)
        if (found := dead(page.url, target, files, anchors))
    ]


def _line(page: Page, target: str) -> int:
    """源文件里写着这个链接的行；宏写出来的找不到，就报第 1 行。"""
    anchor = target.partition("#")[2]
    words = [f"#{unquote(anchor)}" if anchor else unquote(target), target]
    for number, line in enumerate(page.body.split("\n"), 1):
        if any(word in line for word in words):
            return page.line_offset + number
    return 1

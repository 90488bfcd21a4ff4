"""生成以后看一遍站内链接：文件要在，锚点要在。锚点只有生成以后才知道，所以在这里查。"""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..model import Problem, Site
from ..model.base import likely
from ..model.pages import Page
from ..model.problem import ERROR


def check(site: Site, folder: Path) -> list[Problem]:
    """每一页的 href、src：断了的报在写它的那一行。"""
    anchors: dict[str, set[str]] = {}
    targets: dict[str, set[str]] = {}
    for page in site.pages:  # 一页一页读，只留下锚点和链接：几千页的语法树占几百兆内存
        tree = LexborHTMLParser((folder / page.url).read_text(encoding="utf-8"))
        anchors[page.url] = {node.attributes["id"] or "" for node in tree.css("main [id]")}
        targets[page.url] = _targets(tree)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    problems: list[Problem] = []
    for page in site.pages:
        for target in sorted(targets[page.url]):
            found = _fault(page.url, target, files, anchors)
            if found:
                problems.append(Problem(page.file, _line(page, target), 1, ERROR, *found))
    return problems


def _targets(tree: LexborHTMLParser) -> set[str]:
    found = {node.attributes.get(name) or "" for name in ("href", "src") for node in tree.css(f"main [{name}]")}
    return {target for target in found if not urlsplit(target).scheme and not target.startswith("//")}


def _fault(url: str, target: str, files: set[str], anchors: dict[str, set[str]]) -> tuple[str, str] | None:
    path, _, anchor = target.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    full = posixpath.normpath(posixpath.join(posixpath.dirname(url), path)) if path else url
    if full not in files:
        return f"链接「{target}」找不到文件", "核对文件名和 ../ 的层数"
    if anchor and full in anchors and anchor not in anchors[full]:
        written = target.replace(".html#", ".md#")
        return f"链接「{written}」的页面里没有 #{anchor} 这个位置", likely(anchor, sorted(anchors[full]))
    return None


def _line(page: Page, target: str) -> int:
    """源文件里写着这个链接的行；宏写出来的找不到，就报第 1 行。"""
    anchor = target.partition("#")[2]
    words = [f"#{unquote(anchor)}" if anchor else unquote(target), target]
    for number, line in enumerate(page.body.split("\n"), 1):
        if any(word in line for word in words):
            return page.line_offset + number
    return 1

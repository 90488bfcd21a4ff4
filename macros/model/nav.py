"""mkdocs.yml 的 nav：目录里写的页面要真有；新页面没进目录，提醒一声。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

from .problem import ERROR, NOTICE, Problem
from .textfile import read_text

CONFIG = "mkdocs.yml"


def rules(root: Path, pages: Mapping[str, bool]) -> Iterator[Problem]:
    """pages：现有页面相对 docs/ 的路径，是不是草稿。没有 nav 的网站不用核对。"""
    text, _ = read_text(root / CONFIG, CONFIG)
    lines = dict(enumerate((text or "").split("\n"), 1))
    listed = {n: match[1] for n, line in _block(lines, "nav") if (match := re.search(r"([^\s:]+\.md)\s*$", line))}
    for number, path in listed.items():
        if path not in pages:
            yield Problem(CONFIG, number, 1, ERROR, f"目录里的 {path} 没有这个页面", "删掉这一行；页面是误删的就恢复")
        elif pages[path]:
            yield Problem(CONFIG, number, 1, ERROR, f"目录里的 {path} 还是草稿", "先删掉这一行；定稿以后再加")
    apart = [line.strip().lstrip("/") for _, line in _block(lines, "not_in_nav")]
    for path in sorted(set(pages) - set(listed.values())) if listed else ():
        if not pages[path] and not any(fnmatch(path, pattern) for pattern in apart):
            fix = "网站地图里有它；要进目录，请技术人员在 mkdocs.yml 的 nav 里加一行"
            yield Problem(f"docs/{path}", 1, 1, NOTICE, "这一页不在目录里", fix)


def _block(lines: dict[int, str], key: str) -> Iterator[tuple[int, str]]:
    """顶格的 key 下面缩进的各行。"""
    inside = False
    for number, line in lines.items():
        if re.match(r"\S", line):
            inside = line.startswith(f"{key}:")
        elif inside and line.strip():
            yield number, line

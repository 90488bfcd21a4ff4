"""预览（mkdocs serve --dirty）只重做改了正文的页面。

MkDocs 只比网页和源文件谁新：数据、模板、设置、别的页面改了，或者正在做的时候又存了一次，它都不知道。
这里替它看：别的页面可能用到的一样没变，才留着做好的网页。
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .model import Site
from .model.site import stamps
from .views.search import PAGE as SEARCH

WATCHED = ("data", "docs", "overrides", "macros", "mkdocs.yml")


@dataclass(frozen=True)
class _Made:
    """做好的网页用的：大家共用的，和每一页自己的正文（网址 → 文件里的字）。"""

    shared: Any
    texts: dict[str, str]


_made: dict[Path, _Made] = {}


def taken(folder: Path, host: str, port: int) -> bool:
    """预览刚开始，网址已经有别的程序在用。"""
    if folder not in _made:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
    return False


def forget(site: Site, folder: Path) -> None:
    """folder：预览的网页放在哪里。过时的网页作废：共用的变了，全部；只是正文变了，那几页。"""
    now = _Made(_shared(site), {page.url: page.text for page in site.pages})
    before, _made[folder] = _made.get(folder), now
    if before is None or before.shared != now.shared:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        return
    for url, text in now.texts.items():
        if text != before.texts[url] and (folder / url).is_file():
            os.utime(folder / url, (0, 0))  # 比源文件旧，MkDocs 就会重做


def _shared(site: Site) -> Any:
    """除了正文，什么都算：文件的时间和大小，每一页的地址、标题、页眉，全部问题；搜索页里有索引的开头，正文也算。"""
    files = [stamp for stamp in stamps(site.root, *WATCHED) if not stamp[0].endswith(".md")]
    search = [page.text for page in site.pages if page.url == SEARCH]
    return files, [(page.url, page.title, page.header) for page in site.pages], search, site.problems

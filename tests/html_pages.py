"""读生成的网页：链接、锚点、文字。用 selectolax，比标准库的解析器宽容，也快。"""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser


@cache
def page(path: Path) -> HTMLParser:
    return HTMLParser(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[str]:
    """网站里的页面地址。404 单独看。"""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [url for url in found if url != "404.html"]


def text(tree: HTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def ids(tree: HTMLParser) -> list[str]:
    return [node.attributes["id"] or "" for node in tree.css("[id]")]


def targets(tree: HTMLParser) -> list[str]:
    """页面指出去的全部地址。"""
    found = [node.attributes.get(name) for name in ("href", "src") for node in tree.css(f"[{name}]")]
    return [each for each in found if each is not None]


def dead_links(site: Path) -> list[str]:
    """站内链接：文件要在，锚点要在，不以 / 开头。"""
    dead: list[str] = []
    anchors = {url: set(ids(page(site / url))) for url in pages(site)}
    for url in anchors:
        for target in targets(page(site / url)):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path, anchor = unquote(parts.path), unquote(parts.fragment)
            full = posixpath.normpath(posixpath.join(posixpath.dirname(url), path)) if path else url
            found = (site / full).is_file() and not path.startswith("/")
            if not found or (anchor and full in anchors and anchor not in anchors[full]):
                dead.append(f"{url} → {target}")
    return dead

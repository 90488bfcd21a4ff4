"""图片文件有多大；页眉登记、正文没有放的图，由网页自己摆出来。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .markdown import links, prose
from .pages import Page

UNSIZED = (300, 150)  # 没有写大小的 SVG，浏览器当成这么大
TAG = re.compile(r"<svg\b[^<>]*>", re.S)
BOX = re.compile(r"""\sviewBox=["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)[\s,]+([\d.e]+)""")
LENGTH = r"""\s%s=["']([\d.]+)(?:px)?["']"""


@dataclass(frozen=True)
class Shown:
    """网页上的一张图：地址（相对网站根、相对本页）、替代文字、图下的字、宽高。"""

    url: str
    file: str
    alt: str
    caption: str
    width: int
    height: int


def registered(docs: Path, page: Page) -> Iterator[Shown]:
    """页眉登记的图，照登记的先后；文件读不出的不在里面。"""
    folder = page.path.rpartition("/")[0]
    for each in page.activity.pictures if page.activity else ():
        if found := size(docs / folder / each.file):
            yield Shown(f"{folder}/{each.file}", each.file, each.alt, each.caption, *found)


def unplaced(docs: Path, page: Page) -> list[Shown]:
    """登记了、正文里没有放的：网页自己摆出来。"""
    found = list(registered(docs, page))
    placed = {link.target for _, line in prose(page.body) for link in links(line) if link.image} if found else set()
    return [each for each in found if each.file not in placed]


def size(path: Path) -> tuple[int, int] | None:
    """宽、高（像素）；读不出为 None。"""
    try:
        changed = path.stat()
    except OSError:
        return None
    return _size(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=8192)
def _size(path: Path, changed: int, length: int) -> tuple[int, int] | None:
    """changed、length：文件变了，就再读一遍。"""
    if path.suffix == ".svg":
        return _drawn(path)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _drawn(path: Path) -> tuple[int, int]:
    tag = TAG.search(path.read_text(encoding="utf-8", errors="replace"))
    written = tag[0] if tag else ""
    if box := BOX.search(written):
        return round(float(box[1])), round(float(box[2]))
    wide, high = (re.search(LENGTH % name, written) for name in ("width", "height"))
    return (round(float(wide[1])), round(float(high[1]))) if wide and high else UNSIZED

"""链接指到哪里：docs/ 里的和生成好的网页一样算。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from .nearest import likely

OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")  # 有协议的、以 // 开头的

SOURCE = re.compile(r"\.md(?=[#?]|$)")


@dataclass(frozen=True)
class Address:
    """站内的一处。path 相对根（docs/ 或 site/），写成以 / 开头的还带着 /；anchor 没有写的为空。"""

    path: str
    anchor: str

    @property
    def source(self) -> str:
        """对应的 .md；不是网页的照原样。"""
        return self.path.removesuffix(".html") + ".md" if self.path.endswith(".html") else self.path


def resolve(here: str, target: str) -> Address | None:
    """here 页上的 target 指到哪里；指到站外的（含电话、邮箱）为 None。"""
    if OUTSIDE.match(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    full = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    return Address(full, unquote(anchor))


def published(target: str) -> str:
    """源文件里写的站内链接，到了网页上怎么写：.md 换成 .html；指到站外的照原样。"""
    return target if OUTSIDE.match(target) else SOURCE.sub(".html", target, count=1)


def dead(here: str, target: str, files: Collection[str], ids: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    """站内的链接断在哪里、怎么改；没有断为 None。files：全部文件；ids：网页 → 里面的位置。"""
    address = resolve(here, target)
    if address is None:
        return None
    if address.path not in files:
        return f"链接「{target}」找不到文件", "核对文件名和 ../ 的层数"
    known = ids.get(address.path)
    if address.anchor and known is not None and address.anchor not in known:
        return no_anchor(target, address.anchor, known)
    return None


def no_anchor(target: str, anchor: str, known: Collection[str]) -> tuple[str, str]:
    """页面在，页面里没有这个位置：说明、改法。known：有哪些位置。"""
    fix = likely(anchor, sorted(known)) if known else "在那一页的标题后面写 {: #名字 }"
    return f"链接「{target}」的页面里没有 #{anchor} 这个位置", fix

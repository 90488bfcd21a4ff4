"""样式和脚本：网站上的名字带着内容的散列（assets/site.1a2b3c4d.css），内容变了名字就变，浏览器可以一直存着。

docs/assets/ 里的有注释、有缩进，给人看；网站上的去掉这些。
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import rcssmin
import rjsmin

FOLDER = "assets"
# 网站上的一份，由 docs/assets/ 里的哪几份接成
MADE_OF = {
    "site.css": ("site.css",),
    "site.js": ("site.js",),
    "jump.js": ("jump.js",),
    "search.js": ("search-find.js", "search-show.js"),
}
LOADER = "search-load.js"  # 写在搜索页里


def assets(root: Path) -> dict[str, tuple[str, bytes]]:
    """网站上的每一份：名字 → 在网站里的地址、内容。"""
    found = {}
    for name, parts in MADE_OF.items():
        content = b"\n".join(minified(root, part) for part in parts)
        stem, dot, suffix = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:8]
        found[name] = (f"{FOLDER}/{stem}.{digest}{dot}{suffix}", content)
    return found


def addresses(root: Path) -> dict[str, str]:
    """site.css → assets/site.1a2b3c4d.css。"""
    return {name: address for name, (address, _) in assets(root).items()}


def minified(root: Path, name: str) -> bytes:
    """没有这一份是空的。"""
    path = root / "docs" / FOLDER / name
    written = path.read_bytes() if path.is_file() else b""
    return bytes(rcssmin.cssmin(written) if name.endswith(".css") else rjsmin.jsmin(written))

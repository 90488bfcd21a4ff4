"""样式和脚本：网站上的名字带着内容的散列（assets/site.1a2b3c4d.css），内容变了名字就变，浏览器可以一直存着。

docs/assets/ 里的有注释、有缩进，给人看；网站上的去掉这些。
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import rcssmin
import rjsmin

FOLDER = "assets"
MINIFIERS = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def assets(root: Path) -> dict[str, tuple[str, bytes]]:
    """docs/assets/ 里的文件名 → 在网站里的地址、内容。"""
    found = {}
    for path in sorted((root / "docs" / FOLDER).glob("*")):
        if minify := MINIFIERS.get(path.suffix):
            content = bytes(minify(path.read_bytes()))
            digest = hashlib.sha256(content).hexdigest()[:8]
            found[path.name] = (f"{FOLDER}/{path.stem}.{digest}{path.suffix}", content)
    return found


def addresses(root: Path) -> dict[str, str]:
    """site.css → assets/site.1a2b3c4d.css。"""
    return {name: address for name, (address, _) in assets(root).items()}

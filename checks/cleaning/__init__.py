"""清洗图片：一份名单，检查和 make clean-images 都照它。"""

from __future__ import annotations

import hashlib

from . import drawing, pixels
from .outcome import Cleaned, Stuck

RASTERS = ("jpg", "jpeg", "png", "webp")
PICTURES = (*RASTERS, "svg")
_known: dict[tuple[str, bytes], Cleaned | Stuck] = {}


def cleaned(content: bytes, suffix: str) -> Cleaned:
    """suffix：后缀，小写，不带点。一样的文件一次运行只洗一遍；洗不了抛 Stuck。"""
    key = (suffix, hashlib.sha256(content).digest())
    if key not in _known:
        try:
            _known[key] = drawing.clean(content) if suffix == "svg" else pixels.clean(content, suffix)
        except Stuck as stuck:
            _known[key] = stuck
    found = _known[key]
    if isinstance(found, Stuck):
        raise found
    return found


__all__ = ["PICTURES", "RASTERS", "Cleaned", "Stuck", "cleaned"]

"""清洗图片和附件：一份名单，检查和 make clean-images 都照它。"""

from __future__ import annotations

import hashlib

from . import drawing, office, pixels
from .outcome import Cleaned, Stuck

RASTERS = ("jpg", "jpeg", "png", "webp")
PICTURES = (*RASTERS, "svg")
DOCUMENTS = (*office.SUFFIXES, "pdf")
_known: dict[tuple[str, bytes], Cleaned | Stuck] = {}


def cleaned(content: bytes, suffix: str) -> Cleaned:
    """suffix：后缀，小写，不带点。一样的文件一次运行只洗一遍；洗不了抛 Stuck。"""
    key = (suffix, hashlib.sha256(content).digest())
    if key not in _known:
        try:
            _known[key] = _clean(content, suffix)
        except Stuck as stuck:
            _known[key] = stuck
    found = _known[key]
    if isinstance(found, Stuck):
        raise found
    return found


def _clean(content: bytes, suffix: str) -> Cleaned:
    if suffix == "svg":
        return drawing.clean(content)
    if suffix == "pdf":
        from . import pdf  # 读 PDF 的库，有 PDF 才装上

        return pdf.clean(content)
    return office.clean(content, suffix) if suffix in office.SUFFIXES else pixels.clean(content, suffix)


__all__ = ["DOCUMENTS", "PICTURES", "RASTERS", "Cleaned", "Stuck", "cleaned"]

"""量生成好的网站：搜索的索引、各种网页的重量（都按 gzip 算）。"""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

SEARCH = "search.html"
KINDS = {
    "首页": "index.html",
    "办事指南": "banshi/youdaizheng.html",
    "村史馆": "cunshiguan/shilicun.html",
    "年度数据": "shuju/2023.html",
    "法律原文": "xuexi/falv/guofang-jiaoyu-fa.html",
    "活动": "shuangyong/2*/*.html",
    "活动列表": "shuangyong/index.html",
    "搜索页": SEARCH,
}
LOADED = re.compile(
    r'<link[^>]*rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"|<link[^>]*href="([^"]+)"[^>]*rel="(?:stylesheet|icon)"'
    r'|<(?:script|img)[^>]*\ssrc="([^"]+)"'
)


def packed(path: Path) -> int:
    """压缩后的字节；图片照原样。"""
    data = path.read_bytes()
    return len(data) if path.suffix in (".png", ".jpg", ".webp") else len(gzip.compress(data, 9, mtime=0))


def loads(folder: Path, url: str) -> list[str]:
    """网页自己要的文件：样式、脚本、图片、图标。"""
    html = (folder / url).read_text(encoding="utf-8")
    found = {next(filter(None, match.groups())) for match in LOADED.finditer(html)}
    local = [target for target in found if not re.match(r"[a-z]+:", target)]
    return sorted(posixpath.normpath(posixpath.join(posixpath.dirname(url), target)) for target in local)


def search(folder: Path) -> dict[str, object]:
    """索引一共多少份、多大，最大的一份。"""
    parts = [packed(path) for path in (folder / "assets/search").glob("*.js")]
    return {"files": len(parts), "all": sum(parts), "largest": max(parts)}


def weights(folder: Path) -> dict[str, dict[str, int]]:
    """每种网页：网页本身，连同样式、脚本、图片。"""
    found = {}
    for kind, pattern in KINDS.items():
        paths = sorted(folder.glob(pattern))
        if paths:
            url = paths[-1].relative_to(folder).as_posix()
            html = packed(paths[-1])
            found[kind] = {"html": html, "all": html + sum(packed(folder / each) for each in loads(folder, url))}
    return found

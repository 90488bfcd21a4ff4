"""站内搜索页：搜索框、结果的位置、下面的栏目和指南。结果由 docs/assets/search-*.js 填上。"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

from ..model import Site
from .about import sections, stations
from .assets import LOADER, addresses, minified
from .render import render

PAGE = "search.html"
SCRIPT = "search.js"
LOADED = re.compile(r'(?s)(<script id="search-load">).*?(?=</script>)')
POLICY = re.compile(r"(script-src 'self' 'sha256-[^']+')( 'sha256-[^']+')?")
MAP = "guanyu/wangzhan-ditu.html"
GUIDES, CONTACT = "banshi/index.html", "guanyu/lianxi.html"  # 什么都没有找到时，先看这两页


def search(site: Site, here: str) -> str:
    likely = [page for url in (GUIDES, CONTACT) if (page := site.page(url.removesuffix("html") + "md"))]
    return render(
        "search",
        here,
        page=PAGE,
        sections=[replace(each, pages=[p for p in each.pages if not p.activity]) for each in sections(site)],
        likely=likely,
        stations=stations(site),
        script=addresses(site.root)[SCRIPT],
        map=MAP if MAP in site.urls else "",
    )


def digest(script: str) -> str:
    """CSP 里写的散列：这一段内联脚本可以做。"""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def installed(root: Path, html: str, data: str) -> str:
    """搜索页里写上先做的一段脚本，和它要的数据；CSP 里添上它的散列。再写一次，换掉旧的。"""
    script = minified(root, LOADER).decode() + "\n" + data.strip()
    html = LOADED.sub(lambda match: match[1] + script, html, count=1)
    return POLICY.sub(lambda match: f"{match[1]} '{digest(script)}'", html, count=1)

"""站内搜索页：搜索框、结果的位置、下面的网站地图。结果由 docs/assets/search.js 填上。"""

from __future__ import annotations

from ..model import Site
from .about import sections
from .render import render

PAGE = "search.html"
# 只有搜索页读这些；索引由 outputs/search.py 写出，其余几份由脚本接着读
SCRIPTS = ("vendor/minisearch.js", "search/pages.js", "search.js")


def search(site: Site, here: str) -> str:
    return render("search", here, page=PAGE, sections=sections(site))

"""自查表要数的：每份指南缺什么；生成好的网页里，弹窗、长者模式、标题、图、表、链接各怎样。"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model import Site
from macros.model.services import Service
from macros.model.values import UNKNOWN

HAVE, PARTLY, MISSING = "有", "部分缺", "缺"
PARTS = ("依据", "条件", "材料", "地点", "时间", "电话", "流程", "时限", "收费")
VAGUE = {"更多", "点击这里", "这里", "点这里", "详情", "查看"}
POPUP = re.compile(r"window\.open|showModal|\b(?:alert|confirm|prompt)\(")


@dataclass(frozen=True)
class Guide:
    """一份指南：每一部分有没有。"""

    name: str
    parts: dict[str, str]

    @property
    def missing(self) -> list[str]:
        return [name for name, state in self.parts.items() if state == MISSING]


def guides(site: Site) -> list[Guide]:
    return [Guide(service.name, _parts(site, service)) for service in site.services.values()]


def _parts(site: Site, service: Service) -> dict[str, str]:
    places = [site.places[name] for name in service.places if name in site.places]
    found = {
        "依据": [each.law for each in service.basis],
        "条件": service.conditions,
        "材料": service.materials,
        "地点": [place.address for place in places],
        "时间": [place.hours for place in places],
        "电话": [place.phone for place in places],
        "流程": [f"{step.action}{step.detail}" for step in service.steps],
        "时限": [service.duration],
        "收费": [service.fee],
    }
    return {name: _state(found[name]) for name in PARTS}


def _state(lines: list[str]) -> str:
    unknown = sum(UNKNOWN in line for line in lines)
    return MISSING if unknown == len(lines) else PARTLY if unknown else HAVE


# ---- 生成好的网页 ----


@dataclass
class Web:
    """看过的网页：faults 是哪一类毛病在哪几页。"""

    pages: int = 0
    charts: int = 0
    home_bytes: int = 0
    blank: list[str] = field(default_factory=list)
    popups: Counter[str] = field(default_factory=Counter)
    elder: Counter[str] = field(default_factory=Counter)
    access: dict[str, list[str]] = field(default_factory=dict)
    bare_charts: list[str] = field(default_factory=list)


def look(folder: Path, skip: set[str]) -> Web:
    """skip：跳转页，没有内容。"""
    web = Web(home_bytes=_weight(folder))
    for path in sorted(folder.rglob("*.html")):
        url = path.relative_to(folder).as_posix()
        if url in skip or url == "404.html":
            continue
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        web.pages += 1
        if tree.css_first("main .preparing"):
            web.blank.append(url)
        for selector in ("dialog", "iframe", "[autoplay]", "marquee"):
            web.popups[selector] += len(tree.css(selector))
        web.elder["没有长者模式"] += not tree.css("input#elder")
        web.elder["没有“跳到正文”"] += not tree.css('a.skip[href^="#"]')
        for fault in dict.fromkeys(_access(tree)):
            web.access.setdefault(fault, []).append(url)
        charts = tree.css("figure.chart")
        web.charts += len(charts)
        if any(not _explained(chart) for chart in charts):
            web.bare_charts.append(url)
    for path in sorted(folder.rglob("*.js")):
        web.popups["脚本弹窗"] += len(POPUP.findall(path.read_text(encoding="utf-8", errors="replace")))
    return web


def _weight(folder: Path) -> int:
    """打开首页要下载的字节数，没有压缩的。"""
    home = folder / "index.html"
    tree = LexborHTMLParser(home.read_text(encoding="utf-8"))
    nodes = tree.css('link[rel="stylesheet"], link[rel="icon"], script[src], img[src]')
    names = {(node.attributes.get("src") or node.attributes.get("href") or "").partition("?")[0] for node in nodes}
    return home.stat().st_size + sum((folder / n).stat().st_size for n in names if n and (folder / n).is_file())


def _access(tree: LexborHTMLParser) -> Iterator[str]:
    if not tree.css_first('html[lang="zh-CN"]'):
        yield "没有标明中文"
    levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield "一级标题不是一个"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "标题跳级"
    if not all(tree.css_first(name) for name in ("header", "main", "nav", "footer")):
        yield "页头、正文、导航、页脚不全"
    if tree.css("img:not([alt])"):
        yield "图片没有替代文字"
    if any(not table.css("th") or not _captioned(table) for table in tree.css("table")):
        yield "表格没有表头或标题"
    if any(_link_name(node) in VAGUE | {""} for node in tree.css("a[href]")):
        yield "链接没有说清去哪里"
    ids = Counter(node.attributes.get("id") for node in tree.css("[id]"))
    if any(count > 1 for count in ids.values()):
        yield "编号（id）重复"


def _captioned(table: LexborNode) -> bool:
    """自己的 caption，或者外面 figure 的 figcaption（Markdown 写的表）。"""
    frame = table.parent
    return bool(table.css("caption") or (frame and frame.tag == "figure" and frame.css("figcaption")))


def _link_name(node: LexborNode) -> str:
    label = node.attributes.get("aria-label") or ""
    pictures = "".join(image.attributes.get("alt") or "" for image in node.css("img"))
    return (label or node.text() or pictures).strip()


def _explained(chart: LexborNode) -> bool:
    """图有名称和文字说明，同一块里有数据表和一句结论。"""
    block = chart.parent
    return bool(
        chart.css_first('[role="img"] title')
        and chart.css_first('[role="img"] desc')
        and block
        and block.css_first("table")
        and block.css_first(".finding")
    )

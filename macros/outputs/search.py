"""站内搜索的索引，从生成好的网页里取，写成 .js（file:// 打开也能读）。

一共几份：pages 居民最要看的页面，先读；tables 字表；laws 法律条文；pages-2 往后是往年的、给编辑看的。
切词在浏览器里做（docs/assets/search.js），这里只给文字。
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborNode

from ..model import Site
from ..model.pages import Page
from ..model.textreader import article
from ..views.search import PAGE as SEARCH_PAGE
from . import sounds

FOLDER = "assets/search"
PART_BYTES = 185_000  # 一份最多这么大，压缩以后不到 60 KB
ARTICLE_LENGTH = 60  # 条文只取开头几个字，点进去看全文
LAWS = "xuexi/falv/"
NOT_INDEXED = ("index.html", SEARCH_PAGE)
FOR_EDITORS = ("guanyu/bianji-zhinan.html", "guanyu/bianxie-yangli.html", "guanyu/hong.html")
YEARLY = re.compile(r"(?:shuangyong|shuju)/(\d{4})\b")
# 居民最常找的在前，先进第一份
URGENT = ("banshi", "cunshiguan", "xuexi", "shuangyong", "biaoyu", "rili", "minbing", "shuju", "guanyu")

# 正文里不收的：题目另收，图、演示标记、换行的记号不是话；条文在 laws 里另有一份
NOT_SAID = "h1, svg, wbr, .demo, .law details, section.article, .options, .quiz summary"
HEADINGS = "h2, h3, h4, h5, h6, summary, caption, .name"
INLINE = ["a", "b", "code", "em", "mark", "span", "strong", "sub", "sup", "time"]


@dataclass(frozen=True)
class Entry:
    """一页。"""

    url: str
    title: str
    section: str
    headings: str
    summary: str
    text: str

    @property
    def words(self) -> str:
        return f"{self.title} {self.headings} {self.summary} {self.text}"

    @property
    def share(self) -> float:
        """分数打几折：一年一页的排在讲解的后面，给编辑看的再后。"""
        return 0.5 if self.url in FOR_EDITORS else 0.7 if YEARLY.match(self.url) else 1


def write(site: Site, folder: Path) -> None:
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    parts = _parts(list(_entries(site, folder)))
    first, *rest = parts
    payloads: dict[str, dict[str, Any]] = {first: {"words": site.synonyms, **_packed(parts[first])}}
    payloads["tables"] = {"tables": _tables(site, [entry for part in parts.values() for entry in part])}
    payloads["laws"] = {"laws": list(_laws(site, folder))}
    payloads |= {name: _packed(parts[name]) for name in rest}
    payloads[first]["more"] = [f"{FOLDER}/{name}.js" for name in payloads if name != first]
    for name, payload in payloads.items():
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        text = f"(window.SEARCH=window.SEARCH||[]).push({body});\n"
        (target / f"{name}.js").write_text(text, encoding="utf-8", newline="\n")


def _parts(entries: list[Entry]) -> dict[str, list[Entry]]:
    """按先后装进 pages、pages-2、pages-3……，每份差不多大。"""
    parts: dict[str, list[Entry]] = {"pages": []}
    size = 0
    for entry in sorted(entries, key=_urgency):
        bytes_ = len(entry.words.encode())
        if size and size + bytes_ > PART_BYTES:
            parts[f"pages-{len(parts) + 1}"] = []
            size = 0
        size += bytes_
        parts[list(parts)[-1]].append(entry)
    return parts


def _urgency(entry: Entry) -> tuple[int, int, int, int, str]:
    """先后：给居民的在给编辑的前面；法律原文另有一份索引，靠后；不按年的在按年的前面，新的年份在前；再按栏目。"""
    year = YEARLY.match(entry.url)
    folder = entry.url.split("/")[0]
    rank = URGENT.index(folder) if folder in URGENT else len(URGENT)
    return (entry.url in FOR_EDITORS, entry.url.startswith(LAWS), -int(year[1]) if year else -9999, rank, entry.url)


def _packed(entries: list[Entry]) -> dict[str, Any]:
    """栏目名只写一次，每页记它是第几个。"""
    sections = sorted({entry.section for entry in entries})
    rows = [[e.url, e.title, sections.index(e.section), e.headings, e.summary, e.text, e.share] for e in entries]
    return {"sections": sections, "pages": rows}


def _tables(site: Site, entries: list[Entry]) -> dict[str, Any]:
    names = [*site.synonyms, *(entry.title for entry in entries), *(entry.headings for entry in entries)]
    used = "".join([*site.synonyms, *(entry.words for entry in entries)])
    return {
        "sounds": sounds.syllables(names),
        "polyphones": sounds.polyphones(names),
        "traditional": sounds.traditional(used),
    }


# ---- 从网页里取文字 ----


def _entries(site: Site, folder: Path) -> Iterator[Entry]:
    """预览时写坏的页面没有网页，跳过。"""
    for page in site.pages:
        path = folder / page.url
        shown = page.url not in NOT_INDEXED and path.is_file()
        if body := article(path.read_text(encoding="utf-8")) if shown else None:
            yield _entry(site, page, body)


def _entry(site: Site, page: Page, body: LexborNode) -> Entry:
    for node in body.css(NOT_SAID):
        node.decompose()
    for note in body.css("span.meta"):  # 另起一行的小字，和前面的话不连成一个词
        note.insert_before(" ")
    body.unwrap_tags(INLINE)
    body.merge_text_nodes()
    headings = " ".join([*_asked(site, page), *_take(body, HEADINGS)])
    summary = page.header.summary if page.header else ""
    return Entry(page.url, page.title, _section(site, page), headings, summary, _words(body))


def _take(body: LexborNode, selector: str) -> list[str]:
    """取出这些节点的文字，从正文里拿掉。"""
    nodes = body.css(selector)
    found = [_words(node) for node in nodes]
    for node in nodes:
        node.decompose()
    return found


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _section(site: Site, page: Page) -> str:
    """所在栏目首页的标题；法律在“法律原文”。"""
    home = site.page(f"{LAWS if page.url.startswith(LAWS) else page.section + '/'}index.md")
    return home.title if home else ""


def _asked(site: Site, page: Page) -> Iterator[str]:
    """指南里登记的“居民会怎么问”，页面上不一定写着。"""
    for call in page.calls:
        if call.macro.name == "service" and call.values["编号"] in site.services:
            yield from site.services[call.values["编号"]].asked


def _laws(site: Site, folder: Path) -> Iterator[list[Any]]:
    """一部法一行：地址、简称、常见的误称、各条。"""
    for law in site.laws.texts.values():
        path = folder / LAWS / f"{law.slug}.html"
        if path.is_file():
            mistaken = [name for name, right in site.laws.missing.items() if right == law.name]
            articles = list(_articles(path.read_text(encoding="utf-8")))
            yield [f"{LAWS}{law.slug}.html", law.name, mistaken, articles]


def _articles(html: str) -> Iterator[tuple[str, str]]:
    """（条号，开头几个字）；条号就是锚点 art-12 里的 12。"""
    body = article(html)
    for node in body.css("section.article[id^=art-]") if body else ():
        words = "".join(map(_words, node.css("p")))
        cut = words[:ARTICLE_LENGTH] + ("…" if len(words) > ARTICLE_LENGTH else "")
        yield (node.id or "").removeprefix("art-"), cut

"""生成好的网页，一页只读一遍：断链要的位置和链接，搜索要的文字。文件没有变，就用上一次读的。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..model.textreader import article
from ..model.workers import spread

ARTICLE_LENGTH = 60  # 条文只取开头几个字，点进去看全文

# 正文里不收的：题目另收，图、演示标记、换行的记号不是话；条文另有索引
NOT_SAID = "h1, svg, wbr, .demo, .law, section.article, .options, .quiz summary, #zaina ~ .place dl, #yiju + ul"
HEADINGS = "h2, h3, h4, h5, h6, summary, caption, .name"
INLINE = ["a", "b", "code", "em", "mark", "span", "strong", "sub", "sup", "time"]


@dataclass(frozen=True)
class WebPage:
    """一页。articles：法律的各条（条号，开头几个字）。"""

    anchors: frozenset[str]
    targets: frozenset[str]
    articles: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""


_read: dict[Path, tuple[tuple[int, int], WebPage]] = {}


def read(path: Path) -> WebPage:
    stamp = _stamp(path)
    if path not in _read or _read[path][0] != stamp:
        _read[path] = (stamp, _parsed(path))
    return _read[path][1]


def read_all(paths: Iterable[Path]) -> None:
    """先由几个进程读好：后面 read 就有了。"""
    stamps = {path: _stamp(path) for path in paths}
    stale = [path for path, stamp in stamps.items() if path not in _read or _read[path][0] != stamp]
    for path, page in zip(stale, spread(_parsed, stale), strict=True):
        _read[path] = (stamps[path], page)


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _parsed(path: Path) -> WebPage:
    return parsed(path.read_text(encoding="utf-8"))


def parsed(html: str) -> WebPage:
    """语法树不留：几千页的要几百兆内存。"""
    tree = LexborHTMLParser(html)
    anchors = frozenset(node.id or "" for node in tree.css("main [id]"))
    targets = frozenset(
        node.attributes.get(name) or "" for name in ("href", "src") for node in tree.css(f"main [{name}]")
    )
    body = article(tree)
    if body is None:
        return WebPage(anchors, targets)
    articles = tuple(_articles(body))
    for node in body.css(NOT_SAID):
        node.decompose()
    for note in body.css("span.meta"):  # 另起一行的小字，和前面的话不连成一个词
        note.insert_before(" ")
    body.unwrap_tags(INLINE)
    body.merge_text_nodes()
    headings = tuple(_take(body, HEADINGS))
    return WebPage(anchors, targets, articles, headings, _words(body))


def _articles(body: LexborNode) -> Iterator[tuple[str, str]]:
    """条号就是锚点 art-12 里的 12。"""
    for node in body.css("section.article[id^=art-]"):
        words = "".join(map(_words, node.css("p")))
        cut = words[:ARTICLE_LENGTH] + ("…" if len(words) > ARTICLE_LENGTH else "")
        yield (node.id or "").removeprefix("art-"), cut


def _take(body: LexborNode, selector: str) -> list[str]:
    """取出这些节点的文字，从正文里拿掉。"""
    nodes = body.css(selector)
    found = [_words(node) for node in nodes]
    for node in nodes:
        node.decompose()
    return found


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())

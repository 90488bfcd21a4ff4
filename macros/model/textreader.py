"""生成好的网页的正文，读成 texttree.py 的树。认不得的标签是错：模板里有了新样子，先在这里说它是什么。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .addresses import resolve
from .texttree import (
    Block,
    Box,
    Chart,
    Code,
    Heading,
    Item,
    Items,
    Law,
    Notes,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    Tabs,
    Terms,
    words,
)

# 只给屏幕用的，只有这一份：菜单、按钮、图标、装饰的图、只通到本页的一排链接；
# 题头和页尾的日期、来源、签发，各渠道照页眉另写
SCREEN_ONLY = (
    "script, noscript, style, template, button, nav, form, input, [hidden], svg:not([role=img]), img[alt=''], "
    "p.jump:not(:has(a:not([href^='#']))), .state, .tools, .print-only, .downloads, .step, "
    ".dateline, .expires, .archived, .source-line, .footnote-backref"
)
SILENT = ("h1", "hr", "wbr")  # 题目各渠道另写
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
CONTAINERS = ("div", "section", "article", "aside", "main")
BLOCKS = ("p", "ul", "ol", "dl", "table", "figure", "blockquote", "details", "pre", *HEADINGS, *CONTAINERS)
INLINE = ("a", "code", "p", "span", "strong", "sup", "time")
# 网页上的 class 是树里的哪一种
PARAGRAPHS = {"lead": "lead", "finding": "finding", "name": "title", "jump": "links", "meta": "meta"}
MARKS = ("demo", "unknown", "figure", "meta")


def article(tree: LexborHTMLParser) -> LexborNode | None:
    """正文，只给屏幕用的已经去掉。"""
    found = tree.css_first("main article")
    for node in found.css(SCREEN_ONLY) if found else ():
        node.decompose()
    return found


def read(html: str, url: str) -> tuple[Block, ...]:
    """url：这一页在网站里的地址，图的路径从它算。"""
    found = article(LexborHTMLParser(html))
    return tuple(_Reader(url).blocks(found)) if found else ()


class _Reader:
    def __init__(self, url: str) -> None:
        self.url = url

    # ---- 成块的 ----

    def blocks(self, node: LexborNode) -> Iterator[Block]:
        """里面一块一块的；散在外面的字另成一段。"""
        loose: list[Run] = []
        for child in _children(node):
            if child.tag in BLOCKS or child.tag == "svg":
                yield from _paragraph(loose)
                loose = []
                yield from self.block(child)
            else:
                loose += self._inline(child, Run(""))
        yield from _paragraph(loose)

    def block(self, node: LexborNode) -> Iterator[Block]:
        tag, kinds = node.tag or "", _classes(node)
        if "law" in kinds:
            cite = node.css_first("p")
            yield Law(self._runs(cite) if cite else (), tuple(map(self._runs, node.css("blockquote p"))))
        elif "admonition" in kinds:
            yield self._box(node, "tixing" if "tixing" in kinds else "note")
        elif tag == "details":
            yield self._box(node, "fold")
        elif tag == "blockquote":
            yield self._box(node, "quote")
        elif tag == "div" and "card" in kinds:
            yield Box((), tuple(self.blocks(node)), "card")
        elif "tabbed-set" in kinds:
            labels, inside = node.css(".tabbed-labels > label"), node.css(".tabbed-content > .tabbed-block")
            pairs = zip(labels, inside, strict=True)
            yield Tabs(tuple((self._runs(label), tuple(self.blocks(block))) for label, block in pairs))
        elif "footnote" in kinds:
            yield Notes(tuple(tuple(self.blocks(note)) for note in node.css("ol > li")))
        elif "highlight" in kinds or tag == "pre":
            yield Code(node.text(deep=True).strip("\n"))
        elif tag in HEADINGS:
            yield Heading(int(tag[1]), self._runs(node))
        elif tag in ("ul", "ol"):
            yield self._items(node)
        elif tag == "dl":
            yield self._terms(node)
        elif tag == "table":
            yield self._table(node, ())
        elif tag == "figure":
            yield from self._figure(node)
        elif tag == "svg":
            yield _chart(node)
        elif tag == "p":
            kind = next((PARAGRAPHS[each] for each in PARAGRAPHS if each in kinds), "")
            yield from _paragraph(self._inside(node, Run("")), kind)
        else:  # 只是包着的
            yield from self.blocks(node)

    def _box(self, node: LexborNode, kind: str) -> Box:
        title = next(
            (each for each in node.iter() if each.tag == "summary" or "admonition-title" in _classes(each)), None
        )
        runs = self._runs(title) if title else ()
        if title:
            title.decompose()
        return Box(runs, tuple(self.blocks(node)), kind)

    def _items(self, node: LexborNode) -> Items:
        start = int(node.attributes.get("start") or 1) if node.tag == "ol" else None
        unchecked = False if "checklist" in _classes(node) else None
        return Items(tuple(self._item(each, unchecked) for each in node.iter() if each.tag == "li"), start)

    def _item(self, node: LexborNode, done: bool | None) -> Item:
        task = node.css_first(".task") if "task-list-item" in _classes(node) else None
        link = node.css_first("a")
        alone = link is not None and link.text(deep=True).strip() == node.text(deep=True).strip()
        return Item(tuple(self.blocks(node)), "done" in _classes(task) if task else done, alone)

    def _terms(self, node: LexborNode) -> Terms:
        groups: list[tuple[list[Runs], list[tuple[Block, ...]]]] = []
        for child in node.css("dt, dd"):
            if child.tag == "dt" and (not groups or groups[-1][1]):
                groups.append(([], []))
            if child.tag == "dt":
                groups[-1][0].append(self._runs(child))
            elif groups:
                groups[-1][1].append(tuple(self.blocks(child)))
        return Terms(tuple((tuple(names), tuple(values)) for names, values in groups), "definitions" in _classes(node))

    def _table(self, node: LexborNode, caption: Runs) -> Table:
        own = node.css_first("caption")
        rows = (tuple(self._runs(cell) for cell in row.iter() if cell.tag in ("th", "td")) for row in node.css("tr"))
        # 只有表头的，引擎补了一行空的
        return Table(self._runs(own) if own else caption, tuple(row for row in rows if any(row)))

    def _figure(self, node: LexborNode) -> Iterator[Block]:
        """图、表、图表和下面的字；字归最后一样。"""
        below = node.css_first("figcaption")
        caption = self._runs(below) if below else ()
        if table := node.css_first("table"):
            yield self._table(table, caption)
            return
        pictures = [self._picture(image) for image in node.css("img")]
        yield from pictures[:-1]
        if pictures:
            yield replace(pictures[-1], caption=caption)
            return
        if below:
            below.decompose()
        yield from self.blocks(node)
        yield from _paragraph(caption)

    def _picture(self, image: LexborNode) -> Picture:
        source = image.attributes.get("src") or ""
        address = resolve(self.url, source)
        return Picture(address.path if address else source, image.attributes.get("alt") or "")

    # ---- 行内的 ----

    def _runs(self, node: LexborNode) -> Runs:
        return _tidy(self._inside(node, Run("")))

    def _inside(self, node: LexborNode, like: Run) -> list[Run]:
        return [run for child in _children(node) for run in self._inline(child, like)]

    def _inline(self, node: LexborNode, like: Run) -> Iterator[Run]:
        """like：外面是什么样子。"""
        tag, kinds = node.tag or "", _classes(node)
        if tag == "-text":
            yield replace(like, text=re.sub(r"\s+", " ", node.text_content or ""))
        elif tag == "br":
            yield replace(like, text="\n")
        elif tag == "img":
            yield Run("", picture=self._picture(node))
        elif "footnote-ref" in kinds:
            yield Run(node.text(deep=True).strip(), kind="note")
        elif tag not in INLINE:
            raise ValueError(f"正文里有不认得的 <{tag}>")
        elif "task" not in kinds:
            if tag == "span" and "meta" in kinds:  # 另起一行的小字
                yield Run("\n")
            kind = next((each for each in MARKS if each in kinds), like.kind)
            href = (node.attributes.get("href") or "") if tag == "a" else like.href
            yield from self._inside(node, Run("", like.bold or tag == "strong", kind, href))
            if tag == "p":  # 格里分了段的
                yield Run("\n")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """注释不要，没有声音的不要。"""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text" or (tag[:1] not in "-!_" and tag not in SILENT):
            yield child


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node.tag and node.tag[0] not in "-!_" else set()


def _chart(node: LexborNode) -> Chart:
    name, said = node.css_first("title"), node.css_first("desc")
    label = node.attributes.get("aria-label") or (name.text(deep=True) if name else "")
    meaning = said.text(deep=True).strip() if said else ""
    tall = node.attributes.get("height") or ""
    drawing = "".join(child.html or "" for child in node.iter() if child.tag not in ("title", "desc"))
    return Chart(label.strip(), meaning, int(tall) if tall.isdecimal() else 0, drawing)


def _paragraph(runs: Iterable[Run], kind: str = "") -> Iterator[Block]:
    """一段；只有图、没有字的，一张图一块。"""
    kept = _tidy(runs)
    if words(kept).strip():
        yield Paragraph(kept, kind)
    else:
        yield from (run.picture for run in kept if run.picture)


def _tidy(runs: Iterable[Run]) -> Runs:
    """样子一样的接成一截；两头、换行前后的空白不要。"""
    joined: list[Run] = []
    for run in runs:
        if joined and run.text and run.kind != "note" and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text or run.picture:
            joined.append(run)
    joined = [replace(run, text=re.sub(r"\s*\n\s*", "\n", run.text)) for run in joined]
    joined = _edged(_edged(joined, str.lstrip, -1)[::-1], str.rstrip, 0)[::-1]
    return tuple(run for run in joined if run.text or run.picture)


def _edged(runs: list[Run], strip: Callable[[str], str], far: int) -> list[Run]:
    """一头和换行后的空白不要；far：另一头是第几个字。"""
    found, edge = [], True
    for run in runs:
        text = strip(run.text) if edge else run.text
        edge = text[far] == "\n" if text else edge
        found.append(replace(run, text=text))
    return found

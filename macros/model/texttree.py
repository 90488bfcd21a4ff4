"""生成好的网页的正文，读成一棵树：一块一块，字是一截一截的。海报、广播都从这里取，一块也不漏。

菜单、按钮一类只给屏幕用的不要；认不得的标签是错：模板里有了新样子，先在这里说它是什么。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .addresses import resolve

SCREEN_ONLY = {
    "dateline",
    "source-line",
    "tools",
    "print-only",
    "downloads",
    "toc",
    "jump",
    "state",
    "stale",
    "expires",
    "archived",
    "footnote-backref",
}
IGNORED = {"script", "style", "button", "nav", "form", "input", "template", "h1", "hr", "wbr"}
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
CONTAINERS = ("div", "section", "article", "aside", "main")


@dataclass(frozen=True)
class Run:
    """一截字，里面可以有换行。note：是脚注的号。"""

    text: str
    bold: bool = False
    note: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True)
class Heading:
    level: int
    runs: Runs


@dataclass(frozen=True)
class Item:
    """清单的一条。done：核对清单里做了没有；不是核对清单的为 None。link：整条只是一个链接。"""

    blocks: tuple[Block, ...]
    done: bool | None = None
    link: bool = False


@dataclass(frozen=True)
class Items:
    """清单。start：有序号的从几起，没有序号的为 None。"""

    items: tuple[Item, ...]
    start: int | None = None


@dataclass(frozen=True)
class Table:
    """表格，头一行是表头；格里的图另列在后面。"""

    caption: Runs
    rows: tuple[tuple[Runs, ...], ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Picture:
    """一张图。path 相对网站的根；caption 是图下面的字。"""

    path: str
    alt: str
    caption: Runs = ()


@dataclass(frozen=True)
class Chart:
    """画出来的图：名称和一句说明。"""

    name: str
    words: str


@dataclass(frozen=True)
class Box:
    """提示框、点开才看的、引用：标题可以没有。"""

    title: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Tabs:
    tabs: tuple[tuple[Runs, tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Terms:
    """名称和内容：几个名称、几段内容是一组。"""

    groups: tuple[tuple[tuple[Runs, ...], tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Law:
    """条号，条文的各款。"""

    cite: Runs
    text: tuple[Runs, ...]


@dataclass(frozen=True)
class Notes:
    """脚注，从 1 数起。"""

    notes: tuple[tuple[Block, ...], ...]


Block = Paragraph | Heading | Items | Table | Picture | Chart | Box | Tabs | Terms | Code | Law | Notes


def read(html: str, url: str) -> tuple[Block, ...]:
    """url：这一页在网站里的地址，图的路径从它算。"""
    article = LexborHTMLParser(html).css_first("main article")
    return tuple(_Reader(url).blocks(article)) if article else ()


def words(runs: Runs) -> str:
    return "".join(f"［注{run.text}］" if run.note else run.text for run in runs)


def plain(blocks: tuple[Block, ...]) -> Iterator[str]:
    """照先后，这些块里的每一段字。"""
    for block in blocks:
        yield from _plain(block)


def _plain(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield words(runs)
        case Items(items, start):
            for number, item in enumerate(items, start or 0):
                yield f"{number}." if start is not None else ""
                yield from plain(item.blocks)
        case Table(caption, rows, pictures):
            yield from (words(cell) for row in rows for cell in row)
            yield words(caption)
            yield from plain(pictures)
        case Picture(_, alt, caption):
            yield words(caption) or alt
        case Chart(name, said):
            yield name + said
        case Box(title, inside):
            yield words(title)
            yield from plain(inside)
        case Tabs(tabs):
            for label, inside in tabs:
                yield words(label)
                yield from plain(inside)
        case Terms(groups):
            for names, values in groups:
                yield from map(words, names)
                for value in values:
                    yield from plain(value)
        case Code(text):
            yield text
        case Law(cite, text):
            yield words(cite)
            yield from map(words, text)
        case Notes(notes):
            for note in notes:
                yield from plain(note)


def pictures(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    """这些块里的每一张图，照先后。"""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Table():
                yield from block.pictures
            case Box():
                yield from pictures(block.blocks)
            case Items():
                yield from (found for item in block.items for found in pictures(item.blocks))
            case Tabs():
                yield from (found for _, inside in block.tabs for found in pictures(inside))


class _Reader:
    def __init__(self, url: str) -> None:
        self.url = url

    def blocks(self, node: LexborNode) -> Iterator[Block]:
        """里面一块一块的；散在外面的字另成一段。"""
        loose: list[Run] = []
        for child in node.iter(include_text=True):
            if _ignored(child):
                continue
            if _is_block(child):
                yield from _paragraph(loose)
                loose = []
                yield from self.block(child)
            else:
                loose += _inline(child)
        yield from _paragraph(loose)

    def block(self, node: LexborNode) -> Iterator[Block]:
        tag, kinds = node.tag or "", _classes(node)
        if "law" in kinds:
            cite = node.css_first("p")
            yield Law(_runs(cite) if cite else (), tuple(_runs(p) for p in node.css("blockquote p")))
        elif "admonition" in kinds or tag == "details":
            yield self._box(node)
        elif "tabbed-set" in kinds:
            labels, inside = node.css(".tabbed-labels > label"), node.css(".tabbed-content > .tabbed-block")
            pairs = zip(labels, inside, strict=True)
            yield Tabs(tuple((_runs(label), tuple(self.blocks(block))) for label, block in pairs))
        elif "footnote" in kinds:
            yield Notes(tuple(tuple(self.blocks(note)) for note in node.css("ol > li")))
        elif "highlight" in kinds or tag == "pre":
            yield Code(node.text(deep=True).strip("\n"))
        elif tag == "blockquote":
            yield Box((), tuple(self.blocks(node)))
        elif tag in HEADINGS:
            yield Heading(int(tag[1]), _runs(node))
        elif tag in ("ul", "ol"):
            yield self._items(node)
        elif tag == "dl":
            yield self._terms(node)
        elif tag == "table":
            yield self._table(node, ())
        elif tag == "figure":
            yield from self._figure(node)
        elif tag == "img":
            yield self._picture(node)
        elif tag == "svg":
            yield _chart(node)
        elif tag == "p":
            yield from map(self._picture, node.css("img"))
            yield from _paragraph(list(_children(node)))
        elif tag in CONTAINERS:
            yield from self.blocks(node)
        else:
            raise ValueError(f"正文里有不认得的 <{tag}>")

    def _box(self, node: LexborNode) -> Box:
        title = node.css_first("summary, .admonition-title")
        runs = _runs(title) if title else ()
        if title:
            title.decompose()
        return Box(runs, tuple(self.blocks(node)))

    def _items(self, node: LexborNode) -> Items:
        start = int(node.attributes.get("start") or 1) if node.tag == "ol" else None
        return Items(tuple(self._item(each) for each in node.iter() if each.tag == "li"), start)

    def _item(self, node: LexborNode) -> Item:
        task, link = node.css_first(".task"), node.css_first("a")
        done = "done" in _classes(task) if task else None
        alone = link is not None and link.text(deep=True).strip() == node.text(deep=True).strip()
        return Item(tuple(self.blocks(node)), done, alone)

    def _terms(self, node: LexborNode) -> Terms:
        groups: list[tuple[list[Runs], list[tuple[Block, ...]]]] = []
        for child in node.css("dt, dd"):
            if child.tag == "dt" and (not groups or groups[-1][1]):
                groups.append(([], []))
            if child.tag == "dt":
                groups[-1][0].append(_runs(child))
            elif groups:
                groups[-1][1].append(tuple(self.blocks(child)))
        return Terms(tuple((tuple(names), tuple(values)) for names, values in groups))

    def _table(self, node: LexborNode, caption: Runs) -> Table:
        own = node.css_first("caption")
        rows = [row for row in node.css("tr") if row.css_first("th, td")]
        cells = tuple(tuple(_runs(cell) for cell in row.iter() if cell.tag in ("th", "td")) for row in rows)
        cells = tuple(row for row in cells if any(row))  # 只有表头的，引擎补了一行空的
        return Table(_runs(own) if own else caption, cells, tuple(map(self._picture, node.css("img"))))

    def _figure(self, node: LexborNode) -> Iterator[Block]:
        """图、表、图表和下面的字；字归最后一样。"""
        below = node.css_first("figcaption")
        caption = _runs(below) if below else ()
        if table := node.css_first("table"):
            yield self._table(table, caption)
            return
        pictures = [self._picture(image) for image in node.css("img")]
        yield from pictures[:-1]
        if pictures:
            yield Picture(pictures[-1].path, pictures[-1].alt, caption)
            return
        if below:
            below.decompose()
        yield from self.blocks(node)
        if caption:
            yield Paragraph(caption)

    def _picture(self, image: LexborNode) -> Picture:
        address = resolve(self.url, image.attributes.get("src") or "")
        return Picture(address.path if address else "", image.attributes.get("alt") or "")


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node.tag and node.tag[0] not in "-!_" else set()


def _is_chart(node: LexborNode) -> bool:
    """画出来的图；图标不算。"""
    return node.tag == "svg" and node.attributes.get("role") == "img"


def _ignored(node: LexborNode) -> bool:
    tag = node.tag or ""
    if tag == "-text":
        return False
    icon = tag == "svg" and not _is_chart(node)
    return tag in IGNORED or tag[:1] in "-!_" or icon or bool(_classes(node) & SCREEN_ONLY)


def _is_block(node: LexborNode) -> bool:
    blocks = ("p", "ul", "ol", "dl", "table", "figure", "blockquote", "details", "pre", "img", *HEADINGS, *CONTAINERS)
    return node.tag in blocks or _is_chart(node)


def _chart(node: LexborNode) -> Chart:
    name, said = node.css_first("title"), node.css_first("desc")
    label = node.attributes.get("aria-label") or (name.text(deep=True) if name else "")
    return Chart(label.strip(), said.text(deep=True).strip() if said else "")


def _paragraph(runs: list[Run]) -> Iterator[Paragraph]:
    if kept := _trimmed(runs):
        yield Paragraph(kept)


def _runs(node: LexborNode) -> Runs:
    return _trimmed(list(_children(node)))


def _children(node: LexborNode) -> Iterator[Run]:
    for child in node.iter(include_text=True):
        if not _ignored(child):
            yield from _inline(child)


def _inline(node: LexborNode, bold: bool = False) -> Iterator[Run]:
    tag, kinds = node.tag, _classes(node)
    if tag == "-text":
        yield Run(re.sub(r"\s+", " ", node.text_content or ""), bold)
    elif tag == "br":
        yield Run("\n", bold)
    elif "demo" in kinds:
        yield Run("（演示）", bold)
    elif "footnote-ref" in kinds:
        yield Run(node.text(deep=True).strip(), note=True)
    elif tag not in ("img", "ul", "ol", "table") and "task" not in kinds:
        for child in node.iter(include_text=True):
            if not _ignored(child):
                yield from _inline(child, bold or tag in ("strong", "b"))
        if tag in ("p", "li", "div"):  # 格里分了段的
            yield Run("\n", bold)


def _trimmed(runs: list[Run]) -> Runs:
    """一样的接成一截；两头、换行前后的空白不要。"""
    joined: list[Run] = []
    for run in runs:
        if joined and not run.note and not joined[-1].note and joined[-1].bold == run.bold:
            joined[-1] = Run(joined[-1].text + run.text, run.bold)
        elif run.text:
            joined.append(run)
    tidy = [run if run.note else Run(re.sub(r" *\n *", "\n", run.text), run.bold) for run in joined]
    while tidy and not tidy[0].note and not tidy[0].text.lstrip():
        del tidy[0]
    while tidy and not tidy[-1].note and not tidy[-1].text.rstrip():
        del tidy[-1]
    if tidy and not tidy[0].note:
        tidy[0] = Run(tidy[0].text.lstrip(), tidy[0].bold)
    if tidy and not tidy[-1].note:
        tidy[-1] = Run(tidy[-1].text.rstrip(), tidy[-1].bold)
    return tuple(run for run in tidy if run.text)

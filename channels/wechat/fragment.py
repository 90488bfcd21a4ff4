"""网页的正文 → 公众号编辑器留得住的正文：只有 section、p、h2—h4、ul、ol、li、table、img 和几个行内标签。

这里出来的还带 class，由 styles.py 换成内联样式。链接变成〔1〕这样的编号，折叠的展开，
清单只有一层，宽表拆成一块一块。
纯变换：(正文节点, 怎么认链接和图片) → Body。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from selectolax.lexbor import LexborNode

from .elements import (
    BREAK,
    PICTURE,
    Element,
    Piece,
    element,
    html,
    joined,
    lines,
    paragraph,
    section,
    trimmed,
    whole,
    wrapped,
)

# 只给屏幕用的
DROPPED_CLASSES = {
    "dateline",
    "source-line",
    "tools",
    "print-only",
    "downloads",
    "toc",
    "jump",
    "footnote-backref",
    "tabbed-labels",
    "state",
}
DROPPED_TAGS = {"script", "style", "svg", "button", "input", "form", "iframe", "audio", "video", "template", "h1"}
INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "s": "s", "del": "s"}
MARKS = {"demo", "unknown", "meta", "figure"}  # 照样留着的 span
CONTAINERS = {"div", "section", "article", "figure", "main", "aside", "nav", "li", "dd", "figcaption", "tr"}
HEADINGS = {"h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
BLOCKS = {*CONTAINERS, *HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "details", "pre", "hr"} - {"tr"}
# 不拆到两行的：钟点、日期
WHOLE = r"\d{1,2}:\d{2}—\d{1,2}:\d{2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
WIDE = 4  # 几列的表手机上放不下
LONG = 20  # 多少个字的格子手机上放不下
ROW, GAP = 21.4, 0.75  # 手机上一行放得下几个字；一列的左右边距
MARK, FRAME = 2.2, 0.7  # 链接编号〔1〕占几个字；“演示”的框另占几个字
KEPT = "（[^（）]{1,12}）"  # 括号里的几个字不拆行
SHORT = 6  # 名称不超过几个字，才和内容并排


@dataclass(frozen=True)
class Note:
    """文末的一条：〔编号〕说的是什么、网址。没有网址的写在哪一页。"""

    words: str
    url: str


@dataclass(frozen=True)
class Image:
    """文中的一张图：放在哪、给看不见的人读什么、图下面写的字。content 由 pictures.py 做。"""

    name: str
    alt: str
    caption: str
    content: Callable[[], bytes] = field(compare=False)
    inputs: tuple[bytes | str, ...]


@dataclass
class Body:
    html: str
    notes: list[Note]
    images: list[Image]


class Writer:
    """note：链接 → 文末的一条，不用编号的为 None；picture：img 或图表 → 图片。"""

    def __init__(
        self,
        note: Callable[[str, str], Note | None],
        picture: Callable[[LexborNode, int], Image],
        folder: str,
    ) -> None:
        self._note, self._picture, self._folder = note, picture, folder
        self.notes: list[Note] = []
        self.images: list[Image] = []

    def body(self, article: LexborNode) -> Body:
        return Body(html(self._blocks(article)), self.notes, self.images)

    # ---- 成块的 ----

    def _blocks(self, node: LexborNode) -> list[Piece]:
        """里面一块一块的；散在外面的文字另起一段。"""
        made: list[Piece] = []
        loose: list[Piece] = []
        for child in node.iter(include_text=True):
            if child.tag in BLOCKS or _is_chart(child):
                made += [*paragraph(loose), *self._block(child)]
                loose = []
            else:
                loose += self._inline(child)
        return [*made, *paragraph(loose)]

    def _block(self, node: LexborNode) -> list[Piece]:
        kinds = classes(node)
        if kinds & DROPPED_CLASSES or (node.tag in DROPPED_TAGS and not _is_chart(node)):
            return []
        if "admonition" in kinds:
            return section("note firm" if "tixing" in kinds else "note", self._blocks(node))
        if "law" in kinds:
            return self._law(node)
        if "tabbed-set" in kinds:
            return self._tabs(node)
        if "card" in kinds:
            return section("card", self._blocks(node))
        if node.tag in ("ul", "ol"):
            return self._list(node)
        if node.tag == "p":
            return paragraph(self._inside(node), "title" if kinds & {"admonition-title", "name"} else _kept(kinds))
        if node.tag in HEADINGS:
            return paragraph(self._inside(node), tag=HEADINGS[node.tag])
        makers = {
            "table": self._table,
            "dl": self._facts,
            "details": self._details,
            "blockquote": self._quote,
            "figure": self._figure,
            "svg": self._image,
            "pre": self._lines,
        }
        if node.tag == "hr":
            return section("rule", [Element("p", ["\xa0"])])
        return makers.get(node.tag or "", self._blocks)(node)

    def _quote(self, node: LexborNode) -> list[Piece]:
        return section("quote", self._blocks(node))

    def _law(self, node: LexborNode) -> list[Piece]:
        """条号一行，条文跟在下面；“看条文”不要了。"""
        summary = node.css_first("summary")
        if summary:
            summary.decompose()
        return section("law", self._blocks(node))

    def _details(self, node: LexborNode) -> list[Piece]:
        summary = node.css_first("summary")
        title = self._inside(summary) if summary else []
        if summary:
            summary.decompose()
        inside = self._blocks(node)
        return section("answer", paragraph(title, "question") + inside) if title else inside

    def _tabs(self, node: LexborNode) -> list[Piece]:
        labels = [self._inside(label) for label in node.css(".tabbed-labels label")]
        made: list[Piece] = []
        for label, block in zip(labels, node.css(".tabbed-block"), strict=False):
            made += section("answer", paragraph(label, "question") + self._blocks(block))
        return made

    def _figure(self, node: LexborNode) -> list[Piece]:
        """图和图下面的字；里面是表的，下面的字移到上面当标题。"""
        if not node.css_first("table") and (pictures := _pictures(node)):
            return [each for picture in pictures for each in self._image(picture)]
        title: list[Piece] = []
        if caption := node.css_first("figcaption"):
            title = paragraph(self._inside(caption.css_first("p") or caption), "table-title")
            caption.decompose()
        return title + self._blocks(node)

    def _image(self, node: LexborNode) -> list[Piece]:
        return [self.place(self._picture(node, len(self.images) + 1), "chart" if node.tag == "svg" else "photo")]

    def place(self, image: Image, kind: str) -> Element:
        """一张图和它下面的字，记进上传的先后。"""
        self.images.append(image)
        shown = Element("img", attributes={"class": kind, "src": f"{self._folder}/{image.name}", "alt": image.alt})
        return element("section", [element("p", [shown]), *paragraph([image.caption], "caption")], PICTURE)

    def _lines(self, node: LexborNode) -> list[Piece]:
        text = node.text(deep=True).strip("\n")
        return section("quote", paragraph(piece for line in text.split("\n") for piece in (BREAK, line)))

    # ---- 清单：只留一层 ----

    def _list(self, node: LexborNode) -> list[Piece]:
        items = [item for item in node.iter() if item.tag == "li"]
        if any(item.css_first("h2, h3, h4, figure, dl, table, svg") for item in items):
            return [each for item in items for each in section("card", self._blocks(item))]
        kinds = classes(node)
        texts = [text for item in items if (text := self._item(item))]
        if kinds & {"checklist", "task-list"}:
            box = "□ " if "checklist" in kinds else ""
            return [each for text in texts for each in paragraph([box, *text], "check")]
        start = node.attributes.get("start")
        numbered = {"start": start} if start and start.isdecimal() else {}
        return [Element(node.tag or "", [element("li", text) for text in texts], numbered)]

    def _item(self, item: LexborNode) -> list[Piece]:
        """一条；里面的清单变成下面的几行。"""
        found: list[list[Piece]] = [[]]
        for child in item.iter(include_text=True):
            if child.tag in ("ul", "ol"):
                inner = [each for each in child.iter() if each.tag == "li"]
                for number, each in enumerate(inner, 1):
                    found.append([f"（{number}）" if child.tag == "ol" else "· ", *self._item(each)])
                found.append([])
            elif child.tag in BLOCKS:
                found += [*lines(self._block(child)), []]
            else:
                found[-1] += self._inline(child)
        return joined(found)

    # ---- 表 ----

    def _table(self, node: LexborNode) -> list[Piece]:
        caption = node.css_first("caption")
        title = paragraph(self._inside(caption), "table-title") if caption else []
        rows = [[cell for cell in row.iter() if cell.tag in ("th", "td")] for row in node.css("tr")]
        heads = [row for row in rows if row and all(cell.tag == "th" for cell in row)][:1]
        body = [row for row in rows if row not in heads and any(_words(cell) or cell.css_first("img") for cell in row)]
        if body and _is_wide([*heads, *body]):  # 只有表头的，拆开就没有了
            return title + self._stacked([_words(cell) for cell in (heads[0] if heads else [])], body)
        made = [[element("th", self._inside(cell)) for cell in row] for row in heads]
        made += [[self._cell(cell) for cell in row] for row in body]
        return [*title, _table("data", made)]

    def _cell(self, cell: LexborNode) -> Element:
        """短的不拆行；长的也不拆括号里的几个字。"""
        return element("td", whole(KEPT, self._inside(cell)), "whole" if _width(cell) <= SHORT else "")

    def _stacked(self, names: list[str], rows: Iterable[list[LexborNode]]) -> list[Piece]:
        """一行一块：第一格是标题，每一格前面写上列名；空的不写。"""
        made: list[Piece] = []
        for row in rows:
            labels = [[element("span", [f"{name}："], "label")] if name else [] for name in names]
            said = paragraph([*(labels[0] if labels else []), *self._inside(row[0])], "title")
            for i, cell in enumerate(row[1:], 1):
                if _words(cell) in ("", "—", "-"):
                    continue
                said += paragraph([*(labels[i] if i < len(labels) else []), *self._inside(cell)], "cell")
            made += section("row", said)
        return made

    def _facts(self, node: LexborNode) -> list[Piece]:
        """名称和内容：名称短的并排成两列，长的上下排。"""
        pairs = list(zip(node.css("dt"), node.css("dd"), strict=False))
        if "definitions" in classes(node) or any(_width(name) > SHORT for name, _ in pairs):
            made: list[Piece] = []
            for name, value in pairs:
                made += paragraph(self._inside(name), "term") + paragraph(self._inside(value), "meaning")
            return made
        rows = [
            [element("td", self._inside(name), "name"), element("td", joined(lines(self._blocks(value))))]
            for name, value in pairs
        ]
        return [_table("facts", rows)]

    # ---- 行内的 ----

    def _inside(self, node: LexborNode) -> list[Piece]:
        return trimmed(self._children(node))

    def _children(self, node: LexborNode) -> list[Piece]:
        return [piece for child in node.iter(include_text=True) for piece in self._inline(child)]

    def _inline(self, node: LexborNode) -> list[Piece]:
        tag, kinds = node.tag or "", classes(node)
        if tag == "-text":
            return whole(WHOLE, [re.sub(r"\s+", " ", node.text_content or "")])
        if tag == "br":
            return [BREAK]
        if "task" in kinds:
            return ["■" if "done" in kinds else "□"]
        if tag == "img":
            return self._image(node)
        if tag in DROPPED_TAGS or kinds & DROPPED_CLASSES or tag.startswith(("-", "!")):
            return []
        inside = self._children(node)
        if "footnote-ref" in kinds:
            return [f"［注{_words(node)}］"]
        if tag == "a":
            return inside + self._mark(node)
        if tag in INLINE and trimmed(inside):
            return wrapped(INLINE[tag], inside)
        if tag == "abbr" and (title := node.attributes.get("title")):
            return [*inside, f"（{title}）"]
        if "meta" in kinds:
            return [BREAK, *wrapped("span", trimmed(inside), "meta")]
        kept = " ".join(sorted(kinds & MARKS))
        return wrapped("span", inside, kept) if kept else inside

    def _mark(self, link: LexborNode) -> list[Piece]:
        """链接后面的编号；同一个网址用同一个号。"""
        note = self._note(link.attributes.get("href") or "", _words(link))
        if note is None:
            return []
        numbers = {(each.url or each.words): n for n, each in enumerate(self.notes, 1)}
        number = numbers.get(note.url or note.words)
        if number is None:
            self.notes.append(note)
            number = len(self.notes)
        return [element("span", [f"〔{number}〕"], "mark")]


def _table(kind: str, rows: Iterable[Iterable[Piece]]) -> Element:
    return element("table", [element("tbody", [element("tr", row) for row in rows])], kind)


def classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node.tag and node.tag[0] != "-" else set()


def _kept(kinds: set[str]) -> str:
    return " ".join(sorted(kinds & {"lead", "finding", "meta", "item", "today"}))


def _is_chart(node: LexborNode) -> bool:
    """页面里画的图表；图标不算。"""
    return node.tag == "svg" and node.attributes.get("role") == "img"


def _pictures(node: LexborNode) -> list[LexborNode]:
    return [each for each in node.css("img, svg") if each.tag == "img" or _is_chart(each)]


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())


def _is_wide(rows: list[list[LexborNode]]) -> bool:
    """手机上放不下：列太多，有一格太长，或者各列最窄也凑不进一行。"""
    if any(len(row) >= WIDE or any(_width(cell) > LONG for cell in row) for row in rows):
        return True
    least = [max(_least(cell) for cell in column if cell) + GAP for column in zip_longest(*rows)]
    return sum(least) > ROW


def _least(cell: LexborNode) -> float:
    """折到不能再折，还有几个字宽。"""
    marks = MARK * len(cell.css("a[href]")) + FRAME * len(cell.css(".demo"))
    if _width(cell) <= SHORT:
        return _width(cell) + marks
    return max((_wide(part) for part in re.findall(KEPT, _words(cell))), default=2)


def _width(node: LexborNode) -> float:
    return _wide(_words(node))


def _wide(text: str) -> float:
    """占几个汉字宽。"""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)

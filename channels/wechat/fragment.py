"""正文的树 → 公众号编辑器留得住的正文：只有 section、p、h2—h4、ul、ol、li、table、img 和几个行内标签。

这里出来的还带 class，由 styles.py 换成内联样式。链接变成〔1〕这样的编号，折叠的展开，
清单只有一层，宽表拆成一块一块。
纯变换：(正文的树, 怎么认链接和图片) → Body。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import assert_never

from macros.model.texttree import (
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
)

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
    whole,
)
from .widths import KEPT, SHORT, is_wide, said, width

BOXES = {"tixing": "note firm", "note": "note", "fold": "answer", "quote": "quote", "card": "card"}
TICKS = {True: "■ ", False: "□ ", None: ""}
# 不拆到两行的：钟点、日期
WHOLE = r"\d{1,2}:\d{2}—\d{1,2}:\d{2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日"


@dataclass(frozen=True)
class Note:
    """文末的一条：〔编号〕说的是什么、网址。没有网址的写在哪一页。"""

    words: str
    url: str


@dataclass(frozen=True)
class Image:
    """文中的一张图：放在哪、给看不见的人读什么、图下面写的字、谁拍的。content 由 pictures.py 做。"""

    name: str
    alt: str
    caption: str
    content: Callable[[], bytes] = field(compare=False)
    inputs: tuple[bytes | str, ...]
    credit: str = ""


@dataclass
class Body:
    html: str
    notes: list[Note]
    images: list[Image]


class Writer:
    """note：链接 → 文末的一条，不用编号的为 None；picture：图或图表 → 图片。"""

    def __init__(
        self,
        note: Callable[[str, str], Note | None],
        picture: Callable[[Picture | Chart, int], Image],
        folder: str,
    ) -> None:
        self._note, self._picture, self._folder = note, picture, folder
        self.notes: list[Note] = []
        self.images: list[Image] = []

    def body(self, blocks: Iterable[Block]) -> Body:
        return Body(html(self._blocks(blocks)), self.notes, self.images)

    # ---- 成块的 ----

    def _blocks(self, blocks: Iterable[Block]) -> list[Piece]:
        return [piece for block in blocks for piece in self._block(block)]

    def _block(self, block: Block) -> list[Piece]:
        match block:
            case Paragraph(runs, kind):
                return paragraph(self._runs(runs), kind)
            case Heading(level, runs):
                return paragraph(self._runs(runs), tag=f"h{min(level, 4)}")
            case Items():
                return self._items(block)
            case Table():
                return self._table(block)
            case Picture() | Chart():
                return [self._place(block)]
            case Box(title, inside, kind):
                return self._box(BOXES[kind], title, inside)
            case Tabs(tabs):
                return [piece for label, inside in tabs for piece in self._box("answer", label, inside)]
            case Terms():
                return self._terms(block)
            case Code(text):
                return section("quote", paragraph(_text(text)))
            case Law(cite, text):
                quote = section("quote", [piece for part in text for piece in paragraph(self._runs(part))])
                return section("law", paragraph(self._runs(cite)) + quote)
            case Notes(notes):
                rule = section("rule", [Element("p", ["\xa0"])])
                return [*rule, element("ol", [element("li", self._lines(note)) for note in notes])]
            case _:
                assert_never(block)

    def _box(self, kind: str, title: Runs, inside: Iterable[Block]) -> list[Piece]:
        name = paragraph(self._runs(title), "question" if kind == "answer" else "title")
        return section(kind, name + self._blocks(inside))

    def _place(self, shown: Picture | Chart) -> Element:
        """一张图和它下面的字，记进上传的先后。"""
        image = self._picture(shown, len(self.images) + 1)
        self.images.append(image)
        kind, said = ("photo", shown.caption) if isinstance(shown, Picture) else ("chart", ())
        source = Element("img", attributes={"class": kind, "src": f"{self._folder}/{image.name}", "alt": image.alt})
        caption = paragraph(joined([self._runs(said), [image.credit]]), "caption")
        return element("section", [element("p", [source]), *caption], PICTURE)

    def _terms(self, block: Terms) -> list[Piece]:
        """名称和内容：名称短的并排成两列，长的上下排。"""
        groups = [(self._lines(map(Paragraph, names)), values) for names, values in block.groups]
        if block.long or any(width(name) > SHORT for names, _ in block.groups for name in names):
            made: list[Piece] = []
            for name, values in groups:
                made += paragraph(name, "term")
                made += [piece for value in values for piece in paragraph(self._lines(value), "meaning")]
            return made
        pairs = ((element("td", name, "name"), joined(map(self._lines, values))) for name, values in groups)
        return [_table("facts", ([name, element("td", meaning)] for name, meaning in pairs))]

    # ---- 清单：只留一层 ----

    def _items(self, block: Items) -> list[Piece]:
        if any(map(_is_card, block.items)):
            return [piece for item in block.items for piece in section("card", self._blocks(item.blocks))]
        texts = [(item.done, text) for item in block.items if (text := self._lines(item.blocks))]
        if any(done is not None for done, _ in texts):
            return [piece for done, text in texts for piece in paragraph([TICKS[done], *text], "check")]
        numbered = {"start": str(block.start)} if block.start not in (None, 1) else {}
        return [Element("ul" if block.start is None else "ol", [element("li", text) for _, text in texts], numbered)]

    def _lines(self, blocks: Iterable[Block]) -> list[Piece]:
        """几块合成几行；里面的清单一条一行。"""
        found: list[list[Piece]] = []
        for block in blocks:
            if isinstance(block, Items):
                for number, item in enumerate(block.items, block.start or 0):
                    mark = "· " if block.start is None else f"（{number}）"
                    found.append([TICKS[item.done] or mark, *self._lines(item.blocks)])
            elif isinstance(block, Paragraph):
                found.append(self._runs(block.runs))
            else:
                found += lines(self._block(block))
        return joined(found)

    # ---- 表 ----

    def _table(self, table: Table) -> list[Piece]:
        title, (head, *rows) = paragraph(self._runs(table.caption), "table-title"), table.rows or ((),)
        if rows and is_wide(table.rows):  # 只有表头的，拆开就没有了
            return title + self._stacked([self._label(cell) for cell in head], rows)
        made = [[element("th", self._runs(cell)) for cell in head]]
        made += [[self._cell(cell) for cell in row] for row in rows]
        return [*title, _table("data", made)]

    def _cell(self, cell: Runs) -> Element:
        """短的不拆行；长的也不拆括号里的几个字。"""
        return element("td", whole(KEPT, self._runs(cell)), "whole" if width(cell) <= SHORT else "")

    def _label(self, name: Runs) -> list[Piece]:
        """写在格前面的列名；每一格都写，图不跟着。"""
        pieces = self._runs(tuple(run for run in name if not run.picture))
        return [element("span", [*pieces, "："], "label")] if pieces else []

    def _stacked(self, labels: list[list[Piece]], rows: Iterable[tuple[Runs, ...]]) -> list[Piece]:
        """一行一块：第一格是标题，每一格前面写上列名；空的不写。"""
        made: list[Piece] = []
        for row in rows:
            parts: list[Piece] = []
            for i, (cell, label) in enumerate(zip_longest(row, labels[: len(row)], fillvalue=())):
                if i == 0 or said(cell) not in ("", "—", "-") or any(run.picture for run in cell):
                    parts += paragraph([*label, *self._runs(cell)], "cell" if i else "title")
            made += section("row", parts)
        return made

    # ---- 行内的 ----

    def _runs(self, runs: Runs) -> list[Piece]:
        """链接后面写编号；图不在粗体里。"""
        shown: list[tuple[Run, Piece]] = []
        for href, link in groupby(runs, lambda run: run.href):
            parts = tuple(link)
            shown += [(run, piece) for run in parts for piece in self._pieces(run)]
            if href:
                shown += [(parts[-1], piece) for piece in self._mark(href, said(parts))]
        found: list[Piece] = []
        for bold, group in groupby(shown, lambda each: each[0].bold):
            inside: list[Piece] = []
            for kind, same in groupby(group, lambda each: each[0].kind):
                pieces = [piece for _, piece in same]
                inside += [element("span", pieces, kind)] if kind not in ("", "note") else pieces
            found += [element("strong", inside)] if bold else inside
        return found

    def _pieces(self, run: Run) -> list[Piece]:
        if run.picture:
            return [self._place(run.picture)]
        return [f"［注{run.text}］"] if run.kind == "note" else _text(run.text)

    def _mark(self, href: str, words: str) -> list[Piece]:
        """链接后面的编号；同一个网址用同一个号。"""
        note = self._note(href, words)
        if note is None:
            return []
        numbers = {(each.url or each.words): n for n, each in enumerate(self.notes, 1)}
        number = numbers.get(note.url or note.words)
        if number is None:
            self.notes.append(note)
            number = len(self.notes)
        return [element("span", [f"〔{number}〕"], "mark")]


def _is_card(item: Item) -> bool:
    """里面有标题、表、带说明的图、名称和内容的，一条排成一张卡片。"""
    return any(
        isinstance(block, Heading | Terms | Table | Chart) or (isinstance(block, Picture) and block.caption)
        for block in item.blocks
    )


def _table(kind: str, rows: Iterable[Iterable[Piece]]) -> Element:
    return element("table", [element("tbody", [element("tr", row) for row in rows])], kind)


def _text(text: str) -> list[Piece]:
    """一行一行，中间换行。"""
    return [piece for line in text.split("\n") for piece in (BREAK, *whole(WHOLE, [line]))][1:]

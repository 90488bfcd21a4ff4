"""正文的树：一块一块，字是一截一截的。公众号、海报、广播都从这里取，一块也不漏。

怎么从网页读成树，见 textreader.py。加一种块：写在 Block 里，类型检查就会指出还有哪个渠道没有说怎么办。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True)
class Run:
    """一截字，里面可以有换行。

    kind：note 脚注的号，demo 演示，unknown 待公布，meta 小字，figure 数；平常的为空。
    href：是链接的，网页上写的地址。picture：夹在字里的图，这一截没有字。
    """

    text: str
    bold: bool = False
    kind: str = ""
    href: str = ""
    picture: Picture | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """一段。kind：lead 导语，finding 数说明什么，title 卡片的名称，meta 小字，links 一排链接；平常的为空。"""

    runs: Runs
    kind: str = ""


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
    """表格，头一行是表头。"""

    caption: Runs
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Picture:
    """一张图。path 相对网站的根，别的网站上的是网址；caption 是图下面的字。"""

    path: str
    alt: str
    caption: Runs = ()


@dataclass(frozen=True)
class Chart:
    """画出来的图：名称和一句说明；高多少像素，里面的 SVG。"""

    name: str
    words: str
    height: int
    drawing: str


@dataclass(frozen=True)
class Box:
    """框起来的，标题可以没有。kind：tixing 提醒，note 别的提示框，fold 点开才看的，quote 引用，card 卡片。"""

    title: Runs
    blocks: tuple[Block, ...]
    kind: str


@dataclass(frozen=True)
class Tabs:
    tabs: tuple[tuple[Runs, tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Terms:
    """名称和内容：几个名称、几段内容是一组。long：内容长，一定上下排。"""

    groups: tuple[tuple[tuple[Runs, ...], tuple[tuple[Block, ...], ...]], ...]
    long: bool = False


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
SAID = {"note": "［注{}］", "demo": "（{}）"}  # 没有样子可看的地方，用括号说


def words(runs: Runs) -> str:
    return "".join(SAID.get(run.kind, "{}").format(run.text) for run in runs)


def inside(block: Block) -> Iterator[Runs | Block]:
    """一块里面有什么，照先后：一截一截的字，再里面的块。"""
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield runs
        case Items(items):
            for item in items:
                yield from item.blocks
        case Table(caption, rows):
            for row in rows:
                yield from row
            yield caption
        case Picture(_, _, caption):
            yield caption
        case Box(title, blocks):
            yield title
            yield from blocks
        case Tabs(tabs):
            for label, blocks in tabs:
                yield label
                yield from blocks
        case Terms(groups):
            for names, values in groups:
                yield from names
                for value in values:
                    yield from value
        case Law(cite, text):
            yield cite
            yield from text
        case Notes(notes):
            for note in notes:
                yield from note
        case Chart() | Code():
            return
        case _:
            assert_never(block)


def plain(blocks: Iterable[Block]) -> Iterator[str]:
    """照先后，这些块里的每一段字。"""
    for block in blocks:
        match block:
            case Picture(_, alt, caption):
                yield words(caption) or alt
            case Chart(name, said):
                yield name + said
            case Code(text):
                yield text
            case Items(items, start):
                for number, item in enumerate(items, start or 0):
                    yield f"{number}." if start is not None else ""
                    yield from plain(item.blocks)
            case _:
                for part in inside(block):
                    yield from [words(part)] if isinstance(part, tuple) else plain((part,))


def pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    """这些块里的每一张图，照先后。"""
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        for part in inside(block):
            if isinstance(part, tuple):
                yield from (run.picture for run in part if run.picture)
            else:
                yield from pictures((part,))

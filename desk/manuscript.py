"""一份稿子读成一块一块：字、表、图，照先后；没有带过来的，一样几处。Word、网页、纯文字都读成它。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

SLASHED = re.compile(r"[`]|\{\{|\{%|\{#")  # 正文里有别的意思的记号
FULL = str.maketrans("`{%", "｀｛％")


@dataclass(frozen=True)
class Line:
    """一段字，已经写成 Markdown。level：样式说是几级标题，0 不是；bullet：没有序号的清单第几层，0 不是。"""

    text: str
    level: int = 0
    bullet: int = 0
    title: bool = False
    centred: bool = False
    right: bool = False


@dataclass(frozen=True)
class Grid:
    """一张表，头一行是表头。"""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """一张图，是 photos 里的第几张。caption：稿子里图下面的字。"""

    index: int
    caption: str = ""


Piece = Line | Grid | Figure


@dataclass(frozen=True)
class Found:
    """稿子里的一张图。name：叫得出的名字，报的时候用。"""

    name: str
    content: bytes


@dataclass
class Manuscript:
    """left：没有带过来的，一样几处；notes：脚注，照号。"""

    pieces: list[Piece] = field(default_factory=list)
    photos: list[Found] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def literal(text: str) -> str:
    """稿子里的字在 Markdown 里还是字：会变成宏、代码的记号换成样子一样的全角。"""
    return SLASHED.sub(lambda match: match[0].translate(FULL), text) if SLASHED.search(text) else text

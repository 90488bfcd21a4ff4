"""文章的零件：一小棵树。字和标签分开放，写成 HTML 时才转义。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

VOID = {"br", "img"}
PICTURE = "picture"


@dataclass(frozen=True)
class Element:
    """一个标签和里面的东西。"""

    tag: str
    inside: list[str | Element] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        opening = self.tag + "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{opening}>" if self.tag in VOID else f"<{opening}>{html(self.inside)}</{self.tag}>"


Piece = str | Element
BREAK = Element("br")


def html(pieces: Iterable[Piece]) -> str:
    return "".join(escape(each, quote=False) if isinstance(each, str) else each.html for each in pieces)


def element(tag: str, inside: Iterable[Piece], kind: str = "") -> Element:
    return Element(tag, list(inside), {"class": kind} if kind else {})


def section(kind: str, inside: list[Piece]) -> list[Piece]:
    return [element("section", inside, kind)] if inside else []


def is_picture(piece: Piece) -> bool:
    return isinstance(piece, Element) and piece.attributes.get("class") == PICTURE


def paragraph(inside: Iterable[Piece], kind: str = "", tag: str = "p") -> list[Piece]:
    """一段；夹着的图另成一块，前后各是一段。"""
    runs = ((picture, trimmed(run)) for picture, run in groupby(inside, is_picture))
    return [each for picture, run in runs if run for each in (run if picture else [element(tag, run, kind)])]


def trimmed(pieces: Iterable[Piece]) -> list[Piece]:
    """两头的空白和换行不要。"""
    found = list(pieces)
    while found and _is_blank(found[0]):
        del found[0]
    while found and _is_blank(found[-1]):
        del found[-1]
    if found and isinstance(first := found[0], str):
        found[0] = first.lstrip()
    if found and isinstance(last := found[-1], str):
        found[-1] = last.rstrip()
    return found


def _is_blank(piece: Piece) -> bool:
    return not piece.strip() if isinstance(piece, str) else piece == BREAK


def lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """几段变成几行；图照旧。"""
    line: list[Piece] = []
    for each in pieces:
        if isinstance(each, Element) and each.tag in ("p", "section") and not is_picture(each):
            yield line
            yield from lines(each.inside)
            line = []
        else:
            line.append(each)
    yield line


def joined(parts: Iterable[list[Piece]]) -> list[Piece]:
    """几行合在一起，中间换行；空的不要。"""
    found: list[Piece] = []
    for line in filter(None, map(trimmed, parts)):
        found += [BREAK, *line] if found else line
    return found


def whole(pattern: str, pieces: Iterable[Piece]) -> list[Piece]:
    """认出来的几个字不拆到两行。"""
    found: list[Piece] = []
    for is_text, run in groupby(pieces, lambda each: isinstance(each, str)):
        if is_text:
            parts = re.split(f"({pattern})", "".join(map(str, run)))
            found += [element("span", [part], "whole") if i % 2 else part for i, part in enumerate(parts) if part]
        else:
            found += [replace(each, inside=whole(pattern, each.inside)) for each in run if isinstance(each, Element)]
    return found

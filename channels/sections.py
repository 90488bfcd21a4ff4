"""一篇活动的正文排成海报上的一节一节。每一种块怎么排都写在这里，一块也不漏。"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, assert_never

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
    Runs,
    Table,
    Tabs,
    Terms,
    pictures,
    plain,
    words,
)

JOINED = ("paras", "list", "pictures", "quotes", "rows")  # 挨着的两节合成一节
UNITS = {"paras": "段", "list": "条", "numbers": "条", "check": "条", "table": "行", "rows": "项", "footnotes": "条"}


@dataclass(frozen=True)
class Section:
    """海报上的一节。kind 是 poster.typ 里的一种排法；rest：省去了什么。"""

    kind: str
    title: str
    items: list[Any]
    rest: str = ""
    height: float = 0  # 插图高几个字
    column: str = ""  # left、right；空的是通栏

    def data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title,
            "items": self.items,
            "rest": self.rest,
            "height": self.height,
            "column": self.column,
        }

    @property
    def length(self) -> int:
        """多少字：省去了多少，按它算。"""
        return len(json.dumps(self.items, ensure_ascii=False))

    def shorter(self, more: str) -> list[Section]:
        """从全文起，越来越短的写法：步骤只留做什么，别的从末尾一条一条省。"""
        if self.kind == "steps":
            items = [{**step, "detail": ""} for step in self.items]
            return [self, replace(self, items=items, rest=f"每一步怎么做，{more}")]
        if self.kind == "quotes":
            return [self, *self._fewer_lines(more)]
        found, unit = [self], UNITS.get(self.kind)
        for left in range(1, len(self.items) + 1) if unit else ():
            rest = f"还有{left}{unit}" if left < len(self.items) else f"共{left}{unit}"
            found.append(replace(self, items=self.items[:-left], rest=f"{rest}，{more}"))
        return found

    def _fewer_lines(self, more: str) -> Iterator[Section]:
        """框里的话从末尾一行一行省。"""
        items, lines = self.items, sum(len(item["text"]) for item in self.items)
        for left in range(1, lines):
            last = max(i for i, item in enumerate(items) if item["text"])
            items = [*items[:last], {**items[last], "text": items[last]["text"][:-1]}, *items[last + 1 :]]
            yield replace(self, items=items, rest=f"还有{left}行，{more}")
        yield replace(self, items=[], rest=f"{'；'.join(filter(None, (item['cite'] for item in items)))}（{more}）")

    def cited(self, more: str) -> Section:
        """条文只留条号，并成一行小字。"""
        cites = "；".join(item["cite"] for item in self.items)
        return Section("notes", "", [f"{cites}（{more}）"])


def sections(blocks: Iterable[Block]) -> list[Section]:
    """正文各节；标题跟着下面的一节，没有标题的开头也算一节。"""
    found: list[Section] = []
    titles: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            titles.append(words(block.runs))
            continue
        if isinstance(block, Notes) and titles:
            found.append(_paras(["：".join(titles)]))
            titles = []
        made = list(_sections(block))
        if titles and not made:
            titles.pop()  # 只有链接的一节，纸上点不了，连标题不要
        for section in made:
            if found and found[-1].kind == section.kind and not titles and not section.title and section.kind in JOINED:
                found[-1] = replace(found[-1], items=[*found[-1].items, *section.items])
            else:
                found.append(replace(section, title="：".join([*titles, *filter(None, [section.title])])))
                titles = []
    if titles:
        found.append(_paras(["：".join(titles)]))
    return found


def _sections(block: Block) -> Iterator[Section]:
    match block:
        case Paragraph(_, "links"):
            return
        case Paragraph(runs):
            yield from map(_picture, pictures((block,)))
            yield Section("paras", "", [_bold(runs)])
        case Heading(_, runs):
            yield _paras([words(runs)])
        case Items(items, start):
            yield from _items(items, start)
        case Table(caption, rows):
            yield Section("table", words(caption), _even(rows))
            yield from map(_picture, pictures((block,)))
        case Picture(_, _, caption):
            yield _picture(block)
            if caption:
                yield Section("paras", "", [_bold(caption)])
        case Chart(name, said):
            yield _paras([f"（图：{name}。{said}）"])
        case Box(_, inside, "card"):
            yield from sections(inside)
        case Box(title, inside):
            yield from _box(words(title), inside)
        case Tabs(tabs):
            for label, inside in tabs:
                first, *others = sections(inside) or [_paras([])]
                yield replace(first, title="：".join(filter(None, [words(label), first.title])))
                yield from others
        case Terms(groups):
            rows_ = [["、".join(map(words, names)), "\n".join(_text(values))] for names, values in groups]
            yield Section("rows", "", rows_)
        case Code(text):
            yield _paras(text.split("\n"))
        case Law(cite, text):
            yield Section("quotes", "", [{"cite": words(cite), "text": list(map(words, text))}])
        case Notes(notes):
            yield Section("footnotes", "", [f"［注{n}］{' '.join(plain(note))}" for n, note in enumerate(notes, 1)])
        case _:
            assert_never(block)


def _items(items: tuple[Item, ...], start: int | None) -> Iterator[Section]:
    """只是链接的不要；里面有表、有图的，一条一条另排。"""
    shown = [item for item in items if not item.link]
    if not shown:
        return
    lines = ["\n".join(_lines(item.blocks)) for item in shown]
    if start is not None:
        yield (
            Section("numbers", "", lines)
            if start == 1
            else _paras([f"{number}. {line}" for number, line in enumerate(lines, start)])
        )
    elif any(item.done is not None for item in shown):
        marks = ("■" if item.done else "□" for item in shown)
        yield _paras([f"{mark} {line}" for mark, line in zip(marks, lines, strict=True)])
    else:
        yield Section("list", "", lines)
    for item in shown:
        yield from map(_picture, pictures(item.blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """清单的一条：自己的话一行，里面的小清单一条一行。"""
    for block in blocks:
        if isinstance(block, Items):
            for number, item in enumerate(block.items, block.start or 0):
                mark = "· " if block.start is None else f"{number}. "
                first, *others = list(_lines(item.blocks)) or [""]
                yield mark + first
                yield from others
        elif isinstance(block, Table):
            yield from ("　".join(map(words, row)) for row in block.rows)
            yield from filter(None, [words(block.caption)])
        elif isinstance(block, Picture):
            yield from filter(None, [words(block.caption)])
        else:
            yield from filter(None, plain((block,)))


def _box(title: str, inside: tuple[Block, ...]) -> Iterator[Section]:
    """框里连着的话排在一起；中间有表、图、条文的，断开另排，标题跟着头一截。"""
    text: list[str] = []
    for block in inside:
        flowing = isinstance(block, Paragraph | Items | Heading | Code)
        shown = list(map(_picture, pictures((block,)))) if flowing else list(_sections(block))
        if shown and (text or title):
            yield Section("quotes", "", [{"cite": title, "text": text}])
            title, text = "", []
        yield from shown
        text += _lines((block,)) if flowing else []
    if text or title:
        yield Section("quotes", "", [{"cite": title, "text": text}])


def _text(values: Iterable[tuple[Block, ...]]) -> Iterator[str]:
    for value in values:
        yield from _lines(value)


def _even(rows: tuple[tuple[Runs, ...], ...]) -> list[list[str]]:
    """各行补成一样多格。"""
    width = max(map(len, rows), default=0)
    return [[*map(words, row), *[""] * (width - len(row))] for row in rows]


def _paras(lines: list[str]) -> Section:
    return Section("paras", "", [[{"text": line, "bold": False}] for line in lines])


def _bold(runs: Runs) -> list[dict[str, Any]]:
    """粗的、不粗的，一截一截。"""
    return [{"text": words(tuple(same)), "bold": bold} for bold, same in groupby(runs, lambda run: run.bold)]


def _picture(picture: Picture) -> Section:
    shown = {"path": f"/{picture.path}", "alt": picture.alt or "插图", "caption": picture.alt}
    return Section("pictures", "", [shown], height=6)

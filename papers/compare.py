"""两段文字、两份数据差在哪里。只比较，不知道是什么纸。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

SAME, GONE, ADDED = "same", "del", "ins"
TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.,:-][0-9]+)*|\s+|.", re.S)  # 一个汉字一截，一个数、日期、电话一截
KEEP = 14  # 没变的长句，挨着改动的地方留几个字
ALIKE = 0.4  # 像到这个程度，才算同一段改的
MOST = 4_000_000  # 再长就不逐字比了
MANY = 400  # 几段对几段，乘起来再多就照次序排


@dataclass(frozen=True)
class Piece:
    """一截字：没变的、去掉的、添上的。"""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """并排的一行；folded：这里略去了几段没变的。"""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    folded: int = 0


def paragraphs(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def rows(before: str, after: str) -> list[Row]:
    """逐段对照；没变的段落只留改动前后各一段。"""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Row] = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "equal":
            head = 0 if i1 == 0 and j1 == 0 else 1
            tail = 0 if i2 == len(old) and j2 == len(new) else 1
            found += _context(old[i1:i2], head, tail)
        else:
            found += [Row(*pieces(a, b)) for a, b in _aligned(old[i1:i2], new[j1:j2])]
    return found


def _context(lines: list[str], head: int, tail: int) -> Iterator[Row]:
    hidden = len(lines) - head - tail
    for number, line in enumerate(lines):
        if hidden < 2 or number < head or number >= len(lines) - tail:
            same = (Piece(SAME, _short(line)),)
            yield Row(same, same)
        elif number == head:
            yield Row(folded=hidden)


def _short(line: str) -> str:
    return line if len(line) <= 3 * KEEP else f"{line[:KEEP]}…{line[-KEEP:]}"


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """改过的几段里，像的排在一行：互相最像的认作同一段，再逐段比；夹在中间的接着认。"""
    if not 0 < len(old) * len(new) <= MANY:
        yield from zip_longest(old, new, fillvalue="")
        return
    twins = _twins(old, new)
    if not any(twins):
        yield from ((line, "") for line in old)
        yield from (("", line) for line in new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, twins, autojunk=False).get_opcodes():
        left, right = old[i1:i2], new[j1:j2]
        yield from zip(left, right, strict=True) if tag == "equal" else _aligned(left, right)


def _twins(old: list[str], new: list[str]) -> list[str]:
    """新的各段是旧的哪一段改的；不是改的为空。"""
    alike = {(a, b): _ratio(a, b) for a in old for b in new}
    origin = {b: max(old, key=lambda a: alike[a, b]) for b in new}
    outcome = {a: max(new, key=lambda b: alike[a, b]) for a in old}
    return [origin[b] if outcome[origin[b]] == b and alike[origin[b], b] >= ALIKE else "" for b in new]


def _ratio(a: str, b: str) -> float:
    if len(a) * len(b) > MOST:
        return 0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0


def pieces(before: str, after: str, fold: bool = True) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """一段字逐字比：左边标去掉的，右边标添上的。fold：没变的长句缩成 …。"""
    if not before or not after or len(before) * len(after) > MOST:
        return tuple(_only(GONE, before)), tuple(_only(ADDED, after))
    a, b = TOKEN.findall(before), TOKEN.findall(after)
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    old: list[Piece] = []
    new: list[Piece] = []
    for at, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        first, last = at == 0, at == len(opcodes) - 1
        left, right = "".join(a[i1:i2]), "".join(b[j1:j2])
        if tag != "equal" or (len(left) == 1 and not first and not last):  # 夹在改动中间的一个字，不算没变
            _put(old, GONE, left)
            _put(new, ADDED, right)
        else:
            kept = _folded(left, first, last) if fold else left
            _put(old, SAME, kept)
            _put(new, SAME, kept)
    return tuple(old), tuple(new)


def _only(kind: str, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text)


def _put(found: list[Piece], kind: str, text: str) -> None:
    if found and found[-1].kind == kind:
        text = found.pop().text + text
    found += _only(kind, text)


def _folded(text: str, first: bool, last: bool) -> str:
    head, tail = ("" if first else text[:KEEP]), ("" if last else text[-KEEP:])
    return text if len(text) <= 3 * KEEP else f"{head}…{tail}"


# ---- 数据 ----


@dataclass(frozen=True)
class Value:
    """一个变了的值：在哪里、原来、现在（没有的是空）。"""

    at: tuple[str, ...]
    old: str
    new: str

    @property
    def pieces(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        return pieces(self.old, self.new, fold=False)


def values(old: Any, new: Any, at: tuple[str, ...] = ()) -> Iterator[Value]:
    """两份数据里不一样的值。列表里的记录按第一个键（编号、名称、文本……）认。"""
    if old == new:
        return
    pairs = _pairs(old, new)
    if pairs is None:
        yield Value(at, words(old), words(new))
        return
    changed = False
    for name, before, after in pairs:
        for value in values(before, after, (*at, name)):
            changed = True
            yield value
    if not changed:
        yield Value((*at, "先后次序"), "\n".join(_names(old)), "\n".join(_names(new)))


def _pairs(old: Any, new: Any) -> list[tuple[str, Any, Any]] | None:
    """逐项对照；不能逐项的为 None。"""
    sides = [side for side in (old, new) if side is not None]
    if all(isinstance(side, dict) for side in sides):
        before, after = old or {}, new or {}
        return [(str(name), before.get(name), after.get(name)) for name in {**before, **after}]
    if all(isinstance(side, list) for side in sides):
        before, after = _by_id(old or []), _by_id(new or [])
        if before is not None and after is not None:
            return [
                (_label(name, after.get(name, before.get(name))), before.get(name), after.get(name))
                for name in {**before, **after}
            ]
    return None


def _by_id(items: list[Any]) -> dict[str, Any] | None:
    if not all(isinstance(item, dict) and item for item in items):
        return None
    found = {words(next(iter(item.values()))): item for item in items}
    return found if len(found) == len(items) else None


def _label(name: str, item: Any) -> str:
    title = item.get("名称")
    return f"{title}（{name}）" if title and title != name else name


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, dict) else list(_by_id(value or []) or {})


def words(value: Any) -> str:
    """一个值写成字：列表一项一行，记录写成“键 值，键 值”。"""
    if isinstance(value, dict):
        return "，".join(f"{name} {words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "\n".join(words(each) for each in value)
    return "" if value is None else str(value)

"""写错了的名字，像哪一个。"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SHOWN = 20
LONGEST = 100  # 再长的就不拿来找像的了


def nearest(word: str, names: Iterable[str]) -> str | None:
    """最像的一个名字；都不像时为 None。"""
    names = list(names)
    same = [name for name in names if name.casefold() == word.casefold()]
    found = same or difflib.get_close_matches(word[:LONGEST], names, n=1, cutoff=0.5)
    return found[0] if found else None


def likely(word: str, names: Iterable[str]) -> str:
    """改法：像哪一个，或者可用的有哪些。"""
    names = list(names)
    near = nearest(word, names)
    if near:
        return f"是不是「{near}」？"
    more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return f"可用的有：{'、'.join(names[:SHOWN])}{more}" if names else "现在还没有可用的"

"""切词：和 docs/assets/search-load.js 一样切，索引和问句才对得上。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from operator import add

HANZI = "\u3400-\u9fff\U00020000-\U000323ff"  # 连生僻字（𠮷）
RUN = re.compile(f"[{HANZI}]+|[a-z0-9]+")
HAN = re.compile(f"[{HANZI}]")


class Folding(dict[int, str]):
    """str.translate 用的表：全角变半角、大写变小写、繁体变简体，一个字还是一个字。"""

    def __init__(self, traditional: dict[str, str]) -> None:
        self.traditional = traditional

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code >= 0x80 and not HAN.match(char):
            plain = unicodedata.normalize("NFKC", char)
            char = plain if len(plain) == 1 else char
        low = char.lower()
        char = low if len(low) == 1 else char
        self[code] = self.traditional.get(char, char)
        return self[code]


def cut(folded: str) -> Iterator[str]:
    """连着的汉字两字一个词，一个字的单独算；字母数字是一个词。"""
    runs = RUN.findall(folded)
    return chain.from_iterable((run,) if len(run) == 1 or run.isascii() else map(add, run, run[1:]) for run in runs)

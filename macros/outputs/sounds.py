"""搜索用的字表：常用字的读音（同音错字、拼音）、繁体字对应的简体字。"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import opencc
import pypinyin

HAN = re.compile("[\u4e00-\u9fff]+")


def _common() -> list[str]:
    """国标一级字 3755 个：GB 2312 的 16—55 区。"""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [char for cell in cells for char in cell.decode("gb2312", "ignore")]


def _sounds(text: str) -> list[str]:
    """不带声调的音节，一字一个；ü 写 v，和输入法一样。"""
    return [syllable if syllable.isascii() else "" for syllable in pypinyin.lazy_pinyin(text)]


@cache
def _sound(char: str) -> str:
    return _sounds(char)[0]


def syllables(names: Iterable[str]) -> str:
    """「a阿啊 ai爱哀 …」：常用字，加上 names 里用到的字。"""
    grouped: dict[str, list[str]] = defaultdict(list)
    for char in sorted({*_common(), *(char for name in names for char in "".join(HAN.findall(name)))}):
        if _sound(char):
            grouped[_sound(char)].append(char)
    return " ".join(sound + "".join(chars) for sound, chars in sorted(grouped.items()))


def polyphones(names: Iterable[str]) -> dict[str, str]:
    """names（标题）里按词读音、和单字读音不同的两字：{"银行": "yin hang"}。"""
    found: dict[str, str] = {}
    for run in sorted({run for name in names for run in HAN.findall(name)}):
        spoken = _sounds(run)
        for (a, b), sounds in zip(itertools.pairwise(run), itertools.pairwise(spoken), strict=True):
            if all(sounds) and sounds != (_sound(a), _sound(b)):
                found[a + b] = " ".join(sounds)
    return dict(sorted(found.items()))


@cache
def _traditional() -> list[tuple[str, str]]:
    """（繁, 简）：一个字一行地转，不受前后的字影响。"""
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    simple = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return [pair for pair in zip(chars, simple, strict=True) if pair[0] != pair[1] and len(pair[1]) == 1]


def traditional(text: str) -> str:
    """「優优國国…」：只要简体在 text 里用到的。"""
    used = set(text)
    return "".join(old + new for old, new in _traditional() if new in used)

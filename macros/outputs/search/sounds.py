"""搜索用的字表：常用字的读音（同音错字、拼音）、繁体字对应的简体字。"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
def sound(char: str) -> str:
    """不认得的是空的。"""
    return _sounds(char)[0]


@cache
def blur(sounds: str) -> str:
    """平翘舌、前后鼻音不分。"""
    return re.sub("([aei]n)g", r"\1", re.sub("([zcs])h", r"\1", sounds))


def table(names: Iterable[str]) -> dict[str, str]:
    """字 → 音：常用字，加上 names 里用到的字。"""
    used = set().union(*HAN.findall("".join(names)))
    return {char: sound(char) for char in sorted({*_common(), *used}) if sound(char)}


def syllables(of: Mapping[str, str]) -> str:
    """「a阿啊 ai爱哀 …」"""
    grouped: dict[str, list[str]] = defaultdict(list)
    for char, own in of.items():
        grouped[own].append(char)
    return " ".join(own + "".join(chars) for own, chars in sorted(grouped.items()))


def ordered(of: Mapping[str, str]) -> dict[str, str]:
    """国标一级字本来按读音排，只记依次是哪些音（names）、各占几个字（sizes）；不合这个次序的、不是一级字的另记（odd、odds）。

    一个音和前一个头上一样的字母只写几个：a ai an 是 0a1i1n。几个字：Z 是二十五，A、B、C…… 是零、一、二……
    """
    chars = _common()
    common = set(chars)
    own = [of.get(char, "") for char in chars]
    kept = _rising(own)
    runs: list[tuple[str, int]] = []
    for i, each in enumerate(own):
        if i in kept and (not runs or runs[-1][0] != each):
            runs.append((each, 0))
        runs[-1] = (runs[-1][0], runs[-1][1] + 1)
    odd = {char: own[i] for i, char in enumerate(chars) if i not in kept}
    odd |= {char: each for char, each in of.items() if char not in common}
    shared = [
        max(n for n in range(len(each) + 1) if before.startswith(each[:n]))
        for before, each in itertools.pairwise(["", *(each for each, _ in runs)])
    ]
    return {
        "names": "".join(f"{n}{each[n:]}" for n, (each, _) in zip(shared, runs, strict=True)),
        "sizes": "".join("Z" * (n // 25) + chr(ord("A") + n % 25) for _, n in runs),
        "odd": "".join(odd),
        "odds": " ".join(odd.values()),
    }


def _rising(values: Sequence[str]) -> set[int]:
    """最长的不降子列：哪几个。"""
    tails: list[str] = []
    ends: list[int] = []
    before: list[int] = []
    for i, value in enumerate(values):
        at = bisect.bisect_right(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [i]
    kept, at = set(), ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def polyphones(names: Iterable[str]) -> dict[str, str]:
    """names（标题）里按词读音、和单字读音不同的两字：{"银行": "yin hang"}。"""
    found: dict[str, str] = {}
    for run in sorted({run for name in names for run in HAN.findall(name)}):
        spoken = _sounds(run)
        for (a, b), sounds in zip(itertools.pairwise(run), itertools.pairwise(spoken), strict=True):
            if all(sounds) and sounds != (sound(a), sound(b)):
                found[a + b] = " ".join(sounds)
    return dict(sorted(found.items()))


@cache
def traditional() -> dict[str, str]:
    """繁体 → 简体：一个字一行地转，不受前后的字影响。"""
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    simple = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {old: new for old, new in zip(chars, simple, strict=True) if old != new and len(new) == 1}

"""索引的各份：一个词在哪一份，一份里怎么写。和 docs/assets/search-load.js 说的是同一套。

一份一个 .js，给一个变量添一个值，file:// 打开也能读：
core     各段编号是什么（年份、哪部法），最要看的几十页的要目；第一个读
w<k>     词 → 哪几页、几级；按不分平翘舌、前后鼻音的读音分，同音的都在一份里
c<k>     单个的字 → 哪几页；前后能接哪些字
h<k>     六十四页一份的要目：地址、标题、栏目、正文在哪一份
s<k>     同样六十四页的摘要：有了标题再读
t<k>     正文，摘录用；装满了另起一份
old      繁体 → 简体；sounds 读音表全文，浏览器不会 GB2312 才读
"""

from __future__ import annotations

import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

from . import sounds
from .cutting import HAN
from .scoring import IMPACTS, LEVELS, RADIX, Posting

SHARD_BYTES = 3_200  # 一份 w 大约多大；份数取 2 的幂
HEADS = 64
CORE_BYTES = 4_200  # core 里的要目最多这么大
TEXT_BYTES = 9_000
TEXT_PAGES = 16
ONE_CHAR = 30  # 只打了一个字，给几页
NEIGHBOURS = 200  # 一个字前后能接的字，记多少个
SIGNS = "".join(chr(code) for code in range(35, 127) if code != 92)  # 写在 JSON 里不用转义的
DIGITS = 45  # 前一半记号是末位，后一半是前面的位

Part = dict[str, object]


def script(part: Mapping[str, object]) -> str:
    return f"(window.SEARCH=window.SEARCH||[]).push({json.dumps(part, ensure_ascii=False, separators=(',', ':'))});\n"


def place(key: str, count: int) -> int:
    """散在 0 … count-1；照 JS 的字符算，生僻字是两个。"""
    value = 7
    units = key.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (value * 31 + low + high * 256) & 0xFFFFFF
    return value % count


def packed(posting: Iterable[int]) -> str:
    """「编号差、级」一对一对。"""
    out, last = [], 0
    for each in posting:
        id_, level = divmod(each, RADIX)
        out.append(_number(id_ - last) + SIGNS[level])
        last = id_
    return "".join(out)


@cache
def _number(value: int) -> str:
    text = SIGNS[value % DIGITS]
    value //= DIGITS
    while value:
        text = SIGNS[DIGITS + value % DIGITS] + text
        value //= DIGITS
    return text


class Keys:
    """一个词放在哪几份：按单字的读音；按词读音不同的（银行）多放一处。"""

    def __init__(self, of: Mapping[str, str], polyphones: Mapping[str, str]) -> None:
        self.blurred = {char: sounds.blur(sound) for char, sound in of.items()}
        self.polyphones = polyphones

    def of(self, word: str) -> list[str]:
        if not HAN.match(word):
            return [word]
        plain = " ".join(self.blurred.get(char, char) for char in word)
        return [plain, sounds.blur(self.polyphones[word])] if word in self.polyphones else [plain]


def words(postings: Mapping[str, Posting], keys: Keys) -> list[Part]:
    texts = {(key, word): packed(posting) for word, posting in postings.items() for key in keys.of(word)}
    size = sum(len(word) + len(text) + 6 for (_, word), text in texts.items())
    count = 1 << max(3, math.ceil(math.log2(max(size, 1) / SHARD_BYTES)))
    parts: list[dict[str, str]] = [{} for _ in range(count)]
    for (key, word), text in sorted(texts.items()):
        parts[place(key, count)][word] = text
    return [{"w": part} for part in parts]


def chars(postings: Mapping[str, Posting], keys: Keys, count: int) -> list[Part]:
    holding: dict[str, list[Posting]] = defaultdict(list)  # 字 → 含它的词
    after: dict[str, dict[str, int]] = defaultdict(dict)  # 字 → 后面的字 → 几页
    before: dict[str, dict[str, int]] = defaultdict(dict)
    for word, posting in sorted(postings.items()):
        if HAN.match(word):
            for char in dict.fromkeys(word):
                holding[char].append(posting)
            if len(word) == 2:
                after[word[0]][word[1]] = before[word[1]][word[0]] = len(posting)
    parts: list[dict[str, dict[str, str]]] = [{"c": {}, "n": {}, "p": {}} for _ in range(count)]
    for char, own in sorted(holding.items()):
        part = parts[place(keys.of(char)[0], count)]
        part["c"][char] = packed(_best(own))
        if char in after:
            part["n"][char] = _common(after[char])
        if char in before:
            part["p"][char] = _common(before[char])
    return [dict(part) for part in parts]


def _best(several: Iterable[Posting]) -> list[int]:
    """含这个字的词，合起来最要紧的几页；级改成最高的几成。"""
    total: dict[int, float] = defaultdict(float)
    times: dict[int, int] = defaultdict(int)
    for each in chain.from_iterable(several):
        id_ = each // RADIX
        total[id_] += IMPACTS[each % RADIX]
        times[id_] += 1
    best = heapq.nlargest(ONE_CHAR, ((score * times[id_], -id_) for id_, score in total.items()))
    return sorted(-id_ * RADIX + max(1, round(score / best[0][0] * (LEVELS - 1))) for score, id_ in best)


def _common(times: Mapping[str, int]) -> str:
    return "".join(sorted(times, key=lambda other: -times[other])[:NEIGHBOURS])


def texts(written: Sequence[str], bands: Sequence[str]) -> tuple[list[Part], list[int]]:
    """正文的各份，和每个编号在哪一份。换了一段（一年、一部法），另起一份：改一年的，别的年份不变。"""
    parts: list[list[str]] = []
    starts, where = [], []
    size, band = 0, None
    for id_, text in enumerate(written):
        bytes_ = len(text.encode())
        if not parts or len(parts[-1]) == TEXT_PAGES or size + bytes_ > TEXT_BYTES or bands[id_] != band:
            parts.append([])
            starts.append(id_)
            size, band = 0, bands[id_]
        parts[-1].append(text)
        where.append(len(parts) - 1)
        size += bytes_
    return [{"from": start, "t": part} for start, part in zip(starts, parts, strict=True)], where


def heads(rows: Sequence[Sequence[object]]) -> tuple[list[Sequence[object]], dict[str, Part]]:
    """放进 core 的头几十页；其余几十页一份。"""
    core: list[Sequence[object]] = []
    size = 0
    for row in rows:
        size += len(json.dumps(row, ensure_ascii=False).encode())
        if size > CORE_BYTES:
            break
        core.append(row)
    first = len(core) // HEADS
    rest = range(first, -(-len(rows) // HEADS)) if len(core) < len(rows) else range(0)
    return core, {f"h{k}": {"h": rows[k * HEADS : (k + 1) * HEADS]} for k in rest}


def summaries(written: Sequence[str]) -> list[Part]:
    """和要目一样，几十页一份。"""
    return [{"s": written[start : start + HEADS]} for start in range(0, len(written), HEADS)]

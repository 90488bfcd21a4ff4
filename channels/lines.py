"""大字怎么分行：只在词句之间换行，一字不少；在给定的框里尽量大。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.views.render import PHRASES

LEADING = 1.3  # 一行占几个字高
STOPS = re.compile(r"(?<=[，。；：、！？）》”])(?![，。；：、！？）》”])|(?=[《（“])")
# 大字的行短，多几处可以换行
MORE = re.compile(
    r"(?=为(?:全民|中国|烈士))|(?<=全民)(?=国家)|(?<=解放军)|(?=不?受(?:法律|侵))|(?=都有)|(?=铸就|凝聚|发现|向国家)"
    r"|(?<=成为)|(?<=个人)(?=破坏)|(?<=退役军人)(?=就业)|(?<=对)(?=退役)|(?<=接受)|(?<=加强)(?=国防)"
)
EASE = 0.88  # 只大一点点，不多分一行


@dataclass(frozen=True)
class Lines:
    """分好的行，和字有多大（和框同一个单位）。"""

    lines: list[str]
    size: float


def fitted(text: str, width: float, height: float, most: float, anywhere: bool = False) -> Lines:
    """在宽、高里能有多大就多大，不超过 most。差不多大的，用行少的。anywhere：一段话，哪个字后面都可以换行。"""
    if anywhere:
        return _prose(text, width, height, most)
    pieces = [
        piece for stop in STOPS.split(text) for words in PHRASES.split(stop) for piece in MORE.split(words) if piece
    ]
    found = [_set(lines, width, height, most) for lines in (_split(pieces, n) for n in range(1, len(pieces) + 1))]
    largest = max(each.size for each in found)
    return next(each for each in found if each.size >= largest * EASE)


def _prose(text: str, width: float, height: float, most: float) -> Lines:
    """标点不在行首，数和单位不拆开。"""
    pieces = re.findall(
        r"[《（“]*(?:\d[\d.,:]*[^，。；：、！？]?|[^，。；：、！？）》”])[，。；：、！？）》”]*|.", text, re.S
    )
    size = most
    while True:
        lines = [""]
        for piece in pieces:
            if lines[-1] and ems(lines[-1] + piece) * size > width:
                lines.append("")
            lines[-1] += piece
        if size <= 1 or len(lines) * size * LEADING <= height:
            return Lines(lines, size)
        size -= 2


def ems(line: str) -> float:
    """一行有几个字宽。行末的标点也算一个。"""
    return sum(0.6 if char.isascii() else 1.0 for char in line)


def _set(lines: list[str], width: float, height: float, most: float) -> Lines:
    return Lines(lines, min(most, width / max(map(ems, lines)), height / (len(lines) * LEADING)))


def _split(pieces: list[str], count: int) -> list[str]:
    """分成至多 count 行，最长的一行尽量短。"""
    best: dict[int, list[str]] = {0: []}  # 前几段分好了
    for _ in range(count):
        longer = {}
        for end in range(1, len(pieces) + 1):
            options = [[*best[start], "".join(pieces[start:end])] for start in best if start < end]
            if end in best:
                options.append(best[end])
            longer[end] = min(options, key=_worst) if options else []
        best = {0: [], **{end: lines for end, lines in longer.items() if lines}}
    return best[len(pieces)]


def _worst(lines: list[str]) -> tuple[float, float]:
    """最长的一行；一样长的，各行越匀越好。"""
    widths = [ems(line) for line in lines]
    return max(widths), sum(width * width for width in widths)

"""一句话像哪一条，和原文差在哪里：挨着的两个字，在这部法里越少见的越算数，看一句话有多少写在一条里。"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from macros.model.laws import Law

# 照法律原文和普法的问答定的：照抄、换几个字的认得出，用自己的话说的不出声
SHARE = 0.4  # 一句话里至少这么多写在那一条里
TIMES = 2.2  # 比写着的那一条多几倍
NEARLY, LESS = 0.8, 1.6  # 几乎整句都写在那一条里的，多这么几倍就算
SURE = 4.0  # 多这么几倍，就是写错了
WEIGHT = 14.0  # 太短的、都是常见的话，看不出
SAME = 0.82  # 抄的和原文至少这么像，才说抄错了字
SHORT = 12  # 太短的不算抄原文
SHOWN = 80  # 原文至多说这么多字
ITEM = re.compile("（[一二三四五六七八九十]+）")
NOT_WORDS = re.compile("[^\u4e00-\u9fff0-9A-Za-z]")


@dataclass(frozen=True)
class Likeness:
    """一部法各条的字对；weights：每个字对算多重。"""

    articles: dict[str, frozenset[str]]
    weights: dict[str, float]

    def weight(self, said: Collection[str]) -> float:
        """法里没有的字对，按最重的算。"""
        most = math.log(len(self.articles) + 1)
        return sum(self.weights.get(pair, most) for pair in said)


def other_article(law: Law, cited: Collection[str], words: str) -> tuple[str, bool] | None:
    """words 写明是 cited 这几条，却明显更像的另一条；是不是几乎整句都写在那里，写着的几条里几乎没有。没有为 None。"""
    likeness = _likeness(tuple(law.articles.items()))
    said = pairs(words)
    total = likeness.weight(said)
    if total < WEIGHT:
        return None
    written = {article: likeness.weight(said & there) for article, there in likeness.articles.items()}
    best = max(written, key=lambda article: written[article])
    here = frozenset[str]().union(*(likeness.articles.get(each, frozenset()) for each in cited))
    cited_weight = likeness.weight(said & here)
    clearly = written[best] >= max(SHARE * total, TIMES * cited_weight)
    nearly = written[best] >= max(NEARLY * total, LESS * cited_weight)
    if best in cited or written[best] < WEIGHT or not (clearly or nearly):
        return None
    return best, written[best] >= max(NEARLY * total, SURE * cited_weight)


def misquoted(article: str, words: str) -> str | None:
    """words 是照抄的样子，却和条文差几个字：条文里的原话；没有抄错、不是照抄的为 None。"""
    said = NOT_WORDS.sub("", words)
    if len(said) < SHORT or said in NOT_WORDS.sub("", ITEM.sub("", article)):
        return None
    near = ((_ratio(NOT_WORDS.sub("", each), said), each) for each in _stretches(ITEM.sub("", article), len(said)))
    ratio, found = max(near, default=(0.0, ""))
    return found[:SHOWN] + "…" * (len(found) > SHOWN) if ratio >= SAME else None


@lru_cache(maxsize=1024)
def pairs(words: str) -> frozenset[str]:
    """挨着的两个汉字。"""
    return frozenset(run[i : i + 2] for run in re.findall("[\u4e00-\u9fff]+", words) for i in range(len(run) - 1))


@lru_cache(maxsize=64)
def _likeness(articles: tuple[tuple[str, str], ...]) -> Likeness:
    found = {article: pairs(text) for article, text in articles}
    counts = Counter(pair for each in found.values() for pair in each)
    return Likeness(found, {pair: math.log((len(found) + 1) / count) for pair, count in counts.items()})


def _stretches(article: str, length: int) -> Iterator[str]:
    """条文里连着的几个分句，和 length 差不多长的。"""
    clauses = re.findall("[^，。；：\n]+[，。；：\n]*", article)
    for first in range(len(clauses)):
        stretch = ""
        for clause in clauses[first:]:
            stretch += clause.replace("\n", "")
            if len(stretch) > 1.5 * length + 2:
                break
            if len(stretch) > 0.7 * length:
                yield stretch.rstrip("，。；：")


def _ratio(original: str, said: str) -> float:
    matcher = difflib.SequenceMatcher(None, original, said, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SAME else 0.0

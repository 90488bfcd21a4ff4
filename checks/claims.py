"""引用的地方说的话：像不像引的这一条，照抄的和原文差在哪里。"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from macros.model import Problem, Site
from macros.model.numerals import article_number
from macros.model.problem import ERROR, NOTICE

from .alike import misquoted, other_article
from .sentences import ENDS, sentence
from .texts import GAP, Passage

LEAD = re.compile(
    r"[）)〕\]》”\s]*(?:的|里|中|又|还|也|明确|规定|要求|指出|写明|写着|写道|写的|告诉我们|是|说)*(?P<colon>[：:]?)[，,、\s]*"
)
MARKS = re.compile("[^\u4e00-\u9fff“0-9（《]*")
HAN = re.compile("[\u4e00-\u9fff]")
FEW = 6  # 后面没有几个字的，话在前面


class Taken:
    """各处法律名、条号从哪里到哪里；一处的话不说到下一处去。"""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = list(spans)
        self.begins = sorted(begin for begin, _ in found)
        self.ends = sorted(end for _, end in found)

    def after(self, at: int, otherwise: int) -> int:
        """at 以后头一处从哪里起。"""
        place = bisect_left(self.begins, at)
        return self.begins[place] if place < len(self.begins) else otherwise

    def before(self, at: int) -> int:
        """at 以前末一处到哪里为止。"""
        place = bisect_right(self.ends, at)
        return self.ends[place - 1] if place else 0


@dataclass(frozen=True)
class Claim:
    """一处引用：[begin, end)，begin 从法律名算起；alone：条号在一行、一句的开头，后面就是条文。"""

    name: str
    articles: list[str]
    begin: int
    end: int
    alone: bool = False


def claims(site: Site, passage: Passage, found: Sequence[Claim], taken: Taken) -> Iterator[Problem]:
    for claim in found:
        law = site.laws.texts[claim.name]
        start, words, copied = spoken(passage.text, claim, taken)
        if other := other_article(law, claim.articles, words):
            yield _other(site, passage, claim, *other)
        elif copied and len(claim.articles) == 1 and claim.articles[0] in law.articles:
            yield from _differs(passage, claim, law.articles[claim.articles[0]], start, taken)


def spoken(text: str, claim: Claim, taken: Taken) -> tuple[int, str, bool]:
    """这一处引用说的话：从哪里起、话、是不是照抄的样子。后面没有话的，话在前面。"""
    start, copied = _start(text, claim)
    words = text[start : min(taken.after(claim.end, len(text)), sentence(text, start)[1])]
    if len(HAN.findall(words)) >= FEW and text[claim.begin - 1 : claim.begin] not in ("（", "("):
        return start, words, copied
    begin = max(sentence(text, claim.begin)[0], taken.before(claim.begin))
    return begin, text[begin : claim.begin], False


def _start(text: str, claim: Claim) -> tuple[int, bool]:
    """话从哪里起。条号、法律名自成一行的，话在下一段。"""
    lead = LEAD.match(text, claim.end)
    at = lead.end() if lead else claim.end
    colon = bool(lead and lead["colon"])
    line = text[text.rfind("\n", 0, claim.begin) + 1 : claim.begin]
    if text.startswith(GAP, at) and (colon or not HAN.search(line)):
        marks = MARKS.match(text, at + len(GAP))
        return marks.end() if marks else at, True
    return at, claim.alone or (colon and not text.startswith("“", at))  # 引号里的话另外查


def _other(site: Site, passage: Passage, claim: Claim, article: str, sure: bool) -> Problem:
    """只有条号的，也可能是别的文件自己的条号：只提醒。"""
    old = site.laws.superseded.get(claim.name)
    line, column = passage.at(claim.begin)
    was = next((each for each in claim.articles if old and article in old.moved(each)), "")
    if was:
        what = f"这是旧版{article_number(was)}的话，现在是《{claim.name}》{article_number(article)}"
        fix = "翻开法律原文对一遍，改成现行的条号"
        level = NOTICE if claim.alone else ERROR
        return Problem(passage.file, line, column, level, what, fix, "F-5")
    what = f"这句话像是《{claim.name}》{article_number(article)}"
    if sure and not claim.alone:
        fix = "整句都写在那一条里；翻开法律原文对一遍，把条号改过来"
        return Problem(passage.file, line, column, ERROR, what, fix, "F-5")
    fix = "翻开法律原文对一遍；条号错了就改，没有错不用管"
    return Problem(passage.file, line, column, NOTICE, what, fix, "F-5")


def _differs(passage: Passage, claim: Claim, article: str, start: int, taken: Taken) -> Iterator[Problem]:
    """一句一句对，只报头一处；不是照抄的那一句起，不再看。"""
    text = passage.text
    gap = text.find(GAP, start)
    stop = taken.after(start, len(text))
    stop = stop if gap < 0 else min(gap, stop)
    for match in re.finditer(f"[^{ENDS}]+", text[start:stop]):
        if original := misquoted(article, match[0]):
            line, column = passage.at(start + match.start())
            what = f"和《{claim.name}》{article_number(claim.articles[0])}原文有出入：原文是“{original}”"
            yield Problem(
                passage.file,
                line,
                column,
                NOTICE,
                what,
                "照抄的从法律原文页抄，一字不改；用自己的话说的，不写冒号",
                "F-6",
            )
            return

"""照 data/rules/ 里的词表找词：用词、隐私、保密三项检查共用。"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from macros.model import Problem
from macros.model.problem import ERROR
from macros.model.rulesets import Rule, compiled

from .needed import Sieve
from .sentences import is_history, matches, present, sentence
from .subject import Subject, advice, released
from .texts import Passage

LONGEST = 30  # 报错里至多抄这么多个字


@dataclass(frozen=True)
class Hit:
    """碰上一条规则的地方：从第几个字到第几个字，报错里写的字。"""

    rule: Rule
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Matcher:
    """一条规则编译好的正则，和它的 除外。patterns 有几条的，一句话里要凑齐。"""

    rule: Rule
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def hits(self, text: str) -> Iterator[Hit]:
        """碰上这条规则的地方，除外的、讲历史的不算。"""
        allowed: list[list[tuple[int, int]]] | None = None
        for hit in self._found(text):
            if allowed is None:
                allowed = [[each.span() for each in matches(pattern, text)] for pattern in self.unless]
            if any(_inside(hit, spans) for spans in allowed):
                continue
            if not (self.rule.history and is_history(text, hit.start)):
                yield hit

    def _found(self, text: str) -> Iterator[Hit]:
        first, *others = self.patterns
        here = None  # 看过的一句
        for match in matches(first, text):
            if not match[0]:
                continue
            if not others:
                yield Hit(self.rule, match.start(), match.end(), match[0].strip())
            elif (span := sentence(text, match.start())) != here:
                here = span
                rest = [each.span() for pattern in others if (each := pattern.search(text, *span))]
                if len(rest) == len(others):
                    yield _whole(self.rule, text, sorted([match.span(), *rest]))


def _inside(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    """在其中一段里面。spans 按先后，不重叠。"""
    before = bisect_right(spans, hit.start, key=lambda span: span[0])
    return before > 0 and hit.end <= spans[before - 1][1]


def _whole(rule: Rule, text: str, spans: list[tuple[int, int]]) -> Hit:
    """一句话里凑齐的几样：离得近的连着抄，远的只抄这几样。"""
    start, end = spans[0][0], max(stop for _, stop in spans)
    words = text[start:end] if end - start <= LONGEST else "…".join(dict.fromkeys(text[a:b] for a, b in spans))
    return Hit(rule, start, end, words.strip())


@dataclass(frozen=True)
class Words:
    """一项检查的词表。genuine：号码本身对不对；shown：报错里怎么写（隐私的不照抄）。"""

    subject: Subject
    check: str
    matchers: tuple[Matcher, ...]
    genuine: Callable[[Rule, str], bool] = lambda _rule, _text: True
    shown: Callable[[str], str] = lambda text: text

    def find(self, passage: Passage) -> Iterator[Problem]:
        return (self.problem(passage, hit) for hit in self.found(passage))

    def problem(self, passage: Passage, hit: Hit) -> Problem:
        what = f"「{self.shown(hit.words)}」"
        return Problem(passage.file, *passage.at(hit.start), hit.rule.level, what, advice(hit.rule), hit.rule.clause)

    def found(self, passage: Passage) -> list[Hit]:
        """要报的各处：放行的、另一条规则报过的不算。"""
        hits = [
            hit
            for matcher in self._likely(passage.text)
            for hit in matcher.hits(passage.text)
            if self.genuine(matcher.rule, hit.words)
        ]
        return [hit for hit in _uncovered(hits) if not released(self.subject, self.check, passage.file, hit.words)]

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(matcher.patterns[0].pattern for matcher in self.matchers)

    def _likely(self, text: str) -> Iterator[Matcher]:
        return (self.matchers[number] for number in self._sieve.likely(present(text)))


def _uncovered(hits: list[Hit]) -> list[Hit]:
    """同一条款的几条规则报了同一处：只留要紧的，一样要紧的留写在前面的。"""
    ranked = sorted(enumerate(hits), key=lambda pair: pair[1].start)
    covered: set[int] = set()
    for place, (number, hit) in enumerate(ranked):
        for other, each in ranked[place + 1 :]:
            if each.start >= hit.end:
                break
            if each.rule is not hit.rule and each.rule.clause == hit.rule.clause:
                first = min((hit.rule.level != ERROR, number), (each.rule.level != ERROR, other))[1]
                covered.add(other if first == number else number)
    return [hit for number, hit in enumerate(hits) if number not in covered]


def matchers(subject: Subject, rules: Iterable[Rule]) -> tuple[Matcher, ...]:
    expand = subject.site.rules.regex
    return tuple(
        Matcher(
            rule,
            tuple(compiled(expand(each)) for each in rule.source_patterns),
            tuple(compiled(expand(each)) for each in rule.unless or []),
        )
        for rule in rules
    )

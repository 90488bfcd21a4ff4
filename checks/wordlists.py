"""照 data/rules/ 里的词表找词：用词、隐私、保密三项检查共用。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from macros.model import Problem
from macros.model.problem import ERROR
from macros.model.rulesets import Rule

from .subject import Subject, advice, released
from .texts import Passage


@dataclass(frozen=True)
class Matcher:
    """一条规则编译好的正则，和它的 除外。"""

    rule: Rule
    pattern: re.Pattern[str]
    unless: tuple[re.Pattern[str], ...]

    def hits(self, text: str) -> Iterator[re.Match[str]]:
        """碰上这条规则的地方，除外的不算。"""
        allowed: list[tuple[int, int]] | None = None
        for match in self.pattern.finditer(text):
            if allowed is None:
                allowed = [each.span() for pattern in self.unless for each in pattern.finditer(text)]
            if match[0] and not any(start <= match.start() and match.end() <= end for start, end in allowed):
                yield match


@dataclass(frozen=True)
class Words:
    """一项检查的词表。genuine：号码本身对不对；shown：报错里怎么写（隐私的不照抄）。"""

    subject: Subject
    check: str
    matchers: tuple[Matcher, ...]
    genuine: Callable[[Rule, str], bool] = lambda _rule, _text: True
    shown: Callable[[str], str] = lambda text: text

    def find(self, passage: Passage) -> Iterator[Problem]:
        return (self.problem(passage, rule, match) for rule, match in self.found(passage))

    def problem(self, passage: Passage, rule: Rule, match: re.Match[str]) -> Problem:
        line, column = passage.at(match.start())
        what = f"「{self.shown(match[0].strip())}」"
        return Problem(passage.file, line, column, rule.level, what, advice(rule), rule.clause)

    def found(self, passage: Passage) -> Iterator[tuple[Rule, re.Match[str]]]:
        """要报的各处：放行的、另一条规则报过的不算。"""
        hits = [
            (matcher.rule, match)
            for matcher in self.matchers
            for match in matcher.hits(passage.text)
            if self.genuine(matcher.rule, match[0].strip())
        ]
        for at, (rule, match) in enumerate(hits):
            if not (released(self.subject, self.check, passage.file, match[0].strip()) or _covered(at, hits)):
                yield rule, match


def _covered(at: int, hits: list[tuple[Rule, re.Match[str]]]) -> bool:
    """同一条款的另一条规则报了同一处：只报要紧的，一样要紧的报写在前面的。"""
    rule, match = hits[at]
    return any(
        other.clause == rule.clause
        and other is not rule
        and each.start() < match.end()
        and match.start() < each.end()
        and (number < at if other.level == rule.level else other.level == ERROR)
        for number, (other, each) in enumerate(hits)
    )


def matchers(subject: Subject, rules: Iterable[Rule]) -> tuple[Matcher, ...]:
    expand = subject.site.rules.regex
    return tuple(
        Matcher(
            rule,
            re.compile(expand(rule.source_pattern), re.M),
            tuple(re.compile(expand(each), re.M) for each in rule.unless or []),
        )
        for rule in rules
    )

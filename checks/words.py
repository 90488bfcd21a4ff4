"""照 data/rules/ 里的词表找词：用词、隐私、保密三项检查共用。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from macros.model import Problem
from macros.model.rulesets import Rule, Rules

from .base import Subject, advice, released
from .texts import Passage


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def hits(rules: Rules, rule: Rule, text: str) -> Iterator[re.Match[str]]:
    """一段里碰上这条规则的地方，除外的不算。"""
    allowed: list[tuple[int, int]] | None = None
    for match in compiled(rules.regex(rule.source_pattern)).finditer(text):
        if allowed is None:
            allowed = [m.span() for each in rule.unless or [] for m in compiled(each).finditer(text)]
        if match[0] and not any(start <= match.start() and match.end() <= end for start, end in allowed):
            yield match


def find(
    subject: Subject,
    check: str,
    rules: list[Rule],
    passage: Passage,
    genuine: Callable[[Rule, str], bool] = lambda _rule, _text: True,
    shown: Callable[[str], str] = lambda text: text,
) -> Iterator[Problem]:
    """genuine：号码本身对不对；shown：报错里怎么写（隐私的不照抄）。"""
    text = passage.half
    for rule in rules:
        for match in hits(subject.site.rules, rule, text):
            words = match[0].strip()
            if not genuine(rule, words) or released(subject, check, passage.file, words):
                continue
            line, column = passage.at(match.start())
            yield Problem(passage.file, line, column, rule.level, f"「{shown(words)}」", advice(rule), rule.clause)

"""先看有没有要的字、再去找，找到的和直接找的一样。"""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from checks.needed import grams, needed
from macros.model import load


@pytest.mark.parametrize(
    ("pattern", "choices"),
    [
        ("民兵", [{"民兵"}, {"民"}]),
        ("村(?:民|里)", [{"村民", "村里"}, {"村"}]),
        ("[一二]名", [{"一", "二"}, {"名"}]),
        ("(?:甲|乙丙)?丁", [{"丁"}]),
        ("(?:甲){2}", [{"甲"}]),
        ("甲|(?:乙)*", []),
        (r"\d|甲", []),
        ("(?<=甲)(?!乙)(?=丙)丁", [{"丁"}]),
        ("甲[^乙]*(?i:a)", [{"甲"}]),
        ("(?i)a", []),
        ("[0-3]人", [{"0", "1", "2", "3"}, {"人"}]),
        ("[一-龥]人", [{"人"}]),
    ],
)
def test_what_a_pattern_needs(pattern: str, choices: list[set[str]]) -> None:
    assert set(needed(pattern)) == set(map(frozenset, choices))


def test_every_example_has_what_its_rule_needs() -> None:
    """词表的每个例里，规则找得到的，要的字都有。"""
    rules = load(ROOT).rules
    lists = (rules.terms, rules.pasted, rules.privacy, rules.secrecy)
    tried = 0
    for rule in (rule for each in lists for rule in each):
        for pattern in map(rules.regex, rule.source_patterns):
            for example in rule.examples:
                for match in re.finditer(pattern, example, re.M):
                    tried += 1
                    there = grams(match[0])
                    assert not any(each.isdisjoint(there) for each in needed(pattern)), (pattern, match[0])
    assert tried > 300

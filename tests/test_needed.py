"""先看有没有要的字、再去找，找到的和直接找的一样；近似 的正则，差一个字的都认得。"""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from checks.needed import Sieve, grams, met, needed
from macros.model import load
from macros.model.rulesets import Rule


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("民兵", "招民兵", True),
        ("民兵", "民工当兵", False),
        ("村(?:民|里)", "村里", True),
        ("村(?:民|里)", "村口有民兵", False),
        ("[一二]名", "二名", True),
        ("[一二]名", "三名", False),
        ("(?:甲|乙丙)?丁", "丁", True),
        ("(?:甲|乙丙)?丁", "甲乙丙", False),
        ("(?:甲){2}", "甲", True),
        ("(?:甲){2}", "乙", False),
        ("甲|(?:乙)*", "", True),
        (r"\d|甲", "乙", True),
        ("(?<=甲)(?!乙)(?=丙)丁", "丁", True),
        ("(?<=甲)(?!乙)(?=丙)丁", "甲丙", False),
        ("抗(?!美)援", "抗援", True),
        ("抗(?!美)援", "抗美援", False),
        ("甲[^乙]*(?i:a)", "甲A", True),
        ("(?i)a", "A", True),
        ("[0-3]人", "3人", True),
        ("[一-龥]人", "九人", True),
        ("国防[肓盲]|共合国", "共合国", True),
        ("国防[肓盲]|共合国", "国防，共和国", False),
        ("(?:甲[乙丙]|丁)戊", "甲丙戊", True),
        ("(?:甲[乙丙]|丁)戊", "甲戊", False),
    ],
)
def test_what_a_pattern_needs(pattern: str, text: str, expected: bool) -> None:
    assert met(needed(pattern), grams(text)) == expected


def test_no_rule_is_left_out() -> None:
    """词表的每个例、反例里，哪条规则找得到，筛过的里面都有它。"""
    rules = load(ROOT).rules
    lists = [rules.terms, rules.pasted, rules.privacy, rules.secrecy]
    texts = [text for each in lists for rule in each for text in (*rule.examples, *rule.counterexamples)]
    patterns = [re.compile(rules.regex(each), re.M) for one in lists for rule in one for each in rule.source_patterns]
    sieve = Sieve(pattern.pattern for pattern in patterns)
    tried = 0
    for text in texts:
        found = {number for number, pattern in enumerate(patterns) if pattern.search(text)}
        assert found <= set(sieve.likely(grams(text))), text
        tried += len(found)
    assert tried > 300


WORDS = ["抗美援朝", "革命烈士陵园", "五星红旗", "人人平等", "子弟兵", "党对军队绝对领导"]


def test_one_character_wrong() -> None:
    """错一个字、中间漏一个字、挨着的两个字倒了，都认得；对的、差两个字的不认。"""
    pattern = re.compile(Rule.model_construct(words=None, near=WORDS).source_patterns[0])
    for word in WORDS:
        last = len(word)
        assert not pattern.search(word)
        wrong = [f"{word[:at]}某{word[at + 1 :]}" for at in range(last)]
        short = [word[:at] + word[at + 1 :] for at in range(2, last - 2)]
        turned = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(last - 1)]
        for each in {*wrong, *short, *turned} - {word}:
            assert (found := pattern.search(f"的{each}。")) and found[0] == each, each
        assert not any(pattern.search(f"{word[:at]}，{word[at + 1 :]}") for at in range(last))
        assert not any(pattern.search(f"{word[:at]}某某{word[at + 2 :]}") for at in range(last - 1))

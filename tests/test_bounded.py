"""再古怪的一篇也查得完：词表和姓名的正则、整套检查，花的时间跟着文字的长短走，不跟着长短的平方走。

量的是 CPU，限得很宽：在另一个进程里，一条超过就停下，说是哪一条。
"""

from __future__ import annotations

import cProfile
import datetime
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from checks.law import law
from checks.sentences import matches
from checks.subject import Subject
from macros.model import load

LENGTH = 100_000
LIMIT = 5  # 一条规则、一篇，几秒 CPU；平方的要几十秒
# 没有句号的、没有配对的、差一点的
HOSTILE = [
    "的", "5", "一二", " ", "　", "王小村民", "“", "《", "（", "1月2日", "a", "、一", "第一条", "第一章", "甲 ", "每年",
    "王村", "老兵王小明、", "王小明、", "大局意识、", "台湾、", "1380", "5 5", "*", "民兵五人，", "国防法第一条",
    "2027年1月", "就业培训", "二等", "的。", "甲\n",
]  # fmt: skip
# 每条规则各自的：把它的字和它的例截掉一点，重复许多遍
MEASURED = """
import json, signal, sys
from pathlib import Path
from checks.people import People
from checks.sentences import matches
from checks.subject import Subject
from checks.terms import wrong
from checks.wordlists import matchers
from macros.model import load
from macros.model.rulesets import compiled

length, limit = int(sys.argv[1]), float(sys.argv[2])
hostile = json.loads(sys.stdin.read())
site = load(Path("."))
rules = site.rules
subject = Subject(site, None)

class TooSlow(Exception):
    pass

def stop(*_):
    raise TooSlow

def fill(unit):
    return (unit * (length // len(unit) + 1))[:length]

def near(words):
    for each in words:
        yield from (each[:-1], each[: len(each) // 2 + 1], each.rstrip("。") + "，")

common = [fill(each) for each in hostile]
signal.signal(signal.SIGVTALRM, stop)

def measure(name, run, texts):
    for text in texts:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        try:
            run(text)
        except TooSlow:
            print(f"{name}：{text[:20]!r}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

runs = []
for each in (rules.terms, rules.pasted, rules.privacy, rules.secrecy):
    for matcher in matchers(subject, each):
        own = [fill(unit) for unit in near(matcher.rule.examples[:1]) if unit]
        runs.append((str(matcher.rule.source_patterns)[:80], lambda text, it=matcher: list(it.hits(text)), own))
        for pattern in (*matcher.patterns, *matcher.unless):
            runs.append((pattern.pattern[:80], lambda text, it=pattern: list(matches(it, text)), []))
for phrase in rules.phrases:
    own = [fill(unit) for unit in near([*phrase.examples, *phrase.wording][:3]) if unit]
    trigger = compiled(phrase.trigger)
    runs.append((phrase.name, lambda text, it=(phrase, trigger): list(wrong(*it, text)), own))
runs.append(("people", People(rules).find, []))
for text in common:  # 一篇一篇地试：断成几截、有哪些字，一篇只算一次
    for name, run, _ in runs:
        measure(name, run, [text])
for name, run, own in runs:
    measure(name, run, own)
print(len(runs))
"""


def over(program: str, *arguments: object) -> list[str]:
    """另一个进程里量；返回超过的。"""
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        input=json.dumps(HOSTILE),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_a_badly_written_rule_takes_time_in_proportion() -> None:
    """办公室以后写的规则也一样：一句里随便到哪里的，从哪个字起都要看到句末。"""
    pattern = re.compile("[^。；]*(?:就业|技能)培训[^。；]*")
    before = time.process_time()
    assert not list(matches(pattern, "的" * LENGTH))
    assert time.process_time() - before < LIMIT  # 不断开的，这台机器上要一分钟


def test_where_a_text_is_cut_nothing_is_lost() -> None:
    """断开的地方照样找得到，只找到一次；照正则直接找的一样。"""
    pattern = re.compile("1[0-9]{10}")
    for text in (
        "的" * 395 + "15400138000" + "的" * 900,
        ("甲乙。" * 300 + "\n15400138000的") * 9,
        "15400138000甲" * 300,
    ):
        assert [each.span() for each in matches(pattern, text)] == [each.span() for each in pattern.finditer(text)]


@pytest.mark.full
def test_every_rule_takes_time_in_proportion() -> None:
    *slow, tried = over(MEASURED, LENGTH, LIMIT)
    assert slow == []
    assert int(tried) > 200


def test_many_citations(copy_site: Callable[..., Path]) -> None:
    """一页里 law() 写得再多，做的事跟着处数走：多一倍，多叫的函数也只多一倍。数的是次数，不看时间。"""
    root = copy_site("publishable")
    page = root / "docs/minbing/index.md"
    text = page.read_text(encoding="utf-8")
    work = []
    for many in (0, 200, 400):
        said = "".join(f'\n第{i}件，讲国防教育。\n\n{{{{ law("国防教育法", {i % 42 + 1}) }}}}\n' for i in range(many))
        page.write_text(text + said, encoding="utf-8")
        subject = Subject(load(root), datetime.date(2026, 11, 24))
        profile = cProfile.Profile()
        profile.runcall(lambda subject: list(law(subject)), subject)
        work.append(sum(each.callcount for each in profile.getstats()))
    assert work[0] < work[1]
    assert work[2] - work[1] <= 1.2 * (work[1] - work[0])

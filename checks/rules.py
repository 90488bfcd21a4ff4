"""词表自己管不管用：每条规则的 例 都报得出来，反例 都不报。"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.model import Problem, errors
from macros.model.kinds import KINDS
from macros.model.problem import ERROR
from macros.model.rulesets import Phrase, compiled

from .numbers import genuine
from .subject import Subject
from .terms import wrong
from .texts import Passage
from .wordlists import Matcher, matchers


def rules(subject: Subject) -> Iterator[Problem]:
    site = subject.site
    if errors(site.docs[KINDS["parts"].path()].problems):
        return
    for name in ("terms", "pasted", "phrases", "privacy", "secrecy"):
        doc = site.docs[KINDS[name].path()]
        if errors(doc.problems):
            continue
        entries = getattr(site.rules, name)
        finders = map(_phrase, entries) if name == "phrases" else map(_finder, matchers(subject, entries))
        for i, (entry, caught) in enumerate(zip(entries, finders, strict=True)):
            for j, text in enumerate(entry.examples):
                if not caught(_folded(text)):
                    what = "这条规则报不出自己的例"
                    yield Problem(
                        doc.file, *doc.mark((i, "例", j)), ERROR, what, "规则改坏了就从上一版恢复；例写错了改例", "M-1"
                    )
            for j, text in enumerate(entry.counterexamples):
                if caught(_folded(text)):
                    what = "这条规则把自己的反例也报了"
                    yield Problem(
                        doc.file, *doc.mark((i, "反例", j)), ERROR, what, "规则改宽了就改回去；反例写错了改反例", "M-1"
                    )


def _phrase(phrase: Phrase) -> Callable[[str], bool]:
    trigger = compiled(phrase.trigger)
    return lambda text: any(wrong(phrase, trigger, text))


def _finder(matcher: Matcher) -> Callable[[str], bool]:
    return lambda text: any(genuine(hit.rule, hit.words) for hit in matcher.hits(text))


def _folded(text: str) -> str:
    return Passage("", text, ((0, 1, 1),)).numbers.text

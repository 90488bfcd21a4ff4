"""个人信息：页面、数据、别的留在仓库里的文字、文件名、附件里的号码、住址、私人的姓名，还有照片里的位置信息。"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from macros.model import Problem

from .attachments import metadata
from .kept import Kept
from .numbers import genuine, hidden
from .people import People
from .subject import Subject, released
from .texts import Passage
from .wordlists import Words, matchers


def privacy(subject: Subject) -> Iterator[Problem]:
    words = Words(subject, "privacy", matchers(subject, subject.site.rules.privacy), genuine, hidden)
    people = People(subject.site.rules)
    for text in chain(subject.raw, subject.attachments):
        if isinstance(text, Problem):
            yield text
            continue
        read = text.numbers
        hits = list(words.found(read))
        yield from (words.problem(read, hit) for hit in hits)
        yield from unnamed(subject, people, read, [(hit.start, hit.end) for hit in hits])
    kept = Kept(words)
    for text in subject.leftovers:
        yield from kept.find(text.numbers)
    for name in subject.names:
        yield from kept.named(name)
    yield from metadata(subject.site.root / "docs")


def unnamed(subject: Subject, people: People, passage: Passage, told: list[tuple[int, int]]) -> Iterator[Problem]:
    """私人的姓名；词表报过的、放行的不报，一行里同一个姓名报一次。"""
    covered = {at for start, end in told for at in range(start, end)}
    seen = set()
    for found in people.find(passage.text):
        name, cue = passage.text[found.start : found.end], found.cue
        line, column = passage.at(found.start)
        if (
            (line, name) in seen
            or not covered.isdisjoint(range(found.start, found.end))
            or released(subject, "privacy", passage.file, name)
        ):
            continue
        seen.add((line, name))
        yield Problem(passage.file, line, column, cue.level, f"「{hidden(name)}」", cue.reason, cue.clause)

"""个人信息：页面、数据、别的留在仓库里的文字、文件名、PDF 和办公软件的附件，还有照片里的位置信息。"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from macros.model import Problem

from .attachments import attachments, metadata
from .kept import Kept, leftovers, names
from .numbers import genuine, hidden
from .subject import Subject
from .texts import raw, whole
from .wordlists import Words, matchers


def privacy(subject: Subject) -> Iterator[Problem]:
    root = subject.site.root
    words = Words(subject, "privacy", matchers(subject, subject.site.rules.privacy), genuine, hidden)
    kept = Kept(words)
    for text in whole(chain(raw(subject.site), leftovers(root))):
        yield from kept.find(text.numbers)
    for name in names(root):
        yield from kept.named(name)
    for part in attachments(root / "docs"):
        if isinstance(part, Problem):
            yield part
        else:
            yield from words.find(part.numbers)
    yield from metadata(root / "docs")

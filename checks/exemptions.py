"""放行的记录：过期的、用不上的提醒；改了词表不用再放行的删掉。"""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import Problem
from macros.model.problem import NOTICE
from macros.model.textfile import read_text

from .subject import Subject

FILE = "data/rules/exemptions.yml"


def exemptions(subject: Subject) -> Iterator[Problem]:
    root = subject.site.root
    doc = subject.site.docs[FILE]
    for i, each in enumerate(subject.site.rules.exemptions):
        line, column = doc.mark((i,))
        path = root / each.file
        if subject.as_of > each.until:
            fix = "还要用的，重新审批，改 至；不用的删掉这一条"
            yield Problem(FILE, line, column, NOTICE, f"放行在 {each.until} 过期了", fix, "M-1")
        elif not path.is_file():
            yield Problem(FILE, line, column, NOTICE, f"放行的文件 {each.file} 没有了", "删掉这一条", "M-1")
        elif path.suffix in (".md", ".yml") and each.text not in "".join(
            (read_text(path, each.file)[0] or "").split("\n")
        ):
            yield Problem(FILE, line, column, NOTICE, f"{each.file} 里已经没有「{each.text}」", "删掉这一条", "M-1")

"""照一例改坏一个真的小网站，真的查，再恢复原样。"""

from __future__ import annotations

import copy
import datetime
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import conftest

from checks import CHECKS, Subject, run
from macros.model import load

from . import Case, Wanted

ALONE = ("law", "terms", "privacy", "secrecy", "shown")  # 一个文件一个文件地看字的检查
SHARED = ("data/rules/", "data/laws/", "data/calendar.yml")  # 它们照这些看：改了就要全部重看


class Workshop:
    """一个进程一个小网站，各例轮着用。"""

    def __init__(self, folder: Path) -> None:
        self.root = conftest.copy("publishable", folder / "site")
        shutil.rmtree(self.root / "docs/assets")  # 网站自己的样式和脚本，没有要查的
        self.part = folder / "part"

    def problems(self, *cases: Case, whole: bool = False) -> list[Wanted]:
        """这几例一起改坏，报出来的全部问题。没有改的文件本来没有问题，看字的检查只看改了的，词表也不再试；whole：全看。"""
        if arrange := cases[0].arrange:
            shutil.rmtree(self.part, ignore_errors=True)
            arrange(conftest.copy("publishable", self.part))
            return examine(self.part, cases[0].as_of)
        edits = {file: content for case in cases for file, content in case.edits.items()}
        with self.spoilt(edits):
            if whole or any(file.startswith(SHARED) for file in edits):
                return examine(self.root, cases[0].as_of)
            shutil.rmtree(self.part, ignore_errors=True)
            (self.part / "docs").mkdir(parents=True)
            write(self.part, {file: content for file, content in edits.items() if content is not None})
            return examine(self.root, cases[0].as_of, self.part, edits)

    @contextmanager
    def spoilt(self, edits: Mapping[str, bytes | None]) -> Iterator[None]:
        with changed(self.root, edits):
            yield


@contextmanager
def changed(root: Path, edits: Mapping[str, bytes | None]) -> Iterator[None]:
    """这几个文件暂时改成这样。"""
    before = {file: path.read_bytes() if (path := root / file).is_file() else None for file in edits}
    try:
        write(root, edits)
        yield
    finally:
        write(root, before)


def write(root: Path, edits: Mapping[str, bytes | None]) -> None:
    for file, content in edits.items():
        path = root / file
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            continue
        path.unlink()
        for folder in path.parents:
            if any(folder.iterdir()):
                break
            folder.rmdir()


def examine(root: Path, as_of: str, part: Path | None = None, edited: Collection[str] = ()) -> list[Wanted]:
    """全部检查报出来的。part：只有改了的文件，看字的检查只看它。"""
    everything = load(root)
    subject = Subject(everything, datetime.date.fromisoformat(as_of))
    if part is None:
        found = run(subject)
    else:
        changed = copy.copy(everything)
        changed.root, changed.pages = part, [page for page in everything.pages if page.file in edited]
        found = run(subject, [name for name in CHECKS if name not in (*ALONE, "rules")])  # 词表没有改
        found += run(Subject(changed, subject.as_of), ALONE)
    assert all(problem.line > 0 and problem.column > 0 for problem in found), found
    return [Wanted(problem.file, problem.line, problem.level, problem.words) for problem in found]

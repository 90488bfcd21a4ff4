"""先在旁边的一份里改，检查过了，才动真的。"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from macros.model import Problem
from macros.model.disk import write
from macros.model.nav import CONFIG
from macros.model.problem import ERROR


@contextmanager
def staged(root: Path, changed: Mapping[str, bytes]) -> Iterator[Path]:
    """data/、docs/ 的一份，换上改了的文件。"""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "root"
        for folder in ("data", "docs"):
            shutil.copytree(root / folder, copy / folder, symlinks=True)
        if (root / CONFIG).is_file():
            shutil.copy(root / CONFIG, copy)
        for name, content in changed.items():
            write(copy / name, content)
        yield copy


def added(before: list[Problem], after: list[Problem]) -> list[Problem]:
    """改出来的错误：改以前没有的。行号会变，不看。"""
    old = {(each.file, each.what) for each in before}
    return [each for each in after if each.level == ERROR and (each.file, each.what) not in old]

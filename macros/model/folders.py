"""data/、docs/ 里有哪些文件和文件夹：走一遍，要知道的都照它，不再各走各的。"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """name：相对项目的文件夹，用 /。符号链接指到文件的也算文件，不跟着它进文件夹。modified：纳秒；size：字节。"""

    name: str
    is_file: bool
    is_link: bool
    modified: int = 0
    size: int = 0

    @property
    def is_folder(self) -> bool:
        return not self.is_file and not self.is_link


def walk(root: Path, *names: str) -> list[Entry]:
    """root 下这几个文件夹（或文件）里的，照路径排；没有的不算。"""
    found: list[Entry] = []
    for name in names:
        path = root / name
        if path.is_dir():
            found += _inside(str(path), f"{name}/")
        elif path.is_file():
            stat = path.stat()
            found.append(Entry(name, True, path.is_symlink(), stat.st_mtime_ns, stat.st_size))
    return sorted(found, key=lambda each: each.name.split("/"))


def under(found: list[Entry], folder: str) -> Iterator[tuple[str, Entry]]:
    """folder 里的：（相对 folder 的路径，那一个）。"""
    start = f"{folder}/"
    return ((each.name.removeprefix(start), each) for each in found if each.name.startswith(start))


def _inside(folder: str, start: str) -> Iterator[Entry]:
    with os.scandir(folder) as entries:
        for each in entries:
            name, link = start + each.name, each.is_symlink()
            if each.is_file():
                stat = each.stat()
                yield Entry(name, True, link, stat.st_mtime_ns, stat.st_size)
            else:
                yield Entry(name, False, link)
                if each.is_dir(follow_symlinks=False):
                    yield from _inside(each.path, f"{name}/")

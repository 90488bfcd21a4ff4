"""data/、docs/ 里的名字，换一台电脑也要能用：Windows 留着自己用的、太长的，取不下来，也打不开。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .folders import Entry
from .problem import ERROR, Problem
from .textfile import printable

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)  # 带什么后缀都不行
NAME = 100  # 一个名字最多几个字；Linux 是 255 个字节，加密的盘只有 143 个
PATH = 150  # 从 data/、docs/ 起一共几个字；Windows 整个路径 260 个字，留 110 个给项目放的地方


def unportable(found: Iterable[Entry]) -> Iterator[Problem]:
    for each in found:
        name = printable(each.name)
        if fault := _fault(name, each.is_file):
            yield Problem(name, 1, 1, ERROR, *fault, "G-1")


def _fault(name: str, is_file: bool) -> tuple[str, str] | None:
    own = name.rpartition("/")[2]
    if RESERVED.fullmatch(own):
        stem, dot, suffix = own.partition(".")
        return f"名字「{own}」是 Windows 留着自己用的", f"换一个，如 {stem}-1{dot}{suffix}"
    if len(own) > NAME:
        return f"名字有 {len(own)} 个字，超过 {NAME} 个", "缩短；太长的有的电脑打不开"
    if len(name) > PATH and is_file:
        return f"连同文件夹的名字有 {len(name)} 个字，超过 {PATH} 个", "文件夹和文件的名字都缩短；太长的有的电脑打不开"
    return None

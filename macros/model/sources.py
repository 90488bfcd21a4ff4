"""公开的内容由哪些文件生成。散列一样，就是同一份内容、同一套程序：签发人签的、发布程序核对的都是它。"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from .site import load
from .workers import spread

FOLDERS = ("data", "docs", "macros", "overrides")
CONFIG = "mkdocs.yml"
RECORDS = re.compile(r"data/[^/]+\.csv")  # 程序自己记的：公开过什么、发过什么；人写的都是 .yml


def files(folder: Path) -> list[str]:
    """folder 里的文件，相对路径，排好序。点开头的和 __pycache__ 不算；符号链接照着走。"""
    found: list[str] = []
    for here, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        inside = "" if here == str(folder) else Path(here).relative_to(folder).as_posix() + "/"
        found += [inside + name for name in names if not name.startswith(".")]
    return sorted(found)


def digest(root: Path) -> str:
    """全部来源文件的路径和内容的 sha256；草稿、程序自己记的不算。"""
    every = [f"{folder}/{name}" for folder in FOLDERS for name in files(root / folder)]
    withheld = load(root).withheld
    folders = tuple(f"{name}/" for name in withheld)
    names = [
        name
        for name in (*every, CONFIG)
        if name not in withheld and not name.startswith(folders) and not RECORDS.fullmatch(name)
    ]
    total = hashlib.sha256()
    for name, hashed in digests(root, names).items():
        total.update(f"{name}\0{hashed}\n".encode())
    return total.hexdigest()


def digests(folder: Path, names: list[str]) -> dict[str, str]:
    """folder 里各个文件（相对路径）的 sha256。"""
    return dict(zip(names, spread(sha256, [folder / name for name in names]), strict=True))


def short(digest: str) -> str:
    """印在纸上、念得出、抄得下的头十二位：3fa2-09bc-77d1。"""
    return "-".join(digest[at : at + 4] for at in (0, 4, 8))


def content_number(root: Path) -> str:
    """内容编号：审批单上印的，签的就是它。"""
    return short(digest(root))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""网站由哪些文件生成。散列一样，就是同一份内容、同一套程序。"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

FOLDERS = ("data", "docs", "macros", "overrides")
CONFIG = "mkdocs.yml"
# 发布程序自己记的，不影响网页
NOT_SOURCES = ("data/published.csv", "data/releases.csv", "data/weixin.csv")


def files(folder: Path) -> list[str]:
    """folder 里的文件，相对路径，排好序。点开头的和 __pycache__ 不算；符号链接照着走。"""
    found: list[str] = []
    for here, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        found += [Path(here, name).relative_to(folder).as_posix() for name in names if not name.startswith(".")]
    return sorted(found)


def digest(root: Path) -> str:
    """全部来源文件的路径和内容的 sha256。"""
    names = [f"{folder}/{name}" for folder in FOLDERS for name in files(root / folder)]
    total = hashlib.sha256()
    for name in (*names, CONFIG):
        if name not in NOT_SOURCES:
            total.update(f"{name}\0{sha256(root / name)}\n".encode())
    return total.hexdigest()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def content_number(root: Path) -> str:
    """内容编号：审批单上印的，签的就是它。"""
    short = digest(root)[:12]
    return "-".join(short[i : i + 4] for i in range(0, len(short), 4))

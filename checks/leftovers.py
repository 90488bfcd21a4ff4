"""留在仓库里的：docs/、data/ 的文件名，页面、数据、附件以外的文字。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.model.textfile import LIMIT, printable

from .texts import NOT_OURS, Passage, everything

# 测试里的号码要是编的：用没有分配的号段，看得出来
CODE = ("tests/", "checks/", "macros/", "channels/", "release/", "papers/", "schemas/")
NUMBERS_ONLY = (*NOT_OURS, *CODE, "docs/assets/")
TOP = ("docs", "data", "overrides", ".github")
TEXTS = (".md", ".yml", ".yaml", ".json", ".csv", ".txt", ".html", ".j2", ".xml", ".css", ".js", ".svg", "")
READ = {"docs": (".md", ".svg"), "data": (".yml",)}
TAG = re.compile("<(?!!--)[^<>]*>")


def names(root: Path) -> Iterator[str]:
    """docs/ 和 data/ 里的文件名。"""
    for folder in ("docs", "data"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield printable(path.relative_to(root).as_posix())


def leftovers(root: Path) -> Iterator[Passage]:
    """页面、数据以外的文字：模板、说明文件、网页模板、样式和脚本、SVG 的注释。"""
    for path in [*sorted(root.glob("*.md")), *(root / name for name in ("mkdocs.yml", "LICENSE")), *_inside(root)]:
        if path.is_file() and path.suffix.lower() in TEXTS and path.stat().st_size <= LIMIT:
            text = path.read_bytes().decode("utf-8", "replace")
            if path.suffix.lower() == ".svg":
                text = TAG.sub(lambda match: "\n" * match[0].count("\n"), text)
            yield from everything(path.relative_to(root).as_posix(), text)


def _inside(root: Path) -> Iterator[Path]:
    """这几个文件夹里的；页面和数据由 raw() 读，附件由 attachments() 读。"""
    for top in TOP:
        for path in sorted((root / top).rglob("*")):
            file = path.relative_to(root).as_posix()
            read = path.suffix in READ.get(top, ())
            if not read or "/_moban/" in file or file.startswith(NUMBERS_ONLY):
                yield path

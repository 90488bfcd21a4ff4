"""留在仓库里的文字：写内容的照全部的规则查；法律原文、词表、程序、测试里本来就有这些词，只查号码。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from macros.model import Problem
from macros.model.textfile import LIMIT, printable

from .numbers import hidden, invented
from .texts import NOT_OURS, Passage, everything
from .wordlists import Words

# 测试里的号码要是编的：用没有分配的号段，看得出来
CODE = ("tests/", "checks/", "macros/", "channels/", "release/", "papers/", "schemas/")
NUMBERS_ONLY = (*NOT_OURS, *CODE, "docs/assets/")
TOP = ("docs", "data", "overrides", ".github")
TEXTS = (".md", ".yml", ".yaml", ".json", ".csv", ".txt", ".html", ".j2", ".xml", ".css", ".js", ".svg", "")
READ = {"docs": (".md", ".svg"), "data": (".yml",)}
TAG = re.compile("<(?!!--)[^<>]*>")


@dataclass(frozen=True)
class Kept:
    """一项检查的词表，看文件在哪里：全部的规则，或者只有号码。"""

    words: Words

    @cached_property
    def numbers(self) -> Words:
        return replace(self.words, matchers=tuple(each for each in self.words.matchers if each.rule.check))

    @cached_property
    def real_numbers(self) -> Words:
        return replace(
            self.numbers,
            genuine=lambda rule, text: self.words.genuine(rule, text) and not invented(rule, text),
        )

    def find(self, passage: Passage) -> Iterator[Problem]:
        if passage.file.startswith((*CODE, "data/rules/")):
            return self.real_numbers.find(passage)
        return (self.numbers if passage.file.startswith(NUMBERS_ONLY) else self.words).find(passage)

    def named(self, file: str) -> Iterator[Problem]:
        """文件名本身；报的时候也不照抄。"""
        name = Passage(file, file, ((0, 1, 1),))
        for problem in self.find(name.numbers):
            yield replace(problem, file=masked(file), column=1)


def masked(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"{folder}/{hidden(name)}" if folder else hidden(name)


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

"""留在仓库里的文字照哪些规则查：写内容的照全部；法律原文、词表、程序、测试里本来就有这些词，只查号码。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from macros.model import Problem

from .leftovers import CODE, NUMBERS_ONLY
from .numbers import hidden, invented
from .texts import Passage
from .wordlists import Words


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

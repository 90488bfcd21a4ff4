"""检查共用的：查的是什么、报一处问题、放行。"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.model import Problem, Site
from macros.model.rulesets import Rule

from .attachments import attachments
from .leftovers import leftovers, names
from .texts import Passage, raw, reading, whole


@dataclass(frozen=True)
class Subject:
    """查的东西：数据和页面；生成好的网站（没有就不查网站）；按哪一天算（北京时间）。"""

    site: Site
    as_of: datetime.date
    built: Path | None = None

    @cached_property
    def passages(self) -> list[Passage]:
        """居民读到的，一段一段；几项检查共用。"""
        return list(reading(self.site))

    @cached_property
    def read(self) -> list[Passage]:
        """居民读到的，一个文件一篇。"""
        return list(whole(self.passages))

    @cached_property
    def raw(self) -> list[Passage]:
        """页面和数据里的全部文字，一个文件一篇。"""
        return list(whole(raw(self.site)))

    @cached_property
    def leftovers(self) -> list[Passage]:
        """页面、数据、附件以外的文字，一个文件一篇。"""
        return list(whole(leftovers(self.site.root)))

    @cached_property
    def attachments(self) -> list[Passage | Problem]:
        """附件里的字，一段一段；读不出来的是一处问题。"""
        return list(attachments(self.site.root / "docs"))

    @cached_property
    def names(self) -> list[str]:
        """docs/ 和 data/ 里的文件名。"""
        return list(names(self.site.root))


@dataclass(frozen=True)
class Check:
    """一项检查。name 是命令里写的名字，basis 是规定的出处；built：要有生成好的网站才能查。"""

    name: str
    title: str
    basis: str
    run: Callable[[Subject], Iterable[Problem]]
    built: bool = False


def released(subject: Subject, check: str, file: str, text: str) -> bool:
    """这个文件里的这几个字有没有放行、过没过期（data/rules/exemptions.yml）。"""
    return any(
        each.check == check and each.file == file and each.text == text and subject.as_of <= each.until
        for each in subject.site.rules.exemptions
    )


def advice(rule: Rule) -> str:
    """一条规则的改法：改成什么，为什么。"""
    return f"改成 {rule.replace}。{rule.reason}" if rule.replace else rule.reason

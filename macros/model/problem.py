"""一处问题：在哪个文件哪一行，错在哪里，怎么改。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "错误"
NOTICE = "提醒"


@dataclass(frozen=True, order=True)
class Problem:
    """行、列从 1 数起；只有“错误”会拦下发布，“提醒”不拦。clause：STYLE.md 里的条款。"""

    file: str
    line: int
    column: int
    level: str
    what: str
    fix: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.level} {self.words}"

    @property
    def words(self) -> str:
        """条款、说明、改法。"""
        clause = f"{self.clause} " if self.clause else ""
        return f"{clause}{self.what}；{self.fix}" if self.fix else f"{clause}{self.what}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.level == ERROR]


def listing(problems: Iterable[Problem]) -> str:
    """排好序、去掉重复的问题清单，一行一处。"""
    return "\n".join(str(p) for p in sorted(set(problems)))


def summary(problems: Iterable[Problem]) -> str:
    unique = set(problems)
    bad = len(errors(unique))
    if not unique:
        return "检查通过：没有发现问题。"
    notices = len(unique) - bad
    if not bad:
        return f"检查通过：0 处错误，{notices} 处提醒。"
    return f"检查没有通过：{bad} 处错误，{notices} 处提醒。请按上面的行号修改后再试。"

"""每次发布一个标签，指着当时的提交；说明里写着发到哪些去处、什么内容、谁签的。这里写，也从这里读。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from macros.model.deliveries import Delivery
from macros.model.git import GitRefusal, git
from macros.model.refusal import Refusal

FORMAT = "--format=%(*objectname)%00%(contents)%01"


@dataclass(frozen=True)
class Release:
    commit: str
    targets: frozenset[str]
    content: str


def releases(root: Path) -> list[Release]:
    """仓库里记着的每一次，早的在前。取一个旧提交，记录是旧的，标签是全的。"""
    listed = git(root, "for-each-ref", "--sort=refname", FORMAT, "refs/tags/release-*").decode("utf-8", "replace")
    parts = [each.strip("\n").split("\0") for each in listed.split("\1")[:-1]]
    return [Release(commit, *_read(words)) for commit, words in parts]


def _read(words: str) -> tuple[frozenset[str], str]:
    first, _, rest = words.partition("\n")
    content = re.search("^内容编号 (.+)$", rest, re.MULTILINE)
    return frozenset(first.partition("发布：")[2].split("、")), content[1] if content else ""


def write(root: Path, deliveries: Iterable[Delivery]) -> list[str]:
    """同一时间的几处是一次发布；还没有标签的打上。返回全部的标签。"""
    there = set(git(root, "tag", "--list", "release-*").decode().split())
    names = []
    for time, rows in groupby(deliveries, key=lambda row: row.time):
        each = list(rows)
        digits = re.sub("[^0-9]", "", time)
        name = f"release-{digits[:8]}-{digits[8:]}"
        names.append(name)
        if name not in there:
            signed = f"\n签发 {each[0].signed}" if each[0].signed else ""
            words = f"{time} 发布：{'、'.join(row.target for row in each)}\n内容编号 {each[0].content}{signed}\n"
            try:
                git(root, "tag", "--annotate", "--file=-", name, each[0].commit, given=words.encode())
            except GitRefusal:
                raise Refusal(f"仓库里没有 {time} 发布的提交 {each[0].commit[:10]}", "先 git pull，取全历史") from None
    return names

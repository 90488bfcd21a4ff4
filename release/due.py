"""python -m release.due：现在这个提交要不要发布。演示的不发；发过的、内容没有变的不再发。

在工作流里另写一个输出 due，后面几步照它走。
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from macros.model import load
from macros.model.door import Door
from macros.model.git import git
from macros.model.sources import content_number
from macros.model.targets import WECHAT

from . import workflow
from .tags import Release, releases

USAGE = "用法：make due"


def due(root: Path, env: Mapping[str, str]) -> str:
    site, number, done = load(root), content_number(root), releases(root)
    commit = git(root, "rev-parse", "HEAD").decode().strip()
    targets = [target.name for target in site.targets if target.kind != WECHAT]
    left = [name for name in targets if not _done(done, name, commit, number)]
    if site.township and site.township.demo:
        left, words = [], "这是演示网站，不发布。"
    elif not targets:
        words = "data/fabu.yml 里还没有去处，不发布。"
    elif not left:
        words = "这一份内容已经发布过，不再发。"
    else:
        drafts = [target.name for target in site.targets if target.kind == WECHAT]
        then = f"，再送草稿：{'、'.join(drafts)}" if drafts else ""
        words = f"要发布到：{'、'.join(left)}{then}。内容编号 {number}。"
    workflow.write(env, due="yes" if left else "no")
    return words


def _done(done: list[Release], target: str, commit: str, number: str) -> bool:
    """这个提交往这个去处发过，或那里最后一次发的就是这份内容。"""
    ours = [each for each in done if target in each.targets]
    return any(each.commit == commit for each in ours) or (bool(ours) and ours[-1].content == number)


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: due(asked.root, os.environ)))

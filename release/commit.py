"""python -m release.commit：把发布的记录提交、推到仓库；每次发布一个标签，指着当时的提交。

别人也推了记录的，两边的行都留下（.gitattributes 里的 union）。
说明里的 [skip ci]，各家平台和 hooks/post-receive 都认：记录的提交不再引起一次发布。
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from macros.model import load
from macros.model.door import Door
from macros.model.git import GitRefusal, git
from macros.model.refusal import Refusal
from macros.model.sources import RECORDS

from .tags import write

USAGE = "用法：make record"
WORDS = "记录公开过的内容 [skip ci]"
TRIES = 3


def record(root: Path) -> str:
    kept = [each for each in (f"data/{path.name}" for path in (root / "data").glob("*.csv")) if RECORDS.fullmatch(each)]
    try:
        changed = bool(git(root, "status", "--porcelain", "--", *kept).strip())
        if changed:
            git(root, "add", "--", *kept)
            git(root, "commit", "--quiet", "--no-verify", "-m", WORDS, "--", *kept)
    except GitRefusal as refusal:
        if "tell me who you are" in refusal.said or "empty ident" in refusal.said:
            fix = "运行 git config --global user.name 你的岗位 和 git config --global user.email 邮箱"
            raise Refusal("git 还不知道是谁在提交", fix) from None
        raise Refusal("记录没有提交成", f"把这一行告诉技术人员：{refusal.said[-200:]}") from None
    tags = write(root, load(root).deliveries)
    committed = "记录提交好了" if changed else "没有新的记录"
    if not git(root, "remote").strip():
        return f"{committed}；没有远处的仓库，留在这台电脑上。"
    _push(root, tags)
    return f"{committed}，推到了仓库。"


def _push(root: Path, tags: list[str]) -> None:
    branch = git(root, "branch", "--show-current").decode().strip() or _branch_of_run()
    if not branch:
        raise Refusal("现在不在一个分支上，记录推不上去", "git switch main，再运行 make record")
    refs = [f"HEAD:refs/heads/{branch}", *(f"refs/tags/{tag}" for tag in tags)]
    for left in reversed(range(TRIES)):
        try:
            git(root, "push", "--quiet", "origin", *refs)
            return
        except GitRefusal as refusal:
            if re.search("protected branch|GH006|GH013|not allowed to push", refusal.said, re.IGNORECASE):
                what = f"记录提交了，没有推到仓库：{branch} 是保护的分支，不让发布的账号推"
                raise Refusal(what, "在仓库的保护规则里给记录用的密钥放行，看 HACKING 的“托管平台”") from None
            rejected = re.search("fetch first|non-fast-forward|stale|cannot lock ref", refusal.said)
            if not rejected or not left:
                raise Refusal("记录提交了，没有推到仓库", "看看通不通网、有没有权限，再运行 make record") from None
        try:
            git(root, "pull", "--quiet", "--rebase", "--autostash", "origin", branch)
        except GitRefusal:
            raise Refusal("记录提交了，和仓库里别人的改动合不上", "告诉技术人员：git pull --rebase") from None


def _branch_of_run() -> str:
    """自动运行时取来的是一个提交，不在分支上；平台说它是哪个分支的。"""
    return os.environ.get("CI_COMMIT_BRANCH") or os.environ.get("GITHUB_REF_NAME") or ""


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: record(asked.root)))

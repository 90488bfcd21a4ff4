"""从哪个提交发布：没提交的改动不发；线上的比这一份新、或是另一支上的，不发。"""

from __future__ import annotations

from pathlib import Path

from macros.model.git import GitRefusal, git
from macros.model.refusal import Refusal
from macros.model.sources import CONFIG, FOLDERS, RECORDS

from .artifact import Manifest

SHOWN = 5


def head(root: Path) -> str:
    """现在的提交；内容有没提交的改动就不行。"""
    try:
        commit = git(root, "rev-parse", "HEAD").decode().strip()
        changed = git(root, "status", "--porcelain", "-z", "--", *FOLDERS, CONFIG).decode("utf-8", "replace")
    except GitRefusal as refusal:
        if "dubious ownership" in refusal.said:
            raise Refusal("这个文件夹的 .git 是另一个用户的，git 不肯读", "用建它的那个用户来发布") from None
        raise Refusal("这里没有版本记录（git），不知道要发布的是哪一份", "在取自仓库的文件夹里发布") from None
    names = [entry[3:] for entry in changed.split("\0") if entry and not RECORDS.fullmatch(entry[3:])]
    if names:
        more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
        what = f"有没提交的改动：{'、'.join(names[:SHOWN])}{more}"
        raise Refusal(what, "先提交（或还原），再 make site、make publish")
    return commit


def refuse_stale(root: Path, place: str, live: Manifest, new: Manifest) -> None:
    """线上的那一份，要是这一份的前身；线上有的网页，这一份也要有（或有跳转）。"""
    if live.commit and not _ancestor(root, live.commit):
        if git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            what = f"这份仓库只取了一部分历史，看不出{place}上的是不是它的前身"
            raise Refusal(what, "先运行 git fetch --unshallow；工作流里写 fetch-depth: 0")
        what = (
            f"{place}上的不是这一份的前身：{live.when} 由 {live.who or '不知道哪台电脑'} 从提交 {live.commit[:10]} 发布"
        )
        fix = "先运行 git pull，合并了再 make site、make publish；那一份作废的，先删掉那里的 manifest.json"
        raise Refusal(f"{what}{_lost(live, new)}", fix)
    if missing := _missing(live, new):
        raise Refusal(
            f"{place}上有、这一份没有的网页：{_some(missing)}",
            "改了地址的，在 data/redirects.yml 写跳转；不要了的，用 make withdraw 撤下；别人发布的，先 git pull",
        )


def _ancestor(root: Path, commit: str) -> bool:
    try:
        git(root, "merge-base", "--is-ancestor", commit, "HEAD")
    except GitRefusal:
        return False
    return True


def _missing(live: Manifest, new: Manifest) -> list[str]:
    return sorted(name for name in live.files if name.endswith(".html") and name not in new.files)


def _lost(live: Manifest, new: Manifest) -> str:
    """发上去会丢什么。"""
    missing = _missing(live, new)
    changed = sorted(n for n, sha in live.files.items() if n.endswith(".html") and new.files.get(n, sha) != sha)
    parts = [f"没有了的网页 {_some(missing)}"] if missing else []
    parts += [f"换成别的样子的网页 {_some(changed)}"] if changed else []
    return f"；发上去的话，{'，'.join(parts)}" if parts else ""


def _some(names: list[str]) -> str:
    more = f" 等 {len(names)} 页" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more

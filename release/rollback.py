"""python -m release.rollback TO：一个去处退回上一版。内容和数据不动，改好以后重新发布。

文件夹里留着旧版，换回去就是；别处由当时的提交重新生成，和当时的一个字节不差才发。
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.model import Site, load
from macros.model.deliveries import Delivery
from macros.model.door import Door, filled
from macros.model.git import GitRefusal, git
from macros.model.refusal import Refusal
from macros.model.targets import Target

from .artifact import Manifest, faults, kept, read_manifest
from .destinations import chosen, opened, refuse_unset, who
from .folder import Releases
from .records import note

USAGE = "用法：make rollback TO=发布的文件夹，或 data/fabu.yml 里的名称"


def rollback(root: Path, asked: str, now: datetime.datetime, secrets: Mapping[str, str]) -> str:
    site = load(root)
    (target,) = chosen(site, asked)
    refuse_unset(target, secrets)
    place = opened(root, target, secrets)
    if isinstance(place, Releases):
        return _switch_back(site, place, now)
    live = place.live()
    if live is None:
        raise Refusal(f"{target.name}上还没有发布过", "核对名称")
    last = _previous(site, target, live)
    with _rebuilt(root, last) as (folder, manifest):
        _refuse_withdrawn(site, folder)
        stamp = f"{now:%Y-%m-%d %H:%M:%S}"
        new = replace(manifest, commit=last.commit, when=stamp, who=who(secrets), kept=kept(live, manifest, ()))
        done = place.deliver(folder, new, now)
    note(site, replace(last, time=stamp))
    return f"{done}\n退好了：{target.name}上是 {last.time} 发布的那一版。接着 make record。"


def _previous(site: Site, target: Target, live: Manifest) -> Delivery:
    """线上那一版头一次发布以前，最近的另一版。"""
    rows = [row for row in site.deliveries if row.target == target.name]
    first = next((i for i, row in enumerate(rows) if row.files == live.checksum), None)
    if first is None:
        raise Refusal(f"data/releases.csv 里没有{target.name}上的这一版", "先 git pull，取来发布它时的记录")
    if not first:
        raise Refusal(f"{target.name}上没有更早的一版，退不了", "改好内容，重新发布")
    return rows[first - 1]


@contextmanager
def _rebuilt(root: Path, last: Delivery) -> Iterator[tuple[Path, Manifest]]:
    with TemporaryDirectory() as scratch:
        tree = Path(scratch, "tree")
        try:
            git(root, "worktree", "add", "--detach", "--force", str(tree), last.commit)
        except GitRefusal:
            raise Refusal(f"仓库里没有提交 {last.commit[:10]}", "先 git pull，取全历史") from None
        try:
            command = [sys.executable, "-m", "macros"]
            done = subprocess.run(command, cwd=tree, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
            manifest = read_manifest(tree / "site")
            if done.returncode or manifest is None:
                raise Refusal(f"提交 {last.commit[:10]} 现在生成不了，没有退", "改好内容，重新发布")
            if manifest.checksum != last.files:
                what = f"由提交 {last.commit[:10]} 重新生成的，和当时发布的不一样，没有退"
                raise Refusal(what, "程序或依赖换过版本；改好内容，重新发布")
            yield tree / "site", manifest
        finally:
            git(root, "worktree", "remove", "--force", str(tree))


# ---- 文件夹 ----


def _switch_back(site: Site, releases: Releases, now: datetime.datetime) -> str:
    to = releases.to
    if releases.current() is None:
        raise Refusal(f"{to} 里还没有发布过", "核对文件夹的名字")
    with releases.lock():
        current, previous = releases.current(), releases.previous()
        if previous is None:
            raise Refusal(f"{to} 里没有更早的一版，退不了", "改好内容，重新发布")
        _refuse_broken(releases.path(previous))
        _refuse_withdrawn(site, releases.path(previous))
        releases.switch(previous)
        releases.log(now, f"回退 第{current}版→第{previous}版")
    return f"退好了：{to}/current 是第 {previous} 版。第 {current} 版下次发布时清掉。"


def _refuse_broken(folder: Path) -> None:
    manifest = read_manifest(folder)
    wrong = faults(folder, manifest) if manifest else ["没有文件清单"]
    if wrong:
        raise Refusal(f"上一版 {folder} 不完整：{wrong[0]}", "把它移走，会退到更早的一版；或重新发布")


def _refuse_withdrawn(site: Site, folder: Path) -> None:
    """撤下的页面不能跟着旧版又公开。"""
    for page in site.pages:
        old = folder / page.url
        if page.withdrawn and old.is_file() and "<title>已撤下" not in old.read_text(encoding="utf-8"):
            raise Refusal(f"上一版里还有撤下的页面 {page.url}，不能退回去", "改好内容，重新发布")


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    sys.exit(door.enter(lambda asked: rollback(asked.root, asked.target, asked.now, os.environ)))

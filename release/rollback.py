"""python -m release.rollback TO：网站退回上一版。内容和数据不动，改好以后重新发布。"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from macros.model import load
from macros.model.door import Door, filled
from macros.model.refusal import Refusal

from .releases import Releases, faults, read_manifest

USAGE = "用法：make rollback TO=发布的文件夹"


def rollback(root: Path, to: Path, now: datetime.datetime) -> str:
    releases = Releases(to)
    if releases.current() is None:
        raise Refusal(f"{to} 里还没有发布过", "核对文件夹的名字")
    with releases.lock():
        current, previous = releases.current(), releases.previous()
        if previous is None:
            raise Refusal(f"{to} 里没有更早的一版，退不了", "改好内容，重新发布")
        _refuse_broken(releases.path(previous))
        _refuse_withdrawn(root, releases.path(previous))
        releases.switch(previous)
        releases.log(now, f"回退 第{current}版→第{previous}版")
    return f"退好了：{to}/current 是第 {previous} 版。第 {current} 版下次发布时清掉。"


def _refuse_broken(folder: Path) -> None:
    manifest = read_manifest(folder)
    wrong = faults(folder, manifest.files) if manifest else ["没有文件清单"]
    if wrong:
        raise Refusal(f"上一版 {folder} 不完整：{wrong[0]}", "把它移走，会退到更早的一版；或重新发布")


def _refuse_withdrawn(root: Path, folder: Path) -> None:
    """撤下的页面不能跟着旧版又公开。"""
    for page in load(root).pages:
        old = folder / page.url
        if page.withdrawn and old.is_file() and "<title>已撤下" not in old.read_text(encoding="utf-8"):
            raise Refusal(f"上一版里还有撤下的页面 {page.url}，不能退回去", "改好内容，重新发布")


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    sys.exit(door.enter(lambda asked: rollback(asked.root, Path(asked.target), asked.now)))

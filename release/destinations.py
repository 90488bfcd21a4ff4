"""发布的去处：data/fabu.yml 里写着的，或一个文件夹；各是哪一种，怎么开。"""

from __future__ import annotations

import datetime
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from macros.model import Site
from macros.model.nearest import likely
from macros.model.refusal import Refusal
from macros.model.targets import FOLDER, PAGES, WECHAT, Target, variables

from .artifact import Manifest
from .branch import Branch
from .folder import Releases
from .rclone import Store, settings
from .remote import Remote


class Place(Protocol):
    """一个去处。live：正在公开的清单；deliver：换成新的，说做了什么。"""

    def live(self) -> Manifest | None: ...

    def deliver(self, folder: Path, new: Manifest, now: datetime.datetime) -> str: ...


def opened(root: Path, target: Target, secrets: Mapping[str, str]) -> Place:
    if target.kind == FOLDER:
        return Releases(folder_of(root, target))
    if target.kind == PAGES:
        return Branch(target, root)
    return Remote(Store(target, settings(target, secrets)), root)


def chosen(site: Site, asked: str) -> list[Target]:
    ours = [target for target in site.targets if target.kind != WECHAT]
    if not asked:
        if not ours:
            raise Refusal("data/fabu.yml 里还没有去处", "照里面的样子写上，或 make publish TO=文件夹")
        return ours
    named = [target for target in ours if target.name == asked]
    if not named and "/" not in asked and ours:
        raise Refusal(f"data/fabu.yml 里没有「{asked}」这个去处", likely(asked, [t.name for t in ours]))
    return named or [Target.model_validate({"名称": asked, "种类": FOLDER, "目录": asked})]


def folder_of(root: Path, target: Target) -> Path:
    return root / Path(target.folder or "").expanduser()


def refuse_unset(target: Target, secrets: Mapping[str, str]) -> None:
    for name in variables(target):
        if not secrets.get(name):
            where = "在这台电脑上设好（export 变量=值），自动发布的在托管平台的“密钥”里设"
            raise Refusal(f"{target.name}：没有设环境变量 {name}", where)


def who(env: Mapping[str, str]) -> str:
    return "自动发布" if env.get("CI") else socket.gethostname()

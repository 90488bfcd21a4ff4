"""发布到远处的一个文件夹：那里只能一个文件一个文件地换，没有“一次改名”。

先后：占住（publishing.json）→ 样式、脚本、图片 → 网页 → 列表、订阅、搜索 → 取回来核对 → manifest.json → 删旧的。
什么时候断了都一样：网页引用的样式已经在了；manifest.json 还是旧的，下一次照它和 publishing.json 接着传。
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.model.refusal import Refusal

from .artifact import MANIFEST, Manifest, parsed
from .rclone import Store

CLAIM = "publishing.json"
STALE = datetime.timedelta(hours=2)
SHOWN = 3
LISTS = ("index.html", "sitemap.xml.gz", ".xml", ".ics", ".json", ".csv")


@dataclass(frozen=True)
class Claim:
    """正在发布的那一个。machine：哪台电脑的哪个文件夹；files：它动过、要动的文件，连同前一次没有传完的。"""

    token: str
    machine: str
    who: str
    when: str
    files: list[str]


@dataclass(frozen=True)
class Remote:
    """root：在哪个文件夹里发布的，同一台电脑的同一个文件夹断了可以接着来。"""

    store: Store
    root: Path

    @property
    def name(self) -> str:
        return self.store.target.name

    def live(self) -> Manifest | None:
        content = self.store.read(MANIFEST)
        found = parsed(content)
        if content and found is None:
            raise Refusal(f"{self.name}上的 {MANIFEST} 读不懂", "不是这个程序写的；移走它，再发布")
        return found

    def deliver(self, folder: Path, new: Manifest, now: datetime.datetime) -> str:
        old = self.live() or Manifest("", {})
        left = self._unfinished(now)
        unsure = set(left.files) if left else set()
        changed = sorted(n for n, sha in new.files.items() if old.files.get(n) != sha or n in unsure)
        older = {n for n in (*old.kept, *unsure) if n not in new.files and n not in old.files}
        gone = sorted(older | {n for n in old.files if n not in new.files and n not in new.kept})
        if not changed and not gone and old.commit == new.commit and not left:
            return f"{self.name}：没有变，不用发"
        claim = self._claim(new, now, sorted({*changed, *gone, *unsure}))
        if left:
            self.store.clear_parts()
        for names in stages(changed):
            self.store.put(folder, names)
        if wrong := self.store.different(folder, changed) if changed else []:
            more = f" 等 {len(wrong)} 个" if len(wrong) > SHOWN else ""
            what = f"{self.name}：传上去又取回来，{'、'.join(wrong[:SHOWN])}{more} 和本地的不一样"
            raise Refusal(what, "再发布一次；还是这样，请管服务器的人看看磁盘和缓存")
        self._still_ours(claim)
        self.store.write(MANIFEST, new.dump())
        if gone:
            self.store.delete(gone)
        self.store.delete([CLAIM])  # 最后删：删到一半断了，下一次照它接着删
        kept = f"，{len(new.kept)} 个旧文件留到下次发布再删" if new.kept else ""
        return f"{self.name}：传了 {len(changed)} 个文件，删了 {len(gone)} 个{kept}"

    def _unfinished(self, now: datetime.datetime) -> Claim | None:
        """上一次没有做完的；别人正在做的就不动。"""
        claim = _parsed_claim(self.store.read(CLAIM))
        if claim is None or claim.machine == _machine(self.root):
            return claim
        if abs(now - _moment(claim.when, now)) > STALE:  # 在将来的，是那台电脑的时钟不准
            return claim
        free = (_moment(claim.when, now) + STALE).strftime("%H:%M")
        raise Refusal(
            f"{self.name}：{claim.who} 从 {claim.when} 起正在发布",
            f"等它做完，再发布；那台电脑已经停了的，{free} 以后可以接着发",
        )

    def _claim(self, new: Manifest, now: datetime.datetime, files: list[str]) -> Claim:
        claim = Claim(secrets.token_hex(8), _machine(self.root), new.who, f"{now:%Y-%m-%d %H:%M:%S}", files)
        self.store.write(CLAIM, json.dumps(asdict(claim), ensure_ascii=False).encode())
        self._still_ours(claim)
        return claim

    def _still_ours(self, claim: Claim) -> None:
        there = _parsed_claim(self.store.read(CLAIM))
        if there is None or there.token != claim.token:
            who = f"（{there.who}）" if there else ""
            raise Refusal(f"{self.name}：另一次发布同时在写{who}，这一次停下了", "等那一次做完，git pull，再发布")


def stages(names: list[str]) -> Iterator[list[str]]:
    """先后三批：网页要用的，网页，列出网页的。空的不算。"""
    lists = [n for n in names if n.endswith(LISTS) or n.startswith("assets/search/")]
    pages = [n for n in names if n.endswith(".html") and n not in lists]
    assets = sorted(set(names) - set(lists) - set(pages))
    yield from (batch for batch in (assets, pages, lists) if batch)


def _machine(root: Path) -> str:
    """自动发布每次在另一台机器上，平台保证一次只有一个：同一个仓库就是同一个。"""
    repository = os.environ.get("GITHUB_REPOSITORY") or os.environ.get("CI_PROJECT_PATH")
    ours = repository if os.environ.get("CI") and repository else f"{socket.gethostname()}:{root.resolve()}"
    return hashlib.sha256(ours.encode()).hexdigest()[:16]


def _parsed_claim(content: bytes | None) -> Claim | None:
    try:
        return Claim(**json.loads(content or b""))
    except (ValueError, TypeError):
        return None


def _moment(text: str, now: datetime.datetime) -> datetime.datetime:
    """读不懂的，当作刚才。"""
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=now.tzinfo)
    except ValueError:
        return now

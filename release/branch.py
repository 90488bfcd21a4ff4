"""发布到托管平台的网页（Pages）：整个网站是一个提交，推到一个分支上，一推就全换。

分支上只有这一个提交：撤下的内容不留在它的历史里。
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.model.git import GitRefusal, git
from macros.model.refusal import Refusal
from macros.model.targets import Target

from .artifact import MANIFEST, Manifest, parsed

NO_BUILD = ".nojekyll"  # 平台照原样放，不再加工


@dataclass(frozen=True)
class Branch:
    target: Target
    root: Path

    @property
    def name(self) -> str:
        return self.target.name

    @property
    def _there(self) -> tuple[str, str]:
        return self.target.repository or "", f"refs/heads/{self.target.branch}"

    def _tip(self) -> str:
        """分支现在的提交，取到本地；还没有这个分支为空。"""
        repository, ref = self._there
        try:
            if not (listed := git(self.root, "ls-remote", repository, ref).decode().split()):
                return ""
            git(self.root, "fetch", "--quiet", "--no-tags", repository, listed[0])
        except GitRefusal as refusal:
            raise self._unreachable(refusal) from None
        return listed[0]

    def live(self) -> Manifest | None:
        tip = self._tip()
        return parsed(git(self.root, "show", f"{tip}:{MANIFEST}")) if tip and self._has_manifest(tip) else None

    def _has_manifest(self, tip: str) -> bool:
        return bool(git(self.root, "ls-tree", tip, MANIFEST))

    def deliver(self, folder: Path, new: Manifest, now: datetime.datetime) -> str:
        tip, old = self._tip(), self.live() or Manifest("", {})
        if (old.files, old.kept, old.commit) == (new.files, {}, new.commit):
            return f"{self.name}：没有变，不用发"
        with TemporaryDirectory() as scratch:
            env = {"GIT_INDEX_FILE": f"{scratch}/index"}
            git(self.root, "update-index", "-z", "--index-info", given=self._entries(folder, new, tip), env=env)
            tree = git(self.root, "write-tree", env=env).decode().strip()
        words = f"发布 {new.commit[:12]}\n"
        commit = git(self.root, "commit-tree", tree, given=words.encode(), env=_author(now)).decode().strip()
        repository, ref = self._there
        try:
            git(
                self.root,
                "push",
                "--quiet",
                "--no-verify",
                f"--force-with-lease={ref}:{tip}",
                repository,
                f"{commit}:{ref}",
            )
        except GitRefusal as refusal:
            if re.search("cannot lock ref|failed to update ref|stale info", refusal.said):
                raise Refusal(f"{self.name}：另一次发布刚刚换过，这一次没有推上去", "git pull，再发布") from None
            raise self._unreachable(refusal) from None
        return f"{self.name}：推上去了，{len(new.files)} 个文件"

    def _entries(self, folder: Path, new: Manifest, tip: str) -> bytes:
        """分支上要有的每个文件，写成 update-index 认的一行；留着的旧文件取分支上的。"""
        paths = "".join(f"{(folder / name).resolve()}\n" for name in new.files).encode()
        oids = git(self.root, "hash-object", "-w", "--no-filters", "--stdin-paths", given=paths).decode().split()
        found = dict(zip(new.files, oids, strict=True))
        for name, content in ((MANIFEST, new.dump()), (NO_BUILD, b"")):
            found[name] = git(self.root, "hash-object", "-w", "--stdin", given=content).decode().strip()
        for name in new.kept:
            if listed := git(self.root, "ls-tree", tip, name).split():
                found[name] = listed[2].decode()
        return "".join(f"100644 {oid}\t{name}\0" for name, oid in found.items()).encode()

    def _unreachable(self, refusal: GitRefusal) -> Refusal:
        said = refusal.said.rpartition("\n")[2]
        if "[remote rejected]" in refusal.said:
            what = f"{self.name}：仓库不让整个换掉「{self.target.branch}」这个分支"
            return Refusal(what, "在平台的分支设置里去掉对它的保护，允许强推；这个分支只放网页")
        if "denied" in said or "Authentication" in refusal.said or "could not read Username" in refusal.said:
            return Refusal(f"{self.name}：仓库不让推（没有权限，或没有登录）", "给发布的账号写这个仓库的权限")
        what = f"{self.name}：连不上仓库「{self.target.repository}」"
        return Refusal(what, "核对 data/fabu.yml 里的「仓库」，看看通不通网")


def _author(now: datetime.datetime) -> dict[str, str]:
    who = {"NAME": "fabu", "EMAIL": "fabu@localhost", "DATE": now.isoformat()}
    return {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}

"""发布的文件夹：releases/ 里一版一个文件夹，current 指着正在用的那一版，网站服务器的根就是它。

什么时候被打断都一样：current 靠一次改名来换，指的总是写完整的一版。
名字是数字的都是完整的；写到一半、删到一半的名字以点开头，下一次发布清掉。
比 current 新的，不是没换成就是退掉了的，下一次发布也清掉。
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from macros.model.disk import alone
from macros.model.refusal import Refusal, plain
from macros.model.sources import files, sha256

KEPT = 5
MANIFEST = "manifest.json"
NEW, GONE = ".new", ".gone-"


@dataclass(frozen=True)
class Manifest:
    """生成网站时记下的：来源的散列，每个文件的 sha256。"""

    sources: str
    files: dict[str, str]


def read_manifest(folder: Path) -> Manifest | None:
    try:
        value = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(value["sources"], dict(value["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def faults(folder: Path, listed: dict[str, str]) -> list[str]:
    """和清单对不上的文件：少了、多了、改过。"""
    present = {name for name in files(folder) if name != MANIFEST}
    found = [f"少了 {name}" for name in sorted(set(listed) - present)]
    found += [f"多了 {name}" for name in sorted(present - set(listed))]
    return found + [f"{name} 改过" for name in sorted(present & set(listed)) if sha256(folder / name) != listed[name]]


@dataclass(frozen=True)
class Releases:
    """to：发布到哪个文件夹。"""

    to: Path

    @property
    def folder(self) -> Path:
        return self.to / "releases"

    def path(self, number: int) -> Path:
        return self.folder / str(number)

    def numbers(self) -> list[int]:
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(int(path.name) for path in found if path.name.isdecimal())

    def current(self) -> int | None:
        link = self.to / "current"
        if link.is_symlink():
            folder, _, name = str(link.readlink()).rpartition("/")
            if folder == self.folder.name and name.isdecimal():
                return int(name)
        elif not link.exists():
            return None
        raise Refusal(f"{link} 不是发布程序建的", "把它移走，或换一个文件夹")

    def previous(self) -> int | None:
        """正在用的前面那一版。"""
        current = self.current()
        return max((n for n in self.numbers() if current is not None and n < current), default=None)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """同时只许一个程序动这个文件夹。做不成时清掉写了一半的，说清网站换了没有。"""
        before = self.current()
        try:
            self.to.mkdir(parents=True, exist_ok=True)
            with alone(self.to / ".lock", f"另一次发布正在写 {self.to}"):
                before = self.current()
                try:
                    yield
                finally:
                    with suppress(OSError):
                        self.clear_unfinished()
        except OSError as error:
            state = "，网站没有变" if self.current() == before else "，不过网站已经换好"
            raise plain(error, self.to, state) from None

    def add(self, source: Path, manifest: Manifest) -> int:
        """把 source 抄成新的一版，还没有换上。抄的时候逐个核对清单。"""
        self.folder.mkdir(exist_ok=True)
        self.clear_unfinished()
        current, present = self.current(), self.numbers()
        for newer in (n for n in present if current is None or n > current):
            self.discard(newer)
        part, number = self.folder / NEW, max(present, default=0) + 1
        for name in (MANIFEST, *manifest.files):
            content = (source / name).read_bytes()
            if name != MANIFEST and hashlib.sha256(content).hexdigest() != manifest.files[name]:
                raise Refusal(f"{source / name} 在发布的时候变了，网站没有变", "等 make site 运行完，再发布")
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if current is not None:
            _keep_times(self.path(current), part, manifest)
        _settle(part)
        part.rename(self.path(number))
        _sync(self.folder)
        return number

    def switch(self, number: int) -> None:
        """换版：一次改名。"""
        link = self.to / f"{NEW}-current"
        link.symlink_to(f"{self.folder.name}/{number}")
        link.replace(self.to / "current")
        _sync(self.to)

    def prune(self) -> None:
        """留下最新的几版。"""
        for number in self.numbers()[:-KEPT]:
            self.discard(number)

    def discard(self, number: int) -> None:
        """先改名再删：删到一半的不会被当成完整的一版。"""
        gone = self.folder / f"{GONE}{number}"
        self.path(number).rename(gone)
        shutil.rmtree(gone)

    def clear_unfinished(self) -> None:
        """清掉被打断时留下的。"""
        for path in (*self.folder.glob(NEW), *self.folder.glob(f"{GONE}*")):
            shutil.rmtree(path)
        (self.to / f"{NEW}-current").unlink(missing_ok=True)

    def log(self, now: datetime.datetime, words: str) -> None:
        with (self.to / "publish.log").open("a", encoding="utf-8") as log:
            log.write(f"{now:%Y-%m-%d %H:%M:%S} {words}\n")


def _keep_times(old: Path, new: Path, manifest: Manifest) -> None:
    """没变的文件留着原来的时间，浏览器不用再下载一遍。"""
    before = read_manifest(old) or Manifest("", {})
    for name in dict(manifest.files.items() & before.files.items()):
        if (old / name).is_file():
            time = (old / name).stat().st_mtime_ns
            os.utime(new / name, ns=(time, time))


def _settle(folder: Path) -> None:
    """服务器是另一个用户，也要读得了；写进磁盘，停电也不缺内容。"""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # 有的网络盘没有这个功能
            raise
    finally:
        os.close(handle)

"""发布的文件夹：releases/ 里一版一个文件夹，current 指着正在用的那一版，网站服务器的根就是它。

什么时候被打断都一样：current 靠一次改名来换，指的总是写完整的一版。
名字是数字的都是完整的；写到一半、删到一半的名字以点开头，下一次发布清掉。
比 current 新的，不是没换成就是退掉了的，下一次发布也清掉。
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from macros.model.disk import alone
from macros.model.refusal import Refusal, plain

from .artifact import MANIFEST, Manifest, read_manifest

KEPT = 5
NEW, GONE = ".new", ".gone-"


@dataclass(frozen=True)
class Releases:
    """to：发布到哪个文件夹。"""

    to: Path

    @property
    def folder(self) -> Path:
        return self.to / "releases"

    def live(self) -> Manifest | None:
        """正在用的那一版的清单。"""
        return read_manifest(self.to / "current") if self.current() is not None else None

    def deliver(self, folder: Path, new: Manifest, now: datetime.datetime) -> str:
        with self.lock():
            live = self.live()
            if live and (live.files, live.kept, live.commit) == (new.files, {}, new.commit):
                return f"{self.to}：没有变，不用发"
            number = self.add(folder, new)
            self.switch(number)
            self.log(now, f"发布 第{number}版 {len(new.files)}个文件 来源{new.sources[:12]}")
            self.prune()
        return f"发布好了：{self.to}/current 是第 {number} 版，{len(new.files)} 个文件。"

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
            _open_folder(self.to)
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
        _open_folder(self.folder)
        self.clear_unfinished()
        current, present = self.current(), self.numbers()
        for newer in (n for n in present if current is None or n > current):
            self.discard(newer)
        part, number = self.folder / NEW, max(present, default=0) + 1
        for name, checksum in manifest.files.items():
            content = (source / name).read_bytes()
            if hashlib.sha256(content).hexdigest() != checksum:
                raise Refusal(f"{source / name} 在发布的时候变了，网站没有变", "等 make site 运行完，再发布")
            _put(part / name, content)
        _put(part / MANIFEST, manifest.dump())
        if current is not None:
            _carry(self.path(current), part, manifest)
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


def _open_folder(folder: Path) -> None:
    """服务器是另一个用户，新建的文件夹也要进得去。"""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        each.chmod(0o755)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _carry(old: Path, new: Path, manifest: Manifest) -> None:
    """没变的文件留着原来的时间，浏览器不用再下载一遍；要留到下一次的旧文件抄过来。"""
    before = read_manifest(old) or Manifest("", {})
    for name in manifest.kept:
        if (old / name).is_file():
            _put(new / name, (old / name).read_bytes())
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

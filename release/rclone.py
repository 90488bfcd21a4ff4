"""叫 rclone 把文件放到远处、取回来、删掉。SFTP、FTP、WebDAV、对象存储都是它，一样用。

密码从环境里取，只经环境变量交给它，不上命令行、不写进文件。
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from macros.model.refusal import Refusal
from macros.model.targets import BUCKET, FTP, PROVIDERS, SFTP, WEBDAV, Target

from . import progress
from .troubles import trouble

REMOTE = "FABU"
FLAGS = ("--config=", "--contimeout=15s", "--timeout=60s", "--retries=3", "--low-level-retries=5", "--use-json-log")
NOT_THERE = 3  # rclone 的返回值：没有这个文件或文件夹
PART = "*.partial"  # rclone 传到一半的文件


@dataclass(frozen=True)
class Store:
    """远处的一个文件夹。read 没有的为 None；put、delete 的名字都是相对它的路径。"""

    target: Target
    env: Mapping[str, str]

    def read(self, name: str) -> bytes | None:
        done = self._run("cat", self._at(), "--files-from-raw=-", given=_lines([name]))
        if done.returncode == NOT_THERE:
            return None
        self._expect(done, "读")
        return done.stdout or None

    def put(self, folder: Path, names: Iterable[str]) -> None:
        """照名字传上去，已有的换掉；一个文件要么是旧的，要么是新的。"""
        command = ("copy", str(folder), self._at(), "--files-from-raw=-", "--no-traverse", "--ignore-times")
        with self._started(*command, "--stats=1s", "--stats-log-level=NOTICE") as started:
            assert started.stdin and started.stderr  # noqa: S101
            with suppress(BrokenPipeError), started.stdin as given:
                given.write(_lines(names))
            log = []
            for line in map(bytes.decode, started.stderr):
                log.append(line)
                progress.show(self.target.name, line)
        progress.done()
        if started.returncode:
            raise trouble(self.target.name, "传", "".join(log))

    def write(self, name: str, content: bytes) -> None:
        self._expect(self._run("rcat", self._at(name), given=content), "写")

    def different(self, folder: Path, names: Iterable[str]) -> list[str]:
        """取回来一个字节一个字节比：哪些和 folder 里的不一样。"""
        command = ("check", str(folder), self._at(), "--download", "--one-way", "--files-from-raw=-", "--combined=-")
        done = self._run(*command, given=_lines(names))
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        if not lines:
            self._expect(done, "取回来核对")
        return sorted(line[2:] for line in lines if not line.startswith("= "))

    def delete(self, names: Iterable[str]) -> None:
        self._expect(self._run("delete", self._at(), "--files-from-raw=-", given=_lines(names)), "删")

    def clear_parts(self) -> None:
        """上次断了留下的半个文件。"""
        done = self._run("delete", self._at(), f"--include={PART}")
        if done.returncode != NOT_THERE:
            self._expect(done, "清理")

    def _at(self, name: str = "") -> str:
        parts = (self.target.bucket or "", self.target.folder or "", name)
        joined = "/".join(part.rstrip("/") for part in parts if part)
        return f"{REMOTE}:{joined}"

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            [_program(), *command, *FLAGS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **self.env},
        )

    def _run(self, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        with self._started(*command) as started:
            out, err = started.communicate(given)
        return subprocess.CompletedProcess(command, started.returncode, out, err)

    def _expect(self, done: subprocess.CompletedProcess[bytes], doing: str) -> None:
        if done.returncode:
            raise trouble(self.target.name, doing, done.stderr.decode("utf-8", "replace"))


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _program() -> str:
    """装在同一个环境里的那一个。"""
    found = shutil.which("rclone", path=sysconfig.get_path("scripts")) or shutil.which("rclone")
    if found is None:
        raise Refusal("没有 rclone，发不到远处", "运行 make site，会照 requirements.txt 装上")
    return found


def settings(target: Target, secrets: Mapping[str, str]) -> dict[str, str]:
    """交给 rclone 的环境变量。secrets：环境变量的名字 → 值。"""
    password = _obscured(secrets[target.password]) if target.password else ""
    chosen: dict[str, dict[str, object]] = {
        SFTP: {
            "type": "sftp",
            "host": target.address,
            "user": target.user,
            "port": target.port or 22,
            "pass": password,
            "key_pem": secrets.get(target.private_key or "", "").strip().replace("\n", "\\n"),
            "host_keys": target.host_key,
            "shell_type": "none",
        },
        FTP: {
            "type": "ftp",
            "host": target.address,
            "user": target.user,
            "port": target.port or 21,
            "pass": password,
            "explicit_tls": "true" if target.encrypted else "false",
        },
        WEBDAV: {"type": "webdav", "url": target.address, "user": target.user, "pass": password, "vendor": "other"},
        BUCKET: {
            "type": "s3",
            "provider": PROVIDERS[target.provider or "其他"],
            "endpoint": target.address,
            "region": target.region,
            "access_key_id": secrets.get(target.access or ""),
            "secret_access_key": secrets.get(target.secret or ""),
            "no_check_bucket": "true",
        },
    }
    return {
        f"RCLONE_CONFIG_{REMOTE}_{name.upper()}": str(value) for name, value in chosen[target.kind].items() if value
    }


def _obscured(password: str) -> str:
    """rclone 要它自己的写法；从标准输入给，不上命令行。"""
    done = subprocess.run([_program(), "obscure", "-"], input=password.encode(), capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refusal("密码里有 rclone 认不得的字", "换一个密码")
    return done.stdout.decode().strip()

"""叫 rclone 把文件放到远处、取回来、删掉。SFTP、FTP、WebDAV、对象存储都是它，一样用。

密码从环境里取，只经环境变量交给它，不上命令行、不写进文件。
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.model.refusal import Refusal
from macros.model.targets import BUCKET, FTP, PROVIDERS, SFTP, WEBDAV, Target

from . import progress
from .troubles import trouble

REMOTE = "FABU"
FLAGS = ("--config=", "--contimeout=15s", "--timeout=60s", "--retries=2", "--low-level-retries=2", "--use-json-log")
NOT_THERE = 3  # rclone 的返回值：没有这个文件或文件夹
NO_FOLDER = b'501 \\"No such'  # 有的 FTP 不照规矩答 550，rclone 认不出
NO_RENAME = re.compile(r"rename.*\b(550|553)\b", re.I)  # 有的 FTP（IIS）改名时不肯盖掉已有的
PEM = re.compile(r"(-----BEGIN [A-Z0-9 ]+-----)(.*?)(-----END [A-Z0-9 ]+-----)", re.S)
PART = "*.partial"  # rclone 传到一半的文件


@dataclass(frozen=True)
class Store:
    """远处的一个文件夹。read 没有的为 None；put、delete 的名字都是相对它的路径。"""

    target: Target
    env: Mapping[str, str]

    def read(self, name: str) -> bytes | None:
        done = self._run("cat", self._at(), "--files-from-raw=-", given=_lines([name]))
        if done.returncode == NOT_THERE or NO_FOLDER in done.stderr:
            return None
        self._expect(done, "读")
        return done.stdout or None

    def put(self, folder: Path, names: Iterable[str]) -> None:
        """照名字传上去，已有的换掉；一个文件要么是旧的，要么是新的。"""
        given = _lines(names)
        failed = self._copied(folder, given)
        if failed and self.target.kind == FTP and NO_RENAME.search(failed):
            failed = self._copied(folder, given, "--inplace")
        if failed:
            raise trouble(self.target.name, "传", failed)

    def _copied(self, folder: Path, names: bytes, *more: str) -> str:
        """成了为空，不成是 rclone 的记录。"""
        command = ("copy", str(folder), self._at(), "--files-from-raw=-", "--no-traverse", "--ignore-times", *more)
        with self._started(*command, "--stats=1s", "--stats-log-level=NOTICE") as started:
            assert started.stdin and started.stderr  # noqa: S101
            with suppress(BrokenPipeError), started.stdin as given:
                given.write(names)
            log = []
            for line in started.stderr:
                log.append(line.decode("utf-8", "replace"))
                progress.show(self.target.name, log[-1])
        progress.done()
        return "".join(log) or "?" if started.returncode else ""

    def write(self, name: str, content: bytes) -> None:
        """和传文件一样换：断在半路，旧的还在。"""
        with TemporaryDirectory() as scratch:
            Path(scratch, name).write_bytes(content)
            self.put(Path(scratch), [name])

    def different(self, folder: Path, names: Iterable[str]) -> list[str]:
        """取回来一个字节一个字节比：哪些和 folder 里的不一样。它没有提到的，也算不一样。"""
        command = ("check", str(folder), self._at(), "--download", "--one-way", "--files-from-raw=-", "--combined=-")
        wanted = set(names)
        done = self._run(*command, given=_lines(wanted))
        lines = done.stdout.decode("utf-8", "replace").split("\n")
        if not any(lines):
            self._expect(done, "取回来核对")
        return sorted(wanted - {line[2:] for line in lines if line.startswith("= ")})

    def delete(self, names: Iterable[str]) -> None:
        self._expect(self._run("delete", self._at(), "--files-from-raw=-", given=_lines(names)), "删")

    def clear_parts(self) -> None:
        """上次断了留下的半个文件。"""
        done = self._run("delete", self._at(), f"--include={PART}")
        if done.returncode != NOT_THERE:
            self._expect(done, "清理")

    def _at(self, name: str = "") -> str:
        folder = self.target.folder or ""
        parts = (self.target.bucket, folder.lstrip("/"), name) if self.target.bucket else (folder, name)
        joined = "/".join(part.rstrip("/") for part in parts if part)
        return f"{REMOTE}:{joined}"

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            [_program(), *command, *FLAGS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if not k.startswith("RCLONE_")} | dict(self.env),
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
            "key_pem": target.private_key and _one_line(target.private_key, secrets[target.private_key]),
            "key_file_pass": target.private_key and password,
            "host_keys": " ".join((target.host_key or "").split()[:2]),  # 后面的备注它不认
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


def _one_line(variable: str, key: str) -> str:
    """私钥写成一行，rclone 要的。平台存的换行会变成 CRLF、空格、反斜杠和 n，前后会多出 BOM、引号、缩进。"""
    found = PEM.search(key.replace("\\r", "").replace("\\n", "\n"))
    if not found:
        fix = "把私钥文件的内容整个放进去，从 -----BEGIN 到 -----END；不是文件名，也不是公钥"
        raise Refusal(f"环境变量 {variable} 里的不是私钥", fix)
    begin, body, end = found.groups()
    lines = body.strip().splitlines() if ":" in body else body.split()  # 老写法的头几行里有空格
    return "\\n".join([begin, *lines, end])


def _obscured(password: str) -> str:
    """rclone 要它自己的写法；从标准输入给，不上命令行。"""
    done = subprocess.run([_program(), "obscure", "-"], input=password.encode(), capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refusal("密码里有 rclone 认不得的字", "换一个密码")
    return done.stdout.decode().strip()

"""写文件：要么写全，要么原来的还在；一件事同时只许一个程序做。"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .refusal import Refusal


def write(path: Path, content: bytes) -> None:
    """先写旁边的，再改名：断在半路、磁盘满了，不会留下半个文件。"""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.new")
    try:
        part.write_bytes(content)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def alone(lock: Path, busy: str) -> Iterator[None]:
    """程序没了，锁自己就开。busy：别人正在做时说的话。"""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(busy, "等它结束，再来一次") from None
        yield
    finally:
        os.close(handle)

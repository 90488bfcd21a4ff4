"""发布、回退、撤下三个命令共用的：参数，今天的日期，出错时的一行白话。"""

from __future__ import annotations

import argparse
import datetime
import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .job import ChannelError

CHINA = datetime.timezone(datetime.timedelta(hours=8))  # 北京时间；只有发布和检查可以看钟
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


def run(usage: str, action: Callable[[Any], str], **options: str) -> int:
    """读参数，做事，打印结果。options：另外的 --名字 和默认值。"""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("target")
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--as-of", dest="now", type=datetime.datetime.fromisoformat)
    for name, default in options.items():
        parser.add_argument(f"--{name}", default=default)
    parser.error = lambda _: parser.exit(2, f"{usage}\n")  # type: ignore[method-assign,assignment]
    asked = parser.parse_args()
    if not asked.target:
        parser.error(usage)
    asked.now = asked.now or datetime.datetime.now(CHINA)
    try:
        print(action(asked))
    except ChannelError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(plain(error, asked.root), file=sys.stderr)
        return 1
    return 0


def plain(error: OSError, place: Path, state: str = "") -> ChannelError:
    """读写出错的一句白话。state：已经做到哪一步。"""
    where = error.filename or place
    if error.errno in FULL:
        return ChannelError(f"{place} 所在的磁盘满了{state}", "清出地方，再来一次")
    if error.errno in CLOSED:
        return ChannelError(f"{where} 不让写{state}", "改好权限，或换一个文件夹")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return ChannelError(f"{where} 不是文件夹{state}", "换一个文件夹")
    return ChannelError(
        f"读写 {where} 出错（{errno.errorcode.get(error.errno or 0, '')}）{state}", "把这一行告诉技术人员"
    )

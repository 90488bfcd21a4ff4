"""做不下去：什么不行，怎么办。各写一句白话，印出来是一行。"""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class Refusal(Exception):
    """code：命令返回的数，1 没有做成。"""

    code = 1

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}；{fix}")
        self.what = what
        self.fix = fix


class Misuse(Refusal):
    """命令写得不对。"""

    code = 2


def plain(error: OSError, place: Path, state: str = "") -> Refusal:
    """读写出错。place：不知道是哪个文件时说的地方；state：已经做到哪一步。"""
    where = error.filename or place
    if error.errno in FULL:
        return Refusal(f"{place} 所在的磁盘满了{state}", "清出地方，再来一次")
    if error.errno in READ_ONLY:
        return Refusal(f"{where} 不让写{state}", "改好权限，或换一个文件夹")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return Refusal(f"{where} 不是文件夹{state}", "换一个文件夹")
    if error.errno == errno.EISDIR:
        return Refusal(f"{where} 是文件夹，不是文件{state}", "把它移走，再来一次")
    if error.errno == errno.ENOENT:
        return Refusal(f"没有 {where}{state}", "核对文件和文件夹的名字")
    return Refusal(f"读写 {where} 出错（{errno.errorcode.get(error.errno or 0, '')}）{state}", "把这一行告诉技术人员")


def explained(error: Exception, place: Path) -> Refusal:
    """什么错都变成一行；没有料到的，说在程序的哪一行。"""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, OSError):
        return plain(error, place)
    where = traceback.extract_tb(error.__traceback__)[-1:]
    line = "".join(f"，{Path(each.filename).name} 第{each.lineno}行" for each in where)
    return Refusal(f"没有做成（{type(error).__name__}{line}）", "把这一行告诉技术人员")

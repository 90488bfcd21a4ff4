"""命令行的门：读参数，做事，打印结果；做不成是一行白话，没有调用栈，没有英文。

返回 0 是做成了，1 没做成，2 命令写得不对，130 按了 Ctrl+C。今天是哪一天，只在这里问。
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from .refusal import Misuse, Refusal, explained

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
Answer = str | tuple[str, bool]  # 打印的话；有没有做成，不写就是做成了


class Door(argparse.ArgumentParser):
    """一个命令。usage：用法那一行；用法不对只打印它。

    asked.root 是项目的文件夹；asked.now、asked.day 是现在、今天（北京时间），--as-of 换成别的日子。
    """

    def __init__(self, usage: str) -> None:
        super().__init__(usage=usage, allow_abbrev=False)
        self.line = f"{usage}\n"
        self.add_argument("--root", type=Path, default=Path())
        self.add_argument("--as-of")

    def format_help(self) -> str:
        return self.line

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        self.exit(2, self.line)

    def enter(self, action: Callable[[Any], Answer], arguments: list[str] | None = None) -> int:
        asked = self.parse_args(arguments)
        try:
            asked.now = _moment(asked.as_of)
            asked.day = asked.now.date()
            _expect_project(asked.root)
            answer = action(asked)
            words, done = (answer, True) if isinstance(answer, str) else answer
            _print(words)
        except KeyboardInterrupt:
            return _stop("停下了，没有做完", 130)
        except Exception as error:
            refusal = explained(error, asked.root)
            return _stop(str(refusal), refusal.code)
        return 0 if done else 1


def filled(text: str) -> str:
    """参数的一种：不能是空的。make 没有写的，传来的就是空的。"""
    if not text.strip():
        raise ValueError
    return text


def _moment(asked: str | None) -> datetime.datetime:
    if asked is None:
        return datetime.datetime.now(BEIJING)
    try:
        return datetime.datetime.fromisoformat(asked)
    except ValueError:
        raise Misuse(f"日期「{asked}」的写法不对", "写成 2026-11-24") from None


def _expect_project(root: Path) -> None:
    if not (root / "data").is_dir() and not (root / "docs").is_dir():
        raise Refusal(f"{root.resolve()} 里没有 data 和 docs 文件夹", "在项目的文件夹里运行")


def _print(words: str) -> None:
    """接着读的程序先走了（make check | head），不用再说。"""
    try:
        print(words, end="\n" if words else "", flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # 不然退出时还要再写一次
        if not isinstance(error, BrokenPipeError):
            raise Refusal("结果打印不出来", "看看磁盘满没满") from None


def _stop(words: str, code: int) -> int:
    with suppress(OSError):
        print(words, file=sys.stderr, flush=True)
    return code

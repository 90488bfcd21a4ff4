"""检查的几个命令共用的：参数，今天的日期，用法不对时的一行白话。"""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import NoReturn
from zoneinfo import ZoneInfo


class Parser(argparse.ArgumentParser):
    """用法不对，只打印用法那一行；英文的说法不给人看。"""

    def __init__(self, usage: str) -> None:
        super().__init__(usage=usage, allow_abbrev=False)
        self.line = usage
        self.add_argument("--as-of")
        self.add_argument("--site")
        self.add_argument("--root", default=".")

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        refuse(self.line)


def day(asked: str | None) -> datetime.date:
    """--as-of 写的那一天；没写就是今天（北京时间）。"""
    try:
        return datetime.date.fromisoformat(asked) if asked else datetime.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    except ValueError:
        refuse(f"日期「{asked}」的写法不对，写成 2026-11-24")


def refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise SystemExit(2)

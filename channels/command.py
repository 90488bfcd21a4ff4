"""发布、回退、撤下三个命令共用的：参数，今天的日期，出错时的一行白话。"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros.model.refusal import Refusal, plain

CHINA = datetime.timezone(datetime.timedelta(hours=8))  # 北京时间；只有发布和检查可以看钟


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
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(plain(error, asked.root), file=sys.stderr)
        return 1
    return 0

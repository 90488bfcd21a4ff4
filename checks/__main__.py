"""python -m checks [名字…] [--as-of 日期] [--site 文件夹] [--json] [--list]：一次列出全部问题。

有错误时返回 1，只有提醒时返回 0，用法不对返回 2。在 CI 上另打一份行内批注。
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from macros.model import Problem, errors, listing, load, summary
from macros.model.base import likely
from macros.model.problem import ERROR

from . import CHECKS, Subject, run

USAGE = (
    "用法：python -m checks [检查的名字…] [--as-of 2026-11-24] [--site site] [--root 项目的文件夹] [--json] [--list]"
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 英文的说法不给人看
        print(USAGE, file=sys.stderr)
        raise SystemExit(2)


def annotation(problem: Problem) -> str:
    """GitHub Actions 的行内批注。"""
    level = "error" if problem.level == ERROR else "warning"
    text = problem.words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={file},line={problem.line},col={problem.column}::{text}"


def main(arguments: list[str] | None = None) -> int:
    asked = _parse(arguments)
    if asked.list:
        for check in CHECKS.values():
            print(f"{check.name:<12}{check.title}\n{'':<12}出处：{check.basis}")
        return 0
    site = load(Path(asked.root))
    folder = Path(asked.site) if asked.site else None
    problems = run(Subject(site, asked.as_of, folder), asked.names)
    if asked.json:
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
        return 1 if errors(problems) else 0
    if problems:
        print(listing(problems))
    if os.environ.get("GITHUB_ACTIONS"):
        for problem in problems:
            print(annotation(problem))
    print(summary(problems))
    return 1 if errors(problems) else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="python -m checks", usage=USAGE, add_help=True, allow_abbrev=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--as-of")
    parser.add_argument("--site")
    parser.add_argument("--root", default=".")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    for name in asked.names:
        if name not in CHECKS:
            _refuse(f"没有「{name}」这项检查；{likely(name, CHECKS)}")
    if "built" in asked.names and not asked.site:
        _refuse("built 查的是生成好的网站，要写 --site site")
    try:
        asked.as_of = datetime.date.fromisoformat(asked.as_of) if asked.as_of else _today()
    except ValueError:
        _refuse(f"日期「{asked.as_of}」的写法不对，写成 2026-11-24")
    return asked


def _today() -> datetime.date:
    return datetime.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _refuse(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main())

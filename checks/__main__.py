"""python -m checks [名字…] [--as-of 日期] [--site 文件夹] [--json] [--list]：一次列出全部问题。

有错误时返回 1，只有提醒时返回 0，用法不对返回 2。在 CI 上另打一份行内批注。
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from macros.model import Problem, errors, listing, load, summary
from macros.model.base import likely
from macros.model.problem import ERROR

from . import CHECKS, Subject, run
from .command import Parser, day, refuse

USAGE = (
    "用法：python -m checks [检查的名字…] [--as-of 2026-11-24] [--site site] [--root 项目的文件夹] [--json] [--list]"
)


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
    parser = Parser(USAGE)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    for name in asked.names:
        if name not in CHECKS:
            refuse(f"没有「{name}」这项检查；{likely(name, CHECKS)}")
    if "built" in asked.names and not asked.site:
        refuse("built 查的是生成好的网站，要写 --site site")
    asked.as_of = day(asked.as_of)
    return asked


if __name__ == "__main__":
    sys.exit(main())

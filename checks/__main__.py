"""python -m checks：一次列出全部问题。有错误时返回 1，只有提醒时返回 0。"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from macros.model import Problem, errors, listing, load, summary
from macros.model.problem import ERROR

from . import CHECKS


def annotation(problem: Problem) -> str:
    """GitHub Actions 的行内批注。"""
    level = "error" if problem.level == ERROR else "warning"
    text = f"{problem.what}；{problem.fix}" if problem.fix else problem.what
    text = text.replace("%", "%25").replace("\n", "%0A")
    return f"::{level} file={problem.file},line={problem.line},col={problem.column}::{text}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m checks", description="检查 data/ 和 docs/", add_help=False)
    parser.add_argument("root", nargs="?", default=".", help="项目的文件夹")
    parser.error = _usage  # type: ignore[method-assign,assignment]
    root = Path(parser.parse_args(arguments).root)
    site = load(root)
    problems = [problem for check in CHECKS.values() for problem in check(site)]
    if problems:
        print(listing(problems))
    if os.environ.get("GITHUB_ACTIONS"):
        for problem in sorted(set(problems)):
            print(annotation(problem))
    print(summary(problems))
    return 1 if errors(problems) else 0


def _usage(_: str) -> None:
    print("用法：python -m checks [项目的文件夹]", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main())

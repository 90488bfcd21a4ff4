"""python -m checks [名字…] [--as-of 日期] [--site 文件夹] [--commits A..B] [--json] [--list]：一次列出全部问题。

有错误时返回 1，只有提醒时返回 0，用法不对返回 2。
在 CI 上另打一份行内批注，另写一份摘要（GitHub），或 Code Quality（GitLab）。
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from macros.model import Problem, errors, listing, load, summary
from macros.model.door import Answer, Door, filled
from macros.model.nearest import likely
from macros.model.problem import ERROR
from macros.model.refusal import Misuse

from . import CHECKS, Subject, run
from .commits import commits

USAGE = (
    "用法：python -m checks [检查的名字…] [--as-of 2026-11-24] [--site site] [--root 项目的文件夹] [--json] [--list]，"
    "或 python -m checks --commits 旧提交..新提交"
)


def annotation(problem: Problem) -> str:
    """GitHub Actions 的行内批注。"""
    level = "error" if problem.level == ERROR else "warning"
    text = problem.words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={file},line={problem.line},col={problem.column}::{text}"


def overview(problems: list[Problem]) -> str:
    """GitHub Actions 这次运行的摘要：批注一次只显示十条，这里是全部，一个文件一段。"""
    parts = [f"## {summary(problems)}"]
    for file, each in groupby(sorted(set(problems)), key=lambda problem: problem.file):
        parts.append(f"### `{file}`\n\n" + "\n".join(f"    {p.line}:{p.column}: {p.level} {p.words}" for p in each))
    return "\n\n".join(parts) + "\n\n"


def quality(problems: list[Problem]) -> str:
    """GitLab 的 Code Quality：列在合并请求上。"""
    return json.dumps(
        [
            {
                "description": each.words,
                "check_name": each.clause or each.level,
                "fingerprint": hashlib.sha256(str(each).encode()).hexdigest(),
                "severity": "major" if each.level == ERROR else "minor",
                "location": {"path": each.file, "lines": {"begin": each.line}},
            }
            for each in sorted(set(problems))
        ],
        ensure_ascii=False,
    )


def check(asked: Any) -> Answer:
    if asked.list:
        return "\n".join(f"{each.name:<12}{each.title}\n{'':<12}出处：{each.basis}" for each in CHECKS.values())
    for name in asked.names:
        if name not in CHECKS:
            raise Misuse(f"没有「{name}」这项检查", likely(name, CHECKS))
    if "built" in asked.names and not asked.site:
        raise Misuse("built 查的是生成好的网站", "要写 --site site")
    subject = Subject(load(asked.root), asked.day, asked.site)
    problems = commits(subject, asked.commits) if asked.commits else run(subject, asked.names)
    passed = not errors(problems)
    if asked.json:
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1), passed
    if place := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(overview(problems))
    if place := os.environ.get("CODE_QUALITY"):
        Path(place).write_text(quality(problems), encoding="utf-8")
    annotations = map(annotation, problems) if os.environ.get("GITHUB_ACTIONS") else ()
    listed = [listing(problems)] if problems else []
    return "\n".join([*listed, *annotations, summary(problems)]), passed


def main(arguments: list[str] | None = None) -> int:
    door = Door(USAGE)
    door.add_argument("names", nargs="*")
    door.add_argument("--site", type=Path)
    door.add_argument("--commits", type=filled)
    door.add_argument("--json", action="store_true")
    door.add_argument("--list", action="store_true")
    return door.enter(check, arguments)


if __name__ == "__main__":
    sys.exit(main())

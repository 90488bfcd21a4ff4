"""刚写好的文件，叫检查的命令查一遍，只说它的。"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from macros.model.problem import Problem, errors, listing
from macros.model.refusal import Refusal

CODE = Path(__file__).resolve().parent.parent  # 命令在哪里都找得到自己的代码


def findings(root: Path, day: datetime.date, *files: str) -> tuple[str, bool]:
    """这几个文件的问题，一行一处；没有错误为真。files 相对项目的文件夹，文件夹里的也算。"""
    found = [each for each in problems(root, day) if each.file.startswith(files)]
    said = [listing(found)] if found else []
    bad = len(errors(found))
    summary = f"检查：{bad} 处错误，{len(found) - bad} 处提醒。" if found else "检查：没有发现问题。"
    return "\n".join([*said, summary]), not bad


def problems(root: Path, day: datetime.date, *names: str) -> list[Problem]:
    """names：哪几项检查；不写就是全部。"""
    done = run("checks", *names, "--json", f"--root={root.resolve()}", f"--as-of={day}")
    try:
        rows: list[dict[str, Any]] = json.loads(done.stdout)
    except ValueError:
        raise Refusal("检查没有做成", done.stderr.strip() or "运行 make check 看看") from None
    return [Problem(**row) for row in rows]


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """叫项目里的一个命令。"""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=CODE,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

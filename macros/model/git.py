"""叫 git 做一件事；只有这里知道怎么叫。"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .refusal import Refusal


class GitRefusal(Refusal):
    """git 没有做成。said：它自己说的最后一行，英文，只用来分辨原因。"""

    said = ""


def git(root: Path, *command: str, given: bytes = b"", env: dict[str, str] | None = None) -> bytes:
    """在 root 里运行 git，返回它打印的。"""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-c", "log.showSignature=false", "-c", "core.quotePath=false", *command],  # noqa: S607
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
            env=os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"} | (env or {}),
        )
    except FileNotFoundError:
        raise Refusal("这台电脑没有装 git", "先装上") from None
    if done.returncode:
        refusal = GitRefusal("这个文件夹不是 Git 仓库，或者历史读不出来", "告诉技术人员")
        refusal.said = done.stderr.decode("utf-8", "replace").strip()
        raise refusal
    return done.stdout

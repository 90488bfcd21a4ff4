"""测试各种整包共用的：真的运行 python -m channels。"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def channels(*args: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """在 root 里运行 python -m channels。小网站里没有代码，先连过去。"""
    if not (root / "channels").exists():
        (root / "channels").symlink_to(ROOT / "channels")
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "channels", *args]
    return subprocess.run(command, cwd=root, env=env, text=True, encoding="utf-8", capture_output=True, check=False)


def made(site: Path, dist: Path, *args: str, root: Path = ROOT) -> Path:
    """做一次，必须全做成。返回 dist。"""
    done = channels(*args, "--site", str(site), "--dist", str(dist), root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return dist


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found

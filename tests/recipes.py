"""测试 make 的词共用的：一个能运行 make 的文件夹，真的运行它。"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from conftest import ROOT

CODE = ("macros", "checks", "papers", "channels", "release", "desk", "overrides")
VENV = ROOT / ".venv"


def furnish(root: Path) -> Path:
    """放上 Makefile 和代码；环境用装好的那一份，不再装。"""
    root.mkdir(exist_ok=True)
    for name in CODE:
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "Makefile", root)
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, root)
        os.utime(root / name, (0, 0))
    return root


def start(root: Path, *words: str, venv: Path = VENV, ignore_quit: bool = False, **env: str) -> subprocess.Popen[str]:
    """在终端里打 make 那样：自己一组，收得到 QUIT 和 Ctrl+C（跑测试的程序可能在后台，不收）。"""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS", "PYTHONUTF8"))}

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGQUIT, signal.SIG_IGN if ignore_quit else signal.SIG_DFL)

    return subprocess.Popen(
        ["make", f"VENV={venv}", *words],
        cwd=root,
        env=kept | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=listen,
    )


def make(root: Path, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    process = start(root, *words, **more)  # type: ignore[arg-type]
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)

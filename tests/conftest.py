"""测试共用：把一个小网站抄到临时文件夹，真的检查它、生成它。"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
AS_OF = "2026-11-24"
CHROMIUM = "/usr/bin/chromium-headless-shell"  # 没有窗口的那一种，同一个引擎，开一页省一半
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def mkdocs_yml() -> str:
    """仓库的 mkdocs.yml 去掉 nav 和 not_in_nav：小网站的页面少，目录由 MkDocs 自己排。"""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return re.sub(r"^(?:nav|not_in_nav):.*\n(?:(?:[ \t].*)?\n)*", "", text, flags=re.M)


def copy(case: str, root: Path) -> Path:
    """tests/sites/<case> 抄到 root；代码和模板用仓库里的。"""
    shutil.copytree(SITES / case, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "data" / "rules", root / "data" / "rules", dirs_exist_ok=True)
    (root / "mkdocs.yml").write_text(mkdocs_yml(), encoding="utf-8")
    for folder in ("macros", "overrides"):
        (root / folder).symlink_to(ROOT / folder)
    return root


@pytest.fixture
def copy_site(tmp_path: Path) -> Callable[..., Path]:
    """copy_site("publishable") → 临时文件夹里的一个完整小网站，随便改。"""
    return lambda case="publishable": copy(case, tmp_path / case)


def _run(cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "GITHUB_ACTIONS")}
    env |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=env,
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def build(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """真的运行 mkdocs build --strict。"""
    return _run(root, "mkdocs", "build", "--strict", *args)


def check(root: Path, *more: str, as_of: str = AS_OF) -> subprocess.CompletedProcess[str]:
    """真的运行 python -m checks；不看今天是哪天。"""
    return _run(ROOT, "checks", f"--root={root}", f"--as-of={as_of}", *more)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """本项目的网站，真的生成一次，全部测试共用。"""
    target = tmp_path_factory.mktemp("real") / "site"
    done = build(ROOT, "--site-dir", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """一个进程只开一个 Chromium，全部测试共用。"""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()

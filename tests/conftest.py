"""测试共用：把一个小网站抄到临时文件夹，真的检查它、生成它。"""

from __future__ import annotations

import fcntl
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
AS_OF = "2026-11-26"
PREFIX = "/zt/guofang/"  # 栏目包挂在门户的哪一层
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


def _run(cwd: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """在 cwd 里运行 python -m …；more 是另外的环境变量。"""
    dropped = ("PYTHONPATH", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH")
    env = {key: value for key, value in os.environ.items() if key not in dropped}
    env |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | more
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


def called(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """和 python -m … 走同一个门，只是不另起一个程序：查一遍只要零点几秒，起一个程序要一秒多。它叫的检查也是。"""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", [*command])
        patch.delenv("GITHUB_ACTIONS", raising=False)
        patch.setattr(subprocess, "run", partial(_checks_here, subprocess.run))
        with pytest.raises(SystemExit) as stopped, warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # 测试自己也读过这个模块
            runpy.run_module(command[0], run_name="__main__")
    return subprocess.CompletedProcess(command, int(str(stopped.value.code)), out.getvalue(), err.getvalue())


def _checks_here(
    really: Callable[..., subprocess.CompletedProcess[Any]], command: list[str], **more: Any
) -> subprocess.CompletedProcess[Any]:
    if command[:3] != [sys.executable, "-m", "checks"]:
        return really(command, **more)
    done = called(*command[2:])
    if not more.get("capture_output"):
        sys.stderr.write(done.stdout + done.stderr)
    return done


def check(root: Path, *more: str, as_of: str = AS_OF) -> subprocess.CompletedProcess[str]:
    """python -m checks；不看今天是哪天。真的另起一个程序的在 test_doors.py 和 test_makefile.py。"""
    return called("checks", f"--root={root}", f"--as-of={as_of}", *more)


def channels(*args: str, root: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """在 root 里 python -m channels。env：另外的环境变量，写了就另起一个程序（小网站里没有渠道的代码，用仓库里的）。"""
    return _run(root, "channels", *args, PYTHONPATH=str(ROOT), **env) if env else called("channels", *args, cwd=root)


def made(site: Path, dist: Path, *args: str, root: Path = ROOT) -> Path:
    """做一次，必须全做成。返回 dist。"""
    succeeded(channels(*args, "--site", str(site), "--dist", str(dist), root=root))
    return dist


def succeeded(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


# ---- 几个测试进程合用的，只做一次，只看不改 ----

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """once(名字, 做) → 做好的文件夹。几个进程里先到的去做，别的等它做完。"""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "once"
    home.mkdir(exist_ok=True)

    def shared(name: str, make: Callable[[Path], object]) -> Path:
        folder, part = home / name, home / f"{name}.part"
        with (home / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.is_dir():
                make(part)
                part.rename(folder)
        return folder

    return shared


@pytest.fixture(scope="session")
def real_site(once: Once) -> Path:
    """本项目的网站。"""
    return once("site", lambda folder: succeeded(build(ROOT, "--site-dir", str(folder))))


@pytest.fixture(scope="session")
def dist(once: Once, real_site: Path) -> Path:
    """本项目各渠道的全部成品，栏目包挂在 PREFIX 下。"""
    return once("dist", lambda folder: made(real_site, folder, "all", "--prefix", PREFIX))


@pytest.fixture(scope="session")
def small_site(once: Once) -> Path:
    """tests/sites/publishable，生成好了：项目的文件夹，网站在 site/。"""
    return once("small", lambda folder: succeeded(build(copy("publishable", folder))))


@pytest.fixture(scope="session")
def small_dist(once: Once, small_site: Path) -> Path:
    """小网站各渠道的全部成品。"""
    return once("small-dist", lambda folder: made(small_site / "site", folder, "all", root=small_site))


@pytest.fixture(scope="session")
def unaddressed(once: Once) -> Path:
    """还没有网址的小网站，生成好了，活动要上广播；广播稿和订阅在 dist/。"""

    def make(root: Path) -> None:
        copy("publishable", root)
        edit(root / "data/township.yml", "网址: https://yangban.example/\n", "网址:\n")
        edit(root / "docs/shuangyong/2025/guofang-ke.md", "渠道: [微信, 宣传栏]", "渠道: [广播]")
        succeeded(build(root))
        made(root / "site", root / "dist", "broadcast", "feeds", root=root)

    return once("unaddressed", make)


@pytest.fixture
def small(small_site: Path, tmp_path: Path) -> Path:
    """生成好的小网站抄一份，随便改。"""
    return Path(shutil.copytree(small_site, tmp_path / "small", symlinks=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """一个进程只开一个 Chromium，全部测试共用。"""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()

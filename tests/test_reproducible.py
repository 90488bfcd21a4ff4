"""同样的内容，换个路径、时区、语言、时钟、散列种子、文件先后，没有 .git，断了网，做出来的字节也一样。"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PREFIX, ROOT, Once

SOURCES = ("data", "docs", "macros", "overrides", "channels", "checks")
Contents = dict[str, bytes]


def copy_sources(target: Path, backwards: bool) -> None:
    """抄一份项目。backwards：倒着抄，文件在磁盘上的先后、时间都不同。"""
    names = [path for folder in SOURCES for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    names = [path for path in names if "__pycache__" not in path.parts]
    for number, path in enumerate(reversed(names) if backwards else names):
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        os.utime(place, (1_500_000_000 + number * 1000,) * 2)
    shutil.copyfile(ROOT / "mkdocs.yml", target / "mkdocs.yml")


def contents(folder: Path) -> Contents:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CUT = ("unshare", "--net", "--map-root-user")  # 在没有网络的命名空间里


@pytest.fixture(scope="session")
def cut() -> tuple[str, ...]:
    """断网的办法；机器不让用就是空的。"""
    refused = subprocess.run([*CUT, "true"], capture_output=True, check=False).returncode
    return () if refused else CUT


def run(cwd: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    env = kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"} | env
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def differently(root: Path, cut: tuple[str, ...], *arguments: str) -> None:
    """断了网，别的时钟、时区、语言、散列种子。"""
    clock = (*cut, "faketime", "-f", "@2031-03-02 23:59:00", sys.executable, "-m")
    done = run(root, *clock, *arguments, TZ="America/New_York", LANG="C", LC_ALL="C", PYTHONHASHSEED="77")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="session")
def elsewhere(once: Once, cut: tuple[str, ...]) -> Path:
    """换个地方生成的网站。"""

    def make(root: Path) -> None:
        copy_sources(root, backwards=True)
        assert not (root / ".git").exists()
        differently(root, cut, "mkdocs", "build", "--strict")

    return once("另一个 地方", make)


def same(one: Contents, two: Contents) -> None:
    assert set(one) == set(two)
    assert [file for file in one if one[file] != two[file]] == []


def test_same_bytes_whatever_the_circumstances(elsewhere: Path, real_site: Path) -> None:
    """网页、搜索索引、sitemap.xml.gz 全都比。"""
    same(contents(real_site), contents(elsewhere / "site"))
    suffixes = {path.suffix for path in real_site.rglob("*")}
    assert suffixes >= {".html", ".js", ".css", ".gz", ".csv", ".ics", ".xml", ".svg"}


@pytest.mark.full
def test_channels_are_the_same_bytes_too(elsewhere: Path, cut: tuple[str, ...], dist: Path) -> None:
    """PDF、图片、zip、tar 全都比。"""
    differently(elsewhere, cut, "channels", "all", "--prefix", PREFIX)
    same(contents(dist), contents(elsewhere / "dist"))
    assert {path.suffix for path in dist.rglob("*")} >= {".pdf", ".png", ".zip", ".gz", ".txt", ".html"}


def test_builds_with_the_network_cut_off(elsewhere: Path, cut: tuple[str, ...]) -> None:
    """环境装好以后，在没有网络的命名空间里生成、检查，都不要网络。"""
    if not cut:
        pytest.skip("这台机器不让建网络命名空间")
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    assert "unreachable" in run(elsewhere, *cut, sys.executable, "-c", probe).stderr.lower()
    done = run(elsewhere, *cut, sys.executable, "-m", "checks", "--as-of=2026-11-26", "--site=site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (elsewhere / "site/index.html").is_file()

"""同样的内容，换个路径、时区、语言、时钟、散列种子、文件先后，没有 .git，做出来的字节也一样；断了网也做得成。"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

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


def make(root: Path, clock: str, **env: str) -> tuple[Contents, Contents]:
    """生成网站、做出各渠道的成品：site/、dist/ 里每个文件的字节。"""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    env = kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"} | env
    for arguments in (("mkdocs", "build", "--strict"), ("channels", "all")):
        command = ["faketime", "-f", clock, sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return contents(root / "site"), contents(root / "dist")


def contents(folder: Path) -> Contents:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_bytes_whatever_the_circumstances(tmp_path: Path) -> None:
    """网页、搜索索引、sitemap.xml.gz、PDF、图片、zip、tar 全都比。"""
    here, there = tmp_path / "a", tmp_path / "另一个 地方" / "b"
    copy_sources(here, backwards=False)
    copy_sources(there, backwards=True)
    assert not (there / ".git").exists()
    first = make(here, "@2026-11-20 09:00:00", TZ="Asia/Shanghai", LANG="C.UTF-8", PYTHONHASHSEED="1")
    second = make(there, "@2031-03-02 23:59:00", TZ="America/New_York", LANG="C", PYTHONHASHSEED="77", LC_ALL="C")
    for name, one, two in (("site", first[0], second[0]), ("dist", first[1], second[1])):
        assert set(one) == set(two), name
        assert [file for file in one if one[file] != two[file]] == [], name
    assert {Path(file).suffix for file in first[0]} >= {".html", ".js", ".css", ".gz", ".csv", ".ics", ".xml", ".svg"}
    assert {Path(file).suffix for file in first[1]} >= {".pdf", ".png", ".zip", ".gz", ".txt", ".html"}


def test_builds_with_the_network_cut_off(tmp_path: Path) -> None:
    """环境装好以后，在没有网络的命名空间里生成、检查，都不要网络。"""
    cut = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
        pytest.skip("这台机器不让建网络命名空间")
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    dead = subprocess.run([*cut, sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert "unreachable" in dead.stderr.lower()
    copy_sources(tmp_path, backwards=False)
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    for arguments in (("mkdocs", "build", "--strict"), ("checks", "--as-of=2026-11-26", "--site=site")):
        command = [*cut, sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site/index.html").is_file()

"""供应链：依赖都锁了校验值、都写了为什么和许可；物料清单和锁对得上。"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.txt", "requirements-dev.txt")


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M))


def installed(name: str) -> str:
    """装着的版本；别的系统才用的，没装，是空的。"""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@pytest.fixture(scope="module")
def direct() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [canonicalize_name(Requirement(each).name) for each in wanted]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert len(blocks) >= len(pinned(lock)) > 20
    assert [each.split()[0] for each in blocks if "--hash=sha256:" not in each] == []


def test_both_locks_agree(direct: list[str]) -> None:
    """测试用的版本就是生成网站用的版本；直接依赖都在锁里。"""
    site, dev = map(pinned, LOCKS)
    assert {name: dev[name] for name in site} == site
    assert [name for name in direct if name not in {canonicalize_name(each) for each in dev}] == []


def test_every_direct_dependency_is_explained(direct: list[str]) -> None:
    """HACKING.md 的表：为什么用、什么许可，都写了。"""
    text = (ROOT / "HACKING.md").read_text(encoding="utf-8").split("\n## 依赖\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", text, re.M)][2:]
    assert all(len(row) == 3 and all(row) for row in rows)
    named = {canonicalize_name(name) for row in rows for name in re.findall(r"[A-Za-z][\w.-]+", row[0])}
    assert [name for name in direct if name not in named] == []


def bill(folder: Path, **environment: str) -> tuple[bytes, dict[str, Any]]:
    if not (folder / "pyproject.toml").exists():
        (folder / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    command = [sys.executable, "-m", "release.sbom"]
    env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **environment}
    subprocess.run(command, cwd=folder, env=env, check=True)
    content = (folder / "dist/sbom.cdx.json").read_bytes()
    return content, json.loads(content)


@pytest.mark.full
def test_bill_of_materials(tmp_path: Path) -> None:
    """和锁里的版本一样，许可都写了，没有这台机器的路径；再写一遍，一个字节不差。"""
    content, bom = bill(tmp_path)
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    found = {canonicalize_name(each["name"]): each for each in bom["components"]}
    locked = {canonicalize_name(name): each for name, each in pinned("requirements-dev.txt").items() if installed(name)}
    assert len(locked) > 60
    assert {name: found[name]["version"] for name in locked} == locked
    assert [name for name in locked if not re.fullmatch(r"pkg:pypi/[^@]+@[^@]+", found[name]["purl"])] == []
    assert len([name for name in locked if found[name].get("licenses")]) > 0.95 * len(locked)
    assert str(ROOT).encode() not in content and b"timestamp" not in content and b"serialNumber" not in content
    assert bill(tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C")[0] == content

"""发布的材料：一个小网站，发布过旧版；内容改过、提交了、重新生成了，新版还没有发布。"""

from __future__ import annotations

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, Once, build, called, copy, succeeded

ACTIVITY = "shuangyong/2025/guofang-ke"
DAY = "2026-11-20"
PAST = 1_000_000_000
Contents = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """root：项目；to：发布到的文件夹；old、new：两版网站的全部文件。"""

    root: Path
    to: Path
    old: Contents
    new: Contents

    def publish(self, *more: str) -> subprocess.CompletedProcess[str]:
        commit(self.root)
        return call("publish", str(self.to), "--root", str(self.root), "--as-of", DAY, *more)

    def rollback(self) -> subprocess.CompletedProcess[str]:
        return call("rollback", str(self.to), "--root", str(self.root), "--as-of", DAY)

    @property
    def published(self) -> Contents:
        return contents(self.to / "current")

    @property
    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.to / "releases").iterdir())

    @property
    def rows(self) -> list[list[str]]:
        with (self.root / "data/published.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))[1:]

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder: Path) -> Contents:
    """清单里发布时才写上的几项不算。"""
    files = [path for path in folder.resolve(strict=True).rglob("*") if path.is_file()]
    found = {path.relative_to(folder.resolve()).as_posix(): path.read_bytes() for path in files}
    if "manifest.json" in found:
        about = json.loads(found["manifest.json"])
        found["manifest.json"] = json.dumps({name: about[name] for name in ("sources", "files")}).encode()
    return found


def git(root: Path, *command: str) -> str:
    who = ("-c", "user.name=办公室", "-c", "user.email=bangongshi@shilizhen.example")
    done = subprocess.run(["git", *who, *command], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path) -> None:
    """内容都提交；发布程序自己写的记录不提交。"""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
        for name in (".gitattributes", ".gitignore"):
            shutil.copy(ROOT / name, root)
    git(root, "add", "--all", ".gitattributes", ".gitignore", "data", "docs", "macros", "overrides", "mkdocs.yml")
    git(root, "commit", "--quiet", "--allow-empty", "--message=改内容")


def python(*args: str, limit: int | None = None) -> subprocess.Popen[str]:
    """在项目里运行 python。limit：单个文件最多写多少字节。"""
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "GITHUB_ACTIONS")}
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=ROOT,
        env=env | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
    )


def call(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    """走同一个门。真的另起程序的是杀、限、抢着发的几项，和 test_makefile.py。"""
    return called(f"release.{name}", *args)


def limited(name: str, *args: str, limit: int) -> subprocess.CompletedProcess[str]:
    """另起一个程序；单个文件最多写 limit 字节。"""
    process = python("-m", f"release.{name}", *args, limit=limit)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def built(root: Path) -> Contents:
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return contents(root / "site")


def published_once(home: Path) -> None:
    """root/ 生成、发布到 to/，再改、再生成。"""
    root = copy("publishable", home / "root")
    for name in ("macros", "overrides"):  # 链接换成抄本：测试时有人在改代码，来源的散列也不变
        (root / name).unlink()
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    case = Case(root, home / "to", built(root), {})
    succeeded(case.publish())
    note = f'\n\n!!! gengzheng "更正"\n    {DAY}更正：写漏了一件。'
    case.edit(f"docs/{ACTIVITY}.md", "三件旧物件的来历。", f"四件旧物件的来历。{note}")
    case.edit(f"docs/{ACTIVITY}.md", "更新: 2025-09-22", f"更新: {DAY}")
    case.edit(f"docs/{ACTIVITY}.md", "保密审查日期: 2025-09-23", f"保密审查日期: {DAY}")
    built(root)


@pytest.fixture(scope="session")
def pattern(once: Once) -> Case:
    """只生成、发布一次；每个测试抄一份去用。"""
    home = once("publish", published_once)
    return Case(home / "root", home / "to", contents(home / "to/current"), contents(home / "root/site"))


@pytest.fixture(scope="session")
def second(once: Once, pattern: Case) -> Case:
    """新版也发布了；旧版的文件都是很久以前的。只看，不改。"""

    def publish(home: Path) -> None:
        case = duplicate(pattern, home)
        for path in (case.to / "releases/1").rglob("*"):
            os.utime(path, (PAST, PAST))
        done = case.publish()
        succeeded(done)
        assert "第 2 版" in done.stdout

    home = once("publish-twice", publish)
    return Case(home / "root", home / "to", pattern.old, pattern.new)


def duplicate(case: Case, place: Path) -> Case:
    for name in ("root", "to"):
        shutil.copytree(getattr(case, name), place / name, symlinks=True)
    return Case(place / "root", place / "to", case.old, case.new)


@pytest.fixture
def case(pattern: Case, tmp_path: Path) -> Case:
    return duplicate(pattern, tmp_path)


@pytest.fixture
def twice(second: Case, tmp_path: Path) -> Case:
    return duplicate(second, tmp_path)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """返回 1；最后一行是说明和改法，没有调用栈。"""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    line = done.stderr.rstrip("\n").rsplit("\n", 1)[-1]
    assert "；" in line
    for word in words:
        assert word in line, line

"""接班演练：同一份 docs、macros、data、overrides，用 Zensical 生成，一页一页和 MkDocs 的比。"""

from __future__ import annotations

import json
import os
import posixpath
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Once
from html_pages import page
from test_reproducible import copy_sources

from channels.runner import MANIFEST

EXTRA = {"search.json"}  # 它自己的搜索用的，本站没有用到


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def project(once: Once) -> Path:
    """make zensical 做的三步。"""

    def make(root: Path) -> None:
        copy_sources(root, backwards=False)
        run(root, sys.executable, "-m", "macros.outputs", "settings", "zensical.yml")
        run(root, sys.executable, "-m", "zensical", "build", "--config-file", "zensical.yml")
        run(root, sys.executable, "-m", "macros.outputs", "finish", "site")

    return once("zensical", make)


def facts(folder: Path, name: str) -> dict[str, object]:
    """一页里不许变的：正文的字，位置，链接和资源指向哪里，标题，标签。"""
    tree = page(folder / name)
    targets = [node.attributes.get(key) or "" for key in ("href", "src", "action") for node in tree.css(f"[{key}]")]
    return {
        "text": " ".join((tree.css_first("main") or tree.body).text(separator=" ").split()),
        "ids": [node.attributes["id"] for node in tree.css("[id]")],
        "figures": [node.text() for node in tree.css("table td, svg text")],
        "targets": [_resolved(name, target) for target in targets],
        "title": tree.css_first("title").text(),
        "meta": [dict(node.attributes) for node in tree.css("head meta")],
    }


def _resolved(name: str, target: str) -> str:
    if ":" in target or target.startswith("/"):
        return target
    path, mark, rest = target.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) + mark + rest if path else target


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_page_says_the_same(project: Path, real_site: Path) -> None:
    site = project / "site"
    assert files(site) - files(real_site) == EXTRA
    assert files(real_site) <= files(site)
    pages = sorted(name for name in files(real_site) if name.endswith(".html"))
    assert len(pages) > 90
    for name in pages:
        ours, theirs = facts(real_site, name), facts(site, name)
        for what in ours:
            assert ours[what] == theirs[what], (name, what)


def test_outputs_are_the_same_bytes(project: Path, real_site: Path) -> None:
    """搜索索引、公开数据、订阅、日历、网站地图、样式和脚本。"""
    same = [name for name in files(real_site) if not name.endswith(".html") and name != "manifest.json"]
    assert {Path(name).suffix for name in same} >= {".js", ".csv", ".json", ".xml", ".ics", ".css", ".svg"}
    assert [name for name in same if (real_site / name).read_bytes() != (project / "site" / name).read_bytes()] == []


def test_checks_work_on_it(project: Path) -> None:
    run(project, sys.executable, "-m", "checks", "built", "--site=site", "--as-of=2026-11-24")


@pytest.mark.full
def test_channels_work_on_it(project: Path) -> None:
    done = run(project, sys.executable, "-m", "channels", "all")
    assert "没做成 0 件" in done.stdout
    made = json.loads((project / "dist" / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert {row["file"].split("/")[0] for row in made} >= {"wechat", "posters", "banners", "broadcast", "feeds"}

"""make fresh：演示内容清干净，空乡镇能生成、检查只有提醒，读得通；不该动手时不动手。"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, build, check
from html_pages import dead_links, page, pages

from macros.model import errors, load


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """本项目的一份拷贝，提交在自己的 git 里。"""
    root = tmp_path_factory.mktemp("fresh") / "xiangzhen"
    for name in ("docs", "data", "macros", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.invalid", *command]
        subprocess.run(git, cwd=root, check=True, capture_output=True)
    return root


def run(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros.fresh"], cwd=root, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_fresh_refuses_when_files_are_changed(checkout: Path) -> None:
    """有没保存的改动：一句话说清，什么都不动。"""
    path = checkout / "data/places.yml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "# 我的改动\n", encoding="utf-8")
    done = run(checkout)
    assert done.returncode == 1
    assert "没有动任何文件：data/ 或 docs/ 里有没保存的改动" in done.stderr
    assert (checkout / "data/years/2020.yml").is_file()
    path.write_text(before, encoding="utf-8")


def test_fresh_refuses_without_version_history(tmp_path: Path) -> None:
    """没有 git：清空以后找不回来，不动手。"""
    for name in ("docs", "data", "macros"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = run(tmp_path)
    assert done.returncode == 1
    assert "没有版本记录" in done.stderr
    assert (tmp_path / "data/years/2020.yml").is_file()


def test_fresh_makes_an_empty_township(checkout: Path) -> None:
    """清空以后：没有演示、没有示例镇；检查 0 处错误；严格生成；链接都通；栏目写着筹备中；再来一次会拒绝。"""
    done = run(checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    site = load(checkout)
    assert errors(site.problems) == []
    assert site.township is not None
    assert not site.township.demo
    assert (site.years, site.halls, site.activities) == ({}, {}, [])
    assert not any(slogan.demo or slogan.hangings for slogan in site.slogans)
    assert len(site.slogans) == len(load(ROOT).slogans)
    assert len(site.services) == 9
    assert all(place.phone == "待公布" for place in site.places.values())
    checked = check(checkout)
    assert checked.returncode == 0
    assert "提醒" in checked.stdout

    built = build(checkout)
    assert built.returncode == 0, built.stdout + built.stderr
    folder = checkout / "site"
    assert dead_links(folder) == []
    for url in pages(folder):
        words = page(folder / url).body.text()
        assert "演示内容，不代表任何真实乡镇" not in words, url
        assert "示例镇" not in words, url
    for url in ("index.html", "cunshiguan/index.html", "shuangyong/index.html", "shuju/index.html"):
        assert "本栏目筹备中" in page(folder / url).body.text(), url
    again = run(checkout)
    assert again.returncode == 1
    assert "演示: 否" in again.stderr


def test_templates_are_valid(tmp_path: Path) -> None:
    """data/_moban、docs/_moban 里的模板照说明复制过去，检查没有错误。"""
    root = tmp_path
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, root / name)
    for source, target in [
        ("data/_moban/niandu.yml", "data/years/2026.yml"),
        ("docs/_moban/niandu.md", "docs/shuju/2026.md"),
        ("data/_moban/cunshiguan.yml", "data/halls/bianhao.yml"),
        ("docs/_moban/cunshiguan.md", "docs/cunshiguan/bianhao.md"),
        ("data/_moban/banshi.yml", "data/services/bianhao.yml"),
        ("docs/_moban/banshi.md", "docs/banshi/bianhao.md"),
        ("docs/_moban/huodong.md", "docs/shuangyong/2026/xin-huodong.md"),
    ]:
        shutil.copy(root / source, root / target)
    assert {path.name for path in (ROOT / "data/_moban").iterdir()} == {"niandu.yml", "cunshiguan.yml", "banshi.yml"}
    site = load(root)
    assert errors(site.problems) == []
    assert 2026 in site.years
    assert "bianhao" in site.halls
    assert "bianhao" in site.services
    assert site.page("shuangyong/2026/xin-huodong.md") in site.activities

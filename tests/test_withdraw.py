"""撤下：本项目的每一页都撤一遍；写在 data/ 里的，列表、下载、图里也没有了。"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, build, copy, succeeded
from html_pages import page
from paperwork import record

from macros.model import errors, load
from macros.model.kinds import lasting
from macros.model.refusal import Refusal
from release.withdraw import withdraw

DAY = datetime.date(2026, 11, 27)


def test_every_page_is_withdrawn_or_says_what_to_change(tmp_path: Path) -> None:
    """每一页都说得出会做什么，或者该改哪里；各类各栏目真的撤一页，带图的都撤，撤完只剩还用着它的要改。"""
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    chosen = {}
    for each in load(tmp_path).pages:
        if lasting(each.path):
            with pytest.raises(Refusal, match=r"不能撤下，别的页面都链到它；.*直接改"):
                withdraw(tmp_path, each.file, "试一试", DAY, "")
        else:
            assert withdraw(tmp_path, each.file, "试一试", DAY, "").startswith("还没有动。")
            pictured = (tmp_path / "docs" / each.own).is_dir()
            chosen[each.path if pictured else (each.section, bool(each.activity), bool(each.calls))] = each
    assert load(tmp_path).pages == load(ROOT).pages
    for each in chosen.values():
        assert withdraw(tmp_path, each.file, "试一试", DAY, "是").startswith(f"{each.file} 改成了“已撤下”。")
    left = load(tmp_path)
    assert {each.path for each in left.pages if each.withdrawn} == {each.path for each in chosen.values()}
    assert {problem.what[-4:] for problem in errors(left.problems)} <= {"已经撤下"}
    assert len(left.public.halls) + len(left.public.services) + len(left.public.years) < len(left.halls) + len(
        left.services
    ) + len(left.years)


def test_from_inside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """照 make 那样在项目的文件夹里做：图片一起删掉。"""
    root = copy("publishable", tmp_path / "root")
    monkeypatch.chdir(root)
    said = withdraw(Path(), "shuangyong/2025/guofang-ke", "写错了", DAY, "是")
    assert "删掉 docs/shuangyong/2025/guofang-ke.assets/" in said
    assert not (root / "docs/shuangyong/2025/guofang-ke.assets").exists()


def test_what_is_written_in_data_goes_too(tmp_path: Path) -> None:
    """馆、指南、年度数据的页面撤下：地址上说撤下了，列表、搜索、公开数据里没有；文件留着，封存、发布记录不报错。"""
    root = copy("publishable", tmp_path / "root")
    record(root)
    for name in ("cunshiguan/yangban-cun", "banshi/yuyue-jiangjie", "shuju/2024"):
        withdraw(root, name, "停办", DAY, "是")
    succeeded(build(root))
    for name in ("cunshiguan/yangban-cun", "banshi/yuyue-jiangjie", "shuju/2024"):
        assert page(root / f"site/{name}.html").css_first("h1").text() == "已撤下"
    found = [path for path in (root / "site").rglob("*") if path.is_file() and "煤油灯".encode() in path.read_bytes()]
    assert found == []
    assert not (root / "site/shuju/kaifang/2024.csv").exists()
    assert (root / "data/halls/yangban-cun.yml").is_file()


def test_printed_codes_are_told_apart(tmp_path: Path) -> None:
    """印着二维码的另列，展签上带着位置的也算。"""
    root = copy("publishable", tmp_path / "root")
    (root / "dist").mkdir()
    rows = '{"file": "labels/a.pdf", "source": "cunshiguan/yangban-cun.html#zhanpin-01"}, '
    rows += '{"file": "wechat/a.html", "source": "cunshiguan/yangban-cun.html"}'
    (root / "dist/manifest.json").write_text(f'{{"files": [{rows}]}}', encoding="utf-8")
    said = withdraw(root, "cunshiguan/yangban-cun", "停办", DAY, "").split("\n")
    at = said.index("印着它的二维码的，挂着、贴着的都要取下：")
    assert said[at + 1] == "  dist/labels/a.pdf"
    assert "  dist/wechat/a.html" in said[:at]


def test_a_draft_is_deleted_not_withdrawn(tmp_path: Path) -> None:
    root = copy("publishable", tmp_path / "root")
    (root / "docs/minbing/caogao.md").write_text("---\n稿件: 草稿\n摘要: 没有写完\n复核: 2026-11-20\n---\n\n# 草稿\n")
    with pytest.raises(Refusal, match="是草稿，没有公开过；不要了就删掉它"):
        withdraw(root, "minbing/caogao", "不要了", DAY, "是")

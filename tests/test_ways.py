"""编辑人员的路：网页上的编辑链接，写给编辑的说明和图，托管平台上的工作流。"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, build, check, copy
from html_pages import page, pages

from channels import article, wechat
from channels.job import Built
from checks import Subject, run
from macros.model import load

EDIT = "https://git.example/zhen/zhuanlan/edit/main/"
NEW = "https://git.example/zhen/zhuanlan/new/main/"


# ---- 编辑此页、写一篇活动 ----


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """填了仓库网址的小网站，生成好了。"""
    root = copy("publishable", tmp_path_factory.mktemp("ways") / "site")
    town = root / "data/township.yml"
    text = town.read_text(encoding="utf-8")
    town.write_text(f"{text}仓库:\n  编辑: {EDIT}\n  新建: {NEW}\n", encoding="utf-8")
    guide = root / "docs/guanyu/bianji-zhinan.md"
    guide.write_text("---\n摘要: 写给编辑看的一页\n复核: 2026-11-20\n---\n\n# 编辑指南\n\n正文。\n", encoding="utf-8")
    (root / "docs/_moban").mkdir()
    (root / "docs/_moban/huodong.md").write_bytes((ROOT / "docs/_moban/huodong.md").read_bytes())
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def links(folder: Path, url: str) -> dict[str, str]:
    """一页上通到仓库的链接：字 → 网址。"""
    found = page(folder / url).css('a[href^="https://git.example/"]')
    assert all(node.attributes["rel"] == "noopener noreferrer" for node in found)
    return {node.text(): node.attributes["href"] or "" for node in found}


def test_every_page_can_be_edited(linked: Path) -> None:
    """每页一个“编辑此页”，通到这一页的源文件；馆、指南、年度数据另有通到数据的。"""
    site = load(linked)
    for each in site.pages:
        shown = links(linked / "site", each.url)
        assert shown["编辑此页"] == f"{EDIT}{each.file}", each.url
        assert (linked / shown["编辑此页"].removeprefix(EDIT)).is_file()
        facts = shown.get("编辑此页的数据", "").removeprefix(EDIT)
        assert bool(facts) == bool(site.records(each)), each.url
        assert not facts or (linked / facts).is_file()
        assert ("写一篇活动" in shown) == (each.url == "guanyu/bianji-zhinan.html")


def test_a_new_activity_opens_with_the_template(linked: Path) -> None:
    """“写一篇活动”：最近一年的文件夹，模板已经填在里面；网址不长过托管平台收的。"""
    target = links(linked / "site", "guanyu/bianji-zhinan.html")["写一篇活动"]
    parts = urlsplit(target)
    assert target.startswith(f"{NEW}docs/shuangyong/2026?")
    asked = parse_qs(parts.query)
    assert asked["value"] == [(ROOT / "docs/_moban/huodong.md").read_text(encoding="utf-8")]
    assert asked["filename"] == ["xin-huodong.md"]
    assert len(target) < 8000


def test_the_links_pass_the_checks(linked: Path) -> None:
    """自己的仓库不用登记到 links.yml；页面里写的也认。"""
    path = linked / "docs/minbing/index.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n[改这一页]({EDIT}docs/minbing/index.md)\n", encoding="utf-8")
    subject = Subject(load(linked), datetime.date(2026, 11, 24), linked / "site")
    said = [str(problem) for problem in run(subject, ["pages", "built"])]
    path.write_text(before, encoding="utf-8")
    assert said == []


def test_another_repository_is_still_outside(linked: Path, tmp_path: Path) -> None:
    """别的仓库照样要登记。"""
    subject = Subject(load(linked), datetime.date(2026, 11, 24), tmp_path)
    text = (linked / "site/minbing/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(text.replace(EDIT, "https://git.example/bieren/"), encoding="utf-8")
    said = [str(problem) for problem in run(subject, ["built"])]
    assert any("外部链接 https://git.example/bieren/docs/minbing/index.md 没有登记" in each for each in said)


def test_only_the_website_carries_the_links(linked: Path) -> None:
    """搜索、订阅、公众号、海报里都没有编辑链接；它们都在打印时不印的 .tools 里。"""
    folder = linked / "site"
    for path in folder.rglob("*"):
        if path.suffix in (".js", ".xml", ".ics", ".json") and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "git.example" not in text, path.name
            assert "编辑此页" not in text, path.name
    for url in pages(folder):
        for node in page(folder / url).css('a[href^="https://git.example/"]'):
            assert "tools" in (node.parent.attributes["class"] or "").split() if node.parent else False
        html = (folder / url).read_text(encoding="utf-8")
        assert "编辑此页" not in str(article.sections(html, url)), url
    made = [job.make() for job in wechat.jobs(Built(load(linked), folder, linked / "dist"))]
    assert made
    assert not any("编辑此页".encode() in content or b"git.example" in content for content in made)


def test_no_repository_no_links(real_site: Path) -> None:
    """没有填仓库：一个编辑链接也没有，也没有空的段落。"""
    for url in pages(real_site):
        tree = page(real_site / url)
        assert "编辑此页" not in tree.body.text()
        assert "写一篇活动" not in tree.body.text()
        assert tree.css(".tools.meta") == []

"""make fresh：演示内容清干净，空乡镇能生成、检查只有提醒，读得通；不该动手时不动手。"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, build, channels, check
from html_pages import dead_links, page, pages
from paperwork import paper
from pypdf import PdfReader

from macros.model import errors, load
from macros.model.deadlines import unverified


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
    assert "data/ 或 docs/ 里有没保存的改动，没有动任何文件；" in done.stderr
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
    assert len(site.services) == 15
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
    _claims_no_review(checkout)
    again = run(checkout)
    assert again.returncode == 1
    assert "演示: 否" in again.stderr


def _claims_no_review(root: Path) -> None:
    """没有人核对过的，网页、宣传品、自查表都不说哪天核对过。"""
    site = load(root)
    waiting = sum(map(len, unverified(site).values()))
    dated = [page.path for page in site.pages if page.header and page.header.reviewed]
    assert dated == []
    assert waiting == len(site.pages) + len(site.services) + len(site.places) + len(site.slogans) + len(
        site.links
    ) + len(site.law_sources.all if site.law_sources else ())
    assert f"还有{waiting}处写着 待核对" in check(root).stdout
    folder = root / "site"
    for url in pages(folder):
        words = " ".join(page(folder / url).body.text().split())
        assert not re.search(r"(上次核对|复核|核对日期)[：\s]*20\d\d|20\d\d年\d+月\d+日(逐条)?核对", words), url
    for url in ("banshi/youdaizheng.html", "minbing/yiwu.html", "xuexi/falv/bingyi-fa.html"):
        assert "内容来自项目自带的材料，本镇还没有核对" in page(folder / url).body.text(), url
    made = channels("broadcast", "wechat", "banners", "offline", "column", root=root)
    assert "没做成 离线整包（来自 整个渠道）：还没有一页核对过，整包没有日期可写；核对一页，" in made.stdout
    scripts = [*(root / "dist/broadcast").glob("*.txt"), *(root / "dist/wechat").glob("*.html")]
    assert len(scripts) > len(site.services)
    for path in scripts:
        assert not re.search(r"20\d\d年\d+月\d+日核对|核对：20", path.read_text(encoding="utf-8-sig")), path.name
    banner = PdfReader(next((root / "dist/banners").glob("*.pdf")))
    assert "审核日期" not in banner.pages[0].extract_text()
    assert "/CreationDate" not in (banner.metadata or {})
    report = paper(root, "report").body.text()
    assert f"；{waiting}处还没有核对" in report
    assert "data/slogans.yml（" in report


HOW = re.compile(r"(复制成|接在) ([^\s，]+)")
STANDS_FOR = {"年份": "2026", "编号": "bianhao"}


def use(root: Path, template: Path) -> Path:
    """照模板第一句注释说的，抄成一个文件，或接在一个文件的末尾；返回那个文件。"""
    text = template.read_text(encoding="utf-8")
    comment = next(line for line in text.split("\n") if line.startswith("# "))
    way, name = HOW.findall(comment)[0]
    for words, value in STANDS_FOR.items():
        name = name.replace(words, "2028" if template.name == "rili.md" else value)
    target = root / name
    if way == "接在":
        target.write_text(target.read_text(encoding="utf-8") + text, encoding="utf-8")
    else:
        assert not target.exists(), name
        shutil.copy(template, target)
    return target


def test_templates_are_valid(tmp_path: Path) -> None:
    """data/_moban、docs/_moban 里的模板，照注释用上都读得懂；只差换掉模板里的话、填审签。"""
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    calendar = tmp_path / "data/calendar.yml"
    text = calendar.read_text(encoding="utf-8")
    calendar.write_text(text.replace("年份: [2026, 2027]", "年份: [2026, 2027, 2028]"), encoding="utf-8")
    before = load(ROOT)
    templates = [path for kind in ("data", "docs") for path in sorted((ROOT / kind / "_moban").iterdir())]
    # 展品接在新馆的后面，新馆先抄
    used = {path.relative_to(ROOT).as_posix(): use(tmp_path, path) for path in templates}
    checked = check(tmp_path, as_of="2026-12-31")  # 模板里的日期就是这一天
    wrong = [line for line in checked.stdout.split("\n") if " 错误 " in line]
    assert all("是模板里的，还没有换掉" in line for line in wrong), checked.stdout  # 页面都还是草稿
    assert all(line.startswith("data/") for line in wrong), checked.stdout
    for path in used.values():
        path.write_text(re.sub("(?m)^稿件: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    checked = check(tmp_path, as_of="2026-12-31")
    wrong = [line for line in checked.stdout.split("\n") if " 错误 " in line]
    activity = "docs/shuangyong/2026/xin-huodong.md"
    unsigned = [line for line in wrong if line.startswith(activity) and ("还没有人" in line or "没有填" in line)]
    assert len(unsigned) == 5, checked.stdout
    left = [line for line in wrong if line not in unsigned]
    assert all(re.search("是模板里的(话)?，还没有换掉", line) for line in left), checked.stdout
    pages = {"docs/banshi/bianhao.md", "docs/cunshiguan/bianhao.md", activity}
    assert {line.split(":")[0] for line in wrong if line.startswith("docs/")} == pages
    site = load(tmp_path)
    assert 2026 in site.years
    assert {exhibit.id for exhibit in site.halls["bianhao"].exhibits} == {"01", "99"}
    assert "bianhao" in site.services
    assert "bianhao" in site.places
    assert any(activity.path == "shuangyong/2026/xin-huodong.md" for activity in site.activities)
    for kind in ("slogans", "quiz", "reading", "links", "indicators"):
        assert len(getattr(site, kind)) == len(getattr(before, kind)) + 1, kind
    assert site.calendar and any(day.id == "bianhao" for day in site.calendar.days)
    assert len(set(used.values())) == len(used) - 1  # 新馆和展品是同一个文件


@pytest.mark.parametrize("kind", ["data", "docs"])
def test_templates_explain_every_field(kind: str) -> None:
    """每一项后面有一句注释，说写什么；展开在下一层的，上一层说过了。"""
    for path in sorted((ROOT / kind / "_moban").iterdir()):
        text = path.read_text(encoding="utf-8")
        head = text.split("---\n")[1] if path.suffix == ".md" else text
        fields = re.findall(r"^(?: {0,3}|  - |- )[\u4e00-\u9fff]+:.*", head, re.M)
        assert fields, path.name
        assert [line for line in fields if not re.search(r" # \S", line)] == [], path.name

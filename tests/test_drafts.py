"""草稿：预览里看得见、标着草稿；生成的网站、各渠道、发布记录里哪里都没有。"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, Once, build, channels, check, copy, edit, succeeded
from publishing import call, commit
from test_serve import Preview

from macros.model import load
from macros.model.sources import digest
from macros.outputs.__main__ import settings

ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"
DRAFT = "docs/shuangyong/2025/hai-mei-xie-wan.md"
WORDS = "不该漏出去"
NAMES = ("hai-mei-xie-wan", "xin-guan", "2023")


def drafted(root: Path) -> Path:
    """一个有三篇草稿的小网站：一篇活动带图，一个馆，一年的数据。"""
    copy("publishable", root)
    text = (root / ACTIVITY).read_text(encoding="utf-8").replace("guofang-ke.assets", "hai-mei-xie-wan.assets")
    text = re.sub("  (编辑|审核|签发|保密审查|保密审查日期): .*", r"  \1:", text)
    (root / DRAFT).write_text(text.replace("摘要: ", f"稿件: 草稿\n摘要: {WORDS}"), encoding="utf-8")
    picture = root / "docs/shuangyong/2025/guofang-ke.assets/guan.svg"
    copied = root / "docs/shuangyong/2025/hai-mei-xie-wan.assets/guan.svg"
    copied.parent.mkdir()
    copied.write_bytes(picture.read_bytes())
    made = (("halls", "yangban-cun", "xin-guan", "cunshiguan"), ("years", "2025", "2023", "shuju"))
    for kind, old, new, folder in made:
        data = (root / f"data/{kind}/{old}.yml").read_text(encoding="utf-8").replace(old, new)
        data = re.sub("(名称|来源): ", rf"\1: {WORDS}", data, count=1)
        (root / f"data/{kind}/{new}.yml").write_text(re.sub(r"\n *图:\n(     +.*\n)+", "\n", data), encoding="utf-8")
        text = (root / f"docs/{folder}/{old}.md").read_text(encoding="utf-8").replace(old, new)
        (root / f"docs/{folder}/{new}.md").write_text(text.replace("摘要: ", "稿件: 草稿\n摘要: "), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    return once("drafted", lambda folder: succeeded(build(drafted(folder))))


def found_in(folder: Path) -> list[str]:
    """哪些文件里有草稿的话、草稿的文件名。"""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        words = [WORDS, *NAMES[:2]]
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words):
            found.append(name)
        found += [name for each in NAMES if each in name]
    return found


def test_drafts_pass_the_checks(built: Path) -> None:
    """没有写完的不拦着别的页面；说的是提醒。"""
    done = check(built)
    assert done.returncode == 0, done.stdout


def test_a_draft_is_nowhere_in_the_built_site(built: Path) -> None:
    """页面、图片、列表、搜索、订阅、公开数据、网站地图、清单里都没有；清单还认得是哪一份内容。"""
    assert found_in(built / "site") == []
    assert json.loads((built / "site/manifest.json").read_text(encoding="utf-8"))["sources"] == digest(built)
    assert "2023" not in (built / "site/shuju/kaifang/quanbu.csv").read_text(encoding="utf-8")


def test_a_draft_is_on_no_channel(built: Path, tmp_path: Path) -> None:
    done = channels("wechat", "broadcast", "feeds", "--dist", str(tmp_path / "dist"), root=built)
    succeeded(done)
    assert found_in(tmp_path / "dist") == []


def test_a_draft_is_not_recorded_as_published(built: Path, tmp_path: Path) -> None:
    root = drafted(tmp_path / "root")
    commit(root)
    succeeded(build(root))
    succeeded(call("publish", str(tmp_path / "to"), "--root", str(root), "--as-of", "2026-11-20"))
    assert found_in(tmp_path / "to") == []
    assert not any(name in (root / "data/published.csv").read_text(encoding="utf-8") for name in NAMES[:2])


def test_what_is_signed_is_the_public_content(tmp_path: Path) -> None:
    """散列不随草稿、程序自己记的变；定稿、改公开的字才变。"""
    root = drafted(tmp_path / "root")
    before = digest(root)
    edit(root / DRAFT, "三件旧物件", "五件旧物件")
    edit(root / "data/halls/xin-guan.yml", "状态: ", "状态: ")
    (root / "data/published.csv").write_text("地址,日期,sha256,发稿日期,数\n", encoding="utf-8")
    assert digest(root) == before
    edit(root / DRAFT, "稿件: 草稿\n", "")
    assert digest(root) != before


def test_another_engine_leaves_drafts_out(built: Path) -> None:
    text = settings(load(built), (built / "mkdocs.yml").read_text(encoding="utf-8"))
    (line,) = [line for line in text.split("\n") if line.startswith("exclude_docs:")]
    assert json.loads(line.partition(": ")[2]).split("\n")[:3] == [
        "/_moban/",
        "/cunshiguan/xin-guan.md",
        "/cunshiguan/xin-guan.assets",
    ]


def test_preview_shows_drafts_and_says_so(tmp_path: Path) -> None:
    """预览里打得开，头上写着草稿；别的页面没有这句话。"""
    preview = Preview(drafted(tmp_path / "root"), tmp_path / "log")
    try:
        assert preview.shows("草稿：只在预览里看得见", "shuangyong/2025/hai-mei-xie-wan.html")
        assert WORDS in preview.get("cunshiguan/index.html")
        assert "草稿：" not in preview.get("shuangyong/2025/guofang-ke.html")
    finally:
        preview.stop()


def test_templates_arrive_as_drafts_nobody_signed() -> None:
    """抄来的模板先是草稿，审签一项也没有填；程序写的日历页，不用定稿。"""
    for path in sorted((ROOT / "docs/_moban").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert ("\n稿件: 草稿 " in text) == (path.name != "rili.md"), path.name
    signing = (ROOT / "docs/_moban/huodong.md").read_text(encoding="utf-8").partition("审签:")[2].partition("渠道:")[0]
    assert re.findall(r"^  (\S+): *(?:#|$)", signing, re.M) == ["编辑", "审核", "签发", "保密审查", "保密审查日期"]

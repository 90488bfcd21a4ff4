"""搜索的索引：该有的都有，大小不超，只有搜索页读它；切词、评分在浏览器里试（browser/test_search.py）。"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from html_pages import ids, page, pages

from macros.model import load
from macros.outputs import search, sounds
from macros.views.assets import addresses

KB = 1024


def part(site: Path, name: str) -> dict[str, Any]:
    """一份索引：.js 里那一个值。"""
    text = (site / f"assets/search/{name}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"\(window\.SEARCH=window\.SEARCH\|\|\[\]\)\.push\((\{.*\})\);\n", text)
    assert match, name
    value: dict[str, Any] = json.loads(match[1])
    return value


def rows(site: Path) -> list[list[Any]]:
    names = sorted(path.stem for path in (site / "assets/search").glob("pages*.js"))
    return [row for name in names for row in part(site, name)["pages"]]


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_every_page_can_be_found(real_site: Path) -> None:
    """首页和搜索页以外，每页在索引里正好一次，有标题、摘要和正文。"""
    found = rows(real_site)
    assert sorted(row[0] for row in found) == sorted(set(pages(real_site)) - set(search.NOT_INDEXED))
    for url, title, _, _, summary, text, _ in found:
        assert title == " ".join(page(real_site / url).css_first("h1").text().split()), url
        assert summary, url
        assert text or url == "guanyu/wangzhan-ditu.html", url


def test_the_first_part_lists_the_others(real_site: Path) -> None:
    """第一份写着后面还有哪几份，一份不多、一份不少。"""
    more = part(real_site, "pages")["more"]
    files = {path.relative_to(real_site).as_posix() for path in (real_site / search.FOLDER).iterdir()}
    assert {"assets/search/pages.js", *more} == files
    assert more[:2] == ["assets/search/tables.js", "assets/search/laws.js"]


def test_residents_read_the_guides_first(real_site: Path) -> None:
    """办事指南、村史馆、学习资料都在第一份；给编辑看的不在。"""
    first = {row[0] for row in part(real_site, "pages")["pages"]}
    for folder in ("banshi", "cunshiguan", "xuexi"):
        assert {url for url in pages(real_site) if re.fullmatch(rf"{folder}/[\w-]+\.html", url)} <= first
    assert not first & set(search.FOR_EDITORS)


def test_every_article_can_be_found(real_site: Path) -> None:
    """每部法的每一条都有，取开头六十个字，链到的锚点真有。"""
    laws = {row[0]: row for row in part(real_site, "laws")["laws"]}
    texts = load(ROOT).laws.texts.values()
    assert set(laws) == {f"xuexi/falv/{law.slug}.html" for law in texts}
    for law in texts:
        url, name, _, articles = laws[f"xuexi/falv/{law.slug}.html"]
        assert name == law.name
        assert [number for number, _ in articles] == list(law.articles)
        anchors = set(ids(page(real_site / url)))
        for number, text in articles:
            assert f"art-{number}" in anchors
            assert law.articles[number].replace("\n", "").startswith(text.removesuffix("…"))
            assert len(text) <= search.ARTICLE_LENGTH + 1


def test_index_holds_text_not_furniture(real_site: Path) -> None:
    """目录、按钮、页尾的来源、折起来的条文不在正文里；正文自己讲到按钮的除外。"""
    written = {page.url: page.body for page in load(ROOT).pages}
    for url, title, _, headings, _, text, _ in rows(real_site):
        for word in ("读给我听", "上一条", "本页网址", "发现错误", "看答案"):
            assert word in written[url] or word not in title + headings + text, (url, word)
    guide = next(row for row in rows(real_site) if row[0] == "xuexi/guofang-jiaoyu-ri.html")
    assert "每年九月的第三个星期六为全民国防教育日。" not in guide[5]


def test_what_residents_ask_is_indexed(real_site: Path) -> None:
    """指南里登记的“问法”都在那一页的小标题里。"""
    headings = {row[0]: row[3] for row in rows(real_site)}
    for name, service in load(ROOT).services.items():
        for words in service.asked:
            assert words in headings[f"banshi/{name}.html"]


def test_synonyms_lead_somewhere(real_site: Path) -> None:
    """data/synonyms.yml 右边的词，网站上真有；不然白写。"""
    synonyms = part(real_site, "pages")["words"]
    assert synonyms == load(ROOT).synonyms
    words = " ".join(" ".join(row[1:2] + row[3:6]) for row in rows(real_site))
    assert [(said, target) for said, targets in synonyms.items() for target in targets if target not in words] == []


def test_tables() -> None:
    """读音：3755 个常用字都有，按词读的另记；繁体只收用得到的。"""
    listed = sounds.syllables(["镕"])
    assert len(re.sub(r"[a-z ]", "", listed)) == 3756
    assert "nv女" in listed.split()
    assert re.search(r"(^| )rong[^ ]*镕", listed)
    assert sounds.polyphones(["去银行", "优待证"]) == {"银行": "yin hang"}
    assert sounds.traditional("优国") == "優优國国"


def test_sizes(real_site: Path) -> None:
    """压缩以后：第一份不到 60 KB；看到第一条结果以前，一共不到 90 KB。"""
    first = zipped(real_site / "assets/search/pages.js")
    assert first <= 60 * KB
    tree = page(real_site / "search.html")
    needed = [
        node.attributes.get("src") or node.attributes.get("href")
        for node in tree.css("script[src], link[rel=stylesheet], link[rel=icon]")
    ]
    total = zipped(real_site / "search.html") + sum(zipped(real_site / name) for name in needed if name)
    assert total <= 90 * KB, f"{total / KB:.1f} KB"


def test_only_the_search_page_reads_the_index(real_site: Path) -> None:
    """别的页面不读索引和 MiniSearch。"""
    scripts = {
        url: [node.attributes["src"] or "" for node in page(real_site / url).css("script[src]")]
        for url in pages(real_site)
    }
    assert scripts["search.html"][-3:] == [
        "assets/vendor/minisearch.js",
        "assets/search/pages.js",
        addresses(ROOT)["search.js"],
    ]
    assert [url for url in scripts if url != "search.html" and len(scripts[url]) > 1] == []


def test_the_same_pages_give_the_same_bytes(real_site: Path, tmp_path: Path) -> None:
    """同样的网页，再写一次，字节一样。"""
    folder = tmp_path / "again"
    for url in pages(real_site):
        (folder / url).parent.mkdir(parents=True, exist_ok=True)
        (folder / url).write_bytes((real_site / url).read_bytes())
    search.write(load(ROOT), folder)
    for path in (folder / search.FOLDER).iterdir():
        assert path.read_bytes() == (real_site / search.FOLDER / path.name).read_bytes(), path.name


def test_parts_stay_small_as_the_site_grows() -> None:
    """两千页也是一份一份的，每份不超过定下的大小；往年的在后面。"""
    entries = [
        search.Entry(f"shuangyong/{2000 + n % 30}/a{n}.html", "活动", "双拥活动", "", "", "字" * 600)
        for n in range(2000)
    ]
    entries.append(search.Entry("banshi/a.html", "指南", "办事指南", "", "", "字" * 600))
    parts = search._parts(entries)
    assert sum(map(len, parts.values())) == 2001
    assert all(sum(len(e.words.encode()) for e in part) <= search.PART_BYTES for part in parts.values())
    assert parts["pages"][0].url == "banshi/a.html"
    assert parts["pages"][1].url.startswith("shuangyong/2029/")


def test_vendored_minisearch_is_the_recorded_one() -> None:
    """MiniSearch 没有被改过，许可在旁边；更新用 make vendor。"""
    folder = ROOT / "docs/assets/vendor"
    record = json.loads((folder / "minisearch.json").read_text(encoding="utf-8"))
    assert hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest() == record["sha256"]
    assert record["版本"].startswith("7.")
    assert "Permission is hereby granted" in (folder / "minisearch.LICENSE.txt").read_text(encoding="utf-8")
    assert re.search(r"^vendor:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "banned", ["=>", r"\b(let|const|import|class)\s", "`", "innerHTML", r"\beval\b", "fetch\\(", "Function\\("]
)
def test_script_runs_in_old_browsers_and_strict_pages(banned: str) -> None:
    """search.js 是 ES5；不拼 HTML，不 eval，不联网。"""
    assert not re.search(banned, (ROOT / "docs/assets/search.js").read_text(encoding="utf-8"))

"""搜索的索引：该有的都有，大小不超；没有页面，用 Node.js 搜。真的浏览器里的在 browser/test_search.py。"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from html_pages import ids, page, pages

from macros.model import load
from macros.outputs import search
from macros.outputs.search import cutting, extract, scoring, shards, sounds
from macros.views.assets import addresses
from tests.bench import recall

KB = 1024
OWN = ("search-load.js", "search-find.js", "search-show.js")


def part(site: Path, name: str) -> dict[str, Any]:
    """一份索引：.js 里那一个值。"""
    text = (site / f"assets/search/{name}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"\(window\.SEARCH=window\.SEARCH\|\|\[\]\)\.push\((\{.*\})\);\n", text)
    assert match, name
    value: dict[str, Any] = json.loads(match[1])
    return value


def first(site: Path) -> dict[str, Any]:
    """写在搜索页里的那一份。"""
    html = (site / "search.html").read_text(encoding="utf-8")
    value: dict[str, Any] = json.loads(
        html.partition("(window.SEARCH=window.SEARCH||[]).push(")[2].partition(");</script>")[0]
    )
    return value


def parts(site: Path, letter: str) -> list[dict[str, Any]]:
    """一种的各份，照号排。"""
    numbers = [int(path.stem[1:]) for path in (site / search.FOLDER).iterdir() if re.match(rf"{letter}\d", path.name)]
    return [part(site, f"{letter}{k}") for k in sorted(numbers)]


def rows(site: Path) -> list[list[Any]]:
    """全部要目：core 里的，接着别的几份里的。"""
    core = part(site, "core")
    found = dict(enumerate(core["core"]))
    for each in parts(site, "h"):
        start = int(each["at"][1:]) * core["heads"]
        found |= dict(enumerate(each["h"], start))
    return [found[id_] for id_ in sorted(found)]


def texts(site: Path) -> list[str]:
    return [text for each in parts(site, "t") for text in each["t"]]


def asked(site: Path, questions: Sequence[str]) -> list[dict[str, Any]]:
    """用 Node.js 搜。"""
    if shutil.which("node") is None:
        pytest.skip("没有 Node.js")
    return recall.asked(site, [*questions])


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_every_page_can_be_found(real_site: Path) -> None:
    """首页和搜索页以外，每页在索引里正好一次，有标题、摘要和正文。"""
    found, said = rows(real_site), texts(real_site)
    summaries = [summary for each in parts(real_site, "s") for summary in each["s"]]
    assert sorted(row[0] for row in found) == sorted(set(pages(real_site)) - set(extract.NOT_INDEXED))
    for (id_, (url, title, _, place)), summary in zip(enumerate(found), summaries, strict=True):
        assert title == " ".join(page(real_site / url).css_first("h1").text().split()), url
        assert summary, url
        assert said[id_] or url == "guanyu/wangzhan-ditu.html", url
        held = part(real_site, f"t{place}")
        assert held["t"][id_ - held["from"]] == said[id_]


def test_residents_need_the_guides_first(real_site: Path) -> None:
    """办事指南排在最前，要目在第一份里；给编辑看的在最后。"""
    first = [row[0] for row in part(real_site, "core")["core"]]
    guides = {url for url in pages(real_site) if url.startswith("banshi/")}
    assert guides == set(first[: len(guides)])
    assert {row[0] for row in rows(real_site)[-3:]} == set(extract.FOR_EDITORS)


def test_every_article_can_be_found(real_site: Path) -> None:
    """每部法的每一条都有编号，取开头六十个字，链到的锚点真有。"""
    said = texts(real_site)
    laws = {row[7]: row for row in part(real_site, "core")["laws"]}
    written = load(ROOT).laws.texts.values()
    assert set(laws) == {f"xuexi/falv/{law.slug}.html" for law in written}
    for law in written:
        name, _, place, first, size, text, odd, url = laws[f"xuexi/falv/{law.slug}.html"]
        assert (name, size) == (law.name, len(law.articles))
        assert rows(real_site)[place][0] == url
        anchors = set(ids(page(real_site / url)))
        for at, (number, article) in enumerate(law.articles.items()):
            assert odd.get(number, int(re.sub(r"\D.*", "", number)) - 1) == at
            assert f"art-{number}" in anchors
            held = part(real_site, f"t{text + at // part(real_site, 'core')['slots']}")
            start = held["t"][first + at - held["from"]]
            assert start == said[first + at]
            assert article.replace("\n", "").startswith(start.removesuffix("…"))


def test_an_article_asked_by_number_does_not_wait(real_site: Path) -> None:
    """说的是哪一条，读了头一份就知道，不等别的。"""
    (found,) = asked(real_site, ["兵役法20条"])
    assert found["read"] == []
    assert found["urls"][0] == "xuexi/falv/bingyi-fa.html#art-20"
    assert len(found["urls"]) > 4


def test_index_holds_text_not_furniture(real_site: Path) -> None:
    """目录、按钮、页尾的来源、折起来的条文不在正文里；正文自己讲到按钮的除外。"""
    written = {page.url: page.body for page in load(ROOT).pages}
    said = texts(real_site)
    for id_, (url, title, *_) in enumerate(rows(real_site)):
        for word in ("读给我听", "上一条", "本页网址", "发现错误", "看答案"):
            assert word in written[url] or word not in title + said[id_], (url, word)
    guide = next(id_ for id_, row in enumerate(rows(real_site)) if row[0] == "xuexi/guofang-jiaoyu-ri.html")
    assert "每年九月的第三个星期六为全民国防教育日。" not in said[guide]


def test_guides_index_only_what_is_their_own(real_site: Path) -> None:
    """办理点的卡片、依据，各份指南都有，不收；办理点自己的页面收。"""
    said = {row[0]: text for row, text in zip(rows(real_site), texts(real_site), strict=False)}
    site = load(ROOT)
    for name, service in site.services.items():
        text = said[f"banshi/{name}.html"]
        assert "能办什么" not in text, name
        assert not any(f"《{law.full_name}》第" in text.split("依据：")[0] for law in site.laws.texts.values()), name
        assert service.who in text, name
    assert "能办什么" in said["shuangyong/chuangkou.html"]


def test_numbers_said_in_characters(real_site: Path) -> None:
    """十二年、六十岁，照 12、60 也找；条号不算。"""
    (twelve, article) = asked(real_site, ["军士十二年", "兵役法第十二条"])
    assert "banshi/anzhi-fangshi.html" in twelve["urls"][:3]
    assert article["urls"][0] == "xuexi/falv/bingyi-fa.html#art-12"


def test_what_residents_ask_is_indexed(real_site: Path) -> None:
    """指南里登记的“问法”，data/asked.yml 里的，都找得到那一页。"""
    site = load(ROOT)
    cases = [(said, f"banshi/{name}.html") for name, each in site.services.items() for said in each.asked]
    cases += [(said, path.removesuffix("md") + "html") for path, several in site.asked.items() for said in several]
    for (said, url), found in zip(cases, asked(real_site, [said for said, _ in cases]), strict=True):
        assert url in found["urls"][:3], said


def test_synonyms_lead_somewhere(real_site: Path) -> None:
    """data/synonyms.yml 右边的词，索引里真有；不然白写。"""
    rows = [row.split(",") for row in first(real_site)["words"].split(";")]
    pairs = {(word, target) for word, targets in load(ROOT).synonyms.items() for target in targets}
    assert {(word, target) for target, *words in rows for word in words} == pairs
    known = {word for each in parts(real_site, "w") for word, posting in each["w"].items() if posting}
    fold = cutting.Folding({})
    missing = [
        (said, target)
        for said, targets in load(ROOT).synonyms.items()
        for target in targets
        if not set(cutting.cut(target.translate(fold))) <= known
    ]
    assert missing == []


def test_sounds() -> None:
    """读音：3755 个常用字都有，按词读的另记；繁体只收用得到的。"""
    of = sounds.table(["镕"])
    assert len(of) == 3756
    assert (of["女"], of["镕"]) == ("nv", "rong")
    assert sounds.polyphones(["去银行", "优待证"]) == {"银行": "yin hang"}
    assert sounds.traditional()["優"] == "优"


def test_traditional_characters() -> None:
    """繁体只带用得到的；网页上只写了繁体的，也照简体记。"""
    page = extract.Entry("banshi/a.html", "優待證", "", "", "", "", "國防")
    files = search.index([page], [], {}, "")
    old = str(files["old"]["old"])
    assert "優优" in old
    assert set(old[1::2]) == set("优国证")
    words = [part["w"] for part in files.values() if isinstance(part.get("w"), dict)]
    assert {word for each in words for word in each} == {"优待", "待证", "国防"}


def test_packed_postings_are_read_back(real_site: Path) -> None:
    """编号大的、隔得远的，脚本读出来还是原样：几千页以后的条文也找得到。"""
    posting = [(0, 0), (44, 90), (45, 1), (2_070, 5), (2_000_000, 90)]
    code = (ROOT / "docs/assets/search-find.js").read_text(encoding="utf-8")
    script = "const out = [];\n" + code[code.index("    function unpack") : code.index("    function bandAt")]
    script += "unpack(process.argv[1], (id, level) => out.push([id, level])); console.log(JSON.stringify(out))"
    node = shutil.which("node")
    if node is None:
        pytest.skip("没有 Node.js")
    packed = shards.packed(id_ * scoring.RADIX + level for id_, level in posting)
    done = subprocess.run([node, "-e", script, packed], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [list(each) for each in posting]


def test_rare_words_weigh_more() -> None:
    """少见的词分高，写在标题里的分高，长的页面分低。"""
    docs = [
        {"title": "优待证", "text": "办证"},
        {"title": "补办", "text": "优待证在哪里办证" * 9},
        {"title": "别的", "text": "办证"},
    ]
    found = {
        word: dict(divmod(each, scoring.RADIX) for each in posting)
        for word, posting in scoring.postings(enumerate(docs), {"title": 6.0, "text": 1.0})
    }
    assert found["优待"][0] > found["优待"][1]
    assert found["办证"].keys() == {0, 1, 2}
    assert found["补办"][1] > found["办证"][1]


def test_more_activities_do_not_change_the_guides(real_site: Path) -> None:
    """活动多了一倍，指南里每个词的级不变。"""
    site = load(ROOT)
    pages = extract.entries(site, real_site)
    more = [replace(each, url=each.url.replace(".html", "-2.html")) for each in pages if each.year]
    levels = []
    for written in (pages, sorted([*pages, *more], key=lambda each: each.urgency)):
        files = search.index(written, [], {}, "")
        guides = {id_ for id_, each in enumerate(written) if not each.year and each.section == "办事指南"}
        found = {word: posting for part in files.values() for word, posting in dict(part.get("w", {})).items()}
        levels.append({word: [one for one in unpacked(text) if one[0] in guides] for word, text in found.items()})
    assert {word: own for word, own in levels[0].items() if own} == {
        word: own for word, own in levels[1].items() if own
    }


def unpacked(text: str) -> list[tuple[int, int]]:
    """和脚本里的 unpack 一样。"""
    signs, found, id_ = iter(map(shards.SIGNS.index, text)), [], 0
    for sign in signs:
        step = 0
        while sign >= shards.DIGITS:
            step, sign = (step + sign - shards.DIGITS) * shards.DIGITS, next(signs)
        id_ += step + sign
        found.append((id_, next(signs)))
    return found


def test_a_word_lists_only_the_best() -> None:
    """哪页都有的词，只记分最高的几百页，照编号排。"""
    docs = [{"text": "国防" * (1 + i % 7) + "别的字" * (i % 11)} for i in range(900)]
    posting = dict(scoring.postings(enumerate(docs, 5), {"text": 1.0}))["国防"]
    assert len(posting) == scoring.LONGEST
    assert [*posting] == sorted(posting)


def test_sizes(real_site: Path) -> None:
    """压缩以后：一份不过 10 KB；看到第一条结果以前，一共不过 45 KB，长的问句不过 60 KB。"""
    folder = real_site / search.FOLDER
    assert {path.name: zipped(path) for path in folder.iterdir() if zipped(path) > 10 * KB} == {}
    own = addresses(ROOT)
    base = [
        "search.html",
        own["site.css"],
        own["site.js"],
        own["search.js"],
        "assets/favicon.svg",
        "assets/search/core.js",
    ]
    always = sum(zipped(real_site / name) for name in base)
    questions = ("优待证", "优代证", "youdaizheng", "兵役法20条", "当兵", "退伍军人优待证丢了怎么补")
    for question in questions:
        read = set(asked(real_site, [question])[0]["read"])
        total = always + sum(zipped(folder / f"{name}.js") for name in read)
        assert total <= (60 if len(question) > 11 else 45) * KB, f"{question} {total / KB:.1f} KB"


def test_only_the_search_page_reads_the_index(real_site: Path) -> None:
    """别的页面不带搜索的脚本，也没有另外的内联脚本（第一屏后面的，是头里那一行）。"""
    for url in pages(real_site):
        html = (real_site / url).read_text(encoding="utf-8")
        scripts = {node.text() or node.attributes["src"] for node in page(real_site / url).css("script")}
        assert len(scripts) == (4 if url == "search.html" else 2), url
        assert ("SEARCH" in html) == (url == "search.html"), url


def test_the_same_pages_give_the_same_bytes(real_site: Path, tmp_path: Path) -> None:
    """同样的网页，再写一次，字节一样；以前的索引里多出来的，清掉。"""
    folder = tmp_path / "again"
    for url in pages(real_site):
        (folder / url).parent.mkdir(parents=True, exist_ok=True)
        (folder / url).write_bytes((real_site / url).read_bytes())
    (folder / search.FOLDER).mkdir(parents=True)
    (folder / search.FOLDER / "w999.js").write_text("", encoding="utf-8")
    search.write(load(ROOT), folder)
    names = {path.name for path in (real_site / search.FOLDER).iterdir()}
    assert {path.name for path in (folder / search.FOLDER).iterdir()} == names
    for name in (*(f"{search.FOLDER}/{name}" for name in names), "search.html"):
        assert (folder / name).read_bytes() == (real_site / name).read_bytes(), name


def test_one_edited_page_changes_few_files(real_site: Path) -> None:
    """改一页的一句话：编号没变，版本不变，用不到的各份一个字节不变。少一页，版本就变。"""
    site = load(ROOT)
    written, laws = extract.entries(site, real_site), extract.laws(site, real_site)
    edited = [*written]
    edited[7] = replace(written[7], text=written[7].text + "办证的窗口搬到一楼。")
    before, after = (search.index(pages, laws, site.synonyms, "") for pages in (written, edited))
    changed = [name for name in before if before[name] != after[name]]
    assert 1 <= len(changed) < len(before) / 3, (len(changed), len(before))
    assert before["core"]["v"] == after["core"]["v"] != search.index(written[1:], laws, {}, "")["core"]["v"]


@pytest.mark.parametrize(("name", "least"), [("tuned", 0.97), ("unseen", 0.95)])
def test_residents_find_the_page(real_site: Path, capsys: pytest.CaptureFixture[str], name: str, least: float) -> None:
    """居民的问法，答案在前三条里的有几成。unseen.yml 只看得数，不打开、不打印哪一条没找到。"""
    if shutil.which("node") is None:
        pytest.skip("没有 Node.js")
    count, three, one = recall.recall(real_site, name)
    with capsys.disabled():
        print(f"\n搜索 {name}：{count} 问，前三条里有答案的 {three:.3f}，第一条就是的 {one:.3f}")
    if three < least:
        pytest.fail(f"{name} 只有 {three:.3f}，不到 {least}")


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize(
    "banned", ["=>", r"\b(let|const|import|class)\s", "`", "innerHTML", r"\beval\b", "fetch\\(", "Function\\("]
)
def test_script_runs_in_old_browsers_and_strict_pages(name: str, banned: str) -> None:
    """ES5；不拼 HTML，不 eval，不联网。"""
    assert not re.search(banned, (ROOT / "docs/assets" / name).read_text(encoding="utf-8"))

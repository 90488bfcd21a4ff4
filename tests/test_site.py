"""真正的网站：整站严格生成一次，再看生成的网页和下载文件。"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, build
from html_pages import dead_links, ids, page, pages, text
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from macros.model import errors, load
from macros.model.calendar import by_rule, occasions
from macros.views.answers import answer
from macros.views.assets import addresses
from macros.views.figures import figure_of, with_unit
from macros.views.publications import releases


def test_shipped_data_has_no_error() -> None:
    """随项目发出去的数据和页面，检查没有错误。"""
    assert errors(load(ROOT).problems) == []


def test_every_page_is_built(real_site: Path) -> None:
    """每个 Markdown 页面都生成了网页，没有多余的。"""
    assert set(pages(real_site)) == load(ROOT).urls
    assert (real_site / "404.html").is_file()


def test_no_dead_link_or_anchor(real_site: Path) -> None:
    """宏写出的链接、锚点、下载、图片，个个有着落。"""
    assert dead_links(real_site) == []


def test_every_page_is_sound(real_site: Path) -> None:
    """每页一个 h1、标题不重名、有摘要、标题不跳级、没有重复的 id、没有漏出来的记号。"""
    titles: dict[str, str] = {}
    for url in pages(real_site):
        tree = page(real_site / url)
        assert len(tree.css("h1")) == 1, url
        title = text(tree, "title")[0]
        assert title not in titles, f"{url} 和 {titles.get(title)} 同名"
        titles[title] = url
        assert tree.css_first("html").attributes["lang"] == "zh-CN"
        assert len(tree.css_first("meta[name=description]").attributes["content"] or "") >= 10, url
        levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), f"{url} 标题跳级 {levels}"
        assert len(ids(tree)) == len(set(ids(tree))), f"{url} 有重复的 id"
        if "bianji-zhinan" not in url and "bianxie-yangli" not in url and "hong" not in url:
            assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|Traceback", text(tree, "main")[0]), url
        assert not tree.css("[style]"), f"{url} 有内联样式"
        policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
        for script in tree.css("script:not([src])"):
            digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, f"{url} 的内联脚本不在 CSP 里"


def test_tables_can_be_read_aloud(real_site: Path) -> None:
    """每张表有标题和表头。"""
    for url in pages(real_site):
        for table in page(real_site / url).css("main table"):
            caption = table.css_first("caption") or (table.parent and table.parent.css_first("figcaption, caption"))
            assert caption and caption.text().strip(), f"{url} 有表没有标题"
            assert table.css("th"), f"{url} 有表没有表头"


def test_pages_ask_no_other_host(real_site: Path) -> None:
    """页面只用自己站里的样式、脚本和图片。"""
    for url in [*pages(real_site), "404.html"]:
        for node in page(real_site / url).css("link[rel=stylesheet], link[rel=icon], script[src], img[src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            assert not re.match(r"(https?:)?//", target), f"{url} 用了 {target}"


def test_demonstration_is_marked_on_every_page(real_site: Path) -> None:
    """演示的网站，每页都写着演示。"""
    for url in [*pages(real_site), "404.html"]:
        assert "演示内容，不代表任何真实乡镇" in (page(real_site / url).body.text()), url


@pytest.mark.parametrize("name", sorted(load(ROOT).laws.texts))
def test_law_pages_are_verbatim(real_site: Path, name: str) -> None:
    """一部法一页：每条有固定锚点 art-条号，文字和正文一字不差，章是标题。"""
    law = load(ROOT).laws.texts[name]
    tree = page(real_site / f"xuexi/falv/{law.slug}.html")
    for number, words in law.articles.items():
        article = tree.css_first(f"#art-{number}")
        assert article is not None, number
        assert "\n".join(p.text() for p in article.css("p:not(.step)")) == words, number
    assert [node.text() for node in tree.css("h2[id^=ch-]")] == [chapter.title for chapter in law.chapters]


@pytest.mark.parametrize(
    ("slug", "said"),
    [("guofang-dongyuan-fa", "只有一个来源，没有第二套全文可以对照。"), ("bingyi-fa", "两套全文一致。")],
)
def test_law_pages_say_when_and_with_what_they_were_compared(real_site: Path, slug: str, said: str) -> None:
    """法律页写着上次核对是哪天，和几个来源对过。"""
    day = next(law.source.reviewed for law in load(ROOT).laws.texts.values() if law.slug == slug)
    (shown,) = text(page(real_site / f"xuexi/falv/{slug}.html"), "dl.provenance")
    assert f"{day.year}年{day.month}月{day.day}日逐条核对，{said}" in shown


def test_law_macro_gives_full_name_article_and_text(real_site: Path) -> None:
    """引用一条：全称、中文条号、能点过去，条文在不用脚本的折叠里。"""
    tree = page(real_site / "xuexi/guofang-jiaoyu-ri.html")
    law = next(node for node in tree.css(".law") if "第十二条" in node.text())
    link = law.css_first("a")
    assert link.text() == "《中华人民共和国国防教育法》第十二条"
    assert link.attributes["href"] == "falv/guofang-jiaoyu-fa.html#art-12"
    assert law.css_first("details blockquote").text().strip() == "每年九月的第三个星期六为全民国防教育日。"


def test_every_figure_on_the_page_is_the_figure_in_the_data(real_site: Path) -> None:
    """年度页的表和 data/ 一样，一个指标一行。"""
    site = load(ROOT)
    for year in site.years:
        rows = {
            row.css_first("th").text(): row.css_first("td").text()
            for row in page(real_site / f"shuju/{year}.html").css("table.data tbody tr")
        }
        assert set(rows) == set(site.indicators)
        for name, indicator in site.indicators.items():
            value = figure_of(site, year, name)
            assert rows[name] == with_unit(value, indicator.unit) + (value.note or ""), (year, name)


def test_chart_table_and_sentence_agree(real_site: Path) -> None:
    """图里的数、表里的数、一句话结论是同一个数；图有标题和说明。"""
    for trend in page(real_site / "shuju/index.html").css(".trend"):
        svg = trend.css_first("svg")
        if svg is None:
            continue
        drawn = [node.text() for node in svg.css("text.value")]
        listed = [row.css_first("td").text() for row in trend.css("tbody tr")]
        assert drawn == listed
        assert all(value in svg.css_first("desc").text() for value in drawn)
        assert svg.css_first("title").text()
        assert drawn[-1] in trend.css_first(".finding").text()


def read_csv(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel 要靠 BOM 认 UTF-8"
    return list(csv.DictReader(io.StringIO(raw[3:].decode("utf-8"), newline="")))


def test_downloads_hold_the_same_numbers(real_site: Path) -> None:
    """CSV、JSON 和 data/ 的数一样；没有值的不写 0。"""
    site = load(ROOT)
    folder = real_site / "shuju/kaifang"
    every = json.loads((folder / "quanbu.json").read_text(encoding="utf-8"))
    assert len(every) == len(site.years) * len(site.indicators)
    for year in site.years:
        records = json.loads((folder / f"{year}.json").read_text(encoding="utf-8"))
        for record, row in zip(records, read_csv(folder / f"{year}.csv"), strict=True):
            value = figure_of(site, year, record["指标"])
            assert (record["值"], record["限定"], record["状态"]) == (value.count, value.qualifier, value.state)
            assert row["值"] == ("" if value.count is None else str(value.count))
            assert row["状态"] == (value.state or "")
    fields = {row["指标"] for row in read_csv(folder / "zidian.csv")}
    assert fields == set(site.indicators)


def test_withheld_figures_never_leave_the_house(real_site: Path) -> None:
    """不公开的指标，网页和下载里都没有数。"""
    site = load(ROOT)
    withheld = [name for name, indicator in site.indicators.items() if not indicator.public]
    assert withheld
    for record in json.loads((real_site / "shuju/kaifang/quanbu.json").read_text(encoding="utf-8")):
        if record["指标"] in withheld:
            assert (record["值"], record["状态"]) == (None, "不公开")


def test_calendar_days_fall_where_the_law_says(real_site: Path) -> None:
    """九月第三个星期六、清明、春节推算得对，页面上写着全日期。"""
    assert by_rule("九月第三个星期六", 2026).isoformat() == "2026-09-19"
    assert by_rule("九月第三个星期六", 2027).isoformat() == "2027-09-18"
    assert by_rule("清明", 2026).isoformat() == "2026-04-05"
    assert by_rule("清明", 2028).isoformat() == "2028-04-04"
    assert by_rule("春节", 2027).isoformat() == "2027-02-06"
    shown = page(real_site / "rili/2026.html").css_first("#guofang-jiaoyu-ri")
    assert shown.css_first("time").attributes["datetime"] == "2026-09-19"
    assert "2026年9月19日" in shown.text()


def test_a_year_without_an_announced_date_says_so(real_site: Path) -> None:
    """征兵日期每年另行公布：没有公布的年份写待公布，不沿用。"""
    calendar = load(ROOT).calendar
    assert calendar is not None
    pending = [each.day for each in occasions(calendar, 2027) if each.span is None]
    assert pending
    for day in pending:
        assert "待公布" in page(real_site / "rili/2027.html").css_first(f"#{day.id}").text()


def test_enough_real_content() -> None:
    """内容够不够开张：法律、问题页、标语、馆、展品、指南、活动、自测题。"""
    site = load(ROOT)
    assert len(site.laws.texts) >= 15
    assert len([p for p in site.pages if re.fullmatch(r"xuexi/[a-z-]+\.md", p.path)]) >= 16
    assert len([s for s in site.slogans if not s.end]) >= 24
    assert len(site.halls) == 3
    assert len(site.halls["shilicun"].exhibits) >= 12
    assert len(site.services) == 15
    assert len(site.activities) >= 12
    assert len(site.quiz) >= 20
    assert len(site.reading) >= 2
    assert {2020, 2021, 2022, 2023, 2024, 2025} <= set(site.years)


def test_report_facts_of_2020() -> None:
    """2020 年的数照报告：研究 4 次，视察不少于 2 次，社保接续 12 人；民兵和征兵的数不公开。"""
    site = load(ROOT)
    words = {name: figure_of(site, 2020, name).words for name in site.indicators}
    assert words["党委会研究次数"] == "4"
    assert words["人大代表视察次数"] == "不少于2"
    assert words["延续社会保险退役军人人数"] == "12"
    assert words["民兵人数"] == words["入伍人数"] == "不公开"
    assert words["村史馆投资"] == "待公布"
    assert not site.years[2020].demo
    assert all(site.years[year].demo for year in site.years if year != 2020)


def test_sitemap_lists_every_page(real_site: Path) -> None:
    """sitemap.xml 一页一条，用 township.yml 的网址，没有生成日期。"""
    site = load(ROOT)
    tree = ET.parse(real_site / "sitemap.xml").getroot()  # noqa: S314 自己刚生成的文件
    found = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert site.township and site.township.url
    base = site.township.url
    assert found == {base + url for url in site.urls}
    assert "lastmod" not in (real_site / "sitemap.xml").read_text(encoding="utf-8")


def test_theme_leftovers_are_removed(real_site: Path) -> None:
    """主题自带、没有用到的样式和脚本不发布。"""
    files = {path.relative_to(real_site).as_posix() for path in (real_site / "assets").rglob("*") if path.is_file()}
    ours = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs/assets").rglob("*") if path.is_file()}
    ours = {name for name in ours if not name.endswith((".css", ".js"))} | set(addresses(ROOT).values())
    assert ours <= files
    assert {name for name in files - ours if not name.startswith("assets/search")} == set()


def test_old_addresses_lead_to_the_new_ones(copy_site: Callable[..., Path]) -> None:
    """改过地址的页面，旧地址留着跳转页，相对路径，放到哪一层都对。"""
    root = copy_site()
    new = load(root).activities[0].url
    (root / "data/redirects.yml").write_text(f"shuangyong/jiu/lao-dizhi.html: {new}\n", encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    tree = page(root / "site/shuangyong/jiu/lao-dizhi.html")
    link = tree.css_first("a").attributes["href"] or ""
    assert (root / "site/shuangyong/jiu" / link).resolve() == (root / "site" / new).resolve()
    assert f'<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>' in (
        root / "site/shuangyong/jiu/lao-dizhi.html"
    ).read_text(encoding="utf-8")


def test_a_township_without_address_builds(unaddressed: Path) -> None:
    """没有网址：照样生成，没有 canonical，sitemap 是空的，检查给一条提醒。"""
    root = unaddressed
    assert page(root / "site/index.html").css_first("link[rel=canonical]") is None
    assert "<loc>" not in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert [p.what for p in load(root).problems] == ["没有填「网址」"]


def test_a_dead_anchor_is_said_in_chinese(copy_site: Callable[..., Path]) -> None:
    """链到没有的位置：生成停下，报在写它的那一行，一句中文，没有英文警告。"""
    root = copy_site()
    path = root / "docs/index.md"
    text_now = path.read_text(encoding="utf-8")
    path.write_text(text_now + "\n[甲](minbing/index.md#meiyou)\n\n[乙](#zheli)\n", encoding="utf-8")
    line = text_now.count("\n") + 2
    done = build(root)
    assert done.returncode == 1
    said = [each for each in done.stderr.splitlines() if "INFO" not in each]
    assert said[0].startswith(
        f"docs/index.md:{line}:1: 错误 链接「minbing/index.md#meiyou」的页面里没有 #meiyou 这个位置；"
    )
    assert said[1].startswith(f"docs/index.md:{line + 2}:1: 错误 链接「#zheli」的页面里没有 #zheli 这个位置；")
    assert len(said) == 3


def test_releases_are_told_by_themselves(copy_site: Callable[..., Path]) -> None:
    """更新记录照发布记录列：新的在上，新发的、改了的分开；撤下的、搬走的不列；没有发布过就说没有。"""
    root = copy_site()
    here = "guanyu/index.html"
    assert "还没有发布过。" in releases(load(root), here)
    rows = [("2026-10-01", "index.html"), ("2026-10-01", "banshi/index.html"), ("2026-10-01", "banshi/jiu.html")]
    rows += [("2026-11-01", "banshi/index.html"), ("2026-11-01", "biaoyu/index.html")]
    written = "".join(f"{url},{date},{'0' * 64},\n" for date, url in rows)
    (root / "data/published.csv").write_text(f"地址,日期,sha256,发稿日期\n{written}", encoding="utf-8")
    said = text(HTMLParser(releases(load(root), here)), "h3, p")
    titles = {page.url: page.title for page in load(root).pages}
    home, guides, slogans = (titles[url] for url in ("index.html", "banshi/index.html", "biaoyu/index.html"))
    assert said == [
        "2026年11月1日",
        f"新发布1页：{slogans}。",
        f"改了1页：{guides}。",
        "2026年10月1日",
        f"新发布2页：{home}、{guides}。",
    ]


def test_a_withdrawn_page_answers_nothing(copy_site: Callable[..., Path]) -> None:
    """撤下的页面不再列在常问的里面。"""
    root = copy_site()
    guide = root / "docs/banshi/yuyue-jiangjie.md"
    assert "约好时间和地点。" in answer(load(root), "banshi/index.html", "banshi/yuyue-jiangjie.md")
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("\n---\n", "\n撤下:\n  日期: 2026-11-20\n  原因: 停办\n---\n", 1), encoding="utf-8")
    assert answer(load(root), "banshi/index.html", "banshi/yuyue-jiangjie.md") == ""


LATE = """
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

config = load_config("mkdocs.yml", strict=True)
config.plugins.on_startup(command="build", dirty=False)
page = Path("docs/xuexi/lai-chi-le.md")
config.plugins.events["pre_build"].append(lambda **_: page.write_text("# 来迟了\\n", encoding="utf-8"))
build(config)
"""


def test_a_page_saved_in_the_middle_of_a_build_is_told(copy_site: Callable[..., Path]) -> None:
    """读完数据以后、生成网页以前，又存了一页。"""
    done = subprocess.run([sys.executable, "-c", LATE], cwd=copy_site(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs/xuexi/lai-chi-le.md:1:1: 错误 生成的中途多了这一页；再做一次" in done.stderr
    assert "Traceback" not in done.stderr

"""打印：一份指南两张 A4，有依据、有网址，没有菜单；标语印出来字够大。"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from paper import info, run
from playwright.sync_api import Browser, Page

from browser.looks import KINDS, Mode, Visit, on_paper, opened
from macros.model import load
from macros.model.numerals import article_number

SITE = load(ROOT)
RADICALS = str.maketrans("⺠⻔戶⻓⻅⻋⻚⻛⻢⺟⻄⻝⻆⻘⻉⻜⻩⻬", "民门户长见车页风马母西食角青贝飞黄齐")
GUIDES = sorted(SITE.services)
OFTEN = ("yingzheng-baoming", "jiuye-xinxi")  # 没有脚本、长者的，平常只印最长的两份
SOME = [pytest.param(name, marks=() if name in OFTEN else pytest.mark.full) for name in GUIDES]
A4 = [595, 842]  # 点


def printed(tab: Page, folder: Path) -> Path:
    """用页面自己的打印样式印成 PDF。"""
    path = folder / "paper.pdf"
    tab.pdf(path=path, prefer_css_page_size=True)
    return path


def text(paper: Path) -> str:
    return plain(run("pdftotext", "-raw", paper, "-"))


def plain(words: str) -> str:
    """去掉换行和空格；PDF 里有些字写成了同形的部首（⼈、⻔），换回来。"""
    return unicodedata.normalize("NFKC", "".join(words.split())).translate(RADICALS)


def check_guide(paper: Path, name: str) -> None:
    """依据、每个问题的答案、网址都在，菜单和按钮不在。"""
    words = text(paper)
    service = SITE.services[name]
    for citation in service.basis:
        law = SITE.laws.full_name(citation.law)
        assert plain(f"《{law}》{article_number(citation.article)}") in words
    for question in service.questions:
        assert plain(question.answer) in words
    assert SITE.township and SITE.township.url
    assert f"{SITE.township.url}banshi/{name}.html" in words
    for chrome in ("跳到正文", "长者模式", "普通模式", "全部栏目", "读给我听", "隐私说明", "本页内容"):
        assert chrome not in words


@pytest.fixture(scope="module")
def scriptless(browser: Browser, served: str) -> Iterator[Visit]:
    with opened(browser, served, "404.html", Mode(script=False)) as visit:
        yield visit


@pytest.fixture(scope="module")
def elder(browser: Browser, served: str) -> Iterator[Visit]:
    """记住了长者模式的手机。"""
    with opened(browser, served, "404.html", Mode(elder=True)) as visit:
        yield visit


def two_sheets(visit: Visit, name: str, folder: Path) -> None:
    visit.go(f"banshi/{name}.html")
    paper = printed(visit.tab, folder)
    about = info(paper)
    assert int(about["Pages"]) <= 2
    assert [round(float(side)) for side in about["MediaBox"].split()[2:]] == A4
    check_guide(paper, name)


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_prints_on_two_sheets(phone: Visit, name: str, tmp_path: Path) -> None:
    """每份指南不超过两张 A4。"""
    two_sheets(phone, name, tmp_path)


@pytest.mark.parametrize("name", SOME)
def test_a_guide_prints_without_script(scriptless: Visit, name: str, tmp_path: Path) -> None:
    """没有脚本也一样。"""
    two_sheets(scriptless, name, tmp_path)


@pytest.mark.parametrize("name", SOME)
def test_large_type_prints_large(elder: Visit, name: str, tmp_path: Path) -> None:
    """长者模式印出来正文不小于 16 磅，什么都不少，也不印到纸外面；张数不限。"""
    elder.go(f"banshi/{name}.html")
    check_guide(printed(elder.tab, tmp_path), name)
    elder.tab.emulate_media(media="print")
    points = elder.tab.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize) * .75")
    assert points >= 16
    assert on_paper(elder.tab) == []


@pytest.mark.parametrize("query", ["", "?today=2026-12-13"], ids=["plain", "solemn"])
@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
def test_paper_is_white_and_ink_is_black(browser: Browser, served: str, elder: bool, query: str) -> None:
    """手机是深色的，印出来也是白底黑字。"""
    with opened(browser, served, KINDS["guide"], Mode(dark=True, elder=elder, query=query)) as visit:
        visit.tab.emulate_media(media="print", color_scheme="dark")
        for selector in ("body", "main p", ".place", ".admonition"):
            style = visit.tab.evaluate(
                "s => { const c = getComputedStyle(document.querySelector(s)); return [c.color, c.backgroundColor]; }",
                selector,
            )
            assert style[0] == "rgb(0, 0, 0)", selector
            assert style[1] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), selector


def test_a_slogan_prints_like_a_poster(browser: Browser, served: str, tmp_path: Path) -> None:
    """标语印出来不小于 30 磅，黑字白底，出处跟着，没有按钮。"""
    with opened(browser, served, KINDS["slogans"]) as visit:
        visit.tab.emulate_media(media="print")
        style = visit.tab.evaluate("""() => {
          const words = getComputedStyle(document.querySelector(".slogan .words"));
          const card = getComputedStyle(document.querySelector(".slogan"));
          return [parseFloat(words.fontSize) * .75, words.color, card.borderTopStyle];
        }""")
        assert style[0] >= 30
        assert style[1:] == ["rgb(0, 0, 0)", "double"]
        words = text(printed(visit.tab, tmp_path))
    assert plain("出处：") in words
    assert "复制标语" not in words


@pytest.mark.parametrize("kind", ["law", "figures", "hall", "calendar", "activity", "study"])
def test_other_pages_print_without_chrome(phone: Visit, kind: str, tmp_path: Path) -> None:
    """别的页面也印得出来：有标题、有网址，没有菜单。"""
    phone.go(KINDS[kind])
    words = text(printed(phone.tab, tmp_path))
    assert SITE.township and SITE.township.url
    assert f"{SITE.township.url}{KINDS[kind]}" in words
    assert "跳到正文" not in words
    assert "全部栏目" not in words


def test_closed_articles_are_printed(browser: Browser, real_site: Path, tmp_path: Path) -> None:
    """收起来的条文，纸上是展开的（从 U 盘打开也一样）。"""
    with opened(browser, real_site.as_uri() + "/", KINDS["study"]) as visit:
        words = text(printed(visit.tab, tmp_path))
    assert plain(SITE.laws.texts["军事设施保护法"].articles["17"]) in words


@pytest.mark.parametrize("kind", ["home", "hall", "calendar"])
def test_paper_does_not_say_today(phone: Visit, kind: str, tmp_path: Path) -> None:
    """纸上不写今天开不开、还有几天：印出来就过时了。一周的时间和日期都在。"""
    phone.go(f"{KINDS[kind]}?today=2026-11-24T10:00")
    words = text(printed(phone.tab, tmp_path))
    for stale in ("今天开放", "今天已经", "还有10天", "已过"):
        assert stale not in words
    for lasting in {"calendar": ["2026年12月4日"]}.get(kind, ["星期一闭馆", "14:00"]):
        assert lasting in words

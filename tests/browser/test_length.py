"""一页不比它的答案长：手机上量高矮，折叠的点得开、印得出，目录点了就到，先看到的是答案。"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, build, copy
from html_pages import text as words_of
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from browser.looks import KINDS, PLAIN, Mode, opened, problems
from browser.test_print import plain, text
from macros.model import load
from macros.model.slogans import CATEGORIES

SITE = load(ROOT)
TALL_PHONE = {"width": 390, "height": 844}
YEAR_HEIGHT = 4000
AUTUMN = "?today=2026-11-24T10:00"
NO_SCRIPT = Mode(script=False)


def height(tab: Page) -> int:
    found: int = tab.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom + scrollY)")
    return found


def printed(tab: Page, folder: Path) -> str:
    pdf = folder / "page.pdf"
    pdf.write_bytes(tab.pdf(prefer_css_page_size=True))
    return text(pdf)


# ---- 年度数据 ----


@pytest.mark.parametrize("mode", [PLAIN, NO_SCRIPT], ids=["script", "no-script"])
@pytest.mark.parametrize("year", sorted(SITE.years))
def test_a_year_of_figures_is_short(browser: Browser, served: str, year: int, mode: Mode) -> None:
    """一年的数在手机上不过 4,000 像素。"""
    with opened(browser, served, f"shuju/{year}.html", mode, TALL_PHONE) as visit:
        assert visit.tab.locator("table.data").count() >= 5
        assert height(visit.tab) <= YEAR_HEIGHT


@pytest.mark.parametrize("mode", [PLAIN, NO_SCRIPT], ids=["script", "no-script"])
def test_folded_figures_open_and_print(browser: Browser, served: str, mode: Mode, tmp_path: Path) -> None:
    """2020年：没有公布的、口径收着，点一下就有；印出来每个指标的数和口径都在。"""
    with opened(browser, served, "shuju/2020.html", mode, TALL_PHONE) as visit:
        tab = visit.tab
        for summary, inside in (("还没有公布的", "走访慰问户次"), ("每个数怎么数", "统计期：")):
            fold = tab.locator("details", has=tab.locator(f"summary:has-text('{summary}')"))
            assert not fold.get_by_text(inside).first.is_visible()
            fold.locator("summary").click()
            assert fold.get_by_text(inside).first.is_visible()
            fold.locator("summary").click()
        paper = printed(tab, tmp_path)
        assert tab.locator("details[open]").count() == 0
    for name, indicator in SITE.indicators.items():
        assert plain(name) in paper
        assert plain(indicator.definition) in paper


def test_old_browsers_print_what_is_folded(browser: Browser, served: str) -> None:
    """不认识 ::details-content 的浏览器：印以前脚本把折叠的都展开，印完收回去。"""
    with opened(browser, served, "shuju/2020.html") as visit:
        folds = visit.tab.locator("main details")
        assert folds.count() == 2
        visit.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert visit.tab.locator("main details[open]").count() == 2
        visit.tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert visit.tab.locator("main details[open]").count() == 0


# ---- 目录 ----


def jumps(tab: Page, contents: str) -> list[str]:
    """目录里点每一条，都落到看得见的地方；返回各条的字。"""
    links = tab.locator(f"{contents} a").all()
    for link in links:
        link.click()
        target = tab.locator(":target")
        box = target.bounding_box()
        assert box
        assert -1 <= box["y"] < TALL_PHONE["height"]
    return [link.inner_text() for link in links]


def test_many_places_jump_by_village(browser: Browser, tmp_path: Path) -> None:
    """十二个窗口在三个村：上面三个链接，点了就到；一个村的挨在一起。五个不用。"""
    root = copy("publishable", tmp_path / "site")
    page = root / "docs/banshi/index.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n{{ places("拥军服务窗口") }}\n', encoding="utf-8")
    places = root / "data/places.yml"
    first = places.read_text(encoding="utf-8").rstrip("\n")
    for count, expected in ((5, []), (12, ["甲村", "乙村", "丙村"])):
        added = "".join(
            f"\n- 编号: chuangkou-{i}\n  名称: {'甲乙丙'[i % 3]}村第{i}个窗口\n  类别: 拥军服务窗口\n"
            f"  村: {'甲乙丙'[i % 3]}村\n  地址: 村便民服务点内\n  时间: 待公布\n  电话: 待公布\n"
            "  事项: 帮军人家庭和退役军人问事。\n  复核日期: 2026-11-20"
            for i in range(count)
        )
        places.write_text(f"{first}{added}\n", encoding="utf-8")
        done = build(root)
        assert done.returncode == 0, done.stdout + done.stderr
        for mode in (PLAIN, NO_SCRIPT):
            with opened(browser, (root / "site").as_uri() + "/", "banshi/index.html", mode, TALL_PHONE) as visit:
                assert jumps(visit.tab, "nav[aria-label='按村找']") == expected
                if mode is PLAIN:
                    assert problems(visit, PLAIN) == []
                villages = [each[0] for each in words_of(LexborHTMLParser(visit.tab.content()), ".places .name")]
                assert villages == sorted(villages, key="甲乙丙".index)
                assert len(villages) == count


@pytest.mark.parametrize("mode", [PLAIN, NO_SCRIPT], ids=["script", "no-script"])
def test_exhibits_have_an_index(browser: Browser, served: str, mode: Mode) -> None:
    """展品多的馆：上面有目录，一件不少，点了就到。"""
    hall = SITE.halls["shilicun"]
    with opened(browser, served, KINDS["hall"], mode, TALL_PHONE) as visit:
        assert jumps(visit.tab, "nav[aria-label='展品目录']") == [f"{each.id} {each.name}" for each in hall.exhibits]


def test_slogans_jump_by_category(browser: Browser, served: str) -> None:
    """标语一页很长：先列十个类别，点了就到。"""
    with opened(browser, served, KINDS["slogans"], NO_SCRIPT, TALL_PHONE) as visit:
        assert jumps(visit.tab, ".jump") == list(CATEGORIES)


# ---- 日历 ----


@pytest.mark.parametrize(
    ("today", "first", "folded"),
    [
        ("2026-11-24", "guojia-xianfa-ri", True),
        ("2026-12-04", "guojia-xianfa-ri", True),  # 就是今天，还在前面
        ("2026-09-10", "xiabannian-zhengbing", True),  # 正在进行
        ("2026-01-01", "baoming-jiezhi-shangbannian", False),
        ("2027-06-01", "baoming-jiezhi-shangbannian", False),  # 全年都过去了：照原样
    ],
)
def test_the_next_date_stands_first(browser: Browser, served: str, today: str, first: str, folded: bool) -> None:
    """下一个日子在最前；过去的收在下面，一个不少，点开看得到；庄重的不倒数。"""
    url = KINDS["calendar"]
    with opened(browser, served, url, NO_SCRIPT) as visit:
        every = visit.tab.locator(".dates > li").evaluate_all("nodes => nodes.map(node => node.id)")
    with opened(browser, served, f"{url}?today={today}", size=TALL_PHONE) as visit:
        tab = visit.tab
        shown = [item for item in tab.locator(".dates > li").all() if item.is_visible()]
        assert shown[0].get_attribute("id") == first
        fold = tab.locator(".year details")
        assert fold.count() == int(folded)
        if folded:
            assert not any("已过" in item.inner_text() for item in shown)
            assert fold.locator("summary").inner_text() == f"已经过去的{fold.locator('.dates > li').count()}个日子"
            fold.locator("summary").click()
            assert fold.locator(".dates > li").first.is_visible()
        both = tab.locator(".dates > li").evaluate_all("nodes => nodes.map(node => node.id)")
        assert sorted(both) == sorted(every)
        assert not re.search("还有", " ".join(tab.locator(".solemn").all_inner_texts()))
        assert visit.faults() == []


def test_a_link_to_a_past_date_opens_it(browser: Browser, served: str) -> None:
    """从搜索、二维码点到过去的日子：展开，看得见。"""
    with opened(browser, served, f"{KINDS['calendar']}{AUTUMN}#qingming", size=TALL_PHONE) as visit:
        box = visit.tab.locator("#qingming").bounding_box()
        assert box
        assert -1 <= box["y"] < TALL_PHONE["height"]


@pytest.mark.parametrize("mode", [PLAIN, NO_SCRIPT], ids=["script", "no-script"])
def test_the_calendar_is_printed_by_date(browser: Browser, served: str, mode: Mode, tmp_path: Path) -> None:
    """印出来照日期排，全年都在，不说哪些过去了；印完屏幕上照旧。"""
    with opened(browser, served, KINDS["calendar"] + AUTUMN, mode) as visit:
        before = visit.tab.inner_text("main")
        paper = printed(visit.tab, tmp_path)
        assert visit.tab.inner_text("main") == before
    days = [paper.index(day) for day in ("2026年2月17日", "2026年4月5日", "2026年8月1日", "2026年12月4日")]
    assert days == sorted(days)
    assert "已经过去" not in paper


def test_the_next_dates_lead_the_calendar(browser: Browser, served: str) -> None:
    """日历栏目的第一屏就是接下来的日子。"""
    with opened(browser, served, f"rili/index.html{AUTUMN}", size=TALL_PHONE) as visit:
        item = visit.tab.locator(".next li").filter(visible=True).first
        assert " ".join(item.inner_text().split()).endswith("国家宪法日 还有10天")
        box = item.bounding_box()
        assert box
        assert box["y"] + box["height"] < TALL_PHONE["height"] / 2


# ---- 先看到的是答案 ----


def test_an_activity_says_when_and_who_under_its_title(browser: Browser, served: str) -> None:
    """活动：标题下面就是日期和来源，页尾不再说一遍。"""
    with opened(browser, served, KINDS["activity"], size=TALL_PHONE) as visit:
        line = visit.tab.locator("h1 + .dateline")
        assert " ".join(line.inner_text().split()) == "2026-09-19 来源：示例镇党建办 演示"
        assert "来源" not in visit.tab.locator(".source-line").inner_text()


@pytest.mark.parametrize("name", sorted(SITE.services))
def test_a_guide_answers_on_the_first_screen(browser: Browser, served: str, name: str) -> None:
    """每份指南：先给的那句话和“去哪办”都在第一屏，在常用栏上面。"""
    with opened(browser, served, f"banshi/{name}.html", size=TALL_PHONE) as visit:
        dock = visit.tab.locator(".dock").bounding_box()
        assert dock
        for part in (".lead", ".tools .button.main"):
            box = visit.tab.locator(part).first.bounding_box()
            assert box
            assert box["y"] + box["height"] <= dock["y"]


def test_the_fallback_waits_for_the_script(browser: Browser, served: str) -> None:
    """没有脚本，日子都列着，不说接下来的待公布。"""
    with opened(browser, served, "index.html", NO_SCRIPT) as visit:
        assert not visit.tab.locator(".nothing").is_visible()


@pytest.mark.parametrize(
    "url", ["banshi/index.html", "xuexi/index.html", "shuangyong/index.html", "minbing/index.html"]
)
def test_a_section_leads_with_its_questions(browser: Browser, served: str, url: str) -> None:
    """栏目首页：第一屏就有常问的和答案，答案和那一页写的一样。"""
    with opened(browser, served, url, size=TALL_PHONE) as visit:
        answers = visit.tab.locator(".answer")
        box = answers.first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= TALL_PHONE["height"]
        found = [(each.locator("a").get_attribute("href"), each.inner_text()) for each in answers.all()]
        for href, said in found:
            question, answer = said.split("\n", 1)
            visit.tab.goto(served + url)
            visit.tab.locator(".answer a").get_by_text(question, exact=True).click()
            assert plain(answer) in plain(visit.tab.inner_text("main")), href


def test_questions_come_in_groups(browser: Browser, tmp_path: Path) -> None:
    """指南的常见问题写了组：同组的排在一起，有小标题；没写的在前面，没有小标题。"""
    root = copy("publishable", tmp_path / "site")
    guide = root / "data/services/yuyue-jiangjie.yml"
    text = guide.read_text(encoding="utf-8")
    head, _, rest = text.partition("常见问题:\n")
    questions = [("钱", "甲"), ("", "乙"), ("证件", "丙"), ("钱", "丁")]
    named = {group: f"\n    组: {group}" if group else "" for group, _ in questions}
    written = "".join(f"  - 问: {asked}？\n    答: 先问清楚。{named[group]}\n" for group, asked in questions)
    tail = re.sub(r"\A(?:  .*\n|- .*\n)+", "", rest)
    guide.write_text(f"{head}常见问题:\n{written}{tail}", encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    with opened(browser, (root / "site").as_uri() + "/", "banshi/yuyue-jiangjie.html", NO_SCRIPT) as visit:
        shown = visit.tab.locator("#wenda ~ h3, #wenda ~ details summary").all_inner_texts()
        assert shown == ["乙？", "钱", "甲？", "丁？", "证件", "丙？"]


def test_many_places_in_one_village_jump_by_name(browser: Browser, tmp_path: Path) -> None:
    """十二个窗口都在一个村：上面列的是各个窗口的名称，点了就到。"""
    root = copy("publishable", tmp_path / "site")
    page = root / "docs/banshi/index.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n{{ places("拥军服务窗口") }}\n', encoding="utf-8")
    added = "".join(
        f"\n- 编号: chuangkou-{i}\n  名称: 第{i}个窗口\n  类别: 拥军服务窗口\n  村: 甲村\n  地址: 村便民服务点内\n"
        "  时间: 待公布\n  电话: 待公布\n  事项: 帮军人家庭和退役军人问事。\n  复核日期: 2026-11-20\n"
        for i in range(12)
    )
    with (root / "data/places.yml").open("a", encoding="utf-8") as places:
        places.write(added)
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    with opened(browser, (root / "site").as_uri() + "/", "banshi/index.html", PLAIN, TALL_PHONE) as visit:
        assert jumps(visit.tab, "nav[aria-label='按名称找']") == [f"第{i}个窗口" for i in range(12)]
        assert problems(visit, PLAIN) == []

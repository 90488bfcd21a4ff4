"""居民的十件事：像人一样点，从首页起最多点三下，或者搜一次，答案就在眼前。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from browser.looks import opened

TAPS = 3
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 北京中午12点


class Resident:
    """一个拿着手机的居民。点了几下都数着；只能点看得见的。"""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.taps = 0

    def tap(self, words: str, inside: str = "body") -> None:
        """点一个链接、按钮或者“看条文”。words 是它的名字，或者名字的一部分。"""
        place = self.tab.locator(inside)
        named = place.locator("a, button, summary").filter(has_text=words).filter(visible=True)
        assert named.count() > 0, f"看不到“{words}”"
        link = named.first.get_attribute("href") and named.first.get_attribute("download") is None
        with self.tab.expect_navigation() if link else nullcontext():
            named.first.tap()
        self.taps += 1
        assert self.taps <= TAPS, f"点了 {self.taps} 下"

    def search(self, asked: str) -> None:
        """在首页的搜索框里打字，点搜索。"""
        assert self.taps == 0, "搜索从首页开始"
        self.tab.get_by_role("searchbox").first.fill(asked)
        self.tab.get_by_role("button", name="搜索").first.tap()
        self.tab.wait_for_selector("#search-results:not([aria-busy]) a")

    def choose(self, url: str) -> None:
        """在前三条结果里点要的那一条。"""
        found = self.tab.locator("#search-results > li").all()[:3]
        links = [item.locator("a").first for item in found]
        right = [link for link in links if url in (link.get_attribute("href") or "")]
        assert right, f"前三条里没有 {url}：{[link.get_attribute('href') for link in links]}"
        with self.tab.expect_navigation():
            right[0].tap()

    def matching(self, *words: str) -> Locator:
        """正文里看得见的、这些话都在里面的块。"""
        found = self.tab.locator("main :is(p, li, dd, dl > div, tr, .place)").filter(visible=True)
        for each in words:
            found = found.filter(has_text=each)
        return found

    def reads(self, *words: str) -> None:
        """这些话在同一块里，看得见。"""
        assert self.matching(*words).count() > 0, f"页面上没有{words}"

    def first_screen(self, *words: str) -> None:
        """不用往下翻就看得见，也没有被下面的常用栏盖住。"""
        self.reads(*words)
        dock = self.tab.locator(".dock").bounding_box()
        assert dock
        boxes = [box for each in self.matching(*words).all() if (box := each.bounding_box())]
        fits = [box for box in boxes if box["y"] >= 0 and box["y"] + box["height"] <= dock["y"]]
        assert fits, f"{words} 不在第一屏：{boxes}"


@pytest.fixture
def resident(browser: Browser, served: str) -> Iterator[Resident]:
    size = {"width": 390, "height": 750}
    with opened(browser, served, "404.html", size=size, has_touch=True, is_mobile=True) as visit:
        visit.tab.clock.set_fixed_time(MONDAY)
        visit.tab.goto(served + "index.html")
        yield Resident(visit.tab)
        assert visit.faults() == []


def test_is_the_hall_open_on_monday_and_free_for_veterans(resident: Resident) -> None:
    """示例村村史馆星期一开不开，退役军人收不收钱：两下，今天的在第一屏。"""
    resident.tap("参观村史馆")
    resident.tap("示例村村史馆")
    resident.first_screen("星期一", "闭馆")
    resident.first_screen("免费", "退役军人")
    resident.reads("星期一", "闭馆", "星期二")


def test_may_a_graduate_of_23_enlist_and_where_to_register(resident: Resident) -> None:
    """23岁、本科毕业能不能当兵，在哪报名：一下。"""
    resident.tap("我要当兵")
    resident.first_screen("全国征兵网报名")
    resident.reads("普通高等学校毕业生", "24周岁")
    resident.reads("网上报名", "全国征兵网")
    resident.reads("示例镇人民武装部", "0000-0000002")


def test_where_to_apply_away_from_home(resident: Resident) -> None:
    """户口不在这里，优待证在哪申领：两下。"""
    resident.tap("退役军人办事")
    resident.tap("优待证", "main")
    resident.first_screen("不在户籍地常住", "常住地申请")


def test_away_from_home_by_search(resident: Resident) -> None:
    """同一件事，搜一次。"""
    resident.search("户口在外地怎么办优待证")
    resident.choose("banshi/youdaizheng.html")
    resident.reads("不在户籍地常住", "常住地申请")


def test_who_gets_the_plaque_and_when(resident: Resident) -> None:
    """光荣牌给谁家，什么时候挂、什么时候换：两下。"""
    resident.tap("退役军人办事")
    resident.tap("光荣牌", "main")
    resident.reads("家里有现役军人的")
    resident.reads("家里有退役军人的")
    resident.reads("悬挂", "建军节或者春节前")
    resident.reads("更换", "建军节或者春节前")


def test_how_often_the_committee_met_in_2020(resident: Resident) -> None:
    """2020年党委会研究了几次，怎么数的：三下。"""
    resident.tap("查年度数据")
    resident.tap("2020年", "main")
    resident.reads("党委会研究次数", "4次")
    resident.tap("每个数怎么数")
    defined = resident.tab.locator(".definitions > div").filter(has_text="党委会研究次数")
    assert defined.is_visible()
    assert "每季度" in resident.tab.inner_text("main")
    assert "统计期" in defined.inner_text()


def test_next_national_defence_education_day_into_my_calendar(resident: Resident, tmp_path: Path) -> None:
    """下一个全民国防教育日是哪天，放进手机日历：三下。"""
    resident.tap("看重要日子")
    resident.tap("2027年重要日子", "main")
    resident.reads("全民国防教育日", "2027年9月18日", "还有299天")
    with resident.tab.expect_download() as waiting:
        resident.tap("日历", "main")
    waiting.value.save_as(tmp_path / "rizi.ics")
    events = (tmp_path / "rizi.ics").read_text(encoding="utf-8").split("BEGIN:VEVENT")
    day = next(event for event in events if "全民国防教育日" in event)
    assert re.search(r"DTSTART;VALUE=DATE:20270918\b", day)


def test_law_on_damaging_a_memorial(resident: Resident) -> None:
    """破坏烈士纪念设施，哪部法第几条：三下，看到条文。"""
    resident.tap("学法律")
    resident.tap("破坏、污损烈士纪念设施", "main")
    law = resident.tab.locator(".law").filter(has_text="《中华人民共和国英雄烈士保护法》第二十八条").first
    law.scroll_into_view_if_needed()
    law.locator("summary").tap()
    assert resident.taps + 1 <= TAPS
    assert "破坏、污损英雄烈士纪念设施" in law.locator("blockquote").inner_text()


def test_law_on_damaging_a_memorial_by_search(resident: Resident) -> None:
    """同一件事，搜一次。"""
    resident.search("有人破坏烈士墓")
    resident.choose("xuexi/yinglie-baohu.html")
    resident.reads("《中华人民共和国英雄烈士保护法》第二十八条")


def test_may_i_photograph_inside_the_fence(resident: Resident) -> None:
    """围起来的军事禁区里能不能拍照，第几条：两下，答案在第一屏。"""
    resident.tap("学法律")
    resident.tap("军事禁区能不能拍照", "main")
    resident.first_screen("不能", "摄影")
    resident.first_screen("《中华人民共和国军事设施保护法》第十七条")


def test_may_i_photograph_by_search(resident: Resident) -> None:
    """同一件事，搜一次。"""
    resident.search("军事禁区可以拍照吗")
    resident.choose("xuexi/junshi-sheshi.html")
    resident.first_screen("不能", "摄影")


def test_a_slogan_for_the_village_wall(resident: Resident) -> None:
    """给村里的墙找一条标语，出处是哪部法，能不能做条幅：一下，往下翻就是。"""
    resident.tap("找标语")
    card = resident.tab.locator(".slogan").filter(has_text="出处：《").filter(has_text="条幅").first
    card.scroll_into_view_if_needed()
    assert card.is_visible()
    assert card.locator(".words").inner_text() == "公民应当依法服兵役"
    assert card.get_by_role("link", name="《征兵工作条例》第三条").is_visible()


def test_report_a_wrong_phone_number(resident: Resident) -> None:
    """电话写错了告诉谁：在哪一页都能一下走到，看到怎么说、找谁。"""
    resident.tap("退役军人办事")
    resident.tap("告诉我们", ".source-line")
    assert resident.tab.locator("h1").inner_text() == "意见建议和纠错"
    resident.first_screen("主办单位", "示例镇人民政府")
    resident.first_screen("意见和纠错电话")
    resident.reads("哪一页。")

"""只用键盘：先到“跳到正文”，先后和看到的一样，走到哪里看得见，不被下面的常用栏盖住。"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.looks import DESKTOP, KINDS, Mode, opened

# 走到的那一个：名字、位置、有没有焦点框、被什么盖住
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const seen = node.matches("#elder") ? node.nextElementSibling : node;
  const box = seen.getBoundingClientRect();
  const outline = getComputedStyle(seen);
  const dock = document.querySelector(".dock");
  const fixed = dock && getComputedStyle(dock).position === "fixed" && !dock.contains(node);
  const over = fixed && dock.checkVisibility() ? dock.getBoundingClientRect() : null;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    name: (node.getAttribute("aria-label") || seen.innerText || node.labels?.[0]?.innerText || "").trim(),
    covered: !!over && box.bottom > over.top + 1 && box.top < over.bottom - 1,
    hidden: !inside,
    ring: outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) >= 2,
  };
}"""
# 正文里依次要走到的
IN_TEXT = {
    "home": ["搜什么", "搜索", "我要当兵", "查年度数据", "服务站电话", "全部活动"],
    "guide": ["优待证有几种？", "没有通过，还能再申请吗？", "告诉我们"],
    "search": ["搜什么", "搜索", "网站地图"],
}
LANDSCAPE = {"width": 740, "height": 360}
PHONE_SHORT = {"width": 360, "height": 640}


def walk(tab: Page, most: int = 400) -> list[dict[str, Any]]:
    """从头按 Tab，走到回到开头为止。"""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        here = tab.evaluate(FOCUS)
        if here is None or (found and here["name"] == found[0]["name"]):
            return found
        found.append(here)
    raise AssertionError("走不完")


@pytest.mark.parametrize(
    ("kind", "view", "elder"),
    [
        pytest.param(
            kind,
            view,
            elder,
            id=f"{kind}-{name}-{'elder' if elder else 'plain'}",
            # 指南各种看法都走，别的平常走最挤的两种
            marks=()
            if kind == "guide" or (name, elder) in (("phone", True), ("landscape", False))
            else pytest.mark.full,
        )
        for kind in ("home", "guide", "search")
        for name, view in (("phone", PHONE_SHORT), ("desktop", DESKTOP), ("landscape", LANDSCAPE))
        for elder in (False, True)
    ],
)
def test_walk(browser: Browser, served: str, kind: str, view: dict[str, int], elder: bool) -> None:
    """一个一个走完首页、指南、搜索页：都有名字，都看得见，都有框，不被盖住。"""
    with opened(browser, served, KINDS[kind], Mode(elder=elder), view, reduced_motion="reduce") as visit:
        stops = walk(visit.tab)
        assert stops[0]["name"] == "跳到正文"
        names = [stop["name"] for stop in stops]
        assert all(names), names
        assert [stop["name"] for stop in stops if stop["covered"]] == []
        assert [stop["name"] for stop in stops if stop["hidden"]] == []
        assert [stop["name"] for stop in stops if not stop["ring"]] == []
        order = ["跳到正文", "示例镇国防教育专栏", "长者模式：字更大、更清楚", *IN_TEXT[kind], "无障碍声明", "网站地图"]
        order += ["首页", "办事", "村史馆", "日历", "全部"] if view["width"] < 960 else []
        rest = iter(names)
        assert all(any(name == each for each in rest) for name in order), names


def test_skip_link_lands_in_the_text(browser: Browser, served: str) -> None:
    """“跳到正文”看得见，按回车就到正文，下一个 Tab 是正文里的第一个链接。"""
    with opened(browser, served, KINDS["guide"]) as visit:
        tab = visit.tab
        skip = tab.locator(".skip")
        assert (skip.bounding_box() or {})["y"] < 0
        tab.keyboard.press("Tab")
        assert (skip.bounding_box() or {})["y"] >= 0
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main"
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_space_switches_large_type(browser: Browser, served: str) -> None:
    """走到长者模式，按空格，字变大；再按，变回来。"""
    with opened(browser, served, "index.html") as visit:
        tab = visit.tab
        for _ in range(20):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.id") == "elder":
                break
        size = "parseFloat(getComputedStyle(document.body).fontSize)"
        tab.keyboard.press("Space")
        assert tab.evaluate(size) >= 22
        tab.keyboard.press("Space")
        assert tab.evaluate(size) == 18


def test_details_open_with_the_keyboard(browser: Browser, served: str) -> None:
    """“看条文”用回车打开。"""
    with opened(browser, served, KINDS["study"]) as visit:
        tab = visit.tab
        summary = tab.locator(".law summary").first
        summary.focus()
        tab.keyboard.press("Enter")
        assert tab.locator(".law blockquote").first.is_visible()


def test_tabs_on_the_samples_page_work_without_a_mouse(browser: Browser, served: str) -> None:
    """编写样例的选项卡用方向键换，没有脚本也行。"""
    with opened(browser, served, KINDS["samples"], Mode(script=False)) as visit:
        tab = visit.tab
        tab.locator(".tabbed-set > input").first.focus()
        assert tab.locator(".tabbed-block").first.is_visible()
        tab.keyboard.press("ArrowRight")
        assert tab.locator(".tabbed-block").nth(1).is_visible()
        assert not tab.locator(".tabbed-block").first.is_visible()

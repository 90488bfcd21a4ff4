"""长者模式：字更大、更清楚；没有脚本、不让存、老浏览器都要管用。"""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from browser.looks import DESKTOP, KINDS, PHONE, PLAIN, Mode, opened, ruler

NO_STORAGE = 'Object.defineProperty(window, "localStorage", { get() { throw new Error("不让存"); } })'
# 页面上看得见的样子：几处的字号、颜色、栏数
LOOK = """() => ["body", "h1", ".top", ".elder label", ".doors", ".doors a", ".facts", ".kv > div", ".dock a"]
  .map(selector => document.querySelector(selector))
  .map(node => node && getComputedStyle(node))
  .map(style => style && [style.fontSize, style.color, style.backgroundColor, style.borderColor,
    style.gridTemplateColumns, style.minHeight])"""
# 颜色变量两两的对比度（WCAG 2 的算法）
CONTRAST = """pairs => {
  const style = getComputedStyle(document.documentElement);
  const light = name => {
    const probe = document.createElement("i");
    probe.style.color = style.getPropertyValue(name);
    document.body.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    probe.remove();
    const [r, g, b] = parts.map(c => c / 255).map(c => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  return pairs.map(([a, b]) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return [`${a} / ${b}`, (high + .05) / (low + .05)];
  });
}"""
TEXT_PAIRS = [
    [ink, paper] for ink, paper in itertools.product(("--ink", "--ink2", "--pine", "--brick"), ("--paper", "--card"))
] + [["--on-top2", "--top2"], ["--on-pine", "--pine"]]
EDGE_PAIRS = [["--ui", "--paper"], ["--focus", "--paper"]]


def size(tab: Page) -> float:
    """正文的字号。"""
    found: float = tab.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    return found


def press(tab: Page) -> None:
    tab.locator(".elder label").click()


def background(tab: Page) -> str:
    found: str = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


def without_has(room: BrowserContext) -> None:
    """装作不认识 :has 的老浏览器：整条规则作废，和真的一样。"""

    def strip(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r"[^{}]*:has\([^{}]*\{[^{}]*\}", "", answer.text())
        assert ":has(" not in text
        route.fulfill(response=answer, body=text)

    room.route("**/site.*.css", strip)


@pytest.mark.parametrize("kind", ["home", "hall", "guide"])
def test_works_by_style_alone(browser: Browser, served: str, kind: str) -> None:
    """没有脚本，点一下字就大，再点一下变回来；大字也不横着滚，按钮够大。"""
    with opened(browser, served, KINDS[kind], Mode(script=False)) as visit:
        assert size(visit.tab) == 18
        press(visit.tab)
        assert size(visit.tab) >= 22
        assert ruler(visit.tab, elder=True) == []
        assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 360
        press(visit.tab)
        assert size(visit.tab) == 18


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", ["home", "hall", "guide"])
def test_looks_the_same_with_and_without_script(
    browser: Browser, served: str, kind: str, view: dict[str, int], dark: bool
) -> None:
    """脚本记住的和样式自己认的，是同一个样子。"""
    looks: list[Any] = []
    for script in (True, False):
        with opened(browser, served, KINDS[kind], Mode(dark=dark, script=script), view) as visit:
            press(visit.tab)
            looks.append(visit.tab.evaluate(LOOK))
    assert looks[0] == looks[1]


def test_remembered_on_other_pages(browser: Browser, served: str) -> None:
    """在首页打开，到别的页还是大字；关掉，又都是平常的字。"""
    with opened(browser, served, "index.html") as visit:
        tab = visit.tab
        press(tab)
        tab.locator(".doors a").first.click()
        assert size(tab) >= 22
        assert tab.locator("#elder").is_checked()
        assert tab.locator(".elder label").inner_text() == "普通模式"
        tab.goto(served + KINDS["law"])
        assert size(tab) >= 22
        press(tab)
        assert size(tab) == 18
        tab.goto(served + KINDS["figures"])
        assert size(tab) == 18
        assert visit.faults() == []


def test_stores_nothing_else(browser: Browser, served: str) -> None:
    """设备上只存长者模式的开或关，没有 Cookie。"""
    with opened(browser, served, "index.html") as visit:
        tab = visit.tab
        assert tab.evaluate("Object.entries(localStorage)") == []
        press(tab)
        for url in (KINDS["quiz"], KINDS["search"] + "?q=优待证", KINDS["slogans"]):
            tab.goto(served + url)
        assert tab.evaluate("Object.entries(localStorage)") == [["elder", "1"]]
        press(tab)
        assert tab.evaluate("Object.entries(localStorage)") == [["elder", "0"]]
        assert tab.evaluate("sessionStorage.length") == 0
        assert tab.context.cookies() == []


def test_restored_before_the_first_paint(browser: Browser, served: str) -> None:
    """主要的脚本一直不来，第一眼也是大字：头里那一行先恢复了。"""
    with opened(browser, served, "index.html", Mode(elder=True)) as visit:
        visit.tab.route("**/site.*.js", lambda route: route.abort())
        visit.tab.goto(served + KINDS["guide"])
        assert visit.tab.evaluate("document.documentElement.className") == "E"
        assert size(visit.tab) >= 22


def test_storage_forbidden(browser: Browser, served: str) -> None:
    """浏览器不让存：没有报错，这一页照样能变大，别的功能照样有。"""
    with opened(browser, served, "index.html") as visit:
        visit.tab.add_init_script(NO_STORAGE)
        visit.tab.goto(served + "index.html?today=2026-11-23")
        press(visit.tab)
        assert size(visit.tab) >= 22
        assert "还有" in visit.tab.locator(".next").inner_text()
        assert visit.faults() == []


def test_browser_without_has(browser: Browser, served: str) -> None:
    """不认识 :has 的浏览器，有脚本：能变大，能记住；正文都在。"""
    with opened(browser, served, "index.html") as visit:
        without_has(visit.tab.context)
        visit.tab.goto(served + KINDS["guide"])
        assert size(visit.tab) == 18
        press(visit.tab)
        assert size(visit.tab) >= 22
        visit.tab.goto(served + KINDS["hall"])
        assert size(visit.tab) >= 22
        assert ruler(visit.tab, elder=True) == []
        assert visit.faults() == []


def test_control_is_named(browser: Browser, served: str) -> None:
    """每种页面都有这一个开关，名字说清做什么。404 页的字本来就是大的，不用开关。"""
    with opened(browser, served, "index.html") as visit:
        for kind, url in KINDS.items():
            visit.tab.goto(served + url)
            control = visit.tab.get_by_role("checkbox", name="长者模式：字更大、更清楚")
            assert control.count() == (0 if kind == "404" else 1), kind
        visit.tab.goto(served + KINDS["404"])
        assert size(visit.tab) >= 22


@pytest.mark.parametrize(
    ("mode", "text", "edge"),
    [
        (PLAIN, 4.5, 3),
        (Mode(dark=True), 4.5, 3),
        (Mode(elder=True), 7, 4.5),
        (Mode(elder=True, dark=True), 7, 4.5),
        (Mode(query="?today=2026-12-13"), 4.5, 3),
        (Mode(dark=True, query="?today=2026-12-13"), 4.5, 3),
    ],
    ids=["light", "dark", "elder", "elder-dark", "solemn", "solemn-dark"],
)
def test_contrast(browser: Browser, served: str, mode: Mode, text: float, edge: float) -> None:
    """字和底的对比：平常不小于 4.5，长者不小于 7；控件的边和焦点框不小于 3（4.5）。"""
    with opened(browser, served, "index.html", mode) as visit:
        low = [pair for pair in visit.tab.evaluate(CONTRAST, TEXT_PAIRS) if pair[1] < text]
        low += [pair for pair in visit.tab.evaluate(CONTRAST, EDGE_PAIRS) if pair[1] < edge]
        assert low == []


def test_dark_follows_the_system(browser: Browser, served: str) -> None:
    """深色跟着系统走，长者模式也有深色。"""
    with opened(browser, served, "index.html", Mode(dark=True)) as visit:
        assert background(visit.tab) == "rgb(15, 22, 18)"
        press(visit.tab)
        assert background(visit.tab) == "rgb(0, 0, 0)"
        visit.tab.emulate_media(color_scheme="light")
        assert background(visit.tab) == "rgb(255, 255, 255)"


def test_forced_colours_keep_the_words(browser: Browser, served: str) -> None:
    """系统强制配色时，首页的入口还有边框，焦点还看得见。"""
    with opened(browser, served, "index.html", forced_colors="active") as visit:
        door = visit.tab.locator(".doors a").first
        assert door.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"
        door.focus()
        visit.tab.keyboard.press("Tab")
        width = visit.tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2


def test_forced_colours_keep_the_marks(browser: Browser, served: str) -> None:
    """系统强制配色时，折叠的三角还是三角，标题不给看不见的砖缝留空。"""
    with opened(browser, served, KINDS["guide"], forced_colors="active") as visit:
        marks = visit.tab.evaluate("""() => {
          const side = getComputedStyle(document.querySelector("main summary"), "::before");
          return [side.borderTopColor, getComputedStyle(document.querySelector("article > h2")).paddingLeft];
        }""")
        assert marks == ["rgba(0, 0, 0, 0)", "0px"]

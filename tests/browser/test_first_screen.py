"""首页一屏：八个入口、日子、村史馆、电话、三条活动都在下面的常用栏上面，没有字伸到框外面。"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from browser.looks import KINDS, Mode, opened

TODAY = "?today=2026-11-24T10:00"
# 每个入口、每一块里，字有没有伸出去；入口有没有换行
SPILLS = """() => [...document.querySelectorAll(".doors a, .fact, .latest li")]
  .filter(box => box.checkVisibility())
  .filter(box => {
    const words = document.createRange();
    words.selectNodeContents(box);
    const edge = box.getBoundingClientRect().right;
    return [...words.getClientRects()].some(rect => rect.width > 2 && rect.right > edge + 1);
  })
  .map(box => box.innerText)"""
WRAPPED = """() => [...document.querySelectorAll(".doors a")]
  .filter(box => {
    const words = document.createRange();
    words.selectNodeContents(box.lastChild);
    const tops = [...words.getClientRects()].map(rect => rect.top);
    return Math.max(...tops) > Math.min(...tops) + 5;
  })
  .map(box => box.innerText)"""


@pytest.mark.parametrize("size", [(390, 750), (390, 844), (360, 740), (414, 896)])
def test_home_is_one_screen(browser: Browser, served: str, size: tuple[int, int]) -> None:
    view = {"width": size[0], "height": size[1]}
    with opened(browser, served, KINDS["home"], Mode(query=TODAY), view) as visit:
        last, dock = (visit.tab.locator(where).bounding_box() for where in (".latest .list", ".dock"))
        assert last
        assert dock
        assert last["y"] + last["height"] <= dock["y"]


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
@pytest.mark.parametrize("width", [320, 360, 390, 1440])
def test_no_words_spill_out(browser: Browser, served: str, width: int, elder: bool) -> None:
    view = {"width": width, "height": 800}
    with opened(browser, served, KINDS["home"], Mode(elder=elder, query=TODAY), view) as visit:
        assert visit.tab.evaluate(SPILLS) == []
        assert visit.tab.evaluate(WRAPPED) == []


@pytest.mark.parametrize("kind", ["calendar", "figures", "guide"])
def test_buttons_have_room_on_both_sides(browser: Browser, served: str, kind: str) -> None:
    """单独一行的按钮，字两边留空，和一排里的一样。"""
    with opened(browser, served, KINDS[kind]) as visit:
        sides = visit.tab.locator(".downloads a, a.button").evaluate_all(
            "nodes => nodes.map(node => parseFloat(getComputedStyle(node).paddingLeft))"
        )
        assert sides
        assert min(sides) >= 16


SHIFTS = """window.shifts = 0;
window.add = entries => entries.forEach(entry => { window.shifts += entry.value; });
window.watch = new PerformanceObserver(list => window.add(list.getEntries()));
window.watch.observe({ type: "layout-shift", buffered: true });"""
# 等到页面画出来
PAINTED = """() => new Promise(done =>
  new PerformanceObserver(list => list.getEntriesByName("first-contentful-paint").forEach(done))
    .observe({ type: "paint", buffered: true }))"""
# 再画两帧，把这以前跳了多少都算进来
SHIFTED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.add(window.watch.takeRecords());
  done(window.shifts);
})))"""


@pytest.mark.parametrize("size", [(390, 750), (390, 844), (1440, 900)])
@pytest.mark.parametrize("url", ["index.html", "cunshiguan/shilicun.html", "cunshiguan/index.html", "rili/2026.html"])
def test_nothing_jumps_when_the_script_comes_late(
    browser: Browser, served: str, url: str, size: tuple[int, int]
) -> None:
    """网慢，先看到页面，脚本后到：今天开不开、还有几天添上去，页面不跳。"""
    held: list[Route] = []
    view = {"width": size[0], "height": size[1]}
    with opened(browser, served, "404.html", size=view) as visit:
        visit.tab.add_init_script(SHIFTS)
        visit.tab.route("**/site.*.js", lambda route: held.append(route))
        visit.tab.goto(served + url + TODAY, wait_until="commit")
        visit.tab.evaluate(PAINTED)
        assert visit.tab.evaluate(SHIFTED) < 0.005
        assert visit.tab.locator("html[data-ready]").count() == 0
        held[0].continue_()
        visit.tab.locator("html[data-ready]").wait_for(state="attached")
        assert visit.tab.evaluate(SHIFTED) < 0.005


def test_dates_show_even_if_the_script_never_comes(browser: Browser, served: str) -> None:
    """脚本没取到：等不过四秒，完整的日期和一周的开放时间都出来。"""
    with opened(browser, served, "404.html") as visit:
        visit.tab.route("**/site.*.js", lambda route: route.abort())
        visit.tab.goto(served + "index.html")
        waits = visit.tab.evaluate("document.getAnimations().map(each => each.effect.getComputedTiming().endTime)")
        assert waits and max(waits) <= 4000
        visit.tab.evaluate("document.getAnimations().forEach(each => each.finish())")
        assert visit.tab.locator(".next li[data-end]").last.evaluate(
            "node => node.checkVisibility({visibilityProperty: true})"
        )
        assert visit.tab.locator(".today").is_visible()

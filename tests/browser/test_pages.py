"""从 U 盘（file://）打开、挂在子路径下、地址打错、关掉脚本：都能看。"""

from __future__ import annotations

from pathlib import Path

import pytest
from html_pages import page, pages
from playwright.sync_api import Browser

from browser.conftest import MOUNT
from browser.looks import DESKTOP, KINDS, Mode, opened

EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.full)], ids=["每种一页", "每一页"]
)


@EVERY
def test_pages_from_a_usb_stick(browser: Browser, real_site: Path, every: bool) -> None:
    """不要服务器，从 U 盘打开：没有报错，只读自己的文件，样式在，不横着滚。"""
    base = real_site.as_uri() + "/"
    with opened(browser, base, "404.html") as visit:
        for url in [url for url in pages(real_site) if every or url in KINDS.values()]:
            visit.tab.goto(base + url)
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 360, f"{url} 会横着滚"
            assert visit.tab.locator("#elder").get_attribute("class") == "clip"
        assert visit.faults() == []


# “本页内容”的字有多宽、框有多宽，平常的和长者的各量一次；没有显示出来是空的
ROOM = """() => [0, 1].map(() => {
  const toc = document.querySelector("nav.toc"), elder = document.getElementById("elder");
  const found = [elder.checked, toc.checkVisibility() ? [toc.scrollWidth, toc.clientWidth] : null];
  elder.click();
  return found;
})"""


@EVERY
def test_contents_are_not_cut_off(browser: Browser, real_site: Path, every: bool) -> None:
    """宽屏右边的“本页内容”：字再长也折行，不切掉；长者模式也一样。"""
    seen = {False: 0, True: 0}
    with opened(browser, real_site.as_uri() + "/", "index.html", size=DESKTOP) as visit:
        for url in pages(real_site) if every else KINDS.values():
            if not page(real_site / url).css("nav.toc"):
                continue
            visit.go(url)
            for elder, sizes in visit.tab.evaluate(ROOM):
                if sizes:
                    seen[elder] += 1
                    assert sizes[0] <= sizes[1], f"{url} 的本页内容切掉了字"
    assert min(seen.values()) > (30 if every else 3)


def test_walk_from_page_to_page_from_a_usb_stick(browser: Browser, real_site: Path) -> None:
    """从 U 盘打开，点着走：入口、上一级、栏目、下面的常用栏，都到得了。"""
    with opened(browser, real_site.as_uri() + "/", "index.html") as visit:
        tab = visit.tab
        tab.locator(".doors a", has_text="参观村史馆").click()
        tab.locator("main a", has_text="示例村村史馆").click()
        assert tab.locator("h1").inner_text() == "示例村村史馆"
        tab.locator(".crumbs a", has_text="村史馆").click()
        tab.locator(".dock a", has_text="办事").click()
        tab.locator("#sections a", has_text="年度数据").click()
        assert tab.locator("h1").inner_text() == "年度数据"
        tab.locator(".brand").click()
        assert tab.url == real_site.as_uri() + "/index.html"
        assert visit.faults() == []


def test_stays_inside_the_sub_path(browser: Browser, served: str) -> None:
    """挂在子路径下：每一页的站内链接都还在这个子路径里面。"""
    with opened(browser, served, "index.html") as visit:
        for url in ("index.html", "banshi/youdaizheng.html", "xuexi/falv/guofang-jiaoyu-fa.html", "search.html"):
            visit.tab.goto(served + url)
            paths = visit.tab.evaluate(
                "Array.from(document.links).filter(a => a.host === location.host).map(a => a.pathname)"
            )
            assert len(paths) > 15
            assert [path for path in paths if not path.startswith(MOUNT)] == []
        assert visit.faults() == []


def test_a_wrong_address_at_any_depth(browser: Browser, served: str) -> None:
    """地址打错了，不管在哪一层，都看得到一样的页面，不再要别的文件。"""
    with opened(browser, served, "404.html") as visit:
        right = visit.tab.screenshot()
        for wrong in ("meiyou.html", "xuexi/meiyou/zhege/dizhi.html"):
            visit.asked.clear()
            answer = visit.tab.goto(served + wrong)
            assert answer is not None
            assert answer.status == 404
            assert visit.tab.screenshot() == right
            assert visit.asked == [served + wrong]


def test_article_opens_without_script(browser: Browser, served: str) -> None:
    """关掉脚本，点开“看条文”，条文就出来；点法名，落到那一条。"""
    with opened(browser, served, "xuexi/guofang-jiaoyu-ri.html", Mode(script=False)) as visit:
        tab = visit.tab
        law = tab.locator(".law", has_text="第十二条").first
        assert not law.locator("blockquote").is_visible()
        law.locator("summary").click()
        assert law.locator("blockquote").inner_text().strip() == "每年九月的第三个星期六为全民国防教育日。"
        law.locator("a").click()
        assert tab.url.endswith("guofang-jiaoyu-fa.html#art-12")
        box = tab.locator("#art-12").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 740


def test_steps_between_articles(browser: Browser, served: str) -> None:
    """落到一条以后，点“下一条”“上一条”，关掉脚本也行。"""
    with opened(browser, served, "xuexi/falv/guofang-jiaoyu-fa.html#art-12", Mode(script=False)) as visit:
        tab = visit.tab
        tab.locator("#art-12 a", has_text="下一条").click()
        assert tab.url.endswith("#art-13")
        assert tab.locator("#art-13 .step").is_visible()
        assert not tab.locator("#art-12 .step a").first.is_visible()
        tab.locator("#art-13 a", has_text="上一条").click()
        assert tab.url.endswith("#art-12")


def test_quiz_without_script(browser: Browser, served: str) -> None:
    """自测不用脚本：点“看答案”，才有答案、解释、条文。"""
    with opened(browser, served, "xuexi/zice.html", Mode(script=False)) as visit:
        question = visit.tab.locator(".quiz > li").first
        assert not question.locator("details p").first.is_visible()
        question.locator("summary").click()
        assert question.locator("details p").first.is_visible()
        assert "依据：《" in question.inner_text()


def test_read_aloud_only_where_there_is_a_voice(browser: Browser, served: str) -> None:
    """浏览器会读，才有“读给我听”；不会读，没有这个按钮。读的时候能停。"""
    speak = """() => {
      const said = window.said = [];
      Object.defineProperty(window, "speechSynthesis", { value: {
        speaking: false,
        speak(part) { this.speaking = true; said.push(part); },
        cancel() { this.speaking = false; said.push("停"); },
      } });
      window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    }"""
    silent = '() => Object.defineProperty(window, "speechSynthesis", { value: undefined })'
    with opened(browser, served, "404.html") as visit:
        visit.tab.add_init_script(f"({speak})()")
        visit.tab.goto(served + "banshi/youdaizheng.html")
        button = visit.tab.locator("button.read")
        button.click()
        assert button.inner_text() == "停下"
        said = visit.tab.evaluate("said.map(part => [part.text, part.lang])")
        assert said[0][0].strip().startswith("我是退役军人")
        assert {lang for _, lang in said} == {"zh-CN"}
        assert not any("告诉我们" in text or "elder" in text for text, _ in said)
        button.click()
        assert button.inner_text() == "读给我听"
        assert visit.tab.evaluate("said[said.length - 1]") == "停"
        assert visit.faults() == []
    with opened(browser, served, "404.html") as visit:
        visit.tab.add_init_script(f"({silent})()")
        visit.tab.goto(served + "banshi/youdaizheng.html")
        assert not visit.tab.locator("button.read").is_visible()
        assert visit.faults() == []


def test_copying_a_slogan(browser: Browser, served: str) -> None:
    """“复制标语”复制的就是那一句。"""
    with opened(browser, served, "biaoyu/index.html", permissions=["clipboard-read", "clipboard-write"]) as visit:
        card = visit.tab.locator(".slogan").first
        card.locator("button").click()
        card.get_by_text("已复制").wait_for()
        copied = visit.tab.evaluate("navigator.clipboard.readText()")
        assert copied == card.locator(".words").inner_text()

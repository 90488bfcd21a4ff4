"""真的浏览器里搜索：两份问题的前三条、键盘、输入法、写坏的地址、没有脚本。

tests/search/tuned.yml 可以看着调；unseen.yml 只看得数，不打开、不打印哪一条没找到。
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Page

from macros.model.yamlfile import read_yaml

READY = "#search-results:not([aria-busy])"
LINKS = "#search-results a"
TYPE = """text => {
  const box = document.getElementById("search-q");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return Array.from(document.querySelectorAll("#search-results a"), link => link.getAttribute("href"));
}"""


class Tab:
    """打开着的搜索页；记下报错和弹窗。"""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))

    def open(self, query: str = "") -> Page:
        self.page.goto(self.address + query)
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def find(self, text: str) -> list[str]:
        found: list[str] = self.page.evaluate(TYPE, text)
        return found

    def status(self) -> str:
        return self.page.inner_text("[role=status]")


@pytest.fixture
def tab(browser: Browser, real_site: Path) -> Iterator[Tab]:
    """从 U 盘（file://）打开。"""
    opened = Tab(browser, (real_site / "search.html").as_uri(), viewport={"width": 390, "height": 844})
    yield opened
    assert opened.said == []
    opened.context.close()


@pytest.mark.parametrize(("name", "least"), [("tuned", 0.97), ("unseen", 0.93)])
def test_residents_find_the_page(tab: Tab, capsys: pytest.CaptureFixture[str], name: str, least: float) -> None:
    """居民的问法，答案在前三条里的有几成。"""
    tab.open()
    cases = read_yaml(ROOT / f"tests/search/{name}.yml", name).value
    right = sum(any(url in case["页"] for url in tab.find(case["问"])[:3]) for case in cases)
    with capsys.disabled():
        print(f"\n搜索 {name}：{len(cases)} 问，前三条里有答案的 {right}，{right / len(cases):.3f}")
    if right < least * len(cases):
        pytest.fail(f"{name} 只有 {right / len(cases):.3f}，不到 {least}")


def test_article_numbers(tab: Tab) -> None:
    """条号直接到那一条；只说第几条，各部法的那一条都给。"""
    tab.open()
    for text in (
        "兵役法20条",
        "兵役法第二十条",
        "《中华人民共和国兵役法》第２０条",
        "兵役法 第20",
        "兵役法20",
        "第二十条 兵役法",
    ):
        assert tab.find(text)[0] == "xuexi/falv/bingyi-fa.html#art-20", text
    assert tab.find("国教法第十二条")[0] == "xuexi/falv/guofang-jiaoyu-fa.html#art-12"
    assert tab.find("兵役法第二百条")[0] == "xuexi/falv/bingyi-fa.html"
    assert tab.find("英烈法")[0] == "xuexi/falv/yingxiong-lieshi-baohu-fa.html"
    bare = tab.find("第二十七条")
    assert "xuexi/falv/guofang-jiaoyu-fa.html#art-27" in bare
    assert all(url.endswith("#art-27") for url in bare[:8])
    tab.page.locator(LINKS).first.click()
    assert tab.page.url.endswith("#art-27")


def test_results_say_why_they_are_there(tab: Tab) -> None:
    """说几条；每条有标题、栏目、一段话，说到的词标出来；清空就都没了。"""
    page = tab.open("?q=" + quote("退伍 优待证"))
    assert page.input_value("#search-q") == "退伍 优待证"
    count = page.locator(LINKS).count()
    assert tab.status() == f"找到 {count} 条"
    first = page.locator("#search-results li").first
    assert first.locator("a").get_attribute("href") == "banshi/youdaizheng.html"
    assert first.locator(".meta").inner_text() == "办事指南"
    assert {"优待证"} <= set(first.locator("mark").all_inner_texts())
    assert tab.find("  ") == []
    assert tab.status() == ""
    assert not page.is_visible("#search-help")
    assert tab.find("龘龘 qwxzv") == []
    assert tab.status() == "没有找到"
    assert page.is_visible("#search-help")


def test_keyboard(tab: Tab) -> None:
    """回车到第一条；上下键、Tab 在各条之间走，走到头回搜索框。"""
    page = tab.open()
    page.focus("#search-q")
    page.keyboard.type("当兵")
    where = "document.activeElement.id || document.activeElement.getAttribute('href')"
    urls = [link.get_attribute("href") for link in page.locator(LINKS).all()]
    assert len(urls) >= 3
    page.keyboard.press("ArrowDown")
    assert page.evaluate(where) == urls[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(where) == urls[1]
    page.keyboard.press("Tab")
    assert page.evaluate(where) == urls[2]
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate(where) == "search-q"
    page.keyboard.press("Enter")
    assert page.evaluate(where) == urls[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + str(urls[0]))


def test_input_method(tab: Tab) -> None:
    """输入法还没选字就跟着变，选好以后是选好的结果。"""
    page = tab.open()
    page.focus("#search-q")
    keys = tab.context.new_cdp_session(page)
    for text in ("you", "you'dai", "you'dai'zheng"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    assert page.locator(LINKS).first.get_attribute("href") == "banshi/youdaizheng.html"
    page.keyboard.press("ArrowDown")
    keys.send("Input.insertText", {"text": "村史馆"})
    assert page.input_value("#search-q") == "村史馆"
    assert "cunshiguan/" in (page.locator(LINKS).first.get_attribute("href") or "")


@pytest.mark.parametrize(
    "query",
    [
        quote("<img src=x onerror=alert(1)>优待证"),
        quote('"><script>alert(1)</script>'),
        "%",
        "%E4%BC",
        "%ED%A0%80",
        "+++优待证",
        quote("__proto__ constructor toString valueOf"),
        quote("🪖🎖️👩🏽‍✈️优待证"),
        quote(".*(\\[^$|?+{}优待"),
        quote("优" * 3000),
        quote("\u0000\u202e\ufeff优待证"),
    ],
)
def test_broken_addresses(tab: Tab, query: str) -> None:
    """地址里写什么都只当文字：不报错、不弹窗、不生出别的节点。"""
    page = tab.open(f"?q={query}")
    assert page.locator("#search-results img, #search-results script").count() == 0
    assert tab.status()


def test_odd_input(tab: Tab) -> None:
    """一万个字、半个表情符号、满屏的标点，都不报错，还能接着搜。"""
    page = tab.open()
    for text in ("优待证" * 3334, "\\ud83d", "\\ude00\\ude00优", "第" * 10000, "a" * 10000, "０" * 500, "，。？！"):
        page.evaluate(f"({TYPE})(JSON.parse('\"{text}\"'))")
    assert tab.find("优待证")[0] == "banshi/youdaizheng.html"


def test_loading_does_not_lose_the_place(tab: Tab) -> None:
    """后面的索引还在读，已经走到结果上的人不会被甩开。"""
    page = tab.page
    page.goto(tab.address + "?q=" + quote("优待证"))
    page.focus(LINKS)
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "banshi/youdaizheng.html"


def test_address_follows_and_the_box_in_the_header_leads_here(browser: Browser, served: str) -> None:
    """放在网站上：别的页的搜索框带着问题过来；接着改，地址跟着变，刷新还在。"""
    tab = Tab(browser, f"{served}search.html", viewport={"width": 1280, "height": 800})
    page = tab.page
    page.goto(f"{served}banshi/youdaizheng.html")
    page.fill("header input[name=q]", "村史馆")
    page.press("header input[name=q]", "Enter")
    page.wait_for_selector(READY, state="attached")
    assert page.url == f"{served}search.html?q={quote('村史馆')}"
    assert "cunshiguan/" in (page.locator(LINKS).first.get_attribute("href") or "")
    tab.find("光荣牌 怎么换")
    assert page.url == f"{served}search.html?q={quote('光荣牌 怎么换')}"
    page.reload()
    assert page.input_value("#search-q") == "光荣牌 怎么换"
    tab.find("")
    assert page.url == f"{served}search.html"
    assert tab.said == []
    tab.context.close()


def test_without_script(browser: Browser, real_site: Path) -> None:
    """没有脚本：说清楚不能搜索，网站地图全在。"""
    tab = Tab(browser, (real_site / "search.html").as_uri(), java_script_enabled=False)
    tab.page.goto(tab.address)
    assert tab.page.is_visible("noscript .notice")
    assert tab.page.locator(".site-map a").count() > 80
    assert tab.page.is_visible(".site-map a >> text=优待证")
    tab.context.close()


def test_missing_parts_do_not_stop_the_search(browser: Browser, real_site: Path) -> None:
    """后面几份读不到（断网、拷漏了），第一份照样能搜。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    tab.page.route("**/assets/search/laws.js", lambda route: route.abort())
    tab.page.route("**/assets/search/tables.js", lambda route: route.abort())
    tab.open()
    assert tab.find("优待证")[0] == "banshi/youdaizheng.html"
    assert tab.find("兵役法20条")[0] == "xuexi/falv/bingyi-fa.html"
    tab.context.close()


def test_notes_do_not_run_into_the_words_before(tab: Tab) -> None:
    """另起一行的小字，在摘录里和前面的链接隔开。"""
    page = tab.open("?q=" + quote("优待证在外地怎么办"))
    texts = [item.inner_text() for item in page.locator("#search-results li", has_text="办事指南").all()]
    assert texts
    assert not any("优待证优待证" in text for text in texts)

"""真的浏览器里搜索：键盘、输入法、写坏的地址、没有脚本、少了几份索引。找得准不准在 test_search.py。"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import ROOT, build, copy, edit
from playwright.sync_api import Browser, Page, Route

READY = "#search-results:not([aria-busy])"
LINKS = "#search-results a"
PARTS = "**/assets/search/*.js*"
TYPE = """async text => {
  const box = document.getElementById("search-q"), list = document.getElementById("search-results");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  while (list.hasAttribute("aria-busy")) {
    await new Promise(done => new MutationObserver(done).observe(list, { attributes: true }));
  }
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


def test_an_article_asked_by_number_is_not_held_up(browser: Browser, served: str) -> None:
    """只要 core 就画出那一条；别的各份以后才取，取齐了都在。"""
    tab = Tab(browser, f"{served}search.html")
    page, held = tab.page, list[Route]()
    page.route(WORDS, lambda route: held.append(route))
    page.goto(tab.address + "?q=" + quote("兵役法20条"), wait_until="commit")
    page.wait_for_selector(LINKS)
    assert [each.get_attribute("href") for each in page.locator(LINKS).all()] == ["xuexi/falv/bingyi-fa.html#art-20"]
    page.route(WORDS, lambda route: route.continue_())
    while held:
        held.pop().continue_()
    page.wait_for_selector(READY, state="attached")
    assert page.locator(LINKS).count() > 4
    tab.context.close()


def test_a_key_is_answered_at_once(tab: Tab) -> None:
    """索引都取到了，打完一个字，头几条已经换好；摘录都填上。"""
    page = tab.open("?q=" + quote("优待证"))
    tab.find("光荣牌")
    now = """text => {
      const box = document.getElementById("search-q");
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      return Array.from(document.querySelectorAll("#search-results a"), each => each.getAttribute("href"));
    }"""
    shown = page.evaluate(now, "优待证")
    assert shown == tab.find("优待证")[: len(shown)]
    assert len(shown) > 3
    page.wait_for_selector(READY, state="attached")
    assert all(page.locator("#search-results p").all_inner_texts()[:4])


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
    page.wait_for_selector(READY, state="attached")
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


def test_enter_waits_for_the_new_results(browser: Browser, served: str) -> None:
    """新的结果还在取，原来的还在，就按了回车：等新的到了，到新的第一条。又接着打字的、走开了的，不拉过去。"""
    tab = Tab(browser, f"{served}search.html")
    page, held = tab.open("?q=" + quote("当兵")), list[Route]()
    where = "document.activeElement.id || document.activeElement.getAttribute('href')"

    def ask(text: str) -> None:
        page.route(PARTS, lambda route: held.append(route))
        old = page.locator(LINKS).first.get_attribute("href")
        page.fill("#search-q", text)
        page.press("#search-q", "Enter")
        assert page.evaluate(where) == "search-q"
        assert page.locator(LINKS).first.get_attribute("href") == old

    def arrive() -> None:
        page.route(PARTS, lambda route: route.continue_())  # 后登记的先用
        while held:
            held.pop().continue_()
        page.wait_for_selector(READY, state="attached")

    ask("搪瓷缸")
    arrive()
    assert page.evaluate(where) == page.locator(LINKS).first.get_attribute("href") == "cunshiguan/shilicun.html"
    ask("防空警报")
    page.locator("#search-q").press_sequentially("试鸣")
    arrive()
    assert page.evaluate(where) == "search-q"
    ask("下半旗")
    page.focus("header a")
    arrive()
    assert page.evaluate("document.activeElement.closest('#search-results')") is None
    tab.context.close()


def test_input_method(tab: Tab) -> None:
    """输入法还没选字就跟着变，选好以后是选好的结果。"""
    page = tab.open()
    page.focus("#search-q")
    keys = tab.context.new_cdp_session(page)
    for text in ("you", "you'dai", "you'dai'zheng"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_selector(READY, state="attached")
    assert page.locator(LINKS).first.get_attribute("href") == "banshi/youdaizheng.html"
    page.keyboard.press("ArrowDown")
    keys.send("Input.insertText", {"text": "村史馆"})
    assert page.input_value("#search-q") == "村史馆"
    page.wait_for_selector(READY, state="attached")
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
    page.wait_for_url(f"{served}search.html?q={quote('村史馆')}")
    assert "cunshiguan/" in (page.locator(LINKS).first.get_attribute("href") or "")
    tab.find("光荣牌 怎么换")
    page.wait_for_url(f"{served}search.html?q={quote('光荣牌 怎么换')}")
    page.reload()
    assert page.input_value("#search-q") == "光荣牌 怎么换"
    tab.find("")
    page.wait_for_url(f"{served}search.html")
    assert tab.said == []
    tab.context.close()


CORE, WORDS, OWN = "**/search/core.js*", "**/search/w*.js*", "**/assets/search.*.js"
MAP_LINK = "#search-off a[href='#wangzhan-ditu']"
LATE = "document.getAnimations().forEach(each => each.finish())"


def no_way_to_search(page: Page) -> None:
    """说清楚现在不能搜索，点一下就到网站地图，里面全在。"""
    assert page.inner_text("#search-off") == "现在不能搜索。请从下面的网站地图里找。"
    page.click(MAP_LINK)
    assert page.url.endswith("#wangzhan-ditu")
    assert 50 < page.locator(".site-map a").count() < 120
    assert page.is_visible(".site-map a >> text=优待证")


def test_without_script(browser: Browser, real_site: Path) -> None:
    """没有脚本：说清楚不能搜索，网站地图全在。"""
    tab = Tab(browser, (real_site / "search.html").as_uri(), java_script_enabled=False)
    tab.page.goto(tab.address)
    no_way_to_search(tab.page)
    tab.context.close()


@pytest.mark.parametrize("lost", [CORE, OWN])
@pytest.mark.parametrize("how", ["gone", "unread"])
def test_a_search_that_cannot_run_says_so(browser: Browser, real_site: Path, lost: str, how: str) -> None:
    """搜索要的文件少一个，或者浏览器读不懂：说现在不能搜索，给出网站地图，不会一声不响。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    broken = "class A { #新写法 = /\\p{Yi}/v ??= }"
    tab.page.route(lost, lambda route: route.abort() if how == "gone" else route.fulfill(body=broken))
    tab.page.goto(tab.address + "?q=" + quote("优待证"))
    tab.page.evaluate(LATE)
    no_way_to_search(tab.page)
    tab.context.close()


def test_an_old_browser_that_fails_half_way_says_so(browser: Browser, real_site: Path) -> None:
    """文件都读到了，用起来才出错的浏览器，也说清楚。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    tab.page.add_init_script("String.prototype.normalize = function () { throw new Error('旧') }")
    tab.page.goto(tab.address + "?q=" + quote("优待证１"))
    tab.page.evaluate(LATE)
    no_way_to_search(tab.page)
    tab.context.close()


def test_a_browser_without_the_old_encoding_reads_the_whole_table(browser: Browser, real_site: Path) -> None:
    """浏览器不会 GB2312：另读一份读音表，照样认得拼音、同音字。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    tab.page.add_init_script("delete window.TextDecoder")
    tab.open("?q=" + quote("优代证"))
    assert tab.page.locator(LINKS).first.get_attribute("href") == "banshi/youdaizheng.html"
    assert tab.find("youdaizheng")[0] == "banshi/youdaizheng.html"
    assert tab.said == []
    tab.context.close()


def test_a_running_search_does_not_say_it_cannot(tab: Tab) -> None:
    """能搜的，那句话从头到尾不出现，也不占地方。"""
    page, held = tab.page, list[Route]()
    page.route(OWN, lambda route: held.append(route))
    page.goto(tab.address, wait_until="commit")
    page.wait_for_selector("#search-off", state="attached")
    assert page.evaluate("document.getElementById('search-off').offsetHeight") == 0
    held[0].continue_()
    page.wait_for_selector(READY, state="attached")
    assert not page.is_visible("#search-off")


SHARD = """word => { SEARCH.missing = []; SEARCH.shard(SEARCH.key(word)); return SEARCH.missing[0]; }"""
INCOMPLETE = "有的内容没有读到，可能找不全。请从下面的网站地图里找。"
CHANGED = "网站刚刚更新过，请刷新这一页；还不行，请从下面的网站地图里找。"


@pytest.mark.parametrize("how", ["gone", "half"])
def test_a_missing_part_does_not_stop_the_search(browser: Browser, real_site: Path, how: str) -> None:
    """一份读不到（断网、拷漏了），或者只有半份：别的照样能搜，说清可能找不全；再问的时候再取一次。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    name = tab.open().evaluate(SHARD, "光荣")
    half = (real_site / f"assets/search/{name}.js").read_text(encoding="utf-8")[:500]
    page, where = tab.page, f"**/search/{name}.js*"
    page.route(where, lambda route: route.abort() if how == "gone" else route.fulfill(body=half))
    tab.open()
    assert "banshi/youdaizheng.html" in tab.find("优待证 光荣")
    assert page.inner_text("#search-off") == INCOMPLETE
    page.unroute(where)
    assert tab.find("光荣牌")[0] == "banshi/guangrongpai.html"
    assert not page.is_visible("#search-off")
    tab.context.close()


def test_two_versions_mixed(browser: Browser, real_site: Path) -> None:
    """页面是旧的，索引换了新的：不拿错的页面充数，请人刷新；刷新一次就好。"""
    tab = Tab(browser, (real_site / "search.html").as_uri())
    page = tab.page

    def renewed(route: Route) -> None:
        path = real_site / "assets/search" / route.request.url.rpartition("/")[2].partition("?")[0]
        route.fulfill(body=re.sub(r'"v":"\w+"', '"v":"bie"', path.read_text(encoding="utf-8")))

    page.route(WORDS, renewed)
    tab.open()
    assert tab.find("优待证") == []
    assert page.inner_text("#search-off") == CHANGED
    page.unroute(WORDS)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert tab.find("优待证")[0] == "banshi/youdaizheng.html"
    assert not page.is_visible("#search-off")
    tab.context.close()


def test_offline_after_the_first_answer(browser: Browser, served: str) -> None:
    """找到一次以后断了网：没有取到的说找不全，原来问过的还找得到；网好了，接着问就好了。"""
    tab = Tab(browser, f"{served}search.html")
    tab.open("?q=" + quote("优待证"))
    tab.context.set_offline(True)
    tab.find("防空警报")
    assert tab.page.inner_text("#search-off") == INCOMPLETE
    assert tab.find("优待证")[0] == "banshi/youdaizheng.html"
    tab.context.set_offline(False)
    assert tab.find("防空警报")[0] == "xuexi/fangkong-jingbao.html"
    assert not tab.page.is_visible("#search-off")
    tab.context.close()


def test_nothing_found_shows_where_to_go(tab: Tab) -> None:
    """什么都没有找到：给出两页和服务站的电话。字有一点像的，给像的两页。"""
    page = tab.open()
    assert tab.find("qwxzv") == []
    assert [each.get_attribute("href") for each in page.locator("#search-likely a").all()] == [
        "banshi/index.html",
        "guanyu/lianxi.html",
    ]
    assert re.search(r"服务站电话：\d{3,}", page.inner_text("#search-help"))
    assert tab.find("龘证龘龘警龘") == []
    assert page.locator("#search-likely a").count() == 2


def test_rare_characters_are_found(browser: Browser, tmp_path: Path) -> None:
    """生僻字（𠮷）在 JS 里占两个位置：一个字、词头、词尾都找得到，标出来的、摘出来的都是整个字。"""
    root = copy("publishable", tmp_path / "site")
    edit(root / "docs/minbing/index.md", "民兵是什么，法律里写着。", f"{'田𠮷' * 80}。𠮷田的仓库在老𠮷家。")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    tab = Tab(browser, (root / "site/search.html").as_uri())
    page = tab.open()
    assert tab.find("𠮶") == []
    for asked in ("𠮷", "𠮷田", "田𠮷", "𠮷田的仓库", "老𠮷"):
        assert tab.find(asked)[0] == "minbing/index.html", asked
        assert page.locator("#search-results li").first.locator("mark", has_text="𠮷").count(), asked
        assert not re.search("[\ud800-\udfff]|\ufffd", page.inner_text("#search-results")), asked
    assert tab.said == []
    tab.context.close()


def test_notes_do_not_run_into_the_words_before(tab: Tab) -> None:
    """另起一行的小字，在摘录里和前面的链接隔开。"""
    page = tab.open("?q=" + quote("优待证在外地怎么办"))
    texts = [item.inner_text() for item in page.locator("#search-results li", has_text="办事指南").all()]
    assert texts
    assert not any("优待证优待证" in text for text in texts)


@pytest.mark.full
def test_firefox_from_a_usb_stick(real_site: Path) -> None:
    """真的 Firefox，file:// 打开：带着问句、一个字一个字打，都找得到，没有报错。"""
    node, firefox = shutil.which("node"), shutil.which("firefox-esr")
    if not node or not firefox or not (ROOT / "tests/node_modules/puppeteer-core").is_dir():
        pytest.skip("没有 Node.js、Firefox 或者 puppeteer-core，见 tests/prepare.sh")
    questions = ["优待证", "优代证", "youdaizheng", "兵役法20条"]
    command = [node, str(ROOT / "tests/search/firefox.js"), firefox, (real_site / "search.html").as_uri()]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    guide = "banshi/youdaizheng.html"
    assert json.loads(done.stdout) == {
        "urls": [guide, guide, guide, "xuexi/falv/bingyi-fa.html#art-20", guide],
        "said": [],
    }

"""怎样看一页：页面的种类、几种看法，打开一页，再用 axe 和尺子量。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, Request

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
PAPER = {"width": 695, "height": 1000}  # A4 去掉页边，纸上能印的宽窄，像素

# 每种页面一个代表
KINDS = {
    "home": "index.html",
    "section": "banshi/index.html",
    "study": "xuexi/junshi-sheshi.html",
    "law": "xuexi/falv/guofang-jiaoyu-fa.html",
    "slogans": "biaoyu/index.html",
    "hall": "cunshiguan/shilicun.html",
    "activities": "shuangyong/index.html",
    "activity": "shuangyong/2026/guofang-jiaoyu-ri.html",
    "guide": "banshi/youdaizheng.html",
    "figures": "shuju/index.html",
    "year": "shuju/2023.html",
    "calendar": "rili/2026.html",
    "quiz": "xuexi/zice.html",
    "search": "search.html",
    "sitemap": "guanyu/wangzhan-ditu.html",
    "about": "guanyu/index.html",
    "samples": "guanyu/bianxie-yangli.html",
    "404": "404.html",
}

REMEMBERED = 'localStorage.setItem("elder", "1")'
SOLEMN_DAY = "2026-12-13"


@dataclass(frozen=True)
class Mode:
    """一种看法。elder：长者模式已经记住；forced：系统强制配色。"""

    dark: bool = False
    elder: bool = False
    forced: bool = False
    script: bool = True
    query: str = ""

    @property
    def repainted(self) -> bool:
        """和浅色的一样，只换了颜色。"""
        return self.dark or bool(self.query)


PLAIN = Mode()
MODES = {
    "light": PLAIN,
    "dark": Mode(dark=True),
    "elder": Mode(elder=True),
    "elder-dark": Mode(elder=True, dark=True),
    "forced": Mode(forced=True),
    "solemn": Mode(query=f"?today={SOLEMN_DAY}"),
    "no-script": Mode(script=False),
}


@dataclass
class Visit:
    """打开了的一页，和打开时听到的、要过的东西。"""

    tab: Page
    base: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.on("requestfailed", self._failed)
        self.tab.on("response", lambda r: self.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)

    def _failed(self, request: Request) -> None:
        """走得快，上一页还没取完的图标会被丢下；下载也算丢下；关了脚本，先要的脚本不给取。这几种不是毛病。"""
        if request.failure not in ("net::ERR_ABORTED", "csp"):  # 安全策略拦下的，控制台另有一句
            self.failed.append(f"{request.failure} {request.url}")

    def go(self, url: str) -> None:
        """换一页看。url 从网站的根写起。"""
        self.tab.goto(self.base + url)

    def forget(self) -> None:
        """以前听到的不算。"""
        for heard in (self.said, self.asked, self.failed):
            heard.clear()

    def faults(self) -> list[str]:
        """控制台的话、没有取到的文件、要到外面去的请求。"""
        foreign = [url for url in self.asked if not url.startswith(self.base)]
        found = {"控制台": self.said, "没取到": self.failed, "外面": foreign}
        return [f"{kind}：{each}" for kind, several in found.items() for each in several]


@contextmanager
def opened(
    browser: Browser, base: str, url: str, mode: Mode = PLAIN, size: dict[str, int] = PHONE, **context: Any
) -> Iterator[Visit]:
    """打开一页，用完关掉。base 以 / 结尾；url 从网站的根写起。"""
    room = browser.new_context(
        viewport=size, java_script_enabled=mode.script, color_scheme="dark" if mode.dark else "light", **context
    )
    if mode.elder:
        room.add_init_script(REMEMBERED)
    visit = Visit(room.new_page(), base)
    visit.listen()
    visit.tab.goto(base + url + mode.query)
    yield visit
    room.close()


# ---- axe ----

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# 关掉脚本的页面里计时器不走，axe 要靠它；axe 的等待都是 0 毫秒，换成马上做
TIMERS = "window.setTimeout = (act, ms) => { if (!(ms > 10)) Promise.resolve().then(act); return 0; }"


@cache
def axe_source() -> str:
    folder = Path(axe_playwright_python.__file__).parent
    return (folder / "axe.min.js").read_text(encoding="utf-8")


def axe(tab: Page, script: bool = True, colours: bool = False) -> list[str]:
    """axe 找到的问题，一处一行。没有排除任何元素和规则；colours：只看和颜色有关的规则。"""
    if not script:
        tab.evaluate(TIMERS)
    if not tab.evaluate("!!window.axe"):
        tab.evaluate(axe_source())
    options = OPTIONS | {"runOnly": COLOURS if colours else RULES}
    found = tab.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    return [f"{rule['id']} {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


# ---- 尺子 ----

# 小字：说明、日期、页脚一类，规定 15 像素起；其余都是正文
SMALL = (
    ".meta, .demo, .source-line, .footnote, figcaption, .plate, .next, .fact h2, .fact .today, .latest h2, .step, sup"
)

RULER = """
([text, small, tap, fine]) => {
  const found = [];
  const say = (what, node, size) => {
    const words = (node.innerText || node.getAttribute("aria-label") || "").trim().slice(0, 20);
    found.push(`${what} ${size} <${node.tagName.toLowerCase()} class="${node.getAttribute("class") || ""}"> ${words}`);
  };
  const seen = node => node.checkVisibility({ visibilityProperty: true });

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const measured = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || measured.has(node) || !seen(node)) continue;
    measured.add(node);
    if (node.closest(".clip, script, style, noscript")) continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    const least = node.closest("main") && !node.closest(".toc") && !node.closest(fine) ? text : small;
    if (size < least) say("字小", node, size);
  }

  const inSentence = node => {
    let block = node;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (block === node) return false;
    const words = block.cloneNode(true);
    words.querySelectorAll("ul, ol").forEach(list => list.remove());
    return words.textContent.trim() !== node.textContent.trim();
  };
  const clipped = node => getComputedStyle(node).clipPath !== "none" || getComputedStyle(node).opacity === "0";
  for (const node of document.querySelectorAll("a[href], button, input, select, textarea, summary, label[for]")) {
    if (!seen(node) || node.disabled) continue;
    if (clipped(node) && (node.labels ? node.labels.length : node.closest(".clip"))) continue;
    if (node.matches("label") && clipped(node)) continue;
    const box = node.getBoundingClientRect();
    if (inSentence(node)) continue;
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    if (Math.min(box.width, box.height) < tap - .5) say("难点", node, size);
  }
  return found;
}
"""


def ruler(tab: Page, elder: bool) -> list[str]:
    """小字和难点的地方：正文 18 像素（长者 22），小字 15（18），能点的 44（48）。句子里的链接不算。"""
    text, small, tap = (22, 18, 48) if elder else (18, 15, 44)
    return tab.evaluate(RULER, [text, small, tap, SMALL])


def sideways(tab: Page) -> str:
    """会不会横着滚：说出伸得最远的那一块。"""
    return tab.evaluate("""() => {
      const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
      if (wide <= room) return "";
      const edge = node => node.getBoundingClientRect().right;
      const far = [...document.body.querySelectorAll("*")].reduce((a, b) => (edge(b) > edge(a) ? b : a));
      return `${wide} > ${room}，伸得最远：${far.outerHTML.slice(0, 120)}`;
    }""")


def narrow(tab: Page) -> list[str]:
    """手机上再窄到 320 像素（也是 1280 的屏幕放大到 400%），会不会横着滚。"""
    before = tab.viewport_size
    assert before
    found = []
    for size in ({"width": 320, "height": 640}, {"width": 320, "height": 256}):
        tab.set_viewport_size(size)
        if too_wide := sideways(tab):
            found.append(f"宽 320 横着滚：{too_wide}")
    tab.set_viewport_size(before)
    return found


def on_paper(tab: Page) -> list[str]:
    """印出来，会不会印到纸外面。"""
    before = tab.viewport_size
    assert before
    tab.emulate_media(media="print")
    tab.set_viewport_size(PAPER)
    too_wide = sideways(tab)
    tab.emulate_media(media="null")
    tab.set_viewport_size(before)
    return [f"印到纸外面：{too_wide}"] if too_wide else []


def problems(visit: Visit, mode: Mode, thorough: bool = True) -> list[str]:
    """一页一种看法的全部毛病。thorough：只换了颜色的，也把 axe 的规则全过一遍。"""
    tab = visit.tab
    found = ruler(tab, mode.elder) + visit.faults()
    if not mode.forced:  # axe 不认得系统强制的配色
        found += axe(tab, mode.script, colours=mode.repainted and not thorough)
    if too_wide := sideways(tab):
        found.append(f"横着滚：{too_wide}")
    size = tab.viewport_size
    if size and size["width"] < 640 and not mode.dark:
        found += narrow(tab)
    return found


def in_every_way(visit: Visit, scriptless: Visit, url: str, thorough: bool = True) -> dict[str, list[str]]:
    """一页，每种看法，有毛病的。两部手机一页接一页地看，换看法时不重新打开，快得多；公祭日和无脚本要重新打开。"""
    found: dict[str, list[str]] = {}
    visit.tab.evaluate("localStorage.clear()")
    for name in ("light", "dark", "elder-dark", "elder", "forced", "solemn"):
        mode = MODES[name]
        if name == "light" or mode.query:
            visit.forget()
            visit.go(url + mode.query)
        colours = {"color_scheme": "dark" if mode.dark else "light"}
        visit.tab.emulate_media(**colours, forced_colors="active" if mode.forced else "none")
        switch = visit.tab.locator(".elder label")
        if switch.count() and visit.tab.locator("#elder").is_checked() != mode.elder:
            switch.click()
        found[name] = problems(visit, mode, thorough)
    found["print"] = on_paper(visit.tab)
    scriptless.forget()
    scriptless.go(url)
    found["no-script"] = problems(scriptless, MODES["no-script"])
    assert set(found) == {*MODES, "print"}
    return {name: several for name, several in found.items() if several}

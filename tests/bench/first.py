"""第一条搜索结果要等多久：慢 4G、六分之一的 CPU；没有搜索的同一页、几种大小的网站、Pagefind 交替打开，取中位数。"""

from __future__ import annotations

import gzip
import mimetypes
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Browser, Request, sync_playwright

from .measure import FailedError
from .peers import CACHE

QUESTIONS = ("优待证", "优代证", "youdaizheng", "兵役法20条", "当兵", "退伍军人优待证丢了怎么补办")
LONG = 11  # 比这长的是一句长话
NONE, OTHER = "没有搜索", "Pagefind"
NOTHING = "#search-results.nothing"  # 找不到，也是答完了
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
CPU = 6
CHROMIUM = "/usr/bin/chromium-headless-shell"
# 第一条结果放进页面的时刻、第一次画出来的时刻
WATCH = """\
new MutationObserver((_, watch) => {
  if (document.querySelector("#search-results a")) { window.firstResult = performance.now(); watch.disconnect(); }
}).observe(document, { childList: true, subtree: true });"""
PAINTED = """() => new Promise(done => new PerformanceObserver(list =>
  list.getEntriesByName("first-contentful-paint").forEach(entry => done(entry.startTime)))
  .observe({ type: "paint", buffered: true }))"""
# 第一条结果以前收完的，压缩以后几个字节
BYTES = """() => performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .filter(each => each.responseEnd <= window.firstResult).reduce((sum, each) => sum + each.encodedBodySize, 0)"""
TYPED = """text => new Promise(done => {
  const box = document.getElementById("search-q"), list = document.getElementById("search-results");
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  done(performance.now() - start);
})"""


class _Files(BaseHTTPRequestHandler):
    """一个文件夹，都压着送。"""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.folder / self.path.partition("?")[0].lstrip("/")
        data = gzip.compress(path.read_bytes(), 9) if path.is_file() else b""
        self.send_response(200 if data else 404)
        self.send_header("Content-Type", f"{mimetypes.guess_type(path.name)[0]}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        with suppress(ConnectionError):  # 量完了，浏览器先走了
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """不打日志。"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def without(site: Path) -> str:
    """搜索页，没有搜索的脚本。"""
    html = (site / "search.html").read_text(encoding="utf-8")
    html = re.sub(r'(?s)<script id="search-load">.*?</script>|<script src="assets/search[^>]*></script>', "", html)
    return re.sub(r'<link rel="preload"[^>]*>', "", html)


def _bare(site: Path) -> Path:
    target = CACHE / "without-search"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site / "assets", target / "assets", ignore=shutil.ignore_patterns("search*"))
    (target / "search.html").write_text(without(site), encoding="utf-8")
    return target


def first_results(sites: dict[str, Path], other: Path | None, rounds: int = 5) -> dict[str, object]:
    """sites：名称 → 生成好的网站，头一个是项目自己的。

    每一问：第一条结果、第一次画出来（毫秒），以前下载了多少，打一个字要多久。
    """
    if not Path(CHROMIUM).exists():
        raise FailedError(f"没有 {CHROMIUM}")
    own = next(iter(sites))
    folders = {NONE: _bare(sites[own]), **sites, **({OTHER: other} if other else {})}
    cases = [(NONE, ""), *((name, question) for name in folders if name != NONE for question in QUESTIONS)]
    found: dict[tuple[str, str], list[dict[str, float]]] = {case: [] for case in cases}
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        bases = {name: stack.enter_context(served(folder)) for name, folder in folders.items()}
        for _round in range(rounds):
            for (name, question), runs in found.items():
                runs.append(_open(browser, bases[name], name, question))
        browser.close()
    middle: dict[str, dict[str, dict[str, int]]] = {name: {} for name in folders}
    for (name, question), runs in found.items():
        middle[name][question] = {key: round(median(run[key] for run in runs)) for key in runs[0]}
    floor = middle[NONE][""]["painted"]
    kinds = {"short": [q for q in QUESTIONS if len(q) <= LONG], "long": [q for q in QUESTIONS if len(q) > LONG]}
    sizes = {q: [middle[name][q]["first"] for name in sites] for q in QUESTIONS}
    return {
        "rounds": rounds,
        "painted": floor,
        "sites": {name: each for name, each in middle.items() if name != NONE},
        "ratios": {k: {q: round(middle[own][q]["first"] / floor, 3) for q in names} for k, names in kinds.items()},
        "bytes": {k: {q: max(middle[n][q]["bytes"] for n in sites) for q in names} for k, names in kinds.items()},
        "growth": {q: round(max(each) / each[0], 3) for q, each in sizes.items()},
        "key": {q: max(middle[name][q]["key"] for name in sites) for q in QUESTIONS},
    }


def _open(browser: Browser, base: str, name: str, question: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(WATCH)
    got: list[Request] = []
    page.on("requestfinished", lambda request: got.append(request))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.goto(f"{base}search.html?q={quote(question)}", wait_until="commit")
    run: dict[str, float] = {}
    if name != NONE:
        page.wait_for_selector(f"#search-results a, {NOTHING}", state="attached")
        run = {} if page.query_selector(NOTHING) else {"first": page.evaluate("window.firstResult")}
        run["bytes"] = page.evaluate(BYTES)
    if name == OTHER:  # 它在 Worker 里取，页面不知道
        run["bytes"] = sum(each.sizes()["responseBodySize"] for each in got)
    run["painted"] = page.evaluate(PAINTED)
    if name not in (NONE, OTHER):
        page.wait_for_selector("#search-results:not([aria-busy])", state="attached")
        run["key"] = max(page.evaluate(TYPED, question[:n]) for n in range(1, len(question) + 1))
    context.close()
    return run

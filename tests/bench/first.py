"""第一条搜索结果要等多久：慢 4G、六分之一的 CPU，和同一页去掉搜索的交替打开，取中位数，给出比例。"""

from __future__ import annotations

import gzip
import mimetypes
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from .measure import FailedError
from .peers import CACHE

QUESTIONS = ("优待证", "优代证", "youdaizheng", "兵役法20条", "当兵", "退伍军人优待证丢了怎么补办")
LONG = 11  # 比这长的是一句长话
NONE = "没有搜索"
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

    def log_message(self, format: str, *args: object) -> None:
        """不打日志。"""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _without(site: Path) -> Path:
    """同一页，没有搜索的脚本。"""
    target = CACHE / "without-search"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site / "assets", target / "assets", ignore=shutil.ignore_patterns("search*"))
    html = (site / "search.html").read_text(encoding="utf-8")
    html = re.sub(r'(?s)<script id="search-load">.*?</script>|<script src="assets/search[^>]*></script>', "", html)
    (target / "search.html").write_text(re.sub(r'<link rel="preload"[^>]*>', "", html), encoding="utf-8")
    return target


def first_results(site: Path, rounds: int = 5) -> dict[str, object]:
    """每一问：第一条结果、第一次画出来（毫秒），比没有搜索的页；以前下载了多少；打一个字要多久。"""
    if not Path(CHROMIUM).exists():
        raise FailedError(f"没有 {CHROMIUM}")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in (NONE, *QUESTIONS)}
    with sync_playwright() as playwright, _served(site) as base, _served(_without(site)) as bare:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for _round in range(rounds):
            for name, runs in found.items():
                runs.append(_open(browser, f"{bare if name == NONE else base}search.html?q={quote(name)}", name))
        browser.close()
    middle = {name: {key: round(median(run[key] for run in runs)) for key in runs[0]} for name, runs in found.items()}
    floor = middle[NONE]["painted"]
    kinds = {
        "short": [name for name in QUESTIONS if len(name) <= LONG],
        "long": [n for n in QUESTIONS if len(n) > LONG],
    }
    return {
        "rounds": rounds,
        "questions": middle,
        "ratios": {kind: {n: round(middle[n]["first"] / floor, 3) for n in names} for kind, names in kinds.items()},
        "bytes": {kind: {n: middle[n]["bytes"] for n in names} for kind, names in kinds.items()},
    }


def _open(browser: Browser, address: str, name: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.goto(address, wait_until="commit")
    run = {}
    if name != NONE:
        page.wait_for_selector("#search-results a", state="attached")
        run = {"first": page.evaluate("window.firstResult"), "bytes": page.evaluate(BYTES)}
    run["painted"] = page.evaluate(PAINTED)
    if name != NONE:
        page.wait_for_selector("#search-results:not([aria-busy])", state="attached")
        run["key"] = max(page.evaluate(TYPED, name[:n]) for n in range(1, len(name) + 1))
    context.close()
    return run

"""Pagefind：同一个网站、同一页，换成它的索引和脚本；比第一条结果，比找得准不准。"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from .first import CHROMIUM, served, without
from .measure import Run, run
from .peers import CACHE, npm

# 第一条取到了就放进页面，和本站一样从地址里读问句
FIRST = """<script type="module">
const finder = await import("./pagefind/pagefind.js");
const list = document.getElementById("search-results");
const found = await finder.search(new URLSearchParams(location.search).get("q") || "");
if (found.results.length) {
  const data = await found.results[0].data(), link = document.createElement("a");
  link.href = data.url;
  link.textContent = data.meta.title;
  list.appendChild(link);
} else list.className = "nothing";
</script>
"""
ASK = """async questions => {
  const finder = await import("./pagefind/pagefind.js"), found = [];
  for (const question of questions) {
    const rows = (await finder.search(question)).results.slice(0, 3);
    const urls = (await Promise.all(rows.map(row => row.data()))).map(data => data.url.replace(/^\\//, ""));
    found.push(urls.map(url => url.replace(/(^|\\/)$/, "$1index.html")));
  }
  return found;
}"""


def prepared(site: Path) -> tuple[Path, Run]:
    """给 site 做 Pagefind 的索引，放在旁边；返回文件夹，做索引用的时间。"""
    target = CACHE / "pagefind"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site, target / "site", ignore=shutil.ignore_patterns("search*"))
    command = [npm() / "pagefind", "--site", target / "site", "--root-selector", "main"]
    used = run(command, target, CACHE / "logs/pagefind.txt")
    page = re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", without(site))  # 本站的不许 Worker、WebAssembly
    page = page.replace("</body>", f"{FIRST}</body>")
    (target / "site/search.html").write_text(page, encoding="utf-8")
    return target / "site", used


def answers(folder: Path, questions: Sequence[str]) -> list[list[str]]:
    """每一问，前三条的地址；folder 是 prepared 做好的。"""
    with sync_playwright() as playwright, served(folder) as base:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{base}search.html")
        found: list[list[str]] = page.evaluate(ASK, list(questions))
        browser.close()
    return found


def size(folder: Path) -> dict[str, int]:
    """索引一共几份、多大，最大的一份；它的文件本来就压着。"""
    parts = [path.stat().st_size for path in (folder / "pagefind").rglob("*") if re.search(r"\.pf_|wasm", path.name)]
    return {"files": len(parts), "all": sum(parts), "largest": max(parts)}

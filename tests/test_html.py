"""写出来的 HTML：合标准，轻，老浏览器也读得懂。"""

from __future__ import annotations

import gzip
import posixpath
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from html_pages import page, pages

VALIDATE = ROOT / "tests/node_modules/html-validate/bin/html-validate.mjs"
KB = 1000
HOME, OTHER, LAW, SEARCH = 18 * KB, 25 * KB, 60 * KB, 31 * KB


def test_every_page_is_valid_html(real_site: Path) -> None:
    """html-validate 的 standard 和 a11y 两套规则，全部网页，没有例外。"""
    node = shutil.which("node")
    if node is None or not VALIDATE.is_file():
        pytest.skip("没有 Node.js 或者 html-validate，见 tests/prepare.sh")
    config = ROOT / "tests/.htmlvalidate.json"
    done = subprocess.run(
        [node, str(VALIDATE), "--config", str(config), "--formatter", "text", str(real_site)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stdout[:4000] + done.stderr[:2000]


def first_files(site: Path, url: str) -> list[str]:
    """第一次打开一页要取的文件：网页自己，样式，脚本，图标。"""
    found = [url]
    for node in page(site / url).css("link[rel=stylesheet], link[rel=icon], script[src]"):
        target = node.attributes.get("href") or node.attributes.get("src") or ""
        if not target.startswith("data:"):
            found.append(posixpath.normpath(posixpath.join(posixpath.dirname(url), target)))
    return found


def weight(site: Path, url: str) -> int:
    """这些文件各自用 gzip -9 压过以后，一共多少字节。"""
    return sum(len(gzip.compress((site / name).read_bytes(), 9)) for name in first_files(site, url))


def test_pages_are_light(real_site: Path) -> None:
    """第一次打开：首页不过 18 KB、6 个请求；别的页不过 25 KB，法律原文 60，搜索页 31（索引另算）。"""
    heavy = []
    for url in [*pages(real_site), "404.html"]:
        limit = {"index.html": HOME, "search.html": SEARCH}.get(url, LAW if url.startswith("xuexi/falv/") else OTHER)
        size = weight(real_site, url)
        if size > limit:
            heavy.append(f"{url} {size / KB:.1f} > {limit / KB:.0f} KB")
    assert heavy == []
    pictures = [node.attributes["src"] for node in page(real_site / "index.html").css("img[src]")]
    assert len(first_files(real_site, "index.html")) + len(pictures) <= 6


def test_no_modules_and_no_new_syntax(real_site: Path) -> None:
    """自己写的脚本，不是模块，不用箭头函数、模板字符串、let、const、async，老浏览器读得懂。"""
    for url in [*pages(real_site), "404.html"]:
        for node in page(real_site / url).css("script"):
            assert node.attributes.get("type") in (None, "application/ld+json"), url
    for name in ("site.js", "search-load.js", "search-find.js", "search-show.js", "jump.js"):
        code = (ROOT / "docs/assets" / name).read_text(encoding="utf-8")
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", code, flags=re.S)
        assert not re.search(r"=>|`|^\s*(?:let|const|class|import|export|async)\b|\?\.|\?\?", code, flags=re.M), name


def test_npm_tools_are_locked() -> None:
    """npm 的工具版本钉死，锁里有校验值，不写从哪个镜像取的。"""
    lock = (ROOT / "tests/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 10
    package = (ROOT / "tests/package.json").read_text(encoding="utf-8")
    assert re.search(r'"html-validate": "\d+\.\d+\.\d+"', package)

"""样式和脚本：名字带着内容的散列，内容变了名字就变；去掉注释和缩进，意思不变。"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, edit
from html_pages import page, pages
from playwright.sync_api import Browser

from macros.views.assets import MADE_OF, addresses, assets, minified

SPACE = re.compile(r"\s*([,;:{}()])\s*")  # 变量的值，Chromium 照原样留着空格
RULES = """async ([written, served]) => {
  const rules = async text => Array.from((await new CSSStyleSheet().replace(text)).cssRules, rule => rule.cssText);
  return [await rules(written), await rules(served)];
}"""


def test_names_follow_the_content(real_site: Path) -> None:
    """网站上每个自己的样式、脚本，名字里是自己内容的散列；没有散列的名字一个不留。"""
    found = [path for path in (real_site / "assets").iterdir() if path.suffix in (".css", ".js")]
    assert len(found) == len(assets(ROOT))
    for path in found:
        assert path.name.split(".")[-2] == hashlib.sha256(path.read_bytes()).hexdigest()[:8], path.name


def test_another_content_gets_another_name(copy_site: Callable[..., Path]) -> None:
    """改了哪一个，只有那一个换名字；只改注释，不换。"""
    root = copy_site()
    before = addresses(root)
    edit(root / "docs/assets/site.js", '"use strict";', '"use strict"; /* 只是注释 */')
    assert addresses(root) == before
    edit(root / "docs/assets/site.css", ":root {", ":root { --new: 1;")
    after = addresses(root)
    assert {name for name in before if before[name] != after[name]} == {"site.css"}


def test_every_page_uses_them(real_site: Path) -> None:
    """每一页引用的都是带散列的名字；先要样式，再做内联脚本，后用样式：内联脚本不等样式。"""
    for url in pages(real_site):
        order = [
            re.sub(r"\.[0-9a-f]{8}\.", ".", (node.attributes.get("src") or node.attributes.get("href") or "内联"))
            for node in page(real_site / url).css("head script, head link[rel=stylesheet], head link[rel=preload]")
        ]
        names = [name.rpartition("/")[2] for name in order]
        searching = ["内联", "search.js"] if url == "search.html" else []
        assert names == ["site.css", "内联", *searching, "site.css", "site.js"], url


def test_the_first_screen_is_painted_before_the_rest_is_read(real_site: Path) -> None:
    """等样式的内联脚本只有一处：首页在三块前面，有小标题的页面在第一个小标题前面；搜索页不停。"""
    for url in pages(real_site):
        tree = page(real_site / url)
        heading = tree.css_first("main .facts" if url == "index.html" else "article > h2")
        waits = [node.next and node.next.html for node in tree.css("main script:not([src])")]
        assert len(waits) <= 1, url
        assert url != "search.html" or not waits
        if url == "index.html" or tree.css_first(".toc"):
            assert heading and waits == [heading.html], url


def test_served_styles_are_the_written_ones(browser: Browser) -> None:
    """去掉注释以后，Chromium 读出来的规则一条不差。"""
    tab = browser.new_page()
    written = (ROOT / "docs/assets/site.css").read_text(encoding="utf-8")
    one, two = tab.evaluate(RULES, [written, assets(ROOT)["site.css"][1].decode()])
    tab.close()
    assert len(one) > 100
    assert [SPACE.sub(r"\1", rule) for rule in one] == [SPACE.sub(r"\1", rule) for rule in two]


@pytest.mark.parametrize("name", [part for parts in MADE_OF.values() for part in parts if part.endswith(".js")])
def test_served_scripts_are_smaller_and_whole(name: str) -> None:
    """注释没有了，代码还在。"""
    written, served = (ROOT / "docs/assets" / name).read_bytes(), minified(ROOT, name)
    assert b"/*" not in served
    assert 0.4 * len(written) < len(served) < len(written)

"""每一页、每种看法：axe 没有发现，不横着滚，没有报错，不联外网，字够大，点得着。"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import ROOT
from playwright.sync_api import Browser

from browser.looks import DESKTOP, KINDS, PHONE, PLAIN, Visit, in_every_way, opened, problems
from macros.model import load

URLS = sorted(load(ROOT).urls)


@pytest.fixture(scope="module")
def desktop(browser: Browser, served: str) -> Iterator[Visit]:
    with opened(browser, served, "404.html", size=DESKTOP) as visit:
        visit.forget()
        yield visit


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(browser: Browser, served: str, kind: str) -> None:
    """每种页面，手机：浅色、深色、长者、长者深色、强制配色、公祭日、无脚本、打印。"""
    assert in_every_way(browser, served, KINDS[kind], PHONE, thorough=False) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_on_a_desktop(desktop: Visit, kind: str) -> None:
    """每种页面，电脑，浅色。"""
    desktop.go(KINDS[kind])
    assert problems(desktop, PLAIN) == []


@pytest.mark.full
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("url", [*URLS, KINDS["404"]])
def test_every_page_in_every_way(browser: Browser, served: str, url: str, size: dict[str, int]) -> None:
    """全部页面，手机和电脑，全部看法，全部规则；时间长，make test-all 才跑。平常每种页面看一页。"""
    assert in_every_way(browser, served, url, size) == {}

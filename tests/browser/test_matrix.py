"""每一页、每种看法：axe 没有发现，不横着滚，没有报错，不联外网，字够大，点得着。"""

from __future__ import annotations

import pytest
from conftest import ROOT
from playwright.sync_api import Browser

from browser.looks import DESKTOP, KINDS, PHONE, PLAIN, Visit, in_every_way, problems
from macros.model import load

SIZES = {"phone": PHONE, "desktop": DESKTOP}
URLS = sorted(load(ROOT).urls)


@pytest.mark.parametrize("url", [url for url in URLS if url not in KINDS.values()])
def test_every_page_on_a_phone(phone: Visit, url: str) -> None:
    """每一页，手机，浅色。各种页面的代表在下一条里。"""
    phone.go(url)
    assert problems(phone, PLAIN) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(browser: Browser, served: str, kind: str, size: str) -> None:
    """每种页面，手机和电脑，浅色、深色、长者、长者深色、公祭日、无脚本。"""
    assert in_every_way(browser, served, KINDS[kind], SIZES[size]) == {}


@pytest.mark.full
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("url", URLS)
def test_every_page_in_every_way(browser: Browser, served: str, url: str, size: str) -> None:
    """全部页面乘全部看法；时间长，make test-all 才跑。"""
    assert in_every_way(browser, served, url, SIZES[size]) == {}

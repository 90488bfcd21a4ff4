"""每一页、每种看法：axe 没有发现，不横着滚，没有报错，不联外网，字够大，点得着。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import ROOT
from playwright.sync_api import Browser

from browser.looks import DESKTOP, KINDS, MODES, PHONE, PLAIN, Visit, in_every_way, opened, problems
from macros.model import load

URLS = sorted(load(ROOT).urls)
PAINTED = ("home", "guide", "samples")  # 换了颜色，axe 的规则也全过一遍的几种；别的只看和颜色有关的规则


Pair = tuple[Visit, Visit]


@contextmanager
def pair(browser: Browser, base: str, size: dict[str, int]) -> Iterator[Pair]:
    """两部一样大的：有脚本的，没有脚本的。"""
    with (
        opened(browser, base, "404.html", size=size) as visit,
        opened(browser, base, "404.html", MODES["no-script"], size) as scriptless,
    ):
        yield visit, scriptless


@pytest.fixture(scope="module")
def phones(browser: Browser, served: str) -> Iterator[Pair]:
    with pair(browser, served, PHONE) as both:
        yield both


@pytest.fixture(scope="module")
def desktops(browser: Browser, served: str) -> Iterator[Pair]:
    with pair(browser, served, DESKTOP) as both:
        yield both


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(phones: Pair, kind: str) -> None:
    """每种页面，手机：浅色、深色、长者、长者深色、强制配色、公祭日、无脚本、打印。"""
    assert in_every_way(*phones, KINDS[kind], thorough=kind in PAINTED) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_on_a_desktop(desktops: Pair, kind: str) -> None:
    """每种页面，电脑，浅色。"""
    visit, _ = desktops
    visit.forget()
    visit.go(KINDS[kind])
    assert problems(visit, PLAIN) == []


@pytest.mark.full
@pytest.mark.parametrize("screen", ["phones", "desktops"])
@pytest.mark.parametrize("url", [*URLS, KINDS["404"]])
def test_every_page_in_every_way(request: pytest.FixtureRequest, url: str, screen: str) -> None:
    """全部页面，手机和电脑，全部看法，全部规则；时间长，make test-all 才跑。平常每种页面看一页。"""
    assert in_every_way(*request.getfixturevalue(screen), url) == {}

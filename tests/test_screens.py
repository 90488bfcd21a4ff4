"""显示屏：图片的大小，字一个不少，网页在真的浏览器里自己播。"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from paper import codes, make
from PIL import Image
from playwright.sync_api import Browser

from channels.lines import fitted
from macros.model import load

SITE = load(ROOT)
SLOGANS = [s for s in SITE.slogans if "显示屏" in s.uses and not s.end]
POSTED = [p for p in SITE.activities if p.activity and "宣传栏" in p.activity.channels]
ACTIVITIES = [p for p in POSTED if p.activity and p.activity.date.year == max(int(q.path[11:15]) for q in POSTED)]
PLAYER = "screens/自动播放.html"


def test_every_picture_is_made_at_its_size(dist: Path) -> None:
    """每条标语、每篇活动，横竖各一张，像素一个不差；活动的二维码直接能扫。"""
    slugs = {p.url.removesuffix(".html").replace("/", "-"): p.url for p in ACTIVITIES}
    names = {*(s.id for s in SLOGANS), *slugs}
    shapes = ((1920, 1080), (1080, 1920))
    wanted = {f"{name}-{w}x{h}.png" for name in names for w, h in shapes}
    assert {path.name for path in (dist / "screens").glob("*.png")} == wanted
    assert len(SLOGANS) > 30
    assert SITE.township
    for path in (dist / "screens").glob("*.png"):
        with Image.open(path) as image:
            name, _, shape = path.stem.rpartition("-")
            assert f"{image.width}x{image.height}" == shape
            wanted_codes = [f"{SITE.township.url}{slugs[name]}"] if name in slugs else []
            assert codes(image.convert("RGB")) == wanted_codes, path.name


def test_text_list_is_the_data(dist: Path) -> None:
    """条屏文字：一行一条，和数据一字不差；演示的网站头一行就说。"""
    lines = (dist / "screens/显示屏文字.txt").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "演示内容，不代表任何真实乡镇"
    summaries = [p.header.summary for p in ACTIVITIES if p.header]
    assert lines[1:] == [s.text for s in SLOGANS] + summaries


def test_player_says_every_word_and_pauses(dist: Path, browser: Browser) -> None:
    """从文件夹里直接打开：各条一字不差，没有字出屏，自己换下一条，能停；要求少动的，不自己动。"""
    for width, height in ((1920, 1080), (1080, 1920)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.clock.install()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((dist / PLAYER).as_uri())
        for slogan in SLOGANS:
            assert page.locator(".scene.on").get_attribute("id") == slogan.id
            heading = page.locator(".scene.on h2:visible")
            assert (heading.text_content() or "").strip() == slogan.text
            for line in heading.locator("span").all():
                box = line.bounding_box()
                assert box
                assert box["y"] >= 0
                assert box["y"] + box["height"] <= height * 0.94
                assert line.evaluate("e => e.scrollWidth <= e.parentElement.parentElement.clientWidth")
            page.keyboard.press("ArrowRight")
        for _ in ACTIVITIES:
            page.keyboard.press("ArrowRight")
        first, second = SLOGANS[0].id, SLOGANS[1].id
        assert page.locator(".scene.on").get_attribute("id") == first
        page.clock.run_for(20_000)
        assert page.locator(".scene.on").get_attribute("id") != first
        page.get_by_role("button", name="暂停").click()
        still = page.locator(".scene.on").get_attribute("id")
        page.clock.run_for(60_000)
        assert page.locator(".scene.on").get_attribute("id") == still
        assert all(url.startswith(("file:", "data:")) for url in asked)
        context.close()
    calm = browser.new_context(reduced_motion="reduce")
    page = calm.new_page()
    page.clock.install()
    page.goto((dist / PLAYER).as_uri())
    page.clock.run_for(60_000)
    assert page.locator(".scene.on").get_attribute("id") == first
    assert page.get_by_role("button", name="播放").is_visible()
    page.get_by_role("button", name="下一条").click()
    assert page.locator(".scene.on").get_attribute("id") == second
    calm.close()


def test_too_long_is_refused_by_name(small: Path, tmp_path: Path) -> None:
    """缩到下限还放不下：说是哪一条、怎么办；别的照做，网页也照做。"""
    text = "这条标语实在太长了，" * 30
    with (small / "data/slogans.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"\n- 编号: s-99\n  文本: {text}\n  类别: 国防教育\n  出处: 群众性标语\n  用于: [显示屏]\n"
            "  审核: 2026-11-20\n  起用: 2026-01-01\n"
        )
    done = make(small, tmp_path / "dist", "screens")
    assert done.returncode == 1
    assert "没做成 screens/s-99-1920x1080.png" in done.stdout
    assert re.search(r"标语「这条标语.*」太长，缩到 72 像素还放不下；从 用于 里去掉 显示屏，或换一条短的", done.stdout)
    assert text not in (tmp_path / "dist" / PLAYER).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["）开头的话，10人来。", "一句话（", "问？！好……", "第一行\n第二行，9:00—11:30。", "《国防法》“一句”"]
)
def test_no_word_is_lost_between_lines(text: str) -> None:
    """一段话分成几行，接起来还是原来的字。"""
    assert "".join(fitted(text, 200, 400, 60, anywhere=True).lines) == text

"""dist/index.html：做出来的一件不少，链接和图都在，每一节说明做什么用。"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

from paper import make
from selectolax.lexbor import LexborHTMLParser


def test_everything_made_can_be_reached(dist: Path) -> None:
    """清单里的每件，除了文章里用的图，都有中文名的链接；链接和图都真有。"""
    page = LexborHTMLParser((dist / "index.html").read_text(encoding="utf-8"))
    linked = {unquote(each.attributes["href"] or ""): each.text() for each in page.css("main a")}
    shown = {unquote(each.attributes["src"] or "") for each in page.css("img")}
    listed = {row["file"] for row in json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["files"]}
    pictures = {file for file in listed if file.startswith("wechat/") and file.endswith(".png")}
    assert set(linked) == listed - pictures
    assert all((dist / file).is_file() for file in [*linked, *shown])
    assert all(any("一" <= char <= "龥" for char in name) for name in linked.values())
    assert {file.split("/")[0] for file in shown} == {"posters", "screens", "wechat"}
    for shelf in page.css("section"):
        assert len(shelf.css_first(".use").text()) > 10
    assert "演示内容，不代表任何真实乡镇" in page.css_first("header").text()


def test_one_channel_made_alone_keeps_the_others(small: Path, small_dist: Path, tmp_path: Path) -> None:
    """只做一个渠道：别的渠道还在的照样列着；正式的网站不写演示。"""
    done = make(small, tmp_path / "dist", "banners")
    assert f"都列在 {tmp_path}/dist/index.html" in done.stdout
    make(small, tmp_path / "dist", "broadcast")
    html = (tmp_path / "dist/index.html").read_text(encoding="utf-8")
    assert "banners/" in html
    assert "broadcast/" in html
    assert "演示" not in html

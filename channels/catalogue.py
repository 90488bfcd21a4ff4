"""dist/index.html：做出来的都列在这里，一个渠道一节，写明做什么用。双击就看，不要网络。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from macros.model.templates import environment

NAME = "index.html"


@dataclass(frozen=True)
class Shelf:
    """一个渠道。files：开头是这些的文件归它；parts：文件末尾 → 这一份叫什么，别的用标题。"""

    title: str
    use: str
    files: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()


SHELVES = (
    Shelf(
        "公众号文章",
        "打开“公众号文章预览”，一篇一篇复制到公众号编辑器，图片照清单上传。",
        ("wechat-preview.html", "wechat/"),
        (("-preview.html", "打开预览"), (".html", "单看正文"), (".txt", "图片清单")),
    ),
    Shelf(
        "宣传栏海报",
        "PDF 送去印，或在办公室打印机上打；图片在手机、屏幕上看。",
        ("posters/",),
        (("-a3.pdf", "A3 打印"), ("-a4.pdf", "A4 打印"), ("-a3.png", "图片")),
    ),
    Shelf("村史馆展签", "A6 卡片，一件展品一张，裁开放在展品旁边。", ("labels/",), (("-a6.pdf", "A6 打印"),)),
    Shelf("条幅", "照原大的比例，交给做条幅的店。", ("banners/",), ((".pdf", "条幅 PDF"),)),
    Shelf(
        "显示屏",
        "“自动播放”拷到 U 盘，插在大屏上打开，会一张一张放；图片给只会放图的屏；文字给走字屏。",
        ("screens/",),
        (("-1920x1080.png", "横屏图"), ("-1080x1920.png", "竖屏图")),
    ),
    Shelf(
        "大喇叭和村民群",
        "广播稿照着念，三分钟以内；群消息复制到村民群。",
        ("broadcast/",),
        ((".群消息.txt", "群消息"), (".txt", "广播稿")),
    ),
    Shelf("订阅和日历", "日历文件（ICS）可以导入手机和电脑的日历；RSS、Atom 给别的网站取用。", ("feeds/",)),
    Shelf("离线整包", "整个网站，拷到 U 盘，解压后双击里面的 index.html。", ("offline-",)),
    Shelf("栏目整包", "交给县政府门户的管理员，照里面的部署说明上传。", ("column-", "nginx.conf.sample")),
)


@dataclass(frozen=True)
class Item:
    """同一页的几份。picture：给人认的一张图，没有的为空。"""

    title: str
    date: str
    picture: str
    parts: list[tuple[str, str]]


def page(rows: list[dict[str, Any]], demo: str) -> bytes:
    """rows：清单里的各行；demo：演示的网站要说的一句话，正式的为空。"""
    shelves = [(shelf, found) for shelf in SHELVES if (found := _items(shelf, rows))]
    template = environment(Path(__file__).parent / "templates").get_template("chengpin.html.j2")
    return template.render(shelves=shelves, demo=demo).encode()


def _items(shelf: Shelf, rows: list[dict[str, Any]]) -> list[Item]:
    mine = [row for row in rows if row["file"].startswith(shelf.files)]
    groups = groupby(sorted(mine, key=_order), lambda row: (row["title"], row["source"]))
    return [_item(shelf, title, list(group)) for (title, _), group in groups]


def _order(row: dict[str, Any]) -> tuple[bool, str, str, str]:
    """整个渠道的在前，别的照网页的地址。"""
    return row["source"] != NAME, row["source"], row["title"], row["file"]


def _item(shelf: Shelf, title: str, rows: list[dict[str, Any]]) -> Item:
    files = [row["file"] for row in rows]
    pictures = [file for file in files if file.endswith(".png") and not file.endswith("erweima.png")]
    parts = sorted((place, name, file) for file in files for place, name in _part(shelf, file, title))
    return Item(title, max(row["date"] for row in rows), pictures[0] if pictures else "", [(f, n) for _, n, f in parts])


def _part(shelf: Shelf, file: str, title: str) -> Iterator[tuple[int, str]]:
    """排第几，叫什么；文章里用的图不单列。"""
    for place, (end, name) in enumerate(shelf.parts):
        if file.endswith(end):
            yield place, name
            return
    if not file.endswith(".png"):
        yield len(shelf.parts), title

"""网页的正文读成的树：一截一截的字是什么，只给屏幕用的不在里面，认不得的是错。"""

from __future__ import annotations

import pytest

from macros.model.textreader import read
from macros.model.texttree import Box, Item, Items, Paragraph, Picture, Run, Table, pictures, plain

DOOR = Picture("a/b.assets/men.png", "门")


def tree(body: str) -> tuple[object, ...]:
    return read(f"<main><article><h1>题</h1>{body}</article></main>", "a/b.html")


def test_runs_say_what_they_are() -> None:
    """粗体、链接、演示、待公布、脚注的号各是一截；小字另起一行；换行前后没有空白。"""
    html = """<p class="lead">看 <strong>这里<a href="../c.html">办</a></strong> <span class="demo">演示</span><br>
      电话<span class="unknown">待公布</span><sup><a class="footnote-ref" href="#fn:1">1</a></sup>"""
    (found,) = tree(html + '<span class="meta">注</span></p>')
    assert found == Paragraph(
        (
            Run("看 "),
            Run("这里", bold=True),
            Run("办", bold=True, href="../c.html"),
            Run(" "),
            Run("演示", kind="demo"),
            Run("\n电话"),
            Run("待公布", kind="unknown"),
            Run("1", kind="note"),
            Run("\n"),
            Run("注", kind="meta"),
        ),
        "lead",
    )
    assert list(plain((found,))) == ["看 这里办 （演示）\n电话待公布［注1］\n注"]


def test_pictures_stay_where_they_are() -> None:
    """夹在字里的图在字里，只有图的一段就是图，格里的图在格里；装饰的图不要。"""
    image = '<img src="b.assets/men.png" alt="门">'
    inline = Run("", picture=DOOR)
    assert tree(f"<p>先<strong>看{image}</strong></p>") == (Paragraph((Run("先"), Run("看", bold=True), inline)),)
    assert tree(f"<p>{image}{image}</p>") == (DOOR, DOOR)
    (table,) = tree(f"<table><tr><th>样子</th></tr><tr><td>{image}</td></tr></table>")
    assert table == Table((), (((Run("样子"),),), ((inline,),)))
    assert list(pictures((table,))) == [DOOR]
    assert tree('<p><img src="x.png" alt="">字</p>') == (Paragraph((Run("字"),)),)


def test_what_is_for_the_screen_is_left_out() -> None:
    """按钮、目录、没有露面的、只通到本页的一排链接不要；通到别页的一排链接要。"""
    assert tree('<nav><a href="#a">甲</a></nav><p hidden>乙</p><p class="tools"><button>丙</button></p>') == ()
    assert tree('<p class="jump"><a href="#a">甲</a><a href="#b">乙</a></p>') == ()
    (row,) = tree('<p class="jump"><a href="#a">甲</a><a href="c.html">乙</a></p>')
    assert row == Paragraph((Run("甲", href="#a"), Run("乙", href="c.html")), "links")


def test_boxes_and_lists() -> None:
    """框的标题只取自己的；核对清单的每一条都是没做。"""
    (quote,) = tree(
        '<blockquote><div class="admonition tixing"><p class="admonition-title">提醒</p></div></blockquote>'
    )
    assert quote == Box((), (Box((Run("提醒"),), (), "tixing"),), "quote")
    (items,) = tree('<ul class="checklist"><li>照片</li></ul>')
    assert items == Items((Item((Paragraph((Run("照片"),)),), done=False),))


def test_an_unknown_tag_is_an_error() -> None:
    with pytest.raises(ValueError, match="video"):
        tree("<p>字</p><video></video>")

"""把 article.css 写进每个标签的 style，再去掉 class：公众号编辑器只认内联样式。

和外面一层一样、本来就会继承的不重写：接口连样式一起数，一篇要少于两万字符。
"""

from __future__ import annotations

from pathlib import Path

import css_inline
from selectolax.lexbor import LexborHTMLParser, LexborNode

INHERITED = {"color", "font-size", "font-weight", "letter-spacing", "line-height", "text-align", "word-break"}
OWN_LOOK = ("h2", "h3", "h4", "th")  # 浏览器自己给它们定了样子，要写全
CSS = (Path(__file__).parent / "article.css").read_text(encoding="utf-8")


def inlined(html: str) -> str:
    made = css_inline.inline_fragment(
        html, CSS, resolve_css_variables=True, load_remote_stylesheets=False, minify_css=True
    )
    body = LexborHTMLParser(made).body
    if body is None:
        return ""
    for node in body.css("[class]"):
        del node.attrs["class"]
    _shorten(body, {})
    return "".join(child.html or "" for child in body.iter(include_text=True))


def _shorten(node: LexborNode, outside: dict[str, str]) -> None:
    for child in node.iter():
        inside = outside
        if style := child.attributes.get("style"):
            parts = [each.partition(":") for each in style.split(";")]
            inside = outside | {name: value for name, _, value in parts if name in INHERITED}
            if child.tag not in OWN_LOOK:
                kept = [each for each in parts if each[0] not in INHERITED or outside.get(each[0]) != each[2]]
                child.attrs["style"] = ";".join(map("".join, kept))
        _shorten(child, inside)

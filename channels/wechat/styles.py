"""把 article.css 写进每个标签的 style，再去掉 class：公众号编辑器只认内联样式。"""

from __future__ import annotations

from pathlib import Path

import css_inline
from selectolax.lexbor import LexborHTMLParser

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
    return "".join(child.html or "" for child in body.iter(include_text=True))

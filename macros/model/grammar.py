"""编辑能写的 Markdown，就这一份：网页引擎和检查都照它。样子见 docs/guanyu/bianxie-yangli.md，规定见 STYLE.md。

标准写法里用不着的都去掉，去掉的记号就是字，照原样显示：单个的 * 和 _、HTML 以外的尖括号、下面画线的标题、
分隔线、空四格的代码、页尾的链接地址。
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.slugs import slugify  # type: ignore[import-untyped]

slug = slugify(case="lower")
# 扩展 → 设置
EXTENSIONS: dict[str, dict[str, Any]] = {
    "sane_lists": {},  # 序号照写的来；有序号的和没序号的不混成一个
    "nl2br": {},  # 换行就是换行
    "admonition": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TITLE": "回到正文"},
    "tables": {"use_align_attribute": True},
    "toc": {"toc_depth": "2-3", "slugify": slug},
    "pymdownx.blocks.caption": {"types": ["caption", "figure-caption", "table-caption"]},
    "pymdownx.details": {},
    "pymdownx.superfences": {"disable_indented_code_blocks": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {},
}
BLOCKS_REMOVED = ("setextheader", "hr", "code", "reference")
INLINE_REMOVED = (
    "reference",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
)
ESCAPED = ["*", "`", "|"]  # 前面加反斜线就是字；别的反斜线自己也是字，D:\\_gongzuo 一个不少
NUMBER = r"\d{1,2}\."  # 2026. 11. 16 是日期，不是第2026步
MANY_LINKS = 4
LISTS = {"olist": NUMBER, "ulist": "-"}


class Grammar(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtensions(list(EXTENSIONS), EXTENSIONS)
        blocks: Any = md.parser.blockprocessors
        delimiters: Any = md.delimiters
        md.ESCAPED_CHARS = ESCAPED
        for name in BLOCKS_REMOVED:
            blocks.deregister(name)
        for name in INLINE_REMOVED:
            md.inlinePatterns.deregister(name)
        delimiters.remove("_")
        delimiters.add("*", "strong", double=True)
        blocks["hashheader"].RE = re.compile(r"(?:^|\n)(?P<level>#{1,6}) (?P<header>[^\n]*)(?:\n|$)")
        blocks["quote"].RE = re.compile(r"(^|\n) {0,3}>(?: (.*)|(?=\n|$))")
        for name, mark in LISTS.items():
            blocks[name].RE = re.compile(rf"^ {{0,3}}{mark} +(.*)")
            blocks[name].CHILD_RE = re.compile(rf"^ {{0,3}}(({mark})) +(.*)")
            blocks[name].INDENT_RE = re.compile(rf"^ {{4,7}}(({NUMBER})|-) +.*")
        md.treeprocessors.register(_Names(md), "names", 8)


class _Names(Treeprocessor):
    """标题后面的 {: #名字 }，是这个位置的名字；一段只有好几个链接，是一排点了就到的按钮。"""

    NAME = re.compile(r" +\{: *#([\w-]+) *\} *$")

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag if isinstance(element.tag, str) else ""):
                last, place = (element[-1], "tail") if len(element) else (element, "text")
                text = getattr(last, place) or ""
                if match := self.NAME.search(text):
                    element.set("id", match[1])
                    setattr(last, place, text[: match.start()])
            elif element.tag == "p" and len(element) >= MANY_LINKS and _only_links(element):
                element.set("class", "jump")


def _only_links(paragraph: Element) -> bool:
    between = [paragraph.text, *(child.tail for child in paragraph)]
    return all(child.tag == "a" for child in paragraph) and not "".join(filter(None, between)).strip()


def makeExtension(**settings: Any) -> Grammar:  # noqa: N802
    return Grammar(**settings)


@cache
def engine() -> Markdown:
    return Markdown(extensions=[Grammar()])


def html(body: str) -> str:
    """正文的 HTML；宏要先换掉。"""
    return engine().reset().convert(body)

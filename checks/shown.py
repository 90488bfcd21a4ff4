"""写了的字都在网页上：去掉记号，一个字不少、不多、先后一样。引擎读出来的和写的不一样，报在那一行。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model import Problem
from macros.model.grammar import html
from macros.model.problem import ERROR
from macros.model.written import without_macros, written

from .subject import Subject

SPACE = re.compile(r"[\s\u200b]+")
SILENT = {"style", "script"}
# 这一行的样子 → 多半是怎么回事
HINTS = (
    (re.compile(r"\s*\d{1,2}\. "), "序号从 1. 起一个一个写；列表上面空一行，里面一层空四格"),
    (re.compile(r"\s*- "), "列表上面空一行，里面一层空四格"),
    (re.compile(r".*\|"), "每一行的格数和表头一样；竖线就是要显示的字，写成 \\|"),
    (re.compile(""), "照编写样例改；记号就是要显示的字，前面加一个反斜线，如 \\*"),
)
NEAR = 6  # 报错时带上前后几个字


def shown(subject: Subject) -> Iterator[Problem]:
    """已经有错的页面先改那些：记号写坏了，读出来当然不一样。"""
    for page in subject.site.pages:
        if page.body and not page.problems:
            lines = page.body.split("\n")
            for line, words in compare(page.body):
                what = f"「{words}」在网页上不是这样"
                fix = next(hint for pattern, hint in HINTS if pattern.match(lines[line - 1]))
                yield Problem(page.file, line + page.line_offset, 1, ERROR, what, fix, "G-9")


def compare(body: str) -> Iterator[tuple[int, str]]:
    """正文的第几行、从哪几个字起，网页上不一样。"""
    body = without_macros(body)
    seen = SPACE.sub("", "".join(read(html(body))))
    lines = [(line, text) for line, words in written(body) if (text := SPACE.sub("", words))]
    at = number = 0
    while number < len(lines):
        line, text = lines[number]
        number += 1
        if seen.startswith(text, at):
            at += len(text)
            continue
        # 接着往下看，哪一行又接得上；中间的是同一处引起的
        later = ((n, seen.find(lines[n][1], at)) for n in range(number, len(lines)))
        number, stop = next(((n, found) for n, found in later if found >= 0), (len(lines), len(seen)))
        yield line, _difference(text, seen[at:stop])
        at = stop
    if at < len(seen):
        yield lines[-1][0] if lines else 1, seen[at : at + 2 * NEAR]


def _difference(text: str, seen: str) -> str:
    start = next((i for i, (a, b) in enumerate(zip(text, seen, strict=False)) if a != b), min(len(text), len(seen)))
    return text[max(start - NEAR, 0) : start + NEAR]


def read(page: str) -> Iterator[str]:
    """HTML 里看得见的字；有序号的列表带序号，脚注的号不算。"""
    root = LexborHTMLParser(page).body
    if root:
        yield from _children(root)


def _children(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        yield from _node(child)


def _node(node: LexborNode) -> Iterator[str]:
    name, classes = node.tag, (node.attributes.get("class") or "").split()
    if name == "-text":
        yield node.text_content or ""
    elif name in SILENT or "footnote-backref" in classes or (name == "sup" and node.css_first(".footnote-ref")):
        return
    elif name == "ol" and not (node.parent and "footnote" in (node.parent.attributes.get("class") or "")):
        for number, item in enumerate(node.iter(), int(node.attributes.get("start") or 1)):
            yield f"{number}."
            yield from _children(item)
    elif "tabbed-set" in classes:
        for label, block in zip(_inside(node, "tabbed-labels"), _inside(node, "tabbed-content"), strict=True):
            yield from _children(label)
            yield from _children(block)
    else:
        yield from _children(node)


def _inside(node: LexborNode, name: str) -> list[LexborNode]:
    """选项卡的各个名字、各块内容；套在里面的选项卡不算。"""
    return [
        each for child in node.iter() if name in (child.attributes.get("class") or "").split() for each in child.iter()
    ]

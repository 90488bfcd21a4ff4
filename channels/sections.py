"""一篇活动的正文：从生成好的网页里读出来，成为一节一节。菜单、按钮、“接着看”一类只给屏幕用的不要。"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model.addresses import resolve

SCREEN_ONLY = ("dateline", "source-line", "tools", "print-only", "downloads", "toc")
UNITS = {"paras": "段", "list": "条", "numbers": "条", "check": "条", "table": "行"}
LISTS = ("ul", "ol")


@dataclass(frozen=True)
class Section:
    """海报上的一节。kind 是 poster.typ 里的一种排法；rest：省去了什么。"""

    kind: str
    title: str
    items: list[Any]
    rest: str = ""
    height: float = 0  # 插图高几个字
    column: str = ""  # left、right；空的是通栏

    def data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title,
            "items": self.items,
            "rest": self.rest,
            "height": self.height,
            "column": self.column,
        }

    @property
    def length(self) -> int:
        """多少字：省去了多少，按它算。"""
        return len(json.dumps(self.items, ensure_ascii=False))

    def shorter(self, more: str) -> list[Section]:
        """从全文起，越来越短的写法：步骤只留做什么，别的从末尾一条一条省。"""
        if self.kind == "steps":
            items = [{**step, "detail": ""} for step in self.items]
            return [self, replace(self, items=items, rest=f"每一步怎么做，{more}")]
        found, unit = [self], UNITS.get(self.kind)
        for left in range(1, len(self.items) + 1) if unit else ():
            rest = f"还有{left}{unit}" if left < len(self.items) else f"共{left}{unit}"
            found.append(replace(self, items=self.items[:-left], rest=f"{rest}，{more}"))
        return found

    def cited(self, more: str) -> Section:
        """条文只留条号，并成一行小字。"""
        cites = "；".join(item["cite"] for item in self.items)
        return Section("notes", "", [f"{cites}（{more}）"])


def sections(html: str, url: str) -> list[Section]:
    """网页 → 正文各节；没有标题的开头也算一节。"""
    article = LexborHTMLParser(html).css_first("main article")
    found: list[Section] = []
    title = ""
    for node in _children(article) if article else []:
        if node.tag in ("h2", "h3", "h4"):
            title = words(node)
            continue
        for section in _blocks(node, url):
            if found and found[-1].kind == section.kind and not title:
                found[-1] = replace(found[-1], items=[*found[-1].items, *section.items])
            else:
                found.append(replace(section, title=title))
                title = ""
    return found


def words(node: LexborNode) -> str:
    return "".join(run["text"] for run in _runs(node)).strip()


def _children(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.iter():
        classes = (child.attributes.get("class") or "").split()
        if child.tag != "h1" and not set(classes) & set(SCREEN_ONLY):
            yield child


def _blocks(node: LexborNode, url: str) -> Iterator[Section]:
    classes = (node.attributes.get("class") or "").split()
    if node.tag in LISTS:
        lines = [text for text in map(_item, _direct(node)) if text]
        if lines:
            yield Section("numbers" if node.tag == "ol" else "list", "", lines)
    elif node.tag == "img" or (node.tag in ("p", "figure") and node.css_first("img")):
        yield Section("pictures", "", [_picture(image, url) for image in node.css("img")], height=6)
        caption = words(node)
        if caption:
            yield _paras(node)
    elif node.tag == "p":
        if words(node):
            yield _paras(node)
    elif "law" in classes:
        cite = node.css_first("p")
        text = [words(p) for p in node.css("blockquote p")]
        yield Section("quotes", "", [{"cite": words(cite) if cite else "", "text": text}])
    elif node.tag == "table" or node.css_first("table"):
        rows = [[words(cell) for cell in row.css("th, td")] for row in node.css("tr")]
        if rows and len({len(row) for row in rows}) == 1:
            yield Section("table", "", rows)
        else:
            yield _elsewhere()
    elif node.tag == "dl":
        names, values = node.css("dt"), node.css("dd")
        yield Section("rows", "", [[words(a), words(b)] for a, b in zip(names, values, strict=False)])
    elif node.tag in ("blockquote", "details") or "admonition" in classes:
        head = node.css_first("summary, .admonition-title")
        text = [words(p) for p in node.css("p, li") if "admonition-title" not in (p.attributes.get("class") or "")]
        yield Section("quotes", "", [{"cite": words(head) if head else "", "text": text}])
    elif node.tag == "div":
        for child in _children(node):
            yield from _blocks(child, url)
    elif node.tag not in ("hr", "script", "style", "nav"):
        yield _elsewhere()


def _elsewhere() -> Section:
    """纸上排不出来的，说明在网页上。"""
    return Section("paras", "", [[{"text": "（这里还有图表，在本页的网页上看。）", "bold": False}]])


def _paras(node: LexborNode) -> Section:
    return Section("paras", "", [_runs(node)])


def own(item: LexborNode) -> str:
    """清单的一条自己的话，不算里面的小清单。"""
    found: list[dict[str, Any]] = []
    _collect(item, False, found, LISTS)
    return " ".join("".join(run["text"] for run in found).split())


def nested(node: LexborNode) -> Iterator[LexborNode]:
    """清单的每一条，连里面的小清单，照先后。"""
    for item in _direct(node):
        yield item
        for inner in item.css("ul, ol"):
            if _holder(inner) == item:
                yield from nested(inner)


def _direct(node: LexborNode) -> list[LexborNode]:
    return [child for child in node.iter() if child.tag == "li"]


def _holder(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != "li":
        parent = parent.parent
    return parent


def _item(item: LexborNode) -> str:
    """一条和它里面的小清单，小清单一条一行；整条只是链接的不要。"""
    if _only_link(item):
        return ""
    inner = [each for part in item.css("ul, ol") if _holder(part) == item for each in nested(part)]
    return "\n".join([own(item), *(f"· {own(each)}" for each in inner)])


def _only_link(item: LexborNode) -> bool:
    link = item.css_first("a")
    return link is not None and words(link) == words(item)


def _picture(image: LexborNode, url: str) -> dict[str, str]:
    address = resolve(url, image.attributes.get("src") or "")
    alt = image.attributes.get("alt") or ""
    return {"path": f"/{address.path if address else ''}", "alt": alt or "插图", "caption": alt}


def _runs(node: LexborNode) -> list[dict[str, Any]]:
    """一段文字，分成粗的和不粗的；“演示”记号加括号。"""
    found: list[dict[str, Any]] = []
    _collect(node, False, found)
    if found:
        found[0]["text"] = found[0]["text"].lstrip()
        found[-1]["text"] = found[-1]["text"].rstrip()
    return [run for run in found if run["text"]]


def _collect(node: LexborNode, bold: bool, found: list[dict[str, Any]], left_out: tuple[str, ...] = ()) -> None:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = " ".join((child.text_content or "").split()) if (child.text_content or "").strip() else " "
            _add(found, _spaced(child.text_content or "", text), bold)
        elif child.tag == "br":
            _add(found, "\n", bold)
        elif child.tag == "span" and "demo" in (child.attributes.get("class") or "").split():
            _add(found, "（演示）", bold)
        elif child.tag not in ("svg", "script", "img", *left_out):
            _collect(child, bold or child.tag in ("strong", "b"), found, left_out)


def _spaced(raw: str, text: str) -> str:
    """两头原来有空白的，各留一个空格。"""
    if not text.strip():
        return " "
    return (" " if raw[:1].isspace() else "") + text + (" " if raw[-1:].isspace() else "")


def _add(found: list[dict[str, Any]], text: str, bold: bool) -> None:
    if found and found[-1]["bold"] == bold:
        found[-1]["text"] += text
    elif text:
        found.append({"text": text, "bold": bold})

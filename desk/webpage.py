"""网页存下来的文章、纯文字的稿子，读成 manuscript.py 的样子。网页上的图在别处，不取，数着。"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model.refusal import Refusal
from macros.model.textfile import INVISIBLE

from .manuscript import Figure, Found, Grid, Line, Manuscript, Piece, literal

LARGEST = 5_000_000
DROPPED = "script, style, noscript, template, nav, header, footer, aside, form, button, iframe, svg, video, audio"
# 公众号、政府网站常用的；先认前面的
ARTICLES = ("#js_content", ".rich_media_content", "#UCAP-CONTENT", ".TRS_Editor", "#zoom", "article", "main", "body")
TITLES = ("#activity-name", ".rich_media_title", "article h1", "h1", "title")
_PLAIN = ("p", "div", "section", "article", "ul", "ol", "li", "table", "blockquote", "figure", "figcaption", "pre")
BLOCKS = (*_PLAIN, "dl", "dt", "dd", "center", "hr", *(f"h{level}" for level in range(1, 7)))
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def text(content: bytes) -> Manuscript:
    """纯文字：一行一段。"""
    lines = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = Manuscript()
    found.pieces += [Line(literal(INVISIBLE.sub("", line))) for line in lines if line.strip()]
    return found


def page(content: bytes, folder: Path) -> Manuscript:
    """网页。folder：网页在的文件夹，另存的图在它旁边。"""
    tree = LexborHTMLParser(_decoded(content))
    title = next((said for name in TITLES for node in tree.css(name) if (said := _words(node))), "")
    roots = (tree.css_first(name) for name in ARTICLES)
    root = next((node for node in roots if node is not None and len(_words(node)) > 20), tree.body)
    found = Manuscript()
    if root is None:
        return found
    for node in root.css(DROPPED):
        found.left["网页的菜单、按钮、样式等"] += bool(_words(node)) and node.tag not in ("script", "style")
        node.decompose()
    pieces = list(_Reader(found, folder).blocks(root))
    if title and not any(isinstance(each, Line) and (each.level == 1 or each.text == title) for each in pieces[:6]):
        pieces.insert(0, Line(literal(title), title=True))
    found.pieces += pieces
    return found


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refusal(f"这份稿子超过 {LARGEST // 1_000_000} MB", "只留正文，另存再来")
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:2000])
    codings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for coding in codings:
        try:
            decoded = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in decoded:
            return decoded
    hint = "，编码选 UTF-8" if not declared else ""
    raise Refusal("这份稿子里有读不出的字符，不是文字", f"用记事本或浏览器打开，另存一份{hint}再来")


def _words(node: LexborNode) -> str:
    return re.sub(r"\s+", " ", node.text(deep=True)).strip()


class _Reader:
    def __init__(self, found: Manuscript, folder: Path) -> None:
        self.found = found
        self.folder = folder
        self.left: Counter[str] = found.left

    def blocks(self, node: LexborNode) -> Iterator[Piece]:
        loose = ""
        floats: list[Piece] = []
        for child in node.iter(include_text=True):
            if child.tag in BLOCKS:
                yield from self._line(loose, node, floats)
                loose, floats = "", []
                yield from self.block(child)
            else:
                loose += self.inline(child, floats)
        yield from self._line(loose, node, floats)

    def block(self, node: LexborNode) -> Iterator[Piece]:
        if HIDDEN.search(node.attributes.get("style") or "") and node.id != "js_content":
            self.left["隐藏的字"] += bool(_words(node))
        elif node.tag == "table":
            rows = [[self._cell(cell) for cell in row.iter() if cell.tag in ("td", "th")] for row in node.css("tr")]
            wide = max(map(len, rows), default=0)
            if node.css("img, table") or len(rows) < 2 or wide < 2:
                for cell in node.css("td, th"):
                    yield from self.blocks(cell)
            else:
                yield Grid(tuple((*row, *[""] * (wide - len(row))) for row in rows))
        else:
            yield from self.blocks(node)

    def _cell(self, node: LexborNode) -> str:
        return literal(_words(node))

    def _line(self, text: str, node: LexborNode, floats: list[Piece]) -> Iterator[Piece]:
        tag, style = node.tag or "", node.attributes.get("style") or ""
        for part in text.split("\n"):
            said = re.sub(r"[ \t]+", " ", INVISIBLE.sub("", part)).strip()
            if said:
                level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
                centred = bool(re.search(r"text-align\s*:\s*center", style)) or tag in ("center", "figcaption")
                ordered = tag == "li" and node.parent is not None and node.parent.tag == "ol"
                bullet = 1 if tag == "li" and not ordered else 0
                number = f"{_place(node)}. " if ordered else ""
                yield Line(f"{number}{said}", level, bullet, centred=centred)
        yield from floats

    def inline(self, node: LexborNode, floats: list[Piece]) -> str:
        tag = node.tag or ""
        if tag == "-text":
            return literal(re.sub(r"\s+", " ", node.text_content or ""))
        if tag[:1] in "-!_":
            return ""
        if tag == "br":
            return "\n"
        if tag == "img":
            floats += self._picture(node)
            return ""
        if HIDDEN.search(node.attributes.get("style") or ""):
            self.left["隐藏的字"] += bool(_words(node))
            return ""
        if node.css_first(", ".join(BLOCKS)) is not None and any(each.tag in BLOCKS for each in node.css("*")):
            floats += self.blocks(node)
            return ""
        inside = "".join(self.inline(child, floats) for child in node.iter(include_text=True))
        said, href = inside.strip(), node.attributes.get("href") or ""
        if tag == "a" and re.fullmatch(r"https?://[^\s()<>]+", href) and said and not re.search(r"[\[\]\n]", said):
            return inside.replace(said, said if said == href else f"[{said}]({href})")
        return inside

    def _picture(self, node: LexborNode) -> Iterator[Piece]:
        """浏览器「另存为」的图，在网页旁边的文件夹里；别处的不取。"""
        source = unquote(node.attributes.get("src") or "").removeprefix("./")
        path = self.folder / source
        inside = source and "://" not in source and path.resolve().is_relative_to(self.folder.resolve())
        if not inside or not path.is_file():
            self.left["在网上的图（另存照片，放进文件夹，用 PHOTOS=文件夹）"] += 1
            return
        self.found.photos.append(Found(path.name, path.read_bytes()))
        yield Figure(len(self.found.photos) - 1)


def _place(node: LexborNode) -> int:
    items = [each for each in node.parent.iter() if each.tag == "li"] if node.parent else []
    return next((number for number, each in enumerate(items, 1) if each.mem_id == node.mem_id), 1)

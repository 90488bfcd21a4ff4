"""Word 稿（.docx）读成 manuscript.py 的样子。

照文档的树一处一处走，不认得的也走进去：只有这里写明不要的（删去的修订、隐藏的字、批注、页眉页脚）不带，都数着。
比过 mammoth：别人的 322 份里，它有 12 份丢字，2 份打不开；自动编号的“一、”没有了，隐藏的字当正文。
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from macros.model.numerals import chinese
from macros.model.refusal import Refusal

from .manuscript import Figure, Found, Grid, Line, Manuscript, Piece, literal

LARGEST = 100_000_000  # 文件本身；照片多的稿子也就几十兆
UNPACKED, XML = 400_000_000, 40_000_000  # 解开以后一共，一份正文
OLE = b"\xd0\xcf\x11\xe0"
OFF = ("0", "false", "off", "none")
DROPPED = {"del": "删去的修订", "moveFrom": "删去的修订", "rt": "注音"}
SILENT = ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText", "delText", "Fallback", "sdtPr", "sdtEndPr")
WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0x52: "☑", 0xFE: "☑", 0xFC: "√", 0xD8: "➢", 0xE0: "→"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STEMS = "甲乙丙丁戊己庚辛壬癸"
_HUNDREDS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
)
ROMAN = (*_HUNDREDS, (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def read(content: bytes) -> Manuscript:
    package = _opened(content)
    try:
        main = next(each.target_part for each in package.rels.values() if each.reltype.endswith("/officeDocument"))
        return _Reader(main).read()
    except (ValueError, KeyError, IndexError, AttributeError, StopIteration, etree.XMLSyntaxError, RecursionError):
        raise BROKEN from None


BROKEN = Refusal("这份稿子打不开，可能坏了", "用 Word 或 WPS 打开，另存为一份新的 .docx 再来")


def too_large(size: int) -> Refusal:
    fix = "在 Word 里「压缩图片」再保存；照片也可以放在文件夹里，用 PHOTOS=文件夹"
    return Refusal(f"这份稿子有 {size // 1_000_000} MB，超过 {LARGEST // 1_000_000} MB", fix)


def _opened(content: bytes) -> OpcPackage:
    if content.startswith(OLE):
        raise Refusal("这份稿子加了密码，或者是旧的格式", "用 Word 或 WPS 打开，去掉密码，另存为 .docx 再来")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
        large = any(each.file_size > XML for each in entries if each.filename.lower().endswith((".xml", ".rels")))
        if large or sum(each.file_size for each in entries) > UNPACKED:
            raise Refusal("这份稿子解开以后太大，不像是稿子", "把正文复制到一份新的文档里，另存再来")
        return OpcPackage.open(io.BytesIO(content))
    except Refusal:
        raise
    except Exception:  # 坏法太多，库里报的也各种各样
        raise BROKEN from None


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _value(node: Any, name: str = "val") -> str:
    """属性：正式的和严格的命名空间一样看。"""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _down(node: Any, *path: str) -> Any:
    """一层一层往里找；没有为 None。"""
    for name in path:
        node = next((child for child in node if _local(child) == name), None) if node is not None else None
    return node


def _on(node: Any, name: str) -> bool | None:
    """开关：写了开、关；没有写为 None。"""
    found = _down(node, name) if node is not None else None
    return None if found is None else _value(found) not in OFF


def _tree(part: Part) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(part.blob, parser)


def _part(main: Part, kind: str) -> Any:
    """正文引用的那一份（样式、编号、脚注……）的树；没有的为空。"""
    found = (each for each in main.rels.values() if each.reltype.endswith(f"/{kind}") and not each.is_external)
    return next((_tree(each.target_part) for each in found), ())


@dataclass(frozen=True)
class _Run:
    text: str
    bold: bool = False
    href: str = ""


class _Reader:
    def __init__(self, main: Part) -> None:
        self.main = main
        self.found = Manuscript()
        self.left: Counter[str] = self.found.left
        self.styles = {_value(each, "styleId"): each for each in _part(main, "styles") if _local(each) == "style"}
        self.numbers = _Numbers(_part(main, "numbering"))
        self.notes: dict[tuple[str, str], Any] = {
            (kind, _value(each, "id")): each
            for kind in ("footnote", "endnote")
            for each in _part(main, f"{kind}s")
            if _local(each) == kind
        }
        self.named: dict[str, int] = {}  # 图的编号 → 第几张

    def read(self) -> Manuscript:
        for body in (each for each in _tree(self.main).iter() if _local(each) == "body"):
            self.found.pieces += self.blocks(body)
        self._count_parts()
        return self.found

    def _count_parts(self) -> None:
        comments = [each for each in _part(self.main, "comments") if _local(each) == "comment"]
        self.left["批注"] += len(comments)
        for relation in self.main.rels.values():
            kind = {"header": "页眉", "footer": "页脚"}.get(relation.reltype.rpartition("/")[2])
            if kind and not relation.is_external:
                words = "".join(each.text or "" for each in _tree(relation.target_part).iter() if _local(each) == "t")
                self.left[kind] += bool(re.sub(r"[\s\d—-]", "", words))
            self.left["宏（程序）"] += relation.reltype.endswith("/vbaProject")

    # ---- 一块一块 ----

    def blocks(self, node: Any) -> Iterator[Piece]:
        for child in node:
            name = _local(child)
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield from self.table(child)
            elif name in DROPPED:
                self.left[DROPPED[name]] += 1
            elif name == "altChunk":
                self.left["嵌着的别的文件"] += 1
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(child))
            elif name and name not in SILENT:
                yield from self.blocks(child)

    def paragraph(self, node: Any) -> Iterator[Piece]:
        properties = _down(node, "pPr")
        chain = list(self._chain(_value(_down(properties, "pStyle")) if _has(properties, "pStyle") else ""))
        hidden = next((on for each in chain if (on := _on(_down(each, "rPr"), "vanish")) is not None), False)
        floats: list[Piece] = []
        runs = list(self.inline(node, _Run(""), floats, hidden))
        text = _written(runs)
        if text.strip():
            names = [(_value(_down(each, "name")) if _has(each, "name") else "").lower() for each in chain]
            number, bullet = self._number(properties, chain)
            side = next(
                (
                    _value(found)
                    for each in (properties, *(_down(s, "pPr") for s in chain))
                    if each is not None and (found := _down(each, "jc")) is not None
                ),
                "",
            )
            yield Line(
                f"{number}{text.strip()}" if not bullet else text.strip(),
                level=self._level(properties, chain, names),
                bullet=bullet,
                title=any(each in ("title", "标题", "文档标题") for each in names[:2]),
                centred=side == "center",
                right=side in ("right", "end"),
            )
        yield from floats

    def _chain(self, id: str) -> Iterator[Any]:
        """一个样式，连同它照着的。"""
        seen: set[str] = set()
        while id in self.styles and id not in seen:
            seen.add(id)
            yield self.styles[id]
            based = _down(self.styles[id], "basedOn")
            id = _value(based) if based is not None else ""

    def _level(self, properties: Any, chain: list[Any], names: list[str]) -> int:
        for each in (properties, *(_down(style, "pPr") for style in chain)):
            if each is not None and (outline := _down(each, "outlineLvl")) is not None:
                return int(_value(outline)) + 1 if _value(outline) in "012345678" and _value(outline) else 0
        matches = (re.fullmatch(r"(?:heading|标题) ?([1-9])", each) for each in names)
        return next((int(match[1]) for match in matches if match), 0)

    def _number(self, properties: Any, chain: list[Any]) -> tuple[str, int]:
        """自动编号写成的字；没有序号的，是清单的第几层。"""
        for each in (properties, *(_down(style, "pPr") for style in chain)):
            if each is not None and (found := _down(each, "numPr")) is not None:
                id, level = _down(found, "numId"), _down(found, "ilvl")
                at = _value(level) if level is not None else "0"
                return self.numbers.next(_value(id) if id is not None else "", int(at) if at.isdecimal() else 0)
        return "", 0

    # ---- 行内的 ----

    def inline(self, node: Any, like: _Run, floats: list[Piece], hidden: bool = False) -> Iterator[_Run]:
        for child in node:
            name = _local(child)
            if name == "t":
                yield replace(like, text=literal(child.text or ""))
            elif name in ("tab", "ptab"):
                yield replace(like, text="\t")
            elif name in ("br", "cr"):
                yield replace(like, text="\n" if _value(child, "type") in ("", "textWrapping") else "")
            elif name == "noBreakHyphen":
                yield replace(like, text="-")
            elif name == "sym":
                yield replace(like, text=self._symbol(child))
            elif name == "r":
                yield from self._run(child, like, floats, hidden)
            elif name == "hyperlink":
                yield from self.inline(child, replace(like, href=self._address(child)), floats, hidden)
            elif name in ("footnoteReference", "endnoteReference"):
                yield from self._note(name.removesuffix("Reference"), _value(child, "id"))
            elif name in ("drawing", "pict", "object"):
                floats += self.graphic(child)
            elif name in ("oMath", "oMathPara"):
                self.left["公式（只带来里面的字，请核对）"] += 1
                yield replace(
                    like, text=literal("".join(each.text or "" for each in child.iter() if _local(each) == "t"))
                )
            elif name == "AlternateContent":
                yield from self.inline(_chosen(child), like, floats, hidden)
            elif name in DROPPED:
                self.left[DROPPED[name]] += 1
            elif name in ("p", "tbl"):  # 坏掉的文档：段里又有段
                floats += self.blocks([child])
            elif name and name not in SILENT:
                yield from self.inline(child, like, floats, hidden)

    def _run(self, node: Any, like: _Run, floats: list[Piece], hidden: bool) -> Iterator[_Run]:
        own = _down(node, "rPr")
        style = _down(own, "rStyle") if own is not None else None
        chain = [_down(each, "rPr") for each in self._chain(_value(style) if style is not None else "")]
        said = [on for each in (own, *chain) if (on := _on(each, "vanish")) is not None]
        if said[0] if said else hidden:
            self.left["隐藏的字"] += any(_local(each) == "t" and (each.text or "").strip() for each in node)
            return
        bold = next((on for each in (own, *chain) if (on := _on(each, "b")) is not None), False)
        yield from self.inline(node, replace(like, bold=bold), floats, hidden)

    def _symbol(self, node: Any) -> str:
        code = int(_value(node, "char") or "0", 16)
        if 0xF000 <= code <= 0xF0FF:
            code -= 0xF000
            if code not in WINGDINGS:
                self.left["认不得的符号（写成了□）"] += 1
            return WINGDINGS.get(code, "□")
        return chr(code) if code >= 32 else ""

    def _address(self, node: Any) -> str:
        relation = self.main.rels.get(_value(node, "id"))
        target = relation.target_ref if relation is not None and relation.is_external else ""
        return target if re.fullmatch(r"https?://[^\s()<>]+", target) else ""

    def _note(self, kind: str, id: str) -> Iterator[_Run]:
        note = self.notes.pop((kind, id), None)
        if note is None:
            return
        words = " ".join(each.text for each in self.blocks(note) if isinstance(each, Line)).strip()
        self.found.notes.append(words)
        yield _Run(f"[^zhu{len(self.found.notes)}]")

    # ---- 图、文本框 ----

    def graphic(self, node: Any) -> Iterator[Piece]:
        name = _local(node)
        if name == "txbxContent":
            yield from self.blocks(node)
            return
        if name == "AlternateContent":
            yield from self.graphic(_chosen(node))
            return
        if name == "blip" and _value(node, "embed"):
            yield from self._picture(_value(node, "embed"))
        elif name == "imagedata" and _value(node, "id"):
            yield from self._picture(_value(node, "id"))
        elif name in ("blip", "imagedata") and (_value(node, "link") or _value(node, "href")):
            self.left["连着文件外面的图"] += 1
        elif name == "textpath" and _value(node, "string").strip():
            yield Line(literal(_value(node, "string").strip()))
        elif name in ("chart", "relIds"):
            self.left["图表、示意图（在 Word 里复制，选择性粘贴成图片）"] += 1
        elif name == "t" and (node.text or "").strip():
            yield Line(literal(node.text.strip()))
        elif name == "OLEObject":
            self.left["嵌着的别的文件"] += 1
        for child in node:
            if _local(child) and _local(child) not in SILENT:
                yield from self.graphic(child)

    def _picture(self, id: str) -> Iterator[Piece]:
        relation = self.main.rels.get(id)
        if relation is None:
            self.left["丢了文件的图"] += 1
        elif relation.is_external:
            self.left["连着文件外面的图"] += 1
        else:
            part = relation.target_part
            if part.partname not in self.named:
                self.named[part.partname] = len(self.found.photos)
                self.found.photos.append(Found(posixpath.basename(part.partname), part.blob))
            yield Figure(self.named[part.partname])

    # ---- 表 ----

    def table(self, node: Any) -> Iterator[Piece]:
        rows = [[list(self.blocks(cell)) for cell in self._cells(row)] for row in self._rows(node)]
        spans = [[_span(cell) for cell in self._cells(row)] for row in self._rows(node)]
        if any(isinstance(each, Figure) for row in rows for cell in row for each in cell):
            yield from _album(rows)
        elif len(rows) < 2 or max(map(len, rows), default=0) < 2:
            yield from (each for row in rows for cell in row for each in cell)
        else:
            wide = max(sum(row) for row in spans)
            yield Grid(tuple(_padded(row, span, wide) for row, span in zip(rows, spans, strict=True)))

    def _rows(self, node: Any) -> Iterator[Any]:
        for child in node:
            if _local(child) == "tr":
                if _down(child, "trPr", "del") is None:
                    yield child
                else:
                    self.left["删去的修订"] += 1
            elif _local(child) not in ("tblPr", "tblGrid", "del"):
                yield from self._rows(child)

    def _cells(self, node: Any) -> Iterator[Any]:
        for child in node:
            if _local(child) == "tc":
                yield child
            elif _local(child) not in SILENT:
                yield from self._cells(child)


def _has(node: Any, name: str) -> bool:
    return node is not None and _down(node, name) is not None


def _chosen(node: Any) -> Any:
    """同一样东西新旧两种写法，取新的。"""
    found = _down(node, "Choice")
    return found if found is not None else (_down(node, "Fallback") if _has(node, "Fallback") else ())


def _span(cell: Any) -> int:
    found = _down(cell, "tcPr", "gridSpan")
    return min(max(int(_value(found)), 1), 60) if found is not None and _value(found).isdecimal() else 1


def _padded(row: list[list[Piece]], spans: list[int], wide: int) -> tuple[str, ...]:
    """合并的格，字在头一格，后面的空着。"""
    cells: list[str] = []
    for cell, span in zip(row, spans, strict=True):
        cells += [" ".join(_words(cell)), *[""] * (span - 1)]
    return tuple(re.sub(r"\s+", " ", each) for each in [*cells, *[""] * (wide - len(cells))])


def _words(pieces: list[Piece]) -> Iterator[str]:
    """格里的字；表里又有表的，接成一句。"""
    for each in pieces:
        if isinstance(each, Line):
            yield each.text
        elif isinstance(each, Grid):
            yield from (cell for row in each.rows for cell in row if cell)


def _album(rows: list[list[list[Piece]]]) -> Iterator[Piece]:
    """照片排成的表：图和下面一行同一格的字在一起。"""
    used: set[int] = set()
    for at, row in enumerate(rows):
        if at in used:
            continue
        below = rows[at + 1] if at + 1 < len(rows) else []
        pictured = any(isinstance(each, Figure) for cell in row for each in cell)
        paired = pictured and len(below) == len(row) and not any(isinstance(p, Figure) for c in below for p in c)
        if paired:
            used.add(at + 1)
        for number, cell in enumerate(row):
            yield from cell
            if paired:
                yield from (replace(each, centred=True) if isinstance(each, Line) else each for each in below[number])


def _written(runs: list[_Run]) -> str:
    """样子一样的接起来，加粗、链接写成 Markdown；整段都粗的不算粗。"""
    joined: list[_Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    plain = all(run.bold for run in joined if run.text.strip())
    return "".join(_marked(run, run.bold and not plain) for run in joined)


def _marked(run: _Run, bold: bool) -> str:
    inside = run.text.strip()
    if not inside or "\n" in inside or "\t" in inside:
        return run.text
    made = inside
    if run.href and not re.search(r"[\[\]]", inside):
        made = inside if inside == run.href else f"[{inside}]({run.href})"
    if bold and "*" not in inside and re.search(r"\w", inside) and len(inside) > 1:
        made = f"**{made}**"
    return run.text.replace(inside, made)


# ---- 自动编号 ----


class _Numbers:
    """编号是 Word 算出来的，文档里没有字：照它的写法算成字。"""

    def __init__(self, tree: Any) -> None:
        self.lists: dict[str, tuple[str, dict[int, Any]]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.started: set[str] = set()
        shapes = {_value(each, "abstractNumId"): each for each in tree if _local(each) == "abstractNum"}
        self.restarts: dict[str, dict[int, int]] = {}
        for each in tree:
            if _local(each) != "num" or not _has(each, "abstractNumId"):
                continue
            id, shape = _value(each, "numId"), _value(_down(each, "abstractNumId"))
            levels = {_at(level): level for level in shapes.get(shape, ()) if _local(level) == "lvl"}
            for override in (child for child in each if _local(child) == "lvlOverride"):
                if _has(override, "lvl"):
                    levels[_at(override)] = _down(override, "lvl")
                if _has(override, "startOverride"):
                    start = _value(_down(override, "startOverride"))
                    self.restarts.setdefault(id, {})[_at(override)] = int(start) if start.isdecimal() else 1
            self.lists[id] = (shape, levels)

    def next(self, id: str, level: int) -> tuple[str, int]:
        shape, levels = self.lists.get(id, ("", {}))
        if level not in levels:
            return "", 0
        if _format(levels[level]) == "bullet":
            return "", level + 1
        if id not in self.started:
            self.started.add(id)
            for at, start in self.restarts.get(id, {}).items():
                self.counts[shape, at] = start - 1
        for at in range(level):
            self.counts.setdefault((shape, at), _start(levels.get(at)))
        self.counts[shape, level] = self.counts.get((shape, level), _start(levels[level]) - 1) + 1
        for key in [key for key in self.counts if key[0] == shape and key[1] > level]:
            del self.counts[key]
        written = _down(levels[level], "lvlText")
        return re.sub(
            "%([1-9])",
            lambda match: _figured(
                self.counts.get((shape, int(match[1]) - 1), 1), _format(levels.get(int(match[1]) - 1))
            ),
            _value(written) if written is not None else "",
        ) + (" " if re.search(r"[0-9a-zA-Z][.)]?$", _value(written) if written is not None else "") else ""), 0


def _at(level: Any) -> int:
    at = _value(level, "ilvl")
    return int(at) if at.isdecimal() else 0


def _start(level: Any) -> int:
    found = _down(level, "start") if level is not None else None
    return int(_value(found)) if found is not None and _value(found).isdecimal() else 1


def _format(level: Any) -> str:
    found = _down(level, "numFmt") if level is not None else None
    return _value(found) if found is not None else "decimal"


def _figured(number: int, kind: str) -> str:
    """一个编号的写法。"""
    if kind == "none":
        return ""
    if 0 < number < 10_000 and re.search(
        "(?i)chineseCounting|ideographDigital|japaneseCounting|taiwaneseCounting", kind
    ):
        return chinese(number)
    table = {"ideographTraditional": STEMS, "decimalEnclosedCircle": CIRCLED, "decimalEnclosedCircleChinese": CIRCLED}
    if kind in table and 0 < number <= len(table[kind]):
        return table[kind][number - 1]
    if kind.endswith("Letter") and 0 < number <= 26:
        return chr((ord("A") if kind.startswith("upper") else ord("a")) + number - 1)
    if kind.endswith("Roman") and 0 < number < 4000:
        made = ""
        for size, letters in ROMAN:
            made += letters * (number // size)
            number %= size
        return made if kind.startswith("upper") else made.lower()
    return str(number)

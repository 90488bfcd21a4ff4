"""纸的网页 → Word 文件，一样的字、表和图。只认 templates/ 里用到的标签。"""

from __future__ import annotations

import base64
import io
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model import raster

FONT = "宋体"
WIDE, HIGH, EDGE = 210, 297, 18  # 毫米
TEXT = WIDE - 2 * EDGE
PICTURE = 640  # 矢量图画成多少像素宽
TALLEST = 60  # 一张图最高多少毫米
SIZES = {"h1": 22, "h2": 14, "h3": 11.5, "small": 9, "mono": 9}


def document(html: str) -> bytes:
    tree = LexborHTMLParser(html)
    title, body = tree.css_first("title"), tree.css_first("body")
    made = _blank(title.text() if title else "")
    if body:
        _blocks(made, body)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _blank(title: str) -> Any:
    made = Document()
    page = made.sections[0]
    page.start_type = WD_SECTION.NEW_PAGE
    page.page_width, page.page_height = Mm(WIDE), Mm(HIGH)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(EDGE)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.paragraph_format.space_after = Pt(4)
    for number in (1, 2, 3):
        made.styles[f"Heading {number}"].font.size = Pt(SIZES[f"h{number}"])
    made.styles["Normal"].font.size = Pt(10.5)
    made.core_properties.title, made.core_properties.author = title, ""
    made.core_properties.comments = ""
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, code in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        foot.add_run(words).font.size = Pt(9)
        if code:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            foot._p.append(field)
    return made


def _blocks(made: Any, node: LexborNode) -> None:
    for child in node.iter():
        tag, kinds = child.tag, (child.attributes.get("class") or "").split()
        if tag in ("h1", "h2", "h3"):
            heading = made.add_heading(level=int(tag[1]))
            if tag == "h1":
                heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _inline(heading, child, Mm(TEXT))
        elif tag == "p":
            paragraph = made.add_paragraph()
            size = SIZES["small"] if "small" in kinds else None
            _inline(paragraph, child, Mm(TEXT), bold="stop" in kinds, size=size)
        elif tag == "table":
            _table(made, child, signing="sign" in kinds)
        else:
            _blocks(made, child)


def _table(made: Any, node: LexborNode, signing: bool) -> None:
    if caption := node.css_first("caption"):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _inline(paragraph, caption, Mm(TEXT), bold=True)
    rows = node.css("tr")
    shares = [float((col.attributes.get("style") or "").removeprefix("width:").rstrip("%")) for col in node.css("col")]
    count = max(sum(int(c.attributes.get("colspan") or 1) for c in row.css("th, td")) for row in rows)
    widths = [Mm(TEXT * share / 100) for share in shares or [100 / count] * count]
    table = made.add_table(len(rows), count, style="Table Grid")
    table.autofit = False
    for number, row in enumerate(rows):
        heading = row.parent is not None and row.parent.tag == "thead"
        _keep(table.rows[number], heading)
        at = 0
        for cell in row.css("th, td"):
            span = int(cell.attributes.get("colspan") or 1)
            box = table.cell(number, at)
            if span > 1:
                box = box.merge(table.cell(number, at + span - 1))
            box.width = sum(widths[at : at + span])
            at += span
            paragraph = box.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            kinds = (cell.attributes.get("class") or "").split()
            size = next((SIZES[kind] for kind in kinds if kind in SIZES), None)
            _inline(paragraph, cell, box.width - Mm(4), bold=heading, size=size)
            if heading or "center" in kinds:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if "date" in kinds:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if signing and not heading:
            table.rows[number].height = Mm(15)
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _keep(row: Any, heading: bool) -> None:
    """一行不断在两页；表头每页都有。"""
    for name in ("w:cantSplit", *(("w:tblHeader",) if heading else ())):
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _inline(paragraph: Any, node: LexborNode, wide: int, bold: bool = False, size: float | None = None) -> None:
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            _said(paragraph, child.text_content or "", node, bold, size)
        elif tag == "br":
            paragraph.add_run().add_break()
        elif tag == "img":
            _picture(paragraph, child.attributes.get("src") or "", wide)
        elif tag:
            small = SIZES["mono"] if "mono" in (child.attributes.get("class") or "") else size
            _inline(paragraph, child, wide, bold or tag == "ins", small)


def _said(paragraph: Any, text: str, node: LexborNode, bold: bool, size: float | None) -> None:
    lines = text.split("\n") if node.tag in ("td", "th", "del", "ins") else [" ".join(text.split())]
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        run = paragraph.add_run(line)
        run.bold, run.font.strike, run.font.underline = bold, node.tag == "del", node.tag == "ins"
        if size:
            run.font.size = Pt(size)


def _picture(paragraph: Any, source: str, wide: int) -> None:
    """Word 不认 SVG、WebP：画成 PNG。"""
    kind, _, content = source.removeprefix("data:").partition(";base64,")
    raw = base64.b64decode(content)
    if kind == "image/svg+xml":
        raw = raster.png(raw.decode("utf-8"), PICTURE)
    picture = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as image:
        across, down = image.size
        image.convert("RGB" if image.mode in ("RGB", "L", "CMYK") else "RGBA").save(picture, "PNG")
    picture.seek(0)
    paragraph.add_run().add_picture(picture, width=int(min(wide, Mm(TALLEST) * across / down)))

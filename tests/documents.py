"""测试用的 Word、Excel、PPT、PDF：当场做，想有什么有什么。"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject

OFFICE = "http://schemas.openxmlformats.org"
KIND = f"{OFFICE}/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{OFFICE}/{name}"'
    for prefix, name in {
        "w": "wordprocessingml/2006/main",
        "x": "spreadsheetml/2006/main",
        "p": "presentationml/2006/main",
        "a": "drawingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "cp": "package/2006/metadata/core-properties",
        "ep": "officeDocument/2006/extended-properties",
        "op": "officeDocument/2006/custom-properties",
        "dc": "elements",
    }.items()
)
Part = tuple[str, str, str | bytes | None]  # 怎么引用，在哪里，内容；没有内容的在文件外面


def xml(name: str, inside: str = "", more: str = "") -> str:
    return f"<{name} {SPACES} {more}>{inside}</{name}>"


def relations(parts: list[Part]) -> str:
    rows = ""
    for number, (kind, target, content) in enumerate(parts, 1):
        place = f'"{target}" TargetMode="External"' if content is None else f'"/{target}"'
        rows += f'<Relationship Id="r{number}" Type="{KIND}/{kind}" Target={place}/>'
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{rows}</Relationships>'


def package(main: Part, *parts: Part, loose: dict[str, bytes] | None = None, types: str = "") -> bytes:
    """main 引用其余的；docProps/ 里的由总的入口引用。loose：没有哪里引用的。"""
    top = [main, *(part for part in parts if part[1].startswith("docProps/"))]
    below = [part for part in parts if part not in top]
    folder, _, name = main[1].rpartition("/")
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">{types}</Types>',
        "_rels/.rels": relations(top),
        f"{folder}/_rels/{name}.rels": relations(below),
        **{target: content for _, target, content in (*top, *below) if content is not None},
        **(loose or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for target, content in written.items():
            made.writestr(target, content)
    return buffer.getvalue()


def word(body: str = "", *parts: Part, loose: dict[str, bytes] | None = None, types: str = "") -> bytes:
    main = ("officeDocument", "word/document.xml", xml("w:document", f"<w:body>{body}</w:body>"))
    return package(main, *parts, loose=loose, types=types)


def text(written: str, look: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{written}</w:t></w:r></w:p>"


def excel(rows: str = "", *parts: Part, state: str = "visible") -> bytes:
    """一张工作表「甲」；rows 是它的列和行。"""
    sheets = f'<x:sheets><x:sheet name="甲" sheetId="1" state="{state}" r:id="r1"/></x:sheets>'
    sheet = ("worksheet", "xl/worksheets/sheet1.xml", xml("x:worksheet", rows))
    return package(("officeDocument", "xl/workbook.xml", xml("x:workbook", sheets)), sheet, *parts)


def slides(*parts: Part) -> bytes:
    return package(("officeDocument", "ppt/presentation.xml", xml("p:presentation")), *parts)


def properties(**named: str) -> Part:
    """作者（creator）、上次保存的人（lastModifiedBy）。"""
    inside = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in named.items())
    return "core-properties", "docProps/core.xml", xml("cp:coreProperties", inside)


def pdf(change: Callable[[PdfWriter], object] = lambda _: None, into: DictionaryObject | None = None) -> bytes:
    """一页空白的 PDF，再照 change 改；into：这一页上再有这些。"""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    page.update(into or {})
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()

"""测试里的办公室稿子：照乡镇常见的样子用 python-docx 写，姓名、单位都是编的。"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def photo(size: tuple[int, int] = (400, 300), seed: int = 1, kind: str = "JPEG") -> bytes:
    """像手机拍的：带着位置和拍摄时间。"""
    exif = Image.Exif()
    exif[0x0110], exif[0x0132] = "SHOUJI X1", "2026:09:18 09:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    noise = Image.frombytes("RGB", (40, 30), hashlib.shake_128(bytes([seed])).digest(40 * 30 * 3))
    made = io.BytesIO()
    noise.resize(size, Image.Resampling.BICUBIC).save(made, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return made.getvalue()


class Office:
    """一份稿子，从上往下写。"""

    def __init__(self) -> None:
        self.doc = Document()

    def line(self, *pieces: str, centred: bool = False, right: bool = False, size: int = 16) -> Office:
        """一段；几截是几个 run，输入法断开的样子。"""
        paragraph = self.doc.add_paragraph()
        for piece in pieces:
            run = paragraph.add_run(piece)
            run.font.name, run.font.size = "仿宋_GB2312", Pt(size)
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
        if centred or right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
        return self

    def raw(self, inside: str) -> Office:
        """一段，里面是照 Word 存的样子写的。"""
        body = self.doc.element.body
        body.insert(len(body) - 1, parse_xml(f"<w:p {NS}>{inside}</w:p>"))
        return self

    def picture(self, content: bytes, wide: float = 8) -> Office:
        self.doc.add_picture(io.BytesIO(content), width=Cm(wide))
        return self

    def floating(self, content: bytes) -> Office:
        """四周环绕的图：锚在一段字上。"""
        self.doc.add_picture(io.BytesIO(content), width=Cm(5))
        inline = self.doc.paragraphs[-1]._element.find(f".//{qn('wp:inline')}")
        inline.tag = qn("wp:anchor")
        self.doc.paragraphs[-1].add_run("图旁边的一段字，照片浮在右边。")
        return self

    def table(self, *rows: tuple[str, ...]) -> Office:
        made = self.doc.add_table(len(rows), len(rows[0]))
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        return self

    def photo_table(self, photos: list[bytes], captions: list[str]) -> Office:
        made = self.doc.add_table(2, len(photos))
        for at, (content, caption) in enumerate(zip(photos, captions, strict=True)):
            made.cell(0, at).paragraphs[0].add_run().add_picture(io.BytesIO(content), width=Cm(6))
            made.cell(1, at).text = caption
        return self

    def numbered(self, kind: str, written: str, *lines: str) -> Office:
        """自动编号的几段：编号不在字里。"""
        part = self.doc.part.numbering_part.element
        ids = [int(each.get(qn("w:abstractNumId"))) for each in part.findall(qn("w:abstractNum"))]
        nums = [int(each.get(qn("w:numId"))) for each in part.findall(qn("w:num"))]
        abstract, num = max(ids, default=0) + 1, max(nums, default=0) + 1
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{written}"/></w:lvl>'
        )
        part.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="{abstract}">{level}</w:abstractNum>'))
        part.append(parse_xml(f'<w:num {NS} w:numId="{num}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
        for words in lines:
            number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'
            self.raw(f"<w:pPr>{number}</w:pPr><w:r><w:t>{words}</w:t></w:r>")
        return self

    def content(self) -> bytes:
        made = io.BytesIO()
        self.doc.save(made)
        return made.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.content())
        return path


def red_letterhead() -> Office:
    """红头、文号、分两行的标题、一、（一）1. 的层次、落款。"""
    return (
        Office()
        .line("样板镇人民政府", "文件", centred=True, size=36)
        .line("样政发〔2026〕12号", centred=True)
        .line("样板镇开展全民", "国防教育日", centred=True, size=22)
        .line("主题宣传活动", centred=True, size=22)
        .line(
            "　　2026年9月",
            "19日",
            "是",
            "第二十六个",
            "全民国防教育日。当天上午，样板镇在镇文化广场开展主题宣传，",
            "居民可以领折页、问政策。",
        )
        .line("　　一、现场讲解")
        .line("　　（一）讲兵役登记")
        .line("　　工作人员讲兵役登记怎么办,带什么材料。")
        .line("　　1.带身份证。")
        .line("　　2.带户口簿。")
        .line("　　（二）讲优待证")
        .line("　　优待证在  村里的窗口也能申请 。")
        .line("　　二、发放资料")
        .line("　　现场发放折页 300 份，接受咨询 40 人次。")
        .line("　　样板镇党建办", right=True)
        .line("　　2026年9月20日", right=True)
    )

"""排版：把数据和 typst 模板变成 PDF 或 PNG。缺字体、缺字、放不下都算失败，各说清怎么办。"""

from __future__ import annotations

import datetime
import io
import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import segno
import typst

from macros.model.raster import fonts, installed, no_font
from macros.model.refusal import Refusal

TEMPLATES = Path(__file__).parent / "typst"
# 模板里用到的字体和粗细；Debian 的 fonts-noto-cjk 里都有
FONTS = [(family, weight) for family in ("Noto Sans CJK SC", "Noto Serif CJK SC") for weight in (400, 700)]
UNIVERSAL = "ua-1"  # PDF/UA-1：有标签、有标题、有语言、图有说明
ISO_A = {"a3": (297, 420), "a4": (210, 297), "a6": (148, 105)}
NO_DATE = (1970, 1, 1)  # 没有日期的也要定死一个时刻，不看时钟；PDF 里不写


class Typesetter:
    """一个模板，排很多份。root：图片从哪个文件夹取。"""

    def __init__(self, name: str, root: Path) -> None:
        parts = [(TEMPLATES / f"{each}.typ").read_text(encoding="utf-8") for each in ("common", name)]
        self.source = "\n".join(parts)
        self.inputs = (self.source, version("typst"))
        self._root = root

    def pdf(self, data: dict[str, Any]) -> bytes:
        return self._compile(data, format="pdf", pdf_standards=UNIVERSAL)

    def png(self, data: dict[str, Any], width: int) -> bytes:
        """width：一页宽多少像素。"""
        ppi = width / (ISO_A[data["paper"]][0] / 25.4)
        return self._compile(data, format="png", ppi=ppi)

    def screen(self, data: dict[str, Any]) -> bytes:
        """显示屏的图片：模板里 1 磅就是 1 像素。"""
        return self._compile(data, format="png", ppi=72)

    def _compile(self, data: dict[str, Any], **how: Any) -> bytes:
        missing = [family for family, weight in FONTS if (family, weight) not in installed()]
        if missing:
            raise no_font(missing[0])
        stamp = datetime.datetime.combine(datetime.date(*(data["date"] or NO_DATE)), datetime.time.min, datetime.UTC)
        try:
            made, warnings = _compiler(self._root).compile_with_warnings(
                input=self.source.encode(), sys_inputs={"data": dumps(data)}, timestamp=stamp, **how
            )
        except typst.TypstError as error:
            raise _explained(error.message) from None
        if warnings:
            raise _explained(warnings[0].message)
        if not isinstance(made, bytes):  # 多页的 PNG 才是一串
            raise Refusal("图片不止一页", "把这一行告诉技术人员")
        return made


@cache
def _compiler(root: Path) -> typst.Compiler:
    return typst.Compiler(root=str(root.resolve()), font_paths=fonts(), ignore_system_fonts=True)


def _explained(message: str) -> Refusal:
    """typst 的英文变成一句白话。"""
    if "放不下" in message:
        return Refusal("缩到字号下限、删到只剩要点，一页还是放不下", "把标题、条件或正文写短些")
    if family := re.search(r"unknown font family: (.+)", message):
        return no_font(family[1])
    if glyph := re.search(r'the text `"(.*?)"` could not be displayed', message):
        return Refusal(f"字体里没有「{glyph[1]}」这个字", "换一个写法，或用文字说明")
    return Refusal(f"排版不成：{message}", "把这一行告诉技术人员")


def dumps(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def qr(url: str) -> str:
    """网址的二维码：SVG，四周留白四格，容错 M 级，贴在墙上旧了也认得出。"""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=4, dark="#18211c", xmldecl=False)
    return out.getvalue().decode()

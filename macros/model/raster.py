"""SVG → PNG：给只收图片的地方。用 typst 画，不用浏览器。"""

from __future__ import annotations

import re
from functools import cache

import typst

from .refusal import Refusal

FONT = "Noto Sans CJK SC"
PAGE = """#set page(width: 360pt, height: auto, margin: 0pt, fill: white)
#set par(leading: 0pt, spacing: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def png(svg: str, width: int) -> bytes:
    """白底，宽 width 像素，高照比例。"""
    if "<text" in svg and not {(FONT, 400), (FONT, 700)} <= installed():
        raise no_font(FONT)
    try:
        made = _compiler().compile(input=PAGE.encode(), format="png", ppi=width / 360 * 72, sys_inputs={"svg": svg})
    except typst.TypstError as error:
        what = re.sub(r"\s+", " ", str(error.message))
        raise Refusal(f"图画不出来（{what}）", "在浏览器里打开这张图看看，重新存一遍 SVG") from None
    if not isinstance(made, bytes):
        raise Refusal("图画不出来", "把这一行告诉技术人员")
    return made


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@cache
def installed() -> set[tuple[str, int]]:
    """电脑上的字体：名字，粗细。"""
    return {(font.family, font.weight) for font in fonts().fonts()}


def no_font(family: str) -> Refusal:
    return Refusal(f"电脑上没有字体 {family}", "先装上（Debian：sudo apt install fonts-noto-cjk），再做一次")


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)

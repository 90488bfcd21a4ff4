"""文章里的图：展品的线描、照片、年度数据的图表、二维码。公众号不收 SVG，一律做成 PNG；照片照原样。"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import unquote

import segno
from selectolax.lexbor import LexborNode

from macros.model import Site
from macros.model.addresses import resolve
from macros.model.refusal import Refusal
from macros.model.values import Picture

from .. import raster
from ..imprint import DEMO_LINE
from ..job import Built
from .fragment import Image

WIDTH = 1080  # 公众号里图片宽多少像素
LARGEST = 10 * 1024 * 1024  # 公众号收的图片不超过 10 MB
PHOTOS = (".png", ".jpg", ".jpeg", ".gif")
DARK = "#18211c"

# 图表单独成图：宽 360，页面里的样式换成写死的颜色
CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="360" height="{height}" viewBox="0 0 360 {height}">
<style>text {{ font-family: "Noto Sans CJK SC"; font-size: 16px; fill: #18211c }}
.name {{ font-size: 18px; font-weight: 700 }} .small {{ font-size: 13px; fill: #465149 }} .demo {{ fill: #a5361b }}
.value {{ font-weight: 700 }} .track {{ fill: #e3eee6 }} .bar {{ fill: #1d5a41 }}
.about {{ fill-opacity: .55; stroke: #1d5a41; stroke-width: 2 }}
.gap {{ fill: none; stroke: #6d7a71; stroke-width: 1.5; stroke-dasharray: 6 4 }}</style>
<rect width="360" height="{height}" fill="#fff"/>
<rect x="18" y="22" width="5" height="20" fill="#a5361b"/>
<text class="name" x="32" y="39">{name}</text>
<text class="small" x="32" y="62">{years}</text>
<svg x="18" y="80" width="324" height="{bars}">{inside}</svg>
{foot}
</svg>"""


@dataclass(frozen=True)
class Pictures:
    """一篇文章的图从哪里来。url：这一页的地址；demo：是不是演示。"""

    built: Built
    url: str
    demo: bool
    registered: list[Picture]

    def of(self, node: LexborNode, number: int) -> Image:
        return self._chart(node, number) if node.tag == "svg" else self._shown(node, number)

    def unshown(self, html: str) -> list[Picture]:
        """页眉登记了、正文里没有放的图。"""
        return [each for each in self.registered if f'src="{each.file}"' not in html]

    def cover(self, picture: Picture, number: int) -> Image:
        return self._file(picture.file, picture.alt, picture.caption, number)

    def _shown(self, node: LexborNode, number: int) -> Image:
        source = node.attributes.get("src") or ""
        caption = node.parent.css_first("figcaption") if node.parent and node.parent.tag == "figure" else None
        said = caption.text(deep=True).strip() if caption else ""
        for each in self.registered:
            if each.file == unquote(source):
                said = said or each.caption
        return self._file(source, node.attributes.get("alt") or "", said, number)

    def _file(self, source: str, alt: str, caption: str, number: int) -> Image:
        address = resolve(self.url, source)
        if address is None:
            raise Refusal(f"{self.url} 的图片 {source[:60]} 在别的网站上", "存到本页的 assets 文件夹里再用")
        path = address.path
        try:
            content = (self.built.folder / path).read_bytes()
        except OSError:
            raise Refusal(f"{self.url} 的图片 {path} 没有在生成的网站里", "核对文件名，再运行 make site") from None
        stem, suffix = Path(path).stem, Path(path).suffix.lower()
        if suffix == ".svg":
            svg = content.decode("utf-8", "replace")
            return Image(f"{number:02}-{stem}.png", alt, caption, partial(raster.png, svg, WIDTH), (svg, str(WIDTH)))
        if suffix not in PHOTOS:
            raise Refusal(f"公众号不收 {path} 这种图片", "存成 PNG 或 JPG")
        if len(content) > LARGEST:
            raise Refusal(f"图片 {path} 超过 10 MB，公众号不收", "缩小到 2000 像素以内再存")
        return Image(f"{number:02}-{stem}{suffix}", alt, caption, lambda: content, (content,))

    def _chart(self, node: LexborNode, number: int) -> Image:
        """页面里的那张图，一个数也不另取；上面加标题，下面加来源。"""
        title, desc = node.css_first("title"), node.css_first("desc")
        name, _, years = (title.text() if title else "").rpartition("，")
        site = self.built.site
        said = [_credit(site, name), *([DEMO_LINE] if self.demo else [])]
        bars = int(node.attributes.get("height") or 0)
        kind = ("small", "small demo")
        foot = "\n".join(
            f'<text class="{kind[i]}" x="18" y="{80 + bars + 22 + i * 20}">{escape(line)}</text>'
            for i, line in enumerate(said)
        )
        inside = "".join(child.html or "" for child in node.iter() if child.tag not in ("title", "desc"))
        height = 80 + bars + 18 + 20 * len(said)
        svg = CHART.format(name=escape(name), years=years, height=height, bars=bars, inside=inside, foot=foot)
        alt = f"图表：{name}，{years}。{desc.text() if desc else ''}"
        return Image(f"{number:02}-tubiao.png", alt, "", partial(raster.png, svg, WIDTH), (svg, str(WIDTH)))


def _credit(site: Site, name: str) -> str:
    indicator = site.indicators.get(name)
    column = site.township.site_name if site.township else ""
    return f"来源：{indicator.source}　{column}" if indicator else column


def code(url: str, number: int) -> Image:
    """本页的二维码。"""
    return Image(f"{number:02}-erweima.png", f"二维码，扫码看网页：{url}", "", partial(_code, url), (url,))


def _code(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=12, border=4, dark=DARK)
    return out.getvalue()

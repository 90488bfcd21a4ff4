"""文章里的图：展品的线描、照片、年度数据的图表、二维码。公众号不收 SVG，一律做成 PNG；照片照原样。"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

import segno
from PIL import Image as Photo

from macros.model import Site, raster
from macros.model.addresses import OUTSIDE
from macros.model.refusal import Refusal
from macros.model.texttree import Chart, Picture, words

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
    """一篇文章的图从哪里来。url：这一页的地址；demo：是不是演示；credits：登记的图，地址 → 图下的字。"""

    built: Built
    url: str
    demo: bool
    credits: dict[str, str]

    def of(self, shown: Picture | Chart, number: int) -> Image:
        return self._chart(shown, number) if isinstance(shown, Chart) else self._file(shown, number)

    def _file(self, shown: Picture, number: int) -> Image:
        path, alt = shown.path, shown.alt
        if OUTSIDE.match(path):
            raise Refusal(f"{self.url} 的图片 {path[:60]} 在别的网站上", "存到本页的 assets 文件夹里再用")
        caption, credit = words(shown.caption), self.credits.get(path, "")
        credit = "" if credit in caption else credit
        try:
            content = (self.built.folder / path).read_bytes()
        except OSError:
            raise Refusal(f"{self.url} 的图片 {path} 没有在生成的网站里", "核对文件名，再运行 make site") from None
        stem, suffix = Path(path).stem, Path(path).suffix.lower()
        if suffix == ".svg":
            svg = content.decode("utf-8", "replace")
            make = partial(raster.png, svg, WIDTH)
            return Image(f"{number:02}-{stem}.png", alt, caption, make, (svg, str(WIDTH)), credit)
        if suffix not in PHOTOS:
            raise Refusal(f"公众号不收 {path} 这种图片", "存成 PNG 或 JPG")
        if len(content) > LARGEST:
            raise Refusal(f"图片 {path} 超过 10 MB，公众号不收", "缩小到 2000 像素以内再存")
        return Image(f"{number:02}-{stem}{suffix}", alt, caption, lambda: content, (content,), credit)

    def _chart(self, chart: Chart, number: int) -> Image:
        """页面里的那张图，一个数也不另取；上面加标题，下面加来源。"""
        name, _, years = chart.name.rpartition("，")
        said = [_credit(self.built.site, name), *([DEMO_LINE] if self.demo else [])]
        kind = ("small", "small demo")
        foot = "\n".join(
            f'<text class="{kind[i]}" x="18" y="{80 + chart.height + 22 + i * 20}">{escape(line)}</text>'
            for i, line in enumerate(said)
        )
        svg = CHART.format(
            name=escape(name),
            years=years,
            height=80 + chart.height + 18 + 20 * len(said),
            bars=chart.height,
            inside=chart.drawing,
            foot=foot,
        )
        alt = f"图表：{name}，{years}。{chart.words}"
        return Image(f"{number:02}-tubiao.png", alt, "", partial(raster.png, svg, WIDTH), (svg, str(WIDTH)))


def _credit(site: Site, name: str) -> str:
    indicator = site.indicators.get(name)
    column = site.township.site_name if site.township else ""
    return f"来源：{indicator.source}　{column}" if indicator else column


def jpeg(picture: Photo.Image, limit: int) -> bytes:
    """小于 limit 字节，尽量清楚。"""
    for quality in range(92, 0, -8):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() < limit:
            break
    return out.getvalue()


def code(url: str, number: int) -> Image:
    """本页的二维码。"""
    return Image(f"{number:02}-erweima.png", f"二维码，扫码看网页：{url}", "", partial(_code, url), (url,))


def _code(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=12, border=4, dark=DARK)
    return out.getvalue()

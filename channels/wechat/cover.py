"""封面：类别、标题、栏目名，2.35 比 1。接口只收 64 KB 以内的 JPG。"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image as Photo

from macros.model.refusal import Refusal

from ..imprint import DEMO_LINE, hosted, stamp
from ..job import Built
from ..lines import fitted
from ..typesetter import Typesetter, dumps
from .article import COVER, Source
from .fragment import Image
from .pictures import jpeg

WIDTH, HEIGHT = 900, 383
LIMIT = 64 * 1024
AROUND, ROOM = 60, 190  # 左右各空多少，标题占多高（像素）
LARGEST, SMALLEST = 72, 30


def cover(built: Built, source: Source) -> Image:
    """放不下的，做的时候才说：文章照做。"""
    setter = Typesetter("cover", built.folder)
    data = _data(built, source)

    def make() -> bytes:
        if data["size"] < SMALLEST:
            raise Refusal(f"{source.page.file} 的标题太长，封面上放不下", "把一级标题写短些")
        with Photo.open(io.BytesIO(setter.screen(data))) as picture:
            return jpeg(picture.convert("RGB"), LIMIT)

    return Image(COVER, f"封面：{source.page.title}", "", make, (*setter.inputs, dumps(data)))


def _data(built: Built, source: Source) -> dict[str, Any]:
    township = hosted(built.site)
    title = fitted(source.page.title, WIDTH - 2 * AROUND, ROOM, LARGEST)
    return {
        "title": source.page.title,
        "description": "公众号文章的封面",
        "host": township.host,
        "date": stamp(source.date),
        "width": WIDTH,
        "height": HEIGHT,
        "kicker": source.kind,
        "lines": title.lines,
        "size": title.size,
        "site": DEMO_LINE if source.demo else township.site_name,
    }

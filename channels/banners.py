"""条幅：在用的、用于条幅的标语，一条一份按比例的 PDF，和一张给印刷店的清单。

高 0.7 米，长 6—10 米，由字数定：字写满高时放得下的整米数；10 米还放不下，字就小一些。
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from typing import Any

from macros.model import Site
from macros.model.numerals import date_words
from macros.model.slogans import BANNER, Document, Hanging, Slogan
from macros.model.spreadsheet import cell
from macros.model.values import Citation

from .grounds import ground
from .imprint import cited, hosted, stamp
from .job import Built, Job
from .typesetter import Typesetter, dumps

HEIGHT = 0.7
SHORTEST, LONGEST = 6, 10
FULL = 0.568  # 写满时一个字多宽（米）：高 0.7 米减去上下安全线
MARGIN = 0.2  # 左右安全线（米）
PAGE = "biaoyu/index.html"
LIST = "条幅清单.csv"
COLUMNS = [
    "编号",
    "文本",
    "字数",
    "高（米）",
    "长（米）",
    "颜色",
    "悬挂地点",
    "挂",
    "撤",
    "出处",
    "审核日期",
    "主办单位",
    "文件",
    "备注",
]


def jobs(built: Built) -> list[Job]:
    setter = Typesetter("banner", built.folder)
    shown = [s for s in built.site.slogans if BANNER in s.uses and not s.end]
    found = []
    for slogan in shown:
        data = _data(built.site, slogan)
        inputs = (*setter.inputs, dumps(data))
        path = f"banners/{slogan.id}.pdf"
        found.append(Job(path, PAGE, slogan.text, slogan.reviewed, inputs, _make(setter, data)))
    sheet = _sheet(built.site, shown)
    date = max((s.reviewed for s in shown if s.reviewed), default=None)
    return [*found, Job(f"banners/{LIST}", PAGE, "条幅清单", date, (sheet,), lambda: sheet)]


def metres(slogan: Slogan) -> int:
    """条幅多长。标点也占一个字。"""
    return min(LONGEST, max(SHORTEST, math.ceil(len(slogan.text) * FULL + 2 * MARGIN)))


def source(site: Site, slogan: Slogan) -> str:
    """出处的写法：《……法》第三条第二款；文件名；群众性标语。"""
    if isinstance(slogan.source, Citation):
        return cited(site, slogan.source.law, [slogan.source])
    return slogan.source.title if isinstance(slogan.source, Document) else slogan.source


def _make(setter: Typesetter, data: dict[str, Any]) -> Callable[[], bytes]:
    return lambda: setter.pdf(data)


def _data(site: Site, slogan: Slogan) -> dict[str, Any]:
    township = hosted(site)
    long = metres(slogan)
    return {
        "title": slogan.text,
        "slogan": slogan.text,
        "id": slogan.id,
        "description": f"条幅，{HEIGHT}米×{long}米，比例1:10",
        "host": township.host,
        "date": stamp(slogan.reviewed),
        "reviewed": date_words(slogan.reviewed) if slogan.reviewed else "",
        "demo": township.demo or slogan.demo,
        "metres": long,
        "height-words": f"{HEIGHT}米",
        "length-words": f"{long}米",
        "ground": ground(slogan).colour,
        "joint": ground(slogan).joint,
        "colours": ground(slogan).words,
        "source": source(site, slogan),
    }


def _sheet(site: Site, slogans: list[Slogan]) -> bytes:
    """一处悬挂一行；还没有定悬挂的也有一行。"""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for slogan in slogans:
        hangings: list[Hanging | None] = [*slogan.hangings] or [None]
        writer.writerows(map(cell, _row(site, slogan, hanging)) for hanging in hangings)
    return out.getvalue().encode("utf-8-sig")


def _row(site: Site, slogan: Slogan, hanging: Hanging | None) -> list[str]:
    township = hosted(site)
    return [
        slogan.id,
        slogan.text,
        str(slogan.length),
        str(HEIGHT),
        str(metres(slogan)),
        ground(slogan).words,
        *([hanging.place, hanging.up.isoformat(), hanging.down.isoformat()] if hanging else ["", "", ""]),
        source(site, slogan),
        slogan.reviewed.isoformat() if slogan.reviewed else "",
        township.host,
        f"{slogan.id}.pdf",
        "演示，不能制作" if township.demo or slogan.demo else "",
    ]

"""离线整包：整个网站放进一个压缩包，拷到 U 盘，双击就能看。同样的网站打出同样的字节。"""

from __future__ import annotations

import datetime
import io
import zipfile

from macros.model.numerals import date_words
from macros.model.refusal import Refusal

from . import bundle
from .job import Built, Job

README = "读我.txt"
ONLY_FOR_SERVERS = ("404.html", "sitemap.xml")


def jobs(built: Built) -> list[Job]:
    date = bundle.day(built)
    folder = f"guofang-jiaoyu-{date}"  # 带日期：U 盘上的两份不会混在一起
    content = {name: data for name, data in bundle.files(built).items() if name not in ONLY_FOR_SERVERS}
    town = bundle.town(built)
    readme = bundle.notepad(bundle.words("duwo.txt.j2", town=town, day=date_words(date), folder=folder))
    title = f"{town.site_name}（离线整包）"

    def make() -> bytes:
        if "search.html" in built.site.urls and not any(name.startswith("assets/search/") for name in content):
            raise Refusal(f"{built.folder}/ 里没有搜索的索引", "先运行 make site，再做一次")
        return pack({**content, README: readme}, folder, date)

    inputs = (folder, bundle.listing(bundle.sums(content), folder), readme)
    return [Job(f"offline-{date}.zip", "index.html", title, date, inputs, make)]


def pack(content: dict[str, bytes], folder: str, date: datetime.date) -> bytes:
    """时间、先后、权限都定死。名字不是 ASCII 的，zipfile 会标明是 UTF-8。"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", (date.year, date.month, date.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data, compresslevel=9)
    return out.getvalue()

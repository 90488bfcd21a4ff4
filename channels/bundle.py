"""离线整包和栏目整包共用的：取哪些文件，写给人看的文字。"""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import Any

from macros.model.refusal import Refusal
from macros.model.templates import environment
from macros.model.township import Township
from macros.views.shell import updated

from .job import Built

# 说的是 site/ 这个文件夹本身；压缩的副本打包时另做
LEFT_OUT = ("manifest.json", "sitemap.xml.gz")

TEMPLATES = Path(__file__).parent / "templates"

_environment = environment(TEMPLATES, html=False)


def files(built: Built) -> dict[str, bytes]:
    """网站的全部文件，按名字排。"""
    names = sorted(path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file())
    kept = [name for name in names if name not in LEFT_OUT and not any(part[0] == "." for part in name.split("/"))]
    return {name: (built.folder / name).read_bytes() for name in kept}


def sums(content: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}


def listing(found: dict[str, str], folder: str) -> str:
    """写成 sha256sum -c 认得的样子。"""
    return "".join(f"{digest}  {folder}/{name}\n" for name, digest in sorted(found.items()))


def town(built: Built) -> Township:
    if built.site.township is None:
        raise Refusal("data/township.yml 读不出来", "先运行 make check，照着改好")
    return built.site.township


def day(built: Built) -> datetime.date:
    """整包的日期：内容里最新的。"""
    newest = updated(built.site)
    if newest is None:
        raise Refusal("还没有一页核对过，整包没有日期可写", "核对一页，在页眉写 复核: 核对的那一天，再做一次")
    return newest


def words(template: str, **values: Any) -> str:
    return _environment.get_template(template).render(**values)


def source(template: str) -> str:
    """模板的原文：它变了，写出来的也要重做。"""
    return (TEMPLATES / template).read_text(encoding="utf-8")


def notepad(text: str) -> bytes:
    """旧的记事本也能看：带 BOM，换行是 CRLF。"""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

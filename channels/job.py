"""一件要做的东西，和做它要用的材料。"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from macros.model import Site


@dataclass(frozen=True)
class Built:
    """site：数据；folder：生成好的网站；dist：成品放哪里；prefix：栏目挂在哪一层，空着就照网址。"""

    site: Site
    folder: Path
    dist: Path
    prefix: str = ""

    def html(self, url: str) -> str:
        return (self.folder / url).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Job:
    """一个文件。path 相对 dist/；source 是它来自哪一页（网站里的地址）或哪份数据。

    date：内容的日期，没有核对过的为 None。inputs：决定内容的全部材料；没有变就不重做。make 返回文件的字节。
    waiting：还是待公布，没有印上去的几样。
    """

    path: str
    source: str
    title: str
    date: datetime.date | None
    inputs: tuple[bytes | str, ...]
    make: Callable[[], bytes] = field(compare=False)
    waiting: tuple[str, ...] = ()

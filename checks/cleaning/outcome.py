"""洗一个文件的结果：干净的内容，去掉了什么；或者洗不了，怎么办。"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cleaned:
    """suffix：该用的后缀，不带点。said：去掉、改了什么，一样几个字；没有就是本来干净。left：要人自己定的。"""

    content: bytes
    suffix: str
    said: tuple[str, ...] = ()
    left: tuple[Stuck, ...] = ()


@dataclass
class Stuck(Exception):
    """洗不了：什么不行，怎么办。"""

    what: str
    fix: str

"""公开以前必须成立的事。每项检查：Site → 问题清单；不认识 MkDocs，也不认识 channels。"""

from __future__ import annotations

from collections.abc import Callable

from macros.model import Problem, Site


def data(site: Site) -> list[Problem]:
    """data/ 和 docs/：写法、键名、取值、几个文件之间对不对得上，宏和站内链接。"""
    return site.problems


CHECKS: dict[str, Callable[[Site], list[Problem]]] = {"data": data}

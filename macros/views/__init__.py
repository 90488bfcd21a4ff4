"""视图：(Site, 本页地址, 参数…) → HTML。每个宏一个函数，没有别的副作用。"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ..model.kinds import MACROS
from .shell import template_values

__all__ = ["VIEWS", "template_values"]

# 宏 → 写出它的函数，在宏表里写的那个模块里，同名
VIEWS: dict[str, Callable[..., str]] = {
    macro.name: getattr(import_module(f".{macro.view}", __name__), macro.name) for macro in MACROS.values()
}

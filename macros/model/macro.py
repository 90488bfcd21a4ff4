"""宏和它的参数：叫什么，填什么，举例怎么写。有哪些宏在 kinds.py。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .nearest import likely

if TYPE_CHECKING:
    from .site import Site

Values = dict[str, Any]


def _anything(_: Site) -> None:
    return None


@dataclass(frozen=True)
class Argument:
    """参数填的是什么：报错时的说法，例子，可以填哪些（None：不在这里核对）。"""

    name: str
    example: str
    allowed: Callable[[Site], Sequence[Any] | None] = field(default=_anything, repr=False)  # 函数印出来有地址


@dataclass(frozen=True)
class Param:
    """一个参数：名字、填什么、能不能省。"""

    name: str
    argument: Argument
    optional: bool = False


@dataclass(frozen=True)
class Macro:
    """一个宏，由 views/<view>.py 里同名的函数写出。block：成块的，要独占一行。"""

    name: str
    view: str
    params: tuple[Param, ...] = ()
    block: bool = True

    def __reduce__(self) -> tuple[Any, ...]:
        """几个进程之间只传名字：参数里有函数，传不了。"""
        return _named, (self.name,)


def _named(name: str) -> Macro:
    from .kinds import MACROS

    return MACROS[name]


def bind(macro: Macro, args: list[Any], kwargs: Values) -> Values | tuple[str, str]:
    """把实参对到参数名上；对不上就返回说明和改法。"""
    names = [p.name for p in macro.params]
    usage = f"照这样写：{example(macro)}"
    if len(args) > len(names):
        return f"{macro.name} 的参数多了", usage
    values = dict(zip(names, args, strict=False))
    for name, value in kwargs.items():
        if name not in names:
            fix = likely(name, names) if names else "这个宏不要参数"
            return f"{macro.name} 没有「{name}」这个参数", fix
        if name in values:
            return f"{macro.name} 的「{name}」写了两遍", usage
        values[name] = value
    missing = [p.name for p in macro.params if not p.optional and p.name not in values]
    if missing:
        return f"{macro.name} 少了参数：{'、'.join(missing)}", usage
    return {name: values.get(name) for name in names}


def example(macro: Macro) -> str:
    shown = ", ".join(param.argument.example for param in macro.params if not param.optional)
    return f"{{{{ {macro.name}({shown}) }}}}"

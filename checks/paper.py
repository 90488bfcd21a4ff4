"""两张给人签的纸共用的：读参数、套模板、写到 dist/，出错时一行白话。"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.model import load
from macros.model.refusal import Refusal

from .base import Subject
from .command import Parser, day

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, **values: Any) -> str:
    return _environment.get_template(f"{template}.html.j2").render(values)


def main(usage: str, make: Callable[[Subject], str], arguments: list[str] | None = None) -> int:
    """make 做出纸来，返回要打印的话。"""
    asked = Parser(usage).parse_args(arguments)
    root = Path(asked.root)
    as_of = day(asked.as_of)

    def action() -> str:
        if not ((root / "data").is_dir() and (root / "docs").is_dir()):
            raise Refusal(f"{root} 里没有 data 和 docs 文件夹", "在项目的文件夹里运行")
        return make(Subject(load(root), as_of, Path(asked.site) if asked.site else None))

    return plainly(action)


def plainly(action: Callable[[], str]) -> int:
    """做事，打印结果；做不成，说一句为什么。"""
    try:
        print(action())
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"读写 {error.filename or 'dist'} 出错（{type(error).__name__}）；看看有没有权限、磁盘满没满",
            file=sys.stderr,
        )
        return 1
    return 0


def write(path: Path, text: str, encoding: str = "utf-8") -> None:
    """先写旁边的，再改名：断在半路也不会留下半张纸。"""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.new")
    part.write_text(text, encoding=encoding, newline="")
    part.replace(path)

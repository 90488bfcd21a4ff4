"""两张给人签的纸共用的：读参数，套模板。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.model import load
from macros.model.door import Door

from .base import Subject

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
    door = Door(usage)
    door.add_argument("--site", type=Path)
    return door.enter(lambda asked: make(Subject(load(asked.root), asked.day, asked.site)), arguments)

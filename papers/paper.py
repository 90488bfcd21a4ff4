"""两张给人签的纸共用的：读参数，套模板。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checks.subject import Subject
from macros.model import load
from macros.model.door import Door
from macros.model.templates import environment

_environment = environment(Path(__file__).parent / "templates")


def render(template: str, **values: Any) -> str:
    return _environment.get_template(f"{template}.html.j2").render(values)


def main(usage: str, make: Callable[[Subject], str], arguments: list[str] | None = None) -> int:
    """make 做出纸来，返回要打印的话。"""
    door = Door(usage)
    door.add_argument("--site", type=Path)
    return door.enter(lambda asked: make(Subject(load(asked.root), asked.day, asked.site)), arguments)

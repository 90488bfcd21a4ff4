"""工作流里一步写给后面几步的值；不在工作流里，没有地方写，就不写。"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(env: Mapping[str, str], **values: str) -> None:
    if place := env.get("GITHUB_OUTPUT"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())

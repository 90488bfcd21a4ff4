"""Jinja 模板的环境：网页和纸上的转义，纯文字的照原样；名字写错了就报错，不留空。"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path, html: bool = True) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=html,  # noqa: S701 只有纯文字的才不转义
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not html,
    )

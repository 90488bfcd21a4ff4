"""样式和脚本换上带散列的名字；网页生成的时候已经照这个名字写。"""

from __future__ import annotations

from pathlib import Path

from ..model import Site
from ..views.assets import FOLDER, assets


def write(site: Site, folder: Path) -> None:
    for name, (address, content) in assets(site.root).items():
        (folder / FOLDER / name).unlink(missing_ok=True)
        (folder / address).write_bytes(content)

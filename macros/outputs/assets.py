"""样式和脚本换上带散列的名字；网页生成的时候已经照这个名字写。"""

from __future__ import annotations

from pathlib import Path

from ..model import Site
from ..views.assets import FOLDER, LOADER, MADE_OF, assets


def write(site: Site, folder: Path) -> None:
    for name in (*(part for parts in MADE_OF.values() for part in parts), LOADER):
        (folder / FOLDER / name).unlink(missing_ok=True)
    for address, content in assets(site.root).values():
        (folder / address).write_bytes(content)

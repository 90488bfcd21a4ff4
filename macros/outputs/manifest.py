"""site/manifest.json：由哪份内容生成，有哪些文件，各自的 sha256。发布和核对副本时用。最后写。"""

from __future__ import annotations

import json
from pathlib import Path

from ..model import Site, load
from ..model.sources import digest, digests, files

NAME = "manifest.json"


def write(site: Site, folder: Path) -> None:
    # 生成的中途 data/、docs/ 又改了，说不清来自哪一份：来源留空，发布时会拦下
    sources = digest(site.root) if load(site.root).public is site else ""
    listed = digests(folder, [name for name in files(folder) if name != NAME])
    text = json.dumps({"sources": sources, "files": listed}, ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")

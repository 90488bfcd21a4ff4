"""python -m checks.images [--root 项目的文件夹]：去掉 docs/ 里照片的位置、手机型号、拍摄时间。"""

from __future__ import annotations

import sys
from pathlib import Path

from macros.model.door import Door

from .attachments import clean

USAGE = "用法：python -m checks.images [--root 项目的文件夹]"


def _clean(docs: Path) -> str:
    cleaned = clean(docs)
    return "\n".join([*(f"清掉了附带信息：{name}" for name in cleaned), f"改了 {len(cleaned)} 张照片。"])


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: _clean(asked.root / "docs")))

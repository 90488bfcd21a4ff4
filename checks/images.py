"""python -m checks.images [--root 项目的文件夹]：去掉 docs/ 里照片的位置、手机型号、拍摄时间。"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .attachments import clean
from .paper import plainly

USAGE = "用法：python -m checks.images [--root 项目的文件夹]"


def main() -> int:
    parser = argparse.ArgumentParser(usage=USAGE, allow_abbrev=False)
    parser.error = lambda _: parser.exit(2, f"{USAGE}\n")  # type: ignore[method-assign,assignment]
    parser.add_argument("--root", type=Path, default=Path())
    asked = parser.parse_args()
    return plainly(lambda: _clean(asked.root / "docs"))


def _clean(docs: Path) -> str:
    cleaned = clean(docs)
    return "\n".join([*(f"清掉了附带信息：{name}" for name in cleaned), f"改了 {len(cleaned)} 张照片。"])


if __name__ == "__main__":
    sys.exit(main())

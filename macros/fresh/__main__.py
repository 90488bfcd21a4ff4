"""make fresh"""

from __future__ import annotations

import sys
from pathlib import Path

from ..model import errors, listing, summary
from . import RefusedError, fresh


def main() -> int:
    try:
        problems = fresh(Path.cwd())
    except RefusedError as reason:
        print(f"没有动任何文件：{reason}。", file=sys.stderr)
        return 1
    print(listing(problems))
    print(summary(problems))
    print("演示内容已清掉。下一步：填 data/township.yml 和 data/places.yml，再 make site 看看。")
    return 1 if errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main())

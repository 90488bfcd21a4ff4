"""make fresh"""

from __future__ import annotations

import sys
from pathlib import Path

from ..model import errors, listing, summary
from ..model.refusal import Refusal
from . import fresh


def main() -> int:
    try:
        problems = fresh(Path.cwd())
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(listing(problems))
    print(summary(problems))
    print("演示内容已清掉。下一步：填 data/township.yml 和 data/places.yml，再 make site 看看。")
    return 1 if errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main())

"""python -m macros.fresh [--root 项目的文件夹]：变成一个空乡镇。"""

from __future__ import annotations

import sys
from pathlib import Path

from ..model import errors, listing, summary
from ..model.door import Answer, Door
from . import fresh

USAGE = "用法：python -m macros.fresh [--root 项目的文件夹]"
NEXT = "演示内容已清掉。下一步：make start，一样一样地问本镇的事实。"


def start(root: Path) -> Answer:
    problems = fresh(root)
    listed = [listing(problems)] if problems else []
    return "\n".join([*listed, summary(problems), NEXT]), not errors(problems)


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: start(asked.root)))

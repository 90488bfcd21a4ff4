"""python -m release.archive 年份：把一年封存。页面标明已归档，数从此锁住，要改先写更正。"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

from macros.model import load
from macros.model.disk import write
from macros.model.door import Door, filled
from macros.model.kinds import KINDS
from macros.model.nearest import likely
from macros.model.refusal import Refusal

USAGE = "用法：make archive YEAR=2020"


def archive(root: Path, asked: str, day: datetime.date) -> str:
    site = load(root)
    years = KINDS["years"]
    file = years.path(asked)
    year = site.years.get(int(asked)) if asked.isdecimal() else None
    if year is None:
        raise Refusal(f"没有 {asked} 年的数据", likely(asked, map(str, site.years)))
    if any(problem.file == file for problem in site.problems if problem.level == "错误"):
        raise Refusal(f"{file} 还有错误", "先运行 make check，改好再封存")
    if year.archived:
        raise Refusal(f"{asked} 年在 {year.archived} 已经封存", "不用再封")
    if year.year >= day.year:
        raise Refusal(f"{asked} 年还没有过完", "过完年、数都审完再封存")
    if years.page_url(asked) not in {row.url for row in site.published}:
        raise Refusal(f"{asked} 年的数还没有公开过", "先发布；封存锁的是公开过的数")
    path = root / file
    text = path.read_text(encoding="utf-8")
    write(path, re.sub(r"(?m)^(审核日期: .*)$", rf"\1\n归档: {day}", text, count=1).encode())
    waiting = [name for name, figure in year.figures.items() if figure.state == "待公布"]
    note = f"\n还写着待公布的：{'、'.join(waiting)}。以后补上，也要写更正。" if waiting else ""
    return f"{asked} 年封存好了：{file} 写上了 归档: {day}。{note}\n接着 make site、make publish。"


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    sys.exit(door.enter(lambda asked: archive(asked.root, asked.target, asked.day)))

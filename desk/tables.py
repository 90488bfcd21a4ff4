"""填好的工作簿读回来：照表名和列名认，不看在第几列；和做出来时不一样的格子才是改动。

有一处读不成、不许写、和别人的改动撞上，就一处也不写；每一处都说是哪张表哪一格。
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from macros.model import errors, load
from macros.model.door import Answer
from macros.model.refusal import Refusal

from . import layout, workbook
from .cells import Unread, chinese_year, day
from .findings import problems
from .layout import ACTIVITIES, BASE, FACTS, GUIDE, TABLES, Table, plain
from .reader import Reader, flat, titles
from .rows import read_facts, read_table
from .staging import added, staged
from .workbook import Cell, Sheet
from .yearly import read_year

NOTHING_DONE = "一处也没有写"
CHECKS = ("data", "terms", "drafting", "privacy", "secrecy", "signoff")  # 表里写得进去的，这几项查得到


def _book(reader: Reader, sheets: list[Sheet]) -> None:
    """认出各张表，一张一张读。"""
    _version(reader, sheets)
    known = 0
    for sheet in sheets:
        if sheet.name in (GUIDE, BASE) or not sheet.cells:
            continue
        found = _recognised(sheet)
        if found is None or sheet.hidden:
            why = "是隐藏的" if found is not None else "不认识"
            reader.notes.append(f"「{sheet.name}」表{why}，没有读")
            continue
        known += 1
        name = found.name if isinstance(found, Table) else str(found)
        if name in reader.met:
            first = reader.met[name]
            reader.faults.append(f"「{sheet.name}」表：和「{first}」表都是「{name}」；留一张，另一张删掉")
            continue
        reader.met[name] = sheet.name
        if isinstance(found, int):
            read_year(reader, sheet, found)
        elif isinstance(found, Table):
            read_table(reader, sheet, found)
        elif found == FACTS:
            read_facts(reader, sheet)
        else:
            _untouched(reader, sheet)
    if not known:
        names = "、".join(f"「{sheet.name}」" for sheet in sheets if sheet.name not in (GUIDE, BASE))
        raise Refusal(f"这本工作簿里没有认得的表（{names}）", "用 make excel 做出来的填，表名、列名不要改")


def _version(reader: Reader, sheets: list[Sheet]) -> None:
    for sheet in sheets:
        if sheet.name == GUIDE:
            for cell in sheet.cells.values():
                found = re.fullmatch(rf"{layout.VERSION_WORDS} (\d+) 版", str(cell.value))
                if found and found[1] != layout.VERSION:
                    what = f"这是第 {found[1]} 版的工作簿，现在用第 {layout.VERSION} 版"
                    raise Refusal(what, "运行 make excel 重新做一本，把填好的抄过去")
        elif sheet.name == BASE:
            for row in range(2, sheet.rows + 1):
                name, key, title, said = ("" if c.value is None else str(c.value) for c in _cells(sheet, row, 4))
                reader.base[name, key, title] = said


def _recognised(sheet: Sheet) -> int | Table | str | None:
    """一年的表是年份，别的是 TABLES 里的一张，或者表名；不认识为 None。"""
    name = plain(sheet.name)
    for table in TABLES:
        if name in (table.name, *table.also):
            return table
    if name in (FACTS, ACTIVITIES):
        return name
    rows = [set(row) for _, row in titles(sheet)]
    wanted = layout.YEAR_COLUMNS
    if layout.NAMED_YEAR.match(f"{name}年") or any(
        {"指标", *wanted["指标"]} & row and {"值", *wanted["值"]} & row for row in rows
    ):
        return _year_named(sheet)
    scored = [(max((_score(row, table) for row in rows), default=0), table) for table in TABLES]
    best, table = max(scored, key=lambda each: each[0], default=(0, TABLES[0]))
    return table if best >= 0.6 else None


def _untouched(reader: Reader, sheet: Sheet) -> None:
    """只给人看的表：改了也不读，说一声。"""
    said = {flat(cell) or "" for cell in sheet.cells.values()}
    lost = [shown for (name, _, _), shown in reader.base.items() if name == sheet.name and shown and shown not in said]
    if lost:
        reader.notes.append(f"「{sheet.name}」表改过，没有读：改活动改 docs/ 里的页面")


def _cells(sheet: Sheet, row: int, width: int) -> Iterator[Cell]:
    return (sheet.at(row, column) for column in range(1, width + 1))


def _score(titles: set[str], table: Table) -> float:
    known = sum(bool({column.title, *column.also} & titles) for column in table.columns)
    return known / len(table.columns) if {table.natural} & titles else 0


def _year_named(sheet: Sheet) -> int:
    """表名，或者表头上面的字里写着的年份；看不出来为 0。"""
    above = [f"{cell.value}" for (row, column), cell in sorted(sheet.cells.items()) if row <= 3 and column == 1]
    for words in (f"{sheet.name}年", *above):
        if found := layout.NAMED_YEAR.search(re.sub(r"\s", "", words)):
            year = int(found[1]) if found[1].isdigit() else chinese_year(found[1])
            if year:
                return year
    return 0


def read(root: Path, file: Path, *, date: str = "", reason: str = "") -> Reader:
    """读一本工作簿：改动、毛病都在里面，还没有写。"""
    reader = Reader(root, load(root), _asked_day(date), reason)
    _book(reader, workbook.read(file))
    reader.finish()
    return reader


def take(
    root: Path,
    file: Path,
    today: datetime.date,
    *,
    word: str = "import",
    date: str = "",
    reason: str = "",
    sure: str = "",
) -> Answer:
    """读一本工作簿，改 data/。sure：看过改动，写“是”才写进去；在终端里可以当面问。word：打的是 make 的哪个词。"""
    reader = read(root, file, date=date, reason=reason)
    again = f"改好存上，再来一次：make {word} FILE={file}"
    notes = [f"提醒：{each}" for each in (*reader.notes, *reader.undated)]
    if reader.faults:
        count = f"{file.name} 有 {len(reader.faults)} 处要改，{NOTHING_DONE}："
        return "\n".join([count, *reader.faults, *notes, again]), False
    changed = sorted(reader.files.changed)
    if not changed:
        return "\n".join([f"{file.name} 和现在的一样，没有改动", *notes])
    listed = [f"{file.name} 改 {len(reader.changes)} 处：", *map(str, reader.changes), *notes]
    with staged(root, reader.files.changed) as copy:
        found = problems(copy, today, *CHECKS)
        if errors(found) and (wrong := added(problems(root, today, *CHECKS), found)):
            said = dict.fromkeys(reader.located(copy, each) for each in wrong)
            return "\n".join([*listed, f"照这样改，检查有 {len(said)} 处错误，{NOTHING_DONE}：", *said, again]), False
        after = [f"提醒：{reader.located(copy, each)}" for each in found if each.file in changed]
    if not _agreed(listed, sure):
        return "\n".join([*listed, f"还没有写。没有错，再加 SURE=是：make {word} FILE={file} SURE=是"])
    reader.files.save()
    seen = sys.stdin.isatty() and not sure
    done = [f"写进了 {'、'.join(changed)}", *after, "接着：make serve 看一看，make check 再查一遍"]
    return "\n".join([*([] if seen else listed), *done])


def _agreed(listed: list[str], sure: str) -> bool:
    if sure or not sys.stdin.isatty():
        return sure == "是"
    print("\n".join(listed))
    try:
        return input("写进去吗？（是、否）").strip() == "是"
    except EOFError:
        return False


def _asked_day(date: str) -> str:
    if not date:
        return ""
    try:
        return day(Cell("", "", date)) or ""
    except Unread as problem:
        raise Refusal(problem.what, problem.fix) from None

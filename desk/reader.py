"""读一本工作簿的记事本：改动、毛病、提醒各记在哪里；一格是不是改过、和别人撞没撞上。"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.model import Problem, Site
from macros.model.kinds import KINDS
from macros.model.yamlfile import Path_, read_yaml

from .cells import Unread, day, text
from .layout import DROPPED, REQUIRED, Column, plain
from .workbook import Cell, Sheet
from .yamledit import Files, dump

ASIDE = re.compile("合计|总计|小计|总数|备注|说明|注|填[报表].*|审核.*|制表.*|复核.*|单位.*|负责人.*|联系.*|统计.*")
DEEPEST = 15  # 表头最晚在第几行


@dataclass
class Change:
    """一处改动：哪一格，什么，原来的，新的。"""

    cell: Cell
    what: str
    old: Any
    new: Any

    def __str__(self) -> str:
        hidden = "（隐藏的）" if self.cell.hidden else ""
        return f"{self.cell.where}{hidden} {self.what}：{said(self.old)} → {said(self.new)}"


@dataclass
class Reader:
    """读一本工作簿。day、reason：命令里写的更正日期、原因，表里没有写的用它。"""

    root: Path
    site: Site
    day: str = ""
    reason: str = ""
    base: dict[tuple[str, str, str], str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)  # 内容改了，核对的日子没有改
    cells: list[tuple[str, Path_, Cell]] = field(default_factory=list)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)  # 新文件 → 内容
    met: dict[str, str] = field(default_factory=dict)  # 读过的表是什么 → 哪一张

    def __post_init__(self) -> None:
        self.files = Files(self.root)

    @property
    def demo(self) -> bool:
        """演示网站里新加的，也标上演示。"""
        return bool(self.site.township and self.site.township.demo)

    def fault(self, cell: Cell, what: str, fix: str) -> None:
        self.faults.append(f"{cell.where}：{what}；{fix}")

    def header(
        self, sheet: Sheet, wanted: dict[str, tuple[str, ...]], needed: str
    ) -> tuple[int, dict[str, int]] | None:
        """表头在第几行，各列在第几列。needed：没有这一列就不是表头。"""
        names = {each: title for title, also in wanted.items() for each in (title, *also)}
        best: tuple[int, dict[str, int]] | None = None
        for row, said in titles(sheet):
            found: dict[str, int] = {}
            for column, title in enumerate(said, 1):
                meant = title if title in wanted else names.get(title, "")
                if meant and (meant not in found or title == meant) and not sheet.at(row, column).covered:
                    if title == meant and meant in found and said[found[meant] - 1] == meant:
                        self.fault(sheet.at(row, column), f"有两列都叫「{meant}」", "改掉一列的列名")
                    found[meant] = column
            if needed in found and (best is None or len(found) > len(best[1])):
                best = row, found
        if best is None:
            self.fault(Cell(sheet.name, "A1"), f"没有找到「{needed}」这一列", "表头照 make excel 做出来的，不要改")
            return None
        used = set(best[1].values())
        others = [title for column, title in enumerate(_row(sheet, best[0]), 1) if title and column not in used]
        if others:
            self.notes.append(f"「{sheet.name}」表的 {'、'.join(others)} 列不认识，没有读")
        return best

    def touched(self, cell: Cell, sheet: str, key: str, title: str) -> bool:
        """和做出来的时候不一样；没有底稿的都算。"""
        was = self.base.get((sheet, key, title))
        try:
            return was is None or was != (flat(cell) or "")
        except Unread:
            return True

    def clash(self, cell: Cell, key: tuple[str, str, str], now: Any, new: Any) -> bool:
        """工作簿做好以后，文件里也改过同一处。"""
        was = self.base.get(key)
        shown = "" if now is None else str(now)
        if was is None or was == shown or new == now:
            return False
        what = f"做工作簿的时候是 {was or '空的'}，后来文件里改成了 {shown or '空的'}"
        self.fault(cell, what, "运行 make excel 重新做一本，再改这一格")
        return True

    def put(
        self,
        sheet: Sheet,
        file: str,
        path: Path_,
        key: str,
        cell: Cell,
        column: Column,
        now: Any,
        title: str,
        order: tuple[str, ...] = (),
    ) -> None:
        """一格改成一个值。"""
        read, value = self.value(column, cell)
        if not read or value == now or (value is None and now is None):
            return
        if self.clash(cell, (sheet.name, key, title), column.show(now), column.show(value)):
            return
        self.changes.append(Change(cell, str(path[-1]), column.show(now), column.show(value)))
        self.cells.append((file, path, cell))
        edited = self.files.open(file)
        if value is None and column.blank is DROPPED and not column.inside and len(path) > 1:
            edited.remove(path)
        else:
            edited.set(path, value, order)

    def value(self, column: Column, cell: Cell) -> tuple[bool, Any]:
        """读成了没有，值是什么。"""
        try:
            value = column.read(cell)
        except Unread as problem:
            self.fault(cell, problem.what, problem.fix)
            return False, None
        if value is None and column.blank == REQUIRED:
            self.fault(cell, f"没有填「{column.title}」", "填上")
            return False, None
        return True, column.blank if value is None else value

    def page(self, kind: str, key: Any, title: str, summary: str, date: str) -> None:
        """这一样的页面：只有一个宏。"""
        shown = KINDS[kind]
        call = f"{shown.macros[0].name}({key if isinstance(key, int) else f'{chr(34)}{key}{chr(34)}'})"
        header = dump({"摘要": summary, "复核": date})
        self.files.create(f"docs/{shown.page_path(key)}", f"---\n{header}---\n\n# {title}\n\n{{{{ {call} }}}}\n")

    def gone(self, sheet: Sheet, seen: dict[str, int], file: str, apart: set[str]) -> None:
        before = dict.fromkeys(key for name, key, _ in self.base if name == sheet.name and key not in apart)
        if gone := [key for key in before if key not in seen]:
            self.notes.append(
                f"「{sheet.name}」表少了 {'、'.join(gone)}：程序不删，要删的在 data/{Path(file).name} 里删"
            )

    def finish(self) -> None:
        for name, value in self.made.items():
            self.files.create(name, dump(value))

    def located(self, copy: Path, problem: Problem) -> str:
        """这处问题是哪一格改出来的；都不是，说在哪个文件。"""
        mine = [(path, cell) for file, path, cell in self.cells if file == problem.file]
        if mine:
            doc = read_yaml(copy / problem.file, problem.file)
            lines = [(doc.marks.get(path, doc.start)[0], len(path), i) for i, (path, _) in enumerate(mine)]
            near = max((each for each in lines if each[0] <= problem.line), default=min(lines))
            return f"{mine[near[2]][1].where}：{problem.words}"
        return f"{problem.file}：{problem.words}"


def _row(sheet: Sheet, row: int) -> list[str]:
    return [plain(cell.value) for cell in sheet.row(row)]


def titles(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    return ((row, _row(sheet, row)) for row in range(1, min(DEEPEST, sheet.rows) + 1))


def flat(cell: Cell) -> str | None:
    """一格的字，和底稿比用。"""
    try:
        if isinstance(cell.value, datetime.datetime | datetime.date):
            return day(cell)
        return text(cell)
    except Unread:
        return f"读不出（{cell.value}）"


def said(value: Any) -> str:
    if value in (None, ""):
        return "（空）"
    if isinstance(value, dict):
        return "；".join(f"{key} {each}" for key, each in value.items())
    return str(value)

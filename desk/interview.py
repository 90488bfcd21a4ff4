"""一样一样地问事实：照工作簿里的列问，答一样就照模型的规矩查一样，答完一条写一条。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from macros.model import errors, load
from macros.model.kinds import KINDS
from macros.model.refusal import Refusal
from macros.model.values import UNKNOWN
from macros.model.yamlfile import parse_yaml

from .ask import Question, answers
from .layout import FACT_COLUMNS, FACT_ROWS, FACTS, REQUIRED, Column, Table
from .reader import Reader
from .rows import read_facts, read_table
from .workbook import Cell, Sheet

NONE = "还没有"  # 可以空着的，不答时这样说
UNSURE = re.compile("(还)?(不知道|不清楚|不详|不确定|未知|待定|忘了)[。了]?|[?？]+")


@dataclass
class Entry:
    """正在问的一条：table 为空是本栏目，别的是表里的一行。said：项目 → 答的。"""

    root: Path
    table: Table | None
    said: dict[str, str] = field(default_factory=dict)

    def ask(self, columns: Iterable[Column], usage: str) -> None:
        """已经写在 said 里的，直接回车就是它。"""
        for column in columns:
            note = "、".join(column.choices) or column.note
            words = f"{column.title}（{note}）" if note else column.title
            usual = self.said.get(column.title) or ("" if column.blank is REQUIRED else column.blank or NONE)
            question = Question(column.title, words, partial(self._take, column), usual)
            answers([question], {}, usage)

    def _take(self, column: Column, said: str) -> None:
        """答的合不合规矩：不合的照检查说的话退回去。开放时间答一天，后面几天先照着。"""
        if UNSURE.fullmatch(said):
            if column.blank is REQUIRED:
                raise Refusal(f"「{column.title}」一定要填", "问清楚再答；先停下，按 Ctrl+C")
            said = column.blank or NONE
        if said == NONE:
            return
        week = [each.title for each in self.table.columns if each.inside] if self.table and column.inside else []
        titles = week[week.index(column.title) :] if week else [column.title]
        new = self.said | dict.fromkeys(titles, said)
        before = self._faults(self.said)
        for words in self._faults(new):
            if words not in before:
                raise Refusal(*words)
        self.said = new

    def _faults(self, said: Mapping[str, str]) -> list[tuple[str, str]]:
        """读的时候的毛病，和写成以后模型查出来的：说明、改法。"""
        reader = self._read(said)
        found = [each.split("：", 1)[1] for each in reader.faults]
        for name, content in reader.files.changed.items():
            kind = next((kind for kind in KINDS.values() if kind.matches(name.removeprefix("data/"))), None)
            if kind:
                doc = parse_yaml(content.decode(), name)
                if (value := kind.load(doc)) is not None:
                    kind.rules(value, doc, reader.site)
                found += [each.words for each in errors(doc.problems)]
        pairs = (words.rpartition("；") for words in found)
        return [(what, fix) for what, _, fix in pairs]

    def _read(self, said: Mapping[str, str]) -> Reader:
        reader = Reader(self.root, load(self.root))
        if self.table:
            rows: list[Iterable[str]] = [said.keys(), said.values()]
            sheet = _sheet(self.table.name, rows)
            if self.table.natural in said:
                read_table(reader, sheet, self.table)
        else:
            sheet = _sheet(FACTS, [FACT_COLUMNS[:2], *said.items()])
            read_facts(reader, sheet)
        reader.finish()
        return reader

    def save(self) -> None:
        """这一条写进文件。"""
        reader = self._read(self.said)
        if reader.faults:
            raise Refusal(reader.faults[0], "再打 make start，重新答这一条")
        reader.files.save()


def _sheet(name: str, rows: Iterable[Iterable[str]]) -> Sheet:
    sheet = Sheet(name, hidden=False)
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row, 1):
            sheet.cells[y, x] = Cell(name, sheet.at(y, x).place, value)
            sheet.rows, sheet.columns = max(sheet.rows, y), max(sheet.columns, x)
    return sheet


def open_facts(value: Mapping[str, object], reserved: Iterable[str]) -> list[Column]:
    """本栏目里还没有答的。"""
    found = []
    for fact in FACT_ROWS:
        inside = value.get(fact.inside) if fact.inside else value
        now = inside.get(fact.title) if isinstance(inside, Mapping) else None
        if fact.title not in reserved and now in (None, UNKNOWN):
            found.append(fact)
    return found

"""一行一条的表：办事的地方、服务窗口、标语、村史馆、展品，还有一行一项的本栏目。"""

from __future__ import annotations

import re
from typing import Any

from macros.model.kinds import KINDS
from macros.model.nearest import likely
from macros.model.values import UNKNOWN
from macros.model.yamlfile import Path_

from . import layout
from .cells import half, text
from .layout import TABLES, Table, plain
from .naming import slug
from .reader import ASIDE, Change, Reader, flat
from .workbook import Cell, Sheet

REVIEWED = "复核日期"


def read_table(reader: Reader, sheet: Sheet, table: Table) -> None:
    wanted = {column.title: column.also for column in table.columns}
    found = reader.header(sheet, wanted, table.natural)
    if found is None:
        return
    top, columns = found
    entries = {_key(own, item.get("编号")): (file, path, item) for file, path, item, own in table.entries(reader.site)}
    named = {(_own(key), plain(item.get(table.natural))): key for key, (_, _, item) in entries.items()}
    seen: dict[str, int] = {}
    for row in range(top + 1, sheet.rows + 1):
        at = {title: sheet.at(row, column) for title, column in columns.items()}
        natural = plain(flat(at[table.natural]))
        if all(cell.blank or cell.covered for cell in at.values()) or (
            ASIDE.fullmatch(natural) and sum(not c.blank for c in at.values()) <= 2
        ):
            continue
        key = _which(reader, table, at, entries, named, natural)
        if key is None:
            continue
        if key in seen:
            reader.fault(at[table.natural], f"这一条第 {seen[key]} 行已经有了", "留一行；真是两样的，编号写两个")
        elif key in entries:
            seen[key] = row
            _existing(reader, sheet, table, key, at, *entries[key])
        else:
            seen[key] = row
            _new(reader, table, key, at)
    reader.gone(sheet, seen, KINDS[table.kind].file, set())


def _which(
    reader: Reader,
    table: Table,
    at: dict[str, Cell],
    entries: dict[str, Any],
    named: dict[tuple[str, str], str],
    natural: str,
) -> str | None:
    """这一行是哪一条；新的一条，起一个编号。"""
    own = ""
    if table.own:
        halls = {hall.name: key for key, hall in reader.site.halls.items()} | _new_halls(reader)
        own = (half(at[table.own]) or "") if table.own in at else ""
        own = halls.get(own, own)
        if own not in {*reader.site.halls, *_new_halls(reader).values()}:
            cell = at.get(table.own, at[table.natural])
            reader.fault(cell, f"没有「{own or '空的'}」这个馆", likely(own, reader.site.halls))
            return None
    said = half(at["编号"]) if "编号" in at else None
    code = "" if said is None else str(said)
    for key in entries:
        mine = key.rpartition("/")[2]
        if _own(key) == own and code and (mine == code or mine.lstrip("0") == code.lstrip("0")):
            return key
    if (own, natural) in named and natural:
        key = named[own, natural]
        if code:
            reader.fault(at["编号"], f"「{natural}」的编号是 {key.rpartition('/')[2]}", "改回去；编号定了不改")
            return None
        return key
    return _key(own, code or _code(reader, table, own, at, {*entries}))


def _code(reader: Reader, table: Table, own: str, at: dict[str, Cell], taken: set[str]) -> str:
    """起一个编号：展品接着数，标语照这一类的字母接着数，别的用拼音。"""
    fresh = {_key(own, item["编号"]) for item in _fresh(reader, table, own)} | taken
    codes = [key.rpartition("/")[2] for key in fresh if _own(key) == own]
    if table.within:
        return f"{max((int(code) for code in codes if code.isdigit()), default=0) + 1:02d}"
    if table.name == layout.SLOGANS.name:
        kind = text(at["类别"]) if "类别" in at else ""
        same = [slogan.id for slogan in reader.site.slogans if slogan.category == kind]
        head = re.sub(r"-?\d+$", "", same[0]) if same else "biaoyu"
        last = max((int(code.rpartition("-")[2]) for code in codes if re.fullmatch(rf"{head}-\d\d", code)), default=0)
        return f"{head}-{last + 1:02d}"
    village = text(at["所在村"]) if "所在村" in at else None
    base = slug(village or flat(at[table.natural]) or "", "xin")
    numbered = (f"{base}-{i}" if i > 1 else base for i in range(1, 1000))
    return next(code for code in numbered if code not in codes)


def _fresh(reader: Reader, table: Table, own: str) -> list[dict[str, Any]]:
    """这一次新加的各条，和它们在一起的。"""
    kind = KINDS[table.kind]
    if kind.folder and not table.within:
        return [value for file, value in reader.made.items() if kind.matches(file.removeprefix("data/"))]
    file = kind.path(own)
    value: Any = reader.made.get(file) or (reader.files.opened[file].value if file in reader.files.opened else None)
    return list(((value or {}).get(table.within) if table.within else value) or [])


def _new_halls(reader: Reader) -> dict[str, str]:
    halls = [value for file, value in reader.made.items() if file.startswith("data/halls/")]
    return {hall["名称"]: hall["编号"] for hall in halls}


def _existing(
    reader: Reader,
    sheet: Sheet,
    table: Table,
    key: str,
    at: dict[str, Cell],
    file: str,
    path: Path_,
    item: dict[str, Any],
) -> None:
    grouped: dict[str, dict[str, Any]] = {}
    before = len(reader.changes)
    for column in table.columns:
        cell = at.get(column.title)
        if cell is None or column.made or column.title == table.own:
            continue
        if column.inside:
            grouped.setdefault(column.inside, {})[column.title] = (column, cell)
        elif reader.touched(cell, sheet.name, key, column.title):
            here = (*path, column.title)
            reader.put(sheet, file, here, key, cell, column, item.get(column.title), column.title, table.order)
    for name, columns in grouped.items():
        if any(reader.touched(cell, sheet.name, key, title) for title, (_, cell) in columns.items()):
            _set_group(reader, file, (*path, name), columns, item.get(name), table.order)
    changed = [each.what for each in reader.changes[before:]]
    if changed and REVIEWED in item and REVIEWED not in changed:
        name = item[table.natural]
        reader.undated.append(f"「{name}」的{REVIEWED}还是 {item[REVIEWED]}：打电话核对过的，表里也改成那一天")


def _set_group(
    reader: Reader, file: str, path: Path_, columns: dict[str, Any], now: Any, order: tuple[str, ...]
) -> None:
    value = _group(reader, columns)
    if value in (None, now):
        return
    cell = next(iter(columns.values()))[1]
    if isinstance(now, dict) and isinstance(value, dict):
        for title, (_, changed) in columns.items():
            if value[title] != now.get(title):
                reader.changes.append(Change(changed, title, now.get(title), value[title]))
    else:
        reader.changes.append(Change(cell, str(path[-1]), now, value))
    reader.cells += [(file, path, cell), *((file, (*path, title), each) for title, (_, each) in columns.items())]
    reader.files.open(file).set(path, value, order)


def _group(reader: Reader, columns: dict[str, Any]) -> Any:
    """开放时间的七格：都没定就是一句待公布。"""
    read = {title: reader.value(column, cell) for title, (column, cell) in columns.items()}
    values = {title: value for title, (done, value) in read.items() if done}
    if len(values) < len(columns):
        return None
    alike = set(values.values())
    return alike.pop() if len(alike) == 1 and alike == {UNKNOWN} else values


def _new(reader: Reader, table: Table, key: str, at: dict[str, Cell]) -> None:
    """新的一条：空着的照列的规矩补上。"""
    own, code = _own(key), key.rpartition("/")[2]
    item: dict[str, Any] = {}
    grouped: dict[str, dict[str, Any]] = {}
    for column in table.columns:
        cell = at.get(column.title, Cell(at[table.natural].sheet, at[table.natural].place))
        if column.made:
            item[column.title] = code
        elif column.inside:
            grouped.setdefault(column.inside, {})[column.title] = (column, cell)
            item.setdefault(column.inside, None)
        elif column.title != table.own:
            read, value = reader.value(column, cell)
            if read and value is not None:
                item[column.title] = value
    for name, columns in grouped.items():
        item[name] = _group(reader, columns)
    item |= dict(table.fixed)
    if reader.demo and table.demo:
        item["演示"] = "是"
    item = {name: item[name] for name in table.order if name in item}
    reader.changes.append(Change(at[table.natural], f"新的一条（{code}）", None, item.get(table.natural)))
    if table.within:
        _new_part(reader, table, own, item, at)
    elif KINDS[table.kind].folder:
        file = KINDS[table.kind].path(code)
        reader.made[file] = item | {table_part(table): []}
        reader.cells += [(file, (), at[table.natural]), *((file, (title,), cell) for title, cell in at.items())]
        name = item.get("名称", "")
        summary = f"{name}的简介、开放时间、地址、交通、电话和展品"
        reader.page(table.kind, code, str(name), summary, str(item.get("复核日期")))
    else:
        file = KINDS[table.kind].path()
        edited = reader.files.open(file)
        path = (len(edited.value or []),)
        edited.append((), item)
        reader.cells += [(file, path, at[table.natural]), *((file, (*path, t), cell) for t, cell in at.items())]


def _new_part(reader: Reader, table: Table, own: str, item: dict[str, Any], at: dict[str, Cell]) -> None:
    file = KINDS[table.kind].path(own)
    if file in reader.made:
        items = reader.made[file].setdefault(table.within, [])
        items.append(item)
        path = (table.within, len(items) - 1)
    else:
        edited = reader.files.open(file)
        path = (table.within, len(edited.value.get(table.within) or []))
        edited.append((table.within,), item)
    reader.cells += [(file, path, at[table.natural]), *((file, (*path, title), cell) for title, cell in at.items())]


def read_facts(reader: Reader, sheet: Sheet) -> None:
    found = reader.header(sheet, dict.fromkeys(layout.FACT_COLUMNS, ()), "项目")
    file = KINDS["township"].path()
    value = reader.site.docs[file].value
    if found is None or not isinstance(value, dict):
        return
    top, columns = found
    facts = {fact.title: fact for fact in layout.FACT_ROWS}
    for row in range(top + 1, sheet.rows + 1):
        name = plain(text(sheet.at(row, columns["项目"])))
        cell = sheet.at(row, columns.get("内容", columns["项目"] + 1))
        if name in facts:
            fact = facts[name]
            now = value.get(fact.title) if not fact.inside else (value.get(fact.inside) or {}).get(fact.title)
            if reader.touched(cell, sheet.name, name, "内容"):
                reader.put(sheet, file, fact.path, name, cell, fact, now, "内容")
        elif name and not cell.blank:
            reader.fault(sheet.at(row, columns["项目"]), f"没有「{name}」这一项", likely(name, facts))


def _key(own: str, code: Any) -> str:
    return f"{own}/{code}" if own else str(code)


def _own(key: str) -> str:
    return key.rpartition("/")[0]


def table_part(table: Table) -> str:
    """新的馆还没有展品，先写上空的。"""
    return next(each.within for each in TABLES if each.kind == table.kind and each.within)

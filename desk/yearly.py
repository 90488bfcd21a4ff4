"""一年的表：一行一个指标。值、限定、状态合起来才是一个数；公开过的改了要有更正。"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from macros.model.indicators import Indicator
from macros.model.kinds import KINDS
from macros.model.nearest import likely
from macros.model.refusal import Refusal
from macros.model.yamlfile import Path_
from macros.model.years import SMALL, Figure

from . import layout
from .cells import Unread, day, number, text
from .layout import QUALIFIERS, REQUIRED, STATES, Column, plain
from .reader import ASIDE, Change, Reader, flat
from .workbook import Cell, Sheet
from .yamledit import Flow

UNSAID = ("待公布", "不公开")  # 还没有公开的数，补上不算改
FIGURE = ("值", "限定", "状态", "说明")


def read_year(reader: Reader, sheet: Sheet, year: int) -> None:
    if year not in range(1949, 2100):
        reader.fault(Cell(sheet.name, "A1"), "看不出是哪一年", "表名写成四位年份，如 2026")
        return
    found = reader.header(sheet, layout.YEAR_COLUMNS, "指标")
    if found is None:
        return
    top, columns = found
    if "值" not in columns:
        reader.fault(sheet.at(top, columns["指标"]), "没有「值」这一列", "一年一张表，值写在「值」这一列")
        return
    file = KINDS["years"].path(year)
    new = f"{year}" not in (reader.site.written("years") or ())
    raw = {} if new else reader.site.docs[file].value
    if not isinstance(raw, dict):
        raise Refusal(f"{file} 读不出来", "先运行 make check，改好再来")
    figures: dict[str, dict[str, Any]] = {}
    seen: dict[str, int] = {}
    before = len(reader.changes)
    for row in range(top + 1, sheet.rows + 1):
        at = {title: sheet.at(row, column) for title, column in columns.items()}
        if name := _indicator(reader, at, seen, row):
            _figure(reader, sheet, file, name, at, (raw.get("数据") or {}).get(name) or {}, figures, new=new)
    reader.gone(sheet, seen, file, {*layout.YEAR_HEAD})
    head = {name: _above(sheet, top, name) for name in layout.YEAR_HEAD}
    if new:
        _new_year(reader, file, year, figures, head)
    else:
        for name, cell in head.items():
            read = day if name == "审核日期" else text
            if cell and reader.touched(cell, sheet.name, name, "内容"):
                reader.put(sheet, file, (name,), name, cell, Column(name, read, blank=REQUIRED), raw.get(name), "内容")
        changed = [each.what for each in reader.changes[before:]]
        if changed and "审核日期" not in changed:
            reader.undated.append(
                f"{year}年的审核日期还是 {raw.get('审核日期')}：对照原始记录重新审过的，表里也改成那一天"
            )


def _indicator(reader: Reader, at: dict[str, Cell], seen: dict[str, int], row: int) -> str:
    """这一行是哪个指标；空行、合计行、表下面的话不是。"""
    cell = at["指标"]
    name = plain(text(cell))
    filled = [each for title, each in at.items() if title in (*FIGURE, "更正日期", "更正原因") and not each.blank]
    if name in reader.site.indicators:
        if name in seen:
            reader.fault(cell, f"「{name}」第 {seen[name]} 行已经有了", "留一行")
            return ""
        seen[name] = row
        return name
    if name and ASIDE.fullmatch(name):
        return ""
    if name and filled and not cell.covered:
        reader.fault(cell, f"没有「{name}」这个指标", likely(name, reader.site.indicators))
    elif not name and any(not each.covered for each in filled):
        reader.fault(next(each for each in filled if not each.covered), "这一行没有写指标", "写上指标，或清空这一行")
    return ""


def _figure(
    reader: Reader,
    sheet: Sheet,
    file: str,
    name: str,
    at: dict[str, Cell],
    old: dict[str, Any],
    figures: dict[str, dict[str, Any]],
    *,
    new: bool,
) -> None:
    indicator = reader.site.indicators[name]
    touched = {t for t in FIGURE if t in at and reader.touched(at[t], sheet.name, name, t)}
    blank = all(at[title].blank for title in FIGURE if title in at)
    if not indicator.public:
        _forbidden(reader, name, at)
        figures[name] = {"状态": "不公开"}
        return
    if (not touched and not new) or (blank and not old):
        return
    found = _read_figure(reader, name, indicator, at, touched, old)
    if found is None:
        return
    figures[name] = found
    if new or found == {key: old.get(key) for key in FIGURE if old.get(key) is not None}:
        if new:
            _record(reader, file, ("数据", name), name, at, {}, found)
        return
    if any(reader.clash(at[t], (sheet.name, name, t), old.get(t), found.get(t)) for t in touched):
        return
    said = {key: found.get(key) for key in FIGURE[:3]} != {key: old.get(key) for key in FIGURE[:3]}
    correction = _correction(reader, file, name, at, old, found) if said else None
    if correction is False:
        return
    _record(reader, file, ("数据", name), name, at, old, found)
    edited = reader.files.open(file)
    if not old:
        edited.set(("数据", name), found, tuple(reader.site.indicators))
        return
    for key in FIGURE:  # 先写新的，再去掉旧的：一个键也不剩的那一刻不会有
        if found.get(key) is not None and found[key] != old.get(key):
            edited.set(("数据", name, key), found[key], (*FIGURE, "更正"))
    for key in FIGURE:
        if found.get(key) is None and key in old:
            edited.remove(("数据", name, key))
    if correction:
        edited.append(("数据", name, "更正"), correction)


def _forbidden(reader: Reader, name: str, at: dict[str, Cell]) -> None:
    for title in (*FIGURE, "更正日期", "更正原因"):
        cell = at.get(title)
        if cell and not cell.blank and not (title == "状态" and flat(cell) == "不公开"):
            reader.fault(cell, f"「{name}」不公开，这一行什么也不能写", "清空这一格；写过的数报告保密员")


def _read_figure(
    reader: Reader, name: str, indicator: Indicator, at: dict[str, Cell], touched: set[str], old: dict[str, Any]
) -> dict[str, Any] | None:
    count: int | str | None = None
    qualifier: str | None = None
    words: dict[str, str | None] = {}
    try:
        cell = at["值"]
        count, qualifier = number(cell, indicator.unit)
        for title in FIGURE[1:]:
            cell = at.get(title, Cell(cell.sheet, cell.place))
            words[title] = text(cell) if title in at else old.get(title)
            if title in ("限定", "状态") and cell.covered and not cell.blank:
                raise Unread("和别的行合并成了一格", "取消合并，一行写一个")
    except Unread as problem:
        reader.fault(cell, problem.what, problem.fix)
        return None
    state = words["状态"]
    if isinstance(count, str) and count in STATES:
        if state and state != count and "状态" in touched:
            reader.fault(at["值"], f"值写着 {count}，状态写着 {state}", "留一个")
            return None
        count, state = None, count
    for title, allowed in (("限定", QUALIFIERS), ("状态", STATES)):
        said = words[title] if title == "限定" else state
        if said and said not in allowed:
            reader.fault(at[title], f"{title}不能写「{said}」", f"只能写 {'、'.join(allowed)}")
            return None
    if isinstance(count, str):
        reader.fault(at["值"], f"「{count}」不是整数", "只写阿拉伯数字；没有数的，在状态里选")
        return None
    if indicator.beneficiaries and count in SMALL:
        reader.fault(at["值"], f"「{name}」数的是优抚对象，1 到 9 会让人认出是谁", "清空这一格，状态选 少于10")
        return None
    if count is not None and state:
        if "状态" in touched and "状态" in at:
            reader.fault(at["状态"], "有了值，又写了状态", "留一个")
            return None
        state = None  # 填上了数，原来的 待公布 就不用了
    if count is None and not state:
        reader.fault(at["值"], f"「{name}」没有值，也没有状态", "写上数，或在状态里选 待公布、暂缺")
        return None
    if count is not None and words["限定"] and qualifier and words["限定"] != qualifier:
        reader.fault(at["值"], f"值里写着{qualifier}，限定写着{words['限定']}", "留一个")
        return None
    limit = (words["限定"] or qualifier) if count is not None else None
    if count is None and words["限定"] and "限定" in touched:
        reader.fault(at["限定"], "没有值，限定用不上", "清空限定，或写上值")
        return None
    pairs = zip(FIGURE, (count, limit, state, words["说明"]), strict=True)
    return {key: value for key, value in pairs if value is not None}


def _correction(
    reader: Reader, file: str, name: str, at: dict[str, Cell], old: dict[str, Any], new: dict[str, Any]
) -> Any:
    """公开过的数改了，要写更正：写好的一条；不用写为 None；要写没有写，报了错，为 False。"""
    if not _published(reader, file, name, old):
        return None
    date_cell, reason_cell = at.get("更正日期", at["值"]), at.get("更正原因", at["值"])
    try:
        date = (day(date_cell) if "更正日期" in at else None) or reader.day
        reason = (text(reason_cell) if "更正原因" in at else None) or reader.reason
    except Unread as problem:
        reader.fault(date_cell, problem.what, problem.fix)
        return False
    if not date or not reason:
        lacking = "、".join(n for n, each in (("更正日期", date), ("更正原因", reason)) if not each)
        was = _words(old)
        fix = f"这一行补上{lacking}；或者 make import FILE=… DATE=2026-12-31 REASON=原因"
        reader.fault(at["值"], f"「{name}」公开过，是 {was}，改了要写更正", fix)
        return False
    before, after = (_counted(each) for each in (old, new))
    if before == after and "限定" not in reason:
        reader.fault(reason_cell, "只改了限定，原因里没有写明", f"写明限定原来怎么写，如 限定原来写 {_words(old)}")
        return False
    return Flow({"日期": date, "原": before, "改": after, "原因": reason})


def _published(reader: Reader, file: str, name: str, old: dict[str, Any]) -> bool:
    if not old or old.get("状态") in UNSAID:
        return bool(old.get("更正"))
    year = int(Path(file).stem)
    record, page = reader.site.years.get(year), reader.site.page_of("years", year)
    last = {row.url: row for row in reader.site.published}.get(page.url if page else "")
    if record and (record.archived or (name in record.figures and record.figures[name].corrections)):
        return True
    return bool(last and (last.figures is None or last.figures.get(name, UNSAID[0]) not in UNSAID))


def _record(
    reader: Reader, file: str, path: Path_, name: str, at: dict[str, Cell], old: dict[str, Any], new: dict[str, Any]
) -> None:
    reader.changes.append(Change(at["值"], name, _words(old), _words(new)))
    if old and old.get("说明") != new.get("说明") and "说明" in at:
        reader.changes.append(Change(at["说明"], f"{name}的说明", old.get("说明"), new.get("说明")))
    reader.cells += [(file, path, at["值"]), *((file, (*path, title), at[title]) for title in FIGURE if title in at)]


def _above(sheet: Sheet, top: int, name: str) -> Cell | None:
    """表头上面写着“来源”“审核日期”的右边一格，或者同一格冒号后面。"""
    for row in range(1, top):
        for cell in sheet.row(row):
            said = str(cell.value or "").strip()
            if plain(said) == name and not cell.covered:
                column = next(c for (r, c), each in sheet.cells.items() if each is cell)
                after = (sheet.at(row, each) for each in range(column + 1, column + 4))
                return next((each for each in after if not (each.covered and each.value == cell.value)), None)
            if found := re.fullmatch(rf"{name}[：:]\s*(.+)", said):
                return Cell(cell.sheet, cell.place, found[1])
    return None


def _new_year(
    reader: Reader, file: str, year: int, figures: dict[str, dict[str, Any]], head: dict[str, Cell | None]
) -> None:
    """还没有这一年：表里填了数，就写一个新文件和它的页面。"""
    if all(figure.get("状态") in UNSAID for figure in figures.values()):
        return
    value: dict[str, Any] = {"年份": year}
    for name, cell in head.items():
        try:
            said = (day if name == "审核日期" else text)(cell) if cell else None
        except Unread as problem:
            reader.fault(cell or Cell(str(year), "A2"), problem.what, problem.fix)
            continue
        if not said:
            reader.fault(cell or Cell(str(year), "A2"), f"没有填「{name}」", "谁报的、哪一天审完的，都要写")
        value[name] = said
        reader.cells.append((file, (name,), cell or Cell(str(year), "A2")))
    if reader.demo:
        value["演示"] = "是"
    blank = {name: {"状态": "待公布" if each.public else "不公开"} for name, each in reader.site.indicators.items()}
    value["数据"] = {name: figures.get(name, blank[name]) for name in blank}
    reader.made[file] = value
    summary = f"{year}年的年度数据：每个数的口径、统计期、来源和审核日期，可以下载"
    reader.page("years", year, f"{year}年的数字", summary, str(value.get("审核日期")))


def _counted(figure: dict[str, Any]) -> Any:
    return figure["值"] if figure.get("值") is not None else figure.get("状态")


def _words(figure: dict[str, Any]) -> str:
    """一个数怎么说：和网页上一样。"""
    if not figure:
        return ""
    return Figure.model_construct(
        count=figure.get("值"), qualifier=figure.get("限定"), state=figure.get("状态"), note=None, corrections=[]
    ).words

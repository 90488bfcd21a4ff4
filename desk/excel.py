"""make excel：把 data/ 写成工作簿，放在 dist/excel/，填好用 make import 读回来。"""

from __future__ import annotations

import datetime
import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from macros.model import Site, load
from macros.model.disk import write
from macros.model.door import Answer, Door
from macros.model.indicators import Indicator
from macros.model.kinds import KINDS
from macros.model.refusal import Refusal

from . import layout
from .cells import day
from .layout import ACTIVITIES, BASE, EXHIBITS, FACTS, GUIDE, HALLS, PLACES, SLOGANS, WINDOWS, YEAR_COLUMNS, Table

USAGE = "用法：make excel，或 python -m desk.excel [--root 项目的文件夹]"
FOLDER = "dist/excel"
FIRST_DAY = "首日表"
LINE = Side(style="thin", color="B0B0B0")
THIN = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = PatternFill("solid", fgColor="DDE6EE")
GREY = PatternFill("solid", fgColor="D9D9D9")
LEFT = Alignment(vertical="center", wrap_text=True)
TEXT, DATE, WHOLE = "@", "yyyy-mm-dd", "0"
TALL = 15.5  # 一行字的高

GUIDE_LINES = (
    "白的格子填，灰的不填：法律不让公开的数，一个也不要写进来。",
    "鼠标放在带红角的格子上，看这一项是什么意思、怎么填。",
    "值只写整数，不写单位。大约的，限定写 约。没有报来的，状态写 待公布；没有记录的写 暂缺；不估填，不写 0 充数。",
    "数的是优抚对象的人、户，1 到 9 的不写数，状态写 少于10。",
    "公开过的数要改，同一行写上更正日期、更正原因。",
    "可以加行、排序、筛选、改列宽；表名、列名不要改。编号定了不改，新的一行编号空着。",
    "填好存成 .xlsx，不加密码，不带宏，交给管网站的人：make import FILE=这个文件。",
)


class Book:
    """正在写的一本。base：各格写了什么，读回来时用。"""

    def __init__(self, title: str) -> None:
        self.book = Workbook()
        self.book.properties.creator = self.book.properties.title = title
        self.base: list[tuple[str, str, str, str]] = []
        del self.book[self.book.sheetnames[0]]
        guide = self.book.create_sheet(GUIDE)
        guide.column_dimensions["A"].width = 96
        for row, words in enumerate([title, *GUIDE_LINES, f"{layout.VERSION_WORDS} {layout.VERSION} 版"], 1):
            cell = guide.cell(row, 1, words)
            cell.alignment = LEFT
            cell.font = Font(size=16 if row == 1 else 12, bold=row == 1)
            guide.row_dimensions[row].height = TALL * (2 if row == 1 or len(words) > 44 else 1.4)

    def sheet(self, name: str, heading: str, columns: Iterable[tuple[str, int]], *, above: int = 1) -> Any:
        """一张空表：标题一行，表头在第 above + 1 行。"""
        sheet = self.book.create_sheet(name)
        columns = list(columns)
        sheet.cell(1, 1, heading).font = Font(size=15, bold=True)
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
        sheet.row_dimensions[1].height = 26
        for number, (title, width) in enumerate(columns, 1):
            cell = sheet.cell(above + 1, number, title)
            cell.fill, cell.border, cell.font = HEAD, THIN, Font(bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center")
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = sheet.cell(above + 2, 3 if len(columns) > 3 else 1)
        sheet.protection.sheet = True
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
            setattr(sheet.protection, allowed, False)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{above + 1}:{above + 1}"
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: Any, key: str = "", title: str = "", *, open_: bool) -> Any:
        """写一格；key、title：是哪一条的哪一列，记在底稿里。"""
        cell = sheet.cell(row, column)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            cell.value, cell.number_format = datetime.date.fromisoformat(value), DATE
        elif isinstance(value, int):
            cell.value, cell.number_format = value, WHOLE
        else:
            cell.value, cell.number_format = value or None, TEXT
            if value:
                cell.data_type = "s"  # = 开头的也是字，不是公式
        cell.border, cell.alignment = THIN, LEFT
        cell.protection = Protection(locked=not open_)
        if key:
            self.base.append((sheet.title, key, title, "" if value is None else str(value)))
        return cell

    def save(self, path: Path) -> None:
        base = self.book.create_sheet(BASE)
        base.sheet_state = "veryHidden"
        for row in [("表", "哪一条", "列", "写着"), *self.base]:
            base.append(row)
            for cell in base[base.max_row]:
                cell.data_type = "s"
        content = io.BytesIO()
        self.book.save(content)
        write(path, content.getvalue())


def choices(sheet: Any, cells: str, allowed: Iterable[str], *, strict: bool = True) -> None:
    listed = ",".join(allowed)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = "不能这样写", f"只能选：{listed}"
    sheet.add_data_validation(rule)
    rule.add(cells)


def remark(cell: Any, words: str) -> None:
    cell.comment = Comment(words, "本栏目", width=320, height=40 + 18 * (len(words) // 20 + words.count("\n") + 1))


def height(sheet: Any, row: int, columns: list[tuple[Any, int]]) -> None:
    """照最长的一格定行高：程序写的表，Excel 不会自己算。"""
    lines = [-(-2 * len(str(value or "")) // width) for value, width in columns]
    sheet.row_dimensions[row].height = TALL * max(1, *lines) + 3


# ---- 一年的数 ----


def year_sheet(book: Book, site: Site, number: int) -> None:
    kind = KINDS["years"]
    doc = site.docs.get(kind.path(number))
    raw = doc.value if doc and isinstance(doc.value, dict) else {}
    widths = dict.fromkeys(YEAR_COLUMNS, 10) | {"指标": 24, "栏目": 11, "说明": 34, "更正日期": 13, "更正原因": 26}
    sheet = book.sheet(str(number), f"{number}年的数字", widths.items(), above=2)
    for column, name in ((1, layout.YEAR_HEAD[0]), (7, layout.YEAR_HEAD[1])):
        sheet.cell(2, column, name).font = Font(bold=True)
        book.put(sheet, 2, column + 1, raw.get(name), name, "内容", open_=True)
    sheet.merge_cells(start_row=2, end_row=2, start_column=2, end_column=6)
    remark(sheet.cell(2, 2), "谁报的、哪份材料")
    remark(sheet.cell(2, 8), "对照原始记录审完的那一天，如 2026-12-31；改了公开过的数，也改这里")
    at = {title: column for column, title in enumerate(YEAR_COLUMNS, 1)}
    figures = raw.get("数据") or {}
    for row, (name, indicator) in enumerate(site.indicators.items(), 4):
        figure = figures.get(name) or ({} if indicator.public else {"状态": "不公开"})
        values = {"栏目": indicator.section, "指标": name, "单位": indicator.unit} | {
            title: figure.get(title) for title in ("值", "限定", "状态", "说明")
        }
        for title, column in at.items():
            fixed = title in ("栏目", "指标", "单位")
            open_ = indicator.public and not fixed
            key = "" if fixed or title.startswith("更正") else name
            cell = book.put(sheet, row, column, values.get(title), key, title, open_=open_)
            if title == "值":
                cell.number_format = "#,##0"
                cell.alignment = Alignment(horizontal="right", vertical="center")
            if title.startswith("更正") and open_:
                cell.number_format = DATE if title == "更正日期" else TEXT
            if not indicator.public:
                cell.fill = GREY
        remark(sheet.cell(row, at["指标"]), _meaning(indicator))
        height(sheet, row, [(values.get("说明"), widths["说明"]), (name, widths["指标"])])
        if indicator.public:
            _number_rule(sheet, f"{get_column_letter(at['值'])}{row}", indicator)
    last = 3 + len(site.indicators)
    choices(sheet, f"{get_column_letter(at['限定'])}4:{get_column_letter(at['限定'])}{last}", layout.QUALIFIERS)
    choices(sheet, f"{get_column_letter(at['状态'])}4:{get_column_letter(at['状态'])}{last}", layout.STATES)


def _meaning(indicator: Indicator) -> str:
    lines = [f"口径：{indicator.definition}", f"统计期：{indicator.period}", f"来源单位：{indicator.source}"]
    if indicator.beneficiaries:
        lines.append("数的是优抚对象：1 到 9 不写数，状态写 少于10")
    if indicator.parts:
        lines.append(f"分项：{'、'.join(indicator.parts)}")
    if not indicator.public:
        lines = [f"不公开：{indicator.reason or ''}", "这一行不填"]
    return "\n".join(lines)


def _number_rule(sheet: Any, cell: str, indicator: Indicator) -> None:
    allowed = f"OR({cell}=0,{cell}>=10)" if indicator.beneficiaries else f"{cell}>=0"
    rule = DataValidation(
        type="custom", formula1=f"AND(ISNUMBER({cell}),{cell}=INT({cell}),{allowed})", allow_blank=True
    )
    rule.showErrorMessage, rule.errorTitle = True, "不能这样写"
    rule.error = "只写整数，不写单位。" + ("1 到 9 不写数，状态选 少于10。" if indicator.beneficiaries else "")
    sheet.add_data_validation(rule)
    rule.add(cell)


# ---- 一行一条的表 ----


def table_sheet(book: Book, site: Site, table: Table, *, apart: tuple[tuple[str, str], ...] = ()) -> None:
    """apart：写在别的表里的，不写（窗口另有一张表）。"""
    titles = [(column.title, column.width) for column in table.columns]
    sheet = book.sheet(table.name, f"{table.name}（{site.township.name if site.township else ''}）", titles)
    row = 2
    for _, _, item, own in table.entries(site):
        if apart and all(item.get(name) == value for name, value in apart):
            continue
        row += 1
        key = f"{own}/{item['编号']}" if own else str(item["编号"])
        shown = [own if column.title == table.own else column.show(_inside(item, column)) for column in table.columns]
        for number, (column, value) in enumerate(zip(table.columns, shown, strict=True), 1):
            code = column.made or column.title == table.own
            book.put(sheet, row, number, value, key, column.title, open_=not code)
        height(sheet, row, [(value, column.width) for column, value in zip(table.columns, shown, strict=True)])
    last = row + table.spare
    for number, column in enumerate(table.columns, 1):
        letter = get_column_letter(number)
        for empty in range(row + 1, last + 1):
            cell = book.put(sheet, empty, number, None, open_=True)
            cell.number_format = DATE if column.read is day else TEXT
        if column.note:
            remark(sheet.cell(2, number), column.note)
        if column.choices:
            choices(sheet, f"{letter}3:{letter}{last}", column.choices)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(table.columns))}{last}"


def _inside(item: dict[str, Any], column: layout.Column) -> Any:
    if not column.inside:
        return item.get(column.title)
    whole = item.get(column.inside)
    return whole.get(column.title) if isinstance(whole, dict) else whole


def facts_sheet(book: Book, site: Site) -> None:
    sheet = book.sheet(FACTS, "本栏目和主办单位", zip(layout.FACT_COLUMNS, (18, 48, 64), strict=True))
    value = site.docs[KINDS["township"].path()].value
    for row, fact in enumerate(layout.FACT_ROWS, 3):
        book.put(sheet, row, 1, fact.title, open_=False)
        book.put(sheet, row, 2, _inside(value, fact), fact.title, "内容", open_=True)
        book.put(sheet, row, 3, fact.note, open_=False).fill = GREY
        sheet.row_dimensions[row].height = TALL * 1.4


def activities_sheet(book: Book, site: Site) -> None:
    sheet = book.sheet(ACTIVITIES, "活动一览（只看；改活动改 docs/ 里的页面）", layout.ACTIVITY_COLUMNS.items())
    for row, page in enumerate(site.activities, 3):
        header = page.activity
        if header:
            state = header.state or ""
            values = (
                header.date.isoformat(),
                page.title,
                header.source,
                "、".join(header.channels),
                state,
                header.sign_off.secrecy_date and header.sign_off.secrecy_date.isoformat(),
                page.file,
            )
            for column, (title, value) in enumerate(zip(layout.ACTIVITY_COLUMNS, values, strict=True), 1):
                book.put(sheet, row, column, value, page.file, title, open_=False).fill = GREY
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(layout.ACTIVITY_COLUMNS))}{2 + max(1, len(site.activities))}"


def books(site: Site, today: datetime.date) -> dict[str, Book]:
    """文件名 → 写好的一本。"""
    town = site.township.name if site.township else ""
    found = {name: Book(f"{town}{name}") for name in ("年度数据", "办事的地方", "标语", "村史馆", "活动", FIRST_DAY)}
    coming = today.year if today.year not in site.years else today.year + 1
    for year in sorted({*site.years, coming}, reverse=True):
        year_sheet(found["年度数据"], site, year)
    table_sheet(found["办事的地方"], site, PLACES)
    table_sheet(found["标语"], site, SLOGANS)
    for table in (HALLS, EXHIBITS):
        table_sheet(found["村史馆"], site, table)
    activities_sheet(found["活动"], site)
    first = found[FIRST_DAY]
    facts_sheet(first, site)
    for table in (WINDOWS, PLACES, HALLS, SLOGANS):
        table_sheet(first, site, table, apart=WINDOWS.fixed if table is PLACES else ())
    for year in (today.year - 1, today.year):
        year_sheet(first, site, year)
    return found


def make(root: Path, today: datetime.date) -> Answer:
    site = load(root)
    if site.township is None or not site.indicators:
        raise Refusal("data/township.yml 或 data/indicators.yml 读不出来", "先运行 make check，改好再来")
    made = books(site, today)
    for name, book in made.items():
        book.save(root / FOLDER / f"{name}.xlsx")
    listed = "\n".join(
        f"  {FOLDER}/{name}.xlsx：{'、'.join(book.book.sheetnames[1:-1])}" for name, book in made.items()
    )
    return f"做好了 {len(made)} 本：\n{listed}\n填好以后：make import FILE=文件的名字.xlsx"


def main(arguments: list[str] | None = None) -> int:
    return Door(USAGE).enter(lambda asked: make(asked.root, asked.day), arguments)


if __name__ == "__main__":
    sys.exit(main())

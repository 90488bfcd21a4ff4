"""打开别人交来的工作簿：打不开的、信不过的先说清楚；读成一格一格，公式取值，合并的格子都填上。"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from macros.model.refusal import Refusal

LARGEST = 20 * 1024 * 1024  # 文件
UNPACKED = 30 * 1024 * 1024  # 解开以后；一张一万行的表也不到它的一半
WIDEST, LONGEST = 200, 5000  # 再往右、往下的不读，有字就说
SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再来一次"
OLDER = (".xls", ".et", ".xlt", ".ett", ".ods", ".csv", ".xlsb", ".numbers")
MACROS = (".xlsm", ".xltm", ".xlam")


@dataclass(frozen=True)
class Cell:
    """一格。value：数、文字、日期、空；covered：合并的格子里，不是左上角的那一格。"""

    sheet: str
    place: str  # C7
    value: Any = None
    format: str = ""
    formula: str = ""
    covered: bool = False
    hidden: bool = False
    epoch: Any = None

    @property
    def where(self) -> str:
        return f"「{self.sheet}」表 {self.place}"

    @property
    def blank(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass
class Sheet:
    """一张表：第几行、第几列（从 1 数）→ 那一格。"""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def at(self, row: int, column: int) -> Cell:
        place = f"{get_column_letter(column)}{row}"
        return self.cells.get((row, column)) or Cell(self.name, place)

    def row(self, number: int) -> Iterator[Cell]:
        return (self.at(number, column) for column in range(1, self.columns + 1))


def read(path: Path) -> list[Sheet]:
    """工作簿里的各张表。"""
    _refuse(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # 它用英文说不认识的样式
            values = openpyxl.load_workbook(path, data_only=True)
            written = openpyxl.load_workbook(path)
        return [_sheet(values[each.title], each, values.epoch) for each in written.worksheets]
    except Refusal:
        raise
    except Exception:  # 写坏的工作簿，它什么错都抛
        raise Refusal(f"{path.name} 读不出来，可能坏了", SAVE_AS) from None


def _refuse(path: Path) -> None:
    name = path.name
    if not path.exists():
        raise Refusal(f"没有 {path}", "核对文件和文件夹的名字")
    if name.startswith(("~$", ".~")):
        raise Refusal(f"{name} 是打开工作簿时的临时文件", "关掉 Excel 或 WPS，用前面没有 ~$ 的那一个")
    if path.suffix.lower() in OLDER:
        raise Refusal(f"{name} 不是 .xlsx", SAVE_AS)
    if path.suffix.lower() in MACROS:
        raise Refusal(f"{name} 是带宏的工作簿，不读", SAVE_AS)
    if path.stat().st_size > LARGEST:
        raise Refusal(f"{name} 有 {path.stat().st_size // 1024 // 1024} MB，不会是填好的表", "删掉里面的图片，再来一次")
    raw = path.read_bytes()
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise Refusal(f"{name} 加了密码，打不开", "打开以后去掉密码（文件—信息—保护工作簿），存好再来一次")
        raise Refusal(f"{name} 里面还是旧的 .xls，只是改了名字", SAVE_AS)
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refusal(f"{name} 坏了，或者不是 Excel 的文件", SAVE_AS) from None
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Refusal(f"{name} 解开以后太大，不读", "只留要填的那几张表，另存一份，再来一次")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Refusal(f"{name} 里有宏，不读", SAVE_AS)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Refusal(f"{name} 不是 Excel 的文件", SAVE_AS)


def _sheet(values: Any, written: Any, epoch: Any) -> Sheet:
    sheet = Sheet(written.title, written.sheet_state != "visible")
    hidden_rows = {number for number, each in written.row_dimensions.items() if each.hidden}
    hidden_columns = {
        column
        for each in written.column_dimensions.values()
        if each.hidden and each.min
        for column in range(each.min, min(each.max, WIDEST) + 1)
    }
    for at, each in sorted(written._cells.items()):  # iter_rows 会把空格子也一个个建出来：表外一个字，就是一分钟
        if each.value is None:
            continue
        if each.column > WIDEST or each.row > LONGEST:
            raise Refusal(f"「{written.title}」表 {each.coordinate} 有字，离表太远了", "删掉表外面的字，再来一次")
        sheet.cells[at] = Cell(
            written.title,
            each.coordinate,
            values.cell(*at).value,
            str(each.number_format or ""),
            str(getattr(each.value, "text", each.value)) if each.data_type == "f" else "",
            hidden=each.row in hidden_rows or each.column in hidden_columns,
            epoch=epoch,
        )
    for each in written.merged_cells.ranges:
        if first := sheet.cells.get((each.min_row, each.min_col)):
            for row in range(each.min_row, min(each.max_row, LONGEST) + 1):
                for column in range(each.min_col, min(each.max_col, WIDEST) + 1):
                    if (row, column) != (each.min_row, each.min_col):
                        place = f"{get_column_letter(column)}{row}"
                        sheet.cells[row, column] = Cell(
                            first.sheet, place, first.value, first.format, first.formula, True, first.hidden, epoch
                        )
    sheet.rows = max((row for row, _ in sheet.cells), default=0)
    sheet.columns = max((column for _, column in sheet.cells), default=0)
    return sheet

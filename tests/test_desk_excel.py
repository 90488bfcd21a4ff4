"""工作簿写出去、读回来：认得办公室里常见的样子，认不准的说是哪一格；有一处不行就一处也不写。"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import AS_OF, ROOT, called, copy, edit
from openpyxl.worksheet.worksheet import Worksheet

from desk.excel import make
from desk.reader import Reader
from desk.tables import read, take
from macros.model import errors, load
from macros.model.refusal import Refusal

DAY = datetime.date.fromisoformat(AS_OF)
Wreck = Callable[[Any], Any]
YEARS, PLACES, SLOGANS, HALLS, FIRST = "年度数据", "办事的地方", "标语", "村史馆", "首日表"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个小网站和它的工作簿；只拿来抄。"""
    root = copy("publishable", tmp_path_factory.mktemp("excel") / "root")
    make(root, DAY)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "root", symlinks=True))


@pytest.fixture(autouse=True)
def in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """检查走同一扇门，只是不另起一个程序。"""
    monkeypatch.setattr("desk.findings.run", called)


def filled(root: Path, name: str, wreck: Wreck) -> Path:
    """打开工作簿，改几格，另存。"""
    book = openpyxl.load_workbook(root / f"dist/excel/{name}.xlsx")
    wreck(book)
    path = root.parent / f"{name}.xlsx"
    book.save(path)
    return path


def bring(root: Path, name: str, wreck: Wreck, sure: str = "是", **more: str) -> tuple[bool, str]:
    answer = take(root, filled(root, name, wreck), DAY, sure=sure, **more)
    words, done = (answer, True) if isinstance(answer, str) else answer
    return done, words


def at(sheet: Worksheet, key: str, title: str) -> Any:
    """key 那一行、title 那一列的格子。"""
    heads = [cell for row in sheet.iter_rows(max_row=8) for cell in row if cell.value == title]
    rows = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == key]
    return sheet.cell(rows[0], heads[0].column)


def seen(root: Path, name: str, wreck: Wreck) -> Reader:
    """读一遍，还没有查、没有写。"""
    return read(root, filled(root, name, wreck))


def told(reader: Reader) -> str:
    return "\n".join([*map(str, reader.changes), *reader.faults, *reader.notes])


def lines(root: Path, reader: Reader) -> dict[str, list[str]]:
    """照这样改，哪个文件多了、少了哪几行。"""
    before = data(root)
    return lines_changed(before, {**before, **reader.files.changed})


def same(book: Any) -> None:
    """原样另存。"""


def no_base(book: Any) -> None:
    del book["底稿"]


def put(sheet: str, key: str, title: str, value: Any) -> Wreck:
    def wreck(book: Any) -> None:
        at(book[sheet], key, title).value = value

    return wreck


def data(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("data", "docs")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def lines_changed(old: dict[str, bytes], new: dict[str, bytes]) -> dict[str, list[str]]:
    """文件 → 多了、少了的行。"""
    found = {}
    for name in sorted({*old, *new}):
        before, after = (each.get(name, b"").decode().split("\n") for each in (old, new))
        if before != after:
            gone = [f"-{line}" for line in before if line not in after]
            found[name] = gone + [f"+{line}" for line in after if line not in before]
    return found


def test_one_day_of_the_opening_hours(root: Path) -> None:
    """只说改了的那一天，是哪一格；复核日期没有跟着改的，提醒。"""
    done, words = bring(root, HALLS, put("村史馆", "yangban-cun", "星期六", "闭馆"))
    assert done and re.match(
        r"村史馆.xlsx 改 1 处：\n「村史馆」表 L3 星期六：\S+ → 闭馆\n提醒：「\S+」的复核日期还是 ", words
    )


# ---- 没有改就没有改动 ----


@pytest.mark.parametrize("name", [YEARS, PLACES, SLOGANS, HALLS, "活动", FIRST])
def test_nothing_filled_in_changes_nothing(root: Path, name: str) -> None:
    """原样读回来，另存过的、底稿丢了的也一样，一处改动也没有。"""
    for wreck in (same, no_base):
        done, words = bring(root, name, wreck)
        assert done, words
        assert words.startswith(f"{name}.xlsx 和现在的一样，没有改动"), words


def test_the_whole_repository_goes_out_and_comes_back(tmp_path: Path) -> None:
    """本仓库自己的数据：六本都没有改动。"""
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    make(tmp_path, DAY)
    for path in sorted((tmp_path / "dist/excel").glob("*.xlsx")):
        assert "没有改动" in str(take(tmp_path, path, DAY)), path.name


def test_what_the_workbook_looks_like(made: Path) -> None:
    """口径是批注；状态、限定有下拉；不公开的一行锁着、灰的；优抚对象 1 到 9 填不进去；表名照年份。"""
    book = openpyxl.load_workbook(made / "dist/excel/年度数据.xlsx")
    assert book.sheetnames == ["说明", "2026", "2025", "2024", "底稿"]
    sheet = book["2025"]
    assert sheet.protection.sheet
    assert "口径：镇和村组织的讲座" in at(sheet, "国防教育活动场次", "指标").comment.text
    assert not at(sheet, "国防教育活动场次", "值").protection.locked
    for title in ("值", "限定", "状态", "说明"):
        cell = at(sheet, "入伍人数", title)
        assert cell.protection.locked
        assert cell.fill.fgColor.rgb == "00D9D9D9"
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["E4:E9"].formula1 == '"约,不少于,不超过"'
    assert rules["F4:F9"].formula1 == '"待公布,暂缺,少于10"'
    assert "OR(D6=0,D6>=10)" in rules["D6"].formula1
    assert "D9" not in rules
    assert book["底稿"].sheet_state == "veryHidden"


# ---- 数怎么写都认 ----

NUMBER = "国防教育活动场次"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (90, "90"),
        (90.0, "90"),
        ("90", "90"),
        (" 90 ", "90"),
        ("９０", "90"),
        ("90场", "90"),
        ("\u200b90\u3000", "90"),
        ("'90", "90"),
        ("1,234", "1,234"),
        ("1，234", "1,234"),
        ("12,3456", "123,456"),
        ("约90场", "约90"),
        ("不少于 90", "不少于90"),
        ("90.0", "90"),
        ("暂缺", "暂缺"),
        (0, "0"),
    ],
)
def test_a_number_however_it_is_written(root: Path, written: Any, words: str) -> None:
    reader = seen(root, YEARS, put("2025", NUMBER, "值", written))
    assert told(reader) == f"「2025」表 D4 {NUMBER}：86 → {words}"


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("9.5", "「9.5」不是整数；"),
        (9.5, "9.5 不是整数；"),
        ("1.2万", "「1.2万」用了“万”，不知道后面几位；写全，如 12000；"),
        ("1.2万场", "「1.2万场」用了“万”"),
        ("90余", "「90余」不是一个数；值只写数字，限定写 约 或 不少于"),
        ("近90场", "「近90场」不是一个数；"),
        ("-", "「-」看不出是没有数，还是 0；"),
        ("无", "「无」看不出是没有数，还是 0；"),
        (datetime.datetime(2025, 3, 4), "成了日期或时间；"),
        (datetime.time(12, 30), "成了日期或时间；"),
        (True, "写的是对错，不是数；"),
        ("九十", "「九十」不是整数；"),
        ("#REF!", "公式算错了（#REF!）；"),
        ("=1+1", "是公式，还没有算过；"),
        ("待公布？", "「待公布?」不是整数；"),
        (-3, "-3 比 0 小；"),
        ("1O", "「1O」不是整数；"),
    ],
)
def test_a_number_that_is_no_number_is_named(root: Path, written: Any, what: str) -> None:
    """说是哪一格。"""
    (fault,) = seen(root, YEARS, put("2025", NUMBER, "值", written)).faults
    assert fault.startswith(f"「2025」表 D4：{what}"), fault


def test_only_the_changed_lines_change(root: Path) -> None:
    """改一个数，文件里只有那一行不同。"""
    before = data(root)
    assert bring(root, YEARS, put("2025", NUMBER, "值", 90))[0]
    assert lines_changed(before, data(root)) == {"data/years/2025.yml": ["-    值: 86", "+    值: 90"]}


def test_a_state_gives_way_to_a_number_and_back(root: Path) -> None:
    """填上数，原来的状态不用自己删；清空数、选了状态，也一样。"""

    def first(book: Any) -> None:
        at(book["2025"], "八一走访户次", "值").value = 12

    before = data(root)
    done, said = bring(root, YEARS, first)
    assert done, said
    assert lines_changed(before, data(root)) == {"data/years/2025.yml": ["-    状态: 少于10", "+    值: 12"]}

    def second(book: Any) -> None:
        at(book["2025"], NUMBER, "值").value = None
        at(book["2025"], NUMBER, "状态").value = "待公布"

    done, said = bring(root, YEARS, second)
    assert done, said
    assert load(root).years[2025].figures[NUMBER].words == "待公布"


# ---- 不许写的 ----


@pytest.mark.parametrize(
    ("key", "title", "value", "what"),
    [
        ("入伍人数", "值", 23, "「2025」表 D9：「入伍人数」不公开，这一行什么也不能写；"),
        ("入伍人数", "值", "约二十三", "「2025」表 D9：「入伍人数」不公开，这一行什么也不能写；"),
        ("入伍人数", "说明", "23人", "「2025」表 G9：「入伍人数」不公开，这一行什么也不能写；"),
        ("入伍人数", "状态", "待公布", "「2025」表 F9：「入伍人数」不公开，这一行什么也不能写；"),
        ("春节走访户次", "值", 7, "「2025」表 D7：「春节走访户次」数的是优抚对象，1 到 9 会让人认出是谁；"),
        ("春节走访户次", "值", "７户次", "「2025」表 D7：「春节走访户次」数的是优抚对象，1 到 9 会让人认出是谁；"),
        ("春节走访户次", "说明", "其中7户是烈属", "「2025」表 G7：「春节走访户次」的说明里有 1 到 9 的数；"),
        (
            "走访慰问户次",
            "限定",
            None,
            "「2025」表 D6：「八一走访户次」写了少于10，但由合计和其他分项能算出",
        ),  # 合计写成准数，隐去的一项就算得出来
    ],
)
def test_what_may_not_be_written_is_refused(root: Path, key: str, title: str, value: Any, what: str) -> None:
    """说是哪张表哪一格，不把数再说一遍；一处也没有写。"""
    before = data(root)

    def wreck(book: Any) -> None:
        at(book["2025"], key, title).value = value
        if title == "限定":
            at(book["2025"], key, "值").value = 25

    done, said = bring(root, YEARS, wreck)
    assert not done, said
    assert what in said
    assert "23" not in said
    assert "一处也没有写" in said
    assert data(root) == before


def publish(root: Path, **figures: str) -> None:
    site = load(root)
    page = site.page_of("years", 2025)
    assert page
    row = ["shuju/2025.html", "2026-11-25", site.text_digest(page), "", json.dumps(figures, ensure_ascii=False)]
    with (root / "data/published.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)


def test_a_published_figure_asks_for_a_correction(root: Path) -> None:
    """公开过的：没有写更正不改；在表里写，或者在命令里写，都行。只补上待公布的，不用。"""
    edit(root / "data/years/2025.yml", "值: 1500\n    限定: 约", "状态: 待公布")
    publish(root, **{NUMBER: "86", "村史馆接待人次": "待公布"})
    make(root, DAY)
    before = data(root)
    done, said = bring(root, YEARS, put("2025", NUMBER, "值", 90))
    assert not done
    assert "一处也没有写" in said
    assert f"「2025」表 D4：「{NUMBER}」公开过，是 86，改了要写更正；这一行补上更正日期、更正原因" in said
    assert data(root) == before

    def wreck(book: Any) -> None:
        sheet = book["2025"]
        at(sheet, NUMBER, "值").value = 90
        at(sheet, NUMBER, "更正日期").value = datetime.datetime(2026, 11, 25)
        at(sheet, NUMBER, "更正原因").value = "漏计四场"
        at(sheet, "村史馆接待人次", "值").value = 1600
        sheet["H2"].value = "2026/11/25"

    done, said = bring(root, YEARS, wreck)
    assert done, said
    figure = load(root).years[2025].figures[NUMBER]
    assert [(str(c.date), c.before, c.after, c.reason) for c in figure.corrections] == [
        ("2026-11-25", 86, 90, "漏计四场")
    ]
    assert load(root).years[2025].figures["村史馆接待人次"].corrections == []
    make(root, DAY)
    done, said = bring(root, YEARS, put("2025", NUMBER, "值", 91), date="2026年11月26日", reason="又漏一场")
    assert done, said
    assert len(load(root).years[2025].figures[NUMBER].corrections) == 2


def test_the_date_of_review_moves_with_a_published_figure(root: Path) -> None:
    """改了公开过的，审核日期没有跟着改：检查说的，说成是哪张表。"""
    publish(root, **{NUMBER: "86"})
    done, said = bring(root, YEARS, put("2025", NUMBER, "值", 90), date="2026-11-25", reason="漏计四场")
    assert not done
    assert "J-4 内容在 2026-11-25 公开以后改过，审核日期没有跟着改" in said
    assert "一处也没有写" in said


# ---- 表变了样子 ----


def title_row(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "样板镇二〇二五年度国防教育工作情况统计表"


def columns_inserted(sheet: Worksheet) -> None:
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(1)
    sheet["A3"] = "序号"
    sheet.insert_cols(5)
    sheet["E3"] = "上年"
    sheet["E4"] = 80


def columns_swapped(sheet: Worksheet) -> None:
    for row in range(3, 10):
        sheet.cell(row, 2).value, sheet.cell(row, 4).value = sheet.cell(row, 4).value, sheet.cell(row, 2).value


def office_words(sheet: Worksheet) -> None:
    sheet["B3"], sheet["D3"], sheet["G3"] = "指 标\n名 称", "数　值（场、人次）", "备 注"


def total_row(sheet: Worksheet) -> None:
    sheet["B10"], sheet["D10"] = "合　计", 1700
    sheet["A12"] = "填表人：      审核人：      填报时间：2026年2月20日"
    sheet["A13"] = "注：本表数字为全年数。"


def hidden(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A6:A8")


def renamed(sheet: Worksheet) -> None:
    sheet.title = "二〇二五年"


def sorted_down(sheet: Worksheet) -> None:
    rows = [[sheet.cell(r, c).value for c in range(1, 10)] for r in range(9, 3, -1)]
    for r, values in enumerate(rows, 4):
        for c, value in enumerate(values, 1):
            sheet.cell(r, c).value = value


@pytest.mark.parametrize(
    "change",
    [
        title_row,
        columns_inserted,
        columns_swapped,
        office_words,
        total_row,
        hidden,
        merged,
        renamed,
        sorted_down,
    ],
)
@pytest.mark.parametrize("base", [True, False])
def test_a_sheet_somebody_rearranged(root: Path, change: Callable[[Worksheet], None], base: bool) -> None:
    """加了列、换了列、加了标题行和合计行、换了说法、合并、隐藏、排序：照样只有改的那一处。"""

    def wreck(book: Any) -> None:
        sheet = book["2025"]
        at(sheet, NUMBER, "值").value = 90
        change(sheet)
        if not base:
            del book["底稿"]

    reader = seen(root, YEARS, wreck)
    assert reader.faults == []
    assert lines(root, reader) == {"data/years/2025.yml": ["-    值: 86", "+    值: 90"]}, told(reader)


def two_values(book: Any) -> None:
    book["2025"]["I3"] = "值"


def copied(book: Any) -> None:
    book.copy_worksheet(book["2025"]).title = "2025 (2)"


def value_merged(book: Any) -> None:
    book["2025"].merge_cells("D7:D8")
    book["2025"]["D7"] = 40


def unknown(book: Any) -> None:
    book["2025"]["B4"] = "国防教育活动次数"


def nameless(book: Any) -> None:
    sheet = book["2025"]
    sheet.title, sheet["A1"].value = "Sheet1", "国防教育情况"


def twice(book: Any) -> None:
    book["2025"]["B5"] = NUMBER


def no_values(book: Any) -> None:
    book["2025"]["D3"] = "2025年"


@pytest.mark.parametrize(
    ("wreck", "what"),
    [
        (two_values, "「2025」表 I3：有两列都叫「值」；"),
        (copied, "「2025 (2)」表：和「2025」表都是「2025」；"),
        (value_merged, "「2025」表 D8：和别的行合并成了一格，不知道是哪一行的数；"),
        (unknown, "「2025」表 B4：没有「国防教育活动次数」这个指标；是不是「国防教育活动场次」？"),
        (nameless, "「Sheet1」表 A1：看不出是哪一年；"),
        (twice, "「2025」表 B5：「国防教育活动场次」第 4 行已经有了；"),
        (no_values, "没有「值」这一列；"),
        (put("2025", NUMBER, "限定", "大概"), "「2025」表 E4：限定不能写「大概」；只能写 约、不少于、不超过"),
        (put("2025", NUMBER, "状态", "暂缺"), "「2025」表 F4：有了值，又写了状态；"),
        (put("2025", NUMBER, "值", None), "「2025」表 D4：「国防教育活动场次」没有值，也没有状态；"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_named(root: Path, wreck: Wreck, what: str) -> None:
    assert any(what in fault for fault in seen(root, YEARS, wreck).faults)


def test_two_people_changed_the_same_figure(root: Path) -> None:
    """做工作簿以后文件里改过：改的是别处，各算各的；改的是同一处，说出来。"""
    edit(root / "data/years/2025.yml", "值: 86", "值: 87")
    reader = seen(root, YEARS, put("2025", "村史馆接待人次", "值", 1600))
    assert lines(root, reader) == {"data/years/2025.yml": ["-    值: 1500", "+    值: 1600"]}
    (fault,) = seen(root, YEARS, put("2025", NUMBER, "值", 90)).faults
    assert fault.startswith("「2025」表 D4：做工作簿的时候是 86，后来文件里改成了 87；")


def test_nothing_is_written_before_somebody_has_looked(root: Path) -> None:
    """没有写 SURE=是：只说会改什么。"""
    before = data(root)
    done, said = bring(root, YEARS, put("2025", NUMBER, "值", 90), sure="")
    assert done
    assert f"「2025」表 D4 {NUMBER}：86 → 90" in said
    assert "还没有写" in said
    assert data(root) == before


def test_through_the_command(root: Path) -> None:
    """make import FILE=年度数据.xlsx SURE=是。"""
    path = filled(root, YEARS, put("2025", NUMBER, "值", 90))
    done = called("desk.intake", str(path), "--sure=是", f"--root={root}", f"--as-of={AS_OF}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"年度数据.xlsx 改 1 处：\n「2025」表 D4 {NUMBER}：86 → 90\n"
        "提醒：2025年的审核日期还是 2026-02-20：对照原始记录重新审过的，表里也改成那一天\n写进了 data/years/2025.yml\n"
    )
    done = called("desk.intake", str(path), "--sure=是", f"--root={root}", f"--as-of={AS_OF}")
    assert done.stdout == "年度数据.xlsx 和现在的一样，没有改动\n"


# ---- 新的一年 ----


def test_a_new_year_brings_its_page(root: Path) -> None:
    """新的一年：数据和页面一起写；没有写来源、审核日期的不写。"""
    said = told(seen(root, YEARS, put("2026", NUMBER, "值", 12)))
    assert "「2026」表 B2：没有填「来源」；" in said
    assert "「2026」表 H2：没有填「审核日期」；" in said

    def wreck(book: Any) -> None:
        sheet = book["2026"]
        at(sheet, NUMBER, "值").value = "约12"
        sheet["B2"], sheet["H2"] = "各村报来，镇党建办汇总", "二〇二六年十一月二十日"

    done, said = bring(root, YEARS, wreck)
    assert done, said
    site = load(root)
    assert errors(site.problems) == []
    year = site.years[2026]
    assert (year.source, str(year.reviewed)) == ("各村报来，镇党建办汇总", "2026-11-20")
    assert {name: figure.words for name, figure in year.figures.items()} == {
        name: {NUMBER: "约12", "入伍人数": "不公开"}.get(name, "待公布") for name in site.indicators
    }
    assert site.page_of("years", 2026) is not None


# ---- 一行一条的表 ----


def add(sheet: Worksheet, **values: Any) -> None:
    """头一个空行写上一条。"""
    heads = {sheet.cell(2, c).value: c for c in range(1, sheet.max_column + 1)}
    row = next(r for r in range(3, 200) if all(sheet.cell(r, c).value is None for c in heads.values()))
    for title, value in values.items():
        sheet.cell(row, heads[title]).value = value


def test_places_changed_and_added(root: Path) -> None:
    """改一格只动一行；新的一行编号是拼音，空着的写待公布；再读一遍没有改动。"""

    def wreck(book: Any) -> None:
        sheet = book[PLACES]
        at(sheet, "wuzhuangbu", "电话").value = "０１２３－4567890"
        at(sheet, "wuzhuangbu", "复核日期").value = 46351
        add(sheet, 名称="样板二村拥军服务窗口", 类别="拥军服务窗口", 村="样板二村", 复核日期="2026.11.2")

    before = data(root)
    done, said = bring(root, PLACES, wreck)
    assert done, said
    assert "「办事的地方」表 G4 电话：待公布 → 0123-4567890" in said
    assert lines_changed(before, data(root))["data/places.yml"] == [
        "+  电话: 0123-4567890",
        "+  复核日期: 2026-11-25",
        "+- 编号: yangban-ercun-yongjun-fuwu-chuangkou",
        "+  名称: 样板二村拥军服务窗口",
        "+  类别: 拥军服务窗口",
        "+  村: 样板二村",
        "+  地址: 待公布",
        "+  事项: 待公布",
        "+  复核日期: 2026-11-02",
    ]
    assert "没有改动" in bring(root, PLACES, wreck)[1]


@pytest.mark.parametrize(
    ("title", "value", "what"),
    [
        ("电话", 1234567890, "「办事的地方」表 G4：「1234567890」存成了数，号码前面的 0 可能没有了；"),
        ("电话", "15412345678", "「办事的地方」表 G4：Y-1 电话像是个人手机号；"),
        ("类别", "服务窗口", "「办事的地方」表 C4：「类别」不能写「服务窗口」；"),
        ("名称", None, "「办事的地方」表 B4：没有填「名称」；"),
        ("复核日期", "11月20日", "「办事的地方」表 I4：「11月20日」不像一个日期；"),
        ("复核日期", "2026-02-30", "「办事的地方」表 I4：没有「2026-02-30」这一天；"),
        ("编号", "bangongshi", "「办事的地方」表 A4：「样板镇人民武装部」的编号是 wuzhuangbu；改回去；"),
        ("地址", "家住样板村3组12号，身份证99010119800101001X", "「办事的地方」表 E4：Y-1"),
        ("地址", "=HYPERLINK(1)", "「办事的地方」表 E4：是公式，还没有算过；"),
    ],
)
def test_a_place_that_is_wrong_is_named(root: Path, title: str, value: Any, what: str) -> None:
    before = data(root)
    done, said = bring(root, PLACES, put(PLACES, "wuzhuangbu", title, value))
    assert not done, said
    assert what in said
    assert data(root) == before


def test_slogans_halls_and_exhibits(root: Path) -> None:
    """标语的出处照人写的认；展品接着编号；新的馆连同展品、页面一起来。"""

    def slogans(book: Any) -> None:
        sheet = book[SLOGANS]
        add(
            sheet,
            文本="普及和加强国防教育是全社会的共同责任",
            类别="国防教育",
            出处="《中华人民共和国国防教育法》第七条",
            用于="条幅、显示屏",
            审核="2026-11-01",
            起用="2026-11-02",
        )
        at(sheet, "s-01", "停用").value = datetime.date(2027, 1, 1)

    done, said = bring(root, SLOGANS, slogans)
    assert done, said
    text = (root / "data/slogans.yml").read_text(encoding="utf-8")
    assert "- 编号: s-04\n  文本: 普及和加强国防教育是全社会的共同责任\n" in text
    assert "  出处: {法: 国防教育法, 条: 7}\n  用于: [条幅, 显示屏]\n" in text
    assert "  起用: 2026-01-10\n  停用: 2027-01-01\n- 编号: s-02" in text

    def halls(book: Any) -> None:
        sheet = book[HALLS]
        add(sheet, 名称="新村村史馆", 所在村="新村", 状态="在建", 来源="新村村委会", 复核日期="2026-11-20")
        add(book["展品"], 馆="新村村史馆", 名称="石磨", 故事="两片石磨。")
        add(book["展品"], 馆="yangban-cun", 名称="木犁", 年代="约1970年代")
        at(sheet, "yangban-cun", "星期一").value = "９:00-11:30,14:00~16:30"

    done, said = bring(root, HALLS, halls)
    assert done, said
    site = load(root)
    assert errors(site.problems) == []
    hall = site.halls["xincun"]
    assert (hall.hours, hall.phone, [each.id for each in hall.exhibits]) == ("待公布", "待公布", ["01"])
    assert site.page_of("halls", "xincun") is not None
    old = site.halls["yangban-cun"]
    assert isinstance(old.hours, dict)
    assert old.hours["星期一"] == "9:00—11:30，14:00—16:30"
    assert old.exhibits[-1].name == "木犁"


def test_a_row_that_is_gone_stays(root: Path) -> None:
    reader = seen(root, PLACES, lambda book: book[PLACES].delete_rows(4))
    assert told(reader) == "「办事的地方」表少了 wuzhuangbu：程序不删，要删的在 data/places.yml 里删"
    assert reader.files.changed == {}


# ---- 首日表 ----


def test_the_first_day(root: Path) -> None:
    """乡镇的事实、各村窗口、馆、标语、两年的数，一本读进来；再读一遍没有改动。"""

    def wreck(book: Any) -> None:
        facts = book["本栏目"]
        at(facts, "乡镇", "内容").value = "新样板镇"
        at(facts, "ICP备案号", "内容").value = "苏ICP备12345670号"
        at(facts, "纠错电话", "内容").value = "0123-4567890"
        for i in range(1, 13):
            add(
                book["服务窗口"],
                名称=f"样板{i}村拥军服务窗口",
                村=f"样板{i}村",
                地址=f"样板{i}村村委会",
                电话="0123-456780" + str(i % 10),
                复核日期="2026-11-20",
            )
        add(book["村史馆"], 名称="新村村史馆", 所在村="新村", 状态="在建", 来源="新村村委会", 复核日期="2026-11-20")
        sheet = book["2026"]
        sheet["B2"], sheet["H2"] = "各村报来", "2026-11-20"
        at(sheet, NUMBER, "值").value = 12

    done, said = bring(root, FIRST, wreck)
    assert done, said
    site = load(root)
    assert errors(site.problems) == []
    assert site.township is not None
    assert (site.township.name, site.township.corrections) == ("新样板镇", "0123-4567890")
    assert site.township.identifiers.icp == "苏ICP备12345670号"
    assert sum(place.kind == "拥军服务窗口" for place in site.places.values()) == 12
    assert (sorted(site.halls), sorted(site.years)) == (["xincun", "yangban-cun"], [2024, 2025, 2026])
    assert "# 收意见和纠错的办公电话" in (root / "data/township.yml").read_text(encoding="utf-8")
    before = data(root)
    assert "没有改动" in bring(root, FIRST, wreck)[1]
    assert data(root) == before


# ---- 坏文件 ----


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = {"[Content_Types].xml": b"<x/>"}


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("表.xlsx", b"", "表.xlsx 坏了，或者不是 Excel 的文件；"),
        ("表.xlsx", b"PK\x03\x04" + b"0" * 99, "表.xlsx 坏了，或者不是 Excel 的文件；"),
        ("表.xlsx", b"<html><table>", "表.xlsx 坏了，或者不是 Excel 的文件；"),
        ("表.xlsx", OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "表.xlsx 加了密码，打不开；"),
        ("表.xlsx", OLE + bytes(99), "表.xlsx 里面还是旧的 .xls，只是改了名字；"),
        ("表.xls", OLE, "表.xls 不是 .xlsx；"),
        ("表.et", OLE, "表.et 不是 .xlsx；"),
        ("表.xlsm", packed(**TYPES), "表.xlsm 是带宏的工作簿，不读；"),
        ("表.xlsx", packed(**TYPES, **{"xl/vbaProject.bin": b"x"}), "表.xlsx 里有宏，不读；"),
        ("表.xlsx", packed(**TYPES, bomb=bytes(70 * 1024 * 1024)), "表.xlsx 解开以后太大，不读；"),
        ("表.xlsx", packed(**TYPES), "表.xlsx 读不出来，可能坏了；"),
        ("表.xlsx", packed(a=b"x"), "表.xlsx 不是 Excel 的文件；"),
        ("~$表.xlsx", b"x", "~$表.xlsx 是打开工作簿时的临时文件；"),
    ],
)
def test_a_bad_file_is_one_clear_line(root: Path, name: str, content: bytes, what: str) -> None:
    path = root.parent / name
    path.write_bytes(content)
    with pytest.raises(Refusal, match=f"^{re.escape(what)}[^\n]*$"):
        take(root, path, DAY, sure="是")


def test_two_hundred_megabytes(root: Path) -> None:
    path = root.parent / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refusal, match=r"大\.xlsx 有 200 MB，不会是填好的表；"):
        take(root, path, DAY)


def other_version(book: Any) -> None:
    book["说明"]["A9"] = "工作簿第 2 版"


def strangers(book: Any) -> None:
    for name in book.sheetnames:
        if name != "底稿":
            del book[name]
    book.create_sheet("花名册").append(["姓名", "身份证号"])


@pytest.mark.parametrize(
    ("wreck", "what"),
    [
        (other_version, "这是第 2 版的工作簿，现在用第 1 版；"),
        (strangers, "这本工作簿里没有认得的表（「花名册」）；"),
        (lambda book: book["2025"].__setitem__("AAA9000", "x"), "「2025」表 AAA9000 有字，离表太远了；"),
    ],
)
def test_a_workbook_that_is_not_ours(root: Path, wreck: Wreck, what: str) -> None:
    with pytest.raises(Refusal, match=f"^{re.escape(what)}"):
        bring(root, YEARS, wreck)


def test_a_value_from_another_workbook(root: Path) -> None:
    """公式照算好的值读；值从别的工作簿来的，说是哪一格。"""
    path = filled(root, YEARS, put("2025", NUMBER, "值", "=45+45"))
    raw = zipfile.ZipFile(path)
    parts = {name: raw.read(name) for name in raw.namelist()}
    sheet = next(name for name, part in parts.items() if b"45+45" in part)
    parts[sheet] = (
        parts[sheet]
        .replace(b"<f>45+45</f><v/>", b"<f>45+45</f><v>90</v>")
        .replace(b"<f>45+45</f><v></v>", b"<f>45+45</f><v>90</v>")
    )
    path.write_bytes(packed(**parts))
    assert told(read(root, path)) == f"「2025」表 D4 {NUMBER}：86 → 90"
    parts[sheet] = parts[sheet].replace(b"45+45", b"[1]Sheet1!$A$1")
    path.write_bytes(packed(**parts))
    assert "「2025」表 D4：公式的数来自别的工作簿，那边改了这里不知道；" in told(read(root, path))

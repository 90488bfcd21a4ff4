"""CONTRIBUTING 里的五件事，照写的一步一步做：从 Word 稿、工作簿到检查通过；命令从说明里读，怎么跑从 Makefile 里读。"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import AS_OF, ROOT, called, copy, edit
from offices import Office, photo

from macros.model import load

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(
    re.findall(r"^([a-z-]+):.*##.*\n\t@\$\(BIN\)/python -m (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
)
SURE = "再来一次"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个小网站和它的工作簿；只拿来抄。"""
    root = copy("publishable", tmp_path_factory.mktemp("tasks") / "root")
    shutil.copytree(ROOT / "docs/_moban", root / "docs/_moban")
    assert run(root, "make excel")[0] == 0
    return root


@pytest.fixture
def root(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("desk.findings.run", called)  # 检查走同一扇门，只是不另起一个程序
    return Path(shutil.copytree(office, tmp_path / "root", symlinks=True))


def run(root: Path, command: str) -> tuple[int, str]:
    """打这一行：照 Makefile 里的写法，文件在旁边。"""
    word, *given = shlex.split(command)[1:]
    values = {name: value for name, _, value in (each.partition("=") for each in given)}
    if file := values.get("FILE"):
        values["FILE"] = str(root.parent / file)
    recipe = re.sub(r"\$\$([A-Z]+)", lambda match: values.get(match[1], ""), RECIPES[word])
    done = called(*shlex.split(recipe), f"--root={root}", f"--as-of={AS_OF}")
    return done.returncode, done.stdout + done.stderr


def played(root: Path, task: str, fill: Callable[[Path], None], finish: Callable[[str], None] | None = None) -> None:
    """做一件事。fill：人在 make excel 以后、make import 以前做的；finish：在 make check 以前做的。"""
    steps = GUIDE.split(f"\n### {task}\n")[1].split("\n#")[0]
    commands = [each for each in re.findall(r"`(make [^`]+)`", steps) if each != "make new"]
    assert [each.split()[1] for each in commands][-2:] == ["import", "check"]
    said = ""
    for command in commands:
        if "import" in command:
            fill(root)
        elif finish and "check" in command:
            finish(said)
        code, said = run(root, command)
        assert code == 0, said
        if "import" in command and SURE in steps:
            assert said.rstrip().endswith(" SURE=是"), said
            code, said = run(root, f"{command} SURE=是")
            assert code == 0, said
            assert "写进了" in said
    assert said.startswith("检查通过"), said


def book(name: str, write: Callable[[Any], None]) -> Callable[[Path], None]:
    """打开做出来的那一本，填好，存在旁边。"""

    def fill(root: Path) -> None:
        opened = openpyxl.load_workbook(root / f"dist/excel/{name}.xlsx")
        write(opened)
        opened.save(root.parent / f"{name}.xlsx")

    return fill


def put(sheet: Any, key: str, **values: Any) -> None:
    """key 那一行各列的值。"""
    titles = next(row for row in sheet.iter_rows() if sum(cell.value in values for cell in row) == len(values))
    row = next(row[0].row for row in sheet.iter_rows() if key in [cell.value for cell in row])
    for cell in titles:
        if cell.value in values:
            sheet.cell(row, cell.column, values[cell.value])


def beside(sheet: Any, title: str, value: str) -> None:
    """表头上面写着 title 的右边一格。"""
    cell = next(cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == title)
    sheet.cell(cell.row, cell.column + 1, value)


def test_an_activity(root: Path) -> None:
    """稿子里带着照片：变成草稿，照行号补好图的说明，填审签，定稿，检查通过。"""
    draft = Office().line("集市上的国防课", centred=True).line("2026年9月19日，样板镇在集市上讲课，居民都来听。")
    draft.picture(photo()).line("供稿：样板镇党建办 张某某")

    def finish(said: str) -> None:
        page = root / re.findall(r"写好了 (\S+)（草稿）", said)[0]
        text = page.read_text(encoding="utf-8")
        text = text.replace("![](", "![讲台上放着折页](").rstrip()
        text += "\n\n/// figure-caption\n讲台。拍摄：样板镇党建办。许可：同意本栏目使用。\n///\n"
        text = re.sub(r"稿件: .*\n", "", text)
        signed = ("镇党建办编辑员", "镇退役军人服务站负责人", "镇分管负责人", "镇保密审查员", "2026-09-20")
        for name, value in zip(("编辑", "审核", "签发", "保密审查", "保密审查日期"), signed, strict=True):
            text = re.sub(rf"^  {name}:", f"  {name}: {value}", text, count=1, flags=re.M)
        page.write_text(text, encoding="utf-8")

    played(root, "加一条活动", lambda root: draft.save(root.parent / "稿子.docx") and None, finish)
    page = next(each for each in load(root).public.pages if each.title == "集市上的国防课")
    assert page.activity and page.activity.source == "样板镇党建办"


def test_a_year(root: Path) -> None:
    def fill(opened: Any) -> None:
        beside(opened["2026"], "来源", "2026年工作台账")
        beside(opened["2026"], "审核日期", "2026-11-20")
        for name, indicator in load(root).indicators.items():
            if indicator.public and name != "国防教育活动场次":
                put(opened["2026"], name, 状态="待公布")
        put(opened["2026"], "国防教育活动场次", 值=12)

    played(root, "加一年的数", book("年度数据", fill))
    assert load(root).years[2026].figures["国防教育活动场次"].count == 12
    assert (root / "docs/shuju/2026.md").is_file()


def test_a_slogan(root: Path) -> None:
    line = "居民委员会、村民委员会可以聘请退役军人协助开展国防教育"

    def fill(opened: Any) -> None:
        new = {"文本": line, "类别": "国防教育", "出处": "国防教育法第24条第2款", "用于": "宣传栏"}
        row = opened["标语"].max_row + 1
        titles = {cell.value: cell.column for cell in opened["标语"][2]}
        for title, value in {**new, "审核": "2026-11-20", "起用": "2026-11-20"}.items():
            opened["标语"].cell(row, titles[title], value)

    played(root, "加一条标语", book("标语", fill))
    assert line in [each.text for each in load(root).slogans]


def test_opening_hours(root: Path) -> None:
    fill = book("村史馆", lambda opened: put(opened["村史馆"], "yangban-cun", 星期六="闭馆", 复核日期="2026-11-25"))
    played(root, "改开放时间", fill)
    text = (root / "data/halls/yangban-cun.yml").read_text(encoding="utf-8")
    assert "  星期六: 闭馆\n" in text and "复核日期: 2026-11-25" in text


def test_a_correction(root: Path) -> None:
    before = load(root).years[2025].figures["国防教育活动场次"].count
    corrected = {"值": 90, "更正日期": "2026-11-25", "更正原因": "漏计4场"}

    def fill(opened: Any) -> None:
        put(opened["2025"], "国防教育活动场次", **corrected)
        beside(opened["2025"], "审核日期", "2026-11-25")

    edit(root / "data/published.csv", "\n", f"\nshuju/2025.html,2026-02-21,{'0' * 64},\n")
    played(root, "更正一个数", book("年度数据", fill))
    (correction,) = load(root).years[2025].figures["国防教育活动场次"].corrections
    assert (correction.before, correction.after, correction.reason) == (before, 90, "漏计4场")

"""自查表：逐条指标，没有查过的不写符合。"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import build
from html_pages import text
from paperwork import edit, paper, run

from checks import CHECKS, subject
from papers import report

CopySite = Callable[..., Path]
IDS = [f"V{i}" for i in range(1, 7)] + [f"M{i}" for i in range(1, 4)] + [f"A{i}" for i in range(1, 8)]
TOWN = "data/township.yml"
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"


def table(root: Path) -> dict[str, dict[str, str]]:
    """CSV 里的各行，按编号。"""
    with (root / report.CSV).open(encoding="utf-8-sig", newline="") as file:
        return {row["编号"]: row for row in csv.DictReader(file)}


def results(root: Path, *more: str) -> dict[str, str]:
    paper(root, "report", *more)
    return {name: row["结果"] for name, row in table(root).items()}


def test_every_indicator_has_a_row(copy_site: CopySite) -> None:
    """十六条，次序固定，网页和 CSV 一样；CSV 带 BOM，Excel 才不乱码。"""
    root = copy_site()
    done = run(root, "report")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"自查表在 dist/report.html 和 dist/report.csv。符合\d+条，不符合\d+条，由人签核\d+条。\n", done.stdout
    )
    assert (root / report.CSV).read_bytes().startswith(b"\xef\xbb\xbf")
    tree = paper(root, "report")
    assert list(table(root)) == IDS
    for row in tree.css("table")[1].css("tbody tr"):
        cells = [" ".join(cell.text().split()) for cell in row.css("th, td")]
        known = table(root)[cells[0]]
        assert cells[1:3] == [known["指标"], known["怎么查的"]]
        assert cells[3].startswith(known["结果"])
        assert ("签名" in cells[3]) == (known["结果"] == report.PERSON)
        assert known["结果"] in (report.PASS, report.FAIL, report.PERSON)
        assert cells[4] == known["说明"]


def test_laws_are_listed_with_their_last_comparison(copy_site: CopySite) -> None:
    """各部法律上次核对是哪天、和几个来源，久的在前。"""
    root = copy_site()
    edit(
        root,
        "data/laws/来源.yml",
        "核对日期: 2026-11-20\n    核对: 两个来源\n    已核条文: [13, 35]",
        "核对日期: 2026-03-01\n    核对: 一个来源\n    已核条文: [13, 35]",
    )
    rows = [[cell.text() for cell in row.css("th, td")] for row in paper(root, "report").css("table")[-2].css("tr")]
    assert rows[:2] == [
        ["法律", "上次核对", "和几个来源"],
        ["《中华人民共和国保守国家秘密法》", "2026-03-01", "一个来源"],
    ]
    assert len(rows) == 1 + 5
    assert all(row[1:] == ["2026-11-20", "两个来源"] for row in rows[2:])


def test_nothing_unchecked_passes(copy_site: CopySite) -> None:
    """没有给出网站，要看网页的都不算符合；永远要人看的也不算。"""
    found = results(copy_site())
    assert {found[name] for name in ("V1", "V2", "M1", "M2", "M3", "A2", "A3", "A4", "A5", "A6", "A7")} == {
        report.PERSON
    }
    assert found["V4"] != report.PASS


def test_built_site_is_looked_at(copy_site: CopySite) -> None:
    """给出网站：弹窗、图表能判；动过网页，不符合；内容又改过的，不查旧网站。"""
    root = copy_site()
    edit(root, "docs/biaoyu/index.md", "# 宣传标语\n", "# 宣传标语\n\n## 今年的\n")
    edit(root, "docs/shuangyong/index.md", "# 双拥活动\n", "# 双拥活动\n\n## 最近的\n")
    assert build(root).returncode == 0
    site = f"--site={root / 'site'}"
    found = results(root, site)
    assert (found["A2"], found["A3"], found["A6"], found["A7"]) == (
        report.PASS,
        report.PERSON,
        report.PERSON,
        report.PASS,
    )
    assert "没有给出" not in str(table(root))
    page = root / "site/index.html"
    content = page.read_text(encoding="utf-8")
    page.write_text(
        content.replace("<main", '<dialog open></dialog><img src="x.png"><a href="a.html">更多</a><main', 1)
        .replace('id="elder"', 'id="other"')
        .replace("</main>", '<figure class="chart"><svg role="img"></svg></figure></main>'),
        encoding="utf-8",
    )
    found = results(root, site)
    assert {found[name] for name in ("A2", "A3", "A6", "A7")} == {report.FAIL}
    assert "图片没有替代文字1页，如 index.html" in table(root)["A6"]["说明"]
    edit(root, ACTIVITY, "三件旧物件", "四件旧物件")
    done = run(root, "report", site)
    assert (done.returncode, done.stderr) == (1, f"{root / 'site'} 不是由现在的内容生成的；重新 make site\n")
    done = run(root, "report", f"--site={root / 'meiyou'}")
    assert (done.returncode, done.stderr) == (1, f"{root / 'meiyou'} 里没有生成好的网站；先运行 make site\n")


def test_findings_fail_their_indicator(copy_site: CopySite) -> None:
    """查出个人信息：V1、M1 不符合；说明里不照抄号码。"""
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "三件旧物件，电话15412345678，")
    found = results(root)
    assert (found["V1"], found["M1"]) == (report.FAIL, report.FAIL)
    assert ACTIVITY in table(root)["V1"]["说明"]
    assert "15412345678" not in (root / report.HTML).read_text(encoding="utf-8")


def test_a_check_that_broke_is_no_pass(copy_site: CopySite, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: subject.Subject) -> list[subject.Problem]:
        raise RuntimeError

    for name in ("secrecy", "law"):
        each = CHECKS[name]
        monkeypatch.setitem(CHECKS, name, subject.Check(name, each.title, each.basis, broken))
    root = copy_site()
    found = results(root)
    assert (found["V1"], found["V6"]) == (report.FAIL, report.FAIL)
    assert "没有做完" in table(root)["V1"]["说明"]


@pytest.mark.parametrize(
    ("as_of", "result", "words"),
    [
        ("2026-11-30", report.PASS, "最新一条是2026-11-16，14天前；2026-11-30以前要再更新"),
        ("2026-12-01", report.FAIL, "15天前；2026-11-30以前就该更新"),
        ("2026-11-15", report.FAIL, "最新一条是2025-09-22"),
        ("2025-01-01", report.FAIL, "没有一条活动"),
    ],
)
def test_home_is_two_weeks(copy_site: CopySite, as_of: str, result: str, words: str) -> None:
    """到第14天还算，第15天不算；将来的日期不算更新。"""
    root = copy_site()
    assert results(root, f"--as-of={as_of}")["V3"] == result
    assert words in table(root)["V3"]["说明"]


def test_channel_for_opinions(copy_site: CopySite) -> None:
    """有电话的，答没答由人签；没有渠道、没有页面的不符合。"""
    root = copy_site()
    edit(root, TOWN, "纠错电话: ", "纠错电话: 0512-88880000 # ")
    assert results(root)["V5"] == report.PERSON
    (root / "docs/guanyu/yijian.md").unlink()
    assert results(root)["V5"] == report.FAIL


def test_missing_parts_of_each_guide(copy_site: CopySite) -> None:
    """每份指南缺几项；缺四类以上的到五份，不符合。"""
    root = copy_site()
    tree = paper(root, "report")
    guide = tree.css("table")[2].css_first("tbody tr")
    assert guide.css_first("th").text() == "预约国防教育讲解"
    assert [cell.text() for cell in guide.css("td")] == ["有", "有", "有", "有", "有", "缺", "有", "缺", "缺", "3"]
    assert table(root)["V6"]["结果"] == report.PERSON
    assert "预约国防教育讲解缺3（电话、时限、收费）" in table(root)["V6"]["说明"]
    source = (root / "data/services/yuyue-jiangjie.yml").read_text(encoding="utf-8").replace("[不用带材料]", "[待公布]")
    page = (root / "docs/banshi/yuyue-jiangjie.md").read_text(encoding="utf-8")
    for i in range(5):
        (root / f"data/services/zhinan-{i}.yml").write_text(source.replace("yuyue-jiangjie", f"zhinan-{i}"), "utf-8")
        (root / f"docs/banshi/zhinan-{i}.md").write_text(page.replace("yuyue-jiangjie", f"zhinan-{i}"), "utf-8")
    assert results(root)["V6"] == report.FAIL
    assert "缺4类以上的有5份" in table(root)["V6"]["说明"]


def test_partly_missing_is_not_counted(copy_site: CopySite) -> None:
    """两个办理点，一个有电话：部分缺。"""
    root = copy_site()
    edit(root, "data/services/yuyue-jiangjie.yml", "[fuwuzhan]", "[fuwuzhan, wuzhuangbu]")
    tree = paper(root, "report")
    assert "部分缺" in text(tree, "td")
    assert "缺3（电话、时限、收费）" in table(root)["V6"]["说明"]


def test_special_characters_are_text(copy_site: CopySite) -> None:
    root = copy_site()
    evil = "<img src=x onerror=alert(1)>&amp;"
    edit(root, "data/services/yuyue-jiangjie.yml", "名称: 预约国防教育讲解", f"名称: '{evil}'")
    tree = paper(root, "report")
    assert not tree.css("img, script, link")
    assert evil in text(tree, "th")


def test_formulas_stay_text_in_the_sheet() -> None:
    """自查表里 = + - @ 开头的话，全角的也算，表格软件不当公式。"""
    row = report.Row("V1", "甲", "乙", report.FAIL, "＝1＋1")
    assert report.table_csv([row]).splitlines()[1].endswith(",'＝1＋1")

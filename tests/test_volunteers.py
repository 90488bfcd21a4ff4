"""志愿服务队：数据、网页、检查、清空。"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, build
from html_pages import page, text

from checks import Subject, run
from macros.model import load
from macros.views.volunteers import volunteers

TEAM = """\
- 编号: yangban-dui
  名称: 样板村志愿服务队
  村: 样板村
  联系电话: 0000-7654321
  服务内容: 帮军人家庭跑腿办事。
  复核日期: 2026-11-20
"""
FILE = "data/volunteers.yml"


@pytest.fixture
def root(copy_site: Callable[..., Path]) -> Path:
    """样板镇有了一支队，写在民兵知识页上。"""
    here = copy_site()
    (here / FILE).write_text(TEAM, encoding="utf-8")
    body = here / "docs/minbing/index.md"
    written = body.read_text(encoding="utf-8")
    body.write_text(written.replace("民兵是什么，法律里写着。", "{{ volunteers() }}"), encoding="utf-8")
    return here


def problems(root: Path, as_of: str = "2026-11-24") -> list[str]:
    return [str(each) for each in run(Subject(load(root), datetime.date.fromisoformat(as_of)), ["data", "freshness"])]


def test_a_team_stands_on_the_page(root: Path) -> None:
    """名称、村、能帮什么、电话、核对的日子，都在网页上。"""
    assert problems(root) == []
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    (words,) = text(page(root / "site/minbing/index.html"), ".place")
    for said in ("样板村志愿服务队", "样板村", "帮军人家庭跑腿办事。", "0000-7654321", "2026年11月20日"):
        assert said in words, said


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            "0000-7654321",
            "15400138000",
            f"{FILE}:4:3: 错误 Y-1 「联系电话」里的电话像是个人手机号；只公布办公电话；没有就写 待公布",
        ),
        ("  村: 样板村\n", "", f"{FILE}:1:3: 错误 缺「村」；补一行 村: …"),
        ("服务内容:", "服务内溶:", f"{FILE}:5:3: 错误 不认识的键「服务内溶」；是不是「服务内容」？"),
        (TEAM, TEAM * 2, f"{FILE}:7:3: 错误 编号「yangban-dui」重复了，第 1 行已经用过；换一个"),
    ],
    ids=["mobile", "village", "key", "twice"],
)
def test_mistakes_are_told(root: Path, before: str, after: str, says: str) -> None:
    (root / FILE).write_text(TEAM.replace(before, after), encoding="utf-8")
    assert says in problems(root)


def test_an_old_phone_is_told(root: Path) -> None:
    """太久没有打电话核对，提醒；再久就是错。"""
    days = load(root).rules.days("电话地址")
    assert days
    for late, level in ((days + 1, "提醒"), (2 * days + 1, "错误")):
        as_of = datetime.date(2026, 11, 20) + datetime.timedelta(late)
        found = [each for each in problems(root, as_of.isoformat()) if each.startswith(FILE)]
        said = f"样板村志愿服务队的电话上次核对是 2026-11-20，过了 {days} 天"
        assert found == [f"{FILE}:6:3: {level} R-9 {said}；打电话或到现场核对，改 复核日期"]


def test_no_team_is_said(root: Path) -> None:
    """还没有队：页面说筹备中。没有这个文件、页面又用了它：说缺文件；页面也没用，就是没有。"""
    (root / FILE).write_text("# 还没有\n", encoding="utf-8")
    assert problems(root) == []
    assert "志愿服务队：本栏目筹备中" in volunteers(load(root), "minbing/index.html")
    (root / FILE).unlink()
    assert problems(root) == [f"{FILE}:1:1: 错误 缺这个文件；从上一版恢复，或照模板新建"]


def test_the_template_fits(root: Path) -> None:
    """照模板填的，检查得过；示例镇自己的，每一支都标着演示。"""
    template = (ROOT / "data/_moban/zhiyuandui.yml").read_text(encoding="utf-8")
    (root / FILE).write_text(template, encoding="utf-8")
    assert not [each for each in problems(root, "2027-01-01") if each.startswith(FILE)]
    assert all(team.demo for team in load(ROOT).volunteers)

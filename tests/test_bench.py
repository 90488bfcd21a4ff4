"""快慢的表：照结果写，到没有到是算的；别家锁定了版本和校验值。不真的跑。"""

from __future__ import annotations

import copy
import json
import re

import pytest
from conftest import ROOT

from tests.bench import report

PASSING = {
    "ratios": {"cpu": {"material": {"2000": 0.3}, "zensical": {"2000": 0.45}}, "exponent": {"ours": 1.05}},
    "builds": {"2000": {"ours": {"peak": 300 * 2**20, "bytes": 60_000_000}}},
    "serve": {"median": 4.0},
    "checks": {"2000": {"wall": 30.0}},
    "first": {
        "ratios": {"short": {"当兵": 1.2}, "long": {"长话": 1.5}},
        "growth": {"当兵": 1.1},
        "key": {"当兵": 20},
        "bytes": {"short": {"当兵": 45 * 1024}, "long": {"长话": 60 * 1024}},
    },
    "lighthouse": {"首页": dict.fromkeys(("performance", "accessibility", "best-practices", "seo"), 100)},
}


def reached(result: report.Result) -> list[str]:
    return [line.strip("| ").split("|")[-1].strip() for line in report.goals(result).split("\n")[2:]]


def test_goals_are_reached_to_the_last_digit() -> None:
    """正好是那个数，算到；没有量的，不算到。"""
    assert reached(PASSING) == ["到"] * len(report.GOALS) == ["到"] * 17
    assert reached({}) == reached({"serve": None, "lighthouse": None, "builds": {"2000": {}}}) == ["—"] * 17


@pytest.mark.parametrize("number", range(17))
def test_each_goal_can_be_missed(number: int) -> None:
    """差一点，只有那一项写没有到；几页里有一页没有到，也是没有到。"""
    goal = report.GOALS[number]
    result = copy.deepcopy(PASSING)
    place = result
    for key in goal.path[:-1]:
        if key == "*":
            place["另一个"] = copy.deepcopy(place[next(iter(place))])
        place = place["另一个" if key == "*" else key]
    place[goal.path[-1]] = goal.want * goal.scale + (-0.001 if goal.least else 0.001)
    assert reached(result) == ["没有到" if i == number else "到" for i in range(17)]


def test_hacking_shows_the_newest_result() -> None:
    """HACKING.md 两个记号之间就是照最近一份结果写的，没有手改；不一样就运行 python -m tests.bench table。"""
    start, end = report.MARKS
    shown = report.HACKING.read_text(encoding="utf-8").split(start)[1].split(end)[0]
    path = report.newest()
    assert shown.strip() == "\n\n".join(report.parts(json.loads(path.read_text(encoding="utf-8")), path))


def test_hugo_is_locked() -> None:
    text = (ROOT / "tests/bench/requirements-hugo.txt").read_text(encoding="utf-8")
    assert re.findall(r"^([\w-]+)==\d", text, re.M) == ["hugo"]
    assert text.count("--hash=sha256:") > 1

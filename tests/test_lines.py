"""换行：日期、条号、百分数不拆开；标语在词句之间换。"""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from markupsafe import escape

from macros.views.render import change, hours, phrases, span


def days(start: str, end: str) -> SimpleNamespace:
    return SimpleNamespace(start=datetime.date.fromisoformat(start), end=datetime.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-02-16", "2026-02-18", "2026年2月16日至2月18日"),
        ("2026-12-30", "2027-01-02", "2026年12月30日至2027年1月2日"),
        ("2027-01-01", "2027-01-01", "2027年1月1日"),
    ],
)
def test_spans_of_dates(start: str, end: str, words: str) -> None:
    """同一年的第二个日期不写年份；同一天只写一次。"""
    html = span(days(start, end), "start", "end")
    assert html.striptags() == words
    assert f'<time class="nw" datetime="{end}">' in html


def test_kept_together() -> None:
    assert change("比2024年多1场（增长7.1%）") == '比2024年多1场<span class="nw">（增长7.1%）</span>'
    assert change("") == "—"
    assert hours("星期一 9:00—11:30（<演示>）") == '星期一 <span class="nw">9:00—11:30</span>（&lt;演示&gt;）'
    assert hours("待公布") == '<span class="unknown">待公布</span>'


@pytest.mark.parametrize(
    "lines",
    [
        ["中华人民共和国", "公民", "应当依法履行国防义务"],
        ["依照法律服兵役和", "参加民兵组织", "是中华人民共和国", "公民的", "光荣义务"],
        ["维护世界和平"],
        ["一人参军，全家光荣"],
        ["<b>和", "&"],
    ],
)
def test_slogans_break_between_phrases(lines: list[str]) -> None:
    html = phrases("".join(lines))
    assert html.split("<wbr>") == [escape(line) for line in lines]

"""年度数据：每一种写法在句子、表、图、CSV、JSON 里都对。"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from html_pages import page, text

from macros.model import Site, errors, load
from macros.model.years import Figure
from macros.outputs.opendata import figures as records
from macros.outputs.opendata import to_csv
from macros.views.figures import bars, change, conclusion, figure, figure_of, trend, with_unit

# 写法 → 句子里的话、图里的样子、CSV 的 值/限定/状态
STATES = [
    ({"值": 1840}, "1,840场", "plain", ("1840", "", "")),
    ({"值": 0}, "0场", "plain", ("0", "", "")),
    ({"值": 86, "限定": "约"}, "约86场", "about", ("86", "约", "")),
    ({"值": 2, "限定": "不少于"}, "不少于2场", "about", ("2", "不少于", "")),
    ({"值": 9, "限定": "不超过"}, "不超过9场", "about", ("9", "不超过", "")),
    ({"状态": "待公布"}, "待公布", "gap", ("", "", "待公布")),
    ({"状态": "暂缺"}, "暂缺", "gap", ("", "", "暂缺")),
    ({"状态": "少于10"}, "少于10场", "small", ("", "", "少于10")),
    ({"状态": "不公开"}, "不公开", "gap", ("", "", "不公开")),
]


def figure_from(**written: object) -> Figure:
    return Figure.model_validate(written)


@pytest.fixture
def site(copy_site: Callable[..., Path]) -> Site:
    return load(copy_site())


def public_indicator(site: Site) -> str:
    return next(name for name, i in site.indicators.items() if i.public and not i.beneficiaries and not i.parts)


def set_figure(site: Site, year: int, name: str, written: dict[str, object]) -> None:
    figures = {**site.years[year].figures, name: Figure.model_validate(written)}
    site.years[year] = site.years[year].model_copy(update={"figures": figures})


@pytest.mark.parametrize(("written", "words", "kind", "cells"), STATES)
def test_each_state_everywhere(
    site: Site, written: dict[str, object], words: str, kind: str, cells: tuple[str, str, str]
) -> None:
    """一种写法，在句子、行内、图、CSV、JSON 里说的是同一件事。"""
    name = public_indicator(site)
    latest = max(site.years)
    site.indicators[name] = site.indicators[name].model_copy(update={"unit": "场"})
    set_figure(site, latest, name, written)
    assert with_unit(figure_of(site, latest, name), "场") == words
    assert re.sub("<[^>]*>", "", figure(site, "", latest, name)).replace("&#44;", ",") == words
    assert f"{latest}年{name}{words}" in conclusion(site, name)
    bar = bars(site, name)[-1]
    assert (bar.words, bar.kind) == (words, kind)
    listed = re.findall(r'<td class="value">(.*?)</td>', trend(site, "shuju/index.html", name))
    assert re.sub("<[^>]*>", "", listed[-1]) == words
    record = next(r for r in records(site, latest) if r["指标"] == name)
    row = next(csv.DictReader(io.StringIO(to_csv([record])[3:].decode(), newline="")))
    assert (row["值"], row["限定"], row["状态"]) == cells
    assert (record["值"] if record["值"] is not None else "") == (int(cells[0]) if cells[0] else "")


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ({"值": 12}, {"值": 10}, "比2024年多2次（增长20.0%）"),
        ({"值": 7}, {"值": 9}, "比2024年少2次（下降22.2%）"),
        ({"值": 9}, {"值": 9}, "和2024年一样"),
        ({"值": 1000}, {"值": 3}, "比2024年多997次（增长33233.3%）"),
        ({"值": 12, "限定": "约"}, {"值": 10}, ""),
        ({"值": 12}, {"值": 10, "限定": "不少于"}, ""),
        ({"值": 12}, {"状态": "少于10"}, ""),
        ({"状态": "待公布"}, {"值": 10}, ""),
    ],
)
def test_change_only_between_two_plain_values(now: dict[str, object], before: dict[str, object], said: str) -> None:
    """同比只在两个准数之间算。"""
    assert change(figure_from(**now), figure_from(**before), "次", 2024) == said


def test_no_rate_from_zero(site: Site) -> None:
    """上年是 0，不作比较。"""
    name = public_indicator(site)
    last, latest = sorted(site.years)[-2:]
    set_figure(site, last, name, {"值": 0})
    set_figure(site, latest, name, {"值": 5})
    assert "上年为0，不作比较" in conclusion(site, name)


def test_no_change_across_a_missing_year(site: Site) -> None:
    """中间缺一年，不拿更早的年份来比。"""
    name = public_indicator(site)
    latest = max(site.years)
    older = site.years.pop(latest - 1)
    site.years[latest - 2] = older.model_copy(update={"year": latest - 2})
    assert "比" not in conclusion(site, name)


def test_no_chart_for_a_single_year(site: Site) -> None:
    """只有一年数据，不画走势图，表和口径照样有。"""
    name = public_indicator(site)
    del site.years[min(site.years)]
    html = trend(site, "shuju/index.html", name)
    assert "<svg" not in html
    assert "<table" in html


def test_a_qualified_value_is_not_drawn_as_exact(site: Site) -> None:
    """约数、不少于 的条另有样式，少于10 只画短短一截。"""
    name = public_indicator(site)
    latest = max(site.years)
    set_figure(site, latest, name, {"值": 50, "限定": "约"})
    assert 'class="bar about"' in trend(site, "shuju/index.html", name)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " =", "\u3000＝"])
def test_formulas_stay_text_in_spreadsheets(start: str) -> None:
    """= + - @ 开头的文字，全角的、前面有空白的，表格软件都不会当公式算；别的照原样。"""
    out = to_csv([{"说明": f"{start}1+1", "口径": "1=1", "值": -1}]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(out, newline="")))[1] == [f"'{start}1+1", "1=1", "'-1"]


def test_corrections_are_shown(site: Site) -> None:
    """更正过的数：原来写的、改成的、哪天、为什么，都在页面上。"""
    name = public_indicator(site)
    latest = max(site.years)
    written = {"值": 86, "更正": [{"日期": f"{latest + 1}-03-01", "原": 80, "改": 86, "原因": "漏计一场"}]}
    set_figure(site, latest, name, written)
    html = trend(site, "shuju/index.html", name)
    assert f"{latest}年原写80，改为86。原因：漏计一场" in html


@pytest.mark.parametrize(
    ("total", "parts", "revealed"),
    [
        ({"值": 25}, [{"值": 20}, {"状态": "少于10"}], True),
        ({"值": 25, "限定": "约"}, [{"值": 20}, {"状态": "少于10"}], False),
        ({"值": 25, "限定": "不少于"}, [{"值": 20}, {"状态": "少于10"}], False),
        ({"值": 29, "限定": "不少于"}, [{"值": 20}, {"状态": "少于10"}], True),
        ({"值": 21, "限定": "不超过"}, [{"值": 20}, {"状态": "少于10"}], True),
        ({"状态": "待公布"}, [{"值": 20}, {"状态": "少于10"}], False),
        ({"值": 2}, [{"状态": "少于10"}, {"状态": "少于10"}], True),
        ({"值": 18}, [{"状态": "少于10"}, {"状态": "少于10"}], True),
        ({"值": 10}, [{"状态": "少于10"}, {"状态": "少于10"}], False),
        ({"状态": "少于10"}, [{"值": 3}, {"值": 4}], True),
    ],
)
def test_totals_do_not_give_away_small_counts(
    copy_site: Callable[..., Path], total: dict[str, object], parts: list[dict[str, object]], revealed: bool
) -> None:
    """合计和分项放在一起，不能让人算出“少于10”到底是几。"""
    root = copy_site()
    names = ["合计数", "分项甲", "分项乙"]
    entry = "  栏目: 国防教育\n  单位: 户\n  口径: 一户算一户\n  统计期: 全年\n  来源单位: 镇\n"
    entry += "  涉及优抚对象: 否\n  公开: 数值\n"
    sums = {"合计数": "  分项: [分项甲, 分项乙]\n"}
    extra = "".join(f"{name}:\n{entry}{sums.get(name, '')}" for name in names)
    path = root / "data/indicators.yml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + extra, encoding="utf-8")
    year = max(load(root).years)
    path = root / f"data/years/{year}.yml"
    for name, written in zip(names, [total, *parts], strict=True):
        fields = ", ".join(f"{key}: {value}" for key, value in written.items())
        text_now = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text(f"{text_now}\n  {name}: {{{fields}}}\n", encoding="utf-8")
    found = [p.what for p in errors(load(root).problems) if p.file == f"data/years/{year}.yml"]
    assert bool(found) == revealed, found
    assert all("能算出" in what for what in found)


def test_downloads_of_a_built_site(small_site: Path) -> None:
    """生成的网站里，页面上的下载链接都有文件。"""
    latest = max(load(small_site).years)
    tree = page(small_site / f"site/shuju/{latest}.html")
    links = [node.attributes["href"] or "" for node in tree.css("a[download]")]
    assert len(links) == 3
    assert all((small_site / "site/shuju" / link).is_file() for link in links)
    assert text(tree, "caption")

"""年度数据：一个数、一年的表、一个指标的走势。表、句、图用同一份数。"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..model import Site
from ..model.indicators import Indicator
from ..model.years import Figure
from .render import MANY, inline, preparing, render

PENDING = Figure.model_validate({"状态": "待公布"})
WITHHELD = Figure.model_validate({"状态": "不公开"})


def figure_of(site: Site, year: int, name: str) -> Figure:
    """没有填的：公开的指标是待公布，不公开的是不公开。"""
    record = site.years.get(year)
    if record and name in record.figures:
        return record.figures[name]
    return PENDING if site.indicators[name].public else WITHHELD


def with_unit(figure: Figure, unit: str) -> str:
    """86场、不少于86场、少于10人、待公布。"""
    if figure.count is not None or figure.state == "少于10":
        return f"{figure.words}{unit}"
    return figure.words


def change(now: Figure, before: Figure | None, unit: str, year: int) -> str:
    """同比：只在两个准数之间算；上年是 0 不作比较。"""
    if before is None or now.plain is None or before.plain is None:
        return ""
    difference = now.plain - before.plain
    if difference == 0:
        return f"和{year}年一样"
    words = f"比{year}年{'多' if difference > 0 else '少'}{abs(difference):,}{unit}"
    if before.plain == 0:
        return words
    rate = (Decimal(abs(difference)) * 100 / before.plain).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{words}（{'增长' if difference > 0 else '下降'}{rate}%）"


def change_from_last_year(site: Site, year: int, name: str) -> str:
    if year - 1 not in site.years:
        return ""
    now, before = figure_of(site, year, name), figure_of(site, year - 1, name)
    if before.plain == 0 and now.plain:
        return "上年为0，不作比较"
    return change(now, before, site.indicators[name].unit, year - 1)


def figure(site: Site, _: str, year: int, name: str) -> str:
    value = figure_of(site, year, name)
    words = inline(with_unit(value, site.indicators[name].unit))
    css = "figure" if value.count is not None else "unknown"
    return f'<span class="{css}">{words}</span>'


@dataclass(frozen=True)
class Row:
    """表里的一行。"""

    name: str
    indicator: Indicator
    figure: Figure
    words: str
    change: str


def rows(site: Site, year: int) -> dict[str, list[Row]]:
    """栏目 → 行；先后照 indicators.yml。"""
    grouped: dict[str, list[Row]] = {}
    for name, indicator in site.indicators.items():
        value = figure_of(site, year, name)
        row = Row(name, indicator, value, with_unit(value, indicator.unit), change_from_last_year(site, year, name))
        grouped.setdefault(indicator.section, []).append(row)
    return grouped


def figures(site: Site, here: str, year: int | None = None) -> str:
    if not site.years:
        return preparing("年度数据")
    if year is None:
        return render("figures_index", here, years=[site.years[y] for y in sorted(site.years, reverse=True)])
    listed = rows(site, year)
    every = [row for several in listed.values() for row in several]
    pending = [row for row in every if row.figure.state == PENDING.state and not row.figure.note]
    if len(pending) <= MANY:
        pending = []
    shown = {section: [row for row in several if row not in pending] for section, several in listed.items()}
    return render("figures", here, year=site.years[year], shown=shown, pending=pending, rows=every, laws=site.laws)


@dataclass(frozen=True)
class Bar:
    """图里的一条。kind：plain 实条、about 带限定、small 少于10、gap 没有数。"""

    year: int
    words: str
    percent: str
    kind: str


def bars(site: Site, name: str) -> list[Bar]:
    years = sorted(site.years)
    values = {year: figure_of(site, year, name) for year in years}
    top = max((v.count or 0 for v in values.values()), default=0) or 1
    found = []
    for year, value in values.items():
        kind = "gap"
        if value.count is not None:
            kind = "about" if value.qualifier else "plain"
        elif value.state == "少于10":
            kind = "small"
        percent = Decimal(value.count or 0) * 100 / top
        words = with_unit(value, site.indicators[name].unit)
        found.append(Bar(year, words, str(percent.quantize(Decimal("0.1"), ROUND_HALF_UP)), kind))
    return found


def conclusion(site: Site, name: str) -> str:
    """图上面的一句话。"""
    unit = site.indicators[name].unit
    years = sorted(site.years)
    counted = [y for y in years if figure_of(site, y, name).count is not None]
    latest = years[-1]
    now = with_unit(figure_of(site, latest, name), unit)
    if not counted:
        return f"{years[0]}—{latest}年的{name}都{now}。" if len(years) > 1 else f"{latest}年{name}{now}。"
    if counted[-1] == latest:
        compared = change_from_last_year(site, latest, name)
        return f"{latest}年{name}{now}{'，' + compared if compared else ''}。"
    last = counted[-1]
    return f"{latest}年{name}{now}。{last}年是{with_unit(figure_of(site, last, name), unit)}。"


def review_dates(site: Site) -> list[tuple[datetime.date, str]]:
    """哪天审核的 → 哪几年：2020—2025，不挨着的用顿号。"""
    days: dict[datetime.date, list[int]] = {}
    for year in sorted(site.years):
        days.setdefault(site.years[year].reviewed, []).append(year)
    found = []
    for day, years in sorted(days.items()):
        in_a_row = len(years) > 2 and years[-1] - years[0] == len(years) - 1
        found.append((day, f"{years[0]}—{years[-1]}" if in_a_row else "、".join(map(str, years))))
    return found


def trend(site: Site, here: str, name: str, title: str | None = None) -> str:
    """写了标题的，标题也由这里写：一年的数都没有时，连标题一起不出。"""
    indicator = site.indicators[name]
    if not indicator.public:
        return render("withheld", here, name=name, title=title, indicator=indicator, laws=site.laws)
    if not site.years:
        return "" if title else preparing(name)
    shown = bars(site, name)
    corrected = [(y, c) for y in sorted(site.years) for c in figure_of(site, y, name).corrections]
    return render(
        "trend",
        here,
        name=name,
        title=title,
        indicator=indicator,
        sentence=conclusion(site, name),
        bars=shown,
        drawn=len(shown) > 1 and any(bar.kind in ("plain", "about") for bar in shown),
        changes={bar.year: change_from_last_year(site, bar.year, name) for bar in shown},
        years=site.years,
        reviewed=review_dates(site),
        corrected=corrected,
        number=list(site.indicators).index(name) + 1,
    )

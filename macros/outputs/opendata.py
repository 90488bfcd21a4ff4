"""年度数据的下载：CSV（带 BOM，Excel 直接打开）和 JSON，另有数据字典。"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..model import Site
from ..model.spreadsheet import cell
from ..views.figures import figure_of

Record = dict[str, Any]


def figures(site: Site, year: int) -> list[Record]:
    """一年的数据，一行一个指标。没有值的“值”是空。"""
    record = site.years[year]
    return [
        {
            "年份": year,
            "栏目": indicator.section,
            "指标": name,
            "值": value.count,
            "限定": value.qualifier,
            "状态": value.state,
            "单位": indicator.unit,
            "说明": value.note,
            "口径": indicator.definition,
            "统计期": indicator.period,
            "来源单位": indicator.source,
            "来源": record.source,
            "审核日期": record.reviewed.isoformat(),
            "演示": "是" if record.demo else "否",
            "更正": [
                {"日期": c.date.isoformat(), "原": c.before, "改": c.after, "原因": c.reason} for c in value.corrections
            ],
        }
        for name, indicator in site.indicators.items()
        for value in (figure_of(site, year, name),)
    ]


def dictionary(site: Site) -> list[Record]:
    """数据字典：每个指标怎么数、能不能公开。"""
    return [
        {
            "指标": name,
            "栏目": indicator.section,
            "单位": indicator.unit,
            "口径": indicator.definition,
            "统计期": indicator.period,
            "来源单位": indicator.source,
            "公开": indicator.publish,
            "不公开理由": indicator.reason,
            "分项": "、".join(indicator.parts) or None,
        }
        for name, indicator in site.indicators.items()
    ]


def to_csv(records: Iterable[Record]) -> bytes:
    records = list(records)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    if records:
        writer.writerow(records[0])
    for record in records:
        writer.writerow([_cell(value) for value in record.values()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "；".join(f"{c['日期']}由{c['原']}改为{c['改']}：{c['原因']}" for c in value)
    return "" if value is None else cell(str(value))


def to_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write(site: Site, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    every: list[Record] = []
    for year in sorted(site.years):
        records = figures(site, year)
        every += records
        _both(folder / str(year), records)
    _both(folder / "quanbu", every)
    _both(folder / "zidian", dictionary(site))


def _both(path: Path, records: list[Record]) -> None:
    path.with_suffix(".csv").write_bytes(to_csv(records))
    path.with_suffix(".json").write_bytes(to_json(records))

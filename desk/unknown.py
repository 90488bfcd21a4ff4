"""还不知道的：哪些写着待公布、空着，各该问谁。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.model import Site
from macros.model.kinds import KINDS
from macros.model.values import UNKNOWN

NOT_YET = (None, UNKNOWN)


def unknown(site: Site) -> Iterator[str]:
    """一样东西一行：缺哪几项；问谁。"""
    town, doc = site.township, site.docs[KINDS["township"].path()]
    if town is None:
        return
    yield from _line(town.site_name, doc.value, ("纠错电话", "邮箱", "地址", "网址"), f"{town.host}办公室")
    yield from _line("页脚标识", doc.value.get("页脚标识"), (), "管网站、办备案的人")
    for _, (at,), place in site.entries(KINDS["places"]):
        yield from _line(place.name, site.docs[KINDS["places"].path()].value[at], (), place.name)
    for doc, _, hall in site.entries(KINDS["halls"]):
        yield from _line(hall.name, doc.value, (), f"{hall.village}村委会")
    for number, year in site.years.items():
        by_source: dict[str, list[str]] = {}
        for name, figure in year.figures.items():
            if figure.state == UNKNOWN and name in site.indicators:
                by_source.setdefault(site.indicators[name].source, []).append(name)
        for source, names in by_source.items():
            yield f"{number}年：{'、'.join(names)}；问 {source}"


def _line(name: str, value: Mapping[str, Any] | None, keys: tuple[str, ...], who: str) -> Iterator[str]:
    found = [key for key, each in (value or {}).items() if each in NOT_YET and (not keys or key in keys)]
    if found:
        yield f"{name}：{'、'.join(found)}；问 {who}"

"""data/calendar.yml：重要日子。固定的日期、按规则推的日期、每年另行公布的日期。"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from lunar_python import Lunar  # type: ignore[import-untyped]
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from .numerals import WEEKDAYS, from_chinese
from .record import Record, fault, key
from .values import Citation, Date, Slug, Text, YearNumber
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

NTH_WEEKDAY = re.compile(r"([一二三四五六七八九十]+)月第([一二三四])个(星期[一二三四五六日])")


class Span(Record):
    """一段日子。"""

    start: Date = key("起")
    end: Date = key("止")


def _fixed(value: Any) -> Any:
    if isinstance(value, list | dict):
        return value
    if not re.fullmatch(r"\d{2}-\d{2}", str(value), re.ASCII):
        raise fault(f"日期「{value}」的写法不对", "写成 月-日，如 12-13")
    try:
        datetime.date.fromisoformat(f"2024-{value}")
    except ValueError:
        raise fault(f"没有 {value} 这一天", "写成 月-日，如 12-13") from None
    if value == "02-29":
        raise fault("02-29 不是每年都有", "改用 各年")
    return value


def _rule(value: Any) -> Any:
    if isinstance(value, list | dict):
        return value
    match = NTH_WEEKDAY.fullmatch(str(value))
    if value in ("清明", "春节") or (match and 1 <= (from_chinese(match[1]) or 0) <= 12):
        return value
    raise fault(f"不认识规则「{value}」", "可写 清明、春节，或 九月第三个星期六 这样的")


def _each(value: Any) -> Any:
    if isinstance(value, dict):
        found = {}
        for year, day in value.items():
            if not re.fullmatch(r"\d{4}", str(year), re.ASCII):
                raise fault(f"「{year}」不是年份", "写成 2026: 2026-02-24")
            found[int(year)] = day if isinstance(day, BaseModel | dict) else {"起": day, "止": day}
        return found
    return value


EachYear = Annotated[
    dict[int, Span],
    BeforeValidator(_each),
    WithJsonSchema({"type": "object", "patternProperties": {r"^\d{4}$": {}}, "additionalProperties": False}),
]


def _basis(value: Any) -> Any:
    return Citation.model_validate(value) if isinstance(value, dict) else value


Basis = Annotated[
    Citation | Text, BeforeValidator(_basis), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]})
]


class Day(Record):
    """一个重要日子。日期、规则、各年 三选一。"""

    id: Slug = key("编号")
    name: Text = key("名称")
    fixed: Annotated[str, BeforeValidator(_fixed)] | None = key("日期", None)
    rule: Annotated[str, BeforeValidator(_rule)] | None = key("规则", None)
    each: EachYear | None = key("各年", None)
    basis: Basis = key("依据")
    tone: Literal["庄重", "平常"] = key("语气")
    note: Text = key("说明")
    actions: list[Text] = key("可以做", [])

    def span(self, year: int) -> Span | None:
        """这一年的起止日期；还没公布为 None。"""
        if self.each is not None:
            return self.each.get(year)
        day = datetime.date.fromisoformat(f"{year}-{self.fixed}") if self.fixed else by_rule(str(self.rule), year)
        return Span.model_validate({"起": day, "止": day})


class Calendar(Record):
    """收了哪些年、哪些日子。"""

    years: Annotated[list[YearNumber], Field(min_length=1)] = key("年份")
    days: Annotated[list[Day], Field(min_length=1)] = key("日子")


@dataclass(frozen=True)
class Occasion:
    """某个日子在某一年的日期；None 是待公布。"""

    day: Day
    span: Span | None


def by_rule(rule: str, year: int) -> datetime.date:
    """清明、春节由 lunar_python 推算；九月第三个星期六 自己算。"""
    if rule == "春节":
        solar = Lunar.fromYmd(year, 1, 1).getSolar()
        return datetime.date(solar.getYear(), solar.getMonth(), solar.getDay())
    if rule == "清明":
        table = Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"]
        return datetime.date(table.getYear(), table.getMonth(), table.getDay())
    words = NTH_WEEKDAY.findall(rule)[0]
    month, nth = from_chinese(words[0]) or 0, from_chinese(words[1]) or 0
    first = datetime.date(year, month, 1)
    offset = (WEEKDAYS.index(words[2]) - first.weekday()) % 7
    return first + datetime.timedelta(days=offset + 7 * (nth - 1))


def occasions(calendar: Calendar, year: int) -> list[Occasion]:
    """一年的日子，按日期排；待公布的在后面。"""
    found = [Occasion(day, day.span(year)) for day in calendar.days]
    return sorted(found, key=lambda o: (o.span is None, o.span.start if o.span else datetime.date.max))


def rules(calendar: Calendar, doc: Doc, site: Site) -> None:
    seen: dict[str, int] = {}
    for i, day in enumerate(calendar.days):
        at = ("日子", i)
        if day.id in seen:
            doc.error((*at, "编号"), f"编号「{day.id}」重复了，第 {seen[day.id]} 行已经用过", "换一个")
        seen.setdefault(day.id, doc.mark((*at, "编号"))[0])
        if sum(way is not None for way in (day.fixed, day.rule, day.each)) != 1:
            doc.error((*at, "名称"), f"「{day.name}」的日期没写或写了两种", "日期、规则、各年 只写一种")
        for year, span in (day.each or {}).items():
            here = (*at, "各年", str(year))
            if span.end < span.start:
                doc.error(here, "结束比开始还早", "核对起止日期")
            if (span.end - span.start).days > 366:
                doc.error(here, "从起到止超过一年", "核对年份")
            if year not in calendar.years:
                doc.notice(here, f"{year} 年不在上面的 年份 里，不会显示", "核对年份；不用了就删掉")
            if span.start.year != year:
                doc.error(here, f"{year} 年下面写了 {span.start.year} 年的日期", "核对年份")
        if isinstance(day.basis, Citation):
            site.laws.check(doc, (*at, "依据"), day.basis)
    if sorted(set(calendar.years)) != calendar.years:
        doc.error(("年份",), "年份要从小到大写，不重复", "如 年份: [2026, 2027]")

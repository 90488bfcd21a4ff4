"""data/halls/<编号>.yml：一个村史馆。开放时间、闭馆日和展品。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from .numerals import WEEKDAYS
from .record import Record, fault, key
from .validation import unique
from .values import UNKNOWN, CountOrUnknown, Date, Phone, Picture, Slug, Text, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

CLOSED = "闭馆"
SPAN = re.compile(r"(\d{1,2}):([0-5]\d)—(\d{1,2}):([0-5]\d)", re.ASCII)


def spans(hours: str) -> list[tuple[int, int]]:
    """9:00—11:30，14:00—16:30 → [(540, 690), (840, 990)]，一天里的分钟数；闭馆为空。"""
    found = (tuple(map(int, m.groups())) for m in SPAN.finditer(hours))
    return [(h1 * 60 + m1, h2 * 60 + m2) for h1, m1, h2, m2 in found]


def _hours(value: Any) -> Any:
    if not isinstance(value, str) or value == CLOSED:
        return value
    if not re.fullmatch(rf"{SPAN.pattern}([，、]{SPAN.pattern})*", value, re.ASCII):
        raise fault(f"开放时间「{value}」的写法不对", "写成 9:00—11:30，14:00—16:30，或写 闭馆")
    last = 0
    for start, end in spans(value):
        if not last <= start < end <= 24 * 60:
            raise fault(f"开放时间「{value}」前后颠倒或重叠", "核对起止时间")
        last = end
    return value


Hours = Annotated[Text, BeforeValidator(_hours)]


def _weekday(value: str) -> str:
    if value not in WEEKDAYS:
        raise fault(f"「{value}」不是星期几", "写 星期一 到 星期日")
    return value


def _week(value: Any) -> Any:
    if isinstance(value, str) and value != UNKNOWN:
        raise fault("「开放时间」要分七天写", f"每天一行，如 星期一: 闭馆；还没定就写 {UNKNOWN}")
    if isinstance(value, dict):
        missing = [day for day in WEEKDAYS if day not in value]
        if missing and set(value) <= set(WEEKDAYS):
            raise fault(f"「开放时间」缺 {'、'.join(missing)}", f"七天都写；不开的写 {CLOSED}")
    return value


Week = Annotated[
    dict[Annotated[str, AfterValidator(_weekday)], Hours] | Literal["待公布"],
    BeforeValidator(_week),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": UNKNOWN},
                {
                    "type": "object",
                    "properties": {day: {"type": "string"} for day in WEEKDAYS},
                    "required": WEEKDAYS,
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Closure(Record):
    """一段闭馆的日子。"""

    start: Date = key("起")
    end: Date = key("止")
    reason: Text = key("说明")


class Exhibit(Record):
    """一件展品。页面上的锚点是 zhanpin-<编号>，印在展签的二维码里，不能改。"""

    id: Slug = key("编号")
    name: Text = key("名称")
    age: Text = key("年代", description="不确定写 约")
    material: Text = key("材质")
    source: Text = key("来源")
    story: Text = key("故事")
    picture: Picture | None = key("图", None)

    @property
    def anchor(self) -> str:
        return f"zhanpin-{self.id}"


class Hall(Record):
    """一个馆。居民先要知道的：今天开不开、收不收钱、怎么去、打哪个电话。"""

    id: Slug = key("编号")
    name: Text = key("名称", description="以挂牌为准")
    village: Text = key("所在村")
    status: Literal["开放", "建成", "在建"] = key("状态")
    demo: YesNo = key("演示", False)
    about: Text = key("简介")
    address: Text = key("地址", description="文字路线，不用地图")
    hours: Week = key("开放时间")
    closures: list[Closure] = key("闭馆日期", [])
    admission: Text = key("收费")
    booking: Text = key("预约")
    phone: Phone = key("电话")
    guide: Text = key("讲解")
    access: Text = key("无障碍")
    transport: Text = key("交通")
    built: CountOrUnknown = key("建成年份")
    area: Text = key("面积")
    rooms: Text = key("展厅数")
    items: Text = key("藏品数")
    source: Text = key("来源")
    reviewed: Date = key("复核日期")
    exhibits: list[Exhibit] = key("展品", [])


def rules(hall: Hall, doc: Doc, site: Site) -> None:
    if doc.stem != hall.id:
        doc.error(("编号",), f"编号是 {hall.id}，文件名是 {doc.stem}.yml", "两个改成一样")
    if hall.status == "在建" and isinstance(hall.hours, dict):
        doc.error(("开放时间",), "馆还在建，不能有开放时间", f"写 开放时间: {UNKNOWN}，建成后把状态改成 开放")
    for i, closure in enumerate(hall.closures):
        if closure.end < closure.start:
            doc.error(("闭馆日期", i, "止"), "闭馆的结束日期比开始日期早", "核对起止日期")
        if (closure.end - closure.start).days > 366:
            doc.error(("闭馆日期", i, "止"), "闭馆超过一年", "核对年份")
    if isinstance(hall.built, int) and not 1949 <= hall.built <= hall.reviewed.year:
        doc.error(
            ("建成年份",), f"建成年份 {hall.built} 不对", f"写 1949 到 {hall.reviewed.year} 之间的年份，或 {UNKNOWN}"
        )
    page = site.page_of("halls", hall.id)
    for i, exhibit in enumerate(hall.exhibits):
        if page and not page.withdrawn and exhibit.picture and not site.picture(page, exhibit.picture).is_file():
            doc.error(("展品", i, "图", "文件"), f"没有图片 {exhibit.picture.file}", "核对文件名和文件夹")
    _exhibits(doc)


def _exhibits(doc: Doc) -> None:
    items = doc.value.get("展品") if isinstance(doc.value, dict) else None
    part = Doc(doc.file, items, {p[1:]: m for p, m in doc.marks.items() if p[:1] == ("展品",)}, start=doc.start)
    unique(part, "编号")
    doc.problems += part.problems

"""data/places.yml：办事和咨询的地方。地址、时间、电话只写在这里，指南和首页都从这里取。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .record import Record, key
from .validation import unique, validate_list
from .values import Phone, ReviewDate, Slug, Text, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

Kind = Literal[
    "退役军人服务站",
    "拥军服务窗口",
    "人民武装部",
    "征兵办公室",
    "退役军人事务部门",
    "社会保险经办机构",
    "公共就业服务机构",
    "教育部门",
]


class Place(Record):
    """一个地方。不知道的写 待公布。"""

    id: Slug = key("编号")
    name: Text = key("名称")
    kind: Kind = key("类别")
    village: Text | None = key("村", None)
    address: Text = key("地址")
    hours: Text = key("时间")
    phone: Phone = key("电话")
    services: Text = key("事项")
    reviewed: ReviewDate = key("复核日期")
    demo: YesNo = key("演示", False)


KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]


def load(doc: Doc) -> dict[str, Place]:
    return {place.id: place for place in validate_list(Place, doc)}


def rules(places: dict[str, Place], doc: Doc, site: Site) -> None:
    unique(doc, "编号")

"""data/volunteers.yml：志愿服务队。只写队伍和办公电话，不写队员。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .record import Record, key
from .validation import unique
from .values import Date, Phone, Slug, Text, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


class Volunteers(Record):
    """一支志愿服务队。"""

    id: Slug = key("编号")
    name: Text = key("名称")
    village: Text = key("村")
    phone: Phone = key("联系电话")
    services: Text = key("服务内容")
    reviewed: Date = key("复核日期")
    demo: YesNo = key("演示", False)


def rules(teams: list[Volunteers], doc: Doc, site: Site) -> None:
    unique(doc, "编号")
    unique(doc, "名称")

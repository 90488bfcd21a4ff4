"""data/services/<编号>.yml：一份办事指南。每一部分都要有，不知道的写 待公布。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from .nearest import likely
from .record import Record, key
from .values import Citation, ReviewDate, Slug, Text, distinct
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

Lines = Annotated[list[Text], Field(min_length=1), AfterValidator(distinct)]


class Step(Record):
    """流程的一步：做什么（加粗）和一两句说明。"""

    action: Text = key("做什么")
    detail: Text = key("说明")


class Question(Record):
    """一问一答。"""

    question: Text = key("问")
    answer: Text = key("答")
    group: Text | None = key("组", None, description="问题多了，分成几组")


class Service(Record):
    """一份指南。地点、时间、电话按 办理点 从 places.yml 取。"""

    id: Slug = key("编号")
    name: Text = key("名称")
    asked: Lines = key("问法", description="居民会怎么问")
    lead: Text = key("一句话", description="先给答案的一句话")
    who: Text = key("谁来办")
    basis: Annotated[list[Citation], Field(min_length=1), AfterValidator(distinct)] = key("依据")
    conditions: Lines = key("条件")
    materials: Lines = key("材料")
    places: Annotated[list[Slug], Field(min_length=1), AfterValidator(distinct)] = key("办理点")
    duration: Text = key("办理时限")
    fee: Text = key("收费")
    steps: Annotated[list[Step], Field(min_length=1)] = key("流程")
    questions: Annotated[list[Question], Field(min_length=1)] = key("常见问题")
    caution: Text | None = key("提醒", None)
    reviewed: ReviewDate = key("复核日期")


def rules(service: Service, doc: Doc, site: Site) -> None:
    places = site.written("places")
    if doc.stem != service.id:
        doc.error(("编号",), f"编号是 {service.id}，文件名是 {doc.stem}.yml", "两个改成一样")
    for i, place in enumerate(service.places):
        if places is not None and place not in places:
            doc.error(("办理点", i), f"places.yml 里没有「{place}」", likely(place, sorted(places)))
    for i, citation in enumerate(service.basis):
        site.laws.check(doc, ("依据", i), citation, service.reviewed)

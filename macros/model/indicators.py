"""data/indicators.yml：年度数据有哪些指标，每个怎么数、谁来数、能不能公开。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from .nearest import likely
from .record import Record, key
from .validation import expect_mapping, validate
from .values import Citation, Text, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

Section = Literal["组织领导", "国防教育", "村史馆", "双拥活动", "优抚服务"]


COUNTED = re.compile(r"\d\s?[多余]?[个名位]?[户人家]")
BENEFICIARIES = re.compile("优抚|退役军人|烈属|遗属|军属|伤残|优待证|光荣牌|慰问")


class Indicator(Record):
    """一个指标。没有口径、统计期、来源单位的数不能公开。"""

    section: Section = key("栏目")
    unit: Text = key("单位")
    definition: Text = key("口径")
    period: Text = key("统计期")
    source: Text = key("来源单位")
    beneficiaries: YesNo = key("涉及优抚对象", description="数的是优抚对象的人或户")
    publish: Literal["数值", "不公开"] = key("公开")
    reason: Text | None = key("不公开理由", None)
    basis: Citation | None = key("不公开依据", None)
    parts: list[Text] = key("分项", [], description="本指标是这些指标之和")

    @property
    def public(self) -> bool:
        return self.publish == "数值"


def load(doc: Doc) -> dict[str, Indicator]:
    if not expect_mapping(doc):
        return {}
    found = ((name, validate(Indicator, doc, (name,))) for name in doc.value)
    return {name: indicator for name, indicator in found if indicator}


def rules(indicators: Mapping[str, Indicator], doc: Doc, site: Site) -> None:
    for name, indicator in indicators.items():
        if not indicator.public:
            if indicator.reason is None:
                doc.error((name, "公开"), f"「{name}」不公开，但没有写理由", "补一行 不公开理由: …")
            if indicator.basis is None:
                doc.error(
                    (name, "公开"), f"「{name}」不公开，但没有写依据", "补一行 不公开依据: {法: 保守国家秘密法, 条: 35}"
                )
            for key_, text in (("口径", indicator.definition), ("不公开理由", indicator.reason or "")):
                if COUNTED.search(text):
                    doc.error((name, key_), f"「{name}」不公开，{key_}里也不能有数", "删掉里面的数")
        if indicator.basis:
            site.laws.check(doc, (name, "不公开依据"), indicator.basis)
        if (
            BENEFICIARIES.search(name)
            and indicator.unit in ("人", "户", "人次", "户次")
            and not indicator.beneficiaries
        ):
            doc.error(
                (name, "涉及优抚对象"), f"「{name}」看名字数的是优抚对象", "改成 涉及优抚对象: 是；1 到 9 只写 少于10"
            )
        for i, part in enumerate(indicator.parts):
            if part in indicator.parts[:i]:
                doc.error((name, "分项", i), f"分项「{part}」写了两遍", "留一个，删一个")
            elif part not in doc.value:
                others = [other for other in doc.value if other != name]
                doc.error((name, "分项", i), f"分项「{part}」不是指标", likely(part, others))
            elif part in indicators and indicators[part].unit != indicator.unit:
                doc.error((name, "分项", i), f"分项「{part}」的单位和合计不一样", "单位一致才能相加")
    told: list[str] = []  # 一圈只报一次
    for name in indicators:
        around = [each for each in told if _reaches(indicators, name, each) and _reaches(indicators, each, name)]
        if _reaches(indicators, name, name) and not around:
            doc.error((name, "分项"), f"「{name}」的分项绕回了自己", "合计和分项不能互相包含")
            told.append(name)


def sound_totals(indicators: Mapping[str, Indicator]) -> dict[str, list[str]]:
    """合计 → 分项；分项写得不对的（另外报过）不算，免得连带报错。"""
    return {
        name: total.parts
        for name, total in indicators.items()
        if total.parts
        and len(set(total.parts)) == len(total.parts)
        and all(part in indicators and indicators[part].unit == total.unit for part in total.parts)
        and not _reaches(indicators, name, name)
    }


def _reaches(indicators: Mapping[str, Indicator], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = list(indicators[start].parts)
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen and name in indicators:
            seen.add(name)
            waiting += indicators[name].parts
    return False

"""data/slogans.yml：标语。每条都有真出处；出自法律的，是条文里完整的一段，一字不改。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema

from .laws import Laws, paragraphs
from .record import Record, fault, key
from .validation import unique
from .values import Citation, Date, ReviewDate, Slug, Text, YesNo, distinct
from .yamlfile import Doc, slip

if TYPE_CHECKING:
    from .site import Site

Category = Literal[
    "依法服兵役",
    "国防教育",
    "双拥优抚",
    "崇尚英烈",
    "国家安全与保密",
    "人民防空",
    "军事设施保护",
    "征兵廉洁",
    "退役军人就业创业",
    "节日慰问",
]
CATEGORIES: tuple[str, ...] = Category.__args__  # type: ignore[attr-defined]
POPULAR = "群众性标语"
BANNER = "条幅"
BANNER_LENGTH = 20
PUNCTUATION = "，。；：、！？“”‘’《》（）—… \n"


class Document(Record):
    """出处是一份公开文件。"""

    title: Text = key("文件")


def _source(value: Any) -> Any:
    if isinstance(value, BaseModel) or value == POPULAR:
        return value
    if isinstance(value, dict) and list(value) == ["文件"]:
        return Document.model_validate(value)
    if isinstance(value, dict) and ("法" in value or any(slip(name) for name in value)):
        return Citation.model_validate(value)
    raise fault("「出处」的写法不对", f"写 {{法: 国防教育法, 条: 7}}、{{文件: 《…》}} 或 {POPULAR}")


Source = Annotated[
    Citation | Document | Literal["群众性标语"],
    BeforeValidator(_source),
    WithJsonSchema({"anyOf": [{"const": POPULAR}, {"type": "object"}]}),
]


class Hanging(Record):
    """挂在哪里、哪天挂、哪天撤。"""

    place: Text = key("地点")
    up: Date = key("挂")
    down: Date = key("撤")


class Slogan(Record):
    """一条标语。"""

    id: Slug = key("编号")
    text: Text = key("文本")
    category: Category = key("类别")
    source: Source = key("出处")
    uses: Annotated[list[Literal["条幅", "宣传栏", "显示屏"]], Field(min_length=1), AfterValidator(distinct)] = key(
        "用于"
    )
    reviewed: ReviewDate = key("审核")
    start: Date = key("起用")
    end: Date | None = key("停用", None)
    hangings: list[Hanging] = key("悬挂", [])
    demo: YesNo = key("演示", False)

    @property
    def length(self) -> int:
        """字数，不计标点。"""
        return sum(char not in PUNCTUATION for char in self.text)


def rules(slogans: list[Slogan], doc: Doc, site: Site) -> None:
    unique(doc, "编号")
    unique(doc, "文本")
    index = {str(item.get("编号")).strip(): i for i, item in enumerate(doc.value or []) if isinstance(item, dict)}
    for slogan in slogans:
        at = index[slogan.id]
        if BANNER in slogan.uses and slogan.length > BANNER_LENGTH:
            doc.error(
                (at, "用于"),
                f"这条有 {slogan.length} 个字，条幅不超过 {BANNER_LENGTH} 个字",
                "从 用于 里去掉 条幅；出自法律的不许删字",
            )
        if not slogan.length:
            doc.error((at, "文本"), "只有标点，没有字", "写上标语的文字")
        if slogan.end and slogan.end < slogan.start:
            doc.error((at, "停用"), "停用比起用还早", "核对两个日期")
        for i, hanging in enumerate(slogan.hangings):
            if hanging.down < hanging.up:
                doc.error((at, "悬挂", i, "撤"), "撤下比挂上还早", "核对两个日期")
            if slogan.end and slogan.start <= slogan.end < hanging.up:
                doc.error((at, "悬挂", i, "挂"), "停用以后又挂上了", "核对两个日期，或去掉 停用")
        if isinstance(slogan.source, Citation):
            site.laws.check(doc, (at, "出处"), slogan.source)
            _verbatim(slogan, slogan.source, doc, at, site.laws)


def _verbatim(slogan: Slogan, source: Citation, doc: Doc, at: int, laws: Laws) -> None:
    law = laws.texts.get(source.law)
    if law is None or law.name in laws.broken or source.article not in law.articles:
        return
    text = law.articles[source.article]
    if source.paragraph and source.paragraph <= len(paragraphs(text)):
        text = paragraphs(text)[source.paragraph - 1]
    mark = f"[{re.escape(PUNCTUATION)}]"
    body = re.escape(slogan.text.rstrip("，。；："))  # 原文没有的问号、感叹号也不许加
    if not re.search(rf"(?:^|{mark}){body}(?:{mark}|$)", text):
        doc.error(
            (at, "文本"),
            "和法条原文对不上，或者掐头去尾了",
            "从条文里照抄完整的一段；自己编的写 出处: 群众性标语",
        )

"""data/rules/：检查用的词表、复核期限、放行记录。每条有理由和出处，办公室可以改。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .nearest import likely
from .record import Record, fault, key
from .validation import unique
from .values import Date, Text, YesNo, integer
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

Level = Literal["错误", "提醒"]
CheckName = Literal["terms", "drafting", "privacy", "secrecy", "law"]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """词表里的一条正则，编译好的。re 自己只记得 512 条，词表不止，轮着忘就每次都重新编译。"""
    return re.compile(pattern, re.M)


def _pattern(value: str) -> str:
    try:
        compiled(value)
    except re.error:
        raise fault(f"「{value}」不是正确的正则", "请会正则的同事看一下") from None
    return value


def _part_name(value: str) -> str:
    if not re.fullmatch("[\u4e00-\u9fff]+", value):
        raise fault(f"名称「{value}」的写法不对", "只用汉字，模式里写成 {名称}")
    return value


def _canonical(value: str) -> str:
    if not re.fullmatch("[一-龥]{3,}", value):
        raise fault(f"「{value}」太短，或者不全是汉字", "近似 只收三个字以上的名称；别的写 词 或 模式")
    return value


def _almost(words: list[str]) -> str:
    """错一个字、中间漏一个字（短的不算）、挨着的两个字倒了：这样的正则。头一个字不对的几个词放在一起，找得快。"""
    first = "|".join(f"{word[1:]}(?<!{word})" for word in words)
    return "|".join([f"[一-龥](?:{first})", *map(_almost_after_first, words)])


def _almost_after_first(word: str) -> str:
    """头一个字对的，和头两个字倒了的。"""
    first, rest = word[0], word[1:]
    last = len(rest)
    wrong = "|".join(f"{rest[:at]}.{rest[at + 1 :]}" for at in range(last))
    short = [rest[:at] + rest[at + 1 :] for at in range(1, last - 2)]
    turned = [rest[:at] + rest[at + 1] + rest[at] + rest[at + 2 :] for at in range(last - 1)]
    others = "|".join([f"(?=[一-龥]{{{last}}})(?:{wrong})", *short, *turned])
    return f"{first}(?!{rest})(?:{others})|{rest[0]}{first}{rest[1:]}(?<!{word})"


Pattern = Annotated[Text, AfterValidator(_pattern), Field(description="正则表达式")]
Words = Annotated[list[Text], Field(min_length=1)]
# 每份词表至少有几条：少得多了，多半是删坏了
FLOORS = {"terms": 60, "pasted": 5, "phrases": 12, "privacy": 14, "secrecy": 40, "people": 18, "names": 6}


class Rule(Record):
    """一条词语规则：词（照字面）、模式（正则）、要素（一句话里凑齐的几样，先后不论）、近似（差一个字的）写一种。"""

    words: Words | None = key("词", None, description="照字面查，写成 [甲, 乙]")
    pattern: Pattern | None = key("模式", None)
    elements: Annotated[list[Pattern], Field(min_length=2)] | None = key(
        "要素", None, description="几条正则，一句话里都有才算；最少见的写在头里"
    )
    near: Annotated[list[Annotated[Text, AfterValidator(_canonical)]], Field(min_length=1)] | None = key(
        "近似", None, description="规范的写法；错一个字、漏一个字、两个字倒了的都算"
    )
    unless: Annotated[list[Pattern], Field(min_length=1)] | None = key(
        "除外", None, description="落在这些正则里的不算，如书名、历史叙述"
    )
    history: YesNo = key("讲历史不算", False, description="这一句或前一句写着早年的年份、战争的，不算")
    check: Literal["身份证号", "银行卡号", "手机号"] | None = key("校验", None, description="再核对一遍号码本身")
    replace: Text | None = key("改成", None)
    level: Level = key("级别")
    clause: Text = key("条款", description="STYLE.md 里的编号，如 C-1")
    reason: Text = key("理由")
    source: Text = key("出处")
    examples: Words = key("例", description="这条规则一定要报的句子；姓名、号码都是编的")
    counterexamples: Words = key("反例", description="样子像、这条规则不该报的句子")

    @model_validator(mode="after")
    def _one_of(self) -> Rule:
        if [self.words, self.pattern, self.elements, self.near].count(None) != 3:
            what = "「词」「模式」「要素」「近似」要写一种，只写一种"
            raise fault(what, "照字面查的写 词，正则写 模式，凑齐才算的写 要素，差一个字的写 近似")
        return self

    @property
    def source_patterns(self) -> list[str]:
        """还没有换掉 {名称} 的正则；要素有几条。"""
        if self.words is not None:
            return ["|".join(re.escape(word) for word in sorted(self.words, key=len, reverse=True))]
        if self.near is not None:
            return [_almost(self.near)]
        return [self.pattern] if self.pattern is not None else self.elements or []


class Part(Record):
    """模式里可以用 {名称} 引用的一截正则，如 {姓名}。"""

    name: Annotated[Text, AfterValidator(_part_name)] = key("名称")
    pattern: Pattern = key("模式")


class Cue(Record):
    """姓名前后的字：照它认出私人的姓名，或者认出和姓名连在一起的情况。"""

    where: Literal["姓名前", "姓名后", "几个姓名后", "姓名独自在开头", "同一句", "连着两句"] = key(
        "写在",
        description="姓名前、姓名后：紧挨着的是姓名；姓名独自在开头：后面接着的字；同一句、连着两句：和姓名在一起的情况",
    )
    pattern: Pattern = key("模式")
    level: Level = key("级别")
    clause: Text = key("条款", description="STYLE.md 里的编号，如 Y-3")
    reason: Text = key("理由")
    source: Text = key("出处")


class NameList(Record):
    """认姓名用的词：姓，不算私人的职务和历史人物，像姓名的平常词。"""

    kind: Literal["姓", "少见的姓", "职务", "领导做的事", "人物", "平常词"] = key("类别")
    words: Words = key("词", description="照字面查，写成 [甲, 乙]")
    reason: Text = key("理由")
    source: Text = key("出处")


class Phrase(Record):
    """固定表述：一出现 触发 的样子，就要逐字等于 写法 里的一种。"""

    name: Text = key("名称")
    trigger: Pattern = key("触发", description="正则；整段匹配到的文字要逐字等于 写法 里的一种")
    wording: Words = key("写法")
    clause: Text = key("条款")
    source: Text = key("出处")
    examples: Words = key("例", description="写错了的，一定要报")
    counterexamples: Words = key("反例", description="写对了的，不该报")


class Period(Record):
    """一类内容多少天复核一次。"""

    kind: Literal["开放时间", "电话地址", "办事指南", "法律", "首页", "栏目"] = key("类别")
    days: Annotated[int, Field(ge=1, le=99_999_999, description="多少天"), BeforeValidator(integer)] = key("天数")
    reason: Text = key("理由")
    source: Text = key("出处")


class Exemption(Record):
    """一处放行：哪个文件里的哪几个字，为什么，谁批的，到哪天。保密的还要有审查编号。"""

    check: CheckName = key("检查")
    file: Text = key("文件", description="如 docs/xuexi/baomi.md")
    text: Text = key("原文", description="报出来的那几个字，照抄")
    reason: Text = key("理由")
    approver: Text = key("批准")
    until: Date = key("至")
    review: Text | None = key("审查编号", None, description="secrecy 必填：保密审查的编号")

    @model_validator(mode="after")
    def _reviewed(self) -> Exemption:
        if self.check == "secrecy" and self.review is None:
            raise fault("保密的放行要有「审查编号」", "先做保密审查，填上审查的编号；没有审查就改正文")
        return self


@dataclass(frozen=True)
class Rules:
    """data/rules/ 的全部内容。"""

    terms: list[Rule]
    pasted: list[Rule]
    phrases: list[Phrase]
    privacy: list[Rule]
    secrecy: list[Rule]
    freshness: list[Period]
    exemptions: list[Exemption]
    people: list[Cue]
    names: list[NameList]
    parts: dict[str, str]

    def regex(self, pattern: str, inside: tuple[str, ...] = ()) -> str:
        """把 {姓名} 这样的换成 parts.yml 里的那一截；没有的、绕回自己的照原样，另外报过。"""

        def part(match: re.Match[str]) -> str:
            name = match[1]
            known = name in self.parts and name not in inside
            return self.regex(self.parts[name], (*inside, name)) if known else match[0]

        return PART.sub(part, pattern)

    def days(self, kind: str) -> int | None:
        """这一类多少天复核一次；没有规定为 None。"""
        return next((period.days for period in self.freshness if period.kind == kind), None)


PART = re.compile("\\{([\u4e00-\u9fff]+)\\}")


def rules(_: list[Any], doc: Doc, site: Site) -> None:
    if doc.value == []:
        doc.error((), "一条规则也没有，这一项等于没查", "从上一版恢复")
    elif isinstance(doc.value, list) and len(doc.value) < (floor := FLOORS[Path(doc.file).stem]):
        doc.error(
            (),
            f"只有 {len(doc.value)} 条规则，不到 {floor} 条",
            "多半删多了，从上一版恢复；真要减，请技术人员改下限",
        )
    sound_parts(doc, site.rules)


def sound_parts(doc: Doc, rules: Rules) -> None:
    """模式、要素、除外 里的 {名称} 在 parts.yml 里都有，不绕回自己。"""
    for i, item in enumerate(doc.value if isinstance(doc.value, list) else []):
        for key_ in ("模式", "要素", "除外") if isinstance(item, dict) else ():
            for name in PART.findall(str(item.get(key_))):
                if name not in rules.parts:
                    doc.error((i, key_), f"parts.yml 里没有「{name}」", likely(name, rules.parts))
                elif f"{{{name}}}" in rules.regex(rules.parts[name], (name,)):
                    doc.error((i, key_), f"parts.yml 里的「{name}」绕回了自己", "一截里不能用到它自己")


def period_rules(_: list[Period], doc: Doc, site: Site) -> None:
    unique(doc, "类别")


def part_rules(_: list[Part], doc: Doc, site: Site) -> None:
    unique(doc, "名称")
    sound_parts(doc, site.rules)

"""常用的值：文字、数、日期、电话、编号、网址、是否，法律依据和图片。"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from .record import Record, fault, key
from .yamlfile import Quoted

UNKNOWN = "待公布"
UNVERIFIED = "待核对"
UNVERIFIED_NOTE = "内容来自项目自带的材料，本镇还没有核对"
YES_NO = ("是", "否")


def _text(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    text = str(value).strip()
    if not text:
        raise fault("没有填", f"不知道的写 {UNKNOWN}")
    if text[0] in "=@＝＠":
        raise fault(f"不能以「{text[0]}」开头", "删掉这个符号；下载的表格打开时会当成公式")
    if text != UNKNOWN and ALMOST_UNKNOWN.fullmatch(re.sub(r"\W", "", text)):
        raise fault(f"「{text}」不是规定的写法", f"不知道的写 {UNKNOWN}，三个字，前后不加别的")
    if not isinstance(value, Quoted):
        if re.fullmatch("“[^“”]*”|‘[^‘’]*’", text):
            raise fault(f"「{text}」两边用了全角引号", "去掉引号；引号也要显示的，外面再加一层半角双引号")
        if text.endswith((",", ";")):
            raise fault(f"「{text}」末尾多了半角的「{text[-1]}」", "删掉；确实要显示的，用双引号把整个值括起来")
    return text


ALMOST_UNKNOWN = re.compile("待公.|[待未]公布|暂未公布|待公布待公布")


def distinct(values: list[Any]) -> list[Any]:
    """列表里的各项不重复。"""
    for i, value in enumerate(values):
        if value in values[:i]:
            shown = f"「{value}」" if isinstance(value, str | int) else f"第 {i + 1} 项"
            raise fault(f"里{shown}写了两遍", "留一个，删一个")
    return values


Text = Annotated[str, BeforeValidator(_text), Field(description="文字")]


def integer(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    raise fault(f"「{value}」不是整数", _integer_fix(value))


def _integer_fix(value: str) -> str:
    if re.fullmatch(r"-?[0-9]+", value) and isinstance(value, Quoted):
        return "去掉引号"
    half = value.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if half != value:
        return f"数字用半角，写 {half}" if half.isdigit() else "数字用半角"
    if re.fullmatch(r"[0-9]{1,3}([,，][0-9]{3})+", value):
        return f"去掉千分号，写 {re.sub('[,，]', '', value)}"
    if value in ("待公布", "暂缺", "少于10", "不公开"):
        return f"没有数时不写值，写 状态: {value}"
    if re.match(r"(大?约|近|超过|不少于|不超过|至少)[0-9]|[0-9]+(\+|多|余|以上|左右)", value):
        return "值只写数字，另起一行写 限定: 约（或 不少于、不超过）"
    if re.fullmatch(r"[1-9][0-9]{11,}", value):
        return "数太大，核对后改正"
    if re.match(r"[0-9]+#", value):
        return "# 前面空一格"
    if re.fullmatch(r"[0-9]+\s*\D+", value):
        return "只写数字，单位写在 data/indicators.yml"
    if re.fullmatch(r"[0-9]*\.[0-9]+", value):
        return "只能写整数，不写小数"
    if re.fullmatch(r"[零一二三四五六七八九十百千万两]+", value):
        return "用阿拉伯数字"
    if re.fullmatch(r"0[0-9]+", value):
        return "去掉前面的 0"
    return "只写阿拉伯数字"


Count = Annotated[int, Field(ge=0, le=99_999_999, description="0 到 99999999 的整数"), BeforeValidator(integer)]
YearNumber = Annotated[int, Field(ge=1900, le=2100, description="四位年份"), BeforeValidator(integer)]


YEARS = range(1900, 2101)


def parse_date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, int | str):
        raise fault("要写一个日期", "写成 2026-11-20 这样，不加括号")
    text = str(value)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or not text.isascii():
        raise fault(f"日期「{text}」的写法不对", "写成 2026-11-20 这样，四位年-两位月-两位日，半角")
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        raise fault(f"没有 {text} 这一天", "查一下日历，改成真有的日期") from None
    if date.year not in YEARS:
        raise fault(f"日期「{text}」的年份不对", "年份在 1900 到 2100 之间，核对后改正")
    return date


Date = Annotated[
    datetime.date,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "日期，如 2026-11-20"}),
]


def _review(value: Any) -> Any:
    if value == UNKNOWN:
        raise fault(f"不能写 {UNKNOWN}", f"写核对的那一天；还没有核对的写 {UNVERIFIED}")
    return None if value == UNVERIFIED else parse_date(value)


# 随项目带来的内容核对的日子；本镇还没有核对过的写 待核对，读成 None
ReviewDate = Annotated[
    datetime.date | None,
    BeforeValidator(_review),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, {"const": UNVERIFIED}],
            "description": f"日期，如 2026-11-20；还没有核对的写 {UNVERIFIED}",
        }
    ),
]


def _no_mobile(value: str) -> str:
    if re.search(r"(?<!\d)(86)?1[3-9]\d{9}(?!\d)", re.sub(r"[\s\u2010-\u2015\u2212\uff0d-]", "", value)):
        raise fault("电话像是个人手机号", f"只公布办公电话；没有就写 {UNKNOWN}", "Y-1")
    if value != UNKNOWN and not re.fullmatch(r"[0-9]{3}[0-9 ()（）、，\-—转]{0,60}", value):
        raise fault(f"电话「{value[:60]}」的写法不对", f"写成 0000-0000000，几个号码用顿号隔开；没有就写 {UNKNOWN}")
    return value


Phone = Annotated[Text, AfterValidator(_no_mobile), Field(description="办公电话，或 待公布")]


SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


def _slug(value: str) -> str:
    if not re.fullmatch(SLUG, value):
        raise fault(f"编号「{value}」的写法不对", "只用小写字母、数字和连字符 -，如 shilicun-01")
    return value


Slug = Annotated[Text, AfterValidator(_slug), Field(description="编号：小写字母、数字、连字符")]


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[\w./~%-]*)?", value, re.ASCII) or ".." in value:
        raise fault(f"网址「{value}」的写法不对", "写成 https://域名/路径/ 的样子，不带空格和中文")
    return value


Url = Annotated[Text, AfterValidator(_https), Field(description="https 网址")]


def _yes_no(value: Any) -> Any:
    if not isinstance(value, int | str):
        raise fault("只能写 是 或 否")
    if value not in YES_NO:
        raise fault(f"「{value}」不行，只能写 是 或 否")
    return value == "是"


YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["是", "否"], "description": "是 或 否"})]


def _known_int(value: Any) -> Any:
    return value if value == UNKNOWN else integer(value)


CountOrUnknown = Annotated[
    int | Literal["待公布"],
    BeforeValidator(_known_int),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "待公布"}]}),
]


class Citation(Record):
    """一条法律依据。"""

    law: Text = key("法", description="法律简称，见 data/laws/来源.yml")
    article: Text = key("条", description="条号，如 12 或 299之一")
    paragraph: Count | None = key("款", None, description="第几款")


def _picture(value: str) -> str:
    if not re.fullmatch(rf"{SLUG}\.assets/{SLUG}\.(svg|png|jpe?g|webp)", value):
        fix = "写成 页名.assets/图名.svg 的样子（或 .png、.jpg、.webp），只用小写字母、数字和连字符"
        raise fault(f"图片「{value}」的写法不对", fix)
    return value


class Picture(Record):
    """一张图：文件相对本页所在文件夹。"""

    file: Annotated[Text, AfterValidator(_picture)] = key("文件")
    alt: Text = key("说明", description="给看不见图的人读的一句话")
    credit: Text = key("拍摄")
    licence: Text = key("许可")

    @property
    def caption(self) -> str:
        """图下的字。自己画的、自己拍的，两处说的是一件事，只写一遍。"""
        owner = re.sub(r"(?:自?绘制?|自?拍摄?)$", "", self.credit)
        same = re.fullmatch(rf"{re.escape(owner)}(?:自?绘制?|自?拍摄?)", self.licence)
        return f"图：{self.licence}" if same else f"图：{self.credit}，{self.licence}"

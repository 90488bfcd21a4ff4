"""所有数据模型共用的：记录的底子、常用的值、把 pydantic 的报错翻成白话。"""

from __future__ import annotations

import datetime
import difflib
import re
import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from .yamlfile import Doc, Path_, Quoted, slip

UNKNOWN = "待公布"
YES_NO = ("是", "否")


class Record(BaseModel):
    """YAML 里的键是中文（alias），代码里的名字是英文；多一个键、少一个键都不行。"""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_by_name=False)


def fault(what: str, fix: str = "", clause: str = "") -> PydanticCustomError:
    """模型里报错用：说明、改法、条款。"""
    return PydanticCustomError("fault", "{what}", {"what": what, "fix": fix, "clause": clause})


def key(alias: str, default: Any = ..., **more: Any) -> Any:
    """一个字段：YAML 键名；没有 default 就是必填。"""
    return Field(default, alias=alias, **more)


# ---- 常用的值 ----


def _text(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    text = str(value).strip()
    if not text:
        raise fault("没有填", f"不知道的写 {UNKNOWN}")
    if text[0] in "=@":
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


Count = Annotated[int, BeforeValidator(integer), Field(ge=0, le=99_999_999, description="0 到 99999999 的整数")]
YearNumber = Annotated[int, BeforeValidator(integer), Field(ge=1900, le=2100, description="四位年份")]


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


def _no_mobile(value: str) -> str:
    if re.search(r"(?<!\d)(86)?1[3-9]\d{9}(?!\d)", re.sub(r"[\s-]", "", value)):
        raise fault("电话像是个人手机号", f"只公布办公电话；没有就写 {UNKNOWN}", "Y-1")
    if value != UNKNOWN and not re.fullmatch(r"[0-9]{3}[0-9 ()（）、，\-—转]*", value):
        raise fault(f"电话「{value}」的写法不对", f"写成 0000-0000000，几个号码用顿号隔开；没有就写 {UNKNOWN}")
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


# ---- pydantic 的报错 → 白话 ----

R = TypeVar("R", bound=BaseModel)


def validate(model: type[R], doc: Doc, path: Path_ = ()) -> R | None:
    """按模型读 doc 里 path 处的值；有错就记到 doc 上，返回 None。"""
    value = doc.value
    for step in path:
        value = value[step]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=True)
    unknown = {e["loc"] for e in found if e["type"] == "extra_forbidden"}
    renamed = {}
    for loc in unknown:
        written = str(loc[-1])
        fields = fields_at(model, loc[:-1])
        head = re.split("[：:]", written)[0]
        renamed[loc] = head if head in fields else nearest(written, fields)
        missing = [str(e["loc"][-1]) for e in found if e["type"] == "missing" and e["loc"][:-1] == loc[:-1]]
        if renamed[loc] is None and len(missing) == 1 and sum(u[:-1] == loc[:-1] for u in unknown) == 1:
            renamed[loc] = missing[0]  # 多一个、正好缺一个，就是把它写错了
    for place, each in _one_branch(value, found):
        loc = each["loc"]
        if each["type"] == "missing" and any(new == loc[-1] and old[:-1] == loc[:-1] for old, new in renamed.items()):
            continue  # 写错名字的键已经报过，不再说“缺”
        what, fix = _chinese(each, (*path, *place), model, renamed)
        report = doc.error_in_value if each["type"] in WRONG_SHAPE and slip(each["input"]) else doc.error
        report((*path, *place), what, fix, each.get("ctx", {}).get("clause", ""))
    return None


def _real(value: Any, loc: Path_) -> Path_:
    """pydantic 的位置里去掉它自己加的标记（二选一、键），只留文件里真有的键和序号。"""
    place: list[str | int] = []
    for step in loc:
        step = str(step) if isinstance(value, dict) else step
        if (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        ):
            place.append(step)
            value = value[step]  # type: ignore[index]
    return tuple(place)


def _one_branch(value: Any, found: list[Any]) -> list[tuple[Path_, Any]]:
    """“二选一”的值会给每一支各报一遍：只留报得最里面的，同一处只留头一个。"""
    placed = [(_real(value, e["loc"]), e) for e in found]
    kept: list[tuple[Path_, Any]] = []
    seen: set[Path_] = set()
    for place, each in placed:
        if len(place) + (each["type"] == "missing") < len(each["loc"]):
            deeper = any(len(other) > len(place) and other[: len(place)] == place for other, _ in placed)
            if deeper or place in seen:
                continue
            seen.add(place)
        kept.append((place, each))
    return kept


def fields_at(model: type[BaseModel], loc: Path_) -> dict[str, Any]:
    """loc 处那条记录有哪些键（中文名 → 类型）。"""
    here: Any = model
    for step in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            names = {f.alias or n: f.annotation for n, f in here.model_fields.items()}
            here = names.get(str(step))
        else:
            here = _inner(here)
        while here is not None and not _is_container(here):
            here = _inner(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return {f.alias or n: f.annotation for n, f in here.model_fields.items()}
    return {}


def _is_container(here: Any) -> bool:
    return (isinstance(here, type) and issubclass(here, BaseModel)) or typing.get_origin(here) in (list, dict)


def _inner(here: Any) -> Any:
    """list[X]、dict[str, X]、X | None、Annotated[X, …] 里面的 X。"""
    origin = typing.get_origin(here)
    args = [a for a in typing.get_args(here) if a is not type(None)]
    if origin is Annotated or origin is list:
        return args[0]
    if origin is dict:
        return args[1]
    if origin in (typing.Union, types.UnionType):
        return next((a for a in args if _is_container(a) or typing.get_origin(a) is Annotated), None)
    return None


def nearest(word: str, names: typing.Iterable[str]) -> str | None:
    """最像的一个名字；都不像时为 None。"""
    names = list(names)
    same = [name for name in names if name.casefold() == word.casefold()]
    found = same or difflib.get_close_matches(word[:LONGEST], names, n=1, cutoff=0.5)
    return found[0] if found else None


def likely(word: str, names: typing.Iterable[str]) -> str:
    """改法：像哪一个，或者可用的有哪些。"""
    names = list(names)
    near = nearest(word, names)
    if near:
        return f"是不是「{near}」？"
    more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return f"可用的有：{'、'.join(names[:SHOWN])}{more}" if names else "现在还没有可用的"


WRONG_SHAPE = ("model_type", "dict_type", "model_attributes_type")
SHOWN = 20
LONGEST = 100  # 再长的就不拿来找像的了


def _chinese(each: Any, place: Path_, model: type[BaseModel], renamed: dict[Any, Any]) -> tuple[str, str]:
    kind, loc, context, value = each["type"], each["loc"], each.get("ctx", {}), each.get("input")
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    said = f"「{name}」" if name else ""
    if value is None and kind != "extra_forbidden":
        return f"{said}没有填", f"填上；不知道的写 {UNKNOWN}，没有这一项就整行删掉"
    if kind == "fault":
        what = context["what"]
        if said and said not in what and not what.startswith(name):
            what = (
                f"{said}里的{what}"
                if what.startswith(("「", "日期", "电话", "编号", "网址", "备案号", "开放时间", "图片", "条号"))
                else said + what
            )
        return what, _half_comma(place, value, context["fix"])
    if kind == "extra_forbidden":
        if wrong := slip(str(loc[-1])):
            return wrong
        fields = fields_at(model, loc[:-1])
        fix = f"是不是「{renamed[loc]}」？" if renamed.get(loc) else "可用的键有：" + "、".join(fields)
        return f"不认识的键「{loc[-1]}」", fix
    if kind == "missing":
        return f"缺「{loc[-1]}」", f"补一行 {loc[-1]}: …"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        if not isinstance(value, int | str):
            return f"{said}要写文字", "只能写 " + "、".join(choices)
        near = nearest(str(value), choices)
        fix = (f"是不是「{near}」？" if near else "") + "只能写 " + "、".join(choices)
        return f"{said}不能写「{value}」", _half_comma(place, value, fix)
    if kind == "list_type":
        return f"{said}要写成列表", "每项前面加「- 」，或写成 [甲, 乙]"
    if kind in WRONG_SHAPE:
        return slip(value) or (f"{said or '这里'}下面要写成一行一个「键: 值」", "对照模板的层次写")
    if kind == "string_type":
        return f"{said}要写文字", "写成一句话，不要写成列表或下一层的键"
    if kind == "int_type":
        return f"{said}要写整数", "只写阿拉伯数字"
    if kind == "greater_than_equal":
        return f"{said}的数 {value} 太小", f"不小于 {context['ge']}，核对后改正"
    if kind == "less_than_equal":
        return f"{said}的数 {value} 太大", f"不大于 {context['le']}，核对后改正"
    if kind == "too_short":
        return f"{said}至少要有 {context['min_length']} 项", "补上；没有就写 " + UNKNOWN
    if kind == "too_long":
        return f"{said}最多 {context['max_length']} 项", "删掉多出的"
    return f"{said}的写法不对", "对照模板改正"


def _half_comma(place: Path_, value: Any, fix: str) -> str:
    """列表里用了全角逗号、顿号：几项粘成了一项。"""
    glued = place and isinstance(place[-1], int) and isinstance(value, str) and re.search("[，、]", value)
    return "列表里的逗号用半角，写成 [甲, 乙]" if glued else fix


def expect_mapping(doc: Doc) -> bool:
    """整个文件应当是「键: 值」。"""
    if doc.value is None:
        return False
    if not isinstance(doc.value, dict):
        doc.error((), *(slip(doc.value) or ("整个文件要写成一行一个「键: 值」", "对照模板的层次写")))
        return False
    return True


def expect_list(doc: Doc) -> bool:
    """整个文件应当是列表。"""
    if doc.value is None:
        return False
    if not isinstance(doc.value, list):
        doc.error((), *(slip(doc.value) or ("整个文件要写成列表", "每条前面加「- 」")))
        return False
    return True


def validate_list(model: type[R], doc: Doc) -> list[R]:
    """整个文件是一串同类记录：逐条读，坏的报错，好的留下。"""
    if not expect_list(doc):
        return []
    records = (validate(model, doc, (i,)) for i in range(len(doc.value)))
    return [r for r in records if r is not None]


def one(model: type[R]) -> Callable[[Doc], R | None]:
    """读法：整个文件是一条记录。"""
    return lambda doc: validate(model, doc) if expect_mapping(doc) else None


def many(model: type[R]) -> Callable[[Doc], list[R]]:
    """读法：整个文件是一串记录。"""
    return lambda doc: validate_list(model, doc)


def unique(doc: Doc, name: str) -> None:
    """列表里每条的 name（如 编号）不能重复。"""
    seen: dict[str, int] = {}
    for i, item in enumerate(doc.value if isinstance(doc.value, list) else []):
        value = item.get(name) if isinstance(item, dict) else None
        if value is None:
            continue
        if str(value) in seen:
            doc.error((i, name), f"{name}「{value}」重复了，第 {seen[str(value)]} 行已经用过", "换一个")
        else:
            seen[str(value)] = doc.mark((i, name))[0]

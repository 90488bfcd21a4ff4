"""按模型读一个文件；pydantic 的报错翻成白话。"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from itertools import pairwise
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ValidationError

from .nearest import nearest
from .values import UNKNOWN
from .yamlfile import Doc, Path_, slip

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
    found = [e for e in found if not _follows(e, found, model, value)]
    torn = _torn_apart(found, value)
    for place in torn:
        doc.error((*path, *place), *TORN)
    found = [e for e in found if e["loc"][:-1] not in torn.values() and e["loc"][:-1] not in torn]
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
        if up := _outside(each, model, value):
            what, fix = _misplaced(loc[-1], up)
        else:
            what, fix = _chinese(each, (*path, *place), model, renamed)
        is_line = each["type"] in WRONG_SHAPE and _line_slip(each["input"], fields_at(model, loc))
        report = doc.error_in_value if is_line else doc.error
        report((*path, *place), what, fix, each.get("ctx", {}).get("clause", ""))
    return None


def _outside(each: Any, model: type[BaseModel], value: Any) -> str:
    """这个不认识的键，是同一层写着的哪个键下面的：缩进丢了；不是的为空。value：整条记录。"""
    if each["type"] != "extra_forbidden":
        return ""
    loc, here = each["loc"], value
    for step in _real(value, loc)[:-1]:
        here = here[step]
    return next((up for up in here if str(loc[-1]) in fields_at(model, (*loc[:-1], up))), "")


def _follows(each: Any, found: list[Any], model: type[BaseModel], value: Any) -> bool:
    """上面的键空着，下面的几行都没有缩进：只说上面那一处。"""
    up = _outside(each, model, value)
    empty = (*each["loc"][:-1], up)
    return bool(up) and any(other["loc"] == empty and other["input"] is None for other in found)


def _torn_apart(found: list[Any], value: Any) -> dict[Path_, Path_]:
    """里面的列表，一条被多写的「- 」分成两条的：后一条的位置 → 前一条的。"""
    missing: dict[Path_, set[str]] = {}
    for each in found:
        if each["type"] == "missing":
            missing.setdefault(each["loc"][:-1], set()).add(str(each["loc"][-1]))
    torn = {}
    for place in missing:
        if place and isinstance(place[-1], int) and (before := (*place[:-1], place[-1] - 1)) in missing:
            rows = value
            for step in _real(value, place)[:-1]:
                rows = rows[step]
            if _is_one(rows[place[-1] - 1], missing[before], rows[place[-1]], missing[place]):
                torn[place] = before
    return torn


def _is_one(first: Any, lacks: set[str], second: Any, lacks_too: set[str]) -> bool:
    """两条的键各不相同，这一条缺的都写在那一条里。"""
    return (
        isinstance(first, dict)
        and isinstance(second, dict)
        and first.keys().isdisjoint(second)
        and lacks <= second.keys()
        and lacks_too <= first.keys()
    )


def _line_slip(value: Any, fields: dict[str, Any]) -> tuple[str, str] | None:
    """该写「键: 值」的地方只读到一句话：冒号写错了，或者漏了。"""
    name, _, rest = str(value).partition(" ")
    if isinstance(value, str) and rest and name in fields:
        return f"「{name}」后面少了冒号", f"写成 {name}: {rest}，冒号用半角，后面空一格"
    return slip(value)


def _misplaced(name: object, up: str) -> tuple[str, str]:
    return f"「{name}」要写在 {up} 的下面", "前面空两格，和那里的几行左边对齐"


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


MOST = 5  # 说明里列几个键
TORN = ("「- 」多写了一个，一条分成了两条", "去掉这一行的「- 」，前面空两格，和上一行左边对齐")
WRONG_SHAPE = ("model_type", "dict_type", "model_attributes_type")


def _chinese(each: Any, place: Path_, model: type[BaseModel], renamed: dict[Any, Any]) -> tuple[str, str]:
    kind, loc, context, value = each["type"], each["loc"], each.get("ctx", {}), each.get("input")
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    said = f"「{name}」" if name else ""
    fields = fields_at(model, loc)
    if value is None and kind != "extra_forbidden":
        if said and fields and str(loc[-1]) == name:
            return f"{said}下面没有写，或者下面几行没有缩进", f"下面每行前面空两格，写 {_keys(fields)}"
        if inside := fields_at(model, (*loc, 0)):
            return f"{said}没有填", f"{_each(inside)}；没有的整行删掉"
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
        if str(loc[-1]) in fields_at(model, loc[:-2]):
            return f"「{loc[-1]}」缩进多了，写到「{loc[-2]}」里面去了", f"前面少空两格，和 {loc[-2]} 左边对齐"
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
        inside = fields_at(model, (*loc, 0))
        return f"{said}要写成列表", _each(inside) if inside else "每项前面加「- 」，或写成 [甲, 乙]"
    if kind in WRONG_SHAPE:
        if name in fields and place[-1] == name:  # 一个名字下面的键，和名字对齐了
            return f"「{name}」没有缩进，成了另一条", "前面再空两格，写在它上面那一行的下面"
        if place and isinstance(place[-1], int) and fields:
            return _line_slip(value, fields) or (f"{said}的这一项没有写成「键: 值」", _each(fields))
        fix = f"写 {_keys(fields)}" if fields else "对照模板的层次写"
        return _line_slip(value, fields) or (f"{said or '这里'}下面要写成一行一个「键: 值」", fix)
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


def _keys(fields: dict[str, Any]) -> str:
    """有哪些键，多的只说几个。"""
    return "、".join([f"{name}: …" for name in fields][:MOST]) + ("，别的照模板" if len(fields) > MOST else "")


def _each(fields: dict[str, Any]) -> str:
    """一条记录在列表里怎么写，照着写就行。"""
    if len(fields) > MOST:
        return "照模板一条一条写，每条前面加「- 」"
    return "一条一条写，如 - {" + ", ".join(f"{name}: …" for name in fields) + "}"


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
    torn: set[int] = set()
    for i, (first, second) in enumerate(pairwise(doc.value)):
        lacks, lacks_too = _lacks(model, first), _lacks(model, second)
        if (lacks or lacks_too) and _is_one(first, lacks, second, lacks_too):
            doc.error((i + 1,), *TORN)
            torn |= {i, i + 1}
    records = (validate(model, doc, (i,)) for i in range(len(doc.value)) if i not in torn)
    return [r for r in records if r is not None]


def _lacks(model: type[BaseModel], value: Any) -> set[str]:
    """缺哪些必写的键；不是一条记录的，说不上。"""
    needed = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    return needed - value.keys() if isinstance(value, dict) else set()


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

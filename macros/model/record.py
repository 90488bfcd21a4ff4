"""记录的底子：一个字段、一处报错。"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Record(BaseModel):
    """YAML 里的键是中文（alias），代码里的名字是英文；多一个键、少一个键都不行。"""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        validate_by_name=False,
        model_title_generator=lambda model: _title(model),
        field_title_generator=lambda name, field: field.alias or name,
    )


def _title(model: type[Any]) -> str:
    """编辑器里显示的名字：类的说明的头一句。"""
    return re.split("[：，；。]", model.__doc__ or "")[0]


def fault(what: str, fix: str = "", clause: str = "") -> PydanticCustomError:
    """模型里报错用：说明、改法、条款。"""
    return PydanticCustomError("fault", "{what}", {"what": what, "fix": fix, "clause": clause})


def key(alias: str, default: Any = ..., **more: Any) -> Any:
    """一个字段：YAML 键名；没有 default 就是必填。"""
    return Field(default, alias=alias, **more)

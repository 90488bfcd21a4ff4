"""data/rules/*.yml：词语、隐私、保密的检查词表。每条有理由和出处。"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import model_validator

from .base import Record, Text, fault, key, validate_list
from .yamlfile import Doc


class Rule(Record):
    """一条词语规则：词（照字面）或 模式（正则），写一个。"""

    word: Text | None = key("词", None)
    pattern: Text | None = key("模式", None)
    replace: Text | None = key("改成", None)
    level: Literal["错误", "提醒"] = key("级别")
    reason: Text = key("理由")
    source: Text = key("出处")

    @model_validator(mode="after")
    def _one_of(self) -> Rule:
        if (self.word is None) == (self.pattern is None):
            raise fault("「词」和「模式」要写一个，只写一个", "照字面查的写 词，正则写 模式")
        if self.pattern:
            try:
                re.compile(self.pattern)
            except re.error:
                raise fault(f"模式「{self.pattern}」不是正确的正则", "请会正则的同事看一下") from None
        return self


def load(doc: Doc) -> list[Rule]:
    return validate_list(Rule, doc)

"""data/synonyms.yml：居民的话 → 网站的话，搜索用。"""

from __future__ import annotations

import re

from .validation import expect_mapping
from .yamlfile import Doc


def load(doc: Doc) -> dict[str, list[str]]:
    if not expect_mapping(doc):
        return {}
    found: dict[str, list[str]] = {}
    for word, targets in doc.value.items():
        if not isinstance(targets, list) or not targets or not all(isinstance(t, str | int) for t in targets):
            doc.error((word,), f"「{word}」后面要写成列表", "写成 当兵: [应征, 入伍]")
        elif odd := [str(each) for each in (word, *targets) if not re.fullmatch(r"\w[\w ]*", str(each))]:
            doc.error(
                (word,), f"「{odd[0]}」不是一个词", "一个词里没有标点，词和词用半角逗号隔开，如 当兵: [应征, 入伍]"
            )
        elif word in targets:
            doc.error((word,), f"「{word}」指向了自己", "删掉列表里和它一样的词")
        else:
            found[word] = [str(t) for t in targets]
    return found

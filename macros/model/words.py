"""搜索用的：data/synonyms.yml 居民的话 → 网站的话；data/asked.yml 哪一页 → 居民怎么问。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .nearest import likely
from .validation import expect_mapping
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


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


def load_asked(doc: Doc) -> dict[str, list[str]]:
    if not expect_mapping(doc):
        return {}
    found: dict[str, list[str]] = {}
    for path, said in doc.value.items():
        if not isinstance(said, list) or not said or not all(isinstance(each, str | int) for each in said):
            doc.error((path,), f"「{path}」后面要写成列表", "一句一行，前面写 - 和空格")
        elif twice := next((each for i, each in enumerate(said) if each in said[:i]), ""):
            doc.error((path,), f"「{twice}」写了两遍", "删掉一句")
        else:
            found[path] = [str(each) for each in said]
    return found


def asked_rules(asked: dict[str, list[str]], doc: Doc, site: Site) -> None:
    pages = [page.path for page in site.pages]
    for path in asked:
        if path not in pages:
            doc.error((path,), f"没有「{path}」这一页", likely(path, pages))

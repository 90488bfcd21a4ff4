"""编辑写的字：正文去掉记号，一行一行，居民在网页上应该看到什么。和引擎读出来的比，就知道丢了字没有。"""

from __future__ import annotations

import re

from .markdown import BOX, CAPTION, CAPTION_END, TABLE_RULE, fences

MACRO = "\ue000"  # 一处宏写出的内容
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PREFIX = re.compile(r"\s*(?:>(?: |$)|(?:- |(\d{1,2}\.) +)(?:\[[ xX]\] +)?|: +)")
_NOTE = re.compile(r" {0,3}\[\^[^\]]+\]: *")
_HEADING = re.compile(r"#{1,6} +(.*?)(?: +\{: *#[\w-]+ *\})? *")
# 代码里的记号都是字，所以先认代码；图片没有字，链接、粗体的字里还可以有记号
_MARKED = re.compile(
    r"(`+)(?P<code>.+?)\1|\\(?P<escaped>[`*|])|\[\^[^\]]+\]|!\[[^\]]*\]\([^)]*\)"
    r"|\[(?P<link>[^\[\]]*)\]\([^)]*\)|\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*"
)
_BAR = re.compile(r"(?<!\\)\|")


def without_macros(body: str) -> str:
    """宏换成一个记号，{% raw %} 的记号去掉，行数不变。"""
    parts = _RAW.split(body)
    return "".join(part if i % 2 else _CALL.sub(_mark, part) for i, part in enumerate(parts))


def _mark(match: re.Match[str]) -> str:
    return MACRO + "\n" * match[0].count("\n")


def written(body: str) -> list[tuple[int, str]]:
    """行号（从 1 数）、这一行的字；宏已经换掉。脚注在最后。"""
    lines = body.split("\n")
    blocks = fences(lines)
    found: list[tuple[int, str]] = []
    notes: list[tuple[int, str]] = []
    into, table = found, False
    for number, line in enumerate(lines, 1):
        if blocks.code[number - 1]:
            if blocks.inside[number - 1]:
                into.append((number, line))
            continue
        if note := _NOTE.match(line):
            into, line = notes, line[note.end() :]
        elif line.strip() and not line.startswith("    "):
            into = found
        below = lines[number] if number < len(lines) else ""
        table = bool(line.strip()) and (table or ("|" in line and "|" in below and bool(TABLE_RULE.fullmatch(below))))
        into.append((number, _words(line, table)))
    return found + notes


def _words(line: str, table: bool) -> str:
    kept = ""
    while prefix := _PREFIX.match(line):
        kept += prefix[1] or ""
        line = line[prefix.end() :]
    text = line.strip()
    if box := BOX.fullmatch(text):
        text = box[1]
    elif text == CAPTION_END or CAPTION.fullmatch(text):
        text = ""
    elif table:
        text = "" if TABLE_RULE.fullmatch(text) else " ".join(_BAR.split(text))
    elif heading := _HEADING.fullmatch(text):
        text = heading[1]
    return kept + inline(text)


def inline(text: str) -> str:
    """一行里的链接、粗体、代码去掉记号。"""
    return _MARKED.sub(_unmarked, text)


def _unmarked(match: re.Match[str]) -> str:
    inside = match["link"] or match["bold"]
    return inline(inside) if inside else match["code"] or match["escaped"] or ""

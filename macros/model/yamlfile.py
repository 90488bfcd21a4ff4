"""读 data/ 和页眉里的 YAML：只有整数、文字和空，三种值；每个键都记着自己的行列。

不用 PyYAML 的取值：它把 0512 读成 330，12:30 读成 750，重复的键后一个悄悄盖掉前一个。
这里只取 libyaml 的事件流（语法和行列），值由自己定。
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, NoReturn

import yaml

from .problem import ERROR, NOTICE, Problem
from .textfile import INVISIBLE, read_text

Path_ = tuple[str | int, ...]
INTEGER = re.compile(r"0|-?[1-9][0-9]*")
EMPTY = {"", "~", "null", "Null", "NULL"}
DEPTH = 12

# libyaml 的英文说法 → 白话。按顺序取头一个对得上的。
SYNTAX = [
    ("cannot start any token", "值的开头有特殊符号，或行首用了制表符", "缩进用空格；值用双引号括起来"),
    ("expected alphabetic", "值的开头有特殊符号（& *）", "用双引号把值括起来"),
    ("expected whitespace or line break", "值的开头有特殊符号（!）", "用双引号把值括起来"),
    ("expected comment or line break", "值的开头有特殊符号（| >）", "用双引号把值括起来"),
    ("sequence entries are not allowed", "「- 」写在了值的位置", "列表另起一行写，或写成 [甲, 乙]"),
    ("node content", "括号没有配对，或列表没有写完", "列表写成 [甲, 乙]，括号、逗号用半角"),
    ("mapping values are not allowed", "一行里有两个冒号，或上一行没有写完", "值里有冒号时，用双引号把整个值括起来"),
    ("could not find expected ':'", "这一行少了冒号", "写成「键: 值」，冒号用半角，后面空一格"),
    ("end of stream", "引号或括号没有收尾，文件可能不完整", "从这里往上找没有配对的引号、括号"),
    ("expected ',' or ']'", "方括号没有收尾", "列表写成 [甲, 乙]，括号、逗号用半角"),
    ("expected ',' or '}'", "花括号没有收尾", "写成 {键: 值}，括号、逗号用半角"),
    ("unknown escape character", "双引号里的反斜杠用错了", "去掉反斜杠，或改用单引号"),
    ("did not find expected key", "这一行的缩进和上面对不齐", "同一层的键左边对齐"),
    ("block collection", "这一行的缩进和上面对不齐", "同一层的左边对齐：键对键，「-」对「-」"),
    ("document", "这一行的缩进和上面对不齐", "同一层的键左边对齐，最外一层顶格写"),
]
INDENTED = ("这一行和上一行的缩进不一样", "同一层的键左边对齐：看是这一行多了空格，还是上一行少了空格")
FOLDED = ("一个值分成了几行（用了 > 或 |）", "去掉 > 和 |，整句写在冒号后面的一行里，长也不要紧")
BLOCK = re.compile(r".*:\s+[>|][-+0-9]*\s*(#.*)?")
AFTER = re.compile(r"\s*(?:- )?[^\s:]+:\s+(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{[^}]*\})\s*[^\s#]")
COMMENT = re.compile(r"\s+#(?=[^\s#])")  # 「#」后面没有空格：多半是正文，却成了注释
# 这些错从哪里写起，就报在哪里；libyaml 发觉的地方往往在下一行
UNFINISHED = ("simple key", "quoted scalar", "flow sequence", "flow mapping")
# 手误：样子 → 说明、改法
WIDE_COLON = ("用了全角冒号「：」", "改成半角冒号加一个空格，如 年份: 2020")
NO_SPACE = ("冒号后面没有空格", "改成半角冒号加一个空格，如 年份: 2020")
SLIPS = [
    (r" *\t", "行首用了制表符（Tab）", "缩进一律用空格"),
    (r"\s*(- )?(?![^：]*:\s)[^\s:：\"'#]+：", *WIDE_COLON),
    (r"\s*(- )?[^\s:：\"'#，。]+:[\u3000\u00a0]", "冒号后面是全角空格", "改成半角空格"),
    (r"\s*(- )?[^\s:：\"'#，。\d]+:[^\s/]", *NO_SPACE),
    (r"\s*-[^\s\d-]", "「-」后面没有空格", "写成「- 」，半角，后面空一格"),
    (r"\s*[－—–]\s?[^\s—]", "「-」用了全角", "写成「- 」，半角，后面空一格"),
    (r"\s*(?:[•·●▪*]\s?|\d+[.、]\s*)[^\s*:：]+[:：]", "「-」写成了别的记号", "写成「- 」，半角，后面空一格"),
    (r"[^\"']*\{[^}\"']*，", "花括号里用了全角逗号「，」", "写成 {键: 值, 键: 值}，括号、逗号用半角"),
]


def slip(value: Any) -> tuple[str, str] | None:
    """该写「键: 值」的地方只读到一句话：看是不是冒号写错了。"""
    if isinstance(value, str) and re.match(r"[^\s:：]+：", value):
        return WIDE_COLON
    if isinstance(value, str) and re.match(r"[^\s:：]+:[^\s/]", value):
        return NO_SPACE
    return None


class Quoted(str):
    """带引号写的文字：用来提醒“数字不要加引号”。"""

    __slots__ = ()


@dataclass
class Doc:
    """读进来的一份 YAML：值、每个键的行列、读的时候发现的问题。"""

    file: str
    value: Any = None
    marks: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)  # 值的行列
    problems: list[Problem] = field(default_factory=list)
    start: tuple[int, int] = (1, 1)

    @property
    def stem(self) -> str:
        return Path(self.file).stem

    @property
    def keys(self) -> set[str] | None:
        """写了的键，里面写坏了的也算；不是「键: 值」的为 None。"""
        return set(self.value) if isinstance(self.value, dict) else None

    def column(self, name: str) -> set[str] | None:
        """列表里各条的 name，里面写坏了的也算；读不通的为 None。"""
        if self.value is None and not self.problems:
            return set()
        items = self.value if isinstance(self.value, list) else None
        return None if items is None else {str(item.get(name)) for item in items if isinstance(item, dict)}

    def mark(self, path: Path_) -> tuple[int, int]:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, self.start)

    def error(self, path: Path_, what: str, fix: str = "", clause: str = "") -> None:
        self.problems.append(Problem(self.file, *self.mark(path), ERROR, what, fix, clause))

    def error_in_value(self, path: Path_, what: str, fix: str = "", clause: str = "") -> None:
        """报在值的那一行，不是键的那一行。"""
        self.problems.append(Problem(self.file, *self.values.get(path, self.mark(path)), ERROR, what, fix, clause))

    def notice(self, path: Path_, what: str, fix: str = "") -> None:
        self.problems.append(Problem(self.file, *self.mark(path), NOTICE, what, fix))


def read_yaml(path: Path, name: str) -> Doc:
    text, problems = read_text(path, name)
    if text is None:
        return Doc(name, problems=problems)
    doc = parse_yaml(text, name)
    doc.problems = problems + doc.problems
    if doc.value is None and not doc.problems:
        doc.error((), "文件是空的", "照同类文件填好，或从上一版恢复")
    return doc


def parse_yaml(text: str, name: str, line_offset: int = 0) -> Doc:
    """line_offset：这段文字上面还有几行（页眉用）。语法不通时 value 为 None。"""
    doc = Doc(name, start=(1 + line_offset, 1))
    builder = _Builder(doc, line_offset)
    try:
        builder.build(text)
    except yaml.MarkedYAMLError as error:
        builder.broken(*_explain(text, error))
    except yaml.YAMLError:  # 没有行号
        builder.broken(0, 0, "文件里有读不出的字符", "重新新建文本文件，把文字粘贴进去")
    except _RefusedError:
        doc.value = None
    return doc


class _RefusedError(Exception):
    """已经报过问题，不再往下读。"""


class _Builder:
    def __init__(self, doc: Doc, line_offset: int) -> None:
        self.doc = doc
        self.offset = line_offset

    def broken(self, line: int, column: int, what: str, fix: str) -> None:
        """文件读不通；这一行已经说过的，不再说一遍。"""
        self.doc.value = None
        problem = Problem(self.doc.file, line + 1 + self.offset, column + 1, ERROR, what, fix)
        if not any(each.line == problem.line and each.what == what for each in self.doc.problems):
            self.doc.problems.append(problem)

    def refuse(self, event: yaml.Event, what: str, fix: str) -> NoReturn:
        line, column = self.at(event)
        self.broken(line - 1 - self.offset, column - 1, what, fix)
        raise _RefusedError

    def build(self, text: str) -> None:
        self.lines = text.split("\n")
        self.spilled: tuple[int, int] | None = None  # 头一个写到了下一行的值：从哪行到哪行
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "一个文件里有两份内容", "去掉单独一行的 ---")
                first = next(self.events)
                self.doc.start = self.at(first)
                self.doc.value = self.node(first, ())
        if self.spilled:
            start, end = self.spilled
            fix = "下一行是另一项就补上「- 」或半角冒号；是一句话就写在一行里"
            found = _slip_in(self.lines, range(start, end + 1)) or (start + 1, 0, "上一行的值写到了这一行", fix)
            self.broken(*found)

    def at(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return _same((mark.line + 1 + self.offset, mark.column + 1)) if mark else (1, 1)

    def node(self, event: yaml.Event, path: Path_) -> Any:
        self.doc.values[path] = self.at(event)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "用了 * 引用", "把要写的内容直接写出来；文字以 * 开头时加双引号")
        if getattr(event, "anchor", None):
            self.refuse(event, "用了 & 锚点", "去掉；文字以 & 开头时加双引号")
        if getattr(event, "tag", None):
            self.refuse(event, "用了 ! 标签", "去掉；文字以 ! 开头时加双引号")
        if len(path) > DEPTH:
            self.refuse(event, f"缩进超过 {DEPTH} 层", "照模板的层次写")
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and INVISIBLE.search(event.value):  # 直接写的，读文件时已经拦下
                self.refuse(event, "值里有看不见的字符", "不要写反斜杠加代号，直接写字")
            if path:
                self.whole(event)
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def whole(self, event: yaml.ScalarEvent) -> None:
        """值要在一行里写完：几行接起来会多出空格；不加引号的，换行多半是漏了「-」或冒号，「 #」后面的字会悄悄丢掉。"""
        start, end = event.start_mark, event.end_mark
        if event.style in ("|", ">"):
            self.doc.problems.append(Problem(self.doc.file, *self.at(event), ERROR, *FOLDED))
        if event.style or event.value == "" or start is None or end is None:
            return
        if end.line > start.line and self.spilled is None:
            self.spilled = (start.line, end.line)
        if COMMENT.match(self.lines[end.line], end.column) and not INTEGER.fullmatch(event.value):
            fix = "是注释就在 # 后面空一格；是正文就用双引号把整个值括起来"
            self.doc.problems.append(
                Problem(self.doc.file, *self.at(event), ERROR, "「#」后面的字成了注释，不会公开", fix)
            )

    def sequence(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = _same((*path, len(items)))
            self.doc.marks[here] = self.at(event)
            items.append(self.node(event, here))
        return items

    def mapping(self, path: Path_) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        twice: yaml.Event | None = None
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "键只能是文字", "写成「键: 值」；值里的 { } [ ] 用双引号括起来")
            key = intern(str(_scalar(event) or event.value))
            if key != key.strip():
                self.refuse(event, f"「{key.strip()}」前后有全角空格", "缩进和空格一律用半角")
            here = _same((*path, key))
            if key in pairs:
                first = self.doc.marks[here][0]
                if twice:  # 一连几个键都写了两遍：两条并成了一条
                    self.doc.problems.pop()
                    self.refuse(twice, "两条并成了一条", "这一行前面补上「- 」，缩进和上一条对齐")
                twice = event
                self.doc.problems.append(
                    Problem(
                        self.doc.file,
                        *self.at(event),
                        ERROR,
                        f"「{key}」写了两遍，第 {first} 行已经有了",
                        "留一个，删一个",
                    )
                )
            else:
                self.doc.marks[here] = self.at(event)
            value = self.node(next(self.events), here)
            pairs.setdefault(key, value)
        return pairs


def _scalar(event: yaml.ScalarEvent) -> int | str | None:
    if event.style in ("'", '"'):
        return Quoted(event.value)
    if event.style in ("|", ">"):
        return str(event.value).strip()
    text = str(event.value)
    if text in EMPTY:
        return None
    # 过长的数字不转整数：留作文字，由模型说“要填整数”
    return int(text) if len(text) < 12 and INTEGER.fullmatch(text) else intern(text)


@lru_cache(maxsize=10_000)
def _same(value: Any) -> Any:
    """几千页的页眉，位置、行列大半一样：一样的只留一份。"""
    return value


def _slip_in(lines: list[str], rows: Iterable[int]) -> tuple[int, int, str, str] | None:
    """这几行里头一个常见的手误。"""
    for at in rows:
        for pattern, what, fix in SLIPS:
            if re.match(pattern, lines[at]):
                return at, len(lines[at]) - len(lines[at].lstrip()), what, fix
    return None


def _explain(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int, str, str]:
    """把 libyaml 的英文说法换成白话：行、列（从 0 数起）、说明、改法。先看附近有没有常见的手误。"""
    lines = text.split("\n")
    message = str(error)
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(what in str(error.context) for what in UNFINISHED):
        mark = error.context_mark
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line == line else 0
    above = _above(lines, line)
    if BLOCK.fullmatch(lines[above]):
        return above, 0, *FOLDED
    if found := _slip_in(lines, (line, above)):
        return found
    if "mapping values" in message and re.fullmatch(r"\s*(- )?[^\s:]+", lines[line][:column]):
        odd = above if _indent(lines[_above(lines, above)]) == _indent(lines[line]) else line
        return odd, 0, *INDENTED
    if "did not find expected key" in message:
        if AFTER.match(lines[line]):
            return line, column, "引号、括号后面多了字", "用双引号把整个值括起来，里面的引号用“”"
        for at in range(line):
            if lines[at].count('"') % 2:
                return at, 0, "引号没有收尾", "文字两边都要有引号；文字里面的引号用“”"
    if "document" in message and any(re.match(r"(---|\.\.\.)", each) for each in lines[: line + 1]):
        return line, column, "一个文件里有两份内容", "去掉单独一行的 --- 或 ..."
    if (
        "document" in message
        and (first := next((i for i, each in enumerate(lines) if re.match(r" +[^\s#]", each)), None)) is not None
    ):
        line = min(first, line)
    for key, what, fix in SYNTAX:
        if key in message:
            return line, column, what, fix
    return line, column, "这一行的写法读不通", "对照模板检查缩进、冒号和引号"


def _above(lines: list[str], line: int) -> int:
    """上面最近的一行有字的；没有就是自己。"""
    return next((i for i in range(line - 1, -1, -1) if lines[i].strip()), line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

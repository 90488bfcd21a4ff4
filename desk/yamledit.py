"""改 YAML 里的一处：只动这一处的字，别的一个字节不变，注释、先后、引号都照原样。

整份读进来再写出去的库（ruamel.yaml）试过：只有注释的文件写成 null，列表缩进有深有浅的改成一样深。
所以照 libyaml 报的位置改文字；改完再读一遍，和该有的值不一样就不改。
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from macros.model.disk import write
from macros.model.problem import errors
from macros.model.refusal import Refusal
from macros.model.textfile import read_text
from macros.model.yamlfile import Path_, Quoted, parse_yaml

NEEDS_QUOTES = re.compile(r"“[^“”]*”|‘[^‘’]*’|.*[,;]|0\d+")  # 不加引号，模型或别的程序会看成别的
COMMENT = re.compile(r"( +)#")


class Flow(dict[str, Any]):
    """写在一行里的：{法: 国防法, 条: 7}。"""


class Edited:
    """一份正在改的 YAML。路径和 Doc 里的一样：("数据", "宣讲场次", "值")，列表里写第几项。"""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.text = text
        doc = parse_yaml(text, name)
        if errors(doc.problems):
            raise _unreadable(doc.problems[0])
        self.value: Any = doc.value

    def set(self, path: Path_, value: Any, order: tuple[str, ...] = ()) -> None:
        """改一个值；没有这个键就加上，按 order 的先后放，不在里面的放在末尾。"""
        expected = self._expected(path, value)
        *above, name = path
        parent = self._node(tuple(above))
        pair, flow = _pair(parent, name), getattr(parent, "flow_style", False)
        if flow and (pair is None or _needs_block(value)):
            return self.set(tuple(above), _flow(self._at(tuple(above), expected)))
        if pair:
            text = self._replaced(*pair, value, inside=flow)
        elif isinstance(parent, yaml.MappingNode) or not above:
            text = self._inserted(parent, str(name), value, order)
        else:  # 上一层空着
            return self.set(tuple(above), self._at(tuple(above), expected))
        return self._take(text, expected)

    def append(self, path: Path_, value: Any) -> None:
        """列表的末尾加一项；path 为空就是整个文件的列表。"""
        items = self._at(path, self.value) or []
        node = self._node(path)
        if path and not (isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style):
            return self.set(path, [*items, value])
        expected = self._expected((*path, len(items)), value)
        if node is None or isinstance(node, yaml.ScalarNode):
            return self._take(f"{self.text.rstrip()}\n{_block([value], 0)}\n".lstrip(), expected)
        at = self._line_end(self._end(node))
        text = f"{self.text[:at]}\n{_block([value], node.start_mark.column)}{self.text[at:] or NEWLINE}"
        return self._take(text, expected)

    def remove(self, path: Path_) -> None:
        """去掉一个键，连同它下面的。"""
        expected = copy.deepcopy(self.value)
        del self._at(path[:-1], expected)[path[-1]]
        parent = self._node(path[:-1])
        pair = _pair(parent, path[-1])
        if parent is None or parent.flow_style or pair is None:
            return self.set(path[:-1], _flow(self._at(path[:-1], expected)))
        start = self.text.rfind("\n", 0, pair[0].start_mark.index) + 1
        return self._take(self.text[:start] + self.text[self._line_end(self._end(pair[1])) + 1 :], expected)

    # ---- 位置 ----

    def _node(self, path: Path_) -> Any:
        node = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        for step in path:
            pair = _pair(node, step)
            node = pair[1] if pair else None
        return node

    def _end(self, node: yaml.Node) -> int:
        """这个值最后一个字的后面；libyaml 把后面的注释、空行也算进块里。"""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(self.text[start:end].rstrip())

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    # ---- 改 ----

    def _replaced(self, key: yaml.Node, node: yaml.Node, value: Any, *, inside: bool) -> str:
        """值换成新的；后面的注释留着，能对齐的还在原来的那一列。"""
        start, end = node.start_mark.index, self._end(node)
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and key is not node:  # 先去掉下面几行
            start = self.text.index(":", key.end_mark.index) + 1
            head, old, tail = self.text[:start], "", self.text[start : self._line_end(start)]
        else:
            head, old, tail = self.text[:start], self.text[start:end], self.text[end : self._line_end(end)]
        rest = self.text[self._line_end(end) :]
        if _needs_block(value):
            indent = key.start_mark.column + 2
            return f"{head.rstrip()}{tail.rstrip()}\n{_block(value, indent)}{rest}"
        quoted = getattr(node, "style", None) in ("'", '"') and isinstance(value, str)
        new = _inline(value, quoted=quoted, inside=inside)
        if head.endswith(":") and new:
            new = f" {new}"
        if spaces := COMMENT.match(tail):
            kept = max(1, len(spaces[1]) + _width(old) - _width(new))
            tail = " " * kept + tail.lstrip()
        return f"{head}{new}{tail}{rest}"

    def _inserted(self, parent: Any, name: str, value: Any, order: tuple[str, ...]) -> str:
        written = [(str(key.value), each) for key, each in parent.value] if parent is not None else []
        before = order[: order.index(name)] if name in order else ()
        ahead = [each for key, each in written if key in before] if before else []
        column = parent.start_mark.column if parent is not None else 0
        line = _block({name: value}, column)
        if not written:
            return f"{self.text.rstrip()}\n{line}\n".lstrip()
        at = self._line_end(self._end(ahead[-1] if ahead else written[-1][1]))
        return f"{self.text[:at]}\n{line}{self.text[at:] or NEWLINE}"

    def _take(self, text: str, expected: Any) -> None:
        doc = parse_yaml(text, self.name)
        if errors(doc.problems) or doc.value != expected:
            raise Refusal(f"{self.name} 的这一处程序改不了", "照工作簿里的，手工改这个文件")
        self.text, self.value = text, doc.value

    def _at(self, path: Path_, value: Any) -> Any:
        for step in path:
            value = value.get(step) if isinstance(value, dict) else value and value[step]
        return value

    def _expected(self, path: Path_, value: Any) -> Any:
        found = copy.deepcopy(self.value)
        if found is None:
            found = [] if isinstance(path[0], int) else {}
        here: Any = found
        for step in path[:-1]:
            if isinstance(here, dict) and here.get(step) is None:
                here[step] = {}
            here = here[step]
        if isinstance(here, list) and path[-1] == len(here):
            here.append(value)
        else:
            here[path[-1]] = value
        return found


NEWLINE = "\n"


def _unreadable(problem: Any) -> Refusal:
    return Refusal(f"{problem.file} 第{problem.line}行：{problem.what}", problem.fix or "先改好这个文件")


def _pair(node: Any, name: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """键和值的位置；列表里的一项，键就是它自己。"""
    if isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        return node.value[name], node.value[name]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    return None


# ---- 写成 YAML ----


def scalar(text: str | int | None, *, inside: bool = False) -> str:
    """一个值的写法；不加引号读回来不一样的，加上双引号。inside：在 { } [ ] 里。"""
    if text is None:
        return ""
    if isinstance(text, int):
        return str(text)
    doc = parse_yaml(f"[{{值: {text}, 完: 1}}]" if inside else f"- 值: {text}", "")
    pairs = {"值": text, "完": 1} if inside else {"值": text}
    same = doc.value == [pairs] and not doc.problems and not isinstance(doc.value[0]["值"], Quoted)
    return text if same and not NEEDS_QUOTES.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> Any:
    return Flow(value) if isinstance(value, dict) else value


def _needs_block(value: Any) -> bool:
    """写不进一行的：{ } 只给 Flow，[ ] 只给一串字。"""
    if isinstance(value, dict):
        return bool(value) and not isinstance(value, Flow)
    return isinstance(value, list) and any(isinstance(each, list | dict) for each in value)


def _inline(value: Any, *, quoted: bool = False, inside: bool = False) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_inline(each, inside=True) for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_inline(each, inside=True)}' for key, each in value.items())}}}"
    return json.dumps(value, ensure_ascii=False) if quoted else scalar(value, inside=inside)


def _block(value: Any, indent: int) -> str:
    """一块的各行，从 indent 那一列写起。"""
    space, lines = " " * indent, []
    if isinstance(value, list):
        written = (_block(each, indent + 2).lstrip() if _needs_block(each) else _inline(each) for each in value)
        lines += [f"{space}- {each}" for each in written]
    else:
        for key, each in value.items():
            if _needs_block(each):
                lines += [f"{space}{key}:", _block(each, indent + 2)]
            else:
                lines.append(f"{space}{key}: {_inline(each)}".rstrip())
    return "\n".join(lines)


def dump(value: Any) -> str:
    """一个新文件。"""
    return f"{_block(value, 0)}\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


# ---- 文件 ----


class Files:
    """一起改的几个文件：全部改好才写；写到一半出错，写过的换回去。"""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.opened: dict[str, Edited] = {}
        self.new: dict[str, bytes] = {}

    def open(self, name: str) -> Edited:
        """name 是从项目的文件夹写起的路径。"""
        if name not in self.opened:
            text, problems = read_text(self.root / name, name)
            if text is None:
                raise _unreadable(problems[-1])
            self.opened[name] = Edited(text, name)
        return self.opened[name]

    def create(self, name: str, text: str) -> None:
        self.new[name] = text.encode()

    @property
    def changed(self) -> dict[str, bytes]:
        """要写的文件和内容；换行、文件头上的 BOM 照原来的。新文件写在后面。"""
        found: dict[str, bytes] = {}
        for name, edited in self.opened.items():
            raw = (self.root / name).read_bytes()
            bom, crlf = raw.startswith(b"\xef\xbb\xbf"), b"\r\n" in raw
            text = edited.text.replace("\n", "\r\n") if crlf else edited.text
            content = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
            if content != raw:
                found[name] = content
        return found | self.new

    def save(self) -> None:
        changed = self.changed
        before = {name: (self.root / name).read_bytes() for name in changed if (self.root / name).is_file()}
        written: list[str] = []
        try:
            for name, content in changed.items():
                write(self.root / name, content)
                written.append(name)
        except BaseException:
            for name in written:
                if name in before:
                    write(self.root / name, before[name])
                else:
                    (self.root / name).unlink(missing_ok=True)
            raise

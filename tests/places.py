"""读源代码，列出每一处报问题的地方：写着“说明”的那一行。

谁有 what、fix 两个参数（或字段），谁就是报问题的。
交给它的 what、赋给 what 的、和改法一起写成（说明，改法）的，就是说明。
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HAN = re.compile("[\u4e00-\u9fff]")
CLAUSE = "[A-Z]-[0-9]+"
FIELD = "(?:「[^」]*」(?:里的)?)?"  # 读字段时报的，前面会加上键名
Parts = tuple[str | None, ...]  # 一句话里写定的字；None 是要填进去的


@dataclass(frozen=True)
class Place:
    """一处：在哪个文件哪一行，条款、说明和改法；条款、改法不是当场写着的为空。field：读字段时报的。"""

    file: str
    line: int
    what: Parts
    fix: Parts = ()
    clause: str = ""
    field: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {''.join(part or '{}' for part in self.what)}"

    @property
    def fixed(self) -> int:
        """写定的字有几个：越多越不会认错。"""
        return sum(len(part) for part in (self.clause, *self.what, *self.fix) if part)

    @property
    def pattern(self) -> re.Pattern[str]:
        what, fix = ("".join(re.escape(part) if part else ".*" for part in parts) for parts in (self.what, self.fix))
        clause = f"{self.clause} " if self.clause else f"(?:{CLAUSE} )?"
        return re.compile(f"{clause}{FIELD if self.field else ''}{what}(?:；{fix or '.*'})?", re.DOTALL)


def places(root: Path, files: Iterable[Path]) -> list[Place]:
    trees = {path.relative_to(root).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}
    shared = {name: at for tree in trees.values() for name, at in reporters(tree).items()}
    found = {place for file, tree in trees.items() for place in Module(file, tree, shared).places()}
    return sorted(found, key=lambda place: (place.file, place.line, str(place)))


def reporters(tree: ast.Module) -> dict[str, int]:
    """报问题的函数、类 → 第几个参数是 what。"""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            names = [n.target.id for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]
        else:
            continue
        if {"what", "fix"} <= set(names):
            found[node.name] = names.index("what")
    return found


class Module:
    """一个模块。shared：别的模块里报问题的；同名的以自己的为准。"""

    def __init__(self, file: str, tree: ast.Module, shared: dict[str, int]) -> None:
        self.file = file
        self.tree = tree
        self.reporters = {**shared, **reporters(tree)}
        self.functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        self.constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def places(self) -> Iterator[Place]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self.reported(node)
            elif isinstance(node, ast.FunctionDef):
                yield from self.spoken(node)
            elif isinstance(node, ast.Return | ast.Yield | ast.Starred):
                yield from self.pairs(node.value)
            elif isinstance(node, ast.Assign):
                yield from self.pairs(node.value if isinstance(node.value, ast.BoolOp) else None)
            elif isinstance(node, ast.For | ast.comprehension):
                yield from self.rows(node)

    def reported(self, node: ast.Call) -> Iterator[Place]:
        """报问题的函数(…, 说明, 改法)。"""
        at = self.reporters.get(called(node))
        if at is None:
            return
        at -= starred(node, at)
        if at < len(node.args):
            what, fix = node.args[at], node.args[at + 1] if at + 1 < len(node.args) else None
            clause = next((a.value for a in node.args if isinstance(a, ast.Constant) and is_clause(a.value)), "")
            yield from self.said(what, fix, clause, field=called(node) == "fault")
            for function in self.functions if isinstance(what, ast.Call) else ():
                for each in ast.walk(function) if function.name == called(what) else ():
                    if isinstance(each, ast.Return):
                        yield from self.said(each.value, fix)

    def spoken(self, function: ast.FunctionDef) -> Iterator[Place]:
        """先写进变量，再交给报问题的，或者和改法一起返回：what = 说明；what, fix = 说明, 改法。"""
        pairs = [pair for node in ast.walk(function) if (pair := self.handed(node))]
        handed = sorted(pairs, key=lambda pair: pair[0].lineno)
        for node in assigned(function):
            target = node.targets[0]
            name = next(iter(names(target.elts[0] if isinstance(target, ast.Tuple) else target)), "")
            fixes = [fix for what, fix in handed if what.id == name and what.lineno > node.lineno]
            if not fixes or name in names(node.value):
                continue
            if isinstance(target, ast.Tuple):
                yield from self.pairs(node.value)
            else:
                yield from self.said(node.value, fixes[0])

    def handed(self, node: ast.AST) -> tuple[ast.Name, ast.expr | None] | None:
        """交出去的变量和改法。"""
        if isinstance(node, ast.Call) and called(node) in self.reporters:
            at = self.reporters[called(node)]
            at -= starred(node, at)
            handed = node.args[at : at + 2]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            handed = without_clause(node.value.elts)[0][-2:]
        else:
            return None
        if handed and isinstance(handed[0], ast.Name):
            return handed[0], handed[1] if len(handed) > 1 else None
        return None

    def pairs(self, node: ast.AST | None) -> Iterator[Place]:
        """（…，说明，改法），后面可以有条款；写成常量名的，到常量那里取。"""
        if isinstance(node, ast.Name):
            node = self.constants.get(node.id)
        if isinstance(node, ast.IfExp):
            yield from self.pairs(node.body)
            yield from self.pairs(node.orelse)
        elif isinstance(node, ast.BoolOp):
            for each in node.values:
                yield from self.pairs(each)
        elif isinstance(node, ast.Tuple) and len(node.elts) > 1:
            words, clause = without_clause(node.elts)
            yield from self.said(words[-2], words[-1], clause)

    def rows(self, node: ast.For | ast.comprehension) -> Iterator[Place]:
        """for …, what, fix in 一张表。"""
        target = [getattr(each, "id", "") for each in getattr(node.target, "elts", ())]
        table = self.constants.get(node.iter.id) if isinstance(node.iter, ast.Name) else node.iter
        if {"what", "fix"} <= set(target):
            for row in getattr(table, "elts", ()):
                if isinstance(row, ast.Tuple) and isinstance(row.elts[-1], ast.Starred):
                    yield from self.pairs(row.elts[-1].value)
                else:
                    yield from self.pairs(row)

    def said(self, what: ast.AST | None, fix: ast.AST | None, clause: str = "", field: bool = False) -> Iterator[Place]:
        if isinstance(what, ast.IfExp):
            yield from self.said(what.body, fix, clause, field)
            yield from self.said(what.orelse, fix, clause, field)
        elif isinstance(what, ast.expr) and (parts := sentence(what)):
            yield Place(self.file, what.lineno, parts, self.advice(fix), clause, field)

    def advice(self, fix: ast.AST | None) -> Parts:
        """改法；写成变量的，取同一个函数里上面最近的一处，或者常量。"""
        if not isinstance(fix, ast.Name):
            return sentence(fix)
        inside = [each for each in self.functions if each.lineno <= fix.lineno]
        function = max(inside, key=lambda each: each.lineno, default=self.tree)
        written = [sentence(value) for name, value in bound(function) if name.id == fix.id and name.lineno < fix.lineno]
        return written[-1] if written else sentence(self.constants.get(fix.id))


def bound(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    """赋了值的变量和值。"""
    for each in assigned(node):
        target = each.targets[0]
        if isinstance(target, ast.Name):
            yield target, each.value
        elif isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple):
            yield from ((n, v) for n, v in zip(target.elts, each.value.elts, strict=True) if isinstance(n, ast.Name))


def assigned(node: ast.AST) -> list[ast.Assign]:
    found = [each for each in ast.walk(node) if isinstance(each, ast.Assign)]
    return sorted(found, key=lambda each: each.lineno)


def is_clause(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(CLAUSE, value))


def starred(node: ast.Call, at: int) -> int:
    """第 at 个参数以前有几个 *行列：一个占两格。"""
    return sum(isinstance(each, ast.Starred) for each in node.args[:at])


def without_clause(elements: list[ast.expr]) -> tuple[list[ast.expr], str]:
    """末尾写着条款的，分开。"""
    last = elements[-1]
    if isinstance(last, ast.Constant) and is_clause(last.value):
        return elements[:-1], last.value
    return elements, ""


def sentence(node: ast.AST | None) -> Parts:
    """一句写在这里的中文；一两个字的不是说明。"""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts: Parts = (node.value,)
    elif isinstance(node, ast.JoinedStr):
        parts = tuple(str(each.value) if isinstance(each, ast.Constant) else None for each in node.values)
    else:
        return ()
    written = "".join(part for part in parts if part)
    return parts if len(written) > 2 and HAN.search(written) else ()


def called(node: ast.Call) -> str:
    """叫的是哪个函数。"""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}

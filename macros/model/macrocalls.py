"""用 Jinja 自己的解析器找出页面里的每一次宏调用。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

from .kinds import MACROS
from .macro import Macro, Values, bind, example
from .markdown import CODE
from .nearest import likely


@dataclass(frozen=True)
class Call:
    """一次调用：行号从 1 数起（正文的第几行），values 是参数名 → 值。"""

    line: int
    macro: Macro
    values: Values


@dataclass(frozen=True)
class Fault:
    """读调用时发现的错。"""

    line: int
    what: str
    fix: str


WRITTEN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LOGIC = re.compile(r"\{[%#]|\{\{[-+]|[-+]\}\}")  # {% raw %}、注释、去空白的记号：要 Jinja 才读得对
_jinja = Environment(autoescape=True)  # 只用来读语法，不渲染
_renderer = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 写出的已经是 HTML
FULL_WIDTH = re.compile("[（）“”‘’，｛｝＝０-９]")
SINGLE_BRACE = re.compile(r"(?<!\{)\{\s*(" + "|".join(MACROS) + r")\s*\(")
MOST = 50  # 一页写坏这么多处，先改这些
COMMENT = ("「{#」会被当成注释，吞掉后面的内容", "标题的锚点写成 {: #名字 }")


def scan(body: str) -> tuple[list[Call], list[Fault]]:
    """正文里的全部调用和全部错处；一行写坏了，抹掉它接着看下面的。"""
    plain = _plain(body)
    return (plain, []) if plain is not None else _careful(body)


def expand(body: str, calls: Sequence[Call], write: Callable[[Call], str]) -> str:
    """正文（没有写错的）里的宏一处一处换成 write 写出的字；calls：scan 读到的。{% raw %} 里的是字。"""
    each = iter(calls)
    if not LOGIC.search(body):
        return WRITTEN.sub(lambda _: write(next(each)), body)
    return _renderer.from_string(body).render(dict.fromkeys(MACROS, lambda *_, **__: write(next(each))))


def _plain(body: str) -> list[Call] | None:
    """写得都对、又没有 {% %} 的正文：只读花括号里的。别的返回 None。"""
    rest = WRITTEN.sub("", body)
    if LOGIC.search(body) or "{{" in rest or any(_mistaken(line) for line in rest.split("\n")):
        return None
    calls: list[Call] = []
    for match in WRITTEN.finditer(body):
        call = _single(match[0])
        if call is None:
            return None
        calls.append(replace(call, line=call.line + body.count("\n", 0, match.start())))
    return calls


@lru_cache(maxsize=10_000)
def _single(written: str) -> Call | None:
    """一处 {{ … }}；同样的写法只读一次。写得不对返回 None。"""
    try:
        found = [_call(node) for node in _top(_jinja.parse(written))]
    except (TemplateSyntaxError, RecursionError):
        return None
    return found[0] if len(found) == 1 and isinstance(found[0], Call) else None


def _careful(body: str) -> tuple[list[Call], list[Fault]]:
    lines = body.split("\n")
    faults: list[Fault] = []
    for _ in range(len(lines) + 1):
        try:
            tree = _jinja.parse("\n".join(lines))
            break
        except TemplateSyntaxError as error:
            if len(faults) == MOST:
                return [], faults
            if "raw directive" in str(error.message):
                at = max(i for i, each in enumerate(lines) if re.search(r"\{%-?\s*raw\b", each))
                return [], [*faults, Fault(at + 1, "{% raw %} 没有收尾", "后面单独一行补上 {% endraw %}")]
            at = _guilty(lines, min(error.lineno, len(lines)) - 1, str(error.message))
            faults.append(Fault(at + 1, *_explain(lines[at], str(error.message))))
            lines[at] = ""
        except RecursionError:
            return [], [*faults, Fault(1, "宏里的括号套得太深", "照宏参考页的例子写")]
    else:
        return [], faults
    faults += _mistaken_braces("\n".join(lines))
    calls: list[Call] = []
    for node in _top(tree):
        if node.lineno is None:  # {% autoescape %} 没有行号
            node.lineno = next(i for i, each in enumerate(lines, 1) if "{%" in each)
        found = _call(node)
        if isinstance(found, Call):
            calls.append(found)
        else:
            faults.append(found)
    return calls, sorted(faults, key=lambda f: f.line)


def _mistaken_braces(body: str) -> Iterator[Fault]:
    """读得通、却不是宏的花括号：注释、全角的、只有一层的。{% raw %} 里的不算。"""
    for start, kind, text in _jinja.lex(body):
        if kind == "comment_begin":
            yield Fault(start, *COMMENT)
        for offset, line in enumerate(text.split("\n") if kind == "data" and text else []):
            if found := _mistaken(line):
                yield Fault(start + offset, *found)


def _mistaken(line: str) -> tuple[str, str] | None:
    if "{" not in line and "｛" not in line:
        return None
    line = CODE.sub("", line)
    if "｛" in line and "｝" in line:
        return "花括号用了全角「｛」", "写成半角，如 {{ contact() }}"
    if match := SINGLE_BRACE.search(line):
        return "宏要用两层花括号", f"写成 {example(MACROS[match[1]])}"
    return None


def _guilty(lines: list[str], at: int, message: str) -> int:
    """Jinja 有时在很后面才发觉没有收尾：往回找真正写坏的那一行。"""
    for index in range(at, -1, -1):
        line = lines[index]
        if "comment" in message and "{#" in line:
            return index
        if line.count("{{") != line.count("}}") or line.count("{%") != line.count("%}"):
            return index
    opened = [i for i, line in enumerate(lines) if line.count("{{") != line.count("}}")]
    if not lines[at].strip() and opened:
        return opened[0]
    return at if lines[at].strip() else next((i for i, each in enumerate(lines) if each.strip()), 0)


def _explain(line: str, message: str) -> tuple[str, str]:
    if "{#" in line and "comment" in message:
        return COMMENT
    inside = " ".join(re.findall(r"\{\{(.*?)(?:\}\}|$)", line))
    wide = FULL_WIDTH.search(re.sub(r'"[^"]*"', "", inside))
    if wide:
        return f"宏里用了全角符号「{wide[0]}」", '括号、引号、逗号、数字都用半角，如 {{ law("国防教育法", 12) }}'
    if line.count("{{") > line.count("}}"):
        return "宏没有写完，少了 }}", '写成 {{ law("国防教育法", 12) }}'
    if line.count("{{{") or line.count("}}}"):
        return "花括号多了一层", "宏用两层花括号，如 {{ contact() }}"
    if inside.count("(") != inside.count(")"):
        return "宏的括号没有配对", '写成 {{ law("国防教育法", 12) }}'
    if inside.count('"') % 2:
        return "宏的引号没有配对", "文字参数两边都要有半角双引号"
    if "{%" in line:
        return "页面里不能用 {% %}", "只能用 {{ 宏 }}；要显示花括号，放在 {% raw %} 和 {% endraw %} 之间"
    return "宏的写法读不通", "照宏参考页的例子写"


def _top(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from (n for n in node.nodes if not isinstance(n, nodes.TemplateData))
        else:
            yield node


def _call(node: nodes.Node) -> Call | Fault:
    if isinstance(node, nodes.Name):
        if node.name in MACROS:
            return Fault(node.lineno, f"宏 {node.name} 后面少了括号", f"写成 {example(MACROS[node.name])}")
        return Fault(node.lineno, f"不认识「{node.name}」", likely(node.name, MACROS))
    if isinstance(node, nodes.Stmt):
        return Fault(
            node.lineno, "页面里不能用 {% %}", "只能用 {{ 宏 }}；要显示花括号，放在 {% raw %} 和 {% endraw %} 之间"
        )
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return Fault(node.lineno, "花括号里只能写一个宏", "照宏参考页的例子写")
    name = node.node.name
    if name not in MACROS:
        return Fault(node.lineno, f"没有「{name}」这个宏", likely(name, MACROS))
    macro = MACROS[name]
    try:
        args = [_literal(arg) for arg in node.args]
        kwargs = {kw.key: _literal(kw.value) for kw in node.kwargs}
        if len(kwargs) < len(node.kwargs):
            return Fault(node.lineno, f"{name} 有一个参数写了两遍", f"照这样写：{example(macro)}")
    except ValueError:
        return Fault(node.lineno, f"{name} 的参数要直接写数字或带引号的文字", f"写成 {example(macro)}")
    if node.dyn_args or node.dyn_kwargs:
        return Fault(node.lineno, f"{name} 的参数里不能用星号", f"写成 {example(macro)}")
    values = bind(macro, args, kwargs)
    if isinstance(values, tuple):
        return Fault(node.lineno, *values)
    return Call(node.lineno, macro, values)


def _literal(node: nodes.Node) -> int | str:
    if isinstance(node, nodes.Const) and type(node.value) in (int, str):
        return node.value  # type: ignore[no-any-return]
    raise ValueError

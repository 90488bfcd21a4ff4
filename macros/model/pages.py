"""docs/ 里的页面：页眉、标题、宏、站内链接。网页引擎还没有动手，错就先找出来。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from .base import SLUG, expect_mapping, validate
from .headers import ActivityHeader, Header, Withdrawal, activity_rules
from .kinds import PAGE_KINDS, PageKind, page_kind
from .macrocalls import CODE, Call, scan
from .problem import ERROR, NOTICE, Problem
from .textfile import printable, read_text
from .yamlfile import Doc, Path_, parse_yaml

NAME = re.compile(SLUG)
TEMPLATES = "_moban/"  # 给编辑复制的，不公开
OURS = ("assets/", TEMPLATES)  # 网站自己的样式和脚本
ATTACHED = "svg|png|jpg|jpeg|webp|pdf|docx|xlsx"
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^\s>]+)")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
DEFINED = re.compile(r"^ {0,3}\[([^\]]+)\]:")
REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])|(?<!\])\[(\^[^\[\]]+)\](?!:)")
# 看着像，其实没有写成链接、标题的：页面上会露出记号
SLIPS = [
    (re.compile(pattern), what, fix)
    for pattern, what, fix in (
        (
            r"[\]】］]\s?（[^）\s]*\.(md|html|svg|png)\b|[】］]\([^)\s]*\)",
            "链接的括号用了全角",
            "写成 [文字](地址)，括号用半角",
        ),
        (r"\]\s+\([^)\s]*\.(md|html|svg|png)\b", "链接的 ] 和 ( 中间有空格", "写成 [文字](地址)，中间不空格"),
        (r"\]\([^)]*$", "链接没有写完，少了 )", "写成 [文字](地址)，写在一行里"),
        (r"\]\(\s*\)", "链接没有写地址", "写成 [文字](地址)；没有地址就只写文字"),
        (r"(?<!!)\[\s*\]\(", "链接没有文字", "写成 [文字](地址)，说清点过去是什么"),
        (r"^ {0,3}\[[^\]]+\]：", "冒号用了全角", "改成半角冒号加一个空格"),
        (r"^#{1,6}[^#\s]", "标题的 # 后面没有空格", "# 后面空一格"),
        (r"^＃", "标题的 # 用了全角", "改成半角 #，后面空一格"),
        (r"^#{7,}", "标题的 # 太多", "标题用 ## 或 ###"),
        (r"\{:[^}]*$", "标题的名字没有写完，少了 }", "写成 {: #名字 }"),
        (r"\{:(?!(\s*[#.][\w-]+)+\s*\})[^}]*\}", "{: } 里只能写名字", "写成 {: #名字 }"),
    )
]
MARKS = re.compile(r"[\[\]【】［］#＃{]")  # 没有这些记号的一行，没有链接、标题，也没有上面的错
LONGEST = 5000  # 一行最多这么多字
SCHEMES = ("http:", "https:", "mailto:", "tel:")


@dataclass
class Page:
    """一页。path 相对 docs/；text 是整个文件，body 是页眉以下，line_offset 是页眉占的行数。"""

    path: str
    title: str
    header: Header | None
    body: str
    text: str = ""
    line_offset: int = 0
    head: Doc | None = None
    calls: list[Call] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def file(self) -> str:
        return printable(f"docs/{self.path}")

    @property
    def url(self) -> str:
        return self.path.removesuffix(".md") + ".html"

    @property
    def section(self) -> str:
        """所在栏目的文件夹名；首页等是空的。"""
        return self.path.split("/")[0] if "/" in self.path else ""

    @property
    def kind(self) -> PageKind | None:
        """哪一类有日期、要审签的页面；别的页面为 None。"""
        return page_kind(self.path)

    @property
    def activity(self) -> ActivityHeader | None:
        return self.header if isinstance(self.header, ActivityHeader) else None

    @property
    def withdrawn(self) -> Withdrawal | None:
        """撤下的页面地址还在，列表、搜索、订阅里都没有。"""
        return self.header.withdrawn if self.header else None

    def error(self, line: int, what: str, fix: str) -> None:
        """line 是正文的第几行。"""
        self.problems.append(Problem(self.file, line + self.line_offset, 1, ERROR, what, fix))

    def header_error(self, where: Path_, what: str, fix: str) -> None:
        """where：页眉里的哪个键。"""
        line, column = self.head.mark(where) if self.head else (1, 1)
        self.problems.append(Problem(self.file, line, column, ERROR, what, fix))


def load(docs: Path) -> list[Page]:
    files = sorted(p.relative_to(docs).as_posix() for p in docs.rglob("*.md") if not p.is_symlink())
    files = [path for path in files if not path.startswith(TEMPLATES)]
    every = {p.relative_to(docs).as_posix() for p in docs.rglob("*") if p.is_file()}
    return [_read(docs, path, every) for path in files]


def stray(docs: Path) -> Iterator[Problem]:
    """页面以外的文件会原样公开：只许放在 页名.assets/ 里，只许是图片和给人下载的文件。"""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_symlink():
            yield Problem(printable(f"docs/{name}"), 1, 1, ERROR, "这是快捷方式（链接），指到别处去了", "换成真的文件")
            continue
        if (
            path.is_dir()
            or path.suffix == ".md"
            or name.startswith(OURS)
            or any(part[0] == "." for part in path.parts[len(docs.parts) :])
        ):
            continue
        page, _, file = name.partition(".assets/")
        if not file:
            yield Problem(
                printable(f"docs/{name}"),
                1,
                1,
                ERROR,
                "这不是页面，会原样公开",
                "不公开的移走；图片移到 页名.assets 文件夹里",
            )
        elif not re.fullmatch(rf"{SLUG}\.({ATTACHED})", file):
            fix = f"文件名只用小写字母、数字和连字符；能放的有 {ATTACHED.replace('|', '、')}"
            yield Problem(printable(f"docs/{name}"), 1, 1, ERROR, "文件夹里放了不能公开的文件", fix)
        elif not (docs / f"{page}.md").is_file():
            yield Problem(
                printable(f"docs/{name}"),
                1,
                1,
                NOTICE,
                f"没有 docs/{page}.md 这一页，文件还会公开",
                "页面删了，文件夹也删掉；页面改了名，文件夹一起改",
            )


def _read(docs: Path, path: str, every: set[str]) -> Page:
    page = Page(path, "", None, "")
    text, page.problems = read_text(docs / path, page.file)
    if text is None:
        return page
    if not all(NAME.fullmatch(part) for part in path.removesuffix(".md").split("/")):
        page.error(1, f"文件名「{printable(path)}」的写法不对", "文件夹和文件名只用小写字母、数字和连字符 -")
    if path == "404.md" or path.startswith(("templates/", "assets/")):
        page.error(1, "这个名字留给网站自己用", "换一个文件名或文件夹")
    for kind in PAGE_KINDS:
        if path.startswith(f"{kind.folder}/") and path.count("/") > 1 and kind.year(path) is None:
            page.error(1, f"{kind.title}页的地方不对", f"放在 docs/{kind.folder}/四位年份/ 里，不再分文件夹")
    if not text.strip():
        page.error(1, "文件是空的", "照别的页面写好，或删掉这个文件")
        return page
    if long := next((i for i, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST), 0):
        page.error(long, f"这一行超过 {LONGEST} 个字", "分成几段，段和段之间空一行")
        return page
    page.text = text
    text = _split(page, text)
    if text is None:
        return page
    page.body = text
    _body(page, every)
    return page


def _split(page: Page, text: str) -> str | None:
    """分出页眉，返回正文。"""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        page.error(1, "没有页眉", "文件第一行写 ---，接着写 摘要、复核，再写一行 ---")
        return text
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        page.error(1, "页眉没有收尾", "页眉写完后单独写一行 ---")
        return None
    head = "\n".join(lines[1:end])
    page.head = doc = parse_yaml(head, page.file, line_offset=1)
    page.header = _header(page, doc)
    if page.header and not doc.problems:
        _same_for_templates(doc, head)
    page.problems += doc.problems
    page.line_offset = end + 1
    return "\n".join(lines[end + 1 :])


def _header(page: Page, doc: Doc) -> Header | None:
    if doc.value is None:
        if not doc.problems:
            doc.error((), "页眉是空的", "写上 摘要 和 复核")
        return None
    if not expect_mapping(doc):
        return None
    kind = page.kind
    header = validate(kind.header if kind else Header, doc)
    if kind and isinstance(header, ActivityHeader):
        activity_rules(header, doc, kind.year(page.path))
    return header


def _same_for_templates(doc: Doc, head: str) -> None:
    """模板里的 page.meta 由 PyYAML 读：它会把 0512 读成 330、12:30 读成 750。读得不一样的，要加引号。"""
    try:
        other = yaml.load(head, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        doc.error((), "页眉里有不加引号会读错的值", "用双引号把值括起来")
        return
    for name, value in doc.value.items():
        if _plain(other.get(name)) != _plain(value):
            doc.error((name,), f"「{name}」里有不加引号会读错的值", "用双引号把值括起来")


def _plain(value: Any) -> Any:
    """日期、数字都变成文字，好比较。"""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else str(value)


def prose(body: str) -> Iterator[tuple[int, str]]:
    """代码块以外的各行（行号从 1 起），行内代码已抹掉。"""
    lines = body.split("\n")
    for number, (line, code) in enumerate(zip(lines, fenced(lines), strict=True), 1):
        if not code:
            yield number, CODE.sub("", line)


def fenced(lines: list[str]) -> Iterator[bool]:
    """每一行在不在代码块里；起止的那两行也算。收尾的记号不比起头的短。"""
    fence = ""
    for line in lines:
        mark = FENCE.match(line) if "`" in line or "~" in line else None
        yield bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""


def _body(page: Page, every: set[str]) -> None:
    above = ""
    shown = dict(prose(page.body))
    named = {match[1] for line in shown.values() for match in DEFINED.finditer(line)}
    for number, line in shown.items():
        underlined = line.startswith("=") and re.fullmatch("=+ *", line) and above.strip()
        above = line
        if (line.startswith("# ") or underlined) and page.title:
            page.error(number, "有两个一级标题", "下面的标题用 ## 或 ###")
        elif line.startswith("# "):
            page.title = line[2:].strip()
            if "{{" in line:
                page.error(number, "一级标题里不能用宏", "标题直接写文字")
        if MARKS.search(line):
            _marks(page, number, line, named, every)
    if not page.title:
        page.error(1, "没有一级标题", "页眉下面写一行「# 标题」")
    if opened := _open_fence(page.body):
        page.error(opened, "代码块没有收尾", "写完后单独一行补上 ```")
    page.calls, faults = scan(page.body)
    for fault in faults:
        page.error(fault.line, fault.what, fault.fix)
    lines = page.body.split("\n")
    for call in page.calls:
        if call.line not in shown or any("{{" in code[0] for code in CODE.finditer(lines[call.line - 1])):
            page.error(call.line, "代码里的宏也会被执行", "放在 {% raw %} 和 {% endraw %} 之间")
        elif call.macro.block and not _alone(lines, call.line - 1):
            page.error(
                call.line, f"{call.macro.name} 是成块的宏，要独占一行", "前面不空格、不写字，后面不写字，上下各空一行"
            )


def _marks(page: Page, number: int, line: str, named: set[str], every: set[str]) -> None:
    """一行里的链接、标题；named：页尾写了的注释和链接的名字。"""
    for pattern, what, fix in SLIPS:
        if pattern.search(line):
            page.error(number, what, fix)
    for match in REFERENCE.finditer(line):
        if (name := match[2] or match[3] or match[1]) not in named:
            page.error(number, f"没有写「{name}」指到哪里", "链接写成 [文字](地址)；注释另起一行写 [^1]: 说明")
    for match in LINK.finditer(line):
        _link(page, number, match[1] or match[2], every)


def _open_fence(body: str) -> int:
    """没有收尾的代码块从哪一行开始；都收了尾为 0。"""
    fence, opened = "", 0
    for number, line in enumerate(body.split("\n"), 1):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence, opened = ("", 0) if fence else (mark[1][:3], number)
    return opened


def _alone(lines: list[str], start: int) -> bool:
    start = next((i for i in range(start, -1, -1) if "{{" in lines[i]), start)
    end = next((i for i in range(start, len(lines)) if "}}" in lines[i]), start)
    block = "\n".join(lines[start : end + 1]).rstrip()
    return block.startswith("{{") and block.endswith("}}") and block.count("{{") == 1 and not block.endswith("}}}")


def _link(page: Page, number: int, target: str, every: set[str]) -> None:
    if "{{" in target:
        page.error(number, "链接里不能用宏", "直接写地址")
        return
    if target.startswith((*SCHEMES, "#")):
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        page.error(number, f"链接「{target}」不能用", "只能链接站内文件、https 网址、tel: 电话和 mailto: 邮箱")
        return
    path = unquote(target.partition("#")[0])
    if path.startswith("/"):
        page.error(number, f"链接「{target}」以 / 开头", "站内链接写相对路径，如 ../banshi/youdaizheng.md")
        return
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    if full not in every:
        written = full.removesuffix(".html") + ".md"
        near = [written] if written in every else []
        near += sorted(p for p in every if posixpath.basename(p) == posixpath.basename(full))
        relative = posixpath.relpath(near[0], posixpath.dirname(page.path) or ".") if near else ""
        page.error(
            number, f"链接「{target}」找不到文件", f"是不是「{relative}」？" if near else "核对文件名和 ../ 的层数"
        )

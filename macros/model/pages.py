"""docs/ 里的页面：页眉、标题、宏、站内链接。网页引擎还没有动手，错就先找出来。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from .addresses import resolve
from .folders import Entry, under
from .headers import DRAFT, STATE, ActivityHeader, Header, Withdrawal, activity_rules
from .kinds import PAGE_KINDS, PageKind, lasting, page_kind
from .macrocalls import Call, scan
from .markdown import BRACKETS, CODE, LONGEST, fences, headings, links, misplaced, noted, notes, prose, slips, tags
from .problem import ERROR, NOTICE, Problem
from .textfile import printable, read_text
from .validation import expect_mapping, validate
from .values import SLUG
from .written import inline
from .yamlfile import Doc, Path_, parse_yaml

NAME = re.compile(SLUG)
FENCE = re.compile(r"\s*(?:[-－—–─=]{2,}|\+{3}|\.{3})\s*")  # 页眉上下的 ---，连同写错的
SCHEMES = ("http:", "https:", "//", "mailto:", "tel:")
TEMPLATES = "_moban/"  # 给编辑复制的，不公开
OURS = ("assets/", TEMPLATES)  # 网站自己的样式和脚本
SHOWN = ("svg", "png", "jpg", "jpeg", "webp")  # 网页上放得了的图片
ATTACHED = (*SHOWN, "pdf", "docx", "xlsx")
OLD = ("doc", "xls", "ppt", "wps", "et", "dps", "zip", "rar", "7z")
PHOTOS = ("gif", "avif", "bmp", "tif", "tiff", "heic")


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

    @property
    def draft(self) -> bool:
        """草稿只在预览里看得见；页眉别处写坏了的，也还是草稿。"""
        head = self.head.value if self.head else None
        return isinstance(head, dict) and head.get(STATE) == DRAFT and not lasting(self.path)

    @property
    def own(self) -> str:
        """自己的图片文件夹，相对 docs/。"""
        return f"{self.path.removesuffix('.md')}.assets"

    def error(self, line: int, what: str, fix: str, clause: str = "") -> None:
        """line 是正文的第几行。"""
        self.problems.append(Problem(self.file, line + self.line_offset, 1, ERROR, what, fix, clause))

    def header_error(self, where: Path_, what: str, fix: str) -> None:
        """where：页眉里的哪个键。"""
        line, column = self.head.mark(where) if self.head else (1, 1)
        self.problems.append(Problem(self.file, line, column, ERROR, what, fix))


def load(docs: Path, found: list[Entry]) -> list[Page]:
    inside = list(under(found, "docs"))
    every = frozenset(path for path, each in inside if each.is_file)
    files = [path for path, each in inside if path.endswith(".md") and not each.is_link]
    return [_unchanged(docs, path, every) for path in files if not path.startswith(TEMPLATES)]


_pages: dict[str, tuple[Any, Page]] = {}


def _unchanged(docs: Path, path: str, every: frozenset[str]) -> Page:
    """文件没有变（连时间一起抄去的也算），docs/ 里没有多出、少掉文件，就不再读一遍；读它的时候发现的问题照样带着。"""
    stat = (docs / path).stat()
    stamp = (stat.st_mtime_ns, stat.st_size, hash(every))
    if path not in _pages or _pages[path][0] != stamp:
        _pages[path] = (stamp, _read(docs, path, every))
    page = _pages[path][1]
    return replace(page, problems=[*page.problems])


def stray(found: list[Entry]) -> Iterator[Problem]:
    """页面以外的文件会原样公开：只许放在 页名.assets/ 里，只许是图片和给人下载的文件。"""
    every = {name for name, _ in under(found, "docs")}
    for name, each in under(found, "docs"):
        if each.is_link:
            yield Problem(printable(f"docs/{name}"), 1, 1, ERROR, "这是快捷方式（链接），指到别处去了", "换成真的文件")
            continue
        if (
            each.is_folder
            or name.endswith(".md")
            or name.startswith(OURS)
            or any(part[0] == "." for part in name.split("/"))
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
        elif fault := _unfit(file):
            yield Problem(printable(f"docs/{name}"), 1, 1, ERROR, *fault)
        elif f"{page}.md" not in every:
            yield Problem(
                printable(f"docs/{name}"),
                1,
                1,
                NOTICE,
                f"没有 docs/{page}.md 这一页，文件还会公开",
                "页面删了，文件夹也删掉；页面改了名，文件夹一起改",
            )


def _unfit(file: str) -> tuple[str, str, str] | None:
    """图片文件夹里的这个文件不能放：说明、改法、条款。"""
    stem, _, suffix = file.rpartition(".")
    if suffix.lower() in PHOTOS:
        return f"网页上放不了 .{suffix} 图片", "另存为 .jpg、.png 或 .webp", "T-2"
    if suffix.lower() not in ATTACHED:
        if suffix.lower() in OLD:
            return f"查不了 .{suffix} 附件里的字", "另存为 .docx、.xlsx 或 .pdf；压缩包拆开放", "Y-1"
        return "文件夹里放了不能公开的文件", f"能放的有 {'、'.join(ATTACHED)}；别的移走", "G-1"
    if not NAME.fullmatch(stem) or suffix not in ATTACHED:
        if suffix.lower() in SHOWN:
            return f"图片名「{printable(file)}」的写法不对", "运行 make clean-images 改名，页面里写的跟着改", "G-1"
        return f"文件名「{printable(file)}」的写法不对", "只用小写字母、数字和连字符 -，如 cunshiguan-01.jpg", "G-1"
    return None


def _read(docs: Path, path: str, every: frozenset[str]) -> Page:
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
    if crowded := next((i for i, line in enumerate(text.split("\n"), 1) if line.count("[") > BRACKETS), 0):
        page.error(crowded, f"这一行的方括号超过 {BRACKETS} 个", "写漏了的补上 ]；多的分成几段，段和段之间空一行")
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
    first = next(i for i, line in enumerate(lines) if line.strip())
    if FENCE.fullmatch(lines[first]) and lines[0].rstrip() != "---":
        page.error(first + 1, "页眉的头一行要是 ---", "写在文件的第一行，顶格，三个半角减号")
        return None
    if lines[0].rstrip() != "---":
        page.error(1, "没有页眉", "文件第一行写 ---，接着写 摘要、复核，再写一行 ---")
        return text
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        odd = next((i for i, line in enumerate(lines[1:], 1) if FENCE.fullmatch(line)), None)
        if odd:
            page.error(odd + 1, "页眉的末一行要是 ---", "顶格，三个半角减号，不多不少")
        else:
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
    if STATE in doc.value and lasting(page.path):
        doc.error((STATE,), "这一页不能是草稿，别的页面都链到它", f"删掉 {STATE} 一行；没有写好的，写在新的一页里")
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


def _body(page: Page, every: frozenset[str]) -> None:
    shown = list(prose(page.body))
    named = {name for _, line in shown for name in notes(line)}
    for heading in headings(shown):
        if not heading.text:
            page.error(heading.line, "标题是空的", "写上标题，或删掉这一行", "G-3")
        if heading.level > 1:
            continue
        if page.title:
            page.error(heading.line, "有两个一级标题", "下面的标题用 ## 或 ###", "G-3")
        page.title = page.title or inline(heading.text)
        if "{{" in heading.text:
            page.error(heading.line, "一级标题里不能用宏", "标题直接写文字", "G-3")
    for number, line in shown:
        for slip in slips(line):
            page.error(number, *slip)
        for tag in tags(line):
            what = "页面里有脚本" if tag.lower() == "script" else f"页面里写了 HTML 标签 <{tag}>"
            page.error(number, what, "删掉；网页的样子由模板管", "G-6")
        for name in noted(line):
            if name not in named:
                page.error(number, f"没有写脚注「{name}」", f"另起一行写 [{name}]: 说明", "W-5")
        for link in links(line):
            _link(page, number, link.target, every)
    lines = page.body.split("\n")
    for number, what, fix in misplaced(shown):
        page.error(number, what, fix, "G-9")
    if not page.title:
        page.error(1, "没有一级标题", "页眉下面写一行「# 标题」", "G-3")
    if opened := fences(lines).unclosed:
        page.error(opened, "代码块没有收尾", "写完后单独一行补上 ```")
    page.calls, faults = scan(page.body)
    for fault in faults:
        page.error(fault.line, fault.what, fault.fix)
    visible = {number for number, _ in shown}
    for call in page.calls:
        if call.line not in visible or any("{{" in code[0] for code in CODE.finditer(lines[call.line - 1])):
            page.error(call.line, "代码里的宏也会被执行", "放在 {% raw %} 和 {% endraw %} 之间")
        elif call.macro.block and not _alone(lines, call.line - 1):
            page.error(
                call.line, f"{call.macro.name} 是成块的宏，要独占一行", "前面不空格、不写字，后面不写字，上下各空一行"
            )


def _alone(lines: list[str], start: int) -> bool:
    start = next((i for i in range(start, -1, -1) if "{{" in lines[i]), start)
    end = next((i for i in range(start, len(lines)) if "}}" in lines[i]), start)
    block = "\n".join(lines[start : end + 1]).rstrip()
    return block.startswith("{{") and block.endswith("}}") and block.count("{{") == 1 and not block.endswith("}}}")


def _link(page: Page, number: int, target: str, every: frozenset[str]) -> None:
    """every：docs/ 里的全部文件。"""
    if "{{" in target:
        page.error(number, "链接里不能用宏", "直接写地址", "L-1")
        return
    address = resolve(page.path, target)
    if address is None:
        if not target.startswith(SCHEMES):
            page.error(
                number, f"链接「{target}」不能用", "只能链接站内文件、https 网址、tel: 电话和 mailto: 邮箱", "L-1"
            )
    elif address.path.startswith("/"):
        page.error(number, f"链接「{target}」以 / 开头", "站内链接写相对路径，如 ../banshi/youdaizheng.md", "L-1")
    elif target and address.path not in every:
        near = [address.source] if address.source in every else []
        near += sorted(p for p in every if posixpath.basename(p) == posixpath.basename(address.path))
        relative = posixpath.relpath(near[0], posixpath.dirname(page.path) or ".") if near else ""
        fix = f"是不是「{relative}」？" if near else "核对文件名和 ../ 的层数"
        page.error(number, f"链接「{target}」找不到文件", fix, "L-1")

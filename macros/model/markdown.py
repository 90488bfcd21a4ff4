"""编辑人员能写的 Markdown 怎么读：代码块、标题、链接、图片、位置的名字、表格；写漏了记号的样子。

别处都照这里读，不另写正则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pymdownx.slugs import slugify  # type: ignore[import-untyped]

LONGEST = 5000  # 一行最多这么多字
HIDDEN = "\ufffc"  # 盖住的地方：不是字，也不是空格

# ---- 代码 ----

CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
FENCE = re.compile(r"(\s*)(`{3,}|~{3,})")


@dataclass(frozen=True)
class Fences:
    """code：每一行在不在代码块里，起止的两行也算；unclosed：没有收尾的从第几行起，都收了为 0。"""

    code: list[bool]
    unclosed: int


def fences(lines: list[str]) -> Fences:
    """和 superfences 一样：收尾的一行和起头的缩进、记号都一样。"""
    code: list[bool] = []
    closing, opened = "", 0
    for number, line in enumerate(lines, 1):
        mark = FENCE.match(line) if "`" in line or "~" in line else None
        code.append(bool(opened or mark))
        if opened and line.rstrip() == closing:
            opened = 0
        elif mark and not opened:
            closing, opened = mark[0], number
    return Fences(code, opened)


def prose(body: str) -> Iterator[tuple[int, str]]:
    """代码块以外的各行（行号从 1 起），行内代码盖住。"""
    lines = body.split("\n")
    for number, (line, code) in enumerate(zip(lines, fences(lines).code, strict=True), 1):
        if not code:
            yield number, CODE.sub(_hide, line) if "`" in line else line


def _hide(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])


# ---- 标题、位置的名字 ----

IDENTIFIER = re.compile(r"\{:[^}]*#([\w-]+)[^}]*\}")
_HEADING = re.compile(r"(#{1,6})(?!#)\s*(.*?)\s*#*\s*(?:\{:.*\})?\s*$")
_UNDERLINED = re.compile(r"=+\s*")
_slug = slugify(case="lower")


@dataclass(frozen=True)
class Heading:
    """一个标题；# 后面漏了空格的也算，免得连带报错。"""

    line: int
    level: int
    text: str

    @property
    def anchor(self) -> str:
        """没有起名时，网页上的位置叫什么。"""
        return str(_slug(re.sub(r"[*`]|\[|\]\([^)]*\)", "", self.text), "-"))


def headings(lines: list[tuple[int, str]]) -> Iterator[Heading]:
    above = ""
    for number, line in lines:
        if line.startswith("#") and (match := _HEADING.match(line)):
            yield Heading(number, len(match[1]), match[2])
        elif line.startswith("=") and above.strip() and _UNDERLINED.fullmatch(line):
            yield Heading(number, 1, above.strip())
        above = line


# ---- 链接、图片 ----

_INLINE = re.compile(r"(?:(!?)\[([^\[\]]*))?\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^\s>]+)")
_DEFINED = re.compile(r"^ {0,3}\[([^\]]+)\][:：]")  # 冒号用了全角的另外报
_REFERENCE = re.compile(r"(!?)\[([^\[\]]+)\](?:\[([^\[\]]*)\])|(?<!\])\[(\^[^\[\]]+)\](?!:)")
_BARE = re.compile(r"(?<![\w(\[<\"'=])https?://[^\s)>\]，。；、）]+")


@dataclass(frozen=True)
class Link:
    """一处链接或图片。column 从 1 数；words 是方括号里的字，套着别的记号时为 None；target 没有写的为空。"""

    column: int
    target: str
    words: str | None = None
    image: bool = False


def links(line: str) -> Iterator[Link]:
    """一行里的链接和图片，连同写在页尾的地址。"""
    if "](" in line:
        for match in _INLINE.finditer(line):
            yield Link(match.start() + 1, match[3], match[2], match[1] == "!")
    if defined := _DEFINITION.match(line):
        yield Link(1, defined[1])


def bare_links(line: str) -> Iterator[Link]:
    """直接写着的网址。"""
    if "://" in line:
        shown = _INLINE.sub(_hide, line)
        yield from (Link(match.start() + 1, match[0]) for match in _BARE.finditer(shown))


def definitions(line: str) -> list[str]:
    """这一行写的是哪个注释、哪个链接。"""
    return _DEFINED.findall(line)


def references(line: str) -> Iterator[tuple[str, Link]]:
    """用名字指的注释、链接、图片：名字，和它自己。"""
    for match in _REFERENCE.finditer(line) if "[" in line else ():
        yield match[3] or match[4] or match[2], Link(match.start() + 1, "", match[2], match[1] == "!")


# ---- 表格、图表的标题、HTML ----

TABLE_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
CAPTION = re.compile(r"/{3}\s*(figure-caption|table-caption|caption)\b")
CAPTION_END = "///"
TAG = re.compile(r"<(/?[a-zA-Z][\w-]*)(\s[^<>]*)?/?>")

# ---- 一段一段 ----

# 另起一段的行：标题、列表、引用、表格、说明块、选项卡、脚注、定义
BLOCK = re.compile(r"#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||/{3}|[!?]{3}|===|:\s|\[[^\]]+\]:|---|```|~~~")
BOLD = re.compile(r"(\*\*|~~|__)(?=\S)(.+?)(?<=\S)\1")
# 读的时候看不见的：加粗的星号，链接的方括号，汉字中间的空格
MARKS = re.compile(r"\*+|~~|\[|\]|(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])")
_BOX = re.compile(r"^(?:!!!|\?\?\?\+?) +(\w+)", re.MULTILINE)


def boxes(body: str) -> set[str]:
    """正文里有哪几种说明块。"""
    return set(_BOX.findall(body))


# ---- 写漏了记号的 ----

# 看着像，其实没有写成链接、标题的：页面上会露出记号。样子、说明、改法、条款
SLIPS = [
    (re.compile(pattern), what, fix, clause)
    for pattern, what, fix, clause in (
        (
            r"[\]】］]\s?（[^）\s]*\.(md|html|svg|png)\b|[】］]\([^)\s]*\)",
            "链接的括号用了全角",
            "写成 [文字](地址)，括号用半角",
            "W-5",
        ),
        (
            r"\]\s+\([^)\s]*\.(md|html|svg|png)\b",
            "链接的 ] 和 ( 中间有空格",
            "写成 [文字](地址)，中间不空格",
            "W-5",
        ),
        (r"\]\([^)]*$", "链接没有写完，少了 )", "写成 [文字](地址)，写在一行里", "W-5"),
        (r"(?<!!)\[\s*\]\(", "链接没有文字", "写成 [文字](地址)，说清点过去是什么", "W-5"),
        (r"(?<!\[)\]\(\s*\)", "链接没有写地址", "写成 [文字](地址)；没有地址就只写文字", "W-5"),
        (r"^ {0,3}\[[^\]]+\]：", "冒号用了全角", "改成半角冒号加一个空格", "W-5"),
        (r"^#{1,6}[^#\s]", "标题的 # 后面没有空格", "# 后面空一格", "G-3"),
        (r"^＃", "标题的 # 用了全角", "改成半角 #，后面空一格", "G-3"),
        (r"^#{7,}", "标题的 # 太多", "标题用 ## 或 ###", "G-3"),
        (r"\{:[^}]*$", "标题的名字没有写完，少了 }", "写成 {: #名字 }", "G-5"),
        (r"\{:(?!(\s*[#.][\w-]+)+\s*\})[^}]*\}", "{: } 里只能写名字", "写成 {: #名字 }", "G-5"),
    )
]
_SUSPECT = re.compile(r"[\[\]【】［］#＃{]")  # 没有这些记号的一行，没有上面的错


def slips(line: str) -> Iterator[tuple[str, str, str]]:
    """一行里写漏了的：说明、改法、条款。"""
    if _SUSPECT.search(line):
        yield from ((what, fix, clause) for pattern, what, fix, clause in SLIPS if pattern.search(line))

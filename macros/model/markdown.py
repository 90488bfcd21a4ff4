"""编辑人员能写的 Markdown 怎么读：代码块、标题、链接、图片、位置的名字、表格；写漏了记号的样子。

别处都照这里读，不另写正则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .grammar import slug

LONGEST = 5000  # 一行最多这么多字
BRACKETS = 200  # 一行最多这么多个方括号：每个都从头到尾找一遍配对，多了要查几分钟
HIDDEN = "\ufffc"  # 盖住的地方：不是字，也不是空格

# ---- 代码 ----

CODE = re.compile(r"(?<!`)(`+)(?!`).{1,2000}?(?<!`)\1(?!`)")
FENCE = re.compile(r"(\s*)(`{3,}|~{3,})")


@dataclass(frozen=True)
class Fences:
    """code：每一行在不在代码块里，起止的两行也算；inside：起止的两行不算；

    unclosed：没有收尾的从第几行起，都收了为 0。
    """

    code: list[bool]
    inside: list[bool]
    unclosed: int


def fences(lines: list[str]) -> Fences:
    """和 superfences 一样：收尾的一行和起头的缩进、记号都一样。"""
    code: list[bool] = []
    inside: list[bool] = []
    closing, opened = "", 0
    for number, line in enumerate(lines, 1):
        mark = FENCE.match(line) if "`" in line or "~" in line else None
        ends = bool(opened) and line.rstrip() == closing
        code.append(bool(opened or mark))
        inside.append(bool(opened) and not ends)
        if ends:
            opened = 0
        elif mark and not opened:
            closing, opened = mark[0], number
    return Fences(code, inside, opened)


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
_HEADING = re.compile(r"(#{1,6})(?!#)\s*(.*?)\s*(?:\{:.*\})?\s*$")


@dataclass(frozen=True)
class Heading:
    """一个标题；# 后面漏了空格的也算，免得连带报错。"""

    line: int
    level: int
    text: str

    @property
    def anchor(self) -> str:
        """没有起名时，网页上的位置叫什么。"""
        return str(slug(re.sub(r"[*`]|\[|\]\([^)]*\)", "", self.text), "-"))


def headings(lines: list[tuple[int, str]]) -> Iterator[Heading]:
    for number, line in lines:
        if line.startswith("#") and (match := _HEADING.match(line)):
            yield Heading(number, len(match[1]), match[2])


# ---- 链接、图片 ----

_INLINE = re.compile(r"(?:(!?)\[([^\[\]]*))?\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_NOTE = re.compile(r"^ {0,3}\[(\^[^\]]+)\][:：]")  # 冒号用了全角的另外报
_NOTED = re.compile(r"(?<!\])\[(\^[^\[\]]+)\](?!:)")
_BARE = re.compile(r"(?<![\w(\[<\"'=])https?://[^\s)>\]，。；、）]+")


@dataclass(frozen=True)
class Link:
    """一处链接或图片。column 从 1 数；words 是方括号里的字，套着别的记号时为 None；target 没有写的为空。"""

    column: int
    target: str
    words: str | None = None
    image: bool = False


def links(line: str) -> Iterator[Link]:
    """一行里的链接和图片。"""
    if "](" in line:
        for match in _INLINE.finditer(line):
            yield Link(match.start() + 1, match[3], match[2], match[1] == "!")


def bare_links(line: str) -> Iterator[Link]:
    """直接写着的网址。"""
    if "://" in line:
        shown = _INLINE.sub(_hide, line)
        yield from (Link(match.start() + 1, match[0]) for match in _BARE.finditer(shown))


def notes(line: str) -> list[str]:
    """这一行写的是哪条脚注。"""
    return _NOTE.findall(line)


def noted(line: str) -> list[str]:
    """这一行指着哪几条脚注。"""
    return _NOTED.findall(line) if "[^" in line else []


# ---- 表格、图表的标题、HTML ----

TABLE_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
CAPTION = re.compile(r"/{3}\s*(figure-caption|table-caption|caption)\b")
CAPTION_END = "///"
_TAG = re.compile(r"<([a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
BOX = re.compile(r"\s*(?:(?:!!!|\?\?\?\+?) (?:tixing|yiju|gengzheng|note)|===) \"(.*)\"\s*")

# ---- 一段一段 ----

# 另起一段的行：标题、列表、引用、表格、提示框、选项卡、脚注、定义
BLOCK = re.compile(r"#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||/{3}|[!?]{3}|===|:\s|\[[^\]]+\]:|---|```|~~~")
BOLD = re.compile(r"(\*\*)(?=\S)(.{1,1000}?)(?<=\S)\1")
# 读的时候看不见的：加粗的星号，链接的方括号，汉字中间的空格
MARKS = re.compile(r"\*\*|\[|\]|(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])")
_BOX = re.compile(r"^(?:!!!|\?\?\?\+?) +(\w+)", re.MULTILINE)


def tags(line: str) -> list[str]:
    """这一行里的 HTML 标签；收尾的不算。"""
    return _TAG.findall(line) if "<" in line else []


def boxes(body: str) -> set[str]:
    """正文里有哪几种说明块。"""
    return set(_BOX.findall(body))


# ---- 写漏了记号的 ----

# 常见的姓：两个姓后面的 ** 是遮住的名字，引擎会当成粗体
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
# 看着像，其实没有写成链接、标题的：页面上会露出记号，或者吞掉字。样子、说明、改法、条款
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
        (r"[】］]\s?（\s*https?[:：]", "链接的括号用了全角", "写成 [文字](地址)，括号、冒号用半角", "W-5"),
        (r"\]\[[^\]]*\]", "链接没有写地址", "写成 [文字](地址)", "W-5"),
        (r"^ {0,3}\[[^\]^][^\]]*\]:\s", "链接的地址写在了别处", "写成 [文字](地址)；地址写在括号里", "W-5"),
        (r"^ {0,3}\[[^\]]+\]：", "冒号用了全角", "改成半角冒号加一个空格", "W-5"),
        (r"^#{1,6}[^#\s]", "标题的 # 后面没有空格", "# 后面空一格", "G-3"),
        (r"^＃", "标题的 # 用了全角", "改成半角 #，后面空一格", "G-3"),
        (r"^#{7,}", "标题的 # 太多", "标题用 ## 或 ###", "G-3"),
        (r"\{:[^}]*$", "标题的名字没有写完，少了 }", "写成 {: #名字 }", "G-5"),
        (
            r"(?<!\*)\*\*(?:\s[^*\n]*|[^*\s][^*\n]*\s)\*\*(?!\*)",
            "粗体的 ** 里面有空格",
            "写成 **字**，两头不空格",
            "G-9",
        ),
        (
            rf"{_SURNAME}\*\*[^*\n]*{_SURNAME}\*\*",
            "遮住名字的星号会变成粗体的记号",
            "用“某”遮住，写成 张某、赵某",
            "G-9",
        ),
        (
            r"^ {1,3}(?:-|\d{1,2}\.) |^ {5,7}(?:-|\d{1,2}\.) ",
            "列表前面的空格不对",
            "最外一层不空格，里面一层空四格",
            "G-9",
        ),
        (r"^\s*(?:-{3,}|\*{3,}|={3,})\s*$", "单独一行的横线不起作用", "删掉；要分开两部分，写一个标题", "G-9"),
        (r"[<‹〈＜]\s*[!！]\s*(?:--|—)", "页面里写了注释", "删掉；留给同事的话，写在提交说明里", "G-6"),
        (r"\{:(?!\s*#[\w-]+\s*\})[^}]*\}", "{: } 里只能写名字", "写成 {: #名字 }", "G-5"),
    )
]
_SUSPECT = re.compile(r"\*\*|[\[\]【】［］#＃{<‹〈＜]|^\s*[-*=]|^ +\d")  # 没有这些记号的一行，没有上面的错
_OPENER = re.compile(r"\s*(?:!!!|\?\?\?|===(?!=*\s*$)|！{3}\s*[a-z]|＝{3}\s*[\"“])")


def slips(line: str) -> Iterator[tuple[str, str, str]]:
    """一行里写漏了的：说明、改法、条款。"""
    if _SUSPECT.search(line):
        yield from ((what, fix, clause) for pattern, what, fix, clause in SLIPS if pattern.search(line))
    if _OPENER.match(line) and not BOX.fullmatch(line):
        fix = '写成 !!! tixing "提醒" 或 === "甲"，记号、引号用半角，下面的字空四格；框有 tixing、yiju、gengzheng、note'
        yield "提示框、选项卡的写法不对", fix, "G-9"


_PASTED = re.compile(r"\S\t+\S")
_STARRED = re.compile(r"\s*[*+] ")


def misplaced(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """要看上下几行才知道写漏了的：行号、说明、改法。lines 是代码块以外的各行。"""
    opened, above = 0, ""
    for place, (number, line) in enumerate(lines):
        text = line.strip()
        if _PASTED.search(line) and not _PASTED.search(above):
            yield number, "像是从电子表格粘来的", "改成表格：| 甲 | 乙 |，第二行写 |---|---|"
        if _STARRED.match(line) and not _STARRED.match(above):
            yield number, "列表用了 * 或 +", "列表用 - 开头，后面空一格；注解写成“注：”"
        above = line
        if BOX.fullmatch(line) and _indent(_below(lines, place)) < _indent(line) + 4:
            yield number, "提示框、选项卡里面是空的", "里面的字另起一行，前面空四格"
        if CAPTION.match(text):
            if opened:
                break
            opened = number
        elif text == CAPTION_END:
            opened = 0
    if opened:
        yield opened, "标题没有收尾", "写完标题，另起一行写 ///"


def _below(lines: list[tuple[int, str]], place: int) -> str:
    """下面头一个不空的行。"""
    return next((lines[i][1] for i in range(place + 1, len(lines)) if lines[i][1].strip()), "")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))

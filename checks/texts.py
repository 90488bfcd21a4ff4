"""把 docs/ 和 data/ 的文字切成一段一段来查：折了行的接起来，每个字都知道原来在哪一行哪一列。

两种看法：reading 是居民读到的字（宏、代码、链接地址、注释都盖住）；raw 是文件里的全部字（秘密和隐私写在注释里也算）。
词表查的是 folded：照人读的样子，全角、异形字、字和字之间的空白都不算数。
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from macros.model import Site, ledger
from macros.model.kinds import KINDS
from macros.model.markdown import BLOCK, BOLD, HIDDEN, MARKS, fences
from macros.model.markdown import CODE as INLINE_CODE
from macros.model.textfile import read_text

# 数据里不查的：法律原文逐字照录；词表本身写着错词；发布记录。居民的说法照写，不查用词，秘密和隐私照查
PROSE, DATA, CODE = "正文", "数据", "代码"
LEDGERS = tuple(kind.path() for kind in KINDS.values() if kind.read is ledger.read)
NOT_OURS = ("data/laws/", "data/rules/", *LEDGERS)
RESIDENTS = ("data/synonyms.yml", "data/asked.yml")
WIDE = 0xFEE0  # 全角字母、数字和半角的差
HALF = {ord(char) + WIDE: char for char in string.ascii_letters + string.digits}
# 康熙部首、部首补充、兼容汉字：样子像，不是同一个字
LOOKALIKES = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
# NFKC 不管、字形与常用字相同的部首补充（Unicode 的 EquivalentUnifiedIdeograph）
RADICALS = str.maketrans(
    "⻅⻉⻋⻓⻔⻚⻛⻜⻢⻥⻦⻨⻩⻬⻮⻰⻁⺟⺠⻄⻘⻝⺎", "见贝车长门页风飞马鱼鸟麦黄齐齿龙虎母民西青食兀"
)
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
BLANKS = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BLANK = f" \t{BLANKS}"
UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# 人读的时候不当回事的：看不见的字，汉字旁边、一个一个拆开的数字中间的空白
SKIPPED = re.compile(
    f"[{UNSEEN}]+|(?<=[{HAN}])[{BLANK}]+(?=[{HAN}0-9，。、；：）”》])|(?<=[0-9，。、；：）”》])[{BLANK}]+(?=[{HAN}])"
    f"|(?<=(?<![0-9])[0-9])[{BLANK}]+(?=[0-9](?![0-9]))"
)
SPELT = re.compile(rf"[{HAN}](?:[/\\|·•.*_＿+~^-][{HAN}]){{2,}}")  # 一个字一个字隔开的
SAME = HALF | {ord(char): "-" for char in "‐‑‒–−－"} | {ord(char): " " for char in BLANKS}
LOOKALIKE = re.compile(f"[{LOOKALIKES}]")
ODD = re.compile(f"[{LOOKALIKES}{''.join(map(chr, SAME))}]")  # 有这些字，才要换
DASHES = "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u30fc\u4e00\ufe58\ufe63\uff0d"
DOTS = "\u00b7\u2022\u2027\u22c5\u30fb\uff65"
SEPARATORS = str.maketrans(BLANKS + DASHES + DOTS, " " * len(BLANKS) + "-" * len(DASHES) + "·" * len(DOTS))
APART = re.compile(rf"(?<=\d)[{BLANKS}{DASHES}{DOTS}]+(?=\d)")
GAP = "。\n"
FAR = 2000  # 宏、注释没有收尾的，不一直找下去
# 代码、宏、属性、注释，链接、页尾的地址、缩写、网址
MASKED = re.compile(
    rf"{INLINE_CODE.pattern}|\{{\{{.{{0,{FAR}}}?\}}\}}|\{{%.{{0,{FAR}}}?%\}}|\{{:[^}}]{{0,{FAR}}}\}}|<!--.{{0,{FAR}}}?-->"
    r"|(?<=\])\([^)\s]*\)|^\*\[[^\]]*\]:|^\[[^\]^][^\]]*\]:.*|https?://[\w./~%?=&#-]+",
    re.S,
)
YAML_KEY = re.compile(r"(- )*[^\s#:：\"'{\[][^:：]*:(\s|$)|- ")


@dataclass(frozen=True)
class Passage:
    """一段文字。starts：从第几个字起，在哪一行哪一列（都从 1 数，字数从 0 数）。kind：正文、数据（YAML）、代码块。"""

    file: str
    text: str
    starts: tuple[tuple[int, int, int], ...]
    kind: str = PROSE

    def at(self, offset: int) -> tuple[int, int]:
        start, line, column = self.starts[max(bisect_right(self.starts, (offset, 10**9, 0)) - 1, 0)]
        return line, column + offset - start

    @cached_property
    def folded(self) -> Passage:
        """照人读的样子：全角、异形字换成常用的，不当回事的空白、一个字一个字隔开的记号去掉。"""
        text = self.text
        if ODD.search(text):
            text = LOOKALIKE.sub(lambda m: proper(m[0]), text.translate(SAME))
        spans = [match.span() for match in SKIPPED.finditer(text)]
        spans += [(at, at + 1) for match in SPELT.finditer(text) for at in range(match.start() + 1, match.end(), 2)]
        return _without(replace(self, text=text), sorted(spans))

    @cached_property
    def numbers(self) -> Passage:
        """号码里隔开数字的各种空白、连接号也换成半角的。"""
        folded = self.folded
        text = APART.sub(lambda m: m[0].translate(SEPARATORS), folded.text)
        return folded if text == folded.text else replace(folded, text=text)


def proper(text: str) -> str:
    """部首、异形字该是哪个字；不知道的照旧。"""
    found = unicodedata.normalize("NFKC", text).translate(RADICALS)
    return found if len(found) == len(text) else text


class _Builder:
    """把几行接成一段。"""

    def __init__(self, file: str, kind: str) -> None:
        self.file = file
        self.kind = kind
        self.text = ""
        self.starts: list[tuple[int, int, int]] = []

    def add(self, line: int, column: int, text: str) -> None:
        if self.text and text and (self.text[-1].isascii() and text[0].isascii()):
            self.text += " "
        self.starts.append((len(self.text), line, column))
        self.text += text

    def done(self) -> Passage | None:
        return Passage(self.file, self.text, tuple(self.starts), self.kind) if self.text.strip() else None


def reading(site: Site) -> Iterator[Passage]:
    """居民读到的：页面的正文、摘要，数据里的值。"""
    for passage in _passages(site):
        if passage.kind != CODE and passage.file not in RESIDENTS:
            yield _masked(passage)


def raw(site: Site) -> Iterator[Passage]:
    """页面和数据里的全部文字，注释、代码也在内。"""
    for passage in _passages(site):
        yield _unmarked(passage)


def everything(file: str, text: str) -> Iterator[Passage]:
    """一个文件的全部文字；Markdown、YAML 以外的一行一段。"""
    if file.endswith((".md", ".yml")):
        yield from map(_unmarked, split(file, text))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Passage(file, line, ((0, number, 1),))


def _unmarked(passage: Passage) -> Passage:
    """去掉成对的加粗记号，号码就不会被拆开。"""
    return _without(passage, _bold_marks(passage.text))


def whole(passages: Iterable[Passage], gap: str = GAP) -> Iterator[Passage]:
    """一个文件的各段接成一篇，中间隔一个句号和换行：词表只要一篇查一遍，又不会跨段连起来。"""
    for file, group in groupby(passages, key=lambda passage: passage.file):
        text: list[str] = []
        starts: list[tuple[int, int, int]] = []
        length = 0
        for passage in group:
            starts += [(length + start, line, column) for start, line, column in passage.starts]
            text.append(passage.text)
            length += len(passage.text) + len(gap)
        yield Passage(file, gap.join(text), tuple(starts))


def _bold_marks(text: str) -> list[tuple[int, int]]:
    """成对的加粗记号占的位置。"""
    found = list(BOLD.finditer(text))
    return sorted([*(m.span(1) for m in found), *((m.end(2), m.end()) for m in found)])


def _passages(site: Site) -> Iterator[Passage]:
    for page in site.pages:
        yield from _cached(page.file, page.text)
    for path in sorted((site.root / "data").rglob("*.yml")):
        name = path.relative_to(site.root).as_posix()
        if name.startswith(NOT_OURS) or "/_" in name:
            continue
        text, _ = read_text(path, name)
        yield from _cached(name, text or "")


@lru_cache(maxsize=8192)
def _cached(file: str, text: str) -> tuple[Passage, ...]:
    return tuple(split(file, text))


def split(file: str, text: str) -> Iterator[Passage]:
    """一个文件的各段。页眉和 .yml 按 YAML 切，正文按 Markdown 切。"""
    lines = text.split("\n")
    head = 0
    if not file.endswith(".md"):
        head = len(lines)
    elif lines and lines[0].rstrip() == "---":
        head = next((i + 1 for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    yield from _join(file, ((i, line, DATA) for i, line in enumerate(lines[:head], 1)), _starts_in_yaml)
    yield from _join(file, _fenced(lines[head:], head + 1), _starts_in_markdown)


def _fenced(lines: list[str], first: int) -> Iterator[tuple[int, str, str]]:
    """正文各行：在不在代码块里。"""
    for number, (line, code) in enumerate(zip(lines, fences(lines).code, strict=True), first):
        yield number, line, CODE if code else PROSE


def _join(file: str, lines: Iterable[tuple[int, str, str]], starts: Callable[[str], bool]) -> Iterator[Passage]:
    here = _Builder(file, PROSE)
    for number, line, kind in lines:
        text = line.strip()
        if not text or kind != here.kind or starts(text):
            if passage := here.done():
                yield passage
            here = _Builder(file, kind)
        if text:
            here.add(number, line.index(text[0]) + 1, text)
    if passage := here.done():
        yield passage


def _starts_in_yaml(text: str) -> bool:
    return text.startswith("#") or bool(YAML_KEY.match(text)) or text in ("---", "...")


def _starts_in_markdown(text: str) -> bool:
    return bool(BLOCK.match(text))


def _masked(passage: Passage) -> Passage:
    """盖住宏、代码、链接地址、注释；去掉加粗的星号，词就不会被拆开。"""
    text = passage.text
    if passage.kind == DATA:
        text = re.sub(r"(^|\s)#.*", lambda m: m[1] + HIDDEN * (len(m[0]) - len(m[1])), text)
    text = MASKED.sub(lambda m: HIDDEN * len(m[0]), text)
    masked = passage if text == passage.text else replace(passage, text=text)
    return masked if passage.kind == DATA else _without(masked, [m.span() for m in MARKS.finditer(text)])


def _without(passage: Passage, spans: list[tuple[int, int]]) -> Passage:
    """去掉这几处，别的字的行列不变。"""
    if not spans:
        return passage
    kept = ""
    starts: list[tuple[int, int, int]] = []
    last = 0
    for start, end in [*spans, (len(passage.text), len(passage.text))]:
        for begin, stop in _pieces(passage, last, start):
            starts.append((len(kept), *passage.at(begin)))
            kept += passage.text[begin:stop]
        last = end
    return replace(passage, text=kept, starts=tuple(starts) or passage.starts)


def _pieces(passage: Passage, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """[begin, end) 在折行处断开：每一片都在一行里。"""
    first = bisect_right(passage.starts, (begin, 10**9, 0))
    last = bisect_left(passage.starts, (end, 0, 0))
    cuts = [begin, *(start for start, _, _ in passage.starts[first:last]), end]
    for left, right in pairwise(cuts):
        if left < right:
            yield left, right

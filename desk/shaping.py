"""稿子整理成一页：认出标题、日期、供稿、摄影，红头、落款不要（说出来），一、（一）写成小标题，别的照先后写成正文。"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.model.headers import LONG, SHORT
from macros.model.numerals import date_words
from macros.model.refusal import Refusal

from .ask import days
from .manuscript import Figure, Grid, Line, Manuscript, Piece
from .tidying import BLANK, HAN, tidied

SECRET = re.compile(rf"(?:绝密|机密|秘密)[{BLANK}]*[★☆]")
LETTERHEAD = re.compile(  # 红头：发文机关、文号、签发人、紧急程度、抄送、印发
    r".{2,30}(?:文件|简报|工作信息|情况专报)$|.{0,12}[〔\[（(【]\d{4}[〕\]）)】]\s*第?\d+\s*号|签发人?[:：].*|(?:特急|加急|平急|特提)$"
    r"|第?\d+期$|（?第\d+期）?$|抄送[:：].*|.*\d{4}年\d{1,2}月\d{1,2}日印发$|.{2,30}办公室\s*\d{4}年.*印发$|\d{4,6}$"
)
UNIT = re.compile(
    rf"[{HAN}A-Za-z0-9]{{2,24}}?(?:办公室|服务站|人武部|武装部|办|站|所|中心|委员会|党委|政府|村委会|村|社区|学校|小学|中学|馆|队|局|科|部|室)"
)
ROLES = (
    "供稿|来源|作者|通讯员|记者|撰稿|撰文|文字|摄影|拍摄|供图|图片|"
    "责任编辑|编辑|编审|审核|审稿|责编|校对|统筹|终审|初审|复审"
)
BOTH = r"文[、/／]图|图[、/／]文|图文|文图"  # 文字和图是一家的
KINDS = rf"{BOTH}|{ROLES}|文|图"
LABEL = re.compile(rf"({KINDS})(?:单位|人|者)?[{BLANK}]*[:：/／]")
SPACED = re.compile(rf"({BOTH}|{ROLES})(?:单位|人|者)?[{BLANK}]+(?=[{HAN}])")
NAME = rf"(?:{UNIT.pattern}|[{HAN}]{{2,3}})"
SIGNED = re.compile(  # 写着冒号的，和只空着的：供稿：××办公室，××报记者 张某某 通讯员 李某某
    rf"[（(]?[{BLANK}]*(?:{KINDS})(?:单位|人|者)?[{BLANK}]*[:：/／].{{1,60}}"
    rf"|[（(]?[{HAN}×]{{0,8}}(?:{BOTH}|{ROLES})(?:单位|人|者)?(?:[{BLANK}、]+{NAME})+[）)]?"
)
TRAILING = re.compile(  # 接在末一段后面的：（××办公室供稿），（通讯员：张某某），（张某某 李某某）
    rf"[（(]([^（）()]{{2,20}}?)\s*(?:供稿|供图|摄影?|文[/／]图)[）)]$"
    rf"|(?<=。)[（(](?:(?:{KINDS})[{BLANK}:：/／]*[^（）()。]{{2,30}}|[{HAN}]{{3}}|[{HAN}]{{2,3}}(?:[{BLANK}、]+[{HAN}]{{2,3}})+)[）)]$"
)
PICTURES = ("摄影", "图", "拍摄", "供图", "图片")
WRITERS = ("供稿", "来源", "作者", "通讯员", "撰稿", "撰文", "文字", "文")
FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、\s*(\S.*)")
SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*(\S.*)")
HEADING = 40  # 再长就不是小标题
TITLED = 60
CAPTIONED = 60
STOP = re.compile("[。；！？.;!?：:，,]$")
MONTH_DAY = re.compile(r"(?<![年\d])(\d{1,2})月(\d{1,2})日")
RULE = re.compile(r"[-_=*─━—＿·\s]{3,}")


@dataclass
class Shape:
    """title、day、source 认不出的为空。body：正文的各块，图写成 ![](第几张)。moved：没有放进正文的各行。"""

    title: str = ""
    day: datetime.date | None = None
    source: str = ""
    credit: str = ""
    body: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    order: list[int] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """头一段的头一句，短的接着要下一句。"""
        for block in self.body:
            if not re.match(r"[#|!/\[\-]|\d+\. ", block) and len(block) > 15:
                plain = re.sub(r"\*\*|\[\^[^\]]*\]|\[([^\]]*)\]\([^)]*\)", r"\1", block).replace("\n", "")
                return _shortened(plain)
        return ""


def shape(draft: Manuscript) -> Shape:
    pieces = [piece for each in draft.pieces for piece in _split(each)]
    pieces = [each for each in pieces if not (isinstance(each, Grid) and not any(map(any, each.rows)))]  # 空表不要
    made = Shape()
    for each in pieces:
        if isinstance(each, Line) and SECRET.search(each.text):
            raise Refusal(f"稿子上标着密级「{SECRET.search(each.text)[0]}」", "涉密的不能放进来，交给保密员")  # type: ignore[index]
    written = [each.text for each in pieces if isinstance(each, Line)]
    pieces = _head(pieces, made)
    pieces = _tail(pieces, made)
    made.day = _day(pieces, written)
    _body(pieces, made)
    for number, note in enumerate(draft.notes, 1):
        made.body.append(f"[^zhu{number}]: {note}")
    return made


def _split(piece: Piece) -> Iterator[Piece]:
    """一段里换了行的，一行一段；只有横线的不要。"""
    if not isinstance(piece, Line):
        yield piece
        return
    for text in piece.text.split("\n"):
        clean = text.strip(f"{BLANK}\t")
        if clean and not RULE.fullmatch(clean):
            yield Line(clean, piece.level, piece.bullet, piece.title, piece.centred, piece.right)


# ---- 头：红头、标题 ----


def _head(pieces: list[Piece], made: Shape) -> list[Piece]:
    """红头和标题拿出来；没有红头的，头一行短的就是标题。"""
    rest = list(pieces)
    while rest and isinstance(rest[0], Line) and not rest[0].title and LETTERHEAD.fullmatch(_bare(rest[0].text)):
        made.moved.append(_removed(rest, 0))
    at = next((i for i, each in enumerate(rest) if isinstance(each, Line) and (each.title or each.level == 1)), None)
    first = next((i for i, each in enumerate(rest) if isinstance(each, Line)), None)
    if (at is None or at > 5) and first is not None and _titular(rest[first]):
        at = first
    if at is None or at > 5:
        return rest
    end = at + 1
    while end < len(rest) and _continues(rest[at], rest[end]):
        end += 1
    lines = [each.text for each in rest[at:end] if isinstance(each, Line)]
    made.title = re.sub(rf"(?<=[{HAN}])[{BLANK}]+(?=[{HAN}])", "", "".join(_bare(each) for each in lines))
    return rest[:at] + rest[end:]


def _titular(piece: Piece) -> bool:
    text = _bare(piece.text) if isinstance(piece, Line) else ""
    return 2 <= len(text) <= TITLED and not STOP.search(text) and not FIRST.match(text) and not SIGNED.fullmatch(text)


def _continues(first: Piece, below: Piece) -> bool:
    """标题分成两行的：一样是标题，或者一样居中的短行。"""
    if not isinstance(first, Line) or not isinstance(below, Line) or below.text.startswith(("——", "（", "(", "─")):
        return False
    both = first.title and below.title
    return (both or (first.centred and below.centred and not below.level)) and _titular(below)


def _bare(text: str) -> str:
    return re.sub(r"\*\*", "", text).strip(f"{BLANK}\t")


# ---- 尾：落款、供稿、摄影 ----


def _tail(pieces: list[Piece], made: Shape) -> list[Piece]:
    """供稿、摄影各行在哪里都认；最后的单位和日子是落款。"""
    rest: list[Piece] = []
    for each in pieces:
        if isinstance(each, Line) and len(each.text) <= TITLED and SIGNED.fullmatch(_bare(each.text)):
            _signed(each.text, made)
            made.moved.append(each.text)
        else:
            rest.append(each)
    ends = [i for i, each in enumerate(rest) if isinstance(each, Line)][-3:]
    for at in reversed(ends):
        line = rest[at]
        if isinstance(line, Line) and LETTERHEAD.fullmatch(_bare(line.text)) and at > 2:
            made.moved.append(_removed(rest, at))
            continue
        text = re.sub(f"[{BLANK}]", "", _bare(line.text)) if isinstance(line, Line) else ""
        day = next(days(text), None)
        if day and len(text) <= 14:
            made.moved.append(_removed(rest, at))
            above = rest[at - 1] if at else None
            if (
                isinstance(above, Line)
                and len(above.text) <= 40
                and not STOP.search(_bare(above.text))
                and UNIT.search(above.text)
            ):
                made.source = made.source or re.sub(f"[{BLANK}]", "", _bare(above.text))
                made.moved.append(_removed(rest, at - 1))
            break
    last = next((each for each in reversed(rest) if isinstance(each, Line)), None)
    if last and (match := TRAILING.search(last.text)):
        unit = UNIT.search(match[0])
        made.source = made.source or (unit[0] if unit else "")
        made.moved.append(match[0])
        rest[rest.index(last)] = Line(last.text[: match.start()].rstrip(), last.level, last.bullet)
    return rest


def _removed(pieces: list[Piece], at: int) -> str:
    piece = pieces.pop(at)
    return piece.text if isinstance(piece, Line) else ""


def _signed(text: str, made: Shape) -> None:
    """一行里可以写着几样。只要单位，不要姓名。"""
    _, *parts = LABEL.split(SPACED.sub(r"\1：", text))
    for kind, said in zip(parts[::2], parts[1::2], strict=True):
        unit = match[0] if (match := UNIT.search(said)) else ""
        both = re.fullmatch(BOTH, kind)
        if both or kind in PICTURES:
            made.credit = made.credit or unit
        if both or kind in WRITERS:
            made.source = made.source or unit


def _day(pieces: list[Piece], written: list[str]) -> datetime.date | None:
    """活动的日子：正文里头一个写全的；只写了几月几日的，年份照落款；都没有，用落款。"""
    body = "\n".join(each.text for each in pieces if isinstance(each, Line))
    full = next(days(body), None)
    signed = next(
        (found for text in reversed(written) if (found := next(days(re.sub(f"[{BLANK}]", "", text)), None))), None
    )
    match = MONTH_DAY.search(body)
    if match and signed and (full is None or body.find(date_words(full)) > match.start()):
        for year in (signed.year, signed.year - 1):
            try:
                found = datetime.date(year, int(match[1]), int(match[2]))
            except ValueError:
                return full or signed
            if found <= signed:
                return found
    return full or signed


# ---- 正文 ----


def _body(pieces: list[Piece], made: Shape) -> None:
    level, above = 1, ""
    skip = False
    for at, each in enumerate(pieces):
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        if skip:
            skip = False
            continue
        if isinstance(each, Figure):
            caption = _caption(below)
            skip = bool(caption)
            made.order.append(each.index)
            made.body.append(f"![]({each.index})")
            said = "".join(f"{part}。" for part in (caption, f"拍摄：{made.credit}" if made.credit else "") if part)
            if said:
                made.body.append(f"/// figure-caption\n{said}\n///")
            continue
        if isinstance(each, Grid):
            if (
                re.fullmatch(r"表?[\d一二三四五六七八九十]*\s*.{2,30}", above)
                and not STOP.search(above)
                and made.body[-1:] == [above]
            ):
                made.body.pop()
                made.body += [_table(each), f"/// table-caption\n{above}\n///"]
            else:
                made.body.append(_table(each))
            above = ""
            continue
        text = tidied(each.text).strip()
        if not text:
            continue
        depth = _depth(each, _bare(text))
        if depth:
            level = min(depth, level + 1)
            made.body.append(f"{'#' * level} {_bare(text)}")
        elif each.bullet:
            made.body.append(f"{'    ' * min(each.bullet - 1, 1)}- {text}")
        else:
            made.body.append(_plain(text))
        above = made.body[-1]
    made.body = [each for each in tidied("\n\n".join(_listed(made.body))).split("\n\n") if each.strip()]


def _listed(blocks: list[str]) -> Iterator[str]:
    """清单的各条挨着。"""
    run: list[str] = []
    for block in blocks:
        if re.match(r" {0,4}- ", block):
            run.append(block if run else block.strip())
            continue
        if run:
            yield "\n".join(run)
            run = []
        yield block
    if run:
        yield "\n".join(run)


def _depth(line: Line, text: str) -> int:
    """几级小标题；不是为 0。"""
    if len(text) > HEADING or STOP.search(text):
        return 0
    if FIRST.fullmatch(text):
        return 2
    if SECOND.fullmatch(text):
        return 3
    return min(max(line.level, 2), 3) if line.level else 0


def _plain(text: str) -> str:
    """开头像记号的，不是记号。"""
    return re.sub(r"^(#+|(?:>|\||:|={3}|!{3}|\?{3}|/{3})(?=\s|$))", r"`\1`", text)


def _table(grid: Grid) -> str:
    rows = [
        [tidied(cell).strip().replace("\n", " ").replace("|", r"\|") for cell in row] for row in grid.rows if any(row)
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _caption(piece: Piece | None) -> str:
    """图下面居中的短行，或者写着“图”的。"""
    if not isinstance(piece, Line) or len(piece.text) > CAPTIONED or piece.level:
        return ""
    text = _bare(piece.text)
    named = re.match(r"[（(]?图[\d一二三四五六七八九十：:为片]|[▲△↑]", text)
    if not named and (not piece.centred or text.endswith("。")):
        return ""
    return tidied(re.sub(r"^[▲△↑]\s*", "", text).rstrip("。")).strip()


def _shortened(text: str) -> str:
    """摘要，断在标点上。"""
    parts = re.split("(?<=[。！？；])", text)
    said = ""
    for part in parts:
        if said and len(said) + len(part) > LONG:
            break
        said += part
        if len(said) >= SHORT:
            break
    if len(said) <= LONG:
        return said
    cut = max(said.rfind(mark, 0, LONG) for mark in "，、；：")
    return f"{said[: cut if cut >= SHORT else LONG - 1]}。"

"""显示屏：在用的、用于显示屏的标语，和最近一年上宣传栏的活动。

横竖各一张 PNG（1920×1080、1080×1920），一份给条屏控制软件的文字，一个网页自己一条一条播放，拷到 U 盘就能用。
字的下限：标语 72 像素，活动的话 48 像素（55 英寸的屏上约 45、30 毫米高）；到了下限还放不下，就是没做成。
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from macros.model import Site
from macros.model.headers import BOARD
from macros.model.numerals import date_words
from macros.model.refusal import Refusal
from macros.model.slogans import Slogan
from macros.model.templates import environment

from . import bundle
from .grounds import PINE, Ground, ground
from .imprint import DEMO_LINE, code, hosted, stamp
from .job import Built, Job
from .lines import Lines, fitted
from .typesetter import Typesetter, dumps

USE = "显示屏"
PAGE = "biaoyu/index.html"
TEXTS, PLAYER = "显示屏文字.txt", "自动播放.html"
SHAPES = ((1920, 1080), (1080, 1920))
LARGEST, TITLE, WORDS = 260, 150, 76  # 标语、活动标题、活动的话至多多大（像素）
SMALLEST, SMALLEST_WORDS = 72, 48
AROUND, ABOVE, BELOW = 0.055, 190, 170  # 左右各空多少（比例）；活动的标题上面、落款上面留多少（像素）
CODE = 340  # 二维码占多宽

_environment = environment(Path(__file__).parent / "templates")

Data = dict[str, Any]


@dataclass(frozen=True)
class Show:
    """屏上的一幕。big 是大字，small 是下面的话（标语没有）；until：过了这天不再播放。"""

    id: str
    job: tuple[str, str, Any]  # 来自哪一页、标题、日期
    ground: Ground
    big: str
    demo: bool
    kicker: str = ""
    small: str = ""
    until: str = ""

    @property
    def seconds(self) -> int:
        """停多久：慢慢读完还有余。"""
        return max(8, (len(self.big) + len(self.small)) // 3)


def jobs(built: Built) -> list[Job]:
    setter = Typesetter("screen", built.folder)
    shows = list(_shows(built.site))
    found = [_picture(setter, built.site, show, *shape) for show in shows for shape in SHAPES]
    newest = max((show.job[2] for show in shows if show.job[2]), default=None)
    words = bundle.notepad(_texts(built.site, shows))
    found.append(Job(f"screens/{TEXTS}", PAGE, "条屏文字", newest, (words,), lambda: words))
    page = partial(_player, built.site, shows)
    inputs = (hosted(built.site).host, str(hosted(built.site).demo), repr(shows), hosted(built.site).url or "")
    found.append(Job(f"screens/{PLAYER}", PAGE, "自动播放的网页", newest, inputs, page))
    return found


def _shows(site: Site) -> Iterator[Show]:
    township = hosted(site)
    for slogan in site.slogans:
        if USE in slogan.uses and not slogan.end:
            yield _slogan(slogan, township.demo)
    posted = [(page, page.activity) for page in site.activities if page.activity and BOARD in page.activity.channels]
    latest = max((header.date.year for _, header in posted), default=0)
    for page, header in posted:
        if header.date.year == latest:
            yield Show(
                page.url.removesuffix(".html").replace("/", "-"),
                (page.url, page.title, header.updated or header.date),
                PINE,
                page.title,
                township.demo or header.demo,
                kicker=f"{page.kind.title if page.kind else ''} · {date_words(header.date)}",
                small=header.summary,
                until=header.expires.isoformat() if header.expires else "",
            )


def _slogan(slogan: Slogan, demo: bool) -> Show:
    return Show(slogan.id, (PAGE, slogan.text, slogan.reviewed), ground(slogan), slogan.text, demo or slogan.demo)


def _picture(setter: Typesetter, site: Site, show: Show, width: int, height: int) -> Job:
    source, title, date = show.job
    path = f"screens/{show.id}-{width}x{height}.png"
    try:
        data = _data(site, show, width, height)
    except Refusal as error:
        return Job(path, source, title, date, (), partial(_raise, error))
    return Job(path, source, title, date, (*setter.inputs, dumps(data)), lambda: setter.screen(data))


def _raise(error: Refusal) -> bytes:
    raise error


def _data(site: Site, show: Show, width: int, height: int) -> Data:
    township = hosted(site)
    big, small = laid(show, width, height)
    address = code(township, show.job[0]) if show.small else {"url": None, "qr": ""}
    return {
        "kind": "activity" if show.small else "slogan",
        "title": show.big,
        "description": f"显示屏，{width}×{height}像素",
        "host": township.host,
        "date": stamp(show.job[2]),
        "demo": show.demo,
        "demo-line": DEMO_LINE,
        "width": width,
        "height": height,
        "ground": show.ground.colour,
        "joint": show.ground.joint,
        "kicker": show.kicker,
        "big": {"lines": big.lines, "size": big.size},
        "small": {"lines": small.lines, "size": small.size},
        "second-top": ABOVE + len(big.lines) * big.size * 1.3 + 50,
        "qr": address["qr"],
        "link": "".join(address["url"] or []),
    }


def laid(show: Show, width: int, height: int) -> tuple[Lines, Lines]:
    """大字和下面的话，各分几行、多大。放不下就说是哪一条、怎么办。"""
    room = width * (1 - 2 * AROUND)
    if not show.small:
        big = fitted(show.big, room, height - 320, LARGEST)
        if big.size < SMALLEST:
            raise Refusal(
                f"标语「{show.big}」太长，缩到 {SMALLEST} 像素还放不下", f"从 用于 里去掉 {USE}，或换一条短的"
            )
        return big, Lines([], 0)
    big = fitted(show.big, room, (height - ABOVE - BELOW) * 0.36, TITLE)
    top = ABOVE + len(big.lines) * big.size * 1.3 + 50
    wide, tall = (room - CODE, height - top - BELOW) if width > height else (room, height - top - BELOW - CODE - 60)
    small = fitted(show.small, wide, tall, WORDS, anywhere=True)
    if big.size < SMALLEST or small.size < SMALLEST_WORDS:
        raise Refusal(
            f"活动「{show.big}」的标题和摘要太长，缩到 {SMALLEST}、{SMALLEST_WORDS} 像素还放不下", "把标题或摘要写短些"
        )
    return big, small


def _texts(site: Site, shows: list[Show]) -> str:
    """一行一条，照抄不改。演示的网站头一行就说是演示。"""
    first = [DEMO_LINE] if hosted(site).demo else []
    return "".join(f"{line}\n" for line in [*first, *(show.small or show.big for show in shows)])


def _player(site: Site, shows: list[Show]) -> bytes:
    """放不下的不播：它已经在没做成里说了。"""
    scenes = []
    for show in shows:
        layouts = []
        with suppress(Refusal):
            for width, height in SHAPES:
                big, small = laid(show, width, height)
                layouts.append({"wide": width > height, "width": width, "big": big, "small": small})
        if len(layouts) < len(SHAPES):
            continue
        svg = code(hosted(site), show.job[0])["qr"] if show.small else ""
        scenes.append({"show": show, "layouts": layouts, "qr": svg})
    html = _environment.get_template("bofang.html.j2").render(
        town=hosted(site), scenes=scenes, demo_line=DEMO_LINE, grounds=sorted({s.ground.colour for s in shows})
    )
    return html.encode()

"""宣传栏：海报（A3、A4 的 PDF，屏幕用的 PNG）和展签。

海报来自三处：渠道 里有 宣传栏 的活动、每份办事指南、每个村史馆。
一页放不下时，先缩字号。为了正文不小，条文的原文和插图先让位；缩到下限还放不下，
步骤只留做什么，条目从末尾省去，省得少的写法先用，省了几条写在那一节下面。还放不下就是失败。
"""

from __future__ import annotations

import datetime
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import macros.views
from macros.model import Site
from macros.model.halls import CLOSED, Hall
from macros.model.headers import BOARD, ActivityHeader
from macros.model.imagefile import registered, size
from macros.model.numerals import date_words
from macros.model.pages import Page
from macros.model.refusal import Refusal
from macros.model.services import Service
from macros.model.textreader import read
from macros.model.texttree import Block, pictures, words
from macros.model.values import UNKNOWN, Citation
from macros.views.halls import FOLDER, weekly

from . import labels
from .contacts import Contacts, of_activity, of_hall, of_places
from .imprint import DEMO_LINE, cited, code, hosted, stamp
from .job import Built, Job
from .sections import Section, sections
from .typesetter import Typesetter, dumps

SCREEN = 1080  # 屏幕用的图片有多宽（像素）
# 正文字号（磅）从大到小试；末一个是下限
SIZES: dict[str, list[float]] = {
    "a3": [42, 38, 34, 32, 30, 28, 26, 25, 24, 23, 22, 21, 20, 19, 18],
    "a4": [30, 27, 24, 22.5, 21, 20, 19, 18, 17, 16, 15.5, 15, 14.5, 14, 13.5, 13, 12.5, 12],
}
COMFORTABLE = {"a3": 22.0, "a4": 16.0}  # 为了不小于这个字号，条文原文和插图可以让位
FORMATS = (("a3", "pdf"), ("a4", "pdf"), ("a3", "png"))
BASIS = "依据"
PICTURED = ("pictures", "photos")
PHOTOS = 3  # 页眉登记的图排头几张
# 大图高是宽的几成；字小到多少磅还放不下，图才缩一档
HEIGHTS = {
    "a3": {0.66: 24.0, 0.5: 20.0, 0.42: 18.0, 0.34: 18.0, 0.27: 18.0},
    "a4": {0.66: 17.0, 0.5: 14.0, 0.42: 12.0, 0.34: 12.0, 0.27: 12.0},
}
MOST = 300  # 长短的搭配至多试几种
SCENE = Path(macros.views.__file__).parent / "templates" / "_scene.svg"
SCENE_STYLE = """<style>.sun{display:none}.far{fill:#1c4a38}.hill{fill:#24573f}.roof{fill:#0d241a}.wall{fill:#e9efe8}
.wheat path{fill:none;stroke:#e8c56b;stroke-width:3}.wheat .ear{fill:#e8c56b;stroke:none}.brick{fill:#a5361b}
.mortar{stroke:#d9a892;stroke-width:2;fill:none}.dash{stroke-width:16;stroke-dasharray:2 46}</style>"""

Data = dict[str, Any]


@dataclass(frozen=True)
class Poster:
    """一张海报上写什么：各张不一样的都在这里。missing：还待公布、没有印的；tall：页眉的画是高是矮。"""

    kicker: str
    title: str
    lead: str
    body: list[Section]
    signed: str
    contacts: Contacts
    missing: Sequence[str] = ()
    demo: bool = False
    tall: bool = True


Sheet = tuple[Page, str, datetime.date | None, Callable[[], Poster]]  # 哪一页、标题、日期、怎么写


def jobs(built: Built) -> list[Job]:
    setter = Typesetter("poster", built.folder)
    found = [job for sheet in _sheets(built) for job in _formats(setter, built, sheet)]
    return found + labels.jobs(built)


def _sheets(built: Built) -> Iterator[Sheet]:
    site = built.site
    for page in site.activities:
        if page.activity and BOARD in page.activity.channels:
            date = page.activity.updated or page.activity.date
            yield page, page.title, date, partial(_activity, built, page, page.activity)
    for _, page, record in site.carried(BOARD):
        write = partial(_hall, built, record) if isinstance(record, Hall) else partial(_service, site, page, record)
        yield page, page.title, record.reviewed, write


def _formats(setter: Typesetter, built: Built, sheet: Sheet) -> Iterator[Job]:
    page, title, date, write = sheet
    slug = page.url.removesuffix(".html").replace("/", "-")
    try:
        _built(built, page)
        poster = write()
        pictures = _pictures(built, poster.body)
        shared = _shared(built.site, page, date, poster)
    except Refusal as error:
        for paper, kind in FORMATS:
            path = f"posters/{slug}-{paper}.{kind}"
            yield Job(path, page.url, title, date, (), partial(_raise, error))
        return
    waiting = (*poster.missing, *poster.contacts.missing)
    for paper, kind in FORMATS:
        attempts = _attempts(poster.body, shared["more"], paper)
        content = {**shared, "paper": paper, **attempts}
        inputs: tuple[bytes | str, ...] = (*setter.inputs, dumps(content), *pictures)
        path = f"posters/{slug}-{paper}.{kind}"
        yield Job(path, page.url, title, date, inputs, partial(_make, setter, content, kind), waiting)


def _make(setter: Typesetter, data: Data, kind: str) -> bytes:
    return setter.pdf(data) if kind == "pdf" else setter.png(data, SCREEN)


def _raise(error: Refusal) -> bytes:
    raise error


def _built(built: Built, page: Page) -> None:
    """海报指着网页：网页真的生成了才做。"""
    if not (built.folder / page.url).is_file():
        raise Refusal(f"生成的网站里没有 {page.url}", "先运行 make site，再做一次")


def _pictures(built: Built, body: list[Section]) -> list[bytes]:
    paths = [picture["path"] for section in body if section.kind in PICTURED for picture in section.items]
    files = [built.folder / path.lstrip("/") for path in paths]
    for file in files:
        if not file.is_file():
            raise Refusal(f"生成的网站里没有图片 {file.relative_to(built.folder)}", "先运行 make site，再做一次")
    return [file.read_bytes() for file in files]


def _shared(site: Site, page: Page, date: datetime.date | None, poster: Poster) -> Data:
    """每种写法都一样的，加上主办单位、演示、二维码。网址还没有的，不印二维码。"""
    township = hosted(site)
    marked = township.demo or poster.demo
    return {
        "kicker": poster.kicker,
        "title": poster.title,
        "lead": poster.lead,
        "contacts": poster.contacts.people,
        "note": poster.contacts.note,
        "host": township.host,
        "description": page.header.summary if page.header else page.title,
        "date": stamp(date),
        "signature": "　".join(filter(None, (poster.signed, DEMO_LINE if marked else ""))),
        "demo": marked,
        "more": "扫码看全文" if township.url else f"全文见{township.site_name}",
        "scene": _scene(poster.tall),
        **code(township, page.url),
    }


# ---- 三种海报 ----


def _service(site: Site, page: Page, service: Service) -> Poster:
    asked, mark, _ = page.title.partition("：")
    steps = [{"action": s.action, "detail": s.detail} for s in service.steps]
    body = [
        Section("list", "要符合什么条件", service.conditions, column="left"),
        Section("check", "带什么", service.materials, column="left"),
        Section("steps", "怎么办", steps, column="right"),
    ]
    facts = {"多久办完": service.duration, "收费": service.fee}
    if known := [[name, value] for name, value in facts.items() if value != UNKNOWN]:
        body.append(Section("facts", "", known))
    if service.caution:
        body.append(Section("warning", "", [service.caution]))
    body.append(Section("notes", "", _basis(site, service.basis)))
    places = [site.places[name] for name in service.places]
    return Poster(
        kicker=f"办事指南 · {asked}" if mark else "办事指南",
        title=service.name,
        lead=service.lead,
        body=body,
        signed=f"核对日期 {date_words(service.reviewed)}" if service.reviewed else "",
        contacts=of_places(places),
        missing=[name for name, value in facts.items() if value == UNKNOWN],
        demo=any(place.demo for place in places),
        tall=False,
    )


def _hall(built: Built, hall: Hall) -> Poster:
    named = {
        "收费": hall.admission,
        "预约": hall.booking,
        "藏品": hall.items,
        "无障碍": hall.access,
        "讲解": hall.guide,
    }
    rows = [[name, value] for name, value in named.items() if value != UNKNOWN]
    if hall.exhibits:
        rows.insert(2, ["展品", f"{len(hall.exhibits)}件写了来历，在本栏目可以看"])
    coming = [c for c in hall.closures if c.end >= hall.reviewed]
    if coming:
        rows.append(["闭馆日期", "；".join(_closure(c.start, c.end, c.reason) for c in coming)])
    week = weekly(hall)
    opening = [_day(part) for part in week.split("；")] if week else []
    if hall.status == "在建":
        opening = [["开放时间", "正在建设，还没有开放"]]
    elif not week:
        named["开放时间"] = UNKNOWN
    pictures = [
        {"path": f"/{FOLDER}/{e.picture.file}", "alt": e.picture.alt, "caption": e.name}
        for e in hall.exhibits
        if e.picture and (built.folder / FOLDER / e.picture.file).is_file()
    ]
    scenes = pictures[:5] if len(pictures) >= 3 else []
    body = [
        Section("hours", "", opening),
        Section("pictures", "", scenes, height=3.6),
        Section("rows", "", rows),
    ]
    return Poster(
        kicker="参观村史馆" if hall.status == "开放" else "村史馆",
        title=hall.name,
        lead=hall.about,
        body=[section for section in body if section.items],
        signed=f"核对日期 {date_words(hall.reviewed)}",
        contacts=of_hall(hall),
        missing=[name for name, value in named.items() if value == UNKNOWN],
        demo=hall.demo,
    )


def _activity(built: Built, page: Page, header: ActivityHeader) -> Poster:
    blocks = read(built.html(page.url), page.url)
    photos = list(itertools.islice(_photos(built, page, blocks), PHOTOS))
    body = list(_without(sections(blocks), photos))
    if photos:
        body.insert(0, Section("photos", "", photos))
    said = [f"来源 {header.source}"]
    if header.updated:
        said.append(f"更新 {date_words(header.updated)}")
    if header.expires:
        said.append(f"有效期至 {date_words(header.expires)}")
    return Poster(
        kicker=f"{page.kind.title if page.kind else ''} · {date_words(header.date)}",
        title=page.title,
        lead="",
        body=body,
        signed="　".join(said),
        contacts=of_activity(built.site, page, header),
        demo=header.demo,
    )


# ---- 零件 ----


def _photos(built: Built, page: Page, blocks: tuple[Block, ...]) -> Iterator[Data]:
    """网页上的图，照先后：文件、说明、图下的字、宽高比。"""
    credits = {each.url: each.caption for each in registered(built.site.root / "docs", page)}
    for picture in pictures(blocks):
        if found := size(built.folder / picture.path):
            caption = words(picture.caption) or credits.get(picture.path, "")
            alt = picture.alt or "插图"
            yield {"path": f"/{picture.path}", "alt": alt, "caption": caption, "ratio": found[0] / found[1]}


def _without(body: list[Section], photos: list[Data]) -> Iterator[Section]:
    """正文里去掉另排成大图的几张，连同紧跟在图下面的字；别处一样的话照旧。"""
    paths, captions = ({photo[name] for photo in photos} for name in ("path", "caption"))
    moved = False
    for section in body:
        items = section.items
        if section.kind == "pictures":
            items = [each for each in items if each["path"] not in paths]
        elif section.kind == "paras" and moved and "".join(run["text"] for run in items[0]) in captions:
            items = items[1:]
        moved = section.kind == "pictures" and items != section.items
        if items or not section.items:
            yield replace(section, items=items)


def _day(part: str) -> list[str]:
    """星期二至星期日 9:00—16:30 → [星期二至星期日, 9:00—16:30]。"""
    if part.endswith(CLOSED):
        return [part.removesuffix(CLOSED), CLOSED]
    return part.split(" ", 1)


def _closure(start: datetime.date, end: datetime.date, reason: str) -> str:
    until = f"至{date_words(end)}" if end != start else ""
    return f"{date_words(start)}{until}（{reason}）"


def _basis(site: Site, basis: list[Citation]) -> list[str]:
    """同一部法的各条写在一起。"""
    return [cited(site, law, group) for law, group in itertools.groupby(basis, key=lambda each: each.law)]


# ---- 放不下时的几种写法 ----


def _attempts(body: list[Section], more: str, paper: str) -> Data:
    """几种写法，和试的先后。

    pieces：用到的各节；versions：一种写法是哪几节；attempts：每次用第几种写法、几磅的字。
    条文的原文和插图先让位，换正文的大字；别的，缩到下限以后才省，省得少的先试。
    """
    sizes = SIZES[paper]
    full = list(_lighter(body, more, HEIGHTS[paper], COMFORTABLE[paper]))
    last = full[-1][0]
    short = [version for version in _shorter(last, more) if version != last]
    order = [(version, [size for size in sizes if size >= least]) for version, least in full[:-1]]
    order += [(last, sizes), *((version, sizes[-1:]) for version in short)]
    pieces: list[Data] = []
    versions: list[list[int]] = []
    attempts: list[tuple[int, float]] = []
    for version, group in order:
        layouts = [[_number(pieces, section.data()) for section in layout] for layout in _layouts(version)]
        numbers = range(len(versions), len(versions) + len(layouts))
        versions += layouts
        attempts += [(number, size) for size in group for number in numbers]
    return {"pieces": pieces, "versions": versions, "attempts": attempts}


def _number(pieces: list[Data], piece: Data) -> int:
    if piece not in pieces:
        pieces.append(piece)
    return pieces.index(piece)


def _lighter(
    body: list[Section], more: str, heights: dict[float, float], comfortable: float
) -> Iterator[tuple[list[Section], float]]:
    """不伤正文的几种省法，各配最小的字号：条文只留条号，大图一档一档缩，末了没有插图。"""
    laws = [s for s in body if s.kind == "quotes" and s.title == BASIS]
    cited = [s.cited(more) if s in laws else s for s in body]
    if any(s.kind == "photos" for s in body):
        largest = next(iter(heights))
        yield _sized(body, largest), heights[largest]
        for height, least in heights.items():
            yield _sized(cited, height), least
    else:
        yield body, comfortable
        yield cited, comfortable
    body = cited
    if any(s.kind in PICTURED for s in body):
        yield [s for s in body if s.kind not in PICTURED], comfortable


def _sized(body: list[Section], height: float) -> list[Section]:
    return [replace(s, height=height) if s.kind == "photos" else s for s in body]


def _shorter(body: list[Section], more: str) -> list[list[Section]]:
    """各节长短的各种搭配：没有一节省光的在前，省去的字少的在前。"""
    options = [section.shorter(more) for section in body]
    while math.prod(map(len, options)) > MOST and max(map(len, options)) > 2:
        longest = max(options, key=len)
        options[options.index(longest)] = [*longest[:-1:2], longest[-1]]
    while math.prod(map(len, options)) > MOST:  # 节太多：后面的几节一起省，不一节一节搭配
        last = max(i for i, option in enumerate(options) if len(option) > 1)
        options[last] = options[last][-1:]
    found = [list(version) for version in itertools.product(*options)]
    return sorted(found, key=lambda version: (sum(not s.items for s in version), -sum(s.length for s in version)))


def _layouts(version: list[Section]) -> list[list[Section]]:
    """办事指南的几种分栏：带什么 在左栏或右栏，怎么办 在右栏或通栏。哪种放得下用哪种。"""
    if not any(s.column for s in version):
        return [version]
    moved = [replace(s, column="right") if s.kind == "check" else s for s in version]
    return [version, moved, [replace(s, column="") if s.kind == "steps" else s for s in moved]]


def _scene(tall: bool) -> Data:
    """页眉的画：和首页同一张，颜色写死。矮的页眉只取几间房子和麦子。"""
    svg = re.sub(r"(<svg[^>]*>)", rf"\1{SCENE_STYLE}", SCENE.read_text(encoding="utf-8"), count=1)
    if not tall:
        svg = re.sub(r'viewBox="[^"]*"', 'viewBox="690 150 510 114"', svg, count=1)
    return {"svg": svg, "tall": tall}

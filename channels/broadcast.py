"""广播：照着念的广播稿（三分钟以内），和发到村民群里的一条消息。

来自两处：渠道 里有 广播 的活动，每份办事指南的那一句答案。
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from macros.model.headers import LOUDSPEAKER, ActivityHeader
from macros.model.numerals import date_words
from macros.model.pages import Page
from macros.model.places import Place
from macros.model.refusal import Refusal
from macros.model.services import Service
from macros.model.speech import spoken, unsayable
from macros.model.textreader import read
from macros.model.texttree import (
    Block,
    Box,
    Chart,
    Code,
    Heading,
    Items,
    Law,
    Notes,
    Paragraph,
    Picture,
    Table,
    Tabs,
    Terms,
    words,
)
from macros.model.township import Township
from macros.model.values import UNKNOWN

from .imprint import DEMO_LINE, hosted
from .job import Built, Job

SCRIPT = 600  # 字，三分钟念得完
MESSAGE = 70  # 字，网址另算
NOT_READ = ("依据", "接着看")  # 这几节是给眼睛看的
ELSEWHERE = "其余的，请看本栏目的网页。"


@dataclass(frozen=True)
class Script:
    """一份广播稿的材料，都还是书面写法。key：要点，开头说，末尾再说一遍；body：能省的在后面。"""

    page: Page
    date: datetime.date | None
    opening: str
    key: str
    body: list[str]
    signed: str
    demo: bool
    brief: str  # 群消息里说的


def jobs(built: Built) -> list[Job]:
    township = hosted(built.site)
    found: list[Job] = []
    for page, write in _pages(built):
        slug = page.url.removesuffix(".html").replace("/", "-")
        files: dict[str, Callable[[Script], str]] = {
            f"broadcast/{slug}.txt": reading,
            f"broadcast/{slug}.群消息.txt": partial(message, township),
        }
        try:
            script = write()
        except Exception as error:  # 一页做不成，别的照做；原因由 runner 说
            found += [_failed(path, page, error) for path in files]
            continue
        for path, compose in files.items():
            inputs = (repr(script), township.model_dump_json())
            make = _make(compose, script)
            found.append(Job(path, page.url, page.title, script.date, inputs, make))
    return found


def _failed(path: str, page: Page, error: Exception) -> Job:
    def make() -> bytes:
        raise error

    return Job(path, page.url, page.title, None, (), make)


def _make(compose: Callable[[Script], str], script: Script) -> Callable[[], bytes]:
    """记事本打得开：带 BOM，回车换行。"""
    return lambda: compose(script).replace("\n", "\r\n").encode("utf-8-sig")


def _pages(built: Built) -> Iterator[tuple[Page, Callable[[], Script]]]:
    site = built.site
    for page in site.activities:
        if page.activity and LOUDSPEAKER in page.activity.channels:
            yield page, partial(_activity, built, page, page.activity)
    for _, page, service in site.carried(LOUDSPEAKER):
        yield page, partial(_service, built, page, service)


# ---- 念什么 ----


def _activity(built: Built, page: Page, header: ActivityHeader) -> Script:
    if not (built.folder / page.url).is_file():
        raise Refusal(f"生成的网站里没有 {page.url}", "先运行 make site，再做一次")
    date = header.updated or header.date
    said = [f"以上来自{header.source}。"]
    if header.expires:
        said.insert(0, f"到{date_words(header.expires)}为止有效。")
    return Script(
        page=page,
        date=date,
        opening=f"各位居民，现在广播：{page.title}。",
        key=_sentence(header.summary),
        body=list(_said(read(built.html(page.url), page.url))),
        signed="".join(said) + f"{hosted(built.site).host}，{date_words(date)}。",
        demo=header.demo or hosted(built.site).demo,
        brief=header.summary,
    )


def _service(built: Built, page: Page, service: Service) -> Script:
    township, site = hosted(built.site), built.site
    places = [site.places[name] for name in service.places]
    body = [f"谁来办：{_sentence(service.who)}", *(_where(place) for place in places)]
    if service.caution:
        body.append(f"提醒：{_sentence(service.caution)}")
    return Script(
        page=page,
        date=service.reviewed,
        opening=f"各位居民，现在广播办事指南：{service.name}。",
        key=_sentence(service.lead),
        body=body,
        signed=f"以上来自{township.host}" + (f"，{date_words(service.reviewed)}核对。" if service.reviewed else "。"),
        demo=township.demo or any(place.demo for place in places),
        brief=service.lead,
    )


def _where(place: Place) -> str:
    """在哪里、什么时间、哪个电话；还没有的说明怎么办。"""
    said = [place.name]
    said += [value for value in (place.address, place.hours) if value != UNKNOWN]
    if place.phone != UNKNOWN:
        said.append(f"电话{place.phone}")
    elif len(said) == 1:
        said.append("地址和电话还没有公布，先问村里")
    text = "，".join(said) + "。"
    return text.replace("（演示）", "") if place.demo else text  # 开头已经说了是演示


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    """正文的一段一段。表一行一行念；条文、图、代码，和 NOT_READ 的几节，是给眼睛看的，不念。"""
    skipped = 0
    for block in blocks:
        if isinstance(block, Heading):
            if words(block.runs) in NOT_READ:
                skipped = block.level
            elif block.level <= skipped:
                skipped = 0
        if not skipped:
            yield from _spoken(block)


def _spoken(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(_, "links"):
            return
        case Paragraph(runs) | Heading(_, runs):
            yield _sentence(words(runs))
        case Items(items, start):
            parts = ["；".join(each.rstrip("。；：") for each in _said(item.blocks)) for item in items]
            if start is not None:
                parts = [f"{number}，{part}" for number, part in enumerate(parts, start)]
            yield _sentence("；".join(parts))
        case Table(caption, rows):
            yield _sentence(words(caption) or "下面是一张表")
            head = [words(cell) for cell in rows[0]] if rows else []
            if len(rows) == 1:
                yield _sentence("；".join(filter(None, head)))
            for row in rows[1:]:
                cells = [f"{name}，{words(cell)}" for name, cell in zip(head, row, strict=False) if words(cell)]
                yield _sentence("；".join(cells))
        case Box(title, inside):
            yield from map(_sentence, filter(None, [words(title)]))
            yield from _said(inside)
        case Tabs(tabs):
            for label, inside in tabs:
                yield _sentence(words(label))
                yield from _said(inside)
        case Terms(groups):
            for names, values in groups:
                meaning = "".join(each for value in values for each in _said(value))
                yield _sentence(f"{'、'.join(map(words, names))}，{meaning}")
        case Notes(notes):
            for number, note in enumerate(notes, 1):
                yield f"注{number}，{''.join(_said(note))}"
        case Picture() | Chart() | Law() | Code():
            return
        case _:
            assert_never(block)


def _sentence(text: str) -> str:
    """以句号收尾。"""
    text = " ".join(text.split())
    return text if text.endswith(("。", "？")) else text.rstrip("，；：、") + "。"


# ---- 怎么写 ----


def reading(script: Script) -> str:
    """广播稿：要点、详情、要点再说一遍、出处。太长从详情的末尾一句一句省。"""
    head = [*([f"{DEMO_LINE}。"] if script.demo else []), script.opening + script.key]
    tail = [f"再说一遍：{script.key}", script.signed]
    sentences = [re.findall(r"[^。？]*[。？]", paragraph) for paragraph in script.body]
    cut = False
    while True:
        body = ["".join(each) for each in sentences if each]
        lines = [*head, *body, *([ELSEWHERE] if cut else []), *tail]
        if sign := unsayable("".join(lines)):
            raise Refusal(f"{script.page.file} 里的「{sign}」念不出来", "换成字")
        text = "\n".join(map(spoken, lines)) + "\n"
        if len(text) <= SCRIPT:
            return text
        if not any(sentences):
            raise Refusal(f"{script.page.file} 的广播稿有{len(text)}字，超过{SCRIPT}字", "把标题和摘要写短些")
        next(each for each in reversed(sentences) if each).pop()
        cut = True


def message(township: Township, script: Script) -> str:
    """群消息：不超过 70 字，下一行是网址。放不下先省标题，再省后面的句子，最后只留标题。"""
    mark = "【演示】" if script.demo else ""
    signed = "，".join([township.host, *([date_words(script.date)] if script.date else [])])
    sentences = re.findall(r"[^。？]+[。？]?", script.brief)
    starts = ["".join(sentences[:n]) for n in range(len(sentences), 0, -1)]
    for said in (f"{script.page.title}。{_sentence(script.brief)}", *map(_sentence, starts), script.page.title):
        text = f"{mark}{said}（{signed}）"
        if len(text) <= MESSAGE:
            where = f"{township.url}{script.page.url}" if township.url else f"详细的看{township.site_name}"
            return f"{text}\n{where}\n"
    raise Refusal(f"{script.page.file} 的群消息超过{MESSAGE}字", "把标题写短些")

"""哪些页面发公众号，每一篇由哪几部分组成：题头、正文、落款、二维码、文中链接。"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from macros.model import Site
from macros.model.addresses import resolve
from macros.model.headers import WECHAT
from macros.model.imagefile import registered
from macros.model.numerals import date_words
from macros.model.pages import Page
from macros.model.refusal import Refusal
from macros.model.services import Service
from macros.model.textreader import read
from macros.model.years import Year

from ..imprint import DEMO_LINE, hosted
from ..job import Built
from .fragment import Image, Note, Writer
from .pictures import Pictures, code
from .styles import inlined

TITLE = 64  # 公众号的上限，字
DIGEST = 120
MARK = "【演示】"
COVER = "fengmian.jpg"  # 封面，和文中的图放在一起


@dataclass(frozen=True)
class Source:
    """一页要发的：归哪一类、日期（没有核对过的为 None）、来源、落款里另外写的。"""

    page: Page
    kind: str
    date: datetime.date | None
    source: str
    signed: list[tuple[str, str]]
    demo: bool

    @property
    def slug(self) -> str:
        return self.page.url.removesuffix(".html").replace("/", "-")


@dataclass(frozen=True)
class Article:
    """做好的一篇。html 里的图片在 slug 文件夹里。"""

    source: Source
    title: str
    digest: str
    html: str
    images: list[Image]
    url: str | None


def sources(site: Site) -> Iterator[Source]:
    """渠道里有微信的活动、办事指南、村史馆、最近一年的数据和各年变化。撤下的不发。"""
    demo = hosted(site).demo
    host = hosted(site).host
    for page in site.activities:
        if page.kind and (header := page.activity) and WECHAT in header.channels:
            signed = [(name, who) for name, who in header.sign_off.posts.items() if name != "保密审查"]
            if header.updated:
                signed.insert(0, ("更新", date_words(header.updated)))
            if header.expires:
                signed.insert(0, ("有效期至", date_words(header.expires)))
            marked = demo or header.demo
            yield Source(page, page.kind.title, header.date, header.source, signed, marked)
    for kind, page, record in site.carried(WECHAT):
        if isinstance(record, Service):
            marked = demo or any(site.places[place].demo for place in record.places)
            yield Source(page, kind.title, record.reviewed, host, [], marked)
        elif not isinstance(record, Year):
            yield Source(page, kind.title, record.reviewed, record.source, [], demo or record.demo)
        elif record.year == max(site.years):
            index = site.page(posixpath.join(posixpath.dirname(page.path), "index.md"))
            for each in (page, *([index] if index and not index.withdrawn else [])):
                yield Source(each, kind.title, record.reviewed, record.source, [], demo or record.demo)


def compose(built: Built, source: Source) -> Article:
    page, site = source.page, built.site
    township = hosted(site)
    if not (built.folder / page.url).is_file():
        raise Refusal(f"生成的网站里没有 {page.url}", "先运行 make site，再做一次")
    blocks = read(built.html(page.url), page.url)
    if not blocks:
        raise Refusal(f"{page.url} 里没有正文", "先运行 make site，再做一次")
    credits = {each.url: each.caption for each in registered(site.root / "docs", page)}
    pictures = Pictures(built, page.url, source.demo, credits)
    body = Writer(lambda href, words: _note(site, page.url, href, words), pictures.of, source.slug).body(blocks)
    url = f"{township.url}{page.url}" if township.url else None
    images = list(body.images)
    ending = _ending(source, township.host)
    if url:
        image = code(url, len(images) + 1)
        images.append(image)
        ending += _code(source, image, f"{township.url}<br>{page.url}")
    else:
        ending += _section("code", f"<p>本栏目还没有网址，这里没有二维码。详细的看{escape(township.site_name)}。</p>")
    parts = [_heading(source), body.html, ending, _notes(body.notes)]
    return Article(
        source=source,
        title=_fit(f"{MARK if source.demo else ''}{page.title}", TITLE, f"{page.file} 的标题", "把一级标题写短些"),
        digest=_fit(page.header.summary if page.header else "", DIGEST, f"{page.file} 的摘要", "把摘要写短些"),
        html=inlined(_section("article", "".join(parts))) + "\n",
        images=images,
        url=url,
    )


def _fit(text: str, most: int, what: str, fix: str) -> str:
    if len(text) > most:
        raise Refusal(f"{what}有{len(text)}字，公众号最多{most}字", fix)
    return text


# ---- 题头、落款、二维码、链接 ----


def _heading(source: Source) -> str:
    warning = f'<p class="warning">{DEMO_LINE}。</p>' if source.demo else ""
    return _section("course", f'<p class="kicker">{"　".join([source.kind, *_day(source)])}</p>{warning}')


def _day(source: Source) -> list[str]:
    return [date_words(source.date)] if source.date else []


def _ending(source: Source, host: str) -> str:
    word = "日期" if source.page.kind else "核对"
    lines = [("主办单位", host), *((word, day) for day in _day(source)), *source.signed]
    if source.source != host:
        lines.insert(0, ("来源", source.source))
    said = "".join(f"<p>{name}：{escape(value, quote=False)}</p>" for name, value in lines)
    return _section("ending", said + (f'<p class="warning">{DEMO_LINE}。</p>' if source.demo else ""))


def _code(source: Source, image: Image, printed: str) -> str:
    shown = f'<img class="qr" src="{source.slug}/{image.name}" alt="{escape(image.alt)}">'
    return _section("code", f"<p>{shown}</p><p>长按识别二维码，看网页</p><p>{printed}</p>")


def _notes(notes: list[Note]) -> str:
    if not notes:
        return ""
    lines = "".join(f"<p>〔{i}〕{_said(note)}</p>" for i, note in enumerate(notes, 1))
    return _section("notes", f'<p class="title">文中的链接</p>{lines}')


def _said(note: Note) -> str:
    return "<br>".join(escape(part, quote=False) for part in (note.words, note.url) if part)


def _note(site: Site, here: str, href: str, words: str) -> Note | None:
    """站内的写全网址，没有网址就写在哪一页；指着本页的、电话和邮箱不用编号。"""
    if href.startswith(("https://", "http://")):
        return Note("" if words == href else words, href)
    address = resolve(here, href)
    if address is None or address.path == here:
        return None
    title = next((page.title for page in site.pages if page.url == address.path), words)
    base = hosted(site).url
    if base:
        anchor = f"#{address.anchor}" if address.anchor else ""
        return Note(words if anchor else title, f"{base}{address.path}{anchor}")
    named = f"在本栏目的“{title}”"
    return Note(f"{words}，{named}" if words != title else named, "")


def _section(kind: str, inside: str) -> str:
    return f'<section class="{kind}">{inside}</section>'

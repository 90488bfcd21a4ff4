"""活动的订阅：RSS 2.0 和 Atom。全文取自生成好的网页，日期取自页眉；没有网址就不写。"""

from __future__ import annotations

import datetime
import email.utils
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from ..model import Site
from ..model.headers import ActivityHeader
from ..model.kinds import PAGE_KINDS
from ..model.numerals import date_words
from ..model.pages import Page
from ..model.textreader import article
from ..model.township import Township
from ..views.activities import feeds
from ..views.shell import updated

NEWEST = 50
NEVER = datetime.date(1970, 1, 1)  # Atom 一定要写更新的日子；还没有活动、没有一页核对过的写这一天
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
DEMO = "演示内容，不代表任何真实乡镇"
LIST = PAGE_KINDS[0].index
RSS_NAMES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}

# 订阅软件里没有本站的样式和脚本：画的图不要，旁边有同样的表；标签只留这些属性
ATTRIBUTES = {"href", "src", "alt", "title", "datetime", "width", "height", "colspan", "rowspan", "scope", "lang"}


@dataclass(frozen=True)
class Entry:
    """一次活动。id 是它的第一个网址，页面搬了家也不变。"""

    id: str
    link: str
    title: str
    source: str
    summary: str
    published: datetime.datetime
    updated: datetime.datetime
    html: str
    demo: bool


@dataclass(frozen=True)
class Feed:
    """一份订阅：RSS 和 Atom 写的是同一份。"""

    base: str
    title: str
    about: str
    host: str
    updated: datetime.datetime
    entries: list[Entry]


def write(site: Site, folder: Path) -> None:
    if site.township and feeds(site):
        feed = build(site, site.township, folder)
        (folder / "rss.xml").write_bytes(rss(feed))
        (folder / "atom.xml").write_bytes(atom(feed))


def build(site: Site, town: Township, folder: Path) -> Feed:
    base = str(town.url)
    first = {new: old for old, new in reversed(site.redirects.items())}  # 搬过几次的，取最早登记的
    entries = [
        _entry(page, page.activity, base, first.get(page.url, page.url), folder, town.demo)
        for page in site.activities[:NEWEST]
        if page.activity
    ]
    none = _midnight(updated(site) or NEVER)
    return Feed(
        base=base,
        title=f"{town.site_name}·双拥活动" + ("（演示）" if town.demo else ""),
        about=f"主办单位：{town.host}" + (f"。{DEMO}" if town.demo else ""),
        host=town.host,
        updated=max((entry.updated for entry in entries), default=none),
        entries=entries,
    )


def _entry(page: Page, activity: ActivityHeader, base: str, first: str, folder: Path, all_demo: bool) -> Entry:
    demo = activity.demo or all_demo
    ending = f"\n<p>有效期至{date_words(activity.expires)}</p>" if activity.expires else ""
    return Entry(
        id=base + first,
        link=base + page.url,
        title=page.title + ("（演示）" if demo else ""),
        source=activity.source,
        summary=activity.summary,
        published=_midnight(activity.date),
        updated=_midnight(activity.updated or activity.date),
        html=full_text((folder / page.url).read_text(encoding="utf-8"), base + page.url) + ending,
        demo=demo,
    )


def full_text(html: str, address: str) -> str:
    """正文，链接和图片都写全。"""
    body = article(LexborHTMLParser(html))
    if body is None:
        return ""
    for node in body.css("h1, svg"):
        node.decompose()
    for node in body.css("*"):
        for name, value in list(node.attributes.items()):
            if name in ("href", "src"):
                node.attrs[name] = urljoin(address, value or "")
            elif name not in ATTRIBUTES:
                del node.attrs[name]
    return "\n".join(line for line in (body.inner_html or "").split("\n") if line.strip())


def rss(feed: Feed) -> bytes:
    root = ET.Element("rss", {"version": "2.0", **RSS_NAMES})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.base + LIST)
    _add(channel, "atom:link", href=f"{feed.base}rss.xml", rel="self", type="application/rss+xml")
    _add(channel, "description", feed.about)
    _add(channel, "language", "zh-cn")
    _add(channel, "pubDate", email.utils.format_datetime(feed.updated))
    for entry in feed.entries:
        item = ET.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.link)
        _add(item, "guid", entry.id, isPermaLink="true" if entry.id == entry.link else "false")
        _add(item, "pubDate", email.utils.format_datetime(entry.published))
        _add(item, "dc:creator", entry.source)
        if entry.demo:
            _add(item, "category", "演示")
        _add(item, "description", entry.summary)
        _add(item, "content:encoded", entry.html)
    return _bytes(root)


def atom(feed: Feed) -> bytes:
    root = ET.Element("feed", {"xmlns": RSS_NAMES["xmlns:atom"], "xml:lang": "zh-CN"})
    _add(root, "id", f"{feed.base}atom.xml")
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{feed.base}atom.xml")
    _add(root, "link", rel="alternate", type="text/html", href=feed.base + LIST)
    _add(ET.SubElement(root, "author"), "name", feed.host)
    for entry in feed.entries:
        item = ET.SubElement(root, "entry")
        _add(item, "id", entry.id)
        _add(item, "title", entry.title)
        _add(item, "link", rel="alternate", type="text/html", href=entry.link)
        _add(item, "published", entry.published.isoformat())
        _add(item, "updated", entry.updated.isoformat())
        _add(ET.SubElement(item, "author"), "name", entry.source)
        if entry.demo:
            _add(item, "category", term="演示")
        _add(item, "summary", entry.summary)
        _add(item, "content", entry.html, type="html")
    return _bytes(root)


def _midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day, tzinfo=BEIJING)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"

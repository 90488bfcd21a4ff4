"""订阅和日历：RSS、Atom 用 feedparser 读，ICS 用 icalendar 读，和页面、数据逐项对上。"""

from __future__ import annotations

import datetime
import re
import shutil
from calendar import timegm
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import icalendar
import pytest
from conftest import ROOT, build, channels, edit
from html_pages import HTMLParser, page, pages

from macros.model import errors, load
from macros.model.calendar import occasions
from macros.model.values import Citation
from macros.outputs import ics, syndication

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
FEEDS = ("rss.xml", "atom.xml")
CopySite = Callable[..., Path]


def read(path: Path) -> Any:
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def day(parsed: Any) -> datetime.date:
    return datetime.datetime.fromtimestamp(timegm(parsed), BEIJING).date()


def events(path: Path) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT")), "UID 重复"
    return found


@pytest.mark.parametrize("name", FEEDS)
def test_feed_lists_every_activity_newest_first(real_site: Path, name: str) -> None:
    """一次活动一条，新的在前；标题、网址、来源、日期（北京时间）和页眉一样，演示的写着演示。"""
    site = load(ROOT)
    assert site.township
    feed = read(real_site / name)
    assert [entry.link for entry in feed.entries] == [site.township.url + p.url for p in site.activities]
    assert len(feed.entries) > 10
    for entry, activity in zip(feed.entries, site.activities, strict=True):
        head = activity.activity
        assert head
        assert entry.title == f"{activity.title}（演示）"
        assert "演示" in [tag.term for tag in entry.tags]
        assert entry.author == head.source
        assert entry.summary == head.summary
        assert day(entry.published_parsed) == head.date
        if name == "atom.xml":
            assert day(entry.updated_parsed) == (head.updated or head.date)
    assert "演示" in feed.feed.title
    assert site.township.host in feed.feed.subtitle


def test_feeds_carry_the_full_text(real_site: Path) -> None:
    """两份订阅里的正文都是网页上的正文：一段不少，链接和图片写全，没有样式、脚本和按钮。"""
    site = load(ROOT)
    assert site.township
    base = str(site.township.url)
    feeds = [{entry.link: entry.content[0].value for entry in read(real_site / name).entries} for name in FEEDS]
    assert feeds[0] == feeds[1]
    for activity in site.activities:
        content = HTMLParser(feeds[0][base + activity.url])
        shown = "".join(content.body.text().split())
        for part in page(real_site / activity.url).css(
            "main article > p:not(.tools, .print-only, .dateline), article .law p"
        ):
            assert "".join(part.text().split()) in shown, activity.url
        assert not content.css("[class], [id], [style], script, style, button, svg, h1")
        assert "发现错误" not in shown
        for node in content.css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert urlsplit(address).scheme == "https", address
            if address.startswith(base):
                assert (real_site / urlsplit(address).path.lstrip("/")).is_file(), address


def test_feeds_say_until_when(small: Path) -> None:
    """有效期至写在正文末尾；没有写期限的不提。"""
    edit(small / "docs/shuangyong/2025/guofang-ke.md", "日期: 2025-09-20\n", "日期: 2025-09-20\n有效期至: 2026-12-31\n")
    site = load(small)
    assert site.township
    said = {each.link: each.html for each in syndication.build(site, site.township, small / "site").entries}
    (until,) = (each for each in said.values() if "有效期至" in each)
    assert until == said[f"{site.township.url}shuangyong/2025/guofang-ke.html"]
    assert until.endswith("<p>有效期至2026年12月31日</p>")


def test_feeds_do_not_look_at_the_clock(real_site: Path) -> None:
    """整份订阅的日期是最新一次活动的，没有生成的时间。"""
    newest = max(p.activity.updated or p.activity.date for p in load(ROOT).activities if p.activity)
    rss, atom = (real_site / name for name in FEEDS)
    assert b"lastBuildDate" not in rss.read_bytes()
    assert day(read(rss).feed.published_parsed) == newest
    assert day(read(atom).feed.updated_parsed) == newest


def test_ids_survive_a_move(copy_site: CopySite) -> None:
    """活动页搬过两次家，登记了跳转：编号还是第一个网址，订阅的人不会再看到一遍；链接是现在的。"""
    root = copy_site()
    folder = root / "docs/shuangyong/2025"
    (folder / "guofang-ke.md").rename(folder / "xin-ke.md")
    moved = "shuangyong/2025/{}.html: shuangyong/2025/xin-ke.html\n"
    (root / "data/redirects.yml").write_text(moved.format("jiu-dizhi") + moved.format("guofang-ke"), encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    start = "https://yangban.example/shuangyong/2025/"
    for name in FEEDS:
        links = {entry.id: entry.link for entry in read(root / "site" / name).entries}
        assert links[f"{start}jiu-dizhi.html"] == f"{start}xin-ke.html"
        assert len(links) == 2


def test_without_an_address_there_is_no_feed(unaddressed: Path) -> None:
    """没有网址：不写订阅，页面上也不提；日历照写，编号用不会是真域名的后缀。"""
    site = unaddressed / "site"
    assert not any((site / name).exists() for name in FEEDS)
    for url in pages(site):
        assert "rss.xml" not in (site / url).read_text(encoding="utf-8"), url
    found = events(site / "rili/2026.ics")
    assert found
    assert all(uid.endswith("-2026@guofang-jiaoyu.invalid") for uid in found)
    assert all("URL" not in event for event in found.values())
    assert sorted(p.name for p in (unaddressed / "dist/feeds").iterdir()) == ["2026.ics", "zhongyao-rizi.ics"]


@pytest.mark.parametrize("year", (load(ROOT).calendar or pytest.fail("没有日历")).years)
def test_calendar_holds_the_days_of_the_year(real_site: Path, year: int) -> None:
    """一年一个文件：名称、起止、依据和数据一样，待公布的不写；全天，结束那天不含在内。"""
    site = load(ROOT)
    assert site.township
    assert site.calendar
    found = events(real_site / f"rili/{year}.ics")
    known = [each for each in occasions(site.calendar, year) if each.span]
    host = urlsplit(site.township.url).hostname
    assert list(found) == [f"{each.day.id}-{year}@{host}" for each in known]
    reviewed = site.page(f"rili/{year}.md")
    assert reviewed
    assert reviewed.header
    for each, event in zip(known, found.values(), strict=True):
        assert each.span
        assert event["SUMMARY"] == each.day.name
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event["DTSTART"].dt == each.span.start
        assert event["DTEND"].dt == each.span.end + datetime.timedelta(days=1)
        assert event["DTSTAMP"].dt.date() == event["LAST-MODIFIED"].dt.date() == reviewed.header.reviewed
        words = str(event["DESCRIPTION"])
        assert each.day.note in words
        assert all(action in words for action in each.day.actions)
        basis = each.day.basis
        assert (f"依据：《{site.laws.full_name(basis.law)}》第" if isinstance(basis, Citation) else basis) in words
        target, anchor = str(event["URL"]).removeprefix(str(site.township.url)).split("#")
        assert page(real_site / target).css_first(f"#{anchor} h2").text() == each.day.name


def test_a_moved_day_is_a_newer_revision(copy_site: CopySite) -> None:
    """日子改了、页面重新核对：还是那一条，SEQUENCE 变大，时间跟着变；没有核对过的最小；不看时钟。"""
    root = copy_site()
    page, days = root / "docs/rili/2026.md", root / "data/calendar.yml"
    head, dates = page.read_text(encoding="utf-8"), days.read_text(encoding="utf-8")
    written: list[icalendar.Event] = []
    for reviewed, start in (("待核对", 24), ("2026-11-20", 24), ("2026-11-25", 26)):
        page.write_text(re.sub("复核: .*", f"复核: {reviewed}", head), encoding="utf-8")
        days.write_text(dates.replace("2026-02-24", f"2026-02-{start}"), encoding="utf-8")
        site = load(root)
        assert errors(site.problems) == []
        ics.write(site, root / "site")
        (event,) = (e for uid, e in events(root / "site/rili/2026.ics").items() if uid.startswith("shangbannian-"))
        written.append(event)
    assert len({str(event["UID"]) for event in written}) == 1
    assert [event["DTSTART"].dt.day for event in written] == [24, 24, 26]
    assert [event["SEQUENCE"] for event in written] == [0, 20777, 20782]
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        stamps = [event[name].dt.date().isoformat() for event in written]
        assert stamps == ["1970-01-01", "2026-11-20", "2026-11-25"]


def test_law_in_the_calendar_is_to_the_paragraph(real_site: Path) -> None:
    """依据写到条和款。"""
    (event,) = (e for uid, e in events(real_site / "rili/2026.ics").items() if uid.startswith("lieshi-jinianri-"))
    assert "依据：《中华人民共和国英雄烈士保护法》第五条第一款" in str(event["DESCRIPTION"])
    assert "演示内容，不代表任何真实乡镇" in str(event["DESCRIPTION"])


def test_a_span_lasts_to_its_last_day(real_site: Path) -> None:
    """2026年上半年征兵到3月31日为止，日历里结束写4月1日；2027年的待公布，不在里面。"""
    (event,) = (e for uid, e in events(real_site / "rili/2026.ics").items() if uid.startswith("shangbannian-"))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (datetime.date(2026, 2, 24), datetime.date(2026, 4, 1))
    assert not any(uid.startswith("shangbannian-") for uid in events(real_site / "rili/2027.ics"))


def test_subscription_holds_every_year(real_site: Path) -> None:
    """订阅用的一个文件里，是各年文件的全部，一条不差。"""
    years = (load(ROOT).calendar or pytest.fail("没有日历")).years
    apart = {uid: event for year in years for uid, event in events(real_site / f"rili/{year}.ics").items()}
    assert events(real_site / "rili/zhongyao-rizi.ics") == apart


def test_calendar_lines_are_short(real_site: Path) -> None:
    """每行不超过 75 个字节，折在整字上，行尾是 CRLF。"""
    for path in sorted((real_site / "rili").glob("*.ics")):
        raw = path.read_bytes()
        lines = raw.split(b"\r\n")
        assert lines[-1] == b""
        assert b"\n" not in raw.replace(b"\r\n", b"")
        for line in lines:
            assert len(line) <= 75, line
            line.decode("utf-8")


def test_site_links_to_them(real_site: Path) -> None:
    """日历页能下载到手机日历；活动列表和每一页的头部指着订阅。"""
    for year in (2026, 2027):
        link = page(real_site / f"rili/{year}.html").css_first("main a[download]")
        assert (link.attributes["href"], link.text()) == (f"{year}.ics", "加到手机日历（ICS）")
    listing = page(real_site / "rili/index.html")
    assert listing.css_first("main a[download]").attributes["href"] == "zhongyao-rizi.ics"
    assert "https://guofang.shilizhen.example/rili/zhongyao-rizi.ics" in listing.css_first("main").text()
    shown = [node.attributes["href"] for node in page(real_site / "shuangyong/index.html").css(".activities a")]
    assert shown[-2:] == ["../rss.xml", "../atom.xml"]
    for url, up in (("index.html", "./"), ("shuangyong/index.html", "../"), ("xuexi/falv/index.html", "../../")):
        found = [node.attributes["href"] for node in page(real_site / url).css("head link[rel=alternate]")]
        assert [f"./{each}".replace("./../", "../").replace("././", "./") for each in found] == [
            f"{up}rss.xml",
            f"{up}atom.xml",
        ], url


def test_channel_copies_them(real_site: Path, dist: Path) -> None:
    """dist/feeds/ 里的和网站上的一个字节不差，一个不少。"""
    copied = {path.name: path.read_bytes() for path in (dist / "feeds").iterdir()}
    ours = [*FEEDS, *(f"rili/{path.name}" for path in (real_site / "rili").glob("*.ics"))]
    assert copied == {Path(name).name: (real_site / name).read_bytes() for name in ours}


def test_channel_says_what_is_missing(real_site: Path, tmp_path: Path) -> None:
    """网站是旧的，缺一份订阅：说清缺哪一份、怎么办，别的照抄，返回 1。"""
    stale = tmp_path / "site"
    shutil.copytree(real_site, stale)
    (stale / "rss.xml").unlink()
    done = channels("feeds", "--site", str(stale), "--dist", str(tmp_path / "dist"))
    assert done.returncode == 1
    assert "没做成 feeds/rss.xml（来自 shuangyong/index.html）" in done.stdout
    assert "先运行 make site" in done.stdout
    assert (tmp_path / "dist/feeds/atom.xml").is_file()
    assert not (tmp_path / "dist/feeds/rss.xml").exists()

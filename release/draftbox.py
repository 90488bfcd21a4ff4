"""python -m release.draftbox [--dist dist]：改过的公众号文章送进草稿箱。从不发表：人在后台看过再发。

文章由 python -m channels wechat 做好，在 dist/wechat/ 里。一篇一篇送，送成一篇记一行 data/weixin.csv。
什么时候被打断都一样：新建以前先照原文链接在草稿箱里找，找到的改它，不会有两份。
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from macros.model import Site, ledger, load
from macros.model.disk import alone, write
from macros.model.door import Answer, Door
from macros.model.drafts import FILE, HEADER, Draft
from macros.model.headers import WECHAT
from macros.model.pages import Page
from macros.model.refusal import Refusal, plain
from macros.model.targets import WECHAT as WECHAT_DRAFTS
from macros.model.township import Township

from .destinations import refuse_unset
from .weixin import Declined, Listed, Lost, Weixin

USAGE = "用法：make wechat（python -m release.draftbox [--dist dist]）"
RECORD = f"data/{FILE}"
COVER = "fengmian.jpg"
DEMO = "演示内容，不代表任何真实乡镇"
BY_HAND = "dist/wechat-preview.html"
SHOWN = 3
# 接口文档写的上限：字数；正文连标签、样式一起数；文里的图只收 JPG、PNG，小于 1 MB
TITLE, AUTHOR, DIGEST, CONTENT, SOURCE_URL = 32, 16, 128, 20_000, 1024
PICTURE = 1024 * 1024
FORMATS = (b"\x89PNG", b"\xff\xd8")


@dataclass(frozen=True)
class Article:
    """做好的一篇。pictures：正文里写的地址 → 图。"""

    page: Page
    title: str
    author: str
    digest: str
    source_url: str
    html: str
    pictures: dict[str, bytes]
    cover: bytes

    @property
    def sha256(self) -> str:
        """内容的，样子不算：换了样式，发表过的不用再做一份草稿。"""
        bare = re.sub(r' style="[^"]*"', "", self.html)
        words = json.dumps([self.title, self.author, self.digest, self.source_url, bare], ensure_ascii=False)
        total = hashlib.sha256(words.encode())
        for name in sorted(self.pictures):
            total.update(f"\0{name}\0".encode() + hashlib.sha256(self.pictures[name]).digest())
        return total.hexdigest()


class Memory:
    """data/weixin.csv：记一次，写一次。"""

    def __init__(self, site: Site, account: str) -> None:
        self._path = site.root / RECORD
        self._rows = {(row.account, row.url): row for row in site.drafts}
        self._account = account

    @property
    def ours(self) -> dict[str, Draft]:
        return {url: row for (account, url), row in self._rows.items() if account == self._account}

    def put(self, row: Draft) -> None:
        self._save({**self._rows, (row.account, row.url): row})

    def drop(self, url: str) -> None:
        self._save({key: row for key, row in self._rows.items() if key != (self._account, url)})

    def _save(self, rows: dict[tuple[str, str], Draft]) -> None:
        try:
            write(self._path, ledger.lines([HEADER, *(rows[key].row for key in sorted(rows))]).encode())
        except OSError as error:
            raise plain(error, self._path, "，草稿已经送了，没有记下；再做一次会补记") from None
        self._rows = rows


def deliver(site: Site, account: str, secret: str, dist: Path, day: datetime.date) -> tuple[str, bool]:
    """把 dist/wechat/ 里改过的文章送进这个公众号的草稿箱；撤下的删掉。"""
    if site.township is None or site.township.demo:
        raise Refusal("这是演示网站，不送草稿", "换成真实内容后，把 data/township.yml 的「演示」改成 否")
    if not site.township.url:
        raise Refusal("还没有网址，文章没有原文链接", "在 data/township.yml 填上「网址」，再做一次")
    made = _made(dist)
    with alone(dist / ".weixin.lock", "另一次 make wechat 正在送草稿"), Weixin(account, secret) as weixin:
        return Delivery(site, site.township, account, dist, day, weixin).run(made)


class Delivery:
    """一次送：开头列一遍草稿箱，后面照它。"""

    def __init__(
        self, site: Site, township: Township, account: str, dist: Path, day: datetime.date, weixin: Weixin
    ) -> None:
        self._site, self._account, self._dist, self._day, self._weixin = site, account, dist, day, weixin
        self._host, self._base = township.host, township.url or ""
        self._memory = Memory(site, account)
        self._listed: list[Listed] = []
        self._lines: list[str] = []
        self._failed: list[str] = []
        self._counts = dict.fromkeys(("新建", "更新", "删掉", "没有变化"), 0)

    def run(self, made: list[tuple[str, str]]) -> tuple[str, bool]:
        changed = []
        for article in self._articles(made):
            row = self._memory.ours.get(article.page.url)
            if row and row.sha256 == article.sha256:
                self._counts["没有变化"] += 1
            else:
                changed.append(article)
        over = [row for url, row in self._memory.ours.items() if not _sent(_page(self._site, url))]
        try:
            if changed or over:
                self._listed = list(self._weixin.drafts())
            for row in over:
                self._withdraw(row)
            for article in changed:
                self._try(article)
        except Refusal as error:
            self._failed.append(f"停在这里，后面的没有送：{error}")
        return self._said()

    def _said(self) -> tuple[str, bool]:
        counts = "，".join(f"{what} {count} 篇" for what, count in self._counts.items() if count) or "没有要送的"
        lines = [f"公众号 {self._account} 的草稿箱：{counts}。", *self._lines, *self._failed]
        if self._counts["新建"] or self._counts["更新"] or self._counts["删掉"]:
            lines.append(f"到公众号后台的草稿箱看过再发表。{RECORD} 记了新的，接着 make record。")
        return "\n".join(lines), not self._failed

    # ---- 哪几篇 ----

    def _articles(self, made: list[tuple[str, str]]) -> Iterator[Article]:
        """能送的；超过接口上限的、缺文件的说一声。"""
        long = []
        for slug, url in made:
            page = _page(self._site, url)
            if page is None or not _sent(page):
                continue
            try:
                article = self._article(slug, page)
            except OSError:
                self._failed.append(f"没有送《{page.title}》：dist/ 里的文件不全；先运行 make channels，看哪一件没做成")
                continue
            if DEMO in article.html:
                self._lines.append(f"演示的不送：《{page.title}》。")
            elif len(article.html) >= CONTENT:
                long.append(page.title)
            elif wrong := _over(article):
                self._failed.append(f"没有送《{page.title}》：{wrong}")
            else:
                yield article
        if long:
            named = "".join(f"《{title}》" for title in long[:SHOWN]) + ("等" if len(long) > SHOWN else "")
            self._lines.append(f"太长、接口不收的 {len(long)} 篇，改过的从 {BY_HAND} 手工贴：{named}。")

    def _article(self, slug: str, page: Page) -> Article:
        folder = self._dist / "wechat"
        html = (folder / f"{slug}.html").read_text(encoding="utf-8").strip()
        names = re.findall(r'<img [^>]*src="([^"]+)"', html)
        return Article(
            page=page,
            title=page.title,
            author=self._host if len(self._host) <= AUTHOR else "",
            digest=page.header.summary if page.header else "",
            source_url=f"{self._base}{page.url}",
            html=html,
            pictures={name: (folder / unescape(name)).read_bytes() for name in names},
            cover=(folder / slug / COVER).read_bytes(),
        )

    # ---- 送一篇 ----

    def _try(self, article: Article) -> None:
        try:
            self._send(article)
        except Declined as error:
            self._failed.append(f"没有送成《{article.title}》：{error}")
            row = self._memory.ours.get(article.page.url)
            if error.gone and row:  # 封面在素材库里被删了：下一次重传
                self._memory.put(replace(row, cover="", cover_sha256=""))

    def _send(self, article: Article) -> None:
        row = self._with_cover(article)
        html = article.html
        for name, content in article.pictures.items():
            html = html.replace(f'src="{name}"', f'src="{self._weixin.picture(content)}"')
        body = {
            "title": article.title,
            "author": article.author,
            "digest": article.digest,
            "content": html,
            "content_source_url": article.source_url,
            "thumb_media_id": row.cover,
        }
        found = self._find(row, article.source_url)
        if found:
            self._weixin.update(found, body)
            media_id, what, more = found.media_id, "更新", ""
        else:
            media_id, what = self._add(body), "新建"
            more = "。以前那份不在草稿箱里了，是发表了或有人删了，不要的就删掉" if row.media_id else ""
        self._memory.put(replace(row, media_id=media_id, sha256=article.sha256, date=self._day))
        self._counts[what] += 1
        self._lines.append(f"{what}《{article.title}》{more}。")

    def _with_cover(self, article: Article) -> Draft:
        """封面是永久素材，有数量的上限：没有变的用上一次的，传好就记下。"""
        url = article.page.url
        sha256 = hashlib.sha256(article.cover).hexdigest()
        row = self._memory.ours.get(url) or Draft(self._account, url, "", "", "", "", self._day)
        if row.cover and row.cover_sha256 == sha256:
            return row
        row = replace(row, cover=self._weixin.cover(article.cover), cover_sha256=sha256, sha256="")
        self._memory.put(row)
        return row

    def _find(self, row: Draft, source_url: str) -> Listed | None:
        """原文链接一样的就是它；后台改过原文链接的，照记着的编号。"""
        same = [each for each in self._listed if each.source_url == source_url]
        remembered = [each for each in self._listed if each.media_id == row.media_id]
        return next(iter([*(each for each in remembered if each in same), *same, *remembered]), None)

    def _add(self, body: dict[str, Any]) -> str:
        try:
            return self._weixin.add(body)
        except Lost as error:
            self._listed = list(self._weixin.drafts())
            found = next((each for each in self._listed if each.source_url == body["content_source_url"]), None)
            if found:
                return found.media_id
            raise Refusal(
                f"《{body['title']}》不知道做成没有：{error.what}", "过一会儿再做一次，不会做出两份"
            ) from None

    # ---- 撤下的 ----

    def _withdraw(self, row: Draft) -> None:
        found = self._find(row, f"{self._base}{row.url}")
        if found and found.count > 1:
            self._failed.append(f"{row.url} 撤下了，草稿和别的文章合在一起，没有删；到公众号后台删掉这一篇")
            return
        if found:
            self._weixin.delete(found.media_id)
            self._counts["删掉"] += 1
            self._lines.append(f"{row.url} 撤下了，草稿已删。")
        elif row.media_id:
            self._lines.append(f"{row.url} 撤下了，草稿箱里没有它；发表过的，到公众号后台删掉。")
        self._memory.drop(row.url)


def _page(site: Site, url: str) -> Page | None:
    return next((page for page in site.pages if page.url == url), None)


def _sent(page: Page | None) -> bool:
    """还有这一页，没有撤下；活动的渠道里有微信。"""
    if page is None or page.withdrawn:
        return False
    return page.activity is None or WECHAT in page.activity.channels


def _made(dist: Path) -> list[tuple[str, str]]:
    """做好的文章：文件名（不带 .html）、是哪一页。"""
    try:
        rows = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["files"]
        found = [(re.fullmatch(r"wechat/([^/]+)\.html", row["file"]), row["source"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        raise Refusal(f"{dist} 里没有做好的文章", "先运行 make channels") from None
    return [(name[1], url) for name, url in found if name]


def _over(article: Article) -> str:
    """超过接口的哪一条；没有超过为空。"""
    file = article.page.file
    for value, most, what, fix in (
        (article.title, TITLE, f"{file} 的标题", "把一级标题写短些"),
        (article.digest, DIGEST, f"{file} 的摘要", "把页眉的摘要写短些"),
        (article.source_url, SOURCE_URL, "原文链接", "把文件名改短些"),
    ):
        if len(value) > most:
            return f"{what}有{len(value)}字，接口最多{most}字；{fix}"
    for name, content in article.pictures.items():
        if not content.startswith(FORMATS):
            return f"图片 {name} 不是 PNG 或 JPG，接口不收；换一种格式，或从 {BY_HAND} 手工贴"
        if len(content) >= PICTURE:
            return f"图片 {name} 有 1 MB 以上，接口不收；缩小再存"
    return ""


def send(root: Path, dist: Path, day: datetime.date, secrets: Mapping[str, str]) -> Answer:
    site = load(root)
    targets = [target for target in site.targets if target.kind == WECHAT_DRAFTS]
    if not targets:
        raise Refusal("data/fabu.yml 里没有写公众号", "写上「种类: 微信草稿」的去处，见编辑指南")
    for target in targets:
        refuse_unset(target, secrets)
    said = [deliver(load(root), t.account or "", secrets[t.secret or ""].strip(), dist, day) for t in targets]
    return "\n".join(words for words, _ in said), all(done for _, done in said)


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("--dist", default="dist")
    sys.exit(door.enter(lambda asked: send(asked.root, asked.root / asked.dist, asked.day, os.environ)))

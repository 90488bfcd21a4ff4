"""python -m release.withdraw PAGE --reason 原因 [--sure 是]：先说会做什么；写了“是”，一页改成“已撤下”。

列出别处还有的，要人去收。

地址留着，纸上的二维码扫过来能看到撤下的日期和原因；列表、搜索、订阅里没有它。
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from macros.model import Site, load
from macros.model.addresses import resolve
from macros.model.disk import write
from macros.model.door import Door, filled
from macros.model.kinds import KINDS, lasting
from macros.model.markdown import links, prose
from macros.model.nearest import likely
from macros.model.numerals import date_words
from macros.model.pages import Page
from macros.model.refusal import Refusal

USAGE = '用法：make withdraw PAGE=docs/那一页.md REASON="原因，一句话，会公开"，看过再加 SURE=是'
KEPT = ("日期", "更新", "来源", "审签", "演示")  # 页眉里留下的；摘要可能带着原文，换掉
WHOLE = ("offline-", "column-")  # 整站的包
PRINTED = ("posters/", "labels/", "screens/")

BODY = """---
摘要: {url} 这一页已于{words}撤下
复核: {day}
{kept}撤下:
  日期: {day}
  原因: {reason}
---

# 已撤下

这一页的内容已于{words}撤下。有疑问，请打页脚的意见和纠错电话。
"""


def withdraw(root: Path, asked: str, reason: str, day: datetime.date, sure: str) -> str:
    """sure：写了“是”才动手；不写，只说会做什么。"""
    site = load(root)
    page = _page(site, asked)
    reason = " ".join(reason.split())
    _refuse(site, page, reason)
    pictures = _pictures(site, page)
    plan = _plan(root, site, page, pictures)
    if sure != "是":
        again = f"照做，就再打：make withdraw PAGE={page.file} REASON=… SURE=是（原因照原来的写）"
        return "\n".join([f"还没有动。要撤下 {page.file}（{page.title}），会这样做：", *plan, again])
    kept = "".join(_kept(page.text.split("\n")))
    quoted = json.dumps(reason, ensure_ascii=False)
    text = BODY.format(url=page.url, words=date_words(day), day=day, kept=kept, reason=quoted)
    write(root / page.file, text.encode())
    if pictures:
        shutil.rmtree(root / pictures)
    return "\n".join([f"{page.file} 改成了“已撤下”。接着 make site、make publish，网上才会换掉。", *plan])


def _plan(root: Path, site: Site, page: Page, pictures: str) -> list[str]:
    """做什么，别处要人做什么。"""
    linking = [
        f"{other.file}:{line}" for other, line, target in _links(site) if target == page.path and other is not page
    ]
    kind, source = site.sources.get(page.url, (None, ""))
    return [
        f"  {page.file} 的内容换成日期和原因，地址留着；列表、搜索、订阅里没有它",
        *([f"  删掉 {pictures}/"] if pictures else []),
        *([f"  {source} 留着，不再公开：网页、下载、海报里都没有。里面有不该写的，另外改掉"] if kind else []),
        *(["还有这些地方链到它，请改：", *(f"  {each}" for each in linking)] if linking else []),
        *_recall(root, site, page),
        "原文还在 Git 历史里，也在发布文件夹的旧版里。是秘密或个人信息的，马上报告保密员，由技术人员清理。",
    ]


def _page(site: Site, asked: str) -> Page:
    """docs/ 里的路径、网站里的地址、完整网址、改过以前的地址，都认。"""
    base = (site.township and site.township.url) or ""
    name = unquote(re.sub("[?#].*", "", asked)).removeprefix(base).removeprefix("./").removeprefix("docs/").lstrip("/")
    name = site.redirects.get(name, name)
    path = (re.sub(r"\.(md|html)$", "", name) or "index") + ".md"
    page = site.page(path)
    if page is None:
        raise Refusal(f"没有「{asked}」这一页", likely(path, [p.path for p in site.pages]))
    return page


def _refuse(site: Site, page: Page, reason: str) -> None:
    if not reason:
        raise Refusal("没有写撤下的原因", USAGE)
    if page.header is None:
        raise Refusal(f"{page.file} 的页眉读不出来", "先运行 make check，改好页眉")
    if page.withdrawn:
        raise Refusal(f"{page.file} 在 {page.withdrawn.date} 已经撤下", "不用再撤")
    if page.draft and page.url not in {row.url for row in site.published}:
        raise Refusal(f"{page.file} 是草稿，没有公开过", "不要了就删掉它和它的图片文件夹；提交过的还在 Git 历史里")
    if lasting(page.path):
        kinds = [kind for kind in KINDS.values() if any(call.macro in kind.macros for call in page.calls)]
        where = "、".join(dict.fromkeys(kind.path("*") for kind in kinds))
        also = f"列出的内容在 {where}，改那里；" if where else ""
        raise Refusal(f"{page.file} 不能撤下，别的页面都链到它", f"{also}这一页自己的字，直接改")


def _kept(lines: list[str]) -> Iterator[str]:
    """页眉里留下的几项，照原样。"""
    name = ""
    for line in lines[1:]:
        if line.rstrip() == "---":
            return
        name = line.partition(":")[0] if re.match(r"[^\s#-]", line) else name
        if name in KEPT and line.strip():
            yield f"{line}\n"


def _links(site: Site) -> Iterator[tuple[Page, int, str]]:
    """全部站内链接：哪一页，第几行，指到 docs/ 里的哪个文件。"""
    for page in site.pages:
        for number, line in prose(page.body):
            for link in links(line):
                if address := resolve(page.path, link.target):
                    yield page, number + page.line_offset, address.source


def _pictures(site: Site, page: Page) -> str:
    """这一页的图片文件夹；没有的、别的页面也在用的为空。"""
    shared = any(target.startswith(f"{page.own}/") for other, _, target in _links(site) if other is not page)
    return f"docs/{page.own}" if (site.root / "docs" / page.own).is_dir() and not shared else ""


def _recall(root: Path, site: Site, page: Page) -> Iterator[str]:
    """别的渠道里还有它的地方，印着它的二维码的。"""
    yield "要一处一处收回的："
    first = min((row.date for row in site.published if row.url == page.url), default=None)
    yield f"  网站：{first} 起公开过，搜索引擎和别人那里可能有副本" if first else "  网站：发布记录里没有，还没有公开过"
    kind, _ = site.sources.get(page.url, (None, ""))
    for channel in page.activity.channels if page.activity else kind.channels if kind else ():
        yield f"  {channel}：发过、贴过、播过的要撤下来"
    if page.activity:
        yield "  订阅（RSS、Atom）：已经收到的读者那里还有，下次更新就没有了"
    made = [row for row in _made(root / "dist/manifest.json") if _about(row, page)]
    printed = [row for row in made if row["file"].startswith(PRINTED)]
    yield from (f"  dist/{row['file']}" for row in made if row not in printed)
    if printed:
        yield "印着它的二维码的，挂着、贴着的都要取下："
        yield from (f"  dist/{row['file']}" for row in printed)


def _about(row: dict[str, str], page: Page) -> bool:
    """这件成品说的是不是这一页；整站的包里都有它。"""
    return row["source"].partition("#")[0] in (page.url, page.path, page.file) or row["file"].startswith(WHOLE)


def _made(path: Path) -> list[dict[str, str]]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError):
        return []


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    door.add_argument("--reason", default="")
    door.add_argument("--sure", default="")
    sys.exit(door.enter(lambda asked: withdraw(asked.root, asked.target, asked.reason, asked.day, asked.sure)))

"""python -m release.withdraw PAGE --reason 原因：一页改成“已撤下”，列出别处还有的，要人去收。

地址留着，纸上的二维码扫过来能看到撤下的日期和原因；列表、搜索、订阅里没有它。
"""

from __future__ import annotations

import datetime
import json
import posixpath
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
from macros.model.markdown import links, prose
from macros.model.nearest import likely
from macros.model.numerals import date_words
from macros.model.pages import Page
from macros.model.refusal import Refusal

USAGE = '用法：make withdraw PAGE=docs/那一页.md REASON="原因，一句话，会公开"'
KEPT = ("日期", "更新", "来源", "审签", "演示")  # 页眉里留下的；摘要可能带着原文，换掉
ENTRANCES = ("search.md",)
WHOLE = ("offline-", "column-")  # 整站的包

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


def withdraw(root: Path, asked: str, reason: str, day: datetime.date) -> str:
    site = load(root)
    page = _page(site, asked)
    reason = " ".join(reason.split())
    _refuse(site, page, reason)
    recall = _recall(root, site, page)
    linking = [
        f"{other.file}:{line}" for other, line, target in _links(site) if target == page.path and other is not page
    ]
    pictures = _pictures(site, page)
    path = root / page.file
    kept = "".join(_kept(path.read_text(encoding="utf-8").split("\n")))
    quoted = json.dumps(reason, ensure_ascii=False)
    text = BODY.format(url=page.url, words=date_words(day), day=day, kept=kept, reason=quoted)
    write(path, text.encode())
    if pictures:
        shutil.rmtree(pictures)
    return "\n".join(
        [
            f"{page.file} 改成了“已撤下”。接着 make site、make publish，网上才会换掉。",
            *([f"一起删掉了 {pictures.relative_to(root)}/。"] if pictures else []),
            *(["还有这些地方链到它，请改：", *(f"  {each}" for each in linking)] if linking else []),
            "要一处一处收回的：",
            *(f"  {each}" for each in recall),
            "原文还在 Git 历史里，也在发布文件夹的旧版里。是秘密或个人信息的，马上报告保密员，由技术人员清理。",
        ]
    )


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
    if page.path in ENTRANCES or posixpath.basename(page.path) == "index.md":
        raise Refusal(f"{page.file} 是入口，不能撤下", "撤下里面的页面，或改这一页的文字")
    if page.url in site.sources:
        _, source = site.sources[page.url]
        what = f"{page.file} 的内容在 {source}，只撤页面，列表、下载和海报里还有"
        raise Refusal(what, f"改 {source}，再 make site、make publish")


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


def _pictures(site: Site, page: Page) -> Path | None:
    """这一页的图片文件夹；别的页面也在用的，留着。"""
    folder = page.path.removesuffix(".md") + ".assets"
    shared = any(target.startswith(f"{folder}/") for other, _, target in _links(site) if other is not page)
    path = site.root / "docs" / folder
    return path if path.is_dir() and not shared else None


def _recall(root: Path, site: Site, page: Page) -> list[str]:
    """别的渠道里还有它的地方。"""
    first = min((row.date for row in site.published if row.url == page.url), default=None)
    found = [f"网站：{first} 起公开过，搜索引擎和别人那里可能有副本" if first else "网站：发布记录里没有，还没有公开过"]
    if page.activity:
        found += [f"{channel}：页眉的渠道里有，发过的要撤下来" for channel in page.activity.channels]
        found.append("订阅（RSS、Atom）：已经收到的读者那里还有，下次更新就没有了")
    made = _made(root / "dist/manifest.json")
    found += [f"dist/{row['file']}" for row in made if row["source"] in (page.url, page.path, page.file)]
    found += [f"dist/{row['file']}：整站的包，发出去的要换新的" for row in made if row["file"].startswith(WHOLE)]
    return found


def _made(path: Path) -> list[dict[str, str]]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError):
        return []


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    door.add_argument("--reason", default="")
    sys.exit(door.enter(lambda asked: withdraw(asked.root, asked.target, asked.reason, asked.day)))

"""生成好的网站：链接、锚点、外部请求、标题、描述、公共网站的标签和页脚、网站地图。"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model import Problem, Site
from macros.model.addresses import dead, resolve
from macros.model.problem import ERROR

from .subject import Subject

SELF_CONTAINED = "404.html"
LOADS = {
    "script": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "input": "src",
    "track": "src",
}
LOADED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
}
FAKE = re.compile(r"0{8}|12345678|01000001|bm0{4}|×|X{3}")
STYLE_URL = re.compile(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)")


@dataclass(frozen=True)
class _Html:
    """一张网页。"""

    url: str
    tree: LexborHTMLParser

    def problem(self, clause: str, what: str, fix: str) -> Problem:
        return Problem(f"site/{self.url}", 1, 1, ERROR, what, fix, clause)

    def meta(self, name: str) -> list[str]:
        return [node.attributes.get("content") or "" for node in self.tree.css(f'meta[name="{name}"]')]


def built(subject: Subject) -> Iterator[Problem]:
    folder = subject.built
    if folder is None:
        return
    if not (folder / "index.html").is_file():
        yield Problem(folder.name, 1, 1, ERROR, f"{folder} 里没有生成好的网站", "先运行 make site")
        return
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = [
        _Html(name, LexborHTMLParser((folder / name).read_text(encoding="utf-8")))
        for name in sorted(names)
        if name.endswith(".html")
    ]
    redirects = set(subject.site.redirects)
    content = [page for page in pages if page.url not in redirects]
    ids = {page.url: {node.attributes.get("id") or "" for node in page.tree.css("[id]")} for page in pages}
    for page in pages:
        yield from _links(subject.site, page, names, ids)
        yield from _requests(page)
    for page in content:
        yield from _head(subject.site, page)
        yield from _footer(subject.site, page)
    yield from _styles(folder, names)
    yield from _sitemap(subject.site, folder, content)


def _links(site: Site, page: _Html, names: set[str], ids: dict[str, set[str]]) -> Iterator[Problem]:
    town = site.township
    allowed = [link.url for link in site.links]
    allowed += town.repository.urls if town and town.repository else []
    own = [each for each in (town and town.url, town and town.identifiers.report_errors) if each]
    for node in page.tree.css("a[href], area[href]"):
        target = node.attributes.get("href") or ""
        parts = urlsplit(target)
        if parts.scheme in ("http", "https") or target.startswith("//"):
            if any(target == url or target.startswith(url.rstrip("/") + "/") for url in own):
                continue
            if not any(target == url or target.startswith(url.rstrip("/") + "/") for url in allowed):
                yield page.problem("L-2", f"外部链接 {target} 没有登记", "核对后登记到 data/links.yml")
            if not {"noopener", "noreferrer"} <= set((node.attributes.get("rel") or "").split()):
                yield page.problem("L-2", f'外部链接 {target} 没有 rel="noopener noreferrer"', "告诉技术人员，改模板")
        elif parts.scheme in ("mailto", "tel"):
            if not parts.path:
                yield page.problem("W-5", f"链接「{target}」是空的", "补上号码，没有就不做成链接")
        elif parts.scheme:
            yield page.problem("L-1", f"链接「{target}」不能用", "只能链接站内、登记过的网站、电话和邮箱")
        else:
            yield from _inside(page, target, names, ids)
    for tag, name in (*LOADS.items(), ("link", "href")):
        for node in page.tree.css(f"{tag}[{name}]"):
            target = node.attributes.get(name) or ""
            if not urlsplit(target).scheme and not target.startswith("//") and _is_loaded(node):
                yield from _inside(page, target, names, ids)


def _inside(page: _Html, target: str, names: set[str], ids: dict[str, set[str]]) -> Iterator[Problem]:
    address = resolve(page.url, target)
    if address and address.path.startswith("/"):
        if page.url != SELF_CONTAINED:
            yield page.problem("L-1", f"链接「{target}」以 / 开头，换个地方挂载就断", "写相对路径")
    elif address and address.anchor != "top" and (found := dead(page.url, target, names, ids)):
        yield page.problem("L-1" if address.path not in names else "L-3", *found)


def _is_loaded(node: LexborNode) -> bool:
    return node.tag != "link" or bool(set((node.attributes.get("rel") or "").split()) & (LOADED_LINKS | {"alternate"}))


def _requests(page: _Html) -> Iterator[Problem]:
    """打开这一页时会向别的网站要的东西：一样也不许有。"""
    found = [
        (node.attributes.get(name) or "")
        for tag, name in (*LOADS.items(), ("link", "href"))
        for node in page.tree.css(f"{tag}[{name}]")
        if node.tag != "link" or set((node.attributes.get("rel") or "").split()) & LOADED_LINKS
    ]
    found += [
        each.split()[0]
        for node in page.tree.css("[srcset]")
        for each in (node.attributes.get("srcset") or "").split(",")
        if each.strip()
    ]
    found += [node.attributes.get("action") or "" for node in page.tree.css("form[action]")]
    found += [
        a or b
        for node in page.tree.css("style, [style]")
        for a, b in STYLE_URL.findall(node.attributes.get("style") or node.text())
    ]
    for target in sorted(set(found)):
        if re.match(r"(https?:|ftp:|ws:|wss:)?//", target):
            yield page.problem("Y-8", f"这一页会向别的网站要 {target}", "换成自己的文件")


def _styles(folder: Path, names: set[str]) -> Iterator[Problem]:
    for name in sorted(names):
        if name.endswith(".css"):
            for a, b in STYLE_URL.findall((folder / name).read_text(encoding="utf-8")):
                if re.match(r"(https?:)?//", a or b):
                    yield Problem(f"site/{name}", 1, 1, ERROR, f"样式里向别的网站要 {a or b}", "换成自己的文件", "Y-8")


def _head(site: Site, page: _Html) -> Iterator[Problem]:
    tree, town = page.tree, site.township
    if not tree.css_first('html[lang="zh-CN"]'):
        yield page.problem("G-6", '网页没有写 lang="zh-CN"', "告诉技术人员，改模板")
    if len(tree.css("h1")) != 1:
        yield page.problem("G-3", f"网页有 {len(tree.css('h1'))} 个一级标题", "一页一个")
    if page.url == SELF_CONTAINED or town is None:
        return
    required = {"SiteName": town.site_name, "description": None}
    if town.url:
        required["SiteDomain"] = urlsplit(town.url).hostname
    for name, value in required.items():
        found = page.meta(name)
        if len(found) != 1 or not found[0].strip() or (value and found[0] != value):
            yield page.problem(
                "G-2",
                f"标签 {name} 应当有一个、不是空的{f'，写 {value}' if value else ''}",
                "看页眉的摘要；别的告诉技术人员",
            )
    codes = page.meta("SiteIDCode")
    if codes != ([town.identifiers.site_code] if town.identifiers.site_code else []) or any(map(FAKE.search, codes)):
        yield page.problem("W-10", "标签 SiteIDCode 和 data/township.yml 不一样", "没有标识码就不写，不能编")
    source = site.page(page.url.removesuffix(".html") + ".md")
    if source and source.activity and not source.withdrawn:
        yield from _article(page, source.title, source.activity.date, source.activity.source)
    elif source and posixpath.basename(source.path) == "index.md" and source.path.count("/") == 1:
        for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
            if len(page.meta(name)) != 1 or not page.meta(name)[0].strip():
                yield page.problem("G-2", f"栏目页缺标签 {name}", "告诉技术人员，改模板")
    canonical = [node.attributes.get("href") for node in tree.css('link[rel="canonical"]')]
    expected = [town.url + ("" if page.url == "index.html" else page.url)] if town.url else []
    if canonical not in (expected, [town.url + page.url] if town.url else []):
        yield page.problem("L-3", f"canonical 应当是 {expected}，写的是 {canonical}", "告诉技术人员，改模板")


def _article(page: _Html, title: str, date: datetime.date, source: str) -> Iterator[Problem]:
    for name, value in (("ArticleTitle", title), ("ContentSource", source)):
        if page.meta(name) != [value]:
            yield page.problem("G-2", f"标签 {name} 应当是「{value}」", "告诉技术人员，改模板")
    published = page.meta("PubDate")
    if (
        len(published) != 1
        or not re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", published[0])
        or published[0][:10] != date.isoformat()
    ):
        yield page.problem("R-8", f"标签 PubDate 应当是 {date} 的时间", "告诉技术人员，改模板")


def _footer(site: Site, page: _Html) -> Iterator[Problem]:
    town = site.township
    footer = page.tree.css_first("footer")
    if town is None or page.url == SELF_CONTAINED:
        return
    text = footer.text() if footer else ""
    ids = town.identifiers
    wanted = {
        "主办单位": town.host,
        "纠错电话": town.corrections,
        "ICP备案号": ids.icp,
        "公安备案号": ids.police,
        "网站标识码": ids.site_code,
    }
    for name, value in wanted.items():
        if value and value not in text:
            yield page.problem("W-10", f"页脚没有{name}「{value}」", "告诉技术人员，改模板")
    if footer and not footer.css_first('a[href*="wangzhan-ditu"]'):
        yield page.problem("W-10", "页脚没有网站地图", "告诉技术人员，改模板")
    for name, pattern in (("ICP备案号", r"ICP备\d+号"), ("公安备案号", r"公网安备\s*\d+号")):
        found = re.search(pattern, text)
        if found and not wanted[name]:
            yield page.problem("W-10", f"页脚有{name}「{found[0]}」，data/township.yml 里没有", "不能编备案号")
    if town.demo and "演示内容，不代表任何真实乡镇" not in text:
        yield page.problem("S-12", "演示的网站，这一页没有演示的说明", "告诉技术人员，改模板")


def _sitemap(site: Site, folder: Path, pages: list[_Html]) -> Iterator[Problem]:
    town = site.township
    path = folder / "sitemap.xml"
    if town is None or not town.url:
        return
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    listed = set(re.findall(r"<loc>([^<]+)</loc>", text))
    if "<lastmod>" in text:
        yield Problem("site/sitemap.xml", 1, 1, ERROR, "网站地图里写了生成的日期", "告诉技术人员，改模板", "R-8")
    for page in pages:
        source = site.page(page.url.removesuffix(".html") + ".md")
        if source is None or source.withdrawn:
            continue
        if not {town.url + page.url, town.url if page.url == "index.html" else ""} & listed:
            yield page.problem("L-3", "网站地图里没有这一页", "告诉技术人员，改模板")

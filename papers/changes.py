"""和上次公开时比，改了什么：页面、年度数据、别的数据、图片和附件。"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checks.attachments import files
from macros.model import Site
from macros.model.kinds import KINDS
from macros.model.macrocalls import Call, expand, scan
from macros.model.pages import SHOWN, Page
from macros.model.textfile import read_text
from macros.model.written import without_macros, written
from macros.model.yamlfile import parse_yaml

from .compare import Row, Value, paragraphs, rows, values
from .history import Past

NEW, CHANGED, HEADER, WITHDRAWN = "新页面", "改了正文", "只改了页眉", "撤下"
YEARS = KINDS["years"]
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
EXTERNAL = re.compile(r"(?<!!)\[([^\[\]]*)\]\((https?://[^)\s]*)\)")
# 不逐项列的：检查用的词表、搜索的同义词和问法、法律原文；放行的记录要列
QUIET = re.compile(r"data/(rules/(?!exemptions\.yml).*|(synonyms|asked)\.yml|laws/.*\.json)")


@dataclass(frozen=True)
class PageChange:
    """一页的变化。rows：新旧并排；text：没有旧文可比，列出全文。都是居民看到的字，不是记号。"""

    page: Page
    kind: str
    header: list[Value] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Gone:
    """公开过、现在没有了的地址；to：跳到哪里。"""

    url: str
    to: str | None


@dataclass(frozen=True)
class FigureChange:
    """一个指标一年的数。"""

    year: str
    name: str
    unit: str
    value: Value
    note: str


@dataclass(frozen=True)
class FileChange:
    """data/ 里的一个文件；quiet：只说改了几处。"""

    file: str
    values: list[Value]
    note: str = ""

    @property
    def quiet(self) -> bool:
        return bool(QUIET.fullmatch(self.file))


@dataclass(frozen=True)
class Attachment:
    """docs/ 里的一个图片或附件；old、new：是图片的，原来的、现在的内容。"""

    file: str
    what: str
    old: bytes = b""
    new: bytes = b""


@dataclass(frozen=True)
class Changes:
    """全部变化。first：从来没有发布过。"""

    first: bool
    pages: list[PageChange]
    gone: list[Gone]
    figures: list[FigureChange]
    data: list[FileChange]
    attachments: list[Attachment]

    def of(self, *kinds: str) -> list[PageChange]:
        return [change for change in self.pages if change.kind in kinds]

    @property
    def files(self) -> set[str]:
        """变了的文件，检查结果照这个挑。"""
        found = {change.page.file for change in self.pages} | {f"site/{change.page.url}" for change in self.pages}
        found |= {change.file for change in self.data} | {YEARS.path(change.year) for change in self.figures}
        return found | {each.file for each in self.attachments} | {"data/published.csv"}

    @property
    def empty(self) -> bool:
        return not (self.pages or self.gone or self.figures or self.data or self.attachments)


def changes(every: Site, past: Past) -> Changes:
    """草稿不算。"""
    site = every.public
    now = _data(site, every.withheld)
    known = past.found
    return Changes(
        first=not site.published,
        pages=[change for page in site.pages if (change := _page(site, past, page))],
        gone=list(_gone(site, past)),
        figures=list(_figures(site, past.texts, now)) if known else [],
        data=list(_files(past.texts, now)) if known else [],
        attachments=list(_attachments(site, past, every.withheld)),
    )


# ---- 页面 ----


def _page(site: Site, past: Past, page: Page) -> PageChange | None:
    last = {row.url: row for row in site.published}.get(page.url)
    committed, old = past.committed.get(page.url), past.pages.get(page.url)
    if page.withdrawn:
        if committed and committed.withdrawn:
            return None
        gone = f"{page.withdrawn.date} 撤下，原因：{page.withdrawn.reason}"
        if last is None:
            return PageChange(page, WITHDRAWN, note=f"{gone}。没有公开过")
        if site.text_digest(page) == last.sha256:
            return None
        return PageChange(page, WITHDRAWN, note=f"{gone}。撤下的原文不在这里重印")
    if last is None:
        whole = page.activity or site.published  # 头一次发布，通用的页面只列标题
        return PageChange(page, NEW, text=_whole(page) if whole else [])
    if site.text_digest(page) == last.sha256:
        header = _header(old, page) if old else []
        return PageChange(page, HEADER, header) if header else None
    if old is None:
        return PageChange(page, CHANGED, text=_whole(page), note="找不到公开时的原文，下面是现在的全文")
    before, after = readable(old.body), readable(page.body)
    note = ""
    if old.body.strip() == page.body.strip():
        note = "正文一字没动，变的是它取用的数据，见下面的数据表"
    elif before == after:
        before, after = old.body, page.body
        note = "字没有变，变的是链接、图或写法；下面照源文件列"
    compared = rows(before, after) if before.strip() != after.strip() else []
    return PageChange(page, CHANGED, _header(old, page), compared, note=note)


def _header(old: Page, new: Page) -> list[Value]:
    before, after = (page.head.value if page.head else None for page in (old, new))
    return list(values(before, after))


def _whole(page: Page) -> list[str]:
    """全文；题目另写。"""
    return [line for line in paragraphs(readable(page.body)) if line != page.title]


def readable(body: str) -> str:
    """居民看到的字，一段一行；图、外部链接、由数据写出的，用〔〕说是什么。"""
    calls, faults = scan(body)
    text = without_macros(body) if faults else expand(body, calls, _named)
    text = EXTERNAL.sub(r"\1〔\2〕", PICTURE.sub(r"〔图：\1〕", text))
    return "\n".join(words for _, words in written(text))


def _named(call: Call) -> str:
    kind = next((kind for kind in KINDS.values() if call.macro in kind.macros), None)
    said = [str(value) for value in call.values.values() if value is not None]
    return f"〔{'：'.join([kind.title if kind else '网站自己列出的内容', *(['，'.join(said)] if said else [])])}〕"


def _gone(site: Site, past: Past) -> Iterator[Gone]:
    """跳转早就写好的不再列；没有跳转的一直列。"""
    for url in dict.fromkeys(row.url for row in site.published):
        if url not in site.urls and (not past.found or url in past.committed or url not in site.redirects):
            yield Gone(url, site.redirects.get(url))


# ---- 数据 ----


def _data(site: Site, withheld: Collection[str]) -> dict[str, str]:
    found = {}
    for path in sorted((site.root / "data").rglob("*")):
        name = path.relative_to(site.root).as_posix()
        if path.suffix in (".yml", ".json") and not re.search(r"/[._]", name) and name not in withheld:
            found[name] = read_text(path, name)[0] or ""
    return found


def parsed(text: str | None, name: str) -> Any:
    if not text:
        return None
    if name.endswith(".json"):
        try:
            return json.loads(text)
        except ValueError:
            return None
    return parse_yaml(text, name).value


def _both(before: dict[str, str], now: dict[str, str]) -> Iterator[tuple[str, Any, Any, str]]:
    """变了的文件：原来的值，现在的值，要说的话。"""
    names = [name for name in {**before, **now} if name.endswith((".yml", ".json")) and not re.search(r"/[._]", name)]
    for name in sorted(names):
        if before.get(name) == now.get(name):
            continue
        old, new = parsed(before.get(name), name), parsed(now.get(name), name)
        note = "新文件" if name not in before else "文件删掉了" if name not in now else ""
        if new is None and now.get(name, "").strip():
            note = "现在的写法读不通，见检查结果"
        yield name, old, new, note


def _files(before: dict[str, str], now: dict[str, str]) -> Iterator[FileChange]:
    for name, old, new, note in _both(before, now):
        if _is_year(name):
            old, new = _without_figures(old), _without_figures(new)
        found = list(values(old, new))
        if found or (note and not _is_year(name)):
            yield FileChange(name, found, note)


def _is_year(name: str) -> bool:
    return YEARS.matches(name.removeprefix("data/"))


def _without_figures(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "数据"} if isinstance(value, dict) else value


def _figures(site: Site, before: dict[str, str], now: dict[str, str]) -> Iterator[FigureChange]:
    public = {row.url for row in site.published}
    for name, old, new, _ in _both(before, now):
        if not _is_year(name):
            continue
        year = Path(name).stem
        left, right = _data_of(old), _data_of(new)
        for indicator in {**left, **right}:
            a, b = left.get(indicator), right.get(indicator)
            if a == b:
                continue
            known = site.indicators.get(indicator)
            value = Value((), _figure(a), _figure(b))
            note = _corrections(a, b)
            if not note and value.old != value.new and YEARS.page_url(year) in public and _had_value(a):
                note = "没有写更正"
            yield FigureChange(year, indicator, known.unit if known else "", value, note)


def _data_of(value: Any) -> dict[str, Any]:
    found = value.get("数据") if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _figure(value: Any) -> str:
    """约 1500（说明）、少于10；写得不对的照原样。"""
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    said = [str(value[k]) for k in ("限定", "值", "状态") if value.get(k) is not None]
    return " ".join(said) + (f"（{value['说明']}）" if value.get("说明") else "")


def _had_value(value: Any) -> bool:
    return isinstance(value, dict) and (value.get("值") is not None or value.get("状态") == "少于10")


def _corrections(old: Any, new: Any) -> str:
    before, after = ((value.get("更正") or []) if isinstance(value, dict) else [] for value in (old, new))
    said = [
        f"{each.get('日期')} 更正：原 {each.get('原')}，改 {each.get('改')}，{each.get('原因')}"
        for each in after
        if isinstance(each, dict) and each not in before
    ]
    removed = [each for each in before if each not in after]
    return "；".join([*said, *([f"删掉了 {len(removed)} 条更正"] if removed else [])])


# ---- 图片和附件 ----


def _attachments(site: Site, past: Past, withheld: Collection[str]) -> Iterator[Attachment]:
    hidden = tuple(f"{name}/" for name in withheld)
    now = {
        name: path
        for path, name in files(site.root / "docs")
        if not name.endswith(".md") and not name.startswith(hidden)
    }
    skipped = ("docs/_moban/", "docs/assets/")
    before = {
        name: oid
        for name, oid in past.blobs.items()
        if not name.endswith(".md") and not name.startswith(skipped) and not name.rpartition("/")[2].startswith(".")
    }
    for name in sorted({**before, **now}):
        new = now[name].read_bytes() if name in now else b""
        if name in before and name in now and before[name] in _oids(new, len(before[name])):
            continue
        what = "删掉了" if name not in now else "换过" if name in before else "新的"
        shown = name.rpartition(".")[2].lower() in SHOWN
        old = past.read(before[name]) if shown and name in before else b""
        yield Attachment(name, what, old, new if shown else b"")


def _oids(raw: bytes, length: int) -> set[str]:
    """Git 给这份内容的对象号；换行可能被换成 LF 存着。"""
    kind = hashlib.sha256 if length == 64 else hashlib.sha1
    return {kind(b"blob %d\0" % len(each) + each).hexdigest() for each in (raw, raw.replace(b"\r\n", b"\n"))}

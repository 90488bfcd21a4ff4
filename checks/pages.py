"""页面的写法：标题层次、图片、表格、链接、文件名。页眉、一级标题、宏、死链接在读的时候查过，一起报。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from macros.model import Problem, Site, errors
from macros.model.addresses import Address, no_anchor, resolve
from macros.model.kinds import KINDS
from macros.model.markdown import (
    CAPTION,
    CAPTION_END,
    IDENTIFIER,
    TABLE_ROW,
    TABLE_RULE,
    bare_links,
    headings,
    links,
    notes,
    prose,
)
from macros.model.pages import SHOWN, Page
from macros.model.problem import ERROR, NOTICE

from .subject import Subject

KB = 1024
LINKS = KINDS["links"].path()
PICTURE_LIMIT = 300 * KB
PICTURES = tuple(f".{kind}" for kind in SHOWN)
VAGUE = {"点这里", "点击这里", "这里", "此处", "更多", "点击", "点击查看", "查看", "详情", "链接", "点我"}
EMPTY_ALT = {"图片", "图", "照片", "image", "img", "photo", "截图", "alt"}
CREDIT = re.compile("拍摄|摄影|摄于|绘制|自绘|提供|翻拍|供图|制作")
LICENCE = re.compile("许可|授权|自绘|同意使用|公有领域|CC ?BY", re.I)


def pages(subject: Subject) -> Iterator[Problem]:
    site = subject.site
    anchors = {page.path: _anchors(page) for page in site.pages}
    used: set[str] = set()
    for page in site.pages:
        yield from page.problems
        lines = list(prose(page.body))
        yield from _headings(page, lines)
        yield from _pictures(page, lines, used)
        yield from _tables(page, lines)
        yield from _links(page, lines, site, anchors)
    registered = [(page, picture) for page in site.pages if page.activity for picture in page.activity.pictures]
    for name, hall in site.halls.items():
        house = site.page_of("halls", name)
        registered += [(house, exhibit.picture) for exhibit in hall.exhibits if house and exhibit.picture]
    used |= {posixpath.join(posixpath.dirname(page.path), picture.file) for page, picture in registered}
    yield from _files(site, used, whole=not errors(site.problems))


def _at(page: Page, line: int, column: int, clause: str, what: str, fix: str, level: str = ERROR) -> Problem:
    return Problem(page.file, line + page.line_offset, column, level, what, fix, clause)


def _headings(page: Page, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    named: dict[str, int] = {}
    for number, line in lines:
        for name in IDENTIFIER.findall(line):
            if name in named:
                what = f"位置的名字 #{name} 用了两次，第 {named[name] + page.line_offset} 行已经用过"
                yield _at(page, number, 1, "G-5", what, "换一个名字")
            named.setdefault(name, number)
    above = 1
    for heading in headings(lines):
        if heading.level > above + 1:
            what = f"标题跳了级：上面是 {above} 级，这里是 {heading.level} 级"
            yield _at(page, heading.line, 1, "G-3", what, f"写成 {'#' * (above + 1)}")
        above = heading.level


def _pictures(page: Page, lines: list[tuple[int, str]], used: set[str]) -> Iterator[Problem]:
    listed = {p.file for p in (page.activity.pictures if page.activity else [])}
    own = posixpath.splitext(page.path)[0] + ".assets"
    for place, (number, line) in enumerate(lines):
        for picture in (link for link in links(line) if link.image):
            alt = (picture.words or "").strip()
            if not alt:
                yield _at(page, number, picture.column, "T-1", "图片没有替代文字", "方括号里写图上有什么，一句话")
            elif alt.lower() in EMPTY_ALT or re.fullmatch(r"[\w.-]+\.(jpe?g|png|svg|webp|gif)", alt, re.I):
                what = f"替代文字「{alt}」没有说图上有什么"
                yield _at(page, number, picture.column, "T-1", what, "写图上有什么，一句话")
            if not picture.target:
                continue
            address = resolve(page.path, picture.target)
            if address is None:
                fix = "有许可的，存到本页的 .assets 文件夹里再用"
                yield _at(page, number, picture.column, "T-2", "用了别的网站上的图片", fix)
                continue
            used.add(address.path)
            if posixpath.dirname(address.path) != own:
                fix = f"放到 {posixpath.basename(own)}/ 里"
                yield _at(page, number, picture.column, "T-2", "图片不在本页的图片文件夹里", fix)
            if page.header and picture.target not in listed and not _credited(lines, place):
                fix = "图片下面空一行，写 /// figure-caption，写清谁拍摄、什么许可，再写 ///"
                yield _at(page, number, picture.column, "T-2", "图片没有写谁拍的、什么许可", fix)


def _credited(lines: list[tuple[int, str]], place: int) -> bool:
    """图片下面的图片标题里写了拍摄和许可。"""
    below = _caption_below(lines, place)
    return below is not None and bool(CREDIT.search(below)) and bool(LICENCE.search(below))


def _caption_below(lines: list[tuple[int, str]], place: int) -> str | None:
    """place 行下面隔着空行的标题块里的字；没有为 None。"""
    at = place + 1
    while at < len(lines) and not lines[at][1].strip():
        at += 1
    if at >= len(lines) or not CAPTION.match(lines[at][1].strip()):
        return None
    words = ""
    for _, line in lines[at + 1 :]:
        if line.strip() == CAPTION_END:
            break
        words += line
    return words


def _tables(page: Page, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    for place, (number, line) in enumerate(lines):
        above, below = (lines[i][1] if 0 <= i < len(lines) else "" for i in (place - 1, place + 1))
        if (
            TABLE_ROW.fullmatch(line)
            and not TABLE_ROW.fullmatch(above)
            and TABLE_ROW.fullmatch(below)
            and not TABLE_RULE.fullmatch(below)
        ):
            yield _at(page, number, 1, "G-4", "表格缺第二行", "表头下面写一行 |---|---|，几列写几个")
        if "|" not in line or not TABLE_RULE.fullmatch(line) or place == 0:
            continue
        if "|" not in lines[place - 1][1]:
            continue
        head = [cell.strip() for cell in lines[place - 1][1].strip().strip("|").split("|")]
        if not any(head):
            yield _at(page, number - 1, 1, "G-4", "表格没有表头", "第一行写每一列是什么")
        end = place
        while end + 1 < len(lines) and "|" in lines[end + 1][1]:
            end += 1
        caption = _caption_below(lines, end)
        if caption is None or not caption.strip():
            fix = "表格下面空一行，写 /// table-caption，写标题，再写 ///"
            yield _at(page, number - 1, 1, "G-4", "表格没有标题", fix)


def _links(
    page: Page, lines: list[tuple[int, str]], site: Site, anchors: dict[str, set[str] | None]
) -> Iterator[Problem]:
    for number, line in lines:
        for link in (each for each in links(line) if not each.image):
            if link.words is not None and (text := link.words.strip()) in VAGUE:
                yield _at(page, number, link.column, "W-5", f"链接的字「{text}」没说去哪里", "写清链接去哪里")
            address = resolve(page.path, link.target)
            if address is None and re.match(r"(https?:)?//", link.target):
                yield from _outside(page, number, link.column, link.target, site)
            elif address and address.anchor and "{{" not in link.target:
                yield from _anchor(page, number, link.column, link.target, address, anchors)
        for link in bare_links(line):
            yield from _outside(page, number, link.column, link.target, site)


def _outside(page: Page, number: int, column: int, target: str, site: Site) -> Iterator[Problem]:
    if errors(site.docs[LINKS].problems):
        return  # 登记的写坏了，先改那里
    allowed = [link.url for link in site.links]
    if site.township:
        allowed += [site.township.url] if site.township.url else []
        allowed += site.township.repository.urls if site.township.repository else []
    if not any(target == url or target.startswith(url.rstrip("/") + "/") for url in allowed):
        host = target.split("/")[2] if "//" in target else target
        yield _at(page, number, column, "L-2", f"外部链接 {host} 没有登记", "核对网址和单位，登记到 data/links.yml")


def _anchor(
    page: Page, number: int, column: int, target: str, address: Address, anchors: dict[str, set[str] | None]
) -> Iterator[Problem]:
    known = anchors.get(address.source)
    if known is not None and address.anchor not in known:
        yield _at(page, number, column, "L-3", *no_anchor(target, address.anchor, known))


def _anchors(page: Page) -> set[str] | None:
    """一页里能链到的位置；由宏生成、这里算不出的为 None（生成以后在 built 里查）。"""
    if any(call.macro.block and call.macro.name != "law" for call in page.calls):
        return None
    lines = list(prose(page.body))
    found = {"main"} | {heading.anchor for heading in headings(lines)}
    for _, line in lines:
        found |= set(IDENTIFIER.findall(line))
        found |= {f"fn:{name[1:]}" for name in notes(line)}
    return found


def _files(site: Site, used: set[str], whole: bool) -> Iterator[Problem]:
    """whole：数据和页面都读通了；没读通就说不准哪张图没有用到。"""
    docs = site.root / "docs"
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_dir() or name.startswith(("_", "assets/")) or path.name.startswith("."):
            continue
        yield from _file(path, name, used if whole else {*used, name})


def _file(path: Path, name: str, used: set[str]) -> Iterator[Problem]:
    def problem(clause: str, what: str, fix: str, level: str = ERROR) -> Problem:
        return Problem(f"docs/{name}", 1, 1, level, what, fix, clause)

    if path.suffix.lower() not in PICTURES:
        return
    if path.suffix.lower() == ".svg" and path.stat().st_size > PICTURE_LIMIT:
        size = path.stat().st_size // KB
        yield problem("T-2", f"图片有 {size} KB，超过 {PICTURE_LIMIT // KB} KB", "在画图软件里简化，或导出成 .png")
    if name not in used:
        yield problem("T-2", "这张图片没有用到", "在页面里用上，或删掉", NOTICE)

"""页面的写法：标题层次、图片、表格、链接、文件名。页眉、一级标题、宏、死链接在读的时候查过，一起报。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from macros.model import Problem, Site, errors
from macros.model.base import likely
from macros.model.pages import NAME, Page, prose
from macros.model.problem import ERROR, NOTICE

from .base import Subject

KB = 1024
PICTURE_LIMIT = 300 * KB
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif", ".bmp", ".tif", ".tiff", ".heic"}
SHOWN = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"}
FILE = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*(\{:.*\})?$")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<file>[^)\s>]*)>?[^)]*\)|!\[(?P<alt2>[^\]]*)\]\[")
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\(\s*<?(?P<target>[^)\s>]*)>?[^)]*\)")
IDENTIFIER = re.compile(r"\{:[^}]*#([\w-]+)[^}]*\}")
BARE = re.compile(r"(?<![\w(\[<\"'=])https?://[^\s)>\]，。；、）]+")
TAG = re.compile(r"<(/?[a-zA-Z][\w-]*)(\s[^<>]*)?/?>")
VAGUE = {"点这里", "点击这里", "这里", "此处", "更多", "点击", "点击查看", "查看", "详情", "链接", "点我"}
EMPTY_ALT = {"图片", "图", "照片", "image", "img", "photo", "截图", "alt"}
CREDIT = re.compile("拍摄|摄影|摄于|绘制|自绘|提供|翻拍|供图|制作")
LICENCE = re.compile("许可|授权|自绘|同意使用|公有领域|CC ?BY", re.I)
CAPTION = re.compile(r"/{3}\s*(figure-caption|table-caption|caption)\b")


def pages(subject: Subject) -> Iterator[Problem]:
    site = subject.site
    anchors = {page.path: _anchors(page) for page in site.pages}
    used: set[str] = set()
    for page in site.pages:
        yield from page.problems
        lines = list(prose(page.body))
        yield from _headings(page, lines)
        yield from _markup(page, lines)
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


def _headings(page: Page, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    above = 1
    named: dict[str, int] = {}
    for number, line in lines:
        for name in IDENTIFIER.findall(line):
            if name in named:
                what = f"位置的名字 #{name} 用了两次，第 {named[name] + page.line_offset} 行已经用过"
                yield _at(page, number, 1, "G-5", what, "换一个名字")
            named.setdefault(name, number)
        match = re.match(r"(#{1,6})(\s*)(.*)", line)
        if not match:
            continue
        level = len(match[1])
        if not match[2]:
            yield _at(page, number, 1, "G-3", "标题的 # 后面没有空格", f"写成 {match[1]} {match[3]}")
        elif not re.sub(r"\{:.*\}|#", "", match[3]).strip():
            yield _at(page, number, 1, "G-3", "标题是空的", "写上标题，或删掉这一行")
        elif level > above + 1:
            what = f"标题跳了级：上面是 {above} 级，这里是 {level} 级"
            yield _at(page, number, 1, "G-3", what, f"写成 {'#' * (above + 1)}")
        above = level if match[2] else above


def _markup(page: Page, lines: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    for number, line in lines:
        for tag in TAG.finditer(line):
            name = tag[1].strip("/").lower()
            fix = "删掉；网页的样子由模板管"
            what = "页面里有脚本" if name == "script" else f"页面里写了 HTML 标签 <{tag[1]}>"
            yield _at(page, number, tag.start() + 1, "G-6", what, fix)


def _pictures(page: Page, lines: list[tuple[int, str]], used: set[str]) -> Iterator[Problem]:
    folder = posixpath.dirname(page.path)
    listed = {p.file for p in (page.activity.pictures if page.activity else [])}
    for place, (number, line) in enumerate(lines):
        for match in IMAGE.finditer(line):
            column = match.start() + 1
            alt = (match["alt"] if match["file"] is not None else match["alt2"]) or ""
            if not alt.strip():
                yield _at(page, number, column, "T-1", "图片没有替代文字", "方括号里写图上有什么，一句话")
            elif alt.strip().lower() in EMPTY_ALT or re.fullmatch(r"[\w.-]+\.(jpe?g|png|svg|webp|gif)", alt, re.I):
                yield _at(
                    page, number, column, "T-1", f"替代文字「{alt.strip()}」没有说图上有什么", "写图上有什么，一句话"
                )
            file = match["file"]
            if file is None:
                continue
            if re.match(r"(https?:)?//|data:", file):
                yield _at(
                    page, number, column, "T-2", "用了别的网站上的图片", "有许可的，存到本页的 .assets 文件夹里再用"
                )
                continue
            path = posixpath.normpath(posixpath.join(folder, unquote(file)))
            used.add(path)
            if (
                file.removeprefix("./").partition("/")[0]
                != posixpath.basename(page.path).removesuffix(".md") + ".assets"
            ):
                own = posixpath.basename(page.path).removesuffix(".md") + ".assets/"
                yield _at(page, number, column, "T-2", "图片不在本页的图片文件夹里", f"放到 {own} 里")
            if file not in listed and not _credited(lines, place):
                fix = "图片下面空一行，写 /// figure-caption，写清谁拍摄、什么许可，再写 ///"
                yield _at(page, number, column, "T-2", "图片没有写谁拍的、什么许可", fix)


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
        if line.strip() == "///":
            break
        words += line
    return words


def _tables(page: Page, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    rule = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*")
    row = re.compile(r"\s*\|.*\|\s*")
    for place, (number, line) in enumerate(lines):
        above, below = (lines[i][1] if 0 <= i < len(lines) else "" for i in (place - 1, place + 1))
        if row.fullmatch(line) and not row.fullmatch(above) and row.fullmatch(below) and not rule.fullmatch(below):
            yield _at(page, number, 1, "G-4", "表格缺第二行", "表头下面写一行 |---|---|，几列写几个")
        if "|" not in line or not rule.fullmatch(line) or place == 0:
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
        for match in LINK.finditer(line):
            column, text, target = match.start() + 1, match["text"].strip(), match["target"]
            if not text:
                yield _at(page, number, column, "W-5", "链接没有字", "写清链接去哪里")
            elif text in VAGUE:
                yield _at(page, number, column, "W-5", f"链接的字「{text}」没说去哪里", "写清链接去哪里")
            if not target:
                yield _at(page, number, column, "W-5", f"链接「{text}」没有写去哪里", "圆括号里写上文件或网址")
            elif re.match(r"(https?:)?//", target):
                yield from _outside(page, number, column, target, site)
            elif "#" in target and "{{" not in target and not re.match(r"[a-z]+:", target):
                yield from _anchor(page, number, column, target, anchors)
        shown = LINK.sub(lambda m: " " * len(m[0]), line)
        for match in BARE.finditer(shown):
            yield from _outside(page, number, match.start() + 1, match[0], site)


def _outside(page: Page, number: int, column: int, target: str, site: Site) -> Iterator[Problem]:
    allowed = [link.url for link in site.links]
    if site.township:
        allowed += [site.township.url] if site.township.url else []
        allowed += site.township.repository.urls if site.township.repository else []
    if not any(target == url or target.startswith(url.rstrip("/") + "/") for url in allowed):
        host = target.split("/")[2] if "//" in target else target
        yield _at(page, number, column, "L-2", f"外部链接 {host} 没有登记", "核对网址和单位，登记到 data/links.yml")


def _anchor(
    page: Page, number: int, column: int, target: str, anchors: dict[str, set[str] | None]
) -> Iterator[Problem]:
    path, _, anchor = target.partition("#")
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path))) if path else page.path
    known = anchors.get(full.removesuffix(".html") + ".md" if full.endswith(".html") else full)
    if known is not None and unquote(anchor) not in known:
        fix = likely(unquote(anchor), sorted(known)) if known else "在那一页的标题后面写 {: #名字 }"
        yield _at(page, number, column, "L-3", f"链接「{target}」的页面里没有 #{unquote(anchor)} 这个位置", fix)


def _anchors(page: Page) -> set[str] | None:
    """一页里能链到的位置；由宏生成、这里算不出的为 None（生成以后在 built 里查）。"""
    slug = slugify(case="lower")
    found = {"main"}
    if any(call.macro.block and call.macro.name != "law" for call in page.calls):
        return None
    for _, line in prose(page.body):
        found |= set(IDENTIFIER.findall(line))
        if match := re.match(HEADING, line):
            found.add(slug(re.sub(r"[*`]|\[|\]\([^)]*\)", "", match[2]), "-"))
        found |= {f"fn:{name}" for name in re.findall(r"\[\^([^\]]+)\]:", line)}
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

    suffix = path.suffix
    if suffix == ".md":
        return  # 页面的名字由数据模型查
    parts = name.split("/")
    folders = [part.removesuffix(".assets") for part in parts[:-1]]
    if not all(NAME.fullmatch(part) for part in folders) or not FILE.fullmatch(parts[-1]):
        yield problem("G-1", f"文件名「{name}」的写法不对", "只用小写字母、数字和连字符 -，如 cunshiguan-01.jpg")
    if suffix.lower() not in PICTURES:
        return
    if suffix.lower() not in SHOWN:
        yield problem("T-2", f"网页上放不了 {suffix} 图片", "另存为 .jpg、.png 或 .webp")
    if path.stat().st_size > PICTURE_LIMIT:
        size = path.stat().st_size // KB
        yield problem("T-2", f"图片有 {size} KB，超过 {PICTURE_LIMIT // KB} KB", "缩小到宽 1200 像素以内再放")
    if name not in used:
        yield problem("T-2", "这张图片没有用到", "在页面里用上，或删掉", NOTICE)

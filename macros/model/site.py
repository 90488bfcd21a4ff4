"""把 data/ 和 docs/ 全部读成一个 Site；所有问题一次收齐。"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, get_origin

from . import filenames, laws, nav, pages, rulesets
from .addresses import resolve
from .folders import Entry, under, walk
from .halls import Hall
from .kinds import ARTICLE, COUNT, KINDS, LAW, PAGE, PAGE_KINDS, PARAGRAPH, YEAR, Kind, Records
from .macrocalls import Call
from .markdown import links, prose
from .nearest import likely, nearest
from .pages import Page
from .problem import ERROR, NOTICE, Problem
from .services import Service
from .textfile import printable, read_text
from .values import Picture
from .yamlfile import Doc, Path_
from .years import Year

TEMPLATES = "_moban"

# 由人核对过、写着日期的
Reviewed = Year | Hall | Service


@dataclass
class Site(Records):
    """整个网站的事实：记录，读进来的文件（docs：文件名 → 内容和行列），页面，发现的问题。"""

    root: Path = Path()
    docs: dict[str, Doc] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)  # 名字写错了的数据文件，应当叫什么
    new_page: str = ""  # 一篇活动的模板
    other_problems: list[Problem] = field(default_factory=list)

    @property
    def data_problems(self) -> list[Problem]:
        return [*self.other_problems, *(problem for doc in self.docs.values() for problem in doc.problems)]

    @property
    def problems(self) -> list[Problem]:
        return self.graded([*self.data_problems, *(p for page in self.pages for p in page.problems)])

    def graded(self, problems: Iterable[Problem]) -> list[Problem]:
        """草稿还没有写完，写错的先只提醒；个人信息、秘密写在草稿里也是错误（M-6）。"""
        drafts = {page.file for page in self.pages if page.draft}
        return sorted(
            {
                replace(p, level=NOTICE) if p.file in drafts and not p.clause.startswith(("Y-", "M-")) else p
                for p in problems
            }
        )

    # ---- 数据 ----

    @cached_property
    def laws(self) -> laws.Laws:
        return laws.gather(self.law_sources, self.law_bodies, self.superseded)

    @cached_property
    def rules(self) -> rulesets.Rules:
        parts = {part.name: part.pattern for part in self.parts}
        return rulesets.Rules(
            self.terms,
            self.pasted,
            self.phrases,
            self.privacy,
            self.secrecy,
            self.freshness,
            self.exemptions,
            self.people,
            self.names,
            parts,
        )

    def written(self, name: str) -> list[str] | None:
        """这一类写了哪几样（文件名、键、编号），写坏的也算；读不通的为 None，靠它核对的就都不报。"""
        kind = KINDS[name]
        if kind.folder:
            files = [*self.docs, *self.misnamed]
            return [Path(file).stem for file in files if kind.matches(file.removeprefix("data/"))]
        doc = self.docs[kind.path()]
        found = doc.column("编号") if get_origin(kind.schema) is list else doc.keys
        return None if found is None else sorted(found)

    def entries(self, kind: Kind) -> Iterator[tuple[Doc, Path_, Any]]:
        """这一类的记录，各在哪个文件的什么位置；列表里有写坏的，位置对不上，先不算。"""
        value = getattr(self, kind.name)
        if value is None:
            return
        if kind.folder:
            yield from ((self.docs[kind.path(key)], (), record) for key, record in value.items())
            return
        doc = self.docs[kind.path()]
        if kind.within:
            yield from ((doc, at, record) for at, record in kind.within(value).items())
            return
        records = list(value.values()) if isinstance(value, dict) else value
        if isinstance(doc.value, list) and len(doc.value) == len(records):
            yield from ((doc, (i,), record) for i, record in enumerate(records))

    # ---- 页面 ----

    @property
    def urls(self) -> set[str]:
        """公开的地址；草稿还没有。"""
        return {page.url for page in self.pages if not page.draft}

    @cached_property
    def public(self) -> Site:
        """同一个网站，去掉草稿，连同草稿、撤下的写在 data/ 里的内容：生成、渠道、发布照这个。"""
        if not self.withheld:
            return self
        shown: dict[str, Any] = {
            kind.name: {key: each for key, each in getattr(self, kind.name).items() if not self._unseen(kind, key)}
            for kind in KINDS.values()
            if kind.folder and kind.page
        }
        return replace(self, pages=[page for page in self.pages if not page.draft], **shown)

    @cached_property
    def withheld(self) -> list[str]:
        """不公开的文件：草稿，它的图片文件夹，草稿、撤下的写在 data/ 里的内容。"""
        files = []
        for page in self.pages:
            if page.draft:
                files += [f"docs/{page.path}", f"docs/{page.own}"]
        files += [
            kind.path(key)
            for kind in KINDS.values()
            if kind.folder and kind.page
            for key in getattr(self, kind.name)
            if self._unseen(kind, key)
        ]
        return files

    def _unseen(self, kind: Kind, key: Any) -> bool:
        page = self.page(kind.page_path(key))
        return page is not None and (page.draft or page.withdrawn is not None)

    @cached_property
    def _by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    def page(self, path: str) -> Page | None:
        return self._by_path.get(path)

    def page_of(self, name: str, key: Any) -> Page | None:
        """这一样的页面；还没有的为 None。"""
        return self.page(KINDS[name].page_path(key))

    def picture(self, page: Page, picture: Picture) -> Path:
        """这一页登记的一张图。"""
        return (self.root / "docs" / page.path).parent / picture.file

    def file_of(self, record: Reviewed) -> str:
        """这条记录写在哪个文件。"""
        return next(
            kind.path(key)
            for kind in KINDS.values()
            if kind.folder
            for key, each in getattr(self, kind.name).items()
            if each is record
        )

    def carried(self, channel: str) -> Iterator[tuple[Kind, Page, Any]]:
        """走这个渠道的数据：哪一类、哪一页、哪条记录。撤下的不走。"""
        for kind in KINDS.values():
            for key, record in getattr(self, kind.name).items() if channel in kind.channels else ():
                page = self.page_of(kind.name, key)
                if page and not page.withdrawn:
                    yield kind, page, record

    @cached_property
    def sources(self) -> dict[str, tuple[Kind, str]]:
        """内容写在 data/ 里的页面（网址） → 哪一类，哪个文件。"""
        return {kind.page_url(key): (kind, kind.path(key)) for kind in KINDS.values() for key in kind.pages(self)}

    @property
    def listed(self) -> Site:
        """同一个网站，去掉撤下的页面：搜索、订阅照这个写。"""
        shown = copy.copy(self)
        shown.pages = [page for page in self.pages if not page.withdrawn]
        return shown

    @property
    def activities(self) -> list[Page]:
        """活动，新的在前；撤下的不在里面。"""
        found = [page for page in self.pages if page.activity and not page.withdrawn]
        return sorted(found, key=lambda p: (p.activity.date, p.path) if p.activity else (), reverse=True)

    def text_digest(self, page: Page, records: Iterable[Reviewed] | None = None) -> str:
        """正文的 sha256：页面里的字，加上它用的那一年、那一馆、那一份指南的数据（不含核对、封存的日期）。

        和模板、别的页面无关：只有这一页的内容真的变了，它才变。
        """
        parts = [page.body.strip()]
        left_out = {"reviewed", "archived"}
        for record in self.records(page) if records is None else records:
            values = record.model_dump(mode="json", by_alias=True, exclude=left_out, exclude_defaults=True)
            parts.append(json.dumps(values, ensure_ascii=False, sort_keys=True))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def figures(self, page: Page) -> dict[str, str] | None:
        """年度数据页的各个数：指标 → 写法；别的页面为 None。"""
        year = next((year for number, year in self.years.items() if self.page_of("years", number) is page), None)
        return {name: figure.words for name, figure in year.figures.items()} if year else None

    def records(self, page: Page) -> list[Reviewed]:
        """这一页的宏取的年度数据、村史馆、办事指南。"""
        kinds = [kind for kind in KINDS.values() if kind.folder and kind.schema]
        known = {kind.macros[0].params[0].argument.name: getattr(self, kind.name) for kind in kinds}
        asked = [(param.argument.name, call.values[param.name]) for call in page.calls for param in call.macro.params]
        return [known[name][value] for name, value in asked if name in known and value in known[name]]


_cache: dict[Path, tuple[Any, Site]] = {}


def load(root: Path) -> Site:
    """读 root 下的 data/ 和 docs/。文件没有变（时间、大小）就用上一次的。"""
    root = root.resolve()
    found = walk(root, "data", "docs", nav.CONFIG)
    stamp = _stamps(found)
    if root not in _cache or _cache[root][0] != stamp:
        _cache[root] = (stamp, _load(root, found))
    return _cache[root][1]


def stamps(root: Path, *names: str) -> list[tuple[str, int, int]]:
    """root 下这几个文件夹（或文件）里每个文件的路径、时间、大小；Python 自己编译出来的不算。"""
    return _stamps(walk(root, *names))


def _stamps(found: list[Entry]) -> list[tuple[str, int, int]]:
    return [(each.name, each.modified, each.size) for each in found if each.is_file and not each.name.endswith(".pyc")]


def _load(root: Path, found: list[Entry]) -> Site:
    site = Site(root=root)
    lost = [name for name in ("data", "docs") if not (root / name).is_dir()]
    if lost:
        what, fix = "没有这个文件夹", "在项目的文件夹里运行；删掉了就从上一版恢复"
        site.docs = {kind.path(): Doc(kind.path()) for kind in KINDS.values() if not kind.folder}
        site.other_problems = [Problem(name, 1, 1, ERROR, what, fix) for name in lost]
        return site
    site.other_problems += _unknown_files(site, found)
    site.other_problems += filenames.unportable(each for each in found if each.name != nav.CONFIG)
    read = [(kind, doc, value) for kind in KINDS.values() for doc, value in _read(site, kind)]
    site.pages = pages.load(root / "docs", found)
    template = root / "docs" / TEMPLATES / PAGE_KINDS[0].template
    site.new_page = (read_text(template, template.name)[0] or "") if template.is_file() else ""
    for kind, doc, value in read:
        if value is not None:
            kind.rules(value, doc, site)
        elif kind.secrets:
            kind.secrets(doc, site)
    _missing(site)
    site.other_problems += pages.stray(found)
    site.other_problems += nav.rules(root, {page.path: page.draft for page in site.pages})
    _pages_exist(site)
    _no_demo_in_real(site)
    _pictures_exist(site)
    _places_exist(site)
    allowed: dict[str, Any] = {}
    for page in site.pages:
        for call in page.calls:
            _check_call(site, page, call, allowed)
    _drafts_apart(site)
    return site


# ---- 文件 ----


def _read(site: Site, kind: Kind) -> Iterator[tuple[Doc, Any]]:
    """这一类的各个文件和读出的值；值记到 site 上。"""
    data = site.root / "data"
    paths = sorted(data.glob(kind.file)) if kind.folder else [data / kind.file]
    for path in paths:
        name = path.relative_to(data).as_posix()
        if not kind.matches(name) or path.is_symlink():
            continue
        doc, value = _unchanged(kind, path, name) if path.exists() else _loaded(kind, Doc(f"data/{name}"))
        site.docs[doc.file] = doc
        yield doc, value
        if kind.folder and value is not None:
            getattr(site, kind.name)[kind.key(path.stem)] = value
        elif value is not None:
            setattr(site, kind.name, value)


_read_before: dict[str, tuple[bytes, Doc, Any]] = {}


def _unchanged(kind: Kind, path: Path, name: str) -> tuple[Doc, Any]:
    """内容没有变，就不再解析、不再照模型查一遍；读它的时候发现的问题照样带着。"""
    try:
        content = path.read_bytes()
    except OSError:  # 读不了，由读的地方说
        return _loaded(kind, kind.read(path, f"data/{name}"))
    if name not in _read_before or _read_before[name][0] != content:
        _read_before[name] = (content, *_loaded(kind, kind.read(path, f"data/{name}")))
    _, doc, value = _read_before[name]
    return replace(doc, problems=[*doc.problems]), value


def _loaded(kind: Kind, doc: Doc) -> tuple[Doc, Any]:
    """文件和读出的值。"""
    if kind.may_be_empty:
        doc.problems = [p for p in doc.problems if p.what != "文件是空的"]
    return doc, kind.load(doc)


def _missing(site: Site) -> None:
    """可以空着、没有页面用到的，没有这个文件就是没有这样东西；别的要有。"""
    used = {call.macro for page in site.pages for call in page.calls}
    for kind in KINDS.values():
        if kind.folder or kind.optional or (site.root / kind.path()).exists():
            continue
        if not (kind.may_be_empty and kind.macros and used.isdisjoint(kind.macros)):
            fix = "从上一版恢复，或照模板新建" if kind.schema else "从上一版恢复"
            site.docs[kind.path()].error((), "缺这个文件", fix)


def _unknown_files(site: Site, found: list[Entry]) -> Iterator[Problem]:
    """data/ 里多出来的文件：多半是名字写错了，或电脑自动存的副本。"""
    data = site.root / "data"
    for path, each in under(found, "data"):
        name = printable(path)
        if each.is_link:
            yield Problem(f"data/{name}", 1, 1, ERROR, "这是快捷方式（链接），指到别处去了", "换成真的文件")
        elif not (
            each.is_folder or _known(name) or any(part.startswith(".") or part == TEMPLATES for part in path.split("/"))
        ):
            meant = _meant(name)
            if meant and not (data / meant).is_file():
                site.misnamed.append(f"data/{meant}")
            yield Problem(f"data/{name}", 1, 1, ERROR, "不认识这个文件", _likely_name(data, name, meant))


def _known(name: str) -> bool:
    return any(kind.matches(name) for kind in KINDS.values())


def _meant(name: str) -> str:
    """去掉电脑加的尾巴，应当叫什么；看不出来为空。"""
    folder, _, rest = name.rpartition("/")
    clean = re.sub(r"( \(\d+\)| - 副本|\.bak|\.orig|~)", "", rest)
    clean = re.sub(r"(\.yaml|\.YML|\.yml\.txt|\.txt)$", ".yml", clean)
    fixed = f"{folder}/{clean}" if folder else clean
    return fixed if fixed != name and _known(fixed) else ""


def _likely_name(data: Path, name: str, meant: str) -> str:
    if meant:
        return f"和 data/{meant} 重复，删掉这个" if (data / meant).is_file() else f"改名为 data/{meant}"
    for kind in KINDS.values():
        if kind.folder and name.rpartition("/")[0] == kind.folder:
            example = "写四位年份，如 2026.yml" if kind.key is int else "只用小写字母、数字和连字符，如 shilicun.yml"
            return f"文件名{example}"
    if re.fullmatch(r"\d{4}\.yml", name, re.ASCII):
        return f"移到 data/years/{name}"
    known = [kind.file for kind in KINDS.values() if not kind.folder]
    near = nearest(name.partition(".")[0], [each.removesuffix(".yml") for each in known])
    return f"是不是 data/{near}.yml？" if near else "删掉，或移出 data 文件夹"


# ---- 几个文件之间 ----


def _pages_exist(site: Site) -> None:
    """一个馆、一份指南、一年数据、一年日历、一部法，各有一页；地址是定的。"""
    for path, content in (("index.md", "{{ home() }}"), ("search.md", "{{ search() }}")):
        if site.page(path) is None:
            site.other_problems.append(
                Problem(f"docs/{path}", 1, 1, ERROR, "缺这个文件", f"从上一版恢复；正文写 {content}")
            )
    for kind in KINDS.values():
        for key, value in kind.pages(site).items():
            page = site.page(kind.page_path(key))
            content = f"{{{{ {kind.macros[0].name}({json.dumps(value, ensure_ascii=False)}) }}}}"
            if page is None:
                what = f"还没有对应的页面 docs/{kind.page_path(key)}"
                template = f"复制 docs/{TEMPLATES}/{kind.page_template} 到那里" if kind.page_template else "新建这一页"
                site.docs[kind.path(key)].error((), what, f"{template}，正文写 {content}")
            else:
                _page_shows(page, kind.macros[0].name, value, content)


def _page_shows(page: Page, macro: str, value: Any, content: str) -> None:
    """照着别的页面抄来的，容易忘了改宏里的年份、编号，这一页就登了别处的内容。"""
    calls = [call for call in page.calls if call.macro.name == macro]
    wrong = [call for call in calls if value not in call.values.values()]
    for call in wrong:
        page.error(call.line, "这一页写了别处的内容", f"改成 {content}")
    if len(calls) - len(wrong) > 1:
        page.error(calls[-1].line, f"{content} 写了两遍", "留一个，删一个")
    if not calls and not page.problems and not page.withdrawn:
        page.error(1, f"这一页没有写 {content}", "单独一行补上")


def _no_demo_in_real(site: Site) -> None:
    if site.township is None or site.township.demo:
        return
    what, fix = "正式的网站里还有演示内容", "换成真实内容后删掉「演示」一行，或删掉这一条"
    for doc in site.docs.values():
        items: list[tuple[Path_, Any]] = [((), doc.value)]
        if isinstance(doc.value, list):
            items = [((i,), item) for i, item in enumerate(doc.value)]
        for at, item in items:
            if isinstance(item, dict) and item.get("演示") == "是":
                doc.error((*at, "演示"), what, fix)
    for page in site.pages:
        if page.activity and page.activity.demo:
            page.header_error(("演示",), what, fix)


def _pictures_exist(site: Site) -> None:
    for page in site.pages:
        for i, picture in enumerate(page.activity.pictures if page.activity else []):
            if not site.picture(page, picture).is_file():
                page.header_error(("图片", i, "文件"), f"没有图片 {picture.file}", "核对文件名和文件夹")


def _places_exist(site: Site) -> None:
    """活动的 办理点：办事的地方，或者一个馆。"""
    places, halls = site.written("places"), site.written("halls")
    known = [] if places is None or halls is None else [*places, *halls]
    for page in site.pages:
        for i, place in enumerate(page.activity.places if known and page.activity else []):
            if place not in known:
                page.header_error(("办理点", i), f"places.yml 和各馆的编号里都没有「{place}」", likely(place, known))


def _drafts_apart(site: Site) -> None:
    """公开的页面不链到草稿，不用草稿的图，不用草稿、撤下的数据和馆。"""
    drafts = {page.path: page for page in site.pages if page.draft}
    if not site.withheld:
        return
    fix = "先去掉；等它定稿再加"
    folders = tuple(f"{page.own}/" for page in drafts.values())
    for page in site.pages:
        if page.draft:
            continue
        for number, line in prose(page.body):
            for link in links(line):
                address = resolve(page.path, link.target)
                if address and (address.source in drafts or address.path.startswith(folders)):
                    page.error(number, f"「{link.target}」是草稿里的，居民打不开", fix, "L-1")
        for call in page.calls:
            for param in call.macro.params:
                target = _shown_by(site, param.argument, call.values[param.name])
                if target and (target.draft or (target.withdrawn and param.argument is not PAGE)):
                    what = f"{param.argument.name}「{call.values[param.name]}」还是草稿，或者已经撤下"
                    page.error(call.line, what, "去掉这一处；等它公开了再加", "L-1")
        for i, picture in enumerate(page.activity.pictures if page.activity else []):
            if site.picture(page, picture).relative_to(site.root / "docs").as_posix().startswith(folders):
                page.header_error(("图片", i, "文件"), f"图片 {picture.file} 是草稿里的", fix)
        for i, place in enumerate(page.activity.places if page.activity else []):
            if (hall := site.page_of("halls", place)) and (hall.draft or hall.withdrawn):
                what = f"村史馆「{place}」还是草稿，或者已经撤下"
                page.header_error(("办理点", i), what, "换一个；等它公开了再加")


def _shown_by(site: Site, argument: Any, value: Any) -> Page | None:
    """宏的这个参数说的是哪一页。"""
    if argument is PAGE:
        return site.page(value) if isinstance(value, str) else None
    kinds = [kind for kind in KINDS.values() if kind.folder and kind.page]
    return next((site.page_of(k.name, value) for k in kinds if k.macros[0].params[0].argument is argument), None)


# ---- 宏的参数 ----


def _check_call(site: Site, page: Page, call: Call, known: dict[str, Any]) -> None:
    """核对参数的值：指标、年份、法条、编号都要真有。known：每种参数可以填哪些，问几千次，只算一遍。"""
    values = {p.argument: call.values[p.name] for p in call.macro.params if call.values[p.name] is not None}
    for argument, value in values.items():
        if argument.name not in known:
            known[argument.name] = argument.allowed(site)
        allowed = known[argument.name]
        if argument is COUNT:
            if not isinstance(value, int) or not 1 <= value <= 100:
                page.error(call.line, "条数要写 1 到 100 的整数", "如 {{ activities(3) }}")
        elif allowed is not None and value not in allowed:
            page.error(call.line, *_unknown_value(argument.name, value, allowed))
    if ARTICLE in values:
        _check_article(site, page, call, values)


def _check_article(site: Site, page: Page, call: Call, values: dict[Any, Any]) -> None:
    paragraph = values.get(PARAGRAPH)
    if not isinstance(values[LAW], str):
        page.error(call.line, "法律名要加引号", '如 {{ law("国防教育法", 12) }}')
    elif paragraph is not None and not isinstance(paragraph, int):
        page.error(call.line, f"款「{paragraph}」要写整数", '如 {{ law("国防教育法", 27, 款=2) }}')
    elif site.laws:
        reviewed = page.header.reviewed if page.header else None
        found = site.laws.fault(values[LAW], str(values[ARTICLE]), paragraph, reviewed)
        if found:
            page.error(call.line, *found)


def _unknown_value(name: str, value: Any, allowed: list[Any]) -> tuple[str, str]:
    what = f"{name}「{value}」不存在"
    if isinstance(value, str) and allowed and isinstance(allowed[0], int):
        return f"{name}要写数字，不加引号", f"可用的有：{'、'.join(map(str, allowed))}"
    if name == YEAR.name:
        what = f"没有 {value} 年的数据"
    return what, likely(str(value), map(str, allowed))

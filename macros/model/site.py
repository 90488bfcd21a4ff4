"""把 data/ 和 docs/ 全部读成一个 Site；所有问题一次收齐。"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from . import (
    calendar,
    halls,
    indicators,
    laws,
    links,
    nav,
    pages,
    places,
    published,
    quiz,
    reading,
    rulesets,
    services,
    slogans,
    township,
    words,
    years,
)
from .base import expect_mapping, likely, nearest, validate
from .macrocalls import Call
from .pages import Page
from .problem import ERROR, Problem
from .textfile import printable, read_text
from .yamlfile import Doc, read_yaml

SINGLE = (
    "township.yml",
    "indicators.yml",
    "places.yml",
    "slogans.yml",
    "calendar.yml",
    "reading.yml",
    "quiz.yml",
    "synonyms.yml",
    "links.yml",
    "redirects.yml",
)
MAY_BE_EMPTY = ("redirects.yml", "places.yml", "reading.yml")
FOLDERS = ("years", "halls", "services")
SOURCES = "laws/来源.yml"
PUBLISHED = "published.csv"
TEMPLATES = "_moban"
NEW_ACTIVITY = f"docs/{TEMPLATES}/huodong.md"


# 由人核对过、写着日期的
Reviewed = years.Year | halls.Hall | services.Service


@dataclass
class Site:
    """整个网站的事实。township 读不出时为 None，这时一定有错误。"""

    root: Path
    township: township.Township | None = None
    indicators: dict[str, indicators.Indicator] = field(default_factory=dict)
    years: dict[int, years.Year] = field(default_factory=dict)
    halls: dict[str, halls.Hall] = field(default_factory=dict)
    services: dict[str, services.Service] = field(default_factory=dict)
    places: dict[str, places.Place] = field(default_factory=dict)
    slogans: list[slogans.Slogan] = field(default_factory=list)
    calendar: calendar.Calendar | None = None
    reading: list[reading.Book] = field(default_factory=list)
    quiz: list[quiz.Quiz] = field(default_factory=list)
    laws: laws.Laws = field(default_factory=laws.Laws)
    synonyms: dict[str, list[str]] = field(default_factory=dict)
    links: list[links.Link] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    rules: rulesets.Rules = field(default_factory=rulesets.Rules)
    published: list[published.Publication] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    new_activity: str = ""  # 一篇活动的模板
    data_problems: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        return sorted({*self.data_problems, *(p for page in self.pages for p in page.problems)})

    @property
    def urls(self) -> set[str]:
        return {page.url for page in self.pages}

    def page(self, path: str) -> Page | None:
        return self._by_path.get(path)

    def __post_init__(self) -> None:
        self._by_path: dict[str, Page] = {}

    @property
    def listed(self) -> Site:
        """同一个网站，去掉撤下的页面：搜索、订阅照这个写。"""
        shown = copy.copy(self)
        shown.pages = [page for page in self.pages if not page.withdrawn]
        return shown

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

    def records(self, page: Page) -> list[Reviewed]:
        """这一页的宏取的年度数据、村史馆、办事指南。"""
        known: dict[str, dict[Any, Any]] = {"年份": self.years, "村史馆": self.halls, "指南": self.services}
        asked = [(param.kind, call.values[param.name]) for call in page.calls for param in call.macro.params]
        return [known[kind][value] for kind, value in asked if kind in known and value in known[kind]]

    @property
    def activities(self) -> list[Page]:
        """活动，新的在前；撤下的不在里面。"""
        found = [page for page in self.pages if page.activity and not page.withdrawn]
        return sorted(found, key=lambda p: (p.activity.date, p.path) if p.activity else (), reverse=True)


_cache: dict[Path, tuple[Any, Site]] = {}


def load(root: Path) -> Site:
    """读 root 下的 data/ 和 docs/。文件没有变（时间、大小）就用上一次的。"""
    root = root.resolve()
    stamp = stamps(root, "data", "docs", nav.CONFIG)
    if root not in _cache or _cache[root][0] != stamp:
        _cache[root] = (stamp, _Loader(root).load())
    return _cache[root][1]


def stamps(root: Path, *names: str) -> list[tuple[str, int, int]]:
    """root 下这几个文件夹（或文件）里每个文件的路径、时间、大小。"""
    found = []
    for name in names:
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]:
            if path.is_file():
                stat = path.stat()
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return found


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"
        self.site = Site(root)
        self.docs: dict[str, Doc] = {}
        self.other: list[Problem] = []

    def load(self) -> Site:
        lost = [name for name in ("data", "docs") if not (self.root / name).is_dir()]
        if lost:
            what, fix = "没有这个文件夹", "在项目的文件夹里运行；删掉了就从上一版恢复"
            self.site.data_problems = [Problem(name, 1, 1, ERROR, what, fix) for name in lost]
            return self.site
        self.unknown_files()
        for name in (*SINGLE, SOURCES):
            self.read(name, optional=name in MAY_BE_EMPTY)
        self.load_laws()
        self.load_single()
        self.load_folders()
        self.load_published()
        self.site.pages = pages.load(self.root / "docs")
        path = self.root / NEW_ACTIVITY
        self.site.new_activity = (read_text(path, NEW_ACTIVITY)[0] or "") if path.is_file() else ""
        self.other += pages.stray(self.root / "docs")
        self.site._by_path = {page.path: page for page in self.site.pages}
        self.cross_rules()
        self.site.data_problems = [*self.other, *(p for doc in self.docs.values() for p in doc.problems)]
        return self.site

    # ---- 读文件 ----

    def read(self, name: str, optional: bool = False) -> Doc:
        path = self.data / name
        if not path.exists():
            doc = Doc(f"data/{name}")
            doc.error((), "缺这个文件", "从上一版恢复，或照模板新建")
        else:
            doc = read_yaml(path, f"data/{name}")
            if optional:
                doc.problems = [p for p in doc.problems if p.what != "文件是空的"]
        self.docs[name] = doc
        return doc

    def unknown_files(self) -> None:
        """data/ 里多出来的文件：多半是名字写错了，或电脑自动存的副本。"""
        for path in sorted(self.data.rglob("*")):
            name = printable(path.relative_to(self.data).as_posix())
            if path.is_symlink():
                what = "这是快捷方式（链接），指到别处去了"
                self.other.append(Problem(f"data/{name}", 1, 1, ERROR, what, "换成真的文件"))
                continue
            if path.is_dir() or any(
                part.startswith(".") or part == TEMPLATES for part in path.parts[len(self.data.parts) :]
            ):
                continue
            if not self.expected(name):
                self.other.append(Problem(f"data/{name}", 1, 1, ERROR, "不认识这个文件", self.likely_name(name)))

    def expected(self, name: str) -> bool:
        folder, _, rest = name.rpartition("/")
        if not folder:
            return name in SINGLE or name == PUBLISHED
        if folder == "laws":
            return name == SOURCES or bool(re.fullmatch(r"[a-z-]+\.json", rest))
        if folder == "years":
            return bool(re.fullmatch(r"\d{4}\.yml", rest, re.ASCII))
        if folder == "rules":
            return rest.removesuffix(".yml") in rulesets.MODELS and rest.endswith(".yml")
        return folder in FOLDERS and bool(re.fullmatch(r"[a-z0-9-]+\.yml", rest))

    def likely_name(self, name: str) -> str:
        folder, _, rest = name.rpartition("/")
        clean = re.sub(r"( \(\d+\)| - 副本|\.bak|\.orig|~)", "", rest)
        clean = re.sub(r"(\.yaml|\.YML|\.yml\.txt|\.txt)$", ".yml", clean)
        fixed = f"{folder}/{clean}" if folder else clean
        if fixed != name and self.expected(fixed):
            exists = (self.data / fixed).is_file()
            return f"和 data/{fixed} 重复，删掉这个" if exists else f"改名为 data/{fixed}"
        if folder == "years":
            return "文件名写四位年份，如 2026.yml"
        if folder in (*FOLDERS, "laws"):
            return "文件名只用小写字母、数字和连字符，如 shilicun.yml"
        if re.fullmatch(r"\d{4}\.yml", name, re.ASCII):
            return f"移到 data/years/{name}"
        known = [*SINGLE, *(f"rules/{each}.yml" for each in rulesets.MODELS)]
        near = nearest(name.partition(".")[0], [each.removesuffix(".yml") for each in known])
        return f"是不是 data/{near}.yml？" if near else "删掉，或移出 data 文件夹"

    # ---- 逐个主题 ----

    def load_laws(self) -> None:
        self.site.laws, found = laws.load(self.data / "laws", "data/laws", self.docs[SOURCES])
        self.other += found

    def load_single(self) -> None:
        site, docs = self.site, self.docs
        if expect_mapping(docs["township.yml"]):
            site.township = validate(township.Township, docs["township.yml"])
            if site.township:
                township.rules(site.township, docs["township.yml"])
        site.indicators = indicators.load(docs["indicators.yml"])
        if isinstance(docs["indicators.yml"].value, dict):
            indicators.rules(site.indicators, docs["indicators.yml"])
        site.places = {place.id: place for place in places.load(docs["places.yml"])}
        places.rules(docs["places.yml"])
        site.slogans = slogans.load(docs["slogans.yml"])
        slogans.rules(site.slogans, docs["slogans.yml"], site.laws)
        site.calendar = calendar.load(docs["calendar.yml"])
        if site.calendar:
            calendar.rules(site.calendar, docs["calendar.yml"], site.laws)
        site.reading = reading.load(docs["reading.yml"])
        reading.rules(docs["reading.yml"])
        site.quiz = quiz.load(docs["quiz.yml"])
        quiz.rules(site.quiz, docs["quiz.yml"], site.laws)
        site.synonyms = words.load(docs["synonyms.yml"])
        site.links = links.load_links(docs["links.yml"])
        links.link_rules(docs["links.yml"])
        site.redirects = links.load_redirects(docs["redirects.yml"])

    def files(self, folder: str) -> list[str]:
        found = sorted((self.data / folder).glob("*.yml"))
        return [name for name in (f"{folder}/{path.name}" for path in found) if self.expected(name)]

    def load_folders(self) -> None:
        site = self.site
        for name in self.files("years"):
            year = years.load(self.docs[name]) if expect_mapping(self.read(name)) else None
            if year:
                years.rules(year, self.docs[name], site.indicators, self.names("indicators.yml"))
                site.years[int(Path(name).stem)] = year
        for name in self.files("halls"):
            hall = halls.load(self.docs[name]) if expect_mapping(self.read(name)) else None
            if hall:
                halls.rules(hall, self.docs[name])
                site.halls[Path(name).stem] = hall
        for name in self.files("services"):
            service = services.load(self.docs[name]) if expect_mapping(self.read(name)) else None
            if service:
                services.rules(service, self.docs[name], self.ids("places.yml"))
                site.services[Path(name).stem] = service
        site.rules = rulesets.load(lambda name: self.read(f"rules/{name}.yml", optional=True))

    def load_published(self) -> None:
        path, name = self.data / PUBLISHED, f"data/{PUBLISHED}"
        if not path.exists():
            self.other.append(Problem(name, 1, 1, ERROR, "缺这个文件", "从上一版恢复"))
            return
        text, found = read_text(path, name)
        self.other += found
        if text is not None:
            self.site.published, found = published.load(text, name)
            self.other += found

    def names(self, name: str) -> set[str] | None:
        """文件里写了的键，坏掉的也算；整个文件读不出时为 None，靠它核对的都不报。"""
        value = self.docs[name].value
        return set(value) if isinstance(value, dict) else None

    def ids(self, name: str) -> set[str] | None:
        value = self.docs[name].value
        if value is None and not self.docs[name].problems:
            return set()
        return {str(item.get("编号")) for item in value if isinstance(item, dict)} if isinstance(value, list) else None

    # ---- 几个文件之间 ----

    def cross_rules(self) -> None:
        site = self.site
        if site.laws:
            for name, service in site.services.items():
                for i, citation in enumerate(service.basis):
                    site.laws.check(self.docs[f"services/{name}.yml"], ("依据", i), citation)
            for name, indicator in site.indicators.items():
                if indicator.basis:
                    site.laws.check(self.docs["indicators.yml"], (name, "不公开依据"), indicator.basis)
        links.redirect_rules(site.redirects, self.docs["redirects.yml"], site.urls)
        self.other += nav.rules(self.root, {page.path for page in site.pages})
        self.pages_exist()
        self.no_demo_in_real()
        self.pictures_exist()
        for page in site.pages:
            for call in page.calls:
                self.check_call(page, call)

    def pages_exist(self) -> None:
        """一个馆、一份指南、一年数据、一年日历、一部法，各有一页；地址是定的。"""
        site = self.site
        needed: list[tuple[str, str, str, Any]] = []
        for path, content in (("index.md", "{{ home() }}"), ("search.md", "{{ search() }}")):
            if site.page(path) is None:
                self.other.append(Problem(f"docs/{path}", 1, 1, ERROR, "缺这个文件", f"从上一版恢复；正文写 {content}"))
        needed += [(f"halls/{n}.yml", f"cunshiguan/{n}.md", "hall", n) for n in site.halls]
        needed += [(f"services/{n}.yml", f"banshi/{n}.md", "service", n) for n in site.services]
        needed += [(f"years/{n}.yml", f"shuju/{n}.md", "figures", n) for n in site.years]
        needed += [("calendar.yml", f"rili/{n}.md", "dates", n) for n in (site.calendar.years if site.calendar else [])]
        needed += [(SOURCES, f"xuexi/falv/{law.slug}.md", "law_text", law.name) for law in site.laws.texts.values()]
        for name, path, macro, value in needed:
            page = site.page(path)
            content = f"{{{{ {macro}({json.dumps(value, ensure_ascii=False)}) }}}}"
            if page is None:
                self.docs[name].error((), f"还没有对应的页面 docs/{path}", f"照同类页面新建，正文写 {content}")
            else:
                self.page_shows(page, macro, value, content)

    def page_shows(self, page: Page, macro: str, value: Any, content: str) -> None:
        """照着别的页面抄来的，容易忘了改宏里的年份、编号，这一页就登了别处的内容。"""
        calls = [call for call in page.calls if call.macro.name == macro]
        wrong = [call for call in calls if value not in call.values.values()]
        for call in wrong:
            page.error(call.line, "这一页写了别处的内容", f"改成 {content}")
        if len(calls) - len(wrong) > 1:
            page.error(calls[-1].line, f"{content} 写了两遍", "留一个，删一个")
        if not calls and not page.problems:
            page.error(1, f"这一页没有写 {content}", "单独一行补上")

    def no_demo_in_real(self) -> None:
        site = self.site
        if site.township is None or site.township.demo:
            return
        what, fix = "正式的网站里还有演示内容", "换成真实内容后删掉「演示」一行，或删掉这一条"
        for folder, records in (("years", site.years), ("halls", site.halls)):
            for name, record in records.items():
                if record.demo:
                    self.docs[f"{folder}/{name}.yml"].error(("演示",), what, fix)
        for name in ("places.yml", "slogans.yml"):
            for i, item in enumerate(self.docs[name].value or []):
                if isinstance(item, dict) and item.get("演示") == "是":
                    self.docs[name].error((i, "演示"), what, fix)
        for page in site.pages:
            if page.activity and page.activity.demo:
                page.header_error(("演示",), what, fix)

    def pictures_exist(self) -> None:
        fix = "核对文件名和文件夹"
        for name, hall in self.site.halls.items():
            for i, exhibit in enumerate(hall.exhibits):
                if exhibit.picture and not (self.root / "docs" / "cunshiguan" / exhibit.picture.file).is_file():
                    at = ("展品", i, "图", "文件")
                    self.docs[f"halls/{name}.yml"].error(at, f"没有图片 {exhibit.picture.file}", fix)
        for page in self.site.pages:
            for i, picture in enumerate(page.activity.pictures if page.activity else []):
                if not (self.root / "docs" / page.path).parent.joinpath(picture.file).is_file():
                    page.header_error(("图片", i, "文件"), f"没有图片 {picture.file}", fix)

    def check_call(self, page: Page, call: Call) -> None:
        """核对参数的值：指标、年份、法条、编号都要真有。"""
        values = {p.kind: call.values[p.name] for p in call.macro.params if call.values[p.name] is not None}
        for kind, value in values.items():
            if kind in ("条", "款"):
                continue
            allowed = self.allowed(kind)
            if kind == "条数":
                if not isinstance(value, int) or not 1 <= value <= 100:
                    page.error(call.line, "条数要写 1 到 100 的整数", "如 {{ activities(3) }}")
            elif allowed is not None and value not in allowed:
                page.error(call.line, *self.unknown_value(kind, value, allowed))
        if "条" in values:
            self.check_article(page, call, values)

    def check_article(self, page: Page, call: Call, values: dict[str, Any]) -> None:
        paragraph = values.get("款")
        if not isinstance(values["法"], str):
            page.error(call.line, "法律名要加引号", '如 {{ law("国防教育法", 12) }}')
        elif paragraph is not None and not isinstance(paragraph, int):
            page.error(call.line, f"款「{paragraph}」要写整数", '如 {{ law("国防教育法", 27, 款=2) }}')
        elif self.site.laws:
            found = self.site.laws.fault(values["法"], str(values["条"]), paragraph)
            if found:
                page.error(call.line, *found)

    def allowed(self, kind: str) -> list[Any] | None:
        """这种参数可以填什么；None 是不在这里核对。"""
        return self.every_allowed.get(kind)

    @cached_property
    def every_allowed(self) -> dict[str, Any]:
        """数据都读完以后才问，问几千次，只算一遍。"""
        site = self.site
        return {
            "年份": sorted(int(Path(n).stem) for n in self.files("years")),
            "指标": self.names("indicators.yml") and sorted(self.names("indicators.yml") or ()),
            "正文": [*site.laws.texts, *site.laws.broken] or None,
            "标语类别": [*slogans.CATEGORIES, "往年"],
            "村史馆": [Path(n).stem for n in self.files("halls")],
            "指南": [Path(n).stem for n in self.files("services")],
            "地点类别": list(places.Kind.__args__),  # type: ignore[attr-defined]
            "日历年份": site.calendar.years if site.calendar else None,
            "自测主题": list(dict.fromkeys(q.topic for q in site.quiz)) or None,
        }

    def unknown_value(self, kind: str, value: Any, allowed: list[Any]) -> tuple[str, str]:
        what = f"{kind}「{value}」不存在"
        if isinstance(value, str) and allowed and isinstance(allowed[0], int):
            return f"{kind}要写数字，不加引号", f"可用的有：{'、'.join(map(str, allowed))}"
        if kind == "年份" and value not in allowed:
            what = f"没有 {value} 年的数据"
        return what, likely(str(value), map(str, allowed))

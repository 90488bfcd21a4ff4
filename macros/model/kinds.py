"""数据有哪几类，页面有哪几类：一类一条，写着文件、记录、规则、网页、宏、复核、渠道。别处都照这里。

加一类数据：一个模块写记录和规则；这里 Records 加一个名字，KINDS 加一条；views/ 里写出它的宏。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import (
    calendar,
    deliveries,
    drafts,
    halls,
    headers,
    indicators,
    laws,
    ledger,
    links,
    places,
    published,
    quiz,
    reading,
    rulesets,
    services,
    slogans,
    superseded,
    targets,
    township,
    volunteers,
    words,
    years,
)
from .headers import BOARD, LOUDSPEAKER, WECHAT
from .macro import Argument, Macro, Param
from .validation import many, one
from .yamlfile import Doc, read_yaml

if TYPE_CHECKING:
    from .site import Site


@dataclass
class Records:
    """data/ 里的全部记录；名字和 KINDS 里的一样。读不出的是空的，这时一定有错误。"""

    township: township.Township | None = None
    indicators: dict[str, indicators.Indicator] = field(default_factory=dict)
    years: dict[int, years.Year] = field(default_factory=dict)
    halls: dict[str, halls.Hall] = field(default_factory=dict)
    services: dict[str, services.Service] = field(default_factory=dict)
    places: dict[str, places.Place] = field(default_factory=dict)
    volunteers: list[volunteers.Volunteers] = field(default_factory=list)
    slogans: list[slogans.Slogan] = field(default_factory=list)
    calendar: calendar.Calendar | None = None
    reading: list[reading.Book] = field(default_factory=list)
    quiz: list[quiz.Quiz] = field(default_factory=list)
    synonyms: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    links: list[links.Link] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    law_sources: laws.Sources | None = None
    law_bodies: dict[str, laws.Body] = field(default_factory=dict)
    superseded: dict[str, superseded.Superseded] = field(default_factory=dict)
    terms: list[rulesets.Rule] = field(default_factory=list)
    pasted: list[rulesets.Rule] = field(default_factory=list)
    phrases: list[rulesets.Phrase] = field(default_factory=list)
    privacy: list[rulesets.Rule] = field(default_factory=list)
    secrecy: list[rulesets.Rule] = field(default_factory=list)
    freshness: list[rulesets.Period] = field(default_factory=list)
    exemptions: list[rulesets.Exemption] = field(default_factory=list)
    people: list[rulesets.Cue] = field(default_factory=list)
    names: list[rulesets.NameList] = field(default_factory=list)
    parts: list[rulesets.Part] = field(default_factory=list)
    published: list[published.Publication] = field(default_factory=list)
    targets: list[targets.Target] = field(default_factory=list)
    deliveries: list[deliveries.Delivery] = field(default_factory=list)
    drafts: list[drafts.Draft] = field(default_factory=list)


# ---- 宏的参数 ----

YEAR = Argument("年份", "2020", lambda site: sorted(map(int, site.written("years") or ())))
INDICATOR = Argument("指标", '"指标名"', lambda site: site.written("indicators"))
HALL = Argument("村史馆", '"编号"', lambda site: site.written("halls"))
SERVICE = Argument("指南", '"编号"', lambda site: site.written("services"))
LAW = Argument("法", '"国防教育法"')
ARTICLE = Argument("条", "12")
PARAGRAPH = Argument("款", "2")
LAW_TEXT = Argument("正文", '"国防教育法"', lambda site: [*site.laws.texts, *site.laws.broken] or None)
SLOGANS = Argument("标语类别", '"国防教育"', lambda _: [*slogans.CATEGORIES, "往年"])
PLACES = Argument("地点类别", '"退役军人服务站"', lambda _: places.KINDS)
COUNT = Argument("条数", "3")
TITLE = Argument("标题", '"办了多少场"')
PAGE = Argument("页面", '"banshi/youdaizheng.md"', lambda site: [page.path for page in site.pages])
CALENDAR = Argument("日历年份", "2026", lambda site: site.calendar.years if site.calendar else None)
TOPIC = Argument("自测主题", '"国防教育"', lambda site: list(dict.fromkeys(q.topic for q in site.quiz)) or None)


# ---- 数据 ----


@dataclass(frozen=True)
class Review:
    """多久核对一次：data/rules/freshness.yml 里的类别。

    said 说一条记录核对的是什么，不用核对的为空；date 是日期的键，fix 是过期以后怎么办。
    """

    period: str
    said: Callable[[Any], str]
    date: str = "复核日期"
    fix: str = "打电话或到现场核对，改 复核日期"


def _nothing(value: Any, doc: Doc, site: Site) -> None:
    """读的时候已经查过，没有别的要核对。"""


@dataclass(frozen=True)
class Kind:
    """一类数据。

    name：Records 里的名字，也是 schemas/ 里的文件名。file：在 data/ 里的文件；一样一个文件的写成 halls/*.yml，
    stem 是文件名的写法，key 由它得到 Records 里的键。schema：整个文件的类型，给编辑器用；程序写的文件没有。
    load：读一个文件，读不出为 None。rules：全部读完以后再核对，报在文件上；secrets：读不出的，也先看有没有不该写的。
    optional：没有这个文件也行。
    macros：写出它的宏。一样一页的：page 是页面在 docs/ 里的地方，由头一个宏写出；pages 是页名 → 宏的参数。
    within：都写在一个文件里、又不是列表的，各条记录在文件的什么位置。
    template、page_template：data/_moban/、docs/_moban/ 里的模板。own：本镇自己的，make fresh 时清掉。
    """

    name: str
    title: str
    file: str
    load: Callable[[Doc], Any]
    rules: Callable[[Any, Doc, Site], None] = _nothing
    schema: Any = None
    secrets: Callable[[Doc, Site], None] | None = None
    read: Callable[[Path, str], Doc] = read_yaml
    stem: str = "[a-z0-9-]+"
    key: Callable[[str], Any] = str
    may_be_empty: bool = False
    optional: bool = False
    macros: tuple[Macro, ...] = ()
    page: str = ""
    pages: Callable[[Site], Mapping[Any, Any]] = lambda _: {}
    within: Callable[[Any], Mapping[Any, Any]] | None = None
    template: str = ""
    page_template: str = ""
    own: bool = False
    review: Review | None = None
    channels: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """一样一个文件的，放在 data/ 的哪个文件夹；都写在一个文件里的为空。"""
        return self.file.partition("/*")[0] if "*" in self.file else ""

    def matches(self, name: str) -> bool:
        """data/ 里的这个文件是不是这一类。"""
        return bool(re.fullmatch(re.escape(self.file).replace(r"\*", self.stem), name, re.ASCII))

    def path(self, key: Any = "") -> str:
        """这一样写在哪个文件。"""
        return f"data/{self.file.replace('*', str(key))}"

    def page_path(self, key: Any) -> str:
        """这一样的页面，相对 docs/。"""
        return self.page.format(key)

    def page_url(self, key: Any) -> str:
        return self.page_path(key).removesuffix(".md") + ".html"


def _same(name: str) -> Callable[[Site], Mapping[Any, Any]]:
    """一样一个文件的：页名就是键，宏的参数也是键。"""
    return lambda site: {key: key for key in getattr(site, name)}


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "township",
            "本栏目和主办单位",
            "township.yml",
            one(township.Township),
            township.rules,
            township.Township,
            macros=(Macro("contact", "about"),),
        ),
        Kind(
            "services",
            "办事指南",
            "services/*.yml",
            one(services.Service),
            services.rules,
            services.Service,
            macros=(Macro("service", "services", (Param("编号", SERVICE, optional=True),)),),
            page="banshi/{}.md",
            pages=_same("services"),
            template="banshi.yml",
            page_template="banshi.md",
            review=Review("办事指南", lambda service: f"“{service.name}”"),
            channels=(WECHAT, BOARD, LOUDSPEAKER),
        ),
        Kind(
            "halls",
            "村史馆",
            "halls/*.yml",
            one(halls.Hall),
            halls.rules,
            halls.Hall,
            macros=(Macro("hall", "halls", (Param("编号", HALL, optional=True),)),),
            page="cunshiguan/{}.md",
            pages=_same("halls"),
            template="cunshiguan.yml",
            page_template="cunshiguan.md",
            own=True,
            review=Review("开放时间", lambda hall: f"{hall.name}的开放时间" if isinstance(hall.hours, dict) else ""),
            channels=(WECHAT, BOARD),
        ),
        Kind(
            "years",
            "年度数据",
            "years/*.yml",
            one(years.Year),
            years.rules,
            years.Year,
            secrets=years.secrets,
            stem=r"\d{4}",
            key=int,
            macros=(
                Macro("figures", "figures", (Param("年份", YEAR, optional=True),)),
                Macro("figure", "figures", (Param("年份", YEAR), Param("指标", INDICATOR)), block=False),
                Macro("trend", "figures", (Param("指标", INDICATOR), Param("标题", TITLE, optional=True))),
            ),
            page="shuju/{}.md",
            pages=_same("years"),
            template="niandu.yml",
            page_template="niandu.md",
            own=True,
            channels=(WECHAT,),
        ),
        Kind(
            "indicators",
            "指标",
            "indicators.yml",
            indicators.load,
            indicators.rules,
            dict[str, indicators.Indicator],
            template="zhibiao.yml",
        ),
        Kind(
            "places",
            "办事的地方",
            "places.yml",
            places.load,
            places.rules,
            list[places.Place],
            may_be_empty=True,
            macros=(Macro("places", "services", (Param("类别", PLACES),)),),
            template="didian.yml",
            review=Review("电话地址", lambda place: f"{place.name}的电话和地址"),
        ),
        Kind(
            "volunteers",
            "志愿服务队",
            "volunteers.yml",
            many(volunteers.Volunteers),
            volunteers.rules,
            list[volunteers.Volunteers],
            may_be_empty=True,
            macros=(Macro("volunteers", "volunteers"),),
            template="zhiyuandui.yml",
            own=True,
            review=Review("电话地址", lambda team: f"{team.name}的电话"),
        ),
        Kind(
            "slogans",
            "标语",
            "slogans.yml",
            many(slogans.Slogan),
            slogans.rules,
            list[slogans.Slogan],
            macros=(Macro("slogans", "slogans", (Param("类别", SLOGANS, optional=True),)),),
            template="biaoyu.yml",
        ),
        Kind(
            "calendar",
            "重要日子",
            "calendar.yml",
            one(calendar.Calendar),
            calendar.rules,
            calendar.Calendar,
            macros=(Macro("dates", "calendar", (Param("年份", CALENDAR, optional=True),)),),
            page="rili/{}.md",
            pages=lambda site: {year: year for year in (site.calendar.years if site.calendar else [])},
            page_template="rili.md",
        ),
        Kind(
            "reading",
            "书目",
            "reading.yml",
            many(reading.Book),
            reading.rules,
            list[reading.Book],
            may_be_empty=True,
            macros=(Macro("reading", "reading"),),
            template="shumu.yml",
        ),
        Kind(
            "quiz",
            "自测题",
            "quiz.yml",
            many(quiz.Quiz),
            quiz.rules,
            list[quiz.Quiz],
            macros=(Macro("quiz", "reading", (Param("主题", TOPIC, optional=True),)),),
            template="zice.yml",
        ),
        Kind("synonyms", "同义词", "synonyms.yml", words.load, schema=dict[str, list[str]]),
        Kind(
            "asked",
            "居民的问法",
            "asked.yml",
            words.load_asked,
            words.asked_rules,
            dict[str, list[str]],
            optional=True,
        ),
        Kind(
            "links",
            "外部链接",
            "links.yml",
            many(links.Link),
            links.link_rules,
            list[links.Link],
            template="lianjie.yml",
        ),
        Kind(
            "redirects",
            "改过的地址",
            "redirects.yml",
            links.load_redirects,
            links.redirect_rules,
            dict[str, str],
            may_be_empty=True,
        ),
        Kind(
            "law_sources",
            "法律",
            "laws/来源.yml",
            one(laws.Sources),
            laws.rules,
            laws.Sources,
            macros=(
                Macro("law_text", "laws", (Param("名", LAW_TEXT, optional=True),)),
                Macro("law", "laws", (Param("名", LAW), Param("条", ARTICLE), Param("款", PARAGRAPH, optional=True))),
            ),
            page="xuexi/falv/{}.md",
            pages=lambda site: {law.slug: law.name for law in site.laws.texts.values()},
            within=lambda sources: sources.all,
            review=Review(
                "法律",
                lambda law: f"《{law.full_name}》",
                date="核对日期",
                fix="到国家法律法规数据库（flk.npc.gov.cn）看有没有新版本，逐条对一遍，改 核对日期",
            ),
        ),
        Kind(
            "law_bodies",
            "法律正文",
            "laws/*.json",
            laws.load_body,
            laws.body_rules,
            read=laws.read_json,
            stem="[a-z-]+",
        ),
        Kind(
            "superseded",
            "法律的旧版",
            "laws/旧版.yml",
            superseded.load,
            superseded.rules,
            dict[str, superseded.Superseded],
        ),
        *(
            Kind(name, "检查用的词表", f"rules/{name}.yml", many(record), rulesets.rules, list[record])  # type: ignore[valid-type]
            for name, record in (
                ("terms", rulesets.Rule),
                ("pasted", rulesets.Rule),
                ("phrases", rulesets.Phrase),
                ("privacy", rulesets.Rule),
                ("secrecy", rulesets.Rule),
                ("people", rulesets.Cue),
                ("names", rulesets.NameList),
            )
        ),
        Kind(
            "freshness",
            "复核期限",
            "rules/freshness.yml",
            many(rulesets.Period),
            rulesets.period_rules,
            list[rulesets.Period],
            may_be_empty=True,
        ),
        Kind(
            "exemptions",
            "放行",
            "rules/exemptions.yml",
            many(rulesets.Exemption),
            schema=list[rulesets.Exemption],
            may_be_empty=True,
        ),
        Kind(
            "parts",
            "词表里的一截",
            "rules/parts.yml",
            many(rulesets.Part),
            rulesets.part_rules,
            list[rulesets.Part],
            may_be_empty=True,
        ),
        Kind(
            "targets",
            "发布的去处",
            "fabu.yml",
            many(targets.Target),
            targets.rules,
            list[targets.Target],
            may_be_empty=True,
            optional=True,
        ),
        Kind(
            "deliveries",
            "发布的记录",
            "releases.csv",
            deliveries.load,
            read=ledger.read,
            optional=True,
        ),
        Kind("published", "公开过的地址", "published.csv", published.load, read=ledger.read),
        Kind("drafts", "公众号的草稿", drafts.FILE, drafts.load, read=ledger.read, optional=True),
    )
}


# ---- 页面 ----


@dataclass(frozen=True)
class PageKind:
    """一类有日期、要审签的页面，在 docs/<folder>/<年份>/ 里；页眉里的 渠道 说发到哪里。别的页面只有普通的页眉。"""

    title: str
    folder: str
    header: type[headers.ActivityHeader]
    template: str

    @property
    def index(self) -> str:
        return f"{self.folder}/index.html"

    def year(self, path: str) -> int | None:
        """docs/ 里的这个路径在哪一年的文件夹里；不是这一类为 None。"""
        match = re.fullmatch(rf"{self.folder}/(\d{{4}})/[^/]+\.md", path, re.ASCII)
        return int(match[1]) if match else None


PAGE_KINDS = (PageKind("双拥活动", "shuangyong", headers.ActivityHeader, "huodong.md"),)


def lasting(path: str) -> bool:
    """列表、目录一直链着的页面：各栏目的首页，搜索，一部法、一年日历。"""
    fixed = [kind.page for kind in KINDS.values() if kind.page and not kind.folder]
    return path.rpartition("/")[2] in ("index.md", "search.md") or any(
        re.fullmatch(re.escape(each).replace(r"\{\}", "[^/]+"), path) for each in fixed
    )


def page_kind(path: str) -> PageKind | None:
    return next((kind for kind in PAGE_KINDS if kind.year(path) is not None), None)


# 页面里能用的宏
MACROS = {
    macro.name: macro
    for macro in (
        *(macro for kind in KINDS.values() for macro in kind.macros),
        Macro("activities", "activities", (Param("条数", COUNT, optional=True),)),
        Macro("answer", "answers", (Param("页面", PAGE),)),
        Macro("releases", "publications"),
        Macro("site_map", "about"),
        Macro("search", "search"),
        Macro("home", "about"),
    )
}

"""data/laws/：法律正文（逐字）和来源。页面、标语、指南引用的每一条都在这里核对。"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from .nearest import likely
from .numerals import article_number, chinese
from .problem import ERROR, Problem
from .record import Record, fault, key
from .textfile import read_text
from .values import Citation, Date, ReviewDate, Text
from .yamlfile import Doc

if TYPE_CHECKING:
    import datetime

    from .site import Site
    from .superseded import Superseded

ARTICLE = re.compile(r"(0|[1-9][0-9]{0,3})(之[一二三四五六七八九十])?")
ARTICLE_FIX = "写成 12 或 299之一，半角数字，不写“第”和“条”"
ITEM = re.compile(r"（[一二三四五六七八九十]+）")


def _article(value: str) -> str:
    if not ARTICLE.fullmatch(value):
        raise fault(f"条号「{value}」的写法不对", ARTICLE_FIX)
    return value


Article = Annotated[Text, AfterValidator(_article)]


def _file(value: str) -> str:
    if not re.fullmatch(r"[a-z-]+\.json", value):
        raise fault(f"文件名「{value}」的写法不对", "写成 guofang-fa.json 的样子，放在 data/laws 里")
    return value


def _full_name(value: str) -> str:
    if re.search("[《》]", value):
        raise fault(f"「{value}」不加书名号", "去掉《》，页面上会自己加")
    return value


FullName = Annotated[Text, AfterValidator(_full_name)]


def paragraphs(text: str) -> list[str]:
    """一条的各款；（一）（二）是项，跟着上面的款走。"""
    found: list[str] = []
    for line in text.split("\n"):
        if ITEM.match(line) and found:
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


class Compared(Record):
    """每一部法都有的：叫什么，哪天、和几个来源逐条对过。"""

    full_name: FullName = key("全称")
    aliases: list[Text] = key("别称", [], description="人们常用、书名号里不该写的简称")
    reviewed: ReviewDate = key("核对日期", description="上次逐条对过的日子；照国家法律法规数据库对")
    against: Literal["一个来源", "两个来源"] = key("核对", description="正文和几个来源对过")


class LawSource(Compared):
    """一部有正文的法的来源和版本。"""

    file: Annotated[Text, AfterValidator(_file)] = key("文件")
    version: Text = key("版本", description="哪天、谁、通过或修订")
    revised: Date = key("修订日期")
    in_force: Date = key("施行日期")
    source: Text = key("来源")
    sha256: Text = key("sha256", description="正文的校验值；正文一变就报错")

    @property
    def slug(self) -> str:
        return self.file.removesuffix(".json")


class CitedLaw(Compared):
    """会引用但没有正文的法：只许引用核对过的条。"""

    revised: Date | None = key("修订日期", None)
    articles: Annotated[list[Article], Field(min_length=1)] = key("已核条文")


class Sources(Record):
    """各部法的来源和版本：data/laws/来源.yml。"""

    texts: dict[str, LawSource] = key("法律")
    cited: dict[str, CitedLaw] = key("无正文")
    missing: dict[str, Text] = key("不存在", description="不存在的法律名 → 应该怎么写")

    @property
    def all(self) -> dict[tuple[str, str], LawSource | CitedLaw]:
        """文件里的位置 → 每一部法。"""
        found: dict[tuple[str, str], LawSource | CitedLaw] = {("法律", name): law for name, law in self.texts.items()}
        return found | {("无正文", name): law for name, law in self.cited.items()}


class Chapter(Record):
    """一章。"""

    title: Text = key("名")
    first: int = key("起", description="从第几条起")


class Annex(Record):
    """法律后面的附件。"""

    title: Text = key("名")
    text: Text = key("文")


class Body(Record):
    """data/laws/<文件>.json：一部法的正文。articles：条号 → 文字，款之间是换行。"""

    chapters: list[Chapter] = key("章")
    articles: Annotated[dict[Article, Text], Field(min_length=1)] = key("条")
    annex: Annex | None = key("附", None)

    @property
    def sha256(self) -> str:
        lines = [f"{c.title}@{c.first}" for c in self.chapters]
        lines += [f"第{number}条 {text}" for number, text in self.articles.items()]
        if self.annex:
            lines.append(f"{self.annex.title} {self.annex.text}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Law:
    """一部法：来源和正文。"""

    name: str
    source: LawSource
    body: Body

    @property
    def slug(self) -> str:
        return self.source.slug

    @property
    def full_name(self) -> str:
        return self.source.full_name

    @property
    def chapters(self) -> list[Chapter]:
        return self.body.chapters

    @property
    def articles(self) -> dict[str, str]:
        return self.body.articles

    @property
    def annex(self) -> Annex | None:
        return self.body.annex

    @property
    def last(self) -> str:
        return list(self.articles)[-1]


@dataclass
class Laws:
    """全部法律：有正文的、只核对过条文的、不存在的名字、换下来的旧版。broken：正文读不出或被改过的，引用它的先不核对。"""

    texts: dict[str, Law] = field(default_factory=dict)
    cited: dict[str, CitedLaw] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    superseded: dict[str, Superseded] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.texts or self.cited)

    def full_name(self, name: str) -> str:
        return (self.texts.get(name) or self.cited[name]).full_name

    @property
    def names(self) -> dict[str, str]:
        """写得出的法律名（简称、别称、不存在的） → 来源.yml 里的简称。"""
        sources = {name: law.source for name, law in self.texts.items()} | self.cited
        found = {alias: name for name, source in sources.items() for alias in source.aliases}
        return found | {name: name for name in (*sources, *self.missing)}

    def fault(
        self, name: str, article: str, paragraph: int | None = None, reviewed: datetime.date | None = None
    ) -> tuple[str, str, str] | None:
        """引用错在哪里、怎么改、条款；没错为 None。reviewed：引用的地方上次是哪天核对的。"""
        if name in self.broken:
            return None  # 那部法的文件已经另外报错
        if name in self.missing:
            return f"没有《{name}》这部法", f"应该写 {self.missing[name]}", "F-8"
        if not ARTICLE.fullmatch(article):
            return f"条号「{article}」的写法不对", ARTICLE_FIX, "F-5"
        if name in self.cited:
            articles = self.cited[name].articles
            if article in articles:
                return None
            listed = "、".join(article_number(a) for a in articles)
            return (
                f"本站没有《{name}》的正文，只核对过{listed}",
                "先核对原文，再到 data/laws/来源.yml 的 已核条文 里加上",
                "F-5",
            )
        if name not in self.texts:
            fix = likely(name.removeprefix("中华人民共和国"), [*self.texts, *self.cited])
            return f"没有收《{name}》", fix, "F-5"
        law, old = self.texts[name], self.superseded.get(name)
        moved = old.said(article) if old else ""
        if article not in law.articles:
            last = article_number(law.last)
            fix = moved or "核对原文，改正条号"
            return f"《{name}》没有{article_number(article)}，最后一条是{last}", fix, "F-5"
        if old and moved and reviewed and old.replaced and reviewed < old.replaced:
            fix = f"这里上次核对是 {reviewed}，那时还是旧版；照现行条文核对，条号错了就改，再改复核日期"
            return f"《{name}》在 {old.replaced} 换了新版，{moved}", fix, "F-5"
        count = len(paragraphs(law.articles[article]))
        if paragraph is not None and not 1 <= paragraph <= count:
            where = f"《{name}》{article_number(article)}"
            return f"{where}没有第{paragraph}款，一共{chinese(count)}款", "核对原文；（一）（二）是项，不是款", "F-5"
        return None

    def check(
        self, doc: Doc, at: tuple[str | int, ...], citation: Citation, reviewed: datetime.date | None = None
    ) -> None:
        found = self.fault(citation.law, citation.article, citation.paragraph, reviewed) if self else None
        if found:
            doc.error(at, *found)


def gather(sources: Sources | None, bodies: Mapping[str, Body], superseded: dict[str, Superseded]) -> Laws:
    """来源、正文、旧版合在一起。bodies：文件名（不带 .json） → 正文。"""
    if sources is None:
        return Laws()
    laws = Laws(cited=sources.cited, missing=dict(sources.missing), superseded=superseded)
    for name, source in sources.texts.items():
        body = bodies.get(source.slug)
        if body:
            laws.texts[name] = Law(name, source, body)
        if body is None or body.sha256 != source.sha256:
            laws.broken.add(name)
    return laws


def rules(sources: Sources, doc: Doc, site: Site) -> None:
    files = site.written("law_bodies") or ()
    for name, source in sources.texts.items():
        body = site.law_bodies.get(source.slug)
        if source.slug not in files:
            doc.error(("法律", name, "文件"), f"没有 {source.file} 这个文件", "核对文件名")
        elif body and body.sha256 != source.sha256:
            doc.error(
                ("法律", name, "sha256"),
                f"《{name}》的正文和登记的校验值对不上，正文被改过",
                f"法律原文不许改写，请恢复 {source.file}；确实换了新版本，就把 sha256 改成 {body.sha256}",
            )


def body_rules(body: Body, doc: Doc, site: Site) -> None:
    sources = site.law_sources
    if sources and doc.stem not in {source.slug for source in sources.texts.values()}:
        doc.error((), "来源.yml 里没有登记这个文件", "在来源.yml 的 法律 下面登记，或删掉这个文件")


def read_json(path: Path, name: str) -> Doc:
    text, problems = read_text(path, name)
    doc = Doc(name, problems=problems)
    if text is None:
        return doc
    try:
        doc.value = json.loads(text)
        json.dumps(doc.value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        doc.value = None
        doc.error((), "法律正文的文件里有读不出的字符", "恢复这个文件，不要手工改")
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        doc.problems.append(Problem(name, line, column, ERROR, "法律正文的文件读不通", "恢复这个文件，不要手工改"))
    return doc


def load_body(doc: Doc) -> Body | None:
    """程序写的文件，人不改：错在哪个键不用说。"""
    if doc.problems and doc.value is None:
        return None
    try:
        return Body.model_validate(doc.value)
    except ValidationError:
        doc.error((), "法律正文的文件缺内容", "恢复这个文件，不要手工改")
        return None

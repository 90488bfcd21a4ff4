"""data/laws/旧版.yml：换下来的文本，旧条号现在在哪一条。网上的解读和旧教材里写的，多半还是旧条号。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from .laws import ARTICLE, Article
from .nearest import likely
from .numerals import article_number
from .record import Record, fault, key
from .validation import expect_mapping, validate
from .values import Date
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

GONE = "无"


def _moved(value: Any) -> Any:
    fix = f"写现在的条号，几条的用顿号隔开，如 34、36；没有了的写 {GONE}"
    if not isinstance(value, int | str):
        raise fault("要写条号", fix)
    now = [] if value == GONE else str(value).split("、")
    wrong = [each for each in now if not ARTICLE.fullmatch(each)]
    if wrong:
        raise fault(f"条号「{wrong[0]}」的写法不对", fix)
    return now


Moved = Annotated[list[str], BeforeValidator(_moved), WithJsonSchema({"type": ["integer", "string"]})]


class Superseded(Record):
    """一部法换下来的文本。"""

    revised: Date = key("修订日期", description="旧文本通过或修订的日子")
    replaced: Date | None = key(
        "换版日期", None, description="本站换成现行文本的日子；在这以前核对的页面和指南，引用都要重新看"
    )
    articles: dict[Article, Moved] = key("条号", description="旧条号: 现在的条号；几条的用顿号隔开，没有了的写 无")

    def moved(self, article: str) -> list[str]:
        """旧的这一条现在在哪几条；没有了、条号没变的为空。"""
        found = self.articles.get(article, [])
        return [] if found == [article] else found

    def said(self, article: str) -> str:
        """旧版第四十八条现在是第五十七条；旧版没有这一条、条号没变的为空。"""
        if self.articles.get(article, [article]) == [article]:
            return ""
        now = "、".join(map(article_number, self.articles[article]))
        return f"旧版{article_number(article)}" + (f"现在是{now}" if now else "现在没有了")


def load(doc: Doc) -> dict[str, Superseded]:
    if not expect_mapping(doc):
        return {}
    found = {name: validate(Superseded, doc, (name,)) for name in doc.value}
    return {name: old for name, old in found.items() if old}


def rules(superseded: dict[str, Superseded], doc: Doc, site: Site) -> None:
    for name, old in superseded.items():
        law = site.laws.texts.get(name)
        if law is None:
            if site.laws and name not in site.laws.broken:
                doc.error((name,), f"来源.yml 里没有《{name}》的正文", likely(name, site.laws.texts))
            continue
        if old.revised >= law.source.revised:
            fix = f"现行的是 {law.source.revised}；旧版要比它早"
            doc.error((name, "修订日期"), f"旧版的修订日期 {old.revised} 不对", fix)
        for article, now in old.articles.items():
            for each in now:
                if each not in law.articles:
                    what = f"现行《{name}》没有{article_number(each)}"
                    doc.error((name, "条号", article), what, f"最后一条是{article_number(law.last)}，核对现行条文")

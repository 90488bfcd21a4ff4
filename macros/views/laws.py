"""法律：一条的引用、整部正文、目录。条文逐字，锚点 art-条号 永远不变。"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ..model import Site
from ..model.kinds import KINDS
from ..model.laws import Law, paragraphs
from ..model.numerals import article_number, chinese
from ..model.values import Citation
from .render import render


def law(site: Site, here: str, name: str, article: int | str, paragraph: int | None = None) -> str:
    number = str(article)
    text = site.laws.texts.get(name)
    shown: list[str] = []
    if text:
        shown = paragraphs(text.articles[number])
        if paragraph:
            shown = [shown[paragraph - 1]]
    return render(
        "law",
        here,
        full_name=site.laws.full_name(name),
        number=number,
        paragraph=paragraph,
        target=f"{KINDS['law_sources'].page_url(text.slug)}#art-{number}" if text else None,
        paragraphs=[each.split("\n") for each in shown],
    )


def citation(site: Site, cited: Citation) -> str:
    """不带链接的引用：《中华人民共和国国防教育法》第十二条。"""
    paragraph = f"第{chinese(cited.paragraph)}款" if cited.paragraph else ""
    return f"《{site.laws.full_name(cited.law)}》{article_number(cited.article)}{paragraph}"


@dataclass(frozen=True)
class Part:
    """一章：标题（不分章的法为空）和其中各条。"""

    anchor: str
    title: str
    articles: list[tuple[str, list[list[str]]]]


def parts(text: Law) -> list[Part]:
    starts = {str(chapter.first): (i, chapter.title) for i, chapter in enumerate(text.chapters, 1)}
    found: list[Part] = [] if text.chapters else [Part("", "", [])]
    for number, words in text.articles.items():
        if number in starts:
            index, title = starts[number]
            found.append(Part(f"ch-{index}", title, []))
        found[-1].articles.append((number, [each.split("\n") for each in paragraphs(words)]))
    return found


def law_text(site: Site, here: str, name: str | None = None) -> str:
    if name is None:
        return render("law_index", here, laws=list(site.laws.texts.values()))
    text = site.laws.texts[name]
    numbers = list(text.articles)
    before = dict(zip(numbers[1:], numbers, strict=False))
    after = dict(itertools.pairwise(numbers))
    return render("law_text", here, law=text, parts=parts(text), before=before, after=after)

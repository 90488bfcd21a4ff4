"""一页的正文：宏和 Markdown 写成 HTML，和用哪个网页引擎无关。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ..model import Problem, Site
from ..model.addresses import published
from ..model.grammar import Grammar
from ..model.macrocalls import Call, expand
from ..model.pages import Page
from ..model.problem import ERROR
from . import VIEWS
from .render import compile_templates, problem_note
from .stash import Stash


@dataclass(frozen=True)
class Content:
    """html：标题和正文；toc：本页内容，一层一层的 {name, id, level, children}；faults：宏没有算出来的。"""

    html: str
    toc: list[dict[str, Any]]
    faults: tuple[Problem, ...] = ()


def content(site: Site, page: Page) -> Content:
    engine, stash = _engine()
    engine.reset()
    stash.clear()
    faults: list[Problem] = []

    def write(call: Call) -> str:
        try:
            html = written(site, page.url, call)
        except Exception as error:  # 任何错都要变成一句话，不让英文报错进到网页里
            what = f"宏 {call.macro.name} 没有算出来（{type(error).__name__}）"
            faults.append(Problem(page.file, call.line + page.line_offset, 1, ERROR, what, "请把这一行告诉技术人员"))
            return ""
        return stash.put(html) if call.macro.block else html

    html = engine.convert(expand(page.body, page.calls, write))
    return Content(html, engine.toc_tokens, tuple(faults))  # type: ignore[attr-defined]


def written(site: Site, here: str, call: Call) -> str:
    """一处宏写出的 HTML。"""
    return VIEWS[call.macro.name](site, here, *call.values.values())


def note(problems: list[Problem]) -> Content:
    """预览时代替写坏的页面。"""
    engine, _ = _engine()
    return Content(engine.reset().convert(problem_note(problems)), [])


def prepare() -> None:
    """引擎和模板先备好：分出去的几个进程不用各备一遍。"""
    _engine()
    compile_templates()


@cache
def _engine() -> tuple[Markdown, Stash]:
    stash = Stash()
    return Markdown(extensions=[Grammar(), stash, _Links()]), stash


class _Links(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_ToWebPages(md), "web_pages", 0)


class _ToWebPages(Treeprocessor):
    """站内链接写的是 .md，网页是 .html。"""

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            element.set("href", published(element.get("href", "")))

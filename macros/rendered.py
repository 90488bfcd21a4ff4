"""写好的正文（views/content.py）交给 MkDocs：它照样叫 Markdown，得到的就是这一份。"""

from __future__ import annotations

from functools import partial

from markdown import Markdown
from markdown.extensions import Extension

from .model import Site
from .model.workers import spread
from .views.content import Content, content, prepare


class Rendered(Extension):
    """Python-Markdown 的扩展。content：现在这一页的。"""

    content: Content

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.toc_tokens = self.content.toc  # type: ignore[attr-defined]
        md.convert = lambda _: self.content.html  # type: ignore[assignment,method-assign]


class Contents:
    """各页的正文，由几个进程先写着；要哪一页取哪一页，取走就不留。"""

    def __init__(self, site: Site) -> None:
        prepare()
        self._coming = zip((page.path for page in site.pages), spread(partial(content, site), site.pages), strict=True)
        self._ready: dict[str, Content] = {}

    def take(self, path: str) -> Content:
        while path not in self._ready:
            self._ready.update([next(self._coming)])
        return self._ready.pop(path)

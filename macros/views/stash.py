"""成块的宏写出的 HTML 先存起来，Markdown 不必再读一遍：Python-Markdown 的标准扩展。"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

MARK = "\ufdd0{}\ufdd1"  # Unicode 保证不会出现在文字里的码位
MARKED = re.compile(MARK.format(r"(\d+)"))
HEADING = re.compile(r"^(##.*)$", re.MULTILINE)


class Stash(Extension):
    """一页一页用：put 存进去、换回记号；Markdown 读这一页时取走。"""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []

    def clear(self) -> None:
        self.blocks.clear()

    def put(self, html: str) -> str:
        """顶格的「## 标题」不存，留给 Markdown：这样才进得了“本页内容”。"""
        parts = [part.strip() for part in HEADING.split(html)]
        return "".join(f"\n{part if part.startswith('##') else self._put(part)}\n" for part in parts if part)

    def _put(self, html: str) -> str:
        self.blocks.append(html)
        return MARK.format(len(self.blocks) - 1)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # 22：在代码块（25）之后，在读 HTML（20）之前
        md.preprocessors.register(_Restore(md, self), "macro_blocks", 22)


class _Restore(Preprocessor):
    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(md)
        self.stash = stash

    def run(self, lines: list[str]) -> list[str]:
        return [MARKED.sub(self._store, line) if "\ufdd0" in line else line for line in lines]

    def _store(self, match: re.Match[str]) -> str:
        return self.md.htmlStash.store(self.stash.blocks[int(match[1])])

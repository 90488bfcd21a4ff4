"""预览页：手机宽的框里看每一篇，一键复制；还有给人看的图片清单。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from macros.model import Site
from macros.model.templates import environment

from .article import COVER, DIGEST, TITLE, Article, Source

_environment = environment(Path(__file__).parent)


@dataclass(frozen=True)
class Failed:
    """没有做成的一篇：为什么。"""

    source: Source
    why: str


def page(site: Site, made: Sequence[Article | Failed]) -> str:
    groups = [(kind, list(each)) for kind, each in groupby(made, key=lambda each: each.source.kind)]
    return _environment.get_template("proof.html.j2").render(
        town=site.township, groups=groups, limits={"title": TITLE, "digest": DIGEST}, cover=COVER, shown=_shown
    )


def _shown(article: Article) -> Markup:
    """文章的图片在 wechat/ 里，预览页在它外面一层。"""
    slug = article.source.slug
    return Markup(article.html.replace(f'src="{slug}/', f'src="wechat/{slug}/'))  # noqa: S704 是我们自己写的 HTML


def listing(article: Article) -> bytes:
    """图片清单.txt：按上传的先后，哪个文件是什么。记事本打得开。"""
    lines = [article.title, "按下面的先后上传，插到正文里写着同样名字的地方。", ""]
    for number, image in enumerate(article.images, 1):
        lines.append(f"{number}. {image.name}")
        lines += [f"   {words}" for words in (image.alt, image.caption, image.credit) if words]
    if not article.images:
        lines.append("这一篇没有图片。")
    lines += ["", f"封面用 {COVER}。"]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")

"""公众号：每一页一篇能直接贴进编辑器的文章，图片按上传的先后放在旁边，另有一页预览，一键复制。

编辑器留不住的都不用：没有 class、id、脚本、链接、背景图、伪元素；样式全在标签里。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.model.refusal import Refusal

from ..job import Built, Job
from .article import Article, Source, compose, sources
from .cover import cover
from .proof import Failed, listing, page

FOLDER = "wechat"
PREVIEW = "wechat-preview.html"


def jobs(built: Built) -> list[Job]:
    made: list[Article | Failed] = []
    found: list[Job] = []
    for source in sources(built.site):
        try:
            article = compose(built, source)
        except Exception as error:  # 一篇做不成，别的照做；原因由 runner 说
            made.append(Failed(source, str(error) if isinstance(error, Refusal) else type(error).__name__))
            found.append(_job(f"{FOLDER}/{source.slug}.html", source, (), _raise(error)))
            continue
        made.append(article)
        found += _files(built, article)
    if made:
        html = page(built.site, made).encode()
        newest = max((each.source.date for each in made if each.source.date), default=None)
        found.append(Job(PREVIEW, "index.html", "公众号文章预览", newest, (html,), lambda: html))
    return found


def _files(built: Built, article: Article) -> Iterator[Job]:
    """文章在图片后面：图片没做成，清单里看得见是哪一张。"""
    source = article.source
    folder = f"{FOLDER}/{source.slug}"
    for image in (*article.images, cover(built, source)):
        yield _job(f"{folder}/{image.name}", source, image.inputs, image.content)
    for path, content in ((f"{folder}/图片清单.txt", listing(article)), (f"{folder}.html", article.html.encode())):
        yield _job(path, source, (content,), _return(content))


def _job(path: str, source: Source, inputs: tuple[bytes | str, ...], make: Callable[[], bytes]) -> Job:
    return Job(path, source.page.url, source.page.title, source.date, inputs, make)


def _return(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _raise(error: Exception) -> Callable[[], bytes]:
    def make() -> bytes:
        raise error

    return make

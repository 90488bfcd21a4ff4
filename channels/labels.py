"""展签：一个馆一份 A6 的 PDF，一件展品一页，二维码直接到那件展品。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from macros.model.halls import Exhibit, Hall
from macros.model.kinds import KINDS
from macros.model.refusal import Refusal
from macros.model.values import UNKNOWN

from .imprint import code, hosted, stamp
from .job import Built, Job
from .typesetter import Typesetter, dumps


def jobs(built: Built) -> list[Job]:
    setter = Typesetter("label", built.folder)
    return [_job(setter, built, hall) for hall in built.site.halls.values() if hall.exhibits and _public(built, hall)]


def _public(built: Built, hall: Hall) -> bool:
    page = built.site.page_of("halls", hall.id)
    return page is not None and not page.withdrawn


def _job(setter: Typesetter, built: Built, hall: Hall) -> Job:
    url, title, path = KINDS["halls"].page_url(hall.id), f"{hall.name}展签", f"labels/{hall.id}-a6.pdf"
    data = _data(built, hall, url, title)
    waiting = tuple(
        f"{each.name}的{name}" for each in hall.exhibits for name, value in _facts(each).items() if value == UNKNOWN
    )
    return Job(path, url, title, hall.reviewed, (*setter.inputs, dumps(data)), _make(setter, built, data), waiting)


def _make(setter: Typesetter, built: Built, data: dict[str, Any]) -> Callable[[], bytes]:
    def make() -> bytes:
        for card in data["cards"]:
            _anchored(built, data["page"], card["anchor"])
        return setter.pdf(data)

    return make


def _anchored(built: Built, url: str, anchor: str) -> None:
    """展签印出去就改不了：网页上真有这件展品，才印它的二维码。"""
    path = built.folder / url
    if not path.is_file() or not LexborHTMLParser(built.html(url)).css_first(f'[id="{anchor}"]'):
        raise Refusal(f"生成的网站里没有 {url}#{anchor}", "先运行 make site，再做一次")


def _data(built: Built, hall: Hall, url: str, title: str) -> dict[str, Any]:
    township = hosted(built.site)
    return {
        "paper": "a6",
        "title": title,
        "description": f"{hall.name}的展品，一件一张",
        "page": url,
        "hall": hall.name,
        "host": township.host,
        "date": stamp(hall.reviewed),
        "demo": township.demo or hall.demo,
        "cards": [_card(exhibit) | code(township, f"{url}#{exhibit.anchor}") for exhibit in hall.exhibits],
    }


def _card(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "id": exhibit.id,
        "anchor": exhibit.anchor,
        "name": exhibit.name,
        "rows": [[name, value] for name, value in _facts(exhibit).items() if value != UNKNOWN],
        "stories": list(_shorter(exhibit.story)),
    }


def _facts(exhibit: Exhibit) -> dict[str, str]:
    return {"年代": exhibit.age, "材质": exhibit.material, "来源": exhibit.source}


def _shorter(story: str) -> Iterator[str]:
    """从全文起，一次去掉末一句；去掉了的，写明到哪里看全文。"""
    whole = re.findall(r"[^。！？]+[。！？”]*", story)
    yield story
    for count in range(len(whole) - 1, 0, -1):
        yield "".join(whole[:count]) + "（全文见网页）"

"""data/links.yml：允许链接的外部网址；data/redirects.yml：旧地址 → 新地址。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .nearest import likely
from .record import Record, key
from .validation import expect_mapping, unique
from .values import ReviewDate, Text, Url
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


class Link(Record):
    """一个可以链接的外部网址。"""

    name: Text = key("名称")
    url: Url = key("网址")
    owner: Text = key("单位")
    reviewed: ReviewDate = key("复核日期")


def link_rules(links: list[Link], doc: Doc, site: Site) -> None:
    unique(doc, "网址")


def load_redirects(doc: Doc) -> dict[str, str]:
    """可以只有注释：还没有改过地址。"""
    if doc.value is None or not expect_mapping(doc):
        return {}
    found: dict[str, str] = {}
    for old, new in doc.value.items():
        if isinstance(new, str):
            found[old] = new
        else:
            doc.error((old,), f"旧地址「{old}」没有写新地址", "写成 旧地址.html: 新地址.html")
    return found


def redirect_rules(redirects: dict[str, str], doc: Doc, site: Site) -> None:
    urls = site.urls
    for old, new in redirects.items():
        page = old.partition("#")[0]
        if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*\.html(#[\w.:-]+)?", old):
            doc.error((old,), f"旧地址「{old}」的写法不对", "写成 shuangyong/2020/chunjie.html，不带开头的 /")
        if page == "404.html":
            doc.error((old,), "404.html 是找不到页面时显示的，不能跳转", "删掉这一行")
        if page in urls:
            doc.error((old,), f"旧地址「{old}」现在还有页面", "删掉这一行，或先移走那个页面")
        elif page not in redirects:
            doc.error((old,), f"旧地址「{old}」只写了一处，没有写整页到哪里", f"另写一行 {page}: 新地址.html")
        if new.partition("#")[0] not in urls:
            doc.error((old,), f"新地址「{new}」没有页面", likely(new, sorted(urls)))

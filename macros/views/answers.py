"""一问一答：栏目首页先列常问的，答案取自那一页，不另写。"""

from __future__ import annotations

import re

from ..model import Site
from ..model.pages import Page
from ..model.services import Service
from .render import render

OPENING = re.compile(r"\A\s*# .+\n+((?:[^\s#|>!{:*+-].*\n?)+)")  # 一级标题下面的第一段；先是表、清单、宏的不算
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SENTENCE = re.compile("[^。！？]+[。！？]”?")
LONGEST = 60


def answer(site: Site, here: str, path: str) -> str:
    page = next(page for page in site.pages if page.path == path)
    if page.withdrawn:
        return ""
    guide = next((record for record in site.records(page) if isinstance(record, Service)), None)
    if guide:
        return render("answer", here, page=page, question=guide.asked[0], answer=guide.lead)
    return render("answer", here, page=page, question=page.title, answer=opening(page))


def opening(page: Page) -> str:
    """这一页的第一段，开头的几句，不超过六十字；没有这样一段的用摘要。"""
    found = OPENING.match(page.body)
    text = LINK.sub(r"\1", found[1]).replace("**", "").replace("\n", "") if found else ""
    said = ""
    for sentence in SENTENCE.findall(text):
        if said and len(said + sentence) > LONGEST:
            break
        said += sentence
    if not said or "{" in said:
        return page.header.summary if page.header else ""
    return said

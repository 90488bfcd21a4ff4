"""书目和自测题。"""

from __future__ import annotations

from itertools import groupby

from ..model import Site
from .render import preparing, render


def reading(site: Site, here: str) -> str:
    return render("reading", here, books=site.reading) if site.reading else preparing("书目")


def quiz(site: Site, here: str, topic: str | None = None) -> str:
    chosen = [q for q in site.quiz if topic in (None, q.topic)]
    if not chosen:
        return preparing("自测")
    groups = [(name, list(each)) for name, each in groupby(chosen, key=lambda q: q.topic)]
    return render("quiz", here, groups=groups, titled=topic is None, laws=site.laws)

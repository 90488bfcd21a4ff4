"""标语：按类别列出，每条带出处。已停用的在“往年”。"""

from __future__ import annotations

from ..model import Site
from ..model.slogans import CATEGORIES, POPULAR, Slogan
from .render import preparing, render

RETIRED = "往年"


def slogans(site: Site, here: str, category: str | None = None) -> str:
    groups: dict[str, list[Slogan]] = {}
    if category == RETIRED:
        groups[RETIRED] = sorted((s for s in site.slogans if s.end), key=lambda s: s.start, reverse=True)
    else:
        for name in [category] if category else CATEGORIES:
            groups[str(name)] = [s for s in site.slogans if s.category == name and not s.end]
    if not any(groups.values()):
        return preparing(category or "宣传标语")
    return render("slogans", here, groups=groups, titled=category is None, laws=site.laws, popular=POPULAR)

"""视图：(Site, 本页地址, 参数…) → HTML。每个宏一个函数，没有别的副作用。"""

from __future__ import annotations

from collections.abc import Callable

from .about import contact, home, site_map
from .activities import activities
from .calendar import dates
from .figures import figure, figures, trend
from .halls import hall
from .laws import law, law_text
from .reading import quiz, reading
from .search import search
from .services import places, service
from .shell import template_values
from .slogans import slogans

__all__ = ["VIEWS", "template_values"]

VIEWS: dict[str, Callable[..., str]] = {
    view.__name__: view
    for view in (
        figure,
        figures,
        trend,
        law,
        law_text,
        slogans,
        hall,
        service,
        places,
        activities,
        dates,
        reading,
        quiz,
        contact,
        site_map,
        search,
        home,
    )
}

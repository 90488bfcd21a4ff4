"""本站自绘的线条图标：24×24，只用描边，颜色随文字。"""

from __future__ import annotations

from markupsafe import Markup

# 名字 → path 的 d
PATHS = {
    "pack": "M8 7V5a4 4 0 0 1 8 0v2M6 10a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3v11H6zM9 21v-6h6v6M6 13H4v5h2M18 13h2v5h-2M10 10h4",  # noqa: E501
    "card": "M3 5h18v14H3zM7 15c0-3 5-3 5 0M9.5 11.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M14.5 10H18M14.5 14H18",
    "hall": "M3 10 12 4l9 6M5 10v10M19 10v10M3 20h18M9 20v-6h6v6M9 10h6",
    "people": "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20v-2c0-5 12-5 12 0v2M16 5.5a3 3 0 0 1 0 5M17.500 14c2.300.6 3.500 1.900 3.500 4v2",  # noqa: E501
    "book": "M12 6c-2-1.500-5-2-9-2v14c4 0 7 .5 9 2 2-1.500 5-2 9-2V4c-4 0-7 .5-9 2zM12 6v14",
    "board": "M3 4h18v12H3zM7 16v5M17 16v5M7 8h10M7 12h6",
    "calendar": "M4 6h16v15H4zM4 10h16M8 3v4M16 3v4M8 14h3M8 17h6",
    "chart": "M3 21h18M6 21v-8h3v8M11 21V5h3v16M16 21v-6h3v6",
    "home": "M4 11 12 4l8 7v9h-6v-6h-4v6H4z",
    "paper": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "grid": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
    "phone": "M6 3h3l2 5-2.500 2c1 2.500 3 4.500 5.500 5.500l2-2.500 5 2v3c0 1.500-1 3-3 3C10 21 3 14 3 6c0-2 1.500-3 3-3z",  # noqa: E501
    "speaker": "M4 9h4l5-4v14l-5-4H4zM16.500 9c1.500 1.500 1.500 4.500 0 6M19 6.500c3 3 3 8 0 11",
}


def icon(name: str) -> Markup:
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    ).format(PATHS[name])

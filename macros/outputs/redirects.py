"""改过地址的页面：旧地址留一个跳转页，纸上的二维码还能用。"""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape

from ..model import Site
from ..views.render import relative

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<title>页面已搬家</title>
</head>
<body>
<h1>页面已搬家</h1>
<p><a href="{target}">到新地址</a></p>
</body>
</html>
"""


def write(site: Site, folder: Path) -> None:
    for old, new in sorted(site.redirects.items()):
        path = folder / old
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(target=escape(relative(old, new))), encoding="utf-8")

"""改过地址的页面：旧地址留一个跳转页，纸上的二维码还能用。

二维码常带着 # 后面的位置，跳转的写法会丢掉它，所以由 docs/assets/jump.js 带过去；没有脚本的，到新的一页。
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from ..model import Site
from ..views.assets import addresses
from ..views.render import relative

SCRIPT = "jump.js"
PAGE = Markup("""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="renderer" content="webkit">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<title>页面已搬家</title>
</head>
<body>
<h1>页面已搬家</h1>
<p><a id="new" href="{target}">到新地址</a></p>
{places}<script src="{script}"></script>
</body>
</html>
""")
PLACE = Markup('<p><a id="{old}" href="{target}">原来的 {old}，到新的位置</a></p>\n')


def write(site: Site, folder: Path) -> None:
    script = addresses(site.root).get(SCRIPT, "")
    for old, new in sorted(site.redirects.items()):
        if "#" in old:
            continue
        moved = {name.partition("#")[2]: to for name, to in site.redirects.items() if name.startswith(f"{old}#")}
        places = [PLACE.format(old=name, target=relative(old, to)) for name, to in sorted(moved.items())]
        text = PAGE.format(target=relative(old, new), places=Markup().join(places), script=relative(old, script))
        path = folder / old
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

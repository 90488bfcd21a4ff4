"""换一个不认识 on_post_build 的网页引擎时用。

python -m macros.outputs settings 文件：由 mkdocs.yml 和 data/ 写出那个引擎的设置文件。
python -m macros.outputs finish 文件夹：网页生成以后，补上搜索索引、公开数据、订阅、日历、跳转页、清单。
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from ..model import Site, errors, listing, load, summary
from ..views import template_values
from . import finish, links

USAGE = "用法：python -m macros.outputs settings 文件，或 python -m macros.outputs finish 网站的文件夹"


def settings(site: Site, text: str) -> str:
    """mkdocs.yml 的文字 → 站名、网址、模板要的值都写在里面的设置。JSON 也是 YAML。"""
    town = site.township
    values = {"site_name": town.site_name if town else "", "extra": template_values(site)}
    if town and town.url:
        values["site_url"] = town.url
    for name in ("site_name", "extra"):
        text = re.sub(rf"(?m)^{name}:.*\n", "", text)
    written = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    return f"# 由 mkdocs.yml 和 data/ 写出，不手改\n{written}{text}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in ("settings", "finish"):
        print(USAGE, file=sys.stderr)
        return 2
    root, target = Path(), Path(arguments[1])
    site = load(root)
    if arguments[0] == "settings" and not errors(site.problems):
        text = settings(site, (root / "mkdocs.yml").read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8", newline="\n")
        return 0
    problems = site.problems
    if not errors(problems):
        finish(site, target)
        problems = [*problems, *links.check(site, target)]
    if problems:
        print(f"{listing(problems)}\n{summary(problems)}", file=sys.stderr)
    return 1 if errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

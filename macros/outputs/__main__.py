"""换一个不认识 on_post_build 的网页引擎时用。

python -m macros.outputs settings 文件：由 mkdocs.yml 和 data/ 写出那个引擎的设置文件。
python -m macros.outputs finish 文件夹：网页生成以后，补上搜索索引、公开数据、订阅、日历、跳转页、清单。
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from ..model import Problem, Site, errors, listing, load, summary
from ..model.disk import write
from ..model.door import Answer, Door, filled
from ..views import template_values
from . import deadlinks, finish

USAGE = "用法：python -m macros.outputs settings 文件，或 python -m macros.outputs finish 网站的文件夹"


def settings(site: Site, text: str) -> str:
    """mkdocs.yml 的文字 → 站名、网址、模板要的值都写在里面的设置；草稿不生成。JSON 也是 YAML。"""
    town = site.township
    left_out = re.findall(r"(?m)^exclude_docs: *(\S+)", text) + [file.removeprefix("docs") for file in site.withheld]
    values = {
        "site_name": town.site_name if town else "",
        "extra": template_values(site.public),
        "exclude_docs": "\n".join(left_out),
    }
    if town and town.url:
        values["site_url"] = town.url
    for name in ("site_name", "extra", "exclude_docs"):
        text = re.sub(rf"(?m)^{name}:.*\n", "", text)
    written = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    return f"# 由 mkdocs.yml 和 data/ 写出，不手改\n{written}{text}"


def write_settings(root: Path, target: Path) -> Answer:
    site = load(root)
    if errors(site.problems):
        return _said(site.problems)
    write(root / target, settings(site, (root / "mkdocs.yml").read_text(encoding="utf-8")).encode())
    return ""


def write_outputs(root: Path, target: Path) -> Answer:
    site = load(root).public
    if errors(site.problems):
        return _said(site.problems)
    finish(site, root / target)
    return _said([*site.problems, *deadlinks.check(site, root / target)])


def _said(problems: list[Problem]) -> Answer:
    return f"{listing(problems)}\n{summary(problems)}" if problems else "", not errors(problems)


STEPS = {"settings": write_settings, "finish": write_outputs}

if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("step", choices=STEPS)
    door.add_argument("target", type=filled)
    sys.exit(door.enter(lambda asked: STEPS[asked.step](asked.root, Path(asked.target))))

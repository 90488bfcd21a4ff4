"""给 Hugo 的内容：宏先换成 HTML，别家的记号换成 Hugo 认得的。`python -m tests.bench.prerender 乡镇 文件夹`。"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import jinja2

from macros.model import Site, load
from macros.model.kinds import MACROS
from macros.model.macro import bind
from macros.model.pages import Page
from macros.views import VIEWS

LAYOUTS = Path(__file__).parent / "hugo"


def main(root: Path, target: Path) -> None:
    """target 里写出一个完整的 Hugo 网站。"""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(LAYOUTS, target)
    site = load(root)
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 宏自己转义过了
    for page in site.pages:
        name = re.sub(r"(^|/)index\.md$", r"\1_index.md", page.path)
        path = target / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_head(page) + _body(site, page, environment), encoding="utf-8")
    for path in (root / "docs").rglob("*"):
        if path.is_file() and path.suffix != ".md" and "_moban" not in path.parts:
            copied = target / "static" / path.relative_to(root / "docs")
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copied)


def _head(page: Page) -> str:
    address = "/" + page.url.removesuffix("index.html")
    values: dict[str, Any] = {"title": page.title, "url": address}
    if page.header:
        values |= {"description": page.header.summary, "reviewed": page.header.reviewed.isoformat()}
    if page.activity:
        signed = page.activity.sign_off
        values |= {"date": page.activity.date.isoformat(), "source": page.activity.source}
        values |= {"editor": signed.editor, "reviewer": signed.reviewer, "approver": signed.approver}
    return json.dumps(values, ensure_ascii=False) + "\n\n"


def _body(site: Site, page: Page, environment: jinja2.Environment) -> str:
    def macro(name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> str:
            values = bind(MACROS[name], list(args), kwargs)
            assert isinstance(values, dict), values
            html = VIEWS[name](site, page.url, *values.values())
            return f"\n{html}\n" if MACROS[name].block else html

        return call

    text = environment.from_string(page.body).render({name: macro(name) for name in MACROS})
    text = re.sub(r"^# .*\n", "", text, count=1, flags=re.M)  # 一级标题由布局写
    text = re.sub(r"^/{3} *[\w-]*caption\n+(.*)\n+/{3}$", r'<p class="caption">\1</p>', text, flags=re.M)
    text = re.sub(r'^(?:!!!|\?\?\?\+?) +\w+ *"?([^"\n]*)"?\n((?:    .*\n|\n)+)', _box, text, flags=re.M)
    text = re.sub(r"\{: *(#[\w-]+) *\}", r"{\1}", text)
    return text.replace("{{<", "{{ <").replace("{{%", "{{ %")


def _box(match: re.Match[str]) -> str:
    lines = [line.strip() for line in match[2].strip().split("\n")]
    return "\n".join([f"> **{match[1]}**", ">", *(f"> {line}" for line in lines)]) + "\n\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

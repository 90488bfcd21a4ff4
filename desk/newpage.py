"""新的一页活动：照模板写好页眉，连同图片放进 docs/；要么一整页都在，要么什么也没有。"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from macros.model.disk import write
from macros.model.kinds import PAGE_KINDS
from macros.model.refusal import Refusal
from macros.model.textfile import read_text
from macros.model.yamlfile import parse_yaml

from .naming import slug

KIND = PAGE_KINDS[0]
TEMPLATE = f"docs/_moban/{KIND.template}"


@dataclass(frozen=True)
class Photo:
    """一张洗好的图。name：在 .assets 里叫什么；放在正文哪里、谁拍的，写在正文里。"""

    name: str
    content: bytes


@dataclass(frozen=True)
class NewPage:
    """一页草稿。path 相对 docs/，由 free_path 来；body 是一级标题下面的正文，图写成 photo_path 的样子。"""

    path: str
    title: str
    summary: str
    day: datetime.date
    source: str
    reviewed: datetime.date
    body: str
    channels: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = field(default=())

    @property
    def file(self) -> str:
        return f"docs/{self.path}"


def free_path(root: Path, title: str, day: datetime.date) -> str:
    """还没有人用的地址：标题的拼音；用过的，后面加日期；再用过的，加序号。"""
    folder = f"{KIND.folder}/{day.year}"
    stem = slug(title, "huodong")
    dated = f"{stem}-{day:%m%d}"
    for name in (stem, dated, *(f"{dated}-{number}" for number in range(2, 100))):
        taken = [root / "docs" / folder / f"{name}{suffix}" for suffix in (".md", ".assets")]
        if not any(each.exists() for each in taken):
            return f"{folder}/{name}.md"
    raise Refusal(f"叫「{title}」的页面太多了", "换一个标题")


def photo_path(path: str, name: str) -> str:
    """这一页的图，正文和页眉里写的地址。"""
    return f"{path.rpartition('/')[2].removesuffix('.md')}.assets/{name}"


def put(root: Path, page: NewPage) -> None:
    """先放图，最后才放页面：半路断了，没有这一页；下一次先把断的清掉。"""
    text = _text(root, page)
    target = root / page.file
    folder = target.with_suffix(".assets")
    part = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for photo in page.photos:
            write(part / photo.name, photo.content)
        if page.photos:
            part.rename(folder)
        write(target, text.encode())
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _text(root: Path, page: NewPage) -> str:
    """页眉的先后、说明照模板：有值的换上，用不上的选填项照旧注着，给人看怎么写。"""
    template, _ = read_text(root / TEMPLATE, TEMPLATE)
    if template is None or not template.startswith("---\n"):
        raise Refusal(f"没有 {TEMPLATE}，或者读不出来", "从项目里取回这个模板")
    values: Mapping[str, str] = {
        "摘要": scalar(page.summary),
        "复核": page.reviewed.isoformat(),
        "日期": page.day.isoformat(),
        "来源": scalar(page.source),
        "渠道": f"[{', '.join(page.channels)}]",
    }
    lines = template.removeprefix("---\n").partition("\n---\n")[0].split("\n")
    head = "\n".join(_filled(lines[1:], values))  # 第一行说的是怎么复制
    return f"---\n{head}\n---\n\n# {page.title}\n\n{page.body.strip()}\n"


def _filled(lines: list[str], values: Mapping[str, str]) -> Iterator[str]:
    """模板里登记图片的几行不要：图都在正文里。"""
    for line in lines:
        if line.startswith("# 图片:"):
            return
        name, _, rest = line.partition(":")
        if name in values:
            note = re.search(r"\s+#\s.*", rest)
            yield f"{name}: {values[name]}{f'  {note[0].strip()}' if note else ''}".rstrip()
        else:
            yield line


def scalar(text: str) -> str:
    """页眉里的一个值；不加引号会读错的，加引号。"""
    try:
        plain = yaml.load(f"值: {text}", Loader=yaml.CSafeLoader) == {"值": text}
    except (yaml.YAMLError, ValueError):
        plain = False
    same = plain and parse_yaml(f"值: {text}", "").value == {"值": text}
    return text if same and text[:1] not in "“‘" and text[-1:] not in ",;" else json.dumps(text, ensure_ascii=False)

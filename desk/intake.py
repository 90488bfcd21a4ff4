"""python -m desk.intake FILE [--photos 文件夹] [--title …]：照后缀读一份稿子，写成一页草稿；工作簿读回 data/。"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.model.door import Answer, Door, filled
from macros.model.headers import TITLE
from macros.model.refusal import Refusal

from . import document, tables, webpage, workbook
from .ask import Question, answers, day
from .findings import findings
from .manuscript import Manuscript
from .newpage import NewPage, Photo, free_path, photo_path, put
from .photos import gather, wash
from .shaping import Shape, shape

USAGE = (
    '用法：make import FILE=稿子.docx [PHOTOS=照片的文件夹] [TITLE="标题" DATE=2026-09-18 SOURCE="供稿单位"]，'
    "或 make import FILE=年度数据.xlsx [SURE=是]"
)
QUESTIONS = (
    Question("TITLE", f"标题，不超过{TITLE}个字"),
    Question("DATE", "活动是哪一天，写全年月日", day),
    Question("SOURCE", "谁供的稿，写单位"),
)
WORD = "用 Word 或 WPS 打开，另存为 .docx 再来"
SAVE_AS = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt", ".docm", ".dotx", ".uot"), WORD),
    ".pdf": "找原来的 Word 稿；没有的，打开把文字复制到新的 Word 文档，存为 .docx 再来",
    **dict.fromkeys((".mht", ".mhtml"), "用浏览器打开，另存为「网页，全部」（.html）再来"),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "把文字复制到 Word 文档，存为 .docx 再来"),
    **dict.fromkeys((".xls", ".et", ".csv"), "用 Excel 或 WPS 打开，另存为 .xlsx 再来"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "先解开，再一份一份地来"),
}


def draft(root: Path, file: Path, photos: str, given: Mapping[str, str], today: datetime.date) -> Answer:
    made = _read(file)
    shaped = shape(made)
    if not shaped.body and not made.photos:
        raise Refusal(f"{file.name} 里没有正文", "核对是不是这一份；字在图片里的，要打成字")
    found = {"TITLE": shaped.title, "DATE": shaped.day.isoformat() if shaped.day else "", "SOURCE": shaped.source}
    more = gather(Path(photos)) if photos else []
    asked = answers(QUESTIONS, {**found, **{name: said for name, said in given.items() if said.strip()}}, USAGE)
    washed = wash([*made.photos, *more])
    path = free_path(root, asked["TITLE"], asked["DATE"])
    body = _body(shaped, path, washed.photos, len(made.photos))
    page = NewPage(
        path=path,
        title=asked["TITLE"],
        summary=shaped.summary,
        day=asked["DATE"],
        source=asked["SOURCE"],
        reviewed=today,
        body=body,
        channels=("微信", "宣传栏"),
        photos=tuple(Photo(*each) for each in washed.photos.values()),
    )
    put(root, page)
    words, _ = findings(root, today, page.file, page.file.removesuffix(".md") + ".assets")
    return "\n".join([*_said(page, made, shaped, washed.said), words, *_next(page)])


def _read(file: Path) -> Manuscript:
    suffix = file.suffix.lower()
    if suffix in SAVE_AS:
        raise Refusal(f"读不了 {suffix} 的稿子", SAVE_AS[suffix])
    if suffix not in (".docx", ".txt", ".md", ".html", ".htm"):
        raise Refusal(f"不认得「{file.name}」", "稿子存为 .docx（Word 稿）、.txt（纯文字）或 .html（网页）")
    if not file.is_file():
        raise Refusal(f"没有「{file}」这个文件", "核对文件的名字和文件夹")
    if file.stat().st_size > document.LARGEST:
        raise document.too_large(file.stat().st_size)
    content = file.read_bytes()
    if suffix == ".docx":
        return document.read(content)
    return webpage.text(content) if suffix in (".txt", ".md") else webpage.page(content, file.parent)


def _body(shaped: Shape, path: str, photos: Mapping[int, tuple[str, bytes]], own: int) -> str:
    """图换上名字；没有放进来的去掉。文件夹里的照片放在最后。"""
    blocks: list[str] = []
    dropped = False
    for block in shaped.body:
        match = re.fullmatch(r"!\[\]\((\d+)\)", block)
        if dropped and block.startswith("/// figure-caption"):
            block = block.split("\n")[1]  # 图没有了，图下的字还在
        dropped = bool(match) and int(match[1]) not in photos  # type: ignore[index]
        if match and not dropped:
            block = f"![]({photo_path(path, photos[int(match[1])][0])})"
        if not dropped:
            blocks.append(block)
    blocks += [f"![]({photo_path(path, name)})" for number, (name, _) in photos.items() if number >= own]
    return "\n\n".join(blocks)


def _said(page: NewPage, made: Manuscript, shaped: Shape, photos: list[str]) -> list[str]:
    left = [f"{what} {count} 处" for what, count in made.left.items() if count]
    return [
        f"写好了 {page.file}（草稿）：{page.title}，{page.day}，{page.source}。",
        *(
            [f"照片 {len(page.photos)} 张，只留画面，放在 {page.file.removesuffix('.md')}.assets/"]
            if page.photos
            else []
        ),
        *photos,
        *([f"没有带过来的：{'、'.join(left)}。"] if left else []),
        *(
            ["没有放进正文的各行（红头、落款、署名）：", *(f"  {line}" for line in shaped.moved)]
            if shaped.moved
            else []
        ),
    ]


def _next(page: NewPage) -> list[str]:
    photos = "；每张图的方括号里写上图上有什么，图下写谁拍的、什么许可" if page.photos else ""
    return [
        "接着要人做的：",
        f"  1. 打开 {page.file}，照上面的行号改{photos}。",
        "  2. 核对摘要、日期、来源、渠道；数和事实照原稿核对一遍。",
        "  3. make serve 看样子；审完填审签，删掉「稿件: 草稿」一行，make check。",
    ]


def take(asked: Any) -> Answer:
    if asked.file.suffix.lower() in (".xlsx", *workbook.MACROS):
        more = {"date": asked.date, "reason": asked.reason, "sure": asked.sure}
        return tables.take(asked.root, asked.file, asked.day, **more)
    given = {"TITLE": asked.title, "DATE": asked.date, "SOURCE": asked.source}
    return draft(asked.root, asked.file, asked.photos, given, asked.day)


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("file", type=lambda text: Path(filled(text)))
    for name in ("photos", "title", "date", "source", "reason", "sure"):
        door.add_argument(f"--{name}", default="")
    sys.exit(door.enter(take))

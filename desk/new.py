"""python -m desk.new：问五样，写一篇活动的草稿，放好照片，打开预览；都写在命令里的不问。"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

from macros.model.door import Door
from macros.model.headers import TITLE, Channel
from macros.model.refusal import Refusal
from macros.model.textfile import read_text

from .ask import NONE, Question, answers, day, some_of
from .findings import findings
from .newpage import TEMPLATE, NewPage, Photo, free_path, photo_path, put
from .photos import gather, wash
from .serve import ADDRESS, show

USAGE = (
    '用法：make new，或 make new NAME="做了什么" DATE=2026-09-18 PLACE="在哪里" SOURCE="供稿单位" '
    '[CHANNELS="微信、宣传栏"] [PHOTOS=照片的文件夹]'
)
CHANNELS: tuple[str, ...] = Channel.__args__  # type: ignore[attr-defined]


def _title(said: str) -> str:
    if len(said) > TITLE:
        raise Refusal(f"标题有{len(said)}个字", f"不超过{TITLE}个字，说做了什么")
    return said


QUESTIONS = (
    Question("NAME", f"做了什么（当标题，不超过{TITLE}个字）", _title),
    Question("DATE", "哪一天，写全年月日", day),
    Question("PLACE", "在哪里"),
    Question("SOURCE", "谁写的稿，写单位"),
    Question("CHANNELS", f"发到哪些渠道（{'、'.join(CHANNELS)}，或 {NONE}）", some_of(CHANNELS), "微信、宣传栏"),
)


def new(root: Path, today: datetime.date, photos: str, given: Mapping[str, str]) -> str:
    found = gather(Path(photos)) if photos else []
    asked = answers(QUESTIONS, given, USAGE)
    washed = wash(found)
    title, date = asked["NAME"], asked["DATE"]
    path = free_path(root, title, date)
    lead = f"{date.year}年{date.month}月{date.day}日，{title}在{asked['PLACE']}举行。"
    pictures = [f"![]({photo_path(path, name)})" for name, _ in washed.photos.values()]
    page = NewPage(
        path=path,
        title=title,
        summary=lead,
        day=date,
        source=asked["SOURCE"],
        reviewed=today,
        body="\n\n".join([lead, *_rest(root), *pictures]),
        channels=tuple(asked["CHANNELS"]),
        photos=tuple(Photo(*each) for each in washed.photos.values()),
    )
    put(root, page)
    words, _ = findings(root, today, page.file, page.file.removesuffix(".md") + ".assets")
    url = page.path.removesuffix(".md") + ".html"
    said = [
        f"写好了 {page.file}（草稿）：{title}，{date}，{page.source}。",
        *([f"照片 {len(page.photos)} 张，只留画面，放在同名的 .assets 文件夹"] if page.photos else []),
        *washed.said,
        words,
        f"接着：打开 {page.file}，写正文，照上面的行号改；审完填审签，删掉「稿件: 草稿」一行，make check",
    ]
    if not sys.stdin.isatty():
        return "\n".join([*said, f"看样子：make serve，打开 {ADDRESS}{url}"])
    print("\n".join([*said, f"这一页的预览：{ADDRESS}{url}"]), flush=True)
    show(root, url)
    return ""


def _rest(root: Path) -> list[str]:
    """模板正文里第二段起的话：写什么、不写什么，没有换掉的检查会说。"""
    template, _ = read_text(root / TEMPLATE, TEMPLATE)
    paragraphs = (template or "").partition("\n---\n")[2].strip().split("\n\n")
    return paragraphs[2:]  # 标题和第一段换掉了


if __name__ == "__main__":
    door = Door(USAGE)
    for question in QUESTIONS:
        door.add_argument(f"--{question.name.lower()}", default="")
    door.add_argument("--photos", default="")
    sys.exit(
        door.enter(
            lambda asked: new(
                asked.root,
                asked.day,
                asked.photos,
                {each.name: getattr(asked, each.name.lower()) for each in QUESTIONS},
            )
        )
    )

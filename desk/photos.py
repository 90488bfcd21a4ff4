"""稿子里、文件夹里的照片：不是网页能放的说出来；别的叫 checks.images 洗过（只留画面、缩小、改名）再要。"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from macros.model.refusal import Refusal

from .findings import run
from .manuscript import Found

LARGEST = 60_000_000  # 一张照片
MOST = 60  # 一次几张
PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".svg")
SIGNS = (  # 头几个字节 → 后缀；洗的时候照真的格式改
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG|GIF8|BM|II\*\0|MM\0\*"), "png"),
    (re.compile(rb"RIFF....WEBP", re.S), "webp"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b", re.S), "svg"),
)
STRANGE = (
    (
        re.compile(rb"....ftyp(?:heic|heix|hevc|mif1|msf1|heim|heis)", re.S),
        "是 HEIC（苹果手机的格式）",
        "手机「设置」→「相机」→「格式」选「兼容性最佳」，或另存为 .jpg",
    ),
    (re.compile(rb"\x01\0\0\0.{36} EMF", re.S), "是 EMF 矢量图", "在 Word 里复制，「选择性粘贴」选「图片（PNG）」"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|\x01\0\x09\0"), "是 WMF 矢量图", "在 Word 里复制，「选择性粘贴」选「图片（PNG）」"),
    (re.compile(rb"\x1f\x8b"), "是压缩的 EMF、WMF 矢量图", "在 Word 里复制，「选择性粘贴」选「图片（PNG）」"),
)


@dataclass
class Washed:
    """photos：第几张 → 名字、内容；洗不了的不在里面。said：每一张怎样了。"""

    photos: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def gather(folder: Path) -> list[Found]:
    """文件夹里的照片，照名字的先后。"""
    if not folder.is_dir():
        raise Refusal(f"没有「{folder}」这个文件夹", "核对 PHOTOS= 后面的名字")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in PHOTOS and path.is_file())
    if not files:
        raise Refusal(f"「{folder}」里没有照片", f"照片的后缀是 {'、'.join(PHOTOS[:4])} 等")
    for path in files:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"「{path.name}」有 {path.stat().st_size >> 20} MB，太大", "另存一张小的再来")
    return [Found(path.name, path.read_bytes()) for path in files]


def wash(found: Iterable[Found]) -> Washed:
    """在临时的文件夹里洗：没有洗过的，一刻也不进项目。"""
    photos = list(found)
    if len(photos) > MOST:
        raise Refusal(f"照片有 {len(photos)} 张，一页放不下", f"挑一挑，不超过 {MOST} 张")
    made = Washed()
    fit: dict[int, Found] = {}
    for number, photo in enumerate(photos):
        if fault := _strange(photo.content):
            made.said.append(f"没有放进来：{photo.name}，{'；'.join(fault)}")
        else:
            fit[number] = photo
    hands = min(os.cpu_count() or 1, len(fit))  # 几个核，分几份一起洗
    with ThreadPoolExecutor(max(hands, 1)) as pool:
        for photos_of, reasons in pool.map(_batch, [dict(list(fit.items())[at::hands]) for at in range(hands)]):
            made.photos |= photos_of
            made.said += [f"没有放进来：{fit[number].name}，{why}" for number, why in reasons.items()]
    made.photos = dict(sorted(made.photos.items()))
    return made


def _batch(photos: dict[int, Found]) -> tuple[dict[int, tuple[str, bytes]], dict[int, str]]:
    """洗好的；洗不了的，为什么。"""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "docs", "xin.assets")
        folder.mkdir(parents=True)
        for number, photo in photos.items():
            (folder / f"photo-{number + 1}.{_suffix(photo.content)}").write_bytes(photo.content)
        done = run("checks.images", f"--root={place}")
        if not done.stdout:
            raise Refusal("照片没有洗成", done.stderr.strip() or "把这一行告诉技术人员")
        reasons = dict(_reasons(done.stdout))
        washed = {int(re.findall(r"\d+", path.stem)[0]) - 1: path for path in folder.iterdir()}
        return {n: (path.name, path.read_bytes()) for n, path in washed.items() if n not in reasons}, reasons


def _strange(content: bytes) -> tuple[str, str] | None:
    for sign, what, fix in STRANGE:
        if sign.match(content):
            return what, fix
    return None if _suffix(content) else ("不是认得的图片", "换成 .jpg 或 .png")


def _suffix(content: bytes) -> str:
    return next((suffix for sign, suffix in SIGNS if sign.match(content[:4000])), "")


def _reasons(said: str) -> Iterable[tuple[int, str]]:
    """洗不了的：第几张，为什么。"""
    for line in said.split("\n"):
        if match := re.match(r"没有动：\S*?photo-(\d+)\.\w+，(.+)", line):
            yield int(match[1]) - 1, match[2]

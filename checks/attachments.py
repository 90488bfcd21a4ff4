"""docs/ 里的附件：取出 SVG、PDF、Word、Excel、PPT 里的字；看照片里有没有位置信息。"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from macros.model import Problem
from macros.model.disk import write
from macros.model.problem import ERROR

from .texts import Passage

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # 坏了的 PDF 由这里报，不要它的英文
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
NOT_OURS = ("_moban", "assets")
PARAGRAPHS = ("p", "row", "si", "text", "tspan", "title", "desc")


def files(docs: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_file() and name.split("/")[0] not in NOT_OURS and not path.name.startswith("."):
            yield path, f"docs/{name}"


def attachments(docs: Path) -> Iterator[Passage | Problem]:
    """每一段字；读不出来的是一处错误：没有人查过的不能公开。"""
    for path, name in files(docs):
        suffix = path.suffix.lower()
        try:
            if suffix == ".svg":
                yield from _passages(name, _xml(path.read_bytes()))
            elif suffix == ".pdf":
                yield from _passages(name, _pdf(path))
            elif suffix in OFFICE:
                yield from _passages(name, _office(path, OFFICE[suffix]))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError, PyPdfError):
            fix = "去掉密码，或重新导出一份"
            yield Problem(name, 1, 1, ERROR, "附件打不开，查不了里面的字", fix, "Y-1")


def _passages(name: str, texts: Iterator[str]) -> Iterator[Passage]:
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield Passage(name, text.strip(), ((0, number, 1),))


def _xml(content: bytes) -> Iterator[str]:
    """一段一条：段落里的字接起来，拆成几截的号码也接得上。"""
    root = ElementTree.fromstring(content)  # noqa: S314 expat 2.4.1 起自己挡住实体膨胀，不取外部实体
    found = [node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in PARAGRAPHS]
    for node in found or [root]:
        yield "".join(node.itertext())


def _office(path: Path, folder: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            if part.filename.endswith(".xml") and part.filename.startswith((folder, "docProps/")):
                if part.file_size > 50_000_000:
                    raise ValueError(part.filename)
                yield from _xml(package.read(part))


def _pdf(path: Path) -> Iterator[str]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    yield " ".join(str(value) for value in (reader.metadata or {}).values())
    for page in reader.pages:
        yield from (page.extract_text() or "").split("\n")


def metadata(docs: Path) -> Iterator[Problem]:
    """照片里记着的：在哪里拍的、谁的什么手机、什么时候。"""
    for path, name in files(docs):
        if path.suffix.lower() not in PHOTOS:
            continue
        try:
            with Image.open(path) as image:
                exif = image.getexif()
                found = _kinds(exif)
                if image.info.get("comment") or re.search("xmp|XML:com.adobe", " ".join(map(str, image.info)), re.I):
                    found.append("备注")
        except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
            yield Problem(name, 1, 1, ERROR, "图片打不开", "重新导出一份", "T-4")
            continue
        if found:
            what = f"照片里带着{'、'.join(dict.fromkeys(found))}"
            yield Problem(name, 1, 1, ERROR, what, "运行 make clean-images 去掉", "T-4")


GPS, MAKE, TIME = 0x8825, (0x010F, 0x0110, 0x013B, 0x013C, 0xA430, 0x8298), (0x0132, 0x9003)


def _kinds(exif: Image.Exif) -> list[str]:
    found = ["位置（GPS）"] if exif.get_ifd(GPS) else []
    tags = {*exif, *exif.get_ifd(0x8769)}
    found += ["手机型号或姓名"] if tags & set(MAKE) else []
    return found + (["拍摄时间"] if tags & set(TIME) else [])


def clean(docs: Path) -> list[str]:
    """去掉照片里的附带信息，按原来的方向转正；返回改了哪些文件。"""
    from PIL import ImageOps

    dirty = sorted({problem.file for problem in metadata(docs) if problem.fix.startswith("运行")})
    for name in dirty:
        path = docs.parent / name
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image)
            bare = Image.new(upright.mode, upright.size)
            bare.putdata(
                list(upright.get_flattened_data() if hasattr(upright, "get_flattened_data") else upright.getdata())
            )
            if upright.mode == "P" and upright.getpalette():
                bare.putpalette(upright.getpalette() or [])
            content = io.BytesIO()
            options = {"quality": 90} if image.format in ("JPEG", "WEBP") else {}
            bare.save(content, format=image.format, **options)
        write(path, content.getvalue())
    return dirty

"""docs/ 里的附件：取出 SVG、PDF、Word、Excel、PPT 里的字；看图片和附件里有没有读的人看不见的东西。"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

from macros.model import Problem
from macros.model.problem import ERROR

from .cleaning import DOCUMENTS, PICTURES, Stuck, cleaned
from .texts import Passage

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # 坏了的 PDF 由这里报，不要它的英文
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
READ = (".svg", ".pdf", *OFFICE)
COMMENT = re.compile("<!--((?:(?!--).)*)-->", re.S)
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
        try:
            if path.suffix.lower() in READ:
                yield from extracted(name, path.read_bytes())
        except Exception:  # 坏了的文件，什么错都有
            if not _stuck(path):  # 打不开的，由 metadata 报
                fix = "重新导出一份"
                yield Problem(name, 1, 1, ERROR, "附件里的字读不出来，查不了", fix, "Y-1")


def extracted(name: str, content: bytes) -> Iterator[Passage]:
    """一个附件里的字，一段一段；SVG 的注释也算。"""
    suffix = Path(name).suffix.lower()
    if suffix == ".svg":
        texts: Iterator[str] = chain(_xml(content), COMMENT.findall(content.decode("utf-8", "replace")))
    elif suffix == ".pdf":
        texts = _pdf(content)
    else:
        texts = _office(content, OFFICE[suffix])
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield Passage(name, text.strip(), ((0, number, 1),))


def _stuck(path: Path) -> bool:
    try:
        cleaned(path.read_bytes(), path.suffix.lower().removeprefix("."))
    except Stuck:
        return True
    return False


def _xml(content: bytes) -> Iterator[str]:
    """一段一条：段落里的字接起来，拆成几截的号码也接得上。"""
    root = ElementTree.fromstring(content)  # noqa: S314 expat 2.4.1 起自己挡住实体膨胀，不取外部实体
    found = [node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in PARAGRAPHS]
    for node in found or [root]:
        yield "".join(node.itertext())


def _office(content: bytes, folder: str) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.endswith(".xml") and part.filename.startswith((folder, "docProps/")):
                if part.file_size > 50_000_000:
                    raise ValueError(part.filename)
                yield from _xml(package.read(part))


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    yield " ".join(str(value) for value in (reader.metadata or {}).values())
    for page in reader.pages:
        yield from (page.extract_text() or "").split("\n")


def metadata(docs: Path) -> Iterator[Problem]:
    """读的人看不见的东西：照 make clean-images 会写成的样子比。"""
    for path, name in files(docs):
        suffix = path.suffix.lower().removeprefix(".")
        clause = "T-4" if suffix in PICTURES else "Y-10"
        if suffix not in (*PICTURES, *DOCUMENTS):
            continue
        try:
            found = cleaned(path.read_bytes(), suffix)
        except Stuck as stuck:
            what, fix = stuck.what, stuck.fix
            yield Problem(name, 1, 1, ERROR, what, fix, clause)
            continue
        if found.said:
            said = "、".join(found.said)
            what = f"图片里有{said}" if suffix in PICTURES else f"附件里有{said}"
            yield Problem(name, 1, 1, ERROR, what, "运行 make clean-images 去掉", clause)
        for reason in found.left:
            what, fix = reason.what, reason.fix
            yield Problem(name, 1, 1, ERROR, what, fix, clause)

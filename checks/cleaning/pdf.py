"""PDF：去掉作者、修改过程、附件、脚本、旧的版本，照片只留画面；页面上看见的一样不变。"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from . import parts
from .hidden import LOCAL
from .outcome import Cleaned, Stuck

LARGEST = 50_000_000
VERSIONS = 5  # 往前看几版
AUTHOR = {"/Author": "作者", "/Company": "单位", "/Manager": "经理", "/LastModifiedBy": "上次保存的人"}
REMOVED = {
    "/EmbeddedFiles": "附件",
    "/AF": "附件",
    "/Collection": "附件",
    "/JavaScript": "脚本",
    "/AA": "脚本",
    "/Thumb": "缩略图",
    "/PieceInfo": "做图的软件留下的数据",
}
ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition")
MARKS = "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup"
MARKED = {f"/{name}" for name in MARKS.split()}
PLAYED = ("/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D")
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LIST, EVENT = f"{RDF}li", "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_XMP = {
    "http://purl.org/dc/elements/1.1/": "title format description subject language date type rights publisher",
    "http://ns.adobe.com/xap/1.0/": "CreatorTool CreateDate ModifyDate MetadataDate",
    "http://ns.adobe.com/xap/1.0/mm/": "DocumentID InstanceID OriginalDocumentID RenditionClass VersionID",
    "http://ns.adobe.com/pdf/1.3/": "Producer Keywords PDFVersion Trapped",
}
XMP = {f"{{{space}}}{name}" for space, names in _XMP.items() for name in names.split()}
STANDARDS = re.compile(
    r"\{http://(?:www\.(?:aiim\.org/pdf|npes\.org/pdfx|w3)|ns\.adobe\.com/(?:xap/1\.0/(?:rights|t/pg)/|pdfx/))"
)


def clean(content: bytes) -> Cleaned:
    if len(content) > LARGEST:
        raise Stuck("PDF 超过 50 MB，查不了", "照片缩小以后重新导出，或分成几份")
    try:
        reader = _opened(content)
        writer = PdfWriter(clone_from=reader, keep_initial_header=True)
        nodes = [*_dictionaries(writer.root_object)]
        said = [*_properties(writer), *_described(writer, nodes)]
        for node in nodes:
            said += [*_removed(node), *_marked(node), *_photo(node)]
        signed = any(_at(node, "/Type") == "/Sig" and "/ByteRange" in node for node in nodes)
        if not signed and _older(content, reader):
            said.append("改以前的内容")
        made = _written(writer) if said and not signed else content
    except Stuck:
        raise
    except Exception:  # 坏了的 PDF，pypdf 什么错都抛
        raise Stuck("PDF 打不开", "重新导出一份") from None
    found = tuple(dict.fromkeys(said))
    if found and signed:
        what = f"PDF 里有{'、'.join(found)}，又有电子签名，去掉了签名就失效"
        raise Stuck(what, "请签的人去掉这些，再签一遍")
    return Cleaned(made, "pdf", found, tuple(_left(nodes)))


def _opened(content: bytes) -> PdfReader:
    """不用密码能打开的；有的加密 pypdf 读不了，也算打不开。"""
    try:
        reader = PdfReader(io.BytesIO(content))
        if not reader.is_encrypted or (reader.decrypt("") and len(reader.pages)):
            return reader
    except (DependencyError, FileNotDecryptedError):
        pass
    raise Stuck("PDF 加了密码，或者限制了打印、复制，查不了", "去掉密码和限制，重新导出一份")


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """引用得到的每一个字典，连同流。"""
    waiting: list[Any] = [root]
    seen = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            node = node.get_object()
        if isinstance(node, DictionaryObject):
            yield node
            waiting += [node.raw_get(key) for key in node]
        elif isinstance(node, ArrayObject):
            waiting += list.__iter__(node)


def _at(node: DictionaryObject, key: str) -> Any:
    """dict 的 get 不跟着引用走。"""
    return node[key] if key in node else None  # noqa: SIM401


def _properties(writer: PdfWriter) -> Iterator[str]:
    info = dict(writer.metadata or {})
    for key, value in list(info.items()):
        said = AUTHOR.get(key) or ("文件原来的路径" if LOCAL.match(str(value)) else "")
        if said and str(value).strip():
            del info[key]
            yield said
    if writer.metadata is not None and len(info) < len(writer.metadata):
        writer.metadata = info


def _described(writer: PdfWriter, nodes: list[DictionaryObject]) -> Iterator[str]:
    """XMP：整份文件的留下标题和标准；图上的、页上的，有不该留的就整个不要。"""
    for node in nodes:
        stream = _at(node, "/Metadata")
        if not isinstance(stream, StreamObject):
            continue
        made, said = _xmp(stream.get_data())
        yield from said
        if said and node is writer.root_object and made:
            replaced = DecodedStreamObject()
            replaced.set_data(made)
            replaced.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
            node[NameObject("/Metadata")] = writer._add_object(replaced)
        elif said:
            del node["/Metadata"]


def _xmp(content: bytes) -> tuple[bytes, list[str]]:
    """读不懂的，整个不要。"""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.strip(b"\0 \r\n\t"), parser)
    except etree.XMLSyntaxError:
        return b"", ["修改过程等记录"] if content.strip(b"\0 \r\n\t") else []
    said = []
    for node in root.iter(f"{RDF}Description"):
        if node.getparent().tag != f"{RDF}RDF":
            continue
        for child in list(node):
            if isinstance(child.tag, str) and _private(child.tag) and _told(child):
                said.append("作者" if child.tag == CREATOR else "修改过程等记录")
                node.remove(child)
        for key, value in node.attrib.items():
            if _private(key) and value.strip():
                said.append("作者" if key == CREATOR else "修改过程等记录")
                del node.attrib[key]
    return etree.tostring(root.getroottree(), encoding="UTF-8"), said


def _told(node: Any) -> bool:
    """写着什么；做 PDF 的软件在同一刻记的几步（PDF/A 都有）不算。"""
    times = [each.text or each.get(f"{EVENT}when", "") for each in node.iter() if each.tag in (f"{EVENT}when", LIST)]
    if node.tag.endswith("}History"):
        return len({time.strip() for time in times} - {""}) > 1
    return len(node.attrib) > 0 or bool("".join(node.itertext()).strip())


def _private(name: str) -> bool:
    """名单以外的；Acrobat 照抄属性的那一处，看属性的名单。"""
    return f"/{name.rpartition('}')[2]}" in AUTHOR or (name not in XMP and not STANDARDS.match(name))


def _removed(node: DictionaryObject) -> Iterator[str]:
    for key, said in REMOVED.items():
        if key in node and not (key == "/AA" and not node["/AA"]):
            del node[key]
            yield said
    for key in ("/OpenAction", "/A", "/Next"):
        action = _at(node, key)
        if isinstance(action, DictionaryObject):
            target = _at(action, "/URI") or _at(action, "/F") or ""
            place = (_at(target, "/UF") or _at(target, "/F")) if isinstance(target, DictionaryObject) else target
            if _at(action, "/S") in ACTIONS:
                del node[key]
                yield "脚本"
            elif LOCAL.match(place.decode("latin-1") if isinstance(place, bytes) else str(place)):
                del node[key]
                yield "指到自己电脑里的链接"


def _marked(node: DictionaryObject) -> Iterator[str]:
    if _at(node, "/Subtype") in MARKED and "/Rect" in node and str(_at(node, "/T") or "").strip():
        del node["/T"]
        yield "批注的人的名字"


def _photo(node: DictionaryObject) -> Iterator[str]:
    """照片（JPEG）里画面以外的段。末尾多出来的不算：许多软件都添一个换行。"""
    filters = _at(node, "/Filter")
    last = filters[-1] if isinstance(filters, ArrayObject) and filters else filters
    if not isinstance(node, StreamObject) or _at(node, "/Subtype") != "/Image" or last != "/DCTDecode":
        return
    content = node.get_data()
    try:
        made = parts.only(parts.JPEG, content)
    except parts.Broken:
        return
    if made != content[: content.rfind(b"\xff\xd9") + 2]:
        node._data = made
        node[NameObject("/Filter")] = NameObject("/DCTDecode")
        node.pop("/DecodeParms", None)
        yield "照片里的位置、手机型号等附带信息"


def _older(content: bytes, reader: PdfReader) -> bool:
    """改了以后接着存的，以前的内容还在前面。只是接了一段、没有换掉什么的不算。"""
    ends = [match.end() for match in re.finditer(rb"%%EOF", content)]
    first = 1 if b"/Linearized" in content[:1024] else 0
    for end in ends[first:-1][-VERSIONS:]:
        try:
            before = PdfReader(io.BytesIO(content[:end]))
        except Exception:  # noqa: S112 这里断开不成一份
            continue
        if _places(before) - _places(reader):
            return True
    return False


def _places(reader: PdfReader) -> set[tuple[int, ...]]:
    inside = {(number, *place) for number, place in reader.xref_objStm.items()}
    return inside | {(number, place) for table in reader.xref.values() for number, place in table.items()}


def _written(writer: PdfWriter) -> bytes:
    """写两遍：第二遍只剩引用得到的。"""
    for _ in range(2):
        buffer = io.BytesIO()
        writer.write(buffer)
        writer = PdfWriter(clone_from=PdfReader(buffer), keep_initial_header=True)
    return buffer.getvalue()


def _left(nodes: list[DictionaryObject]) -> Iterator[Stuck]:
    if any(_at(node, "/Subtype") in PLAYED and "/Rect" in node for node in nodes):
        yield Stuck("PDF 里放着附件、声音或视频", "导出 PDF 以前在 Word、WPS 里删掉它们")

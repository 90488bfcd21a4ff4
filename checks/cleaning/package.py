"""Word、Excel、PPT 的文件是一个压缩包：里面有哪些部分，谁引用谁；写回去的每次都一样。"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from .outcome import Stuck

TYPES, ROOT = "[Content_Types].xml", ""
MOST, LARGEST, TOTAL = 5000, 20_000_000, 200_000_000  # 几个部分；一份 XML；解开以后一共
OLD = b"\xd0\xcf\x11\xe0"  # 97 版的格式；加了密码的新格式也装在它里面
OPENED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"


@dataclass(frozen=True)
class Relation:
    """source 引用 target。kind：类型的最后一截；external：target 在文件外面，照原样。"""

    source: str
    id: str
    kind: str
    target: str
    external: bool


class Package:
    def __init__(self, content: bytes) -> None:
        if content.startswith(OLD):
            fix = "去掉密码，用 Word、Excel 或 WPS 另存为 .docx、.xlsx"
            raise Stuck("附件加了密码，或者是旧的格式", fix)
        try:
            self.parts = _read(content)
            self.trees = {name: _tree(part) for name, part in self.parts.items() if _is_xml(name)}
        except (OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile):
            raise Stuck("附件打不开", "在 Word、Excel 或 WPS 里打开，另存一份") from None
        self.before = {name: etree.tostring(tree) for name, tree in self.trees.items()}
        self.relations = [each for name in (ROOT, *self.parts) for each in self._relations(name)]

    def _relations(self, source: str) -> Iterator[Relation]:
        folder, tree = posixpath.dirname(source), self.trees.get(_relations_of(source))
        known = {name.lower(): name for name in self.parts}
        for node in tree if tree is not None else ():
            if not isinstance(node.tag, str):
                continue
            target, external = node.get("Target", ""), node.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0])))[1:]
                target = known.get(target.lower(), target)
            yield Relation(source, node.get("Id", ""), node.get("Type", "").rpartition("/")[2], target, external)

    def of_kind(self, *kinds: str) -> list[Relation]:
        return [each for each in self.relations if each.kind in kinds]

    def reached(self) -> set[str]:
        """从总的入口一处一处引用得到的。"""
        found, waiting = {TYPES}, [ROOT]
        while waiting:
            source = waiting.pop()
            found.add(_relations_of(source))
            targets = {each.target for each in self.relations if each.source == source and not each.external}
            fresh = targets & self.parts.keys() - found
            found |= fresh
            waiting += fresh
        return found

    def cut(self, relation: Relation) -> None:
        """不再引用它：引用的地方、写着编号的属性一起去掉。"""
        self.relations.remove(relation)
        for node in list(self.trees[_relations_of(relation.source)]):
            if isinstance(node.tag, str) and node.get("Id") == relation.id:
                node.getparent().remove(node)
        for node in self.trees[relation.source].iter() if relation.source in self.trees else ():
            for name in (f"{LINK}id", f"{STRICT_LINK}id"):
                if node.get(name) == relation.id:
                    del node.attrib[name]

    def prune(self) -> bool:
        """没有哪里引用的不要；返回有没有。"""
        reached = self.reached()
        unused = [name for name in self.parts if name not in reached]
        for name in unused:
            del self.parts[name]
            self.trees.pop(name, None)
        self.relations = [each for each in self.relations if each.source in (ROOT, *self.parts)]
        for node in list(self.trees[TYPES]):
            if isinstance(node.tag, str) and node.get("PartName", "")[1:] in unused:
                self.trees[TYPES].remove(node)
        return bool(unused)

    def packed(self) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in self.parts.items():
                if name in self.trees and etree.tostring(self.trees[name]) != self.before[name]:
                    part = etree.tostring(self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                entry = zipfile.ZipInfo(name)
                entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
                package.writestr(entry, part)
        return buffer.getvalue()


def _read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = [each for each in package.infolist() if not each.is_dir()]
        names = [each.filename for each in entries]
        if len({name.lower() for name in names}) < len(names) or not {TYPES, _relations_of(ROOT)} <= set(names):
            raise ValueError(names)
        large = [each for each in entries if _is_xml(each.filename) and each.file_size > LARGEST]
        if large or len(entries) > MOST or sum(each.file_size for each in entries) > TOTAL:
            raise Stuck("附件解开以后太大，查不了", "删掉用不着的内容，或分成几个文件")
        if any(each.flag_bits & 1 or each.compress_type not in OPENED for each in entries):
            raise ValueError("encrypted")
        return {each.filename: package.read(each) for each in entries}


def _tree(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")

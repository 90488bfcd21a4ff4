"""Word、Excel、PPT：去掉作者、单位、路径、缩略图，嵌着的图片只留画面；读的人看见的一样不变。

工具不能替人定的（修订、批注、隐藏的内容），在 hidden.py。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import drawing, pixels
from .hidden import LOCAL, left, name_of
from .outcome import Cleaned, Stuck
from .package import Package, Relation

MAIN = {"docx": "w:document", "xlsx": "x:workbook", "pptx": "p:presentation"}
SUFFIXES = tuple(MAIN)
PICTURES = ("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "svg")
PEOPLE = ("people", "person", "commentAuthors", "authors", "usernames")
DROPPED = {
    **dict.fromkeys(PEOPLE, "审阅过的人的名字"),
    "changesInfo": "改过的人的名字",
    "thumbnail": "缩略图",
    "printerSettings": "打印机的名字",
    "attachedTemplate": "模板的路径",
    "customXml": "文档库记下的资料",
}
PROPERTIES = {
    "coreProperties": {"creator": "作者", "lastModifiedBy": "上次保存的人"},
    "Properties": {"Company": "单位", "Manager": "经理", "HyperlinkBase": "路径"},
}
UNBOUND = (*(said for named in PROPERTIES.values() for said in named.values()), DROPPED["customXml"])
KEPT = ("KSOProductBuildVer", "ICV")  # WPS 每份文件都写：版本和校验
PLAIN = re.compile(r"\s*(?:[\d.]{0,8}|true|false)\s*")
OURS = ("http://schemas.openxmlformats.org/officeDocument/2006/bibliography", "http://www.wps.cn/")
PICTURED = ("descr", "name", "title", "alt")  # 图片原来叫什么，常常连着路径
GONE = {"absPath": "文件原来的路径", "w:docVars": "软件记下的资料", "w:attachedTemplate": "模板的路径"}
SAVED = {"x:fileSharing": {"userName": "保存的人"}, "x:pivotCacheDefinition": {"refreshedBy": "刷新的人"}}
FIELD = re.compile(r'(?<![A-Za-z])(?:file:/*)?(?:[A-Za-z]:[\\/]|\\\\)[^"]*[\\/]', re.I)  # 域里的路径，文件名以前


def clean(content: bytes, suffix: str) -> Cleaned:
    package = Package(content)
    main = next((each.target for each in package.of_kind("officeDocument")), "")
    if main not in package.trees or name_of(package.trees[main].tag) != MAIN[suffix]:
        fix = "用 Word、Excel 或 WPS 打开，另存为 .docx、.xlsx"
        raise Stuck(f"这不是 .{suffix} 文件", fix)
    said = ["没有用到的部分"] if package.prune() else []
    said += _parts(package)
    package.prune()
    variables = any(b"DOCVARIABLE" in part for name, part in package.parts.items() if name in package.trees)
    for tree in package.trees.values():
        said += _properties(tree)
        said += _written(tree, variables)
    pictures, stuck = _pictures(package)
    found = tuple(dict.fromkeys([*said, *pictures]))
    if any(name in UNBOUND for name in found):
        _unbind(package)
    return Cleaned(package.packed() if found else content, suffix, found, (*left(package), *stuck))


def _parts(package: Package) -> Iterator[str]:
    """整份不要的。"""
    for relation in list(package.relations):
        if relation.kind in DROPPED and _carries(package, relation):
            package.cut(relation)
            yield DROPPED[relation.kind]


def _carries(package: Package, relation: Relation) -> bool:
    """空的名单，Office、WPS 每份文件都写的，不算。"""
    tree = package.trees.get(relation.target)
    if relation.kind in PEOPLE:
        return tree is not None and len(tree) > 0
    if relation.kind == "customXml":
        return tree is not None and not tree.tag.startswith(tuple(f"{{{each}" for each in OURS)) and _text(tree)
    return relation.kind != "attachedTemplate" or bool(LOCAL.match(relation.target))


def _text(tree: Any) -> bool:
    return any(text.strip() for text in tree.itertext())


def _properties(tree: Any) -> Iterator[str]:
    root = name_of(tree.tag)
    for node in list(tree) if root in PROPERTIES else ():
        name = name_of(node.tag)
        if (said := PROPERTIES[root].get(name)) and (node.text or "").strip():
            node.text = None
            yield said
        elif name == "Template" and LOCAL.match(node.text or ""):
            node.text = None
            yield "模板的路径"
        elif name == "property" and node.get("name") not in KEPT and not PLAIN.fullmatch("".join(node.itertext())):
            tree.remove(node)
            yield "自定义的属性"


def _written(tree: Any, variables: bool) -> Iterator[str]:
    """正文里读的人看不见的：路径，保存的人，软件记下的资料。variables：有域用到文档变量。"""
    codes: list[Any] = []
    for node in list(tree.iter()):
        name = name_of(node.tag)
        for key, value in node.attrib.items() if name else ():
            if key.rpartition("}")[2] in PICTURED and LOCAL.match(value):
                node.set(key, "")
                yield "图片原来的路径"
            elif name == "w:fldSimple" and FIELD.search(value):
                node.set(key, FIELD.sub("", value))
                yield "图片原来的路径"
            elif (said := SAVED.get(name, {}).get(key)) and value:
                del node.attrib[key]
                yield said
        if name in GONE and not (name == "w:docVars" and variables) and not _linked(node):
            node.getparent().remove(node)
            yield GONE[name]
        elif name == "w:instrText":
            codes.append(node)
        elif name in ("w:fldChar", "w:p") and codes:
            yield from _field(codes)
            codes = []
    yield from _field(codes)


def _linked(node: Any) -> bool:
    return any(key.endswith("}id") for key in node.attrib)


def _field(codes: list[Any]) -> Iterator[str]:
    """一个域的代码会拆成几截：接起来看，改了的写在第一截。"""
    written = "".join(node.text or "" for node in codes)
    bare = FIELD.sub("", written)
    if codes and bare != written:
        for node in codes:
            node.text = None
        codes[0].text = bare
        yield "图片原来的路径"


def _unbind(package: Package) -> None:
    """封面上的作者、单位从属性里取：属性去掉了，看见的字留着。"""
    for tree in package.trees.values():
        for node in [node for node in tree.iter() if name_of(node.tag) in ("w:dataBinding", "dataBinding")]:
            node.getparent().remove(node)


def _pictures(package: Package) -> tuple[list[str], list[Stuck]]:
    said, stuck = [], []
    for name in package.parts:
        suffix = name.rpartition(".")[2].lower()
        if suffix not in PICTURES:
            continue
        try:
            content = package.parts[name]
            made = drawing.clean(content) if suffix == "svg" else pixels.strip(content, suffix)
        except Stuck as reason:
            stuck.append(Stuck(f"嵌着的 {name.rpartition('/')[2]}：{reason.what}", reason.fix))
            continue
        package.parts[name] = made.content
        said += [f"嵌着的图里的{each}" for each in made.said]
    return said, stuck

"""Word、Excel、PPT 里读的人看不见、工具又不能替人定的：修订、批注、隐藏的内容、嵌着和连着的文件。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .outcome import Stuck
from .package import Package

FAMILIES = {"wordprocessingml": "w", "spreadsheetml": "x", "presentationml": "p"}
MAIN = re.compile(r"\{http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/(\w+)(?:/2006)?/main\}(\w+)")
LOCAL = re.compile(r"(?i)^(?:file:|[a-z]:[\\/]|\\\\|(?!\w+:).*(?:\busers[\\/]|\bappdata\b))")  # 自己电脑、单位内网里
DRAWINGS = (".emf", ".wmf", ".emz", ".wmz", ".tif", ".tiff", ".bmp", ".wdp", ".pict", ".pct")
SOUNDS = (".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".avi", ".wmv", ".wma", ".wav", ".mpg", ".mpeg", ".mid")
OBJECTS = ("oleObject", "package", "aFChunk", "control")
CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"}
CHANGES |= {f"{name}Change" for name in ["rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr"]}
NOTES = {"sldImg", "sldNum", "hdr", "ftr", "dt"}  # 备注页上不是写的字
CROPS = ("cropleft", "croptop", "cropright", "cropbottom")
SEEN = 1000  # 图片裁得不到百分之一的，不算
OFF = ("0", "false", "off")


def name_of(tag: object) -> str:
    """w:p 这样的名字：正式的和严格的命名空间一样看；别的没有前缀。"""
    if not isinstance(tag, str):
        return ""
    match = MAIN.match(tag)
    if match and match[1] in FAMILIES:
        return f"{FAMILIES[match[1]]}:{match[2]}"
    return tag.rpartition("}")[2]


def left(package: Package) -> Iterator[Stuck]:
    yield from _files(package)
    yield from _links(package)
    roots: dict[str, list[Any]] = {}
    for tree in package.trees.values():
        roots.setdefault(name_of(tree.tag), []).append(tree)
    nodes = [node for name, trees in roots.items() if name.startswith("w:") for tree in trees for node in tree.iter()]
    if count := sum(_change(name_of(node.tag)) for node in nodes):
        fix = "Word、WPS 里「审阅」→「接受」→「接受所有修订」，不要的先拒绝，再保存"
        yield Stuck(f"有 {count} 处修订还没有定", fix)
    if package.of_kind("revisionHeaders"):
        fix = "Excel、WPS 里「审阅」→「共享工作簿」，去掉共享的勾，再保存"
        yield Stuck("留着共享时的修订记录", fix)
    if any(_commented(tree) for trees in roots.values() for tree in trees):
        fix = "「审阅」→「删除」→「删除文档中的所有批注」；Excel 里全选工作表，「审阅」→「删除」批注；再保存"
        yield Stuck("有批注，写着批注的人的名字", fix)
    if count := sum(_unseen(roots)):
        fix = "按 Ctrl+A 全选，「字体」里去掉「隐藏」的勾；不公开的删掉，再保存"
        yield Stuck(f"有 {count} 处隐藏的文字", fix)
    if count := sum(_cropped(node) for trees in roots.values() for tree in trees for node in tree.iter()):
        fix = "点图片，「图片格式」→「压缩图片」，勾「删除图片的剪裁区域」，再保存"
        yield Stuck(f"有 {count} 张图裁掉的部分还在文件里", fix)
    yield from _sheets(roots, package)
    yield from _slides(roots)


def _files(package: Package) -> Iterator[Stuck]:
    names = sorted(package.parts)
    if found := _listed(name for name in names if name.lower().endswith(DRAWINGS)):
        fix = "点这张图，复制，「选择性粘贴」选「图片（PNG）」，删掉原来的图再保存"
        yield Stuck(f"嵌着查不了的图：{found}", fix)
    if found := _listed(name for name in names if name.lower().endswith(SOUNDS)):
        yield Stuck(f"嵌着声音或视频：{found}", "删掉声音、视频再保存")
    embedded = {each.target for each in package.of_kind(*OBJECTS) if not each.external}
    if found := _listed(sorted(embedded)):
        fix = "公式、图表、表格复制以后，「选择性粘贴」选「图片（PNG）」，删掉原来的再保存"
        yield Stuck(f"嵌着别的文件：{found}", fix)
    if any("macroenabled" in node.get("ContentType", "").lower() for node in package.trees["[Content_Types].xml"]) or (
        package.of_kind("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
    ):
        yield Stuck("带着宏（会自己运行的程序）", "「文件」→「另存为」，类型选不带宏的 .docx、.xlsx")
    if package.of_kind("pivotCacheRecords"):
        fix = "复制透视表，「选择性粘贴」选「数值」，删掉原来的透视表再保存"
        yield Stuck("数据透视表里存着明细", fix)
    if package.of_kind("origin"):
        fix = "「文件」→「信息」→「查看签名」，删掉签名再保存"
        yield Stuck("带着电子签名，里面有签的人的名字", fix)


def _links(package: Package) -> Iterator[Stuck]:
    """文件外面的：只许是平常的链接。模板的路径由清洗去掉。"""
    outside = [each for each in package.relations if each.external]
    if any(each.kind == "hyperlink" and LOCAL.match(each.target) for each in outside):
        fix = "在链接上点右键，「取消超链接」，再保存"
        yield Stuck("链接指到自己电脑或单位内网里的文件", fix)
    kinds = {each.kind for each in outside} - {"hyperlink", "attachedTemplate"}
    if any(kind.startswith("mailMerge") for kind in kinds):
        fix = "「邮件」→「开始邮件合并」→「普通 Word 文档」，再保存"
        yield Stuck("连着邮件合并的名单", fix)
    if any(not kind.startswith("mailMerge") for kind in kinds) or package.of_kind("connections"):
        fix = (
            "「文件」→「信息」→「编辑指向文件的链接」→「断开链接」；Excel 里「数据」→「编辑链接」→「断开链接」；再保存"
        )
        yield Stuck("连着文件外面的图片、表格或模板", fix)


def _listed(names: Any) -> str:
    return "、".join(name.rpartition("/")[2] for name in names)


def _change(name: str) -> bool:
    return name.startswith("w:") and name[2:] in CHANGES


def _commented(tree: Any) -> bool:
    """Word、Excel、新式的 Excel、PPT 各有各的写法；只有空名单的不算。"""
    if name_of(tree.tag) not in ("w:comments", "x:comments", "ThreadedComments", "p:cmLst", "cmLst"):
        return False
    wanted = ("w:comment", "x:comment", "threadedComment", "p:cm", "cm")
    return any(name_of(node.tag) in wanted for node in tree.iter())


# ---- Word：隐藏的文字 ----


def _unseen(roots: dict[str, list[Any]]) -> Iterator[bool]:
    styles = _hiding({_value(style, "styleId"): style for tree in roots.get("w:styles", ()) for style in tree})
    for name, trees in roots.items():
        if name.startswith("w:") and name not in ("w:styles", "w:numbering", "w:settings"):
            yield from (_hidden_run(run, styles) for tree in trees for run in tree.iter() if name_of(run.tag) == "w:r")


def _hiding(styles: dict[str, Any]) -> set[str]:
    """写着隐藏的样式，连同照着它来的。"""
    found = set()
    for id in styles:
        at, seen = id, set()
        while at in styles and at not in seen:
            seen.add(at)
            if (vanish := _below(styles[at], "w:rPr", "w:vanish")) is not None:
                if _value(vanish) not in OFF:
                    found.add(id)
                break
            parent = _below(styles[at], "w:basedOn")
            at = _value(parent) if parent is not None else ""
    return found


def _hidden_run(run: Any, styles: set[str]) -> bool:
    written = ("w:t", "w:delText", "w:drawing", "w:pict", "w:object", "w:footnoteReference")
    if not any(name_of(node.tag) in written and (node.text or len(node)) for node in run):
        return False
    if (vanish := _below(run, "w:rPr", "w:vanish")) is not None:
        return _value(vanish) not in OFF
    paragraph = run.getparent()
    while paragraph is not None and name_of(paragraph.tag) != "w:p":
        paragraph = paragraph.getparent()
    named = [_below(run, "w:rPr", "w:rStyle"), _below(paragraph, "w:pPr", "w:pStyle")]
    return any(each is not None and _value(each) in styles for each in named)


def _below(node: Any, *path: str) -> Any:
    for name in path:
        node = next((each for each in node if name_of(each.tag) == name), None) if node is not None else None
    return node


def _value(node: Any, name: str = "val") -> str:
    return next((str(value) for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _cropped(node: Any) -> bool:
    name = name_of(node.tag)
    if name == "srcRect":
        return any(_number(node.get(side)) >= SEEN for side in "ltrb")
    return name == "imagedata" and any(_number(node.get(side)) for side in CROPS)


def _number(written: str | None) -> float:
    """1234、1.23%、0.5、3000f 都有人写。"""
    text = written or "0"
    try:
        return float(text.rstrip("f%")) * (1000 if text.endswith("%") else 1)
    except ValueError:
        return 0


# ---- Excel、PPT ----


def _sheets(roots: dict[str, list[Any]], package: Package) -> Iterator[Stuck]:
    named: dict[str, str] = {}
    for book in roots.get("x:workbook", ()):
        sheets = [node for node in book.iter() if name_of(node.tag) == "x:sheet"]
        if away := [node.get("name", "") for node in sheets if node.get("state", "visible") != "visible"]:
            fix = "在工作表标签上点右键，「取消隐藏」；要公开的留着，不公开的删掉，再保存"
            yield Stuck(f"有隐藏的工作表「{'、'.join(away)}」", fix)
        named |= {_value(node, "id"): node.get("name", "") for node in sheets}
    for each in package.of_kind("worksheet"):
        tree = package.trees.get(each.target)
        if tree is not None and _hides_cells(tree):
            fix = "按 Ctrl+A 全选，在行号、列标上点右键，「取消隐藏」，有筛选的清除筛选；不公开的删掉，再保存"
            yield Stuck(f"工作表「{named.get(each.id, '')}」有隐藏的行或列", fix)


def _hides_cells(sheet: Any) -> bool:
    """藏着的行、列里写着东西；只是把用不着的空行空列藏起来的不算。"""
    away = [
        (_number(node.get("min")), _number(node.get("max")))
        for node in sheet.iter()
        if name_of(node.tag) == "x:col" and (_true(node, "hidden") or node.get("width") == "0")
    ]
    for row in (node for node in sheet.iter() if name_of(node.tag) == "x:row"):
        hidden = _true(row, "hidden") or row.get("ht") == "0"
        for number, cell in enumerate(row, 1):
            if len(cell) and (hidden or any(low <= _column(cell, number) <= high for low, high in away)):
                return True
    return False


def _true(node: Any, name: str) -> bool:
    return node.get(name) in ("1", "true")


def _column(cell: Any, number: int) -> int:
    """AB12 → 28；没有写的，是这一行的第几格。"""
    total = 0
    for letter in re.sub(r"[^A-Z]", "", cell.get("r", "")):
        total = total * 26 + ord(letter) - 64
    return total or number


def _slides(roots: dict[str, list[Any]]) -> Iterator[Stuck]:
    if count := sum(slide.get("show") in OFF for slide in roots.get("p:sld", ())):
        fix = "在幻灯片上点右键，「取消隐藏幻灯片」，或者删掉，再保存"
        yield Stuck(f"有 {count} 张隐藏的幻灯片", fix)
    if count := sum(_noted(notes) for notes in roots.get("p:notes", ())):
        fix = "「文件」→「信息」→「检查文档」，删掉「演示文稿备注」，再保存"
        yield Stuck(f"有 {count} 张幻灯片写着备注", fix)


def _noted(notes: Any) -> bool:
    for shape in (node for node in notes.iter() if name_of(node.tag) == "p:sp"):
        place = next((node.get("type", "") for node in shape.iter() if name_of(node.tag) == "p:ph"), "")
        if place not in NOTES and any(name_of(node.tag) == "t" and (node.text or "").strip() for node in shape.iter()):
            return True
    return False

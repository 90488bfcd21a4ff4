"""线描和图表（SVG）：只留名单上的元素和属性。脚本、注释、画图软件记下的路径、别处的图都不在名单上。

用 lxml：前缀、空白照原样。试过 svg-hush：它丢掉注释后面的样式，留着 data-*，在字里添空格。
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter

from lxml import etree

from . import pixels
from .outcome import Cleaned, Stuck

SVG, XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
SPACE, LANGUAGE = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("space", "lang"))
SHAPES = "svg g defs symbol use path rect circle ellipse line polyline polygon image style title desc"
WORDS = "text tspan textPath"
PAINT = "linearGradient radialGradient stop clipPath mask pattern marker filter"
EFFECTS = "GaussianBlur Offset Merge MergeNode ColorMatrix Flood Composite Blend DropShadow"
ELEMENTS = {*SHAPES.split(), *WORDS.split(), *PAINT.split(), *(f"fe{name}" for name in EFFECTS.split())}
WRITTEN = {"text", "tspan", "textPath", "title", "desc"}
SEEN = {"foreignObject": "网页写的字", "switch": "分情况显示的内容"}
_LOOKS = (
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity color display visibility font-family font-size font-weight font-style "
    "font-variant text-anchor dominant-baseline alignment-baseline baseline-shift letter-spacing word-spacing "
    "text-decoration writing-mode clip-path clip-rule mask filter marker marker-start marker-mid marker-end "
    "stop-color stop-opacity flood-color flood-opacity color-interpolation-filters mix-blend-mode isolation "
    "paint-order vector-effect shape-rendering overflow transform transform-origin line-height white-space font"
)
_PLACES = (
    "x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox preserveAspectRatio version id class "
    "style role aria-label aria-labelledby aria-hidden offset gradientUnits gradientTransform spreadMethod "
    "clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform markerWidth "
    "markerHeight markerUnits refX refY orient filterUnits primitiveUnits in in2 result stdDeviation mode operator "
    "k1 k2 k3 k4 values type rotate textLength lengthAdjust startOffset href"
)
LOOKS = frozenset(_LOOKS.split())
ATTRIBUTES = {*LOOKS, *_PLACES.split(), XLINK, SPACE, LANGUAGE}
ELSEWHERE = re.compile(r"url\((?!\s*['\"]?#)|javascript:|expression\(|@import|\\|[A-Za-z]:/", re.I)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
RULE = re.compile(r"(?<![^{}@;])([^{}@;]+)\{([^{}]*)\}")
DATA = re.compile(r"data:image/(png|jpe?g|webp);base64,(.*)", re.S)


def clean(content: bytes) -> Cleaned:
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Stuck(".svg 图打不开", "在浏览器里打开看看，重新导出一份") from None
    if root.tag != f"{{{SVG}}}svg":
        raise Stuck("这不是 .svg 图", "在画图软件里重新导出一份")
    before = etree.tostring(root, method="c14n", with_comments=True)
    said: Counter[str] = Counter()
    if root.getroottree().docinfo.doctype or root.getprevious() is not None or root.getnext() is not None:
        said["文件头尾的注释和说明"] += 1
    _children(root, said)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    if not said and etree.tostring(root, method="c14n", with_comments=True) == before:
        return Cleaned(content, "svg")
    made = etree.tostring(root, encoding="unicode", with_tail=False).encode() + b"\n"
    return Cleaned(made, "svg", tuple(said) or ("没有用到的命名空间",))


def _children(node: etree._Element, said: Counter[str]) -> None:
    _attributes(node, said)
    name = etree.QName(node).localname
    if name not in WRITTEN and name != "style" and (node.text or "").strip():
        node.text, said["画面外面的字"] = None, 1
    for child in list(node):
        if name not in WRITTEN and (child.tail or "").strip():
            child.tail, said["画面外面的字"] = None, 1
        if reason := _unwanted(child):
            said[reason] += 1
            _remove(child)
        else:
            _children(child, said)
    if name == "style":
        kept = _style(node.text or "")
        if kept != node.text:
            node.text, said["样式里的注释、外部字体等"] = kept, 1


def _unwanted(node: etree._Element) -> str:
    """为什么不要；要的为空。"""
    if not isinstance(node.tag, str):
        return "注释"
    name = etree.QName(node)
    if name.namespace != SVG:
        return "画图软件记下的东西"
    if name.localname in SEEN:
        raise Stuck(f".svg 图里有{SEEN[name.localname]}，去掉会少画面", "在画图软件里转成普通的字和图形，或导出成 .png")
    if name.localname == "image" and not DATA.match(node.get(XLINK) or node.get("href") or ""):
        raise Stuck(".svg 图里放着别处的图，网页上看不到", "在画图软件里嵌进去（内嵌），或导出成 .png")
    return "" if name.localname in ELEMENTS else {"script": "脚本"}.get(name.localname, f"<{name.localname}>")


def _remove(node: etree._Element) -> None:
    """去掉一个元素，后面的空白和字留着。"""
    parent, before, tail = node.getparent(), node.getprevious(), node.tail or ""
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def _attributes(node: etree._Element, said: Counter[str]) -> None:
    for name, value in list(node.attrib.items()):
        if name in (XLINK, "href"):
            kept = _target(node, value)
        elif name not in ATTRIBUTES:
            kept = None
        elif name == "style":
            kept = _declarations(value)
        else:
            kept = None if ELSEWHERE.search(value) else value
        if kept is None:
            del node.attrib[name]
            said["脚本" if name.startswith("on") else "画图软件记下的东西"] += 1
        elif kept != value:
            node.attrib[name] = kept
            said["嵌着的图里的附带信息" if name != "style" else "样式里的注释、外部字体等"] += 1


def _target(node: etree._Element, value: str) -> str | None:
    if value.startswith("#"):
        return value
    match = DATA.match(value)
    if not match or etree.QName(node).localname != "image":
        return None
    try:
        inside = base64.b64decode("".join(match[2].split()), validate=True)
    except binascii.Error:
        raise Stuck(".svg 图里嵌着的图打不开", "在画图软件里换一张，重新导出") from None
    made = pixels.clean(inside, match[1])
    if not made.said:
        return value
    kind = {"jpg": "jpeg"}.get(made.suffix, made.suffix)
    return f"data:image/{kind};base64,{base64.b64encode(made.content).decode()}"


def _style(text: str) -> str:
    """一条一条的样式；@ 开头的（外部字体、引用）不要。"""
    if not COMMENT.search(text) and "@" not in text and all(_declarations(r[1]) == r[1] for r in RULE.findall(text)):
        return text
    rules = RULE.findall(re.sub(r"@[^@{;]*(;|\{[^{}]*(\{[^{}]*\}[^{}]*)*\})", "", COMMENT.sub("", text)))
    return "".join(f"{selector.strip()}{{{_declarations(inside)}}}" for selector, inside in rules)


def _declarations(text: str) -> str:
    parts = [part for part in COMMENT.sub("", text).split(";") if part.strip()]
    kept = [part for part in parts if _safe(part)]
    return text if "/*" not in text and kept == parts else ";".join(part.strip() for part in kept)


def _safe(declaration: str) -> bool:
    name, _, value = declaration.partition(":")
    return name.strip() in LOOKS and not ELSEWHERE.search(value)

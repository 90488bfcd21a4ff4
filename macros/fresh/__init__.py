"""清掉演示内容，变成一个空乡镇：法律、指南、标语、日历留下，本镇的事实全部待公布，
没有人替本镇核对过的日期全部待核对。"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..model import Problem, load
from ..model.git import git
from ..model.kinds import KINDS
from ..model.refusal import Refusal
from ..model.values import UNKNOWN, UNVERIFIED
from ..model.yamlfile import Doc, read_yaml

TEMPLATE = Path(__file__).parent / "site"
NOTHING = "没有动任何文件"
# 随项目带来的内容核对的日子：哪些文件，哪个键
REVIEWED = (
    ("docs", "**/*.md", "复核"),
    ("data/services", "*.yml", "复核日期"),
    ("data", "links.yml", "复核日期"),
    ("data", "slogans.yml", "审核"),
    ("data/laws", "来源.yml", "核对日期"),
)


def fresh(root: Path) -> list[Problem]:
    """改写 root 里的 data/ 和 docs/，返回改完以后检查出的问题。"""
    _refuse(root)
    site = load(root)
    for kind in KINDS.values():
        for key in kind.pages(site) if kind.own else ():
            page = root / "docs" / kind.page_path(key)
            (root / kind.path(key)).unlink()
            page.unlink()
            shutil.rmtree(page.with_suffix(".assets"), ignore_errors=True)
        if kind.own and not kind.folder:
            _rewrite(root, kind.file, _drop_items(lambda item: item.get("演示") == "是"))
    for folder in {(root / page.file).parent for page in site.pages if page.kind}:
        shutil.rmtree(folder)
    _rewrite(root, "slogans.yml", _drop_keys(lambda item: item.get("演示") == "是", ("悬挂", "演示")))
    _rewrite(root, "reading.yml", _drop_items(lambda item: item.get("出版") == UNKNOWN))
    _places(root)
    for where, pattern, key in REVIEWED:
        for file in sorted((root / where).glob(pattern)):
            if file.parent.name != "_moban":
                _unverify(file, key)
    shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
    return load(root).problems


def _refuse(root: Path) -> None:
    site = load(root)
    if site.township is None:
        raise Refusal(f"data/township.yml 读不出来，{NOTHING}", "先运行 make check，改好再来")
    if not site.township.demo:
        raise Refusal(f"data/township.yml 写着 演示: 否，{NOTHING}", "这里已经是真实内容，不能清空")
    try:
        status = git(root, "status", "--porcelain", "--", "data", "docs")
    except Refusal:
        raise Refusal(f"这里没有版本记录（git），清空以后找不回来，{NOTHING}", "先用 git 保存一次") from None
    if status.strip():
        raise Refusal(f"data/ 或 docs/ 里有没保存的改动，{NOTHING}", "先提交或还原，再运行 make fresh")


Lines = list[str]
Edit = Callable[[Doc, Lines], Lines]


def _rewrite(root: Path, name: str, edit: Edit) -> None:
    """只删行，不重排：别的条目和注释原样留下。"""
    path = root / "data" / name
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(edit(read_yaml(path, name), lines)), encoding="utf-8")


def _drop_keys(chosen: Callable[[dict[str, Any]], bool], keys: tuple[str, ...]) -> Edit:
    def edit(doc: Doc, lines: Lines) -> Lines:
        gone: set[int] = set()
        for i, item in enumerate(doc.value):
            if chosen(item):
                for key in keys:
                    if key in item:
                        gone |= _span(doc, (i, key), lines)
        return [line for number, line in enumerate(lines) if number not in gone]

    return edit


def _drop_items(chosen: Callable[[dict[str, Any]], bool]) -> Edit:
    def edit(doc: Doc, lines: Lines) -> Lines:
        gone: set[int] = set()
        for i, item in enumerate(doc.value):
            if chosen(item):
                gone |= _span(doc, (i,), lines)
        return [line for number, line in enumerate(lines) if number not in gone]

    return edit


def _span(doc: Doc, path: tuple[str | int, ...], lines: Lines) -> set[int]:
    """path 处那一块占的行（从 0 数）：到下一个同层的键或条目为止。"""
    line, column = doc.mark(path)
    is_item = isinstance(path[-1], int)
    end = line
    while end < len(lines):
        text = lines[end].lstrip()
        depth = len(lines[end]) - len(text) - (column - 1)  # 比这一块的键深几格
        own = depth >= 0 if is_item else depth > 0 or (depth == 0 and text.startswith("- "))
        if text and not own:
            break
        end += 1
    return set(range(line - 1, end))


def _unverify(path: Path, key: str) -> None:
    """日期换成 待核对，行里别的不动。"""
    text, date = path.read_text(encoding="utf-8"), rf"^( *(?:- )?{key}: *)\d{{4}}-\d\d-\d\d"
    path.write_text(re.sub(date, rf"\g<1>{UNVERIFIED}", text, flags=re.M), encoding="utf-8")


def _places(root: Path) -> None:
    """办理点留下编号、类别和能办什么（指南要用），其余待公布。"""
    doc = read_yaml(root / "data/places.yml", "places.yml")
    lines = ["# 办事的地方：地点、时间、电话只在这里写一次，指南和页面都从这里取。", ""]
    for item in doc.value:
        if item.get("村") and item["类别"] == "拥军服务窗口":
            continue
        name = str(item["名称"]).replace("示例镇", "本镇").replace("示例县", "本县")
        lines += [f"- 编号: {item['编号']}", f"  名称: {name}", f"  类别: {item['类别']}"]
        lines += [f"  {key}: {UNKNOWN}" for key in ("地址", "时间", "电话")]
        lines += [f"  事项: {item['事项']}", f"  复核日期: {UNVERIFIED}"]
    (root / "data/places.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")

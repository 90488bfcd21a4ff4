"""改 YAML 的一处：别的一个字节不变；改完读得出来，是要的值。"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from desk.yamledit import Edited, Files, Flow
from macros.model.refusal import Refusal
from macros.model.textfile import read_text
from macros.model.yamlfile import Path_, parse_yaml

FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml"))
NEW = "改过，“换”了: #1 [甲]"


def test_open_and_save_changes_nothing(tmp_path: Path) -> None:
    """data/ 里的每个文件，连同 Windows 换行的、带 BOM 的，打开再存，一个字节不变。"""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    crlf = (tmp_path / "data/places.yml").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "data/places.yml").write_bytes(b"\xef\xbb\xbf" + crlf)
    files = Files(tmp_path)
    for name in FILES:
        files.open(name)
    assert len(FILES) > 50
    assert files.changed == {}


def leaves(value: Any, path: Path_ = ()) -> list[Path_]:
    """每个不是列表、不是一组键的值在哪里。"""
    if isinstance(value, dict):
        return [each for key, inner in value.items() for each in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [each for i, inner in enumerate(value) for each in leaves(inner, (*path, i))]
    return [path]


@pytest.mark.parametrize("name", FILES)
def test_one_value_one_place(name: str) -> None:
    """换掉一个值：前面、后面的字都还在原处，一个不变。"""
    text = read_text(ROOT / name, name)[0] or ""
    paths = leaves(parse_yaml(text, name).value)
    for path in paths[:: len(paths) // 12 + 1] if paths != [()] else []:
        edited = Edited(text, name)
        edited.set(path, NEW)
        before, _, after = edited.text.partition(f'"{NEW}"')
        assert text.startswith(before.rstrip(" ")), path
        assert text.endswith(after.lstrip(" ")), path


SLOGAN = """# 标语
- 编号: a                      # 不改
  文本: 甲
  用于: [条幅]

# ---- 下一类 ----
- 编号: b
  出处: {法: 国防法, 条: 7}
  悬挂:
    - {地点: 村口, 挂: 2026-07-01, 撤: 2026-08-01}
  # 演示的
  演示: 是
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ((0, "文本"), "甲乙", "  文本: 甲\n", "  文本: 甲乙\n"),
        ((0, "文本"), "01", "  文本: 甲\n", '  文本: "01"\n'),
        ((0, "文本"), "12", "  文本: 甲\n", '  文本: "12"\n'),
        ((0, "文本"), "是：#1", "  文本: 甲\n", "  文本: 是：#1\n"),
        ((0, "文本"), "甲 #1", "  文本: 甲\n", '  文本: "甲 #1"\n'),
        ((0, "编号"), "abc", "编号: a                      #", "编号: abc                    #"),
        ((0, "用于"), ["条幅", "显示屏"], "[条幅]", "[条幅, 显示屏]"),
        ((0, "停用"), "2026-01-01", "[条幅]\n", "[条幅]\n  停用: 2026-01-01\n"),
        ((1, "出处", "条"), 8, "{法: 国防法, 条: 7}", "{法: 国防法, 条: 8}"),
        ((1, "出处", "款"), 2, "{法: 国防法, 条: 7}", "{法: 国防法, 条: 7, 款: 2}"),
        ((1, "出处"), "群众性标语", "{法: 国防法, 条: 7}", "群众性标语"),
        ((1, "悬挂"), "没有", "悬挂:\n    - {地点: 村口, 挂: 2026-07-01, 撤: 2026-08-01}", "悬挂: 没有"),
        ((0, "文本"), {"甲": 1, "乙": Flow({"丙": 2})}, "文本: 甲\n", "文本:\n    甲: 1\n    乙: {丙: 2}\n"),
    ],
)
def test_set(path: Path_, value: Any, old: str, new: str) -> None:
    edited = Edited(SLOGAN, "data/slogans.yml")
    edited.set(path, value)
    assert edited.text == SLOGAN.replace(old, new, 1)


def test_order_append_remove() -> None:
    """新的键放在该在的地方；列表接在末尾；去掉一个键，下面的注释还在。"""
    edited = Edited(SLOGAN, "data/slogans.yml")
    edited.set((1, "审核"), "2026-01-01", ("编号", "出处", "审核", "悬挂"))
    edited.append((1, "悬挂"), Flow(地点="镇上", 挂="2026-07-01", 撤="2026-08-01"))
    edited.append((), {"编号": "c", "悬挂": [Flow(地点="甲, 乙")]})
    edited.remove((0, "用于"))
    assert (
        edited.text
        == SLOGAN.replace("  用于: [条幅]\n", "")
        .replace("条: 7}\n", "条: 7}\n  审核: 2026-01-01\n")
        .replace("08-01}\n", "08-01}\n    - {地点: 镇上, 挂: 2026-07-01, 撤: 2026-08-01}\n")
        + '- 编号: c\n  悬挂:\n    - {地点: "甲, 乙"}\n'
    )


def test_empty_places() -> None:
    """空着的键、空的列表、只有注释的文件，都写得进去。"""
    edited = Edited("标识:\n  号:            # 空着\n列: []\n末:", "a.yml")
    edited.set(("标识", "号"), "甲1")
    edited.append(("列",), {"编号": "01"})
    edited.set(("末",), "乙")
    edited.set(("加",), 3)
    assert edited.text == '标识:\n  号: 甲1        # 空着\n列:\n  - 编号: "01"\n末: 乙\n加: 3\n'
    comment = Edited("# 只有注释\n", "a.yml")
    comment.append((), {"编号": "a"})
    assert comment.text == "# 只有注释\n- 编号: a\n"


def test_refusals(tmp_path: Path) -> None:
    """读不通的不改；写到一半写不了的，写过的换回去。"""
    with pytest.raises(Refusal, match="第1行"):
        Edited("甲：乙\n丙: 丁", "a.yml")
    (tmp_path / "a.yml").write_text("甲: 1\n", encoding="utf-8")
    (tmp_path / "b.yml").mkdir()
    files = Files(tmp_path)
    files.open("a.yml").set(("甲",), 2)
    files.create("b.yml", "乙: 1\n")
    with pytest.raises(OSError, match="directory"):
        files.save()
    assert (tmp_path / "a.yml").read_text(encoding="utf-8") == "甲: 1\n"

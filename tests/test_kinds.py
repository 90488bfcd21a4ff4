"""数据和页面的种类表：表里写的都真有，靠它的都照它。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT, SITES

from macros.model import load
from macros.model.headers import Channel
from macros.model.kinds import KINDS, PAGE_KINDS, Records
from macros.model.schemas import EDITOR, SCHEMAS, editor_settings

EMPTY = "# 还没有\n"


def test_every_kind_has_its_place_in_the_records() -> None:
    assert {field.name for field in fields(Records)} == set(KINDS)


def test_what_the_table_names_is_there() -> None:
    """模板、页面的模板、渠道的名字都真有；一样一页的，头一个宏能写出一样。"""
    for kind in KINDS.values():
        assert not kind.template or (ROOT / "data/_moban" / kind.template).is_file(), kind.name
        assert not kind.page_template or (ROOT / "docs/_moban" / kind.page_template).is_file(), kind.name
        assert set(kind.channels) <= set(Channel.__args__), kind.name
        assert not kind.page or len(kind.macros[0].params) == 1, kind.name
        assert kind.schema is None or kind.name in SCHEMAS
    assert all((ROOT / "docs/_moban" / kind.template).is_file() for kind in PAGE_KINDS)


def test_every_data_file_belongs_to_one_kind() -> None:
    """示例镇、样板镇的每个数据文件，正好属于一类。"""
    for root in (ROOT, SITES / "publishable"):
        for path in sorted((root / "data").rglob("*.*")):
            name = path.relative_to(root / "data").as_posix()
            if "_moban" not in name:
                assert sum(kind.matches(name) for kind in KINDS.values()) == 1, name


def test_every_record_page_knows_its_file() -> None:
    """内容在 data/ 里的每一页，说得出是哪个文件，文件真有，也指得回去。"""
    site = load(ROOT)
    assert len(site.sources) > 30
    for url, (kind, file) in site.sources.items():
        assert (ROOT / file).is_file(), url
        assert kind.matches(file.removeprefix("data/")), url
        assert url in site.urls


def test_the_editor_is_told_every_schema() -> None:
    """编辑器的设置是由表写出来的；不一样就运行 make schemas。"""
    assert (ROOT / EDITOR).read_text(encoding="utf-8") == editor_settings()


@pytest.mark.parametrize("name", [kind.name for kind in KINDS.values() if not kind.folder])
def test_an_emptied_file_is_told_unless_it_may_be_empty(name: str, copy_site: Callable[..., Path]) -> None:
    """只剩注释：可以空着的不报；别的报在那个文件上，词表也是，检查的门不会悄悄开着。"""
    root, kind = copy_site(), KINDS[name]
    (root / kind.path()).write_text(EMPTY, encoding="utf-8")
    told = [problem for problem in load(root).problems if problem.file == kind.path()]
    assert bool(told) is not kind.may_be_empty


@pytest.mark.parametrize("name", ["terms", "phrases", "privacy", "secrecy"])
def test_a_word_list_without_words_is_told(name: str, copy_site: Callable[..., Path]) -> None:
    root = copy_site()
    file = KINDS[name].path()
    (root / file).write_text("[]\n", encoding="utf-8")
    assert [str(problem) for problem in load(root).problems] == [
        f"{file}:1:1: 错误 一条规则也没有，这一项等于没查；从上一版恢复"
    ]

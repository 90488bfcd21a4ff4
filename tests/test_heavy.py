"""很大、套得很深、字符古怪的文件：照样查完、生成，或者用白话说清哪里不行；不崩，不说没有查成。"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_input import bad
from bad_input.workshop import Workshop
from conftest import AS_OF, build

from checks import Subject, run
from macros.model import Problem, load

SAID = "民兵是什么，法律里写着。"
NEST = 60
LINE = SAID * 10

# 页面的名字 → 正文
DEEP = {
    "xuhao": "\n".join(f"{i}. 第{i}项" for i in range(1, 100)),
    "shen-lie": "\n".join(f"{'    ' * i}- 第{i}层" for i in range(NEST)),
    "shen-yinyong": "\n".join(f"{'> ' * (i + 1)}第{i}层" for i in range(NEST)),
    "shen-kuang": "\n\n".join(f'{"    " * i}!!! note "第{i}层"\n\n{"    " * (i + 1)}字' for i in range(NEST)),
    "shen-dian": "\n\n".join(f'{"    " * i}??? note "第{i}层"\n\n{"    " * (i + 1)}字' for i in range(NEST)),
    "shen-ka": "\n\n".join(f'{"    " * i}=== "第{i}层"\n\n{"    " * (i + 1)}字' for i in range(NEST)),
}


def long(lines: int) -> dict[str, str]:
    """很长的几页：分段的，一段的，一列的。2,800 行是 1 MB。"""
    return {
        "duan": "\n\n".join([LINE] * lines),
        "hang": "\n".join([LINE] * lines),
        "lie": "\n".join(f"- 第{i}项" for i in range(lines * 4)),
    }


def examine(root: Path) -> list[Problem]:
    return run(Subject(load(root), datetime.date.fromisoformat(AS_OF)))


def write(root: Path, name: str, body: str) -> None:
    head = (
        f"---\n摘要: 这一页很长，或者套得很深，用来看查不查得完：{name}\n复核: 2026-11-20\n---\n\n# 民兵知识 {name}\n\n"
    )
    (root / f"docs/minbing/{name}.md").write_text(f"{head}{body}\n", encoding="utf-8")


@pytest.mark.parametrize("lines", [280, pytest.param(2800, marks=pytest.mark.full)])
def test_large_and_deep_pages_are_checked_and_built(copy_site: Callable[..., Path], lines: int) -> None:
    """一份 1 MB（平常 100 KB）、一万项、套六十层的，没有错就一处不报，生成出来一个字不少。"""
    root, written = copy_site(), DEEP | long(lines)
    for name, body in written.items():
        write(root, name, body)
    assert examine(root) == []
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    for name, body in written.items():
        html = (root / f"site/minbing/{name}.html").read_text(encoding="utf-8")
        last = re.findall(r"第\d+[层项]", body)[-1:] or [SAID]
        assert last[0] in html, name


def test_a_slip_at_the_end_of_a_long_paragraph_is_found(copy_site: Callable[..., Path]) -> None:
    """几万个字的一段，最后一行的错照样报在那一行。"""
    root = copy_site()
    write(root, "hang", long(2800)["hang"] + "\n民兵是什么,法律里写着。")
    assert [(each.line, each.what) for each in examine(root)] == [(2808, "「是什么,法律」里的「,」")]


@pytest.mark.parametrize("depth", [2, 3])
def test_tabs_inside_tabs_are_read_once(copy_site: Callable[..., Path], depth: int) -> None:
    """选项卡套着选项卡，每个字只算一遍。"""
    root = copy_site()
    each = [f'{"    " * i}=== "甲{i}"\n\n{"    " * (i + 1)}字{i}\n\n' for i in range(depth)]
    write(root, "ka", "".join(each) + '=== "乙"\n\n    末尾')
    assert examine(root) == []


# 改变书写方向的、看不见的
UNSEEN = "\u061c\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u3164\uffa0\u115f"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.mark.parametrize("char", UNSEEN, ids=[f"{ord(char):04x}" for char in UNSEEN])
@pytest.mark.parametrize(("file", "words"), [("docs/minbing/index.md", "民兵是什么"), ("data/places.yml", "事项: 受")])
def test_unseen_characters_are_named(workshop: Workshop, file: str, words: str, char: str) -> None:
    """看不见的字符：报在那一行，说怎么改。"""
    wanted = "这一行里有看不见的字符；删掉这一行重新打一遍，不要粘贴"
    case = bad("unseen", file, words, f"{words[:-1]}{char}{words[-1]}", wanted)
    assert sorted(map(str, workshop.problems(case))) == sorted(map(str, case.wanted))


SURROGATES = {
    "docs/minbing/index.md": ("民兵是什么".encode(), b"\xed\xa0\x80"),
    "data/places.yml": ("事项: ".encode(), b"\xed\xa0\x80"),
    "data/calendar.yml": ("名称: 烈士纪念日".encode(), '名称: "烈士\\ud800纪念日"'.encode()),
    "data/laws/guofang-jiaoyu-fa.json": ("第".encode(), b"\\ud800"),
}


@pytest.mark.parametrize("file", SURROGATES)
def test_half_characters_are_a_problem_not_a_crash(copy_site: Callable[..., Path], file: str) -> None:
    """半个字符，直接写的、写成 \\ud800 的：报在那个文件，是一句中文；生成停下，不崩。"""
    root = copy_site()
    old, new = SURROGATES[file]
    path = root / file
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))
    found = [each for each in examine(root) if each.file == file]
    assert found
    assert all(re.search("[\u4e00-\u9fff]", each.what) and each.fix for each in found)
    assert not [each for each in examine(root) if each.file.startswith("checks/")]
    done = build(root)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr

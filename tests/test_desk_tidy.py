"""make tidy：粘来的文字整理成我们的写法；不动一个字、一个数，整理过的再整理不变。"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, called, copy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desk.tidying import tidied

# 原来的 → 整理好的
LINES = {
    "　　镇里\u200b讲了一课 。": "镇里讲了一课。",
    "共 300 份，第 2 次": "共300份，第2次",
    "时间：9月18日　　地点：广场": "时间：9月18日 地点：广场",
    '他说"好",又说"行"。': "他说“好”，又说“行”。",
    '只有一个"的不动。': '只有一个"的不动。',
    "带身份证,户口簿(原件);不带照片.": "带身份证，户口簿（原件）；不带照片。",
    "9:30集合，3.5公里，1,000人，见https://www.gov.cn/a?b=1。": "9:30集合，3.5公里，1,000人，见https://www.gov.cn/a?b=1。",
    "２０２６年9月，ＡＢ": "2026年9月，AB",
    "看ABC,再说": "看ABC，再说",
    "看[通知](a.md)和`a, b`": "看[通知](a.md)和`a, b`",
    '{{ law("国防教育法", 12) }}': '{{ law("国防教育法", 12) }}',
    '!!! tixing "提醒"\n    里面的字,照样整理。': '!!! tixing "提醒"\n    里面的字，照样整理。',
    "It's fine, really.": "It's fine, really.",
    "1、讲法律\n2、讲历史": "1. 讲法律\n2. 讲历史",
    "1、讲法律\n\n2、讲历史\n\n完了。": "1. 讲法律\n2. 讲历史\n\n完了。",
    "1、只有一条": "1、只有一条",
    "2026.9.18是星期五": "2026.9.18是星期五",
    "·讲法律\n●讲历史": "- 讲法律\n- 讲历史",
    "* 讲法律": "- 讲法律",
    "项目\t数\n折页\t300": "| 项目 | 数 |\n|---|---|\n| 折页 | 300 |",
    "头一段。\n第二段。": "头一段。\n\n第二段。",
    "一行没有完\n接着的一行。": "一行没有完\n接着的一行。",
    "## 标题\n正文": "## 标题\n\n正文",
    "```\n* 原样,的 字\n1、甲\n2、乙\n```": "```\n* 原样,的 字\n1、甲\n2、乙\n```",
    "| 甲 |\n|---|\n| 2,3 |\n\n/// table-caption\n标题\n///": "| 甲 |\n|---|\n| 2,3 |\n\n/// table-caption\n标题\n///",
    "- 一条\n    - 里面一条\n- 两条": "- 一条\n    - 里面一条\n- 两条",
    "名称\n:   内容": "名称\n:   内容",
    "> 引用\n>\n> 下一段": "> 引用\n>\n> 下一段",
    "一段\n\n\n\n又一段": "一段\n\n又一段",
}


@pytest.mark.parametrize("before", LINES)
def test_tidied(before: str) -> None:
    assert tidied(before).strip("\n") == LINES[before]
    assert tidied(tidied(before)) == tidied(before)


def test_pages_already_in_order_stay() -> None:
    """项目自己的页面都合规定：整理只动空行。"""
    changed = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        if re.sub("\n+", "\n", tidied(body)).strip() != re.sub("\n+", "\n", body).strip():
            changed.append(path.relative_to(ROOT).as_posix())
    assert changed == []


TEXT = st.text(st.sampled_from("国防教育的课,.;:?!()\"'，。“”（）  　\t\n1234０-*·|、#>a{}"), max_size=60)


def words(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)))


@settings(max_examples=300, deadline=None)
@given(TEXT)
@example("1\n \t1")
@example('" 国"')
def test_no_word_or_number_is_touched(text: str) -> None:
    once = tidied(text)
    assert words(once) == words(text)
    assert tidied(once).strip() == once.strip()


# ---- 命令 ----

FILE = "docs/shuangyong/2025/guofang-ke.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy("publishable", tmp_path / "root")


def tidy(root: Path, file: str) -> tuple[int, str, str]:
    done = called("desk.tidying", file, f"--root={root}", f"--as-of={AS_OF}")
    return done.returncode, done.stdout, done.stderr


def test_a_file(root: Path) -> None:
    """页眉不动；哪一行改了什么，接着是检查；再来一次，说不用整理。"""
    path = root / FILE
    text = path.read_text(encoding="utf-8")
    old = text.replace("这一天村史馆里讲了三件旧物件的来历。", "　　这一天,村史馆里 讲了 3 件旧物件。\n1、枪\n2、灯")
    path.write_bytes(old.replace("\n", "\r\n").encode("gb18030"))
    code, out, err = tidy(root, FILE)
    assert (code, err) == (0, "")
    assert out.startswith(f"整理了 {FILE}，4 处：\n  文字编码改成了 UTF-8\n  第 23 行：")
    assert "这一天,村史馆里 讲了 3 件旧物件。 → 这一天，村史馆里 讲了3件旧物件。" in out and "检查：" in out
    wanted = text.replace("这一天村史馆里讲了三件旧物件的来历。", "这一天，村史馆里 讲了3件旧物件。\n\n1. 枪\n2. 灯")
    assert path.read_text(encoding="utf-8") == wanted
    assert tidy(root, FILE)[1].startswith(f"{FILE} 不用整理。\n")


def test_what_is_not_a_page(root: Path) -> None:
    usage = "；用法：make tidy FILE=docs/….md\n"
    assert tidy(root, "data/township.yml") == (1, "", f"「data/township.yml」不是 docs/ 里的页面{usage}")
    assert tidy(root, "docs/../../a.md")[2].endswith(usage)
    code, out, err = tidy(root, "docs/meiyou.md")
    assert (code, out) == (1, "") and err.startswith("没有 ") and err.count("\n") == 1
    (root / "docs/bu-shi-zi.md").write_bytes(b"\xff\xfe\x80\x81")
    assert tidy(root, "docs/bu-shi-zi.md")[2] == "docs/bu-shi-zi.md 里有读不出的字符；用记事本另存为，编码选 UTF-8\n"

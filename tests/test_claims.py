"""引用的地方说的话：从法律原文按规则造句子，写错条号的认得出，写对的不出声。"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from conftest import AS_OF, ROOT

from checks import Subject, run
from macros.model import load
from macros.model.laws import Law
from macros.model.numerals import article_number

HEADER = f"---\n摘要: 从法律原文按规则造的句子，用来试检查报不报得出来\n复核: {AS_OF}\n---\n\n# 造的句子\n"
SHAPES = (
    "《{law}》{article}规定，{words}。",
    "{words}（《{law}》{article}）。",
    "依据《{law}》：\n\n{article} {words}。",
)
COPIED = "《{law}》{article}规定：{words}。"
OWN_WORDS = (("应当", "要"), ("不得", "不能"), ("公民", "居民"), ("按照", "依照"), ("的人民政府", "政府"), ("和", "、"))
EACH = 3  # 一部法取几条


def sentences(law: Law) -> Iterator[tuple[str, str, str, str]]:
    """隔几条取一句：条号、原话、抄错几个字的、用自己的话说的（换几个词，少说一半）。"""
    step = max(len(law.articles) // EACH, 1)
    for article in list(law.articles)[step - 1 :: step][:EACH]:
        words = re.split("[。；：\n]", law.articles[article])[0]
        changed = words
        for old, new in OWN_WORDS:
            changed = changed.replace(old, new)
        yield article, words, changed, "，".join(changed.split("，")[: changed.count("，") // 2 + 1])


def planted(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """写进网站：页面 → 该报的话；写对条号的页面 → 句子。"""
    wrong, right = {}, {}
    laws = load(ROOT).laws.texts.values()
    cases = [(law, *each) for law in laws for each in sentences(law)]
    for number, (law, article, words, changed, own) in enumerate(cases):
        others = list(law.articles)
        other = others[(others.index(article) + len(others) // 2) % len(others)]
        for kind, said, cited, shape in (
            ("cuo", words, other, SHAPES[number % 3]),
            ("dui", words, article, SHAPES[number % 3]),
            ("hua", own, article, SHAPES[number % 2]),
            ("chao", changed, article, COPIED),
        ):
            if kind == "chao" and (changed == words or len(words) < 14):
                continue
            file = f"docs/xuexi/{kind}-{number}.md"
            written = shape.format(law=law.name, article=article_number(cited), words=said)
            (root / file).write_text(f"{HEADER}\n{written}\n", encoding="utf-8")
            if kind in ("cuo", "chao"):
                wrong[file] = f"像是《{law.name}》{article_number(article)}" if kind == "cuo" else "原文有出入"
            else:
                right[file] = written
    return wrong, right


def test_wrong_numbers_are_found_and_right_ones_are_silent(tmp_path: Path) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    wrong, right = planted(tmp_path)
    said: dict[str, str] = {}
    for problem in run(Subject(load(tmp_path), datetime.date.fromisoformat(AS_OF)), ["law"]):
        said[problem.file] = said.get(problem.file, "") + problem.words
    missed = [file for file, article in wrong.items() if article not in said.get(file, "")]
    alarms = [f"{written} {said[file]}" for file, written in right.items() if file in said]
    print(f"\n写错的 {len(wrong)} 句，没报 {len(missed)} 句；写对的 {len(right)} 句，误报 {len(alarms)} 句")
    assert len(wrong) >= 60 and len(missed) <= len(wrong) * 0.05, missed
    assert alarms == []

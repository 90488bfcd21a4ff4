"""错的一定报出来，对的一定不出声：两份语料真的抄进一份完整的网站，真的查一遍。

tuned.yml 可以照着调规则；unseen.yml 在规则之前写成，只看得数，不照着调，不然得数就不作数了。
"""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import AS_OF, ROOT

from checks import CHECKS, Subject, run
from macros.model import load

CORPUS = ROOT / "tests" / "corpus"
HEADER = f"---\n摘要: 语料里的一页，用来试检查报不报得出来，第NUMBER页\n复核: {AS_OF}\n---\n\n# 语料NUMBER\n\n"
SOURCE_CHECKS = [name for name in CHECKS if name != "built"]
# 报出来的比例、对的不出声的比例：低于这里就是退步
FLOORS = {"tuned": (1.0, 1.0), "unseen": (0.93, 0.95)}


@dataclass(frozen=True)
class Case:
    """一例：错在哪个文件哪一行，该由哪项检查报；check 是空的，就不该报。"""

    name: str
    check: str
    file: str
    line: int


def cases(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((CORPUS / f"{name}.yml").read_text(encoding="utf-8"))


def plant(root: Path, chosen: list[dict[str, Any]]) -> list[Case]:
    """把这些例写进 root 里的网站。"""
    planted = []
    for number, case in enumerate(chosen):
        if "文" in case:
            file = f"docs/xuexi/li-{number}.md"
            (root / file).write_text(HEADER.replace("NUMBER", str(number)) + case["文"], encoding="utf-8")
            line = case.get("行", 0) + HEADER.count("\n")
        else:
            file = case["文件"]
            text = (root / file).read_text(encoding="utf-8")
            assert text.count(case["旧"]) == 1, case["例"]
            before = text[: text.index(case["旧"])]
            line = before.count("\n") + 1
            (root / file).write_text(text.replace(case["旧"], case["新"]), encoding="utf-8")
        planted.append(Case(case["例"], case.get("查", ""), file, line))
    return planted


def outcome(root: Path, chosen: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """→ 该报没报的，不该报却报了的。"""
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, root / folder)
    planted = plant(root, chosen)
    subject = Subject(load(root), datetime.date.fromisoformat(AS_OF))
    found = {name: {(p.file, p.line): str(p) for p in run(subject, [name])} for name in SOURCE_CHECKS}
    missed = [f"{c.check} {c.name}" for c in planted if c.check and (c.file, c.line) not in found[c.check]]
    alarms = [
        f"{case.name}: {words}"
        for case in planted
        if not case.check
        for problems in found.values()
        for (file, line), words in problems.items()
        if file == case.file and (file.startswith("docs/xuexi/li-") or line == case.line)
    ]
    return missed, alarms


@pytest.mark.parametrize("name", ["tuned", "unseen"])
def test_corpus(name: str, tmp_path: Path) -> None:
    chosen = cases(name)
    wrong = [case for case in chosen if "查" in case]
    right = [case for case in chosen if "查" not in case]
    missed, _ = outcome(tmp_path / "wrong", wrong)
    _, alarms = outcome(tmp_path / "right", right)
    noisy = {alarm.partition(":")[0] for alarm in alarms}
    recall, silence = 1 - len(missed) / len(wrong), 1 - len(noisy) / len(right)
    print(f"\n{name}：{len(wrong)} 处错报出 {recall:.3f}，{len(right)} 处对的不出声 {silence:.3f}")
    low_recall, low_silence = FLOORS[name]
    detail = "\n".join([*missed, *alarms]) if name == "tuned" else f"没报 {len(missed)} 处，误报 {len(noisy)} 处"
    assert recall >= low_recall and silence >= low_silence, detail


def test_corpus_is_large_enough() -> None:
    """错的、对的各不少于 150 例；没有照着调过的各不少于 50 例。"""
    tuned, unseen = cases("tuned"), cases("unseen")
    for kind in (True, False):
        counts = [sum(("查" in case) is kind for case in each) for each in (tuned, unseen)]
        assert sum(counts) >= 150 and counts[1] >= 50
    for each in (tuned, unseen):
        assert len({case["例"] for case in each}) == len(each)

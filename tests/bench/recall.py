"""找得准不准：居民的问法，答案在前三条里的、第一条就是的各有几成。"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.model.yamlfile import read_yaml

from . import pagefind
from .generate import ROOT
from .peers import SkippedError

QUESTIONS = ("tuned", "unseen")  # unseen 只看得数


def asked(site: Path, questions: Sequence[str]) -> list[dict[str, Any]]:
    """不要浏览器，用 Node.js 搜：每一问的网址、标的词、读了哪几份。"""
    node = shutil.which("node")
    if node is None:
        raise SkippedError("没有 Node.js")
    command = [node, str(ROOT / "tests/search/node.js"), str(site)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def cases(name: str) -> list[dict[str, Any]]:
    """问、答案在哪几页、哪一类。"""
    found: list[dict[str, Any]] = read_yaml(ROOT / f"tests/search/{name}.yml", name).value
    return found


def shares(wanted: Sequence[dict[str, Any]], found: Sequence[Sequence[str]]) -> tuple[float, float]:
    """前三条里有的，第一条就是的。"""
    pairs = list(zip(wanted, found, strict=True))
    return tuple(sum(any(url in case["页"] for url in urls[:n]) for case, urls in pairs) / len(pairs) for n in (3, 1))  # type: ignore[return-value]


def compared(sites: dict[str, Path], other: Path | None) -> dict[str, dict[str, tuple[float, float]]]:
    """网站的大小（或 Pagefind）→ 哪一批问句 → 两个几成。"""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for batch in QUESTIONS:
        wanted = cases(batch)
        questions = [case["问"] for case in wanted]
        answers = {name: [each["urls"] for each in asked(folder, questions)] for name, folder in sites.items()}
        if other:
            answers["Pagefind"] = pagefind.answers(other, questions)
        for name, urls in answers.items():
            found.setdefault(name, {})[batch] = shares(wanted, urls)
    return found

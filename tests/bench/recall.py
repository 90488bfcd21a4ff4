"""居民的问法找不找得到：答案在前三条里的、第一条就是的各有几成；只给得数，不说是哪一问。"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from macros.model.yamlfile import read_yaml

from . import pagefind
from .generate import ROOT
from .peers import SkippedError

BATCHES = ("tuned", "unseen")  # tests/search/ 里的；unseen 不打开
Shares = tuple[int, float, float]  # 几问；前三条里有答案的、第一条就是的，各几成


def asked(site: Path, questions: Sequence[str]) -> list[dict[str, Any]]:
    """不要浏览器，用 Node.js 搜：每一问的网址、标的词、读了哪几份。"""
    node = shutil.which("node")
    if node is None:
        raise SkippedError("没有 Node.js")
    command = [node, str(ROOT / "tests/search/node.js"), str(site)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def recall(site: Path, batch: str, answer: Callable[[list[str]], list[list[str]]] | None = None) -> Shares:
    """answer：问句 → 各自的网址，不写的是本站自己的搜索。答案一页也不在这个网站里的，不问。"""
    every = read_yaml(ROOT / f"tests/search/{batch}.yml", batch).value
    cases = [case for case in every if any((site / url.partition("#")[0]).is_file() for url in case["页"])]
    questions = [case["问"] for case in cases]
    found = answer(questions) if answer else [each["urls"] for each in asked(site, questions)]
    three, one = (
        sum(any(url in case["页"] for url in urls[:first]) for case, urls in zip(cases, found, strict=True))
        for first in (3, 1)
    )
    return len(cases), three / len(cases), one / len(cases)


def compared(sites: dict[str, Path], other: Path | None = None) -> dict[str, dict[str, Shares]]:
    """名称 → 哪一批 → 几成；other：同一个网站（头一个）做好的 Pagefind。"""
    found = {name: {batch: recall(site, batch) for batch in BATCHES} for name, site in sites.items()}
    if other:
        own = next(iter(sites.values()))
        found["Pagefind"] = {
            batch: recall(own, batch, lambda questions: pagefind.answers(other, questions)) for batch in BATCHES
        }
    return found

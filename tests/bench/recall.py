"""居民的问法找不找得到：项目自己的内容、编的两千页，各问一遍 tests/search/*.yml；只给得数，不说是哪一问。"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.model.yamlfile import read_yaml

from .generate import ROOT

NODE = ROOT / "tests/search/node.js"
Found = tuple[int, float, float]  # 几问；前三条里有答案的、第一条就是的，各几成


def asked(site: Path, questions: list[str]) -> list[dict[str, Any]]:
    """用 Node.js 搜。"""
    done = subprocess.run(["node", NODE, site], input=json.dumps(questions), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def recall(site: Path, name: str) -> Found:
    """答案一页也不在这个网站里的，不问。"""
    every = read_yaml(ROOT / f"tests/search/{name}.yml", name).value
    cases = [case for case in every if any((site / url.partition("#")[0]).is_file() for url in case["页"])]
    found = [each["urls"] for each in asked(site, [case["问"] for case in cases])]
    three, one = (
        sum(any(url in case["页"] for url in urls[:first]) for case, urls in zip(cases, found, strict=True))
        for first in (3, 1)
    )
    return len(cases), three / len(cases), one / len(cases)


def lines(sites: dict[str, Path]) -> Iterator[str]:
    for title, site in sites.items():
        for name in ("tuned", "unseen"):
            count, three, one = recall(site, name)
            yield f"{title}，{name}，{count} 问：前三条里有答案的 {three:.3f}，第一条就是的 {one:.3f}"

"""结果：存成 JSON，写出 HACKING.md 里的表，算比例。"""

from __future__ import annotations

import json
import math
import os
import platform
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .generate import ROOT
from .peers import OURS, PEERS

RESULTS = Path(__file__).parent / "results"
HACKING = ROOT / "HACKING.md"
MARKS = ("<!-- bench -->", "<!-- /bench -->")
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "Markdown", "pymdown-extensions", "Jinja2", "pydantic")
Result = dict[str, Any]


@dataclass(frozen=True)
class Goal:
    """一个目标：结果里的哪一个数（* 是每一个，取最差的）除以 scale，不超过 want；least：不少于。"""

    what: str
    path: tuple[str, ...]
    want: float
    unit: str = ""
    scale: float = 1
    least: bool = False


GOALS = (
    Goal("2,000 页，CPU 比全部进目录的 Material（prune）", ("ratios", "cpu", "material", "2000"), 0.30),
    Goal("2,000 页，CPU 比 Zensical", ("ratios", "cpu", "zensical", "2000"), 0.45),
    Goal("500 页到 2,000 页，CPU 的指数", ("ratios", "exponent", OURS), 1.05),
    Goal("2,000 页，内存峰值", ("builds", "2000", OURS, "peak"), 300, " MiB", 2**20),
    Goal("2,000 页，输出", ("builds", "2000", OURS, "bytes"), 60, " MB", 1e6),
    Goal("500 页，保存到预览里看见", ("serve", "median"), 4, " 秒"),
    Goal("2,000 页，`python -m checks`", ("checks", "2000", "wall"), 30, " 秒"),
    Goal("第一条搜索结果，比没有搜索的同一页画出来", ("first", "ratios", "short", "*"), 1.2),
    Goal("一句长话，第一条结果，同上", ("first", "ratios", "long", "*"), 1.5),
    Goal("网站更大，第一条结果慢几成", ("first", "growth", "*"), 1.1),
    Goal("打一个字，到结果换好", ("first", "key", "*"), 20, " 毫秒"),
    Goal("第一条结果以前（gz）", ("first", "bytes", "short", "*"), 45, " KB", 1024),
    Goal("一句长话，第一条结果以前（gz）", ("first", "bytes", "long", "*"), 60, " KB", 1024),
    *(
        Goal(f"Lighthouse，{name}", ("lighthouse", "*", name), 100, least=True)
        for name in ("performance", "accessibility", "best-practices", "seo")
    ),
)


def machine() -> Result:
    """在什么机器上量的；量的时候别的事有多忙也记着。"""
    cpu = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.+)", cpu.read_text(encoding="utf-8")) if cpu.is_file() else None
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "cpu": model[1].strip() if model else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_at_start": [round(each, 2) for each in os.getloadavg()],
        "commit": commit.stdout.strip() or None,
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def ratios(result: Result) -> Result:
    """本栏目除以各家：越小越好；指数是 500 页到 2,000 页。"""
    builds: Result = result.get("builds", {})
    found: Result = {"cpu": {}, "wall": {}, "peak": {}, "bytes": {}, "exponent": {}}
    for size, by_peer in builds.items():
        ours = by_peer.get(OURS)
        for name, other in by_peer.items():
            if ours and name != OURS and "cpu" in ours and "cpu" in other:
                for what in ("cpu", "wall", "peak", "bytes"):
                    found[what].setdefault(name, {})[size] = round(ours[what] / other[what], 3)
    for name in {name for by_peer in builds.values() for name in by_peer}:
        small, large = (builds.get(size, {}).get(name, {}).get("cpu") for size in ("500", "2000"))
        if small and large:
            found["exponent"][name] = round(math.log(large / small) / math.log(4), 3)
    return {name: value for name, value in found.items() if value}


def save(result: Result, label: str) -> Path:
    """和同名的旧结果合在一起：make load 只补服务器那一项。"""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{label}.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    text = json.dumps(before | result, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def newest() -> Path:
    """最近的一份；只快跑过一遍的（--quick）排在后面。"""
    found = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    if not found:
        raise SystemExit("还没有结果，先运行 make bench")
    return max(found, key=lambda path: (not found[path].get("quick"), found[path].get("date", "")))


def table(path: Path) -> None:
    """HACKING.md 两个记号之间，照 JSON 重写。"""
    text = HACKING.read_text(encoding="utf-8")
    start, end = (text.find(mark) for mark in MARKS)
    if start < 0 or end < start:
        raise SystemExit(f"HACKING.md 里没有 {MARKS[0]} 和 {MARKS[1]}")
    body = "\n\n".join(parts(json.loads(path.read_text(encoding="utf-8")), path))
    HACKING.write_text(f"{text[:start]}{MARKS[0]}\n\n{body}\n\n{text[end:]}", encoding="utf-8", newline="\n")


def parts(result: Result, path: Path) -> list[str]:
    where = result.get("machine", {})
    rounds = result.get("rounds", 1)
    found = [
        f"{where.get('cpu')}，{where.get('cores')} 核，{where.get('memory_gib')} GiB，Python {where.get('python')}；"
        f"交替跑 {rounds} 遍取中位数；全部数字在 `{path.relative_to(ROOT)}`。"
    ]
    if result.get("builds"):
        found.append(_builds(result))
    if result.get("skipped"):
        found.append("\n".join(f"- 没有跑：{name}，{why}" for name, why in result["skipped"].items()))
    found.append(goals(result))
    if more := _more(result):
        found.append(_pairs("再看", more))
    if result.get("first"):
        found.append(_first(result["first"]))
    if result.get("recall"):
        batches = list(next(iter(result["recall"].values())))
        rows = [
            [name, *("{} 问，{:.3f}、{:.3f}".format(*each[batch]) for batch in batches)]
            for name, each in result["recall"].items()
        ]
        found.append(_markdown(["前三条里有的、第一条就是的", *(f"`{b}.yml`" for b in batches)], rows))
    if result.get("weights"):
        rows = [[kind, _kb(each["html"]), _kb(each["all"])] for kind, each in result["weights"].items()]
        found.append(_markdown(["网页（gz）", "HTML", "连同样式、脚本、图片"], rows))
    if result.get("lighthouse"):
        names = list(next(iter(result["lighthouse"].values())))
        rows = [[kind, *(f"{each[name]:g}" for name in names)] for kind, each in result["lighthouse"].items()]
        found.append(_markdown(["Lighthouse（手机、慢 4G）", *names], rows))
    if result.get("load"):
        kinds = {kind: each for kind, each in result["load"].items() if isinstance(each, dict)}
        rows = [
            [kind, f"{e['rps']:,}", f"{e['p99_ms']} ms", _kb(e["bytes_each"]), str(e["errors"])]
            for kind, e in kinds.items()
        ]
        head = [f"nginx + wrk，{result['load']['seconds']} 秒", "每秒请求", "p99", "每次", "出错"]
        found.append(_markdown(head, rows))
    return found


def _more(result: Result) -> dict[str, str]:
    """表里的几行字。"""
    found = {}
    if result.get("serve"):
        found["500 页，保存到预览里看见"] = f"{result['serve']['median']} 秒"
    names = {"shipped": "项目自己的内容"}
    for size, each in result.get("checks", {}).items():
        if each:
            found[f"`python -m checks`，{names.get(size, f'{size} 页')}"] = f"{each['wall']} 秒，CPU {each['cpu']} 秒"
    if result.get("channels"):
        found["`python -m channels all`，项目自己的内容"] = (
            f"{result['channels']['wall']} 秒，CPU {result['channels']['cpu']} 秒"
        )
    for size, each in result.get("search", {}).items():
        found[f"搜索索引，{size}（gz）"] = (
            f"{each['files']} 份，{each['all'] / 1000:.0f} KB；最大的一份 {each['largest'] / 1000:.1f} KB"
        )
    return found


def _first(first: Result) -> str:
    """每一问一行，每种大小一列。"""
    rows = []
    for question in next(iter(first["sites"].values())):
        runs = [each[question] for each in first["sites"].values()]
        cells = [f"{r['first']}，{_kb(r['bytes'])}" if "first" in r else f"没有找到，{_kb(r['bytes'])}" for r in runs]
        rows.append([question, *cells, f"{first['key'][question]}"])
    head = ["第一条结果（毫秒），以前收了多少", *first["sites"], "打一个字（毫秒）"]
    notes = f"慢 4G、六分之一的 CPU，{first['rounds']} 遍取中位数；没有搜索的同一页 {first['painted']} 毫秒画出来。"
    return _markdown(head, rows) + f"\n\n{notes}"


def _builds(result: Result) -> str:
    sizes = list(result["builds"])
    names = [peer for peer in PEERS if any(peer.name in result["builds"][size] for size in sizes)]
    exponent = result.get("ratios", {}).get("exponent", {})
    head = ["CPU 秒 / 墙钟秒", *(f"{int(size):,} 页" for size in sizes), "指数", "内存峰值", "输出", "CPU 比"]
    rows = []
    for peer in names:
        cells, last, ratio = [], None, "—"
        for size in sizes:
            each = result["builds"][size].get(peer.name)
            cells.append(f"{each['cpu']:.1f} / {each['wall']:.1f}" if each else "—")
            if each:
                ours = result["builds"][size].get(OURS)
                last, ratio = each, f"{ours['cpu'] / each['cpu']:.2f}" if ours else "—"
        if last is None:
            continue
        release = result.get("versions", {}).get(peer.name, "")
        release = f"（MkDocs {release}）" if peer.name == OURS else f" {release}"
        output = f"{last['bytes'] / 1e6:.1f} MB，{last['files']:,} 个"
        peak = f"{last['peak'] / 2**20:.0f} MiB"
        rows.append([f"{peer.title}{release}", *cells, str(exponent.get(peer.name, "—")), peak, output, ratio])
    notes = "\n".join(f"- {peer.title}：{peer.what}" for peer in names)
    return _markdown(head, rows) + f"\n\n后四列按跑过的最大一种；CPU 比是本栏目除以这一家。\n\n{notes}"


def goals(result: Result) -> str:
    """目标和量得的数；到没有到是算出来的。"""
    rows = []
    for goal in GOALS:
        found = [value / goal.scale for value in _at(result, goal.path)]
        worst = (min if goal.least else max)(found, default=None)
        wanted = f"{'不少于' if goal.least else '不超过'} {goal.want:g}{goal.unit}"
        if worst is None:
            rows.append([goal.what, wanted, "没有量", "—"])
            continue
        reached = worst >= goal.want if goal.least else worst <= goal.want
        rows.append([goal.what, wanted, f"{worst:.4g}{goal.unit}", "到" if reached else "没有到"])
    return _markdown(["目标", "想要", "这一次", ""], rows)


def _at(value: Any, path: tuple[str, ...]) -> Iterator[float]:
    """顺着路径找到的数；没有量的就没有。"""
    if not path:
        yield value
    elif isinstance(value, dict):
        for key in value if path[0] == "*" else value.keys() & {path[0]}:
            yield from _at(value[key], path[1:])


def _pairs(title: str, values: Result) -> str:
    return _markdown([title, ""], [[name, str(value)] for name, value in values.items()])


def _kb(number: int) -> str:
    return f"{number / 1000:.1f} KB"


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

"""python -m tests.bench [run|table|load|search|recall|generate]：说明见 --help；结果在 tests/bench/results/。

进度写到标准错误；标准输出的最后一行是一行 JSON，写着各项比例。
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from . import first, measure, pagefind, recall, report, serve, server, site
from .generate import ROOT, generate
from .measure import FailedError
from .peers import CACHE, MAIN, OURS, Peer, SkippedError, clean, select, version

SIZES = (100, 500, 2000)
STOCK_LIMIT = 500  # 不 prune 的 Material 再大要好几分钟、写出一个多 GB
SERVE_SIZE = 500
RECALLED = (2000,)
SEARCHED = (2000, 10_000)  # 除了项目自己的，第一条结果还量这么大的；更大的只生成一遍


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    asked = _arguments()
    if asked.what == "generate":
        print(generate(Path(asked.to).resolve(), asked.sizes[0], asked.seed))
        return 0
    label = asked.label or datetime.date.today().isoformat()
    if asked.what == "table":
        report.table(report.RESULTS / f"{asked.label}.json" if asked.label else report.newest())
        return 0
    result: dict[str, Any]
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    if asked.what == "recall":
        for name, batches in recall.compared(
            _sites(_shipped(), RECALLED, asked, {"skipped": {}, "failed": {}})
        ).items():
            for batch, (count, three, one) in batches.items():
                print(f"{name}，{batch}，{count} 问：前三条里有答案的 {three:.3f}，第一条就是的 {one:.3f}")
        return 0
    if asked.what == "search":
        result = {"search": {}, "skipped": {}, "failed": {}}
        _search(_shipped(), asked, result)
        report.save(result, label)
        return 1 if result["failed"] else 0
    if asked.what == "load":
        result = {"load_machine": report.machine()}
        result["load"] = server.load(_shipped(), asked.seconds)
        say(f"结果：{report.save(result, label)}")
        print(json.dumps(result["load"], ensure_ascii=False))
        return 0
    result = {"date": now, "machine": report.machine(), "seed": asked.seed}
    _run(asked, result)
    say(f"结果：{report.save(result, label)}")
    print(json.dumps(result["ratios"], ensure_ascii=False))
    return 1 if result.get("failed") else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "what", nargs="?", default="run", choices=("run", "table", "load", "search", "recall", "generate")
    )
    parser.add_argument("--sizes", type=_numbers, help="几页，如 100,500,2000")
    parser.add_argument("--peers", type=lambda text: text.split(","), help="只和这几家比，如 ours,hugo")
    parser.add_argument("--rounds", type=int, help="交替跑几遍，默认 3")
    parser.add_argument("--quick", action="store_true", help="只跑 100、500 页，一遍，没有 Lighthouse")
    parser.add_argument("--only-builds", action="store_true", help="只比生成")
    parser.add_argument("--stock-limit", type=int, default=STOCK_LIMIT, help="不 prune 的 Material 最多跑到几页")
    parser.add_argument("--label", help="结果的名字，默认是今天的日期")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--seconds", type=int, default=30, help="load：每个地址压几秒")
    parser.add_argument("--to", default=str(CACHE / "town"), help="generate：写到哪里")
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ([100, 500] if asked.quick else list(SIZES))
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    return asked


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _run(asked: argparse.Namespace, result: dict[str, Any]) -> None:
    result |= {"rounds": asked.rounds, "quick": asked.quick, "versions": {}, "skipped": {}, "failed": {}}
    peers = _installed(select(asked.peers), result)
    result["builds"], result["towns"], result["checks"], result["search"] = {}, {}, {}, {}
    for size in asked.sizes:
        root = CACHE / f"town-{size}"
        say(f"生成 {size} 页的乡镇……")
        result["towns"][str(size)] = {"pages": generate(root, size, asked.seed), **measure.tree(root / "docs")}
        result["builds"][str(size)] = _builds(root, size, peers, asked, result)
        if asked.only_builds:
            continue
        result["checks"][str(size)] = _times(f"检查 {size} 页", result, lambda root=root: _checks(root), asked.rounds)
        if size == SERVE_SIZE:
            log = CACHE / "logs/serve.txt"
            result["serve"] = _try("保存到看见", result, lambda root=root, log=log: serve.saved_to_served(root, log))
    if not asked.only_builds:
        _real(asked, result)
    result["ratios"] = report.ratios(result)


def _installed(peers: list[Peer], result: dict[str, Any]) -> list[Peer]:
    found = []
    for peer in peers:
        try:
            peer.install()
            result["versions"][peer.name] = version(peer)
            found.append(peer)
        except SkippedError as reason:
            result["skipped"][peer.title] = str(reason)
            say(f"跳过 {peer.title}：{reason}")
    return found


def _builds(
    root: Path, size: int, peers: list[Peer], asked: argparse.Namespace, result: dict[str, Any]
) -> dict[str, Any]:
    """各家轮着来：第一遍每家一次，再第二遍……机器忙闲不匀时，大家一样。"""
    runs: dict[str, list[measure.Run]] = {}
    trees: dict[str, dict[str, int]] = {}
    ready = []
    for peer in peers:
        if peer.once and size > asked.stock_limit:
            result["skipped"][f"{peer.title}，{size:,} 页"] = f"太慢，只量到 {asked.stock_limit:,} 页"
            continue
        peer.prepare(root)
        ready.append(peer)
    for turn in range(asked.rounds):
        for peer in ready:
            if (peer.once and turn) or (turn and peer.name not in runs):
                continue
            clean(root, peer)
            log = CACHE / f"logs/{peer.name}-{size}.txt"
            run = _try(
                f"{peer.title}，{size:,} 页",
                result,
                lambda peer=peer, log=log: measure.run(peer.command(root), root, log, peer.env(root)),
            )
            if run:
                runs.setdefault(peer.name, []).append(run)
                trees[peer.name] = measure.tree(root / peer.output)
                say(f"  {size:>5} 页 {peer.name:<15} CPU {run.cpu:7.2f} 秒，墙钟 {run.wall:7.2f} 秒")
            if peer.name != OURS:
                clean(root, peer)
    return {name: measure.middle(each) | trees[name] for name, each in runs.items()}


def _try(what: str, result: dict[str, Any], work: Callable[[], Any]) -> Any:
    """一项不成，记下来，接着量别的。"""
    try:
        return work()
    except SkippedError as reason:
        result["skipped"][what] = str(reason)
        say(f"跳过 {what}：{reason}")
    except FailedError as reason:
        result["failed"][what] = str(reason)
        say(f"没有成功：{what}：{reason}")
    return None


def _times(what: str, result: dict[str, Any], work: Callable[[], measure.Run], rounds: int) -> Any:
    runs = [_try(what, result, work) for _ in range(rounds)]
    good = [run for run in runs if run]
    return measure.middle(good) if good else None


def _checks(root: Path) -> measure.Run:
    command = [MAIN / "bin/python", "-m", "checks", f"--root={root}"]
    return measure.run(command, ROOT, CACHE / f"logs/checks-{root.name}.txt")


def _shipped() -> Path:
    """项目自己的内容，生成一次。"""
    folder = CACHE / "shipped"
    command = [MAIN / "bin/python", "-m", "mkdocs", "build", "--strict", "--site-dir", folder]
    measure.run(command, ROOT, CACHE / "logs/shipped.txt")
    return folder


def _channels(built: Path) -> measure.Run:
    dist = CACHE / "dist"
    command = [MAIN / "bin/python", "-c", "import shutil, sys; shutil.rmtree(sys.argv[1], True)", dist]
    measure.run(command, ROOT, CACHE / "logs/clean.txt")
    command = [MAIN / "bin/python", "-m", "channels", "all", "--site", built, "--dist", dist]
    return measure.run(command, ROOT, CACHE / "logs/channels.txt")


def _real(asked: argparse.Namespace, result: dict[str, Any]) -> None:
    say("项目自己的内容……")
    built = _try("生成项目自己的网站", result, _shipped)
    if not built:
        return
    result["shipped"] = measure.tree(built)
    result["checks"]["shipped"] = _times("检查项目自己的内容", result, lambda: _checks(ROOT), asked.rounds)
    result["channels"] = _times("渠道", result, lambda: _channels(built), 1)
    result["weights"] = site.weights(built)
    if not asked.quick:
        _search(built, asked, result)
        result["lighthouse"] = _try("Lighthouse", result, lambda: server.lighthouse(built))


def _sites(built: Path, sizes: Sequence[int], asked: argparse.Namespace, result: dict[str, Any]) -> dict[str, Path]:
    """名称 → 生成好的网站：项目自己的，接着更大的；这一次比过生成的，不再生成。"""
    sites = {f"{len(list(built.rglob('*.html')))} 页": built}
    for size in sizes:
        root = CACHE / f"town-{size}"
        if str(size) in result.get("builds", {}) or _try(f"生成 {size} 页", result, partial(_town, root, asked.seed)):
            sites[f"{size:,} 页"] = root / "site"
    return sites


def _town(root: Path, seed: int) -> measure.Run:
    size = int(root.name.rpartition("-")[2])
    say(f"生成 {size} 页的乡镇……")
    generate(root, size, seed)
    return measure.run(select([OURS])[0].command(root), root, CACHE / f"logs/ours-{size}.txt")


def _search(built: Path, asked: argparse.Namespace, result: dict[str, Any]) -> None:
    """几种大小的网站和 Pagefind：第一条结果，找得准不准。"""
    sites = _sites(built, SEARCHED, asked, result)
    result["search"] |= {name: site.search(folder) for name, folder in sites.items()}
    other, used = _try("Pagefind", result, lambda: pagefind.prepared(built)) or (None, None)
    if other and used:
        result["search"]["Pagefind"] = pagefind.size(other)
    result["first"] = _try("第一条结果", result, lambda: first.first_results(sites, other, asked.rounds + 2))
    result["recall"] = _try("找得准不准", result, lambda: recall.compared(sites, other))


if __name__ == "__main__":
    sys.exit(main())

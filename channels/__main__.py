"""python -m channels NAME… ：从 site/ 做出各渠道的成品，放在 dist/。有没做成的返回 1。"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from macros.model import errors, load
from macros.model.refusal import Refusal

from .job import Built, Job
from .runner import reason, run, table

# 渠道名 → 做什么；一个渠道一个同名模块。先后就是 all 的先后
CHANNELS = {
    "wechat": "公众号文章",
    "posters": "宣传栏海报和展签",
    "banners": "条幅",
    "broadcast": "广播稿和群消息",
    "feeds": "订阅和日历",
    "offline": "离线整包",
    "column": "栏目整包",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m channels", add_help=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--site", default="site")
    parser.add_argument("--dist", default="dist")
    parser.add_argument("--prefix", default="", help="栏目挂在门户的哪个目录，如 /zt/guofang/")
    asked = parser.parse_args(arguments)
    names = list(CHANNELS) if asked.names in ([], ["all"]) else asked.names
    unknown = [name for name in names if name not in CHANNELS]
    if unknown:
        known = "、".join(f"{name}（{what}）" for name, what in CHANNELS.items())
        print(f"没有「{unknown[0]}」这个渠道；可用的有：{known}、all", file=sys.stderr)
        return 2
    site = load(Path.cwd())
    if errors(site.problems):
        print("data/ 或 docs/ 里还有错误；先运行 make check，改好再来", file=sys.stderr)
        return 1
    built = Built(site, Path(asked.site), Path(asked.dist), asked.prefix)
    if not (built.folder / "index.html").is_file():
        print(f"{asked.site}/ 里没有生成好的网站；先运行 make site", file=sys.stderr)
        return 1
    jobs: list[Job] = []
    broken: list[tuple[str, str, str]] = []
    for name in names:
        try:
            jobs += importlib.import_module(f"channels.{name}").jobs(built)
        except Exception as error:  # 一个渠道开不了头，别的照做
            broken.append((CHANNELS[name], "整个渠道", reason(error, built.folder)))
    try:
        report = run(jobs, built.dist, whole=not broken and names == list(CHANNELS))
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1
    report.failed += broken
    print(table(report))
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())

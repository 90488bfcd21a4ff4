"""python -m channels NAME… ：从 site/ 做出各渠道的成品，放在 dist/。有没做成的返回 1。"""

from __future__ import annotations

import importlib
import sys
from typing import Any

from macros.model import errors, load
from macros.model.disk import write
from macros.model.door import Answer, Door
from macros.model.refusal import Misuse, Refusal, explained

from . import catalogue
from .imprint import DEMO_LINE
from .job import Built, Job
from .runner import run, table

USAGE = "用法：python -m channels [渠道的名字…] [--site site] [--dist dist] [--prefix /zt/guofang/]"
# 渠道名 → 做什么；一个渠道一个同名模块。先后就是 all 的先后
CHANNELS = {
    "wechat": "公众号文章",
    "posters": "宣传栏海报和展签",
    "banners": "条幅",
    "screens": "显示屏",
    "broadcast": "广播稿和群消息",
    "feeds": "订阅和日历",
    "offline": "离线整包",
    "column": "栏目整包",
}


def make(asked: Any) -> Answer:
    names = list(CHANNELS) if asked.names in ([], ["all"]) else asked.names
    for name in names:
        if name not in CHANNELS:
            known = "、".join(f"{each}（{what}）" for each, what in CHANNELS.items())
            raise Misuse(f"没有「{name}」这个渠道", f"可用的有：{known}、all")
    site = load(asked.root).public
    if errors(site.problems):
        raise Refusal("data/ 或 docs/ 里还有错误", "先运行 make check，改好再来")
    built = Built(site, asked.root / asked.site, asked.root / asked.dist, asked.prefix)
    if not (built.folder / "index.html").is_file():
        raise Refusal(f"{asked.site}/ 里没有生成好的网站", "先运行 make site")
    jobs: list[Job] = []
    broken: list[tuple[str, str, str]] = []
    for name in names:
        try:
            jobs += importlib.import_module(f"channels.{name}").jobs(built)
        except Exception as error:  # 一个渠道开不了头，别的照做
            broken.append((CHANNELS[name], "整个渠道", str(explained(error, built.folder))))
    report = run(jobs, built.dist, whole=not broken and names == list(CHANNELS))
    report.failed += broken
    demo = DEMO_LINE if site.township and site.township.demo else ""
    try:
        write(built.dist / catalogue.NAME, catalogue.page(report.rows, demo))
    except OSError as error:
        report.failed.append((catalogue.NAME, "目录", str(explained(error, built.dist))))
    return f"{table(report)}\n都列在 {asked.dist}/{catalogue.NAME}，用浏览器打开。", report.ok


def main() -> int:
    door = Door(USAGE)
    door.add_argument("names", nargs="*")
    door.add_argument("--site", default="site")
    door.add_argument("--dist", default="dist")
    door.add_argument("--prefix", default="")  # 栏目挂在门户的哪个目录
    return door.enter(make)


if __name__ == "__main__":
    sys.exit(main())

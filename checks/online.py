"""python -m checks.online：data/links.yml 里的外部网站还打不打得开。要联网，只由人或定时任务运行，不在 make check 里。

打不开是错误，返回 1；打开了但要人看一眼的是提醒。
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from macros.model import Problem, errors, listing, load, summary
from macros.model.door import Answer, Door
from macros.model.problem import ERROR, NOTICE

USAGE = "用法：python -m checks.online [--root 项目的文件夹]"
FILE = "data/links.yml"
SECONDS = 20
LIMIT = 1024  # 只看打不打得开，读这么多就够
GONE = (404, 410)
AGENT = "Mozilla/5.0 (compatible; guofang-jiaoyu-link-check)"
Opener = Callable[[str], str]


def open_page(url: str) -> str:
    """打开一个网址，返回最后到了哪个网址。"""
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})  # noqa: S310 links.yml 只收 https
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        answer.read(LIMIT)
        return str(answer.geturl())


def verdict(url: str, opener: Opener = open_page) -> tuple[str, str, str] | None:
    """级别、说明、改法；打得开、还是那个网站的为 None。"""
    try:
        arrived = opener(url)
    except urllib.error.HTTPError as error:
        if error.code in GONE:
            return ERROR, f"{url} 没有这一页了（{error.code}）", "找到新网址，核对单位后改；没有了就删掉"
        return NOTICE, f"{url} 不让程序看（{error.code}）", "用浏览器打开看一眼"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return ERROR, f"{url} 打不开（{type(reason).__name__}）", "用浏览器再试；确实打不开的，改网址或删掉"
    was, now = urlsplit(url).hostname, urlsplit(arrived).hostname
    if was != now:
        return NOTICE, f"{url} 跳到了别的网站 {now}", "核对是不是同一个单位，再改网址"
    return None


def online(root: Path, opener: Opener = open_page) -> Iterator[Problem]:
    site = load(root)
    for i, link in enumerate(site.links):
        if found := verdict(link.url, opener):
            level, what, fix = found
            yield Problem(FILE, *site.docs[FILE].mark((i, "网址")), level, what, fix, "L-2")


def look(root: Path) -> Answer:
    problems = list(online(root))
    listed = [listing(problems)] if problems else []
    said = f"看了 {len(load(root).links)} 个外部链接。{summary(problems)}"
    return "\n".join([*listed, said]), not errors(problems)


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: look(asked.root)))

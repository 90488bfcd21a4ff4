"""两张纸的测试共用：真的 Git 仓库，记下发布，真的运行命令，读出来的 HTML。"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

from conftest import AS_OF, called
from html_pages import HTMLParser, text

from macros.model import load
from papers import report, sheet
from papers.paper import main


def git(root: Path, *command: str) -> str:
    who = ("-c", "user.name=测试", "-c", "user.email=test@shili.example")
    done = subprocess.run(["git", *who, *command], cwd=root, text=True, capture_output=True, check=True)
    return done.stdout


def commit(root: Path, words: str = "改") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", words)


def record(root: Path, day: str = "2026-11-21") -> None:
    """照发布程序的样子记：新的、变了的各一行。"""
    site = load(root)
    last = {row.url: row.sha256 for row in site.published}
    with (root / "data/published.csv").open("a", encoding="utf-8", newline="") as file:
        for page in site.pages:
            if last.get(page.url) != site.text_digest(page):
                issued = page.activity.date.isoformat() if page.activity else ""
                csv.writer(file, lineterminator="\n").writerow((page.url, day, site.text_digest(page), issued))


def publish(root: Path) -> Path:
    """一个已经发布过、记录也提交了的仓库。"""
    git(root, "init", "-q")
    commit(root, "内容")
    record(root)
    commit(root, "记下发布")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def run(root: Path, module: str, *more: str) -> subprocess.CompletedProcess[str]:
    return called(f"papers.{module}", f"--root={root}", f"--as-of={AS_OF}", *more)


def paper(root: Path, module: str, *more: str) -> HTMLParser:
    """做出来的纸。走的就是那个命令，只是不另起一个程序。"""
    door = {"sheet": sheet, "report": report}[module]
    assert main(door.USAGE, door.make, [f"--root={root}", f"--as-of={AS_OF}", *more]) == 0
    return HTMLParser((root / f"dist/{module}.html").read_text(encoding="utf-8"))


def rows(tree: HTMLParser, heading: str) -> list[list[str]]:
    """这个标题下面、下一个同级标题以前，表里的各行。"""
    for node in tree.css("h2, h3"):
        if node.text().strip().startswith(heading):
            found = []
            after = node.next
            while after is not None and after.tag not in ("h2", "h3"):
                if after.tag == "table":
                    found += [[" ".join(c.text().split()) for c in row.css("th, td")] for row in after.css("tbody tr")]
                after = after.next
            return found
    raise AssertionError(f"没有“{heading}”：{text(tree, 'h2, h3')}")

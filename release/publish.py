"""python -m release.publish TO [--site site]：把生成好的网站发布到 TO。

先后：核对 → 抄成新的一版 → 换 current → 记 publish.log 和 data/published.csv → 清旧版。
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import subprocess
import sys
from pathlib import Path

from macros.model import Site, load
from macros.model.disk import write
from macros.model.door import Door, filled
from macros.model.published import HEADER, said
from macros.model.refusal import Refusal
from macros.model.sources import CONFIG, FOLDERS, digest

from .releases import Manifest, Releases, faults, read_manifest

USAGE = "用法：make publish TO=发布到哪个文件夹 [SITE=site]"
RECORD = "data/published.csv"
DEMO = re.compile(rb'class="demo(?:-line)?"|' + "演示内容，不代表任何真实乡镇".encode())
SHOWN = 3


def publish(root: Path, folder: Path, to: Path, now: datetime.datetime) -> str:
    site = load(root).public
    _refuse_place(root, folder, to)
    _refuse_demo(site)
    _run_checks(f"--root={root.resolve()}", f"--as-of={now.date()}")
    manifest = _same_as_built(root, folder)
    _run_checks("built", f"--root={root.resolve()}", f"--as-of={now.date()}", f"--site={folder.resolve()}")
    _refuse_demo_pages(folder, manifest)
    releases = Releases(to)
    with releases.lock():
        number = releases.add(folder, manifest)
        releases.switch(number)
        releases.log(now, f"发布 第{number}版 {len(manifest.files)}个文件 来源{manifest.sources[:12]}")
        recorded = _record(site, now.date())
        releases.prune()
    note = f"\n{RECORD} 新记了 {recorded} 行，请提交到仓库。" if recorded else ""
    return f"发布好了：{to}/current 是第 {number} 版，{len(manifest.files)} 个文件。{note}"


# ---- 不能发布的 ----


def _refuse_place(root: Path, folder: Path, to: Path) -> None:
    for ours in (folder, *(root / name for name in FOLDERS)):
        if to.resolve().is_relative_to(ours.resolve()):
            raise Refusal(f"不能发布到 {ours} 里面", "换一个文件夹")


def _refuse_demo(site: Site) -> None:
    if site.township and site.township.demo:
        raise Refusal("这是演示网站，不能发布", "换成真实内容后，把 data/township.yml 的「演示」改成 否")


def _run_checks(*options: str) -> None:
    """另起一个程序：发布不引用检查。它的话照样显示出来。"""
    command = [sys.executable, "-m", "checks", *options]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, check=False, stdout=sys.stderr)  # noqa: S603
    if done.returncode:
        raise Refusal("检查没有通过，不能发布", "照上面的行号改好，再 make site、make publish")


def _same_as_built(root: Path, folder: Path) -> Manifest:
    """网站要正是由现在的内容生成的，一个文件不多、不少、不改。"""
    manifest = read_manifest(folder)
    if manifest is None:
        raise Refusal(f"{folder} 里没有生成好的网站", "先运行 make site")
    if manifest.sources != digest(root):
        changed = f"{'、'.join(FOLDERS)} 或 {CONFIG} 在生成以后改过"
        raise Refusal(f"{folder} 不是由现在的内容生成的（{changed}）", "重新 make site，看过再发布")
    wrong = faults(folder, manifest.files)
    if wrong:
        more = f" 等 {len(wrong)} 处" if len(wrong) > SHOWN else ""
        raise Refusal(f"{folder} 生成以后被动过：{'、'.join(wrong[:SHOWN])}{more}", "重新 make site")
    return manifest


def _refuse_demo_pages(folder: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        if name.endswith(".html") and DEMO.search((folder / name).read_bytes()):
            raise Refusal(f"网页 {name} 上有演示内容，不能发布", "换成真实内容，再 make site")


# ---- 记下公开过什么 ----


def _record(site: Site, day: datetime.date) -> int:
    """新公开的、正文变了的地址各记一行；返回几行。整个重写再改名，不会断在半行。"""
    last = {row.url: (row.sha256, row.figures) for row in site.published}
    rows = []
    for page in sorted(site.pages, key=lambda page: page.url):
        text, figures = site.text_digest(page), site.figures(page)
        if last.get(page.url) != (text, figures):
            issued = page.activity.date.isoformat() if page.activity else ""
            rows.append((page.url, day.isoformat(), text, issued, said(figures) if figures else ""))
    if not rows:
        return 0
    path = site.root / RECORD
    try:
        _, _, before = path.read_text(encoding="utf-8").partition("\n")
        content = io.StringIO(newline="")
        content.write(",".join(HEADER) + "\n" + (before.rstrip("\n") + "\n" if before else ""))
        csv.writer(content, lineterminator="\n").writerows(rows)
        write(path, content.getvalue().encode())
    except OSError as error:
        what = f"新的一版已经换上，但 {path} 没有记下（{type(error).__name__}）"
        raise Refusal(what, "让它能写，再发布一次，会补记") from None
    return len(rows)


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    door.add_argument("--site", default="site")
    sys.exit(door.enter(lambda asked: publish(asked.root, asked.root / asked.site, Path(asked.target), asked.now)))

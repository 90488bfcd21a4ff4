"""python -m release.publish [TO]：把生成好的网站发布出去。

TO：data/fabu.yml 里一个去处的名称，或一个文件夹；不写就是 fabu.yml 里的全部。
先后：核对 → 一处一处地发 → 记 data/published.csv、data/releases.csv。有一处没有发成，别处照发，最后说。
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from macros.model import Site, load
from macros.model.deliveries import Delivery
from macros.model.disk import alone
from macros.model.door import Answer, Door
from macros.model.refusal import Refusal, explained
from macros.model.sources import FOLDERS, content_number
from macros.model.targets import FOLDER, Target

from . import visit
from .artifact import Manifest, expect_built, kept, refuse_demo
from .destinations import chosen, folder_of, opened, refuse_unset, who
from .lineage import head, refuse_stale
from .records import PUBLISHED, note, record
from .tags import releases

USAGE = "用法：make publish [TO=data/fabu.yml 里的名称，或一个文件夹] [SIGNED=审批单上的内容编号] [SITE=site]"
APPROVED = "平台审批"  # 自动发布时，受保护的环境有人点了同意，算签发


@dataclass(frozen=True)
class Asked:
    """一次发布的请求。secrets：环境变量。"""

    root: Path
    folder: Path
    target: str
    signed: str
    now: datetime.datetime
    secrets: Mapping[str, str]


def publish(asked: Asked) -> Answer:
    root, folder = asked.root, asked.folder
    site = load(root).public
    _refuse_demo(site)
    number = content_number(root)
    targets = chosen(site, asked.target)
    for target in targets:
        _refuse_place(root, folder, target)
        refuse_unset(target, asked.secrets)
        _refuse_unsigned(target, asked, number)
    with alone(root / ".publish.lock", "这个文件夹里另一次发布正在进行"):
        commit = head(root)
        _run_checks(f"--root={root.resolve()}", f"--as-of={asked.now.date()}")
        manifest = expect_built(root, folder)
        _run_checks("built", f"--root={root.resolve()}", f"--as-of={asked.now.date()}", f"--site={folder.resolve()}")
        refuse_demo(folder, manifest)
        stamp = f"{asked.now:%Y-%m-%d %H:%M:%S}"
        manifest = replace(manifest, commit=commit, when=stamp, who=who(asked.secrets))
        withdrawn = tuple(f"{page.own}/" for page in site.pages if page.withdrawn)
        lines: list[str] = []
        failures: list[Refusal] = []
        delivered = False
        for target in targets:
            try:
                line, new = _deliver(asked, target, manifest, withdrawn)
                lines.append(line)
                if new:
                    delivered = True
                    note(site, Delivery(stamp, target.name, commit, number, manifest.checksum, asked.signed))
            except (Refusal, OSError) as error:
                failures.append(explained(error, root))
        if failures and not lines:
            raise failures[0]
        recorded = record(site, asked.now.date()) if delivered else 0
    lines += [f"{PUBLISHED} 新记了 {recorded} 行。"] if recorded else []
    lines += [f"没有发成：{failure}" for failure in failures]
    lines += ["接着 make record：把记录提交、推到仓库。"] if delivered else []
    return "\n".join(lines), not failures


def _settled(root: Path, target: Target, live: Manifest, new: Manifest) -> bool:
    """这个提交发到这里、推上去的记录也有了：按了两次按钮，不再记一遍。"""
    recorded = any(each.commit == new.commit and target.name in each.targets for each in releases(root))
    return recorded and (live.commit, live.files) == (new.commit, new.files)


def _deliver(asked: Asked, target: Target, manifest: Manifest, withdrawn: tuple[str, ...]) -> tuple[str, bool]:
    """做了什么；要不要记。"""
    where = opened(asked.root, target, asked.secrets)
    live = where.live()
    if live and _settled(asked.root, target, live, manifest):
        return f"{target.name}：这个提交发过了，没有变", False
    if live:
        refuse_stale(asked.root, target.name, live, manifest)
    new = replace(manifest, kept=kept(live, manifest, withdrawn))
    done = where.deliver(asked.folder, new, asked.now)
    return "\n".join([done, *visit.look(target, new)]), True


# ---- 不能发布的 ----


def _refuse_place(root: Path, folder: Path, target: Target) -> None:
    to = folder_of(root, target).resolve()
    for ours in (folder, *(root / name for name in FOLDERS)):
        if target.kind == FOLDER and to.is_relative_to(ours.resolve()):
            raise Refusal(f"不能发布到 {ours} 里面", "换一个文件夹")


def _refuse_unsigned(target: Target, asked: Asked, number: str) -> None:
    """签的是内容：改过一个字，编号就变，要重新签。number：现在的内容编号。"""
    approved = asked.signed.startswith(APPROVED) and asked.secrets.get("CI")
    if target.needs_signing and not approved and asked.signed.strip() != number:
        if asked.signed:
            what = f"{target.name}：签的是 {asked.signed}，现在的内容是 {number}"
            raise Refusal(what, "签过以后又改了；make sheet 打出新的审批单，重新签")
        what = f"{target.name} 要签发，没有写内容编号"
        raise Refusal(what, "make sheet 打出审批单，签了以后 make publish SIGNED=单子上的内容编号")


def _refuse_demo(site: Site) -> None:
    if site.township and site.township.demo:
        raise Refusal("这是演示网站，不能发布", "换成真实内容后，把 data/township.yml 的「演示」改成 否")


def _run_checks(*options: str) -> None:
    """另起一个程序：发布不引用检查。它的话照样显示出来。"""
    command = [sys.executable, "-m", "checks", *options]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, check=False, stdout=sys.stderr)  # noqa: S603
    if done.returncode:
        raise Refusal("检查没有通过，不能发布", "照上面的行号改好，再 make site、make publish")


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", nargs="?", default="")
    door.add_argument("--site", default="site")
    door.add_argument("--signed", default="")
    sys.exit(
        door.enter(
            lambda asked: publish(
                Asked(asked.root, asked.root / asked.site, asked.target, asked.signed, asked.now, os.environ)
            )
        )
    )

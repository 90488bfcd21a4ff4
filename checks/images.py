"""python -m checks.images [--root 项目的文件夹]：图片只留画面，名字改好，附件去掉作者等；做了什么，一个文件一行。"""

from __future__ import annotations

import sys
from pathlib import Path

from macros.model.disk import write
from macros.model.door import Answer, Door

from .attachments import files
from .cleaning import DOCUMENTS, PICTURES, Cleaned, Stuck, cleaned
from .renaming import fit_name, mend

USAGE = "用法：python -m checks.images [--root 项目的文件夹]"


def clean(root: Path) -> Answer:
    """返回说的话；有洗不了的，算没有做成。"""
    done, stuck = [], []
    for path, name in list(files(root / "docs")):
        suffix = path.suffix.lower().removeprefix(".")
        if suffix not in (*PICTURES, *DOCUMENTS):
            continue
        try:
            found = cleaned(path.read_bytes(), suffix)
        except Stuck as reason:
            stuck.append(f"没有动：{name}，{reason.what}；{reason.fix}")
            continue
        done += _one(root, path, name, found)
        stuck += [f"要自己改：{name}，{each.what}；{each.fix}" for each in found.left]
    return "\n".join([*done, *stuck, f"改了 {len(done)} 个图片和附件。"]), not stuck


def _one(root: Path, path: Path, name: str, found: Cleaned) -> list[str]:
    new = path if found.suffix in DOCUMENTS else path.with_name(fit_name(path, found.suffix))
    said = [f"去掉或改好了{'、'.join(found.said)}"] if found.said else []
    if found.said or new != path:
        write(new, found.content)
    if new != path:
        path.unlink()
        docs = root / "docs"
        changed = mend(root, *(each.relative_to(docs).as_posix() for each in (path, new)))
        where = f"，跟着改了 {'、'.join(changed)}" if changed else "，页面里还没有用到它"
        said.append(f"改名为 {new.name}{where}")
    return [f"{name}：{'；'.join(said)}"] if said else []


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: clean(asked.root)))

"""图片改名：微信图片_….jpg → photo-1.jpg，页面和村史馆里写着它的地方一起改。"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from macros.model.disk import write
from macros.model.pages import NAME

FOLDER = ".assets"


def fit_name(path: Path, suffix: str) -> str:
    """该叫什么：写法对的照旧，只换后缀；不对的编号，不和别的重名。"""
    stem = path.name.rpartition(".")[0]
    wanted = f"{stem}.{suffix}"
    if path.parent.suffix != FOLDER or wanted == path.name:
        return wanted if path.parent.suffix == FOLDER else path.name
    taken = {each.name.lower().rpartition(".")[0] for each in path.parent.iterdir() if each != path}
    if NAME.fullmatch(stem) and stem not in taken:
        return wanted
    return f"photo-{next(n for n in range(1, len(taken) + 2) if f'photo-{n}' not in taken)}.{suffix}"


def mend(root: Path, old: str, new: str) -> list[str]:
    """old、new：相对 docs/ 的地址。返回改了哪些文件。"""
    changed = []
    for path in [*sorted((root / "docs").rglob("*.md")), *sorted((root / "data").rglob("*.yml"))]:
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        mended = _mended(text, [posixpath.relpath(old, folder) for folder in _folders(root, path, old)], new)
        if mended != text:
            write(path, mended.encode())
            changed.append(path.relative_to(root).as_posix())
    return changed


def _folders(root: Path, path: Path, old: str) -> Iterator[str]:
    """这个文件里写的地址从哪里算起；数据文件从图片文件夹的外面一层算。"""
    if path.suffix == ".md":
        yield path.relative_to(root / "docs").parent.as_posix()
    else:
        yield posixpath.dirname(posixpath.dirname(old))


def _mended(text: str, olds: list[str], new: str) -> str:
    for old in olds:
        base = posixpath.basename(new)
        for written in dict.fromkeys((old, quote(old))):
            after = posixpath.join(posixpath.dirname(unquote(written)), base)
            bounded = rf"(?<![\w./%-])(?:\./)?<?{re.escape(written)}>?(?![\w%-])"
            text = re.sub(bounded, lambda _, after=after: after, text)  # type: ignore[misc]
    return text

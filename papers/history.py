"""上次公开时的样子，从 Git 历史里取；只读，不动仓库。

数据取最后一次记下发布的那个提交；页面要和 data/published.csv 的 sha256 对得上，对不上就顺着那一页的历史往前找。
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from macros.model import Site, load
from macros.model.git import GitRefusal, git
from macros.model.kinds import KINDS
from macros.model.pages import Page
from macros.model.refusal import Refusal

RECORD = "data/published.csv"
RECORDS = tuple(
    f"data/{kind.folder}" for kind in KINDS.values() if kind.folder and kind.schema
)  # 页面的校验值把它们算在内
TEXTS = (".md", ".yml", ".json", ".csv")
VERSIONS = 30  # 一页最多往前看几版
TOTAL = 300  # 全部加起来最多看几版


@dataclass(frozen=True)
class Past:
    """found：有没有公开过；where：取自哪个提交；doubt：哪里要另行核对。"""

    where: str
    found: bool = False
    doubt: str = ""
    pages: dict[str, Page] = field(default_factory=dict)  # 地址 → 公开时的那一版，校验值对得上的
    committed: dict[str, Page] = field(default_factory=dict)  # 地址 → 那个提交里的那一版
    texts: dict[str, str] = field(default_factory=dict)  # data/ 里各文件的原文
    blobs: dict[str, str] = field(default_factory=dict)  # docs/ 里各文件的 Git 对象号
    read: Callable[[str], bytes] = lambda _: b""  # Git 对象号 → 内容


def recall(site: Site) -> Past:
    if not site.published:
        return Past("没有发布过")
    git = _Git(site.root)
    commit, where, doubt = _base(git)
    tree = git.tree(commit, "data", "docs")
    contents = git.contents({name: oid for name, oid in tree.items() if name.endswith(TEXTS)})
    old = _site(contents)
    last = {row.url: row.sha256 for row in site.published}
    pages = {page.url: page for page in old.pages if old.text_digest(page) == last.get(page.url)}
    wrong = [page.url for page in old.pages if page.url in last and page.url not in pages]
    if wrong and not doubt:
        doubt = f"这个提交里有 {len(wrong)} 页和发布记录不一样，数据的原值请另行核对"
    left = TOTAL
    for page in site.pages:
        if page.url in last and page.url not in pages and site.text_digest(page) != last[page.url]:
            for version in git.versions(page.file)[: min(VERSIONS, left)]:
                left -= 1
                if each := _version(git, version, page.file, last[page.url]):
                    pages[page.url] = each
                    break
    return Past(
        where,
        True,
        doubt,
        pages,
        {page.url: page for page in old.pages},
        {name: _text(raw) for name, raw in contents.items() if name.startswith("data/")},
        {name: oid for name, oid in tree.items() if name.startswith("docs/")},
        lambda oid: git.read("cat-file", "blob", oid),
    )


def _base(git: _Git) -> tuple[str, str, str]:
    """最后一次动发布记录的提交；记录还没有提交的，取最近的提交。"""
    if git.read("rev-parse", "--is-shallow-repository").strip() == b"true":
        raise Refusal("仓库只取了最近的历史", "先运行 git fetch --unshallow")
    found = git.read("log", "-1", "--format=%H %cs", "--", RECORD).decode().split()
    if not found:
        raise Refusal(f"{RECORD} 没有提交过", "把它提交到仓库")
    commit, date = found
    if _text(git.read("show", f"{commit}:./{RECORD}")) == _text((git.root / RECORD).read_bytes()):
        return commit, f"提交 {commit[:10]}（{date}，最后一次记下发布）", ""
    commit, date = git.read("log", "-1", "--format=%H %cs").decode().split()
    return commit, f"提交 {commit[:10]}（{date}）", f"{RECORD} 还没有提交，数据的原值请另行核对"


def _version(git: _Git, commit: str, file: str, sha256: str) -> Page | None:
    """这一页在这个提交里的样子，校验值对得上才算。"""
    old = _site(git.contents(git.tree(commit, file, *RECORDS)))
    page = next((page for page in old.pages if page.file == file), None)
    return page if page and old.text_digest(page) == sha256 else None


def _site(contents: dict[str, bytes]) -> Site:
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in contents.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        return load(Path(folder))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


class _Git:
    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, *command: str, given: bytes = b"") -> bytes:
        try:
            return git(self.root, *command, given=given)
        except GitRefusal as refusal:
            if "dubious ownership" in refusal.said:
                place = self.root.resolve()
                fix = f"用管这个文件夹的用户来做，或者运行 git config --global --add safe.directory {place}"
                raise Refusal(f"{place} 是别的用户的，Git 不肯读它的历史", fix) from None
            raise Refusal("这里不是 Git 仓库，或者历史读不出来", "在有历史的那个文件夹里做，或者告诉技术人员") from None

    def tree(self, commit: str, *paths: str) -> dict[str, str]:
        """文件 → 对象号；链接、子仓库不算。"""
        found = {}
        for entry in self.read("ls-tree", "-r", "-z", commit, "--", *paths).decode("utf-8", "replace").split("\0"):
            about, _, name = entry.partition("\t")
            if about.startswith("100"):
                found[name] = about.split()[2]
        return found

    def versions(self, file: str) -> list[str]:
        command = ("log", f"-{VERSIONS}", "--format=%H", "--", file, *RECORDS)
        return self.read(*command).decode().split()

    def contents(self, wanted: dict[str, str]) -> dict[str, bytes]:
        out = self.read("cat-file", "--batch", given="".join(f"{oid}\n" for oid in wanted.values()).encode())
        return dict(zip(wanted, _objects(out, wanted.values()), strict=True))


def _objects(out: bytes, oids: Iterable[str]) -> Iterator[bytes]:
    """cat-file --batch 的回答：一行“对象号 类型 长度”，接着是内容和一个换行。"""
    at = 0
    for _ in oids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[-1])
        yield out[end + 1 : end + 1 + size]
        at = end + size + 2

"""一串提交里每一个加进来的字：推上去又删掉的，也留在历史里。

一个提交只读它加的行、文件名、附件、说明；合并的，读哪一边都没有的行。不论多少提交，只开四个 git。
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macros.model import Problem
from macros.model.problem import ERROR
from macros.model.refusal import Misuse, Refusal
from macros.model.textfile import LIMIT, printable

from .attachments import READ, extracted
from .kept import Kept, masked
from .leftovers import NUMBERS_ONLY
from .numbers import genuine, hidden
from .people import People
from .privacy import unnamed
from .subject import Subject
from .texts import Passage, everything, whole
from .wordlists import Words, matchers

RANGE = re.compile(r"([^\s.-](?:[^\s.]|\.(?!\.))*)\.\.([^\s.-](?:[^\s.]|\.(?!\.))*)")
NONE = re.compile("0{40,}")
ATTACHMENT_LIMIT = 20 * LIMIT
SILENT = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".ico", ".woff", ".woff2", ".ttf", ".otf")  # 里面没有字
MESSAGE = "说明"
TITLE = 40  # 报错里，说明的头一行至多抄这么多个字
FIX = "再删掉也留在历史里，要改写提交再推，看 CONTRIBUTING 的“提交里有不该写的”"

# 逐行看过、号码都是编的，只是没有用 numbers.py 的号段：这几版文件（Git 对象号）不再报
REVIEWED = {
    "163ecca6198700b4f0a03e725dab0798c7ff27ee",  # tests/bad_input/figures.py
    "6eaab921d562ff115eacb128a14b57c45d4dc238",  # tests/bad_input/figures.py
    "caec122c033717ac4ccb8acdf6655e03a90f0fde",  # tests/bad_input/township.py
    "cf39969f25dcd44dfad8fd50cdc73702807da3b5",  # tests/bad_input/township.py
    "d20adae8c7f19b17bfb71a77f2664344be17057e",  # tests/bad_input/township.py
    "94829b2aaeddcbf00c391028e4528187106114a8",  # tests/bad_input/wording.py
    "84fc30b45c9020a79105c149eb3c92ab4bd589fb",  # tests/bad_input/wording.py
    "5516b283fae28a2c3248729297656b9f6e070803",  # tests/corpus/unseen.yml
    "1d493348802d4006445c3943cc8a1779be03e75b",  # tests/corpus/unseen.yml
    "5064a423340647db8df4c0f0f8821e1d4d18d06c",  # tests/test_attachments.py
    "9a9674be365d4f328996076cb150d955869f317b",  # tests/test_broadcast.py
    "74e70b47dd9847c2223e134b36356dd5773192ad",  # tests/test_checks.py
    "9b71bf5c18e5273bcabdad6660d47767e24c2a9e",  # tests/test_report.py
    "1a3cfb4babeaf1b68818fd68a72fa1b9128aed26",  # tests/test_volunteers.py
    "1b3ba181736691acc44cffe832fe49c124037177",  # tests/test_desk_excel.py
    "5dd8b3a726c87204cf495e9e323ce1ecda94bc6c",  # tests/test_desk_first.py
    "8e810576211288e237065389a5bca2f6b1e62b26",  # tests/test_desk_first.py
}


@dataclass(frozen=True)
class Added:
    """一个提交改了的一个文件：现在的对象，原来的（合并有几个）。"""

    file: str
    new: str
    old: tuple[str, ...]


def commits(subject: Subject, asked: str) -> list[Problem]:
    """asked：旧提交..新提交；旧提交全是 0 的，就是新提交里哪个分支上都没有的。"""
    match = RANGE.fullmatch(asked)
    if not match:
        raise Misuse(f"范围「{printable(asked)}」的写法不对", "写成 旧提交..新提交，如 main..HEAD")
    root = subject.site.root
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise Refusal("这份仓库只取了一部分历史，查不全", "先运行 git fetch --unshallow；工作流里写 fetch-depth: 0")
    found: set[Problem] = set()
    with _objects(root) as objects:
        old, new = (objects.commit(name) for name in match.groups())
        if NONE.fullmatch(new):
            return []
        chosen = [new, "--not", "--all"] if NONE.fullmatch(old) else [new, "--not", old]
        listed = _git(root, "rev-list", *chosen)
        changed = _changed(_git(root, *DIFF, given=listed))
        reader = Reader(subject, objects)
        for commit in listed.decode().split():
            found |= set(reader.read(commit, changed.get(commit, ())))
    return sorted(found)


DIFF = ("diff-tree", "--stdin", "--root", "-r", "-c", "-z", "--raw", "--no-renames", "--no-abbrev")


def _git(root: Path, *command: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *command], cwd=root, input=given, capture_output=True, check=True)  # noqa: S603, S607
    except FileNotFoundError:
        raise Refusal("这台电脑没有装 git，提交没有查", "先装上") from None
    except subprocess.CalledProcessError:
        raise Refusal("这个文件夹不是 Git 仓库，或者历史读不出来，提交没有查", "告诉技术人员") from None
    return done.stdout


def _changed(out: bytes) -> dict[str, list[Added]]:
    """diff-tree -z 的回答：提交，接着一个文件两截：“:旧权限 新权限 旧对象 新对象 改法”、文件名。"""
    found: dict[str, list[Added]] = {}
    pieces = iter(out.split(b"\0"))
    here: list[Added] = []
    for piece in pieces:
        if not piece.startswith(b":"):
            here = found.setdefault(piece.decode(), [])
            continue
        about, file = piece.decode().split(), next(pieces).decode("utf-8", "replace")
        parents = about[0].count(":")
        mode, new = about[parents], about[2 * parents + 1]
        if mode not in ("000000", "160000"):  # 删掉的；别的仓库
            here.append(Added(file, new, tuple(about[parents + 1 : 2 * parents + 1])))
    return found


class Objects:
    """按对象号取内容。先问多大，太大的不取。"""

    def __init__(self, asking: Process, taking: Process) -> None:
        self.asking = asking
        self.taking = taking

    def commit(self, name: str) -> str:
        if NONE.fullmatch(name):
            return name
        answer = _ask(self.asking, f"{name}^{{commit}}")
        if len(answer) != 3:
            raise Misuse(f"没有「{printable(name)}」这个提交", "核对名字；强推过的，旧提交已经没有了，写 main..新提交")
        return answer[0]

    def size(self, oid: str) -> int:
        return int(_ask(self.asking, oid)[2])

    def content(self, oid: str) -> bytes:
        size = int(_ask(self.taking, oid)[2])
        return self.taking.stdout.read(size + 1)[:-1]  # type: ignore[union-attr]


Process = subprocess.Popen[bytes]


def _ask(process: Process, name: str) -> list[str]:
    """回答的那一行：对象号、种类、多大。"""
    process.stdin.write(f"{name}\n".encode())  # type: ignore[union-attr]
    process.stdin.flush()  # type: ignore[union-attr]
    return process.stdout.readline().decode("utf-8", "replace").split()  # type: ignore[union-attr]


@contextmanager
def _objects(root: Path) -> Iterator[Objects]:
    opened: dict[str, Any] = {"cwd": root, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    asking = subprocess.Popen(["git", "cat-file", "--batch-check"], **opened)  # noqa: S607
    taking = subprocess.Popen(["git", "cat-file", "--batch"], **opened)  # noqa: S607
    with asking, taking:
        yield Objects(asking, taking)


class Reader:
    """一个提交一个提交地读。"""

    def __init__(self, subject: Subject, objects: Objects) -> None:
        rules = subject.site.rules
        self.lists = [
            Kept(Words(subject, name, matchers(subject, stopping), genuine, hidden))
            for name, each in (("privacy", rules.privacy), ("secrecy", rules.secrecy))
            if (stopping := [rule for rule in each if rule.level == ERROR])
        ]
        self.subject = subject
        self.people = People(rules)
        self.objects = objects

    def read(self, commit: str, files: Iterable[Added]) -> Iterator[Problem]:
        head, _, message = self.objects.content(commit).partition(b"\n\n")
        paragraphs = list(_paragraphs(_decoded(message)))
        said = [*self.found(paragraphs), *self.names(paragraphs), *self.signed(_decoded(head))]
        title = printable(_decoded(message).strip().partition("\n")[0])[:TITLE]
        name = f"{commit[:8]} " if said or not title else f"{commit[:8]}（{title}）"
        for problem in said:
            what = f"提交 {name}的说明里有{problem.what}：{problem.fix}"
            yield Problem(f"提交 {commit[:8]} 的说明", problem.line, problem.column, ERROR, what, FIX, problem.clause)
        for each in files:
            yield from self.file(name, each)

    def signed(self, head: str) -> Iterator[Problem]:
        """提交人的名字和邮箱：里面有没有号码。"""
        for line in head.split("\n"):
            if line.startswith(("author ", "committer ")):
                who = Passage(MESSAGE, line.rpartition(">")[0], ((0, 1, 1),))
                yield from (problem for each in self.lists for problem in each.numbers.find(who.numbers))

    def file(self, name: str, each: Added) -> Iterator[Problem]:
        file = printable(each.file)
        said = [problem for kept in self.lists for problem in kept.named(file)]
        shown = masked(file) if said else file
        for problem in said:
            what = f"提交 {name}的文件名里有{problem.what}：{problem.fix}"
            yield Problem(shown, 1, 1, ERROR, what, FIX, problem.clause)
        suffix = Path(file).suffix.lower()
        if suffix in SILENT or each.new in REVIEWED:
            return
        limit = ATTACHMENT_LIMIT if suffix in READ else LIMIT
        if (size := self.objects.size(each.new)) > limit:
            what = f"提交 {name}加的文件有 {size // LIMIT} MB，太大，里面的字没有查"
            yield Problem(shown, 1, 1, ERROR, what, "换小的再提交；大文件也会留在历史里，要改写提交再推", "M-6")
            return
        content = self.objects.content(each.new)
        new = None
        if suffix in READ:
            try:
                passages = touched = list(extracted(file, content))
            except Exception:  # 坏了的文件，什么错都有
                what = f"提交 {name}加的附件读不出来，里面的字没有查"
                yield Problem(shown, 1, 1, ERROR, what, "重新导出一份，改写提交再推", "M-6")
                return
        elif b"\0" in content[:LIMIT] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            what = f"提交 {name}加的不是文字、图片，里面有什么没有查"
            yield Problem(shown, 1, 1, ERROR, what, "换成 .docx、.xlsx、.pdf，或移出仓库；改写提交再推", "M-6")
            return
        else:
            text = _decoded(content)
            new = self.added(text, each.old)
            passages = list(everything(file, text))
            touched = [each for each in passages if any(line in new for _, line, _ in each.starts)]
        ours = file.startswith(("docs/", "data/")) and not file.startswith(NUMBERS_ONLY)
        named = self.names(passages) if ours and touched else ()
        for problem in [*self.found(touched), *(each for each in named if new is None or each.line in new)]:
            what = f"提交 {name}写进了{problem.what}：{problem.fix}"
            yield Problem(shown, problem.line, problem.column, ERROR, what, FIX, problem.clause)

    def added(self, text: str, old: Iterable[str]) -> set[int]:
        """哪几行是新加的。"""
        read = (oid for oid in old if not NONE.fullmatch(oid) and self.objects.size(oid) <= LIMIT)
        before = {line for oid in read for line in _decoded(self.objects.content(oid)).split("\n")}
        return {number for number, line in enumerate(text.split("\n"), 1) if line not in before}

    def found(self, passages: Iterable[Passage]) -> Iterator[Problem]:
        for text in whole(passages):
            for kept in self.lists:
                yield from kept.find(text.numbers)

    def names(self, passages: Iterable[Passage]) -> Iterator[Problem]:
        """和身份、住处写在一起的姓名；谁有职务要看整篇，所以整篇都读。"""
        for text in whole(passages):
            found = unnamed(self.subject, self.people, text.numbers, [])
            yield from (problem for problem in found if problem.level == ERROR)


def _paragraphs(message: str) -> Iterator[Passage]:
    """说明照正文那样切，折了行的接起来。"""
    return (replace(each, file=MESSAGE) for each in everything(f"{MESSAGE}.md", message))


def _decoded(content: bytes) -> str:
    """不是 UTF-8 的，当作 UTF-16、GBK 读；读不出的字不算。"""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace").replace("\r\n", "\n")

"""提交里加过什么：推上去又删掉的也查得到，报的时候不照抄。"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, check, copy
from documents import word
from test_ways import git

PHONE = "15400138000"
PAGE = "docs/minbing/index.md"
HIDDEN = "「15***00」"
FIX = "；再删掉也留在历史里，要改写提交再推，看 CONTRIBUTING 的“提交里有不该写的”"
PASSED = "检查通过：没有发现问题。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """一个小网站，已经提交了一次。"""
    root = copy("publishable", tmp_path / "root")
    for name in ("macros", "overrides"):
        (root / name).unlink()
    git(root, "init", "-q", "-b", "main")
    commit(root, "开头")
    return root


def commit(root: Path, message: str = "改") -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD").stdout.strip()


def write(root: Path, file: str, content: str | bytes) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def said(root: Path, asked: str) -> list[str]:
    """报出来的各行；不照抄号码。"""
    done = check(root, f"--commits={asked}")
    assert done.stderr == ""
    *lines, last = done.stdout.splitlines()
    assert (done.returncode, last == PASSED.strip()) in ((0, True), (1, False))
    assert PHONE not in done.stdout
    return lines


def test_this_repository_passes() -> None:
    """自己的历史，最近两百个提交。"""
    commits = git(ROOT, "rev-list", "-201", "HEAD", may_fail=True).stdout.split()
    if len(commits) < 2 or git(ROOT, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        pytest.skip("没有历史")
    assert check(ROOT, f"--commits={commits[-1]}..HEAD").stdout == PASSED


def test_a_number_pushed_and_reverted_is_found(root: Path) -> None:
    before = (root / PAGE).read_text(encoding="utf-8")
    write(root, PAGE, f"{before}\n电话{PHONE}。\n")
    bad = commit(root, "加一句")
    write(root, PAGE, before)
    commit(root, "删掉")
    line = before.count("\n") + 2
    advice = "像是个人手机号；只公布办公电话，写在 data/places.yml"
    assert said(root, "HEAD~2..HEAD") == [
        f"{PAGE}:{line}:3: 错误 Y-1 提交 {bad[:8]}（加一句）写进了{HIDDEN}：{advice}{FIX}"
    ]
    assert said(root, "HEAD~1..HEAD") == []


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("docs/minbing/a.txt", f"电话{PHONE}", HIDDEN),
        ("docs/minbing/gbk.txt", f"电话{PHONE}".encode("gbk"), HIDDEN),
        ("docs/minbing/utf16.txt", f"电话{PHONE}".encode("utf-16"), HIDDEN),
        ("docs/minbing/half.txt", b"\xff\xfe\xfd" + f"\n{PHONE}\n".encode(), ""),
        ("docs/minbing/bad.txt", b"\xff\n" + f"{PHONE}\n".encode(), HIDDEN),
        ("docs/minbing/a.docx", word(f"<w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p>"), HIDDEN),
        ("docs/minbing/a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {PHONE} --></svg>', HIDDEN),
        ("docs/_moban/huodong.md", f"# {PHONE}\n", HIDDEN),
        ("data/laws/a.txt", f"电话{PHONE}", HIDDEN),
        ("data/a.yml", "民兵120人", "「民兵***0人」"),
        ("data/laws/b.txt", "民兵120人", ""),
        ("tests/a.py", f"电话{PHONE}，民兵120人", ""),
        ("tests/b.py", f"电话1{int(PHONE[1:]) - 1600000000}", "「13***00」"),
        ("a.docx", b"0", "附件读不出来，里面的字没有查；重新导出一份，改写提交再推"),
        ("a.zip", b"PK\0", "不是文字、图片，里面有什么没有查；换成 .docx、.xlsx、.pdf，或移出仓库；改写提交再推"),
        ("a.jpg", b"\0", ""),
        (
            "a.txt",
            f"{PHONE}\n".encode() * 100_000,
            "加的文件有 1 MB，太大，里面的字没有查；换小的再提交；大文件也会留在历史里",
        ),
    ],
)
def test_what_a_commit_adds_is_read(root: Path, file: str, content: str | bytes, words: str) -> None:
    write(root, file, content)
    bad = commit(root)
    lines = said(root, "HEAD~1..HEAD")
    assert len(lines) == bool(words), lines
    for line in lines:
        assert line.startswith(f"{file}:")
        assert f"提交 {bad[:8]}（改）" in line
        assert words in line


@pytest.mark.parametrize(
    ("file", "words"),
    [(PAGE, "「柳**」"), ("data/a.yml", "「柳**」"), ("tests/a.py", ""), ("README.md", "")],
)
def test_a_private_name_is_found_and_not_repeated(root: Path, file: str, words: str) -> None:
    """和身份写在一起的姓名：原来就有的行不报，新加的报，不照抄。"""
    write(root, file, "老兵卞青禾。\n")
    commit(root)
    write(root, file, "老兵卞青禾。\n\n老兵柳青穗来讲课。\n")
    commit(root)
    lines = said(root, "HEAD~1..HEAD")
    assert len(lines) == bool(words), lines
    assert all("Y-3" in line and words in line for line in lines)
    assert not any("青穗" in line or "卞" in line for line in lines)


def test_a_private_name_in_a_message_is_found(root: Path) -> None:
    commit(root, "加上老兵柳青穗的事")
    (line,) = said(root, "HEAD~1..HEAD")
    assert "的说明里有「柳**」" in line and "柳青穗" not in line


def test_names_and_messages_are_read_and_not_repeated(root: Path) -> None:
    write(root, f"docs/minbing/{PHONE}.txt", "甲")
    named = commit(root, "加一个文件")
    wrote = commit(root, f"打了{PHONE}\n\n\x1b[31m红\n\nReviewed-by: 甲 <{PHONE}@a.example>")
    lines = said(root, "HEAD~2..HEAD")
    assert [line.partition("：")[0] for line in lines] == [
        f"docs/minbing/15***xt:1:1: 错误 Y-1 提交 {named[:8]}（加一个文件）的文件名里有{HIDDEN}",
        f"提交 {wrote[:8]} 的说明:1:3: 错误 Y-1 提交 {wrote[:8]} 的说明里有{HIDDEN}",
        f"提交 {wrote[:8]} 的说明:5:17: 错误 Y-1 提交 {wrote[:8]} 的说明里有{HIDDEN}",
    ]


def test_the_address_of_the_author_is_read(root: Path) -> None:
    git(root, "-c", f"user.email={PHONE}@a.example", "commit", "-q", "--allow-empty", "-m", "甲")
    assert HIDDEN in said(root, "HEAD~1..HEAD")[0]


def test_escapes_in_a_title_are_not_printed(root: Path) -> None:
    write(root, PAGE, f"电话{PHONE}")
    commit(root, "\x1b[2J清屏")
    assert "（?[2J清屏）" in said(root, "HEAD~1..HEAD")[0]


def test_a_merge_is_read_once(root: Path) -> None:
    """两边已有的不再报；合并时另外写进去的报一次。"""
    git(root, "checkout", "-q", "-b", "side")
    write(root, "a.txt", "甲\n")
    commit(root)
    git(root, "checkout", "-q", "main")
    write(root, "a.txt", f"乙{PHONE}\n")
    commit(root)
    base = git(root, "rev-parse", "HEAD").stdout.strip()
    git(root, "merge", "-q", "side", may_fail=True)
    write(root, "a.txt", f"甲\n乙{PHONE}\n丙民兵120人\n")
    commit(root, "合并")
    (line,) = said(root, f"{base}..HEAD")
    assert line.startswith("a.txt:3:2: 错误 M-2 ") and "（合并）" in line


def test_a_new_branch_is_what_no_branch_has(root: Path) -> None:
    """旧的全是 0：还不在任何分支上的都查；删分支的不查。"""
    write(root, PAGE, f"电话{PHONE}")
    new = commit(root)
    git(root, "reset", "-q", "--hard", "HEAD~1")
    assert len(said(root, f"{'0' * 40}..{new}")) == 1
    assert said(root, f"{'0' * 40}..main") == []
    assert said(root, f"main..{'0' * 40}") == []


def test_an_exempted_number_passes(root: Path) -> None:
    write(root, PAGE, (root / PAGE).read_text(encoding="utf-8") + f"\n电话{PHONE}。\n")
    write(
        root,
        "data/rules/exemptions.yml",
        f"- {{检查: privacy, 文件: {PAGE}, 原文: '{PHONE}', 理由: 本人同意, 批准: 分管负责人, 至: 2027-01-01}}\n",
    )
    commit(root)
    assert [line for line in said(root, "HEAD~1..HEAD") if line.startswith(PAGE)] == []


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ("main", 2, "范围「main」的写法不对；写成 旧提交..新提交，如 main..HEAD\n"),
        ("a...b", 2, "范围「a...b」的写法不对；写成 旧提交..新提交，如 main..HEAD\n"),
        ("--all..HEAD", 2, "范围「--all..HEAD」的写法不对；写成 旧提交..新提交，如 main..HEAD\n"),
        ("meiyou..HEAD", 2, "没有「meiyou」这个提交；核对名字；强推过的，旧提交已经没有了，写 main..新提交\n"),
    ],
)
def test_a_wrong_range_is_named(root: Path, asked: str, code: int, words: str) -> None:
    done = check(root, f"--commits={asked}")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", words)


def test_a_history_that_cannot_be_read(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "shallow")
    shallow = check(tmp_path / "shallow", "--commits=HEAD..HEAD")
    assert (
        shallow.stderr == "这份仓库只取了一部分历史，查不全；先运行 git fetch --unshallow；工作流里写 fetch-depth: 0\n"
    )
    (root / ".git").rename(tmp_path / "git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    none = check(root, "--commits=a..b")
    assert none.stderr == "这个文件夹不是 Git 仓库，或者历史读不出来，提交没有查；告诉技术人员\n"
    monkeypatch.setenv("PATH", "")
    gone = check(root, "--commits=a..b")
    assert gone.stderr == "这台电脑没有装 git，提交没有查；先装上\n"
    assert {shallow.returncode, none.returncode, gone.returncode} == {1}

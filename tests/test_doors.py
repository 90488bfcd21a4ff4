"""每个命令都用错一遍：一行白话，返回 1 或 2，没有调用栈，没有英文。新的命令不写进表里，测试就不过。"""

from __future__ import annotations

import os
import re
import resource
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from conftest import AS_OF, ROOT
from PIL import Image
from publishing import commit
from recipes import furnish, make
from test_layout import PACKAGES

NO_PROJECT = "{root} 里没有 data 和 docs 文件夹；在项目的文件夹里运行"
WRITING = "{file} 不让写；改好权限，或换一个文件夹"

# 命令 → 用法那一行的开头
DOORS = {
    "macros": "用法：python -m macros ",
    "macros.fresh": "用法：python -m macros.fresh ",
    "macros.model.schemas": "用法：python -m macros.model.schemas ",
    "macros.outputs": "用法：python -m macros.outputs settings 文件，",
    "checks": "用法：python -m checks ",
    "desk.excel": "用法：make excel，",
    "checks.images": "用法：python -m checks.images ",
    "checks.online": "用法：python -m checks.online ",
    "desk.reminders": "用法：make reminders",
    "desk.new": "用法：make new，",
    "desk.serve": "用法：make serve [LAN=1]",
    "desk.start": "用法：make start，",
    "desk.intake": "用法：make import FILE=",
    "desk.tidying": "用法：make tidy FILE=",
    "papers.report": "用法：python -m papers.report ",
    "release.sbom": "用法：python -m release.sbom ",
    "papers.sheet": "用法：python -m papers.sheet ",
    "channels": "用法：python -m channels ",
    "release.approval": "用法：make approved",
    "release.archive": "用法：make archive YEAR=2020",
    "release.commit": "用法：make record",
    "release.due": "用法：make due",
    "release.draftbox": "用法：make wechat",
    "release.publish": "用法：make publish [TO=",
    "release.rollback": "用法：make rollback TO=",
    "release.verify": "用法：make verify SITE=",
    "release.withdraw": "用法：make withdraw PAGE=",
}
# 要写一样东西的命令：前面的参数
TARGETS = {
    "desk.intake": (),
    "desk.tidying": (),
    "macros.outputs": ("settings",),
    "release.archive": (),
    "release.rollback": (),
    "release.verify": (),
    "release.withdraw": (),
}


def needed(module: str) -> tuple[str, ...]:
    """不会因为缺参数就停下的写法。"""
    return (*TARGETS[module], "x") if module in TARGETS else ()


@pytest.fixture(scope="module")
def project(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个小网站，生成好了。只拿来用错，不改。"""
    return Path(shutil.copytree(small_site, tmp_path_factory.mktemp("doors") / "root", symlinks=True))


Said = tuple[int, str, str]
Call = Callable[..., Said]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """和 python -m 一样运行，只是不另起一个程序。返回：返回的数、打印的、报的。"""

    def run(module: str, *arguments: str, root: Path) -> Said:
        monkeypatch.setattr(sys, "argv", [module, *arguments, f"--root={root}"])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        assert isinstance(left.value.code, int)
        return left.value.code, *capfd.readouterr()

    return run


def plain(said: Said, code: int, words: str) -> None:
    """一行白话，就是这一句。"""
    assert said == (code, "", f"{words}\n")


pytestmark = pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")

# ---- 一个命令也没有漏 ----


def test_every_command_is_in_the_table() -> None:
    """能用 python -m 运行的，都在表里，都走同一扇门。"""
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if re.search(r"^if __name__ == ", text, re.M):
                found.add(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__"))
                assert re.search(r"\bDoor\(|from \.paper import .*\bmain\b", text), (
                    f"{path} 没有走 macros/model/door.py"
                )
            assert "argparse" not in text or path.name == "door.py", path
            assert not re.search(r"datetime\.now|date\.today|time\.time\(", text) or path.name == "door.py", path
    assert found == set(DOORS)


# ---- 每个命令都会的几种错 ----


@pytest.mark.parametrize("module", DOORS)
def test_an_unknown_option_is_answered_with_the_usage(call: Call, project: Path, module: str) -> None:
    code, out, err = call(module, *needed(module), "--meiyou", root=project)
    assert (code, out) == (2, "")
    assert err.startswith(DOORS[module]) and err.count("\n") == 1
    code, out, err = call(module, "--help", root=project)
    assert (code, err) == (0, "")
    assert out.startswith(DOORS[module]) and out.count("\n") == 1


@pytest.mark.parametrize("module", DOORS)
@pytest.mark.parametrize("day", ["下星期", "2026-13-01", ""])
def test_a_bad_date_is_named(call: Call, project: Path, module: str, day: str) -> None:
    said = call(module, *needed(module), f"--as-of={day}", root=project)
    plain(said, 2, f"日期「{day}」的写法不对；写成 2026-11-24")


@pytest.mark.parametrize("module", DOORS)
def test_a_folder_that_is_no_project(call: Call, tmp_path: Path, module: str) -> None:
    """空的文件夹、没有的文件夹；什么也没有写。"""
    for root in (tmp_path, tmp_path / "meiyou"):
        plain(call(module, *needed(module), root=root), 1, NO_PROJECT.format(root=root))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", TARGETS)
def test_a_missing_argument_is_answered_with_the_usage(call: Call, project: Path, module: str) -> None:
    """没有写，写了空的（make 没有写的，传来的就是空的），多写了。"""
    first = TARGETS[module]
    for arguments in ((), first, (*first, ""), (*first, " "), (*first, "x", "y")):
        if arguments or not first:
            code, out, err = call(module, *arguments, root=project)
            assert (code, out) == (2, ""), arguments
            assert err.startswith(DOORS[module]) and err.count("\n") == 1


# ---- 各自的错：不认识的名字，缺的东西 ----

CHANNELS = (
    "可用的有：wechat（公众号文章）、posters（宣传栏海报和展签）、banners（条幅）、screens（显示屏）、broadcast（广播稿和群消息）、"
    "feeds（订阅和日历）、offline（离线整包）、column（栏目整包）、all"
)


@pytest.mark.parametrize(
    ("module", "arguments", "code", "words"),
    [
        ("checks", ["tems"], 2, "没有「tems」这项检查；是不是「terms」？"),
        ("checks", ["built"], 2, "built 查的是生成好的网站；要写 --site site"),
        ("channels", ["weixin"], 2, f"没有「weixin」这个渠道；{CHANNELS}"),
        ("channels", ["feeds", "--site=meiyou"], 1, "meiyou/ 里没有生成好的网站；先运行 make site"),
        (
            "macros.outputs",
            ["finsh", "site"],
            2,
            DOORS["macros.outputs"],
        ),
        ("macros.fresh", [], 1, "data/township.yml 写着 演示: 否，没有动任何文件；这里已经是真实内容，不能清空"),
        ("papers.report", ["--site=/meiyou"], 1, "/meiyou 里没有生成好的网站；先运行 make site"),
        ("release.archive", ["2019"], 1, "没有 2019 年的数据；是不是「2025」？"),
        ("release.archive", ["²⁰"], 1, "没有 ²⁰ 年的数据；可用的有：2024、2025"),
        ("release.publish", [], 1, "data/fabu.yml 里还没有去处；照里面的样子写上，或 make publish TO=文件夹"),
        (
            "release.publish",
            ["/meiyou"],
            1,
            "这里没有版本记录（git），不知道要发布的是哪一份；在取自仓库的文件夹里发布",
        ),
        ("release.approval", [], 1, "没有 GITHUB_API_URL，问不了托管平台；这个词只在托管平台的工作流里用"),
        ("release.due", [], 1, "这个文件夹不是 Git 仓库，或者历史读不出来；告诉技术人员"),
        ("release.commit", [], 1, "记录没有提交成；"),
        ("release.draftbox", [], 1, "data/fabu.yml 里没有写公众号；写上「种类: 微信草稿」的去处，见编辑指南"),
        ("release.rollback", ["/meiyou"], 1, "/meiyou 里还没有发布过；核对文件夹的名字"),
        (
            "release.verify",
            ["/meiyou"],
            1,
            "/meiyou 里没有文件清单 manifest.json；核对文件夹的名字",
        ),
        ("release.withdraw", ["minbing/indx"], 1, "没有「minbing/indx」这一页；是不是「minbing/index.md」？"),
        ("release.withdraw", ["guanyu/yinsi.md"], 1, "没有写撤下的原因；" + DOORS["release.withdraw"]),
    ],
)
def test_what_is_not_there_is_named(
    call: Call, project: Path, module: str, arguments: list[str], code: int, words: str
) -> None:
    returned, out, err = call(module, *arguments, root=project)
    assert (returned, out) == (code, "")
    assert err.splitlines()[-1].startswith(words.format(root=project)), err
    assert "Traceback" not in err


# ---- 读不了、写不了 ----


Done = subprocess.CompletedProcess[str]


def program(module: str, *arguments: str, root: Path, limit: int = 0, stdout: IO[str] | int = subprocess.PIPE) -> Done:
    """真的另起一个程序。limit：一个文件最多写多少字节，像磁盘满了、超了配额。"""
    bound = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    return subprocess.run(
        [sys.executable, "-m", module, *arguments, f"--root={root}", f"--as-of={AS_OF}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        encoding="utf-8",
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=bound,
        check=False,
    )


PHOTO = "docs/shuangyong/2025/guofang-ke.assets/zhao.jpg"
UNTIDY = "docs/guanyu/yinsi.md"
DRAFT = ["--title=一堂课", "--date=2026-09-18", "--source=镇办"]


@pytest.fixture
def writable(tmp_path: Path, project: Path) -> Path:
    """随便改的一份，有一张带着拍摄时间的照片，一页没有整理过，每一年都公开过。"""
    root = tmp_path / "root"
    shutil.copytree(project, root, symlinks=True)
    shutil.copytree(ROOT / "docs/_moban", root / "docs/_moban", dirs_exist_ok=True)
    with (root / UNTIDY).open("a", encoding="utf-8") as file:
        file.write("\n多空了　一格 。\n")
    exif = Image.Exif()
    exif[0x0132] = "2026:11:01 08:00:00"
    Image.new("RGB", (8, 8), "green").save(root / PHOTO, exif=exif)
    rows = "".join(f"shuju/{year}.html,2026-11-20,{'0' * 64},\n" for year in (2024, 2025))
    with (root / "data/published.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    commit(root)
    return root


# 要写文件的命令：参数；写到哪里
WRITERS: dict[str, tuple[list[str], str]] = {
    "macros": ([], ".site.lock"),
    "macros.model.schemas": ([], "schemas"),
    "macros.outputs": (["settings", "zensical.yml"], ".zensical.yml.new"),
    "checks.images": ([], "docs/shuangyong/2025/guofang-ke.assets/.zhao.jpg.new"),
    "desk.reminders": ([], "dist"),
    "desk.excel": ([], "dist"),
    "desk.intake": ([f"{ROOT}/docs/shuangyong/index.md", *DRAFT], "docs/shuangyong/2026/.yitangke.md.new"),
    "desk.new": (["--name=一堂课", "--place=村委会", *DRAFT[1:]], "docs/shuangyong/2026/.yitangke.md.new"),
    "desk.tidying": ([UNTIDY], "docs/guanyu/.yinsi.md.new"),
    "papers.report": ([], "dist"),
    "papers.sheet": ([], "dist"),
    "channels": (["feeds"], "dist"),
    "release.archive": (["2024"], "data/years/.2024.yml.new"),
    "release.withdraw": (["docs/guanyu/yinsi.md", "--reason=错了", "--sure=是"], "docs/guanyu/.yinsi.md.new"),
}


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    if subprocess.run(["mount", "--bind", "-o", "ro", str(place), str(place)], check=False).returncode:
        pytest.skip("这里不能挂载磁盘")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_folder_that_cannot_be_written(call: Call, writable: Path) -> None:
    """整个项目只许读：每个要写的命令说是哪个文件，什么也没有变。"""
    before = {path: path.read_bytes() for path in writable.rglob("*") if path.is_file()}
    with read_only(writable):
        for module, (arguments, file) in WRITERS.items():
            plain(call(module, *arguments, root=writable), 1, WRITING.format(file=writable / file))
    assert {path: path.read_bytes() for path in writable.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("module", ["papers.sheet", "papers.report", "channels"])
def test_a_file_in_the_way_of_a_folder(call: Call, writable: Path, module: str) -> None:
    (writable / "dist").touch()
    said = call(module, *WRITERS[module][0], root=writable)
    plain(said, 1, f"{writable / 'dist'} 不是文件夹；换一个文件夹")


def test_a_folder_in_the_way_of_a_file(call: Call, writable: Path) -> None:
    (writable / ".site.lock").mkdir()
    plain(call("macros", root=writable), 1, f"{writable / '.site.lock'} 是文件夹，不是文件；把它移走，再来一次")


def test_a_file_that_cannot_be_read_is_a_finding(call: Call, writable: Path) -> None:
    """数据文件打不开：和别的错一样，报在那个文件上；别的命令不接着做。"""
    (writable / "data/township.yml").unlink()
    (writable / "data/township.yml").mkdir()
    code, out, err = call("checks", "data", f"--as-of={AS_OF}", root=writable)
    assert (code, err) == (1, "")
    assert out.startswith("data/township.yml:1:1: 错误 这是文件夹，不是文件；"), out
    plain(call("channels", "feeds", root=writable), 1, "data/ 或 docs/ 里还有错误；先运行 make check，改好再来")
    words = "data/township.yml 读不出来，没有动任何文件；先运行 make check，改好再来"
    plain(call("macros.fresh", root=writable), 1, words)


def some(names: Iterable[str], often: Collection[str]) -> list[Any]:
    """走的是同一扇门、同一个写法的，平常只试 often 这几个。"""
    return [pytest.param(name, marks=() if name in often else pytest.mark.full) for name in names]


@pytest.mark.parametrize("module", some(WRITERS, ("macros", "checks.images", "channels", "release.withdraw")))
def test_a_full_disk(writable: Path, module: str) -> None:
    """写到一半没有地方了：原来的还在，不留半个文件。"""
    before = {path: path.read_bytes() for path in writable.rglob("*") if path.is_file()}
    done = program(module, *WRITERS[module][0], root=writable, limit=100)
    assert done.returncode == 1
    full = r"\S+ 所在的磁盘满了(，原来的 site/ 没有动)?；清出地方，再来一次"
    if module == "channels":  # 一件一件说
        assert re.search(rf"没做成 feeds/rss\.xml（来自 shuangyong/index\.html）：{full}\n", done.stdout)
    else:
        assert re.fullmatch(rf"{full}\n", done.stderr), done.stderr
        assert done.stdout == ""
    assert {path: path.read_bytes() for path in before} == before
    assert not list(writable.rglob(".*.new"))


# ---- 打印不出来、按了 Ctrl+C、没有料到的错 ----

SPEAKERS: dict[str, list[str]] = {
    "checks": ["--list"],
    "papers.sheet": [],
    "channels": ["feeds"],
    "release.verify": ["{root}/site"],
}


@pytest.mark.parametrize("module", some(SPEAKERS, ("checks", "channels")))
def test_a_result_that_cannot_be_printed(writable: Path, module: str) -> None:
    """标准输出满了：一行白话，返回 1。接着读的程序先走了（make check | head）：什么也不说。"""
    arguments = [each.format(root=writable) for each in SPEAKERS[module]]
    with Path("/dev/full").open("w") as full:
        done = program(module, *arguments, root=writable, stdout=full)
    assert (done.returncode, done.stderr) == (1, "结果打印不出来；看看磁盘满没满\n")
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        done = program(module, *arguments, root=writable, stdout=gone)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_nobody_foresaw(capsys: pytest.CaptureFixture[str]) -> None:
    """没有料到的错说是哪一种、在程序的哪一行；按了 Ctrl+C 返回 130。"""
    from macros.model.door import Door

    def wrong(_: object) -> str:
        raise ZeroDivisionError

    def stopped(_: object) -> str:
        raise KeyboardInterrupt

    door = Door("用法：试一试")
    assert door.enter(wrong, [f"--root={ROOT}"]) == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"没有做成（ZeroDivisionError，test_doors\.py 第\d+行）；把这一行告诉技术人员\n", said)
    assert door.enter(stopped, [f"--root={ROOT}"]) == 130
    assert capsys.readouterr().err == "停下了，没有做完\n"


# ---- make 的词 ----

# 在不是项目的文件夹里打这个词，说的话；空的：说“没有 data 和 docs”
WORDS = {
    "approved": "",
    "archive": DOORS["release.archive"],
    "channels": "",
    "check": "",
    "check-commits": DOORS["checks"],
    "check-site": "",
    "clean-images": "",
    "due": "",
    "excel": "",
    "fresh": "",
    "freshness": "",
    "import": DOORS["desk.intake"],
    "links": "",
    "new": "",
    "package": "",
    "publish": "",
    "record": "",
    "reminders": "",
    "report": "",
    "rollback": DOORS["release.rollback"],
    "sbom": "",
    "serve": "",
    "schemas": "",
    "sheet": "",
    "site": "",
    "start": "",
    "tidy": DOORS["desk.tidying"],
    "verify": "",
    "wechat": "",
    "withdraw": DOORS["release.withdraw"],
    "zensical": "",
}
# 不在这里用错的；写代码的人用的，工具说英文
CODERS = ("audit", "bench", "load", "lock", "test", "test-all", "upgrade")
OTHERS = {
    "help": "不会做不成",
    "fonts": "装系统的字体，自动运行时用",
    "clean": "不会做不成",
    **dict.fromkeys(CODERS, "写代码的人用"),
}


def test_every_word_is_in_the_table() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = set(re.findall(r"^([a-z-]+):(?!=)", text, re.M))
    assert words == {word for line in re.findall(r"^\.PHONY: ([a-z -]+)$", text, re.M) for word in line.split()}
    assert words == {*WORDS, *OTHERS}


@pytest.mark.parametrize("word", some(WORDS, ("check", "package", "publish", "report", "sbom", "site", "wechat")))
def test_every_word_refuses_in_one_line(tmp_path: Path, word: str) -> None:
    """一行白话，没有 make 自己的那一行，返回的不是 0；什么也没有写。"""
    root = furnish(tmp_path / "root")
    before = sorted(root.iterdir())
    done = make(root, word)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert done.stderr.startswith(WORDS[word] or NO_PROJECT.format(root=root)), done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(root.iterdir()) == before

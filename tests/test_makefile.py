"""make 自己：做不成只有白话；环境搬了家、旧了、没有了会自己好；两个一起生成不打架。"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, copy
from recipes import VENV, furnish, make, start

CopySite = Callable[..., Path]
SITE_PACKAGES = next((VENV / "lib").glob("python3.*/site-packages"))


def said(done: subprocess.CompletedProcess[str]) -> str:
    """没有做成时打印的全部；没有英文的那一行。"""
    assert done.returncode in (1, 2), done.stdout + done.stderr
    text = done.stdout + done.stderr
    assert not re.search(r"make(\[\d+\])?: |Traceback", text), text
    return text


# ---- 一步做不成 ----


@pytest.mark.parametrize("shell", ["/bin/dash", pytest.param("/bin/bash", marks=pytest.mark.full)])
def test_make_adds_no_line_of_its_own(tmp_path: Path, shell: str) -> None:
    """哪个外壳都一样；前面的词没有做成，后面的不做；几个词一起、-k、-j 也一样。"""
    if not Path(shell).exists():
        pytest.skip(f"没有 {shell}")
    root = furnish(tmp_path / "root")
    for words in (["check"], ["report"], ["-j2", "check", "sheet"], ["-k", "check"]):
        done = make(root, f"SHELL={shell}", *words)
        assert said(done) == f"{root} 里没有 data 和 docs 文件夹；在项目的文件夹里运行\n"
    outer = [shell, "-c", f"make -s -C '{root}' VENV='{VENV}' check || {{ echo 没有收下; exit 4; }}"]
    hook = subprocess.run(
        outer,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGQUIT, signal.SIG_DFL),
    )
    assert (hook.returncode, hook.stdout) == (4, "没有收下\n")
    assert hook.stderr == f"{root} 里没有 data 和 docs 文件夹；在项目的文件夹里运行\n"


def test_a_failure_is_never_taken_for_success(tmp_path: Path) -> None:
    """在后台运行时 QUIT 进不来：多一行英文，返回的还是没有做成。"""
    done = make(furnish(tmp_path / "root"), "check", ignore_quit=True)
    assert done.returncode == 2
    assert "里没有 data 和 docs 文件夹" in done.stderr


def test_an_unknown_word(tmp_path: Path) -> None:
    assert said(make(furnish(tmp_path / "root"), "chek")) == "没有「chek」这个词；make help 列出全部的词\n"


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False


def test_stopping_the_preview_is_quiet(copy_site: CopySite) -> None:
    """make serve 按 Ctrl+C：停下，不出英文。"""
    root = furnish(copy_site())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\ndev_addr: 127.0.0.1:{port}\n")
    process = start(root, "serve")
    assert process.stdout is not None
    assert "预览好了" in process.stdout.readline()
    while not answers(port):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode
    assert (out, err) == ("", "")


# ---- 环境 ----


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """一个小网站和它自己的环境：只有 python，没有一个装好的命令；库用装好的那一份。"""
    root = furnish(copy("publishable", tmp_path / "before"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=root, check=True)
    folder = next((root / ".venv/lib").glob("python3.*/site-packages"))
    (folder / "installed.pth").write_text(f"{SITE_PACKAGES}\n", encoding="utf-8")
    for name in ("site", "dev"):
        (root / f".venv/{name}.stamp").touch()
        os.utime(root / f".venv/{name}.stamp", (1, 1))
    return root


def test_a_renamed_folder_still_works(small: Path) -> None:
    root = small.rename(small.with_name("搬了家 的"))
    for words in (["site"], ["check", "check-site"]):
        done = make(root, *words, venv=Path(".venv"))
        assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("what", [pytest.param("没有了", marks=pytest.mark.full), "换了版本"])
def test_an_old_environment_is_made_again(small: Path, what: str) -> None:
    """.venv 里的 Python 没有了；或者是另一版，认不得旧的库。"""
    if what == "没有了":
        for name in ("python", "python3"):
            (small / f".venv/bin/{name}").unlink()
            (small / f".venv/bin/{name}").symlink_to("/usr/bin/python3.meiyou")
    else:
        old = next((small / ".venv/lib").glob("python3.*"))
        old.rename(old.with_name("python3.1"))
    for name in ("requirements.txt", "requirements-dev.txt"):
        (small / name).write_text("", encoding="utf-8")
    done = make(small, "freshness", venv=Path(".venv"), PYTHONPATH=str(SITE_PACKAGES), PYTHON=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "准备环境" in done.stdout and "检查通过" in done.stdout
    assert done.stderr == ""
    assert not (small / ".venv/lib/python3.1").exists()
    assert subprocess.run([small / ".venv/bin/python", "-I", "-c", "import pip"], check=False).returncode == 0


def test_an_environment_that_cannot_be_made(tmp_path: Path) -> None:
    """没有 Python、太旧、没有 venv 模块：说装什么；装不上库：说看什么。"""
    root = furnish(tmp_path / "root")
    for python in ("meiyou-python", "false"):
        words = said(make(root, "check", f"PYTHON={python}", venv=Path(".venv")))
        assert words.startswith("没有 Python 3.11 或更新的版本；") and words.count("\n") == 1
    bare = tmp_path / "python"
    without = 'if [ "$2" = venv ]; then echo "No module named venv"; exit 1; fi'
    bare.write_text(f'#!/bin/sh\n{without}\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    words = said(make(root, "check", f"PYTHON={bare}", venv=Path(".venv")))
    assert words.startswith("建不了 Python 的环境 .venv；") and words.count("\n") == 1
    assert not (root / ".venv").exists()


def test_libraries_that_cannot_be_fetched(small: Path) -> None:
    """没有网：一行白话，pip 的英文在 .venv/pip.log。"""
    pin = f"meiyou-zhege-ku==1.0 --hash=sha256:{'0' * 64}\n"
    (small / "requirements.txt").write_text(pin, encoding="utf-8")
    env = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    done = make(small, "check", venv=Path(".venv"), **env)
    assert said(done).splitlines() == [
        "准备环境，第一次要几分钟……",
        "requirements.txt 里的库没有装上；看看通不通网、磁盘满没满，详细的在 .venv/pip.log",
    ]
    assert "meiyou-zhege-ku" in (small / ".venv/pip.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "charmap"), [("zh_CN", "GBK"), pytest.param("en_US", "ISO-8859-1", marks=pytest.mark.full)]
)
def test_the_language_of_the_computer_does_not_matter(
    copy_site: CopySite, tmp_path: Path, language: str, charmap: str
) -> None:
    """系统的文字编码不是 UTF-8：文件名、报错里的汉字照样读写。"""
    made = tmp_path / "locales"
    made.mkdir()
    command = ["localedef", "-c", "-f", charmap, "-i", language, str(made / f"{language}.{charmap}")]
    if not shutil.which("localedef") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("这里做不出别的语言环境")
    root = furnish(copy_site())
    env = {"LOCPATH": str(made), "LC_ALL": f"{language}.{charmap}"}
    done = make(root, "check", **env)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "检查通过" in done.stdout
    town = root / "data/township.yml"
    town.write_text(town.read_text(encoding="utf-8").replace("主办单位:", "主办单伟:"), encoding="utf-8")
    assert "不认识的键「主办单伟」" in make(root, "check", **env).stdout


# ---- 生成网站 ----


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_second_build_waits_its_turn(copy_site: CopySite) -> None:
    """正在生成，又来一个：后来的一行白话，原来的 site/ 一直在，先来的照样做完。"""
    root = furnish(copy_site())
    assert make(root, "site").returncode == 0
    before = names(root / "site")
    first = start(root, "site")
    while not (root / ".site.new").exists():
        assert first.poll() is None
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGSTOP)  # 做到一半，停住
    assert said(make(root, "site")) == "另一个 make site 正在生成网站；等它结束，再来一次\n"
    assert names(root / "site") == before
    os.killpg(first.pid, signal.SIGCONT)
    out, err = first.communicate()
    assert (first.returncode, err) == (0, ""), out + err
    assert names(root / "site") == before
    assert not [path for path in root.iterdir() if path.name in (".site.new", ".site.old")]


def test_a_build_cut_short_while_changing_over_heals(copy_site: CopySite) -> None:
    """换到一半断了电：下一次先把原来的换回来，再生成；没有生成好，原来的也在。"""
    root = furnish(copy_site())
    assert make(root, "site").returncode == 0
    before = names(root / "site")
    (root / "site").rename(root / ".site.old")
    (root / ".site.new").mkdir()
    town = root / "data/township.yml"
    town.write_text(town.read_text(encoding="utf-8").replace("主办单位:", "主办单伟:"), encoding="utf-8")
    words = said(make(root, "site"))
    assert "不认识的键「主办单伟」" in words
    assert words.endswith("没有生成好，原来的 site/ 没有动；照上面的行号改好，再来一次\n")
    assert names(root / "site") == before
    assert not [path for path in root.iterdir() if path.name in (".site.new", ".site.old")]


def test_a_broken_configuration_is_one_line(copy_site: CopySite) -> None:
    """mkdocs.yml 写坏了：MkDocs 说的放在一行里。"""
    root = furnish(copy_site())
    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "\nbujiao: [\n", encoding="utf-8")
    words = said(make(root, "site"))
    assert words.startswith("没有生成好，原来的 site/ 没有动：") and words.count("\n") == 1
    assert not (root / "site").exists()


def test_the_repository_uses_no_installed_scripts() -> None:
    """装好的命令里写着环境原来的路径，搬了家就用不了：都写成 python -m；uv 是独立的程序。"""
    used = {word for line in (ROOT / "Makefile").read_text(encoding="utf-8").split("\n") for word in line.split()}
    scripts = {word.removeprefix("@").removeprefix("$(BIN)/") for word in used if "$(BIN)/" in word}
    assert {script.strip(":") for script in scripts} == {"python", "uv", "uvx"}

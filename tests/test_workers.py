"""几个进程一起做：结果和先后与一个进程做的一样，哪个停了都不少、不留。"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.model.workers import MOST

ROOT = Path(__file__).parents[1]
CORES = min(len(os.sched_getaffinity(0)), MOST) if sys.platform == "linux" else 1
linux = pytest.mark.skipif(sys.platform != "linux", reason="别的系统上不分给几个进程")
START = """
import os, signal, sys, time
from functools import partial
from pathlib import Path
from macros.model import load
from macros.model.workers import spread
first = os.getpid()
"""


def start(script: str) -> subprocess.Popen[str]:
    """在干净的进程里跑：跑测试的这个进程有别的线程，不会分出去。"""
    return subprocess.Popen(
        [sys.executable, "-c", START + script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
        start_new_session=True,
    )


def said(script: str) -> str:
    out, err = start(script).communicate()
    assert not err
    return out.strip()


def test_pages_written_by_several_processes_are_the_same() -> None:
    """倒着写一遍也一样：脚注、选项卡的编号不从别的页接着数。"""
    script = """
from macros.views.content import content
site = load(Path())
work = partial(content, site)
pages = [site.page("guanyu/bianxie-yangli.md"), *site.activities[:3]] * 100
assert [each.html for each in spread(work, pages)] == [work(page).html for page in pages[::-1]][::-1]
"""
    assert said(script) == ""


@linux
def test_every_core_takes_part() -> None:
    script = "print(len({pid for pid in spread(lambda _: os.getpid(), range(1000)) if pid != first}))"
    assert said(script) == str(CORES if CORES > 1 else 0)


def test_an_error_comes_back() -> None:
    script = """
try:
    list(spread(lambda item: 1 // (item - 777), range(1000)))
except ZeroDivisionError as error:
    print(error)
"""
    assert said(script) == "integer division or modulo by zero"


@linux
def test_a_process_that_is_gone_loses_nothing() -> None:
    script = """
def work(item):
    if item == 500 and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return item
print(list(spread(work, range(1000))) == list(range(1000)))
"""
    assert said(script) == "True"


@pytest.mark.skipif(CORES < 2, reason="只有一个核")
def test_nobody_stays_when_the_first_process_is_killed() -> None:
    script = """
coming = spread(lambda item: (os.getpid(), "字" * 100_000), range(1000))
print(next(coming)[0], next(coming)[0], flush=True)
time.sleep(60)
"""
    process = start(script)
    assert process.stdout and process.stderr
    helpers = [int(pid) for pid in process.stdout.readline().split()]
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        left = [pid for pid in helpers if Path(f"/proc/{pid}").exists()]
        if not left:
            break
        time.sleep(0.1)
    assert not left
    assert process.stderr.read() == ""
    process.stdout.close()
    process.stderr.close()


def test_ctrl_c_is_answered_by_the_first_process_alone() -> None:
    """终端里按 Ctrl+C，几个进程都收到。"""
    script = """
signal.signal(signal.SIGINT, signal.default_int_handler)
coming = spread(lambda item: "字" * 100_000, range(1000))
try:
    print(len(next(coming)), flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("停下了")
"""
    process = start(script)
    assert process.stdout
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate() == ("停下了\n", "")

"""到第几次改动磁盘就死：发布的测试用它打断程序，次次断在同一个地方。

python -m tests.dying 第几次 哪些地方 模块 参数… ：运行这个命令，到时候杀掉自己。
"""

from __future__ import annotations

import os
import resource
import runpy
import signal
import sys
from collections.abc import Callable
from pathlib import Path

CHANGES = ("os.mkdir", "os.rename", "os.symlink", "os.remove", "os.chmod", "os.utime", "shutil.rmtree")
TORN = 100  # 断在半路的文件写了多少字节


def die(at: int, places: tuple[Path, ...], torn: bool = False, seen: Callable[[], object] = lambda: None) -> None:
    """第 at 次改动 places 之前杀掉自己，0 是不杀。torn：那以后的头一个文件写到一半再死。seen：每次改动叫一下。"""
    count, starts = 0, tuple(map(str, places))

    def before(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        writes = event in CHANGES or (event == "open" and isinstance(args[2], int) and args[2] & os.O_ACCMODE)
        if not writes or not any(str(each).startswith(starts) for each in args[:2]):
            return
        count += 1
        seen()
        if count == at and torn:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (TORN, TORN))
        elif count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(before)


if __name__ == "__main__":
    _, moment, where, module, *sys.argv[1:] = sys.argv
    die(int(moment), tuple(map(Path, where.split("|"))))
    runpy.run_module(module, run_name="__main__")

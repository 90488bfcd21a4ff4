"""量一个命令：墙钟、CPU（用户加系统，连同子进程）、内存峰值。

由一个很小的 Python 进程去启动命令：Linux 把启动者的内存也算进峰值，启动者要小。
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

LAUNCHER = """
import json, os, resource, sys, time
report, log, *command = sys.argv[1:]
out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
start = time.perf_counter()
actions = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * unit,
           "status": os.waitstatus_to_exitcode(status)}, open(report, "w"))
"""


class FailedError(Exception):
    """命令没有成功；说明里有最后几行输出。"""


@dataclass(frozen=True)
class Run:
    """一次：秒、秒、字节。"""

    wall: float
    cpu: float
    peak: int


def run(command: Sequence[str | Path], cwd: Path, log: Path, env: Mapping[str, str] | None = None) -> Run:
    """运行到结束；输出留在 log 里。"""
    log.parent.mkdir(parents=True, exist_ok=True)
    report = log.with_suffix(".json")
    words = [str(each) for each in command]
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(report), str(log), *words]
    subprocess.run(launcher, cwd=cwd, env=environment(env), check=True)
    found = json.loads(report.read_text(encoding="utf-8"))
    if found.pop("status"):
        tail = log.read_text(encoding="utf-8", errors="replace").strip().split("\n")[-5:]
        raise FailedError(f"{' '.join(words)} 没有成功：\n" + "\n".join(tail))
    return Run(**found)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """和 Makefile 里的一样；不带外面的 PYTHONPATH。"""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "GITHUB_ACTIONS")}
    kept |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return kept | dict(more or {})


def middle(runs: Sequence[Run]) -> dict[str, float]:
    """各项的中位数，写进结果；runs 里每一次也留着。"""
    return {
        "wall": round(median(each.wall for each in runs), 2),
        "cpu": round(median(each.cpu for each in runs), 2),
        "peak": int(median(each.peak for each in runs)),
        "runs": [{name: round(value, 2) for name, value in asdict(each).items()} for each in runs],
    }


def tree(folder: Path) -> dict[str, int]:
    """文件夹里一共几个文件、多少字节。"""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}

"""保存一页，到预览里看见：真的启动 make serve 用的命令，真的改一页，隔 20 毫秒问一次。"""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from pathlib import Path
from statistics import median

from .measure import FailedError, environment
from .peers import MAIN

PATIENCE = 180
BETWEEN = 1.0  # 两次保存之间，等监视器安静下来


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def fetch(number: int, url: str) -> bytes:
    """取一页；还没有起来、正在重新生成，就是空的。"""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=PATIENCE)
    try:
        connection.request("GET", f"/{url}")
        return connection.getresponse().read()
    except OSError:
        return b""
    finally:
        connection.close()


def saved_to_served(root: Path, log: Path, times: int = 3) -> dict[str, object]:
    """几次的秒数和中位数；改过的页面最后改回来。"""
    page = sorted((root / "docs/shuangyong").glob("2*/*.md"))[-1]
    url = page.relative_to(root / "docs").with_suffix(".html").as_posix()
    number, before = port(), page.read_text(encoding="utf-8")
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [
                str(MAIN / "bin/python"),
                "-m",
                "mkdocs",
                "serve",
                "--quiet",
                "--no-strict",
                "--dirty",
                "--dev-addr",
                f"127.0.0.1:{number}",
            ],
            cwd=root,
            env=environment(),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            started = _wait(server, number, url, b"<h1")
            seconds = []
            for turn in range(times):
                time.sleep(BETWEEN)
                mark = f"刚刚改过的第{turn}遍"
                start = time.perf_counter()
                page.write_text(f"{before}\n{mark}。\n", encoding="utf-8")
                _wait(server, number, url, mark.encode())
                seconds.append(round(time.perf_counter() - start, 2))
        finally:
            page.write_text(before, encoding="utf-8")
            server.terminate()
            server.wait(30)
    return {"first": round(started, 2), "median": round(median(seconds), 2), "runs": seconds}


def _wait(server: subprocess.Popen[bytes], number: int, url: str, words: bytes) -> float:
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        if words in fetch(number, url):
            return time.perf_counter() - start
        if server.poll() is not None:
            raise FailedError("mkdocs serve 停了")
        time.sleep(0.02)
    raise FailedError(f"等了 {PATIENCE} 秒，预览里还没有新的内容")

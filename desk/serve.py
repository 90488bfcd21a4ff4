"""python -m desk.serve [--lan=1]：边改边看。--lan 让同一个网里的手机也能看，终端里印出二维码。

预览是 MkDocs 自己的，这里说好怎么开，然后就换成它：Ctrl+C 直接到它那里。
"""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import segno

from macros.model.door import Door
from macros.model.refusal import Refusal

USAGE = "用法：make serve [LAN=1]"
FLAGS = ("serve", "--quiet", "--no-strict", "--dirty")
PORT = 8000
ADDRESS = f"http://127.0.0.1:{PORT}/"
OUTSIDE = ("192.0.2.1", 9)  # 留给文档用的地址：只问从哪块网卡出去，什么也不发
OPEN = (
    "注意：连着同一个网的人都打得开，没有写完的草稿也看得见。只在办公室自己的网里用，看完就按 Ctrl+C 停下。\n"
    "手机连同一个网，扫这个码（手机打不开的，看看电脑的防火墙让不让进）："
)


def serve(root: Path, lan: bool) -> NoReturn:
    more: tuple[str, ...] = ()
    if lan:
        host = address()
        url = f"http://{host}:{PORT}/"
        print(OPEN)
        segno.make(url, micro=False).terminal(compact=True)
        print(f"{url}  正在生成，等说“预览好了”再扫", flush=True)
        more = (f"--dev-addr={host}:{PORT}",)
    _become_preview(root, *more)


def show(root: Path, url: str) -> None:
    """浏览器打开这一页；预览没有开着的，开起来，好了再打开。"""
    if _running():
        webbrowser.open(f"{ADDRESS}{url}")
        return
    preview = os.getpid()
    if os.fork():
        _become_preview(root)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    while os.getppid() == preview:
        if _running():
            webbrowser.open(f"{ADDRESS}{url}")
            break
        time.sleep(0.3)
    os._exit(0)


def _running() -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=1):
        return True
    return False


def _become_preview(root: Path, *more: str) -> NoReturn:
    os.chdir(root)
    os.execv(sys.executable, [sys.executable, "-m", "mkdocs", *FLAGS, *more])  # noqa: S606


def address() -> str:
    """这台电脑在办公室网里的地址。"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(OUTSIDE)
        except OSError:
            raise Refusal("这台电脑没有连着网，手机打不开", "连上办公室的网；不给手机看的，用 make serve") from None
        host: str = probe.getsockname()[0]
    if ipaddress.ip_address(host).is_global:
        raise Refusal(f"这台电脑的地址 {host} 直接连着外网，草稿会给外面的人看见", "换一台连着办公室路由器的电脑")
    return host


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("--lan", default="")
    sys.exit(door.enter(lambda asked: serve(asked.root, bool(asked.lan))))

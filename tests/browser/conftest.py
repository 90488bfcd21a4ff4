"""浏览器测试共用：网站从本机的 http 送出来，放在子路径下，和真的挂载一样。"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.looks import Visit, opened

MOUNT = "/zhengfu/guofang/"


class _Mounted(SimpleHTTPRequestHandler):
    """只有 MOUNT 下面是网站；别的地址一律 404，内容是网站的 404 页。"""

    protocol_version = "HTTP/1.1"
    error_content_type = "text/html; charset=utf-8"

    def translate_path(self, path: str) -> str:
        inside = path.startswith(MOUNT)
        return super().translate_path("/" + path.removeprefix(MOUNT) if inside else "/meiyou-zhege-dizhi")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        self.error_message_format = page.read_text(encoding="utf-8").replace("%", "%%")
        super().send_error(code, message, explain)

    def log_message(self, format: str, *args: object) -> None:
        """不打日志。"""


@pytest.fixture(scope="session")
def served(real_site: Path) -> Iterator[str]:
    """网站的网址，以 / 结尾。"""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Mounted, directory=str(real_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{MOUNT}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def one_phone(browser: Browser, served: str) -> Iterator[Visit]:
    with opened(browser, served, "404.html") as visit:
        yield visit


@pytest.fixture
def phone(one_phone: Visit) -> Visit:
    """一部手机，一个测试文件里一页接一页地看：只看，不留下什么的测试用它，省得每次新开。"""
    one_phone.forget()
    return one_phone

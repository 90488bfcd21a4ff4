"""真的浏览器里走旧地址：到新的一页，# 后面的位置一起到，改了名字的位置也到。"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import build, copy
from playwright.sync_api import Browser

from browser.looks import MODES, PLAIN, Mode, opened

OLD = "cunshiguan/2020/jiu-guan.html"
NO_SCRIPT = MODES["no-script"]
NEW = "cunshiguan/yangban-cun.html"
MOVED = f"""{OLD}: {NEW}
{OLD}#jiu-zhanpin: {NEW}#zhanpin
{OLD}#老展品: banshi/index.html
"""


class Strict(SimpleHTTPRequestHandler):
    """和栏目包里的 nginx 一样，只许用自己的脚本。"""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """不打日志。"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """馆搬过家的小网站，生成好了。"""
    root = copy("publishable", tmp_path_factory.mktemp("moved") / "root")
    (root / "data/redirects.yml").write_text(MOVED, encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module", params=["file", "http"])
def base(moved: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "file":
        yield moved.as_uri() + "/"
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(moved)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("mode", "mark", "arrives"),
    [
        (PLAIN, "", NEW),
        (PLAIN, "#zhanpin-01", f"{NEW}#zhanpin-01"),  # 位置没有改名
        (PLAIN, "#jiu-zhanpin", f"{NEW}#zhanpin"),
        (PLAIN, "#%E8%80%81%E5%B1%95%E5%93%81", "banshi/index.html"),
        (PLAIN, "#%E8%80", f"{NEW}#%E8%80"),  # 写坏的
        (PLAIN, "#new", f"{NEW}#new"),
        (NO_SCRIPT, "#zhanpin-01", NEW),
    ],
)
def test_an_old_address_leads_to_the_place(browser: Browser, base: str, mode: Mode, mark: str, arrives: str) -> None:
    """纸上的二维码带着位置：到新的一页的那一处；没有脚本的，到新的一页。"""
    with opened(browser, base, OLD + mark, mode) as visit:
        visit.tab.wait_for_url(base + arrives)
        if arrives.endswith(("zhanpin", "zhanpin-01")):
            box = visit.tab.locator(":target").bounding_box()
            assert box
            assert box["y"] < 740


def test_back_does_not_fall_into_the_old_page(browser: Browser, base: str) -> None:
    """按返回，回到扫码以前，不会又被送过来。"""
    with opened(browser, base, "index.html") as visit:
        visit.tab.goto(f"{base}{OLD}#zhanpin-01")
        visit.tab.wait_for_url(f"{base}{NEW}#zhanpin-01")
        visit.tab.go_back()
        visit.tab.wait_for_url(f"{base}index.html")

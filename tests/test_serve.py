"""预览：页面、数据写坏了，预览不倒，网页上说清楚错在哪里；改好就恢复。"""

from __future__ import annotations

import html
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 30  # 秒


class Preview:
    """一个真的 mkdocs serve。"""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", self.address],
            cwd=root,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def get(self, url: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{self.address}/{url}", timeout=2) as answer:
                return html.unescape(answer.read().decode())
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            return str(error)

    def shows(self, words: str, url: str = "index.html") -> bool:
        """等到页面上出现这几个字；预览倒了或等太久都算没有。"""
        return self.wait(lambda: words in self.get(url))

    def says(self, words: str) -> bool:
        """等到终端里出现这几个字。"""
        return self.wait(lambda: words in self.log.read_text(encoding="utf-8"))

    def wait(self, happened: Callable[[], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if happened():
                return True
            time.sleep(0.1)
        return False


@pytest.fixture
def preview(copy_site: Callable[..., Path], tmp_path: Path) -> Iterator[Preview]:
    server = Preview(copy_site(), tmp_path / "serve.log")
    yield server
    server.process.terminate()
    server.process.wait(10)
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log


def test_preview_survives_and_recovers(preview: Preview) -> None:
    """写坏一个宏、一个页眉、一份数据、township.yml、编码，一样样改回来，预览一直在。"""
    good = 'class="doors"'
    assert preview.shows(good)
    for name, old, new, said in [
        ("docs/index.md", "{{ home() }}", '{{ home( }}\n\n{{ lawx("国防教育法", 12) }}', "没有「lawx」这个宏"),
        ("docs/index.md", "摘要", "摘药", "是不是「摘要」"),
        ("docs/index.md", "复核: ", "复核：", "全角冒号"),
        ("data/indicators.yml", "单位:", "单为:", "不认识的键「单为」"),
        ("data/township.yml", "演示: 否", "演示: [", "data/township.yml"),
    ]:
        path = preview.root / name
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        assert preview.shows(said), f"{name} 写坏以后没有说 {said}"
        assert "Traceback" not in preview.get("index.html")
        path.write_text(before, encoding="utf-8")
        assert preview.shows(good), f"{name} 改好以后没有恢复"
    path = preview.root / "docs/index.md"
    before = path.read_text(encoding="utf-8")
    path.write_bytes(before.encode("gbk"))
    assert preview.shows("404")
    assert preview.says("像是 GBK")
    path.write_text(before, encoding="utf-8")
    assert preview.shows(good)


def test_other_pages_stay_readable(preview: Preview) -> None:
    """只坏了一页，别的页照样能看；错页上没有英文报错。"""
    assert preview.shows('class="doors"')
    (preview.root / "docs/index.md").write_text(
        "---\n摘要: 坏页\n复核: 2026-11-20\n---\n\n# 坏页\n\n{{ hall( }}\n", encoding="utf-8"
    )
    assert preview.shows("这一页有错")
    assert "这一页有错" not in preview.get("guanyu/wangzhan-ditu.html")
    assert "网站地图" in preview.get("guanyu/wangzhan-ditu.html")

"""预览：页面、数据写坏了，预览不倒，网页上说清楚错在哪里；改好就恢复。"""

from __future__ import annotations

import html
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import ROOT, copy

from desk.serve import FLAGS
from macros.model.site import stamps

PATIENCE = 120  # 秒；只有坏了才等到头


class Preview:
    """一个真的 mkdocs serve。"""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", *FLAGS, "--dev-addr", self.address],
            cwd=root,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "TMPDIR": str(log.parent)},
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def get(self, url: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{self.address}/{url}", timeout=2) as answer:
                return html.unescape(answer.read().decode())
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            return str(error)

    @property
    def made(self) -> Path:
        """预览的网页放在哪里。"""
        return next(self.log.parent.glob("mkdocs_*"))

    def pages(self) -> dict[str, str]:
        """做好的全部网页；网址里的端口不算。"""
        found = {path.relative_to(self.made).as_posix(): path.read_text("utf-8") for path in self.made.rglob("*.html")}
        return {name: text.replace(self.address, "") for name, text in found.items()}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        log = self.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log

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


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """小网站的预览，几个测试接着用：改了的要改回去。"""
    place = tmp_path_factory.mktemp("serve")
    server = Preview(copy("publishable", place / "root"), place / "serve.log")
    yield server
    server.stop()


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
    good = 'class="doors"'
    assert preview.shows(good)
    path = preview.root / "docs/index.md"
    before = path.read_text(encoding="utf-8")
    path.write_text("---\n摘要: 坏页\n复核: 2026-11-20\n---\n\n# 坏页\n\n{{ hall( }}\n", encoding="utf-8")
    assert preview.shows("这一页有错")
    assert "这一页有错" not in preview.get("guanyu/wangzhan-ditu.html")
    assert "网站地图" in preview.get("guanyu/wangzhan-ditu.html")
    path.write_text(before, encoding="utf-8")
    assert preview.shows(good)


def test_second_preview_says_the_first_is_running(preview: Preview) -> None:
    """网址被占着：一句话说清，不出英文。"""
    assert preview.shows('class="doors"')
    command = [sys.executable, "-m", "mkdocs", *FLAGS, "--dev-addr", preview.address]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    second = subprocess.run(command, cwd=preview.root, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert second.stderr == f"{preview.address} 已经有程序在用：多半是上一次的预览没有停，到那个窗口按 Ctrl+C\n"
    assert preview.shows('class="doors"')


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """本项目自己的内容，抄一份，随便改。"""
    root = tmp_path / "town"
    for name in ("data", "docs", "macros", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


def start(root: Path, place: Path, stack: ExitStack) -> Preview:
    place.mkdir()
    preview = Preview(root, place / "serve.log")
    stack.callback(preview.stop)
    return preview


ACTIVITY = "shuangyong/2026/chunjie-weiwen"
LIST = "shuangyong/index.html"


def test_compiled_code_is_no_change(tmp_path: Path) -> None:
    """别的命令头一次运行，会在代码旁边编译出文件：预览不用因此全部重做。"""
    (tmp_path / "macros/__pycache__").mkdir(parents=True)
    (tmp_path / "macros/a.py").touch()
    before = stamps(tmp_path, "macros")
    assert len(before) == 1
    (tmp_path / "macros/__pycache__/a.cpython-311.pyc").touch()
    assert stamps(tmp_path, "macros") == before


def test_preview_never_shows_an_old_page(whole: Path, tmp_path: Path) -> None:
    """只改正文，只重做那一页；数据、模板、目录、设置、别的页面改了，用到的都跟着变。最后和从头做的一字不差。"""
    with ExitStack() as stack:
        preview = start(whole, tmp_path / "a", stack)
        assert preview.shows("春节前上门慰问", LIST)
        assert preview.says(f"预览好了：http://{preview.address}/")
        page = whole / f"docs/{ACTIVITY}.md"
        other = preview.made / "banshi/youdaizheng.html"
        stamp = other.stat().st_mtime_ns
        page.write_text(page.read_text(encoding="utf-8") + "\n刚添的一句。\n", encoding="utf-8")
        assert preview.shows("刚添的一句。", f"{ACTIVITY}.html")
        assert other.stat().st_mtime_ns == stamp, "别的页面不该重做"
        for turn in range(12):  # 一边生成一边存：最后一次存的一定看得到
            replace(page, "刚添的" if turn == 0 else f"第{turn - 1}遍添的", f"第{turn}遍添的")
            time.sleep(0.17)
        assert preview.shows("第11遍添的一句。", f"{ACTIVITY}.html")
        replace(page, "第11遍添的", "找回来的")
        os.utime(page, (1, 1))  # 从备份里找回来的，时间是旧的
        assert preview.shows("找回来的一句。", f"{ACTIVITY}.html")
        for path, old, new, words, url in (
            (f"docs/{ACTIVITY}.md", "# 春节前上门慰问", "# 年前上门看望", "年前上门看望", LIST),
            ("data/township.yml", "示例镇", "新样镇", "新样镇", "minbing/index.html"),
            ("data/services/youdaizheng.yml", "先建档立卡", "先登记造册", "先登记造册", "banshi/youdaizheng.html"),
            ("overrides/parts/footer.html", "主办单位", "主办的单位", "主办的单位", "xuexi/lilun.html"),
            ("macros/views/templates/law.html.j2", "看条文", "展开条文", "展开条文", f"{ACTIVITY}.html"),
            ("mkdocs.yml", "- 重要日子:", "- 重要的日子:", "重要的日子</a>", "xuexi/lilun.html"),
            ("docs/guanyu/hong.md", "# 宏参考", "# 宏怎么写", "宏怎么写", "guanyu/wangzhan-ditu.html"),
        ):
            replace(whole / path, old, new)
            assert preview.shows(words, url), f"{path} 改了，{url} 没有跟着变"
        new = whole / "docs/shuangyong/2026/xin-huodong.md"
        new.write_text(page.read_text(encoding="utf-8").replace("年前上门看望", "新的一次"), encoding="utf-8")
        assert preview.shows("新的一次", LIST)
        new.unlink()
        assert preview.wait(lambda: "新的一次" not in preview.get(LIST) and "预览" not in preview.get(LIST))
        assert preview.wait(lambda: "404" in preview.get("shuangyong/2026/xin-huodong.html"))
        fresh = start(whole, tmp_path / "b", stack)
        assert fresh.shows("年前上门看望", LIST)
        assert fresh.wait(lambda: fresh.pages() == preview.pages())

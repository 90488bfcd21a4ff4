"""发布到远处：真的 sshd、rclone 的 FTP、WebDAV、S3 服务器，在各种时候断掉，一直有人在看。"""

from __future__ import annotations

import datetime
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from servers import KINDS, Server

from macros.model.refusal import Refusal
from macros.model.sources import files, sha256
from macros.model.targets import Target
from release.artifact import MANIFEST, Manifest, kept, parsed
from release.rclone import Store, settings
from release.remote import CLAIM, Remote

NOW = datetime.datetime(2026, 11, 26, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
PAGES = 12


def website(folder: Path, version: str) -> Manifest:
    """一个小网站：每页引用带版本的样式和自己的图片。"""
    (folder / "assets").mkdir(parents=True)
    (folder / f"assets/site.{version}.css").write_text(f"/* {version} */" + " " * 3000, encoding="utf-8")
    for i in range(PAGES):
        text = f'<link href="assets/site.{version}.css"><p>第 {i} 页 {version}</p>' + "。" * 2000 + "<!-- 完 -->"
        (folder / f"page-{i:02}.html").write_text(text, encoding="utf-8")
    names = files(folder)
    links = "".join(f'<a href="{name}">' for name in names if name.startswith("page-"))
    text = f'<link href="assets/site.{version}.css">{links}<!-- 完 -->'
    (folder / "index.html").write_text(text, encoding="utf-8")
    return Manifest(version, {name: sha256(folder / name) for name in files(folder)}, commit=version, when="", who="甲")


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with KINDS[request.param](tmp_path_factory.mktemp("far")) as running:
        yield running


@pytest.fixture
def remote(server: Server, tmp_path: Path) -> Remote:
    """空的远处。"""
    place = Remote(Store(Target.model_validate({"名称": "远处", **server.entry}), settings_of(server)), tmp_path)
    place.store.delete(files(server.folder))
    return place


def settings_of(server: Server) -> dict[str, str]:
    return settings(Target.model_validate({"名称": "远处", **server.entry}), server.env)


def there(server: Server) -> dict[str, str]:
    return {name: sha256(server.folder / name) for name in files(server.folder) if name != MANIFEST}


def settled(server: Server, wanted: dict[str, str]) -> None:
    """rclone serve 收下以后才慢慢写到文件夹里，等一等它。"""
    for _ in range(100):
        if there(server) == wanted:
            return
        time.sleep(0.1)
    assert there(server) == wanted


def test_a_release_is_put_changed_and_cleared(server: Server, remote: Remote, tmp_path: Path) -> None:
    """先全传；再发只传变了的，旧样式留着；再下一次才删。没有变就什么也不做。"""
    first, second = website(tmp_path / "1", "jia"), website(tmp_path / "2", "yi")
    assert remote.live() is None
    assert "传了 14 个文件，删了 0 个" in remote.deliver(tmp_path / "1", first, NOW)
    assert there(server) == first.files
    live = remote.live()
    assert live and live.commit == "jia" and live.files == first.files
    assert "没有变" in remote.deliver(tmp_path / "1", first, NOW)

    second = replace(second, kept=kept(live, second, ()))
    done = remote.deliver(tmp_path / "2", second, NOW)
    assert "传了 14 个文件，删了 0 个，1 个旧文件留到下次发布再删" in done
    assert there(server) == second.files | {"assets/site.jia.css": first.files["assets/site.jia.css"]}
    done = remote.deliver(tmp_path / "2", replace(second, kept={}), NOW)
    assert "传了 0 个文件，删了 1 个" in done
    assert there(server) == second.files


def test_pictures_of_a_withdrawn_page_go_at_once(server: Server, remote: Remote, tmp_path: Path) -> None:
    """撤下的页面的图片不留到下一次。"""
    folder = tmp_path / "1"
    website(folder, "jia")
    (folder / "page-00.assets").mkdir()
    (folder / "page-00.assets/ren.webp").write_bytes(b"ren")
    first = Manifest("jia", {name: sha256(folder / name) for name in files(folder)}, commit="jia")
    remote.deliver(folder, first, NOW)
    second = website(tmp_path / "2", "yi")
    second = replace(second, kept=kept(first, second, ("page-00.assets/",)))
    remote.deliver(tmp_path / "2", second, NOW)
    assert "page-00.assets/ren.webp" not in there(server)


CODE = """
import datetime, json, sys
from dataclasses import replace
from pathlib import Path
from macros.model.targets import Target
from release.artifact import kept, parsed
from release.rclone import Store
from release.remote import Remote
target, env, root, folder, manifest, now = json.loads(sys.stdin.read())
place, new = Remote(Store(Target.model_validate(target), env), Path(root)), parsed(manifest.encode())
place.deliver(Path(folder), replace(new, kept=kept(place.live(), new, ())), datetime.datetime.fromisoformat(now))
"""


def started(remote: Remote, server: Server, folder: Path, manifest: Manifest) -> subprocess.Popen[str]:
    """另一个程序去发布，可以杀。"""
    target = {"名称": "远处", **server.entry}
    given = [target, dict(remote.store.env), str(remote.root), str(folder), manifest.dump().decode(), NOW.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdin
    process.stdin.write(json.dumps(given))
    process.stdin.close()
    process.stdin = None
    return process


class Visitor(threading.Thread):
    """不停地打开首页和各页，看页面全不全、引用的样式在不在。"""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server, self.looks, self.leaving = server, 0, False
        self.broken: list[str] = []

    def run(self) -> None:
        while not self.leaving:
            for name in ["index.html", *(f"page-{i:02}.html" for i in range(PAGES))]:
                self.look(name)

    def look(self, name: str) -> None:
        self.looks += 1
        try:
            text = (self.server.folder / name).read_text(encoding="utf-8")
        except OSError as error:
            if self.server.swaps:
                self.broken.append(f"{name} {type(error).__name__}")
            return
        if not text.endswith("<!-- 完 -->"):
            self.broken.append(f"{name} 只有一半")
            return
        for style in re.findall(r'link href="([^"]+)"', text):
            if self.server.swaps and not (self.server.folder / style).is_file():
                self.broken.append(f"{name} 缺 {style}")


OFTEN = ("服务器", "对象存储")  # 一种一步换成，一种先删再写；别的两种和前一种一样
SOMETIMES = [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.full) for kind in KINDS]


@pytest.mark.parametrize("server", SOMETIMES, indirect=True, scope="module")
@pytest.mark.parametrize("times", [3, pytest.param(30, marks=pytest.mark.full)])
def test_killed_at_any_moment_it_heals(server: Server, remote: Remote, tmp_path: Path, times: int) -> None:
    """随时杀掉，看的人看到的不是旧的就是新的，样式都在；再发一次就好，不剩什么。"""
    sites = {name: website(tmp_path / name, name) for name in ("jia", "yi")}
    remote.deliver(tmp_path / "jia", sites["jia"], NOW)
    begun = time.monotonic()
    whole = started(remote, server, tmp_path / "yi", sites["yi"])
    assert whole.wait() == 0, whole.stderr
    length = time.monotonic() - begun
    visitor = Visitor(server)
    visitor.start()
    chance = random.Random(20261126)  # noqa: S311
    for turn in range(times):
        name = ("jia", "yi")[turn % 2]
        process = started(remote, server, tmp_path / name, sites[name])
        time.sleep(chance.uniform(0.3, 1) * length)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        live = remote.live()
        assert live and live.commit in sites
        if turn % 3 == 2:
            new = replace(sites[name], kept=kept(remote.live(), sites[name], ()))
            remote.deliver(tmp_path / name, new, NOW)
            settled(server, sites[name].files | new.kept)
    for _ in range(2):
        new = replace(sites["yi"], kept=kept(remote.live(), sites["yi"], ()))
        remote.deliver(tmp_path / "yi", new, NOW)
    visitor.leaving = True
    visitor.join()
    settled(server, sites["yi"].files)
    assert visitor.looks > 100
    assert visitor.broken == []


def test_somebody_else_publishing_is_not_disturbed(server: Server, remote: Remote, tmp_path: Path) -> None:
    """别的电脑正在发布：说是谁、从几点起，什么也不动；两小时没有做完的，可以接着。"""
    first, second = website(tmp_path / "1", "jia"), website(tmp_path / "2", "yi")
    remote.deliver(tmp_path / "1", first, NOW)
    other = Remote(remote.store, tmp_path / "other")
    other._claim(replace(second, who="武装部的电脑"), NOW, ["page-00.html"])
    with pytest.raises(Refusal, match=r"武装部的电脑 从 2026-11-26 09:00:00 起正在发布；.*11:00 以后可以接着发"):
        remote.deliver(tmp_path / "2", second, NOW + datetime.timedelta(minutes=90))
    assert {name for name in there(server) if name != CLAIM} == set(first.files)
    remote.deliver(tmp_path / "2", replace(second, kept={}), NOW + datetime.timedelta(hours=3))
    assert there(server) == second.files


def test_two_at_the_same_time(server: Server, remote: Remote, tmp_path: Path) -> None:
    """占住以后被别人换掉的，停下，不写清单。"""
    first, second = website(tmp_path / "1", "jia"), website(tmp_path / "2", "yi")
    remote.deliver(tmp_path / "1", first, NOW)
    claim = remote._claim(second, NOW, [])
    other = Remote(remote.store, tmp_path / "other")
    other._claim(second, NOW, [])
    with pytest.raises(Refusal, match="另一次发布同时在写"):
        remote._still_ours(claim)
    live = parsed((server.folder / MANIFEST).read_bytes())
    assert live and live.commit == "jia"


def test_what_came_back_is_compared(server: Server, remote: Remote, tmp_path: Path) -> None:
    """取回来的和本地的不一样，说是哪一个。"""
    website(tmp_path / "1", "jia")
    remote.store.put(tmp_path / "1", ["index.html", "page-00.html"])
    (tmp_path / "1/page-00.html").write_text("另一样" * 100, encoding="utf-8")
    assert remote.store.different(tmp_path / "1", ["index.html", "page-00.html", "page-01.html"]) == [
        "page-00.html",
        "page-01.html",
    ]

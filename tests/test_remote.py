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
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from servers import KINDS, Server, cut

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


OFTEN = ("服务器", "对象存储")  # 一种一步换成，一种先删再写；别的两种和前一种一样
SOMETIMES = [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.full) for kind in KINDS]
EVERY_KIND = pytest.mark.parametrize("server", KINDS, indirect=True, scope="module")


@pytest.fixture(scope="module", params=SOMETIMES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with KINDS[request.param](tmp_path_factory.mktemp("far")) as running:
        yield running


@pytest.fixture
def remote(server: Server, tmp_path: Path) -> Remote:
    """空的远处。"""
    place = Remote(Store(Target.model_validate({"名称": "远处", **server.entry}), settings_of(server)), tmp_path)
    place.store.delete(files(server.folder))
    return place


ODD = [
    "中文文件夹/年 度.csv",
    "a b/【通知】#1.html",
    "# 开头.html",
    "[x]{y}*.html",
    "问？：.html",
    "50%.html",
    "é.html",
    "'q\".html",
]


@EVERY_KIND
def test_any_name_arrives(server: Server, remote: Remote, tmp_path: Path) -> None:
    """文件名里有中文、空格、各种符号（rclone #3762、#8362），文件夹还没有建：都到得了，也删得掉。"""
    folder = tmp_path / "1"
    for name in ODD:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    entry = {**server.entry, "目录": f"{server.entry.get('目录', '')}/xin/文件 夹".removeprefix("//")}
    place = Remote(Store(Target.model_validate({"名称": "远处", **entry}), settings_of(server)), tmp_path)
    assert place.live() is None
    place.deliver(folder, Manifest("jia", {name: sha256(folder / name) for name in ODD}, commit="jia"), NOW)
    assert set(files(server.folder / "xin/文件 夹")) == {*ODD, MANIFEST}
    place.deliver(folder, Manifest("yi", {ODD[0]: sha256(folder / ODD[0])}, commit="yi"), NOW)
    assert set(files(server.folder / "xin/文件 夹")) == {ODD[0], MANIFEST}


def test_a_name_that_does_not_arrive_is_told(remote: Remote, tmp_path: Path) -> None:
    """rclone 传不了的名字（#6098），不当作传好了。"""
    website(tmp_path / "1", "jia")
    (tmp_path / "1/a‛b.html").touch()
    manifest = Manifest("jia", {name: sha256(tmp_path / "1" / name) for name in files(tmp_path / "1")}, commit="jia")
    with pytest.raises(Refusal, match=r"传上去又取回来，a‛b\.html 和本地的不一样"):
        remote.deliver(tmp_path / "1", manifest, NOW)
    assert remote.live() is None


def test_a_cut_in_the_middle_is_continued(server: Server, remote: Remote, tmp_path: Path) -> None:
    """传到一半断了，再也连不上：一句白话，旧的清单还在；通了接着传，不剩半个文件。"""
    if server.entry["种类"] == "FTP":
        pytest.skip("FTP 另开端口传文件，从中间断不了")
    first, second = website(tmp_path / "1", "jia"), website(tmp_path / "2", "yi")
    (tmp_path / "2/da.bin").write_bytes(random.Random(1).randbytes(400_000))  # noqa: S311
    second = replace(second, files=second.files | {"da.bin": sha256(tmp_path / "2/da.bin")})
    remote.deliver(tmp_path / "1", first, NOW)
    port = int(str(server.entry.get("端口") or str(server.entry["地址"]).rpartition(":")[2]))
    with cut(port, 200_000) as half:
        entry = {**server.entry}
        entry |= {"端口": half} if "端口" in entry else {"地址": f"http://127.0.0.1:{half}"}
        target = Target.model_validate({"名称": "远处", **entry})
        with pytest.raises(Refusal, match=r"远处：(连不上，或传到一半断了|对方没有开这个服务)"):
            Remote(Store(target, settings(target, server.env)), tmp_path).deliver(tmp_path / "2", second, NOW)
    live = remote.live()
    assert live and live.commit == "jia"
    remote.deliver(tmp_path / "2", second, NOW)
    assert there(server) == second.files


def test_a_clock_far_ahead_blocks_nobody(server: Server, remote: Remote, tmp_path: Path) -> None:
    """占住的那台电脑时钟快了几天，又死了：不用等到那一天。"""
    first = website(tmp_path / "1", "jia")
    Remote(remote.store, tmp_path / "other")._claim(first, NOW + datetime.timedelta(days=3), ["page-00.html"])
    remote.deliver(tmp_path / "1", first, NOW)
    assert there(server) == first.files


def test_secrets_are_not_in_the_process_list(server: Server, remote: Remote, tmp_path: Path) -> None:
    """发布的时候一直看进程表：命令行里没有密码、私钥。"""
    first = website(tmp_path / "1", "jia")
    hidden = [
        line for value in server.env.values() for line in value.splitlines() if len(line) > 5 and "--" not in line
    ]
    hidden += [value for name, value in remote.store.env.items() if name.endswith(("PASS", "KEY", "PEM"))]
    seen: set[bytes] = set()
    work = threading.Thread(target=remote.deliver, args=(tmp_path / "1", first, NOW))
    work.start()
    while work.is_alive():
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                seen.add(path.read_bytes())
    ours = [each for each in seen if b"FABU:" in each]
    assert ours
    assert not [each for each in ours for value in hidden if value.encode() in each]


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


@EVERY_KIND
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


@pytest.mark.parametrize("times", [2, pytest.param(30, marks=pytest.mark.full)])
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
        if turn % 3 == 1:
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


def test_an_automatic_run_goes_on_where_another_machine_stopped(
    server: Server, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """自动发布断了，下一次在另一台机器上，马上可以接着。"""
    second = website(tmp_path / "2", "yi")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_REPOSITORY", "zhen/zhuanlan")
    other = Remote(remote.store, tmp_path / "other")
    other._claim(second, NOW, ["page-00.html"])
    remote.deliver(tmp_path / "2", second, NOW + datetime.timedelta(minutes=1))
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

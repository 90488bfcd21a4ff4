"""离线整包：真的解开，用 file:// 在断了网的 Chromium 里打开，搜一次。"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, channels, made, only
from html_pages import dead_links
from playwright.sync_api import Browser

from macros.model import load
from macros.views.shell import updated

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@pytest.fixture
def package(dist: Path) -> Path:
    return only(dist, "offline-*.zip")


@pytest.fixture(scope="module")
def unpacked(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """解在名字里有空格和汉字的文件夹里，像在 U 盘上那样。"""
    target = tmp_path_factory.mktemp("usb") / "U盘 (E) 资料"
    with zipfile.ZipFile(only(dist, "offline-*.zip")) as archive:
        assert archive.testzip() is None
        archive.extractall(target)
    return only(target, "*")


def test_name_carries_the_newest_date_in_the_data(package: Path) -> None:
    """文件名里的日期是内容里最新的日期，不是今天。"""
    assert package.name == f"offline-{updated(load(ROOT))}.zip"


def test_whole_site_is_inside(real_site: Path, unpacked: Path) -> None:
    """网站的文件一个不少、一个字节不差，只去掉给服务器用的几个；链接个个有着落。"""
    left_out = {"404.html", "manifest.json", "sitemap.xml", "sitemap.xml.gz"}
    ours = {p.relative_to(real_site).as_posix(): p for p in real_site.rglob("*") if p.is_file()}
    theirs = {p.relative_to(unpacked).as_posix(): p for p in unpacked.rglob("*") if p.is_file()}
    assert ours.keys() - theirs.keys() <= left_out
    assert theirs.keys() - ours.keys() == {"读我.txt"}
    for name in theirs.keys() & ours.keys():
        assert theirs[name].read_bytes() == ours[name].read_bytes(), name
    assert dead_links(unpacked) == []


def test_names_suit_an_old_windows(package: Path) -> None:
    """只有一个顶层文件夹，名字是 ASCII；没有 Windows 不认的名字，不靠大小写区分，路径不长。"""
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
    assert len({name.split("/")[0] for name in names}) == 1
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not name.isascii()] == [f"{names[0].split('/')[0]}/读我.txt"]
    for name in names:
        assert len(name) <= 120, name
        assert not any(RESERVED.match(part) or re.search(r'[<>:"\\|?*]|[. ]$', part) for part in name.split("/")), name


def test_entries_are_all_alike(package: Path) -> None:
    """时间是内容的日期，权限一样，按名字排；汉字名标明是 UTF-8。"""
    date = updated(load(ROOT)).timetuple()[:3]
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(*date, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert all(entry.flag_bits & 0x800 for entry in entries if not entry.filename.isascii())


def test_same_site_same_bytes(real_site: Path, package: Path, tmp_path: Path) -> None:
    """网站抄到别处、文件时间都变了，打出来的一个字节不差；再做一次，不重做。"""
    copied = tmp_path / "ling-yi-ge"
    shutil.copytree(real_site, copied, copy_function=shutil.copyfile)
    dist = made(copied, tmp_path / "dist", "offline")
    assert (dist / package.name).read_bytes() == package.read_bytes()
    again = channels("offline", "--site", str(copied), "--dist", str(dist))
    assert "没有变化 1 件" in again.stdout


def test_readme_opens_in_an_old_notepad(unpacked: Path) -> None:
    """读我.txt 带 BOM、换行是 CRLF；说清怎么打开、是哪天的、谁主办、是演示。"""
    raw = (unpacked / "读我.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    text = raw.decode("utf-8-sig")
    year, month, day = updated(load(ROOT)).timetuple()[:3]
    for words in (
        f"{year}年{month}月{day}日",
        "示例镇人民政府",
        "演示内容，不代表任何真实乡镇",
        "双击index.html",
        "解压",
    ):
        assert words in text
    assert unpacked.name in text


def test_opens_without_a_network(unpacked: Path, browser: Browser) -> None:
    """断了网，从 file:// 打开首页，点进几页，在首页的框里搜一次：有结果，点得开；没有一个请求出这个文件夹。"""
    said: list[str] = []
    asked: list[str] = []
    with browser.new_context(viewport={"width": 1024, "height": 768}, offline=True) as context:
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto((unpacked / "index.html").as_uri())
        colour = "getComputedStyle(document.querySelector('header.top')).backgroundColor"
        assert tab.evaluate(colour) != "rgba(0, 0, 0, 0)", "样式没有用上"
        for url in ("shuangyong/index.html", "xuexi/falv/guofang-jiaoyu-fa.html", "cunshiguan/shilicun.html"):
            tab.goto((unpacked / url).as_uri())
            assert tab.locator("h1").count() == 1
            # 图坏了，decode 会抛错
            tab.evaluate("Promise.all([...document.images].map(i => (i.loading = 'eager', i.decode())))")
        tab.goto((unpacked / "index.html").as_uri())
        box = tab.locator("form[role=search] input[name=q]").first
        box.fill("优待证")
        box.press("Enter")
        results = tab.locator("#search-results a")
        results.first.wait_for(timeout=15_000)
        assert tab.url.startswith((unpacked / "search.html").as_uri())
        first = results.first.inner_text()
        assert "优待证" in first
        results.first.click()
        tab.wait_for_load_state()
        assert "优待证" in tab.locator("h1").inner_text()
        context.close()
    assert said == []
    assert asked
    foreign = [url for url in asked if not url.startswith(unpacked.as_uri())]
    assert foreign == []


def test_site_without_its_index_is_refused(real_site: Path, tmp_path: Path) -> None:
    """网站里缺搜索的索引：说清缺什么、怎么办，不打出搜不了的包。"""
    broken = tmp_path / "site"
    shutil.copytree(real_site, broken)
    shutil.rmtree(broken / "assets/search")
    done = channels("offline", "--site", str(broken), "--dist", str(tmp_path / "dist"))
    assert done.returncode == 1
    assert "没有搜索的索引；先运行 make site" in done.stdout
    assert not list((tmp_path / "dist").glob("*.zip"))


def test_real_township_is_not_called_a_demonstration(small_dist: Path) -> None:
    """不是演示的乡镇，读我.txt 里没有演示两个字。"""
    with zipfile.ZipFile(only(small_dist, "offline-*.zip")) as archive:
        (readme,) = (name for name in archive.namelist() if name.endswith("读我.txt"))
        text = archive.read(readme).decode("utf-8-sig")
    assert "样板镇国防教育专栏" in text
    assert "演示" not in text

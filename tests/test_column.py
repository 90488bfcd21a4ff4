"""栏目整包：真的解开，真的启动 nginx，挂在子路径下，用客户端和 Chromium 去看。"""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from conftest import PREFIX, ROOT, build, channels, made, only
from html_pages import HTMLParser, dead_links
from playwright.sync_api import Browser

from macros.model import load
from macros.views.assets import addresses
from macros.views.shell import updated

CopySite = Callable[..., Path]
OWN = addresses(ROOT)


def unpack(package: Path, target: Path) -> Path:
    with tarfile.open(package) as archive:
        archive.extractall(target, filter="data")
    return only(target, "column-*")


def links(page: Path | bytes) -> list[str]:
    html = page if isinstance(page, bytes) else page.read_bytes()
    return [node.attributes["href"] or "" for node in HTMLParser(html.decode()).css("a[href]")]


@pytest.fixture(scope="module")
def inside(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """解开的包。"""
    return unpack(only(dist, "column-*.tar.gz"), tmp_path_factory.mktemp("unpacked"))


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


@dataclass
class Server:
    port: int

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found


@pytest.fixture(scope="module")
def server(dist: Path, inside: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """照样例配置启动的 nginx：只换了端口和文件夹。"""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    assert nginx, "没有 nginx；运行 sh tests/prepare.sh"
    root = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sample = (dist / "nginx.conf.sample").read_text(encoding="utf-8")
    ours = {"listen 80;": f"listen 127.0.0.1:{port};", "/var/www/guofang-jiaoyu/": f"{inside}/guofang-jiaoyu/"}
    for written, new in ours.items():
        assert sample.count(written) == 1
        sample = sample.replace(written, new)
    (root / "site.conf").write_text(sample, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {root}/{kind};" for kind in kinds)
    (root / "nginx.conf").write_text(
        "daemon off; master_process off;\n"
        f"pid {root}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {places} include {root}/site.conf; }}\n",
        encoding="utf-8",
    )
    command = [nginx, "-p", str(root), "-e", "stderr", "-c", str(root / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert running.poll() is None, running.stderr and running.stderr.read()
            time.sleep(0.05)
        yield Server(port)
    finally:
        running.terminate()
        running.wait(10)


# ---- 包本身 ----


def test_package_is_ready_to_upload(dist: Path, inside: Path) -> None:
    """一个顶层文件夹，名字带内容的日期；里面是说明、清单、校验值、配置样例和要上传的文件夹。"""
    assert inside.name == f"column-{updated(load(ROOT))}"
    names = {"部署说明.md", "变更清单.txt", "SHA256SUMS", "nginx.conf.sample", "guofang-jiaoyu"}
    assert {path.name for path in inside.iterdir()} == names
    assert (inside / "nginx.conf.sample").read_bytes() == (dist / "nginx.conf.sample").read_bytes()
    assert (inside / "SHA256SUMS").read_bytes() == (dist / "column-SHA256SUMS").read_bytes()
    assert dead_links(inside / "guofang-jiaoyu") == []


def test_files_are_the_built_files(real_site: Path, inside: Path) -> None:
    """上传的就是网站生成的文件，只有 404.html 照要挂的目录改过。"""
    for path in sorted((inside / "guofang-jiaoyu").rglob("*")):
        name = path.relative_to(inside / "guofang-jiaoyu").as_posix()
        if path.is_file() and name != "404.html" and path.suffix != ".gz":
            assert path.read_bytes() == (real_site / name).read_bytes(), name


def test_checksums_hold(inside: Path) -> None:
    """sha256sum -c 全部对得上，一个文件不漏。"""
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=inside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    listed = {line[66:] for line in (inside / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == {p.relative_to(inside).as_posix() for p in (inside / "guofang-jiaoyu").rglob("*") if p.is_file()}


def test_text_files_have_a_packed_twin(inside: Path) -> None:
    """1 KB 以上的文字文件旁边有 .gz，解开一样，里面没有压缩的时间；图片和小文件没有。"""
    packed = 0
    for path in sorted((inside / "guofang-jiaoyu").rglob("*")):
        twin = path.with_name(f"{path.name}.gz")
        if path.suffix in (".html", ".css", ".js", ".csv", ".json", ".ics", ".xml") and path.stat().st_size >= 1024:
            raw = twin.read_bytes()
            assert gzip.decompress(raw) == path.read_bytes(), path.name
            assert raw[4:8] == b"\0\0\0\0"
            assert len(raw) < path.stat().st_size
            packed += 1
        elif path.suffix in (".png", ".jpg") or (path.is_file() and path.stat().st_size < 1024):
            assert not twin.exists(), path.name
    assert packed > 50


def test_same_site_same_bytes(real_site: Path, dist: Path, tmp_path: Path) -> None:
    """网站抄到别处、文件时间都变了，包一个字节不差；再做一次，不重做。"""
    copied = tmp_path / "ling-yi-ge"
    shutil.copytree(real_site, copied, copy_function=shutil.copyfile)
    other = made(copied, tmp_path / "dist", "column", "--prefix", PREFIX)
    package = only(dist, "column-*.tar.gz")
    assert (other / package.name).read_bytes() == package.read_bytes()
    assert gzip.decompress(package.read_bytes())
    assert package.read_bytes()[4:8] == b"\0\0\0\0"
    with tarfile.open(package) as archive:
        entries = archive.getmembers()
    assert [entry.name for entry in entries] == sorted(entry.name for entry in entries)
    assert {(each.mode, each.uid, each.gid, each.uname, each.gname) for each in entries} == {(0o644, 0, 0, "", "")}
    assert len({entry.mtime for entry in entries}) == 1
    again = channels("column", "--site", str(copied), "--dist", str(other), "--prefix", PREFIX)
    assert "做成 0 件" in again.stdout


def test_instructions_give_three_addresses_that_exist(inside: Path) -> None:
    """部署说明写给只会上传的人：三个地址都在包里、在要挂的目录下；演示的写着不要放上去；不一样的网址提醒改。"""
    text = (inside / "部署说明.md").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    addresses = re.findall(r"^\d\. (https://\S+)$", text, re.MULTILINE)
    assert len(addresses) == 3
    for address in addresses:
        path = urlsplit(address).path
        assert path.startswith(PREFIX)
        assert (inside / "guofang-jiaoyu" / path.removeprefix(PREFIX)).is_file()
    assert "演示内容，不代表任何真实乡镇" in text
    for words in ("示例镇国防教育专栏", "示例镇人民政府", "变更清单.txt", "不用改服务器"):
        assert words in text
    assert "网址是https://guofang.shilizhen.example/ ，和这一包要挂的目录不一样" in text
    number = re.findall(r"本包编号：(\w{8})", text)
    assert f"本包编号{number[0]}" in (inside / "变更清单.txt").read_text(encoding="utf-8-sig")


def test_not_found_page_is_for_the_prefix(real_site: Path, inside: Path, copy_site: CopySite) -> None:
    """404 页的链接从要挂的目录写起，指着的页面都在；不写 --prefix 就照网址。"""
    found = links(inside / "guofang-jiaoyu/404.html")
    assert len(found) >= 3
    for target in found:
        assert target.startswith(PREFIX)
        assert (real_site / target.removeprefix(PREFIX)).is_file()
    root = copy_site()
    township = root / "data/township.yml"
    text = township.read_text(encoding="utf-8")
    township.write_text(text.replace("https://yangban.example/", "https://xian.example/ztzl/gf/"), encoding="utf-8")
    assert build(root).returncode == 0
    made(root / "site", root / "dist", "column", root=root)
    page = unpack(only(root / "dist", "*.tar.gz"), root / "out")
    found = links(page / "guofang-jiaoyu/404.html")
    assert found
    assert all(target.startswith("/ztzl/gf/") for target in found)
    words = (page / "部署说明.md").read_text(encoding="utf-8-sig")
    assert "https://xian.example/ztzl/gf/index.html" in words
    assert "不一样" not in words
    assert "演示" not in words


@pytest.mark.parametrize("wrong", ["zt/guofang/", "/zt/guofang", "/专题/", "/a b/", "//x/", '/"; }/'])
def test_wrong_prefix_is_refused(real_site: Path, tmp_path: Path, wrong: str) -> None:
    """目录写错：说清怎么写，不打包，也不动上一包的记录。"""
    done = channels("column", "--site", str(real_site), "--dist", str(tmp_path), "--prefix", wrong)
    assert done.returncode == 1
    assert f"--prefix「{wrong}」的写法不对；以 / 开头、以 / 结尾，如 /zt/guofang/" in done.stdout
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("column", "nginx"))]


# ---- 变更清单 ----


def changes(package: Path, target: Path) -> dict[str, list[str]]:
    text = (unpack(package, target) / "变更清单.txt").read_bytes().decode("utf-8-sig")
    assert "\r\n" in text
    parts: dict[str, list[str]] = {}
    for block in text.replace("\r\n", "\n").split("\n\n"):
        title, *names = block.strip().split("\n")
        if title[:2] in ("新增", "改动", "删除"):
            parts[title[:2]] = names
    return parts


def test_changes_against_the_last_package(real_site: Path, tmp_path: Path) -> None:
    """改一页、加一页、删一页：清单里正好是这几个（连同 .gz）；同样的再做一遍清单不变；第三包和第二包比。"""
    site, dist = tmp_path / "site", tmp_path / "dist"
    shutil.copytree(real_site, site)
    package = only(made(site, dist, "column"), "*.tar.gz")
    first = changes(package, tmp_path / "1")
    assert first.keys() == {"新增"}
    assert "index.html" in first["新增"]

    changed = site / "shuju/kaifang/2025.csv"
    changed.write_bytes(changed.read_bytes() + "备注\r\n".encode())
    (site / "guanyu/xin.html").write_text("<!doctype html>" + "新的一页" * 400, encoding="utf-8")
    (site / "xuexi/guoqi.html").unlink()
    made(site, dist, "column")
    second = changes(package, tmp_path / "2")
    assert second == {
        "新增": ["guanyu/xin.html", "guanyu/xin.html.gz"],
        "改动": ["shuju/kaifang/2025.csv", "shuju/kaifang/2025.csv.gz"],
        "删除": ["xuexi/guoqi.html", "xuexi/guoqi.html.gz"],
    }
    text = (only(tmp_path / "2", "column-*") / "变更清单.txt").read_text(encoding="utf-8-sig")
    assert "新增2个，改动2个，删除2个" in text

    bytes_before = package.read_bytes()
    package.unlink()
    made(site, dist, "column")
    assert package.read_bytes() == bytes_before

    (site / "guanyu/xin.html").unlink()
    made(site, dist, "column")
    assert changes(package, tmp_path / "3") == {"删除": ["guanyu/xin.html", "guanyu/xin.html.gz"]}


# ---- nginx ----


def test_every_page_is_served_under_the_prefix(server: Server, inside: Path) -> None:
    """每个文件都取得到，字节一样；没有斜杠的目录会转过去；目录外面没有东西。"""
    site = inside / "guofang-jiaoyu"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            answer = server.get(PREFIX + quote(name))
            assert (answer.status, answer.body) == (200, path.read_bytes()), name
    assert server.get(PREFIX).body == (site / "index.html").read_bytes()
    moved = server.get(PREFIX[:-1])
    assert (moved.status, moved.header("Location")) == (301, PREFIX)
    assert server.get("/index.html").status == 404


def test_headers_are_on_every_answer(server: Server, inside: Path) -> None:
    """网页、样式、下载、404 都带着 nosniff、Referrer-Policy 和 CSP；CSP 就是网页自己写的，只多了 404 页要的。"""
    for path in ("index.html", OWN["site.css"], "shuju/kaifang/quanbu.csv", "meiyou.html"):
        answer = server.get(PREFIX + path)
        assert answer.header("X-Content-Type-Options") == "nosniff", path
        assert answer.header("X-Frame-Options") == "SAMEORIGIN"
        assert answer.header("Referrer-Policy") == "strict-origin-when-cross-origin"
        assert re.fullmatch(r"nginx", answer.header("Server")), "不报版本"
    tree = HTMLParser((inside / "guofang-jiaoyu/search.html").read_text(encoding="utf-8"))
    node = tree.css_first("meta[http-equiv=Content-Security-Policy]")
    assert node
    meta = (node.attributes["content"] or "").split("; ")
    header = server.get(f"{PREFIX}index.html").header("Content-Security-Policy").split("; ")
    assert header[-1] == "frame-ancestors 'self'"
    for_404 = r"(?<=style-src 'self') 'sha256-[^']+'|(?<=img-src 'self') data:"
    assert [re.sub(for_404, "", part) for part in header[:-1]] == meta


@pytest.mark.parametrize(
    ("path", "kind", "seconds"),
    [
        ("index.html", "text/html; charset=utf-8", 300),
        ("search.html", "text/html; charset=utf-8", 300),
        (OWN["site.css"], "text/css; charset=utf-8", "31536000, immutable"),
        (OWN["site.js"], "text/javascript; charset=utf-8", "31536000, immutable"),
        ("assets/favicon.svg", "image/svg+xml", 604800),
        ("assets/search/core.js", "text/javascript; charset=utf-8", 300),
        ("cunshiguan/shilicun.assets/shimo.svg", "image/svg+xml", 604800),
        ("shuju/kaifang/quanbu.csv", "text/csv; charset=utf-8", 300),
        ("rili/2026.ics", "text/calendar; charset=utf-8", 300),
        ("rss.xml", "application/xml; charset=utf-8", 300),
    ],
)
def test_kind_and_age(server: Server, path: str, kind: str, seconds: int | str) -> None:
    """类型写对；名字带散列的一直存着，图片存得久，网页、数据和搜索的索引存得短；压缩的也一样。"""
    for answer in (server.get(PREFIX + path), server.get(PREFIX + path, Accept_Encoding="gzip")):
        assert answer.status == 200
        assert answer.header("Content-Type") == kind
        assert answer.header("Cache-Control") == f"public, max-age={seconds}"


def test_packed_files_are_sent(server: Server, inside: Path) -> None:
    """浏览器收压缩的，就发包里的 .gz，原样；不收的，发没压的。没变过的只答 304。"""
    for name in ("index.html", OWN["site.css"], "assets/search/core.js", "rili/zhongyao-rizi.ics"):
        path = inside / "guofang-jiaoyu" / name
        packed = server.get(PREFIX + name, Accept_Encoding="gzip")
        assert packed.header("Content-Encoding") == "gzip", name
        assert "Accept-Encoding" in packed.header("Vary")
        assert packed.body == path.with_name(f"{path.name}.gz").read_bytes()
        plain = server.get(PREFIX + name)
        assert plain.header("Content-Encoding") == ""
        assert plain.body == path.read_bytes()
        assert server.get(PREFIX + name, If_None_Match=plain.header("ETag")).status == 304


@pytest.mark.parametrize("path", ["meiyou.html", "a/b/c/d/e", "shuangyong/2026/", "assets/", "%E6%B2%A1%E6%9C%89.html"])
def test_not_found_at_any_depth(server: Server, path: str) -> None:
    """哪一层都给同一张 404 页，状态是 404，不列目录；上面的链接都打得开。"""
    answer = server.get(PREFIX + path)
    assert answer.status == 404
    assert "<h1>没有这个页面</h1>" in answer.body.decode()
    found = [urljoin(PREFIX + path, target) for target in links(answer.body)]
    assert len(found) >= 3
    assert [server.get(target).status for target in found] == [200] * len(found)


def test_in_a_real_browser(server: Server, browser: Browser) -> None:
    """Chromium 打开：样式和脚本都没有被 CSP 挡住，搜索有结果，404 页有样式、点得回首页，不联别家。"""
    base = f"http://127.0.0.1:{server.port}{PREFIX}"
    said: list[str] = []
    asked: list[str] = []
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        for url in ("index.html", "shuju/index.html", "cunshiguan/shilicun.html", "rili/2026.html"):
            tab.goto(base + url)
        tab.goto(f"{base}search.html?q=国防教育日")
        tab.locator("#search-results a").first.wait_for(timeout=15_000)
        assert said == []
        answer = tab.goto(f"{base}a/b/meiyou.html")
        assert answer
        assert answer.status == 404
        style = tab.evaluate("getComputedStyle(document.querySelector('ul')).listStyleType")
        assert style == "none", "404 的样式被挡住了"
        assert all("404" in line for line in said), said
        tab.get_by_role("link", name="首页").click()
        assert tab.url == f"{base}index.html"
        assert tab.locator("header.top").count() == 1
    assert all(url.startswith(base) for url in asked), asked

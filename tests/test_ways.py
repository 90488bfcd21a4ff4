"""编辑人员的路：网页上的编辑链接，写给编辑的说明和图，托管平台上的工作流。"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import ROOT, build, check, copy
from html_pages import page, pages

from channels import sections, wechat
from channels.job import Built
from checks import Subject, online, run
from macros.model import load
from macros.model.textreader import read

EDIT = "https://git.example/zhen/zhuanlan/edit/main/"
NEW = "https://git.example/zhen/zhuanlan/new/main/"


# ---- 编辑此页、写一篇活动 ----


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """填了仓库网址的小网站，生成好了。"""
    root = copy("publishable", tmp_path_factory.mktemp("ways") / "site")
    town = root / "data/township.yml"
    text = town.read_text(encoding="utf-8")
    town.write_text(f"{text}仓库:\n  编辑: {EDIT}\n  新建: {NEW}\n", encoding="utf-8")
    guide = root / "docs/guanyu/bianji-zhinan.md"
    guide.write_text("---\n摘要: 写给编辑看的一页\n复核: 2026-11-20\n---\n\n# 编辑指南\n\n正文。\n", encoding="utf-8")
    (root / "docs/_moban").mkdir()
    (root / "docs/_moban/huodong.md").write_bytes((ROOT / "docs/_moban/huodong.md").read_bytes())
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def links(folder: Path, url: str) -> dict[str, str]:
    """一页上通到仓库的链接：字 → 网址。"""
    found = page(folder / url).css('a[href^="https://git.example/"]')
    assert all(node.attributes["rel"] == "noopener noreferrer" for node in found)
    return {node.text(): node.attributes["href"] or "" for node in found}


def test_every_page_can_be_edited(linked: Path) -> None:
    """每页一个“编辑此页”，通到这一页的源文件；馆、指南、年度数据另有通到数据的。"""
    site = load(linked)
    for each in site.pages:
        shown = links(linked / "site", each.url)
        assert shown["编辑此页"] == f"{EDIT}{each.file}", each.url
        assert (linked / shown["编辑此页"].removeprefix(EDIT)).is_file()
        facts = shown.get("编辑此页的数据", "").removeprefix(EDIT)
        assert bool(facts) == bool(site.records(each)), each.url
        assert not facts or (linked / facts).is_file()
        assert ("写一篇活动" in shown) == (each.url == "guanyu/bianji-zhinan.html")


def test_a_new_activity_opens_with_the_template(linked: Path) -> None:
    """“写一篇活动”：最近一年的文件夹，模板已经填在里面；网址不长过托管平台收的。"""
    target = links(linked / "site", "guanyu/bianji-zhinan.html")["写一篇活动"]
    parts = urlsplit(target)
    assert target.startswith(f"{NEW}docs/shuangyong/2026?")
    asked = parse_qs(parts.query)
    assert asked["value"] == [(ROOT / "docs/_moban/huodong.md").read_text(encoding="utf-8")]
    assert asked["filename"] == ["xin-huodong.md"]
    assert len(target) < 8000


def test_the_links_pass_the_checks(linked: Path) -> None:
    """自己的仓库不用登记到 links.yml；页面里写的也认。"""
    path = linked / "docs/minbing/index.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n[改这一页]({EDIT}docs/minbing/index.md)\n", encoding="utf-8")
    subject = Subject(load(linked), datetime.date(2026, 11, 24), linked / "site")
    said = [str(problem) for problem in run(subject, ["pages", "built"])]
    path.write_text(before, encoding="utf-8")
    assert said == []


def test_another_repository_is_still_outside(linked: Path, tmp_path: Path) -> None:
    """别的仓库照样要登记。"""
    subject = Subject(load(linked), datetime.date(2026, 11, 24), tmp_path)
    text = (linked / "site/minbing/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(text.replace(EDIT, "https://git.example/bieren/"), encoding="utf-8")
    said = [str(problem) for problem in run(subject, ["built"])]
    assert any("外部链接 https://git.example/bieren/docs/minbing/index.md 没有登记" in each for each in said)


def test_only_the_website_carries_the_links(linked: Path) -> None:
    """搜索、订阅、公众号、海报里都没有编辑链接；它们都在打印时不印的 .tools 里。"""
    folder = linked / "site"
    for path in folder.rglob("*"):
        if path.suffix in (".js", ".xml", ".ics", ".json") and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "git.example" not in text, path.name
            assert "编辑此页" not in text, path.name
    for url in pages(folder):
        for node in page(folder / url).css('a[href^="https://git.example/"]'):
            assert "tools" in (node.parent.attributes["class"] or "").split() if node.parent else False
        html = (folder / url).read_text(encoding="utf-8")
        assert "编辑此页" not in str(sections.sections(read(html, url))), url
    made = [job.make() for job in wechat.jobs(Built(load(linked), folder, linked / "dist"))]
    assert made
    assert not any("编辑此页".encode() in content or b"git.example" in content for content in made)


def test_no_repository_no_links(real_site: Path) -> None:
    """没有填仓库：一个编辑链接也没有，也没有空的段落。"""
    for url in pages(real_site):
        tree = page(real_site / url)
        assert not {node.text() for node in tree.css("a")} & {"编辑此页", "编辑此页的数据", "写一篇活动"}
        assert tree.css(".tools.meta") == []


# ---- 写给编辑的说明 ----

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """本项目的 docs/ 和 data/，随便改。"""
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_findings_in_the_guide_are_real(content: Path) -> None:
    """说明里的报错例子，照样写坏就真的报出来，一字不差。"""
    spoil(content / "data/halls/shilicun.yml", "星期二: 9:00—11:30，14:00—16:30", "星期二: 上午九点")
    spoil(content / "docs/shuangyong/2026/chunjie-weiwen.md", "来源: 示例镇退役", "来源: 示例镇退伍")
    year = (content / "data/_moban/niandu.yml").read_text(encoding="utf-8")
    page_ = (content / "docs/_moban/niandu.md").read_text(encoding="utf-8")
    (content / "data/years/2026.yml").write_text(year.replace("状态: 待公布  ", "值: 十二  "), encoding="utf-8")
    (content / "docs/shuju/2026.md").write_text(page_, encoding="utf-8")
    said = check(content).stdout
    shown = re.findall(r"^(?:data|docs)/.*: (?:错误|提醒) .*$", GUIDE, re.M)
    assert len(shown) == 3
    assert [line for line in shown if line not in said] == [], said


def test_the_exemption_in_the_guide_works(content: Path) -> None:
    """说明里的放行例子，抄进 exemptions.yml 就放行；过了日期又报。"""
    example = re.search(r"^- 检查: terms\n(?:  .*\n)+", GUIDE, re.M)
    assert example
    activity = content / "docs/shuangyong/2026/chunjie-weiwen.md"
    text = activity.read_text(encoding="utf-8").replace("2026年2月17日是春节。", "照片背面写着“退伍留念”。")
    (activity.parent / "lao-zhaopian.md").write_text(text, encoding="utf-8")
    assert "「退伍」" in check(content, "terms").stdout
    rules = content / "data/rules/exemptions.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + example[0], encoding="utf-8")
    assert check(content, "data", "terms").stdout == "检查通过：没有发现问题。\n"
    assert "「退伍」" in check(content, "terms", as_of="2028-01-01").stdout


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "STYLE.md"])
def test_the_laws_cited_to_staff_are_right(content: Path, name: str) -> None:
    """说明和文风规定里引的法条，和核对过的一样，连提醒也没有。"""
    words = (ROOT / name).read_text(encoding="utf-8")
    assert "第三十五条" in words or "第四十七条" in words
    (content / "docs/minbing/shuoming.md").write_text(
        f"---\n摘要: 写给编辑的说明\n复核: 2026-11-20\n---\n\n{words}", encoding="utf-8"
    )
    said = [line for line in check(content, "law").stdout.split("\n") if "shuoming" in line]
    assert [line for line in said if "没有《" not in line] == []


def test_the_pictures_are_small_and_shown() -> None:
    """五件事各一张图：SVG，不过 6 KB，有名字，不向外要东西，没有用不到的；说明里三步一件。"""
    tasks = GUIDE.split("## 五件常做的事")[1].split("\n## ")[0].split("\n### ")[1:]
    shown = [re.search(r"!\[[^\]]{8,}\]\((\.github/readme/[a-z-]+\.svg)\)", task) for task in tasks]
    assert len(tasks) == 5
    assert {match[1] for match in shown if match} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/readme").glob("*.svg")
    }
    for task, match in zip(tasks, shown, strict=True):
        assert re.findall(r"^(\d)\. ", task, re.M) == ["1", "2", "3"]
        drawing = (ROOT / match[1]).read_text(encoding="utf-8") if match else ""
        assert len(drawing.encode()) <= 6000
        assert "<title>" in drawing
        assert not re.search(r"<(image|script|use)|href=|url\(", drawing)


def test_files_named_to_staff_exist() -> None:
    """说明里写的文件和 make 的词都真有。"""
    for name in re.findall(r"`((?:data|docs)/[a-z_/-]+(?:\.yml|\.md|/))`", GUIDE):
        assert (ROOT / name).exists(), name
    assert set(re.findall(r"`make ([a-z-]+)", GUIDE)) <= targets()


# ---- 外部链接、托管平台 ----


class _Answers(BaseHTTPRequestHandler):
    """/200 好的，/404 没有了，/403 不让看，/zou 跳到别的主机。"""

    def do_GET(self) -> None:
        code = {"/zou": 302}.get(self.path) or int(self.path[1:])
        self.send_response(code)
        if code == 302:
            self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """不打日志。"""


def test_outside_links_are_opened() -> None:
    """打得开的不说；没有了、打不开是错误；不让程序看、跳到别的网站是提醒。"""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    said = {path: online.verdict(f"{base}/{path}") for path in ("200", "404", "410", "403", "500", "zou")}
    server.shutdown()
    server.server_close()
    assert said["200"] is None
    levels = {path: found[0] for path, found in said.items() if found}
    assert levels == {"404": "错误", "410": "错误", "403": "提醒", "500": "提醒", "zou": "提醒"}
    assert said["zou"] and "跳到了别的网站 localhost" in said["zou"][1]
    closed = online.verdict(f"{base}/200")
    assert closed and closed[0] == "错误" and "打不开" in closed[1]


def test_outside_links_point_at_their_line() -> None:
    """报在 links.yml 写网址的那一行。"""

    def gone(url: str) -> str:
        raise OSError(url)

    found = list(online.online(ROOT, gone))
    lines = (ROOT / "data/links.yml").read_text(encoding="utf-8").split("\n")
    assert len(found) == len(load(ROOT).links)
    for problem in found:
        assert "网址:" in lines[problem.line - 1]
        assert re.fullmatch(r"data/links\.yml:\d+:\d+: 错误 L-2 https://\S+ 打不开（OSError）；.+", str(problem))


def targets() -> set[str]:
    """Makefile 里的词。"""
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def workflow(path: Path) -> dict[str, object]:
    read: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def steps(path: Path) -> list[dict[str, str]]:
    jobs = workflow(path)["jobs"]
    assert isinstance(jobs, dict)
    return [step for job in jobs.values() for step in job["steps"]]


def test_several_townships_in_one_repository(tmp_path: Path) -> None:
    """HACKING.md 里“全县”那份：只调用 make；一个分支一个乡镇，各出各的网站，写坏的一个不连累别的。"""
    found = re.search(r"```yaml\n(name: 全县\n.*?)```", (ROOT / "HACKING.md").read_text(encoding="utf-8"), re.S)
    assert found
    path = tmp_path / "county.yml"
    path.write_text(found[1], encoding="utf-8")
    job = workflow(path)["jobs"]["site"]  # type: ignore[index]
    towns = job["strategy"]["matrix"]["town"]
    assert job["strategy"]["fail-fast"] is False and len(towns) == 3
    assert job["steps"][0]["with"]["ref"] == "${{ matrix.town }}"
    runs = [step["run"].removeprefix("make ") for step in steps(path) if "run" in step]
    assert runs == ["check", "site", "check-site", "package"] and set(runs) <= targets()
    repository = copy("publishable", tmp_path / "county")
    git(repository, "init", "-q", "-b", "main")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "代码")
    town = repository / "data/township.yml"
    good = town.read_text(encoding="utf-8")
    for name in towns:
        git(repository, "checkout", "-q", "-b", name, "main")
        broken = "主办单伟:" if name == towns[1] else "主办单位:"
        town.write_text(good.replace("样板镇", name).replace("主办单位:", broken), encoding="utf-8")
        git(repository, "commit", "-qam", name)
    done = {}
    for name in towns:
        git(repository, "checkout", "-q", name)
        done[name] = build(repository, "--site-dir", str(tmp_path / name))
    assert [each.returncode for each in done.values()] == [0, 1, 0]
    assert "是不是「主办单位」" in done[towns[1]].stderr
    for name in (towns[0], towns[2]):
        home = (tmp_path / name / "index.html").read_text(encoding="utf-8")
        assert [other for other in towns if other in home] == [name]


def test_the_network_is_not_needed_to_check() -> None:
    """make check 不联网：联网的只在每周的工作流里。"""
    weekly = {step.get("run") for step in steps(ROOT / ".github/workflows/weekly.yml")}
    assert weekly >= {"make links", "make freshness", "make audit"}
    for path in WORKFLOWS:
        if path.stem != "weekly":
            assert not {"make links", "make audit"} & {step.get("run") for step in steps(path)}


def test_the_forms_are_read() -> None:
    """纠错的表：哪一页、哪里不对必填；没有空白的表。"""
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    form = yaml.safe_load((folder / "jiucuo.yml").read_text(encoding="utf-8"))
    required = [e["attributes"]["label"] for e in form["body"] if e.get("validations", {}).get("required")]
    assert required == ["哪一页", "哪里不对"]
    assert yaml.safe_load((folder / "config.yml").read_text(encoding="utf-8")) == {"blank_issues_enabled": False}
    owners = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    for name in re.findall(r"^/(\S+)", owners, re.M):
        assert (ROOT / name).exists(), name


def git(cwd: Path, *command: str, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "MAKE", "MFLAGS"))}
    who = ["-c", "user.name=x", "-c", "user.email=x@example.invalid"]
    return subprocess.run(
        ["git", *who, *command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=not may_fail
    )

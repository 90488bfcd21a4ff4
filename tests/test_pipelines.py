"""各家平台的流水线，照写的走一遍：合并请求、合并、发布、记录。

真的服务器（OpenSSH、pyftpdlib、rclone 的 WebDAV 和 S3、一个仓库的网页分支），真的裸仓库，nginx 给人看。
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import weixin_server
import yaml
from conftest import ROOT, SITES, check, copy, edit, mkdocs_yml
from pipelines import GITEA, GITHUB, GITLAB, HOST, NAME, WHO, Actions, GitLab, git, read
from recipes import VENV
from servers import KINDS, Server, nginx
from weixin_server import Weixin

from macros.model.refusal import Refusal
from release.approval import approve
from release.artifact import MANIFEST, read_manifest
from release.commit import record
from release.due import due

CODE = ("macros", "checks", "papers", "channels", "release", "overrides", "hooks", ".gitea", ".github")
FILES = ("Makefile", "requirements.txt", "requirements-dev.txt", ".gitattributes", ".gitignore", ".gitlab-ci.yml")
PAGE = "docs/minbing/index.md"
CHECK, PUBLISH, _ = GITHUB
OURS = {"FABU_WEIXIN_JI": "zhen-li"}  # 镇里有一台地址固定的运行机
People = tuple[str, list[str]]  # 接口的地址；点了同意的人


@dataclass(frozen=True)
class Town:
    """servers：各个去处；pages：网页分支在的仓库；front：nginx 的网址；certificate：它的证书；weixin：公众号。"""

    servers: dict[str, Server]
    pages: Path
    front: str
    certificate: Path
    weixin: Weixin

    @property
    def secrets(self) -> dict[str, str]:
        places = {key: value for server in self.servers.values() for key, value in server.env.items()}
        return {**places, "FABU_WEIXIN": weixin_server.SECRET}

    @property
    def machine(self) -> dict[str, str]:
        """运行的机器认得 nginx 的证书，公众号的接口是替身。"""
        return {
            "SSL_CERT_FILE": str(self.certificate),
            "WEIXIN_API": self.weixin.url,
            "NO_PROXY": "127.0.0.1",
        }

    @property
    def entries(self) -> str:
        rows = [{"名称": f"去处{kind}", **server.entry} for kind, server in self.servers.items()]
        rows[0] |= {"网址": self.front, "需签发": "是"}
        rows.append({"名称": "网页", "种类": "托管平台", "仓库": str(self.pages), "分支": "pages"})
        rows.append({"名称": "公众号", "种类": "微信草稿", "公众号": weixin_server.APP, "密钥": "FABU_WEIXIN"})
        return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False)

    def live(self) -> dict[str, str]:
        """各处现在是哪个提交的。"""
        found = {}
        for kind, server in self.servers.items():
            manifest = read_manifest(server.folder)
            found[kind] = manifest.commit if manifest else ""
        shown = git(self.pages, "show", f"pages:{MANIFEST}", check=False)
        found["网页"] = json.loads(shown)["commit"] if shown.startswith("{") else ""
        return found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    home = tmp_path / "town"
    home.mkdir()
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(start(home / kind)) for kind, start in KINDS.items()}
        front, certificate = stack.enter_context(nginx(servers["服务器"].folder, home / "nginx"))
        git(home, "init", "-q", "--bare", "-b", "pages", "pages.git")
        weixin = Weixin()
        api = stack.enter_context(weixin_server.serve(weixin))
        yield Town(servers, home / "pages.git", front, certificate, weixin)
        api.shutdown()


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一个正式的乡镇的仓库；裸的，只看不改。"""
    home = tmp_path_factory.mktemp("seed")
    source = home / "source"
    shutil.copytree(SITES / "publishable", source)
    quiet = shutil.ignore_patterns("__pycache__")
    for name in ("docs/assets", "data/rules", *CODE):
        shutil.copytree(ROOT / name, source / name, dirs_exist_ok=True, ignore=quiet)
    for name in FILES:
        shutil.copy(ROOT / name, source)
    (source / "mkdocs.yml").write_text(mkdocs_yml(), encoding="utf-8")
    git(source, "init", "-q", "-b", "main")
    git(source, "add", "-A")
    git(source, "commit", "-q", "-m", "开始")
    git(home, "clone", "-q", "--bare", str(source), "bare.git")
    return home / "bare.git"


@dataclass(frozen=True)
class Desk:
    """编辑的电脑：work 是取来的一份，bare 是仓库。"""

    work: Path
    bare: Path

    @property
    def main(self) -> str:
        return git(self.bare, "rev-parse", "main").strip()

    def write(self, old: str, new: str, words: str, branch: str = "main") -> str:
        """改一页，提交，推。"""
        git(self.work, "pull", "-q", "--rebase", "origin", "main")
        git(self.work, "checkout", "-q", "-B", branch)
        edit(self.work / PAGE, old, new)
        git(self.work, "commit", "-q", "-a", "-m", words)
        git(self.work, "push", "-q", "--force", "origin", branch)
        return git(self.work, "rev-parse", "HEAD").strip()

    def merge(self, branch: str) -> None:
        git(self.work, "checkout", "-q", "main")
        git(self.work, "merge", "-q", "--no-ff", "-m", f"合并 {branch}", branch)
        git(self.work, "push", "-q", "origin", "main")


@pytest.fixture
def desk(seed: Path, tmp_path: Path, town: Town) -> Desk:
    """写好了去处。"""
    git(tmp_path, "clone", "-q", "--bare", str(seed), "bare.git")
    git(tmp_path, "clone", "-q", str(tmp_path / "bare.git"), "work")
    ours = Desk(tmp_path / "work", tmp_path / "bare.git")
    (ours.work / "data/fabu.yml").write_text(town.entries, encoding="utf-8")
    git(ours.work, "add", "data/fabu.yml")
    git(ours.work, "commit", "-q", "-m", "写上去处")
    git(ours.work, "push", "-q", "origin", "main")
    return ours


@pytest.fixture
def people() -> Iterator[People]:
    """平台的接口：谁点了同意。"""
    said: list[str] = []

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == f"/repos/{NAME}/actions/runs/42/approvals"
            assert self.headers["Authorization"] == "Bearer ping-tai-ling-pai"
            body = json.dumps([{"state": "approved", "user": {"login": name}} for name in said]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """不打日志。"""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", said
    server.shutdown()
    server.server_close()


def published(desk: Desk, town: Town, commit: str, by: str) -> None:
    """各处都是这个提交的，草稿箱里一篇一份；记录推上去了，只动了记录，有标签；打开 nginx 看是新的。"""
    assert town.live() == dict.fromkeys([*KINDS, "网页"], commit)
    assert git(desk.bare, "rev-parse", "main~1").strip() == commit
    changed = git(desk.bare, "diff", "--name-only", "main~1", "main").split()
    assert changed == ["data/published.csv", "data/releases.csv", "data/weixin.csv"]
    titles = town.weixin.titles()
    assert titles and len(titles) == len(set(titles)) and town.weixin.wrong == []
    assert "[skip ci]" in git(desk.bare, "log", "-1", "--format=%s", "main")
    (tag,) = git(desk.bare, "tag", "--points-at", commit).split()
    words = git(desk.bare, "tag", "--list", "--format=%(contents)", tag)
    assert re.fullmatch("release-[0-9]{8}-[0-9]{6}", tag)
    assert all(f"去处{kind}" in words for kind in KINDS) and by in words
    trusted = ssl.create_default_context(cafile=str(town.certificate))
    with urllib.request.urlopen(f"{town.front}minbing/index.html", context=trusted) as answer:  # noqa: S310
        assert "法律里写得清楚" in answer.read().decode()


# ---- 文件本身 ----


def test_the_platforms_would_take_the_files() -> None:
    """照各家公布的格式：没有不认识的键、写错的值。"""
    kinds = {"vendor.github-workflows": [*GITHUB, *GITEA], "vendor.gitlab-ci": [GITLAB]}
    for schema, paths in kinds.items():
        options = ["--builtin-schema", schema, *(["--data-transform", "gitlab-ci"] if paths == [GITLAB] else [])]
        command = [sys.executable, "-m", "check_jsonschema", *options, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


WORDS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
PREVIEW = (
    'echo "[网站的预览和审批单]($PREVIEW)：下载，解开，打开 site/index.html、dist/sheet.html" >> "$GITHUB_STEP_SUMMARY"'
)


def test_pipelines_only_call_make() -> None:
    """每一句是 make 加一个真有的词；GitHub 上用的动作钉在完整的版本号，Gitea 上传下载用第 3 版。"""
    jobs = [(path, job) for path in (*GITHUB, *GITEA) for job in read(path)["jobs"].values()]
    steps = [(path, step) for path, job in jobs for step in job["steps"]]
    for path, step in steps:
        pinned = r"actions/[a-z-]+@v\d+\.\d+\.\d+" if path in GITHUB else r"actions/[a-z-]+@v\d"
        assert "run" in step or re.fullmatch(pinned, step["uses"]), step
        if "artifact" in step.get("uses", "") and path in GITEA:
            assert step["uses"].endswith("@v3")
    lines = [step["run"] for _, step in steps if "run" in step]
    lines += [line for job in read(GITLAB).values() if "script" in job for line in job["script"]]
    lines = [line.removeprefix("CODE_QUALITY=gl-code-quality.json ") for line in lines]
    assert {line for line in lines if line.removeprefix("make ") not in WORDS} == {PREVIEW, "make $WORD"}
    assert set(read(GITLAB)["每周"]["parallel"]["matrix"][0]["WORD"]) <= WORDS


def test_only_the_last_step_may_write() -> None:
    """只有记录那一步能写仓库；密码只给有环境的两步；data/fabu.yml 里示范的名字，工作流里都有。"""
    for path in GITHUB:
        assert read(path)["permissions"] == {"contents": "read"}
    for path in (*GITHUB, *GITEA):
        for name, job in read(path)["jobs"].items():
            assert (job.get("permissions", {}).get("contents") == "write") is (name == "record")
            if "secrets." in str(job):
                assert name in ("publish", "drafts", "record") and (
                    path in GITEA or job["environment"] in ("fabu", "jilu")
                )
    named = set(re.findall(r"FABU_[A-Z]+", (ROOT / "data/fabu.yml").read_text(encoding="utf-8")))
    for folder in (".github", ".gitea"):
        jobs = read(ROOT / folder / "workflows/publish.yml")["jobs"]
        steps = [*jobs["publish"]["steps"], *jobs["drafts"]["steps"]]
        given = [step["env"] for step in steps if step.get("run") in ("make publish", "make wechat")]
        assert named <= {name for env in given for name in env}


def test_every_pipeline_reaches_its_end(seed: Path, tmp_path: Path) -> None:
    """每个文件、每种起因走一遍，只看走不走得通：表达式、条件、成品、先后。真的运行在下面。"""
    commit = git(seed, "rev-parse", "main").strip()
    git(seed, "update-ref", "refs/pull/1/merge", commit)
    asked = {"push": "main", "pull_request": "gaojian", "schedule": "main", "workflow_dispatch": "main"}
    ends = {}
    for path in (*GITHUB, *GITEA):
        for event, branch in asked.items():
            home = tmp_path / f"{path.parent.parent.name}-{path.stem}-{event}"
            given: Given = {"event": event, "branch": branch, "commit": commit, "before": commit, "base": commit}
            given["settings"] = OURS
            ends[home.name] = Actions(home, seed, dry=True, **given).play(path)
    tried = {name: set(results.values()) for name, results in ends.items() if results}
    skipping = {".gitea-publish-push"}
    assert {name for name, results in tried.items() if results != {"success"}} == skipping
    assert set(tried) == {
        *(f"{home}-{name}" for home in (".github", ".gitea") for name in ("check-pull_request", "publish-push")),
        *(f"{home}-weekly-{event}" for home in (".github", ".gitea") for event in ("schedule", "workflow_dispatch")),
        ".gitea-publish-workflow_dispatch",
    }
    for source in ("push", "merge_request_event", "schedule"):
        given = {"dry": True, "source": source, "commit": commit, "pressed": ("发布",), "settings": OURS}
        pipeline = GitLab(tmp_path / source, seed, **given)
        results = pipeline.play(GITLAB)
        assert set(results.values()) == {"success", "absent"}, results


def test_the_demonstration_is_only_shown(tmp_path: Path) -> None:
    """演示的走完发布的工作流：只留预览，不问签发，不发。"""
    said = {}
    for case in ("publishable", "demo"):
        root = copy("publishable", tmp_path / case)
        if case == "demo":
            edit(root / "data/township.yml", "演示: 否", "演示: 是")
        row = f"- {{名称: 甲, 种类: 文件夹, 目录: {tmp_path}/www}}\n"
        (root / "data/fabu.yml").write_text(row, encoding="utf-8")
        git(root, "init", "-q", "-b", "main")
        git(root, "commit", "-q", "--allow-empty", "-m", "x")
        output = tmp_path / f"{case}.txt"
        said[case] = due(root, {"GITHUB_OUTPUT": str(output)}), output.read_text(encoding="utf-8")
    assert said["demo"] == ("这是演示网站，不发布。", "due=no\n")
    assert said["publishable"][0].startswith("要发布到：甲。内容编号 ")
    assert said["publishable"][1] == "due=yes\n"


def test_gitlab_lists_every_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code Quality：每一处一条，文件、行、轻重都对，一条一个指纹。"""
    root = copy("publishable", tmp_path / "root")
    for name in ("minbing/index.md", "guanyu/yinsi.md"):
        edit(root / "docs" / name, "复核: 2026-11-20", "复合: 2026-11-20")
    monkeypatch.setenv("CODE_QUALITY", str(tmp_path / "quality.json"))
    said = check(root).stdout
    listed = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    places = [f"{each['location']['path']}:{each['location']['lines']['begin']}:" for each in listed]
    assert len({each["fingerprint"] for each in listed}) == len(listed) >= 2
    assert {each["severity"] for each in listed} <= {"major", "minor"}
    assert all(place in said for place in places) and PAGE in {each["location"]["path"] for each in listed}


@pytest.fixture
def signing(tmp_path: Path) -> Path:
    """一个要签发的小网站。"""
    root = copy("publishable", tmp_path / "signing")
    row = "- {名称: 甲, 种类: 文件夹, 目录: /www, 需签发: 是}\n"
    (root / "data/fabu.yml").write_text(row, encoding="utf-8")
    return root


def test_nobody_approved_is_not_a_signature(signing: Path, tmp_path: Path, people: People) -> None:
    """环境没有设审批人，平台不问就放行：要签发的不算签；有人点了，写下是谁；接口问不到，不当作签了。"""
    api, said = people
    output = tmp_path / "output"
    env = {"GITHUB_API_URL": api, "GITHUB_SERVER_URL": HOST.rstrip("/"), "GITHUB_REPOSITORY": NAME}
    env |= {"GITHUB_RUN_ID": "42", "GITHUB_TOKEN": "ping-tai-ling-pai", "GITHUB_OUTPUT": str(output)}
    with pytest.raises(Refusal, match=r"这次运行没有人点过同意，不算签发；在仓库的设置里给环境 qianfa 加审批人"):
        approve(signing, env)
    with pytest.raises(Refusal, match="托管平台没有回答谁点了同意"):
        approve(signing, env | {"GITHUB_API_URL": "http://127.0.0.1:9"})
    assert not output.exists()
    said += ["yi", "jia"]
    assert approve(signing, env) == "点了同意的：jia、yi。"
    assert output.read_text(encoding="utf-8") == f"signed=平台审批 jia、yi {HOST}{NAME}/actions/runs/42\n"


def test_a_protected_branch_is_named(tmp_path: Path) -> None:
    """记录推不进保护的分支：说是哪个分支、怎么放行；提交留着。"""
    root = copy("publishable", tmp_path / "root")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "bare.git")
    hook = tmp_path / "bare.git/hooks/pre-receive"
    said = "error: GH006: Protected branch update failed for refs/heads/main."
    hook.write_text(f'#!/bin/sh\necho "{said}"; exit 1\n', encoding="utf-8")
    hook.chmod(0o755)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "data")
    git(root, "commit", "-q", "-m", "x")
    for name, value in WHO.items():
        git(root, "config", f"user.{name.lower()}", value)
    git(root, "remote", "add", "origin", str(tmp_path / "bare.git"))
    (root / "data/releases.csv").write_text("时间,去处,提交,内容编号,文件校验,签发\n", encoding="utf-8")
    with pytest.raises(Refusal, match="main 是保护的分支，不让发布的账号推；在仓库的保护规则里给记录用的密钥放行"):
        record(root)
    assert "[skip ci]" in git(root, "log", "-1", "--format=%s")


# ---- 真的运行 ----

Given = dict[str, Any]
Secrets = dict[str, dict[str, str]]


@pytest.fixture
def secrets(town: Town) -> Secrets:
    """密码只在两个环境里。GitLab 推记录的令牌认得仓库。"""
    return {"fabu": town.secrets, "jilu": {"FABU_JILU": "ji-lu-ling-pai"}}


def change(desk: Desk) -> str:
    """在 gaojian 分支上改一句，推上去。"""
    return desk.write("法律里写着。", "法律里写得清楚。", "改一句", "gaojian")


ALL = dict.fromkeys(["site", "channels", "sign", "publish", "drafts", "record"], "success")
NOTHING = {"site": "success", **dict.fromkeys(["channels", "sign", "publish", "drafts", "record"], "skipped")}


def test_github(desk: Desk, town: Town, tmp_path: Path, people: People, secrets: Secrets) -> None:
    """合并以后：签发的人点了同意，发到各处，记录推回仓库；记录的提交不再引起一次。"""
    first, (api, said) = desk.main, people
    change(desk)
    desk.merge("gaojian")
    commit = desk.main
    said.append("qianfa-ren")
    given: Given = {"secrets": secrets, "variables": town.machine, "settings": OURS, "api": api}
    merged = Actions(tmp_path / "1", desk.bare, commit=commit, before=first, left=("make channels",), **given)
    assert merged.play(PUBLISH) == ALL, merged.words
    published(desk, town, commit, "平台审批 qianfa-ren https://git.example/")
    assert f"打开 {town.front} 看过" in merged.step("publish/发布").said
    assert "[网站的预览和审批单](https://git.example/" in merged.summary
    assert Actions(tmp_path / "2", desk.bare, commit=desk.main, before=commit, **given).play(PUBLISH) == {}


@pytest.mark.full
def test_github_asks_and_repeats(desk: Desk, town: Town, tmp_path: Path, people: People, secrets: Secrets) -> None:
    """合并请求上查、给预览。没有人点过同意的，不发；重新运行一次旧的，不再发；有一处没有发成的，只记发成的，再来一次补上。"""
    first, (api, said) = desk.main, people
    head = change(desk)
    pushed = Actions(tmp_path / "1", desk.bare, event="push", commit=head, branch="gaojian")
    assert pushed.play(CHECK) == {"commits": "success", "content": "skipped", "tests": "skipped"}, pushed.words
    desk.merge("gaojian")
    git(desk.bare, "update-ref", "refs/pull/1/merge", "main")
    asked = Actions(tmp_path / "2", desk.bare, event="pull_request", commit=head, branch="gaojian", base=first)
    assert asked.play(CHECK) == {"commits": "success", "content": "success", "tests": "success"}, asked.words
    assert {path.name for path in asked.artifacts["yulan"].iterdir()} == {"site", "dist"}
    assert "检查通过" in asked.summary and "[网站的预览和审批单](https://git.example/" in asked.summary

    commit = desk.main
    given: Given = {"commit": commit, "before": first, "variables": town.machine, "settings": OURS, "api": api}
    alone = Actions(tmp_path / "3", desk.bare, secrets=secrets, **given)
    assert alone.play(PUBLISH) == NOTHING | {"channels": "success", "sign": "failure"}, alone.words
    assert {"wechat", "posters", "broadcast"} <= {path.name for path in alone.artifacts["chengpin"].iterdir()}
    assert "这次运行没有人点过同意，不算签发；" in alone.step("sign/谁点了同意").said
    assert set(town.live().values()) == {""}

    said.append("qianfa-ren")
    town.pages.rename(town.pages.with_name("zhe-hui-mei-you"))
    given["left"] = ("make channels",)
    partly = Actions(tmp_path / "4", desk.bare, secrets=secrets, **given)
    assert partly.play(PUBLISH) == ALL | {"publish": "failure", "drafts": "skipped"}, partly.words
    town.pages.with_name("zhe-hui-mei-you").rename(town.pages)
    assert "没有发成：网页：连不上仓库" in partly.step("publish/发布").said
    assert town.live() == dict.fromkeys(KINDS, commit) | {"网页": ""}
    again = Actions(tmp_path / "5", desk.bare, secrets=secrets, **given)
    assert again.play(PUBLISH) == ALL, again.words
    assert "要发布到：网页，再送草稿：公众号。" in again.step("site/要不要发布").said
    assert town.live() == dict.fromkeys([*KINDS, "网页"], commit)
    third = Actions(tmp_path / "6", desk.bare, secrets=secrets, **given)
    assert third.play(PUBLISH) == NOTHING
    assert "这一份内容已经发布过，不再发" in third.step("site/要不要发布").said


@pytest.mark.full
def test_gitlab(desk: Desk, town: Town, tmp_path: Path, secrets: Secrets) -> None:
    """合并请求上查；合并以后不按按钮不发；按了，发到各处，记录推回仓库；再按一次，不多记。"""
    first = desk.main
    head = change(desk)
    asked = GitLab(tmp_path / "1", desk.bare, source="merge_request_event", commit=head, base=first)
    results = asked.play(GITLAB)
    assert {name for name, result in results.items() if result == "success"} == {"提交", "网站", "测试"}, asked.words
    assert set(results.values()) == {"success", "absent"}
    listed = json.loads((tmp_path / "1/artifacts/网站/gl-code-quality.json").read_text(encoding="utf-8"))
    assert {each["location"]["path"] for each in listed} == {"data/fabu.yml"}
    desk.merge("gaojian")
    commit = desk.main
    given: Given = {"commit": commit, "before": first, "secrets": secrets, "variables": town.machine, "settings": OURS}
    given["left"] = ("make channels",)
    waiting = GitLab(tmp_path / "2", desk.bare, **given).play(GITLAB)
    assert waiting["发布"] == "manual" and waiting["记录"] == "skipped"
    for turn in ("3", "4"):
        home = tmp_path / turn
        home.mkdir()
        url = f"https://jilu:ji-lu-ling-pai@git.example/{NAME}.git"
        (home / "gitconfig").write_text(f'[url "{desk.bare.as_uri()}"]\n\tinsteadOf = {url}\n', encoding="utf-8")
        pressed = GitLab(home, desk.bare, pressed=("发布",), **given)
        results = pressed.play(GITLAB)
        assert results["发布"] == results["记录"] == results["公众号草稿"] == "success", pressed.words
        if turn == "3":
            published(desk, town, commit, f"平台审批 qianfa-ren {HOST}")
    titles = town.weixin.titles()
    assert len(titles) == len(set(titles))  # 又按一次，草稿箱里还是一篇一份
    assert len(git(desk.bare, "tag", "--points-at", commit).split()) == 1
    assert GitLab(tmp_path / "5", desk.bare, **(given | {"commit": desk.main})).play(GITLAB) == {}


@pytest.mark.full
def test_gitea(desk: Desk, town: Town, tmp_path: Path, secrets: Secrets) -> None:
    """没有受保护的环境：合并以后只查；签了审批单，填内容编号，才发。"""
    first = desk.main
    head = change(desk)
    check, publish, _ = GITEA
    pushed = Actions(tmp_path / "1", desk.bare, event="push", commit=head, branch="gaojian")
    assert pushed.play(check) == {"commits": "success", "content": "skipped"}, pushed.words
    desk.merge("gaojian")
    git(desk.bare, "update-ref", "refs/pull/1/merge", "main")
    asked = Actions(tmp_path / "2", desk.bare, event="pull_request", commit=head, branch="gaojian", base=first)
    assert asked.play(check) == {"commits": "success", "content": "success"}, asked.words
    commit = desk.main
    given: Given = {
        "commit": commit,
        "variables": town.machine,
        "settings": OURS,
        "secrets": {"": secrets["fabu"] | secrets["jilu"]},
    }
    given["left"] = ("make channels",)
    merged = Actions(tmp_path / "3", desk.bare, before=first, **given)
    done = {"site": "success", "channels": "success"}
    assert merged.play(publish) == {**done, **dict.fromkeys(["publish", "drafts", "record"], "skipped")}, merged.words
    number = re.search("内容编号 ([0-9a-f-]{14})", merged.step("site/要不要发布").said)
    assert number
    wrong = Actions(tmp_path / "4", desk.bare, event="workflow_dispatch", inputs={"signed": "1111-2222-3333"}, **given)
    assert wrong.play(publish)["publish"] == "failure"
    assert f"签的是 1111-2222-3333，现在的内容是 {number[1]}" in wrong.step("publish/发布").said
    right = Actions(tmp_path / "5", desk.bare, event="workflow_dispatch", inputs={"signed": number[1]}, **given)
    assert right.play(publish) == {**done, **dict.fromkeys(["publish", "drafts", "record"], "success")}, right.words
    published(desk, town, commit, f"签发 {number[1]}")
    assert Actions(tmp_path / "6", desk.bare, before=commit, **(given | {"commit": desk.main})).play(publish) == {}


# ---- 普通的 Git 服务器 ----


@pytest.fixture
def server(desk: Desk, town: Town) -> Desk:
    """裸仓库里放上两个钩子、环境、密码；编辑的电脑连着它。"""
    for name in ("pre-receive", "post-receive"):
        shutil.copy2(ROOT / "hooks" / name, desk.bare / "hooks" / name)
    (desk.bare / "venv").symlink_to(VENV)
    exports = "".join(f"export {key}={shlex.quote(value)}\n" for key, value in (town.secrets | town.machine).items())
    secrets = desk.bare / "fabu.env"
    secrets.write_text(exports, encoding="utf-8")
    git(desk.bare, "config", "receive.advertisePushOptions", "true")
    return desk


def push(desk: Desk, *more: str) -> str:
    """推；返回看到的全部的话。"""
    return git(desk.work, "push", *more, check=False)


def committed(desk: Desk, old: str, new: str, words: str = "改一句") -> None:
    edit(desk.work / PAGE, old, new)
    git(desk.work, "commit", "-q", "-a", "-m", words)


def test_a_plain_git_server_refuses(server: Desk) -> None:
    """写坏的不收，说是哪一行；哪个分支都查，写进去又删掉的也不收；main 不能强推、不能删；不是提交的标签不收。"""
    start = server.main
    committed(server, "复核: 2026-11-20", "复合: 2026-11-20")
    said = push(server, "origin", "main")
    assert f"remote: {PAGE}:3:" in said and "没有收下：照上面说的改好再推" in said
    git(server.work, "reset", "-q", "--hard", start)
    git(server.work, "checkout", "-q", "-b", "gaojian")
    committed(server, "法律里写着。", "法律里写着。电话15400138000。", "稿子")
    committed(server, "电话15400138000。", "", "删掉")
    said = push(server, "origin", "gaojian", "gaojian:refs/heads/bie")
    assert said.count("（稿子）写进了「15***00」") == 2 and "15400138000" not in said
    assert git(server.bare, "branch", "--list").split() == ["*", "main"]
    assert "没有收下" in push(server, "origin", "gaojian:refs/tags/v1")
    git(server.work, "reset", "-q", "--soft", start)
    git(server.work, "commit", "-q", "--allow-empty", "-m", "重写")
    assert "gaojian -> gaojian" in push(server, "origin", "gaojian")
    assert "[deleted]" in push(server, "origin", ":gaojian")
    tree = git(server.work, "rev-parse", "HEAD^{tree}").strip()
    git(server.work, "tag", "shu", tree)
    assert "refs/tags/shu 指的不是一个提交" in push(server, "origin", "shu")
    git(server.work, "commit", "-q", "--amend", "--allow-empty", "-m", "另起")
    git(server.work, "checkout", "-q", "--orphan", "ling")
    git(server.work, "commit", "-q", "-m", "从头来")
    assert "main 只能往后加，不能强推" in push(server, "--force", "origin", "ling:main")
    assert "main 不能删" in push(server, "origin", ":main")
    assert server.main == start


@pytest.mark.full
def test_a_plain_git_server_publishes(server: Desk, town: Town) -> None:
    """main 收下以后发到各处，记录推回来，不再引起一次；要签发的没有写编号，一处也不发，写了再发；别的分支不发。"""
    start = server.main
    committed(server, "法律里写着。", "法律里写得清楚。")
    git(server.work, "push", "-q", "origin", "HEAD:refs/heads/gaojian")
    assert set(town.live().values()) == {""}
    said = push(server, "origin", "main")
    number = re.search("内容编号 ([0-9a-f-]{14})", said)
    assert "去处服务器 要签发，没有写内容编号" in said and number
    assert "main 收下了，没有全发成：看上面" in said and "main -> main" in said
    assert set(town.live().values()) == {""} and server.main != start
    committed(server, "清楚。", "清清楚楚。", "再改")
    committed(server, "清清楚楚。", "清楚。", "改回去")
    said = push(server, "-o", number[1], "origin", "main")
    assert re.search(r"去处服务器：传了 \d+ 个文件", said) and "记录提交好了，推到了仓库" in said, said
    commit = git(server.work, "rev-parse", "HEAD").strip()
    published(server, town, commit, f"签发 {number[1]}")
    git(server.work, "pull", "-q", "--rebase", "origin", "main")
    (server.work / "LICENSE").write_text("许可\n", encoding="utf-8")
    git(server.work, "add", "LICENSE")
    git(server.work, "commit", "-q", "-m", "加上许可")
    assert "这一份内容已经发布过，不再发" in push(server, "origin", "main")

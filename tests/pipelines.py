"""照写的那样走一遍各家平台的流水线：每一步真的运行，在干净的文件夹里，origin 是真的裸仓库。

平台自己做的（取仓库、装 Python、传成品、给密码）由这里的小函数扮；认不得的动作、表达式、条件，一律算错。
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from conftest import ROOT
from recipes import VENV

HOST = "https://git.example/"
NAME = "zhen/zhuanlan"
# 只走一遍、不真的运行时，这一步留下的
MADE = {
    "make site": "site/index.html",
    "make sheet": "dist/sheet.html",
    "make channels": "dist/index.html",
    "make publish": "data/releases.csv",
    "make wechat": "data/weixin.csv",
}
TOLD = {"make due": "due=yes\n", "make approved": "signed=平台审批\n"}
# 不在这里运行：测试自己，和要联网的
NOT_HERE = ("make test", "make test-all", "make links", "make audit")
Step = dict[str, Any]


@dataclass
class Ran:
    """一步的结果。"""

    where: str
    code: int
    said: str


@dataclass
class Platform:
    """共用的：home 放各个任务的文件夹；bare 是仓库；secrets：环境 → 密码；variables：机器上有的。

    settings：平台上设的变量；dry：只走一遍，不真的运行；left：这些词不运行，在别的测试里运行过。
    """

    home: Path
    bare: Path
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    dry: bool = False
    left: tuple[str, ...] = ()
    ran: list[Ran] = field(default_factory=list)
    artifacts: dict[str, Path] = field(default_factory=dict)
    count: int = 0

    def fresh(self, name: str) -> Path:
        """每个任务一个干净的文件夹。"""
        self.count += 1
        folder = self.home / f"{self.count}-{name}"
        folder.mkdir(parents=True)
        return folder

    def cloned(self, folder: Path, commit: str, branch: str, login: str, depth: int) -> None:
        """取仓库。login：write、read、空（取完不留登录）。像 actions/checkout：origin/分支 指着这个提交。"""
        remote = self.bare.as_uri()
        history = [f"--depth={depth}"] if depth else []
        git(folder, "init", "-q", "-b", branch or "x")
        refs = [commit] if depth else [commit, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
        git(folder, "fetch", "-q", *history, remote, *refs)
        if branch:
            git(folder, "update-ref", f"refs/remotes/origin/{branch}", commit)
            git(folder, "checkout", "-q", "-B", branch, f"refs/remotes/origin/{branch}")
        else:
            git(folder, "checkout", "-q", "--detach", commit)
        git(folder, "remote", "add", "origin", f"{HOST}{NAME}.git")
        if login:
            git(folder, "config", f"url.{remote}.insteadOf", f"{HOST}{NAME}.git")
        if login == "read":
            git(folder, "config", f"url.{folder}/bu-rang-tui.pushInsteadOf", f"{HOST}{NAME}.git")

    def run(self, folder: Path, where: str, script: str, env: dict[str, str]) -> Ran:
        """bash -e；环境只有给的这些。"""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "CI": "true", "LANG": "C.UTF-8"} | env
        env |= {"GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"), "GIT_CONFIG_SYSTEM": os.devnull} | self.variables
        if self.dry and script in MADE:
            (folder / MADE[script]).parent.mkdir(exist_ok=True)
            (folder / MADE[script]).touch()
        if self.dry and script in TOLD and "GITHUB_OUTPUT" in env:
            Path(env["GITHUB_OUTPUT"]).write_text(TOLD[script], encoding="utf-8")
        if self.dry or script in (*NOT_HERE, *self.left):
            self.ran.append(Ran(where, 0, ""))
            return self.ran[-1]
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
        self.ran.append(Ran(where, done.returncode, done.stdout))
        return self.ran[-1]

    @property
    def words(self) -> str:
        """全部的话。"""
        return "".join(f"== {each.where} → {each.code}\n{each.said}" for each in self.ran)

    def step(self, where: str) -> Ran:
        (found,) = [each for each in self.ran if each.where == where]
        return found


def git(cwd: Path, *command: str, env: dict[str, str] | None = None, check: bool = True) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in WHO.items()}
    done = subprocess.run(
        ["git", *command], cwd=cwd, env=kept | who | (env or {}), capture_output=True, encoding="utf-8", check=False
    )
    assert not check or done.returncode == 0, done.stderr
    return done.stdout + (done.stderr if not check else "")


WHO = {"NAME": "编辑", "EMAIL": "bianji@example.invalid"}


def read(path: Path) -> Step:
    """值都是文字：on 不是真假，3.10 不是数。"""
    found: Step = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return found


def installed(folder: Path) -> None:
    """装好的环境：make 看到的是已经装过的，不再装。"""
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(VENV)
    for path in folder.glob("requirements*.txt"):
        os.utime(path, (0, 0))


def copied(paths: list[str], source: Path, target: Path) -> bool:
    """传成品：点开头的不传，权限不留。"""
    found = [each for path in paths for each in sorted(source.glob(path.rstrip("/")))]
    for each in found:
        inside = target / each.relative_to(source)
        inside.parent.mkdir(parents=True, exist_ok=True)
        if each.is_dir():
            shutil.copytree(each, inside, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copyfile(each, inside)
    return bool(found)


# ---- GitHub、Gitea、Forgejo ----


@dataclass
class Actions(Platform):
    """一次运行：event 是怎么引起的，commit、branch 是哪一个，before 是推以前的。approved：点同意的人按环境分。"""

    event: str = "push"
    commit: str = ""
    branch: str = "main"
    before: str = ""
    base: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    approve: Callable[[str], bool] = lambda _: True
    api: str = "http://127.0.0.1:9"
    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: str = ""

    def play(self, path: Path) -> dict[str, str]:
        """照文件走一遍；返回各个任务的结果。"""
        self.workflow = read(path)
        if not self._triggered(self.workflow["on"]):
            return {}
        for name, job in self.workflow["jobs"].items():
            self.results[name] = self._job(name, job)
        return self.results

    def _triggered(self, on: Any) -> bool:
        told = on.get(self.event) if self.event in on else None
        if self.event not in on:
            return False
        if self.event == "push":
            subject = git(self.bare, "log", "-1", "--format=%B", self.commit)
            if "[skip ci]" in subject:
                return False
            if "branches" in told:
                return self.branch in told["branches"]
            return self.branch not in told["branches-ignore"]
        return True

    def _job(self, name: str, job: Step) -> str:
        needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        fine = all(self.results[each] == "success" for each in needs)
        scope = self._scope(job, needs)
        if not self._holds(job.get("if", ""), scope, fine):
            return "skipped"
        if job.get("environment") and not self.approve(job["environment"]):
            return "waiting"
        assert self._filled(job["runs-on"], scope), f"{name} 没有说在哪里运行"
        folder, result = self.fresh(name), "success"
        for step in job["steps"]:
            if not self._holds(step.get("if", ""), scope, result == "success"):
                continue
            if "uses" in step:
                done = self._uses(step, scope, folder, job)
            else:
                given = {**job.get("env", {}), **step.get("env", {})}
                env = {key: self._filled(value, scope) for key, value in given.items()}
                done = self._runs(step, scope, folder, f"{name}/{step['name']}", env)
            result = result if done or step.get("continue-on-error") == "true" else "failure"
        self.outputs[name] = {key: self._filled(value, scope) for key, value in job.get("outputs", {}).items()}
        return result

    def _scope(self, job: Step, needs: list[str]) -> dict[str, Any]:
        """表达式里能用的。没有环境的任务没有密码。"""
        pull = {"base": {"sha": self.base}, "head": {"sha": self.commit}} if self.event == "pull_request" else {}
        return {
            "github": {
                "event_name": self.event,
                "ref": f"refs/heads/{self.branch}",
                "sha": self.commit,
                "token": "ping-tai-ling-pai",
                "event": {"before": self.before, "inputs": self.inputs, "pull_request": pull},
            },
            "needs": {each: {"result": self.results[each], "outputs": self.outputs.get(each, {})} for each in needs},
            "secrets": self.secrets.get(job.get("environment", ""), {}),
            "vars": self.settings,
            "steps": {},
        }

    def _runs(self, step: Step, scope: dict[str, Any], folder: Path, where: str, env: dict[str, str]) -> bool:
        output, summary = self.home / "output", self.home / "summary"
        output.write_text("", encoding="utf-8")
        summary.write_text("", encoding="utf-8")
        run = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_API_URL": self.api,
            "GITHUB_SERVER_URL": HOST.rstrip("/"),
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_RUN_ID": "42",
            "GITHUB_REF_NAME": self.branch,
        }
        done = self.run(folder, where, self._filled(step["run"], scope), run | env)
        pairs = [line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines()]
        scope["steps"][step.get("id", "")] = {"outputs": dict(pairs)}
        self.summary += summary.read_text(encoding="utf-8")
        return done.code == 0

    def _uses(self, step: Step, scope: dict[str, Any], folder: Path, job: Step) -> bool:
        action = step["uses"].partition("@")[0]
        given = {key: self._filled(value, scope) for key, value in step.get("with", {}).items()}
        if action == "actions/checkout":
            self._checkout(given, folder, job)
        elif action == "actions/setup-python":
            assert given == {"python-version": "3.11"}
            installed(folder)
        elif action == "actions/upload-artifact":
            return self._upload(given, step, scope, folder)
        elif action == "actions/download-artifact":
            if given["name"] not in self.artifacts:
                return False
            shutil.copytree(self.artifacts[given["name"]], folder / given.get("path", ""), dirs_exist_ok=True)
        else:
            raise AssertionError(f"认不得的动作 {step['uses']}")
        return True

    def _checkout(self, given: dict[str, str], folder: Path, job: Step) -> None:
        assert set(given) <= {"fetch-depth", "persist-credentials", "ssh-key"}, given
        permissions = job.get("permissions") or self.workflow.get("permissions") or {}
        login = "write" if permissions.get("contents") == "write" or given.get("ssh-key") else "read"
        kept = login if given.get("persist-credentials") != "false" else ""
        branch = "" if self.event == "pull_request" else self.branch
        self.cloned(folder, self._checked_out(), branch, kept, int(given.get("fetch-depth", "1")))

    def _checked_out(self) -> str:
        """合并请求上取的是合并好的那一个。"""
        return git(self.bare, "rev-parse", "refs/pull/1/merge").strip() if self.event == "pull_request" else self.commit

    def _upload(self, given: dict[str, str], step: Step, scope: dict[str, Any], folder: Path) -> bool:
        place = self.home / "artifacts" / given["name"]
        whole, paths = self.home / "artifacts/whole", given["path"].split()
        shutil.rmtree(whole, ignore_errors=True)
        if not copied(paths, folder, whole):
            return given.get("if-no-files-found") in ("ignore", "warn", None)
        common = Path(os.path.commonpath([path if path.endswith("/") else str(Path(path).parent) for path in paths]))
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(whole / common, place)
        self.artifacts[given["name"]] = place
        scope["steps"][step.get("id", "")] = {"outputs": {"artifact-url": f"{HOST}{NAME}/actions/runs/42/artifacts/1"}}
        return True

    # 表达式：点开的名字、'字'、a || b、a == 'b'、a != 'b'、&&、!cancelled()

    def _filled(self, text: str, scope: dict[str, Any]) -> str:
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(self._value(match[1].strip(), scope)), text)

    def _value(self, words: str, scope: dict[str, Any]) -> Any:
        for each in words.split(" || "):
            if value := self._term(each.strip(), scope):
                return value
        return ""

    def _term(self, word: str, scope: dict[str, Any]) -> Any:
        if re.fullmatch("'[^']*'", word):
            return word[1:-1]
        assert re.fullmatch(r"(github|needs|secrets|steps|vars)(\.[\w-]+)+", word), f"认不得的表达式 {word}"
        found: Any = scope
        for part in word.split("."):
            known = found is not scope or part in found
            assert known, word
            found = found.get(part, "") if isinstance(found, dict) else ""
        return found

    def _holds(self, words: str, scope: dict[str, Any], fine: bool) -> bool:
        words = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", words.strip()).strip()
        if "cancelled()" not in words and not fine:
            return False
        return all(self._true(each.strip(), scope) for each in words.split("&&")) if words else fine

    def _true(self, words: str, scope: dict[str, Any]) -> bool:
        if words == "!cancelled()":
            return True
        match = re.fullmatch(r"(\S+) (==|!=) ('[^']*')", words)
        assert match, f"认不得的条件 {words}"
        same = str(self._value(match[1], scope)) == self._value(match[3], scope)
        return same is (match[2] == "==")


# ---- GitLab ----


@dataclass
class GitLab(Platform):
    """一条流水线：source 是怎么引起的；pressed：按了哪些按钮。"""

    source: str = "push"
    commit: str = ""
    branch: str = "main"
    before: str = "0" * 40
    base: str = ""
    pressed: tuple[str, ...] = ()
    results: dict[str, str] = field(default_factory=dict)

    def play(self, path: Path) -> dict[str, str]:
        pipeline = read(path)
        if "[skip ci]" in git(self.bare, "log", "-1", "--format=%B", self.commit):
            return {}
        known = self._known()
        rule = self._matched(pipeline.pop("workflow")["rules"], known)
        if rule is None or rule.get("when") == "never":
            return {}
        known |= pipeline.pop("variables") | rule.get("variables", {})
        stages, default = pipeline.pop("stages"), pipeline.pop("default")
        assert default == {"image": "python:3.11-bookworm"}
        jobs = sorted(pipeline.items(), key=lambda each: stages.index(each[1]["stage"]))
        for name, job in jobs:
            self.results[name] = self._job(name, job, known)
        return self.results

    def _known(self) -> dict[str, str]:
        """平台给的变量。"""
        common = self.settings | {
            "GITLAB_CI": "true",
            "GIT_TERMINAL_PROMPT": "0",
            "CI_PIPELINE_SOURCE": self.source,
            "CI_COMMIT_SHA": self.commit,
            "CI_SERVER_HOST": HOST.split("/")[2],
            "CI_PROJECT_PATH": NAME,
            "CI_JOB_URL": f"{HOST}{NAME}/-/jobs/42",
            "GITLAB_USER_LOGIN": "qianfa-ren",
            "CI_COMMIT_BEFORE_SHA": self.before,
        }
        if self.source == "merge_request_event":
            return common | {"CI_MERGE_REQUEST_DIFF_BASE_SHA": self.base}
        return common | {"CI_COMMIT_BRANCH": self.branch}

    def _matched(self, rules: list[Step], known: dict[str, str]) -> Step | None:
        return next((rule for rule in rules if all(self._true(each, known) for each in rule["if"].split(" && "))), None)

    def _true(self, words: str, known: dict[str, str]) -> bool:
        match = re.fullmatch(r'\$(\w+)(?: (==|!=) "([^"]*)")?', words)
        assert match, f"认不得的条件 {words}"
        value = known.get(match[1], "")
        return bool(value) if not match[2] else (value == match[3]) is (match[2] == "==")

    def _job(self, name: str, job: Step, known: dict[str, str]) -> str:
        used = {"stage", "rules", "script", "variables", "artifacts", "needs", "resource_group", "environment", "pages"}
        assert set(job) <= {*used, "parallel", "allow_failure", "tags"}, name
        rule = self._matched(job["rules"], known)
        if rule is None:
            return "absent"
        if any(self.results[each] not in ("success", "warning") for each in self._needs(job)):
            return "skipped"
        if rule.get("when") == "manual" and name not in self.pressed:
            return "manual"
        environment = job.get("environment", {}).get("name", "")
        for matrix in list(self._matrix(job)):
            env = known | self.secrets.get(environment, {}) | job.get("variables", {}) | matrix
            folder = self.fresh(self._label(name, matrix))
            self.cloned(folder, self.commit, "", "read", int(env["GIT_DEPTH"]))
            for need in self._needs(job):
                if (self.home / "artifacts" / need).exists():
                    shutil.copytree(self.home / "artifacts" / need, folder, dirs_exist_ok=True)
            installed(folder)
            env = {key: self._filled(value, env) for key, value in env.items()}
            codes = []
            for line in job["script"]:
                codes.append(self.run(folder, f"{self._label(name, matrix)}/{line}", line, env).code)
                if codes[-1]:
                    break
            if not any(codes) or job.get("artifacts", {}).get("when") == "always":
                kept = job.get("artifacts", {})
                reports = list(kept.get("reports", {}).values())
                copied([*kept.get("paths", []), *reports], folder, self.home / "artifacts" / name)
            if any(codes):
                return "warning" if rule.get("allow_failure") == "true" else "failure"
        return "success"

    def _needs(self, job: Step) -> list[str]:
        """要等的；可以没有的，没有就不等。"""
        needs = [{"job": each} if isinstance(each, str) else each for each in job.get("needs", [])]
        absent = {each["job"] for each in needs if each.get("optional") and self.results[each["job"]] == "absent"}
        return [each["job"] for each in needs if each["job"] not in absent]

    def _matrix(self, job: Step) -> Iterator[dict[str, str]]:
        if "parallel" not in job:
            yield {}
            return
        for each in job["parallel"]["matrix"]:
            ((key, values),) = each.items()
            yield from ({key: value} for value in values)

    def _label(self, name: str, matrix: dict[str, str]) -> str:
        return "-".join([name, *matrix.values()])

    def _filled(self, text: str, env: dict[str, str], deep: int = 3) -> str:
        """GitLab 展开变量里的变量；没有的留空。"""
        done = re.sub(r"\$(\w+)", lambda match: env.get(match[1], ""), text)
        return self._filled(done, env, deep - 1) if deep and done != text else done


# ---- 各家的文件 ----

GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITEA = sorted((ROOT / ".gitea/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"

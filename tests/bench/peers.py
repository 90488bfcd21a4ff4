"""同类工具：各在自己的环境里（.bench/ 下面），没有就装，装不上就说清楚跳过。内容、宏、数据和本站一样。"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .generate import ROOT
from .measure import environment

CACHE = ROOT / ".bench"
HERE = Path(__file__).parent
OURS = "ours"
MAIN = ROOT / ".venv"
LOCKED = ROOT / "requirements.txt"
# 别家用不上的：本站的模板、目录、插件；各家写自己的
OWN_KEYS = ("theme", "nav", "not_in_nav", "plugins", "watch", "extra", "strict", "site_dir", "site_name")
SEARCH = r"""  - search:
      lang: zh
      separator: '[\s\u200b\-]'
"""
MACROS = """  - macros:
      module_name: bench_adapter
      on_undefined: strict
      on_error_fail: true
"""


class SkippedError(Exception):
    """这一家装不上或用不了；说明写进结果。"""


@dataclass(frozen=True)
class Peer:
    """一家：怎么准备（不计时）、用什么命令生成、生成到哪里。"""

    name: str
    title: str
    what: str
    install: Callable[[], None]
    prepare: Callable[[Path], None]
    command: Callable[[Path], list[str | Path]]
    output: str
    once: bool = False  # 太慢的，一种大小只跑一次
    env: Callable[[Path], dict[str, str]] = lambda _: {}


def select(names: list[str] | None) -> list[Peer]:
    known = {peer.name: peer for peer in PEERS}
    for name in names or []:
        if name not in known:
            raise SystemExit(f"没有「{name}」这一家；有 {'、'.join(known)}")
    return [known[name] for name in names] if names is not None else list(PEERS)


def clean(root: Path, peer: Peer) -> None:
    """上一次生成的、别家的缓存，都清掉：每一次都从头生成。"""
    for name in (peer.output, ".cache", "hugo/resources"):
        shutil.rmtree(root / name, ignore_errors=True)


def version(peer: Peer) -> str:
    """实际用的版本。"""
    package = {"ours": "mkdocs", "zensical": "zensical", "hugo": "hugo"}.get(peer.name, "mkdocs-material")
    folder = {"ours": MAIN, "zensical": CACHE / "zensical", "hugo": CACHE / "hugo"}.get(peer.name, CACHE / "material")
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run(
        [folder / "bin/python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


# ---- 安装 ----


def _environment(name: str, locked: Path, *more: str) -> None:
    """一个独立的环境：锁定的依赖，再加这一家的。"""
    folder, stamp = CACHE / name, CACHE / name / "bench.stamp"
    wanted = "\n".join([locked.read_text(encoding="utf-8"), *more])
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"装 {name}（第一次要几分钟）……", file=sys.stderr)
    pip = [str(folder / "bin/python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, "--require-hashes", "-r", str(locked)],
        *([[*pip, "--upgrade", *more]] if more else []),
    ):
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SkippedError(f"{name} 装不上：{done.stderr.strip().splitlines()[-1]}")
    stamp.write_text(wanted, encoding="utf-8")


def debian(package: str, program: str | None = None) -> None:
    """Debian 的软件包；不是 root 又没有 sudo 就跳过。"""
    if shutil.which(program or package):
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    if not shutil.which("apt-get"):
        raise SkippedError(f"没有 {package}，这台机器也没有 apt-get")
    if subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() != "0":
        command = ["sudo", "-n", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SkippedError(f"没有 {package}，装不上：sudo apt install {package}")


def npm() -> Path:
    """package-lock.json 锁定的 npm 工具，装在 .bench/ 里；返回放命令的文件夹。"""
    if not shutil.which("npm"):
        raise SkippedError("没有 npm")
    folder = CACHE / "npm"
    locked = (HERE / "package-lock.json").read_bytes()
    if not (folder / ".locked").is_file() or (folder / ".locked").read_bytes() != locked:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SkippedError(f"npm 的工具装不上：{done.stderr.strip()[-300:]}")
        (folder / ".locked").write_bytes(locked)
    return folder / "node_modules/.bin"


def _nothing() -> None:
    if not (MAIN / "bin/mkdocs").exists():
        raise SkippedError("没有 .venv，先运行 make site")


# ---- 各家的设置 ----


def _settings(theme: str, plugins: str, output: str, keep_nav: bool = False) -> str:
    """由本站的 mkdocs.yml 改成这一家的：Markdown 扩展、链接检查照旧。"""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.M)
    dropped = [key for key in OWN_KEYS if not (keep_nav and key in ("nav", "not_in_nav"))]
    kept = [part for part in parts if part.split(":")[0] not in dropped]
    own = "site_name: 示例镇国防教育专栏\nsite_url: https://guofang.shilizhen.example/\n"
    return "".join(kept) + f"\n{own}site_dir: {output}\nplugins:\n{plugins}theme:\n{theme}"


THEME = "  name: material\n  language: zh\n  font: false\n"
PRUNED = f"{THEME}  features:\n    - navigation.prune\n"


def _writes(file: str, theme: str, plugins: str, output: str, keep_nav: bool = False) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        shutil.copy(HERE / "adapter.py", root / "bench_adapter.py")
        (root / file).write_text(_settings(theme, plugins, output, keep_nav), encoding="utf-8")

    return prepare


def _material(name: str, title: str, what: str, theme: str, keep_nav: bool = False, once: bool = False) -> Peer:
    file, output = f"bench-{name}.yml", f"out-{name}"
    return Peer(
        name,
        title,
        what,
        lambda: _environment("material", LOCKED, "jieba==0.42.1"),
        _writes(file, theme, SEARCH + MACROS, output, keep_nav),
        lambda _: [CACHE / "material/bin/python", "-m", "mkdocs", "build", "-f", file],
        output,
        once,
    )


def _for_hugo(root: Path) -> None:
    subprocess.run(
        [MAIN / "bin/python", "-m", "tests.bench.prerender", str(root), str(root / "hugo")],
        cwd=ROOT,
        env=environment(),
        check=True,
    )


def _hugo() -> Path:
    """程序本身；bin/hugo 先要起一个 Python。"""
    return next((CACHE / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo"))


PEERS = (
    Peer(
        OURS,
        "本栏目",
        "make site：检查数据、自己的模板、搜索索引、公开数据、订阅、日历、跳转、清单",
        _nothing,
        lambda _: None,
        lambda _: [MAIN / "bin/python", "-m", "mkdocs", "build", "--strict"],
        "site",
    ),
    _material("material", "Material（prune，jieba）", "自带主题和搜索，全部页面进目录，navigation.prune", PRUNED),
    _material(
        "material-short",
        "Material（短目录，jieba）",
        "同上，目录和本栏目一样短，活动不进目录",
        PRUNED,
        keep_nav=True,
    ),
    Peer(
        "zensical",
        "Zensical",
        "自带主题和搜索，全部页面进目录，navigation.prune",
        lambda: _environment("zensical", LOCKED, "zensical"),
        _writes("bench-zensical.yml", PRUNED, "  - search\n" + MACROS, "out-zensical"),
        lambda _: [CACHE / "zensical/bin/zensical", "build", "--clean", "-f", "bench-zensical.yml"],
        "out-zensical",
        env=lambda root: {"PYTHONPATH": str(root)},
    ),
    Peer(
        "hugo",
        "Hugo",
        "宏事先换成 HTML（不计时），自己的布局：栏目、列表、页脚、一份 JSON 索引；不检查数据",
        lambda: _environment("hugo", HERE / "requirements-hugo.txt"),
        _for_hugo,
        lambda root: [_hugo(), "--quiet", "-s", root / "hugo", "-d", root / "out-hugo"],
        "out-hugo",
    ),
    _material("material-stock", "Material（不 prune，jieba）", "自带主题和搜索，全部页面进目录", THEME, once=True),
)

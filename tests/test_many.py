"""页面多、坏得多、磁盘满的时候：两千页里坏了一百页，一处一处都报；生成到一半磁盘满了，原来的网站还在。"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, copy

CopySite = Callable[..., Path]
PAGES, EVERY = 2000, 20  # 每二十页坏一页
MEMORY = 400 * 1024  # KB

# 由一个小程序去运行并量它用了多少内存：从很大的测试程序直接分出来，量到的会是测试程序自己的
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
ACTIVITY = """---
摘要: 2025年{month}月{day}日，村史馆办了第{number}次讲解
复核: 2026-11-20
日期: 2025-{month:02}-{day:02}
来源: 样板镇党建办
审签:
  编辑: 镇党建办编辑员
  审核: 镇党建办负责人
  签发: 镇分管负责人
  保密审查: 镇保密审查员
  保密审查日期: 2025-12-31
---

# 第{number}次讲解

这一天村史馆讲了旧物件的来历。

{call}
"""


def test_a_hundred_broken_pages_among_two_thousand(copy_site: CopySite) -> None:
    """一百处一次报全，不重复，按文件排好；内存有限。"""
    root = copy_site()
    folder = root / "docs/shuangyong/2025"
    broken = []
    for number in range(PAGES):
        bad = number % EVERY == 0
        call = "{{ lww(1) }}" if bad else '{{ law("国防教育法", 12) }}'
        text = ACTIVITY.format(month=number % 12 + 1, day=number % 28 + 1, number=number, call=call)
        (folder / f"jiangjie-{number:04}.md").write_text(text, encoding="utf-8")
        if bad:
            broken.append(f"docs/shuangyong/2025/jiangjie-{number:04}.md:18:1")
    command = [sys.executable, "-m", "checks", "data", "pages", f"--root={root}", f"--as-of={AS_OF}"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    listed = [line.split(": ")[0] for line in lines if "lww" in line]
    assert listed == broken and len(broken) == PAGES // EVERY
    assert lines[-1].startswith(f"检查没有通过：{len(broken)} 处错误")
    assert int(done.stderr) < MEMORY


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """16 MB 的一块盘。"""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("这台机器不让挂载小磁盘")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def make_site(root: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MAKELEVEL")}
    command = ["make", "site", f"VENV={ROOT / '.venv'}"]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def test_a_full_disk_while_building_leaves_the_old_site(small_disk: Path) -> None:
    root = copy("publishable", small_disk / "root")
    for name in ("Makefile", "requirements.txt"):
        shutil.copyfile(ROOT / name, root / name)
        os.utime(root / name, (0, 0))  # 环境已经装好，不用再装
    first = make_site(root)
    assert first.returncode == 0, first.stdout + first.stderr
    old = {path: path.read_bytes() for path in sorted((root / "site").rglob("*")) if path.is_file()}
    free = shutil.disk_usage(small_disk).free
    (small_disk / "full").write_bytes(b"0" * max(free - 100_000, 0))
    done = make_site(root)
    assert done.returncode != 0
    assert "原来的 site/ 没有动" in done.stdout + done.stderr
    assert {path: path.read_bytes() for path in sorted((root / "site").rglob("*")) if path.is_file()} == old
    assert not (root / ".site.new").exists()
    (small_disk / "full").unlink()
    assert make_site(root).returncode == 0

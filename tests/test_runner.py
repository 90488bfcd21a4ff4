"""逐件做：没变的不重做，程序改了要重做，坏一件不连累别的。"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import subprocess
from pathlib import Path

import pytest

from channels import runner
from channels.job import Job
from channels.runner import run, table
from macros.model.refusal import Refusal

DAY = datetime.date(2026, 1, 1)


def job(path: str, content: bytes = b"x") -> Job:
    return Job(path, "a.html", "甲", DAY, (content,), lambda: content)


def test_a_changed_program_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """材料没变、程序改了：旧程序做的不能当成新的。"""
    assert run([job("a")], tmp_path).made == ["a"]
    assert run([job("a")], tmp_path).kept == ["a"]
    monkeypatch.setattr(runner, "program", lambda: "另一版")
    assert run([job("a")], tmp_path).made == ["a"]


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    """没做成的说是哪一件、哪一页、怎么办；旧的那份不留；清单里只有做成的。"""

    def broken() -> bytes:
        raise Refusal("坏了", "修好")

    assert run([job("a"), job("b")], tmp_path).ok
    report = run([Job("a", "a.html", "甲", DAY, ("新",), broken), job("b"), job("c")], tmp_path)
    assert not report.ok
    assert "没做成 a（来自 a.html）：坏了；修好" in table(report)
    listed = [row["file"] for row in json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]]
    assert listed == ["b", "c"]
    assert not (tmp_path / "a").exists()


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    """写到一半磁盘满了：每一件说清楚，小的照做，不留半个文件。"""
    tmp_path.joinpath("d").mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path / "d")]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("这里不能挂载磁盘")
    try:
        report = run([job("big", b"x" * 100_000), job("small")], tmp_path / "d")
        assert report.made == ["small"]
        assert "没做成 big（来自 a.html）" in table(report)
        assert "磁盘满了；清出地方，再来一次" in table(report)
        assert not list((tmp_path / "d").glob(".*.new"))
    finally:
        subprocess.run(["umount", str(tmp_path / "d")], check=True)


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    """另一个程序正在写：说一声，什么也不动；它一结束就能做。"""
    lock = os.open(tmp_path / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with pytest.raises(Refusal, match="另一次 make channels 正在写"):
        run([job("a")], tmp_path)
    assert not (tmp_path / "a").exists()
    os.close(lock)
    assert run([job("a")], tmp_path).made == ["a"]

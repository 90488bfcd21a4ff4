"""逐件做：没变的不重做，程序改了要重做，坏一件不连累别的。"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from channels import runner
from channels.job import ChannelError, Job
from channels.runner import run, table


def job(path: str, content: bytes = b"x") -> Job:
    return Job(path, "a.html", "甲", "2026-01-01", (content,), lambda: content)


def test_a_changed_program_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """材料没变、程序改了：旧程序做的不能当成新的。"""
    assert run([job("a")], tmp_path).made == ["a"]
    assert run([job("a")], tmp_path).kept == ["a"]
    monkeypatch.setattr(runner, "program", lambda: "另一版")
    assert run([job("a")], tmp_path).made == ["a"]


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    """没做成的说是哪一件、哪一页、怎么办；旧的那份不留；清单里只有做成的。"""

    def broken() -> bytes:
        raise ChannelError("坏了", "修好")

    assert run([job("a"), job("b")], tmp_path).ok
    report = run([Job("a", "a.html", "甲", "2026-01-01", ("新",), broken), job("b"), job("c")], tmp_path)
    assert not report.ok
    assert "没做成 a（来自 a.html）：坏了；修好" in table(report)
    listed = [row["file"] for row in json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]]
    assert listed == ["b", "c"]
    assert not (tmp_path / "a").exists()

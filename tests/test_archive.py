"""封存一年、核对副本：真的发布记录，真的命令。"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, build, check
from html_pages import page

from macros.model import load

CopySite = Callable[..., Path]
YEAR = "data/years/2024.yml"


def command(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"release.{name}", *arguments], cwd=ROOT, text=True, capture_output=True, check=False
    )


def archive(root: Path, year: str = "2024", as_of: str = "2026-11-22") -> subprocess.CompletedProcess[str]:
    return command("archive", year, "--root", str(root), "--as-of", as_of)


def edit(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def record(root: Path, day: str) -> None:
    """像发布程序那样记一遍。"""
    site = load(root)
    rows = [f"{each.url},{day},{site.text_digest(each)},\n" for each in site.pages if each.url.startswith("shuju/")]
    path = root / "data/published.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8")


@pytest.fixture
def frozen(copy_site: CopySite) -> Path:
    root = copy_site()
    record(root, "2026-11-21")
    done = archive(root)
    assert done.returncode == 0, done.stderr
    assert "归档: 2026-11-22" in (root / YEAR).read_text(encoding="utf-8")
    return root


def locked(root: Path) -> list[str]:
    return [line for line in check(root, "signoff").stdout.splitlines() if "封存" in line]


def first_value(root: Path) -> tuple[str, int]:
    """2024 年头一个有值的指标。"""
    figures = load(root).years[2024].figures
    return next((name, f.count) for name, f in figures.items() if f.count is not None and f.qualifier is None)


def test_an_archived_year_says_so(frozen: Path) -> None:
    assert locked(frozen) == []
    assert build(frozen).returncode == 0
    shown = page(frozen / "site/shuju/2024.html").css_first(".archived")
    assert shown is not None and "已归档" in shown.text() and "2026-11-22" in shown.text()
    assert page(frozen / "site/shuju/2025.html").css_first(".archived") is None


def test_a_locked_figure_changes_only_with_a_correction(frozen: Path) -> None:
    """改一个数：没有更正是错误；写了更正就对；别的数又悄悄改了，还是错误。"""
    name, count = first_value(frozen)
    text = (frozen / YEAR).read_text(encoding="utf-8")
    value = re.search(rf"  {name}:\n    值: {count}\n", text)
    assert value
    changed = text.replace(value[0], f"  {name}:\n    值: {count + 5}\n")
    (frozen / YEAR).write_text(changed, encoding="utf-8")
    (said,) = locked(frozen)
    assert said.startswith(f"{YEAR}:") and "S-11" in said and "没有写更正" in said
    note = f"    更正:\n      - {{日期: 2026-11-23, 原: {count}, 改: {count + 5}, 原因: 漏计}}\n"
    (frozen / YEAR).write_text(text.replace(value[0], f"  {name}:\n    值: {count + 5}\n{note}"), encoding="utf-8")
    assert locked(frozen) == []
    edit(frozen, YEAR, "来源: ", "来源: 改过的")
    assert len(locked(frozen)) == 1


def test_another_year_stays_open(frozen: Path) -> None:
    edit(frozen, "data/years/2025.yml", "来源: ", "来源: 改过的")
    assert locked(frozen) == []


@pytest.mark.parametrize(
    ("year", "as_of", "words"),
    [
        ("2019", "2026-11-22", "没有 2019 年的数据"),
        ("二〇二四", "2026-11-22", "没有 二〇二四 年的数据"),
        ("2024", "2024-12-31", "还没有过完"),
        ("2025", "2026-11-22", "还没有公开过"),
    ],
)
def test_archive_refuses(copy_site: CopySite, year: str, as_of: str, words: str) -> None:
    root = copy_site()
    before = (root / YEAR).read_bytes()
    done = archive(root, year, as_of)
    assert done.returncode == 1
    assert words in done.stderr and done.stderr.count("\n") == 1
    assert (root / YEAR).read_bytes() == before


def test_archive_once(frozen: Path) -> None:
    done = archive(frozen)
    assert done.returncode == 1 and "已经封存" in done.stderr


def test_verify_a_copy(small: Path) -> None:
    """副本和清单一致时说一致；少了、多了、改过，一处一处说。"""
    site = small / "site"
    done = command("verify", str(site))
    assert (done.returncode, done.stderr) == (0, "")
    assert "和清单一致" in done.stdout
    (site / "index.html").write_text("改过", encoding="utf-8")
    (site / "duochu.html").write_text("多出", encoding="utf-8")
    (site / "search.html").unlink()
    done = command("verify", str(site))
    assert done.returncode == 1
    for words in ("index.html 改过", "多了 duochu.html", "少了 search.html", "重新发布"):
        assert words in done.stderr
    done = command("verify", str(small / "meiyou"))
    assert done.returncode == 1 and "没有文件清单" in done.stderr and "Traceback" not in done.stderr

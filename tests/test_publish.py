"""发布、回退、撤下：真的生成一个小网站，真的发布它，再在各种时候打断。"""

from __future__ import annotations

import csv
import datetime
import fcntl
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest
from dying import die
from html_pages import page
from publishing import (  # noqa: F401
    ACTIVITY,
    DAY,
    PAST,
    Case,
    built,
    call,
    case,
    commit,
    contents,
    duplicate,
    limited,
    pattern,
    python,
    refused,
    second,
    twice,
)

from macros.model import load
from macros.model.published import HEADER
from release.artifact import read_manifest
from release.folder import Releases
from release.records import record

# ---- 发布 ----


def test_publish_puts_the_built_site_in_place(pattern: Case, second: Case) -> None:
    """新版和生成的网站一个字节不差，旧版还在，记了日志，别的用户读得了。"""
    assert pattern.published == second.old
    assert second.published == second.new
    assert str((second.to / "current").readlink()) == "releases/2"
    assert contents(second.to / "releases/1") == second.old
    log = (second.to / "publish.log").read_text(encoding="utf-8").splitlines()
    assert [re.sub(r"来源\w+", "来源", line) for line in log] == [
        f"{DAY} 00:00:00 发布 第{n}版 {len(site) - 1}个文件 来源" for n, site in ((1, second.old), (2, second.new))
    ]
    modes = {path.stat().st_mode & 0o777 for path in (second.to / "current/").rglob("*")}
    assert modes <= {0o755, 0o644}


def test_unchanged_files_keep_their_time(second: Case) -> None:
    """没变的文件时间不变，浏览器不用再下载；变了的是新时间。"""
    kept = {name for name in second.new if (second.to / "current" / name).stat().st_mtime == PAST}
    assert kept == {name for name in second.new if second.old.get(name) == second.new[name]}


def test_published_addresses_are_recorded_once(pattern: Case, twice: Case) -> None:
    """每个地址记一行；再发布只记正文变了的那一页，样子变了不算。"""
    case, first = twice, pattern.rows
    assert {url for url, *_ in first} == {name for name in case.old if name.endswith(".html")} - {"404.html"} - {
        name for name in case.old if b'http-equiv="refresh"' in case.old[name]
    }
    assert {row[1] for row in first} == {DAY}
    assert [row[0] for row in case.rows[len(first) :]] == [f"{ACTIVITY}.html"]
    assert case.rows[: len(first)] == first
    assert case.publish().returncode == 0, "published.csv 不算来源，再发布一次也行"
    assert len(case.rows) == len(first) + 1


def test_a_changed_figure_changes_the_recorded_text(twice: Case) -> None:
    """年度数据改了、写了更正，也算正文变了，记下新的数；核对日期动了不算。没有写更正的发布不了。"""
    case, before = twice, len(twice.rows)
    year = (case.root / "data/years/2025.yml").read_text(encoding="utf-8")
    number = re.search(r"值: (\d+)", year)
    assert number
    old, new = int(number[1]), int(number[1]) + 1
    case.edit("data/years/2025.yml", number[0], f"值: {new}")
    reviewed = re.search("审核日期: .*", (case.root / "data/years/2024.yml").read_text(encoding="utf-8"))
    assert reviewed
    case.edit("data/years/2024.yml", reviewed[0], "审核日期: 2026-11-19")
    built(case.root)
    refused = case.publish()
    assert refused.returncode == 1 and f"公开的是 {old}，现在是 {new}，没有写更正" in refused.stderr
    correction = f"值: {new}\n    更正:\n      - {{日期: {DAY}, 原: {old}, 改: {new}, 原因: 漏计}}"
    case.edit("data/years/2025.yml", f"值: {new}", correction)
    built(case.root)
    assert case.publish().returncode == 0
    (row,) = case.rows[before:]
    assert row[0] == "shuju/2025.html" and f'": "{new}"' in row[4]


def test_figures_are_recorded_where_they_were_not(twice: Case) -> None:
    """以前发布没有记数的，下一次补记；再发布一次不再记。"""
    case, path, rows = twice, twice.root / RECORD, twice.rows
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER[:4], *(row[:4] for row in rows)])
    before = len(rows)
    for _ in range(2):
        assert case.publish().returncode == 0
    years = {f"shuju/{path.stem}.html" for path in (case.root / "data/years").glob("2*.yml")}
    assert path.read_text(encoding="utf-8").startswith(",".join(HEADER) + "\n")
    assert {row[0] for row in case.rows[before:] if row[4]} == years and len(case.rows) == before + len(years)


def test_the_manifest_lists_every_file(case: Case) -> None:
    """清单里是网站的全部文件，除了它自己；同样的内容再生成一次，一个字节不差。"""
    manifest = json.loads(case.new["manifest.json"])
    assert set(manifest["files"]) == set(case.new) - {"manifest.json"}
    assert re.fullmatch("[0-9a-f]{64}", manifest["sources"])
    assert built(case.root) == case.new


# ---- 不能发布的 ----

Change = Callable[[Case], object]


def township_demo(case: Case) -> None:
    case.edit("data/township.yml", "演示: 否", "演示: 是")


def demo_page(case: Case) -> None:
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集信息。演示内容，不代表任何真实乡镇。")
    built(case.root)


def demo_item(case: Case) -> None:
    case.edit(f"docs/{ACTIVITY}.md", "渠道:", "演示: 是\n渠道:")


REFUSALS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "演示的乡镇": (township_demo, ("演示网站", "「演示」改成 否")),
    "演示的活动": (demo_item, ("检查没有通过",)),
    "网页上有演示": (demo_page, ("网页 guanyu/yinsi.html 上有演示内容",)),
    "检查有错误": (lambda case: case.edit("data/township.yml", "乡镇: ", "乡镇："), ("检查没有通过",)),
    "生成以后改了页面": (
        lambda case: case.edit(f"docs/{ACTIVITY}.md", "四件", "五件"),
        ("不是由现在的内容生成的", "make site"),
    ),
    "生成以后改了模板": (
        lambda case: case.edit("overrides/404.html", "</html>", "</html>\n"),
        ("不是由现在的内容生成的",),
    ),
    "生成以后改了网页": (
        lambda case: case.edit("site/index.html", "</html>", "<p>加的</p></html>"),
        ("被动过", "index.html 改过"),
    ),
    "少了文件": (lambda case: (case.root / "site/rili/2026.html").unlink(), ("少了 rili/2026.html",)),
    "多了文件": (lambda case: (case.root / "site/x.php").touch(), ("多了 x.php",)),
    "没有生成": (lambda case: shutil.rmtree(case.root / "site"), ("没有生成好的网站", "make site")),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_publish_refuses(case: Case, name: str) -> None:
    """不该发布的，一行说明原因和改法，网上还是旧版，什么也没留下。"""
    change, words = REFUSALS[name]
    change(case)
    refused(case.publish(), *words)
    assert case.published == case.old
    assert case.releases == ["1"]


def test_publish_refuses_to_write_into_the_sources(case: Case) -> None:
    """发布到 docs/ 或 site/ 里面会把自己也发布出去：不行。"""
    for name in ("docs/x", "site"):
        refused(call("publish", str(case.root / name), "--root", str(case.root)), "不能发布到")
        assert not (case.root / name / "current").exists()


def test_a_folder_of_another_hand_is_left_alone(case: Case) -> None:
    """current 是真的文件夹，不是发布程序建的：不动它。"""
    (case.to / "current").unlink()
    (case.to / "current").mkdir()
    (case.to / "current/index.html").write_text("别人的", encoding="utf-8")
    refused(case.publish(), "不是发布程序建的")
    assert (case.to / "current/index.html").read_text(encoding="utf-8") == "别人的"


# ---- 打断、抢着发布、写不下 ----


ROLLBACK_SWITCH = 4  # 回退改磁盘：文件夹，锁，放好新的链接，改名换上
LAST = 16  # 换版前后的几次磁盘改动，一次不漏
RECORD = "data/published.csv"
FORK = multiprocessing.get_context("fork")


def places(case: Case) -> tuple[Path, ...]:
    """发布要写的两处。"""
    return case.to, case.root / "data/.published.csv"


def release(case: Case, at: int, torn: bool, changes: Synchronized[int]) -> None:
    """换上一版、记下、清旧版，核对和检查都过了以后的几步；第 at 次改动磁盘的时候死。"""

    def count() -> None:
        changes.value += 1

    manifest, releases = read_manifest(case.root / "site"), Releases(case.to)
    assert manifest
    die(at, places(case), torn, count)
    with releases.lock():
        releases.switch(releases.add(case.root / "site", manifest))
        releases.log(datetime.datetime.fromisoformat(DAY), "发布")
        record(load(case.root), datetime.date.fromisoformat(DAY))
        releases.prune()


def attempt(case: Case, at: int = 0, torn: bool = False) -> tuple[int, int]:
    """另一个程序去换一版 → 返回值，改了几次磁盘。"""
    changes = FORK.Value("i", 0)
    process = FORK.Process(target=release, args=(case, at, torn, changes))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode, changes.value


def killed(at: int, case: Case, name: str) -> subprocess.CompletedProcess[str]:
    """运行整个命令，在第 at 次改动磁盘之前杀掉。"""
    where = "|".join(map(str, places(case)))
    command = (str(at), where, f"release.{name}", str(case.to), "--root", str(case.root), "--as-of", DAY)
    process = python("-m", "tests.dying", *command)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@dataclass(frozen=True)
class Kills:
    """一份材料，杀一次还原一次。"""

    case: Case
    clean: Path

    def reset(self) -> None:
        shutil.rmtree(self.case.to)
        shutil.copytree(self.clean / "to", self.case.to, symlinks=True, ignore=shutil.ignore_patterns("releases"))
        shutil.copytree(self.clean / "to/releases", self.case.to / "releases", copy_function=os.link)
        shutil.copy(self.clean / "root" / RECORD, self.case.root / RECORD)

    def whole(self) -> bool:
        """网上不是旧版就是新版，记录没有断。→ 换上了没有。"""
        assert self.case.published in (self.case.old, self.case.new)
        before = (self.clean / "root" / RECORD).read_bytes()
        assert (self.case.root / RECORD).read_bytes().startswith(before)
        return self.case.published == self.case.new

    def healed(self) -> None:
        """不管断在哪里，再发布一次就好了，什么也不剩。"""
        assert self.case.published == self.case.new
        assert self.case.rows[-1][0] == f"{ACTIVITY}.html"
        assert len({tuple(row) for row in self.case.rows}) == len(self.case.rows)
        assert len(self.case.releases) == 5
        assert {path.name for path in self.case.to.iterdir()} == {".lock", "current", "publish.log", "releases"}


@pytest.fixture
def kills(case: Case, tmp_path: Path) -> Kills:
    """发布过五版，有旧版可清；还有退掉的第 6 版可清。"""
    for number in range(2, 7):
        shutil.copytree(case.to / "releases/1", case.to / f"releases/{number}")
    (case.to / "current").unlink()
    (case.to / "current").symlink_to("releases/5")
    for name in ("root", "to"):
        shutil.copytree(getattr(case, name), tmp_path / "clean" / name, symlinks=True)
    return Kills(case, tmp_path / "clean")


@pytest.mark.parametrize("times", [LAST + 6, pytest.param(100, marks=pytest.mark.full)])
def test_a_kill_at_any_moment_leaves_a_whole_site(kills: Kills, times: int) -> None:
    """杀多少次，网上不是旧版就是新版，每个字节都对：换版前后的每一次磁盘改动，别的随机，一半写到半个文件。"""
    code, changes = attempt(kills.case)
    assert code == 0
    kills.healed()
    chance = random.Random(5)  # noqa: S311
    moments = [(at, False) for at in range(changes - LAST + 1, changes + 1)]
    moments += [(chance.randrange(1, changes - LAST), turn % 2 == 1) for turn in range(times - LAST)]
    chance.shuffle(moments)
    found = []
    for turn, (at, torn) in enumerate(moments):
        kills.reset()
        code, _ = attempt(kills.case, at, torn)
        assert code == -(signal.SIGXFSZ if torn else signal.SIGKILL), (at, torn)
        found.append(kills.whole())
        if turn % 5 == 0:
            assert attempt(kills.case)[0] == 0
            kills.healed()
    print(f"发布要改 {changes} 次磁盘；杀了 {len(found)} 次，{found.count(False)} 次是旧版，其余是新版")
    assert len(found) == times
    assert {True, False} == set(found)


def test_a_killed_command_is_healed_by_the_next(kills: Kills) -> None:
    """整个命令也一样：回退在改名换版之前被杀，还是原来的；发布写到一半被杀，还是旧版；再发布一次就好。"""
    before = str((kills.case.to / "current").readlink())
    assert killed(ROLLBACK_SWITCH, kills.case, "rollback").returncode == -signal.SIGKILL
    assert (kills.case.to / ".new-current").is_symlink()
    assert str((kills.case.to / "current").readlink()) == before
    assert not kills.whole()
    commit(kills.case.root)
    assert killed(100, kills.case, "publish").returncode == -signal.SIGKILL
    assert (kills.case.to / "releases/.new").is_dir()
    assert not kills.whole()
    done = kills.case.publish()
    assert done.returncode == 0, done.stderr
    kills.healed()


def test_a_release_that_never_went_live_is_no_way_back(case: Case) -> None:
    """写完了、没换上就被打断的一版，不会被回退捡起来。"""
    shutil.copytree(case.to / "releases/1", case.to / "releases/2")
    (case.to / "releases/2/index.html").write_text("从来没有公开过", encoding="utf-8")
    assert case.publish().returncode == 0
    assert case.releases == ["1", "3"]
    assert case.rollback().returncode == 0
    assert case.published == case.old


def test_a_second_publisher_is_turned_away(case: Case) -> None:
    """别人正在发布：说一声，退出，什么也不动；那边一没了，就能发布。"""
    with (case.to / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(case.publish(), "另一次发布")
        refused(case.rollback(), "另一次发布")
        assert case.published == case.old
    assert case.publish().returncode == 0


def test_publishers_at_once_do_not_mix(case: Case) -> None:
    """三个一起发布：至少成一个，没成的说了原因，留下的每一版都是完整的。"""
    commit(case.root)
    args = (str(case.to), "--root", str(case.root), "--as-of", DAY)
    together = [python("-m", "release.publish", *args) for _ in range(3)]
    said = [process.communicate()[1] for process in together]
    codes = [process.returncode for process in together]
    assert 0 in codes
    assert all("另一次发布" in words for code, words in zip(codes, said, strict=True) if code)
    assert case.published == case.new
    assert case.releases == [str(n + 1) for n in range(codes.count(0) + 1)]
    assert all(contents(case.to / "releases" / name) == case.new for name in case.releases[1:])


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(place)], check=False, capture_output=True).returncode:
        pytest.skip("这里不能挂载磁盘")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_the_old_site(case: Case, tmp_path: Path) -> None:
    """磁盘只放得下一版半：新版写不下，旧版照旧，写了一半的清掉了。"""
    kilobytes = sum(-(-len(content) // 4096) * 4 for content in case.old.values())
    small = Case(case.root, tmp_path / "small", case.old, case.new)
    with mounted(small.to, "-t", "tmpfs", "-o", f"size={kilobytes * 3 // 2}k", "tmpfs"):
        shutil.copytree(case.to, small.to, symlinks=True, dirs_exist_ok=True)
        refused(small.publish(), "磁盘满了", "网站没有变")
        assert small.published == case.old
        assert small.releases == ["1"]


def test_a_write_limit_leaves_the_old_site(case: Case) -> None:
    """单个文件写不下（配额）：同样一行说明，旧版照旧。"""
    commit(case.root)
    done = limited("publish", str(case.to), "--root", str(case.root), limit=20_000)
    refused(done, "磁盘满了", "网站没有变")
    assert case.published == case.old
    assert case.releases == ["1"]


def test_a_read_only_target_leaves_the_old_site(case: Case) -> None:
    """发布的文件夹不让写：说明是哪里，旧版照旧。"""
    if os.geteuid():
        (case.to / "releases").chmod(0o555)
        refused(case.publish(), "不让写", "网站没有变")
        (case.to / "releases").chmod(0o755)
    else:
        with mounted(case.to, "--bind", "-o", "ro", str(case.to)):
            refused(case.publish(), "不让写", "网站没有变")
            refused(case.rollback(), "不让写")
    assert case.published == case.old
    assert case.releases == ["1"]


def test_a_file_in_place_of_the_target_is_named(case: Case, tmp_path: Path) -> None:
    """发布到的地方是个文件，不是文件夹。"""
    commit(case.root)
    (tmp_path / "wenjian").touch()
    for name in ("wenjian", "wenjian/li"):
        refused(call("publish", str(tmp_path / name), "--root", str(case.root)), "不是文件夹")


# ---- 回退 ----


def test_five_releases_are_kept_and_rolled_back_one_by_one(case: Case) -> None:
    """第 6 版换上时第 1 版清掉；一版一版退回去；再发布，退掉的清掉。只有一版时说退不了。"""
    refused(case.rollback(), "没有更早的一版")
    for number in range(2, 6):
        shutil.copytree(case.to / "releases/1", case.to / f"releases/{number}")
    (case.to / "current").unlink()
    (case.to / "current").symlink_to("releases/5")
    assert case.publish().returncode == 0
    assert case.releases == ["2", "3", "4", "5", "6"]
    for number in (5, 4):
        done = case.rollback()
        assert done.returncode == 0, done.stderr
        assert f"第 {number} 版" in done.stdout
        assert str((case.to / "current").readlink()) == f"releases/{number}"
        assert case.published == case.old
    log = (case.to / "publish.log").read_text(encoding="utf-8").splitlines()
    assert log[-1] == f"{DAY} 00:00:00 回退 第5版→第4版"
    assert case.publish().returncode == 0
    assert case.releases == ["2", "3", "4", "7"]


def test_rollback_refuses_a_damaged_release(twice: Case) -> None:
    """上一版缺了文件或被改过，不退回去。"""
    (twice.to / "releases/1/index.html").write_text("坏了", encoding="utf-8")
    refused(twice.rollback(), "不完整", "index.html")
    assert twice.published == twice.new


def test_rollback_of_an_unknown_folder_makes_nothing(case: Case, tmp_path: Path) -> None:
    """文件夹名字打错了：说还没有发布过，不新建文件夹。"""
    refused(call("rollback", str(tmp_path / "cuo"), "--root", str(case.root)), "还没有发布过")
    assert not (tmp_path / "cuo").exists()


# ---- 撤下 ----


def withdraw(case: Case, name: str, reason: str) -> subprocess.CompletedProcess[str]:
    return call("withdraw", name, f"--reason={reason}", "--sure=是", "--root", str(case.root), "--as-of", "2026-11-21")


def test_a_withdrawn_page_leaves_lists_search_and_feeds(case: Case) -> None:
    """撤下一页：地址上写着日期和原因，别处都没有它；图片也没了；带着它的旧版退不回去。"""
    reason = '当事人: "不同意"公开 # {{ x }} <b>'
    done = withdraw(case, f"docs/{ACTIVITY}.md", reason)
    assert done.returncode == 0, done.stderr
    site = built(case.root)
    shown = page(case.root / f"site/{ACTIVITY}.html")
    assert shown.css_first("h1").text() == "已撤下"
    words = shown.css_first("main").text()
    assert "2026年11月21日撤下" in words
    assert reason in words
    assert "noindex" in (shown.css_first("meta[name=robots]").attributes["content"] or "")
    old_text, title = "四件旧物件".encode(), "村史馆里的国防课".encode()
    assert [name for name, content in site.items() if old_text in content or title in content] == []
    name = ACTIVITY.rpartition("/")[2].encode()
    pages = {each for each, content in site.items() if name in content and each != "manifest.json"}
    assert pages == {f"{ACTIVITY}.html", "shuangyong/2025/jiu-dizhi.html"}, "只有它自己和旧地址的跳转还提到这个地址"
    assert not [each for each in site if each.startswith(f"{ACTIVITY}.assets")]
    assert case.publish("--as-of", "2026-11-21").returncode == 0
    assert case.published == site
    refused(case.rollback(), "撤下的页面", f"{ACTIVITY}.html")
    assert case.published == site


def test_withdraw_lists_what_must_be_recalled_by_hand(case: Case) -> None:
    """列出公开过的日期、页眉里的渠道、订阅、dist/ 里的成品、链到它的页面；提醒历史里还有。"""
    rows = [("posters/guofang-ke-a3.pdf", f"{ACTIVITY}.html"), ("posters/bie.pdf", "index.html")]
    rows.append(("offline-2026-11-20.zip", "index.html"))
    (case.root / "dist").mkdir()
    listed = {"files": [{"file": name, "source": source} for name, source in rows]}
    (case.root / "dist/manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集信息，见[那次活动](../shuangyong/2025/guofang-ke.md)。")
    said = withdraw(case, f"https://yangban.example/{ACTIVITY}.html", "写错了").stdout
    for words in (DAY, "微信：", "宣传栏：", "订阅", "posters/guofang-ke-a3.pdf", "offline-2026-11-20.zip", "Git 历史"):
        assert words in said, words
    assert "报告保密员" in said
    assert "docs/guanyu/yinsi.md:8" in said
    assert "bie.pdf" not in said
    assert "广播：" not in said


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        (f"{ACTIVITY}.md", " ", "没有写撤下的原因"),
        ("shuangyong/2025/guofang-k.html", "写错了", f"是不是「{ACTIVITY}.md」"),
        ("shuangyong/index.html", "写错了", "不能撤下，别的页面都链到它"),
        ("search.html", "写错了", "不能撤下，别的页面都链到它"),
        ("", "写错了", "用法"),
        ("xuexi/falv/guofang-jiaoyu-fa.html", "写错了", "列出的内容在 data/laws/来源.yml，改那里"),
    ],
)
def test_withdraw_refuses(case: Case, name: str, reason: str, words: str) -> None:
    """没有原因、没有这一页、撤了也还在列表里的，说明怎么办，文件不动。"""
    before = contents(case.root / "docs")
    done = withdraw(case, name, reason)
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(case.root / "docs") == before


def test_a_page_is_withdrawn_once(case: Case) -> None:
    """撤下过的再撤，说哪天已经撤了；头一次的原因留着。"""
    assert withdraw(case, ACTIVITY, "头一次").returncode == 0
    refused(withdraw(case, "shuangyong/2025/jiu-dizhi.html", "从旧地址来，第二次"), "2026-11-21 已经撤下")
    assert "头一次" in (case.root / f"docs/{ACTIVITY}.md").read_text(encoding="utf-8")

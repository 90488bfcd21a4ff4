"""头几天用的：问本镇的事实，写一篇新活动，给手机看的预览，核对的日历。"""

from __future__ import annotations

import datetime
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import icalendar
import openpyxl
import pytest
import zxingcpp
from conftest import AS_OF, ROOT, called, edit
from PIL import Image

CopySite = Callable[..., Path]
HALL = "data/halls/shilicun.yml"


# ---- make serve LAN=1 ----

# 自己的一个网：这台电脑的地址是 $1，预览好了就从这个地址打开一页
OFFICE = """
[ -z "$1" ] || { ip link set lo up; ip addr add "$1/24" dev lo; ip route add default dev lo; } || exit 9
"$2" -m desk.serve --lan=1 --root="$3" >"$3/said" 2>"$3/wrong" & pid=$!
until "$2" -c "$OPEN" "http://$1:8000/" 2>/dev/null || ! kill -0 $pid 2>/dev/null; do sleep 0.2; done
kill $pid 2>/dev/null
"""


OPEN = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1], timeout=5).status)"


def preview(root: Path, address: str) -> tuple[str, str, str]:
    """在一个只有自己的网里打开预览：打开一页的回答、打印的、报的。"""
    command = ["unshare", "-n", "sh", "-c", OFFICE, "sh", address, sys.executable, str(root)]
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "OPEN": OPEN}
    env |= {"NO_MKDOCS_2_WARNING": "1", "no_proxy": "*"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 9 or "unshare" in done.stderr:
        pytest.skip("这里不能另开一个网")
    return done.stdout.strip(), (root / "said").read_text("utf-8"), (root / "wrong").read_text("utf-8")


def scanned(lines: list[str]) -> str:
    """用手机扫终端里的二维码：一个字是上下两格。"""
    lit = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
    image = Image.new("L", (len(lines[0]), 2 * len(lines)))
    for y, line in enumerate(lines):
        for x, char in enumerate(line):
            for half in (0, 1):
                image.putpixel((x, 2 * y + half), 255 * lit[char][half])
    (code,) = zxingcpp.read_barcodes(image.resize((image.width * 8, image.height * 8), Image.Resampling.NEAREST))
    return code.text


def test_a_phone_opens_the_preview(copy_site: CopySite) -> None:
    """办公室的网：先说清谁都看得见，印出扫得开的二维码，从那个地址打得开。"""
    status, said, wrong = preview(copy_site(), "192.168.7.7")
    assert (status, wrong) == ("200", "")
    lines = said.splitlines()
    assert lines[0].startswith("注意：连着同一个网的人都打得开，没有写完的草稿也看得见。")
    assert scanned([line for line in lines if set(line) <= set("█▀▄ ")]) == "http://192.168.7.7:8000/"
    assert lines[-1].startswith("预览好了：http://192.168.7.7:8000/ ")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("8.8.8.9", "这台电脑的地址 8.8.8.9 直接连着外网，草稿会给外面的人看见；换一台连着办公室路由器的电脑\n"),
        ("", "这台电脑没有连着网，手机打不开；连上办公室的网；不给手机看的，用 make serve\n"),
    ],
)
def test_no_office_network_no_preview_for_phones(copy_site: CopySite, address: str, words: str) -> None:
    status, said, wrong = preview(copy_site(), address)
    assert (status, said, wrong) == ("", "", words)


# ---- make reminders ----


def remind(root: Path, day: str = AS_OF) -> tuple[str, list[icalendar.Event]]:
    done = called("desk.reminders", f"--root={root}", f"--as-of={day}")
    assert (done.returncode, done.stderr) == (0, "")
    calendar = icalendar.Calendar.from_ical((root / "dist/reminders.ics").read_bytes())
    return done.stdout, calendar.walk("VEVENT")


def test_reminders_say_what_the_check_will_say(copy_site: CopySite) -> None:
    """到期的那一天检查不报，过一天就报；过了的提醒放在今天。"""
    root = copy_site()
    said, events = remind(root)
    (hours,) = [each for each in events if each["SUMMARY"].startswith("开放时间：")]
    due = hours["DTSTART"].dt
    assert due == datetime.date(2026, 12, 20)
    assert "2026-12-20（还有24天） 开放时间：样板村村史馆的开放时间" in said
    (alarm,) = hours.walk("VALARM")
    assert alarm["TRIGGER"].dt == datetime.timedelta(days=-7)
    assert "data/halls/yangban-cun.yml 第" in hours["DESCRIPTION"]
    words = "样板村村史馆的开放时间上次核对是"
    for day, late in ((due, False), (due + datetime.timedelta(days=1), True)):
        found = called("checks", "freshness", f"--root={root}", f"--as-of={day}").stdout
        assert (words in found) is late
    said, events = remind(root, "2026-12-22")
    assert "2026-12-20（过了2天） 开放时间" in said
    assert {each["DTSTART"].dt for each in events if "村史馆的开放" in each["SUMMARY"]} == {datetime.date(2026, 12, 22)}


def test_reminders_move_and_expire(copy_site: CopySite) -> None:
    """核对以后再做一次，改的是日历里原来那一条；放行、通知、要撤的标语照写定的日子，过去的不算；待核对的另说。"""
    root = copy_site()
    before = {each["UID"]: each["DTSTART"].dt for each in remind(root)[1]}
    hall = next((root / "data/halls").glob("*.yml"))
    edit(hall, "复核日期: 2026-11-20", "复核日期: 2026-11-25")
    after = {each["UID"]: each["DTSTART"].dt for each in remind(root)[1]}
    assert set(before) == set(after)
    assert {after[uid] - day for uid, day in before.items()} == {datetime.timedelta(), datetime.timedelta(days=5)}
    again = "    - {地点: 村口, 挂: 2026-11-01, 撤: 2026-11-02}\n    - {地点: 街口, 挂: 2026-11-01, 撤: 2026-12-01}\n"
    with (root / "data/slogans.yml").open("a", encoding="utf-8") as file:
        file.write(again)
    edit(root / "data/places.yml", "复核日期: 2026-11-20", "复核日期: 待核对")
    said, _ = remind(root)
    assert "2026-12-01（还有5天） 标语：街口的“" in said
    assert "村口" not in said
    assert "处写着 待核对，没有日子，不在里面" in said


# ---- make start ----


def typed(root: Path, module: str, *lines: str, alone: bool = False, **more: str) -> tuple[int, str]:
    """在真的终端里打这几行，再按 Ctrl+D：返回的数，屏幕上的字。alone：在只有自己的网里，端口没有人用。"""
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", module, f"--root={root}", f"--as-of={AS_OF}"]
    if alone:
        command = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"} | more
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    os.close(terminal)
    os.write(master, "".join(f"{line}\n" for line in lines).encode() + b"\x04")
    said, _ = process.communicate(timeout=120)
    os.close(master)
    return process.returncode, said


@pytest.fixture
def empty(copy_site: CopySite) -> Path:
    """刚清空的乡镇。"""
    root = copy_site()
    for name in ("township", "places"):
        path = root / f"data/{name}.yml"
        path.write_text(
            path.read_text("utf-8").replace("样板镇人民武装部", "本县人民武装部").replace("样板镇", "本镇"), "utf-8"
        )
    edit(root / "data/township.yml", "网址: https://yangban.example/", "网址:")
    return root


def test_start_only_after_fresh_and_with_the_names(empty: Path) -> None:
    """演示网站里不问；没有终端，又没有写镇名、县名：列出缺哪几样；写了就把名称都换上，别的照待公布列出来。"""
    said = called("desk.start", f"--root={ROOT}")
    assert (said.returncode, said.stderr) == (1, "这里还是演示网站；先运行 make fresh，变成一个空乡镇\n")
    code, words = typed(empty, "desk.start", "村")
    assert code == 1 and "「村」不是全称；写全，如 示例镇、示例县" in words
    assert "栏目名: 本镇" in (empty / "data/township.yml").read_text("utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "desk.start", f"--root={empty}"],
        cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert said.returncode == 2
    assert "还缺 2 样：TOWN（本镇叫什么（全称，如 ××镇））；COUNTY（" in said.stderr
    said = subprocess.run(
        [sys.executable, "-m", "desk.start", f"--root={empty}", "--town=示例镇", "--county=示例县"],
        cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")
    assert "  示例县人民武装部：时间、电话；问 示例县人民武装部" in said.stdout
    assert "（还有" in said.stdout
    town = (empty / "data/township.yml").read_text("utf-8")
    assert "栏目名: 示例镇国防教育专栏\n乡镇: 示例镇\n主办单位: 示例镇人民政府\n" in town
    assert "名称: 示例镇退役军人服务站" in (empty / "data/places.yml").read_text("utf-8")


def test_start_asks_checks_and_goes_on_where_it_stopped(empty: Path) -> None:
    """答错的马上说怎么改，再问；停在半路，答完的都在，再来只问还不知道的；检查没有错误。"""
    code, said = typed(
        empty, "desk.start", "示例镇", "示例县", "是",
        "http://a.cn", "https://a.example/", "15400138000", "guofang@a.example", "还不清楚", "", "？", "",
        "15400139000", "0000-0000020", "不知道",
    )  # fmt: skip
    assert code == 1
    assert "网址「http://a.cn」的写法不对" in said
    assert "邮箱「15400138000」的写法不对；写成 名字@域名；没有就写 待公布" in said
    assert "电话像是个人手机号；只公布办公电话；没有就写 待公布" in said
    assert "停在这里：前面答完的都写好了" in said
    places = (empty / "data/places.yml").read_text("utf-8")
    assert f"  电话: 0000-0000020\n  事项: 受理和咨询\n  复核日期: {AS_OF}\n" in places
    hall = ["示例村村史馆", "示例村", "开放", "讲老物件", "村委会东边", "闭馆", "9:00-11:30,14:00-16:30"]
    code, said = typed(
        empty, "desk.start", "", *[""] * 4, "", "",
        "示例村", "不知道", "", "村委会一楼", "0000-0000101", "", "",
        "示例二村", "", "村委会", "", "", "", "",
        *hall, *[""] * 5, "免费", *[""] * 11, "",
    )  # fmt: skip
    assert code == 0, said
    assert "「名称」一定要填；问清楚再答" in said
    assert "邮箱（" not in said and "退役军人服务站 ——" not in said
    assert "—— 拥军服务窗口（已有 2 个） ——" in said
    places = (empty / "data/places.yml").read_text("utf-8")
    assert "  村: 示例村\n  地址: 村委会一楼\n  时间: 待公布\n  电话: 0000-0000101\n  事项: 待公布\n" in places
    (made,) = [path for path in (empty / "data/halls").iterdir() if path.stem != "yangban-cun"]
    text = made.read_text("utf-8")
    assert "  星期一: 闭馆\n  星期二: 9:00—11:30，14:00—16:30\n" in text
    assert "  星期日: 9:00—11:30，14:00—16:30\n" in text
    assert (empty / f"docs/cunshiguan/{made.stem}.md").is_file()
    checked = called("checks", f"--root={empty}", f"--as-of={AS_OF}")
    assert checked.returncode == 0, checked.stdout


def test_start_takes_the_filled_workbook(empty: Path) -> None:
    """首日表：镇名先写上，再做表，填几格，照它写。"""
    book = empty / "dist/excel/首日表.xlsx"
    for arguments in (("desk.start", "--town=示例镇", "--county=示例县"), ("desk.excel",)):
        assert called(*arguments, f"--root={empty}", f"--as-of={AS_OF}").returncode == 0
    sheets = openpyxl.load_workbook(book)
    for row, village in enumerate(("示例村", "示例二村"), 3):
        sheet = sheets["服务窗口"]
        titles = {cell.value: cell.column for cell in sheet[2]}
        words = {"名称": f"{village}拥军服务窗口", "村": village, "地址": "村委会一楼", "电话": "0000-0000101"}
        for title, value in words.items():
            sheet.cell(row, titles[title], value)
    sheets.save(book)
    asked = called("desk.start", f"--root={empty}", f"--as-of={AS_OF}", f"--file={book}").stdout
    assert f"再加 SURE=是：make start FILE={book} SURE=是\n" in asked
    done = called("desk.start", f"--root={empty}", f"--as-of={AS_OF}", f"--file={book}", "--sure=是")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "  示例村拥军服务窗口：时间、事项；问 示例村拥军服务窗口" in done.stdout
    assert "村: 示例二村" in (empty / "data/places.yml").read_text("utf-8")


# ---- make new ----

FIVE = {"NAME": "八一慰问", "DATE": "2026年8月1日", "PLACE": "样板村村委会", "SOURCE": "镇退役军人服务站"}


@pytest.fixture
def town(copy_site: CopySite) -> Path:
    root = copy_site()
    (root / "docs/_moban").mkdir()
    shutil.copy(ROOT / "docs/_moban/huodong.md", root / "docs/_moban")
    return root


def test_new_writes_a_draft_with_its_photos(town: Path, tmp_path: Path) -> None:
    """都写在命令里：一页草稿，照片洗过；再来一篇同名的，文件名带上日期；少写的列出来，什么也不写。"""
    exif = Image.Exif()
    exif[0x0132] = "2026:08:01 08:00:00"
    (tmp_path / "照片").mkdir()
    Image.effect_noise((2000, 1500), 60).convert("RGB").save(tmp_path / "照片/微信图片_1.jpg", exif=exif)
    given = [f"--{name.lower()}={said}" for name, said in FIVE.items()]
    more = (f"--root={town}", f"--as-of={AS_OF}")
    done = called("desk.new", *given, f"--photos={tmp_path / '照片'}", *more)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("写好了 docs/shuangyong/2026/bayi-weiwen.md（草稿）：八一慰问，2026-08-01，")
    assert "「做得怎么样，居民能得到什么。两三句。」是模板里的话，还没有换掉" in done.stdout
    assert "看样子：make serve，打开 http://127.0.0.1:8000/shuangyong/2026/bayi-weiwen.html\n" in done.stdout
    page = (town / "docs/shuangyong/2026/bayi-weiwen.md").read_text("utf-8")
    assert "\n# 八一慰问\n\n2026年8月1日，八一慰问在样板村村委会举行。\n\n做得怎么样" in page
    assert "\n渠道: [微信, 宣传栏]" in page and "\n稿件: 草稿" in page
    (photo,) = (town / "docs/shuangyong/2026/bayi-weiwen.assets").iterdir()
    with Image.open(photo) as washed:
        assert max(washed.size) <= 1600 and not washed.getexif()
    assert "bayi-weiwen-0801.md" in called("desk.new", *given, "--channels=不要", *more).stdout
    before = sorted((town / "docs").rglob("*"))
    for arguments, words in (
        (given[:1], "还缺 3 样：DATE（哪一天，写全年月日）；PLACE（在哪里）；SOURCE（谁写的稿，写单位）；用法："),
        ([*given, "--channels=抖音"], "没有「抖音」这一样；可以写 微信、宣传栏、广播，或写 不要\n"),
        ([*given[1:], "--name=这个标题一共超过了十三个汉字"], "标题有14个字；不超过13个字，说做了什么\n"),
        ([*given, "--photos=/meiyou"], "没有「/meiyou」这个文件夹；核对 PHOTOS= 后面的名字\n"),
    ):
        done = called("desk.new", *arguments, *more)
        assert done.returncode and not done.stdout and done.stderr.startswith(words), done
    assert sorted((town / "docs").rglob("*")) == before
    assert called("checks", *more).returncode == 0


def test_new_in_a_terminal_asks_and_opens_the_preview(town: Path, tmp_path: Path) -> None:
    """答错的再问；写好以后预览自己开起来，浏览器打开这一页。"""
    browser = tmp_path / "browser"
    browser.write_text(
        '#!/bin/sh\necho "$1" >"$0.opened"\nkill -INT $(cut -d" " -f4 /proc/$PPID/stat)\n', encoding="utf-8"
    )
    browser.chmod(0o755)
    five = ["八一慰问", "八月一日", *list(FIVE.values())[1:], ""]
    _, said = typed(town, "desk.new", *five, alone=True, BROWSER=str(browser))
    if "unshare" in said:
        pytest.skip("这里不能另开一个网")
    assert "「八月一日」不是哪一天；写全年月日，如 2026-09-18" in said
    assert "这一页的预览：http://127.0.0.1:8000/shuangyong/2026/bayi-weiwen.html" in said
    assert "预览好了：http://127.0.0.1:8000/" in said
    assert (tmp_path / "browser.opened").read_text("utf-8") == (
        "http://127.0.0.1:8000/shuangyong/2026/bayi-weiwen.html\n"
    )

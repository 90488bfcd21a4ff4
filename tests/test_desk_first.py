"""头几天用的：给手机看的预览，核对的日历。"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import icalendar
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

"""python -m desk.start：make fresh 以后的头一天，问本镇的事实，写进 data/；FILE 是填好的首日表，就照它写。

答完一条写一条，随时可以停：记在数据里，再来一次只问还不知道的。
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

from macros.model import Site, load
from macros.model.door import Answer, Door
from macros.model.kinds import KINDS
from macros.model.refusal import Refusal
from macros.model.township import PLACEHOLDER
from macros.model.values import UNKNOWN

from . import ask, tables
from .interview import Entry, open_facts
from .layout import HALLS, PLACES, WINDOWS, Column, Table
from .reminders import reminders
from .unknown import unknown

USAGE = "用法：make start，或 make start TOWN=镇名 COUNTY=县名，或 make start FILE=首日表.xlsx"
COUNTY = "本县"  # make fresh 留下的，等人来填
LAST = "没有了"
OFFICIAL = ("栏目名", "乡镇", "主办单位", "挂载方式")
FOUND = ("地址", "时间", "电话")
NEXT = (
    "接着：窗口、馆、年度数据、标语多的，make excel 做出首日表，填好再 make start FILE=dist/excel/首日表.xlsx；"
    "活动用 make new、make import；以后知道了，再打 make start"
)


def start(root: Path, day: datetime.date, file: str, given: Mapping[str, str]) -> Answer:
    site = load(root)
    if site.township is None:
        raise Refusal("data/township.yml 读不出来", "先运行 make check，改好再来")
    if site.township.demo:
        raise Refusal("这里还是演示网站", "先运行 make fresh，变成一个空乡镇")
    if file:
        answer = tables.take(root, Path(file), day, word="start", sure=given["SURE"])
        words, done = answer if isinstance(answer, tuple) else (answer, True)
        shown = done and (given["SURE"] or sys.stdin.isatty())  # 还没有写的，只说怎么写
        return "\n".join([words, *(ending(load(root), day) if shown else [])]), done
    _names(root, site, given)
    if sys.stdin.isatty():
        try:
            _interview(root, day)
        except (Refusal, KeyboardInterrupt):
            kept = "\n停在这里：前面答完的都写好了，没有答完的这一条没有写；再打 make start，接着问"
            return "\n".join([kept, *ending(load(root), day)]), False
    return "\n".join(ending(load(root), day)), True


def _names(root: Path, site: Site, given: Mapping[str, str]) -> None:
    """镇名、县名：栏目、单位的名称都带着它们。"""
    places = [(place.id, place.name) for place in site.places.values()]
    asked = []
    if site.township and site.township.name == PLACEHOLDER:
        asked.append(ask.Question("TOWN", "本镇叫什么（全称，如 ××镇）", _name))
    if any(COUNTY in name for _, name in places):
        asked.append(ask.Question("COUNTY", "属于哪个县（全称，如 ××县、××市、××区）", _name))
    found = ask.answers(asked, given, USAGE)
    if town := found.get("TOWN"):
        facts = {"栏目名": f"{town}国防教育专栏", "乡镇": town, "主办单位": f"{town}人民政府"}
        Entry(root, None, facts).save()
    for code, name in places:
        real = name.replace(PLACEHOLDER, found.get("TOWN", PLACEHOLDER)).replace(COUNTY, found.get("COUNTY", COUNTY))
        if real != name:
            Entry(root, PLACES, {"编号": code, "名称": real}).save()


def _name(said: str) -> str:
    if not said.isalpha() or len(said) < 2 or said[-1] not in "镇乡街道县市区旗场":
        raise Refusal(f"「{said}」不是全称", "写全，如 示例镇、示例县")
    return said


def _interview(root: Path, day: datetime.date) -> None:
    print("不知道的直接回车，写成待公布。随时可以按 Ctrl+C 停下，答完的都在。")
    seen = ask.answers([CHECKED], {}, USAGE)[CHECKED.name]
    reviewed = {"复核日期": day.isoformat()} if seen else {}
    print("—— 本栏目 ——")
    for fact in open_facts(load(root).docs[KINDS["township"].path()].value, OFFICIAL):
        entry = Entry(root, None)
        entry.ask([fact], USAGE)
        entry.save()
    for place in list(load(root).places.values()):
        found = place.model_dump(by_alias=True)
        missing = [each for each in PLACES.columns if each.title in FOUND and found[each.title] == UNKNOWN]
        if missing:
            print(f"—— {place.name} ——")
            entry = Entry(root, PLACES, {"编号": place.id, "名称": place.name})
            entry.ask(missing, USAGE)
            if any(entry.said[each.title] != UNKNOWN for each in missing):
                entry.said |= reviewed
                entry.save()
    _windows(root, reviewed)
    _halls(root, day)


CHECKED = ask.Question("SEEN", "电话、地址，今天打电话核对过没有（是、否）", lambda said: said == "是", "否")


def _windows(root: Path, reviewed: Mapping[str, str]) -> None:
    columns = _columns(WINDOWS, "名称", "地址", "电话", "时间", "事项")
    same: dict[str, str] = {}
    while True:
        have = sum(place.kind == dict(WINDOWS.fixed)["类别"] for place in load(root).places.values())
        print(f"—— 拥军服务窗口（已有 {have} 个） ——")
        village = _next("下一个在哪个村")
        if not village:
            return
        entry = Entry(root, WINDOWS, same | {"村": village, "名称": f"{village}拥军服务窗口"})
        entry.ask(columns, USAGE)
        same = {title: entry.said[title] for title in ("时间", "事项") if title in entry.said}
        entry.said |= reviewed
        entry.save()


def _halls(root: Path, day: datetime.date) -> None:
    columns = [each for each in HALLS.columns if not each.made and each.title != "名称"]
    while True:
        print(f"—— 村史馆（已有 {len(load(root).halls)} 个） ——")
        name = _next("下一个馆叫什么（以挂牌为准）")
        if not name:
            return
        entry = Entry(root, HALLS, {"名称": name, "复核日期": day.isoformat()})
        entry.ask(columns, USAGE)
        entry.save()


def _next(words: str) -> str:
    said: str = ask.answers([ask.Question("NEXT", words, usual=LAST)], {}, USAGE)["NEXT"]
    return "" if said == LAST else said


def _columns(table: Table, *titles: str) -> list[Column]:
    by_title = {column.title: column for column in table.columns}
    return [by_title[title] for title in titles]


def ending(site: Site, day: datetime.date) -> list[str]:
    """还不知道的、什么时候到期、接着做什么。"""
    missing, due = list(unknown(site)), reminders(site.public, day)
    lines = [f"还有 {len(missing)} 样没有填全：", *(f"  {each}" for each in missing)] if missing else ["都填全了。"]
    dated = ["这些日子以前再核对（make reminders 写成日历）：", *(f"  {each.line}" for each in due)] if due else []
    return [*lines, *dated, NEXT]


if __name__ == "__main__":
    door = Door(USAGE)
    for option in ("--file", "--town", "--county", "--sure"):
        door.add_argument(option, default="")
    sys.exit(
        door.enter(
            lambda asked: start(
                asked.root, asked.day, asked.file, {"TOWN": asked.town, "COUNTY": asked.county, "SURE": asked.sure}
            )
        )
    )

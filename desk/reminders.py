"""python -m desk.reminders：哪些哪天以前要核对，写成日历 dist/reminders.ics，导进办公室的日历。

同一天到期的一类，合成一条；一类的第几条，UID 不变：核对以后再做一次、再导一次，改的是原来那一条。
"""

from __future__ import annotations

import datetime
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from macros.model import Site, load
from macros.model.deadlines import DAY, Deadline, deadlines, unverified
from macros.model.disk import write
from macros.model.door import Door
from macros.model.refusal import Refusal
from macros.model.values import UNVERIFIED

USAGE = "用法：make reminders"
FILE = "dist/reminders.ics"
AHEAD = 7 * DAY  # 提前几天提醒
NAMED = 3


@dataclass(frozen=True)
class Reminder:
    """一类里同一天到期的。day：哪天提醒，已经过了的是今天。"""

    period: str
    number: int
    day: datetime.date
    left: int
    items: tuple[Deadline, ...]

    @property
    def title(self) -> str:
        names = "、".join(each.name for each in self.items[:NAMED])
        more = f"等{len(self.items)}处" if len(self.items) > NAMED else ""
        return f"{self.period}：{names}{more}"

    @property
    def line(self) -> str:
        """终端里的一行。"""
        when = f"还有{self.left}天" if self.left > 0 else "就是今天" if self.left == 0 else f"过了{-self.left}天"
        return f"{self.items[0].due}（{when}） {self.title}"


def reminders(site: Site, today: datetime.date) -> list[Reminder]:
    """早的在前；写定了日子又已经过去的不算：撤没撤下来，这里不知道。"""
    due = [each for each in deadlines(site) if each.days or each.due >= today]
    found = [
        Reminder(period, number, max(day, today), (day - today).days, tuple(items))
        for period, ones in groupby(sorted(due, key=lambda each: each.period), lambda each: each.period)
        for number, (day, items) in enumerate(groupby(ones, lambda each: each.due), 1)
    ]
    return sorted(found, key=lambda each: (each.items[0].due, each.period))


def calendar(site: Site, found: list[Reminder], now: datetime.datetime) -> bytes:
    name = site.township.site_name if site.township else ""
    made = Calendar()
    made.add("PRODID", f"-//{name}//reminders//ZH")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", f"{name}·核对提醒")
    for each in found:
        event = Event()
        event.add("UID", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}/{each.period}/{each.number}")))
        event.add("DTSTAMP", now.astimezone(datetime.UTC))
        event.add("SEQUENCE", now.date().toordinal())
        event.add("DTSTART", each.day)
        event.add("DTEND", each.day + DAY)
        event.add("SUMMARY", each.title)
        event.add("DESCRIPTION", "\n".join(_lines(each)))
        event.add("TRANSP", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", each.title)
        alarm.add("TRIGGER", -AHEAD)
        event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())


def _lines(reminder: Reminder) -> Iterator[str]:
    for todo, items in groupby(reminder.items, lambda each: each.todo):
        yield f"{todo}："
        yield from (f"· {each.name}（{each.file} 第{each.line}行）" for each in items)


def make(root: Path, now: datetime.datetime) -> str:
    site = load(root).public
    if site.township is None:
        raise Refusal("data/township.yml 读不出来", "先运行 make check，改好再来")
    found = reminders(site, now.date())
    write(root / FILE, calendar(site, found, now))
    waiting = sum(map(len, unverified(site).values()))
    never = [f"还有{waiting}处写着 {UNVERIFIED}，没有日子，不在里面：核对了再做一次"] if waiting else []
    done = f"{FILE} 做好了，{len(found)}条，提前{AHEAD.days}天提醒：导进办公室的日历；核对以后再做一次、再导一次"
    return "\n".join([*(each.line for each in found), *never, done])


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: make(asked.root, asked.now)))

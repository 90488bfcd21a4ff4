"""海报下面印谁的电话：指南登记的办理点，馆自己，活动说的那件事归谁。待公布的不印，另作提醒。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from macros.model import Site
from macros.model.halls import Hall
from macros.model.headers import ActivityHeader
from macros.model.pages import Page
from macros.model.places import Place
from macros.model.values import UNKNOWN

# 活动没有写办理点的，标题、摘要里说到什么就印哪里的；都没有说到的，印头一个
SUBJECTS = {
    "退役军人服务站": ("退役", "优抚", "优待", "光荣", "慰问", "走访", "拥军", "双拥", "烈士"),
    "人民武装部": ("征兵", "应征", "参军", "入伍", "兵役", "当兵", "新兵"),
}
ASK = "先问村里或镇里，不要白跑一趟"

Entry = tuple[str, str, dict[str, str]]  # 名称、电话、别的几行（哪一样、写的什么）


@dataclass(frozen=True)
class Contacts:
    """people：有电话、时间或地址可印的各处；note：别的几处怎么办；missing：哪几样没有印。"""

    people: list[dict[str, Any]]
    note: str
    missing: list[str]


def of_places(places: Iterable[Place]) -> Contacts:
    return _contacts([_place(place) for place in places])


def of_hall(hall: Hall) -> Contacts:
    return _contacts([_hall(hall)])


def of_activity(site: Site, page: Page, header: ActivityHeader) -> Contacts:
    """页眉里写了办理点的照写。"""
    if header.places:
        named = (_hall(site.halls[id]) if id in site.halls else _place(site.places[id]) for id in header.places)
        return _contacts(list(named))
    for said in (page.title, header.summary):
        for hall in site.halls.values():
            if hall.name in said:
                return of_hall(hall)
        for kind, words in SUBJECTS.items():
            if any(word in said for word in words):
                return _first(site, kind)
    return _first(site, next(iter(SUBJECTS)))


def _first(site: Site, kind: str) -> Contacts:
    return of_places([place for place in site.places.values() if place.kind == kind][:1])


def _place(place: Place) -> Entry:
    return place.name, place.phone, {"时间": place.hours, "地址": place.address}


def _hall(hall: Hall) -> Entry:
    return hall.name, hall.phone, {"地址": hall.address, "怎么去": hall.transport}


def _contacts(entries: list[Entry]) -> Contacts:
    """一样也没有公布的，名称只在那句话里。"""
    shown = [entry for entry in entries if {entry[1], *entry[2].values()} != {UNKNOWN}]
    waiting = "、".join(entry[0] for entry in entries if entry not in shown)
    note = (
        f"{waiting}：{'先打上面的电话问' if any(phone != UNKNOWN for _, phone, _ in shown) else ASK}。"
        if waiting
        else ""
    )
    missing = []
    for name, phone, lines in entries:
        if unknown := [what for what, value in {"电话": phone, **lines}.items() if value == UNKNOWN]:
            missing.append(f"{name}的{'、'.join(unknown)}")
    return Contacts([_shown(*entry) for entry in shown], note, missing)


def _shown(name: str, phone: str, named: dict[str, str]) -> dict[str, Any]:
    lines = [value for value in named.values() if value != UNKNOWN]
    if phone == UNKNOWN:
        lines.append(f"去之前{ASK}")
    elif len(lines) < len(named):
        lines.append("去之前先打电话问清楚")
    return {"name": name, "phone": phone if phone != UNKNOWN else "", "lines": lines}

"""第几个、多少周年，和同一句里写的年份对得上。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.model import Problem
from macros.model.numerals import from_chinese
from macros.model.problem import ERROR

from .sentences import matches, sentence
from .texts import Passage

NUMBER = r"(?P<number>\d{1,3}|[一二三四五六七八九十百]{1,5})"
# 头一个的前一年
DAYS = {
    "国防教育日": 2000,
    "国家安全教育日": 2015,
    "国家公祭日": 2013,
    "台湾光复纪念日": 2024,
}
# 哪一年的事
EVENTS = {
    "建军节?": 1927,
    "九一八[”]?事变(?:爆发|发生)?": 1931,
    "(?:抗战|抗日战争(?:暨世界反法西斯战争)?)胜利": 1945,
}
COUNTED = [
    (re.compile(rf"第{NUMBER}[个届次][“]?(?:全民|法定|中国|我国|南京大屠杀死难者)?{day}"), before, "第{}个")
    for day, before in DAYS.items()
] + [(re.compile(rf"{event}{NUMBER}周年"), year, "{}周年") for event, year in EVENTS.items()]
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
NEAR = 3  # 差得再多，写的年份多半是别的事


def anniversaries(passage: Passage) -> Iterator[Problem]:
    text = passage.text
    for pattern, before, said in COUNTED:
        for match in matches(pattern, text):
            number = int(match["number"]) if match["number"].isdigit() else from_chinese(match["number"])
            years = [int(year) for year in YEAR.findall(text, *sentence(text, match.start()))]
            nearest = min(years, key=lambda year: abs(year - before - (number or 0)), default=None)
            if nearest and number and 0 < abs(nearest - before - number) <= NEAR:
                what = f"{nearest}年不是「{match[0]}」"
                fix = f"{nearest}年是{said.format(nearest - before)}，核对年份和数"
                yield Problem(passage.file, *passage.at(match.start()), ERROR, what, fix, "R-5")

"""坏文件大全：每一种写坏的办法，报在哪个文件哪一行，说的是哪一句话。"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import SITES, build, check

from macros.model import Problem, listing, load
from macros.model.kinds import MACROS

Change = tuple[str, str] | str | bytes | Callable[[Path], object] | None

TOWN = "data/township.yml"
INDICATORS = "data/indicators.yml"
YEAR = "data/years/2025.yml"
HALL = "data/halls/yangban-cun.yml"
PLACES = "data/places.yml"
SERVICE = "data/services/yuyue-jiangjie.yml"
SLOGANS = "data/slogans.yml"
CALENDAR = "data/calendar.yml"
QUIZ = "data/quiz.yml"
READING = "data/reading.yml"
LINKS = "data/links.yml"
REDIRECTS = "data/redirects.yml"
SYNONYMS = "data/synonyms.yml"
PUBLISHED = "data/published.csv"
SOURCES = "data/laws/来源.yml"
LAW = "data/laws/guofang-jiaoyu-fa.json"
PAGE = "docs/minbing/index.md"
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"
CLEAN = SITES / "publishable"
TEXT = "民兵是什么，法律里写着。"  # PAGE 的正文，第 8 行


@dataclass(frozen=True)
class Case:
    """一种坏法。change：(原文, 改成)、整个文件的新内容、对路径做的事，或 None（删掉）。

    line：报在第几行；不写就是改动的那一行。at：报在别的文件。total：一共几处问题。
    """

    id: str
    file: str
    change: Change
    says: str
    fix: str = ""
    line: int = 0
    at: str = ""
    level: str = "错误"
    total: int = 1


def macro(id: str, text: str, says: str, fix: str = "", line: int = 0, total: int = 1) -> Case:
    """页面正文写成 text。"""
    return Case(id, PAGE, (TEXT, text), says, fix, line, total=total)


def exists_as(name: str) -> Callable[[Path], object]:
    """同一个文件夹里多出一个叫 name 的副本。"""
    return lambda path: path.with_name(name).write_bytes(path.read_bytes())


def renamed(name: str) -> Callable[[Path], object]:
    return lambda path: path.rename(path.with_name(name))


def encoded(encoding: str, bom: bytes = b"") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(bom + path.read_text(encoding="utf-8").encode(encoding))


def cut(before: str) -> Callable[[Path], object]:
    """从 before 起，后面的都没了。"""
    return lambda path: path.write_text(path.read_text(encoding="utf-8").partition(before)[0], encoding="utf-8")


def lines_end_with(end: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_text(encoding="utf-8").replace("\n", end).encode())


def nested_total(indicators: Path) -> None:
    """再加一层合计：全年户次 = 走访慰问户次 + 其他户次。走访慰问户次 没有公布，也算得出来。"""
    text = indicators.read_text(encoding="utf-8")
    entry = text[text.index("春节走访户次:\n") : text.index("八一走访户次:\n")]
    total = entry.replace("春节走访户次:", "全年户次:") + "  分项: [走访慰问户次, 其他户次]\n"
    indicators.write_text(text + total + entry.replace("春节走访户次:", "其他户次:"), encoding="utf-8")
    year = indicators.parent / "years" / "2025.yml"
    text = year.read_text(encoding="utf-8").replace("    值: 20\n    限定: 不少于\n", "    状态: 待公布\n")
    year.write_text(f"{text}  全年户次:\n    值: 37\n  其他户次:\n    值: 10\n", encoding="utf-8")


def stray(township: Path, name: bytes) -> None:
    """data/ 里多一个文件，名字不是 UTF-8。"""
    (township.parent / os.fsdecode(name)).touch()


def linked(township: Path) -> None:
    """data/halls/ 里有一个指到别处的快捷方式。"""
    (township.parent / "halls/a.yml").symlink_to("/etc/passwd")


def turned_off(indicators: Path) -> None:
    """走访慰问的户次改成不涉及优抚对象，1 到 9 就都能写了。"""
    before, mark, after = indicators.read_text(encoding="utf-8").partition("走访慰问户次:\n")
    indicators.write_text(before + mark + after.replace("涉及优抚对象: 是", "涉及优抚对象: 否", 1), encoding="utf-8")


def two_old_numbers(year: Path) -> None:
    """合计和一个分项都改成了约数，可两条更正里的旧数一减就是隐去的数。"""
    text = year.read_text(encoding="utf-8")
    for name, old, now in (("走访慰问户次", 27, 30), ("春节走访户次", 20, 21)):
        new = (
            f"    值: {now}\n    限定: 约\n    更正:\n      - {{日期: 2026-03-01, 原: {old}, 改: {now}, 原因: 复核}}\n"
        )
        text = re.sub(rf"(  {name}:\n)(    .*\n)+", rf"\g<1>{new}", text)
    year.write_text(text, encoding="utf-8")


GF_12 = "{法: 国防教育法, 条: 12}"

KEYS = [
    Case("township-key", TOWN, ("主办单位:", "主办单伟:"), "不认识的键「主办单伟」", "是不是「主办单位」？"),
    Case("township-phone-key", TOWN, ("纠错电话:", "纠措电话:"), "不认识的键「纠措电话」", "是不是「纠错电话」？"),
    Case("indicators-key", INDICATORS, ("  单位: 场", "  单伟: 场"), "不认识的键「单伟」", "是不是「单位」？"),
    Case("year-key", YEAR, ("审核日期:", "审合日期:"), "不认识的键「审合日期」", "是不是「审核日期」？"),
    Case(
        "figure-key", YEAR, ("    值: 86", "    直: 86"), "不认识的键「直」", "可用的键有：值、限定、状态、说明、更正"
    ),
    Case("hall-key", HALL, ("无障碍:", "无障爱:"), "不认识的键「无障爱」", "是不是「无障碍」？"),
    Case("exhibit-key", HALL, ("    年代: 约", "    年带: 约"), "不认识的键「年带」", "是不是「年代」？"),
    Case("picture-key", HALL, ("      许可: ", "      许何: "), "不认识的键「许何」", "是不是「许可」？"),
    Case("place-key", PLACES, ("  村: 样板村", "  所在村: 样板村"), "不认识的键「所在村」"),
    Case("service-key", SERVICE, ("谁来办:", "谁办:"), "不认识的键「谁办」", "是不是「谁来办」？"),
    Case("step-key", SERVICE, ("做什么: 打电话", "作什么: 打电话"), "不认识的键「作什么」", "是不是「做什么」？"),
    Case("slogan-key", SLOGANS, ("  停用:", "  停止用:"), "不认识的键「停止用」", "是不是「停用」？"),
    Case("hanging-key", SLOGANS, ("撤: 2025", "拆: 2025"), "不认识的键「拆」", "是不是「撤」？"),
    Case("calendar-key", CALENDAR, ("    可以做:", "    可做:"), "不认识的键「可做」", "是不是「可以做」？"),
    Case("span-key", CALENDAR, ("止: 2026-03-31", "终: 2026-03-31"), "不认识的键「终」", "是不是「止」？"),
    Case(
        "quiz-key", QUIZ, ("  解释: 法律写的是每年九月", "  解说: 法律写的是每年九月"), "不认识的键「解说」", "「解释」"
    ),
    Case("reading-key", READING, ("  理由: 字大", "  理油: 字大"), "不认识的键「理油」", "是不是「理由」？"),
    Case("links-key", LINKS, ("  单位: 国务院", "  主办: 国务院"), "不认识的键「主办」", "是不是「单位」？"),
    Case("sources-key", SOURCES, ("不存在:", "没有的:"), "不认识的键「没有的」", "是不是「不存在」？"),
    Case("cited-key", SOURCES, ("已核条文: [55]", "核过条文: [55]"), "不认识的键「核过条文」", "是不是「已核条文」？"),
    Case("citation-key", SERVICE, ("款: 3}", "项: 3}"), "不认识的键「项」", "可用的键有：法、条、款"),
    Case("slogan-citation-key", SLOGANS, ("款: 3}", "项: 3}"), "不认识的键「项」", "可用的键有：法、条、款"),
    Case("calendar-citation-key", CALENDAR, ("条: 5, 款: 1}", "条: 5, 项: 1}"), "不认识的键「项」", "法、条、款"),
    Case("key-missing", HALL, ("交通: 坐镇村公交到样板村站\n", ""), "缺「交通」", "补一行 交通: …", line=1),
    Case("key-missing-in-list", PLACES, ("  事项: 受理和咨询\n", ""), "缺「事项」", line=1),
    Case("key-missing-in-flow", SERVICE, (", 说明: 说清人数和地点", ""), "缺「说明」"),
    Case("key-missing-in-span", CALENDAR, (", 止: 2026-03-31", ""), "缺「止」"),
    Case(
        "key-doubled",
        HALL,
        ("预约: 10人", "收费: 免费\n预约: 10人"),
        "「收费」写了两遍，第 17 行已经有了",
        "留一个",
        18,
    ),
    Case("figure-doubled", YEAR, ("  春节走访户次:", "  走访慰问户次:"), "「走访慰问户次」写了两遍", line=14, total=2),
    Case(
        "value-empty", HALL, ("简介: 馆里收的是村里人家用过的旧物件。", "简介:"), "「简介」没有填", "不知道的写 待公布"
    ),
    Case("value-quoted-empty", HALL, ("收费: 免费", '收费: ""'), "「收费」没有填", "不知道的写 待公布"),
]

PUNCTUATION = [
    Case("colon-wide", TOWN, ("乡镇: 样板镇", "乡镇：样板镇"), "用了全角冒号「：」", "改成半角冒号加一个空格"),
    Case("colon-wide-space", YEAR, ("年份: 2025", "年份： 2025"), "用了全角冒号「：」"),
    Case("colon-wide-nested", YEAR, ("    值: 86", "    值：86"), "用了全角冒号「：」"),
    Case("colon-wide-last-line", QUIZ, ("  题: 烈士", "  题：烈士"), "用了全角冒号「：」"),
    Case("colon-wide-in-list", PLACES, ("- 编号: wuzhuangbu", "- 编号：wuzhuangbu"), "用了全角冒号「：」"),
    Case("colon-wide-everywhere", READING, "- 书名：甲\n  出版：乙\n", "用了全角冒号「：」", line=1),
    Case("colon-wide-flow", SERVICE, ("{做什么: 定时间", "{做什么：定时间"), "用了全角冒号「：」"),
    Case("colon-no-space", TOWN, ("乡镇: 样板镇", "乡镇:样板镇"), "冒号后面没有空格", "改成半角冒号加一个空格"),
    Case("colon-no-space-nested", YEAR, ("    值: 86", "    值:86"), "冒号后面没有空格"),
    Case("colon-wide-space-after", TOWN, ("乡镇: 样板镇", "乡镇:\u3000样板镇"), "冒号后面是全角空格", "改成半角空格"),
    Case("colon-nbsp-after", TOWN, ("乡镇: 样板镇", "乡镇:\u00a0样板镇"), "冒号后面是全角空格"),
    Case("colon-no-space-flow", SERVICE, ("{法: 国防教育法, 条: 7", "{法:国防教育法, 条: 7"), "冒号后面没有空格"),
    Case(
        "colon-wide-flow-citation",
        SLOGANS,
        ("{法: 国防教育法, 条: 12}", "{法：国防教育法, 条: 12}"),
        "用了全角冒号「：」",
    ),
    Case("indent-wide-space", YEAR, ("    值: 86", "\u3000\u3000值: 86"), "「值」前后有全角空格"),
    Case("zero-width", HALL, ("收费: 免费", "收费: 免\u200b费"), "这一行里有看不见的字符", "不要粘贴"),
    Case("right-to-left", HALL, ("收费: 免费", "收费: 免\u202e费"), "这一行里有看不见的字符"),
    Case("byte-order-mark-inside", HALL, ("收费: 免费", "\ufeff收费: 免费"), "这一行里有看不见的字符"),
    Case("dash-no-space", PLACES, ("- 编号: wuzhuangbu", "-编号: wuzhuangbu"), "「-」后面没有空格"),
    Case("dash-wide", PLACES, ("- 编号: wuzhuangbu", "－ 编号: wuzhuangbu"), "「-」用了全角"),
    Case(
        "dash-in-value", SERVICE, ("材料: [不用带材料]", "材料: - 不用带材料"), "「- 」写在了值的位置", "列表另起一行写"
    ),
    Case("pipe", HALL, ("收费: 免费", "收费: |免费"), "值的开头有特殊符号（| >）"),
    Case("list-unclosed-at-end", SYNONYMS, ("老兵: [退役军人]", "老兵: [退役军人"), "方括号没有收尾"),
    Case("quote-single-open", HALL, ("收费: 免费", "收费: '免费"), "引号或括号没有收尾"),
    Case("comment-no-space", YEAR, ("    值: 86", "    值: 86# 核过"), "「86# 核过」不是整数", "# 前面空一格"),
    Case("colon-twice", HALL, ("地址: 样板村", "地址: 二楼: 样板村"), "一行里有两个冒号", "用双引号把整个值括起来"),
    Case("colon-missing", HALL, ("收费: 免费", "收费"), "这一行少了冒号", "写成「键: 值」"),
    Case("brackets-wide", SERVICE, ("[fuwuzhan]", "【fuwuzhan】"), "「办理点」要写成列表", "写成 [甲, 乙]"),
    Case("braces-wide", SERVICE, ("[{法: 国防教育法, 条: 7, 款: 3}]", "｛法: 国防教育法｝"), "一行里有两个冒号"),
    Case("comma-wide-in-list", SERVICE, ("找谁, 能", "找谁，能"), "", total=0),
    Case(
        "comma-wide-in-flow",
        SLOGANS,
        ("法, 条: 12}", "法，条: 12}"),
        "花括号里用了全角逗号「，」",
        "逗号用半角",
    ),
    Case("quotes-wide", HALL, ('编号: "01"', "编号: “01”"), "「“01”」两边用了全角引号", "去掉引号"),
    Case("tab", HALL, ("  星期一: 闭馆", "\t星期一: 闭馆"), "行首用了制表符（Tab）", "缩进一律用空格"),
    Case("tab-in-list", PLACES, ("  村: 样板村", "\t村: 样板村"), "行首用了制表符（Tab）"),
    Case("indent-less", HALL, ("    材质: 玻璃", "   材质: 玻璃"), "这一行的缩进和上面对不齐"),
    Case("indent-more", TOWN, ("乡镇: 样板镇", "  乡镇: 样板镇"), "一行里有两个冒号，或上一行没有写完"),
    Case("quote-open", HALL, ("收费: 免费", '收费: "免费'), "引号没有收尾"),
    Case("quote-rest", HALL, ("收费: 免费", '收费: "免费" 的'), "这一行的缩进和上面对不齐，或引号后面多了字"),
    Case("bracket-open", SERVICE, ("[fuwuzhan]", "[fuwuzhan"), "方括号没有收尾"),
    Case("brace-open", SERVICE, ("说明: 服务站回电话}", "说明: 服务站回电话"), "花括号没有收尾"),
    Case("backslash", HALL, ("收费: 免费", '收费: "免\\费"'), "双引号里的反斜杠用错了"),
    Case("starts-with-at", HALL, ("收费: 免费", "收费: @免费"), "值的开头有特殊符号", "值用双引号括起来"),
    Case("starts-with-percent", HALL, ("收费: 免费", "收费: %免费"), "值的开头有特殊符号"),
    Case("starts-with-star", HALL, ("收费: 免费", "收费: *免费"), "值的开头有特殊符号（& *）", "用双引号把值括起来"),
    Case("starts-with-braces", HALL, ("收费: 免费", "收费: {{ figure() }}"), "键只能是文字", "值里的 { } [ ] 用双引号"),
]

NUMBERS = [
    Case(f"number-{id}", YEAR, ("    值: 86", f"    值: {written}"), says, fix)
    for id, written, says, fix in (
        ("unit", "86人", "「86人」不是整数", "只写数字，单位写在 data/indicators.yml"),
        ("unit-spaced", "86 场", "「86 场」不是整数", "只写数字"),
        ("comma-wide", "1，200", "「1，200」不是整数", "去掉千分号，写 1200"),
        ("comma", "1,200", "「1,200」不是整数", "去掉千分号，写 1200"),
        ("decimal", "86.0", "「86.0」不是整数", "只能写整数，不写小数"),
        ("exponent", "1e3", "「1e3」不是整数", "只写阿拉伯数字"),
        ("hex", "0x56", "「0x56」不是整数", "只写阿拉伯数字"),
        ("chinese", "八十六", "「八十六」不是整数", "用阿拉伯数字"),
        ("wide", "８６", "「８６」不是整数", "数字用半角，写 86"),
        ("quoted", '"86"', "「86」不是整数", "去掉引号"),
        ("zero-led", "086", "「086」不是整数", "去掉前面的 0"),
        ("plus", "+86", "「+86」不是整数", "只写阿拉伯数字"),
        ("about", "约86", "「约86」不是整数", "限定: 约"),
        ("range", "80-90", "「80-90」不是整数", "只写阿拉伯数字"),
        ("negative", "-86", "「值」的数 -86 太小", "不小于 0"),
        ("too-big", "100000000", "「值」的数 100000000 太大", "不大于 99999999"),
        ("far-too-big", "86" * 20, "不是整数", "数太大"),
        ("true", "true", "「true」不是整数", "只写阿拉伯数字"),
        ("list", "[86]", "「值」要写整数", "只写阿拉伯数字"),
        ("unknown-word", "待公布", "「待公布」不是整数", "状态: 待公布"),
    )
] + [
    Case("year-quoted", YEAR, ("年份: 2025", '年份: "2025"'), "「2025」不是整数", "去掉引号"),
    Case("year-far", YEAR, ("年份: 2025", "年份: 20255"), "「年份」的数 20255 太大"),
    Case("built-unit", HALL, ("建成年份: 2021", "建成年份: 2021年"), "「2021年」不是整数", "只写"),
    Case(
        "built-future", HALL, ("建成年份: 2021", "建成年份: 2062"), "建成年份 2062 不对", "写 1949 到 2026 之间的年份"
    ),
    Case("built-list", HALL, ("建成年份: 2021", "建成年份: [2021]"), "「建成年份」要写整数", "只写阿拉伯数字"),
    Case("built-negative", HALL, ("建成年份: 2021", "建成年份: -1"), "建成年份 -1 不对"),
    Case("book-year", READING, ("年份: 2019", "年份: 2019年"), "「2019年」不是整数"),
    Case("correction-unit", "data/years/2024.yml", ("原: 1180", "原: 1180次"), "「1180次」不是整数"),
    Case("correction-big", "data/years/2024.yml", ("原: 1180", "原: 100000000"), "不在 0 到 99999999 之间"),
    Case("correction-list", "data/years/2024.yml", ("原: 1180", "原: [1180]"), "「原」要写整数"),
    Case("paragraph-word", SERVICE, ("款: 3}", "款: 三}"), "「三」不是整数", "用阿拉伯数字"),
]

DATES = [
    Case("date-none", YEAR, ("2026-02-20", "2026-02-30"), "没有 2026-02-30 这一天", "查一下日历"),
    Case("date-slashes", YEAR, ("2026-02-20", "2026/2/3"), "日期「2026/2/3」的写法不对", "写成 2026-11-20 这样"),
    Case("date-short", YEAR, ("2026-02-20", "2026-2-3"), "日期「2026-2-3」的写法不对", "四位年-两位月-两位日"),
    Case("date-wide", YEAR, ("2026-02-20", "２０２６-02-20"), "的写法不对", "半角"),
    Case("date-chinese", YEAR, ("2026-02-20", "2026年2月20日"), "日期「2026年2月20日」的写法不对"),
    Case("date-time", YEAR, ("2026-02-20", "2026-02-20 10:00"), "日期「2026-02-20 10:00」的写法不对"),
    Case("date-number", YEAR, ("2026-02-20", "20260220"), "日期「20260220」的写法不对"),
    Case("date-list", YEAR, ("2026-02-20", "[2026-02-20]"), "日期", "写成 2026-11-20 这样"),
    Case("date-unknown", YEAR, ("2026-02-20", "待公布"), "日期「待公布」的写法不对"),
    Case("date-year-0", YEAR, ("2026-02-20", "0000-02-20"), "没有 0000-02-20 这一天"),
    Case("date-empty", YEAR, ("审核日期: 2026-02-20", "审核日期:"), "「审核日期」没有填"),
    Case("date-calendar-30-feb", CALENDAR, ("日期: 09-30", "日期: 02-30"), "没有 02-30 这一天"),
    Case("date-calendar-29-feb", CALENDAR, ("日期: 09-30", "日期: 02-29"), "02-29 不是每年都有", "改用 各年"),
    Case("date-calendar-words", CALENDAR, ("日期: 09-30", "日期: 9月30日"), "日期「9月30日」的写法不对", "如 12-13"),
    Case("date-calendar-year", CALENDAR, ("日期: 09-30", "日期: 2026-09-30"), "日期「2026-09-30」的写法不对"),
    Case("date-in-span", CALENDAR, ("2026-02-24", "2026-02-29"), "没有 2026-02-29 这一天"),
    Case("date-closure", HALL, ("起: 2026-02-16", "起: 2026-2-16"), "日期「2026-2-16」的写法不对"),
]

WHOLE_FILES = [
    Case("file-missing", QUIZ, None, "缺这个文件", "从上一版恢复", line=1),
    Case("file-missing-township", TOWN, None, "缺这个文件", line=1),
    Case("file-missing-published", PUBLISHED, None, "缺这个文件", line=1),
    Case("file-missing-sources", SOURCES, None, "缺这个文件", line=1),
    Case("file-empty", QUIZ, "", "文件是空的", "照同类文件填好", line=1),
    Case("file-empty-township", TOWN, "", "文件是空的", line=1),
    Case("file-empty-year", YEAR, "", "文件是空的", line=1),
    Case("file-only-comment", SLOGANS, "# 以后再写\n", "文件是空的", line=1),
    Case("file-only-spaces", CALENDAR, "  \n\n", "文件是空的", line=1),
    Case("file-cut-in-quote", LINKS, cut('mva.gov.cn/"'), "引号或括号没有收尾，文件可能不完整", line=6),
    Case("file-cut-in-bracket", SERVICE, cut("]\n办理时限"), "方括号没有收尾", line=9),
    Case("file-cut-in-key", HALL, cut("通: 坐镇"), "这一行少了冒号", line=22),
    Case("file-cut-at-list", HALL, cut('  - 编号: "01"'), "「展品」没有填", line=29),
    Case("file-cut-after-colon", HALL, cut(" 坐镇"), "", line=22, total=7),
    Case("file-gbk", HALL, encoded("gbk"), "文件不是 UTF-8 编码，像是 GBK（ANSI）", "编码选 UTF-8", line=1),
    Case("file-utf16-bom", HALL, encoded("utf-16"), "文件是 UTF-16 编码", "编码选 UTF-8", line=1),
    Case("file-utf16-be-bom", HALL, encoded("utf-16-be", b"\xfe\xff"), "文件是 UTF-16 编码", line=1),
    Case("file-utf16", HALL, encoded("utf-16-le"), "文件是 UTF-16 编码", "编码选 UTF-8", line=1),
    Case("file-latin", HALL, b"\xff\x80\x81 \xff", "文件不是 UTF-8 编码，里面有读不出的字符", line=1),
    Case("file-bom", HALL, encoded("utf-8", b"\xef\xbb\xbf"), "文件开头有 BOM 标记", line=1, level="提醒"),
    Case("file-crlf", HALL, lines_end_with("\r\n"), "文件用的是 Windows 换行（CRLF）", line=1, level="提醒"),
    Case(
        "file-crlf-wrong-line",
        YEAR,
        lambda p: p.write_bytes(p.read_bytes().replace("值: 86".encode(), "值: 86人".encode()).replace(b"\n", b"\r\n")),
        "「86人」不是整数",
        line=6,
        total=2,
    ),
    Case("file-nul", HALL, ("收费: 免费", "收费: 免\0费"), "文件里有空字符（NUL）"),
    Case("file-control", HALL, ("收费: 免费", "收费: 免\x07费"), "这一行里有看不见的字符"),
    Case("file-nel", HALL, ("收费: 免费", "收费: 免\x85费"), "这一行里有看不见的字符"),
    Case("file-noncharacter", HALL, ("收费: 免费", "收费: 免\ufdd0费"), "这一行里有看不见的字符"),
    Case("file-escaped", HALL, ("收费: 免费", '收费: "免\\uFDD07\\uFDD1费"'), "值里有看不见的字符", "不要写反斜杠"),
    Case("file-escaped-zero-width", HALL, ("收费: 免费", '收费: "免\\u200b费"'), "值里有看不见的字符"),
    Case("file-line-separator", HALL, ("收费: 免费", "收费: 免\u2028费"), "这一行里有看不见的字符"),
    Case("file-too-big", READING, "# " + "字" * 400_000, "超过 1 MB", "正文拆成几个文件", line=1),
    Case("file-deep", QUIZ, "[" * 5000, "缩进超过 12 层", line=1),
    Case("file-deep-map", QUIZ, "".join(f"{' ' * i}a:\n" for i in range(30)), "缩进超过 12 层", line=14),
    Case("file-anchor", HALL, ("收费: 免费", "收费: &甲 免费"), "值的开头有特殊符号（& *）", "用双引号把值括起来"),
    Case(
        "file-alias-bomb",
        QUIZ,
        "a: &a [b, b]\n" + "".join(f"k{i}: &k{i} [*a, *a]\n" for i in range(50)),
        "用了 & 锚点",
        line=1,
    ),
    Case("file-merge", PLACES, ("- 编号: wuzhuangbu", "- <<: 0\n  编号: wuzhuangbu"), "不认识的键「<<」"),
    Case(
        "file-python-tag", HALL, ("收费: 免费", '收费: !!python/object/apply:os.system ["true"]'), "用了 ! 标签", "去掉"
    ),
    Case("file-tag", HALL, ("收费: 免费", "收费: !免费"), "值的开头有特殊符号（!）"),
    Case("file-directive", QUIZ, "%YAML 1.1\n---\n[]\n", "", line=1, total=0),
    Case("file-two-documents", HALL, ("开放时间:\n", "---\n开放时间:\n"), "一个文件里有两份内容", "去掉单独一行的 ---"),
    Case("file-end-mark", HALL, ("开放时间:\n", "...\n开放时间:\n"), "一个文件里有两份内容", line=8),
    Case("file-html", HALL, "<!doctype html>\n<html>\n", "整个文件要写成一行一个「键: 值」", line=1),
    Case(
        "file-conflict",
        HALL,
        ("收费: 免费", "<<<<<<< HEAD\n收费: 免费\n=======\n收费: 5元\n>>>>>>> b"),
        "两个人同时改了这里，合并没有做完",
    ),
    Case(
        "map-for-list", PLACES, "编号: fuwuzhan\n名称: 甲\n", "整个文件要写成列表", "每条前面加「- 」", line=1, total=1
    ),
    Case("map-for-list-quiz", QUIZ, "编号: q01\n", "整个文件要写成列表", line=1),
    Case("map-for-list-slogans", SLOGANS, "编号: s-01\n文本: 甲\n", "整个文件要写成列表", line=1),
    Case("list-for-map", TOWN, "- 演示: 否\n", "整个文件要写成一行一个「键: 值」", line=1),
    Case("list-for-map-indicators", INDICATORS, "- 单位: 场\n", "整个文件要写成一行一个「键: 值」", line=1, total=1),
    Case("list-for-map-calendar", CALENDAR, "- 2026\n", "整个文件要写成一行一个「键: 值」", line=1),
    Case("text-for-list", SERVICE, ("材料: [不用带材料]", "材料: 不用带材料"), "「材料」要写成列表", "前面加「- 」"),
    Case("empty-list", SERVICE, ("材料: [不用带材料]", "材料: []"), "「材料」至少要有 1 项"),
    Case("list-for-text", HALL, ("收费: 免费", "收费: [免费, 要钱]"), "「收费」要写文字", "不要写成列表"),
    Case("map-for-text", HALL, ("收费: 免费", "收费: {大人: 免费}"), "「收费」要写文字"),
    Case(
        "text-for-map",
        TOWN,
        ("页脚标识:\n  ICP备案号:\n  公安备案号:\n  网站标识码:\n  找错入口:\n", "页脚标识: 没有\n"),
        "「页脚标识」下面要写成一行一个「键: 值」",
    ),
    Case(
        "text-for-record",
        SERVICE,
        ("  - {做什么: 打电话, 说明: 说清人数和地点}", "  - 打电话"),
        "要写成一行一个「键: 值」",
    ),
    Case(
        "text-for-figure",
        YEAR,
        ("  国防教育活动场次:\n    值: 86", "  国防教育活动场次: 86"),
        "「国防教育活动场次」下面要写成一行一个「键: 值」",
    ),
    Case(
        "text-for-indicator", INDICATORS, ("国防教育活动场次:\n", "总数: 场\n国防教育活动场次:\n"), "「总数」下面要写成"
    ),
    Case("null-in-list", PLACES, ("- 编号: wuzhuangbu", "-\n- 编号: wuzhuangbu"), "没有填"),
    Case("null-in-texts", SERVICE, ("材料: [不用带材料]", "材料: [~]"), "「材料」没有填"),
    Case(
        "synonyms-text",
        SYNONYMS,
        ("老兵: [退役军人]", "老兵: 退役军人"),
        "「老兵」后面要写成列表",
        "当兵: [应征, 入伍]",
    ),
    Case("synonyms-self", SYNONYMS, ("老兵: [退役军人]", "老兵: [老兵]"), "「老兵」指向了自己"),
    Case("synonyms-list", SYNONYMS, "- 当兵\n", "整个文件要写成一行一个「键: 值」", line=1),
]

FILE_NAMES = [
    Case("name-year-at-root", TOWN, exists_as("2026.yml"), "不认识", "data/years/2026.yml", 1, "data/2026.yml"),
    Case("name-not-utf8", TOWN, lambda p: stray(p, b"\xb9\xfa.yml"), "不认识这个文件", line=1, at="data/??.yml"),
    Case("name-shortcut", TOWN, lambda p: linked(p), "这是快捷方式", "换成真的文件", 1, "data/halls/a.yml", total=2),
    Case("docs-sheet", PAGE, exists_as("mingdan.xlsx"), "会原样公开", "移走", 1, "docs/minbing/mingdan.xlsx"),
    Case("docs-other-page", PAGE, exists_as("yi.markdown"), "会原样公开", line=1, at="docs/minbing/yi.markdown"),
    Case("docs-backup", PAGE, exists_as("index.md.bak"), "会原样公开", line=1, at="docs/minbing/index.md.bak"),
    Case("docs-draft", "docs/index.md", exists_as("_caogao.md"), "的写法不对", line=1, at="docs/_caogao.md", total=1),
    Case("docs-404", PAGE, lambda p: p.rename(p.parents[1] / "404.md"), "", line=1, total=1),
    Case("docs-home-gone", "docs/search.md", None, "缺这个文件", "{{ search() }}", 1),
    Case("name-year", YEAR, ("年份: 2025", "年份: 2026"), "年份是 2026，文件名是 2025.yml", "两个改成一样"),
    Case("name-hall", HALL, ("编号: yangban-cun", "编号: laoyuan"), "编号是 laoyuan，文件名是 yangban-cun.yml"),
    Case("name-service", SERVICE, ("编号: yuyue-jiangjie", "编号: jiangjie"), "编号是 jiangjie，文件名是"),
    Case(
        "name-copy",
        YEAR,
        exists_as("2025 (1).yml"),
        "不认识这个文件",
        "和 data/years/2025.yml 重复，删掉这个",
        line=1,
        at="data/years/2025 (1).yml",
    ),
    Case(
        "name-copy-chinese",
        YEAR,
        exists_as("2025 - 副本.yml"),
        "不认识这个文件",
        "重复，删掉这个",
        line=1,
        at="data/years/2025 - 副本.yml",
    ),
    Case(
        "name-yaml",
        YEAR,
        renamed("2025.yaml"),
        "不认识这个文件",
        "改名为 data/years/2025.yml",
        line=1,
        at="data/years/2025.yaml",
        total=3,
    ),
    Case(
        "name-bak",
        HALL,
        exists_as("yangban-cun.yml.bak"),
        "不认识这个文件",
        "重复，删掉这个",
        line=1,
        at="data/halls/yangban-cun.yml.bak",
    ),
    Case(
        "name-capital",
        HALL,
        exists_as("Laoyuan.yml"),
        "不认识这个文件",
        "只用小写字母",
        line=1,
        at="data/halls/Laoyuan.yml",
    ),
    Case(
        "name-chinese", HALL, exists_as("老院.yml"), "不认识这个文件", "只用小写字母", line=1, at="data/halls/老院.yml"
    ),
    Case("name-year-wide", YEAR, exists_as("２０２６.yml"), "不认识这个文件", line=1, at="data/years/２０２６.yml"),
    Case(
        "name-townships",
        TOWN,
        exists_as("townships.yml"),
        "不认识这个文件",
        "是不是 data/township.yml？",
        line=1,
        at="data/townships.yml",
    ),
    Case(
        "name-stray-folder",
        TOWN,
        lambda p: (p.parent / "images").mkdir() or (p.parent / "images/a.png").touch(),
        "不认识这个文件",
        line=1,
        at="data/images/a.png",
    ),
    Case("name-excel", PUBLISHED, exists_as("2025.xlsx"), "不认识这个文件", line=1, at="data/2025.xlsx"),
    Case(
        "law-file-stray",
        LAW,
        exists_as("guofang-jiaoyu-fa (1).json"),
        "不认识这个文件",
        "和 data/laws/guofang-jiaoyu-fa.json 重复",
        line=1,
        at="data/laws/guofang-jiaoyu-fa (1).json",
    ),
    Case(
        "law-file-unlisted",
        LAW,
        exists_as("bingyi-fa.json"),
        "来源.yml 里没有登记这个文件",
        line=1,
        at="data/laws/bingyi-fa.json",
    ),
]

TOWNSHIP = [
    Case("yes-no", TOWN, ("演示: 否", "演示: 不"), "「不」不行，只能写 是 或 否"),
    Case("yes-no-english", TOWN, ("演示: 否", "演示: false"), "「false」不行，只能写 是 或 否"),
    Case("host-unknown", TOWN, ("主办单位: 样板镇人民政府", "主办单位: 待公布"), "主办单位必须填", "写单位全称"),
    Case(
        "portal", TOWN, ("栏目名: 样板镇国防教育专栏", "栏目名: 样板镇官方网站"), "「栏目名」不能叫官方网站或门户网站"
    ),
    Case(
        "url-http", TOWN, ("https://yangban", "http://yangban"), "网址「http://yangban.example/」的写法不对", "https://"
    ),
    Case("url-space", TOWN, ("https://yangban.example/", "https://yang ban.example/"), "的写法不对", "不带空格和中文"),
    Case("url-chinese", TOWN, ("https://yangban.example/", "https://样板镇.example/"), "的写法不对", "不带空格和中文"),
    Case(
        "url-no-slash", TOWN, ("yangban.example/", "yangban.example"), "「网址」要以 / 结尾", "https://yangban.example/"
    ),
    Case("url-none", TOWN, ("网址: https://yangban.example/\n", ""), "没有填「网址」", line=1, level="提醒"),
    Case("url-empty", TOWN, ("网址: https://yangban.example/", "网址:"), "没有填「网址」", line=5, level="提醒"),
    Case(
        "repository-http",
        TOWN,
        ("挂载方式: 独立域名", "仓库: {编辑: http://git.example/a/edit/main/}\n挂载方式: 独立域名"),
        "网址「http://git.example/a/edit/main/」的写法不对",
        "https://",
    ),
    Case(
        "repository-no-slash",
        TOWN,
        ("挂载方式: 独立域名", "仓库: {新建: https://git.example/a/new/main}\n挂载方式: 独立域名"),
        "仓库的「新建」要以 / 结尾",
        "https://git.example/a/new/main/",
    ),
    Case(
        "repository-key",
        TOWN,
        ("挂载方式: 独立域名", "仓库: {编缉: https://git.example/a/edit/main/}\n挂载方式: 独立域名"),
        "不认识的键「编缉」",
        "是不是「编辑」？",
    ),
    Case("icp-fake", TOWN, ("ICP备案号:", "ICP备案号: 京ICP备00000000号"), "像是占位的假号", "还没有就空着，不要编"),
    Case("icp-fake-counting", TOWN, ("ICP备案号:", "ICP备案号: 京ICP备12345678号"), "像是占位的假号"),
    Case("icp-wrong", TOWN, ("ICP备案号:", "ICP备案号: 京ICP 备2021号"), "备案号「京ICP 备2021号」的写法不对"),
    Case("police-wrong", TOWN, ("公安备案号:", "公安备案号: 京公网安备123号"), "备案号「京公网安备123号」的写法不对"),
    Case("site-code-wrong", TOWN, ("网站标识码:", "网站标识码: 123"), "网站标识码「123」的写法不对", "10 位数字"),
    Case("site-code-fake", TOWN, ("网站标识码:", '网站标识码: "0000000000"'), "像是占位的假号"),
    Case("mobile", TOWN, ('纠错电话: "12345"', "纠错电话: 13800138000"), "电话像是个人手机号", "只公布办公电话"),
    Case("mobile-spaced", TOWN, ('纠错电话: "12345"', "纠错电话: 138 0013-8000"), "电话像是个人手机号"),
    Case("mobile-country", TOWN, ('纠错电话: "12345"', '纠错电话: "+86 13800138000"'), "电话像是个人手机号"),
    Case(
        "phone-half-known",
        TOWN,
        ('纠错电话: "12345"', "纠错电话: 0000-00XX"),
        "电话「0000-00XX」的写法不对",
        "待公布",
    ),
    Case("phone-words", TOWN, ('纠错电话: "12345"', "纠错电话: 找老王"), "电话「找老王」的写法不对"),
    Case("email", TOWN, ("邮箱: 待公布", "邮箱: 镇政府@yangban"), "邮箱「镇政府@yangban」的写法不对"),
    Case(
        "parent",
        TOWN,
        ("挂载方式: 独立域名", "挂载方式: 独立域明"),
        "「挂载方式」不能写「独立域明」",
        "是不是「独立域名」？",
    ),
]

INDICATOR = [
    Case(
        "enum-near",
        INDICATORS,
        ("栏目: 国防教育", "栏目: 国防教玉"),
        "「栏目」不能写「国防教玉」",
        "是不是「国防教育」？",
    ),
    Case(
        "enum-far", INDICATORS, ("栏目: 国防教育", "栏目: 其他"), "「栏目」不能写「其他」", "只能写 组织领导、国防教育"
    ),
    Case(
        "withheld-no-reason",
        INDICATORS,
        ("  不公开理由: 和兵员有关的数不公开。\n", ""),
        "「入伍人数」不公开，但没有写理由",
        line=49,
    ),
    Case(
        "withheld-no-basis",
        INDICATORS,
        ("  不公开依据: {法: 保守国家秘密法, 条: 35}\n", ""),
        "不公开，但没有写依据",
        line=49,
    ),
    Case(
        "part-unknown",
        INDICATORS,
        ("[春节走访户次, 八一", "[春节走访户数, 八一"),
        "分项「春节走访户数」不是指标",
        "是不是「春节走访户次」？",
    ),
    Case(
        "part-twice",
        INDICATORS,
        ("[春节走访户次, 八一走访户次]", "[春节走访户次, 春节走访户次]"),
        "分项「春节走访户次」写了两遍",
        total=1,
    ),
    Case(
        "part-other-unit", INDICATORS, ("[春节走访户次, 八一", "[村史馆接待人次, 八一"), "的单位和合计不一样", total=1
    ),
    Case(
        "part-circle",
        INDICATORS,
        ("  口径: 春节前走访一户算一户次", "  口径: 一户\n  分项: [走访慰问户次]"),
        "的分项绕回了自己",
        line=30,
        total=2,
    ),
]

FIGURES = [
    Case(
        "figure-unknown",
        YEAR,
        ("  国防教育活动场次:", "  国防教育活动次数:"),
        "没有「国防教育活动次数」这个指标",
        "是不是「国防教育活动场次」？",
        total=2,
    ),
    Case(
        "figure-left-out",
        YEAR,
        ("  国防教育活动场次:\n    值: 86\n", ""),
        "没有填「国防教育活动场次」，页面上显示待公布",
        line=4,
        level="提醒",
    ),
    Case("figure-value-and-state", YEAR, ("    值: 86", "    值: 86\n    状态: 待公布"), "有了值，又写了状态", line=7),
    Case("figure-neither", YEAR, ("    值: 86", "    说明: 还在数"), "既没有值也没有状态", "状态: 待公布", line=5),
    Case("figure-neither-corrected", "data/years/2024.yml", ("    值: 1200\n", ""), "既没有值也没有状态", line=7),
    Case("figure-null", YEAR, ("    值: 86\n", ""), "「国防教育活动场次」没有填", line=5),
    Case("figure-state", YEAR, ("    值: 86", "    状态: 待公部"), "「状态」不能写「待公部」", "是不是「待公布」？"),
    Case("qualifier-alone", YEAR, ("    值: 86", "    限定: 约\n    状态: 暂缺"), "没有值，限定用不上", line=6),
    Case(
        "qualifier-wrong", YEAR, ("限定: 不少于", "限定: 至少"), "「限定」不能写「至少」", "只能写 约、不少于、不超过"
    ),
    Case("withheld-value", YEAR, ("    状态: 不公开", "    值: 12"), "「入伍人数」不公开，不能写值", "报告保密员"),
    Case("withheld-state", YEAR, ("    状态: 不公开", "    状态: 待公布"), "「入伍人数」不公开，状态只能写 不公开"),
    Case(
        "withheld-correction",
        YEAR,
        ("    状态: 不公开", "    状态: 不公开\n    更正:\n      - {日期: 2026-03-01, 原: 12, 改: 不公开, 原因: 误写}"),
        "「入伍人数」不公开，更正里也不能有数",
        line=21,
    ),
    Case(
        "withheld-note",
        YEAR,
        ("    状态: 不公开", "    状态: 不公开\n    说明: 比上年多3人"),
        "「入伍人数」不公开，说明里也不能有数",
        line=20,
    ),
    Case("public-as-withheld", YEAR, ("    值: 86", "    状态: 不公开"), "「国防教育活动场次」是公开的指标"),
    Case("few-not-beneficiaries", YEAR, ("    值: 86", "    状态: 少于10"), "", total=0),
    Case(
        "few-value",
        YEAR,
        ("    状态: 少于10", "    值: 7"),
        "「八一走访户次」数的是优抚对象，1 到 9 会让人认出是谁",
        "状态: 少于10",
    ),
    Case("few-value-about", YEAR, ("    状态: 少于10", "    值: 7\n    限定: 约"), "1 到 9 会让人认出是谁", line=17),
    Case(
        "few-in-note",
        YEAR,
        ("    状态: 少于10", "    状态: 少于10\n    说明: 实际走访7户"),
        "「八一走访户次」的说明里有 1 到 9 的数",
        line=18,
    ),
    Case(
        "few-in-correction",
        YEAR,
        ("    状态: 少于10", "    状态: 少于10\n    更正:\n      - {日期: 2026-03-01, 原: 7, 改: 少于10, 原因: 误写}"),
        "「八一走访户次」的更正里有 1 到 9 的数",
        "改成 少于10",
        line=19,
    ),
    Case(
        "few-by-total",
        YEAR,
        ("    值: 20\n    限定: 不少于", "    值: 27"),
        "由合计和其他分项能算出是 7",
        "合计改写",
        line=15,
    ),
    Case("few-by-most", YEAR, ("    值: 20\n    限定: 不少于", "    值: 21\n    限定: 不超过"), "能算出是 1", line=16),
    Case(
        "few-by-total-least",
        YEAR,
        ("    值: 20\n    限定: 不少于", "    值: 29\n    限定: 不少于"),
        "能算出是 9",
        line=16,
    ),
    Case(
        "few-by-missing-part",
        YEAR,
        ("  春节走访户次:\n    值: 20\n", ""),
        "没有填「春节走访户次」",
        line=4,
        level="提醒",
    ),
    Case(
        "few-by-old-number",
        YEAR,
        (
            "    值: 20\n    限定: 不少于",
            "    值: 20\n    限定: 不少于\n    更正:\n      - {日期: 2026-03-01, 原: 27, 改: 20, 原因: 隐去}",
        ),
        "「八一走访户次」写了少于10，但由合计和其他分项能算出是 7",
        line=15,
    ),
    Case(
        "few-by-old-number-in-reason",
        YEAR,
        (
            "    状态: 少于10",
            "    状态: 少于10\n    更正:\n      - {日期: 2026-03-01, 原: 待公布, 改: 少于10, 原因: 查到7户}",
        ),
        "「八一走访户次」的更正里有 1 到 9 的数",
        line=19,
    ),
    Case(
        "few-by-nested-total",
        INDICATORS,
        nested_total,
        "「八一走访户次」写了少于10，但由合计和其他分项能算出是 7",
        line=15,
        at=YEAR,
        total=3,
    ),
    Case(
        "phone-mobile-in-hall", HALL, ("电话: 待公布", "电话: 139-1234-5678"), "电话像是个人手机号", "没有就写 待公布"
    ),
    Case(
        "total-wrong",
        "data/years/2024.yml",
        ("    值: 34", "    值: 35"),
        "和它的合计、分项加不到一起",
        "核对合计和各分项",
        line=11,
        total=3,
    ),
    Case(
        "total-less",
        "data/years/2024.yml",
        ("    值: 34", "    值: 30\n    限定: 不超过"),
        "加不到一起",
        line=11,
        total=3,
    ),
    Case("correction-mismatch", "data/years/2024.yml", ("改: 1200", "改: 1190"), "更正后是 1190，上面写的是 1200"),
    Case("correction-same", "data/years/2024.yml", ("原: 1180", "原: 1200"), "更正前后一样"),
    Case(
        "correction-early",
        "data/years/2024.yml",
        ("{日期: 2025-03-01", "{日期: 2023-03-01"),
        "比数据的年份（2024）还早",
    ),
    Case(
        "correction-chain",
        "data/years/2024.yml",
        ("改: 1200, 原因: 漏计一天}", "改: 1190, 原因: 甲}\n      - {日期: 2025-04-01, 原: 1195, 改: 1200, 原因: 乙}"),
        "和上一次的“改”对不上",
        line=11,
    ),
    Case(
        "correction-order",
        "data/years/2024.yml",
        ("改: 1200, 原因: 漏计一天}", "改: 1190, 原因: 甲}\n      - {日期: 2025-01-01, 原: 1190, 改: 1200, 原因: 乙}"),
        "更正要按日期先后排列",
        line=11,
    ),
]

HALLS = [
    Case("status", HALL, ("状态: 开放", "状态: 开馆"), "「状态」不能写「开馆」", "只能写 开放、在建"),
    Case("status-building-hours", HALL, ("状态: 开放", "状态: 在建"), "馆还在建，不能有开放时间", line=7),
    Case("hours-day-missing", HALL, ("  星期日: 9:00—16:30\n", ""), "「开放时间」缺 星期日", "不开的写 闭馆", line=7),
    Case("hours-day-wrong", HALL, ("  星期日: 9:00", "  星期天: 9:00"), "「星期天」不是星期几", "写 星期一 到 星期日"),
    Case("hours-overlap", HALL, ("  星期二: 9:00—11:30，14:00", "  星期二: 9:00—11:30，11:00"), "前后颠倒或重叠"),
    Case("hours-backwards", HALL, ("  星期四: 9:00—11:30", "  星期四: 11:30—9:00"), "前后颠倒或重叠"),
    Case("hours-25", HALL, ("  星期四: 9:00—11:30", "  星期四: 9:00—25:30"), "前后颠倒或重叠"),
    Case("hours-minute-60", HALL, ("  星期四: 9:00—11:30", "  星期四: 9:00—11:60"), "的写法不对"),
    Case(
        "hours-words",
        HALL,
        ("  星期四: 9:00—11:30", "  星期四: 9点到11点"),
        "开放时间「9点到11点」的写法不对",
        "写成 9:00—11:30，14:00—16:30，或写 闭馆",
    ),
    Case("hours-hyphen", HALL, ("  星期四: 9:00—11:30", "  星期四: 9:00-11:30"), "开放时间「9:00-11:30」的写法不对"),
    Case("hours-double-dash", HALL, ("  星期四: 9:00—11:30", "  星期四: 9:00——11:30"), "的写法不对"),
    Case("hours-wide-colon", HALL, ("  星期四: 9:00—11:30", "  星期四: 9：00—11：30"), "的写法不对"),
    Case("hours-wide-digits", HALL, ("  星期四: 9:00—11:30", "  星期四: ９:00—11:30"), "的写法不对"),
    Case("hours-empty", HALL, ("  星期四: 9:00—11:30", "  星期四:"), "「星期四」没有填"),
    Case("hours-list", HALL, ("  星期四: 9:00—11:30", "  星期四: [9:00—11:30]"), "「星期四」要写文字"),
    Case(
        "hours-text",
        HALL,
        (
            "  星期一: 闭馆\n  星期二: 9:00—11:30，14:00—16:30\n  星期三: 9:00—11:30，14:00—16:30\n"
            "  星期四: 9:00—11:30\n  星期五: 9:00—11:30\n  星期六: 9:00—16:30\n  星期日: 9:00—16:30\n",
            "  每天9点到5点\n",
        ),
        "「开放时间」要分七天写",
        "如 星期一: 闭馆",
        line=7,
    ),
    Case(
        "hours-two-wrong",
        HALL,
        ("四: 9:00—11:30\n  星期五: 9:00—11:30", "四: 上午\n  星期五: 上午"),
        "「上午」的写法不对",
        line=11,
        total=2,
    ),
    Case("closure-reversed", HALL, ("止: 2026-02-18", "止: 2026-02-12"), "闭馆的结束日期比开始日期早"),
    Case("exhibit-id-twice", HALL, ('编号: "02"', '编号: "01"'), "编号「01」重复了，第 30 行已经用过", "换一个"),
    Case("exhibit-id-number", HALL, ('编号: "02"', "编号: 一号"), "编号「一号」的写法不对"),
    Case("picture-missing", HALL, ("meiyou-deng.svg", "meiyoudeng.svg"), "没有图片 yangban-cun.assets/meiyoudeng.svg"),
]

LISTS = [
    Case("place-id-twice", PLACES, ("编号: wuzhuangbu", "编号: fuwuzhan"), "编号「fuwuzhan」重复了，第 1 行已经用过"),
    Case(
        "place-kind", PLACES, ("类别: 人民武装部", "类别: 武装部"), "「类别」不能写「武装部」", "是不是「人民武装部」？"
    ),
    Case("service-place", SERVICE, ("[fuwuzhan]", "[fuwuzan]"), "places.yml 里没有「fuwuzan」", "是不是「fuwuzhan」？"),
    Case("slogan-id-twice", SLOGANS, ("编号: s-02", "编号: s-01"), "编号「s-01」重复了，第 1 行已经用过"),
    Case(
        "slogan-text-twice",
        SLOGANS,
        ("文本: 关心国防，人人有责", "文本: 全社会都应当崇尚、学习、捍卫英雄烈士。"),
        "重复了",
    ),
    Case("slogan-id-list", SLOGANS, ("编号: s-02", "编号: [s-02]"), "「编号」要写文字"),
    Case("slogan-id-map", SLOGANS, ("编号: s-02", "编号: {甲: 乙}"), "「编号」要写文字"),
    Case("slogan-id-number", SLOGANS, ("编号: s-02", "编号: 0"), "", total=0),
    Case(
        "slogan-trimmed", SLOGANS, ("文本: 每年九月的第三个", "文本: 九月的第三个"), "和法条原文对不上，或者掐头去尾了"
    ),
    Case(
        "slogan-one-character",
        SLOGANS,
        ("崇尚、学习、捍卫英雄", "崇尚、学习、保卫英雄"),
        "和法条原文对不上",
        "从条文里照抄完整的一段",
    ),
    Case("slogan-joined", SLOGANS, ("崇尚、学习、捍卫英雄烈士。", "崇尚学习捍卫英雄烈士"), "和法条原文对不上"),
    Case("slogan-wrong-paragraph", SLOGANS, ("款: 3}", "款: 1}"), "和法条原文对不上", line=9),
    Case("slogan-wrong-article", SLOGANS, (GF_12, "{法: 国防教育法, 条: 13}"), "和法条原文对不上", line=2),
    Case(
        "slogan-too-long",
        SLOGANS,
        (
            "文本: 关心国防，人人有责\n  类别: 国防教育\n  出处: 群众性标语\n  用于: [宣传栏",
            "文本: 关心国防、支持国防、建设国防，人人都有责任，家家都有贡献\n"
            "  类别: 国防教育\n  出处: 群众性标语\n  用于: [条幅",
        ),
        "这条有 24 个字，条幅不超过 20 个字",
        "从 用于 里去掉 条幅",
        line=19,
    ),
    Case("slogan-source", SLOGANS, ("出处: 群众性标语", "出处: 网上"), "「出处」的写法不对", "或 群众性标语"),
    Case("slogan-source-empty", SLOGANS, ("出处: 群众性标语", "出处:"), "「出处」没有填"),
    Case(
        "slogan-document-key",
        SLOGANS,
        ("出处: 群众性标语", "出处: {文件: 《通知》, 年: 2022}"),
        "「出处」的写法不对",
        "{文件: 《…》}",
    ),
    Case("slogan-use", SLOGANS, ("[宣传栏, 显示屏]", "[宣传栏, 横幅]"), "「用于」不能写「横幅」", "是不是「条幅」？"),
    Case("slogan-ends-early", SLOGANS, ("停用: 2025-12-31", "停用: 2024-12-31"), "停用比起用还早"),
    Case("slogan-taken-down-early", SLOGANS, ("撤: 2025-08-10", "撤: 2025-07-10"), "撤下比挂上还早"),
    Case("quiz-id-twice", QUIZ, ("编号: q02", "编号: q01"), "编号「q01」重复了，第 1 行已经用过"),
    Case("quiz-id-list", QUIZ, ("编号: q02", "编号: [q02]"), "「编号」要写文字"),
    Case("quiz-id-empty", QUIZ, ("编号: q02", "编号:"), "「编号」没有填"),
    Case("quiz-id-number", QUIZ, ("编号: q02", "编号: 0"), "", total=0),
    Case("quiz-answer", QUIZ, ("答案: 9月30日", "答案: 9月30号"), "答案「9月30号」不在选项里", "是不是「9月30日」？"),
    Case("quiz-options-same", QUIZ, ("[9月30日, 4月4日]", "[9月30日, 9月30日]"), "有两个选项一样"),
    Case("quiz-one-option", QUIZ, ("[9月30日, 4月4日]", "[9月30日]"), "「选项」至少要有 2 项"),
    Case("quiz-many-options", QUIZ, ("[9月30日, 4月4日]", "[9月30日, 1, 2, 3, 4, 5, 6, 7, 8]"), "「选项」最多 8 项"),
    Case("book-twice", READING, ("书名: 村里的故事", "书名: 国防知识读本"), "书名「国防知识读本」重复了"),
    Case("link-http", LINKS, ("https://www.gov.cn/", "http://www.gov.cn/"), "网址「http://www.gov.cn/」的写法不对"),
    Case("link-twice", LINKS, ("https://www.mva.gov.cn/", "https://www.gov.cn/"), "网址「https://www.gov.cn/」重复了"),
    Case(
        "redirect-nowhere",
        REDIRECTS,
        ("guofang-ke.html", "guofang-ka.html"),
        "新地址「shuangyong/2025/guofang-ka.html」没有页面",
        "是不是「shuangyong/2025/guofang-ke.html」？",
    ),
    Case("redirect-from-page", REDIRECTS, ("shuangyong/2025/jiu-dizhi.html", "minbing/index.html"), "现在还有页面"),
    Case(
        "redirect-slash",
        REDIRECTS,
        ("shuangyong/2025/jiu-dizhi", "/shuangyong/2025/jiu-dizhi"),
        "的写法不对",
        "不带开头的 /",
    ),
    Case("redirect-empty", REDIRECTS, (" shuangyong/2025/guofang-ke.html", ""), "没有写新地址"),
    Case("redirect-list", REDIRECTS, (" shuangyong/2025/guofang-ke.html", " [a, b]"), "没有写新地址"),
    Case("redirect-record-list", REDIRECTS, "- a.html\n", "整个文件要写成一行一个「键: 值」", line=1),
    Case("published-header", PUBLISHED, "网址,日期\n", "第一行应当是 地址,日期,sha256", "请恢复原样", line=1),
    Case("published-empty", PUBLISHED, "", "第一行应当是 地址,日期,sha256", line=1),
    Case(
        "published-row",
        PUBLISHED,
        "地址,日期,sha256,发稿日期\na.html,2026-11-20,123,\n",
        "这一行的写法不对",
        "发布程序",
        line=2,
    ),
    Case(
        "published-date",
        PUBLISHED,
        f"地址,日期,sha256,发稿日期\na.html,2026-02-30,{'a' * 64}\n",
        "这一行的写法不对",
        line=2,
    ),
    Case(
        "published-quote",
        PUBLISHED,
        f'地址,日期,sha256,发稿日期\n"a.html,2026-02-20,{"a" * 64}\nb\nc\n',
        "这一行的写法不对",
        line=2,
    ),
    Case("published-nul", PUBLISHED, b"\0", "文件里有空字符", line=1),
    Case(
        "published-huge-field",
        PUBLISHED,
        "地址,日期,sha256,发稿日期\n" + "a" * 200_000 + "\n",
        "这一行的写法不对",
        line=2,
    ),
]

CALENDARS = [
    Case(
        "day-id-twice",
        CALENDAR,
        ("编号: lieshi-jinianri", "编号: guofang-jiaoyu-ri"),
        "编号「guofang-jiaoyu-ri」重复了",
    ),
    Case("day-rule", CALENDAR, ("规则: 九月第三个星期六", "规则: 重阳"), "不认识规则「重阳」", "九月第三个星期六"),
    Case(
        "day-rule-fifth",
        CALENDAR,
        ("规则: 九月第三个星期六", "规则: 九月第五个星期六"),
        "不认识规则「九月第五个星期六」",
    ),
    Case("day-rule-month", CALENDAR, ("规则: 九月第三个星期六", "规则: 十三月第三个星期六"), "不认识规则"),
    Case("day-rule-list", CALENDAR, ("规则: 九月第三个星期六", "规则: [清明]"), "「规则」要写文字"),
    Case("day-fixed-map", CALENDAR, ("日期: 09-30", "日期: {月: 9}"), "「日期」要写文字"),
    Case(
        "day-two-ways",
        CALENDAR,
        ("    日期: 09-30", "    日期: 09-30\n    规则: 清明"),
        "的日期没写或写了两种",
        line=11,
    ),
    Case("day-no-way", CALENDAR, ("    日期: 09-30\n", ""), "「烈士纪念日」的日期没写或写了两种", line=11),
    Case(
        "day-other-year",
        CALENDAR,
        ("{起: 2026-02-24, 止: 2026-03-31}", "{起: 2025-02-24, 止: 2025-03-31}"),
        "2026 年下面写了 2025 年的日期",
    ),
    Case("day-ends-early", CALENDAR, ("止: 2026-03-31", "止: 2026-01-31"), "结束比开始还早"),
    Case("day-year-key", CALENDAR, ("各年: {2026:", "各年: {今年:"), "「今年」不是年份"),
    Case("day-year-date", CALENDAR, ("{起: 2026-02-24, 止: 2026-03-31}", "2026年2月"), "日期「2026年2月」的写法不对"),
    Case(
        "day-year-block",
        CALENDAR,
        ("各年: {2026: {起: 2026-02-24, 止: 2026-03-31}}", "各年:\n      2026: 2026-02-24\n      2027: 2027-2-24"),
        "日期「2027-2-24」的写法不对",
        line=20,
    ),
    Case(
        "day-each-text",
        CALENDAR,
        ("各年: {2026: {起: 2026-02-24, 止: 2026-03-31}}", "各年: 待公布"),
        "「各年」下面要写成",
    ),
    Case("day-tone", CALENDAR, ("语气: 庄重", "语气: 严肃"), "「语气」不能写「严肃」", "只能写 庄重、平常"),
    Case(
        "day-basis-list",
        CALENDAR,
        ("依据: 以当年征兵命令为准", "依据: [征兵命令]"),
        "「依据」下面要写成一行一个「键: 值」",
    ),
    Case("years-order", CALENDAR, ("年份: [2026]", "年份: [2026, 2026]"), "年份要从小到大写，不重复"),
    Case("years-text", CALENDAR, ("年份: [2026]", "年份: 2026"), "「年份」要写成列表"),
    Case(
        "years-no-page",
        CALENDAR,
        ("年份: [2026]", "年份: [2026, 2027]"),
        "还没有对应的页面 docs/rili/2027.md",
        "{{ dates(2027) }}",
        line=1,
    ),
    Case("days-empty", CALENDAR, "年份: [2026]\n日子: []\n", "「日子」至少要有 1 项", line=2),
]

CITED = [  # 哪里 → 文件、原来的写法
    ("service", SERVICE, "{法: 国防教育法, 条: 7, 款: 3}"),
    ("slogan", SLOGANS, GF_12),
    ("calendar", CALENDAR, GF_12),
    ("quiz", QUIZ, GF_12),
    ("indicator", INDICATORS, "{法: 保守国家秘密法, 条: 35}"),
]
WRONG = [  # 名、写成、说什么、怎么改
    ("article", "{法: 国防教育法, 条: 99}", "《国防教育法》没有第九十九条，最后一条是第四十二条", "核对原文"),
    ("article-wide", "{法: 国防教育法, 条: １２}", "条号「１２」的写法不对", "半角数字"),
    ("article-list", "{法: 国防教育法, 条: [12]}", "「条」要写文字", "不要写成列表"),
    ("article-words", "{法: 国防教育法, 条: 第十二条}", "条号「第十二条」的写法不对", "写成 12"),
    ("paragraph", "{法: 国防教育法, 条: 12, 款: 2}", "《国防教育法》第十二条没有第2款，一共一款", "不是款"),
    ("paragraph-0", "{法: 国防教育法, 条: 12, 款: 0}", "没有第0款"),
    ("law-invented", "{法: 国教法, 条: 1}", "没有《国教法》这部法", "应该写 国防教育法"),
    ("law-unknown", "{法: 国防教玉法, 条: 1}", "没有收《国防教玉法》", "是不是「国防教育法」？"),
    ("law-full-name", "{法: 中华人民共和国国防教育法, 条: 1}", "没有收《中华人民共和国国防教育法》", "「国防教育法」"),
    ("law-brackets", "{法: 《国防教育法》, 条: 1}", "没有收《《国防教育法》》", "「国防教育法」"),
    ("law-empty", "{法: , 条: 12}", "「法」没有填"),
    ("not-reviewed", "{法: 宪法, 条: 56}", "本站没有《宪法》的正文，只核对过第五十五条", "先核对原文"),
]
CITATIONS = [
    Case(f"cite-{where}-{what}", file, (old, new), says, *fix)
    for where, file, old in CITED
    for what, new, says, *fix in WRONG
]

LAWS = [
    Case(
        "law-changed",
        LAW,
        ("第三个星期六", "第三个星期日"),
        "《国防教育法》的正文和登记的校验值对不上，正文被改过",
        "请恢复",
        at=SOURCES,
        line=9,
        total=1,
    ),
    Case("law-cut", LAW, cut("第三个星期六"), "法律正文的文件读不通", "恢复这个文件"),
    Case("law-empty", LAW, "", "法律正文的文件读不通", line=1),
    Case("law-list", LAW, "[]", "法律正文的文件缺内容", line=1),
    Case("law-no-articles", LAW, '{"章": [], "条": {}}', "法律正文的文件缺内容", line=1),
    Case("law-deep", LAW, "[" * 100_000, "法律正文的文件读不通", line=1),
    Case("law-missing", LAW, None, "没有 guofang-jiaoyu-fa.json 这个文件", at=SOURCES, line=3),
    Case("law-gbk", LAW, encoded("gbk"), "文件不是 UTF-8 编码，像是 GBK（ANSI）"),
    Case("law-sha256", SOURCES, ("sha256: aacade", "sha256: aacadf"), "校验值对不上", "就把 sha256 改成 aacade"),
    Case("law-reviewed-words", SOURCES, ("已核条文: [55]", "已核条文: [第五十五条]"), "条号「第五十五条」的写法不对"),
    Case("law-article-key", LAW, ('"42":', '"末条":'), "法律正文的文件缺内容", line=1),
    Case("law-no-page", "docs/xuexi/falv/guofang-jiaoyu-fa.md", None, "还没有对应的页面", at=SOURCES, line=1),
]

HEADERS = [
    Case("header-none", PAGE, "# 民兵知识\n\n文字。\n", "没有页眉", "文件第一行写 ---", line=1),
    Case(
        "header-open", PAGE, ("复核: 2026-11-20\n---\n", "复核: 2026-11-20\n"), "页眉没有收尾", "单独写一行 ---", line=1
    ),
    Case("header-empty", PAGE, "---\n---\n\n# 题\n", "页眉是空的", "写上 摘要 和 复核"),
    Case("header-key", PAGE, ("复核: 2026", "复合: 2026"), "不认识的键「复合」", "是不是「复核」？"),
    Case(
        "header-extra",
        PAGE,
        ("复核: 2026-11-20", "复核: 2026-11-20\n标签: 民兵"),
        "不认识的键「标签」",
        "摘要、复核",
        line=4,
    ),
    Case("header-title", PAGE, ("复核: 2026-11-20", "title: 民兵\n复核: 2026-11-20"), "不认识的键「title」", line=3),
    Case(
        "header-template",
        PAGE,
        ("复核: 2026-11-20", "复核: 2026-11-20\ntemplate: x.html"),
        "不认识的键「template」",
        line=4,
    ),
    Case("header-missing", PAGE, ("复核: 2026-11-20\n", ""), "缺「复核」", line=2),
    Case("header-date", PAGE, ("复核: 2026-11-20", "复核: 2026-13-20"), "没有 2026-13-20 这一天"),
    Case("header-no-space", PAGE, ("复核: 2026", "复核:2026"), "冒号后面没有空格"),
    Case("header-wide-colon", PAGE, ("摘要: 民兵", "摘要：民兵"), "用了全角冒号「：」"),
    Case("header-star", PAGE, ("摘要: 民兵", "摘要: *民兵"), "值的开头有特殊符号（& *）", "双引号"),
    Case("header-python", PAGE, ("摘要: 民兵", "摘要: !!python/name:os.system 民兵"), "用了 ! 标签"),
    Case("header-anchor", PAGE, ("摘要: 民兵", "摘要: &a 民兵"), "用了 & 锚点"),
    Case("header-tab", PAGE, ("复核: 2026", "\t复核: 2026"), "行首用了制表符（Tab）"),
    Case("header-octal-date", PAGE, ("复核: 2026-11-20", "复核: 0o17"), "日期「0o17」的写法不对"),
    Case(
        "header-sexagesimal",
        PAGE,
        ("摘要: 民兵知识，样板镇国防教育专栏的一页", "摘要: 12:30:45"),
        "「摘要」里有不加引号会读错的值",
        "用双引号",
    ),
    Case("header-octal", ACTIVITY, ("来源: 样板镇党建办", "来源: 0512"), "「来源」里有不加引号会读错的值"),
    Case("header-equals", PAGE, ("摘要: 民兵知识，样板镇国防教育专栏的一页", "摘要: ="), "不能以「=」开头"),
    Case(
        "header-yes-nested", ACTIVITY, ("编辑: 镇党建办编辑员", "编辑: yes"), "「审签」里有不加引号会读错的值", line=7
    ),
    Case("header-quoted", ACTIVITY, ("来源: 样板镇党建办", '来源: "0512"'), "", total=0),
    Case("page-empty", PAGE, "", "文件是空的", line=1),
    Case("page-gbk", PAGE, encoded("gbk"), "像是 GBK（ANSI）"),
    Case("page-utf16", PAGE, encoded("utf-16"), "文件是 UTF-16 编码", line=1),
    Case("page-bom", PAGE, encoded("utf-8", b"\xef\xbb\xbf"), "文件开头有 BOM 标记", line=1, level="提醒"),
    Case("page-nul", PAGE, (TEXT, "\0"), "文件里有空字符（NUL）"),
    Case("page-noncharacter", PAGE, (TEXT, f"{TEXT}\ufdd07\ufdd1"), "这一行里有看不见的字符", line=8),
    Case("page-no-title", PAGE, ("# 民兵知识", "民兵知识"), "没有一级标题", "「# 标题」", line=5),
    Case("page-two-titles", PAGE, (TEXT, f"{TEXT}\n\n# 又一个"), "有两个一级标题", line=10),
    Case("page-two-titles-underlined", PAGE, (TEXT, f"{TEXT}\n\n又一个\n==="), "有两个一级标题", line=11),
    Case("page-macro-in-title", PAGE, ("# 民兵知识", '# {{ figure(2025, "国防教育活动场次") }}'), "一级标题里不能用宏"),
    Case(
        "page-name-capital",
        PAGE,
        renamed("Index.md"),
        "文件名「minbing/Index.md」的写法不对",
        "小写字母",
        line=1,
        at="docs/minbing/Index.md",
    ),
    Case("page-name-space", PAGE, exists_as("min bing.md"), "的写法不对", line=1, at="docs/minbing/min bing.md"),
    Case(
        "page-name-chinese",
        PAGE,
        exists_as("民兵.md"),
        "文件名「minbing/民兵.md」的写法不对",
        line=1,
        at="docs/minbing/民兵.md",
    ),
    Case(
        "page-missing-hall",
        "docs/cunshiguan/yangban-cun.md",
        None,
        "还没有对应的页面",
        '{{ hall("yangban-cun") }}',
        at=HALL,
        line=1,
        total=2,
    ),
    Case(
        "page-missing-service",
        "docs/banshi/yuyue-jiangjie.md",
        None,
        "还没有对应的页面",
        "{{ service(",
        at=SERVICE,
        line=1,
    ),
    Case("page-missing-year", "docs/shuju/2025.md", None, "还没有对应的页面", "{{ figures(2025) }}", at=YEAR, line=1),
]

ACTIVITIES = [
    Case(
        "activity-no-sign-off",
        ACTIVITY,
        (
            "审签:\n  编辑: 镇党建办编辑员\n  审核: 镇党建办负责人\n  签发: 镇分管负责人\n  保密审查: 镇保密审查员\n"
            "  保密审查日期: 2025-09-23\n",
            "",
        ),
        "缺「审签」",
        line=2,
    ),
    Case("activity-sign-off-part", ACTIVITY, ("  保密审查: 镇保密审查员\n", ""), "缺「保密审查」", line=7),
    Case(
        "activity-same-person",
        ACTIVITY,
        ("签发: 镇分管负责人", "签发: 镇党建办编辑员"),
        "签发和编辑是同一个人",
        "换一个人",
    ),
    Case(
        "activity-reviewed-early",
        ACTIVITY,
        ("保密审查日期: 2025-09-23", "保密审查日期: 2025-09-21"),
        "保密审查日期早于更新",
        "重新审查",
    ),
    Case("activity-updated-early", ACTIVITY, ("更新: 2025-09-22", "更新: 2025-09-12"), "更新比日期还早"),
    Case(
        "activity-expires-early", ACTIVITY, ("渠道: [微信", "有效期至: 2025-09-01\n渠道: [微信"), "有效期至比日期还早"
    ),
    Case(
        "activity-year-folder",
        ACTIVITY,
        ("日期: 2025-09-20\n更新: 2025-09-22", "日期: 2024-09-20\n更新: 2025-09-22"),
        "日期是 2024-09-20，文件却在 2025 文件夹",
    ),
    Case(
        "activity-channel",
        ACTIVITY,
        ("[微信, 宣传栏]", "[微博, 宣传栏]"),
        "「渠道」不能写「微博」",
        "只能写 微信、宣传栏、广播",
    ),
    Case("activity-channel-twice", ACTIVITY, ("[微信, 宣传栏]", "[微信, 微信, 广播, 广播]"), "「渠道」最多 3 项"),
    Case("activity-channel-text", ACTIVITY, ("[微信, 宣传栏]", "微信"), "「渠道」要写成列表"),
    Case(
        "activity-picture",
        ACTIVITY,
        ("文件: guofang-ke.assets/guan.svg", "文件: guofang-ke.assets/guang.svg"),
        "没有图片 guofang-ke.assets/guang.svg",
    ),
    Case("activity-demo", ACTIVITY, ("渠道: [微信", "演示: 是\n渠道: [微信"), "正式的网站里还有演示内容"),
    Case("activity-key", ACTIVITY, ("  审核: 镇党建办", "  审合: 镇党建办"), "不认识的键「审合」", "是不是「审核」？"),
    Case(
        "header-sign-off-elsewhere",
        PAGE,
        ("复核: 2026-11-20", "复核: 2026-11-20\n日期: 2025-09-20"),
        "不认识的键「日期」",
        line=4,
    ),
    Case(
        "demo-hall",
        HALL,
        ("状态: 开放", "状态: 开放\n演示: 是"),
        "正式的网站里还有演示内容",
        "删掉「演示」一行",
        line=5,
    ),
    Case("demo-year", YEAR, ("来源: ", "演示: 是\n来源: "), "正式的网站里还有演示内容"),
    Case("demo-place", PLACES, ("  村: 样板村", "  村: 样板村\n  演示: 是"), "正式的网站里还有演示内容", line=13),
    Case("demo-slogan", SLOGANS, ("  停用: ", "  演示: 是\n  停用: "), "正式的网站里还有演示内容"),
]

PAGES = [
    macro("macro-unknown", '{{ figuer(2025, "国防教育活动场次") }}', "没有「figuer」这个宏", "是不是「figure」？"),
    macro("macro-unknown-far", "{{ now() }}", "没有「now」这个宏", "可用的有：contact、"),
    macro("macro-no-brackets", "{{ contact }}", "宏 contact 后面少了括号", "写成 {{ contact() }}"),
    macro("macro-variable", "{{ page.title }}", "花括号里只能写一个宏"),
    macro("macro-name", "{{ title }}", "不认识「title」"),
    macro("macro-filter", '{{ figure(2025, "国防教育活动场次") | upper }}', "花括号里只能写一个宏"),
    macro("macro-attribute", "{{ config.site_name }}", "花括号里只能写一个宏"),
    macro("macro-method", '{{ "".join([]) }}', "花括号里只能写一个宏"),
    macro("macro-sum", "{{ 7*7 }}", "花括号里只能写一个宏"),
    macro("macro-text", '{{ "文字" }}', "花括号里只能写一个宏"),
    macro(
        "macro-two", '{{ figure(2025, "国防教育活动场次") ~ figure(2024, "国防教育活动场次") }}', "花括号里只能写一个宏"
    ),
    macro("macro-empty", "{{ }}", "宏的写法读不通"),
    macro("macro-no-close", "{{ contact()", "宏没有写完，少了 }}"),
    macro("macro-half-close", "{{ contact() }", "宏没有写完，少了 }}"),
    macro("macro-no-close-then-more", "{{ contact()\n\n文字\n\n{{ reading() }}", "宏没有写完，少了 }}"),
    macro("macro-no-bracket", '{{ figure(2025, "国防教育活动场次" }}', "宏的括号没有配对"),
    macro("macro-no-quote", '{{ figure(2025, "国防教育活动场次) }}', "宏的引号没有配对"),
    macro("macro-wide-brackets", '{{ figure（2025, "国防教育活动场次"） }}', "宏里用了全角符号「（」"),
    macro("macro-wide-quotes", "{{ figure(2025, “国防教育活动场次”) }}", "宏里用了全角符号「“」"),
    macro("macro-wide-comma", '{{ figure(2025，"国防教育活动场次") }}', "宏里用了全角符号「，」"),
    macro("macro-wide-digits", '{{ figure(２０２５, "国防教育活动场次") }}', "宏里用了全角符号「２」", "数字都用半角"),
    macro("macro-wide-braces", "｛｛ contact() ｝｝", "花括号用了全角", "{{ contact() }}"),
    macro("macro-single-brace", "{ contact() }", "宏要用两层花括号", "{{ contact() }}"),
    macro("anchor-comment", "## 标题 {#abc}", "「{#」会被当成注释", "写成 {: #名字 }"),
    macro("anchor-comment-closed", "## 标题 {#abc #}", "「{#」会被当成注释", "写成 {: #名字 }"),
    macro("jinja-if", "{% if True %}\n文字\n{% endif %}", "页面里不能用 {% %}", "只能用 {{ 宏 }}"),
    macro("jinja-set", "{% set a = 1 %}", "页面里不能用 {% %}"),
    macro("jinja-include", '{% include "x.md" %}', "页面里不能用 {% %}"),
    macro("jinja-unknown-tag", "{% 如果 %}", "页面里不能用 {% %}"),
    macro("jinja-endif-alone", "{% endif %}", "页面里不能用 {% %}"),
    macro("args-number", '{{ figure(2025 - 1, "国防教育活动场次") }}', "figure 的参数要直接写数字或带引号的文字"),
    macro("args-name", "{{ figure(2025, 国防教育活动场次) }}", "figure 的参数要直接写数字或带引号的文字"),
    macro("args-list", "{{ trend(['国防教育活动场次']) }}", "trend 的参数要直接写数字或带引号的文字"),
    macro("args-true", "{{ activities(true) }}", "activities 的参数要直接写数字或带引号的文字"),
    macro("args-star", "{{ figure(*a) }}", "figure 的参数里不能用星号"),
    macro("args-many", "{{ contact(1) }}", "contact 的参数多了", "{{ contact() }}"),
    macro("args-few", "{{ figure(2025) }}", "figure 少了参数：指标", '照这样写：{{ figure(2020, "指标名") }}'),
    macro("args-name-unknown", '{{ law("国防教育法", 7, 项=2) }}', "law 没有「项」这个参数"),
    macro("args-twice", '{{ law("国防教育法", 7, 条=2) }}', "law 的「条」写了两遍"),
    macro("args-same-name", '{{ law("国防教育法", 7, 款=1, 款=2) }}', "law 有一个参数写了两遍"),
    macro("block-inline", "电话：{{ contact() }}", "contact 是成块的宏，要独占一行"),
    macro("block-trailing", "{{ contact() }}。", "contact 是成块的宏，要独占一行"),
    macro("block-indented", "    {{ contact() }}", "contact 是成块的宏，要独占一行", "前面不空格"),
    macro("block-in-list", "- {{ contact() }}", "contact 是成块的宏，要独占一行"),
    macro("block-two-on-line", "{{ contact() }} {{ reading() }}", "contact 是成块的宏，要独占一行", total=2),
    macro("block-text-above", "文字\n{{ contact() }}", "", total=0),
    macro("block-text-below", "{{ contact() }}\n文字", "", total=0),
    macro(
        "value-indicator",
        '{{ figure(2025, "国防教育活动次数") }}',
        "指标「国防教育活动次数」不存在",
        "是不是「国防教育活动场次」？",
    ),
    macro("value-year", '{{ figure(2023, "国防教育活动场次") }}', "没有 2023 年的数据"),
    macro("value-year-text", '{{ figure("2025", "国防教育活动场次") }}', "年份要写数字，不加引号", "2024、2025"),
    macro("value-year-figures", "{{ figures(1999) }}", "没有 1999 年的数据"),
    macro("value-indicator-number", "{{ trend(2025) }}", "指标「2025」不存在"),
    macro("value-law", '{{ law("国防教玉法", 1) }}', "没有收《国防教玉法》", "是不是「国防教育法」？"),
    macro("value-law-invented", '{{ law("国教法", 1) }}', "没有《国教法》这部法", "应该写 国防教育法"),
    macro("value-law-number", "{{ law(1, 2) }}", "法律名要加引号"),
    macro("value-article", '{{ law("国防教育法", 99) }}', "《国防教育法》没有第九十九条"),
    macro("value-article-words", '{{ law("国防教育法", "第七条") }}', "条号「第七条」的写法不对", "写成 12"),
    macro("value-article-0", '{{ law("国防教育法", 0) }}', "《国防教育法》没有第零条"),
    macro("value-paragraph", '{{ law("国防教育法", 12, 款=2) }}', "第十二条没有第2款，一共一款"),
    macro("value-paragraph-0", '{{ law("国防教育法", 12, 款=0) }}', "第十二条没有第0款"),
    macro("value-paragraph-text", '{{ law("国防教育法", 7, 款="二") }}', "款「二」要写整数"),
    macro("value-not-reviewed", '{{ law("宪法", 56) }}', "只核对过第五十五条"),
    macro("value-law-text", '{{ law_text("宪法") }}', "正文「宪法」不存在"),
    macro("value-slogans", '{{ slogans("国防教玉") }}', "标语类别「国防教玉」不存在", "是不是「国防教育」？"),
    macro("value-hall", '{{ hall("yangban") }}', "村史馆「yangban」不存在", "是不是「yangban-cun」？"),
    macro("value-service", '{{ service("jiangjie") }}', "指南「jiangjie」不存在", "是不是「yuyue-jiangjie」？"),
    macro(
        "value-places", '{{ places("退役军人服务") }}', "地点类别「退役军人服务」不存在", "是不是「退役军人服务站」？"
    ),
    macro("value-quiz", '{{ quiz("国防") }}', "自测主题「国防」不存在", "是不是「国防教育」？"),
    macro("value-dates", "{{ dates(2030) }}", "日历年份「2030」不存在", "是不是「2026」"),
    macro("value-dates-text", '{{ dates("2026") }}', "要写数字，不加引号"),
    macro("value-activities-0", "{{ activities(0) }}", "条数要写 1 到 100 的整数"),
    macro("value-activities-text", '{{ activities("3") }}', "条数要写 1 到 100 的整数"),
    macro("link-dead", "[没有](../banshi/meiyou.md)", "链接「../banshi/meiyou.md」找不到文件", "核对文件名"),
    macro("link-elsewhere", "[指南](yuyue-jiangjie.md)", "找不到文件", "是不是「../banshi/yuyue-jiangjie.md」？"),
    macro("link-absolute", "[首页](/index.md)", "链接「/index.md」以 / 开头", "站内链接写相对路径"),
    macro("link-html", "[指南](../banshi/index.html)", "链接「../banshi/index.html」找不到文件", "../banshi/index.md"),
    macro("link-spaced", "[指南]( ../banshi/meiyou.md )", "找不到文件"),
    macro(
        "link-reference", "[指南][甲]\n\n[甲]: ../banshi/meiyou.md", "链接「../banshi/meiyou.md」找不到文件", line=10
    ),
    macro("link-picture", "![图](meiyou.svg)", "链接「meiyou.svg」找不到文件"),
    macro("link-folder", "[指南](../banshi/)", "链接「../banshi/」找不到文件"),
    macro("link-javascript", "[点](javascript:alert(1))", "链接「javascript:alert(1」不能用"),
    macro("macro-third-brace", "{{ contact() }}}", "contact 是成块的宏，要独占一行"),
    macro("macro-three-braces", "{{{ contact() }}}", "花括号多了一层"),
    macro("macro-over-lines", "{{\ncontact()\n}}", "", total=0),
    macro("macro-in-fence", "```\n{{ contact() }}\n```", "代码里的宏也会被执行", "{% raw %}", line=9),
    macro("macro-in-code", '`{{ figure(2025, "国防教育活动场次") }}`', "代码里的宏也会被执行"),
    macro("macro-in-link", '[甲]({{ figure(2025, "国防教育活动场次") }})', "链接里不能用宏"),
    macro("jinja-autoescape", "{% autoescape false %}甲{% endautoescape %}", "页面里不能用 {% %}"),
    macro("jinja-raw-open", "{% raw %}\n{{ x }}", "{% raw %} 没有收尾", "{% endraw %}"),
    macro("link-wide-brackets", "[甲]（index.md）", "链接的括号用了全角"),
    macro("link-square-brackets", "【甲】(index.md)", "链接的括号用了全角"),
    macro("link-gap", "[甲] (index.md)", "中间有空格"),
    macro("link-open", "[甲](index.md", "链接没有写完，少了 )"),
    macro("link-no-address", "[甲]()", "链接没有写地址"),
    macro("link-no-words", "[](index.md)", "链接没有文字"),
    macro("link-undefined", "[甲][乙]", "没有写「乙」指到哪里"),
    macro("note-undefined", "民兵[^1]。", "没有写「^1」指到哪里"),
    macro("note-defined", "民兵[^1]。\n\n[^1]: 见国防法。", "", total=0),
    macro("heading-glued", "##标题", "标题的 # 后面没有空格"),
    macro("heading-wide", "＃ 标题", "标题的 # 用了全角"),
    macro("anchor-open", "## 标题 {: #ming", "少了 }"),
    macro("attribute", '文字\n{: onclick="x" }', "{: } 里只能写名字", line=9),
    macro("fence-open", "```\n文字", "代码块没有收尾"),
    Case("line-too-long", PAGE, (TEXT, "`" * 20_000), "这一行超过 5000 个字"),
]

SILENT = [  # 读得通，可是会悄悄公开错的东西
    Case("hash-in-text", HALL, ("故事: 记工分", "故事: 记 #3 队工分"), "「#」后面的字成了注释，不会公开", "用双引号"),
    Case("hash-in-header", PAGE, ("摘要: 民兵", "摘要: 第 #1 页民兵"), "「#」后面的字成了注释，不会公开"),
    Case("comment-after-number", YEAR, ("    值: 86", "    值: 86 #核过"), "", total=0),
    Case("value-continued", HALL, ("收费: 免费", "收费: 免费\n  讲解另收"), "上一行的值写到了这一行", "补上「- 」", 18),
    Case(
        "value-continued-colon", PLACES, ("  村: 样板村", "  村: 样板村\n    备注：老楼"), "用了全角冒号「：」", line=13
    ),
    Case("dashes-lost", SERVICE, ("材料: [不用带材料]", "材料:\n  - 甲\n    乙"), "上一行的值写到了这一行", line=10),
    Case(
        "item-dash-lost", PLACES, ("- 编号: wuzhuangbu", "  编号: wuzhuangbu"), "两条并成了一条", "补上「- 」", total=1
    ),
    Case("first-key-indented", TOWN, ("演示: 否", "  演示: 否"), "这一行的缩进和上面对不齐"),
    Case("quotes-wide-around", HALL, ("收费: 免费", "收费: “免费”"), "两边用了全角引号", "去掉引号"),
    Case("quotes-wide-meant", HALL, ("收费: 免费", '收费: "“免费”"'), "", total=0),
    Case("comma-left-over", TOWN, ("乡镇: 样板镇", "乡镇: 样板镇,"), "末尾多了半角的「,」", "删掉"),
    Case("unknown-misspelt", HALL, ("收费: 免费", "收费: 待公开"), "「待公开」不是规定的写法", "不知道的写 待公布"),
    Case("unknown-bracketed", HALL, ("收费: 免费", "收费: （待公布）"), "「（待公布）」不是规定的写法"),
    Case("date-far", YEAR, ("2026-02-20", "2206-02-20"), "日期「2206-02-20」的年份不对", "1900 到 2100"),
    Case("date-before-the-year", YEAR, ("2026-02-20", "2016-02-20"), "审核日期比数据的年份（2025）还早"),
    Case("number-minus-0", YEAR, ("    值: 86", "    值: -0"), "「-0」不是整数"),
    Case("number-more", YEAR, ("    值: 86", "    值: 86以上"), "「86以上」不是整数", "限定: 约（或 不少于"),
    Case("place-twice", SERVICE, ("[fuwuzhan]", "[fuwuzhan, fuwuzhan]"), "「办理点」里「fuwuzhan」写了两遍", "留一个"),
    Case("use-twice", SLOGANS, ("[宣传栏, 显示屏]", "[宣传栏, 宣传栏]"), "「用于」里「宣传栏」写了两遍"),
    Case("channel-repeated", ACTIVITY, ("[微信, 宣传栏]", "[微信, 微信]"), "「渠道」里「微信」写了两遍"),
    Case("comma-wide-uses", SLOGANS, ("[宣传栏, 显示屏]", "[宣传栏，显示屏]"), "「用于」不能写", "列表里的逗号用半角"),
    Case("comma-wide-places", SERVICE, ("[fuwuzhan]", "[fuwuzhan，fuwuzhan]"), "的写法不对", "列表里的逗号用半角"),
    Case("comma-wide-years", CALENDAR, ("年份: [2026]", "年份: [2026，2027]"), "不是整数", "列表里的逗号用半角"),
    Case(
        "comma-wide-synonyms", SYNONYMS, ("[退役军人]", "[退役军人，退伍]"), "「退役军人，退伍」不是一个词", "半角逗号"
    ),
    Case("synonym-blank", SYNONYMS, ("[退役军人]", '[退役军人, ""]'), "「」不是一个词"),
    Case("slogan-shout", SLOGANS, ("捍卫英雄烈士。", "捍卫英雄烈士！"), "和法条原文对不上"),
    Case("slogan-no-words", SLOGANS, ("文本: 关心国防，人人有责", '文本: "……！"'), "只有标点，没有字"),
    Case("closure-long", HALL, ("止: 2026-02-18", "止: 2028-02-18"), "闭馆超过一年", "核对年份"),
    Case("day-long", CALENDAR, ("止: 2026-03-31", "止: 2028-03-31"), "从起到止超过一年", "核对年份"),
    Case("picture-elsewhere", HALL, ("yangban-cun.assets/meiyou-deng.svg", "../../data/township.yml"), "的写法不对"),
    Case("book-year-far", READING, ("年份: 2019", "年份: 20199"), "年份 20199 不对", "四位年份"),
    Case("phone-too-short", TOWN, ('纠错电话: "12345"', "纠错电话: 1"), "电话「1」的写法不对"),
    Case("url-dots", TOWN, ("https://yangban.example/", "https://yangban.example/../"), "的写法不对"),
    Case("redirect-404", REDIRECTS, ("shuangyong/2025/jiu-dizhi.html", "404.html"), "不能跳转", "删掉这一行"),
    Case(
        "published-compact-date",
        PUBLISHED,
        f"地址,日期,sha256,发稿日期\na.html,20261120,{'a' * 64}\n",
        "写法不对",
        line=2,
    ),
    Case("formula", PLACES, ("事项: 受理和咨询", "事项: =1+1"), "不能以「=」开头", "公式"),
    Case("law-brackets", SOURCES, ("全称: 中华人民共和国国防教育法", "全称: 《国防教育法》"), "不加书名号"),
    Case("law-reviewed-none", SOURCES, ("已核条文: [55]", "已核条文: []"), "「已核条文」至少要有 1 项"),
    Case("law-number-huge", LAW, '{"章": [{"名": "a", "起": ' + "9" * 5000 + "}]}", "法律正文的文件读不通", line=1),
    Case("law-half-character", LAW, ('"名": "第一章', '"名": "\\ud800第一章'), "有读不出的字符", line=1),
    Case("garbled", HALL, ("收费: 免费", "收费: 免\ufffd费"), "这一行里有乱码", "照原稿"),
    Case("private-use", PAGE, (TEXT, "\ue000"), "这一行里有乱码"),
    Case("sign-off-unknown", ACTIVITY, ("签发: 镇分管负责人", "签发: 待公布"), "「签发」还没有人"),
    Case("header-doubled", PAGE, ("复核: 2026-11-20", "复核: 2026-11-20\n复核: 2026-11-21"), "写了两遍", line=4),
    Case(
        "year-page-copied", "docs/shuju/2024.md", ("figures(2024)", "figures(2025)"), "这一页写了别处的内容", "(2024)"
    ),
    Case("hall-page-bare", "docs/cunshiguan/yangban-cun.md", ('{{ hall("yangban-cun") }}', ""), "这一页没有写", line=5),
]

LEAKS = [  # 不该公开的数，绕着弯漏出来
    Case(
        "leak-relatives",
        YEAR,
        ("    状态: 少于10", "    状态: 少于10\n    说明: 慰问七名烈属"),
        "有 1 到 9 的数",
        line=18,
    ),
    Case(
        "leak-wide-digit", YEAR, ("    状态: 少于10", "    状态: 少于10\n    说明: 走访７户"), "有 1 到 9 的数", line=18
    ),
    Case(
        "leak-share", YEAR, ("    状态: 少于10", "    状态: 少于10\n    说明: 比上年少一半"), "有 1 到 9 的数", line=18
    ),
    Case(
        "leak-bare-digits",
        YEAR,
        ("    状态: 少于10", "    状态: 少于10\n    说明: 台账为12减5"),
        "说明里又有数",
        line=18,
    ),
    Case(
        "note-villages",
        YEAR,
        ("    状态: 少于10", "    状态: 少于10\n    说明: 两个村没有登记，8月1日前补"),
        "",
        total=0,
    ),
    Case(
        "leak-withheld-bare",
        YEAR,
        ("    状态: 不公开", "    状态: 不公开\n    说明: 编组120"),
        "说明里也不能有数",
        line=20,
    ),
    Case(
        "leak-withheld-unit",
        YEAR,
        ("    状态: 不公开", "    状态: 不公开\n    说明: 编了一个排，共三班"),
        "说明里也不能",
        line=20,
    ),
    Case(
        "leak-definition",
        INDICATORS,
        ("不公开理由: 和兵员有关的数不公开。", "不公开理由: 共12人。"),
        "不公开理由里也不能有数",
    ),
    Case(
        "leak-flag-turned-off",
        INDICATORS,
        lambda p: turned_off(p),
        "看名字数的是优抚对象",
        "涉及优抚对象: 是",
        at=INDICATORS,
    ),
    Case(
        "leak-by-two-old-numbers",
        YEAR,
        lambda p: two_old_numbers(p),
        "写了少于10，但由合计和其他分项能算出是 7",
        line=15,
    ),
]

GROUPS = {
    "keys": KEYS,
    "punctuation": PUNCTUATION,
    "numbers": NUMBERS,
    "dates": DATES,
    "files": WHOLE_FILES,
    "names": FILE_NAMES,
    "township": TOWNSHIP,
    "indicators": INDICATOR,
    "figures": FIGURES,
    "halls": HALLS,
    "lists": LISTS,
    "calendar": CALENDARS,
    "citations": CITATIONS,
    "laws": LAWS,
    "headers": HEADERS,
    "activities": ACTIVITIES,
    "pages": PAGES,
    "silent": SILENT,
    "leaks": LEAKS,
}
CASES = [case for group in GROUPS.values() for case in group]


def spoil(root: Path, case: Case) -> int:
    """照 case 写坏文件，返回应当报的行号。"""
    path = root / case.file
    before = path.read_text(encoding="utf-8")
    match case.change:
        case None:
            path.unlink()
        case (old, new):
            assert before.count(old) == 1, f"{case.file} 里「{old}」有 {before.count(old)} 处"
            path.write_bytes(before.replace(old, new).encode())
        case str(text):
            path.write_bytes(text.encode())
        case bytes(raw):
            path.write_bytes(raw)
        case change:
            change(path)
    if case.line:
        return case.line
    after = path.read_bytes().decode("utf-8", "replace")
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    return next((i for i, (a, b) in enumerate(pairs, 1) if a != b), before.count("\n"))


# 问题里可以出现的拉丁字母：文件、编码、写法的名字
NAMES = {"YAML", "UTF", "BOM", "CRLF", "LF", "NUL", "GBK", "ANSI", "KB", "MB", "Tab", "Windows", "ICP", "sha"}
NAMES |= {
    "data",
    "docs",
    "yml",
    "yaml",
    "json",
    "md",
    "html",
    "csv",
    "https",
    "tel",
    "mailto",
    "raw",
    "endraw",
    *MACROS,
}
CASE_IDS = [case.id for case in CASES]


def english(problem: Problem, case: Case) -> set[str]:
    """说明和改法里不该有的英文；文件名、网址和编辑自己写的字不算。"""
    text = re.sub(r"(?a)「[^」]*」|《[^》]*》|[0-9a-f]{64}|[\w:-]*[./][\w./:-]*", " ", f"{problem.what} {problem.fix}")
    written = f"{case.change} {case.file} shilicun"
    return {word for word in re.findall("[A-Za-z_]{2,}", text) if word not in NAMES and word not in written}


def test_corpus_is_large_and_distinct() -> None:
    """坏法不少于 130 种，编号不重复。"""
    assert len(CASE_IDS) >= 130
    assert len(set(CASE_IDS)) == len(CASE_IDS)


def test_publishable_site_is_clean(copy_site: Callable[..., Path]) -> None:
    """没有改坏的小网站没有一处问题，连提醒也没有。"""
    assert load(copy_site()).problems == []


@pytest.mark.parametrize("case", CASES, ids=CASE_IDS)
def test_bad_input(case: Case, copy_site: Callable[..., Path]) -> None:
    """每种坏法报在正确的文件和行，说的是那一句中文，没有连带的误报。"""
    root = copy_site()
    line = spoil(root, case)
    problems = load(root).problems
    shown = listing(problems)
    assert len(problems) == case.total, shown
    assert not any(english(problem, case) for problem in problems), shown
    if case.says:
        assert any(
            (p.file, p.line, p.level) == (case.at or case.file, line, case.level)
            and case.says in p.what
            and case.fix in p.fix
            for p in problems
        ), f"应当报在第 {line} 行\n{shown}"


def listed(output: str) -> list[str]:
    """输出里的问题各行。"""
    return [line for line in output.splitlines() if re.match(r"(data|docs)\S*:\d+:\d+: (错误|提醒) ", line)]


@pytest.mark.parametrize("file", [path.relative_to(CLEAN).as_posix() for path in sorted(CLEAN.rglob("*.yml"))])
def test_any_wrong_shape_is_a_problem_not_a_crash(file: str, copy_site: Callable[..., Path]) -> None:
    """每个键的值换成列表、换成下一层的键、换成 0：只会报问题，不会崩，也不漏出程序里的写法。"""
    root = copy_site()
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        match = re.match(r"\s*(- )?[^:]+:", line)
        for value in ("[[文字]]", "{文字: 文字}", "0") if match else ():
            changed = [*lines[:number], f"{match[0]} {value}" if match else line, *lines[number + 1 :]]
            (root / file).write_text("\n".join(changed), encoding="utf-8")
            shown = listing(load(root).problems)
            assert not re.search(r"None|\['|\{'|dict|literal|function", shown), shown


def test_menu_and_pages_agree(copy_site: Callable[..., Path]) -> None:
    """目录里的页面没有了是错误；新页面没进目录只提醒，照样能生成。"""
    root = copy_site()
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(
            "nav:\n  - 首页: index.md\n  - 旧页: minbing/jiu.md\nnot_in_nav: |\n  /*/*.md\n  /xuexi/falv/*.md\n"
        )
    notice, wrong = load(root).problems
    assert (wrong.file, wrong.level, wrong.what) == ("mkdocs.yml", "错误", "目录里的 minbing/jiu.md 没有这个页面")
    assert (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")[wrong.line - 1].endswith("minbing/jiu.md")
    assert (notice.file, notice.level, notice.what) == ("docs/search.md", "提醒", "这一页不在目录里")


def test_three_broken_files_are_all_listed(copy_site: Callable[..., Path]) -> None:
    """三个文件各坏一处，一次全部列出，按文件和行排好。"""
    root = copy_site()
    for case_id in ("township-key", "number-unit", "macro-unknown"):
        spoil(root, CASES[CASE_IDS.index(case_id)])
    done = check(root)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in listed(done.stdout)] == [
        "data/township.yml:4:1",
        "data/years/2025.yml:6:5",
        "docs/minbing/index.md:8:1",
    ]
    assert done.stdout.endswith("检查没有通过：3 处错误，0 处提醒。请按上面的行号修改后再试。\n")
    assert done.stderr == ""


def test_three_broken_macros_on_one_page(copy_site: Callable[..., Path]) -> None:
    """一页里写坏三个宏，三处都报，各报各的行。"""
    root = copy_site()
    body = '{{ figuer(2025) }}\n\n{{ law("国防教育法", 12 }}\n\n{{ hall("meiyou") }}'
    spoil(root, macro("three", body, ""))
    assert [(p.line, p.what) for p in load(root).problems] == [
        (8, "没有「figuer」这个宏"),
        (10, "宏的括号没有配对"),
        (12, "村史馆「meiyou」不存在"),
    ]


def test_all_mistakes_of_one_file_at_once(copy_site: Callable[..., Path]) -> None:
    """一个文件里有几处错，一次都报。"""
    root = copy_site()
    for change in (
        ("收费: 免费", "收非: 免费"),
        ("电话: 待公布", "电话: 13800138000"),
        ("建成年份: 2021", "建成年份: 二〇二一"),
    ):
        spoil(root, Case("many", HALL, change, ""))
    assert [p.line for p in load(root).problems] == [17, 19, 23]


def test_load_sees_every_edit(copy_site: Callable[..., Path]) -> None:
    """读过一次以后再改文件，改坏、改好都看得到。"""
    root = copy_site()
    assert load(root).problems == []
    good = (root / YEAR).read_bytes()
    spoil(root, Case("edit", YEAR, ("值: 86", "值: 86场"), ""))
    assert len(load(root).problems) == 1
    (root / YEAR).write_bytes(good)
    assert load(root).problems == []


BROKEN = (
    "township-key",
    "number-unit",
    "hours-words",
    "quiz-answer",
    "header-date",
    "link-dead",
    "activity-same-person",
)


def test_build_prints_what_check_prints(copy_site: Callable[..., Path]) -> None:
    """mkdocs build 遇到坏网站：列的问题和 make check 一样，返回值不是 0，没有英文报错。"""
    root = copy_site()
    for case_id in BROKEN:
        spoil(root, CASES[CASE_IDS.index(case_id)])
    (root / "docs/rili/index.md").write_text("## 标题 {#abc}\n", encoding="utf-8")
    (root / "docs/shuju/index.md").write_bytes("# 年度数据\n".encode("gbk"))
    checked, built = check(root, "data", "pages"), build(root)
    assert checked.returncode == 1
    assert built.returncode != 0
    assert len(listed(checked.stdout)) >= len(BROKEN) + 2
    assert listed(built.stdout + built.stderr) == listed(checked.stdout)
    others = [line for line in (built.stdout + built.stderr).splitlines() if line and not line.startswith("INFO ")]
    assert "Traceback" not in built.stdout + built.stderr
    assert all(re.search("[\u4e00-\u9fff]", line) for line in others), others
    assert not (root / "site" / "index.html").exists()


# ---- 数据里的记号只是文字 ----

MARKUP = (
    "<b>粗</b> <script>alert(1)</script> <!-- 注 --> &amp; &#60; **星** _线_ [链](b.md) `码` # 井 ~~删~~ | 格 | "
    "{{ 7*7 }} {% raw %} {# 注 #} {: #id } [^1] :smile: <https://a.example/> \\* $x$ \"双\" '单' !!! note 「引」"
)


class _Text(HTMLParser):
    """网页里的文字、脚本和用到的标签。"""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        code = self.cdata_elem is not None  # 在 script、style 里
        (self.scripts if code else self.words).append(data)


def read_page(path: Path) -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    page = _Text()
    page.feed(path.read_text(encoding="utf-8"))
    assert not any("alert" in script for script in page.scripts), path
    return re.sub(r"\s+", " ", "".join(page.words)), page.tags


PLAIN = [  # 文件、原来的值、出现在哪一页
    (HALL, "简介: 馆里收的是村里人家用过的旧物件。", "cunshiguan/yangban-cun.html"),
    (HALL, "故事: 记工分用过的算盘。", "cunshiguan/yangban-cun.html"),
    (HALL, "说明: 线描：有玻璃灯罩的煤油灯", ""),
    (HALL, "名称: 样板村村史馆", "cunshiguan/index.html"),
    (SLOGANS, "文本: 关心国防，人人有责", "biaoyu/index.html"),
    (SERVICE, "答: 可以到村史馆听讲解。", "banshi/yuyue-jiangjie.html"),
    (SERVICE, "一句话: 给镇退役军人服务站打电话，约好时间和地点。", "banshi/yuyue-jiangjie.html"),
    (PLACES, "事项: 受理和咨询", "guanyu/index.html"),
    (INDICATORS, "单位: 场", "shuju/index.html"),
    (INDICATORS, "口径: 镇和村组织的讲座、展览、参观，一天一处算一场", "shuju/2025.html"),
    (YEAR, "说明: 有三天没有登记", "shuju/2025.html"),
    (YEAR, "来源: 样板镇2025年工作台账", "shuju/2025.html"),
    (CALENDAR, "说明: 每年9月30日。", "rili/2026.html"),
    (CALENDAR, "依据: 以当年征兵命令为准", "rili/2026.html"),
    (QUIZ, "题: 全民国防教育日是哪一天？", "xuexi/index.html"),
    (READING, "理由: 字大图多", "xuexi/index.html"),
    (TOWN, "主办单位: 样板镇人民政府", "guanyu/index.html"),
]


def test_markup_in_data_is_plain_text(copy_site: Callable[..., Path]) -> None:
    """数据里的 HTML、Markdown、Jinja 记号，在生成的网页里一字不差，只是文字。"""
    root = copy_site()
    quoted = json.dumps(MARKUP, ensure_ascii=False)
    expected: dict[str, int] = {}
    for file, value, url in PLAIN:
        before = (root / file).read_text(encoding="utf-8")
        assert before.count(value) >= 1, value
        (root / file).write_text(before.replace(value, f"{value.split(':')[0]}: {quoted}", 1), encoding="utf-8")
        expected[url] = expected.get(url, 0) + 1
    inline = '{{ figure(2025, "国防教育活动场次") }}'
    body = f"句子里{inline}。\n\n- 列表里{inline}\n\n**粗体里{inline}**\n\n| 甲 | 乙 |\n|---|---|\n| 表里 | {inline} |"
    spoil(root, macro("inline", body, ""))
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    words, tags = read_page(root / "site/minbing/index.html")
    assert words.count(f"86{MARKUP}") == 4
    assert [tag for tag, _ in tags].count("table") == 1
    for url, count in expected.items():
        if url:
            words, _ = read_page(root / "site" / url)
            assert words.count(MARKUP) >= count, url
    pictures = [attrs for tag, attrs in read_page(root / "site/cunshiguan/yangban-cun.html")[1] if tag == "img"]
    assert pictures[0]["alt"] == MARKUP
    for path in (root / "site").rglob("*.html"):
        _, tags = read_page(path)
        assert not {"b", "del"} & {tag for tag, _ in tags}, path
        assert not [attrs for _, attrs in tags if attrs.get("href") in ("b.md", "b.html", "https://a.example/")], path

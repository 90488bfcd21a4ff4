"""用词：过时的名称、固定表述、绝对化、歧视性的话，标点，从 PDF 粘来的异形字。"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import autocorrect_py

from macros.model import Problem, errors
from macros.model.calendar import Day, by_rule
from macros.model.markdown import HIDDEN, LONGEST
from macros.model.numerals import WEEKDAYS, from_chinese
from macros.model.problem import ERROR, NOTICE
from macros.model.rulesets import Phrase, compiled

from .anniversaries import anniversaries
from .segments import cuts_a_word
from .sentences import matches
from .subject import Subject, released
from .texts import DATA, LOOKALIKES, Passage, proper
from .wordlists import Words, matchers

# 只查标点和全角；不管中西文之间的空格（第5条、党发〔2020〕3号 照公文的写法）
AUTOCORRECT = {
    "rules": {
        "space-word": 0,
        "space-punctuation": 0,
        "space-bracket": 0,
        "space-backticks": 0,
        "space-dash": 0,
        "space-dollar": 0,
        "fullwidth": 1,
        "no-space-fullwidth": 0,
        "no-space-fullwidth-quote": 0,
        "halfwidth-word": 1,
        "halfwidth-punctuation": 1,
        "spellcheck": 0,
    }
}
autocorrect_py.load_config(json.dumps(AUTOCORRECT))  # type: ignore[attr-defined]
# 康熙部首、部首补充、兼容汉字、西里尔字母、字体自造的字：样子像，不是同一个字，搜不到
LOOKALIKE = re.compile(f"[{LOOKALIKES}]|[\u0400-\u04ff]+|[\ue000-\uf8ff]")
TYPO = "C-15"
QUOTES = str.maketrans("“”‘’", "\"\"''")
KEY = re.compile(r"(?:- +)*(?:[^\s:：{\[\"']+:(?:\s+|$))?")  # YAML 的“- 键: ”，后面才是值
SYNTAX = re.compile(r"[{,] *[^\s:：,{}]+: |[{}\"]")  # {键: 值, 键: 值} 的半角符号
FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年(1[0-2]|0?[1-9])月(\d{1,2})日(?:\s*[（(，,]?\s*(?:星期|周)([一二三四五六日天]))?"
)
WEEK = "一二三四五六日天"  # 第八个和第七个是同一天
NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
MONTH_DAY = rf"(?:(?P<year>\d{{4}})年)?(?:每年的?)?(?P<month>{NUMERAL})月(?P<day>{NUMERAL})日"
FOUNDED = re.compile("日?(?:由|经|，)?[^。；，]{0,20}(?:决定|通过|设立|确定)")  # 说的是哪天设立的
ANY_YEAR = range(2001, 2029)  # 二十八年里，哪个月日是星期几都轮得到
CHINESE = re.compile("[\u4e00-\u9fff]")


def terms(subject: Subject) -> Iterator[Problem]:
    rules = subject.site.rules
    words = Words(subject, "terms", matchers(subject, rules.terms))
    phrases = [(phrase, compiled(phrase.trigger)) for phrase in rules.phrases]
    days = [
        (day, _linked(day))
        for day in (subject.site.calendar.days if subject.site.calendar else [])
        if day.fixed or day.rule
    ]
    # 写法读不通的，标点先不说：多半就是它引起的
    unread = {doc.file for doc in subject.site.docs.values() if doc.value is None and errors(doc.problems)}
    unread |= {page.file for page in subject.site.pages if page.header is None and not page.body}
    refused = {(problem.file, problem.line) for problem in errors(subject.site.problems)}
    for page in subject.read:
        yield from _lookalikes(page)
        page = page.folded
        yield from (
            words.problem(page, hit)
            for hit in words.found(page)
            if hit.rule.clause != TYPO or not cuts_a_word(page.text, hit.start)
        )
        for phrase, trigger in phrases:
            yield from _phrase(subject, phrase, trigger, page)
        yield from _dates(page)
        yield from anniversaries(page)
        for day, linked in days:
            yield from _known_day(day, linked, page)
    for passage in subject.passages:
        lines = {(passage.file, line) for _, line, _ in passage.starts}
        if passage.file not in unread and refused.isdisjoint(lines):
            yield from _punctuation(passage)


def _phrase(subject: Subject, phrase: Phrase, trigger: re.Pattern[str], passage: Passage) -> Iterator[Problem]:
    """固定表述：触发以后，要逐字等于审定的写法。"""
    for match in wrong(phrase, trigger, passage.text):
        if released(subject, "terms", passage.file, match[0]):
            continue
        line, column = passage.at(match.start())
        fix = f"逐字写成：{phrase.wording[0]}"
        yield Problem(passage.file, line, column, ERROR, f"“{phrase.name}”的表述不准确", fix, phrase.clause)


def wrong(phrase: Phrase, trigger: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """触发了、又和审定的写法不一样的地方。"""
    return (match for match in matches(trigger, text) if _compact(match[0]) not in map(_compact, phrase.wording))


def _dates(passage: Passage) -> Iterator[Problem]:
    """日期真有这一天，星期对得上。"""
    text = passage.text
    for match in FULL_DATE.finditer(text):
        try:
            date = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            what = f"没有 {match[1]}年{match[2]}月{match[3]}日 这一天"
            yield _problem(passage, match.start(), what, "查一下日历", "R-1")
            continue
        if match[4] and WEEK.index(match[4]) != date.weekday() and match[4] != "天":
            fix = f"那天是{WEEKDAYS[date.weekday()]}，核对日期和星期"
            what = f"{match[1]}年{match[2]}月{match[3]}日 不是星期{match[4]}"
            yield _problem(passage, match.start(), what, fix, "R-1")


def _linked(day: Day) -> re.Pattern[str]:
    """“×月×日是某某日”“某某日在×月×日”的样子。"""
    name = re.escape(day.name).replace("全民", "(?:全民)?")
    after = MONTH_DAY.replace("<", "<later_")
    return re.compile(
        rf"{MONTH_DAY}(?:[，（]?星期.[）]?)?"
        rf"(?:，?(?:是|为|作为|定为|就是)(?:每年的?|第{NUMERAL}个)?|，?(?:在|正值|恰逢)第{NUMERAL}个|[ |｜：:]{{1,4}})"
        rf"[“《]?{name}"
        rf"|{name}[”》]?(?:是|为|在|定在|定于|固定在|安排在|就在){after}"
    )


def _known_day(day: Day, linked: re.Pattern[str], passage: Passage) -> Iterator[Problem]:
    """重要日子和 data/calendar.yml 对得上。"""
    text = passage.text
    if day.name.removeprefix("全民") not in text:
        return
    for match in matches(linked, text):
        year, month, number = (match[part] or match[f"later_{part}"] for part in ("year", "month", "day"))
        if year and FOUNDED.match(text, match.end("day") if match["day"] else match.end()):
            continue
        month, number = _number(month), _number(number)
        if day.fixed:
            right = [int(part) for part in day.fixed.split("-")]
            if [month, number] != right:
                fix = f"写 {right[0]}月{right[1]}日"
                yield _problem(passage, match.start(), f"{day.name}不是{month}月{number}日", fix, "R-5")
        elif year is None:
            what = f"{day.name}不是固定的某月某日，是{day.rule}"
            once = "每年" not in match[0] and any(_is_on(day, y, month, number) for y in ANY_YEAR)
            problem = _problem(passage, match.start(), what, f"写 {day.rule}，或写全年月日", "R-3")
            yield replace(problem, level=NOTICE) if once else problem
        elif 1900 <= int(year) <= 2100:
            date = by_rule(str(day.rule), int(year))
            if not _is_on(day, int(year), month, number):
                what = f"{year}年的{day.name}不是{month}月{number}日"
                fix = f"写 {year}年{date.month}月{date.day}日（{day.rule}）"
                yield _problem(passage, match.start(), what, fix, "R-3")


def _is_on(day: Day, year: int, month: int, number: int) -> bool:
    date = by_rule(str(day.rule), year)
    return (date.month, date.day) == (month, number)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text) or 0


def _problem(passage: Passage, offset: int, what: str, fix: str, clause: str) -> Problem:
    line, column = passage.at(offset)
    return Problem(passage.file, line, column, ERROR, what, fix, clause)


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text).translate(QUOTES)


def _lookalikes(passage: Passage) -> Iterator[Problem]:
    for match in LOOKALIKE.finditer(passage.text):
        meant = proper(match[0])
        line, column = passage.at(match.start())
        what = f"「{match[0]}」是部首或异形字，不是常用字，多半从 PDF 粘来"
        fix = f"删掉，重新打「{meant}」" if meant != match[0] else "删掉，重新打这个字"
        yield Problem(passage.file, line, column, ERROR, what, fix, "W-17")


@lru_cache(maxsize=8192)
def _lint(text: str) -> list[Any]:
    """审签、来源这样的行每页都一样，只看一次。"""
    return list(autocorrect_py.lint_for(text, "text").lines)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """分成几截，在句号后面断：autocorrect 一次只看得了几万个字。"""
    at = 0
    while len(text) - at > LONGEST:
        stop = text.rfind("。", at, at + LONGEST) + 1 or at + LONGEST
        yield at, text[at:stop]
        at = stop
    yield at, text[at:]


def _punctuation(passage: Passage) -> Iterator[Problem]:
    """autocorrect 改过的地方，就是标点或全角写错的地方。"""
    begin = KEY.match(passage.text).end() if passage.kind == DATA else 0  # type: ignore[union-attr]
    text = passage.text[begin:]
    if passage.kind == DATA:
        text = SYNTAX.sub(lambda m: HIDDEN * len(m[0]), text)
    text = text.replace(HIDDEN, "\u3007")
    if not CHINESE.search(text) or text.startswith("["):
        return
    for start, line in ((at + each.col - 1, each) for at, part in _parts(text) for each in _lint(part)):
        if text[start : start + len(line.old)] != line.old:
            continue
        for place, (old, new) in enumerate(zip(line.old, line.new, strict=False)):
            if old != new:
                number, column = passage.at(begin + start + place)
                what = f"「{line.old[max(place - 3, 0) : place + 3]}」里的「{old}」"
                yield Problem(passage.file, number, column, NOTICE, what, f"改成「{new}」", "W-15")
                break

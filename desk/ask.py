"""问几样事：命令里写了的不问；没有写的，在终端里一样一样地问；没有终端，列出还缺哪几样。"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.model.numerals import DIGITS, from_chinese
from macros.model.refusal import Misuse, Refusal

ENOUGH = 5  # 一样答错几回就不问了
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?")
_CHINESE_DAY = re.compile(
    r"([二一][零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)


@dataclass(frozen=True)
class Question:
    """问一样事。

    name：命令里写的名字，如 DATE。words：问的话。read：读成要的值，读不成抛 Refusal。
    usual：什么也不答时用的；为空，就一定要答。
    """

    name: str
    words: str
    read: Callable[[str], Any] = str
    usual: str = ""


def answers(questions: Iterable[Question], given: Mapping[str, str], usage: str) -> dict[str, Any]:
    """名字 → 读好的值。given：命令里写了的，空的等于没有写。usage：缺了，教人怎么写的那一句。"""
    talking = sys.stdin.isatty()
    found: dict[str, Any] = {}
    missing: list[Question] = []
    for each in questions:
        written = given.get(each.name, "").strip()
        if written:
            found[each.name] = each.read(written)
        elif talking:
            found[each.name] = _asked(each)
        elif each.usual:
            found[each.name] = each.read(each.usual)
        else:
            missing.append(each)
    if missing:
        listed = "；".join(f"{each.name}（{each.words}）" for each in missing)
        raise Misuse(f"还缺 {len(missing)} 样：{listed}", usage)
    return found


def _asked(question: Question) -> Any:
    """在终端里问，答得不对再问。"""
    usual = f"（直接回车：{question.usual}）" if question.usual else ""
    for _ in range(ENOUGH):
        try:
            said = input(f"{question.words}{usual}：").strip() or question.usual
            if said:
                return question.read(said)
            print("  这一样要答；不做了，按 Ctrl+C")
        except UnicodeDecodeError:
            print("  这几个字读不出来；请再打一遍")
        except EOFError:
            raise Refusal("没有问完，什么也没有写", "再来一次，或把答案写在命令后面") from None
        except Refusal as refusal:
            print(f"  {refusal}")
    raise Refusal(f"「{question.words}」答错了 {ENOUGH} 回，什么也没有写", "想好了再来一次")


# ---- 怎么读 ----


def day(said: str) -> datetime.date:
    """一个日子，要有年份：2026-09-18，2026年9月18日，二〇二六年九月十八日。"""
    if found := next(days(said), None):
        return found
    raise Refusal(f"「{said}」不是哪一天", "写全年月日，如 2026-09-18")


def days(text: str) -> Iterator[datetime.date]:
    """一段话里写全了年月日的日子，照先后；没有这一天的不算。"""
    text = re.sub("[〇○Ｏ]", "零", text)
    digits = [(match.start(), [int(part) for part in match.groups()]) for match in _DAY.finditer(text)]
    for match in _CHINESE_DAY.finditer(text):
        year = int("".join(str(DIGITS.index(char)) for char in match[1]))
        digits.append((match.start(), [year, from_chinese(match[2]) or 0, from_chinese(match[3]) or 0]))
    for _, parts in sorted(digits):
        try:
            yield datetime.date(*parts)
        except ValueError:
            continue


def some_of(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    """几样里选几样，用顿号、逗号、空格隔开；「不要」是一样也不选。"""

    def read(said: str) -> list[str]:
        named = [] if said == NONE else [each for each in re.split(r"[、，,；;\s]+", said) if each]
        if wrong := [each for each in named if each not in choices]:
            raise Refusal(f"没有「{wrong[0]}」这一样", f"可以写 {'、'.join(choices)}，或写 {NONE}")
        return [each for each in choices if each in named]

    return read


NONE = "不要"

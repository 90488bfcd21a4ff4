"""data/years/<年份>.yml：一年的数据。每个数有值，或者有一个说得清的状态。

不该公开的数在这里就写不进去：不公开的指标没有值；优抚对象 1—9 只写“少于10”；
合计和分项放在一起，也不能让人算出被隐去的数（保守国家秘密法第三十六条说的汇聚、关联）。
"""

from __future__ import annotations

import datetime
import itertools
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

from .indicators import Indicator, sound_totals
from .nearest import likely, nearest
from .problem import ERROR, Problem
from .record import Record, fault, key
from .textfile import read_text
from .values import Count, Date, Text, YearNumber, YesNo, integer
from .yamlfile import Doc, Path_

if TYPE_CHECKING:
    from .site import Site

Qualifier = Literal["约", "不少于", "不超过"]
State = Literal["待公布", "暂缺", "少于10", "不公开"]
STATES = ("待公布", "暂缺", "少于10", "不公开")
SUPPRESSED = ("少于10", "不公开")
SMALL = range(1, 10)
MOST = 2000  # 新旧数的搭配最多试这么多种
# 文字里的“7户”“八名烈属”“比上年多一倍”：数从文字里漏出来。“两个村”“第三次”不是
HAN = "一二两三四五六七八九十百千"
MEASURE = r"[多余来]?\s?(?:[户人家]|[个名位](?![村镇月社年组]))"
SHARE = r"[%％]|百分之|[一二两三四五六七八九]成|\d成|倍|一半|翻番"
WITHHELD = "改成 状态: 不公开；已提交的数要报告保密员"
FEW = "删掉值和限定，改成 状态: 少于10"
FEW_ALONE = re.compile(rf"(?<![\d{HAN}.,，])[1-9１-９一二三四五六七八九](?![\d０-９{HAN}.,，])")
FEW_IN_WORDS = re.compile(rf"(?<![\d{HAN}第])(?:[1-9１-９]|[一二两三四五六七八九]){MEASURE}|{SHARE}")
ANY_IN_WORDS = re.compile(rf"(?:\d|(?<!第)[{HAN}]){MEASURE}|{SHARE}|\d(?![\d]*\s?[年月日号条款项])|[{HAN}][支连排班批]")


def _count_or_state(value: Any) -> Any:
    return value if value in STATES else integer(value)


def _known(value: Any) -> Any:
    if isinstance(value, int) and not 0 <= value <= 99_999_999:
        raise fault(f"数 {value} 不在 0 到 99999999 之间", "核对后改正")
    return value


CountOrState = Annotated[
    int | State,
    BeforeValidator(_known),
    BeforeValidator(_count_or_state),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"enum": list(STATES)}]}),
]


class Correction(Record):
    """一次更正：哪天、原来写的、改成的、为什么。"""

    date: Date = key("日期")
    before: CountOrState = key("原")
    after: CountOrState = key("改")
    reason: Text = key("原因")


class Figure(Record):
    """一个指标一年的数：值（可带限定）或状态，二者写一个。"""

    count: Count | None = key("值", None)
    qualifier: Qualifier | None = key("限定", None)
    state: State | None = key("状态", None)
    note: Text | None = key("说明", None)
    corrections: list[Correction] = key("更正", [])

    @property
    def plain(self) -> int | None:
        """可以拿来比较、画图的准数；带限定的、没有值的都是 None。"""
        return self.count if self.qualifier is None else None

    @property
    def words(self) -> str:
        """不带单位的一句话：86、不少于 86、少于10、待公布。"""
        if self.count is None:
            return str(self.state)
        return f"{self.qualifier or ''}{self.count:,}"

    @property
    def interval(self) -> tuple[float, float]:
        """读者由公开的写法能知道的范围（约数、待公布不提供范围）。"""
        if self.state == "少于10":
            return 1, 9
        if self.count is None or self.qualifier == "约":
            return 0, math.inf
        if self.qualifier == "不少于":
            return self.count, math.inf
        return (0 if self.qualifier == "不超过" else self.count), self.count


class Year(Record):
    """一年的全部数据。"""

    year: YearNumber = key("年份")
    source: Text = key("来源")
    reviewed: Date = key("审核日期")
    archived: Date | None = key("归档", None, description="封存的日期，由 make archive 写；以后改数要写更正")
    demo: YesNo = key("演示", False)
    figures: dict[str, Figure] = key("数据")


def before_corrections(year: Year, since: datetime.date) -> Year:
    """把 since 那天起的更正退回去：数是更正以前的数，更正的记录也去掉。"""
    figures = {}
    for name, figure in year.figures.items():
        undone = [correction for correction in figure.corrections if correction.date >= since]
        if undone:
            old = undone[0].before
            known = isinstance(old, int)
            figure = figure.model_copy(
                update={
                    "count": old if known else None,
                    "state": None if known else old,
                    "qualifier": figure.qualifier if known else None,
                    "corrections": [each for each in figure.corrections if each not in undone],
                }
            )
        figures[name] = figure
    return year.model_copy(update={"figures": figures})


def rules(year: Year, doc: Doc, site: Site) -> None:
    indicators, names = site.indicators, site.written("indicators")  # 坏掉的指标也算，免得连带报错
    if doc.stem != str(year.year):
        doc.error(("年份",), f"年份是 {year.year}，文件名是 {doc.stem}.yml", "两个改成一样")
    if year.reviewed.year < year.year:
        doc.error(("审核日期",), f"审核日期比数据的年份（{year.year}）还早", "核对日期")
    meant = {nearest(name, names) for name in year.figures if name not in names} if names else set()
    for name, figure in year.figures.items():
        at = ("数据", name)
        if names is not None and name not in names:
            doc.error(at, f"没有「{name}」这个指标", likely(name, names))
            continue
        _one_value(figure, doc, at, name)
        if name in indicators:
            _may_be_public(figure, indicators[name], doc, at, name)
        _corrections(figure, doc, at, year)
    for name, indicator in indicators.items():
        if name not in year.figures and name not in meant:
            state, fix = ("待公布", "补上数，或写 状态: 待公布") if indicator.public else ("不公开", "写 状态: 不公开")
            doc.notice(("数据",), f"没有填「{name}」，页面上显示{state}", fix)
    _nothing_given_away(year, doc, indicators)


def secrets(doc: Doc, site: Site) -> None:
    """写法不对、读不出来的一年：照着行看有没有不该写的数。先说这个，同一行写法上的错改完再说。"""
    text, _ = read_text(site.root / doc.file, doc.file)
    names = sorted(site.indicators, key=len, reverse=True)
    name, depth = "", 0
    for number, line in enumerate((text or "").split("\n"), 1):
        words = re.sub(r"\d{4}-\d\d?-\d\d?|#.*", "", line).strip(" -")
        if found := next((each for each in names if re.match(rf"{re.escape(each)}(?![\w])", words)), ""):
            name, words, depth = found, words.removeprefix(found), _indent(line)
        elif line.strip() and (not _indent(line) or (_indent(line) <= depth and _is_another(words))):
            name = ""
        if name and (told := _told(name, site.indicators[name], re.sub(r"^[^:：]*[:：]", "", words).strip())):
            doc.problems = [problem for problem in doc.problems if problem.line != number]
            doc.problems.append(Problem(doc.file, number, 1, ERROR, *told))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_another(words: str) -> bool:
    """和指标对齐的另一个名字，不是没有缩进的 值、说明。"""
    entry = re.match(r"([^\W\d]+)\s*[:：]", words)
    return bool(entry and entry[1] not in {each.alias for each in Figure.model_fields.values()})


def _told(name: str, indicator: Indicator, words: str) -> tuple[str, str] | None:
    if not indicator.public and (ANY_IN_WORDS.search(words) or re.fullmatch(f"[{HAN}]+", words)):
        return f"「{name}」不公开，不能写值", WITHHELD
    if indicator.public and indicator.beneficiaries and FEW_ALONE.search(words):
        return f"「{name}」数的是优抚对象，1 到 9 会让人认出是谁", FEW
    return None


def _one_value(figure: Figure, doc: Doc, at: Path_, name: str) -> None:
    if figure.count is None and figure.state is None:
        doc.error(at, f"「{name}」既没有值也没有状态", "写 值: 数字，或 状态: 待公布")
    if figure.count is not None and figure.state is not None:
        doc.error((*at, "状态"), f"「{name}」有了值，又写了状态", "留一个")
    if figure.qualifier and figure.count is None:
        doc.error((*at, "限定"), f"「{name}」没有值，限定用不上", "补上值，或删掉限定")


def _may_be_public(figure: Figure, indicator: Indicator, doc: Doc, at: Path_, name: str) -> None:
    if not indicator.public:
        if figure.count is not None:
            doc.error((*at, "值"), f"「{name}」不公开，不能写值", WITHHELD)
        elif figure.state != "不公开":
            doc.error((*at, "状态"), f"「{name}」不公开，状态只能写 不公开", "改成 状态: 不公开")
        for i, _ in enumerate(figure.corrections):
            doc.error((*at, "更正", i), f"「{name}」不公开，更正里也不能有数", "删掉这条更正")
        if figure.note and ANY_IN_WORDS.search(figure.note):
            doc.error((*at, "说明"), f"「{name}」不公开，说明里也不能有数", "删掉说明里的数")
        return
    if (
        figure.state == "少于10"
        and figure.note
        and ANY_IN_WORDS.search(figure.note)
        and not FEW_IN_WORDS.search(figure.note)
    ):
        doc.error((*at, "说明"), f"「{name}」写了少于10，说明里又有数", "删掉说明里的数")
    if figure.state == "不公开":
        doc.error((*at, "状态"), f"「{name}」是公开的指标", "在 indicators.yml 里改成 公开: 不公开，或写别的状态")
    if not (indicator.beneficiaries or figure.state == "少于10"):
        return
    if indicator.beneficiaries and figure.count in SMALL:
        doc.error((*at, "值"), f"「{name}」数的是优抚对象，1 到 9 会让人认出是谁", FEW)
    if figure.note and FEW_IN_WORDS.search(figure.note):
        doc.error((*at, "说明"), f"「{name}」的说明里有 1 到 9 的数", "改成 少于10")
    for i, correction in enumerate(figure.corrections):
        small = correction.before in SMALL or correction.after in SMALL
        if small or FEW_IN_WORDS.search(correction.reason):
            doc.error((*at, "更正", i), f"「{name}」的更正里有 1 到 9 的数", "改成 少于10")


def _corrections(figure: Figure, doc: Doc, at: Path_, year: Year) -> None:
    for i, correction in enumerate(figure.corrections):
        here = (*at, "更正", i)
        if correction.before == correction.after and "限定" not in correction.reason:
            fix = "核对原来的数和改后的数；只改了限定的，原因里写明限定原来怎么写"
            doc.error((*here, "改"), "更正前后一样", fix)
        if correction.date.year < year.year:
            doc.error((*here, "日期"), f"更正日期比数据的年份（{year.year}）还早", "核对日期")
        if i and correction.date < figure.corrections[i - 1].date:
            doc.error((*here, "日期"), "更正要按日期先后排列", "早的写在上面")
        if i and correction.before != figure.corrections[i - 1].after:
            doc.error((*here, "原"), "这次的“原”和上一次的“改”对不上", "核对两条更正")
    if figure.corrections:
        last = figure.corrections[-1].after
        now = figure.count if figure.count is not None else figure.state
        if now is not None and last != now:
            index = len(figure.corrections) - 1
            doc.error((*at, "更正", index, "改"), f"更正后是 {last}，上面写的是 {now}", "两处改成一样")


def _nothing_given_away(year: Year, doc: Doc, indicators: Mapping[str, Indicator]) -> None:
    """合计 = 分项之和：看隐去的数会不会由公开的数算出来；更正里留着的旧数也算公开的数。"""
    totals = sound_totals(indicators)
    blank = Figure.model_validate({"状态": "待公布"})
    figures = {n: year.figures.get(n, blank) for total, parts in totals.items() for n in (total, *parts)}
    public = {name: figure.interval for name, figure in figures.items()}
    known = _narrowed(public, totals)
    wrong = [name for name in totals if known[name][0] > known[name][1]]
    alone = [name for name in wrong if _contradicts(public, name, totals[name])]
    for name in alone or wrong[:1]:
        doc.error(_at(year, name), f"「{name}」和它的合计、分项加不到一起", "核对合计和各分项")
    for name in figures:
        if known[name][0] <= known[name][1]:
            _not_derivable(name, figures[name], known[name], doc, _at(year, name))
    if any(low > high for low, high in known.values()):
        return
    for chosen in itertools.islice(itertools.product(*(_once_public(name, figures[name]) for name in figures)), MOST):
        old = [(name, i, number) for name, i, number in chosen if i is not None]
        if not old:
            continue
        before = _narrowed({**public, **{name: (number, number) for name, _, number in old}}, totals)
        name, i, _ = old[0]
        for other in figures:
            if known[other] != before[other] and other not in {name for name, _, _ in old}:
                _not_derivable(other, figures[other], before[other], doc, (*_at(year, name), "更正", i))


def _contradicts(public: Mapping[str, tuple[float, float]], total: str, parts: list[str]) -> bool:
    """只看这一个合计和它的分项，就加不到一起。"""
    low, high = (sum(public[part][side] for part in parts) for side in (0, 1))
    return low > public[total][1] or high < public[total][0]


def _once_public(name: str, figure: Figure) -> list[tuple[str, int | None, int]]:
    """这个数现在的写法（None），和更正里留着的每个旧数：（指标，第几条更正，数）。"""
    found: dict[int, int] = {}
    for i, correction in enumerate(figure.corrections):
        for number in (correction.before, correction.after):
            if isinstance(number, int) and number != figure.count:
                found.setdefault(number, i)
    return [(name, None, 0), *((name, i, number) for number, i in found.items())]


def _at(year: Year, name: str) -> Path_:
    return ("数据", name) if name in year.figures else ("数据",)


def _narrowed(
    public: Mapping[str, tuple[float, float]], totals: Mapping[str, list[str]]
) -> dict[str, tuple[float, float]]:
    """反复用“合计 = 分项之和”收紧每个数的范围，直到不再变。"""
    known = dict(public)
    for _ in range(len(known) + 1):
        before = dict(known)
        for total, parts in totals.items():
            low, high = (sum(known[p][side] for p in parts) for side in (0, 1))
            known[total] = max(known[total][0], low), min(known[total][1], high)
            for part in parts:
                rest = [known[p] for p in parts if p != part]
                low = known[total][0] - sum(r[1] for r in rest)
                high = known[total][1] - sum(r[0] for r in rest)
                known[part] = max(known[part][0], low), min(known[part][1], high)
        if known == before:
            break
    return known


def _not_derivable(name: str, figure: Figure, known: tuple[float, float], doc: Doc, at: Path_) -> None:
    low, high = known
    if figure.state == "少于10" and low == high:
        doc.error(
            at,
            f"「{name}」写了少于10，但由合计和其他分项能算出是 {low:.0f}",
            "合计改写 不少于/约，或再隐去一个分项",
        )
    elif figure.state == "不公开" and 0 <= high - low < 10:
        doc.error(at, f"「{name}」不公开，但由合计和其他分项能算出大约是多少", "合计也写 不公开，或把合计改成约数")

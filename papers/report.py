"""python -m papers.report [--as-of 日期] [--site site] [--root 文件夹]：自查表，dist/report.html 和 .csv。

照《政府网站与政务新媒体检查指标》的单项否决项（V1—V6、M1—M3）和无障碍的几条（A1—A7）排。
没有查过的不写符合；机器查不出的，留给人签。
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checks import CHECKS, run
from checks.subject import Subject
from macros.model import Problem, errors
from macros.model.deadlines import unverified
from macros.model.disk import write
from macros.model.refusal import Refusal
from macros.model.sources import digest
from macros.model.spreadsheet import cell
from macros.model.values import UNKNOWN

from .facts import PARTS, Guide, Web, guides, look
from .paper import main, render

USAGE = "用法：python -m papers.report [--as-of 2026-11-24] [--site site] [--root 项目的文件夹]"
HTML, CSV = "dist/report.html", "dist/report.csv"
PASS, FAIL, PERSON = "符合", "不符合", "由人签核"
# 指标的期限和线，不随 data/rules 放宽
HOME_DAYS, SECTION_DAYS, SECTIONS = 14, 180, 3
MANY_PARTS, MANY_GUIDES = 4, 5
HOME_LIMIT = 500 * 1024
NO_SITE = "没有给出生成好的网站，没有查"


@dataclass(frozen=True)
class Row:
    """一条指标：怎么查的，查出来怎样。"""

    id: str
    title: str
    how: str
    result: str
    words: str


@dataclass(frozen=True)
class Facts:
    """各项检查的结果、指南、网页，都备好了再判。"""

    subject: Subject
    found: dict[str, list[Problem]]
    guides: list[Guide]
    web: Web | None

    def errors(self, *checks: str) -> list[Problem]:
        return errors(problem for check in checks for problem in self.found.get(check, ()))

    @property
    def outside(self) -> list[Problem]:
        """网页向别的网站要东西；这项检查自己没有做完的，也算没有过。"""
        return [p for p in self.errors("built") if p.clause == "Y-8" or p.file.startswith("checks/")]


def gather(subject: Subject) -> Facts:
    names = [name for name, check in CHECKS.items() if not check.built or subject.built]
    web = look(subject.built, set(subject.site.redirects)) if subject.built else None
    return Facts(subject, {name: run(subject, [name]) for name in names}, guides(subject.site), web)


Verdict = tuple[str, str]  # 结果、说明
INDICATORS: list[Callable[[Facts], Row]] = []  # 照表里的次序


def indicator(id: str, title: str, how: str) -> Callable[[Callable[[Facts], Verdict]], Callable[[Facts], Row]]:
    """一条指标一个函数：编号、名称、怎么查的写在上面，函数只判结果和说明。"""

    def listed(judge: Callable[[Facts], Verdict]) -> Callable[[Facts], Row]:
        def row(facts: Facts) -> Row:
            return Row(id, title, how, *judge(facts))

        INDICATORS.append(row)
        return row

    return listed


def rows(facts: Facts) -> list[Row]:
    return [row(facts) for row in INDICATORS]


def _said(problems: list[Problem]) -> str:
    """共 3 处错误，如 docs/x.md:5 ……。"""
    first = problems[0]
    return f"共{len(problems)}处错误，如 {first.file}:{first.line} {first.what}"


def _named(names: Iterable[str]) -> str:
    """（甲、乙、丙等），最多三个。"""
    found = list(names)
    return f"（{'、'.join(found[:3])}{'等' if len(found) > 3 else ''}）" if found else ""


# ---- 网站六项 ----

SERIOUS = ("terms", "secrecy", "privacy", "law", "signoff", "exemptions")


@indicator(
    "V1",
    "安全、泄密等严重问题",
    "检查 terms、secrecy、privacy、law、signoff：用词和固定表述、涉密、个人信息、法律引用、审签和发稿日期",
)
def serious(facts: Facts) -> Verdict:
    if bad := facts.errors(*SERIOUS):
        return FAIL, _said(bad)
    return PERSON, "这几项检查没有查出错误。词表查不全；外部链接的内容、安全攻击、舆情也查不到，请通读后签"


@indicator(
    "V2",
    "站点无法访问",
    "首页和它用的文件的大小，有没有向别的网站要东西；能不能访问，上线后连续一周探测",
)
def reachable(facts: Facts) -> Verdict:
    if facts.web is None:
        return PERSON, f"{NO_SITE}；上线后的访问情况由人测"
    size = f"首页共{-(-facts.web.home_bytes // 1024)} KB"
    if facts.web.home_bytes > HOME_LIMIT:
        return FAIL, f"{size}，超过500 KB"
    if facts.outside:
        return FAIL, _said(facts.outside)
    return PERSON, f"{size}，不向别的网站要东西；上线后的访问情况由人测"


@indicator("V3", "首页不更新", f"首页最新一条活动的日期（或更新日期），距今不超过{HOME_DAYS}天")
def home_updated(facts: Facts) -> Verdict:
    newest = _newest(facts)
    if facts.subject.site.page("index.md") is None or newest is None:
        return FAIL, "没有首页，或首页没有一条活动"
    age = (facts.subject.as_of - newest).days
    words = f"最新一条是{newest}，{age}天前"
    due = newest + datetime.timedelta(HOME_DAYS)
    if age > HOME_DAYS:
        return FAIL, f"{words}；{due}以前就该更新"
    return PASS, f"{words}；{due}以前要再更新"


def _newest(facts: Facts) -> datetime.date | None:
    """将来的日期不算。"""
    dates = [page.activity.updated or page.activity.date for page in facts.subject.site.activities if page.activity]
    return max((date for date in dates if date <= facts.subject.as_of), default=None)


@indicator(
    "V4",
    "栏目不更新",
    f"各栏目最近的复核日期（{SECTION_DAYS}天），双拥活动看最新一条（{HOME_DAYS}天）；网页上写着“筹备中”的",
)
def sections_updated(facts: Facts) -> Verdict:
    site, today = facts.subject.site, facts.subject.as_of
    sections: dict[str, list[datetime.date]] = {}
    titles = {page.section: page.title for page in site.pages if page.path == f"{page.section}/index.md"}
    for page in site.listed.pages:
        if page.section:
            sections.setdefault(page.section, [])
            if page.header and page.header.reviewed and page.header.reviewed <= today:
                sections[page.section].append(page.header.reviewed)
    late = [name for name, dates in sections.items() if not dates or (today - max(dates)).days > SECTION_DAYS]
    newest = _newest(facts)
    if "shuangyong" in sections and "shuangyong" not in late and (not newest or (today - newest).days > HOME_DAYS):
        late.append("shuangyong")
    words = f"{len(sections)}个栏目，超期{len(late)}个{_named(titles.get(each, each) for each in late)}"
    if waiting := sum(map(len, unverified(site).values())):
        words += f"；{waiting}处还没有核对"
    if facts.web is None:
        return FAIL if len(late) >= SECTIONS else PERSON, f"{words}；空白栏目{NO_SITE}"
    blank = facts.web.blank
    words += f"；写着筹备中的{len(blank)}页{_named(blank)}。按复核日期算，内容是不是真的更新过由编辑负责"
    return FAIL if blank or len(late) >= SECTIONS else PASS, words


@indicator(
    "V5",
    "互动回应差",
    "data/township.yml 的纠错电话和邮箱，意见建议页 docs/guanyu/yijian.md；有没有按期答复由人看",
)
def answered(facts: Facts) -> Verdict:
    town, page = facts.subject.site.township, facts.subject.site.page("guanyu/yijian.md")
    ways = [value for value in (town.corrections, town.email) if value != UNKNOWN] if town else []
    lacking = [] if page and not page.withdrawn else ["没有意见建议页"]
    if not ways:
        lacking.append("纠错电话和邮箱都是待公布")
    if lacking:
        return FAIL, "；".join(lacking)
    return PERSON, f"渠道：{'、'.join(ways)}，有意见建议页；三个月内答复了没有，由人签"


@indicator(
    "V6",
    "服务不实用",
    f"data/services/ 每份指南的{len(PARTS)}部分是不是待公布；依据的条号和法律原文核对",
)
def useful(facts: Facts) -> Verdict:
    if not facts.guides:
        return FAIL, "没有一份办事指南"
    wrong = [
        problem
        for problem in facts.errors("data", "law", "freshness")
        if problem.file.startswith(("data/services/", "data/places.yml", "docs/banshi/", "checks/"))
    ]
    lacking = [guide for guide in facts.guides if guide.missing]
    many = [guide for guide in facts.guides if len(guide.missing) >= MANY_PARTS]
    count = "；".join(f"{guide.name}缺{len(guide.missing)}（{'、'.join(guide.missing)}）" for guide in lacking)
    words = f"{len(facts.guides)}份指南，{len(lacking)}份有缺{'：' + count if count else ''}"
    if wrong:
        return FAIL, f"{_said(wrong)}。{words}"
    if len(many) >= MANY_GUIDES:
        return FAIL, f"缺{MANY_PARTS}类以上的有{len(many)}份。{words}"
    if lacking:
        return PERSON, f"缺{MANY_PARTS}类以上的有{len(many)}份，没有到{MANY_GUIDES}份。{words}"
    return PASS, f"{words}；写得对不对由编辑负责"


# ---- 新媒体三项 ----

REGISTERED = "data/township.yml 的新媒体账号"


@indicator("M1", "安全、泄密事故等严重问题", f"同V1；{REGISTERED}")
def media_serious(facts: Facts) -> Verdict:
    if bad := facts.errors(*SERIOUS):
        return FAIL, f"{_accounts(facts)}。{_said(bad)}"
    return PERSON, f"{_accounts(facts)}。稿子和网站同一份，检查没有查出错误；账号上另发的由人看"


@indicator("M2", "内容不更新", f"{REGISTERED}；两周内发过没有，到账号上看")
def media_updated(facts: Facts) -> Verdict:
    sent = [
        page.activity.date
        for page in facts.subject.site.activities
        if page.activity and "微信" in page.activity.channels and page.activity.date <= facts.subject.as_of
    ]
    last = f"最近一篇给微信的稿子是{max(sent)}" if sent else "没有给微信的稿子"
    return PERSON, f"{_accounts(facts)}。{last}"


@indicator("M3", "互动回应差", f"{REGISTERED}；能不能留言、有没有回，到账号上看")
def media_answered(facts: Facts) -> Verdict:
    return PERSON, _accounts(facts)


def _accounts(facts: Facts) -> str:
    town = facts.subject.site.township
    named = [f"{account.platform}“{account.name}”" for account in town.accounts] if town else []
    return "、".join(named) or "data/township.yml 没有登记账号，确实没有的，写“没有账号”"


# ---- 无障碍 ----

POPUPS = {
    "dialog": "弹窗",
    "iframe": "内嵌框",
    "[autoplay]": "自动播放",
    "marquee": "滚动字",
    "脚本弹窗": "脚本弹窗",
}


@indicator("A1", "无障碍声明", "docs/guanyu/wuzhangai.md 在不在；写的标准、已知问题、反馈渠道属不属实由人看")
def declared(facts: Facts) -> Verdict:
    page = facts.subject.site.page("guanyu/wuzhangai.md")
    if page and page.header and not page.withdrawn:
        return PERSON, f"有声明，{page.header.reviewed}复核" if page.header.reviewed else "有声明，还没有核对"
    return FAIL, "没有无障碍声明"


@indicator("A2", "没有广告和弹窗", "每张网页有没有弹窗、内嵌框、自动播放，脚本里有没有弹窗")
def no_popups(facts: Facts) -> Verdict:
    if facts.web is None:
        return PERSON, NO_SITE
    seen = [f"{POPUPS[name]}{count}处" for name, count in facts.web.popups.items() if count]
    seen += [f"向别的网站要东西{len(facts.outside)}处"] if facts.outside else []
    return (FAIL, "、".join(seen)) if seen else (PASS, f"{facts.web.pages}张网页都没有")


@indicator("A3", "长者模式、全程键盘", "每张网页的长者模式和“跳到正文”；键盘走查由人做")
def elder_and_keyboard(facts: Facts) -> Verdict:
    if facts.web is None:
        return PERSON, NO_SITE
    if lacking := [f"{what}{count}页" for what, count in facts.web.elder.items() if count]:
        return FAIL, "、".join(lacking)
    return PERSON, f"{facts.web.pages}张网页都有；不用鼠标走一遍、听一遍朗读，再签"


@indicator("A4", "行距、对比度、点按范围", "没有自动查；用手机看，用尺和对比度工具量")
def spacing(_: Facts) -> Verdict:
    return PERSON, "行距1.3倍、对比度4.5:1、点按范围44像素以上"


@indicator("A5", "GB/T 37668-2019 二级37项", "没有自动查；照标准的清单逐项看")
def standard(_: Facts) -> Verdict:
    return PERSON, "照标准原文逐项看过，再签"


@indicator(
    "A6",
    "WCAG 2.2 AA",
    "检查 pages、built，和每张网页的语言、标题、地标、替代文字、表头、链接的字、编号",
)
def wcag(facts: Facts) -> Verdict:
    if facts.web and facts.web.access:
        return FAIL, "；".join(f"{what}{len(urls)}页，如 {urls[0]}" for what, urls in facts.web.access.items())
    bad = [p for p in facts.errors("pages", "built") if p.clause[:2] in ("G-", "T-") or p.file.startswith("checks/")]
    if bad:
        return FAIL, _said(bad)
    if facts.web is None:
        return PERSON, NO_SITE
    return PERSON, f"{facts.web.pages}张网页没有查出问题；焦点、对比度、读屏软件由人试"


@indicator("A7", "图表有数据表和文字结论", "每张图的名称和文字说明，旁边的数据表和一句结论")
def charts_explained(facts: Facts) -> Verdict:
    web = facts.web
    if web is None:
        return PERSON, NO_SITE
    if web.bare_charts:
        return FAIL, f"{len(web.bare_charts)}页的图缺{_named(web.bare_charts)}"
    return PASS, f"{web.charts}张图都有" if web.charts else "网站里没有数据图"


# ---- 写出来 ----


def html(facts: Facts, table: list[Row], source: str) -> str:
    counts = [(result, sum(row.result == result for row in table)) for result in (PASS, FAIL, PERSON)]
    sources = facts.subject.site.law_sources
    return render(
        "report",
        town=facts.subject.site.township,
        as_of=facts.subject.as_of,
        source=source,
        rows=table,
        counts=counts,
        person=PERSON,
        guides=facts.guides,
        parts=PARTS,
        laws=sorted(sources.all.values(), key=lambda law: law.reviewed or datetime.date.min) if sources else [],
        unverified={title: Counter(files) for title, files in unverified(facts.subject.site).items()},
        built=facts.web.pages if facts.web else None,
    )


def table_csv(table: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["编号", "指标", "怎么查的", "结果", "说明"])
    writer.writerows(map(cell, (row.id, row.title, row.how, row.result, row.words)) for row in table)
    return out.getvalue()


def make(subject: Subject) -> str:
    root = subject.site.root
    source = digest(root)
    _same_as_built(subject, source)
    facts = gather(subject)
    table = rows(facts)
    write(root / HTML, html(facts, table, source).encode())
    write(root / CSV, table_csv(table).encode("utf-8-sig"))
    counts = "，".join(f"{result}{sum(row.result == result for row in table)}条" for result in (PASS, FAIL, PERSON))
    return f"自查表在 {HTML} 和 {CSV}。{counts}。"


def _same_as_built(subject: Subject, source: str) -> None:
    """网站要是由现在的内容生成的，不然查的是旧的。"""
    folder = subject.built
    if folder is None:
        return
    if not (folder / "index.html").is_file():
        raise Refusal(f"{folder} 里没有生成好的网站", "先运行 make site")
    try:
        known = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sources"]
    except (OSError, ValueError, KeyError, TypeError):
        known = ""
    if known != source:
        raise Refusal(f"{folder} 不是由现在的内容生成的", "重新 make site")


if __name__ == "__main__":
    sys.exit(main(USAGE, make))

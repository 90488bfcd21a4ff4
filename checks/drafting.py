"""稿子还没有写好的样子：模板里的话没有换掉，网页上的东西一起粘来了，摘要、标题长短不合，缺年份，多了空白，电话抄在正文里。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path

from macros.model import Problem, Site, errors
from macros.model.headers import LONG, SHORT, TITLE
from macros.model.markdown import BLOCK, HIDDEN
from macros.model.pages import Page
from macros.model.problem import ERROR, NOTICE
from macros.model.textfile import read_text
from macros.model.values import UNKNOWN

from .subject import Subject, released
from .texts import BLANKS, HAN, PROSE, Passage, whole
from .wordlists import Words, matchers

LEAST, MOST = 10, 80  # 栏目页的摘要，差得不多的不说
BLANK = f" {BLANKS}"  # 制表符是表格，另外报
ODD_BLANK = re.compile(
    f"(?<=[{HAN}0-9])[{BLANK}]+(?=[，。、；：！？）”》])|(?<=[，、；：（“《])[{BLANK}]+(?=[{HAN}0-9])"
    f"|(?<=[{HAN}])[{BLANK}]+(?=[0-9]+[{BLANK}]*[{HAN}])|[{HAN}][0-9]+[{BLANK}]+(?=[{HAN}])"
)
UNFILLED = re.compile(  # 到  号窗口，第  届，2026年  月  日
    f"[{HAN}：（][{BLANK}\t]{{2,}}(?=号(?:窗口|楼|门|[，。、）])|月[{BLANK}]*日|届|周年|[人名户元场次][，。、；）])"
    f"|第[{BLANK}]{{2,}}[届个次期批]|[年月][{BLANK}]{{2,}}(?=[月日])"
)
FORM = re.compile("签字|签名|盖章|签收")
MONTH_DAY = re.compile(
    r"(?<![年月\d至到—.·-])\d{1,2}月(?:\d{1,2}日|[上中下]旬|份)|(?:(?<=[。\n])|^)\d{1,2}日(?=[，上下在])"
)
YEAR = re.compile(r"(?:1[89]|20)\d\d年")
YEARLY = re.compile(r"(?:每年的?|历年|于|是|为)$")
HAPPENED = re.compile("[上下]午|当[天日]|清晨|凌晨|晚|开始|起，|发布|，[^，。是为]")  # 后面说的是那天的事
KEPT = re.compile(r"^(?:\{\{|#|\[)|\d{4}年")  # 模板里可以照用的：宏、渠道、只改年份的
SHOWN = 3  # 一样的有很多页，只说几页
REPLACE = re.compile(r"^[# ]*(?:- )?(?P<said>[^\s#].*?)\s+# 换成", re.M)  # 模板里注释这样写的，不能照用
COMMENT = re.compile(r"\s+#\s.*")
LEADING = re.compile(rf"^(?:#+ |- |[{HAN}]+: *)")
FRAGMENT = 40  # 再长就不是栏目名、按钮
MARKED = re.compile(
    rf"{BLOCK.pattern}|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳]|第[一二三四五六七八九十]+[章节条]|附[：:件]|特此|——|!?\[|{HIDDEN}"
)
ENDINGS = ("。", "？", "！", "：", "；", "，", "、", "”", "）", ")", "》", "…", ":", "?", HIDDEN)
# 不成句的，一样是稿子里的：写着是什么的（时间：……）、起止的时间、门牌、文号
CONTENT = re.compile(
    rf"[{HAN}（）()]{{2,12}}[：:]\s*\S|.*\d[:：]\d\d *[至到—~～-]+ *\d"
    r"|\d{4}年\d+月(?:\d+日)?(?:[至到—~～-]|[上下]午|$)|.*[路街巷道]\d+号|.*[〔\[（(]\d{4}[〕\]）)]\d+号"
)
DOCUMENT = re.compile(".*(?:通知|公告|通告|信|倡议书|方案|办法|细则|总结|计划|报告|讲话|致辞|问答|须知|指南)$")
# 落款
SIGNED = re.compile(
    rf"[{HAN}（）()]{{2,30}}(?:局|委|部|站|馆|院|会|办|所|队|政府|小组|支部|中心|学校|小学|中学|社区|村|公司)$"
    r"|.{2,4}年.{1,3}月.{1,3}日$"
)
OFFICE_PHONE = re.compile(r"(?<![0-9A-Za-z.—-])0[0-9]{2,3}[ —－-]{1,2}[1-9][0-9]{6,7}(?![0-9])")
PERSON = re.compile(f"[{HAN}]{{2,3}}")
POST = re.compile("[长员办组处科室部局站会委任人岗]$")


def drafting(subject: Subject) -> Iterator[Problem]:
    template = _template(subject.site.root)
    for each in subject.site.pages:
        yield from _header(each, template)
        yield from _left_over(each, template)
    yield from _alike(subject.site)
    yield from _sample(subject.site)
    words = Words(subject, "drafting", matchers(subject, subject.site.rules.pasted))
    bodies = [each for each in subject.passages if each.file.endswith(".md") and each.kind == PROSE]
    lines = [line for passage in bodies for line in _lines(passage)]
    pasted = [problem for page in whole(lines, "\n") for problem in words.find(page)]
    yield from pasted
    yield from _fragments(subject.site, lines, {(problem.file, problem.line) for problem in pasted})
    yield from chain.from_iterable(map(_unfilled, lines))
    year_known = ""  # 已经写过年份的那一页
    for passage in bodies:
        yield from _blanks(passage)
        for match in OFFICE_PHONE.finditer(passage.text):
            if not released(subject, "drafting", passage.file, match[0]):
                fix = "电话只写在 data/places.yml，页面用宏去取；抄两处就会有一处错"
                yield _problem(passage, match.start(), NOTICE, f"正文里抄了电话「{match[0]}」", fix, "S-10")
        if passage.file != year_known:
            if found := _without_year(passage):
                yield found
            if found or YEAR.search(passage.text):
                year_known = passage.file


def _lines(passage: Passage) -> Iterator[Passage]:
    """一段里的各行：粘来的稿子常常不空行。清单、表、框是一块，不拆。"""
    if BLOCK.match(passage.text):
        yield passage
        return
    rows = [list(group) for _, group in groupby(passage.starts, key=lambda start: start[1])]
    for row, begin, end in zip(
        rows, [row[0][0] for row in rows], [*(row[0][0] for row in rows[1:]), None], strict=True
    ):
        starts = tuple((start - begin, line, column) for start, line, column in row)
        yield replace(passage, text=passage.text[begin:end], starts=starts)


def _fragments(site: Site, lines: list[Passage], told: set[tuple[str, int]]) -> Iterator[Problem]:
    """成篇的稿子里不成句的短行：多半是从网页上粘来的栏目名、按钮、署名、图说。told：已经说过的行；写错的页面先不说。"""
    titles = {page.file: page.title for page in site.pages if not errors(page.problems)}
    for file, group in groupby(lines, key=lambda line: line.file):
        page = [line for line in group if not line.text.startswith("#")]
        ends = [number for number, line in enumerate(page) if line.text.rstrip().endswith("。")]
        if sum(page[number].text.count("。") for number in ends) < 2 or file not in titles:
            continue
        for number, line in enumerate(page):
            said = line.text.strip()
            if (file, line.at(0)[0]) in told or not _fragment(said) or _goes_on(page, number):
                continue
            heading = number < ends[0] and (not number or DOCUMENT.match(said)) and said != titles[file]
            if not heading and not (number > ends[-1] and SIGNED.match(said)):
                what = f"「{said[:20]}」不成一句话，像是一起粘来的"
                fix = "不要的删掉；是小标题，前面加 ## 和空格；是正文，补上句号"
                yield _problem(line, 0, NOTICE, what, fix, "W-17")


def _fragment(said: str) -> bool:
    return (
        len(said) <= FRAGMENT
        and bool(re.search(f"[{HAN}A-Za-z0-9]", said))
        and not said.endswith(ENDINGS)
        and not MARKED.match(said)
        and not CONTENT.match(said)
    )


def _goes_on(page: list[Passage], number: int) -> bool:
    """接着上一行没有说完的话；下面一行是它的解释。"""
    below = page[number + 1].text if number + 1 < len(page) else ""
    above = page[number - 1] if number else None
    joined = above is not None and above.at(0)[0] + 1 == page[number].at(0)[0]
    return below.startswith(":") or (
        joined and above is not None and len(above.text) > FRAGMENT and not above.text.rstrip().endswith(ENDINGS)
    )


def _unfilled(line: Passage) -> Iterator[Problem]:
    """表格、模板里留的空没有填；给人签字的留着。"""
    if (match := UNFILLED.search(line.text)) and not FORM.search(line.text):
        around = line.text[max(match.start() - 4, 0) : match.end() + 3].strip()
        fix = "填上；不知道的写“待公布”，没有的整句删掉"
        yield _problem(line, match.start(), NOTICE, f"「{around}」里空着的没有填", fix, "W-10")


def _blanks(passage: Passage) -> Iterator[Problem]:
    """一段只说一处。"""
    if match := ODD_BLANK.search(passage.text):
        around = passage.text[max(match.start() - 4, 0) : match.end() + 4].strip()
        fix = "删掉空白；这一段里别处也看一看"
        yield _problem(passage, match.start(), NOTICE, f"「{around}」里多了空白", fix, "W-15")


def _without_year(passage: Passage) -> Problem | None:
    """这一页头一个说哪天做了什么的日子，前面没有写过年份。"""
    year = YEAR.search(passage.text)
    for match in MONTH_DAY.finditer(passage.text, 0, year.start() if year else len(passage.text)):
        if not YEARLY.search(passage.text[max(match.start() - 4, 0) : match.start()]) and HAPPENED.match(
            passage.text, match.end()
        ):
            what, fix = f"「{match[0]}」没有写年份", "写全年月日，如 2026年9月18日；页面会放很多年"
            return _problem(passage, match.start(), NOTICE, what, fix, "R-1")
    return None


# ---- 页眉、模板 ----


def _header(page: Page, template: frozenset[str]) -> Iterator[Problem]:
    if page.header and not page.withdrawn and not errors(page.problems):
        length = len(page.header.summary)
        least, most = (SHORT, LONG) if page.activity else (LEAST, MOST)
        if page.header.summary not in template and not least <= length <= most:
            what, fix = f"摘要有 {length} 个字", f"写 {SHORT} 到 {LONG} 个字：这页答什么，一句话"
            yield _in_header(page, ("摘要",), NOTICE, what, fix, "G-2")
    if page.activity:
        if len(page.title) > TITLE:
            what, fix = f"标题有 {len(page.title)} 个字", f"不超过 {TITLE} 个字，海报上才大"
            yield Problem(page.file, _title_line(page), 1, NOTICE, what, fix, "G-2")
        for name, who in page.activity.sign_off.posts.items():
            if PERSON.fullmatch(who) and who != UNKNOWN and not POST.search(who):
                what, fix = f"「{name}」写的像是姓名", "写岗位，如 镇党建办负责人；够追责就行"
                yield _in_header(page, ("审签", name), NOTICE, what, fix, "Y-9")


def _title_line(page: Page) -> int:
    return page.line_offset + next((n for n, line in enumerate(page.body.split("\n"), 1) if line.startswith("# ")), 1)


def _alike(site: Site) -> Iterator[Problem]:
    """几页的摘要、标题一样，搜索结果里分不清：一组说一次，说在最后一页、草稿上。首页的标题不上标签。"""
    summaries: dict[str, list[Page]] = {}
    titles: dict[str, list[Page]] = {}
    for page in sorted(site.pages, key=lambda page: page.draft):
        if page.header and not page.withdrawn:
            summaries.setdefault(page.header.summary, []).append(page)
            if page.path != "index.md" and page.title:
                titles.setdefault(page.title, []).append(page)
    fix = "各写各的，搜索结果里才分得清；年年都办的，写上年份"
    for *others, last in summaries.values():
        if others:
            yield _in_header(last, ("摘要",), ERROR, f"摘要和 {_named(others)} 一样", fix, "G-2")
    for *others, last in titles.values():
        if others:
            yield Problem(last.file, _title_line(last), 1, ERROR, f"标题和 {_named(others)} 一样", fix, "G-2")


def _named(pages: list[Page]) -> str:
    files = "、".join(page.file for page in pages[:SHOWN])
    return files if len(pages) <= SHOWN else f"{files} 等{len(pages)}页"


def _sample(site: Site) -> Iterator[Problem]:
    """数据模板里要换掉的没有换；草稿的只提醒。"""
    sample = _to_replace(site.root / "data/_moban", "*.yml")
    for file in site.docs:
        path = site.root / file
        text = (read_text(path, file)[0] or "") if path.suffix == ".yml" and path.is_file() else ""
        for number, line in enumerate(text.split("\n"), 1):
            if (said := _entry(line)) in sample:
                shown = _value(said) or said.rstrip(":")
                what, fix = f"「{shown[:20]}」是模板里的，还没有换掉", "换成自己的；这一条用不上就整条删掉"
                yield Problem(file, number, 1, NOTICE if file in site.withheld else ERROR, what, fix, "G-2")


def _to_replace(folder: Path, names: str) -> frozenset[str]:
    texts = (read_text(path, path.name)[0] or "" for path in sorted(folder.glob(names)))
    return frozenset(_entry(match["said"]) for text in texts for match in REPLACE.finditer(text))


def _entry(line: str) -> str:
    """一行里的键和值：去掉「-」、引号和后面的注释。"""
    return COMMENT.sub("", line.strip()).removeprefix("- ").replace('"', "").strip()


def _left_over(page: Page, template: frozenset[str]) -> Iterator[Problem]:
    """和模板一字不差的行。"""
    for number, line in enumerate(page.text.split("\n"), 1):
        said = _value(line)
        if said in template:
            what = f"「{said[:20]}」是模板里的话，还没有换掉"
            yield Problem(page.file, number, 1, ERROR, what, "换成自己的；用不上的整行删掉", "G-2")


def _template(root: Path) -> frozenset[str]:
    """模板里要换掉的话：摘要、来源、标题、正文的各段；审签的岗位可以照用。"""
    found = {_value(entry) for entry in _to_replace(root / "docs/_moban", "*.md")}
    for path in sorted((root / "docs/_moban").glob("*.md")):
        signing = False
        text, _ = read_text(path, path.name)
        head, _, body = (text or "").removeprefix("---\n").partition("---\n")
        fields = [line for line in head.split("\n") if not line.startswith("#")]
        for line in [*fields, *body.split("\n")]:
            signing = line.startswith("审签:") or (signing and line.startswith(" "))
            said = _value(line)
            if not signing and len(re.findall(f"[{HAN}]", said)) >= 4 and not KEPT.search(said):
                found.add(said)
    return frozenset(found)


def _value(line: str) -> str:
    """一行里的话：去掉键、井号和后面的注释。"""
    return LEADING.sub("", COMMENT.sub("", line.strip())).strip()


def _in_header(page: Page, where: tuple[str, ...], level: str, what: str, fix: str, clause: str) -> Problem:
    line, column = page.head.mark(where) if page.head else (1, 1)
    return Problem(page.file, line, column, level, what, fix, clause)


def _problem(passage: Passage, offset: int, level: str, what: str, fix: str, clause: str) -> Problem:
    return Problem(passage.file, *passage.at(offset), level, what, fix, clause)

"""法律引用：文字里写的每一处《……》第……条，都拿去和 data/laws/ 核对；旧条号说出现在是哪一条。"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from macros.model import Problem, Site
from macros.model.laws import LawSource
from macros.model.numerals import from_chinese
from macros.model.problem import ERROR, NOTICE

from .claims import Claim, Taken, claims
from .renumbered import like_old, renumbered, reviewed, said
from .subject import Subject, released
from .texts import Passage

NATION = "中华人民共和国"
NUMBER = r"(?:[0-9]+|[零〇一二三四五六七八九十百千]+)"
JOIN = r"(?:\s*(?:、|，|,|和|及|以及|或者|或|与|至|到|—+|-|–|~|～)\s*)"
ARTICLE = rf"第?\s*(?P<first>{NUMBER})(?P<more>(?:{JOIN}{NUMBER})*)\s*条(?P<suffix>之[一二三四五六七八九十])?"
PARAGRAPH = rf"(?:\s*第?\s*(?P<paragraph>{NUMBER}(?:{JOIN}(?:第\s*)?{NUMBER})*)\s*款)?"
ONE = re.compile(rf"(?:第[零〇一二三四五六七八九十百千0-9]+[章节]){{0,3}}{ARTICLE}{PARAGRAPH}")
# 第100条标语、第三条建议：不是条号
COUNTED = r"(?!\s*(?:标语|横幅|意见|建议|消息|新闻|线索|措施|短信|留言|微博|经验|路|线|街))"
LOOSE = re.compile(rf"(?=第)(?:{ONE.pattern}){COUNTED}")
CHAPTER = re.compile(rf"(?:第{NUMBER}[章节]){{1,3}}\s*第{NUMBER}款")
ALONE = re.compile(rf"(?:^|[。；\n])[^\u4e00-\u9fff。；\n]*(?P<article>(?=第){ONE.pattern})")
LONGER = re.compile("规(?!定)|[律治制令院学庭官人比]")  # 双拥法规、国教法比赛：不是法律名
TITLE = re.compile(r"《(?P<title>[^《》]{2,40})》")
KIND = re.compile(r"(法|法典|条例|办法|规定|细则|决定|规则)$")
OTHER = re.compile("本法|本条例|本办法|该办法|合同|章程|公约|守则|制度")
BARRIER = re.compile(f"{OTHER.pattern}|[。！？；]")
SAME = re.compile("(该法|这部法|同法|该条例|这部条例)的?$")
# 紧跟在名称后面的版本，如（2018年修正）
VERSION = re.compile(r"\s*[（(\[〔]([^（）()〔〕\[\]]{0,30}?(?:19|20)\d\d[^（）()〔〕\[\]]{0,30})[）)\]〕]")
BEFORE = re.compile(r"((?:19|20)\d\d)年(?:\d+月(?:\d+日)?)?(?:版|修订|修正|通过|公布|施行|颁布|发布)?的?(?:旧版|新)?$")
ORDER = re.compile(r"第?(\d{2,4})号令?(?:公布|发布|颁布|修订|修改)?的?$")
OLD = re.compile("(旧版?|老版?|原|修订前的?|修正前的?)$")
QUOTED = re.compile(r"\s*(?:的?规定的?|的|里?写的|明确|指出|写着|写道|写的是)?[：:，,]?\s*“(?P<words>[^“”]{6,})”")


@dataclass(frozen=True)
class Mention:
    """一处法律名：在文字里的位置、简称、写出来的样子。"""

    start: int
    end: int
    name: str
    written: str


def law(subject: Subject) -> Iterator[Problem]:
    for passage in subject.read:
        yield from _passage(subject, passage.folded)
    yield from renumbered(subject)


def _passage(subject: Subject, passage: Passage) -> Iterator[Problem]:
    text = passage.text
    if "法" not in text and "条" not in text:
        return
    site, date = subject.site, reviewed(subject.site, passage.file)
    found = list(_mentions(site, text))
    spoken: list[Claim] = []  # 条号没有错的，再看说的话
    taken = {(mention.start, mention.end) for mention in found}
    for place, mention in enumerate(found):
        limit = found[place + 1].start if place + 1 < len(found) else len(text)
        after = _after(text, mention.end)
        cites = list(_citations(text, after, limit))
        alone = list(_alone(site, text, mention, cites, limit))
        taken |= {match.span() for match in cites} | {(claim.begin, claim.end) for claim in alone}
        if released(subject, "law", passage.file, mention.written):
            continue
        if named := _named(site, mention):
            level, *words = named
            yield Problem(passage.file, *passage.at(mention.start), level, *words)
        if named and mention.name not in site.laws.texts:
            continue
        if chapter := CHAPTER.match(text, after):
            what, fix = f"「{chapter[0]}」找不到是哪一条", "引到条，要紧的再写款，如第三条第二款；款不在章下面"
            yield Problem(passage.file, *passage.at(after), NOTICE, what, fix, "F-5")
            alone.append(Claim(mention.name, [], mention.start, chapter.end()))
        old = list(_version(site, passage, text, mention, cites)) if cites else []
        yield from old
        wrong = [each for m in cites for each in _cited(site, passage, text, mention.name, m, None if old else date)]
        yield from wrong
        moved = [] if old or wrong or len(cites) != 1 else list(_renumbered(site, passage, text, mention, cites[0]))
        yield from moved
        if mention.name in site.laws.texts and not old and not moved:
            spoken += alone
            if all(each.clause == "F-6" for each in wrong):
                spoken += _claims(text, mention, cites)
    yield from claims(site, passage, spoken, Taken(taken))


def _named(site: Site, mention: Mention) -> tuple[str, str, str, str] | None:
    """法律名写得不对：级别、说明、改法、条款。"""
    laws = site.laws
    title = re.sub(r"[《》\s]|[（(].*[）)]", "", mention.written)
    if mention.name in laws.missing:
        return ERROR, f"没有《{mention.name}》这部法", f"应该写 {laws.missing[mention.name]}", "F-8"
    if mention.name in laws.texts or mention.name in laws.cited:
        full = laws.full_name(mention.name)
        if title.startswith(NATION) and title != full:
            return NOTICE, f"《{title}》不是全称", f"全称是《{full}》，照着写", "F-1"
    elif near := _like_name(site, title.removeprefix(NATION)):
        what, fix = f"《{title}》像是《{near}》写错了", "照全称写；确有这部法的，不用管"
        return NOTICE, what, fix, "F-8"
    return None


def _like_name(site: Site, title: str) -> str | None:
    """只错一个字的，开头、结尾一样只少写了几个字的：那部法的全称。"""
    for name in (*site.laws.texts, *site.laws.cited):
        left = iter(name)
        shorter = len(title) * 2 >= len(name) and all(char in left for char in title)
        wrong = len(title) == len(name) and sum(a != b for a, b in zip(title, name, strict=True)) == 1
        ends = title[:2] == name[:2] and title[-1] == name[-1]
        if len(title) >= 5 and ((ends and (shorter or wrong)) or (wrong and len(name) > 5)):
            return site.laws.full_name(name)
    return None


def _claims(text: str, mention: Mention, cites: list[re.Match[str]]) -> Iterator[Claim]:
    """连着引的几条算一处。"""
    begin, articles = mention.start, list[str]()
    for place, match in enumerate(cites):
        articles += [f"{number}{match['suffix'] or ''}" for number in _all(match)]
        following = cites[place + 1].start() if place + 1 < len(cites) else None
        if following is None or not re.fullmatch(JOIN, text[match.end() : following]):
            yield Claim(mention.name, articles, begin, match.end())
            begin, articles = following or 0, []


def _alone(site: Site, text: str, mention: Mention, cites: list[re.Match[str]], limit: int) -> Iterator[Claim]:
    """前面写了法律名，条号另起一行、一句的：第二十条 义务兵……。"""
    law = site.laws.texts.get(mention.name)
    taken = {match.start() for match in cites}
    other = OTHER.search(text, mention.end, limit)
    for match in ALONE.finditer(text, mention.end, other.start() if other else limit) if law else ():
        articles = [f"{number}{match['suffix'] or ''}" for number in _all(match)]
        if match.start("article") not in taken and law and all(each in law.articles for each in articles):
            yield Claim(mention.name, articles, match.start("article"), match.end(), alone=True)


def _renumbered(site: Site, passage: Passage, text: str, mention: Mention, match: re.Match[str]) -> Iterator[Problem]:
    """只看引一条的：连着引几条的，一句话里说的不止一件事。"""
    numbers = _all(match)
    words = said(text, mention.start, match.end())
    found = like_old(site, mention.name, f"{numbers[0]}{match['suffix'] or ''}", words) if len(numbers) == 1 else None
    if found:
        yield Problem(passage.file, *passage.at(match.start()), ERROR, *found, "F-7")


def _mentions(site: Site, text: str) -> Iterator[Mention]:
    """书名号里的、没有书名号的法律名，按先后。"""
    taken: list[tuple[int, int]] = []
    found: list[Mention] = []
    for match in TITLE.finditer(text):
        taken.append(match.span())
        title = match["title"].strip()
        name = _short(site, title)
        if name or KIND.search(title):
            found.append(Mention(match.start(), match.end(), name or title, match[0]))
    names = sorted(site.laws.names, key=len, reverse=True)
    for match in re.finditer(f"(?:{NATION})?({'|'.join(map(re.escape, names))})" if names else "(?!)", text):
        before = bisect_right(taken, match.start(), key=lambda span: span[0])
        if before and match.start() < taken[before - 1][1]:
            continue
        missing = match[1] in site.laws.missing
        if missing and LONGER.match(text, match.end()):
            continue
        if missing or _cites_at_once(text, match.end()):
            found.append(Mention(match.start(), match.end(), site.laws.names[match[1]], match[0]))
    return iter(sorted(found, key=lambda m: m.start))


def _short(site: Site, title: str) -> str | None:
    """书名 → 来源.yml 里的简称；没有收为 None。"""
    title = re.sub(r"\s|[（(].*[）)]$", "", title)
    return site.laws.names.get(title.removeprefix(NATION))


def _cites_at_once(text: str, end: int) -> bool:
    return bool(ONE.match(text, _after(text, end)))


def _after(text: str, end: int) -> int:
    """跳过名称后面的版本、简称说明和“的”“规定”，到条号该在的地方。"""
    while match := re.compile(r"\s*[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]").match(text, end):
        end = match.end()
    match = re.compile(r"[》”\s]*(?:的规定|规定的?|的|中的?|里的?|，|：|:)?\s*").match(text, end)
    return match.end() if match else end


def _citations(text: str, start: int, limit: int) -> Iterator[re.Match[str]]:
    """紧跟着的一串条号；同一句里后面再提到的“第×条”也算这部法的。"""
    at = start
    while (
        at < limit
        and (match := ONE.match(text, at))
        and ("第" in match[0] or text[at - 1] in "、和至到—" or at == start)
    ):
        yield match
        at = match.end()
        joint = re.compile(JOIN).match(text, at)
        at = joint.end() if joint and ONE.match(text, joint.end()) else at
        if not joint:
            break
    book = text.find("《", at, limit)
    other = BARRIER.search(text, at, limit)
    for match in LOOSE.finditer(text, at, limit if book < 0 else book):
        start = match.start()
        if other and other.end() <= start and not SAME.search(text, max(start - 8, at), start):
            return
        yield match


def _version(
    site: Site, passage: Passage, text: str, mention: Mention, cites: list[re.Match[str]]
) -> Iterator[Problem]:
    source: LawSource | None = site.laws.texts[mention.name].source if mention.name in site.laws.texts else None
    cited = site.laws.cited.get(mention.name)
    revised = source.revised if source else cited.revised if cited else None
    if revised is None:
        return
    years = {revised.year, *([source.in_force.year] if source else [])}
    before = text[max(mention.start - 20, 0) : mention.start]
    order = ORDER.search(before)
    if source and order and "号" in source.version and f"第{order[1]}号" not in source.version:
        years = set()
    said = VERSION.match(text, mention.end) or VERSION.search(mention.written) or BEFORE.search(before)
    newest = max(map(int, re.findall(r"(?:19|20)\d\d", said[1])), default=None) if said else None
    if (newest is not None and newest not in years) or not years or OLD.search(before):
        line, column = passage.at(mention.start)
        current = f"{revised.year}年{revised.month}月{revised.day}日"
        what = f"引用的不是现行的《{mention.name}》，现行的是{current}的文本"
        old = site.laws.superseded.get(mention.name)
        known = old if old and newest in (None, old.revised.year) else None
        moved = [known.said(str(number)) for match in cites for number in _all(match)] if known else []
        fix = "；".join(filter(None, moved)) or "旧版条号已经变了，核对现行条文再引"
        yield Problem(passage.file, line, column, ERROR, what, fix, "F-7")


def _cited(
    site: Site, passage: Passage, text: str, name: str, match: re.Match[str], date: datetime.date | None
) -> Iterator[Problem]:
    line, column = passage.at(match.start())
    if name not in site.laws.texts and name not in site.laws.cited:
        what, fix = f"本站无《{name}》正文，无法核对", "请人对照官方文本核对；常引的登记到 data/laws/来源.yml"
        yield Problem(passage.file, line, column, NOTICE, what, fix, "F-5")
        return
    numbers = _all(match)
    paragraphs = _numbers(match["paragraph"] or "")
    suffix = match["suffix"] or ""
    for number in numbers:
        key = f"{number}{suffix}"
        last = number == numbers[-1]
        asked: list[int | None] = [*paragraphs] if last and paragraphs else [None]
        for paragraph in asked:
            found = site.laws.fault(name, key, paragraph, date)
            if found is None:
                continue
            known = name in site.laws.cited
            level = NOTICE if known else ERROR
            what = f"本站无《{name}》这一条的正文，无法核对" if known else found[0]
            yield Problem(passage.file, line, column, level, what, *found[1:])
    yield from _quotation(site, passage, text, name, match, numbers, suffix)


def _quotation(
    site: Site, passage: Passage, text: str, name: str, match: re.Match[str], numbers: list[int], suffix: str
) -> Iterator[Problem]:
    """第×条规定：“……”：引号里的要是条文原话。"""
    quoted = QUOTED.match(text, match.end())
    texts = site.laws.texts.get(name)
    if not quoted or texts is None or len(numbers) != 1 or f"{numbers[0]}{suffix}" not in texts.articles:
        return
    article = re.sub(r"\s", "", texts.articles[f"{numbers[0]}{suffix}"])
    for part in re.split("…+", quoted["words"]):
        words = re.sub(r"\s", "", part).strip("，。；：、")
        if words and words.translate(HALF_QUOTES) not in article.translate(HALF_QUOTES):
            line, column = passage.at(quoted.start("words"))
            what = f"引号里的话和《{name}》的条文对不上"
            yield Problem(passage.file, line, column, ERROR, what, "从法律原文页照抄，一字不改", "F-6")
            return


HALF_QUOTES = str.maketrans("‘’“”", '""""')


def _all(match: re.Match[str]) -> list[int]:
    """一处引用里的全部条号。"""
    return _numbers(match["first"] + (match["more"] or ""))


def _numbers(text: str) -> list[int]:
    """五、九十至九十二 → [5, 90, 91, 92]。"""
    found: list[int] = []
    parts = re.split(rf"({JOIN})", re.sub(r"第|\s", "", text))
    for place, part in enumerate(parts[::2]):
        number = int(part) if part.isdigit() else from_chinese(part.replace("〇", "零"))
        if number is None:
            continue
        joint = parts[2 * place - 1] if place else ""
        if re.search("[至到—–~～-]", joint) and found and found[-1] < number <= found[-1] + 200:
            found += range(found[-1] + 1, number)
        found.append(number)
    return found

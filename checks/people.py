"""私人的姓名：姓后面跟一两个字，前后又有身份、称呼、村名；有职务的、历史人物不算（data/rules/people.yml、names.yml）。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from macros.model.problem import ERROR, NOTICE
from macros.model.rulesets import Cue, Rules

from .segments import cuts_a_word, follows_a_word, verb_at
from .sentences import matches, sentence, with_next

HAN = "[\u4e00-\u9fff]"
# 姓名后面可以接的字：前一截多半不是名，后一截也常作名
FOLLOWING = (
    "说等的是在因与及也就被把对于从已将都还又却今现曾荣获接捐拿捧介回激笑讲带领住患身给到出有没不想能会"
    "通要听写坐站跑用送收称谈感紧眼热含泪哽深满脸立并便则亲自所这两他她我"
)
ALSO_GIVEN = "和家为向正同老一夫母父爸妈表告代作发参入去来提先当做以走看原由宣左右专特很仍牵指缓颤戴穿"
# 姓名的前后、里面
NEVER_LAST = frozenset("说等的是因与及也就被把对从已将都还又却这他她我在家")
CLEAR = re.compile(f"$|(?!{HAN})|[说家等的]|老人|同志|表示|告诉|和(?!平)")
LEADING = re.compile(
    "(?:的|有|是|和|与|及|了|到|在|向|为|给|由|叫|对|把|被|让|位|名|员|人|民|生|属|兵|望|问|访|找|进|着|村|岁|起|请|听|往|助|扶|帮|据|邀|送|镇|乡|县|区|市|道)$"
)
NOT_GIVEN = frozenset("不没两位街某氏们的了着过岁镇乡县局委者员户站班组级区属村与及、")
PLACE = re.compile("家[沟坪湾岭庄屯寨堡坝塘坡洼峪垭坳冲垸埠窑铺店集营围岗塬桥河渡]")  # 赵家沟
AREA = re.compile(f"{HAN}{{2,3}}?(?:校区|小区|园区|景区|新区|片区|街道|大道|大桥|水库)")  # 白河校区
KIN = frozenset("老总伯叔婶姨嫂哥姐爷奶妈")  # 姓后面只跟着一个这样的字，是称呼
TITLES = re.compile("老人|先生|女士|大爷|大妈|大娘|大叔|奶奶|爷爷|同志|同学|阿姨|叔叔|小姐|师傅|班长|老师")
JOINED = re.compile("[、，和与及]|以及")
FOREIGN = re.compile(f"{HAN}{{2,6}}[·•]{HAN}{{1,8}}?(?=[{FOLLOWING}]|(?!{HAN}))")
MARTYR = re.compile(
    "(?:[”’]?的?|等(?:抗日|革命|[0-9一二三四五六七八九十]{1,3}[名位])?)(?:烈士|英烈|先烈)|将军|元帅|[大上中少]将(?!军)"
)
LEADERS = re.compile(f"等{HAN}{{0,3}}(?:四[套家大]{HAN}{{0,4}})?领导")
DEAD = re.compile("[”’]?的?(?:烈士|遗骸|遗物|遗像|墓|牺牲|壮烈|殉国|就义|英勇)")
HISTORY = re.compile(
    "牺牲|殉国|就义|遇难|阵亡|捐躯|被捕|杀害|(?:1[0-8]\\d\\d|19[01]\\d|192[0-4])年"
    "|[次反][（(]?反?[）)]?[‘“]?围剿|赤卫[队军]|苏维埃"
)
FELL = re.compile("[。；](?:19[2-5]\\d年)?[^。；，]{0,12}，?[^。；，]{0,8}(?:牺牲|殉国|就义|阵亡)")  # 下一句才写的
LONG_AGO = re.compile(
    "(?:1[0-8]\\d\\d|19(?:[0-3]\\d|4[0-3]))年(?!(?:\\d{1,2}月)?(?:\\d{1,2}日)?出?生)|日军|日寇|日伪|鬼子|伪军|地下党|清[朝末]|民国"
    "|[（(]1[89]\\d\\d[^（）()]{1,12}1[89]\\d\\d"
)
LIVING = re.compile(
    "因公牺牲军人|病故军人|退役|退伍|后人|记者|地震|抗洪|20\\d\\d年|老兵|老战士|老人|复员军人|(?:[4-9]\\d|1[01]\\d)岁|看望|慰问|走访|讲述|回忆|家中|家里"
)
NOWADAYS = re.compile(
    "退役|退伍|[烈军遗亲]属|后人|荣立|家住|现年|如今|今年|近日|日前|20\\d\\d年|学生|同学|少先队|出生|生于|\\d岁"
)
AROUND = 200  # 同一段里前后这么多个字写着早年的事，这一句也是
OFTEN = frozenset("常曾")  # 也是姓；后面是动词的，是“常说”“曾参加”
AS_WORDS = frozenset("向于")  # 一截话开头的，多半是“向某人”“于某日”
FEWEST = {"姓名后": 1, "几个姓名后": 2}  # 前面至少要有几个姓名
TOWARD = re.compile(f"{HAN}{{1,4}}(?:[区县市镇乡村街局站馆校]|人武部|武装部)")
ALONE = "姓名独自在开头"
OPENING = re.compile(f"(?:^|(?<=[。！？；，：、“”]))(?={HAN})", re.M)
ENOUGH = 4  # 独自在开头的：姓名和后面对得上的字，一共至少几个
KINDS = ("姓", "少见的姓", "职务", "领导做的事", "人物", "平常词")


@dataclass(frozen=True)
class Finding:
    """一处：从哪里到哪里，照哪一条。"""

    start: int
    end: int
    cue: Cue


class People:
    """照词表认姓名。"""

    def __init__(self, rules: Rules) -> None:
        words = {kind: [w for each in rules.names if each.kind == kind for w in each.words] for kind in KINDS}
        self.common = frozenset(words["姓"])
        self.surnames = self.common.union(words["少见的姓"])
        self.lengths = sorted({len(each) for each in self.surnames}, reverse=True)
        self.figures = frozenset(words["人物"])
        self.ordinary = frozenset(words["平常词"])
        self.posts = any_of(words["职务"])
        self.cues = rules.people
        self.post = re.compile(self.posts)
        self.in_post = re.compile(f"(?:{self.posts})(?:同志|们)?[：:、， ”]{{0,2}}")
        self.after_post = re.compile(f"{self.in_post.pattern}$")
        self.leading = re.compile(f"(?:同志|一行)?(?:{any_of(words['领导做的事'])})")

    @cached_property
    def before(self) -> list[tuple[Cue, re.Pattern[str]]]:
        link = "[—：:“”]{0,2}"
        return [(cue, re.compile(f"(?:{cue.pattern}){link}")) for cue in self.cues if cue.where == "姓名前"]

    @cached_property
    def after(self) -> list[tuple[Cue, re.Pattern[str]]]:
        return [(cue, re.compile(cue.pattern)) for cue in self.cues if cue.where in FEWEST]

    @cached_property
    def alone(self) -> list[tuple[Cue, re.Pattern[str]]]:
        return [(cue, re.compile(cue.pattern)) for cue in self.cues if cue.where == ALONE]

    @cached_property
    def together(self) -> list[tuple[Cue, re.Pattern[str]]]:
        return [(cue, re.compile(cue.pattern)) for cue in self.cues if cue.where in ("同一句", "连着两句")]

    def find(self, text: str) -> list[Finding]:
        """一篇里的各处：姓名，和写在有姓名的话里的病情、困难。"""
        past = cache(lambda span: historic(text, span))
        grave = cache(lambda span: self._grave(text, span))
        found = []
        for (start, end), cue in self._named(text):
            span = sentence(text, start)
            if not past(span):
                near = span if cue.where == ALONE else nearby(text, span)
                weighed = cue if cue.level == ERROR else grave(near) or cue
                if weighed.where != ALONE:
                    found.append(Finding(start, end, weighed))
        found += self._circumstances(text, {with_next(text, each.start) for each in found})
        return sorted(set(found), key=lambda each: (each.start, each.end))

    def _named(self, text: str) -> Iterator[tuple[tuple[int, int], Cue]]:
        """姓名 → 照的是哪一条；先认姓名前面的。"""
        seen: dict[tuple[int, int], Cue] = {}
        exact = set()  # 词表指明的职务，如少先队大队长
        for cue, pattern in self.before:
            for match in matches(pattern, text):
                pointed = bool(self.after_post.search(match[0]))
                for span in self._list(text, match.end()):
                    exact |= {span} if pointed else set()
                    if seen.get(span) is (found := graver(seen.get(span), cue)):
                        break  # 后面连着的也记过了
                    seen[span] = found
        for cue, pattern in self.after:
            for match in matches(pattern, text):
                spans = list(self._list_before(text, match.start()))
                famous = any(text[start:end] in self.figures for start, end in spans)
                for span in spans if len(spans) >= FEWEST[cue.where] and not famous else ():
                    seen[span] = graver(seen.get(span), cue)
        known, martyrs = self._officials(text), self._martyrs(text)
        for cue, pattern in self.alone:
            for span in self._alone(text, pattern):
                name = text[slice(*span)]
                if not any(name.startswith(each) or each.startswith(name) for each in known):
                    seen.setdefault(span, cue)
        private: dict[str, Cue] = {}
        for (start, end), cue in seen.items():
            if (name := text[start:end]) not in known:
                private[name] = graver(private.get(name), cue)
        taken = {at for start, end in seen for at in range(start, end)}
        lengths = sorted({len(name) for name in private}, reverse=True)
        for at in range(len(text)) if private else ():
            end = next((at + n for n in lengths if text[at : at + n] in private), at)
            if end > at and at not in taken:
                seen[at, end] = private[text[at:end]]
                taken.update(range(at, end))
        for (start, end), cue in seen.items():
            if (
                (cuts_a_word(text, start) and not follows_a_word(text, start))
                or text[start:end] in martyrs
                or (cue.level == NOTICE and (text[start:end] in known or self.leading.match(text, end)))
            ):
                continue
            if (start, end) in exact or not self._public(text, start, end):
                yield (start, end), cue

    def _alone(self, text: str, following: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """一截话开头的姓名，前面没有身份，后面的话又像接着姓名。"""
        for opening in matches(OPENING, text):
            start = opening.start()
            surname = self._surname(text, start)
            end = self.name_at(text, start) if surname and surname not in AS_WORDS else None
            after = following.match(text, end) if end else None
            if end and after and after.end() - start >= ENOUGH + (surname not in self.common):
                yield start, end
                if text[start - 1 : start] == "、":
                    yield from self._list_before(text, start - 1)

    def _officials(self, text: str) -> frozenset[str]:
        """这一篇里写着职务的姓名：后面再提到，也不是私人。"""
        posts = list(self.in_post.finditer(text))
        spans = chain(
            (span for match in posts for span in self._list(text, match.end())),
            (span for match in [*posts, *LEADERS.finditer(text)] for span in self._list_before(text, match.start())),
        )
        return frozenset(text[start:end] for start, end in spans)

    def _martyrs(self, text: str) -> frozenset[str]:
        """这一篇里写明是烈士、将帅的姓名。"""
        spans = (span for match in MARTYR.finditer(text) for span in self._list_before(text, match.start()))
        return frozenset(text[start:end] for start, end in spans)

    def _list(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """从这里起的姓名，和后面用顿号连着的。"""
        while end := self.name_at(text, at):
            yield at, end
            joined = JOINED.match(text, end)
            if not joined:
                return
            at = joined.end()

    def _list_before(self, text: str, end: int) -> Iterator[tuple[int, int]]:
        """到这里为止的姓名，和前面用顿号连着的。"""
        while (start := self.name_before(text, end)) is not None:
            yield start, end
            if start == 0 or text[start - 1] not in "、和与":
                return
            end = start - 1

    def name_at(self, text: str, at: int) -> int | None:
        """这里起的姓名到哪里；不是姓名为 None。"""
        if foreign := FOREIGN.match(text, at):
            return foreign.end()
        surname = self._surname(text, at)
        if not surname or self._not_a_name(text, at, surname):
            return None
        first = at + len(surname)
        one, two = first + 1, first + 2
        if given(text[first:two]) and two <= len(text) and ends(text, two) and not beyond(text, two):
            return two
        if text[first:one] in KIN:
            return None
        if given(text[first:one]) and ends(text, one):
            return one
        unsure = two <= len(text) and given(text[first:two]) and text[two - 1] not in NEVER_LAST.union("和")
        return two if unsure else None

    def name_before(self, text: str, end: int) -> int | None:
        """到这里为止的姓名从哪里起；不是姓名为 None。"""
        for length in (3, 2, 4):
            start = end - length
            if start < 0 or text[max(0, start - 1) : start] in ("·", "•"):
                continue
            surname = self._surname(text, start)
            if not surname or not 0 < length - len(surname) <= 2 or (length == 4) != (len(surname) == 2):
                continue
            name = text[start + len(surname) : end]
            if not given(name) or name in "为向给" or self._not_a_name(text, start, surname):
                continue
            if name[-1] in NEVER_LAST or (name[0] in KIN and name[1:] in FOLLOWING):
                continue
            if surname in AS_WORDS and not TITLES.match(text, end):
                continue
            if start == 0 or not re.match(HAN, text[start - 1]) or LEADING.search(text[max(0, start - 4) : start]):
                return start
            if surname in self.common and TITLES.match(text, end):
                return start
            if self.after_post.search(text[max(0, start - 8) : start]):
                return start
        return None

    def _surname(self, text: str, at: int) -> str:
        """这里起的姓，复姓在先；没有为空。"""
        return next((name for n in self.lengths if (name := text[at : at + n]) in self.surnames), "")

    def _not_a_name(self, text: str, at: int, surname: str) -> bool:
        rest = text[at + len(surname) : at + len(surname) + 3]
        return (
            any(text[at : at + length] in self.ordinary for length in (2, 3, 4))
            or bool(TITLES.match(rest))
            or bool(self.post.match(rest))
            or bool(AREA.match(text, at))
            or (surname in OFTEN and verb_at(text, at + 1))
            or (surname in AS_WORDS and bool(TOWARD.match(text, at + 1)))
        )

    def _public(self, text: str, start: int, end: int) -> bool:
        """履行职务、署名的，历史人物，书名里的。"""
        return (
            text[start:end] in self.figures
            or bool(self.after_post.search(text[max(0, start - 10) : start]))
            or bool(self.post.match(text, end))
            or bool(DEAD.match(text, end))
            or text.rfind("《", max(0, start - 40), start) > text.rfind("》", max(0, start - 40), start)
        )

    def _grave(self, text: str, span: tuple[int, int]) -> Cue | None:
        """这一句里写着的要紧的情况。"""
        return next((cue for cue, pattern in self.together if pattern.search(text, *span)), None)

    def _circumstances(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Finding]:
        """病情、困难：写在有姓名的一句，或者下一句。"""
        for cue, pattern in self.together:
            for stretch in stretches if cue.where == "连着两句" else ():
                for match in pattern.finditer(text, *stretch):
                    yield Finding(*match.span(), cue)


def nearby(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """这一句，连同同一段里的前一句、后一句。"""
    begin, end = span
    before = sentence(text, begin - 2)[0] if begin > 1 and "\n" not in text[begin - 2 : begin] else begin
    after = sentence(text, end + 1)[1] if text[end : end + 1] not in ("", "\n") else end
    return before, after


def graver(one: Cue | None, other: Cue) -> Cue:
    """两条里要紧的；一样要紧的，前一条。"""
    return other if one is None or (one.level, other.level) == (NOTICE, ERROR) else one


def any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def given(text: str) -> bool:
    """像不像名。"""
    return (
        bool(re.fullmatch(f"{HAN}+", text))
        and text[0] != "和"
        and text[-1] != "路"
        and not NOT_GIVEN.intersection(text)
        and not PLACE.fullmatch(text)
    )


def beyond(text: str, end: int) -> bool:
    """到这里为止，最后一个字像是后面的话，不是名。"""
    last = text[end - 1]
    return last in NEVER_LAST or (last in FOLLOWING + "和" and not CLEAR.match(text, end))


def ends(text: str, end: int) -> bool:
    """姓名能不能到这里为止。"""
    return end >= len(text) or not re.match(HAN, text[end]) or text[end] in FOLLOWING + ALSO_GIVEN


def historic(text: str, span: tuple[int, int]) -> bool:
    """讲历史的一句，说的又不是在世的人；没有写年份的，看同一段的前后。"""
    begin, end = span
    fell = HISTORY.search(text, begin, end) or FELL.match(text, end)
    if fell and not LIVING.search(text, begin, end):
        return True
    before = max(text.rfind("\n", max(begin - AROUND, 0), begin) + 1, begin - AROUND)
    after = text.find("\n", end, end + AROUND)
    around = before, after if after >= 0 else end + AROUND
    return bool(LONG_AGO.search(text, *around)) and not (LIVING.search(text, *around) or NOWADAYS.search(text, *around))

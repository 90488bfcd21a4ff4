"""写了什么，公开的就是什么：照编写样例里的写法造出一页一页，网页、公众号、订阅、搜索、海报、广播里一个字不少，先后一样。"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import build, channels, check, copy, made
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from paper import text as pdf_text
from selectolax.lexbor import LexborHTMLParser

from checks.shown import compare
from macros.model.grammar import html
from macros.model.markdown import misplaced, prose, slips
from macros.model.speech import spoken, unsayable
from macros.outputs.search.cutting import Folding, cut

PLAIN = {"derandomize": True, "deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
HAN = "军民村站办事服务登记报名优待证老人学习历史展品𠮷𪚥㐀々〇"
SIGNS = [*"，。；：、？！（）《》“”…·", "——"]
NUMBERS = ["2026年", "9:00—11:30", "0000-1234567", "60*40*20厘米", "-5℃", "≤22", "1:10", "12.5%", "3#", "a_b_c"]
ODD = ["100m²", "2次/年", "①", "Ⅳ级", "1、", "（一）", "王*军", ">60周岁", "{当年有效}", "5 < 7", "~", "A&B"]
TOKENS = st.one_of(st.text(HAN, min_size=1, max_size=6), st.sampled_from(SIGNS), st.sampled_from(NUMBERS + ODD))


@dataclass
class Draft:
    """写好的几行，和里面的一截一截的字。moved：表格的标题和表头、选项卡的名字，有的渠道挪了地方。"""

    lines: list[str]
    words: list[str]
    moved: set[str]

    def indented(self, by: str) -> list[str]:
        return [f"{by}{line}" if line else "" for line in self.lines]


@st.composite
def fragment(draw: st.DrawFn) -> str:
    """一截字：头尾是汉字，带一个不重样的号。"""
    number = draw(st.integers(0, 10**9))
    mark = "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))
    return f"{mark}{''.join(draw(st.lists(TOKENS, max_size=4)))}的"


@st.composite
def line(draw: st.DrawFn) -> Draft:
    """一行：字、粗体、链接、代码。"""
    words = draw(st.lists(fragment(), min_size=1, max_size=3))
    shapes = ["{}", "**{}**", "[{}](../../index.md)"]
    written = [draw(st.sampled_from(shapes if "*" not in each else shapes[:1])).format(each) for each in words]
    return Draft(["".join(written)], words, set())


def joined(drafts: list[Draft], between: str | None = "") -> Draft:
    lines: list[str] = []
    for draft in drafts:
        lines += [*([between] if between is not None and lines else []), *draft.lines]
    return Draft(lines, [w for d in drafts for w in d.words], {w for d in drafts for w in d.moved})


@st.composite
def paragraph(draw: st.DrawFn) -> Draft:
    return joined(draw(st.lists(line(), min_size=1, max_size=3)), between=None)


@st.composite
def items(draw: st.DrawFn) -> Draft:
    """有序号、没序号、核对清单，里面还可以有一层。"""
    kind, start = draw(st.sampled_from("-1x")), draw(st.integers(1, 9))
    found = []
    for number in range(start, start + draw(st.integers(1, 3))):
        mark = {"-": "- ", "1": f"{number}. ", "x": "- [x] "}[kind]
        own = draw(line())
        inner = draw(st.lists(line(), max_size=2)) if kind != "x" else []
        nested = [f"    - {each.lines[0]}" for each in inner]
        words = own.words + [word for each in inner for word in each.words]
        found.append(Draft([mark + own.lines[0], *nested], words, set()))
    return joined(found, between=None)


@st.composite
def table(draw: st.DrawFn) -> Draft:
    width, caption = draw(st.integers(2, 3)), draw(fragment())
    rows = draw(st.lists(st.lists(fragment(), min_size=width, max_size=width), min_size=1, max_size=3))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|---" * width + "|")
    words = [cell for row in rows for cell in row]
    return Draft([*lines, "", "/// table-caption", caption, "///"], [*words, caption], {caption, *rows[0]})


INSIDE = st.one_of(paragraph(), items(), table())


@st.composite
def box(draw: st.DrawFn) -> Draft:
    inside = joined([draw(paragraph()), *draw(st.lists(INSIDE, max_size=1))])
    title = draw(fragment())
    opener = draw(st.sampled_from(["!!! tixing", "!!! yiju", "!!! note", "??? note"]))
    return Draft([f'{opener} "{title}"', *inside.indented("    ")], [title, *inside.words], inside.moved)


@st.composite
def tabs(draw: st.DrawFn) -> Draft:
    found = []
    for _ in range(2):
        label, inside = draw(fragment()), draw(st.one_of(paragraph(), items()))
        found.append(Draft([f'=== "{label}"', "", *inside.indented("    ")], [label, *inside.words], {label}))
    return joined(found)


@st.composite
def definition(draw: st.DrawFn) -> Draft:
    term, meaning = draw(fragment()), draw(line())
    return Draft([term, f":   {meaning.lines[0]}"], [term, *meaning.words], set())


@st.composite
def quotation(draw: st.DrawFn) -> Draft:
    inside = joined([draw(paragraph()), *draw(st.lists(items(), max_size=1))])
    return Draft([f"> {each}".rstrip() for each in inside.lines], inside.words, inside.moved)


@st.composite
def page(draw: st.DrawFn) -> Draft:
    blocks = draw(st.lists(st.one_of(INSIDE, box(), tabs(), definition(), quotation()), min_size=2, max_size=5))
    found: list[Draft] = []
    for block in blocks:
        title = draw(fragment())
        found += [Draft([f"## {title}"], [title], set()), block]
    note = draw(fragment())
    found[0].lines[0] += "[^zhu]"
    return joined([*found, Draft([f"[^zhu]: {note}"], [note], set())])


HEADER = """---
摘要: 第{number}页摘要，写法都有，一个字不少，先后一样
复核: 2026-11-20
日期: 2025-09-20
来源: 样板镇党建办
审签:
  编辑: 镇党建办编辑员
  审核: 镇党建办负责人
  签发: 镇分管负责人
  保密审查: 镇保密审查员
  保密审查日期: 2025-09-23
渠道: [{channels}]
---

# 第{number}页

"""


def dense(text: str) -> str:
    return re.sub(r"\s+", "", text)


def in_order(draft: Draft, shown: str, where: str) -> None:
    """每一截都在；没有挪地方的，先后也一样。"""
    text, at = dense(shown), 0
    for word in map(dense, draft.words):
        assert word in text, f"{where} 里没有「{word}」"
        if word not in {dense(each) for each in draft.moved}:
            assert text.find(word, at) >= 0, f"{where} 里「{word}」的先后不对"
            at = text.find(word, at)


def article(path: Path, selector: str = "main article") -> str:
    node = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first(selector)
    assert node is not None, path
    for each in node.css("sup, .footnote-backref, .mark"):
        each.decompose()
    return node.text(deep=True)


def publish(root: Path, pages: list[Draft], posters: bool) -> None:
    """检查、生成、做出各渠道的，一页一页对。"""
    folder = root / "docs/shuangyong/2025"
    shutil.rmtree(folder)
    folder.mkdir(parents=True)
    aloud = [not unsayable("".join(draft.words)) for draft in pages]
    for number, draft in enumerate(pages):
        carried = ", ".join(["微信", *(["宣传栏"] if posters else []), *(["广播"] if aloud[number] else [])])
        header = HEADER.format(number=number, channels=carried)
        (folder / f"p{number}.md").write_text(header + "\n".join(draft.lines) + "\n", encoding="utf-8")
    found = [each for each in check(root).stdout.split("\n") if "错误" in each and "docs/shuangyong/2025/p" in each]
    assert [each for each in found if " G-" in each or " W-20" in each] == []
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    dist = made(root / "site", root / "dist", "wechat", "broadcast", root=root)
    refused = channels("posters", root=root).stdout if posters else ""
    feed = (root / "site/rss.xml").read_text(encoding="utf-8")
    index = searched(root / "site")
    for number, draft in enumerate(pages):
        name = f"shuangyong-2025-p{number}"
        in_order(draft, article(root / f"site/shuangyong/2025/p{number}.html"), f"网页{number}")
        in_order(draft, article(dist / f"wechat/{name}.html", "body"), f"公众号{number}")
        for word in draft.words:
            assert {each for each in cut(word.translate(index[0])) if len(each) == 2} <= index[1], (
                f"搜索里没有「{word}」"
            )
            assert f"p{number}.html" not in feed or re.sub(r"[<>&].*", "", word) in feed, f"订阅里没有「{word}」"
        if aloud[number]:
            said_all(draft, (dist / f"broadcast/{name}.txt").read_text(encoding="utf-8-sig"))
        if posters and not re.search(rf"{name}-a3\.pdf（.*(字体里没有|放不下)", refused):
            on_paper(draft, dense(pdf_text(dist / f"posters/{name}-a3.pdf")))


def on_paper(draft: Draft, poster: str) -> None:
    """一个字不少；放不下省掉了的，写着还有几条、到哪里看。"""
    if not re.search("[共有]\\d+[段条行项]，(扫码看全文|全文见)", poster):
        assert [word for word in draft.words if dense(word) not in poster] == []


def searched(site: Path) -> tuple[Folding, set[str]]:
    """怎么折叠，索引里的词。"""
    parts = {path.stem: path.read_text(encoding="utf-8") for path in (site / "assets/search").glob("*.js")}
    parsed = {name: json.loads(re.sub(r"^.*?push\(|\);\n$", "", text, flags=re.S)) for name, text in parts.items()}
    old = parsed["old"]["old"]
    words = {word for part in parsed.values() for word, posting in part.get("w", {}).items() if posting}
    return Folding(dict(zip(old[::2], old[1::2], strict=True))), words


def said_all(draft: Draft, script: str) -> None:
    """念出来的汉字都在稿子里；太长省掉了的，稿子里说了到哪里看。"""
    if "请看本栏目的网页" in script:
        return
    han = re.sub(r"[^一-鿿㐀-䶿𠀀-𪛟]", "", script)
    for word in draft.words:
        assert re.sub(r"[^一-鿿㐀-䶿𠀀-𪛟]", "", spoken(word)) in han, f"广播里没有「{word}」"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy("publishable", tmp_path_factory.mktemp("written") / "site")
    (root / "data/redirects.yml").write_text("# 没有\n", encoding="utf-8")  # 样子里的指着删掉的活动
    return root


def drafts(count: int) -> list[Draft]:
    """造 count 页，每次都一样。"""
    found: list[Draft] = []

    @settings(max_examples=count, phases=[Phase.generate], **PLAIN)
    @given(page())
    def collect(draft: Draft) -> None:
        found.append(draft)

    collect()
    return found


def test_every_word_is_published(site: Path) -> None:
    """一百页：各种写法套着写，每种标点、罕见字、数、单位，每个渠道都一个字不少。"""
    publish(site, drafts(100), posters=False)


def test_every_word_is_on_the_poster(site: Path) -> None:
    publish(site, drafts(20)[-6:], posters=True)


@pytest.mark.full
def test_every_word_of_thousands_of_pages_is_published(site: Path) -> None:
    publish(site, drafts(2000), posters=False)


NASTY = st.text("甲乙丙丁，。 *_~#|<>{}[]()!`-=+:&^$@\\/.、“”（）1２3\n\t", min_size=1, max_size=60)
MARKS = re.compile(r"[\s*`\[\]()!\\|>#\-]")


@settings(max_examples=400, **PLAIN)
@given(NASTY)
def test_any_text_is_shown_or_reported(written: str) -> None:
    """随便什么记号：要么报出来，要么除了记号一个字不少。"""
    body = f"# 题\n\n{written}\n"
    lines = list(prose(body))
    assume("`" not in written and not any(list(slips(line)) for _, line in lines))
    assume(not list(misplaced(lines)) and not list(compare(body)))
    seen = LexborHTMLParser(html(body)).text()
    assert MARKS.sub("", seen) == MARKS.sub("", body)

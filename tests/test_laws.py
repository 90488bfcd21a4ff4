"""法律：正文一条不少、引用核对得准。"""

from __future__ import annotations

import datetime

import pytest
from conftest import ROOT

from macros.model import load
from macros.model.laws import paragraphs
from macros.model.numerals import article_number, chinese, from_chinese

# 章、条数和施行日期，照官方公布的文本
OFFICIAL = {
    "国防法": (12, 73, "2021-01-01"),
    "国防教育法": (6, 42, "2024-09-21"),
    "兵役法": (11, 65, "2021-10-01"),
    "退役军人保障法": (10, 85, "2021-01-01"),
    "军人地位和权益保障法": (7, 71, "2021-08-01"),
    "英雄烈士保护法": (0, 30, "2018-05-01"),
    "保守国家秘密法": (6, 65, "2024-05-01"),
    "军事设施保护法": (8, 72, "2021-08-01"),
    "反间谍法": (6, 71, "2023-07-01"),
    "爱国主义教育法": (5, 40, "2024-01-01"),
    "人民防空法": (9, 53, "1997-01-01"),
    "国旗法": (0, 24, "2021-01-01"),
    "征兵工作条例": (11, 74, "2023-05-01"),
    "军人抚恤优待条例": (6, 64, "2024-10-01"),
    "烈士褒扬条例": (8, 70, "2025-01-01"),
    "退役军人安置条例": (11, 93, "2024-09-01"),
    "预备役人员法": (10, 65, "2023-03-01"),
    "国防动员法": (14, 82, "2026-10-01"),
    "保守国家秘密法实施条例": (6, 74, "2024-09-01"),
    "法治宣传教育法": (7, 65, "2025-11-01"),
    "政府信息公开条例": (6, 56, "2019-05-15"),
}


def test_the_laws_are_whole() -> None:
    """每部法的章数、条数、施行日期和官方文本一样，条号连续，正文和登记的校验值一致。"""
    texts = load(ROOT).laws.texts
    assert set(texts) == set(OFFICIAL)
    for name, (chapters, articles, in_force) in OFFICIAL.items():
        law = texts[name]
        assert len(law.chapters) == chapters, name
        assert list(law.articles) == [str(n) for n in range(1, articles + 1)], name
        assert law.source.in_force == datetime.date.fromisoformat(in_force), name
        assert law.body.sha256 == law.source.sha256, name
        assert all(chapter.title.startswith(f"第{chinese(i)}章 ") for i, chapter in enumerate(law.chapters, 1)), name


@pytest.mark.parametrize(
    ("name", "article", "words"),
    [
        ("国防教育法", "12", "每年九月的第三个星期六为全民国防教育日。"),
        ("英雄烈士保护法", "5", "每年9月30日为烈士纪念日"),
        ("兵役法", "2", "保卫祖国、抵抗侵略是中华人民共和国每一个公民的神圣职责。"),
        ("军事设施保护法", "17", "禁止航空器进入"),
        ("征兵工作条例", "30", "不少于5个工作日"),
        ("国旗法", "24", "本法自1990年10月1日起施行。"),
        ("退役军人安置条例", "51", "无正当理由不按照规定时间报到超过30日的，视为放弃安置待遇。"),
        ("预备役人员法", "36", "预备役人员接到征召通知后，必须按照要求在规定时间到指定地点报到。"),
        ("国防动员法", "58", "十八周岁至六十周岁的男性公民和十八周岁至五十五周岁的女性公民，应当依法担负国防勤务"),
        ("国防动员法", "65", "（一）个人和家庭生活必需的物品和居住场所；"),
        ("法治宣传教育法", "13", "每年12月4日为国家宪法日"),
        ("政府信息公开条例", "33", "应当自收到申请之日起20个工作日内予以答复"),
    ],
)
def test_articles_say_what_the_law_says(name: str, article: str, words: str) -> None:
    """抽几条，逐字对。"""
    assert words in load(ROOT).laws.texts[name].articles[article]


def test_items_belong_to_their_paragraph() -> None:
    """（一）（二）是项，不是款。"""
    text = "第一款：\n（一）甲；\n（二）乙。\n第二款。"
    assert paragraphs(text) == ["第一款：\n（一）甲；\n（二）乙。", "第二款。"]


@pytest.mark.parametrize(
    ("name", "article", "paragraph", "said"),
    [
        ("国防教育法", "43", None, "《国防教育法》没有第四十三条，最后一条是第四十二条"),
        ("国防教育法", "0", None, "《国防教育法》没有第零条，最后一条是第四十二条"),
        ("国防教育法", "12", 2, "《国防教育法》第十二条没有第2款，一共一款"),
        ("国教法", "1", None, "没有《国教法》这部法"),
        ("刑法", "300", None, "本站没有《刑法》的正文，只核对过第二百五十九条、第二百九十九条之一"),
        ("国防教于法", "1", None, "没有收《国防教于法》"),
    ],
)
def test_wrong_citations_are_refused(name: str, article: str, paragraph: int | None, said: str) -> None:
    """条号超出、款不存在、法名不存在、没有核对过的条，都说得出错在哪里。"""
    found = load(ROOT).laws.fault(name, article, paragraph)
    assert found is not None
    assert found[0] == said


@pytest.mark.parametrize(("name", "article", "paragraph"), [("国防教育法", "27", 2), ("刑法", "299之一", None)])
def test_right_citations_are_silent(name: str, article: str, paragraph: int | None) -> None:
    """对的引用不出声。"""
    assert load(ROOT).laws.fault(name, article, paragraph) is None


# 旧版的条数，照换下来的文本
OLD = {"国防动员法": 72, "国防教育法": 38, "征兵工作条例": 55, "烈士褒扬条例": 43}


def test_every_old_article_has_its_place() -> None:
    """旧版的每一条都写了现在在哪里，一条不漏。"""
    superseded = load(ROOT).laws.superseded
    assert {name: list(old.articles) for name, old in superseded.items()} == {
        name: [str(n) for n in range(1, last + 1)] for name, last in OLD.items()
    }


@pytest.mark.parametrize(
    ("name", "article", "said"),
    [
        ("国防动员法", "5", "旧版第五条现在是第十条"),
        ("国防动员法", "28", "旧版第二十八条现在是第三十四条、第三十六条"),
        ("国防动员法", "29", "旧版第二十九条现在没有了"),
        ("国防动员法", "49", "旧版第四十九条现在是第五十八条"),
        ("国防动员法", "56", "旧版第五十六条现在是第六十五条"),
        ("国防动员法", "2", ""),
        ("国防动员法", "80", ""),
        ("国防教育法", "28", "旧版第二十八条现在是第三十一条"),
        ("征兵工作条例", "27", "旧版第二十七条现在是第三十四条"),
        ("烈士褒扬条例", "14", "旧版第十四条现在是第十五条"),
    ],
)
def test_old_articles_tell_the_new_number(name: str, article: str, said: str) -> None:
    """旧条号说得出新条号；号没有变的、旧版没有的，不说。"""
    assert load(ROOT).laws.superseded[name].said(article) == said


def test_citations_checked_before_the_change_are_refused() -> None:
    """换版以前核对的，引了换过号的条就是错；号没有变的、换版以后核对的不算。"""
    laws = load(ROOT).laws
    before, after = datetime.date(2026, 11, 25), datetime.date(2026, 11, 26)
    found = laws.fault("国防动员法", "48", reviewed=before)
    assert found is not None
    assert found[0] == "《国防动员法》在 2026-11-26 换了新版，旧版第四十八条现在是第五十七条"
    assert laws.fault("国防动员法", "48", reviewed=after) is None
    assert laws.fault("国防动员法", "2", reviewed=before) is None
    assert laws.fault("国防教育法", "28", reviewed=before) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (299, "二百九十九")],
)
def test_chinese_numerals(number: int, words: str) -> None:
    """条号的中文数字，来回都对。"""
    assert chinese(number) == words
    assert from_chinese(words) == number


def test_article_numbers() -> None:
    """第…条之一 的写法。"""
    assert article_number("299之一") == "第二百九十九条之一"

"""数据里的 HTML、Markdown、Jinja 记号，在生成的网页里只是文字。"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from bad_input import CALENDAR, HALL, INDICATORS, PAGE, PLACES, QUIZ, READING, SERVICE, SLOGANS, TEXT, TOWN, YEAR
from conftest import build

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
    page = root / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace(TEXT, body), encoding="utf-8")
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

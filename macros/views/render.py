"""视图共用的：模板、相对链接、转义。视图只拼 HTML，不读文件、不看时钟。"""

from __future__ import annotations

import datetime
import posixpath
import re
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from ..model import Problem
from ..model.kinds import KINDS
from ..model.numerals import WEEKDAYS, article_number, chinese, date_words
from ..model.templates import environment
from ..model.values import UNKNOWN, UNVERIFIED_NOTE
from .icons import icon

MANY = 5  # 比这还多，手机上要翻好几屏：收起来，或者在上面列出目录


def relative(here: str, target: str) -> str:
    """从 here 页到 target 的相对链接；两个都是相对网站根的地址。"""
    path, mark, anchor = target.partition("#")
    if path == here and anchor:
        return f"#{anchor}"
    folders, steps = here.split("/")[:-1], path.rstrip("/").split("/")
    same = len(posixpath.commonprefix([folders, steps]))
    return ("/".join([".."] * (len(folders) - same) + steps[same:]) or ".") + mark + anchor


def weekday(date: datetime.date) -> str:
    return WEEKDAYS[date.weekday()]


def lines(text: object) -> Markup:
    """多行文字：换行变成 <br>，不留空行。"""
    return Markup("<br>").join(part.strip() for part in str(text).split("\n") if part.strip())


def known(text: object) -> Markup:
    """文字原样；待公布加上虚线样式。"""
    if text == UNKNOWN:
        return Markup('<span class="unknown">{}</span>').format(UNKNOWN)
    return lines(text)


def unbroken(pattern: str, text: object) -> Markup:
    """合 pattern 的几段不拆行。"""
    parts = re.split(f"({pattern})", str(text))
    return Markup("").join(
        Markup('<span class="nw">{}</span>').format(part) if i % 2 else escape(part) for i, part in enumerate(parts)
    )


def hours(text: object) -> Markup:
    """开放时间：每一段不拆行；待公布加上虚线样式。"""
    return known(text) if text == UNKNOWN else unbroken(r"\d{1,2}:\d{2}—\d{1,2}:\d{2}", text)


def span(dates: object, first: str, last: str) -> Markup:
    """从哪天到哪天：同一天只写一次，同一年不再写年份；日期不拆行。"""
    start, end = getattr(dates, first), getattr(dates, last)
    time = Markup('<time class="nw" datetime="{}">{}</time>')
    if end == start:
        return time.format(start, date_words(start))
    words = f"{end.month}月{end.day}日" if end.year == start.year else date_words(end)
    return time.format(start, date_words(start)) + "至" + time.format(end, words)


def change(words: str) -> Markup:
    """和上年比：百分数不拆行；没得比写横线。"""
    return unbroken("（(?:增长|下降)[^）]*）", words or "—")


# 标语里可以换行的地方：的、和后面，是、应当前面，国名后面；标点后面浏览器自己会换
PHRASES = re.compile(r"(?<=的)|(?<=和)(?![国平谐睦气])|(?=是)|(?=应当)|(?<=中华人民共和国)")


def phrases(text: object) -> Markup:
    """标语：只在词句之间换行，不把一个词拆成两行。"""
    return Markup("<br>").join(Markup("<wbr>").join(PHRASES.split(line)) for line in str(text).split("\n"))


def inline(text: object) -> Markup:
    """行内宏用：再挡住 Markdown 的记号，数据里的 * _ [ 照样是字。"""
    safe = re.sub(r"[^\w\s]", lambda m: f"&#{ord(m[0])};" if m[0].isascii() else m[0], str(text))
    return Markup(safe.replace("_", "&#95;").replace("\n", " "))  # noqa: S704 上面已全部转义


_environment = environment(Path(__file__).parent / "templates")
_environment.globals |= {"icon": icon, "unknown": UNKNOWN, "unverified": UNVERIFIED_NOTE, "kinds": KINDS}
_environment.filters |= {
    "date": date_words,
    "weekday": weekday,
    "hours": hours,
    "known": known,
    "span": span,
    "change": change,
    "phrases": phrases,
    "inline": inline,
    "lines": lines,
    "chinese": chinese,
    "article": article_number,
}


def compile_templates() -> None:
    for name in _environment.list_templates(extensions=["j2"]):
        _environment.get_template(name)


def render(template: str, here: str, **values: Any) -> str:
    """渲染成没有空行、没有缩进的 HTML，放进 Markdown 里不会被拆开。

    模板里顶格的「## 标题」留给 Markdown：这样才进得了“本页内容”。
    """
    html = _environment.get_template(f"{template}.html.j2").render(
        href=lambda target: relative(here, target), here=here, **values
    )
    kept = "\n".join(line.strip() for line in html.split("\n") if line.strip())
    return re.sub(r"^(##.*)$", r"\n\1\n", kept, flags=re.MULTILINE)


def preparing(what: str) -> str:
    return f'<p class="preparing">{escape(what)}：本栏目筹备中。</p>'


def problem_note(problems: list[Problem]) -> str:
    """预览时代替写坏的页面。花括号也转义，免得又被当成宏。"""
    items = "\n".join(f"<li>{inline(problem)}</li>" for problem in problems)
    return f'# 这一页有错，改好后会自动刷新\n\n<ul class="problems">\n{items}\n</ul>\n'

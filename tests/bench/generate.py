"""写出一个 N 页的乡镇：真的 data/、docs/ 加上十几年的活动、馆、年度数据。同样的种子写出同样的字节。"""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
from pathlib import Path

from . import pictures
from .words import GUIDES, KINDS, OBJECTS, PLACES, QUESTIONS, SOURCES, VILLAGES, WEATHER, Kind

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = datetime.date(2015, 1, 5), datetime.date(2026, 11, 15)
REVIEWED = "2026-11-20"
COPIED = ("data", "docs", "macros", "overrides")
EXHIBITS = 12
CREDIT = "{at}- 文件: {file}\n{at}  说明: {alt}\n{at}  拍摄: 本栏目绘制\n{at}  许可: 本栏目自绘\n"
SIGNED = """审签:
  编辑: 镇党建办编辑员
  审核: 镇党建办负责人
  签发: 镇分管负责人
  保密审查: 镇保密审查员
  保密审查日期: {day}
"""


def generate(target: Path, pages: int, seed: int = 2026) -> int:
    """在 target 写出网站，返回真的有几页（现成的页面比 pages 多时，会多一点）。"""
    _copy(target)
    rng = random.Random(seed)  # noqa: S311 编内容用，不是密码
    _years(target, rng)
    for index in range(max(1, pages // 100)):
        _hall(target, index, rng)
    have = len([path for path in (target / "docs").rglob("*.md") if "_moban" not in path.parts])
    _activities(target, max(5, pages - have), rng)
    return max(pages, have + 5)


def _copy(target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", target)
    for folder in (target / "docs" / "shuangyong").glob("[0-9]*"):
        shutil.rmtree(folder)
    log = target / "data" / "published.csv"
    _write(log, log.read_text(encoding="utf-8").split("\n")[0] + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


# ---- 年度数据 ----


def _years(target: Path, rng: random.Random) -> None:
    """2015—2026 缺的年份：照 2024 年的样子，独立的几个数换一换。"""
    sample = (ROOT / "data/years/2024.yml").read_text(encoding="utf-8")
    sample = re.sub(r"^    更正:\n(?:      .*\n)+", "", sample, flags=re.M)
    for year in range(2015, 2027):
        if (target / f"data/years/{year}.yml").exists():
            continue
        text = sample.replace("2024", str(year))
        for name in ("国防教育活动场次", "村史馆接待人次", "志愿服务时长", "服务站接待人次"):
            pattern = rf"^(  {name}:\n    值: )(\d+)"
            text = re.sub(pattern, lambda m: f"{m[1]}{int(m[2]) + rng.randint(0, 40)}", text, flags=re.M)
        _write(target / f"data/years/{year}.yml", text)
        _write(
            target / f"docs/shuju/{year}.md",
            f"---\n摘要: {year}年本镇国防教育、双拥、村史馆和优抚服务的数字，都是演示数据。\n复核: {REVIEWED}\n---\n\n"
            f'# {year}年的数字\n\n!!! tixing "演示数据"\n    这一页的数都是编的，不代表任何真实乡镇。\n\n'
            f'村史馆接待{{{{ figure({year}, "村史馆接待人次") }}}}，'
            f'服务站接待{{{{ figure({year}, "服务站接待人次") }}}}。'
            f"\n\n{{{{ figures({year}) }}}}\n\n## 接着看\n\n- [各年的变化](index.md)\n- [哪些数不公开](bugongkai.md)\n",
        )


# ---- 村史馆 ----


def _hall(target: Path, index: int, rng: random.Random) -> None:
    name, village = f"guan-{index + 1:02}", VILLAGES[2 + index % (len(VILLAGES) - 2)]
    hours = "\n".join(
        f"  星期{day}: {'闭馆' if day == '一' else '9:00—11:30，14:00—16:30'}" for day in "一二三四五六日"
    )
    exhibits = ""
    for number in range(1, EXHIBITS + 1):
        thing = OBJECTS[(index + number) % len(OBJECTS)]
        file = f"{name}.assets/zhanpin-{number:02}.svg"
        _write(target / f"docs/cunshiguan/{file}", pictures.svg(rng, f"{thing}线描"))
        exhibits += (
            f'  - 编号: "{number:02}"\n    名称: {thing}\n    年代: 约{rng.randrange(1950, 1990, 10)}年代\n'
            f"    材质: 木、铁\n    来源: 村民捐赠，不署名\n"
            f"    故事: 村里人用过多年的{thing}，搬进馆里以前放在{rng.choice(PLACES)}旁边的老屋。"
            f"{rng.choice(WEATHER)}的日子，老人常坐在它边上讲从前的事。\n"
            f"    图:\n      文件: {file}\n      说明: 线描：{thing}摆在房子和树的前面\n"
            f"      拍摄: 本栏目绘制\n      许可: 本栏目自绘\n"
        )
    _write(
        target / f"data/halls/{name}.yml",
        f"编号: {name}\n名称: {village}村史馆\n所在村: {village}\n状态: 开放\n演示: 是\n"
        f"简介: 馆里收的是{village}人家用过的旧物件。本馆内容都是演示，不代表任何真实村庄。\n"
        f"地址: {village}村民活动中心东侧\n开放时间:\n{hours}\n收费: 免费\n预约: 不用预约\n"
        f'电话: "0000-00001{index:02}"\n讲解: 看展牌上的文字\n无障碍: 门口有坡道，轮椅可以进一楼\n'
        f"交通: 坐镇村公交到{village}站\n建成年份: {2015 + index % 11}\n面积: 约120平方米\n展厅数: 2个\n"
        f"藏品数: 约{rng.randint(60, 200)}件\n来源: 演示数据，由编者编造\n复核日期: {REVIEWED}\n展品:\n{exhibits}",
    )
    _write(
        target / f"docs/cunshiguan/{name}.md",
        f"---\n摘要: {village}村史馆的开放时间、地址、预约、讲解和展品，本页内容都是演示。\n复核: {REVIEWED}\n---\n\n"
        f'# {village}村史馆\n\n先看开放时间和闭馆日期，再出门。\n\n{{{{ hall("{name}") }}}}\n\n'
        f"## 接着看\n\n- [其他村史馆](index.md)\n- [悬挂光荣牌](../banshi/guangrongpai.md)\n",
    )


# ---- 活动 ----


def _activities(target: Path, count: int, rng: random.Random) -> None:
    days = (LAST - FIRST).days
    dates = sorted(FIRST + datetime.timedelta(days=rng.randint(0, days)) for _ in range(count))
    dates[-1] = LAST  # 首页要求最近两周有活动
    known = _known(target)
    seen: dict[str, int] = {}
    earlier: list[tuple[str, str]] = []
    for number, date in enumerate(dates):
        kind, village = rng.choice(KINDS), rng.choice(VILLAGES)
        stem = f"{village}{kind.title}"
        seen[stem] = seen.get(stem, 0) + 1
        title = stem if seen[stem] == 1 else f"{stem}（第{seen[stem]}次）"
        slug = f"{date:%m%d}-{kind.slug}-{number}"
        text = _page(target, date, slug, title, kind, village, rng, known, earlier)
        _write(target / f"docs/shuangyong/{date.year}/{slug}.md", text)
        earlier.append((title, f"../{date.year}/{slug}.md"))


def _known(target: Path) -> dict[str, list[str]]:
    """数据里有的：法律的条、标语的类别、指标。没有的不引用。"""
    laws = (target / "data/laws/来源.yml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for name, file in re.findall(r"^  (\S+):\n    文件: (\S+)$", laws, re.M):
        articles = json.loads((target / "data/laws" / file).read_text(encoding="utf-8"))["条"]
        found[name] = list(articles)
    slogans = (target / "data/slogans.yml").read_text(encoding="utf-8")
    found["标语"] = sorted(set(re.findall(r"^  类别: (\S+)$", slogans, re.M)))
    quiz = (target / "data/quiz.yml").read_text(encoding="utf-8")
    found["自测"] = sorted(set(re.findall(r"^  主题: (\S+)$", quiz, re.M)))
    return found


def _page(
    target: Path,
    date: datetime.date,
    slug: str,
    title: str,
    kind: Kind,
    village: str,
    rng: random.Random,
    known: dict[str, list[str]],
    earlier: list[tuple[str, str]],
) -> str:
    day = f"{date.year}年{date.month}月{date.day}日"
    first, second = rng.sample(QUESTIONS, 2)

    def fill(sentence: str) -> str:
        return sentence.format(
            date=day,
            village=village,
            place=rng.choice(PLACES),
            weather=rng.choice(WEATHER),
            object=rng.choice(OBJECTS),
            n=rng.randint(10, 48),
            q1=first,
            q2=second,
        )

    opening = fill(kind.opening)
    sentences = [fill(each) for each in rng.sample(kind.sentences, rng.randint(4, len(kind.sentences)))]
    head = (
        f"---\n摘要: {day}，{village}{kind.title}：{first}，{second}，当天都有人答。\n复核: {REVIEWED}\n日期: {date}\n"
    )
    head += f"来源: {rng.choice(SOURCES)}\n演示: 是\n{SIGNED.format(day=date + datetime.timedelta(days=1))}"
    head += f"渠道: {rng.choice(('[微信, 宣传栏, 广播]', '[微信, 宣传栏]', '[微信]'))}\n"
    body = [f"# {title}", opening]
    if rng.random() < 0.85:
        file, alt = _picture(target, date, slug, rng)
        head += "图片:\n" + CREDIT.format(at="  ", file=file, alt=alt)
        body.append(f"![{alt}]({file})")
    body += _paragraphs(sentences, rng)
    body += _more(date.year, rng, known)
    body += ["## 依据", *_laws(kind, rng, known)]
    links = rng.sample(GUIDES, 3) + ([rng.choice(earlier[-60:])] if earlier else [])
    body += ["## 接着看", "\n".join(f"- [{words}]({to})" for words, to in links)]
    return head + "---\n\n" + "\n\n".join(body) + "\n"


def _paragraphs(sentences: list[str], rng: random.Random) -> list[str]:
    """有的写成段，有的写成列表。"""
    if rng.random() < 0.25:
        return ["## 做了什么", "\n".join(f"- {each}" for each in sentences)]
    return sentences


def _picture(target: Path, date: datetime.date, slug: str, rng: random.Random) -> tuple[str, str]:
    alt = f"线描：{rng.choice(('山下', '河边', '路口', '村口'))}的房子和树，门前摆着{rng.choice(OBJECTS)}"
    photo = rng.random() < 0.3
    file = f"{slug}.assets/xianchang.{'png' if photo else 'svg'}"
    path = target / f"docs/shuangyong/{date.year}" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if photo:
        path.write_bytes(pictures.png(rng))
    else:
        _write(path, pictures.svg(rng, alt))
    return file, alt


def _laws(kind: Kind, rng: random.Random, known: dict[str, list[str]]) -> list[str]:
    there = [each for each in kind.laws if str(each[1]) in known.get(each[0], [])]
    chosen = rng.sample(there, rng.randint(1, len(there)))
    if rng.random() < 0.3:
        chosen.append(("国防教育法", int(rng.choice(known["国防教育法"])), None))
    calls = []
    for name, article, paragraph in dict.fromkeys(chosen):
        calls.append(f'{{{{ law("{name}", {article}{f", 款={paragraph}" if paragraph else ""}) }}}}')
    return calls


def _more(year: int, rng: random.Random, known: dict[str, list[str]]) -> list[str]:
    """一部分活动多一点：数、表、提示框、折叠、别的宏。"""
    found: list[str] = []
    if rng.random() < 0.3:
        found.append(f'全镇{year}年村史馆接待{{{{ figure({year}, "村史馆接待人次") }}}}，这次也算在里面。')
    if rng.random() < 0.15:
        rows = "\n".join(f"| {8 + i}:30 | {rng.choice(PLACES)} | {rng.choice(OBJECTS)} |" for i in range(4))
        found.append(f"| 几点 | 在哪里 | 看什么 |\n|---|---|---|\n{rows}")
        found.append("/// table-caption\n当天的安排\n///")
    if rng.random() < 0.12:
        found.append('!!! tixing "提醒"\n    活动照片不拍军人单位、装备和营区。')
    if rng.random() < 0.08:
        found.append(f'??? note "{rng.choice(QUESTIONS)}"\n    先到镇退役军人服务站问，或者看本栏目的办事指南。')
    if rng.random() < 0.2:
        call = rng.choice(
            (
                'trend("村史馆接待人次")',
                'trend("国防教育活动场次")',
                f'slogans("{rng.choice(known["标语"])}")',
                'places("退役军人服务站")',
                'places("拥军服务窗口")',
                "dates(2026)",
                f'quiz("{rng.choice(known["自测"])}")',
                "activities(3)",
                "reading()",
                "contact()",
                "hall()",
                "service()",
                "figures()",
            )
        )
        found += ["## 一起看", f"{{{{ {call} }}}}"]
    return found

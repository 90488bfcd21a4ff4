"""工作簿里有哪几张表，每一列是哪个键，怎么写进格子、怎么读回来。写的和读的都照这里。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from macros.model import Site
from macros.model.halls import Hall
from macros.model.kinds import KINDS
from macros.model.numerals import WEEKDAYS, from_chinese
from macros.model.places import KINDS as PLACE_KINDS
from macros.model.slogans import BANNER, CATEGORIES, POPULAR
from macros.model.township import Township
from macros.model.values import UNKNOWN, UNVERIFIED
from macros.model.yamlfile import Path_
from macros.model.years import Qualifier

from .cells import day, half, hours, many, phone, text
from .workbook import Cell
from .yamledit import Flow

VERSION = "1"  # 列名、表名改了含义才加
VERSION_WORDS = "工作簿第"
GUIDE, BASE = "说明", "底稿"  # 底稿：做出来的时候各格写着什么，读回来才知道谁改了哪一格
REQUIRED, DROPPED = "一定要填", None
WINDOW = "拥军服务窗口"

STATES = ("待公布", "暂缺", "少于10")
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
# 一年的表：列名 → 别人可能写的列名
YEAR_COLUMNS = {
    "栏目": (),
    "指标": ("指标名称", "项目"),
    "单位": (),
    "值": ("数值", "数", "数量"),
    "限定": (),
    "状态": (),
    "说明": ("备注",),
    "更正日期": (),
    "更正原因": (),
}
YEAR_HEAD = ("来源", "审核日期")
NAMED_YEAR = re.compile(r"(?<!\d)(\d{4}|[二一〇○零三四五六七八九]{4})(?:\(\d+\))?年")


@dataclass(frozen=True)
class Column:
    """一列。

    inside：在哪个键的里面（开放时间的星期一）。blank：空着的写什么；REQUIRED 不许空，DROPPED 就是不写这个键。
    also：别人可能写的列名。made：空着的时候程序自己起（编号）。
    """

    title: str
    read: Callable[[Cell], Any] = text
    width: int = 14
    blank: Any = UNKNOWN
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    inside: str = ""
    made: bool = False
    note: str = ""
    show: Callable[[Any], Any] = lambda value: value

    @property
    def path(self) -> tuple[str, ...]:
        return (self.inside, self.title) if self.inside else (self.title,)


@dataclass(frozen=True)
class Table:
    """一张一行一条的表。

    kind：哪一类数据；within：在那个文件的哪个键里（展品）；own：展品在哪个馆，写在哪一列。
    natural：编号空着时，照哪一列认是不是已经有了。fixed：这张表里都一样的键。
    demo：演示网站里新加的一条，标不标演示。
    """

    name: str
    kind: str
    columns: tuple[Column, ...]
    natural: str
    within: str = ""
    own: str = ""
    fixed: tuple[tuple[str, str], ...] = ()
    spare: int = 20
    demo: bool = True
    also: tuple[str, ...] = ()

    def entries(self, site: Site) -> Iterator[tuple[str, Path_, dict[str, Any], str]]:
        """已经有的各条：文件、位置、写着的值、在哪个馆。"""
        kind = KINDS[self.kind]
        for key in sorted(getattr(site, self.kind)) if kind.folder else [""]:
            doc = site.docs[kind.path(key)]
            if kind.folder and not self.within:
                yield doc.file, (), doc.value, ""
                continue
            items = (doc.value or {}).get(self.within) if self.within else doc.value
            for i, item in enumerate(items or []):
                if all(item.get(name) == value for name, value in self.fixed):
                    yield doc.file, (*([self.within] if self.within else []), i), item, str(key)

    @property
    def order(self) -> tuple[str, ...]:
        """YAML 里键的先后，照模型。"""
        model = {"halls": Hall}.get(self.kind) if not self.within else None
        if model:
            return tuple(each.alias or name for name, each in model.model_fields.items())
        fixed = {"places": ("编号", "名称", "类别", "村")}.get(self.kind, ("编号",))
        return (*fixed, *(c.inside or c.title for c in self.columns if c.title not in fixed), "演示")


# ---- 几种不是一句话的值 ----

CITED = re.compile(
    "《?(?P<law>[^《》]+?)》?第?(?P<article>[^第条]+)条(?P<suffix>之[一二三四五六七八九])?(?:第?(?P<paragraph>[^第款]+)款)?"
)


def show_source(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "文件" in value:
        return value["文件"]
    paragraph = f"第{value['款']}款" if value.get("款") else ""
    article, _, suffix = str(value["条"]).partition("之")
    return f"{value['法']}第{article}条{'之' if suffix else ''}{suffix}{paragraph}"


def read_source(cell: Cell) -> Any:
    said = text(cell)
    if said is None or said == POPULAR:
        return said
    found = CITED.fullmatch(re.sub(r"\s", "", said))
    article, paragraph = _number(found["article"]) if found else None, _number(found["paragraph"]) if found else None
    if found is None or article is None:
        return Flow({"文件": said})
    law = found["law"].removeprefix("中华人民共和国")
    number: int | str = f"{article}{found['suffix']}" if found["suffix"] else article
    return Flow({"法": law, "条": number} | ({"款": paragraph} if paragraph else {}))


def _number(said: str | None) -> int | None:
    return (int(said) if said.isascii() and said.isdigit() else from_chinese(said)) if said else None


def show_list(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value


def built(cell: Cell) -> Any:
    """建成年份：2021、2021年。"""
    found = half(cell)
    year = re.fullmatch(r"(\d{4})年?", found or "")
    return int(year[1]) if year else found


# ---- 各张表 ----

CODE = Column("编号", half, 22, REQUIRED, made=True, note="已有的不要改；新的一行空着，程序会起")
REVIEWED = Column("复核日期", day, 13, UNVERIFIED, note="打电话或到现场核对的那一天；没有核对的写 待核对")
PLACE = (
    CODE,
    Column("名称", width=32, blank=REQUIRED, also=("单位名称", "窗口名称"), note="门上写的全称"),
    Column("类别", width=18, blank=REQUIRED, choices=PLACE_KINDS),
    Column("村", width=12, blank=DROPPED, also=("村名", "所在村", "行政村")),
    Column("地址", width=36, also=("办公地址", "地点"), note="文字写清，不用地图"),
    Column("时间", width=36, also=("办公时间", "服务时间", "接待时间"), note="星期几、几点到几点"),
    Column("电话", phone, 18, also=("联系电话", "办公电话", "咨询电话"), note="只写办公电话，不写个人手机"),
    Column("事项", width=48, also=("服务事项", "服务内容", "办理事项"), note="能办什么，一两句"),
    REVIEWED,
)
PLACES = Table("办事的地方", "places", PLACE, "名称")
WINDOWS = Table(
    "服务窗口",
    "places",
    tuple(column for column in PLACE if column.title != "类别"),
    "名称",
    fixed=(("类别", WINDOW),),
    also=("村级窗口", "拥军服务窗口", "各村窗口"),
)
SLOGANS = Table(
    "标语",
    "slogans",
    (
        Column("编号", half, 12, REQUIRED, made=True, note=CODE.note),
        Column("文本", width=56, blank=REQUIRED, also=("标语", "内容", "标语内容"), note="出自法律的一字不改"),
        Column("类别", width=18, blank=REQUIRED, choices=CATEGORIES),
        Column(
            "出处",
            read_source,
            36,
            REQUIRED,
            note=f"如 国防教育法第7条、国防法第53条第2款；文件写《文件名》（年份）；都不是的写 {POPULAR}",
            show=show_source,
        ),
        Column("用于", many, 24, REQUIRED, note=f"几样用顿号隔开；{BANNER} 不超过20字，标点不算", show=show_list),
        Column("审核", day, 13, UNVERIFIED, also=("审核日期",), note="审完的那一天"),
        Column("起用", day, 13, REQUIRED, also=("起用日期",), note="哪天开始用"),
        Column("停用", day, 13, DROPPED, also=("停用日期",), note="不用了才写"),
    ),
    "文本",
    demo=False,
)
HALLS = Table(
    "村史馆",
    "halls",
    (
        Column("编号", half, 18, REQUIRED, made=True, note=CODE.note),
        Column("名称", width=24, blank=REQUIRED, note="以挂牌为准"),
        Column("所在村", width=12, blank=REQUIRED, also=("村", "村名")),
        Column("状态", width=8, blank=REQUIRED, choices=("开放", "建成", "在建")),
        Column("简介", width=48),
        Column("地址", width=36, note="文字路线，不用地图"),
        *(
            Column(name, hours, 16, inside="开放时间", note="如 9:00—11:30，14:00—16:30；不开写 闭馆；都没定写 待公布")
            for name in WEEKDAYS
        ),
        Column("收费", width=20),
        Column("预约", width=24),
        Column("电话", phone, 18, note="只写办公电话"),
        Column("讲解", width=24),
        Column("无障碍", width=24),
        Column("交通", width=30),
        Column("建成年份", built, 10),
        Column("面积", width=14),
        Column("展厅数", width=10),
        Column("藏品数", width=24, note="写明哪天统计的"),
        Column("来源", width=24, note="以上内容是谁提供的"),
        Column("复核日期", day, 13, REQUIRED, note="打电话或到馆里核对的那一天"),
    ),
    "名称",
    spare=5,
)
EXHIBITS = Table(
    "展品",
    "halls",
    (
        Column("馆", half, 18, REQUIRED, note="村史馆的编号，见「村史馆」表"),
        Column("编号", half, 8, REQUIRED, made=True, note="印在展签上，定了不改；新的一行空着"),
        Column("名称", width=18, blank=REQUIRED),
        Column("年代", width=14, note="不确定写 约"),
        Column("材质", width=18),
        Column("来源", width=24, note="村民捐赠，不署名；本人同意署名的除外"),
        Column("故事", width=72, note="两三句，不写哪一户"),
    ),
    "名称",
    within="展品",
    own="馆",
    demo=False,
)
TABLES = (PLACES, WINDOWS, SLOGANS, HALLS, EXHIBITS)

# 本栏目：一行一项。项目 → 在 data/township.yml 的哪里、空着写什么、怎么填
FACTS = "本栏目"
FACT_COLUMNS = ("项目", "内容", "怎么填")


def _facts() -> Iterator[Column]:
    asked = {
        "site_name": (text, REQUIRED, "××镇国防教育专栏"),
        "name": (text, REQUIRED, "镇名"),
        "host": (text, REQUIRED, "单位全称，如 ××镇人民政府"),
        "url": (half, DROPPED, "栏目首页的网址，https 开头，以 / 结尾；还没有就空着"),
        "parent": (text, REQUIRED, "县政府门户网站的专栏，或 独立域名"),
        "corrections": (phone, UNKNOWN, "收意见和纠错的办公电话"),
        "email": (half, UNKNOWN, "办公邮箱"),
        "address": (text, UNKNOWN, "文字地址"),
    }
    for name, (read, blank, note) in asked.items():
        yield Column(Township.model_fields[name].alias or name, read, blank=blank, note=note)
    for each in Township.model_fields["identifiers"].annotation.model_fields.values():  # type: ignore[union-attr]
        yield Column(str(each.alias), half, blank=DROPPED, inside="页脚标识", note="还没有就空着，不要编")


FACT_ROWS = tuple(_facts())
ACTIVITIES = "活动"
ACTIVITY_COLUMNS = {"日期": 13, "标题": 48, "来源": 24, "渠道": 18, "稿件": 8, "保密审查日期": 14, "文件": 44}


def plain(title: Any) -> str:
    """表头的字：去掉空白、括号里的单位、星号。"""
    words = re.sub(r"[\s\u3000*＊：:]", "", str(title or ""))
    return re.sub(r"[（(][^（）()]*[）)]", "", words)

"""公开以前必须成立的事。每项检查：Subject → 问题清单；不认识 MkDocs，也不认识 channels。"""

from __future__ import annotations

from collections.abc import Iterable

from macros.model import Problem, errors
from macros.model.problem import ERROR

from .built import built
from .drafting import drafting
from .exemptions import exemptions
from .freshness import freshness
from .law import law
from .pages import pages
from .privacy import privacy
from .rules import rules
from .said import said
from .secrecy import secrecy
from .shown import shown
from .signoff import signoff
from .subject import Check, Subject
from .terms import terms


def data(subject: Subject) -> Iterable[Problem]:
    """读 data/ 的时候发现的问题。"""
    return subject.site.data_problems


CHECKS = {
    check.name: check
    for check in (
        Check("data", "数据的写法、键名、取值，几个文件之间对不对得上", "STYLE.md S、G；国办秘函〔2019〕19号", data),
        Check("pages", "页眉、宏、标题层次、图片、表格、链接、文件名", "STYLE.md G、T、L；国办发〔2017〕47号", pages),
        Check("shown", "写了的字都在网页上，一个不少，先后一样", "STYLE.md G-9", shown),
        Check("said", "要上广播的，每个记号都念得出来", "STYLE.md W-20", said),
        Check("law", "法律名称、版本、条、款，和 data/laws/ 核对", "STYLE.md F；国办秘函〔2019〕19号", law),
        Check(
            "terms",
            "过时的名称、固定表述、绝对化和歧视性的话、标点、异形字",
            "STYLE.md W、C、R、B；国办秘函〔2019〕19号",
            terms,
        ),
        Check("drafting", "模板里的话、摘要和标题的长短、缺年份的日子、多出来的空白", "STYLE.md G、R、W、S", drafting),
        Check(
            "privacy",
            "身份证号、手机号、银行卡号、住址、私人的姓名、病情、残疾等级、未成年人，照片的位置信息",
            "个人信息保护法第二十五条、第二十八条",
            privacy,
        ),
        Check(
            "secrecy", "民兵、征兵、部队、装备、位置，分村分年的汇总", "保守国家秘密法第三十五条、第三十六条", secrecy
        ),
        Check(
            "signoff", "审签，和发布记录 data/published.csv 对", "STYLE.md J、R-8、L-3；国办秘函〔2019〕19号", signoff
        ),
        Check("freshness", "多久没有复核、没有更新", "国办秘函〔2019〕19号", freshness),
        Check("rules", "词表每条规则的例都报得出来，反例都不报", "STYLE.md M-1", rules),
        Check("exemptions", "放行有没有过期、还用不用得上", "STYLE.md M-1", exemptions),
        Check(
            "built",
            "生成好的网站：链接、外部请求、标签、页脚、网站地图（加 --site）",
            "国办发〔2017〕47号",
            built,
            built=True,
        ),
    )
}


def run(subject: Subject, names: Iterable[str] = ()) -> list[Problem]:
    """一项检查自己坏了，也是一处错误，别的照查。读的时候已经报过的，同一行同一条款不再报一遍。"""
    found: set[Problem] = set()
    for name in names or CHECKS:
        check = CHECKS[name]
        if check.built and subject.built is None:
            continue
        try:
            found |= set(check.run(subject))
        except Exception as error:  # 什么错都要变成一句话
            what = f"检查 {name} 没有做完（{type(error).__name__}）"
            found.add(Problem(f"checks/{name}.py", 1, 1, ERROR, what, "这一项等于没查；把这一行告诉技术人员"))
    own = set(subject.site.problems)
    read = {(p.file, p.line, p.clause) for p in errors(own) if p.clause}
    return sorted(p for p in subject.site.graded(found) if p in own or (p.file, p.line, p.clause) not in read)


__all__ = ["CHECKS", "Subject", "run"]

"""全部坏法。"""

from . import (
    Case,
    Wanted,
    calendar,
    figures,
    halls,
    headers,
    laws,
    lists,
    names,
    pages,
    public,
    rules,
    township,
    values,
    wanted_of,
    wording,
    yml,
)
from .owed import OWED

TABLES = (yml, values, names, township, figures, halls, lists, calendar, laws, headers, pages, rules, wording, public)
CASES: list[Case] = [case for table in TABLES for case in table.CASES]
BY_ID = {case.id: case for case in CASES}


def today(case: Case) -> tuple[Wanted, ...]:
    """这一例今天报什么；不在 owed.py 里的，就是应当报的。"""
    return wanted_of(OWED[case.id], next(iter(case.edits), ""), 1) if case.id in OWED else case.wanted

"""全部坏法。"""

from . import (
    Case,
    attachments,
    calendar,
    drafts,
    figures,
    grammar,
    halls,
    headers,
    laws,
    lists,
    names,
    pages,
    people,
    public,
    rules,
    targets,
    township,
    values,
    wording,
    yml,
)

TABLES = (
    yml,
    values,
    names,
    township,
    figures,
    halls,
    lists,
    calendar,
    laws,
    headers,
    drafts,
    pages,
    people,
    grammar,
    rules,
    wording,
    public,
    targets,
    attachments,
)
CASES: list[Case] = [case for table in TABLES for case in table.CASES]
BY_ID = {case.id: case for case in CASES}

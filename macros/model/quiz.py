"""data/quiz.yml：自测题。不记分、不排名，每题给解释和法条。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from .nearest import likely
from .record import Record, key
from .validation import unique
from .values import Citation, Slug, Text
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


class Quiz(Record):
    """一道自测题。"""

    id: Slug = key("编号")
    topic: Text = key("主题")
    question: Text = key("题")
    options: Annotated[list[Text], Field(min_length=2, max_length=8)] = key("选项")
    answer: Text = key("答案", description="和选项里的一项一字不差")
    explanation: Text = key("解释")
    basis: Citation = key("依据")


def rules(quizzes: list[Quiz], doc: Doc, site: Site) -> None:
    unique(doc, "编号")
    index = {str(item.get("编号")).strip(): i for i, item in enumerate(doc.value or []) if isinstance(item, dict)}
    for quiz in quizzes:
        at = index[quiz.id]
        if quiz.answer not in quiz.options:
            doc.error((at, "答案"), f"答案「{quiz.answer}」不在选项里", likely(quiz.answer, quiz.options))
        if len(set(quiz.options)) != len(quiz.options):
            doc.error((at, "选项"), "有两个选项一样", "改掉一个")
        site.laws.check(doc, (at, "依据"), quiz.basis)

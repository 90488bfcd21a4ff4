"""由数据模型写出 JSON Schema，编辑器据此补全和提示。python -m macros.model.schemas"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .calendar import Calendar
from .halls import Hall
from .indicators import Indicator
from .laws import Sources
from .links import Link
from .places import Place
from .quiz import Quiz
from .reading import Book
from .rulesets import Exemption, Part, Period, Phrase, Rule
from .services import Service
from .slogans import Slogan
from .township import Township
from .years import Year

# 文件名 → 类型；和 .vscode/settings.json 里的对应
SCHEMAS: dict[str, Any] = {
    "township": Township,
    "indicators": dict[str, Indicator],
    "years": Year,
    "halls": Hall,
    "services": Service,
    "places": list[Place],
    "slogans": list[Slogan],
    "calendar": Calendar,
    "reading": list[Book],
    "quiz": list[Quiz],
    "synonyms": dict[str, list[str]],
    "links": list[Link],
    "redirects": dict[str, str],
    "rules": list[Rule],
    "phrases": list[Phrase],
    "freshness": list[Period],
    "exemptions": list[Exemption],
    "parts": list[Part],
    "laws": Sources,
}


def schema(kind: Any) -> str:
    value = TypeAdapter(kind).json_schema(by_alias=True)
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **value}, ensure_ascii=False, indent=1)
        + "\n"
    )


def main(folder: Path = Path("schemas")) -> None:
    folder.mkdir(exist_ok=True)
    for name, kind in SCHEMAS.items():
        (folder / f"{name}.json").write_text(schema(kind), encoding="utf-8")


if __name__ == "__main__":
    main()

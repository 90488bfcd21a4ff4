"""由数据模型写出 JSON Schema 和编辑器的设置，编辑器据此补全和提示。python -m macros.model.schemas"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from .disk import write
from .door import Door
from .kinds import KINDS

USAGE = "用法：python -m macros.model.schemas [--root 项目的文件夹]"
# 文件名 → 类型
SCHEMAS: dict[str, Any] = {kind.name: kind.schema for kind in KINDS.values() if kind.schema}
EDITOR = ".vscode/settings.json"


def schema(kind: Any) -> str:
    value = TypeAdapter(kind).json_schema(by_alias=True)
    value = {"$schema": "https://json-schema.org/draft/2020-12/schema", **value}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def editor_settings() -> str:
    """哪些数据文件、模板照哪一份 schema。"""
    lines = []
    for name in SCHEMAS:
        template = KINDS[name].template
        files = [KINDS[name].path("*"), *([f"data/_moban/{template}"] if template else [])]
        lines.append(f'    "schemas/{name}.json": {json.dumps(files, ensure_ascii=False)}')
    mapped = ",\n".join(lines)
    return f'{{\n  "yaml.schemas": {{\n{mapped}\n  }},\n  "files.eol": "\\n",\n  "files.encoding": "utf8"\n}}\n'


def write_all(root: Path) -> str:
    for name, kind in SCHEMAS.items():
        write(root / f"schemas/{name}.json", schema(kind).encode())
    write(root / EDITOR, editor_settings().encode())
    return f"schemas/ 写好了，{len(SCHEMAS)} 份。"


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: write_all(asked.root)))

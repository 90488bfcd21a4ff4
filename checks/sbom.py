"""python -m checks.sbom：软件物料清单（CycloneDX），写到 dist/sbom.cdx.json。

Python 的库由 cyclonedx-py 照装好的环境列出；网页里带的脚本照 docs/assets/vendor/ 的记录加上。
没有时间、没有随机编号：同样的环境，同样的字节。
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

TARGET = "dist/sbom.cdx.json"
VENDORED = "docs/assets/vendor"


def write(root: Path) -> int:
    """返回写了几个组件；写不成抛 OSError、ValueError、KeyError、CalledProcessError。"""
    bom = json.loads(_environment(root))
    scripts = list(_vendored(root))
    bom["components"] += scripts
    bom["dependencies"] += [{"ref": each["bom-ref"]} for each in scripts]
    text = json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong:
        raise ValueError(str(wrong))
    target = root / TARGET
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return len(bom["components"])


def _environment(root: Path) -> str:
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--sv=1.6"]
    command += [f"--pyproject={root / 'pyproject.toml'}", sys.executable]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def _vendored(root: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((root / VENDORED).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        yield {
            "bom-ref": f"{record['名称']}@{record['版本']}",
            "type": "library",
            "name": record["名称"],
            "version": record["版本"],
            "description": record["来源"],
            "purl": f"pkg:npm/{record['名称']}@{record['版本']}",
            "licenses": [{"license": {"id": record["许可"]}}],
            "hashes": [{"alg": "SHA-256", "content": record["sha256"]}],
        }


if __name__ == "__main__":
    try:
        print(f"{TARGET}：{write(Path())} 个组件")
    except (OSError, ValueError, KeyError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", None) or error).strip().split("\n")
        sys.exit(f"没有写成软件物料清单，请把这一行告诉技术人员：{said[-1]}")

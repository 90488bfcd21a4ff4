"""python -m release.sbom：软件物料清单（CycloneDX），写到 dist/sbom.cdx.json。

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

from macros.model.disk import write
from macros.model.door import Door
from macros.model.refusal import Refusal

USAGE = "用法：python -m release.sbom [--root 项目的文件夹]"
TARGET = "dist/sbom.cdx.json"
VENDORED = "docs/assets/vendor"


def bill(root: Path) -> str:
    bom = json.loads(_environment(root))
    scripts = list(_vendored(root))
    bom["components"] += scripts
    bom["dependencies"] += [{"ref": each["bom-ref"]} for each in scripts]
    text = json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong:
        raise Refusal(f"{TARGET} 不合 CycloneDX 的规定：{str(wrong).splitlines()[0]}", "把这一行告诉技术人员")
    write(root / TARGET, text.encode())
    return f"{TARGET}：{len(bom['components'])} 个组件"


def _environment(root: Path) -> str:
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--sv=1.6"]
    command += [f"--pyproject={root / 'pyproject.toml'}", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise Refusal(f"没有列出装好的库：{said}", "把这一行告诉技术人员")
    return done.stdout


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
    sys.exit(Door(USAGE).enter(lambda asked: bill(asked.root)))

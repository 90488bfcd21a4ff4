"""python -m release.sbom：软件物料清单（CycloneDX），写到 dist/sbom.cdx.json。

Python 的库由 cyclonedx-py 照装好的环境列出；网页里没有别人的脚本。
没有时间、没有随机编号：同样的环境，同样的字节。
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from macros.model.disk import write
from macros.model.door import Door
from macros.model.refusal import Refusal

USAGE = "用法：python -m release.sbom [--root 项目的文件夹]"
TARGET = "dist/sbom.cdx.json"


def bill(root: Path) -> str:
    bom = json.loads(_environment(root))
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


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: bill(asked.root)))

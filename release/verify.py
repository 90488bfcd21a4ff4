"""python -m release.verify 文件夹：一份网站的副本，和它自己的清单对不对得上：不多、不少、没改过。"""

from __future__ import annotations

import sys
from pathlib import Path

from macros.model.door import Door, filled
from macros.model.refusal import Refusal

from .artifact import faults, read_manifest

USAGE = "用法：make verify SITE=网站的文件夹"
SHOWN = 20


def verify(folder: Path) -> str:
    manifest = read_manifest(folder)
    if manifest is None:
        raise Refusal(f"{folder} 里没有文件清单 manifest.json", "核对文件夹的名字；清单没了的，重新发布")
    wrong = faults(folder, manifest)
    if wrong:
        more = f"\n  …… 共 {len(wrong)} 处" if len(wrong) > SHOWN else ""
        listed = "".join(f"\n  {each}" for each in wrong[:SHOWN])
        raise Refusal(f"{folder} 和清单对不上：{listed}{more}\n有人动过或没有传完", "重新发布，并查清原因")
    return f"{folder} 和清单一致：{len(manifest.files)} 个文件，来源 {manifest.sources[:12] or '没有记下'}。"


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("target", type=filled)
    sys.exit(door.enter(lambda asked: verify(Path(asked.target))))

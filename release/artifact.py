"""要发布的东西：生成好的网站 site/ 和它的清单。

清单随网站一起发布，发布时再写上哪个提交、什么时候、哪台电脑：下一次发布先看它。
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from macros.model.refusal import Refusal
from macros.model.sources import CONFIG, FOLDERS, digest, files, sha256

MANIFEST = "manifest.json"
DEMO = re.compile(rb'class="demo(?:-line)?"|' + "演示内容，不代表任何真实乡镇".encode())
SHOWN = 3


@dataclass(frozen=True)
class Manifest:
    """sources：来源的散列。files：网站的文件 → sha256。kept：上一版的文件，留到下一次发布再删。

    commit、when、who：由哪个提交、什么时候、在哪里发布的；还没有发布的为空。
    """

    sources: str
    files: dict[str, str]
    commit: str = ""
    when: str = ""
    who: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def checksum(self) -> str:
        """全部文件名和内容的散列。"""
        return hashlib.sha256(json.dumps(self.files, sort_keys=True).encode()).hexdigest()

    def dump(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def parsed(content: bytes | None) -> Manifest | None:
    """读不出来的为 None。"""
    try:
        value = json.loads(content or b"")
        texts = {name: str(value.get(name, "")) for name in ("commit", "when", "who")}
        return Manifest(value["sources"], dict(value["files"]), kept=dict(value.get("kept", {})), **texts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_manifest(folder: Path) -> Manifest | None:
    path = folder / MANIFEST
    return parsed(path.read_bytes()) if path.is_file() else None


def faults(folder: Path, manifest: Manifest) -> list[str]:
    """和清单对不上的文件：少了、多了、改过。留着的旧文件可有可无。"""
    listed = manifest.files
    present = {name for name in files(folder) if name != MANIFEST}
    found = [f"少了 {name}" for name in sorted(set(listed) - present)]
    found += [f"多了 {name}" for name in sorted(present - set(listed) - set(manifest.kept))]
    return found + [f"{name} 改过" for name in sorted(present & set(listed)) if sha256(folder / name) != listed[name]]


def expect_built(root: Path, folder: Path) -> Manifest:
    """网站要正是由现在的内容生成的，一个文件不多、不少、不改。"""
    manifest = read_manifest(folder)
    if manifest is None:
        raise Refusal(f"{folder} 里没有生成好的网站", "先运行 make site")
    if manifest.sources != digest(root):
        changed = f"{'、'.join(FOLDERS)} 或 {CONFIG} 在生成以后改过"
        raise Refusal(f"{folder} 不是由现在的内容生成的（{changed}）", "重新 make site，看过再发布")
    if wrong := faults(folder, manifest):
        more = f" 等 {len(wrong)} 处" if len(wrong) > SHOWN else ""
        raise Refusal(f"{folder} 生成以后被动过：{'、'.join(wrong[:SHOWN])}{more}", "重新 make site")
    return manifest


def refuse_demo(folder: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        if name.endswith(".html") and DEMO.search((folder / name).read_bytes()):
            raise Refusal(f"网页 {name} 上有演示内容，不能发布", "换成真实内容，再 make site")


def kept(old: Manifest | None, new: Manifest, withdrawn: tuple[str, ...]) -> dict[str, str]:
    """旧版里新版没有的：开着旧网页的人还要用，留到下一次发布。撤下的页面的图片马上删。"""
    return {
        name: checksum
        for name, checksum in (old.files.items() if old else ())
        if name not in new.files and not name.startswith(withdrawn)
    }

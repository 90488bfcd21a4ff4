"""逐件做，记清单：做成的进 dist/manifest.json，没做成的说明是哪一页、怎么办，不连累别的。"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from macros.model.disk import alone, write
from macros.model.refusal import explained

from .job import Job

MANIFEST = "manifest.json"
KEYS = ".inputs.json"  # 上一次每个文件的材料的散列


@dataclass
class Report:
    """一次运行的结果。

    failed：文件、来自哪一页、原因；waiting：待公布的一样 → 没有印它的几页；rows：dist/ 里现在有的。
    """

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.failed


def run(jobs: Iterable[Job], dist: Path, whole: bool = False) -> Report:
    """材料和程序没变、文件还在的不重做。先写旁边的临时文件再改名，不会留下半个文件。

    whole：这次是全部渠道；清单里有、这次没有的（页面撤下了、标语停用了）从 dist/ 删掉。
    """
    report = Report()
    dist.mkdir(parents=True, exist_ok=True)
    with alone(dist / ".lock", f"另一次 make channels 正在写 {dist}"):
        _all(jobs, dist, whole, report)
    return report


def _all(jobs: Iterable[Job], dist: Path, whole: bool, report: Report) -> None:
    keys = _read(dist / KEYS)
    manifest = {row["file"]: row for row in _read(dist / MANIFEST).get("files", [])}
    wanted: set[str] = set()
    for job in jobs:
        wanted.add(job.path)
        path, key = dist / job.path, _key(job)
        if keys.get(job.path) == key and path.is_file():
            report.kept.append(job.path)
        else:
            try:
                write(path, job.make())
            except Exception as error:  # 一件做不成，别的照做；旧的那份不留，免得当成新的
                report.failed.append((job.path, job.source, str(explained(error, dist))))
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                continue
            keys[job.path] = key
            report.made.append(job.path)
            _say(f"  {job.path}")
        manifest[job.path] = _row(job, path.read_bytes())
        for each in job.waiting:
            titles = report.waiting.setdefault(each, [])
            if job.title not in titles:
                titles.append(job.title)
    if whole:
        for name in sorted(set(manifest) - wanted):
            (dist / name).unlink(missing_ok=True)
            report.removed.append(name)
    report.rows = [manifest[name] for name in sorted(manifest) if (dist / name).is_file()]
    try:
        write(dist / MANIFEST, _json({"files": report.rows}))
        write(dist / KEYS, _json({name: keys[name] for name in sorted(keys)}))
    except OSError as error:
        report.failed.append((MANIFEST, "清单", str(explained(error, dist))))


def table(report: Report) -> str:
    """最后的一张表：做了几件，哪几件没做成。"""
    lines = [f"做成 {len(report.made)} 件，没有变化 {len(report.kept)} 件，没做成 {len(report.failed)} 件。"]
    lines += [f"已删掉不再需要的 {path}" for path in report.removed]
    lines += [f"提醒：纸上没有印「{each}」，还是待公布：{_few(titles)}" for each, titles in report.waiting.items()]
    lines += [f"没做成 {path}（来自 {source}）：{why}" for path, source, why in report.failed]
    return "\n".join(lines)


def _few(titles: list[str]) -> str:
    return "、".join(titles[:3]) + (f" 等 {len(titles)} 张" if len(titles) > 3 else "")


@cache
def program() -> str:
    """渠道的程序和模板的散列：程序改了，做出来的也要重做。"""
    here = Path(__file__).parent
    ours = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".typ", ".j2", ".css"))
    digest = hashlib.sha256()
    for path in ours:
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _day(job: Job) -> str:
    return job.date.isoformat() if job.date else ""


def _key(job: Job) -> str:
    digest = hashlib.sha256()
    for each in (program(), job.path, job.title, _day(job), *job.inputs):
        data = each if isinstance(each, bytes) else each.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _row(job: Job, content: bytes) -> dict[str, Any]:
    return {
        "file": job.path,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "source": job.source,
        "title": job.title,
        "date": _day(job),
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _say(line: str) -> None:
    """在终端上一件一行；CI 里不出声。"""
    if sys.stdout.isatty():
        print(line, flush=True)

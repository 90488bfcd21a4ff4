"""发布以后像居民一样打开看看：网址上的，是不是刚发的这一版。只说，不拦：前面可能有缓存。"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from urllib.parse import quote

from macros.model.targets import Target

from .artifact import MANIFEST, Manifest

SAMPLE = 6
SECONDS = 15


def look(target: Target, manifest: Manifest) -> Iterator[str]:
    """没有写网址的不看。"""
    if target.url is None:
        return
    base = target.url if target.url.endswith("/") else target.url + "/"
    wanted = {name: manifest.files[name] for name in _sample(manifest)}
    wanted[MANIFEST] = hashlib.sha256(manifest.dump()).hexdigest()
    said = {name: _trouble(base + quote(name), checksum) for name, checksum in wanted.items()}
    if wrong := "、".join(f"{name}（{trouble}）" for name, trouble in said.items() if trouble):
        yield f"{target.name}：打开 {base} 看，这几个不对：{wrong}；前面有缓存的，刷新缓存再看"
    else:
        yield f"{target.name}：打开 {base} 看过 {len(wanted)} 个文件，都是这一版"


def _sample(manifest: Manifest) -> list[str]:
    """首页，和隔着取的几个文件。"""
    names = sorted(manifest.files)
    return [*({"index.html"} & set(names)), *names[:: max(1, len(names) // SAMPLE)]]


def _trouble(url: str, checksum: str) -> str:
    """打开的是不是那个文件；是为空。"""
    try:
        request = urllib.request.Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content = answer.read()
    except urllib.error.HTTPError as error:
        return f"返回 {error.code}"
    except (OSError, HTTPException, ValueError):
        return "打不开"
    return "" if hashlib.sha256(content).hexdigest() == checksum else "不是这一版"

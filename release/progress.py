"""传了多少、还要多久：只给坐在屏幕前的人看，自动运行时不打印。"""

from __future__ import annotations

import json
import sys

MEGA = 1_000_000


def show(place: str, entry: str) -> None:
    """entry：rclone 的一行记录。"""
    if not sys.stderr.isatty():
        return
    try:
        stats = json.loads(entry)["stats"]
        sent, total, left = stats["bytes"], stats["totalBytes"], stats["eta"]
    except (ValueError, KeyError, TypeError):
        return
    wait = "" if left is None else f"，还要约 {left} 秒"
    sys.stderr.write(f"\r{place}：传了 {sent / MEGA:.1f} / {total / MEGA:.1f} MB{wait}\033[K")
    sys.stderr.flush()


def done() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()

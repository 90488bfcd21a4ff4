"""颜色配置（ICC）：只留算颜色的几样；显示器的型号和序号、做配置的软件和日子不留。"""

from __future__ import annotations

import io
import struct

from PIL import ImageCms

KEPT = {b"wtpt", b"bkpt", b"chad", b"cicp", b"lumi", b"gamt", b"kTRC"}
KEPT |= {colour + kind for colour in (b"r", b"g", b"b") for kind in (b"XYZ", b"TRC")}
KEPT |= {table + number for table in (b"A2B", b"B2A") for number in (b"0", b"1", b"2")}
MADE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
NAME = "ICC"
LARGEST = 64 * 1024  # 印刷用的配置比照片还大


def bare(profile: bytes, mode: str) -> bytes:
    """和画面对不上的、读不出的为空：照 sRGB 看。"""
    space = {"L": b"GRAY", "LA": b"GRAY", "1": b"GRAY"}.get(mode, b"RGB ")
    try:
        if profile[36:40] != b"acsp" or profile[16:20] != space or len(profile) > LARGEST:
            return b""
        rebuilt = _rebuilt(profile)
        ImageCms.getOpenProfile(io.BytesIO(rebuilt))
    except (struct.error, OSError, ValueError, ImageCms.PyCMSError):
        return b""
    return rebuilt


def _rebuilt(profile: bytes) -> bytes:
    named = profile[8] >= 4
    tags = {b"desc": _words(NAME) if named else _description(), b"cprt": _words(NAME) if named else _text()}
    for number in range(min(struct.unpack_from(">I", profile, 128)[0], 100)):
        tag, offset, length = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        if tag in KEPT and offset + length <= len(profile):
            tags[tag] = profile[offset : offset + length]
    table, data, places = b"", b"", {}
    start = 132 + 12 * len(tags)
    for tag, body in tags.items():
        if body not in places:
            places[body] = start + len(data)
            data += body + b"\0" * (-len(body) % 4)
        table += struct.pack(">4sII", tag, places[body], len(body))
    head = profile[8:24] + MADE + profile[36:44] + profile[44:48] + b"\0" * 8 + profile[56:80] + b"\0" * 48
    return struct.pack(">I4x", start + len(data)) + head + struct.pack(">I", len(tags)) + table + data


def _words(text: str) -> bytes:
    written = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII4sII", 1, 12, b"enUS", len(written), 28) + written


def _description() -> bytes:
    return b"desc" + struct.pack(">4xI", len(NAME) + 1) + NAME.encode() + b"\0" * (1 + 8 + 3 + 67)


def _text() -> bytes:
    return b"text" + b"\0" * 4 + NAME.encode() + b"\0"

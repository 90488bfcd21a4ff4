"""图片文件是一段一段接起来的：只留画面要的几段。照片、PNG、WebP 各有各的接法。"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

JPEG, PNG, WEBP, GIF = "JPEG", "PNG", "WEBP", "GIF"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"iCCP"}
NUMBERS = {b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"pHYs": 9}  # 只有几个数，这么长
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
WEBP_SAID = 0b00001100  # VP8X 里说后面有 EXIF、XMP 的两位
JFIF, ADOBE, ICC = b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"
MOST = 1 << 28  # 解开以后至多这么大


class Broken(ValueError):
    """不是完整的图片。"""


def only(kind: str, content: bytes) -> bytes:
    """只留画面和颜色配置，别的段、末尾多出来的都不要。"""
    try:
        found = {JPEG: _jpeg, PNG: _png, WEBP: _webp, GIF: _gif}[kind](content)
        return b"".join(found)
    except (IndexError, struct.error, zlib.error) as error:
        raise Broken(str(error)) from None


def _jpeg(content: bytes) -> Iterator[bytes]:
    if content[:2] != b"\xff\xd8":
        raise Broken("SOI")
    yield content[:2]
    at = 2
    while True:
        if content[at] != 0xFF:
            raise Broken("marker")
        marker = content[at + 1]
        if marker == 0xD9:
            yield content[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        body = content[at + 4 : end]
        if marker == 0xDA:
            end = _scan(content, end)
        if _in_picture(marker, body):
            yield content[at:end]
        at = end


def _scan(content: bytes, at: int) -> int:
    """压缩的画面到哪里为止：后面是另一段的开头。"""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Broken("scan")
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _in_picture(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body[:5] == JFIF and len(body) == 14  # 没有缩略图的
    if marker == 0xE2:
        return body.startswith(ICC)
    if marker == 0xEE:
        return body[:5] == ADOBE and len(body) == 12
    return marker in (0xDA, 0xDB, 0xC4, 0xDD) or (0xC0 <= marker <= 0xCF and marker != 0xC8)


def _png(content: bytes) -> Iterator[bytes]:
    if not content.startswith(SIGNATURE):
        raise Broken("PNG")
    yield SIGNATURE
    at, packed = len(SIGNATURE), b""
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise Broken("chunk")
        packed += content[at + 8 : end - 4] if name == b"IDAT" else b""
        if name in PNG_KEPT or NUMBERS.get(name) == length:
            yield content[at:end]
        at = end
        if name == b"IEND":
            break
    unpacking = zlib.decompressobj()
    unpacking.decompress(packed, MOST)
    if unpacking.unused_data:  # 裁过的截图，裁掉的部分会留在这里
        raise Leftover


class Leftover(Broken):
    """压缩的画面后面还有东西：要重新存一遍。"""


def _webp(content: bytes) -> Iterator[bytes]:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise Broken("WEBP")
    body = b"".join(_chunks(content[12 : 8 + struct.unpack_from("<I", content, 4)[0]]))
    yield b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunks(content: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        data = content[at + 8 : at + 8 + length]
        if len(data) < length:
            raise Broken("chunk")
        if name in WEBP_KEPT:
            if name == b"VP8X":
                data = bytes([data[0] & ~WEBP_SAID]) + data[1:]
            if name == b"ANMF":
                data = data[:16] + b"".join(_chunks(data[16:]))
            yield name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        at += 8 + length + length % 2


def _gif(content: bytes) -> Iterator[bytes]:
    """留画面、每一帧的时间和循环；备注、别的软件写的不要。"""
    at = 13 + _palette(content[10])
    yield content[:at]
    while content[at] != 0x3B:
        start = at
        if content[at] == 0x2C:
            at += 11 + _palette(content[at + 9])
        elif content[at] == 0x21:
            at += 2
        else:
            raise Broken("block")
        while content[at]:
            at += 1 + content[at]
        at += 1
        if content[start] == 0x2C or content[start + 1] == 0xF9 or content[start + 3 :].startswith(b"NETSCAPE2.0"):
            yield content[start:at]
    yield b";"


def _palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0

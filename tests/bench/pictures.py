"""编出来的小图：线描 SVG、小 PNG。"""

from __future__ import annotations

import random
import struct
import zlib

INK, RED = "#1d5a41", "#a5361b"


def svg(rng: random.Random, title: str) -> str:
    """房子、树、远山，每一张不一样。"""
    hills = " ".join(f"L{x} {rng.randint(70, 110)}" for x in range(40, 241, 40))
    houses = "".join(
        f'<path d="M{x} 150V{top}l24 -{rng.randint(12, 24)}l24 {rng.randint(12, 24)}V150z"/>'
        f'<path d="M{x + 18} 150v-{rng.randint(18, 30)}h12v{rng.randint(18, 30)}"/>'
        for x in rng.sample(range(10, 180, 56), 3)
        for top in (rng.randint(96, 116),)
    )
    trees = "".join(
        f'<circle cx="{x}" cy="{rng.randint(96, 120)}" r="{rng.randint(8, 16)}"/><path d="M{x} 120v30"/>'
        for x in rng.sample(range(12, 230), 5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" role="img">\n<title>{title}</title>\n'
        f'<g fill="none" stroke="{INK}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">\n'
        f'<path d="M0 100 {hills}"/>\n<path d="M0 150h240"/>\n{houses}\n<g stroke="{RED}">{trees}</g>\n</g>\n</svg>\n'
    )


def png(rng: random.Random, width: int = 320, height: int = 200) -> bytes:
    """色块拼成的小照片，几千字节；没有附带信息。"""
    blocks = [[bytes(rng.randrange(60, 230) for _ in range(3)) for _ in range(16)] for _ in range(10)]
    rows = []
    for y in range(height):
        line = blocks[y * len(blocks) // height]
        rows.append(b"\0" + b"".join(line[x * len(line) // width] for x in range(width)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"".join(rows), 9)),
            (b"IEND", b""),
        )
    )

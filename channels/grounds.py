"""条幅和显示屏的底色：白字，写明对比度（WCAG 2 的算法）。"""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.slogans import Slogan


@dataclass(frozen=True)
class Ground:
    """一种底色；joint 是砖缝的颜色。"""

    name: str
    colour: str
    joint: str

    @property
    def contrast(self) -> float:
        """白字和它的对比度。"""
        return 1.05 / (_luminance(self.colour) + 0.05)

    @property
    def words(self) -> str:
        return f"{self.name}底（{self.colour}）白字，对比度{self.contrast:.1f}:1"


PINE = Ground("松绿", "#153a2b", "#1d5a41")
RED = Ground("红", "#b01217", "#8c0d12")
# 国防教育、双拥和喜庆、号召的用红，庄重的和讲规矩的用松绿
REDS = ("国防教育", "双拥优抚", "依法服兵役", "节日慰问", "征兵廉洁")


def ground(slogan: Slogan) -> Ground:
    return RED if slogan.category in REDS else PINE


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

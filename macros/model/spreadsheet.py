"""写给表格软件看的 CSV 里的一格。"""

from __future__ import annotations

FORMULA = tuple("=+-@＝＋－＠")  # 这样开头的当公式；中文版的也认全角的
BLANK = tuple("\t\r\n")  # 前面有这几样的，去掉再看


def cell(text: str) -> str:
    """表格软件会当成公式的文字，前面加一个单引号挡住。"""
    return f"'{text}" if text.startswith(BLANK) or text.lstrip().startswith(FORMULA) else text

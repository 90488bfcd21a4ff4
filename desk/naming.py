"""页面的文件名、数据的编号：名称的拼音，一个词一截。"""

from __future__ import annotations

import re

import pypinyin
import rjieba

from macros.model.values import SLUG

LONGEST = 40  # 几个字母；再长的截在词的边上


def slug(name: str, otherwise: str) -> str:
    """十里二村拥军服务窗口 → shili-ercun-yongjun-fuwu-chuangkou。一个字也拼不出的，用 otherwise。"""
    words = ("".join(pypinyin.lazy_pinyin(word, v_to_u=False)) for word in rjieba.cut(name))
    parts = [part for word in words for part in re.findall("[a-z0-9]+", word.lower().replace("ü", "v"))]
    made = ""
    for part in parts:
        if len(made) + len(part) + 1 > LONGEST:
            break
        made = f"{made}-{part}" if made else part
    return made if re.fullmatch(SLUG, made) else otherwise

"""读一个文本文件：先认编码，读不了就用白话说清楚。"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .problem import ERROR, NOTICE, Problem

LIMIT = 1024 * 1024
# 看不见的字符：控制字符、零宽字符、改变书写方向的字符，Unicode 留着不用的码位。从网页或微信粘贴时会带进来
INVISIBLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufdd0-\ufdef\ufeff\uffa0\ufffe\uffff]"
)
GARBLED = re.compile("[\ue000-\uf8ff\ufffd]|锟斤拷|烫烫烫")  # 编码转坏了的字、只在某一种字体里有的字
CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.M)


def printable(name: str) -> str:
    """文件名里读不出的、换行的字符写成 ?，清单才能一行一处地印出来。"""
    return re.sub(r"[\x00-\x1f\ud800-\udfff]", "?", name)


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """返回统一成 LF、去掉 BOM 的文本；读不了时为 None。name 是报错里写的文件名。"""

    def problem(level: str, what: str, fix: str, line: int = 1) -> list[Problem]:
        return [Problem(name, line, 1, level, what, fix)]

    try:
        size = path.stat().st_size
        if not path.is_file():
            return None, problem(ERROR, "这是文件夹，不是文件", "改名，或移到别处")
        if size > LIMIT:
            return None, problem(
                ERROR,
                f"文件有 {size // 1024} KB，超过 1 MB",
                "正文拆成几个文件，图片不要贴进文本里",
            )
        raw = path.read_bytes()
    except OSError:
        return None, problem(ERROR, "文件打不开", "看看它是不是快捷方式，或者没有读取权限")

    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, problem(ERROR, "文件是 UTF-16 编码", "用记事本另存为，编码选 UTF-8")
    notices: list[Problem] = []
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[3:]
        notices += problem(NOTICE, "文件开头有 BOM 标记", "另存为时编码选 UTF-8（不带 BOM）")
    if b"\0" in raw:
        if raw.count(b"\0") >= raw.count(b"\n") and re.search(rb"\n\0|\0\n", raw):
            return None, problem(ERROR, "文件是 UTF-16 编码", "用记事本另存为，编码选 UTF-8")
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return None, problem(ERROR, "文件里有空字符（NUL），不是纯文本", "重新新建文本文件，把文字粘贴进去", line)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, problem(ERROR, _wrong_encoding(raw), "用记事本另存为，编码选 UTF-8", line)
    if "\r" in text:
        notices += problem(NOTICE, "文件用的是 Windows 换行（CRLF）", "不影响发布；编辑器右下角可改成 LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, what, fix in (
        (CONFLICT, "两个人同时改了这里，合并没有做完", "留下对的内容，删掉 <<<<<<<、=======、>>>>>>> 这三行"),
        (INVISIBLE, "这一行里有看不见的字符", "删掉这一行重新打一遍，不要粘贴"),
        (GARBLED, "这一行里有乱码", "照原稿重新打一遍这一行"),
    ):
        if found := pattern.search(text):
            return None, notices + problem(ERROR, what, fix, text[: found.start()].count("\n") + 1)
    return text, notices


def _wrong_encoding(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "文件不是 UTF-8 编码，里面有读不出的字符"
    return "文件不是 UTF-8 编码，像是 GBK（ANSI）"

"""python -m desk.tidying FILE：粘来的文字整理成我们的写法；只动空白、标点、记号，不动一个字、一个数。"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from macros.model.disk import write
from macros.model.door import Answer, Door, filled
from macros.model.markdown import BLOCK, BOX, TABLE_RULE, fences
from macros.model.refusal import Refusal
from macros.model.textfile import INVISIBLE, LIMIT

from .findings import findings

USAGE = "用法：make tidy FILE=docs/….md"
SHOWN = 20  # 说几处
HAN = "\u4e00-\u9fff\u3400-\u4dbf"
BLANK = " \u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
WIDE = f"[{BLANK}]"
# 照原样的：代码、宏、链接和图的地址、网址
KEPT = re.compile(r"`+[^`]*`+|\{\{.*?\}\}|\{%.*?%\}|\{:[^}]*\}|\]\([^)]*\)|\[\^[^\]]*\]:?|https?://[^\s，。；、）)]+")
CLOSED = f"[{HAN}”’》）】〉％%]"
HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
WIDE_FORMS = {code: code - 0xFEE0 for code in map(ord, "０１２３４５６７８９％．")}
WIDE_FORMS |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ENDED = ("。", "！", "？", "”", "；", "：", "…", "）")
LISTED = re.compile(r"([1-9]\d?)[、.．)）]\s*(?=[^\d\s])")
BULLET = re.compile(rf"\A(?:[·•●▪◆■○◇▶➢→※]{WIDE}*(?=\S)|[*+] +(?=\S))")


def tidied(body: str) -> str:
    """正文整理好的样子。"""
    lines = [INVISIBLE.sub("", line) for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = _tabled(lines)
    lines = [line if inside else _line(line) for line, inside in zip(lines, fences(lines).code, strict=True)]
    return "\n".join(_apart(_listed(lines)))


# ---- 一行里的 ----


def _line(line: str) -> str:
    if BOX.fullmatch(line) or line.startswith(":   ") or (TABLE_RULE.fullmatch(line) and "|" in line):
        return line.rstrip()
    lead = re.match(r" *", line)[0] if re.match(r" {4,}|( *)(?:[-*+]|\d+\.) ", line) else ""  # type: ignore[index]
    text = line[len(lead) :].strip(BLANK) if "\t" in line else line[len(lead) :].strip(f"{BLANK}\t")
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    text = KEPT.sub(hide, text)
    for step in (_digits, _quotes, _blanks, _points, _blanks):  # 标点换了，旁边的空白再看一遍
        text = step(text)
    return lead + re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], text)


def _digits(text: str) -> str:
    """全角的数字、字母写成半角；句号样子的点不动。"""
    return re.sub("[０-９][０-９．％]*|[Ａ-Ｚａ-ｚ]+", lambda match: match[0].translate(WIDE_FORMS), text)


def _blanks(text: str) -> str:
    """标点旁边、汉字和数字之间的空白不要；别处的几个空白留一个。"""
    text = re.sub(f"[{BLANK}]", " ", text)
    text = re.sub(
        f"(?<=[{HAN}0-9]) +(?=[，。、；：！？）”》〉】])|(?<=[，。、；：！？（“《〈【]) +(?=[{HAN}0-9“《（])", "", text
    )
    text = re.sub(rf"(?<=[{HAN}]) +(?=\d+ *[{HAN}])|(?<=[{HAN}]\d) +(?=[{HAN}])", "", text)
    text = re.sub(rf"(?<=[{HAN}])(\d+) +(?=[{HAN}])", r"\1", text)
    return re.sub("(?<=[^ |]) {2,}(?=[^ |])", " ", text)


def _quotes(text: str) -> str:
    """一对一对的直引号；不成对的不动。"""
    for straight, left, right in (('"', "“", "”"), ("'", "‘", "’")):
        found = re.findall(straight, text)
        if not found or len(found) % 2 or not re.search(f"[{HAN}]", text):
            continue
        if straight == "'" and re.search("[a-zA-Z]'|'[a-zA-Z]", text):
            continue
        sides = iter([left, right] * (len(found) // 2))
        text = re.sub(straight, lambda _, sides=sides: next(sides), text)  # type: ignore[misc]
    return text


def _points(text: str) -> str:
    """汉字旁边的半角标点；几点几分、小数、英文里的不动。"""
    text = re.sub(rf"\(([^()\[\]]*[{HAN}][^()]*)\)|(?<=[{HAN}])\(([^()]+)\)", lambda m: f"（{m[1] or m[2]}）", text)
    text = re.sub(rf"(?<={CLOSED})([,;:?!]) *(?=[{HAN}“‘《（\d]|$)", lambda match: HALF[match[1]], text)
    text = re.sub(rf"(?<=[\dA-Za-z])([,;:?!]) *(?=[{HAN}“《（])", lambda match: HALF[match[1]], text)
    return re.sub(rf"(?<={CLOSED})\.(?=[{HAN}“《]|$)", "。", text)


# ---- 几行一起的 ----


def _tabled(lines: list[str]) -> list[str]:
    """制表符隔开的几行是一张表；只有一行的，隔开的地方留一个空格。"""
    made: list[str] = []
    code = fences(lines).code
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and not code[end] and _has_tabs(lines[end]):
            end += 1
        rows = [[cell.strip(f"{BLANK}\t") for cell in line.split("\t")] for line in lines[at:end]]
        if len(rows) > 1 and len({len(row) for row in rows}) == 1:
            made += ["", _row(rows[0]), "|" + "---|" * len(rows[0]), *map(_row, rows[1:]), ""]
        else:
            made += [re.sub(r"\t+", " ", line).strip() for line in lines[at:end]]
        if end == at:
            made.append(lines[at])
        at = max(end, at + 1)
    return made


def _has_tabs(line: str) -> bool:
    return bool(line.strip() and re.search(r"\S\t+\S|^\t|\t$", line.strip(BLANK)))


def _row(cells: list[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _listed(lines: list[str]) -> list[str]:
    """连着的 1、2、3、写成清单；中间隔着空行的也算连着。记号开头的写成短横线。"""
    code = fences(lines).code
    lines = [line if inside else BULLET.sub("- ", line) for line, inside in zip(lines, code, strict=True)]
    marked = [(at, int(match[1])) for at, line in enumerate(lines) if not code[at] and (match := LISTED.match(line))]
    runs: list[list[int]] = []
    for at, number in marked:
        above = runs[-1][-1] if runs else -1
        if number == 1:
            runs.append([at])
        elif runs and number == len(runs[-1]) + 1 and not any(line.strip() for line in lines[above + 1 : at]):
            runs[-1].append(at)
    dropped: set[int] = set()
    for run in (each for each in runs if len(each) > 1):
        for at in run:
            lines[at] = LISTED.sub(lambda match: f"{match[1]}. ", lines[at], count=1)
        dropped |= set(range(run[0], run[-1])) - set(run)
    return [line for at, line in enumerate(lines) if at not in dropped]


def _apart(lines: list[str]) -> Iterator[str]:
    """一行是一段的，段和段之间空一行；清单、表格前后空一行；连着的空行留一行。"""
    above, coded = "", False
    for line, inside in zip(lines, fences(lines).code, strict=True):
        blank = not inside and not line.strip()
        if above and not blank and not inside and not coded and _parted(above, line):
            yield ""
        if above or not blank:
            yield line
        above, coded = "" if blank else line, inside


def _parted(above: str, below: str) -> bool:
    """这两行中间要空一行。"""
    indented = below.startswith("    ") or above.startswith("    ")
    kinds = [_kind(above), _kind(below)]
    if indented or BOX.fullmatch(above) or above.startswith("{%") or below.startswith("{%"):
        return False
    if kinds[0] != kinds[1]:
        return ":" not in kinds and "/" not in kinds and ">" not in kinds
    return kinds[0] == "#" or (kinds[0] == "" and above.endswith(ENDED))


def _kind(line: str) -> str:
    match = BLOCK.match(line)
    if not match:
        return ""
    return "1" if match[0][0].isdigit() else match[0][0]


# ---- 一个文件 ----


def tidy(root: Path, file: str, day: datetime.date) -> Answer:
    path = root / file
    if path.suffix != ".md" or not path.resolve().is_relative_to((root / "docs").resolve()):
        raise Refusal(f"「{file}」不是 docs/ 里的页面", USAGE)
    if path.stat().st_size > LIMIT:
        raise Refusal(f"{file} 超过 1 MB", "正文拆成几个文件")
    raw = path.read_bytes()
    before, said = _decoded(raw, file)
    head, body = _split(before)
    head = INVISIBLE.sub("", head)
    after = head + ("\n" if head else "") + tidied(body).strip("\n") + "\n"
    if after.encode() == raw:
        words, passed = findings(root, day, file)
        return f"{file} 不用整理。\n{words}", passed
    changed = [*said, *_differences(before, after)]
    write(path, after.encode())
    more = [f"  ……另有 {len(changed) - SHOWN} 处"] if len(changed) > SHOWN else []
    words, passed = findings(root, day, file)
    return "\n".join([f"整理了 {file}，{len(changed)} 处：", *changed[:SHOWN], *more, words]), passed


def _decoded(raw: bytes, file: str) -> tuple[str, list[str]]:
    for encoding, said in (("utf-8-sig", []), ("gb18030", ["  文字编码改成了 UTF-8"])):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), said
        except UnicodeDecodeError:
            continue
    raise Refusal(f"{file} 里有读不出的字符", "用记事本另存为，编码选 UTF-8")


def _split(text: str) -> tuple[str, str]:
    """页眉不动。"""
    match = re.match(r"---[ ]*\n.*?\n---[ ]*\n", text, re.S)
    return (match[0], text[match.end() :]) if match else ("", text)


def _differences(before: str, after: str) -> Iterator[str]:
    """哪一行原来怎样、现在怎样；只差空行的不一行一行说。"""
    old = [(number, line) for number, line in enumerate(before.split("\n"), 1) if line.strip()]
    new = [line for line in after.split("\n") if line.strip() and not (TABLE_RULE.fullmatch(line) and "|" in line)]
    old = [each for each in old if not (TABLE_RULE.fullmatch(each[1]) and "|" in each[1])]
    for (number, line), now in zip(old, new, strict=False):
        if line != now:
            yield f"  第 {number} 行：{INVISIBLE.sub('□', line).strip()[:40]} → {now.strip()[:40]}"
    if [line for _, line in old] == new:
        yield "  段落之间的空行"


if __name__ == "__main__":
    door = Door(USAGE)
    door.add_argument("file", type=filled)
    sys.exit(door.enter(lambda asked: tidy(asked.root, asked.file, asked.day)))

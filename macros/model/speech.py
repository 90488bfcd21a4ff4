"""把写的变成说的：日期、钟点、电话、比、单位、数目都写成汉字，不留一个阿拉伯数字。

先换样子特殊的（日期、电话……），后换普通的数；换成汉字的，后面的规则就碰不到了。
念法的字母表是封口的：每个记号不是有念法，就是报错，没有悄悄去掉的。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from .numerals import DIGITS, chinese

# 只有一个“2”，后面跟着这些量词，念“两”；2月、2日、2楼、2号照旧念“二”
PAIRS = "个人户次名场条件位家本项份天周年岁步遍回块张种组段部辆棵间所米里公小分万千倍支套副把只盏"
MEASURE = "一二三四五六七八九十百千万亿两零"
CALL = r"(?:电话|热线|拨打|拨|致电|手机|传真|号码)[：:是为]?\s*"
TO = r"\s*[—–~～-]{1,2}\s*"
CLOCK = r"(?<!\d)(\d{1,2})[:：]([0-5]\d)(?![\d:：])"
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
RATES = {"%": "百分之", "‰": "千分之"}
DAYPARTS = "上午|下午|早上|早晨|中午|傍晚|晚上|夜里|凌晨|清晨"
HAN = "\u3400-\u9fff〇\U00020000-\U000323af"
SAYABLE = re.compile(rf"[{HAN}A-Za-z，。；：、？《》\n]")
SILENT = "“”‘’「」『』\"'·•"  # 引号、间隔号：念的时候没有声音
# 跟在数后面的单位
UNITS = {
    "km/h": "公里每小时",
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "km²": "平方公里",
    "m³": "立方米",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "公斤",
    "kWh": "千瓦时",
    "kW": "千瓦",
    "mL": "毫升",
    "ml": "毫升",
    "ms": "毫秒",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "°": "度",
    "m": "米",
    "g": "克",
    "L": "升",
    "t": "吨",
    "h": "小时",
}
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
MONEY = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元"}
PER = "小时|人次|学期|[年月日天周人户亩次村组场期]"  # 2次/年：每年两次
RATIO = "比|按"  # 后面的 1:10 是比，不是钟点
PARTS = r"(\d+(?:\s*[:：]\s*\d+)*)(?!\d)"
SAID = {
    "≤": "不超过",
    "≥": "不少于",
    "<": "小于",
    ">": "大于",
    "＜": "小于",
    "＞": "大于",
    "≠": "不等于",
    "≈": "约等于",
    "×": "乘",
    "÷": "除以",
    "＋": "加",
    "+": "加",
    "=": "等于",
    "＝": "等于",
    "±": "正负",
    "&": "和",
    "＆": "和",
    "→": "，然后",
    "/": "或",
    "／": "或",
    "№": "第",
    "…": "。",
    "!": "。",
    "！": "。",
}


class UnsayableError(ValueError):
    """有一个记号念不出来。"""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.sign = sign


def digits(text: str) -> str:
    """一个一个念：0512 → 零五一二。"""
    return "".join(DIGITS[int(char)] for char in text if char.isdigit())


def year(text: str) -> str:
    """2026 → 二〇二六。"""
    return digits(text).replace("零", "〇")


def cardinal(text: str) -> str:
    """数目：1,840 → 一千八百四十，2.50 → 二点五。0 开头的、太长的是编号，一个一个念。"""
    whole, _, fraction = text.replace(",", "").partition(".")
    if (len(whole) > 1 and whole.startswith("0")) or len(whole) > 12:
        return digits(whole) + (f"点{digits(fraction)}" if fraction else "")
    fraction = fraction.rstrip("0")
    return _integer(int(whole)) + (f"点{digits(fraction)}" if fraction else "")


def _integer(number: int) -> str:
    """到千亿。开头的二千、二万念两千、两万。"""
    said = ""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part:
            said += ("零" if said and part < 1000 else "") + _section(part, bool(said)) + unit
    return re.sub("^二(?=[千万亿])", "两", said or "零")


def _section(number: int, inside: bool) -> str:
    """四位以内；前面还有数的时候，十几要念一十几。"""
    said = chinese(number)
    return f"一{said}" if inside and said.startswith("十") else said


def clock(hour: str, minute: str, before: str = "") -> str:
    """14:30 → 下午两点三十分；前面已经写了上午、下午的不再说。"""
    h, m = int(hour), int(minute)
    part = ""
    if 13 <= h <= 23:
        part = "" if re.search(rf"(?:{DAYPARTS})$", before) else ("下午" if h < 18 else "晚上")
        h -= 12
    said = "两" if h == 2 else chinese(h)
    if m == 0:
        return f"{part}{said}点"
    return f"{part}{said}点{'零' if m < 10 else ''}{chinese(m)}分"


def phone(text: str) -> str:
    """电话：区号后面停一下，一个一个念，一念幺；手机按三、四、四停。"""
    parts = [part for part in re.split(r"\D+", text) if part]
    if len(parts) == 1 and len(parts[0]) == 11:
        parts = [parts[0][:3], parts[0][3:7], parts[0][7:]]
    return "，".join(digits(part).replace("一", "幺") for part in parts)


Rule = tuple[str, str | Callable[[re.Match[str]], str]]

RULES: list[Rule] = [
    # 网址、邮箱念不出来，网页上有
    (r"https?://[^\s，。；、）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", ""),
    # 遮住的名字：王*军、张**
    (rf"(?<=[{HAN}])\*+", lambda m: "某" * len(m[0])),
    # 电话：有区号的，同一个区号下的第二个，手机，前面说了是电话的，分机
    (
        r"(?<!\d)(?:\(\d{3,4}\)|（\d{3,4}）|\d{3,4}[-—–])\d{7,8}(?:(?:-|转)\d{1,5})?(?:[、或]\d{7,8})*(?!\d)",
        lambda m: _phones(m[0]),
    ),
    (r"(?<!\d)(?:400|800)-?\d{3}-?\d{4}(?!\d)", lambda m: phone(m[0])),
    (r"(?<!\d)1\d{10}(?!\d)", lambda m: phone(m[0])),
    (rf"({CALL})(\d[\d-]{{2,12}}(?:[、或]\d{{3,12}})*)(?![\d人个次])", lambda m: m[1] + _phones(m[2])),
    (r"(?<![\d,.])(\d{3,5})(?=(?:便民|服务|监督|举报|报警|急救|政务)*(?:热线|电话))", lambda m: phone(m[1])),
    # 日期
    (
        r"(?<!\d)([12]\d{3})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)",
        lambda m: f"{year(m[1])}年{cardinal(str(int(m[3])))}月{cardinal(str(int(m[4])))}日",
    ),
    (r"(?<!\d)((?:19|20)\d\d)([-/.])(0[1-9]|1[0-2])(?![\d.])", lambda m: f"{year(m[1])}年{cardinal(str(int(m[3])))}月"),
    (rf"(?<!\d)([12]\d{{3}})年?{TO}([12]\d{{3}})(?=学?年)", lambda m: f"{year(m[1])}年至{year(m[2])}"),
    (r"(?<!\d)([12]\d)(\d)0年代", lambda m: _decade(m[1], m[2])),
    (r"[〔（\[]([12]\d{3})[〕）\]](?=\d+号)", lambda m: f"{year(m[1])}年"),
    (r"(?<!\d)([12]\d{3})(?=年)", lambda m: year(m[1])),
    # 比、钟点
    (rf"((?:{RATIO})[{HAN}]{{0,4}})(\d+)\s*[:：]\s*{PARTS}", lambda m: m[1] + _ratio(m[2], m[3])),
    (
        r"(?<!\d)(\d{1,2})[:：]([0-5]\d)[:：]([0-5]\d)(?!\d)",
        lambda m: clock(m[1], m[2], m.string[: m.start()]) + ("零分" if m[2] == "00" else "") + _two(m[3]) + "秒",
    ),
    (rf"{CLOCK}{TO}{CLOCK}", lambda m: _hours(m)),
    (CLOCK, lambda m: _at(m, 1)),
    (rf"(?<!\d)(\d+)\s*[:：]\s*{PARTS}", lambda m: _ratio(m[1], m[2])),
    # 百分数、分数、钱
    (rf"({NUMBER})%?{TO}({NUMBER})([%‰])", lambda m: f"{RATES[m[3]]}{cardinal(m[1])}至{cardinal(m[2])}"),
    (rf"(?<![\dA-Za-z])-({NUMBER})([%‰])", lambda m: f"负{RATES[m[2]]}{cardinal(m[1])}"),
    (rf"({NUMBER})([%‰])", lambda m: RATES[m[2]] + cardinal(m[1])),
    (r"(?<![\d.])(\d{1,3})/(\d{1,3})(?![\d.])", lambda m: f"{cardinal(m[2])}分之{cardinal(m[1])}"),
    (rf"([{''.join(MONEY)}])\s*({NUMBER})([万亿]?)", lambda m: cardinal(m[2]) + m[3] + MONEY[m[1]]),
    # 每年两次；别的斜线不知道怎么念
    (rf"({NUMBER}[{HAN}]{{1,2}})/({PER})(?!·)", lambda m: f"每{m[2]}{spoken(m[1])}"),
    (rf"(?<=\d)([{HAN}]{{1,3}})/", r"\1∕"),
    # 零下五摄氏度至三摄氏度
    (
        rf"(?<![\dA-Za-z])(-?)({NUMBER})\s*(?:℃|°C)?{TO}(-?)({NUMBER})\s*(?:℃|°C)",
        lambda m: f"{_below(m[1])}{cardinal(m[2])}至{_below(m[3])}{cardinal(m[4])}摄氏度",
    ),
    (rf"(?<![\dA-Za-z])-({NUMBER})\s*(?:℃|°C)", lambda m: f"零下{cardinal(m[1])}摄氏度"),
    # 9·18
    (r"(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)", lambda m: digits(m[1] + m[2])),
    # 1.带证件
    (r"(?<![\d.])(\d{1,2})\.(?=[^\d\s。])", lambda m: f"{cardinal(m[1])}，"),
    # 普通的数
    (
        rf"(?<!\d)({NUMBER})\s*(?:{UNIT})?{TO}({NUMBER})\s*({UNIT})(?![A-Za-z])",
        lambda m: f"{cardinal(m[1])}至{cardinal(m[2])}{UNITS[m[3]]}",
    ),
    (rf"({NUMBER})\s*({UNIT})(?![A-Za-z])", lambda m: cardinal(m[1]) + UNITS[m[2]]),
    (rf"(?<!\d)({NUMBER}){TO}({NUMBER})", lambda m: f"{cardinal(m[1])}至{cardinal(m[2])}"),
    (rf"(?<![\dA-Za-z)）{HAN}])-({NUMBER})", lambda m: f"负{cardinal(m[1])}"),
    (rf"(?<=[{HAN}])(?<![年月日点分])-(?=\d)", "−"),  # 是减、是负、是第几，分不清
    (rf"(?<![\d.{MEASURE}第])2(?=[{PAIRS}])", "两"),
    (NUMBER, lambda m: cardinal(m[0])),
    # 剩下的横线：星期一—星期五，6月30日-7月2日；A-1 念 A杠一
    (rf"(?<=[年月日点分]){TO}|\s*[—–~～]\s*", "至"),
    (rf"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9{MEASURE}])", "杠"),
]


@cache
def _rules() -> list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]:
    """编译好的；要念的时候才编译。"""
    return [(re.compile(pattern), say) for pattern, say in RULES]


def spoken(text: str) -> str:
    """一段书面文字 → 一段照着念的文字；有念不出来的记号，UnsayableError。"""
    text = "".join(_plain(char) for char in text).replace("——", "，")
    for pattern, say in _rules():
        text = pattern.sub(say, text)
    for written, said in SAID.items():
        text = text.replace(written, said)
    return _paused(text)


@lru_cache(maxsize=8192)
def unsayable(text: str) -> str:
    """念不出来的头一个记号；都念得出来为空。"""
    try:
        spoken(text)
    except UnsayableError as error:
        return error.sign
    return ""


def _plain(char: str) -> str:
    """全角的数字、字母、百分号和半角一样；Ⅳ 是四，① 是一，½ 是二分之一。"""
    if char in "０１２３４５６７８９％－" or "Ａ" <= char <= "Ｚ" or "ａ" <= char <= "ｚ":
        return unicodedata.normalize("NFKC", char)
    if "Ⅰ" <= char <= "Ⅻ" or "①" <= char <= "⑳" or "⑴" <= char <= "⒇":
        return chinese(int(unicodedata.numeric(char))) + ("，" if char >= "①" else "")
    if unicodedata.category(char) == "No" and "⁄" in (parts := unicodedata.normalize("NFKC", char)):
        above, below = parts.split("⁄")
        return f"{chinese(int(below))}分之{chinese(int(above))}"
    return "" if char in "\u200b\ufeff\u00ad" else char


def _paused(text: str) -> str:
    """括号里的话前后停一下，乡镇（街道）念乡镇或者街道，登记站（点）念登记站；引号不念；停顿不重复。"""
    text = re.sub(r"(?<=[一-龥])（[站点所室]）(?=[一-龥])", "", text)
    text = re.sub(r"(?<=[一-龥])（(?!含|演示)([一-龥]{1,3})）(?=[一-龥])", r"或者\1", text)
    text = re.sub(r"[（(〔［\[【〈]", "，", text)
    text = re.sub(r"[）)〕］\]】〉]", "，", text)
    text = text.replace(",", "，").replace(";", "；").replace("?", "？").replace(":", "：")
    text = re.sub(r"\.(?=\s|$)", "。", text)
    text = re.sub(rf"[{SILENT}]", "", text)
    text = re.sub(r"[ \t\u00a0\u2002-\u200a\u3000]+", "，", text)
    text = re.sub(rf"(?<=[{HAN}])-(?=[{HAN}])", "，", text)
    if strange := SAYABLE.sub("", text):
        raise UnsayableError({"−": "-", "∕": "/"}.get(strange[0], strange[0]))
    text = re.sub(r"，*([。；：、？])[，、]*", r"\1", text)
    text = re.sub(r"([。；：、？])[。；：、]+", r"\1", text)
    text = re.sub(r"，{2,}", "，", text)
    return re.sub(r"^[，、]+|[，、]+$", "", text, flags=re.MULTILINE)


def _ratio(first: str, rest: str) -> str:
    return "比".join(cardinal(part.strip()) for part in re.split("[:：]", f"{first}:{rest}"))


def _below(minus: str) -> str:
    return "零下" if minus else ""


def _two(text: str) -> str:
    return ("零" if text.startswith("0") and text != "00" else "") + chinese(int(text))


def _phones(text: str) -> str:
    """几个号码：分机念“转”，号码之间的顿号、或照念。"""
    text = re.sub(r"[(（](\d+)[)）]", r"\1-", text).translate(str.maketrans("—–", "--"))
    return re.sub(r"[\d-]+", lambda m: phone(m[0]), text)


def _decade(century: str, decade: str) -> str:
    """1950年代 → 二十世纪五十年代；2000年代分不清说的是十年还是百年，照念。"""
    if decade == "0":
        return f"{year(f'{century}00')}年代"
    return f"{chinese(int(century) + 1)}世纪{chinese(int(decade) * 10)}年代"


def _hours(match: re.Match[str]) -> str:
    """9:00—11:30 → 上午九点至十一点三十分：上午、下午一样的只说一次。"""
    before = match.string[: match.start(1)]
    start = clock(match[1], match[2], before)
    written = re.search(rf"(?:{DAYPARTS})$", before)
    if int(match[1]) in range(5, 12) and not written:
        start = f"上午{start}"
    part = written or re.match(DAYPARTS, start)
    end = clock(match[3], match[4])
    return f"{start}至{end.removeprefix(part[0]) if part else end}"


def _at(match: re.Match[str], first: int) -> str:
    return clock(match[first], match[first + 1], match.string[: match.start(first)])

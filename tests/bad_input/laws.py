"""引用法条的地方，法律原文。"""
# ruff: noqa: E501

from . import (
    CALENDAR,
    INDICATORS,
    LAW,
    OLD_LAW,
    PAGE,
    QUIZ,
    SERVICE,
    SLOGANS,
    SOURCES,
    Case,
    bad,
    cut,
    several,
    swap,
    text,
    whole,
)

GF_12 = "{法: 国防教育法, 条: 12}"
CITED = {  # 文件 → 原来的写法、在第几行
    INDICATORS: ("{法: 保守国家秘密法, 条: 35}", 51),
    SERVICE: ("{法: 国防教育法, 条: 7, 款: 3}", 6),
    SLOGANS: (GF_12, 4),
    CALENDAR: (GF_12, 6),
    QUIZ: (GF_12, 7),
}


def cited(id: str, new: str, words: str) -> Case:
    """五个地方的引用都写成 new，各报各的。"""
    edits = {file: swap(file, old, new) for file, (old, _) in CITED.items()}
    return several(id, edits, *(f"{file}:{line} {words}" for file, (_, line) in CITED.items()))


# fmt: off
CASES = [
    # ---- 引用 ----
    cited("cite-article", "{法: 国防教育法, 条: 99}", "F-5 《国防教育法》没有第九十九条，最后一条是第四十二条；核对原文，改正条号"),
    cited("cite-article-wide", "{法: 国防教育法, 条: １２}", "F-5 条号「１２」的写法不对；写成 12 或 299之一，半角数字，不写“第”和“条”"),
    cited("cite-article-list", "{法: 国防教育法, 条: [12]}", "「条」要写文字；写成一句话，不要写成列表或下一层的键"),
    cited("cite-article-words", "{法: 国防教育法, 条: 第十二条}", "F-5 条号「第十二条」的写法不对；写成 12 或 299之一，半角数字，不写“第”和“条”"),
    cited("cite-paragraph", "{法: 国防教育法, 条: 12, 款: 2}", "F-5 《国防教育法》第十二条没有第2款，一共一款；核对原文；（一）（二）是项，不是款"),
    cited("cite-paragraph-0", "{法: 国防教育法, 条: 12, 款: 0}", "F-5 《国防教育法》第十二条没有第0款，一共一款；核对原文；（一）（二）是项，不是款"),
    cited("cite-law-invented", "{法: 国教法, 条: 1}", "F-8 没有《国教法》这部法；应该写 国防教育法"),
    cited("cite-law-unknown", "{法: 国防教玉法, 条: 1}", "F-5 没有收《国防教玉法》；是不是「国防教育法」？"),
    cited("cite-law-full-name", "{法: 中华人民共和国国防教育法, 条: 1}", "F-5 没有收《中华人民共和国国防教育法》；是不是「国防教育法」？"),
    cited("cite-law-brackets", "{法: 《国防教育法》, 条: 1}", "F-5 没有收《《国防教育法》》；是不是「国防教育法」？"),
    cited("cite-law-empty", "{法: , 条: 12}", "「法」没有填；填上；不知道的写 待公布，没有这一项就整行删掉"),
    cited("cite-not-reviewed", "{法: 宪法, 条: 56}", "F-5 本站没有《宪法》的正文，只核对过第五十五条；先核对原文，再到 data/laws/来源.yml 的 已核条文 里加上"),
    # ---- 法律原文 ----
    bad("law-changed", LAW, "第三个星期六", "第三个星期日", "data/laws/来源.yml:11 《国防教育法》的正文和登记的校验值对不上，正文被改过；法律原文不许改写，请恢复 guofang-jiaoyu-fa.json；确实换了新版本，就把 sha256 改成 5e31d4f03e87903a5af2f2493ad60536b86829157719f63688174fd953b822c6"),
    whole("law-cut", LAW, cut(LAW, "第三个星期六"), ":40 法律正文的文件读不通；恢复这个文件，不要手工改"),
    whole("law-empty", LAW, "", "法律正文的文件读不通；恢复这个文件，不要手工改"),
    whole("law-list", LAW, "[]", "法律正文的文件缺内容；恢复这个文件，不要手工改"),
    whole("law-no-articles", LAW, '{"章": [], "条": {}}', "法律正文的文件缺内容；恢复这个文件，不要手工改"),
    whole("law-deep", LAW, "[" * 100_000, "法律正文的文件读不通；恢复这个文件，不要手工改"),
    whole("law-missing", LAW, None, "data/laws/来源.yml:3 没有 guofang-jiaoyu-fa.json 这个文件；核对文件名"),
    whole("law-gbk", LAW, text(LAW).encode("gbk"), ":2 文件不是 UTF-8 编码，像是 GBK（ANSI）；用记事本另存为，编码选 UTF-8"),
    bad("law-sha256", SOURCES, "sha256: aacade", "sha256: aacadf", "《国防教育法》的正文和登记的校验值对不上，正文被改过；法律原文不许改写，请恢复 guofang-jiaoyu-fa.json；确实换了新版本，就把 sha256 改成 aacade85dfcce7c3df5c97bf8663262d6af9bf1d48beddca88e2406b7bb47db7"),
    bad("law-reviewed-words", SOURCES, "已核条文: [55]", "已核条文: [第五十五条]", "「已核条文」里的条号「第五十五条」的写法不对；写成 12 或 299之一，半角数字，不写“第”和“条”"),
    bad("law-article-key", LAW, '"42":', '"末条":', ":1 法律正文的文件缺内容；恢复这个文件，不要手工改"),
    bad("law-not-compared", SOURCES, "    核对日期: 2026-11-20\n    核对: 两个来源\n    sha256: aacade", "    核对: 两个来源\n    sha256: aacade", ":2 缺「核对日期」；补一行 核对日期: …"),
    bad("law-compared-with", SOURCES, "    核对: 两个来源\n    sha256: aacade", "    核对: 三个来源\n    sha256: aacade", "「核对」不能写「三个来源」；是不是「两个来源」？只能写 一个来源、两个来源"),
    bad("law-old-article-in-guide", SERVICE, "复核日期: 2026-11-20", "复核日期: 2026-10-31", ":6 F-5 《国防教育法》在 2026-11-01 换了新版，旧版第七条现在是第五条；这里上次核对是 2026-10-31，那时还是旧版；照现行条文核对，条号错了就改，再改复核日期"),
    whole("law-old-article-in-page", PAGE, '---\n摘要: 民兵是什么，谁能参加，做什么\n复核: 2026-10-31\n---\n\n# 民兵知识\n\n{{ law("国防教育法", 16) }}\n', ":8 F-5 《国防教育法》在 2026-11-01 换了新版，旧版第十六条现在是第十三条、第十七条；这里上次核对是 2026-10-31，那时还是旧版；照现行条文核对，条号错了就改，再改复核日期"),
    bad("law-old-unknown", OLD_LAW, "国防教育法:", "国防教于法:", "来源.yml 里没有《国防教于法》的正文；是不是「国防教育法」？"),
    bad("law-old-newer", OLD_LAW, "修订日期: 2018-04-27", "修订日期: 2024-09-13", "旧版的修订日期 2024-09-13 不对；现行的是 2024-09-13；旧版要比它早"),
    bad("law-old-no-number", OLD_LAW, "38: 42", "38: 43", "现行《国防教育法》没有第四十三条；最后一条是第四十二条，核对现行条文"),
    bad("law-old-words", OLD_LAW, "15: 15、17", "15: 第十五条", "「15」里的条号「第十五条」的写法不对；写现在的条号，几条的用顿号隔开，如 34、36；没有了的写 无"),
    whole("law-old-empty", OLD_LAW, "", "文件是空的；照同类文件填好，或从上一版恢复"),
    bad("law-old-comma", OLD_LAW, "15: 15、17", "15: [15， 17]", "「15」要写条号；写现在的条号，几条的用顿号隔开，如 34、36；没有了的写 无"),
    whole("law-no-page", "docs/xuexi/falv/guofang-jiaoyu-fa.md", None, 'data/laws/来源.yml:1 还没有对应的页面 docs/xuexi/falv/guofang-jiaoyu-fa.md；新建这一页，正文写 {{ law_text("国防教育法") }}'),
    # ---- 读得通，可是会悄悄公开错的东西 ----
    bad("law-brackets", SOURCES, "全称: 中华人民共和国国防教育法", "全称: 《国防教育法》", "「全称」里的「《国防教育法》」不加书名号；去掉《》，页面上会自己加"),
    bad("law-reviewed-none", SOURCES, "已核条文: [55]", "已核条文: []", "「已核条文」至少要有 1 项；补上；没有就写 待公布"),
    whole("law-number-huge", LAW, '{"章": [{"名": "a", "起": ' + "9" * 5000 + "}]}", "法律正文的文件读不通；恢复这个文件，不要手工改"),
    bad("law-half-character", LAW, '"名": "第一章', '"名": "\\ud800第一章', ":1 法律正文的文件里有读不出的字符；恢复这个文件，不要手工改"),
    bad("law-file-name", SOURCES, "文件: guofang-jiaoyu-fa.json", "文件: 国防教育法.json", "文件名「国防教育法.json」的写法不对；写成 guofang-fa.json 的样子，放在 data/laws 里"),
]

"""data/rules/：词表、复核期限、放行的记录。"""
# ruff: noqa: E501

from . import PAGE, TEXT, bad, swap, text, whole

TERMS = "data/rules/terms.yml"
PRIVACY = "data/rules/privacy.yml"
PARTS = "data/rules/parts.yml"
FRESHNESS = "data/rules/freshness.yml"
EXEMPTIONS = "data/rules/exemptions.yml"
RETIRED = {PAGE: swap(PAGE, TEXT, "退伍。")}


def exempt(check: str = "terms", file: str = PAGE, words: str = "退伍", until: str = "2027-01-01") -> str:
    """多放行一处。"""
    return (
        f"{text(EXEMPTIONS)}- 检查: {check}\n  文件: {file}\n  原文: {words}\n  理由: 机构的旧称\n"
        f"  批准: 镇分管负责人\n  至: {until}\n"
    )


END = text(PARTS).count("\n") + 1  # 接在末尾的那一行

PRIVACY_FEW = "\n- ".join(text(PRIVACY).split("\n- ", 3)[:3]) + "\n"
EXAMPLE = text(TERMS)[: text(TERMS).index("  例: ", text(TERMS).index("词: [复役]"))].count("\n") + 1
WRITTEN = text(TERMS).split("\n")[EXAMPLE - 1].removeprefix("  例: ")

# fmt: off
CASES = [
    bad("rule-pattern", TERMS, "模式: '退伍|复转军人|复退军人'", "模式: '退伍|(复转军人'", "「模式」里的「退伍|(复转军人」不是正确的正则；请会正则的同事看一下"),
    bad("rule-unless-pattern", TERMS, "'退伍军人(事务[部厅局]|法)'", "'退伍军人(事务[部厅局]|法'", "「除外」里的「退伍军人(事务[部厅局]|法」不是正确的正则；请会正则的同事看一下"),
    bad("rule-near", TERMS, "近似: [抗美援朝, 烈士陵园, ", "近似: [抗美援朝, 国防, ", "「近似」里的「国防」太短，或者不全是汉字；近似 只收三个字以上的名称；别的写 词 或 模式"),
    bad("rule-two-ways", TERMS, "模式: '退伍|复转军人|复退军人'", "词: [退伍]\n  模式: '退伍'", "「词」「模式」「要素」「近似」要写一种，只写一种；照字面查的写 词，正则写 模式，凑齐才算的写 要素，差一个字的写 近似"),
    bad("rule-no-way", TERMS, "模式: '退伍|复转军人|复退军人'\n  ", "", "「词」「模式」「要素」「近似」要写一种，只写一种；照字面查的写 词，正则写 模式，凑齐才算的写 要素，差一个字的写 近似"),
    bad("rule-no-words", TERMS, "词: [战略支援部队]", "词: []", "「词」至少要有 1 项；补上；没有就写 待公布"),
    bad("rule-key", TERMS, "词: [战略支援部队]", "字: [战略支援部队]", "不认识的键「字」；可用的键有：词、模式、要素、近似、除外、讲历史不算、校验、改成、级别、条款、理由、出处、例、反例"),
    whole("rule-name", "data/rules/term.yml", text(FRESHNESS), "不认识这个文件；是不是 data/rules/terms.yml？"),
    whole("rule-file-missing", TERMS, None, "缺这个文件；从上一版恢复，或照模板新建"),
    whole("part-name", PARTS, text(PARTS) + "- 名称: name\n  模式: 甲\n", f":{END} 名称「name」的写法不对；只用汉字，模式里写成 {{名称}}"),
    whole("part-name-twice", PARTS, text(PARTS) + "- 名称: 姓名\n  模式: 甲\n", f":{END} 名称「姓名」重复了，第 2 行已经用过；换一个"),
    bad("part-unnamed", PRIVACY, "'{姓名}(?:同学|小朋友)", "'{姓明}(?:同学|小朋友)", "parts.yml 里没有「姓明」；是不是「姓名」？"),
    bad("part-unnamed-unless", PRIVACY, "['(?:不|没有)[^。；]{0,12}(?:名册|名单)']", "['{姓明}']", "parts.yml 里没有「姓明」；是不是「姓名」？"),
    whole("part-circle-of-parts", PARTS, text(PARTS) + "- 名称: 甲\n  模式: '{乙}'\n- 名称: 乙\n  模式: '{甲}'\n", f":{END + 1} parts.yml 里的「乙」绕回了自己；一截里不能用到它自己", f":{END + 3} parts.yml 里的「甲」绕回了自己；一截里不能用到它自己"),
    bad("period-twice", FRESHNESS, "类别: 电话地址", "类别: 开放时间", "类别「开放时间」重复了，第 2 行已经用过；换一个"),
    bad("period-0", FRESHNESS, "天数: 14", "天数: 0", "「天数」的数 0 太小；不小于 1，核对后改正"),
    whole("exempt-secrecy-unreviewed", EXEMPTIONS, exempt("secrecy", words="民兵120人"), ":4 保密的放行要有「审查编号」；先做保密审查，填上审查的编号；没有审查就改正文", f"{PAGE}:8 M-2 「民兵120人」；民兵、预备役的人数、编组不公开，删掉", also={PAGE: swap(PAGE, TEXT, "民兵120人。")}),
    whole("exempt-secrecy-reviewed", EXEMPTIONS, exempt("secrecy", words="民兵120人") + "  审查编号: 演示2026-01\n", also={PAGE: swap(PAGE, TEXT, "民兵120人。")}),
    whole("exempt-other-check", EXEMPTIONS, exempt("freshness"), ":4 「检查」不能写「freshness」；只能写 terms、drafting、privacy、secrecy、law"),
    whole("words-none", TERMS, "[]\n", "一条规则也没有，这一项等于没查；从上一版恢复"),
    whole("words-only-comments", PRIVACY, "# 空了\n", "文件是空的；照同类文件填好，或从上一版恢复"),
    whole("words-few", PRIVACY, PRIVACY_FEW, ":5 只有 2 条规则，不到 14 条；多半删多了，从上一版恢复；真要减，请技术人员改下限"),
    bad("rule-matches-nothing", TERMS, "词: [复役]", "词: [没有的词]", f":{EXAMPLE} M-1 这条规则报不出自己的例；规则改坏了就从上一版恢复；例写错了改例"),
    bad("rule-matches-too-much", TERMS, "词: [复役]", "词: [复役, 义务兵]", f":{EXAMPLE + 1} M-1 这条规则把自己的反例也报了；规则改宽了就改回去；反例写错了改反例"),
    bad("rule-without-examples", TERMS, f"  例: {WRITTEN}\n", "", f":{EXAMPLE - 6} 缺「例」；补一行 例: …"),
    whole("exempt-last-day", EXEMPTIONS, exempt(until="2026-11-24"), also=RETIRED),
    whole("exempt-over", EXEMPTIONS, exempt(until="2026-11-23"), ":4 提醒 M-1 放行在 2026-11-23 过期了；还要用的，重新审批，改 至；不用的删掉这一条", f"{PAGE}:8 提醒 C-1 「退伍」；改成 退役（退役军人）。法律用语是退役", also=RETIRED),
    whole("exempt-other-file", EXEMPTIONS, exempt(file="docs/minbing/meiyou.md"), ":4 提醒 M-1 放行的文件 docs/minbing/meiyou.md 没有了；删掉这一条", f"{PAGE}:8 提醒 C-1 「退伍」；改成 退役（退役军人）。法律用语是退役", also=RETIRED),
    whole("exempt-no-longer", EXEMPTIONS, exempt(), ":4 提醒 M-1 docs/minbing/index.md 里已经没有「退伍」；删掉这一条"),
]

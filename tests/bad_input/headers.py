"""页眉：普通页面和活动。"""
# ruff: noqa: E501

from collections.abc import Mapping

from . import ACTIVITY, HALL, MENU, PAGE, PLACES, REDIRECTS, SLOGANS, TEXT, YEAR, Content, bad, swap, text, whole

DRAFT = "docs/shuangyong/2025/bie.md"
DRAFTED: Mapping[str, Content] = {
    "docs/minbing/caogao.md": f"---\n稿件: 草稿\n摘要: 民兵知识的又一页，还没有写完，先放在这里\n复核: 2026-11-20\n---\n\n# 还没有写完\n\n{TEXT}\n",
    "docs/minbing/caogao.assets/guan.svg": text("docs/shuangyong/2025/guofang-ke.assets/guan.svg"),
}
DRAFT_YEAR: Mapping[str, Content] = {"docs/shuju/2025.md": swap("docs/shuju/2025.md", "摘要:", "稿件: 草稿\n摘要:")}
HALL_PAGE = "docs/cunshiguan/yangban-cun.md"
DRAFT_HALL: Mapping[str, Content] = {HALL_PAGE: swap(HALL_PAGE, "摘要:", "稿件: 草稿\n摘要:")}

# fmt: off
CASES = [
    # ---- 页眉 ----
    whole("header-none", PAGE, "# 民兵知识\n\n文字。\n", "没有页眉；文件第一行写 ---，接着写 摘要、复核，再写一行 ---"),
    bad("header-open", PAGE, "复核: 2026-11-20\n---\n", "复核: 2026-11-20\n", ":1 页眉没有收尾；页眉写完后单独写一行 ---"),
    whole("header-empty", PAGE, "---\n---\n\n# 题\n", ":2 页眉是空的；写上 摘要 和 复核"),
    bad("header-key", PAGE, "复核: 2026", "复合: 2026", "不认识的键「复合」；是不是「复核」？"),
    bad("header-extra", PAGE, "复核: 2026-11-20", "复核: 2026-11-20\n标签: 民兵", "不认识的键「标签」；可用的键有：摘要、复核、撤下、稿件"),
    bad("header-title", PAGE, "复核: 2026-11-20", "title: 民兵\n复核: 2026-11-20", "不认识的键「title」；可用的键有：摘要、复核、撤下、稿件"),
    bad("header-template", PAGE, "复核: 2026-11-20", "复核: 2026-11-20\ntemplate: x.html", "不认识的键「template」；可用的键有：摘要、复核、撤下、稿件"),
    bad("header-missing", PAGE, "复核: 2026-11-20\n", "", ":2 缺「复核」；补一行 复核: …"),
    bad("header-date", PAGE, "复核: 2026-11-20", "复核: 2026-13-20", "「复核」没有 2026-13-20 这一天；查一下日历，改成真有的日期"),
    bad("header-no-space", PAGE, "复核: 2026", "复核:2026", "冒号后面没有空格；改成半角冒号加一个空格，如 年份: 2020"),
    bad("header-wide-colon", PAGE, "摘要: 民兵", "摘要：民兵", "用了全角冒号「：」；改成半角冒号加一个空格，如 年份: 2020"),
    bad("header-star", PAGE, "摘要: 民兵", "摘要: *民兵", "值的开头有特殊符号（& *）；用双引号把值括起来"),
    bad("header-python", PAGE, "摘要: 民兵", "摘要: !!python/name:os.system 民兵", "用了 ! 标签；去掉；文字以 ! 开头时加双引号"),
    bad("header-anchor", PAGE, "摘要: 民兵", "摘要: &a 民兵", "用了 & 锚点；去掉；文字以 & 开头时加双引号"),
    bad("header-tab", PAGE, "复核: 2026", "\t复核: 2026", "行首用了制表符（Tab）；缩进一律用空格"),
    bad("header-octal-date", PAGE, "复核: 2026-11-20", "复核: 0o17", "「复核」里的日期「0o17」的写法不对；写成 2026-11-20 这样，四位年-两位月-两位日，半角"),
    bad("header-sexagesimal", PAGE, "摘要: 民兵知识，样板镇国防教育专栏的一页", "摘要: 12:30:45", "「摘要」里有不加引号会读错的值；用双引号把值括起来"),
    bad("header-octal", ACTIVITY, "来源: 样板镇党建办", "来源: 0512", "「来源」里有不加引号会读错的值；用双引号把值括起来"),
    bad("header-equals", PAGE, "摘要: 民兵知识，样板镇国防教育专栏的一页", "摘要: =", "「摘要」不能以「=」开头；删掉这个符号；下载的表格打开时会当成公式"),
    bad("header-yes-nested", ACTIVITY, "编辑: 镇党建办编辑员", "编辑: yes", ":7 「审签」里有不加引号会读错的值；用双引号把值括起来"),
    bad("header-quoted", ACTIVITY, "来源: 样板镇党建办", '来源: "0512"'),
    whole("page-empty", PAGE, "", "文件是空的；照别的页面写好，或删掉这个文件"),
    whole("page-gbk", PAGE, text(PAGE).encode("gbk"), ":2 文件不是 UTF-8 编码，像是 GBK（ANSI）；用记事本另存为，编码选 UTF-8"),
    whole("page-utf16", PAGE, text(PAGE).encode("utf-16"), "文件是 UTF-16 编码；用记事本另存为，编码选 UTF-8"),
    whole("page-bom", PAGE, "\ufeff" + text(PAGE), "提醒 文件开头有 BOM 标记；另存为时编码选 UTF-8（不带 BOM）"),
    bad("page-nul", PAGE, "民兵是什么，法律里写着。", "\x00", "文件里有空字符（NUL），不是纯文本；重新新建文本文件，把文字粘贴进去"),
    bad("page-noncharacter", PAGE, "民兵是什么，法律里写着。", "民兵是什么，法律里写着。\ufdd07\ufdd1", "这一行里有看不见的字符；删掉这一行重新打一遍，不要粘贴"),
    bad("page-no-title", PAGE, "# 民兵知识", "民兵知识", ":5 G-3 没有一级标题；页眉下面写一行「# 标题」"),
    bad("page-two-titles", PAGE, "民兵是什么，法律里写着。", "民兵是什么，法律里写着。\n\n# 又一个", ":10 G-3 有两个一级标题；下面的标题用 ## 或 ###"),
    bad("page-two-titles-underlined", PAGE, "民兵是什么，法律里写着。", "民兵是什么，法律里写着。\n\n又一个\n===", ":11 G-9 单独一行的横线不起作用；删掉；要分开两部分，写一个标题"),
    bad("page-macro-in-title", PAGE, "# 民兵知识", '# {{ figure(2025, "国防教育活动场次") }}', "G-3 一级标题里不能用宏；标题直接写文字"),
    whole("page-name-capital", "docs/minbing/Index.md", text(PAGE), "文件名「minbing/Index.md」的写法不对；文件夹和文件名只用小写字母、数字和连字符 -", also={PAGE: None}),
    whole("page-name-space", "docs/minbing/min bing.md", text(PAGE), "文件名「minbing/min bing.md」的写法不对；文件夹和文件名只用小写字母、数字和连字符 -"),
    whole("page-name-chinese", "docs/minbing/民兵.md", text(PAGE), "文件名「minbing/民兵.md」的写法不对；文件夹和文件名只用小写字母、数字和连字符 -"),
    whole("page-missing-hall", "docs/cunshiguan/yangban-cun.md", None, 'data/halls/yangban-cun.yml:1 还没有对应的页面 docs/cunshiguan/yangban-cun.md；复制 docs/_moban/cunshiguan.md 到那里，正文写 {{ hall("yangban-cun") }}', "docs/cunshiguan/yangban-cun.assets/meiyou-deng.svg:1 提醒 没有 docs/cunshiguan/yangban-cun.md 这一页，文件还会公开；页面删了，文件夹也删掉；页面改了名，文件夹一起改"),
    whole("page-missing-service", "docs/banshi/yuyue-jiangjie.md", None, 'data/services/yuyue-jiangjie.yml:1 还没有对应的页面 docs/banshi/yuyue-jiangjie.md；复制 docs/_moban/banshi.md 到那里，正文写 {{ service("yuyue-jiangjie") }}'),
    whole("page-missing-year", "docs/shuju/2025.md", None, "data/years/2025.yml:1 还没有对应的页面 docs/shuju/2025.md；复制 docs/_moban/niandu.md 到那里，正文写 {{ figures(2025) }}"),
    # ---- 草稿：没有写完的只提醒，别的地方不能靠它 ----
    bad("draft-word", PAGE, "复核: 2026-11-20", "稿件: 初稿\n复核: 2026-11-20", "「稿件」不能写「初稿」；是不是「草稿」？只能写 草稿", ":3 这一页不能是草稿，别的页面都链到它；删掉 稿件 一行；没有写好的，写在新的一页里"),
    bad("draft-entrance", PAGE, "复核: 2026-11-20", "稿件: 草稿\n复核: 2026-11-20", "这一页不能是草稿，别的页面都链到它；删掉 稿件 一行；没有写好的，写在新的一页里"),
    bad("draft-calendar", "docs/rili/2026.md", "复核: 2026-11-20", "稿件: 草稿\n复核: 2026-11-20", "这一页不能是草稿，别的页面都链到它；删掉 稿件 一行；没有写好的，写在新的一页里"),
    whole("draft-unsigned", DRAFT, text(ACTIVITY).replace("日期: 2025-09-20", "稿件: 草稿\n日期: 2025-09-20").replace("村史馆里的国防课", "村史馆里的一课").replace("编辑: 镇党建办编辑员", "编辑:").replace("签发: 镇分管负责人", "签发:").replace("保密审查日期: 2025-09-23", "保密审查日期:"), ":26 提醒 T-2 图片不在本页的图片文件夹里；放到 bie.assets/ 里"),
    whole("draft-unfinished", DRAFT, "---\n稿件: 草稿\n摘要: 没有写完\n---\n\n# 没有写完\n\n[没有的页面](meiyou.md)。\n", ":2 提醒 缺「复核」；补一行 复核: …", ":2 提醒 缺「日期」；补一行 日期: …", ":2 提醒 缺「来源」；补一行 来源: …", ":2 提醒 缺「审签」；补一行 审签: …", ":8 提醒 L-1 链接「meiyou.md」找不到文件；核对文件名和 ../ 的层数"),
    whole("draft-private", "docs/minbing/caogao.md", "---\n稿件: 草稿\n摘要: 民兵知识的又一页，还没有写完，先放在这里\n复核: 2026-11-20\n---\n\n# 没有写完\n\n打15400138000。\n", ":9 Y-1 「15***00」；像是个人手机号；只公布办公电话，写在 data/places.yml"),
    bad("unsigned-activity", ACTIVITY, "  保密审查日期: 2025-09-23", "  保密审查日期:", "「保密审查日期」没有填；写保密审查的那一天；没有审完的，页眉写 稿件: 草稿"),
    bad("unsigned-editor", ACTIVITY, "  编辑: 镇党建办编辑员", "  编辑:", "「编辑」还没有人；审签要有人负责，写岗位；没有审完的，页眉写 稿件: 草稿"),
    bad("draft-linked", PAGE, TEXT, f"{TEXT}见[草稿](caogao.md)。", ":8 L-1 「caogao.md」是草稿里的，居民打不开；先去掉；等它定稿再加", also=DRAFTED),
    bad("draft-picture-shown", PAGE, TEXT, f"{TEXT}见[图](caogao.assets/guan.svg)。", ":8 L-1 「caogao.assets/guan.svg」是草稿里的，居民打不开；先去掉；等它定稿再加", also=DRAFTED),
    bad("draft-answered", PAGE, TEXT, f'{TEXT}\n\n{{{{ answer("minbing/caogao.md") }}}}', ":10 L-1 页面「minbing/caogao.md」还是草稿，或者已经撤下；去掉这一处；等它公开了再加", also=DRAFTED),
    bad("draft-figure", PAGE, TEXT, f'{TEXT}2025年办了{{{{ figure(2025, "国防教育活动场次") }}}}场。', ":8 L-1 年份「2025」还是草稿，或者已经撤下；去掉这一处；等它公开了再加", also=DRAFT_YEAR),
    bad("draft-header-picture", ACTIVITY, "文件: guofang-ke.assets/guan.svg", "文件: bie.assets/guan.svg", f"{DRAFT}:26 提醒 T-2 图片不在本页的图片文件夹里；放到 bie.assets/ 里", "图片 bie.assets/guan.svg 是草稿里的；先去掉；等它定稿再加", ":25 T-2 图片没有写谁拍的、什么许可；图片下面空一行，写 /// figure-caption，写清谁拍摄、什么许可，再写 ///", also={DRAFT: f"---\n稿件: 草稿\n{text(ACTIVITY)[4:]}", "docs/shuangyong/2025/bie.assets/guan.svg": text("docs/shuangyong/2025/guofang-ke.assets/guan.svg")}),
    bad("draft-place", ACTIVITY, "渠道: [微信, 宣传栏]", "渠道: [微信, 宣传栏]\n办理点: [yangban-cun]", ":14 村史馆「yangban-cun」还是草稿，或者已经撤下；换一个；等它公开了再加", also=DRAFT_HALL),
    whole("draft-in-menu", MENU, text(MENU) + "nav:\n  - 首页: index.md\n  - 旧页: minbing/caogao.md\nnot_in_nav: |\n  /*/*.md\n  /search.md\n  /*/*/*.md\n", ":44 目录里的 minbing/caogao.md 还是草稿；先删掉这一行；定稿以后再加", also=DRAFTED),
    whole("draft-redirected", REDIRECTS, f"{text(REDIRECTS)}jiu.html: minbing/caogao.html\n", ":2 新地址「minbing/caogao.html」没有页面；是不是「minbing/index.html」？", also=DRAFTED),
    # ---- 活动 ----
    bad("activity-no-sign-off", ACTIVITY, "审签:\n  编辑: 镇党建办编辑员\n  审核: 镇党建办负责人\n  签发: 镇分管负责人\n  保密审查: 镇保密审查员\n  保密审查日期: 2025-09-23\n", "", ":2 缺「审签」；补一行 审签: …"),
    bad("activity-sign-off-part", ACTIVITY, "  保密审查: 镇保密审查员\n", "", ":7 缺「保密审查」；补一行 保密审查: …"),
    bad("activity-same-person", ACTIVITY, "签发: 镇分管负责人", "签发: 镇党建办编辑员", "签发和编辑是同一个人；签发要换一个人"),
    bad("activity-reviewed-early", ACTIVITY, "保密审查日期: 2025-09-23", "保密审查日期: 2025-09-21", "保密审查日期早于更新；文字改过以后要重新审查，写新的审查日期"),
    bad("activity-updated-early", ACTIVITY, "更新: 2025-09-22", "更新: 2025-09-12", "更新比日期还早；核对两个日期"),
    bad("activity-expires-early", ACTIVITY, "渠道: [微信", "有效期至: 2025-09-01\n渠道: [微信", "有效期至比日期还早；核对两个日期"),
    bad("activity-year-folder", ACTIVITY, "日期: 2025-09-20\n更新: 2025-09-22", "日期: 2024-09-20\n更新: 2025-09-22", "日期是 2024-09-20，文件却在 2025 文件夹；移到对应年份的文件夹，或改正日期"),
    bad("activity-channel", ACTIVITY, "[微信, 宣传栏]", "[微博, 宣传栏]", "「渠道」不能写「微博」；是不是「微信」？只能写 微信、宣传栏、广播"),
    bad("activity-channel-twice", ACTIVITY, "[微信, 宣传栏]", "[微信, 微信, 广播, 广播]", "「渠道」最多 3 项；删掉多出的"),
    bad("activity-place", ACTIVITY, "渠道: [微信, 宣传栏]", "渠道: [微信, 宣传栏]\n办理点: [yangban-cun, fuwuzan]", ":14 places.yml 和各馆的编号里都没有「fuwuzan」；是不是「fuwuzhan」？"),
    bad("activity-channel-text", ACTIVITY, "[微信, 宣传栏]", "微信", "「渠道」要写成列表；每项前面加「- 」，或写成 [甲, 乙]"),
    bad("activity-picture", ACTIVITY, "文件: guofang-ke.assets/guan.svg", "文件: guofang-ke.assets/guang.svg", "没有图片 guofang-ke.assets/guang.svg；核对文件名和文件夹", ":25 T-2 图片没有写谁拍的、什么许可；图片下面空一行，写 /// figure-caption，写清谁拍摄、什么许可，再写 ///"),
    bad("activity-demo", ACTIVITY, "渠道: [微信", "演示: 是\n渠道: [微信", "正式的网站里还有演示内容；换成真实内容后删掉「演示」一行，或删掉这一条"),
    bad("activity-key", ACTIVITY, "  审核: 镇党建办", "  审合: 镇党建办", "不认识的键「审合」；是不是「审核」？"),
    bad("header-sign-off-elsewhere", PAGE, "复核: 2026-11-20", "复核: 2026-11-20\n日期: 2025-09-20", "不认识的键「日期」；可用的键有：摘要、复核、撤下、稿件"),
    bad("demo-hall", HALL, "状态: 开放", "状态: 开放\n演示: 是", "正式的网站里还有演示内容；换成真实内容后删掉「演示」一行，或删掉这一条"),
    bad("demo-year", YEAR, "来源: ", "演示: 是\n来源: ", "正式的网站里还有演示内容；换成真实内容后删掉「演示」一行，或删掉这一条"),
    bad("demo-place", PLACES, "  村: 样板村", "  村: 样板村\n  演示: 是", "正式的网站里还有演示内容；换成真实内容后删掉「演示」一行，或删掉这一条"),
    bad("demo-slogan", SLOGANS, "  停用: ", "  演示: 是\n  停用: ", "正式的网站里还有演示内容；换成真实内容后删掉「演示」一行，或删掉这一条"),
    # ---- 读得通，可是会悄悄公开错的东西 ----
    bad("hash-in-header", PAGE, "摘要: 民兵", "摘要: 第 #1 页民兵", "「#」后面的字成了注释，不会公开；是注释就在 # 后面空一格；是正文就用双引号把整个值括起来"),
    bad("channel-repeated", ACTIVITY, "[微信, 宣传栏]", "[微信, 微信]", "「渠道」里「微信」写了两遍；留一个，删一个"),
    bad("private-use", PAGE, "民兵是什么，法律里写着。", "\ue000", "这一行里有乱码；照原稿重新打一遍这一行"),
    bad("sign-off-unknown", ACTIVITY, "签发: 镇分管负责人", "签发: 待公布", "「签发」还没有人；审签要有人负责，写岗位；没有审完的，页眉写 稿件: 草稿"),
    bad("header-doubled", PAGE, "复核: 2026-11-20", "复核: 2026-11-20\n复核: 2026-11-21", "「复核」写了两遍，第 3 行已经有了；留一个，删一个"),
    bad("year-page-copied", "docs/shuju/2024.md", "figures(2024)", "figures(2025)", "这一页写了别处的内容；改成 {{ figures(2024) }}"),
    bad("hall-page-bare", "docs/cunshiguan/yangban-cun.md", '{{ hall("yangban-cun") }}', "", ':5 这一页没有写 {{ hall("yangban-cun") }}；单独一行补上'),
    bad("hall-page-twice", "docs/cunshiguan/yangban-cun.md", '{{ hall("yangban-cun") }}', '{{ hall("yangban-cun") }}\n\n{{ hall("yangban-cun") }}', ':10 {{ hall("yangban-cun") }} 写了两遍；留一个，删一个'),
    bad("header-no-such-day", PAGE, "摘要: 民兵知识，样板镇国防教育专栏的一页", "摘要: 2026-11-31", "页眉里有不加引号会读错的值；用双引号把值括起来"),
    whole("activity-reviewed-before", ACTIVITY, swap(ACTIVITY, "更新: 2025-09-22\n", "").replace("2025-09-23", "2025-09-19"), ":11 保密审查日期早于日期；文字改过以后要重新审查，写新的审查日期"),
    whole("activity-reviewed-same-day", ACTIVITY, swap(ACTIVITY, "更新: 2025-09-22\n", "").replace("2025-09-23", "2025-09-20")),
]

"""没有写好的稿子：模板里的话、摘要和标题的长短、日子、空白、粘来的东西。"""
# ruff: noqa: E501

from conftest import ROOT

from . import ACTIVITY, bad, body

LESSON = "这一天村史馆里讲了三件旧物件的来历。"
SIDE = "稿子后面的署名行，从网页上一起粘来的；删掉，供稿单位写在页眉的 来源 里，不写姓名"
PASTED = "从网页上一起粘来的，删掉"
PHONE = "电话只写在 data/places.yml，页面用宏去取；抄两处就会有一处错"
NO_YEAR = "写全年月日，如 2026年9月18日；页面会放很多年"
BLANK = "删掉空白；这一段里别处也看一看"

TEMPLATE = {"docs/_moban/huodong.md": (ROOT / "docs/_moban/huodong.md").read_text(encoding="utf-8")}

# fmt: off
CASES = [
    bad("draft-template", ACTIVITY, "摘要: 2025年9月20日，村史馆办了一次国防教育讲解", "摘要: 谁在哪天做了什么，居民能得到什么，一句话说清", "G-2 「谁在哪天做了什么，居民能得到什么，一句话」是模板里的话，还没有换掉；换成自己的；用不上的整行删掉", also=TEMPLATE),
    bad("draft-template-photo", ACTIVITY, "拍摄: 本栏目绘制", "拍摄: 谁拍的", "G-2 「谁拍的」是模板里的话，还没有换掉；换成自己的；用不上的整行删掉", also=TEMPLATE),
    bad("draft-template-text", ACTIVITY, LESSON, f"做得怎么样，居民能得到什么。两三句。\n\n{LESSON}", "G-2 「做得怎么样，居民能得到什么。两三句。」是模板里的话，还没有换掉；换成自己的；用不上的整行删掉", also=TEMPLATE),
    bad("draft-summary", ACTIVITY, "摘要: 2025年9月20日，村史馆办了一次国防教育讲解", "摘要: 办了讲解", "提醒 G-2 摘要有 4 个字；写 20 到 60 个字：这页答什么，一句话"),
    bad("draft-title", ACTIVITY, "# 村史馆里的国防课", "# 村史馆里举办国防教育专题讲解活动", "提醒 G-2 标题有 16 个字；不超过 13 个字，海报上才大"),
    bad("draft-name", ACTIVITY, "编辑: 镇党建办编辑员", "编辑: 卞青禾", "提醒 Y-9 「编辑」写的像是姓名；写岗位，如 镇党建办负责人；够追责就行"),
    body("draft-no-year", "9月30日上午，镇里到烈士陵园献花。10月1日下午，又去了一次。", f"提醒 R-1 「9月30日」没有写年份；{NO_YEAR}"),
    body("draft-day-only", "16日，镇里开了一个座谈会。", f"提醒 R-1 「16日」没有写年份；{NO_YEAR}"),
    body("draft-year-before", "2026年9月，镇里办了几件事。\n\n9月30日上午，到烈士陵园献花。每年9月30日上午都去。"),
    body("draft-yearly", "烈士纪念日是每年的9月30日，当天上午有仪式。"),
    body("draft-blank", "服务站来了 12 位老人 ，都办好了。", f"提醒 W-15 「务站来了 12 位」里多了空白；{BLANK}"),
    body("draft-phone", "举报电话：0512—66000001。", f"提醒 S-10 正文里抄了电话「0512—66000001」；{PHONE}"),
    # ---- 粘来的 ----
    body("pasted-place", "您当前的位置：正文", f"W-17 「您当前的位置：」；{PASTED}"),
    body("pasted-fragment", "先做了一件事。\n\n后做了一件事。\n\n热门文章区", ":12 提醒 W-17 「热门文章区」不成一句话，像是一起粘来的；不要的删掉；是小标题，前面加 ## 和空格；是正文，补上句号"),
    body("pasted-side", "做了一件好事。\n\n编辑：卞青禾", f":10 提醒 W-17 「编辑：卞青禾」；{SIDE}"),
    body("pasted-side-ok", "编辑写稿，审核看事实，签发的人签字。作者的话照抄。"),
    body("pasted-time", "2026-01-26 17:34:14", ":8 提醒 W-17 「2026-01-26 17:34:14」；网页上的时间、来源行，删掉；日期写在正文里"),
    body("pasted-caption", "图为座谈会现场。", "提醒 T-2 「图为座谈会现场」；图说粘在正文里了；图放进页眉的 图片，写清谁拍的"),
    body("pasted-paper", "本报讯 镇里来了一支医疗队。", "提醒 T-2 「本报讯」；转载要有许可，写明来源；没有许可，自己写一稿"),
    body("pasted-disclaimer", "如有侵权，请告诉我们。", "W-17 「如有侵权」；别家网站的声明，不是稿子里的话，删掉"),
]
# fmt: on

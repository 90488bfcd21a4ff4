"""data/township.yml。"""
# ruff: noqa: E501

from . import TOWN, bad

# fmt: off
CASES = [
    # ---- 乡镇 ----
    bad("yes-no", TOWN, "演示: 否", "演示: 不", "「演示」里的「不」不行，只能写 是 或 否"),
    bad("yes-no-english", TOWN, "演示: 否", "演示: false", "「演示」里的「false」不行，只能写 是 或 否"),
    bad("host-unknown", TOWN, "主办单位: 样板镇人民政府", "主办单位: 待公布", "主办单位必须填；写单位全称，如 ××镇人民政府"),
    bad("portal", TOWN, "栏目名: 样板镇国防教育专栏", "栏目名: 样板镇官方网站", "W-12 「栏目名」不能叫官方网站或门户网站；乡镇只办专栏，写 ××镇国防教育专栏"),
    bad("url-http", TOWN, "https://yangban", "http://yangban", "网址「http://yangban.example/」的写法不对；写成 https://域名/路径/ 的样子，不带空格和中文"),
    bad("url-space", TOWN, "https://yangban.example/", "https://yang ban.example/", "网址「https://yang ban.example/」的写法不对；写成 https://域名/路径/ 的样子，不带空格和中文"),
    bad("url-chinese", TOWN, "https://yangban.example/", "https://样板镇.example/", "网址「https://样板镇.example/」的写法不对；写成 https://域名/路径/ 的样子，不带空格和中文"),
    bad("url-no-slash", TOWN, "yangban.example/", "yangban.example", "「网址」要以 / 结尾；写成 https://yangban.example/"),
    bad("url-none", TOWN, "网址: https://yangban.example/\n", "", ":1 提醒 没有填「网址」；订阅、网站地图文件和二维码先不生成；有了网址再补上"),
    bad("url-empty", TOWN, "网址: https://yangban.example/", "网址:", "提醒 没有填「网址」；订阅、网站地图文件和二维码先不生成；有了网址再补上"),
    bad("repository-http", TOWN, "挂载方式: 独立域名", "仓库: {编辑: http://git.example/a/edit/main/}\n挂载方式: 独立域名", "「编辑」里的网址「http://git.example/a/edit/main/」的写法不对；写成 https://域名/路径/ 的样子，不带空格和中文"),
    bad("repository-no-slash", TOWN, "挂载方式: 独立域名", "仓库: {新建: https://git.example/a/new/main}\n挂载方式: 独立域名", "仓库的「新建」要以 / 结尾；写成 https://git.example/a/new/main/"),
    bad("repository-key", TOWN, "挂载方式: 独立域名", "仓库: {编缉: https://git.example/a/edit/main/}\n挂载方式: 独立域名", "不认识的键「编缉」；是不是「编辑」？"),
    bad("icp-fake", TOWN, "ICP备案号:", "ICP备案号: 京ICP备00000000号", "「ICP备案号」里的备案号「京ICP备00000000号」像是占位的假号；还没有就空着，不要编"),
    bad("icp-fake-counting", TOWN, "ICP备案号:", "ICP备案号: 京ICP备12345678号", "「ICP备案号」里的备案号「京ICP备12345678号」像是占位的假号；还没有就空着，不要编"),
    bad("icp-wrong", TOWN, "ICP备案号:", "ICP备案号: 京ICP 备2021号", "「ICP备案号」里的备案号「京ICP 备2021号」的写法不对；写成 ×ICP备××××××××号 的样子；还没有就空着，不要编"),
    bad("police-wrong", TOWN, "公安备案号:", "公安备案号: 京公网安备123号", "「公安备案号」里的备案号「京公网安备123号」的写法不对；写成 ×公网安备××××××××××××××号 的样子；还没有就空着，不要编"),
    bad("site-code-wrong", TOWN, "网站标识码:", "网站标识码: 123", "网站标识码「123」的写法不对；写成 10 位数字 的样子；还没有就空着，不要编"),
    bad("site-code-fake", TOWN, "网站标识码:", '网站标识码: "0000000000"', "网站标识码「0000000000」像是占位的假号；还没有就空着，不要编"),
    bad("mobile", TOWN, '纠错电话: "12345"', "纠错电话: 15400138000", "Y-1 「纠错电话」里的电话像是个人手机号；只公布办公电话；没有就写 待公布"),
    bad("mobile-spaced", TOWN, '纠错电话: "12345"', "纠错电话: 154 0013-8000", "Y-1 「纠错电话」里的电话像是个人手机号；只公布办公电话；没有就写 待公布"),
    bad("mobile-dashed", TOWN, '纠错电话: "12345"', "纠错电话: 138‑0013　8000", "Y-1 「纠错电话」里的电话像是个人手机号；只公布办公电话；没有就写 待公布"),
    bad("mobile-country", TOWN, '纠错电话: "12345"', '纠错电话: "+86 15400138000"', "Y-1 「纠错电话」里的电话像是个人手机号；只公布办公电话；没有就写 待公布"),
    bad("phone-half-known", TOWN, '纠错电话: "12345"', "纠错电话: 0000-00XX", "「纠错电话」里的电话「0000-00XX」的写法不对；写成 0000-0000000，几个号码用顿号隔开；没有就写 待公布"),
    bad("phone-words", TOWN, '纠错电话: "12345"', "纠错电话: 找老王", "「纠错电话」里的电话「找老王」的写法不对；写成 0000-0000000，几个号码用顿号隔开；没有就写 待公布"),
    bad("phone-endless", TOWN, '纠错电话: "12345"', "纠错电话: " + "0" * 5000, "「纠错电话」里的电话「000000000000000000000000000000000000000000000000000000000000」的写法不对；写成 0000-0000000，几个号码用顿号隔开；没有就写 待公布"),
    bad("email", TOWN, "邮箱: 待公布", "邮箱: 镇政府@yangban", "邮箱「镇政府@yangban」的写法不对；写成 名字@域名；没有就写 待公布"),
    bad("parent", TOWN, "挂载方式: 独立域名", "挂载方式: 独立域明", "「挂载方式」不能写「独立域明」；是不是「独立域名」？只能写 县政府门户网站的专栏、独立域名"),
    # ---- 读得通，可是会悄悄公开错的东西 ----
    bad("first-key-indented", TOWN, "演示: 否", "  演示: 否", "这一行的缩进和上面对不齐；同一层的键左边对齐，最外一层顶格写"),
    bad("comma-left-over", TOWN, "乡镇: 样板镇", "乡镇: 样板镇,", "「乡镇」里的「样板镇,」末尾多了半角的「,」；删掉；确实要显示的，用双引号把整个值括起来"),
    bad("phone-too-short", TOWN, '纠错电话: "12345"', "纠错电话: 1", "「纠错电话」里的电话「1」的写法不对；写成 0000-0000000，几个号码用顿号隔开；没有就写 待公布"),
    bad("url-dots", TOWN, "https://yangban.example/", "https://yangban.example/../", "网址「https://yangban.example/../」的写法不对；写成 https://域名/路径/ 的样子，不带空格和中文"),
    bad("town-of-make-fresh", TOWN, "乡镇: 样板镇", "乡镇: 本镇", "提醒 「乡镇」还是“本镇”；把 栏目名、乡镇、主办单位 改成真实的全称"),
    bad("yes-no-list", TOWN, "演示: 否", "演示: [否]", "「演示」只能写 是 或 否"),
    # ---- 真的号 ----
    bad("icp-8-digits", TOWN, "ICP备案号:", "ICP备案号: 京ICP备20210123号"),
    bad("icp-10-digits", TOWN, "ICP备案号:", "ICP备案号: 京ICP备2021012346号-12"),
    bad("icp-7-digits", TOWN, "ICP备案号:", "ICP备案号: 京ICP备2021012号", "「ICP备案号」里的备案号「京ICP备2021012号」的写法不对；写成 ×ICP备××××××××号 的样子；还没有就空着，不要编"),
    bad("icp-11-digits", TOWN, "ICP备案号:", "ICP备案号: 京ICP备20210123467号", "「ICP备案号」里的备案号「京ICP备20210123467号」的写法不对；写成 ×ICP备××××××××号 的样子；还没有就空着，不要编"),
    bad("police-14-digits", TOWN, "公安备案号:", "公安备案号: 京公网安备11010502037891号"),
    bad("site-code-10-digits", TOWN, "网站标识码:", '网站标识码: "3711020031"'),
    bad("site-code-ministry", TOWN, "网站标识码:", "网站标识码: bm23450001"),
]

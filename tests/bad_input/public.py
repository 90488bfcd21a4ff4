"""公开前后：审签的日期，和发布记录对不对得上，多久没有核对，附件和照片。"""
# ruff: noqa: E501

import csv
import io
import random
from collections.abc import Mapping

from documents import pdf, word
from PIL import Image

from macros.model import load
from macros.model.published import said

from . import (
    ACTIVITY,
    CLEAN,
    HALL,
    PAGE,
    PLACES,
    PUBLISHED,
    REDIRECTS,
    SERVICE,
    SLOGANS,
    SOURCES,
    TEXT,
    TOWN,
    YEAR,
    Content,
    bad,
    swap,
    text,
    whole,
)

NEWS = "docs/shuangyong/2026/xiu-podao.md"
PICTURE = "docs/minbing/index.assets/a.jpg"
DRAWN = "docs/minbing/index.assets/a.svg"
UNUSED = "提醒 T-2 这张图片没有用到；在页面里用上，或删掉"
CREDIT = "/// figure-caption\n拍摄：镇党建办，许可：同意本栏目使用\n///\n"
SHOWN = {PAGE: f"{text(PAGE)}\n![一盏灯](index.assets/a.jpg)\n\n{CREDIT}"}


def published() -> str:
    """发布记录：每一页在 2026-11-21 公开过，就是没有改坏的样子。"""
    site = load(CLEAN)
    rows = ["地址,日期,sha256,发稿日期"]
    for page in site.pages:
        issued = page.activity.date if page.activity else ""
        rows.append(f"{page.url},2026-11-21,{site.text_digest(page)},{issued}")
    return "\n".join(rows) + "\n"


def with_figures() -> str:
    """发布记录里还记着 2025 年的各个数。"""
    site = load(CLEAN)
    page = site.page_of("years", 2025)
    assert page
    buffer = io.StringIO()
    row = (page.url, "2026-11-21", site.text_digest(page), "", said(site.figures(page) or {}))
    csv.writer(buffer, lineterminator="\n").writerow(row)
    return f"地址,日期,sha256,发稿日期,数\n{buffer.getvalue()}"


def year(old: str, new: str) -> str:
    """2025 年的数改了，审核日期跟着改。"""
    return swap(YEAR, old, new).replace("2026-02-20", "2026-11-22")


def photo(**saved: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(buffer, format="JPEG", **saved)
    return buffer.getvalue()


def taken(*tags: int, place: bool = False) -> bytes:
    """照片里带着这几样：位置、手机型号（0x0110）、拍摄时间（0x0132）。"""
    exif = Image.Exif()
    for tag in tags:
        exif[tag] = "示例"
    if place:
        exif.get_ifd(0x8825)[1] = "N"
    return photo(exif=exif)


def moving() -> bytes:
    """杂点的动图，怎么压都大。"""
    noise = random.Random(1)  # noqa: S311
    frames = [Image.frombytes("RGB", (240, 240), noise.randbytes(240 * 240 * 3)) for _ in range(4)]
    buffer = io.BytesIO()
    frames[0].save(buffer, format="PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'


PUBLIC: Mapping[str, Content] = {PUBLISHED: published()}
MORE = swap(ACTIVITY, "三件旧物件的来历。", "四件旧物件的来历。")
DATED = MORE.replace("更新: 2025-09-22", "更新: 2026-11-21").replace("2025-09-23", "2026-11-21")
NOTED = DATED.replace("的来历。\n", '的来历。\n\n!!! gengzheng "更正"\n    2026年11月21日更正：写漏一件。\n')
FIGURES: Mapping[str, Content] = {PUBLISHED: with_figures()}
REQUALIFIED = (
    "    值: 20\n    限定: 约\n    更正:\n      - {日期: 2026-11-22, 原: 20, 改: 20, 原因: 限定由不少于改为约}\n"
)
SEALED = text(YEAR).replace("审核日期: 2026-02-20\n", "审核日期: 2026-02-20\n归档: 2026-03-01\n")
CORRECTED = "    值: 87\n    更正:\n      - {日期: 2026-11-22, 原: 86, 改: 87, 原因: 漏计}\n"

# fmt: off
CASES = [
    # ---- 日期 ----
    whole("future-activity", NEWS, text(NEWS).replace("2026-11-16\n", "2026-11-25\n").replace("2026-11-17", "2026-11-26"), ":4 R-8 日期 2026-11-25、保密审查日期 2026-11-26 是将来的日子；写真正的日期：还没到的活动先不发，审过了再写保密审查日期"),
    bad("future-year", YEAR, "审核日期: 2026-02-20", "审核日期: 2026-11-25", "R-8 审核日期 2026-11-25 是将来的日子；写真正核对过的那一天；还没有核对的，先核对"),
    bad("future-slogan", SLOGANS, "审核: 2025-01-05", "审核: 2062-01-05", "R-8 审核 2062-01-05 是将来的日子；写真正核对过的那一天；还没有核对的，先核对"),
    bad("future-review", PAGE, "复核: 2026-11-20", "复核: 2026-11-25", "R-8 复核 2026-11-25 是将来的日子；写真正的日期：还没到的活动先不发，审过了再写保密审查日期"),
    bad("review-today", PAGE, "复核: 2026-11-20", "复核: 2026-11-24"),
    # ---- 发布记录 ----
    whole("public-as-it-was", PUBLISHED, PUBLIC[PUBLISHED]),
    whole("public-text-changed", ACTIVITY, MORE, ":5 J-4 正文在 2026-11-21 公开以后改过，更新没有跟着改；写上 更新: 改的那一天，重新审签", also=PUBLIC),
    whole("public-not-noted", ACTIVITY, DATED, ":5 J-1 正文在 2026-11-21 公开以后改过，没有更正说明；正文里加一个更正框：!!! gengzheng \"更正\"，写日期、原文、改文；只是补充的也写一句", also=PUBLIC),
    whole("public-noted", ACTIVITY, NOTED, also=PUBLIC),
    bad("public-page-changed", PAGE, TEXT, f"{TEXT}加一句。", ":3 J-4 正文在 2026-11-21 公开以后改过，复核没有跟着改；写上 复核: 改的那一天，重新审签", also=PUBLIC),
    whole("public-page-reviewed", PAGE, swap(PAGE, TEXT, f"{TEXT}加一句。").replace("复核: 2026-11-20", "复核: 2026-11-21"), also=PUBLIC),
    bad("public-date-changed", ACTIVITY, "日期: 2025-09-20\n", "日期: 2025-09-19\n", "R-8 日期改过了：公开的时候是 2025-09-20，现在是 2025-09-19；改回 日期: 2025-09-20；改了内容另写 更新", also=PUBLIC),
    whole("public-address-gone", PUBLISHED, f"{PUBLIC[PUBLISHED]}jiu.html,2026-11-21,{'a' * 64},\n", ":27 L-3 公开过的地址 jiu.html 没有了，纸上的二维码会打不开；搬走的，在 data/redirects.yml 写 jiu.html: 新地址；不再公开的，不能只删文件：先恢复 docs/jiu.md，再用 make withdraw PAGE=docs/jiu.md REASON=\"原因\""),
    bad("public-address-drafted", ACTIVITY, "日期: 2025-09-20\n", "稿件: 草稿\n日期: 2025-09-20\n", f"{REDIRECTS}:1 新地址「shuangyong/2025/guofang-ke.html」没有页面；是不是「shuangyong/2026/xiu-podao.html」？", f"{PUBLISHED}:17 L-3 公开过的地址 shuangyong/2025/guofang-ke.html 改成了草稿，纸上的二维码会打不开；删掉 {ACTIVITY} 的 稿件 一行；要改的，改好再发；不再公开的，删掉这一行再用 make withdraw PAGE=docs/shuangyong/2025/guofang-ke.md REASON=\"原因\"", also=PUBLIC),
    whole("public-address-moved", PUBLISHED, f"{PUBLIC[PUBLISHED]}jiu.html,2026-11-21,{'a' * 64},\n", also={REDIRECTS: f"{text(REDIRECTS)}jiu.html: index.html\n"}),
    bad("public-hall-changed", HALL, "电话: 待公布", "电话: 0000-1234567", ":28 J-4 内容在 2026-11-21 公开以后改过，复核日期没有跟着改；写上 复核日期: 核对的那一天；改的是 docs/cunshiguan/yangban-cun.md 里的字，就改那里的 复核", also=PUBLIC),
    whole("public-hall-reviewed", HALL, swap(HALL, "电话: 待公布", "电话: 0000-1234567").replace("复核日期: 2026-11-20", "复核日期: 2026-11-22"), also=PUBLIC),
    bad("public-guide-changed", SERVICE, "一个人能约吗", "一个人可以约吗", ":17 J-4 内容在 2026-11-21 公开以后改过，复核日期没有跟着改；写上 复核日期: 核对的那一天；改的是 docs/banshi/yuyue-jiangjie.md 里的字，就改那里的 复核", also=PUBLIC),
    bad("public-figure-changed", YEAR, "    值: 86", "    值: 87", ":3 J-4 内容在 2026-11-21 公开以后改过，审核日期没有跟着改；写上 审核日期: 核对的那一天；改的是 docs/shuju/2025.md 里的字，就改那里的 复核", also=PUBLIC),
    whole("public-sealed", YEAR, SEALED, also=PUBLIC),
    whole("public-sealed-corrected", YEAR, SEALED.replace("    值: 86\n", CORRECTED).replace("2026-02-20", "2026-11-22"), also=PUBLIC),
    whole("public-sealed-changed", YEAR, SEALED.replace("    值: 86\n", "    值: 87\n").replace("2026-02-20", "2026-11-22"), ":4 S-11 2025 年已经封存，2026-11-21 公开以后又改过，没有写更正；改回公开时的数；要改的，在那个指标下写 更正：日期、原、改、原因", also=PUBLIC),
    whole("figure-as-published", PUBLISHED, FIGURES[PUBLISHED]),
    whole("figure-changed", YEAR, year("    值: 86\n", "    值: 87\n"), ":6 S-11 「国防教育活动场次」公开的是 86，现在是 87，没有写更正；改回去；真要改的，在这个指标下写 更正：日期、原、改、原因", also=FIGURES),
    whole("figure-corrected", YEAR, year("    值: 86\n", CORRECTED), also=FIGURES),
    whole("figure-qualifier-changed", YEAR, year("    值: 20\n    限定: 不少于\n", "    值: 20\n    限定: 约\n"), ":12 S-11 「走访慰问户次」公开的是 不少于20，现在是 约20，没有写更正；改回去；真要改的，在这个指标下写 更正：日期、原、改、原因", also=FIGURES),
    whole("figure-qualifier-noted", YEAR, year("    值: 20\n    限定: 不少于\n", REQUALIFIED), also=FIGURES),
    whole("figure-hidden", YEAR, year("    值: 1500\n    限定: 约\n    说明: 有三天没有登记\n", "    状态: 少于10\n"), also=FIGURES),
    whole("figure-taken-away", YEAR, year("    值: 86\n", "    状态: 暂缺\n"), ":6 S-11 「国防教育活动场次」公开的是 86，现在是 暂缺，没有写更正；改回去；真要改的，在这个指标下写 更正：日期、原、改、原因", also=FIGURES),
    whole("figure-removed", YEAR, year("  国防教育活动场次:\n    值: 86\n", ""), ":4 提醒 没有填「国防教育活动场次」，页面上显示待公布；补上数，或写 状态: 待公布", ":4 S-11 「国防教育活动场次」公开过，是 86，现在没有了；恢复这个指标；不再数的，改写状态，再写更正", also=FIGURES),
    whole("figure-record-broken", PUBLISHED, f"地址,日期,sha256,发稿日期,数\nindex.html,2026-11-21,{'a' * 64},,[]\n", ":2 这一行的写法不对；这个文件由发布程序写，请恢复原样"),
    # ---- 多久没有核对 ----
    bad("hours-30-days", HALL, "复核日期: 2026-11-20", "复核日期: 2026-10-25"),
    bad("hours-31-days", HALL, "复核日期: 2026-11-20", "复核日期: 2026-10-24", "提醒 R-9 样板村村史馆的开放时间上次核对是 2026-10-24，过了 30 天；打电话或到现场核对，改 复核日期"),
    bad("hours-60-days", HALL, "复核日期: 2026-11-20", "复核日期: 2026-09-25", "提醒 R-9 样板村村史馆的开放时间上次核对是 2026-09-25，过了 30 天；打电话或到现场核对，改 复核日期"),
    bad("hours-61-days", HALL, "复核日期: 2026-11-20", "复核日期: 2026-09-24", "R-9 样板村村史馆的开放时间上次核对是 2026-09-24，过了 30 天；打电话或到现场核对，改 复核日期"),
    bad("hours-61-days-demo", HALL, "复核日期: 2026-11-20", "复核日期: 2026-09-24", "提醒 R-9 样板村村史馆的开放时间上次核对是 2026-09-24，过了 30 天；打电话或到现场核对，改 复核日期", also={TOWN: swap(TOWN, "演示: 否", "演示: 是")}),
    bad("place-181-days", PLACES, "事项: 受理和咨询\n  复核日期: 2026-11-20", "事项: 受理和咨询\n  复核日期: 2026-05-27", "提醒 R-9 样板镇退役军人服务站的电话和地址上次核对是 2026-05-27，过了 180 天；打电话或到现场核对，改 复核日期"),
    bad("guide-366-days", SERVICE, "复核日期: 2026-11-20", "复核日期: 2025-11-23", "提醒 R-9 “预约国防教育讲解”上次核对是 2025-11-23，过了 365 天；打电话或到现场核对，改 复核日期", ":6 F-5 《国防教育法》在 2026-11-01 换了新版，旧版第七条现在是第五条；这里上次核对是 2025-11-23，那时还是旧版；照现行条文核对，条号错了就改，再改复核日期"),
    whole("news-14-days", NEWS, text(NEWS).replace("2026-11-16\n", "2026-11-10\n")),
    whole("news-15-days", NEWS, text(NEWS).replace("2026-11-16\n", "2026-11-09\n"), "docs/index.md:1 提醒 R-9 首页最新的活动是 2026-11-09，过了 14 天没有更新；发一条真的新活动，不能改旧日期"),
    whole("news-29-days", NEWS, text(NEWS).replace("2026-11-16\n", "2026-10-26\n"), "docs/index.md:1 提醒 R-9 首页最新的活动是 2026-10-26，过了 14 天没有更新；发一条真的新活动，不能改旧日期"),
    bad("section-181-days", PAGE, "复核: 2026-11-20", "复核: 2026-05-27", ":1 提醒 R-9 这个栏目最近一次复核是 2026-05-27，过了 180 天；逐页核对，改 复核"),
    # ---- 还没有核对 ----
    bad("guide-unverified", SERVICE, "复核日期: 2026-11-20", "复核日期: 待核对", "data/township.yml:1 提醒 R-9 还有1处写着 待核对：办事指南1处；照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"),
    bad("place-unverified", PLACES, "事项: 受理和咨询\n  复核日期: 2026-11-20", "事项: 受理和咨询\n  复核日期: 待核对", "data/township.yml:1 提醒 R-9 还有1处写着 待核对：办事的地方1处；照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"),
    bad("page-unverified", PAGE, "复核: 2026-11-20", "复核: 待核对", "data/township.yml:1 提醒 R-9 还有1处写着 待核对：页面1处；照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"),
    bad("law-unverified", SOURCES, "核对日期: 2026-11-20\n    核对: 两个来源\n    已核条文: [13, 35]", "核对日期: 待核对\n    核对: 两个来源\n    已核条文: [13, 35]", "data/township.yml:1 提醒 R-9 还有1处写着 待核对：法律1处；照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report"),
    bad("guide-reviewed-unknown", SERVICE, "复核日期: 2026-11-20", "复核日期: 待公布", "「复核日期」不能写 待公布；写核对的那一天；还没有核对的写 待核对"),
    bad("hall-unverified", HALL, "复核日期: 2026-11-20", "复核日期: 待核对", "「复核日期」里的日期「待核对」的写法不对；写成 2026-11-20 这样，四位年-两位月-两位日，半角"),
    bad("public-guide-unverified", SERVICE, "复核日期: 2026-11-20", "复核日期: 待核对", "data/township.yml:1 提醒 R-9 还有1处写着 待核对：办事指南1处；照着原件、打电话核对，改成核对的那一天；每一处在哪里，看 make report", also=PUBLIC),
    # ---- 附件和照片 ----
    whole("picture-unused", "docs/minbing/index.assets/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>甲</title></svg>', "提醒 T-2 这张图片没有用到；在页面里用上，或删掉"),
    whole("picture-heavy", DRAWN, svg(f'<path d="M0 0{" L1 1" * 65000}"/>'), "T-2 图片有 317 KB，超过 300 KB；在画图软件里简化，或导出成 .png", UNUSED),
    whole("picture-not-for-web", "docs/minbing/index.assets/a.avif", b"0", "T-2 网页上放不了 .avif 图片；另存为 .jpg、.png 或 .webp"),
    whole("picture-name", "docs/minbing/index.assets/A.jpg", photo(), "G-1 图片名「A.jpg」的写法不对；运行 make clean-images 改名，页面里写的跟着改"),
    whole("attachment-name", "docs/minbing/index.assets/A.docx", word(), "G-1 文件名「A.docx」的写法不对；只用小写字母、数字和连字符 -，如 cunshiguan-01.jpg"),
    whole("picture-page-gone", "docs/minbing/meiyou.assets/a.pdf", pdf(), "提醒 没有 docs/minbing/meiyou.md 这一页，文件还会公开；页面删了，文件夹也删掉；页面改了名，文件夹一起改"),
    whole("attachment-sound", "docs/minbing/index.assets/a.mp3", b"0", "G-1 文件夹里放了不能公开的文件；能放的有 svg、png、jpg、jpeg、webp、pdf、docx、xlsx；别的移走"),
    whole("attachment-word-97", "docs/minbing/index.assets/a.doc", b"0", "Y-1 查不了 .doc 附件里的字；另存为 .docx、.xlsx 或 .pdf；压缩包拆开放"),
    whole("photo-plain", PICTURE, photo(), also=SHOWN),
    whole("photo-unreadable", PICTURE, b"0", "T-4 图片打不开；重新导出一份", also=SHOWN),
    whole("photo-place", PICTURE, taken(place=True), "T-4 图片里有位置（GPS）、备注、缩略图等附带信息；运行 make clean-images 去掉", also=SHOWN),
    whole("photo-camera", PICTURE, taken(0x0110), "T-4 图片里有手机型号或姓名、备注、缩略图等附带信息；运行 make clean-images 去掉", also=SHOWN),
    whole("photo-time", PICTURE, taken(0x0132), "T-4 图片里有拍摄时间、备注、缩略图等附带信息；运行 make clean-images 去掉", also=SHOWN),
    whole("photo-comment", PICTURE, photo(comment=b"0"), "T-4 图片里有备注、缩略图等附带信息；运行 make clean-images 去掉", also=SHOWN),
    whole("photo-trailer", PICTURE, photo() + b"30.1,120.2", "T-4 图片里有备注、缩略图等附带信息；运行 make clean-images 去掉", also=SHOWN),
    whole("photo-moving-too-large", "docs/minbing/index.assets/a.png", moving(), "T-4 动图太长、太大，缩小了也超过 300 KB；少留几帧，或换成一张照片", UNUSED),
    whole("svg-with-script", DRAWN, svg("<script>1</script><!-- 1 -->"), "T-4 图片里有脚本、注释；运行 make clean-images 去掉", UNUSED),
    whole("svg-unreadable", DRAWN, "<svg", "T-4 .svg 图打不开；在浏览器里打开看看，重新导出一份", UNUSED),
    whole("svg-not", DRAWN, "<p/>", "T-4 这不是 .svg 图；在画图软件里重新导出一份", UNUSED),
    whole("svg-foreign", DRAWN, svg("<foreignObject/>"), "T-4 .svg 图里有网页写的字，去掉会少画面；在画图软件里转成普通的字和图形，或导出成 .png", UNUSED),
    whole("svg-picture-elsewhere", DRAWN, svg('<image href="a.png"/>'), "T-4 .svg 图里放着别处的图，网页上看不到；在画图软件里嵌进去（内嵌），或导出成 .png", UNUSED),
    whole("svg-picture-unreadable", DRAWN, svg('<image href="data:image/png;base64,%%%"/>'), "T-4 .svg 图里嵌着的图打不开；在画图软件里换一张，重新导出", UNUSED),
]

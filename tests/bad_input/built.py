"""生成好的网站里不该有的：断了的链接，向别的网站要的东西，标签、页脚和 data/ 对不上。"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conftest import ROOT

from macros.views.assets import addresses

from . import CLEAN, TOWN, Wanted, swap, wanted_of

LINK = 'href="../cunshiguan/index.html"'
NAME = '<meta name="SiteName"'
HERE = "minbing/index.html"
COLUMN = "banshi/index.html"
NEWS = "shuangyong/2025/guofang-ke.html"
OWN = addresses(ROOT)
SCRIPT = f'src="../{OWN["site.js"]}"'
EVERY = sorted(f"{page.relative_to(CLEAN / 'docs').as_posix()[:-3]}.html" for page in (CLEAN / "docs").rglob("*.md"))


@dataclass(frozen=True)
class Built:
    """网页 file 里的 old 换成 new；edits：data/ 同时改成这样。"""

    id: str
    file: str
    old: str
    new: str
    wanted: tuple[Wanted, ...]
    edits: Mapping[str, bytes] = field(default_factory=dict)


def built(id: str, file: str, old: str, new: str, *wanted: str, edits: Mapping[str, str] | None = None) -> Built:
    also = {name: content.encode() for name, content in (edits or {}).items()}
    return Built(id, file, old, new, wanted_of(wanted, f"site/{file}", 1), also)


# fmt: off
CASES = [
    # ---- 链接 ----
    built("built-dead", HERE, LINK, 'href="../cunshiguan/meiyou.html"', "L-1 链接「../cunshiguan/meiyou.html」找不到文件；核对文件名和 ../ 的层数"),
    built("built-anchor", HERE, LINK, 'href="../cunshiguan/index.html#meiyou"', "L-3 链接「../cunshiguan/index.html#meiyou」的页面里没有 #meiyou 这个位置；可用的有：elder、main、sections、top-q、村史馆"),
    built("built-absolute", HERE, LINK, 'href="/cunshiguan/index.html"', "L-1 链接「/cunshiguan/index.html」以 / 开头，换个地方挂载就断；写相对路径"),
    built("built-outside", HERE, LINK, 'href="https://a.example/" rel="noopener noreferrer"', "L-2 外部链接 https://a.example/ 没有登记；核对后登记到 data/links.yml"),
    built("built-listed", HERE, LINK, 'href="https://www.gov.cn/a" rel="noopener noreferrer"'),
    built("built-rel", HERE, LINK, 'href="https://www.gov.cn/" rel="noopener"', 'L-2 外部链接 https://www.gov.cn/ 没有 rel="noopener noreferrer"；告诉技术人员，改模板'),
    built("built-own", HERE, LINK, 'href="https://yangban.example/a.html"'),
    built("built-no-number", HERE, LINK, 'href="tel:"', "W-5 链接「tel:」是空的；补上号码，没有就不做成链接"),
    built("built-scheme", HERE, LINK, 'href="javascript:void(0)"', "L-1 链接「javascript:void(0)」不能用；只能链接站内、登记过的网站、电话和邮箱"),
    # ---- 向别的网站要 ----
    built("built-script", HERE, SCRIPT, 'src="https://a.example/site.js"', "Y-8 这一页会向别的网站要 https://a.example/site.js；换成自己的文件"),
    built("built-script-gone", HERE, SCRIPT, 'src="../assets/meiyou.js"', "L-1 链接「../assets/meiyou.js」找不到文件；核对文件名和 ../ 的层数"),
    built("built-picture-set", HERE, "<h1", '<img alt="" srcset="//a.example/a.png 2x"><h1', "Y-8 这一页会向别的网站要 //a.example/a.png；换成自己的文件"),
    built("built-form", HERE, 'action="../search.html"', 'action="https://a.example/"', "Y-8 这一页会向别的网站要 https://a.example/；换成自己的文件"),
    built("built-inline-style", HERE, "<h1", '<p style="background: url(//a.example/a.png)"></p><h1', "Y-8 这一页会向别的网站要 //a.example/a.png；换成自己的文件"),
    built("built-stylesheet", OWN["site.css"], ":root", "@import 'https://a.example/a.css'; :root", "Y-8 样式里向别的网站要 https://a.example/a.css；换成自己的文件"),
    # ---- 标签 ----
    built("built-language", HERE, 'lang="zh-CN"', 'lang="zh"', 'G-6 网页没有写 lang="zh-CN"；告诉技术人员，改模板'),
    built("built-two-titles", HERE, "<h1", "<h1>又一个</h1><h1", "G-3 网页有 2 个一级标题；一页一个"),
    built("built-no-site-name", HERE, NAME, '<meta name="SiteNam"', "G-2 标签 SiteName 应当有一个、不是空的，写 样板镇国防教育专栏；看页眉的摘要；别的告诉技术人员"),
    built("built-other-domain", HERE, 'content="yangban.example"', 'content="b.example"', "G-2 标签 SiteDomain 应当有一个、不是空的，写 yangban.example；看页眉的摘要；别的告诉技术人员"),
    built("built-no-description", HERE, '<meta name="description" content="民兵知识，样板镇国防教育专栏的一页">', '<meta name="description" content=" ">', "G-2 标签 description 应当有一个、不是空的；看页眉的摘要；别的告诉技术人员"),
    built("built-site-code", HERE, NAME, f'<meta name="SiteIDCode" content="0000000000">{NAME}', "W-10 标签 SiteIDCode 和 data/township.yml 不一样；没有标识码就不写，不能编"),
    built("built-column", COLUMN, '<meta name="ColumnType"', '<meta name="ColumnTyp"', "G-2 栏目页缺标签 ColumnType；告诉技术人员，改模板"),
    built("built-canonical", HERE, "https://yangban.example/minbing/index.html", "https://b.example/", "L-3 canonical 应当是 ['https://yangban.example/minbing/index.html']，写的是 ['https://b.example/']；告诉技术人员，改模板"),
    built("built-canonical-twice", HERE, '<link rel="canonical"', '<link rel="canonical" href="https://b.example/"><link rel="canonical"', "L-3 canonical 应当是 ['https://yangban.example/minbing/index.html']，写的是 ['https://b.example/', 'https://yangban.example/minbing/index.html']；告诉技术人员，改模板"),
    built("built-article", NEWS, 'content="村史馆里的国防课"', 'content="国防课"', "G-2 标签 ArticleTitle 应当是「村史馆里的国防课」；告诉技术人员，改模板"),
    built("built-article-date", NEWS, 'content="2025-09-20 00:00"', 'content="2025-09-21 00:00"', "R-8 标签 PubDate 应当是 2025-09-20 的时间；告诉技术人员，改模板"),
    # ---- 页脚和网站地图 ----
    built("built-host", HERE, "主办单位：样板镇人民政府，样板镇人民政府一楼", "主办单位：样板镇", "W-10 页脚没有主办单位「样板镇人民政府」；告诉技术人员，改模板"),
    built("built-no-map", HERE, "../guanyu/wangzhan-ditu.html", "../guanyu/yinsi.html", "W-10 页脚没有网站地图；告诉技术人员，改模板"),
    built("built-icp", HERE, "主办单位：", "京ICP备12345号 主办单位：", "W-10 页脚有ICP备案号「ICP备12345号」，data/township.yml 里没有；不能编备案号"),
    built("built-police", HERE, "主办单位：", "京公网安备 11号 主办单位：", "W-10 页脚有公安备案号「公网安备 11号」，data/township.yml 里没有；不能编备案号"),
    built("built-demo", HERE, "主办单位：", "演示内容，不代表任何真实乡镇 主办单位：", *(f"site/{file}:1 S-12 演示的网站，这一页没有演示的说明；告诉技术人员，改模板" for file in EVERY if file != HERE), edits={TOWN: swap(TOWN, "演示: 否", "演示: 是")}),
    built("built-map-without", "sitemap.xml", "/xuexi/index.html", "/xuexi/bie.html", "site/xuexi/index.html:1 L-3 网站地图里没有这一页；告诉技术人员，改模板"),
    built("built-map-date", "sitemap.xml", "</loc>", "</loc><lastmod>2026-11-20</lastmod>", "R-8 网站地图里写了生成的日期；告诉技术人员，改模板"),
]

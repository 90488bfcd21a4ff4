"""公众号文章：编辑器留得住、链接有编号、二维码扫得出、图片齐全、复制得走，数和网站上的一样。"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser as Parser
from pathlib import Path

import pytest
import zxingcpp
from conftest import ROOT, build, channels, made
from html_pages import HTMLParser, page
from PIL import Image
from playwright.sync_api import Browser, Page

from macros.model import load

CopySite = Callable[..., Path]
TAGS = re.compile("section|p|h[234]|ul|ol|li|table|tbody|tr|th|td|img|strong|em|s|sub|span|br")
VOID = {"img", "br"}
ATTRIBUTES = {"img": {"src", "alt", "style"}, "ol": {"start", "style"}}
PROPERTIES = re.compile(
    "color|box-sizing|font-(size|weight)|line-height|letter-spacing|text-(align|indent)|word-break|white-space|vertical-align|"
    "width|height|margin|padding|border(-top|-bottom|-left|-collapse)?|background-color|list-style-type"
)
SCREEN_ONLY = "nav, .dateline, .source-line, .tools, .print-only, .downloads"
# 一页里放上编辑会写的各种东西
RICH = """
嵌套的清单：

1. 第一步
    - 带证件
    - 带照片
2. 第二步

| 时间 | 地点 | 内容 | [村史馆](../../cunshiguan/index.md) |
|---|---|---|---|
| 9月20日 | 村史馆 | 讲解 | 服务站 |
| 9月21日 | 学校 |  | 镇党建办 |

/// caption
活动安排
///

=== "骑车来"

    沿河走。

=== "坐车来"

    到村口下。

- [x] 通知到户
- [ ] 收回签到簿

记在[村史馆](../../cunshiguan/index.md)和[全国征兵网](https://www.gfbzb.gov.cn/)，再看一次[村史馆](../../cunshiguan/index.md)，回到[开头](#kaitou)[^1]。

[^1]: 名单不公布。

??? note "下雨怎么办"
    改在室内。5 < 6 & 7。

[馆](../../cunshiguan/index.md)[办事](../../banshi/index.md)[日历](../../rili/index.md)[标语](../../biaoyu/index.md)

![门](guofang-ke.assets/guan.svg)

/// caption
自绘的门，见[村史馆](../../cunshiguan/index.md)
///

## 开头 {: #kaitou }
"""


class Strict(Parser):
    """只认许可的标签、属性、样式；标签要配对。"""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"没有收尾的 {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not TAGS.fullmatch(tag):
            self.wrong.append(f"<{tag}>")
        if tag in ("ul", "ol") and {"ul", "ol"} & set(self.open):
            self.wrong.append("清单里还有清单")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, {"style"}):
                self.wrong.append(f"<{tag} {name}>")
            if name == "style":
                self.styles(value or "")

    def styles(self, style: str) -> None:
        for each in filter(None, style.split(";")):
            name, _, value = each.partition(":")
            if not PROPERTIES.fullmatch(name.strip()) or re.search(r"[(@!]", value):
                self.wrong.append(each)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> 没有配对")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")


@pytest.fixture
def rich(copy_site: CopySite) -> Path:
    """小网站，活动页里各种写法都有；演示: 否。"""
    root = copy_site("publishable")
    activity = root / "docs/shuangyong/2025/guofang-ke.md"
    activity.write_text(activity.read_text(encoding="utf-8") + RICH, encoding="utf-8")
    return root


def built(root: Path) -> Path:
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return made(root / "site", root / "dist", "wechat", root=root)


def articles(dist: Path) -> dict[str, str]:
    """网站里的地址 → 文章。"""
    found = {path.stem: path.read_text(encoding="utf-8") for path in (dist / "wechat").glob("*.html")}
    urls = {url.removesuffix(".html").replace("/", "-"): url for url in load(ROOT).urls}
    return {urls.get(slug, slug): html for slug, html in found.items()}


def words(html: str) -> str:
    return HTMLParser(html).body.text(separator="\n", strip=True)


def images(html: str) -> list[str]:
    return [node.attributes["src"] or "" for node in HTMLParser(html).css("img")]


def test_the_right_pages_become_articles(dist: Path) -> None:
    """渠道里有微信的活动、全部办事指南和村史馆、最近一年的数据各有一篇，别的没有。"""
    site = load(ROOT)
    wanted = {p.url for p in site.activities if p.activity and "微信" in p.activity.channels}
    wanted |= {f"banshi/{name}.html" for name in site.services} | {f"cunshiguan/{name}.html" for name in site.halls}
    wanted |= {f"shuju/{max(site.years)}.html", "shuju/index.html"}
    assert set(articles(dist)) == wanted
    assert any(p.activity and "微信" not in p.activity.channels for p in site.activities)


def test_only_what_survives_the_editor(dist: Path) -> None:
    """每一篇只有许可的标签、属性、样式：没有 class、id、链接、脚本、背景图、变量，清单只有一层。"""
    for url, html in articles(dist).items():
        assert Strict(html).wrong == [], url


def test_titles_and_digests_fit(dist: Path) -> None:
    """标题不超过 64 字，摘要不超过 120 字，预览页上写的就是要贴的。"""
    preview = HTMLParser((dist / "wechat-preview.html").read_text(encoding="utf-8"))
    site = load(ROOT)
    items = preview.css(".item")
    assert len(items) == len(articles(dist))
    for item in items:
        title, digest = (node.text() for node in item.css(".text"))
        (found,) = [p for p in site.pages if p.url.removesuffix(".html").replace("/", "-") == item.attributes["id"]]
        assert title == f"【演示】{found.title}"
        assert found.header and digest == found.header.summary
        assert 0 < len(title) <= 64
        assert 0 < len(digest) <= 120


def test_every_link_becomes_a_numbered_note(dist: Path, real_site: Path) -> None:
    """网页正文里的每个链接，文末都有编号和完整的网址；编号从 1 起，一个不缺。"""
    site = load(ROOT)
    assert site.township
    assert site.township.url
    for url, html in articles(dist).items():
        article = page(real_site / url).css_first("main article")
        dropped = {link.attributes["href"] for part in article.css(SCREEN_ONLY) for link in part.css("a")}
        names = {link.attributes["href"] or "" for link in article.css("a[href]")} - dropped
        said = words(html)
        for name in names:
            full = name if name.startswith("http") else site.township.url + _joined(url, name)
            assert full in said, f"{url} 没有写 {full}"
        numbers = [int(number) for number in re.findall(r"〔(\d{1,3})〕", said)]
        assert set(numbers) == set(range(1, max(numbers, default=0) + 1)), url
        assert all(numbers.count(number) >= 2 for number in numbers), url


def _joined(here: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), target))


def test_code_leads_to_the_page(dist: Path, real_site: Path) -> None:
    """文末的二维码用解码器读出来，就是印在下面的网址，那一页真的有。"""
    base = load(ROOT).township.url  # type: ignore[union-attr]
    for url, html in articles(dist).items():
        last = HTMLParser(html).css("img")[-1]
        (code,) = zxingcpp.read_barcodes(Image.open(dist / "wechat" / (last.attributes["src"] or "")))
        printed = last.parent.parent.css("p")[-1].text()  # type: ignore[union-attr]
        assert code.text == printed == f"{base}{url}"
        assert (real_site / url).is_file()


def test_pictures_are_listed_in_upload_order(dist: Path) -> None:
    """文里的图都在旁边，都是公众号收的格式，清单上的先后和文里一样；没有多余的文件。"""
    for url, html in articles(dist).items():
        slug = url.removesuffix(".html").replace("/", "-")
        folder = dist / "wechat" / slug
        named = [src.removeprefix(f"{slug}/") for src in images(html)]
        listed = (folder / "图片清单.txt").read_bytes()
        assert listed.startswith(b"\xef\xbb\xbf"), "老的记事本要靠 BOM 认编码"
        assert re.findall(r"^\d+\. (\S+)", listed.decode("utf-8-sig"), re.M) == named
        assert sorted(named) == named
        assert {path.name for path in folder.iterdir()} == {*named, "图片清单.txt", "fengmian.jpg"}
        for name in named:
            with Image.open(folder / name) as picture:
                assert picture.format == "PNG"
                assert picture.width == 1080 or "erweima" in name
                assert len(picture.convert("L").getcolors() or []) != 1, f"{name} 是空白的"


def test_every_article_has_a_cover(dist: Path) -> None:
    """2.35 比 1 的 JPG，不到 64 KB，不是空白的；清单和预览页上都写着。"""
    preview = (dist / "wechat-preview.html").read_text(encoding="utf-8")
    for url in articles(dist):
        slug = url.removesuffix(".html").replace("/", "-")
        path = dist / "wechat" / slug / "fengmian.jpg"
        assert path.stat().st_size < 64 * 1024
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("JPEG", (900, 383))
            assert len(picture.convert("L").getcolors() or []) > 20
        assert "封面用 fengmian.jpg" in (path.parent / "图片清单.txt").read_text(encoding="utf-8-sig")
        assert f"wechat/{slug}/fengmian.jpg" in preview


def test_styles_are_not_repeated(dist: Path) -> None:
    """和外面一层一样的样式不重写，省下的字数让大多数文章过得了接口的两万字符；标题的样子写全。"""
    every = articles(dist)
    assert sum(len(html) >= 20_000 for html in every.values()) <= 5
    for html in every.values():
        for heading in re.findall("<h[234] [^>]*>", html):
            assert "font-size" in heading


def test_charts_become_pictures(dist: Path) -> None:
    """每张图表一张图，替代文字里有每一年的数；画出来有松绿的条。"""
    html = articles(dist)["shuju/index.html"]
    charts = [node for node in HTMLParser(html).css("img") if "tubiao" in (node.attributes["src"] or "")]
    assert len(charts) == 6
    for chart in charts:
        assert re.search(r"2025年[\d,]+", chart.attributes["alt"] or "")
        with Image.open(dist / "wechat" / (chart.attributes["src"] or "")) as picture:
            colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20) or []}
        assert (0x1D, 0x5A, 0x41) in colors


def test_one_number_everywhere(dist: Path, real_site: Path) -> None:
    """2025年村史馆接待人次：数据文件、网页、下载的表、公众号文章、图表的替代文字，是同一个数。"""
    count = load(ROOT).years[2025].figures["村史馆接待人次"].count
    assert count
    said = f"{count:,}人次"
    table = (real_site / "shuju/kaifang/2025.csv").read_text(encoding="utf-8-sig")
    (row,) = [each for each in csv.DictReader(io.StringIO(table)) if each["指标"] == "村史馆接待人次"]
    assert row["值"] == str(count)
    assert said in page(real_site / "shuju/2025.html").body.text()
    every = articles(dist)
    cells = [[td.text() for td in tr.css("td")] for tr in HTMLParser(every["shuju/2025.html"]).css("tr")]
    assert [cells_[1] for cells_ in cells if cells_ and cells_[0] == "村史馆接待人次"] == [said]
    alts = [node.attributes["alt"] or "" for node in HTMLParser(every["shuju/index.html"]).css("img")]
    assert [alt for alt in alts if "村史馆接待人次" in alt and f"2025年{said}" in alt]


def test_demonstration_host_and_date_on_every_article(dist: Path) -> None:
    """每一篇的开头和落款都写着演示、主办单位、日期。"""
    for url, html in articles(dist).items():
        said = words(html)
        assert said.count("演示内容，不代表任何真实乡镇。") == 2, url
        assert "主办单位：示例镇人民政府" in said, url
        assert re.search(r"(日期|核对)：20\d\d年\d+月\d+日", said), url


def test_date_and_source_are_said_once(dist: Path) -> None:
    """活动的日期和来源写在落款里，网页标题下面的那一行不再抄一遍。"""
    site = load(ROOT)
    for activity in site.activities:
        if activity.url in (every := articles(dist)) and activity.activity:
            said = words(every[activity.url])
            assert said.count(f"来源：{activity.activity.source}") == 1, activity.url
            assert str(activity.activity.date) not in said, activity.url


def test_everything_folded_is_opened(dist: Path, real_site: Path) -> None:
    """网页里折叠的问答和条文，文章里都写出来。"""
    for url, html in articles(dist).items():
        said = re.sub(r"\s+|〔\d{1,3}〕", "", words(html))
        for node in page(real_site / url).css("main article details p:not(.downloads)"):
            assert re.sub(r"\s+", "", node.text()) in said, url


def test_same_bytes_and_nothing_done_twice(dist: Path, real_site: Path, tmp_path: Path) -> None:
    """再做一遍，每个字节都一样；没有变化就不重做。"""
    again = made(real_site, tmp_path / "again", "wechat")
    ours = [path for path in dist.rglob("*") if path.is_file() and "wechat" in path.relative_to(dist).parts[0]]
    assert len(ours) > 100
    for path in ours:
        assert (again / path.relative_to(dist)).read_bytes() == path.read_bytes(), path.name
    assert "做成 0 件" in channels("wechat", "--site", str(real_site), "--dist", str(again)).stdout


# ---- 编辑会写的各种东西 ----


def test_rich_page_survives(rich: Path) -> None:
    """嵌套清单、宽表、选项卡、脚注、勾选、折叠、图片都在，都变成留得住的样子。"""
    dist = built(rich)
    html = (dist / "wechat/shuangyong-2025-guofang-ke.html").read_text(encoding="utf-8")
    assert Strict(html).wrong == []
    said = words(html).split("\n")
    text = "\n".join(said)
    assert "· 带证件" in said
    assert "· 带照片" in said
    steps = [item.text(separator="|") for item in HTMLParser(html).css("ol li")]
    assert steps[:2] == ["第一步|· 带证件|· 带照片", "第二步"]
    assert not HTMLParser(html).css("th"), "四列的表要拆开"
    assert re.search(
        r"9月20日\n地点：\n村史馆\n内容：\n讲解\n村史馆\n〔2〕\n：\n服务站\n时间：\n9月21日\n地点：\n学校\n村史馆\n〔2〕\n：",
        text,
    )
    assert "活动安排" in said
    for each in ("骑车来", "沿河走。", "坐车来", "到村口下。", "下雨怎么办", "改在室内。5 < 6 & 7。"):
        assert each in said
    assert "■ 通知到户" in text
    assert "□ 收回签到簿" in text
    assert "［注1］" in text
    assert "名单不公布。" in text
    assert text.count("〔2〕") == 7, "同一个网址用同一个号"
    assert re.search(r"^馆\n〔2〕\n办事\n〔\d〕\n日历\n〔\d〕\n标语\n〔\d〕$", text, re.M), "一排链接也有编号"
    below = [node.text(separator="\n") for node in HTMLParser(html).css("section > p")]
    assert "自绘的门，见村史馆\n〔2〕\n图：本栏目自绘" in below, "图下面的字，谁画的"
    assert "开头〔" not in text, "指着本页的不用编号"
    assert "https://www.gfbzb.gov.cn/" in said
    assert [Path(src).name for src in images(html)] == ["01-guan.png", "02-guan.png", "03-erweima.png"]
    assert "演示" not in text


def test_pictures_in_odd_places(copy_site: CopySite) -> None:
    """写在清单、表格、标题、加粗里的图：都在，标签都配对，替代文字一字不差，图不在加粗里。"""
    root = copy_site()
    activity = root / "docs/shuangyong/2025/guofang-ke.md"
    picture = "![门（示意）](guofang-ke.assets/guan.svg)"
    activity.write_text(
        activity.read_text(encoding="utf-8")
        + f"""
- 先看{picture}再走
- **要紧的{picture}别忘**

| 看什么 | 样子 |
|---|---|
| 门（老的） | {picture} |

/// caption
看门
///

## 门{picture}口
""",
        encoding="utf-8",
    )
    html = (built(root) / "wechat/shuangyong-2025-guofang-ke.html").read_text(encoding="utf-8")
    assert Strict(html).wrong == []
    assert [Path(src).name for src in images(html)] == [f"0{i}-guan.png" for i in range(1, 6)] + ["06-erweima.png"]
    tree = HTMLParser(html)
    assert [node.attributes["alt"] for node in tree.css("li img, td img, h2 img, section > p > img")][1:5] == [
        "门（示意）"
    ] * 4
    assert [node.text() for node in tree.css("li strong")] == ["要紧的", "别忘"]
    assert not tree.css("strong img, h2 img, p p")
    assert {"门", "口"} <= {node.text() for node in tree.css("h2")}
    assert "（老的）" in [node.text() for node in tree.css("td span")]
    assert "\x00" not in html
    assert "\ufffd" not in html


def test_without_address_no_code_and_no_address(rich: Path) -> None:
    """还没有网址：没有二维码，站内的链接写在哪一页，说明怎么回事；站外的照写。"""
    town = rich / "data/township.yml"
    town.write_text(re.sub("^网址:.*$", "网址:", town.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
    dist = built(rich)
    html = (dist / "wechat/shuangyong-2025-guofang-ke.html").read_text(encoding="utf-8")
    assert [Path(src).name for src in images(html)] == ["01-guan.png", "02-guan.png"]
    said = words(html)
    assert "本栏目还没有网址，这里没有二维码" in said
    assert "〔2〕\n在本栏目的“村史馆”" in said or "〔2〕在本栏目的“村史馆”" in said
    assert re.findall(r"https?://\S+", said) == ["https://www.gfbzb.gov.cn/"]


def test_one_bad_page_does_not_stop_the_others(rich: Path) -> None:
    """标题太长的一篇做不成，说清哪一页、怎么改；别的照做，预览页上也看得见。"""
    activity = rich / "docs/shuangyong/2025/guofang-ke.md"
    text = activity.read_text(encoding="utf-8").replace("# 村史馆里的国防课", "# " + "村史馆里的国防课" * 9)
    activity.write_text(text, encoding="utf-8")
    assert build(rich).returncode == 0
    done = channels("wechat", "--site", str(rich / "site"), "--dist", str(rich / "dist"), root=rich)
    assert done.returncode == 1
    assert "docs/shuangyong/2025/guofang-ke.md 的标题有72字，公众号最多64字；把一级标题写短些" in done.stdout
    assert (rich / "dist/wechat/banshi-yuyue-jiangjie.html").is_file()
    assert "把一级标题写短些" in (rich / "dist/wechat-preview.html").read_text(encoding="utf-8")


def test_withdrawn_page_is_not_sent(rich: Path) -> None:
    """撤下的指南和活动，公众号和广播都不再做。"""
    for path in ("banshi/yuyue-jiangjie.md", "shuangyong/2025/guofang-ke.md"):
        file = rich / "docs" / path
        text = file.read_text(encoding="utf-8").replace("复核:", "撤下: {日期: 2026-11-21, 原因: 内容过期}\n复核:", 1)
        file.write_text(re.sub(r"\{\{.*\}\}", "已撤下。", text), encoding="utf-8")
    assert build(rich).returncode == 0
    dist = made(rich / "site", rich / "dist", "wechat", "broadcast", root=rich)
    found = {path.stem for path in (dist / "wechat").glob("*.html")}
    assert found == {"cunshiguan-yangban-cun", "shuangyong-2026-xiu-podao", "shuju-2025", "shuju-index"}
    assert not (dist / "broadcast").exists()


# ---- 预览页，真的打开 ----


@pytest.fixture(scope="module")
def preview(dist: Path, browser: Browser) -> Iterator[Page]:
    """双击打开的样子：file://。"""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        shown = context.new_page()
        shown.goto((dist / "wechat-preview.html").as_uri())
        yield shown


def pasted(preview: Page) -> tuple[str, str]:
    """真的按 Ctrl+V，贴进另一页能编辑的框，像公众号后台那样。"""
    page = preview.context.new_page()
    page.set_content('<div id="editor" contenteditable></div>')
    page.evaluate("""document.addEventListener("paste", (event) => {
        window.got = [event.clipboardData.getData("text/html"), event.clipboardData.getData("text/plain")] })""")
    page.focus("#editor")
    page.keyboard.press("Control+V")
    html, text = page.evaluate("window.got")
    page.close()
    return html, text


def test_copy_puts_rich_text_on_the_clipboard(preview: Page, dist: Path) -> None:
    """一键复制：剪贴板里是文章原样，样式都在；图片换成它的名字。"""
    preview.locator("#cunshiguan-shilicun [data-copy=body]").click()
    assert preview.locator("#cunshiguan-shilicun .main + .said").inner_text() == "已复制，去后台粘贴。"
    html, text = pasted(preview)
    body = re.sub(r"^<meta[^>]*>", "", html)
    assert Strict(body).wrong == []
    original = articles(dist)["cunshiguan/shilicun.html"]
    assert not images(body)
    for source in images(original):
        assert f"【在这里放图：{Path(source).name}】" in body
    assert [n.attributes["style"] for n in HTMLParser(body).css("h2")] == [
        n.attributes["style"] for n in HTMLParser(original).css("h2")
    ]
    assert "星期一闭馆" in text


def test_copy_falls_back_to_the_clipboard_api(preview: Page) -> None:
    """copy 事件用不了的浏览器，改用 navigator.clipboard，贴出来样式也在。"""
    preview.context.grant_permissions(["clipboard-read", "clipboard-write"])
    preview.evaluate("document.execCommand = () => false")
    preview.locator("#banshi-youdaizheng [data-copy=body]").click()
    preview.get_by_text("已复制，去后台粘贴。").last.wait_for()
    html, _ = pasted(preview)
    assert "我是退役军人" not in html, "标题另外贴"
    assert "border-left" in html
    assert "先建档立卡，再申领。" in html


def test_copy_title_and_digest(preview: Page) -> None:
    """标题、摘要各有按钮，复制的就是那几个字。"""
    site = load(ROOT)
    found = site.page("banshi/guangrongpai.md")
    assert found
    assert found.header
    for number, wanted in enumerate((f"【演示】{found.title}", found.header.summary)):
        preview.locator("#banshi-guangrongpai [data-copy=text]").nth(number).click()
        assert pasted(preview)[1] == wanted


def test_nothing_is_wider_than_a_phone(preview: Page) -> None:
    """手机宽的框里，没有一篇要左右拉；换成数字宽的字体，也没有一块伸出去。"""
    wide = preview.evaluate(
        "[...document.querySelectorAll('.phone')].filter(p => p.scrollWidth > p.clientWidth).map(p => p.parentNode.id)"
    )
    assert wide == []
    out = preview.evaluate("""() => {
        document.body.style.fontFamily = '"DejaVu Sans", sans-serif'
        const far = (e) => e.getBoundingClientRect().right > e.closest(".body").getBoundingClientRect().right + 1
        const found = [...document.querySelectorAll(".body *")].filter(far).map(e => e.textContent.slice(0, 30))
        document.body.style.fontFamily = ""
        return found }""")
    assert out == []
    broken = preview.evaluate("""async () => {
        const images = [...document.querySelectorAll('.body img')]
        await Promise.all(images.map(i => i.decode().catch(() => 0)))
        return images.filter(i => !i.naturalWidth).map(i => i.src) }""")
    assert broken == []


def test_preview_asks_no_host(dist: Path) -> None:
    """预览页不向任何网站要东西。"""
    preview = HTMLParser((dist / "wechat-preview.html").read_text(encoding="utf-8"))
    assert not preview.css("link, script[src], iframe")
    assert all(not (n.attributes["src"] or "").startswith("http") for n in preview.css("[src]"))

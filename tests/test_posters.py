"""宣传栏海报和展签：真的做出来，用 poppler 和 zxing 看。"""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT, build
from paper import MM, codes, fonts, images, info, make, run, sizes, text, words
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from macros.model import load

SIZE = {"a3": (297, 420), "a4": (210, 297), "a6": (148, 105)}
FLOOR = {"a3": 18, "a4": 12}
SITE = load(ROOT)
ADDRESS = SITE.township.url if SITE.township and SITE.township.url else ""


def pdfs(dist: Path) -> list[Path]:
    return sorted(path for folder in ("posters", "labels") for path in (dist / folder).glob("*.pdf"))


def posters() -> dict[str, str]:
    """海报文件名的前一半 → 网页地址。"""
    urls = [p.url for p in SITE.activities if p.activity and "宣传栏" in p.activity.channels]
    urls += [f"banshi/{name}.html" for name in SITE.services]
    urls += [f"cunshiguan/{name}.html" for name in SITE.halls]
    return {url.removesuffix(".html").replace("/", "-"): url for url in urls}


def edit(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


# ---- 本项目的海报 ----


def test_every_page_that_asks_gets_its_posters(dist: Path) -> None:
    """渠道写了宣传栏的活动、每份指南、每个馆，各有 A3、A4 和屏幕图，不多不少。"""
    wanted = {f"{slug}-{end}" for slug in posters() for end in ("a3.pdf", "a4.pdf", "a3.png")}
    assert {path.name for path in (dist / "posters").iterdir()} == wanted
    assert len(wanted) >= 60
    labelled = {f"{name}-a6.pdf" for name, hall in SITE.halls.items() if hall.exhibits}
    assert {path.name for path in (dist / "labels").iterdir()} == labelled


def test_paper_sizes_are_exact(dist: Path) -> None:
    """A3、A4、A6 的尺寸分毫不差；海报只有一页，展签一件一页，屏幕图宽 1080 像素。"""
    for pdf in pdfs(dist):
        paper = pdf.stem.rpartition("-")[2]
        pages = words(pdf)
        for width, height, _ in pages:
            assert (width / MM, height / MM) == pytest.approx(SIZE[paper], abs=0.01), pdf.name
        count = len(SITE.halls[pdf.stem.removesuffix("-a6")].exhibits) if paper == "a6" else 1
        assert len(pages) == count, pdf.name
    for png in (dist / "posters").glob("*.png"):
        with Image.open(png) as image:
            assert image.width == 1080
            assert image.height == pytest.approx(1080 * 420 / 297, abs=1)


def test_fonts_are_embedded_subsets(dist: Path) -> None:
    """字体只有思源（Noto CJK 简体），都嵌入，都只嵌用到的字。"""
    for pdf in pdfs(dist):
        used = fonts(pdf)
        assert used, pdf.name
        for name, embedded, subset in used:
            assert re.fullmatch(r"[A-Z]{6}\+Noto(Sans|Serif)CJKsc-(Regular|Bold)(-Identity-H)?", name), name
            assert (embedded, subset) == ("yes", "yes"), f"{pdf.name} {name}"


def test_posters_say_what_the_site_says(dist: Path, real_site: Path) -> None:
    """海报上有标题、电话、印出来的网址、主办单位、日期和演示记号；电话是网页上的，或者馆的。"""
    assert SITE.township
    phones = 0
    for slug, url in posters().items():
        html = LexborHTMLParser((real_site / url).read_text(encoding="utf-8"))
        heading = html.css_first("h1").text()
        title = SITE.services[url[7:-5]].name if url.startswith("banshi/") else heading
        for paper in ("a3", "a4"):
            said = text(dist / f"posters/{slug}-{paper}.pdf")
            assert title in said, slug
            assert f"{ADDRESS}{url}" in said, slug
            assert SITE.township.host in said
            assert "演示内容，不代表任何真实乡镇" in said
            assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日", said), slug
            assert not re.search("读给我听|接着看|看条文|发现错误", said), slug
            shown = html.css_first("body").text() + "".join(hall.phone for hall in SITE.halls.values())
            for phone in re.findall(r"0000-\d{7}", said):
                phones += 1
                assert phone in shown, f"{slug} {phone}"
    assert phones > 40


def test_guides_carry_their_parts(dist: Path) -> None:
    """A4 的办事指南有一句话、步骤、办理点的电话和时间、法律依据；省去的写明到哪里看。"""
    for name, service in SITE.services.items():
        said = text(dist / f"posters/banshi-{name}-a4.pdf")
        assert service.lead in said
        for step in service.steps:
            assert step.action in said, f"{name} {step.action}"
        for citation in service.basis:
            assert SITE.laws.full_name(citation.law) in said
        for place in (SITE.places[p] for p in service.places):
            assert place.name in said
            if place.phone != "待公布":
                assert place.phone in said
                assert re.sub(r"\s", "", place.hours) in said
        missing = [c for c in (*service.conditions, *service.materials) if re.sub(r"\s", "", c) not in said]
        left = [int(n) for n in re.findall(r"(?:还有|共)(\d+)条，扫码看全文", said)]
        assert sum(left) == len(missing), f"{name} 少了 {missing}"


def test_no_part_is_left_empty(dist: Path) -> None:
    """条件和材料再多，各至少留一条，不只剩一个小标题。"""
    for name, service in SITE.services.items():
        for paper in ("a3", "a4"):
            said = text(dist / f"posters/banshi-{name}-{paper}.pdf")
            for lines in (service.conditions, service.materials):
                assert not lines or re.sub(r"\s", "", lines[0]) in said, f"{name} {lines[0]}"


def test_numbers_keep_their_units(dist: Path) -> None:
    """2026年、18周岁、9:00—11:30 不拆成两行。"""
    for pdf in (dist / "posters").glob("*.pdf"):
        lines = run("pdftotext", "-raw", pdf, "-").split("\n")
        broken = [a for a, b in pairwise(lines) if re.search(r"\d$", a) and re.match("[年月日岁]", b)]
        assert not broken, f"{pdf.name} {broken}"


def test_body_type_is_large(dist: Path) -> None:
    """正文不小于 A3 的 18 磅、A4 的 12 磅；电话更大。"""
    for name, service in SITE.services.items():
        for paper, floor in FLOOR.items():
            runs = sizes(dist / f"posters/banshi-{name}-{paper}.pdf")
            first = [size for line, size in runs if line.strip() and line.strip()[:6] in service.conditions[0][:6]]
            assert first, f"{name} 找不到第一个条件"
            assert min(first) >= floor, name
            phones = [size for line, size in runs if re.search(r"0000-\d", line)]
            assert max(phones) >= floor * 1.5, name


def test_codes_lead_to_the_printed_page(dist: Path, real_site: Path, tmp_path: Path) -> None:
    """把 PDF 变成图，读出的二维码就是印着的网址；网页和展品的锚点真有。"""
    read = 0
    for pdf in pdfs(dist):
        printed = text(pdf)
        dpi = {"a3": 45, "a4": 64, "a6": 110}[pdf.stem.rpartition("-")[2]]
        for image in images(pdf, tmp_path, dpi):
            found = codes(image)
            assert len(found) == 1, pdf.name
            assert found[0] in printed, pdf.name
            path, _, anchor = found[0].removeprefix(ADDRESS).partition("#")
            html = (real_site / path).read_text(encoding="utf-8")
            assert not anchor or LexborHTMLParser(html).css_first(f'[id="{anchor}"]'), found[0]
            read += 1
    assert read == 2 * len(posters()) + sum(len(hall.exhibits) for hall in SITE.halls.values())


def test_screen_pictures_can_be_scanned(dist: Path) -> None:
    """屏幕图上的二维码直接就能扫。"""
    for slug, url in posters().items():
        with Image.open(dist / f"posters/{slug}-a3.png") as image:
            assert codes(image.convert("RGB")) == [ADDRESS + url], slug


def test_no_text_leaves_the_page(dist: Path) -> None:
    """没有一个字在纸外面。"""
    for pdf in pdfs(dist):
        for width, height, found in words(pdf):
            assert len(found) > 8, pdf.name
            for word in found:
                inside = word.left >= 0 and word.top >= 0 and word.right <= width and word.bottom <= height
                assert inside, f"{pdf.name} {word}"


def test_pdf_is_tagged_and_dated_from_the_data(dist: Path) -> None:
    """PDF/UA-1：有标签、有标题；日期是数据里的日期，不是今天。"""
    for name, service in SITE.services.items():
        pdf = dist / f"posters/banshi-{name}-a3.pdf"
        about = info(pdf)
        assert about["Tagged"] == "yes"
        assert about["Title"] == service.name
        assert about["CreationDate"].startswith(service.reviewed.isoformat())
        assert re.search(rb"pdfuaid:part\W*>?1|<pdfuaid:part>1<", pdf.read_bytes())


def test_labels_carry_every_exhibit(dist: Path) -> None:
    """展签：一件一页，编号、名称、年代、来源都有，故事没有悄悄剪断。"""
    for name, hall in SITE.halls.items():
        for number, exhibit in enumerate(hall.exhibits, 1):
            pdf = dist / f"labels/{name}-a6.pdf"
            said = text(pdf, number)
            for value in (exhibit.id, exhibit.name, exhibit.age, exhibit.material, exhibit.source, hall.name):
                assert value in said, f"{exhibit.id} {value}"
            assert exhibit.story in said or "（全文见网页）" in said, exhibit.id
            assert "演示" in said


# ---- 会出的事，在小网站上 ----


def test_missing_font_is_a_failure(small: Path, tmp_path: Path) -> None:
    """电脑上没有中文字体：说清缺哪个、怎么装，一张也不做。"""
    (tmp_path / "none").mkdir()
    conf = tmp_path / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>",
        encoding="utf-8",
    )
    done = make(small, tmp_path / "dist", "posters", FONTCONFIG_FILE=str(conf))
    assert done.returncode == 1
    assert "电脑上没有字体 Noto Sans CJK SC；先装上（Debian：sudo apt install fonts-noto-cjk）" in done.stdout
    assert not pdfs(tmp_path / "dist")


def test_unknown_character_is_a_failure(small: Path, tmp_path: Path) -> None:
    """字体里没有的字，不印成方框：说是哪个字；别的照做。"""
    edit(small / "data/services/yuyue-jiangjie.yml", "一句话: ", "一句话: \U00031050")
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 1
    assert "字体里没有「\U00031050」这个字" in done.stdout
    assert (tmp_path / "dist/posters/cunshiguan-yangban-cun-a3.pdf").is_file()


def test_real_township_carries_no_demo_mark(small_dist: Path) -> None:
    """正式的网站，海报和展签上没有演示记号。"""
    made = pdfs(small_dist)
    assert len(made) == 7
    for pdf in made:
        assert "演示" not in text(pdf), pdf.name


def test_unchanged_posters_are_not_made_again(small: Path, small_dist: Path, tmp_path: Path) -> None:
    """材料没变的不重做；改了一份指南，只重做它的三张。"""
    shutil.copytree(small_dist, tmp_path / "dist")
    assert "做成 0 件" in make(small, tmp_path / "dist", "posters").stdout
    edit(small / "data/services/yuyue-jiangjie.yml", "说清人数和地点", "说清人数、时间和地点")
    assert "做成 3 件" in make(small, tmp_path / "dist", "posters").stdout


def test_long_guide_is_shortened_openly(small: Path, tmp_path: Path) -> None:
    """条件太多：字号不小于下限，省去几条写明几条，加起来一条不少。"""
    many = [f"第{n}个条件，写得长一些，好让一页纸放不下它们全部" for n in range(1, 61)]
    edit(small / "data/services/yuyue-jiangjie.yml", "[有10人以上听讲]", str(many).replace("'", ""))
    edit(small / "data/services/yuyue-jiangjie.yml", "[不用带材料]", "[带一样材料]")
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 0, done.stdout
    for paper, floor in FLOOR.items():
        pdf = tmp_path / f"dist/posters/banshi-yuyue-jiangjie-{paper}.pdf"
        said = text(pdf)
        shown = len(re.findall(r"第\d+个条件", said))
        left = re.search(r"还有(\d+)条，扫码看全文", said)
        assert left, said
        assert shown >= 5
        assert shown + int(left[1]) == 60
        assert min(size for line, size in sizes(pdf) if "个条件" in line) >= floor
        assert codes(images(pdf, tmp_path / paper, 60)[0]) == ["https://yangban.example/banshi/yuyue-jiangjie.html"]


def test_what_cannot_fit_fails_by_name(small: Path, tmp_path: Path) -> None:
    """怎么缩、怎么省都放不下：说是哪一页、怎么办，别的照做。"""
    edit(small / "data/services/yuyue-jiangjie.yml", "一句话: ", "一句话: " + "这句话太长了，" * 200)
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 1
    assert "banshi/yuyue-jiangjie.html" in done.stdout
    assert "一页还是放不下；把标题、条件或正文写短些" in done.stdout
    assert (tmp_path / "dist/posters/shuangyong-2025-guofang-ke-a3.pdf").is_file()


def test_stale_site_is_a_failure(small: Path, tmp_path: Path) -> None:
    """展品是新加的，网站还没有重新生成：不印打不开的二维码。"""
    edit(small / "data/halls/yangban-cun.yml", '编号: "02"', '编号: "03"')
    (small / "site/banshi/yuyue-jiangjie.html").unlink()
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 1
    assert "生成的网站里没有 cunshiguan/yangban-cun.html#zhanpin-03；先运行 make site" in done.stdout
    assert "生成的网站里没有 banshi/yuyue-jiangjie.html；先运行 make site" in done.stdout


def test_without_an_address_there_is_no_code(small: Path, tmp_path: Path) -> None:
    """还没有网址：不印二维码，海报照做，写明全文在哪个栏目。"""
    edit(small / "data/township.yml", "网址: https://yangban.example/", "网址:")
    many = [f"第{n}个条件，写得长一些，好让一页纸放不下它们全部" for n in range(1, 61)]
    edit(small / "data/services/yuyue-jiangjie.yml", "[有10人以上听讲]", str(many).replace("'", ""))
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 0, done.stdout
    for pdf in pdfs(tmp_path / "dist"):
        assert "https://" not in text(pdf)
        assert codes(images(pdf, tmp_path / "png", 60)[0]) == []
    assert "条，全文见样板镇国防教育专栏" in text(tmp_path / "dist/posters/banshi-yuyue-jiangjie-a3.pdf")


def test_withdrawn_page_gets_no_poster(small: Path, tmp_path: Path) -> None:
    """撤下的页面不再做海报和展签。"""
    gone = "撤下: {日期: 2026-11-21, 原因: 内容有误}\n"
    for page in ("shuangyong/2025/guofang-ke.md", "banshi/yuyue-jiangjie.md", "cunshiguan/yangban-cun.md"):
        path = small / "docs" / page
        edit(path, "复核: ", gone + "复核: ")
        path.write_text(re.sub(r"\{\{.*\}\}", "已撤下。", path.read_text(encoding="utf-8")), encoding="utf-8")
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 0, done.stderr
    assert not pdfs(tmp_path / "dist")


def test_activity_pictures_and_text_come_from_the_page(small_dist: Path) -> None:
    """活动海报的字是网页上的字：正文、法律依据都在，插图有说明。"""
    said = text(small_dist / "posters/shuangyong-2025-guofang-ke-a3.pdf")
    assert "这一天村史馆里讲了三件旧物件的来历。" in said
    assert "《中华人民共和国国防教育法》第十二条" in said
    assert "线描：村史馆的门" in said


def test_the_phone_is_the_one_that_answers(small: Path, tmp_path: Path) -> None:
    """活动写了办理点的印它的电话；没有写的照标题、摘要：说馆的印馆的，征兵的印武装部的，别的印服务站的。"""
    page = small / "docs/shuangyong/2025/guofang-ke.md"
    places = small / "data/places.yml"
    edit(places, "电话: 待公布", "电话: 0512-11111111")
    edit(places, "电话: 待公布", "电话: 0512-22222222")
    edit(small / "data/halls/yangban-cun.yml", "电话: 待公布", "电话: 0512-33333333")
    text_ = page.read_text(encoding="utf-8")
    title, summary = "# 村史馆里的国防课", next(line for line in text_.split("\n") if line.startswith("摘要: "))
    stories = {
        "1": ("", "老兵回乡话家常", "退役军人在村里座谈，说说入伍那些年的变化"),
        "2": ("", "青年应征怎么报名", "镇里的人讲了应征报名的办法，说了初步体检要带什么，答了家长的问题"),
        "3": ("", "周末去看旧物件", "样板村村史馆周末开门，讲解员讲了三件旧物件的来历"),
        "2 ": ("办理点: [wuzhuangbu]\n", "老兵回乡话家常", "退役军人在村里座谈，说说家乡这些年的变化"),
    }
    for phone, (key, name, about) in stories.items():
        new = text_.replace(title, f"# {name}").replace(summary, f"{key}摘要: {about}")
        page.write_text(new, encoding="utf-8")
        done = make(small, tmp_path / "dist", "posters")
        assert done.returncode == 0, done.stdout
        said = text(tmp_path / "dist/posters/shuangyong-2025-guofang-ke-a4.pdf")
        assert re.findall(r"0512-(\d)", said) == [phone.strip()], (name, said)
    assert "0512-33333333" in text(tmp_path / "dist/posters/cunshiguan-yangban-cun-a3.pdf")


def test_what_is_not_yet_known_stays_off_the_paper(small: Path, tmp_path: Path) -> None:
    """待公布不印；做完了说哪几样没有印、是哪几张。"""
    guide = small / "data/services/yuyue-jiangjie.yml"
    for key in ("办理时限", "收费"):
        before = guide.read_text(encoding="utf-8")
        guide.write_text(re.sub(rf"(?m)^{key}: .*$", f"{key}: 待公布", before), encoding="utf-8")
    done = make(small, tmp_path / "dist", "posters")
    assert done.returncode == 0, done.stdout
    for pdf in pdfs(tmp_path / "dist"):
        assert "待公布" not in text(pdf), pdf.name
    assert "提醒：纸上没有印「多久办完」，还是待公布：" in done.stdout
    assert "提醒：纸上没有印「样板镇退役军人服务站的电话" in done.stdout
    again = make(small, tmp_path / "dist", "posters")
    assert "没有印「收费」" in again.stdout


def test_odd_pages_stay_readable(small: Path, tmp_path: Path) -> None:
    """标题很长：分成几行，字不小。清单里有清单：每条只说一次，广播也是。"""
    page = small / "docs/shuangyong/2025/guofang-ke.md"
    long = "关于开展全民国防教育日主题宣传教育系列活动暨国防教育" + "进村入户进校园进企业进机关的通知及活动安排公告"
    edit(page, "# 村史馆里的国防课", f"# {long}")
    edit(page, "渠道: [微信, 宣传栏]", "渠道: [微信, 宣传栏, 广播]")
    edit(
        page, "三件旧物件的来历。\n", "三件旧物件的来历。\n\n1. 先看石磨\n    - 看上片\n        - 看纹路\n2. 再看算盘\n"
    )
    assert build(small).returncode == 0
    done = make(small, tmp_path / "dist", "posters", "broadcast")
    assert done.returncode == 0, done.stdout
    for paper, floor in (("a3", 30), ("a4", 21)):
        pdf = tmp_path / f"dist/posters/shuangyong-2025-guofang-ke-{paper}.pdf"
        said = text(pdf)
        assert long in said
        title = [size for line, size in sizes(pdf) if len(line) > 8 and line.strip() in long]
        assert len(title) >= 2
        assert min(title) >= floor
        for each in ("先看石磨", "看上片", "看纹路", "再看算盘"):
            assert said.count(each) == 1, each
    script = (tmp_path / "dist/broadcast/shuangyong-2025-guofang-ke.txt").read_text(encoding="utf-8-sig")
    assert "一，先看石磨；看上片；看纹路；二，再看算盘。" in script

"""信息发布审批单：真的 Git 仓库，发布，再改，读纸上的字。"""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, _run
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run
from html_pages import HTMLParser, text
from paperwork import commit, edit, git, paper, publish, record, rows, run
from PIL import Image

from papers import sheet
from papers.compare import pieces, values
from papers.compare import rows as compared

CopySite = Callable[..., Path]
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"
YEAR = "data/years/2025.yml"


def test_first_publish_lists_every_page_and_figure(copy_site: CopySite) -> None:
    """从来没有发布过：通用的页面列标题，活动给全文，数据、展品、标语、图都在；没有 Git 也行；没有人签以前不印谁签。"""
    root = copy_site()
    done = run(root, "sheet")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"审批单在 dist/sheet.html，.*；dist/sheet.docx 是同样的，用 Word 打开。"
        r"第一次发布：\d+个新页面，\d+个图片或附件。\n",
        done.stdout,
    )
    tree = HTMLParser((root / "dist/sheet.html").read_text(encoding="utf-8"))
    assert any(line.startswith("民兵知识（") for line in text(tree, "p"))
    assert any("guofang-ke.html" in said and "网站、微信、宣传栏" in said for said in text(tree, "p.small"))
    assert "这一天村史馆里讲了三件旧物件的来历。" in text(tree, ".text p")
    assert any(
        row[0] == "村史馆接待人次（人次）" and "约1,500（有三天没有登记）" in row for row in rows(tree, "年度数据")
    )
    exhibits = next(title for title in text(tree, "h2") if "的展品（" in title)
    assert any("煤油灯" in row[1] and row[2] for row in rows(tree, exhibits))
    assert ["条幅" in row[2] for row in rows(tree, "标语（")].count(True) > 0
    assert tree.css("td img[src^='data:image/svg+xml;base64,']")
    assert "镇分管负责人" not in tree.body.text()
    assert text(tree, "title") == ["信息发布审批单"]


def test_paper_is_self_contained(copy_site: CopySite) -> None:
    """没有脚本、没有外部请求，图写在里面，UTF-8，A4，四个签字的地方。"""
    tree = paper(copy_site(), "sheet")
    assert not tree.css("script, link, iframe, [src]:not(img[src^='data:image/']), [href], [onload]")
    style = tree.css_first("style").text()
    assert "size: A4" in style
    assert "url(" not in style
    assert [row.css_first("th").text() for row in tree.css("section.sign tbody tr")] == [
        "编辑",
        "审核",
        "保密审查",
        "签发",
    ]
    assert all("日" in row.css_first("td.date").text() for row in tree.css("section.sign tbody tr"))


def test_nothing_changed(copy_site: CopySite) -> None:
    root = publish(copy_site())
    tree = paper(root, "sheet")
    assert "和上次公开的一样，没有要审批的改动。" in text(tree, "p")
    assert text(tree, "h2") == ["检查结果", "签字"]


def test_changed_page_shows_both_texts(copy_site: CopySite) -> None:
    """旧文、新文并排，去掉的划掉，添上的加线；页眉单列；渠道照抄。"""
    root = publish(copy_site())
    edit(root, ACTIVITY, "三件旧物件", "四件旧物件")
    edit(root, ACTIVITY, "渠道: [微信, 宣传栏]", "渠道: [微信, 宣传栏, 广播]")
    tree = paper(root, "sheet")
    assert text(tree, "h3") == ["1．村史馆里的国防课"]
    assert rows(tree, "1．")[0] == ["渠道", "微信 宣传栏", "微信 宣传栏 广播"]
    assert ["这一天村史馆里讲了三件旧物件的来历。", "这一天村史馆里讲了四件旧物件的来历。"] in rows(tree, "1．")
    assert text(tree, ".long del") == ["三"]
    assert text(tree, ".long ins") == ["四"]
    assert any("渠道：网站、微信、宣传栏、广播" in line for line in text(tree, "p"))
    findings = rows(tree, "检查结果")
    assert any(f"{ACTIVITY}:" in row[1] and "没有跟着改" in row[2] for row in findings)
    assert "检查没有通过，改好以前不能发布。" in text(tree, "p.stop")


def test_other_findings_are_counted_not_listed(copy_site: CopySite) -> None:
    """没有改的页面查出来的，只说有几处。"""
    root = publish(copy_site())
    edit(root, "docs/minbing/index.md", "复核: 2026-11-20", "复核: 2027-02-01")
    tree = paper(root, "sheet", "--as-of=2027-02-02")
    assert text(tree, "h2")[0] == "只改了页眉的页面（1）"
    assert any(line.startswith("别处另有") and "0处错误、0处提醒" not in line for line in text(tree, "p"))
    assert not any("places.yml" in cell for cell in text(tree, "td, th"))


def test_new_page_is_printed_whole(copy_site: CopySite) -> None:
    root = publish(copy_site())
    source = (root / ACTIVITY).read_text(encoding="utf-8")
    new = source.replace("村史馆里的国防课", "又一堂课").replace("图片:", "图片: []").partition("图片: []")
    tail = new[2].partition("---\n")[2].replace("![线描：村史馆的门](guofang-ke.assets/guan.svg)\n", "")
    (root / "docs/shuangyong/2025/you-yi-tang.md").write_text(f"{new[0]}---\n{tail}", encoding="utf-8")
    tree = paper(root, "sheet")
    assert text(tree, "h2")[0] == "新页面（1）"
    assert "这一天村史馆里讲了三件旧物件的来历。" in text(tree, ".text p")


def test_withdrawn_page_does_not_repeat_the_old_text(copy_site: CopySite) -> None:
    """撤下多半有原因，原文不再印一遍；没有了的地址也列。"""
    root = publish(copy_site())
    (root / "docs/guanyu/yinsi.md").unlink()
    edit(root, ACTIVITY, "---\n\n#", "撤下:\n  日期: 2026-11-23\n  原因: 当事人<不>同意\n---\n\n#")
    edit(root, ACTIVITY, "这一天村史馆里讲了三件旧物件的来历。", "已撤下。")
    tree = paper(root, "sheet")
    found = rows(tree, "撤下和没有了的页面（2）")
    assert found[0][0] == "shuangyong/2025/guofang-ke.html"
    assert "2026-11-23 撤下，原因：当事人<不>同意" in found[0][1]
    assert found[1] == ["guanyu/yinsi.html", "没有了，也没有写跳转，纸上的二维码会打不开"]
    assert "三件旧物件" not in tree.body.text()


def test_changed_figure_with_and_without_correction(copy_site: CopySite) -> None:
    root = publish(copy_site())
    edit(
        root,
        YEAR,
        "    值: 86\n",
        "    值: 88\n    更正:\n      - {日期: 2026-11-23, 原: 86, 改: 88, 原因: 漏记两场}\n",
    )
    edit(root, YEAR, "    值: 20\n    限定: 不少于\n", "    值: 21\n    限定: 不少于\n")
    tree = paper(root, "sheet")
    found = rows(tree, "年度数据的改动（2）")
    assert found[0] == ["2025年", "国防教育活动场次（场）", "86", "88", "2026-11-23 更正：原 86，改 88，漏记两场"]
    assert found[1][2:] == ["不少于 20", "不少于 21", "没有写更正"]
    assert any("正文一字没动，变的是它取用的数据" in line for line in text(tree, "p"))


def test_changed_hours_phones_and_guides(copy_site: CopySite) -> None:
    """数据的键、原值、新值；列表里的按编号认，插一条不会全变。"""
    root = publish(copy_site())
    edit(root, "data/halls/yangban-cun.yml", "星期六: 9:00—16:30", "星期六: 闭馆")
    edit(root, "data/services/yuyue-jiangjie.yml", "收费: 待公布", "收费: 免费")
    places = (root / "data/places.yml").read_text(encoding="utf-8")
    new = places.partition("- 编号: wu")[0].replace("编号: fuwuzhan", "编号: xinde").replace("样板镇退役", "新退役")
    (root / "data/places.yml").write_text(new + places.replace("一楼", "三楼"), encoding="utf-8")
    tree = paper(root, "sheet")
    found = rows(tree, "别的数据的改动（3个文件）")
    assert ["开放时间 › 星期六", "9:00—16:30", "闭馆"] in found
    assert ["收费", "待公布", "免费"] in found
    assert ["样板镇退役军人服务站（fuwuzhan） › 地址", "样板镇人民政府一楼", "样板镇人民政府三楼"] in found
    assert ["新退役军人服务站（xinde） › 编号", "（没有）", "xinde"] in found
    assert not any("wuzhuangbu" in row[0] for row in found)


def test_pictures_old_beside_new(copy_site: CopySite) -> None:
    """换过的图，原来的、现在的并排；新的只有现在的；草稿的不列，只说有几篇。"""
    root = publish(copy_site())
    name = "docs/cunshiguan/yangban-cun.assets/meiyou-deng.svg"
    before = (root / name).read_bytes()
    edit(root, name, "<svg", "<svg ")
    new = "docs/cunshiguan/yangban-cun.assets/xin.png"
    Image.new("RGB", (8, 8), "green").save(root / new)
    draft = root / "docs/minbing/caogao.md"
    draft.write_text("---\n稿件: 草稿\n---\n\n# 还没有写完的一页\n", encoding="utf-8")
    (root / "docs/minbing/caogao.assets").mkdir()
    Image.new("RGB", (8, 8), "red").save(root / "docs/minbing/caogao.assets/hong.png")
    tree = paper(root, "sheet")
    assert [row[0] for row in rows(tree, "图片和附件")] == [f"{name} 换过", f"{new} 新的"]
    shown = [base64.b64decode((node.attributes["src"] or "").partition(",")[2]) for node in tree.css("td img")]
    assert shown == [before, (root / name).read_bytes(), (root / new).read_bytes()]
    assert any("另有1篇草稿不公开，不在本单里：还没有写完的一页。" in line for line in text(tree, "p"))
    assert "caogao" not in " ".join(cell for row in rows(tree, "图片和附件") for cell in row)


def test_text_is_what_readers_see(copy_site: CopySite) -> None:
    """没有星号、方括号、宏；网址变了也看得见；只是换了链接的，照源文件列。"""
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "**三件**旧物件")
    publish(root)
    edit(root, ACTIVITY, "**三件**旧物件", '**四件**旧物件，[看原文](https://www.gov.cn/)，{{ law("国防教育法", 12) }}')
    page = "docs/guanyu/yinsi.md"
    edit(root, page, "不收集信息。", "[不收集信息](../minbing/index.md)。")
    tree = paper(root, "sheet")
    line = next(row[1] for row in rows(tree, "2．") if "四件" in row[1])
    assert "四件旧物件，看原文〔https://www.gov.cn/〕，〔法律：国防教育法，12〕的来历" in line
    assert any("不收集信息](../minbing/index.md)" in row[1] for row in rows(tree, "1．"))
    assert any("字没有变，变的是链接、图或写法" in said for said in text(tree, "p"))


def test_word_says_the_same(copy_site: CopySite) -> None:
    """Word 里的字、图和网页的一样多；A4，表头每页都有，字能改。"""
    root = publish(copy_site())
    edit(root, ACTIVITY, "三件旧物件", "四件旧物件")
    edit(root, "docs/cunshiguan/yangban-cun.assets/meiyou-deng.svg", "<svg", "<svg ")
    tree = paper(root, "sheet")
    made = Document(str(root / sheet.WORD))
    said = "".join(node.text or "" for node in made.element.body.iter(qn("w:t")))
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", tree.body.text())
    assert len(made.inline_shapes) == len(tree.css("img")) == 2
    assert [run.text for each in made.element.body.iter(qn("w:r")) if (run := Run(each, None)).font.strike] == [
        "划掉的",
        "三",
    ]
    assert (round(made.sections[0].page_width / Mm(1)), made.core_properties.author) == (210, "")


def test_special_characters_are_text(copy_site: CopySite) -> None:
    """标题、正文、数据里的尖括号、引号都是字，不是标签。"""
    root = publish(copy_site())
    evil = "<script>alert(1)</script>&amp;\"'<del>"
    edit(root, ACTIVITY, "# 村史馆里的国防课", f"# 标题{evil}")
    edit(root, ACTIVITY, "三件旧物件", evil)
    edit(root, "data/places.yml", "样板镇人民政府一楼", "'<img src=x onerror=alert(1)>'")
    tree = paper(root, "sheet")
    assert not tree.css("script, img:not([src^='data:'])")
    assert text(tree, "h3") == [f"1．标题{evil}"]
    assert ["样板镇退役军人服务站（fuwuzhan） › 地址", "样板镇人民政府一楼", "<img src=x onerror=alert(1)>"] in rows(
        tree, "别的数据的改动"
    )


NO_HISTORY = {
    "没有仓库": "这里不是 Git 仓库，或者历史读不出来；",
    "浅的仓库": "仓库只取了最近的历史；先运行 git fetch --unshallow",
    "没有 git": "这台电脑没有装 git；先装上",
    "别人的仓库": "是别的用户的，Git 不肯读它的历史；",
}


@pytest.mark.parametrize("how", NO_HISTORY)
def test_without_history_there_is_no_sheet(copy_site: CopySite, tmp_path: Path, how: str) -> None:
    """读不出公开时的样子：说为什么，不做，上一次做的也不留；不会说没有改动。"""
    root = publish(copy_site())
    paper(root, "sheet")
    more = {}
    if how == "没有仓库":
        shutil.rmtree(root / ".git")
    elif how == "浅的仓库":
        git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "qian")
        root = tmp_path / "qian"
    elif how == "没有 git":
        more["PATH"] = str(tmp_path)
    else:
        more["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
    done = _run(ROOT, "papers.sheet", f"--root={root}", f"--as-of={AS_OF}", **more)
    assert (done.returncode, done.stdout) == (1, "")
    assert NO_HISTORY[how] in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (root / sheet.OUT).exists()
    assert not (root / sheet.WORD).exists()


def test_old_text_is_found_by_its_digest(copy_site: CopySite) -> None:
    """记下发布的提交里正文已经又改过：顺着历史找到校验值对得上的那一版，并说数据要另行核对。"""
    root = copy_site()
    git(root, "init", "-q")
    commit(root)
    record(root)
    edit(root, ACTIVITY, "三件旧物件", "五件旧物件")
    commit(root, "记下发布，又改了")
    edit(root, ACTIVITY, "五件旧物件", "四件旧物件")
    commit(root)
    tree = paper(root, "sheet")
    assert text(tree, ".long del") == ["三"]
    assert "数据的原值请另行核对" in tree.css_first(".about").text()


def test_record_not_committed_yet(copy_site: CopySite) -> None:
    root = copy_site()
    git(root, "init", "-q")
    commit(root)
    record(root)
    edit(root, ACTIVITY, "三件旧物件", "四件旧物件")
    tree = paper(root, "sheet")
    assert text(tree, ".long del") == ["三"]
    assert "data/published.csv 还没有提交" in tree.css_first(".about").text()


def test_source_digest_is_the_published_one(copy_site: CopySite) -> None:
    """来源散列和发布记录里的一样算法：改一个字就变。"""
    root = publish(copy_site())
    before = paper(root, "sheet").css(".mono")[0].text()
    edit(root, ACTIVITY, "三件旧物件", "四件旧物件")
    assert paper(root, "sheet").css(".mono")[0].text() != before


def test_long_unchanged_text_is_folded() -> None:
    old = "\n".join(f"第{i}段，" + "没有改的话。" * 20 for i in range(12))
    found = compared(old, old.replace("第6段，没有", "第6段，改了"))
    assert [row.folded for row in found if row.folded] == [5, 4]
    assert all(len(piece.text) < 60 for row in found for piece in row.old)
    assert any("…" in piece.text for row in found for piece in row.old)


def test_numbers_and_dates_change_whole() -> None:
    """不会只标出数里的一位；夹在中间的一个字跟着算。"""
    old, new = pieces("2026-11-20有86场", "2026-11-23有88场")
    assert [(piece.kind, piece.text) for piece in old] == [("del", "2026-11-20有86"), ("same", "场")]
    assert [(piece.kind, piece.text) for piece in new] == [("ins", "2026-11-23有88"), ("same", "场")]


TEN = "每天十点开门，十六点三十分关门。"
CALL = "团体来参观，请先打村委会的电话。"
PARK = "车停在村口的晒谷场，不用交钱。"
WATER = "馆里有热水，纸杯放在门边的桌上。"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param(
            [TEN, CALL, PARK], [CALL, PARK, TEN], [(TEN, ""), (CALL, CALL), (PARK, PARK), ("", TEN)], id="移动"
        ),
        pytest.param(
            [TEN, CALL, PARK],
            [f"{CALL}周一不接。", f"{PARK}夜里上锁。", f"{TEN}不休息。"],
            [(TEN, ""), (CALL, f"{CALL}周一不接。"), (PARK, f"{PARK}夜里上锁。"), ("", f"{TEN}不休息。")],
            id="移动又改",
        ),
        pytest.param(
            [f"{WATER}{CALL}{TEN}"],
            [WATER, f"{CALL}{TEN}"],
            [("", WATER), (f"{WATER}{CALL}{TEN}", f"{CALL}{TEN}")],
            id="拆开，和长的一半排",
        ),
        pytest.param(
            [WATER, f"{CALL}{TEN}"],
            [f"{WATER}{CALL}{TEN}"],
            [(WATER, ""), (f"{CALL}{TEN}", f"{WATER}{CALL}{TEN}")],
            id="合并，和长的一半排",
        ),
        pytest.param([TEN, PARK], [f"{TEN}{PARK}"], [(TEN, f"{TEN}{PARK}"), (PARK, "")], id="合并，一样长"),
        pytest.param(
            [TEN, CALL, PARK],
            [TEN.replace("十点", "九点"), WATER, CALL.replace("团体", "学校"), PARK.replace("晒谷场", "空地")],
            [
                (TEN, TEN.replace("十点", "九点")),
                ("", WATER),
                (CALL, CALL.replace("团体", "学校")),
                (PARK, PARK.replace("晒谷场", "空地")),
            ],
            id="中间插一段",
        ),
        pytest.param(
            ["电话0512-88880001", "电话0512-88880002", "电话0512-88880003"],
            ["电话0512-88880002转8", "电话0512-88880003转8"],
            [
                ("电话0512-88880001", ""),
                ("电话0512-88880002", "电话0512-88880002转8"),
                ("电话0512-88880003", "电话0512-88880003转8"),
            ],
            id="差不多的几行里去掉一行",
        ),
        pytest.param(
            [TEN, PARK], [WATER, "甲乙丙丁"], [(TEN, ""), (PARK, ""), ("", WATER), ("", "甲乙丙丁")], id="不像"
        ),
        pytest.param(
            [TEN, PARK],
            [TEN.replace("十点", "九点"), WATER],
            [(TEN, TEN.replace("十点", "九点")), (PARK, ""), ("", WATER)],
            id="一段像，一段不像",
        ),
        pytest.param(
            ["甲乙丙丁戊己庚辛", "甲乙子丑寅卯辰巳"],
            ["甲乙丙丁戊己庚辰", "甲乙丙丁戊己子丑"],
            [("甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚辰"), ("甲乙子丑寅卯辰巳", "甲乙丙丁戊己子丑")],
            id="都像同一段",
        ),
    ],
)
def test_like_paragraphs_share_a_row(old: list[str], new: list[str], shown: list[tuple[str, str]]) -> None:
    """像的排在一行，不像的不硬凑；两边都不重、不漏、不换先后。"""
    found = compared("\n".join(old), "\n".join(new))
    sides = [("".join(p.text for p in row.old), "".join(p.text for p in row.new)) for row in found]
    assert sides == shown


def test_a_rewritten_page_is_paired_in_order() -> None:
    """改得太多，不去一段一段认：照先后排，一段不少。"""
    old, new = ([f"第{i}段{mark}" for i in range(30)] for mark in ("旧", "新"))
    found = compared("\n".join(old), "\n".join(new[3:]))
    assert ["".join(p.text for p in row.old) for row in found] == old
    assert ["".join(p.text for p in row.new) for row in found] == [*new[3:], "", "", ""]


def test_order_of_steps_is_a_change() -> None:
    """只换了先后，也要看得见。"""
    steps = [{"做什么": "甲", "说明": "一"}, {"做什么": "乙", "说明": "二"}]
    (value,) = values({"流程": steps}, {"流程": steps[::-1]})
    assert (value.at, value.old, value.new) == (("流程", "先后次序"), "甲\n乙", "乙\n甲")


def test_clean_images_says_which(copy_site: CopySite) -> None:
    root = copy_site()
    photo = root / "docs/guanyu/zhao.jpg"
    exif = Image.Exif()
    exif[0x010F] = "某牌手机"
    Image.new("RGB", (8, 8), "green").save(photo, exif=exif)
    done = _run(ROOT, "checks.images", f"--root={root}")
    said = "docs/guanyu/zhao.jpg：去掉或改好了手机型号或姓名、备注、缩略图等附带信息\n改了 1 个图片和附件。\n"
    assert (done.returncode, done.stdout) == (0, said)
    assert not Image.open(photo).getexif()


def test_same_input_same_bytes(copy_site: CopySite) -> None:
    root = publish(copy_site())
    paper(root, "sheet")
    first = (root / sheet.OUT).read_bytes()
    paper(root, "sheet")
    assert (root / sheet.OUT).read_bytes() == first

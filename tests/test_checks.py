"""检查的命令，和语料管不到的几项：审签、新不新、附件、放行、生成好的网站。"""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, check
from documents import excel, word
from PIL import Image, ImageCms

from checks import CHECKS, Subject, run
from checks.cleaning import Cleaned, cleaned
from checks.images import clean
from macros.model import load
from macros.model.imagefile import UNSIZED, size
from macros.model.problem import ERROR, NOTICE

CopySite = Callable[..., Path]
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(root: Path, name: str, as_of: str = "2026-11-24", built: Path | None = None) -> list[str]:
    """一项检查报出来的，一处一行。"""
    subject = Subject(load(root), datetime.date.fromisoformat(as_of), built)
    return [str(problem) for problem in run(subject, [name])]


def only(lines: list[str], *words: str) -> None:
    """正好一处，说的是这几句。"""
    assert len(lines) == 1, lines
    for each in words:
        assert each in lines[0], lines[0]


# ---- 命令 ----


def test_real_site_passes_without_a_word(copy_site: CopySite) -> None:
    done = check(ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "检查通过：没有发现问题。\n", "")


def test_list_explains_every_check() -> None:
    """--list：每一项查什么、出处是什么。"""
    done = check(ROOT, "--list")
    assert done.returncode == 0
    for name, each in CHECKS.items():
        assert re.search(rf"^{name} +{re.escape(each.title)}\n +出处：{re.escape(each.basis)}$", done.stdout, re.M)


def test_json_is_for_machines(copy_site: CopySite) -> None:
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "残疾人士的三件旧物件")
    done = check(root, "terms", "--json")
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)
    assert (problem["file"], problem["line"], problem["column"]) == (ACTIVITY, 23, 10)
    assert (problem["level"], problem["clause"]) == (ERROR, "C-16")


def test_annotations_on_ci(copy_site: CopySite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    """CI 上每处问题另有一行批注，指着文件、行、列。"""
    from checks.__main__ import main

    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "100%的残疾人士")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main([f"--root={root}", "--as-of=2026-11-24", "terms"]) == 1
    assert f"::error file={ACTIVITY},line=23,col=15::C-16 「残疾人士」；改成 残疾人" in capsys.readouterr().out


def test_summary_on_ci_lists_everything(
    copy_site: CopySite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    """批注平台只显示十条；摘要里一处不少，按文件分开。"""
    from checks.__main__ import main

    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "残疾人士。" * 14)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert main([f"--root={root}", "--as-of=2026-11-24", "terms"]) == 1
    written = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert written.startswith("## 检查没有通过：14 处错误")
    assert written.count(f"### `{ACTIVITY}`\n") == 1
    assert written.count("\n    23:") == 14


def test_two_files_wrong_give_both(copy_site: CopySite) -> None:
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "残疾人士")
    edit(root, "docs/minbing/index.md", "\n# ", "\n#")
    done = check(root)
    assert done.returncode == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines()[:-1]} == {ACTIVITY, "docs/minbing/index.md"}


def test_a_crashing_check_is_a_finding_and_the_others_run(copy_site: CopySite, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "退伍军人")

    def broken(_: Subject) -> list:
        raise ZeroDivisionError

    monkeypatch.setitem(CHECKS, "law", CHECKS["law"].__class__("law", "", "", broken))
    problems = run(Subject(load(root), datetime.date(2026, 11, 24)))
    assert [p.what for p in problems if p.file == "checks/law.py"] == ["检查 law 没有做完（ZeroDivisionError）"]
    assert any(p.clause == "C-1" for p in problems)


def test_clauses_stand_in_style() -> None:
    """词表和检查引的条款，STYLE.md 里都有。"""
    style = set(re.findall(r"^- \*\*([A-Z]-\d+)\*\*", (ROOT / "STYLE.md").read_text(encoding="utf-8"), re.M))
    rules = load(ROOT).rules
    cited = {rule.clause for rule in (*rules.terms, *rules.phrases, *rules.privacy, *rules.secrecy)}
    for path in (*(ROOT / "checks").glob("*.py"), *(ROOT / "papers").glob("*.py")):
        cited |= set(re.findall(r'"([A-Z]-\d+)"', path.read_text(encoding="utf-8")))
    assert cited <= style, cited - style
    assert len(cited) > 40


# ---- 放行 ----


def exempt(root: Path, *, check: str, file: str, text: str, until: str = "2027-01-01", more: str = "") -> None:
    (root / "data/rules/exemptions.yml").write_text(
        f"- 检查: {check}\n  文件: {file}\n  原文: {text}\n  理由: 测试\n  批准: 镇分管负责人\n  至: {until}\n{more}",
        encoding="utf-8",
    )


def test_an_exemption_releases_one_place_until_its_day(copy_site: CopySite) -> None:
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "退伍军人")
    exempt(root, check="terms", file=ACTIVITY, text="退伍")
    assert found(root, "terms") == []
    assert found(root, "exemptions") == []
    only(found(root, "terms", "2027-01-02"), "C-1")
    only(found(root, "exemptions", "2027-01-02"), "过期了")
    exempt(root, check="terms", file="docs/index.md", text="退伍")
    only(found(root, "terms"), "C-1")
    only(found(root, "exemptions"), "docs/index.md 里已经没有「退伍」")


def test_secrecy_is_released_only_with_a_review_number(copy_site: CopySite) -> None:
    root = copy_site()
    edit(root, ACTIVITY, "三件旧物件", "民兵120人")
    only(found(root, "secrecy"), "M-2", "「民兵120人」")
    exempt(root, check="secrecy", file=ACTIVITY, text="民兵120人")
    only([p for p in found(root, "data") if "exemptions" in p], "保密的放行要有「审查编号」")
    exempt(root, check="secrecy", file=ACTIVITY, text="民兵120人", more="  审查编号: 演示2026-01\n")
    assert found(root, "secrecy") == []


# ---- 页面、数据以外的文字 ----


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("docs/_moban/huodong.md", "# 电话15400138000\n", "docs/_moban/huodong.md:1:5"),
        ("data/_moban/niandu.yml", "# 电话15400138000\n", "data/_moban/niandu.yml:1:5"),
        ("README.md", "电话\n\n15400138000\n", "README.md:3:1"),
        (".github/a.svg", "<svg>\n<!-- 15400138000 -->\n<text>甲</text></svg>", ".github/a.svg:2:6"),
        ("docs/minbing/a.svg", '<svg xmlns="a"><!-- 15400138000 --><text>甲</text></svg>', "docs/minbing/a.svg:2:1"),
        ("data/laws/a.json", '{"a": "15400138000"}', "data/laws/a.json:1:8"),
        ("docs/minbing/dianhua-15400138000.md", "# 甲\n", "docs/minbing/di***md:1:1"),
    ],
)
def test_numbers_anywhere_in_the_repository(copy_site: CopySite, file: str, text: str, where: str) -> None:
    root = copy_site()
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")
    only([line for line in found(root, "privacy") if "Y-1" in line], where, "Y-1 「15***00」")


def test_secrets_in_templates_are_found_and_rules_are_not_searched(copy_site: CopySite) -> None:
    root = copy_site()
    assert "民兵" in (root / "data/rules/secrecy.yml").read_text(encoding="utf-8")
    assert found(root, "secrecy") == []
    (root / "CONTRIBUTING.md").write_text("民兵120人", encoding="utf-8")
    only(found(root, "secrecy"), "CONTRIBUTING.md:1:1", "M-2")


# ---- 审签和发布记录 ----


@pytest.fixture
def public(copy_site: CopySite) -> Path:
    """一个已经公开过的网站：每一页都在 published.csv 里。"""
    root = copy_site()
    site = load(root)
    rows = ["地址,日期,sha256,发稿日期"]
    for page in site.pages:
        issued = page.activity.date.isoformat() if page.activity else ""
        rows.append(f"{page.url},2026-11-21,{site.text_digest(page)},{issued}")
    (root / "data/published.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return root


def test_nothing_changed_nothing_said(public: Path) -> None:
    assert found(public, "signoff") == []


def test_a_silent_change_is_an_error(public: Path) -> None:
    """公开以后改了字：更新要跟着改，还要有更正说明。"""
    edit(public, ACTIVITY, "三件旧物件", "四件旧物件")
    only(found(public, "signoff"), f"{ACTIVITY}:5:1", "J-4", "更新没有跟着改")
    edit(public, ACTIVITY, "更新: 2025-09-22", "更新: 2026-11-21")
    edit(public, ACTIVITY, "保密审查日期: 2025-09-23", "保密审查日期: 2026-11-21")
    only(found(public, "signoff"), "J-1", "没有更正说明")
    edit(public, ACTIVITY, "的来历。\n", '的来历。\n\n!!! gengzheng "更正"\n    2026年11月21日更正：写漏一件。\n')
    assert found(public, "signoff") == []


def test_a_changed_page_moves_its_review_date(public: Path) -> None:
    name = "docs/minbing/index.md"
    text = (public / name).read_text(encoding="utf-8")
    (public / name).write_text(text + "\n加一句。\n", encoding="utf-8")
    only(found(public, "signoff"), name, "复核没有跟着改")
    (public / name).write_text(re.sub("复核: .*", "复核: 2026-11-22", text) + "\n加一句。\n", encoding="utf-8")
    assert found(public, "signoff") == []


def test_hours_moved_with_their_own_date_are_fine(public: Path) -> None:
    """馆的开放时间改了，馆的 复核日期 也改了：不用再改页面的 复核。"""
    name = "data/halls/yangban-cun.yml"
    edit(public, name, "9:00—11:30", "9:00—11:00")
    only(found(public, "signoff"), f"{name}:28:1", "J-4", "复核日期没有跟着改", "docs/cunshiguan/yangban-cun.md")
    text = (public / name).read_text(encoding="utf-8")
    (public / name).write_text(re.sub("(?m)^复核日期: .*", "复核日期: 2026-11-22", text), encoding="utf-8")
    assert found(public, "signoff") == []


def test_a_date_once_public_never_changes(public: Path) -> None:
    edit(public, ACTIVITY, "日期: 2025-09-20", "日期: 2025-09-19")
    only(found(public, "signoff"), "R-8", "公开的时候是 2025-09-20")


def test_dates_in_the_future_are_errors(copy_site: CopySite) -> None:
    root = copy_site()
    assert [line for line in found(root, "signoff", "2025-09-21") if ACTIVITY in line]
    only([line for line in found(root, "signoff", "2025-09-22") if ACTIVITY in line and "审签" not in line][:1], "将来")
    assert found(root, "signoff", "2026-11-20") == []


def test_a_published_address_needs_a_page_or_a_redirect(public: Path) -> None:
    (public / ACTIVITY).unlink()
    shutil.rmtree((public / ACTIVITY).with_suffix(".assets"))
    only(found(public, "signoff"), "data/published.csv", "L-3", "data/redirects.yml")
    redirects = public / "data/redirects.yml"
    redirects.write_text("shuangyong/2025/guofang-ke.html: shuangyong/index.html\n", encoding="utf-8")
    assert found(public, "signoff") == []


# ---- 新不新 ----


def dated(root: Path, name: str, key: str, date: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert re.search(rf"(?m)^( *{key}): .*", text)
    (root / name).write_text(re.sub(rf"(?m)^( *{key}): .*", rf"\1: {date}", text), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "key", "fresh", "due", "overdue"),
    [
        ("data/halls/yangban-cun.yml", "复核日期", "2026-10-25", "2026-10-24", "2026-09-24"),
        ("data/places.yml", "复核日期", "2026-05-28", "2026-05-27", "2025-11-28"),
        ("data/services/yuyue-jiangjie.yml", "复核日期", "2025-11-24", "2025-11-23", "2024-11-23"),
        ("data/laws/来源.yml", "核对日期", "2026-05-28", "2026-05-27", "2025-11-28"),
    ],
)
def test_review_periods(copy_site: CopySite, file: str, key: str, fresh: str, due: str, overdue: str) -> None:
    """到期那天还不说；过一天提醒；过两倍是错误。"""
    root = copy_site()
    for date, level in ((fresh, None), (due, NOTICE), (overdue, ERROR)):
        dated(root, file, key, date)
        lines = [line for line in found(root, "freshness") if line.startswith(file)]
        assert bool(lines) is bool(level), (date, lines)
        assert all(f": {level} R-9 " in line and f"上次核对是 {date}" in line for line in lines)


def test_a_demonstration_is_never_stopped_by_age(copy_site: CopySite) -> None:
    root = copy_site()
    edit(root, "data/township.yml", "演示: 否", "演示: 是")
    lines = found(root, "freshness", "2029-01-01")
    assert lines
    assert not [line for line in lines if ERROR in line]


def test_corrections_are_not_stopped_by_age(public: Path) -> None:
    """只改公开过的页面：过期的只是提醒；加了新页面才拦。"""
    day = "2027-03-01"
    assert [line for line in found(public, "freshness", day) if ERROR in line]
    edit(public, "docs/minbing/index.md", "\n# ", "\n# 新的")
    assert not [line for line in found(public, "freshness", day) if ERROR in line]
    (public / "docs/xuexi/xin.md").write_text(
        "---\n摘要: 新的一页\n复核: 2027-03-01\n---\n\n# 新的一页\n", encoding="utf-8"
    )
    assert [line for line in found(public, "freshness", day) if ERROR in line]


# ---- 旧条号 ----

BASE = "设区的市级以上全民国防教育主管部门会同军事机关，可以命名国防教育基地。"


def test_an_old_number_in_a_guide_is_told_the_new_one(copy_site: CopySite) -> None:
    """指南说的是新条里的事，依据写的是旧条号：报在那一行；放行了就不报。"""
    root = copy_site()
    guide = "data/services/yuyue-jiangjie.yml"
    edit(root, guide, "给镇退役军人服务站打电话，约好时间和地点。", BASE)
    edit(root, guide, "条: 7, 款: 3", "条: 28")
    only(found(root, "law"), f"{guide}:6:", "像是《国防教育法》的旧条号：旧版第二十八条现在是第三十一条")
    edit(root, guide, "条: 28", "条: 31")
    assert found(root, "law") == []
    edit(root, guide, "条: 31", "条: 28")
    (root / "data/rules/exemptions.yml").write_text(
        f"- 检查: law\n  文件: {guide}\n  原文: 国防教育法\n  理由: 引的是经费\n  批准: 张主任\n  至: 2027-01-01\n",
        encoding="utf-8",
    )
    assert found(root, "law") == []


def test_a_named_old_version_is_told_the_new_number(copy_site: CopySite) -> None:
    root = copy_site()
    text = "基地怎样命名，见《中华人民共和国国防教育法》（2018年修正）第二十八条。"
    edit(root, "docs/minbing/index.md", "民兵是什么，法律里写着。", text)
    only(found(root, "law"), "引用的不是现行的《国防教育法》", "旧版第二十八条现在是第三十一条")


# ---- 附件和照片 ----

ID = "990101199003070023"  # 编的：没有 99 开头的地区


def typeset(text: str) -> bytes:
    import typst

    return typst.compile(f"#set page(width: 200pt, height: 80pt)\n{text}".encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("biao.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><text>号码 {ID}</text></svg>'.encode()),
        (
            "biao.docx",
            word(f"<w:p><w:r><w:t>{ID[:9]}</w:t></w:r><w:r><w:t>{ID[9:]}</w:t></w:r></w:p>"),
        ),
        ("biao.xlsx", excel(f"<x:sheetData><x:row><x:c><x:is><x:t>{ID}</x:t></x:is></x:c></x:row></x:sheetData>")),
        ("biao.pdf", typeset(ID)),
    ],
)
def test_numbers_inside_attachments(copy_site: CopySite, name: str, content: bytes) -> None:
    root = copy_site()
    (root / f"docs/xuexi/{name}").write_bytes(content)
    only(found(root, "privacy"), f"docs/xuexi/{name}:", "Y-1", "「99***23」")


@pytest.mark.parametrize("name", ["biao.doc", "biao.zip"])
def test_old_documents_and_archives_are_errors(copy_site: CopySite, name: str) -> None:
    """查不了里面的字：放在哪里都不行。"""
    root = copy_site()
    (root / f"docs/xuexi/{name}").write_bytes(b"not what it says")
    only(found(root, "data"), f"docs/xuexi/{name}", "会原样公开")
    (root / "docs/xuexi/index.assets").mkdir()
    (root / f"docs/xuexi/{name}").rename(root / f"docs/xuexi/index.assets/{name}")
    only(found(root, "data"), f"docs/xuexi/index.assets/{name}", "Y-1", "附件里的字")


@pytest.mark.parametrize("name", ["biao.docx", "biao.pdf"])
def test_attachments_nobody_can_read_are_errors(copy_site: CopySite, name: str) -> None:
    root = copy_site()
    (root / f"docs/xuexi/{name}").write_bytes(b"not what it says")
    only(found(root, "privacy"), f"docs/xuexi/{name}", "Y-10", "打不开")


def drawn(size: tuple[int, int], format: str = "JPEG", **saved: object) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(content, format=format, **saved)
    return content.getvalue()


def test_photos_keep_only_what_is_seen() -> None:
    """位置、末尾的视频、缩略图都没有了；转正、缩小，颜色配置还在；再洗一遍一个字节不变。"""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "示例手机", 6  # 横着拍的
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    once = cleaned(drawn((2400, 1200), exif=exif, icc_profile=profile, comment="甲") + b"ftyp 30.1,120.2", "jpg")
    assert {"位置（GPS）", "手机型号或姓名", "没有转正的方向", "颜色配置里的设备信息"} <= set(once.said)
    assert cleaned(once.content, "jpg") == Cleaned(once.content, "jpg")
    assert len(once.content) <= 300 * 1024
    with Image.open(io.BytesIO(once.content)) as image:
        assert image.height <= 1600
        assert image.width * 2 == image.height
        assert ImageCms.getOpenProfile(io.BytesIO(image.info["icc_profile"]))
        assert not image.getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_and_transparent_pictures_stay_so(kind: str) -> None:
    frames = [Image.new("RGBA", (40, 20), (0, 0, 0, 0)) for _ in range(3)]
    for number, frame in enumerate(frames):
        frame.paste((0, 200 - 90 * number, 0, 255), (20, 0, 40, 20))
        frame.putpixel((0, 19), (200 - 90 * number, 0, 0, 255))
    content = io.BytesIO()
    frames[0].save(content, format=kind, save_all=True, append_images=frames[1:], duration=120, loop=2)
    once = cleaned(content.getvalue() + b"more", kind.lower())
    with Image.open(io.BytesIO(once.content)) as image:
        assert (image.n_frames, image.info["loop"]) == (3, 2)
        image.seek(1)
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0
    assert not cleaned(once.content, kind.lower()).said


def test_erased_parts_of_a_png_are_gone() -> None:
    """橡皮擦过的地方，底下的颜色也没有了。"""
    content = io.BytesIO()
    Image.new("RGBA", (8, 8), (200, 10, 10, 0)).save(content, format="PNG")
    once = cleaned(content.getvalue(), "png")
    assert "透明下面的画面" in once.said
    assert Image.open(io.BytesIO(once.content)).getpixel((0, 0)) == (0, 0, 0, 0)


def test_drawings_keep_only_what_is_listed() -> None:
    said = cleaned(DRAWING.encode(), "svg")
    text = said.content.decode()
    assert "甲</tspan><tspan>乙" in text
    assert ".a{fill:red}" in text
    for gone in ("15400000000", "Users", "alert", "onclick", "data-x", "http://e", "GPS"):
        assert gone not in text
    assert not cleaned(said.content, "svg").said


DRAWING = """<!-- 15400000000 --><svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
i:export-filename="C:\\Users\\a" data-x="GPS"><metadata><i:a/></metadata><style>/* 15400000000 */ .a{fill:red}
@font-face{src:url(http://e/)}</style><script>alert(1)</script><g class="a" onclick="x"><path d="M0 0"/></g>
<text><tspan>甲</tspan><!-- 15400000000 --><tspan>乙</tspan></text></svg>"""


def test_clean_images_renames_and_mends(copy_site: CopySite) -> None:
    """微信图片改成 photo-1，页面里写的跟着改；再来一遍什么也不做。"""
    root = copy_site("publishable")
    folder = root / "docs/shuangyong/2025/guofang-ke.assets"
    (folder / "微信图片_20261101.JPG").write_bytes(drawn((40, 20)))
    edit(root, ACTIVITY, "guofang-ke.assets/guan.svg", "guofang-ke.assets/微信图片_20261101.JPG")
    words, done = clean(root)
    assert done
    assert f"改名为 photo-1.jpg，跟着改了 {ACTIVITY}" in words
    assert (root / ACTIVITY).read_text(encoding="utf-8").count("guofang-ke.assets/photo-1.jpg") == 2
    assert [each.name for each in folder.glob("*.jpg")] == ["photo-1.jpg"]
    assert clean(root) == ("改了 0 个图片和附件。", True)


# ---- 生成好的网站 ----


def test_real_site_is_sound(real_site: Path) -> None:
    """网页上的各种错，见 bad_input/built.py。"""
    assert found(ROOT, "built", built=real_site) == []


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('viewBox="0 0 40 30"', (40, 30)),
        ('width="40" height="30"', (40, 30)),
        ('width="40"', UNSIZED),
        ('height="30"', UNSIZED),
        ("", UNSIZED),
    ],
)
def test_a_drawing_says_its_size(tmp_path: Path, attributes: str, wanted: tuple[int, int]) -> None:
    """矢量图的宽高：viewBox 在先，其次宽和高；只写了一样的，用定下的大小。"""
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}></svg>', encoding="utf-8")
    assert size(path) == wanted

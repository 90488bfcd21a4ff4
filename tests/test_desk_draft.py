"""make import：一份稿子变成一页草稿。稿子是真的 Word 文件，走真的命令，叫真的检查。"""

from __future__ import annotations

import io
import os
import pty
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, called, check, copy
from offices import Office, photo, red_letterhead
from PIL import Image

from macros.model import load

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = copy("publishable", tmp_path / "root")
    shutil.copytree(ROOT / "docs/_moban", made / "docs/_moban")
    return made


def take(root: Path, file: Path, *more: str) -> Done:
    return called("desk.intake", str(file), f"--root={root}", f"--as-of={AS_OF}", *more)


def whole(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "docs").rglob("*") if path.is_file()
    }


def page_of(root: Path, done: Done) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    match = re.match(r"写好了 (\S+?)（草稿）", done.stdout)
    assert match, done.stdout
    return (root / match[1]).read_text(encoding="utf-8")


def body(text: str) -> str:
    return text.split("\n---\n", 1)[1].strip()


# ---- 办公室的稿子 ----

RED = """# 样板镇开展全民国防教育日主题宣传活动

2026年9月19日是第二十六个全民国防教育日。当天上午，样板镇在镇文化广场开展主题宣传，居民可以领折页、问政策。

## 一、现场讲解

### （一）讲兵役登记

工作人员讲兵役登记怎么办，带什么材料。

1. 带身份证。
2. 带户口簿。

### （二）讲优待证

优待证在 村里的窗口也能申请。

## 二、发放资料

现场发放折页300份，接受咨询40人次。"""


def test_a_red_letterhead(root: Path, tmp_path: Path) -> None:
    """红头、文号、落款说出来，不进正文；标题接成一行；页眉照模板的先后，只剩审签要人填。"""
    done = take(root, red_letterhead().save(tmp_path / "红头.docx"))
    text = page_of(root, done)
    assert body(text) == RED
    for line in ("样板镇人民政府文件", "样政发〔2026〕12号", "样板镇党建办", "2026年9月20日"):
        assert f"\n  {line}\n" in done.stdout
    keys = re.findall(r"^(\w+):", text, re.M)
    assert keys == ["稿件", "摘要", "复核", "日期", "来源", "审签", "渠道"]
    page = next(each for each in load(root).pages if each.title.startswith("样板镇开展"))
    assert page.draft and page.activity
    assert (str(page.activity.date), page.activity.source) == ("2026-09-19", "样板镇党建办")
    assert "检查：0 处错误，1 处提醒。" in done.stdout and "标题有 18 个字" in done.stdout
    assert check(root).returncode == 0


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
    "<wps:txbx><w:txbxContent><w:p><w:r><w:t>文本框里的一句话。</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>文本框里的一句话。</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
CHANGED = (
    "<w:r><w:t>看得见的话。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话</w:t></w:r>"
    '<w:del w:id="1" w:author="甲"><w:r><w:delText>删掉的话</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="甲"><w:r><w:t>新加的话。</w:t></w:r></w:ins>'
)


def visit() -> Office:
    office = Office().line("村史馆里讲国旗故事", centred=True, size=22)
    office.doc.sections[0].header.paragraphs[0].text = "内部传阅"
    return (
        office.line("　　9月18日上午，样板镇中心小学", "三年级", "学生走进村史馆，听退役军人讲国旗的故事。")
        .raw(BOX)
        .raw(CHANGED)
        .numbered("chineseCounting", "%1、", "先看展品", "再听讲解")
        .line("　　每人领到一份折页。")
        .picture(photo((4000, 3000)))
        .line("▲学生在村史馆听讲解", centred=True)
        .floating(photo(seed=2))
        .photo_table([photo(seed=3), photo(seed=4, kind="PNG")], ["讲解员指着展板", "学生举手提问"])
        .line("活动安排表", centred=True)
        .table(("时间", "内容"), ("9:00", "集合"), ("9:30", "讲解|提问"))
        .line("（供稿：样板镇党建办 张某某　摄影：样板镇文化站 李某某）")
        .line("样板镇党建办", right=True)
        .line("二〇二六年九月二十日", right=True)
    )


VISIT = """# 村史馆里讲国旗故事

9月18日上午，样板镇中心小学三年级学生走进村史馆，听退役军人讲国旗的故事。

文本框里的一句话。

看得见的话。新加的话。

## 一、先看展品

## 二、再听讲解

每人领到一份折页。

![](P.assets/photo-1.jpg)

/// figure-caption
学生在村史馆听讲解。拍摄：样板镇文化站。
///

图旁边的一段字，照片浮在右边。

![](P.assets/photo-2.jpg)

/// figure-caption
拍摄：样板镇文化站。
///

![](P.assets/photo-3.jpg)

/// figure-caption
讲解员指着展板。拍摄：样板镇文化站。
///

![](P.assets/photo-4.png)

/// figure-caption
学生举手提问。拍摄：样板镇文化站。
///

| 时间 | 内容 |
|---|---|
| 9:00 | 集合 |
| 9:30 | 讲解\\|提问 |

/// table-caption
活动安排表
///"""


def test_a_draft_with_photos(root: Path, tmp_path: Path) -> None:
    """文本框、浮动的图、照片表、自动编号、修订、隐藏的字；照片只留画面、缩小；没有带来的都数着。"""
    done = take(root, visit().save(tmp_path / "村史馆.docx"))
    text = page_of(root, done)
    name = re.findall(r"\]\((.+)\.assets", text)[0]
    assert body(text).replace(f"{name}.assets", "P.assets") == VISIT
    assert "日期: 2026-09-18" in text and "来源: 样板镇党建办" in text
    assert "没有带过来的：隐藏的字 1 处、删去的修订 1 处、页眉 1 处。" in done.stdout
    assert not re.search("隐藏的话|删掉的话|内部传阅|张某某", text)
    folder = next((root / "docs/shuangyong/2026").glob("*.assets"))
    assert sorted(path.name for path in folder.iterdir()) == [
        f"photo-{n}.{'png' if n == 4 else 'jpg'}" for n in range(1, 5)
    ]
    for path in folder.iterdir():
        with Image.open(path) as image:
            assert max(image.size) <= 1600 and not image.getexif()
    assert check(root).returncode == 0
    assert {line for line in done.stdout.split("\n") if "提醒" in line and "T-1" not in line and "T-2" not in line} == {
        next(line for line in done.stdout.split("\n") if "R-1 「9月18日」没有写年份" in line),
        "检查：0 处错误，9 处提醒。",
    }


def test_the_name_is_taken(root: Path, tmp_path: Path) -> None:
    """同名的，后面加日期；再同名，加序号。"""
    file = (
        Office()
        .line("集市上的国防课")
        .line("2026年9月19日，样板镇在集市上讲课，居民都能听。")
        .save(tmp_path / "稿.docx")
    )
    made = [re.findall(r"docs/\S+?\.md", take(root, file, "--source=样板镇党建办").stdout)[0] for _ in range(3)]
    stem = made[0].removesuffix(".md")
    assert made == [f"{stem}.md", f"{stem}-0919.md", f"{stem}-0919-2.md"]


def test_words_that_look_like_marks(root: Path, tmp_path: Path) -> None:
    """字里有宏、代码、标题样子的记号：照样是字，网页检查不报错。"""
    office = (
        Office().line("记号都是字").line("2026年9月19日，{{ law }} 和 {% if %}、`代码`、3*4*5、甲|乙，都照样显示。")
    )
    done = take(
        root,
        office.table(("", ""), ("", "")).line("# 不是标题。").line("> 不是引用。").save(tmp_path / "稿.docx"),
        "--source=样板镇党建办",
    )
    assert "# 不是标题" not in body(page_of(root, done)).split("\n")
    assert "检查：没有发现问题。" in done.stdout, done.stdout


SIGNED = """供稿：样板镇党建办 张某某　摄影：李某某
供稿单位 样板镇文化站
撰稿 王某某
图文/样板镇党建办
××报记者 赵某某 通讯员 钱某某
来源：某报
编审：孙某某
（文/图 王某某）"""


@pytest.mark.parametrize(
    "end", ["（周小某）", "(张某 李某某)", "（图文/竹某轩）", "（通讯员：罗某某）", "（样板镇党建办 供稿）"]
)
def test_signatures_stay_out_of_the_body(root: Path, tmp_path: Path, end: str) -> None:
    """署名的各行、末一段后面括号里的署名：不进正文，一行一行列出来；剩下的话一个字不少。"""
    file, words = tmp_path / "稿.txt", "2026年9月19日，样板镇讲了一课。\n居民都来听（星期一不讲）。"
    file.write_text(f"集市国防课\n{words}{end}\n{SIGNED}\n", encoding="utf-8")
    done = take(root, file)
    assert body(page_of(root, done)) == "# 集市国防课\n\n" + words.replace("\n", "\n\n")
    assert "W-17" not in done.stdout and "来源" in done.stdout
    assert [line for line in (*SIGNED.split("\n"), end) if f"\n  {line}\n" not in done.stdout] == []


# ---- 问和答 ----


def test_what_is_missing_is_listed(root: Path, tmp_path: Path) -> None:
    """没有终端：缺的一次列全，什么也没有写；写在命令后面就行。"""
    file = Office().line("镇里讲了一堂课，居民都来听，讲的是兵役登记。").save(tmp_path / "稿.docx")
    before = whole(root)
    done = take(root, file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "还缺 3 样：TITLE（标题，不超过13个字）；DATE（活动是哪一天，写全年月日）；SOURCE（谁供的稿，写单位）；"
    )
    assert done.stderr.count("\n") == 1 and whole(root) == before
    assert take(root, file, "--title=一堂课", "--date=9月18日", "--source=甲").stderr == (
        "「9月18日」不是哪一天；写全年月日，如 2026-09-18\n"
    )
    text = page_of(root, take(root, file, "--title=一堂课", "--date=2026年9月18日", "--source=样板镇党建办"))
    assert "日期: 2026-09-18" in text and "# 一堂课" in text


def test_a_terminal_is_asked(root: Path, tmp_path: Path) -> None:
    """有终端：缺的一样一样问，答错了再问；Ctrl+D 停下，什么也没有写。"""
    file = Office().line("镇里讲了一堂课，居民都来听，讲的是兵役登记。").save(tmp_path / "稿.docx")
    command = [sys.executable, "-m", "desk.intake", str(file), f"--root={root}", f"--as-of={AS_OF}"]
    before = whole(root)
    for typed, code in (("一堂课\n\x04", 1), ("一堂课\n\n9月18日\n2026年9月18日\n样板镇党建办\n", 0)):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        os.close(theirs)
        os.write(ours, typed.encode())
        said, _ = process.communicate(timeout=120)
        os.close(ours)
        assert process.returncode == code, said
        if code:
            assert said.endswith("没有问完，什么也没有写；再来一次，或把答案写在命令后面\n") and whole(root) == before
    assert "「9月18日」不是哪一天" in said and "写好了 docs/shuangyong/2026/" in said


# ---- 不是 Word 的 ----


def test_plain_text_in_an_old_encoding(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_bytes(
        "集市国防课\r\n　　2026年9月19日,样板镇讲了一课。\r\n1、讲法律\r\n2、讲历史\r\n供稿:样板镇党建办\r\n".encode(
            "gb18030"
        )
    )
    text = page_of(root, take(root, file))
    assert body(text) == "# 集市国防课\n\n2026年9月19日，样板镇讲了一课。\n\n1. 讲法律\n2. 讲历史"
    assert "来源: 样板镇党建办" in text


def test_a_saved_article(root: Path, tmp_path: Path) -> None:
    """网页存下来的：只要正文；隐藏的字、网上的图、菜单数着；旁边文件夹里的图带来。"""
    (tmp_path / "稿_files").mkdir()
    (tmp_path / "稿_files/a.jpg").write_bytes(photo())
    file = tmp_path / "稿.html"
    file.write_text(
        '<html><head><title>站名</title></head><body><nav>首页 关于我们</nav><h1 id="activity-name"> 集市国防课 </h1>'
        '<div id="js_content" style="visibility: hidden"><section><p><span>2026年9月19日，</span>'
        '<strong>样板镇</strong><span>在集市上讲了一课。</span></p><p style="display:none">藏着的</p><section><p>看<a href="https://www.gov.cn/a">'
        '原来的通知</a>。<br>换一行。</p></section><p><img src="https://a.example/1.jpg"><img src="稿_files/a.jpg"></p>'
        "<ol><li>讲法律</li><li>讲历史</li></ol></section></div><script>var a=1</script></body></html>",
        encoding="utf-8",
    )
    done = take(root, file, "--source=样板镇党建办")
    assert re.sub(r"\(.*assets/", "(", body(page_of(root, done))) == (
        "# 集市国防课\n\n2026年9月19日，样板镇在集市上讲了一课。\n\n看[原来的通知](https://www.gov.cn/a)。\n\n换一行。\n\n"
        "![](photo-1.jpg)\n\n1. 讲法律\n2. 讲历史"
    )
    assert "隐藏的字 1 处" in done.stdout and "在网上的图" in done.stdout


def test_photos_in_a_folder(root: Path, tmp_path: Path) -> None:
    """文件夹里的照片放在正文后面；HEIC 说怎么办，别的照放。"""
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "微信图片_1.jpg").write_bytes(photo())
    (folder / "IMG_2.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 40)
    (folder / "huai.jpg").write_bytes(photo()[:300])
    file = Office().line("集市国防课").line("2026年9月19日，样板镇讲了一课。").save(tmp_path / "稿.docx")
    done = take(root, file, "--source=样板镇党建办", f"--photos={folder}")
    assert body(page_of(root, done)).endswith(".assets/photo-3.jpg)")
    assert (
        "没有放进来：IMG_2.HEIC，是 HEIC（苹果手机的格式）；手机「设置」→「相机」→「格式」选「兼容性最佳」"
        in done.stdout
    )
    assert "没有放进来：huai.jpg，图片打不开；重新导出一份" in done.stdout


# ---- 坏的稿子：一行白话，什么也没有写 ----


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


SOUND = red_letterhead().content()
OPEN = "这份稿子打不开，可能坏了；用 Word 或 WPS 打开，另存为一份新的 .docx 再来"
LOCKED = "这份稿子加了密码，或者是旧的格式；用 Word 或 WPS 打开，去掉密码，另存为 .docx 再来"
WORD = "用 Word 或 WPS 打开，另存为 .docx 再来"
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "空的": ("稿.docx", lambda: b"", OPEN),
    "不是压缩包": ("稿.docx", lambda: b"abc" * 99, OPEN),
    "断了": ("稿.docx", lambda: SOUND[: len(SOUND) // 2], OPEN),
    "没有正文": ("稿.docx", lambda: zipped({"a.txt": b"1"}), OPEN),
    "加了密码": ("稿.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, LOCKED),
    "压缩炸弹": (
        "稿.docx",
        lambda: zipped({"[Content_Types].xml": b" " * 45_000_000}),
        "这份稿子解开以后太大，不像是稿子；把正文复制到一份新的文档里，另存再来",
    ),
    "什么也没有写": (
        "稿.docx",
        lambda: Office().content(),
        "稿.docx 里没有正文；核对是不是这一份；字在图片里的，要打成字",
    ),
    "密级": (
        "稿.docx",
        lambda: Office().line("机密★1年").line("2026年9月19日，讲课。").content(),
        "稿子上标着密级「机密★」；涉密的不能放进来，交给保密员",
    ),
    "旧的 Word": ("稿.doc", lambda: b"\xd0\xcf\x11\xe0", f"读不了 .doc 的稿子；{WORD}"),
    "WPS": ("稿.wps", lambda: b"", f"读不了 .wps 的稿子；{WORD}"),
    "带宏": ("稿.docm", lambda: SOUND, f"读不了 .docm 的稿子；{WORD}"),
    "PDF": (
        "稿.pdf",
        lambda: b"%PDF",
        "读不了 .pdf 的稿子；找原来的 Word 稿；没有的，打开把文字复制到新的 Word 文档，存为 .docx 再来",
    ),
    "不认得": ("稿.xyz", lambda: b"", "不认得「稿.xyz」；稿子存为 .docx（Word 稿）、.txt（纯文字）或 .html（网页）"),
    "不是文字": (
        "稿.txt",
        lambda: b"\0\1\2\xff" * 50,
        "这份稿子里有读不出的字符，不是文字；用记事本或浏览器打开，另存一份，编码选 UTF-8再来",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_draft(root: Path, tmp_path: Path, name: str) -> None:
    file, content, words = BAD[name]
    (tmp_path / file).write_bytes(content())
    before = whole(root)
    done = take(root, tmp_path / file)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{words}\n")
    assert whole(root) == before


def test_a_huge_draft_is_not_even_read(root: Path, tmp_path: Path) -> None:
    with (tmp_path / "稿.docx").open("wb") as file:
        file.truncate(200_000_000)
    done = take(root, tmp_path / "稿.docx")
    assert done.stderr == (
        "这份稿子有 200 MB，超过 100 MB；在 Word 里「压缩图片」再保存；照片也可以放在文件夹里，用 PHOTOS=文件夹\n"
    )
    assert take(root, tmp_path / "meiyou.docx").stderr.startswith("没有「")


def test_pictures_the_web_cannot_show(root: Path, tmp_path: Path) -> None:
    """EMF、WMF、HEIC、连着外面的图：说出来，图下的字还在，别的照做；宏说一声。"""
    office = Office().line("集市国防课").line("2026年9月19日，样板镇讲了一课，居民都来听。")
    for seed in range(4):
        office.picture(photo(seed=seed)).line(f"▲第{seed}张", centred=True)
    odd = [
        b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60,
        b"\xd7\xcd\xc6\x9a" + b"\0" * 60,
        b"\0\0\0\x18ftypheic" + b"\0" * 60,
    ]
    parts = {}
    with zipfile.ZipFile(io.BytesIO(office.content())) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    for number, content in enumerate(odd, 1):
        parts[f"word/media/image{number}.jpg"] = content
    rels = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = (
        re.sub(r'Target="media/image4.jpg"', 'Target="https://a.example/a.jpg" TargetMode="External"', rels)
        .replace(
            "</Relationships>",
            '<Relationship Id="r99" Type="http://x/vbaProject" Target="media/image1.jpg"/></Relationships>',
        )
        .encode()
    )
    (tmp_path / "稿.docx").write_bytes(zipped(parts))
    done = take(root, tmp_path / "稿.docx", "--source=样板镇党建办")
    assert body(page_of(root, done)).split("\n\n")[2:] == ["第0张。", "第1张。", "第2张。", "▲第3张"]
    for words in (
        "image1.jpg，是 EMF 矢量图",
        "image2.jpg，是 WMF 矢量图",
        "image3.jpg，是 HEIC",
        "连着文件外面的图 1 处",
        "宏（程序） 1 处",
    ):
        assert words in done.stdout, done.stdout


def test_a_page_appears_whole_or_not_at_all(root: Path, tmp_path: Path) -> None:
    """写到一半磁盘满了：没有页面，没有图，没有半个文件。"""
    file = visit().save(tmp_path / "稿.docx")
    before = whole(root)
    for made, limited in ((False, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))), (True, None)):
        done = subprocess.run(
            [sys.executable, "-m", "desk.intake", str(file), f"--root={root}", f"--as-of={AS_OF}"],
            cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, encoding="utf-8", capture_output=True, check=False,
            preexec_fn=limited,
        )  # fmt: skip
        assert (done.returncode == 0) == made, done.stdout + done.stderr
        if not made:
            assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
            assert whole(root) == before
    assert not list(root.rglob(".*.new"))

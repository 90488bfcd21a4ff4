"""清洗 Word、Excel、PDF：去掉的真没有了，看见的一样不变，再洗一遍不动。坏法见 bad_input/attachments.py。"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_input.attachments import CASES, node, pictured
from documents import pdf, properties, text, word, xml
from paper import images
from PIL import Image
from pypdf import PdfReader

from checks.cleaning import DOCUMENTS, Cleaned, Stuck, cleaned
from checks.cleaning.hidden import LOCAL
from checks.images import clean

CopySite = Callable[..., Path]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def photo(size: tuple[int, int] = (40, 20)) -> bytes:
    """带着位置，横着拍的。"""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(content, format="JPEG", exif=exif)
    return content.getvalue()


@pytest.mark.parametrize("case", [each.id for each in CASES])
def test_the_cleaned_file_is_clean(case: str) -> None:
    """每一种坏法：洗两遍一样；洗过的再洗，没有什么可去掉的，要人定的还是那几样。"""
    ((name, content),) = next(each.edits for each in CASES if each.id == case).items()
    suffix = name.rpartition(".")[2]
    try:
        once = cleaned(content or b"", suffix)
    except Stuck:
        return
    assert suffix in DOCUMENTS
    assert cleaned(once.content, suffix) == Cleaned(once.content, suffix, (), once.left)


def test_word_keeps_what_is_seen() -> None:
    """作者、公司、封面上取作者的绑定没有了，字一个不少；照片不缩、不转，只少了位置。"""
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="creator"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    seen = text("正文") + bound.format(text("封面上的名字"))
    taken = photo((2400, 100))
    content = word(seen, properties(creator="甲", lastModifiedBy="乙"), ("image", "word/media/a.jpg", taken))
    made = parts(cleaned(content, "docx").content)
    assert "甲" not in made["docProps/core.xml"].decode()
    assert "dataBinding" not in made["word/document.xml"].decode()
    assert "封面上的名字" in made["word/document.xml"].decode()
    with Image.open(io.BytesIO(made["word/media/a.jpg"])) as after, Image.open(io.BytesIO(taken)) as before:
        assert after.tobytes() == before.tobytes()
        assert not after.getexif()


def test_paths_in_fields_are_gone() -> None:
    """域的代码拆成几截的，也认得；文件名和开关还在，网址不动。"""
    codes = ("INCLUDEPICTURE &quot;C:\\\\Us", "ers\\\\张三\\\\b.png&quot; \\d")
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    link = '<w:r><w:fldChar/><w:instrText>HYPERLINK "https://a.example/b"</w:instrText></w:r>'
    made = parts(cleaned(word(f"<w:p>{runs}{link}</w:p>"), "docx").content)["word/document.xml"].decode()
    assert 'INCLUDEPICTURE "b.png" \\d' in made
    assert "张三" not in made
    assert "https://a.example/b" in made


@pytest.mark.parametrize(
    ("place", "local"),
    [
        ("file:///C:/Users/a/b.docx", True),
        ("D:\\a.docx", True),
        ("\\\\server\\a", True),
        ("../../Users/a/b.docx", True),
        ("../AppData/Local/a", True),
        ("https://a.example/Users/b", False),
        ("mailto:a@a.example", False),
        ("biao.docx", False),
        ("#a", False),
    ],
)
def test_local_places(place: str, local: bool) -> None:
    assert bool(LOCAL.match(place)) is local


def test_moving_pictures_inside_stay_so() -> None:
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 120, 250)]
    content = io.BytesIO()
    frames[0].save(content, format="GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"30.1,120.2")
    once = cleaned(word("", ("image", "word/media/a.gif", content.getvalue())), "docx")
    made = parts(once.content)["word/media/a.gif"]
    assert b"30.1" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert (image.n_frames, image.info["loop"]) == (3, 0)


def test_relations_to_what_is_gone_are_gone() -> None:
    """打印机的设置去掉了，工作表里不再写着它的编号。"""
    sheet = ("worksheet", "xl/a.xml", xml("x:worksheet", '<x:pageSetup r:id="r1"/>'))
    content = word("", sheet)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        written = {name: package.read(name) for name in package.namelist()}
    written["xl/_rels/a.xml.rels"] = written["word/_rels/document.xml.rels"].replace(b"/xl/a.xml", b"/xl/b.bin")
    written["xl/_rels/a.xml.rels"] = written["xl/_rels/a.xml.rels"].replace(b"/worksheet", b"/printerSettings")
    written["xl/b.bin"] = b"\\\\server"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in written.items():
            package.writestr(name, part)
    made = parts(cleaned(buffer.getvalue(), "docx").content)
    assert "xl/b.bin" not in made
    assert b"r:id" not in made["xl/a.xml"]
    assert b"printerSettings" not in made["xl/_rels/a.xml.rels"]


def test_pdf_keeps_what_is_seen(tmp_path: Path) -> None:
    """作者没有了，标题、标准、画面照旧。"""
    import typst

    source = '#set document(title: "题目", author: "张三")\n= 题目\n#lorem(50)'.encode()
    before = typst.compile(source, pdf_standards=["ua-1"])
    once = cleaned(before, "pdf")
    assert "张三" not in str(PdfReader(io.BytesIO(once.content)).metadata)
    assert "张三".encode() not in once.content
    assert PdfReader(io.BytesIO(once.content)).metadata["/Title"] == "题目"
    assert b"pdfuaid" in once.content
    shown = []
    for name, content in (("before", before), ("after", once.content)):
        (tmp_path / f"{name}.pdf").write_bytes(content)
        shown.append([image.tobytes() for image in images(tmp_path / f"{name}.pdf", tmp_path, 40)])
    assert shown[0] == shown[1]


def test_own_pdfs_pass() -> None:
    """自己排的 PDF，没有作者的，什么也不报：平常的、无障碍的、存档的。"""
    import typst

    for standard in ([], ["ua-1"], ["a-2b"]):
        assert not cleaned(
            typst.compile('#set document(title: "题目")\n正文'.encode(), pdf_standards=standard), "pdf"
        ).said


def test_photos_in_pdfs_keep_their_pixels() -> None:
    made = PdfReader(io.BytesIO(cleaned(pictured(photo()), "pdf").content))
    data = made.pages[0]["/Resources"]["/XObject"]["/a"].get_data()
    with Image.open(io.BytesIO(data)) as after, Image.open(io.BytesIO(photo())) as before:
        assert after.size == before.size
        assert not after.getexif()


def test_removed_objects_are_not_left_in_the_file() -> None:
    content = pdf(lambda writer: writer.add_attachment("a.txt", b"15400000000"))
    assert b"15400000000" in content
    assert b"15400000000" not in cleaned(content, "pdf").content
    assert b"15400000000" not in cleaned(pdf(into=node(PieceInfo=node(A="15400000000"))), "pdf").content


def test_clean_images_cleans_documents(copy_site: CopySite) -> None:
    """能去掉的去掉，要人定的说怎么改；名字不动；再来一遍只说还要改的。"""
    root = copy_site("publishable")
    path = root / "docs/minbing/index.assets/biao.docx"
    path.parent.mkdir()
    path.write_bytes(word(text("甲") + text("乙", "<w:vanish/>"), properties(creator="张三")))
    words, done = clean(root)
    assert not done
    assert "docs/minbing/index.assets/biao.docx：去掉或改好了作者\n" in words
    assert "要自己改：docs/minbing/index.assets/biao.docx，有 1 处隐藏的文字；按 Ctrl+A" in words
    assert words.endswith("改了 1 个图片和附件。")
    assert "张三" not in parts(path.read_bytes())["docProps/core.xml"].decode()
    assert clean(root)[0].endswith("改了 0 个图片和附件。")

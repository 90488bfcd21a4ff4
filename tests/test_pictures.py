"""页眉登记的照片：活动页上头一张在题头下面，别的在正文后面；列表里有小图；海报上排得大，不留白。"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, build, copy
from paper import make, run, words
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.model.values import Picture

SITE = ROOT / "tests/sites/publishable/docs/shuangyong/2025/guofang-ke.md"
SIZES = [(800, 600), (600, 800), (900, 600)]
REGISTERED = """  - 文件: tu-{page}.assets/tu-{number}.jpg
    说明: 第{number}张照片
    拍摄: 镇党建办
    许可: 同意本栏目使用
"""


def photo(path: Path, size: tuple[int, int]) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.linear_gradient("L").resize(size).convert("RGB").save(path)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """三个活动，各有一张、两张、三张照片；第一个的照片在正文里放了一遍。"""
    made = copy("publishable", tmp_path_factory.mktemp("pictures") / "root")
    head, _, body = SITE.read_text(encoding="utf-8").partition("图片:\n")
    body = body[body.index("---\n") :].replace("![线描：村史馆的门](guofang-ke.assets/guan.svg)\n", "")
    folder = made / "docs/shuangyong/2025"
    for page in (1, 2, 3):
        rows = "".join(REGISTERED.format(page=page, number=number) for number in range(1, page + 1))
        text = f"{head}图片:\n{rows}{body}".replace("村史馆里的国防课", f"有{page}张照片的活动")
        (folder / f"tu-{page}.md").write_text(text, encoding="utf-8")
        for number in range(1, page + 1):
            photo(folder / f"tu-{page}.assets/tu-{number}.jpg", SIZES[number - 1])
    assert build(made).returncode == 0
    return made


def page(root: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((root / f"site/{name}.html").read_text(encoding="utf-8"))


def order(tree: LexborHTMLParser) -> list[str]:
    """题头、照片、正文在网页上的先后。"""
    wanted = "main .dateline, main figure.photo img, main article > p:not(.dateline), main h2"
    return [str(node.attributes.get("src") or node.attributes.get("class") or "字") for node in tree.css(wanted)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_first_stands_on_top_the_others_below(root: Path, count: int) -> None:
    found = order(page(root, f"shuangyong/2025/tu-{count}"))
    photos = [f"tu-{count}.assets/tu-{number}.jpg" for number in range(1, count + 1)]
    assert [each for each in found if each.endswith(".jpg")] == photos
    text = found.index("字")
    assert found.index("dateline meta") < found.index(photos[0]) < text
    assert all(found.index(photo) > text for photo in photos[1:])


def test_photos_on_a_page_are_whole(root: Path) -> None:
    """替代文字、宽高、图下的字都在；不在第一屏的等看到了再取。"""
    photos = page(root, "shuangyong/2025/tu-3").css("figure.photo")
    for number, (figure, size) in enumerate(zip(photos, SIZES, strict=True), 1):
        image = figure.css_first("img")
        assert image.attributes["alt"] == f"第{number}张照片"
        assert (image.attributes["width"], image.attributes["height"]) == tuple(map(str, size))
        assert image.attributes["loading"] == "lazy" or number == 1
        assert figure.css_first("figcaption").text() == "图：镇党建办，同意本栏目使用"


def test_lists_show_the_first(root: Path) -> None:
    """列表里的小图是头一张，读屏不念；窄屏上不显示。"""
    thumbs = page(root, "shuangyong/index").css("img.thumb")
    shown: dict[str, LexborNode] = {str(each.attributes["src"]): each for each in thumbs}
    for count in (1, 2, 3):
        thumb = shown[f"2025/tu-{count}.assets/tu-1.jpg"]
        assert (thumb.attributes["alt"], thumb.attributes["loading"]) == ("", "lazy")
    assert not any(f"tu-{number}.jpg" in src for src in shown for number in (2, 3))


def test_posters_set_photos_large(root: Path, tmp_path: Path) -> None:
    """一张至少占六成宽，旁边写字；两张、三张排满一行，只隔一条缝。"""
    done = make(root, tmp_path, "posters")
    assert done.returncode == 0, done.stdout
    for count in (1, 2, 3):
        for paper in ("a3", "a4"):
            pdf = tmp_path / f"posters/shuangyong-2025-tu-{count}-{paper}.pdf"
            row = widths(pdf)
            assert len(row) == count
            if count == 3:  # 一大两小，两张小的上下排
                assert row[1] == pytest.approx(row[2], rel=0.01)
            assert (0.6 if count == 1 else 0.97) < sum(row[:2]) / wide(pdf) < 1


def widths(pdf: Path) -> list[float]:
    """照片在纸上的宽，磅。"""
    rows = [row.split() for row in run("pdfimages", "-list", pdf).splitlines()[2:]]
    return [int(row[3]) / float(row[12]) * 72 for row in rows if row[2] == "image"]


def wide(pdf: Path) -> float:
    """字从最左到最右，磅。"""
    ((_, _, found),) = words(pdf)
    return max(word.right for word in found) - min(word.left for word in found)


@pytest.mark.parametrize(
    ("credit", "licence", "said"),
    [
        ("本栏目绘制", "本栏目自绘", "图：本栏目自绘"),
        ("本栏目", "本栏目自绘", "图：本栏目自绘"),
        ("镇党建办拍摄", "镇党建办自拍", "图：镇党建办自拍"),
        ("镇党建办", "同意本栏目使用", "图：镇党建办，同意本栏目使用"),
        ("村民绘制", "本栏目自绘", "图：村民绘制，本栏目自绘"),
    ],
)
def test_one_thing_is_said_once(credit: str, licence: str, said: str) -> None:
    picture = {"文件": "a.assets/a.jpg", "说明": "一张照片", "拍摄": credit, "许可": licence}
    assert Picture.model_validate(picture).caption == said

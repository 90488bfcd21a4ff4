"""条幅：比例、出血、安全线和给印刷店的清单，都在做出来的 PDF 上量。"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import ROOT
from paper import MM, fonts, images, info, make, text, words
from PIL import Image

from macros.model import load

SITE = load(ROOT)
SHOWN = [s for s in SITE.slogans if "条幅" in s.uses and not s.end]
HEIGHT, BLEED = 70, 3  # 图上毫米
SAFE = (20, 6)
DPI = 36
WHITE = (255, 255, 255)


@pytest.fixture
def banners(dist: Path) -> Path:
    """本项目的全部条幅。"""
    return dist / "banners"


def box(pdf: Path, name: str) -> list[float]:
    """TrimBox 等，毫米。"""
    return [float(n) / MM for n in info(pdf)[name].split()]


def rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "没有 BOM，Excel 会乱码"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def luminance(colour: tuple[int, ...]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_banner_slogan_is_made(banners: Path) -> None:
    """用于条幅、没有停用的标语，一条一份；停用的和不用于条幅的没有。"""
    assert {path.stem for path in banners.glob("*.pdf")} == {s.id for s in SHOWN}
    assert len(SHOWN) >= 20
    assert any(s.end for s in SITE.slogans)


def test_proportion_is_true(banners: Path) -> None:
    """成品高 0.7 米、长 6 到 10 米，1:10 画；字多的不比字少的短；说明写着比例和尺寸。"""
    lengths = {}
    for slogan in SHOWN:
        left, top, right, bottom = box(banners / f"{slogan.id}.pdf", "TrimBox")
        assert bottom - top == pytest.approx(HEIGHT, abs=0.05)
        metres = (right - left) / 100
        assert metres == pytest.approx(round(metres), abs=0.001)
        assert 6 <= round(metres) <= 10
        lengths[slogan.id] = (len(slogan.text), round(metres))
        said = text(banners / f"{slogan.id}.pdf")
        assert "比例1:10" in said
        assert f"成品0.7米×{round(metres)}米" in said
    ordered = [metres for _, metres in sorted(lengths.values())]
    assert ordered == sorted(ordered)
    assert {ordered[0], ordered[-1]} == {6, 10}


def test_slogan_is_one_line_inside_the_trim(banners: Path) -> None:
    """标语一字不差、只有一行；演示记号和说明都在成品线以外。"""
    for slogan in SHOWN:
        pdf = banners / f"{slogan.id}.pdf"
        ((_, height, found),) = words(pdf)
        left, low, right, high = (n * MM for n in box(pdf, "TrimBox"))
        inside = [
            w for w in found if w.left > left and w.right < right and w.top < height - low and w.bottom > height - high
        ]
        big = [w for w in inside if w.bottom - w.top > 60]
        assert "".join(w.text for w in big) == slogan.text
        assert len({round(w.top) for w in big}) == 1
        assert "演示" not in "".join(w.text for w in inside)
        assert "演示内容，不能制作、悬挂" in text(pdf)


def test_ink_keeps_to_the_safe_area_and_fills_it(banners: Path, tmp_path: Path) -> None:
    """白字不出安全线，高或宽至少占满一边；底色出血 3 毫米，再往外是白纸；对比够高。"""
    for slogan in SHOWN:
        pdf = banners / f"{slogan.id}.pdf"
        (image,) = images(pdf, tmp_path, DPI)
        scale = DPI / 25.4
        left, low, right, high = box(pdf, "TrimBox")

        def pixel(x: float, y: float, image: Image.Image = image, scale: float = scale) -> tuple[int, ...]:
            value = image.getpixel((round(x * scale), round(y * scale)))
            assert isinstance(value, tuple)
            return value

        middle = (low + high) / 2
        ground = pixel(left + 8, middle)
        assert 1.05 / (luminance(ground) + 0.05) > 6, slogan.id
        if slogan.category in ("国防教育", "双拥优抚"):
            assert ground[0] > 150, "应当是红底"
            assert max(ground[1:]) < 40, "应当是红底"
        for x in (left - BLEED + 1, right + BLEED - 1):
            assert pixel(x, middle) != WHITE, "没有出血"
        for x in (left - BLEED - 1.5, right + BLEED + 1.5):
            assert pixel(x, middle) == WHITE, "出血太宽"
        area = image.crop(tuple(round(n * scale) for n in (left + 1, low + 1, right - 1, high - 1)))  # type: ignore[arg-type]
        ink = area.convert("L").point(lambda v: 255 if v > 200 else 0).getbbox()
        assert ink
        x0, y0, x1, y1 = (n / scale + 1 for n in ink)
        long = right - left
        assert x0 >= SAFE[0] - 1, slogan.id
        assert x1 <= long - SAFE[0] + 1, slogan.id
        assert y0 >= SAFE[1] - 1, slogan.id
        assert y1 <= HEIGHT - SAFE[1] + 1, slogan.id
        tall = (y1 - y0) / (HEIGHT - 2 * SAFE[1])
        wide = (x1 - x0) / (long - 2 * SAFE[0])
        assert max(tall, wide) > 0.95, f"{slogan.id} 字可以再大：{tall:.2f} {wide:.2f}"
        assert (x0 + x1) / 2 == pytest.approx(long / 2, abs=8), f"{slogan.id} 没有居中"


def test_fonts_are_embedded_subsets(banners: Path) -> None:
    """印刷店没有这些字体也印得出：都嵌入，都只嵌用到的字。"""
    for pdf in banners.glob("*.pdf"):
        for name, embedded, subset in fonts(pdf):
            assert re.fullmatch(r"[A-Z]{6}\+Noto(Sans|Serif)CJKsc-(Regular|Bold)(-Identity-H)?", name), name
            assert (embedded, subset) == ("yes", "yes")


def test_list_for_the_print_shop(banners: Path) -> None:
    """清单：一处悬挂一行，尺寸和 PDF 一样，文本、出处、日期和数据一样。"""
    found = rows(banners / "条幅清单.csv")
    assert len(found) == sum(max(1, len(s.hangings)) for s in SHOWN)
    for slogan in SHOWN:
        mine = [row for row in found if row["编号"] == slogan.id]
        left, _, right, _ = box(banners / mine[0]["文件"], "TrimBox")
        places = [(row["悬挂地点"], row["挂"], row["撤"]) for row in mine]
        hangings = [(h.place, h.up.isoformat(), h.down.isoformat()) for h in slogan.hangings]
        assert places == (hangings or [("", "", "")])
        for row in mine:
            assert row["文本"] == slogan.text
            assert row["字数"] == str(slogan.length)
            assert (row["高（米）"], row["长（米）"]) == ("0.7", str(round((right - left) / 100)))
            stated = re.fullmatch(r"(松绿|红)底（#([0-9a-f]{6})）白字，对比度(\d+\.\d):1", row["颜色"])
            assert stated
            contrast = 1.05 / (luminance(tuple(bytes.fromhex(stated[2]))) + 0.05)
            assert float(stated[3]) == pytest.approx(contrast, abs=0.05)
            assert contrast >= 7, "远处看的字，对比度不小于 7:1"
            assert row["颜色"] in text(banners / row["文件"])
            assert row["审核日期"] == slogan.reviewed.isoformat()
            assert row["备注"] == "演示，不能制作"
    sources = {row["编号"]: row["出处"] for row in found}
    assert sources["gf-02"] == "《中华人民共和国国防教育法》第七条"
    assert sources["by-06"] == "群众性标语"
    assert sources["gf-01"].startswith("《关于加强和改进")


def test_publishable_banners_have_no_demo_mark(small_dist: Path) -> None:
    """正式的网站：条幅和清单没有演示记号，落款是主办单位。"""
    assert sorted(p.name for p in (small_dist / "banners").iterdir()) == ["s-01.pdf", "s-02.pdf", "条幅清单.csv"]
    said = text(small_dist / "banners/s-02.pdf")
    assert "演示" not in said
    assert "样板镇人民政府" in said
    assert "《中华人民共和国英雄烈士保护法》第三条第三款" in said
    assert all(row["备注"] == "" for row in rows(small_dist / "banners/条幅清单.csv"))


def test_missing_font_is_a_failure(small: Path, tmp_path: Path) -> None:
    """没有中文字体：条幅一份也不做，说清怎么装；清单照做。"""
    (tmp_path / "none").mkdir()
    conf = tmp_path / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>",
        encoding="utf-8",
    )
    done = make(small, tmp_path / "dist", "banners", FONTCONFIG_FILE=str(conf))
    assert done.returncode == 1
    assert "没做成 banners/s-01.pdf" in done.stdout
    assert "sudo apt install fonts-noto-cjk" in done.stdout
    assert [p.name for p in (tmp_path / "dist/banners").iterdir()] == ["条幅清单.csv"]

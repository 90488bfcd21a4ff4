"""看做好的 PDF：用 poppler 读文字、字体、尺寸，用 zxing 读二维码。"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from conftest import channels
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

MM = 72 / 25.4


def make(root: Path, dist: Path, *names: str, **env: str) -> subprocess.CompletedProcess[str]:
    """在 root 里做这几个渠道。"""
    return channels(*names, "--site", str(root / "site"), "--dist", str(dist), root=root, **env)


def run(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), text=True, capture_output=True, check=True).stdout


def text(pdf: Path, page: int | None = None) -> str:
    """全部文字，照文件里的先后，去掉空白（一句话会断成几行）。"""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return re.sub(r"\s+", "", run("pdftotext", "-raw", *pages, pdf, "-"))


def info(pdf: Path) -> dict[str, str]:
    rows = run("pdfinfo", "-box", "-isodates", pdf).splitlines()
    return {name.strip(): value.strip() for name, _, value in (row.partition(":") for row in rows)}


def fonts(pdf: Path) -> list[tuple[str, str, str]]:
    """(字体名, 嵌入, 子集)。"""
    rows = run("pdffonts", pdf).splitlines()[2:]
    found = []
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        assert unicode == "yes", row
        found.append((row.split()[0], embedded, subset))
    return found


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """每页的 (宽, 高, 字)，单位磅，左上角为零。"""
    tree = LexborHTMLParser(run("pdftotext", "-bbox", pdf, "-"))
    found = []
    for page in tree.css("page"):
        numbers = [
            Word(w.text(), *(float(w.attributes[n] or 0) for n in ("xmin", "ymin", "xmax", "ymax")))
            for w in page.css("word")
        ]
        found.append((float(page.attributes["width"] or 0), float(page.attributes["height"] or 0), numbers))
    return found


def sizes(pdf: Path) -> list[tuple[str, int]]:
    """每一小段文字和它的字号（磅，取整）。"""
    xml = LexborHTMLParser(run("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", pdf))
    known = {f.attributes["id"]: int(f.attributes["size"] or 0) for f in xml.css("fontspec")}
    return [(t.text(), known[t.attributes["font"]]) for t in xml.css("text")]


def images(pdf: Path, folder: Path, dpi: int) -> list[Image.Image]:
    """每页变成图。"""
    folder.mkdir(parents=True, exist_ok=True)
    run("pdftoppm", "-r", str(dpi), pdf, folder / pdf.stem)
    return [Image.open(path) for path in sorted(folder.glob(f"{pdf.stem}-*.ppm"))]


def codes(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]

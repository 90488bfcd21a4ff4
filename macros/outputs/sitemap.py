"""sitemap.xml：给搜索引擎的网站地图。没有日期：同样的内容写出同样的字节；没有网址时是空的。"""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

from ..model import Site

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def write(site: Site, folder: Path) -> None:
    """连压缩的一份；引擎自己写的那两份盖掉。"""
    base = site.township.url if site.township else None
    urls = [base + page.url for page in site.pages] if base else []
    text = HEAD + "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls) + "</urlset>\n"
    (folder / "sitemap.xml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "sitemap.xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))

"""网页以外，随网站一起生成的文件：公开数据、旧地址跳转、搜索的索引、样式和脚本、文件清单。同样的输入写出同样的字节。"""

from __future__ import annotations

import shutil
from pathlib import Path

from ..model import Site
from . import assets, ics, manifest, opendata, redirects, search, sitemap, syndication, webpages

# 主题自带、本站没有用到的文件
UNUSED = ("assets/javascripts", "assets/stylesheets", "assets/images")


def finish(site: Site, folder: Path) -> None:
    """site：数据；folder：网页已经生成好的文件夹。"""
    webpages.read_all(folder / page.url for page in site.pages)
    search.write(site.listed, folder)
    _others(site, folder)
    manifest.write(site, folder)  # 最后：它记着上面写的每个文件


def preview(site: Site, folder: Path) -> None:
    """预览：只改了正文，搜索的还是原来的字，不为它等几秒；清单只有发布才用。"""
    if not (folder / search.FOLDER).is_dir():
        search.write(site.listed, folder)
    _others(site, folder)


def _others(site: Site, folder: Path) -> None:
    for name in UNUSED:
        shutil.rmtree(folder / name, ignore_errors=True)
    opendata.write(site, folder / "shuju" / "kaifang")
    redirects.write(site, folder)
    assets.write(site, folder)
    syndication.write(site, folder)
    ics.write(site, folder)
    sitemap.write(site.listed, folder)

"""python -m macros [--root 项目的文件夹]：生成网站，放在 site/。

先生成到旁边，成了再换：半路出错、磁盘满了、两个一起做，原来的 site/ 都还在。
"""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

from .model.disk import alone
from .model.door import Door
from .model.refusal import Refusal, plain

USAGE = "用法：python -m macros [--root 项目的文件夹]"
UNTOUCHED = "，原来的 site/ 没有动"


class _Warnings(logging.Handler):
    """MkDocs 的提醒是英文，不打印；没有生成好的时候，取来说原因。"""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(" ".join(record.getMessage().split()))


def make(root: Path) -> str:
    site, new, old = root / "site", root / ".site.new", root / ".site.old"
    with alone(root / ".site.lock", "另一个 make site 正在生成网站"):
        _settle(site, new, old)
        try:
            build(root, new)
            if site.exists():
                site.rename(old)
            new.rename(site)
        except OSError as error:
            raise plain(error, root, UNTOUCHED) from None
        finally:
            _settle(site, new, old)
    return "网站生成好了：用浏览器打开 site/index.html"


def _settle(site: Path, new: Path, old: Path) -> None:
    """断在换的半路的，换回来；写了一半的、换下来的，清掉。"""
    if old.exists() and not site.exists():
        old.rename(site)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def build(root: Path, folder: Path) -> None:
    """和 mkdocs build --strict 一样，只是不打印英文。"""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    logger.propagate = False
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(folder))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        said = "；".join(warnings.words) or " ".join(str(error).split())
        raise Refusal(f"没有生成好{UNTOUCHED}：{said}", "把这一行告诉技术人员") from None
    except SystemExit:  # 问题清单已经印出来
        raise Refusal(f"没有生成好{UNTOUCHED}", "照上面的行号改好，再来一次") from None


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: make(asked.root)))

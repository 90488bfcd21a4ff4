"""记下公开过什么、发到了哪里：data/published.csv、data/releases.csv，只往后加。"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from macros.model import Site, ledger
from macros.model.deliveries import HEADER as DELIVERY_HEADER
from macros.model.deliveries import Delivery
from macros.model.disk import write
from macros.model.kinds import KINDS
from macros.model.published import HEADER, said
from macros.model.refusal import Refusal

PUBLISHED = KINDS["published"].path()
DELIVERIES = KINDS["deliveries"].path()


def record(site: Site, day: datetime.date) -> int:
    """新公开的、正文变了的地址各记一行；返回几行。"""
    rows = list(_new_rows(site, day))
    if rows:
        _append(site.root / PUBLISHED, HEADER, rows)
    return len(rows)


def _new_rows(site: Site, day: datetime.date) -> Iterator[tuple[str, ...]]:
    last = {row.url: (row.sha256, row.figures) for row in site.published}
    for page in sorted(site.pages, key=lambda page: page.url):
        text, figures = site.text_digest(page), site.figures(page)
        if last.get(page.url) != (text, figures):
            issued = page.activity.date.isoformat() if page.activity else ""
            yield (page.url, day.isoformat(), text, issued, said(figures) if figures else "")


def note(site: Site, delivery: Delivery) -> None:
    """同一份又发一遍，没有变的，不重记。"""
    last = next((row for row in reversed(site.deliveries) if row.target == delivery.target), None)
    if last is None or replace(last, time=delivery.time) != delivery:
        _append(site.root / DELIVERIES, DELIVERY_HEADER, [delivery.row])


def _append(path: Path, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    """整个重写再改名，不会断在半行。"""
    try:
        _, _, before = path.read_text(encoding="utf-8").partition("\n") if path.exists() else ("", "", "")
        body = before.rstrip("\n") + "\n" if before.strip() else ""
        write(path, (ledger.lines([header]) + body + ledger.lines(rows)).encode())
    except OSError as error:
        what = f"新的一版已经换上，但 {path} 没有记下（{type(error).__name__}）"
        raise Refusal(what, "让它能写，再发布一次，会补记") from None

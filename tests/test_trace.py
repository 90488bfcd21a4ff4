"""一个数从 data/ 到每个渠道：改一处，处处是同一个数。"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from conftest import build, made
from html_pages import page
from paper import text
from selectolax.lexbor import LexborHTMLParser

ACTIVITY = "shuangyong/2025/guofang-ke"


def test_one_number_reaches_every_channel(copy_site: Callable[..., Path]) -> None:
    """国防教育活动场次改成一个别处没有的数：网页、下载的表、公众号、海报、广播、订阅都是它。"""
    root = copy_site()
    year = root / "data/years/2025.yml"
    year.write_text(year.read_text(encoding="utf-8").replace("值: 86", "值: 4137"), encoding="utf-8")
    source = root / f"docs/{ACTIVITY}.md"
    written = source.read_text(encoding="utf-8").replace("渠道: [微信, 宣传栏]", "渠道: [微信, 宣传栏, 广播]")
    sentence = '\n\n全年办了{{ figure(2025, "国防教育活动场次") }}国防教育活动。\n\n![线描'
    source.write_text(written.replace("\n\n![线描", sentence, 1), encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    dist = made(root / "site", root / "dist", "wechat", "posters", "broadcast", "feeds", root=root)
    said, slug = "全年办了4,137场国防教育活动。", ACTIVITY.replace("/", "-")

    table = (root / "site/shuju/kaifang/2025.csv").read_text(encoding="utf-8-sig")
    (row,) = [each for each in csv.DictReader(io.StringIO(table)) if each["指标"] == "国防教育活动场次"]
    assert row["值"] == "4137"
    assert "4,137场" in page(root / "site/shuju/2025.html").body.text()
    assert said in page(root / f"site/{ACTIVITY}.html").body.text()
    for file in (f"wechat/{slug}.html", "feeds/rss.xml", "feeds/atom.xml"):
        content = (dist / file).read_text(encoding="utf-8")
        words = LexborHTMLParser(content.replace("&lt;", "<").replace("&gt;", ">")).text()
        assert said in words, file
    assert "4,137场" in LexborHTMLParser((dist / "wechat/shuju-2025.html").read_text(encoding="utf-8")).text()
    for paper in ("a3", "a4"):
        assert said in text(dist / f"posters/{slug}-{paper}.pdf")
    script = (dist / f"broadcast/{slug}.txt").read_text(encoding="utf-8-sig")
    assert "全年办了四千一百三十七场国防教育活动。" in script

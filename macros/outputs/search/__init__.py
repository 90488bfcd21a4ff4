"""站内搜索的索引：生成的时候就切好词、算好分，写成一小份一小份的 .js；一句话只读用得到的几份，和一共几页无关。"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Mapping
from pathlib import Path

from ...model import Site
from ...views.assets import LOADER, addresses, minified
from ...views.search import PAGE, SCRIPT, installed
from . import shards, sounds
from .cutting import Folding, cut
from .extract import Entry, Law, entries, laws
from .scoring import LEAST, STEP, Posting, postings

FOLDER = "assets/search"
TEXT_LENGTH = 6_000  # 摘录只在正文的前这么多字里找
PAGE_BOOSTS = {"title": 4.0, "asked": 3.0, "headings": 2.0, "summary": 2.0, "text": 1.0}
LAW_BOOSTS = {"title": 6.0, "text": 1.0}
LAW_SHARE = 0.35  # 条文短，同样的词分数偏高，压一压，让讲解的页面在前


def write(site: Site, folder: Path) -> None:
    files = index(entries(site, folder), laws(site, folder), site.synonyms, _code(site.root))
    first = files.pop("first")
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for stale in {path.stem for path in target.glob("*.js")} - files.keys():
        (target / f"{stale}.js").unlink()
    for name, part in files.items():
        (target / f"{name}.js").write_text(shards.script(part), encoding="utf-8", newline="\n")
    page = folder / PAGE
    if page.is_file():
        html = installed(site.root, page.read_text(encoding="utf-8"), shards.script(first))
        page.write_text(html, encoding="utf-8", newline="\n")


def _code(root: Path) -> str:
    """搜索的脚本是哪一版。"""
    return addresses(root)[SCRIPT] + minified(root, LOADER).decode()


def index(pages: list[Entry], codes: list[Law], synonyms: Mapping[str, list[str]], code: str) -> dict[str, shards.Part]:
    """各份：名字 → 内容。编号：各页照先后，接着各部法的各条。"""
    names = [*synonyms, *(entry.title for entry in pages), *(entry.headings for entry in pages)]
    articles = [(law, number, text) for law in codes for number, text in law.articles]
    of, polyphones = sounds.table(names), sounds.polyphones(names)
    traditional = sounds.traditional()
    folding = Folding(traditional)

    def fold(text: str) -> str:
        return text.translate(folding)

    def fields(page: Entry) -> dict[str, str]:
        return {name: fold(getattr(page, name)) for name in PAGE_BOOSTS}

    lines = ({"title": fold(law.name), "text": fold(text)} for law, _, text in articles)
    found: dict[str, Posting] = {}
    for batch, boosts in (  # 分开算：活动再多，讲解和指南的分数不变
        (((id_, fields(each)) for id_, each in enumerate(pages) if not each.year), PAGE_BOOSTS),
        (((id_, fields(each)) for id_, each in enumerate(pages) if each.year), PAGE_BOOSTS),
        (enumerate(lines, len(pages)), LAW_BOOSTS),
    ):
        for word, posting in postings(batch, boosts):
            found[word] = array("I", sorted(found[word] + posting)) if word in found else posting
    said = {fold(word): targets for word, targets in synonyms.items()}
    used = set(folding.values())
    for word in said:  # 居民的话里的词，找同音的时候也算
        for each in cut(word):
            found.setdefault(each, array("I"))

    keys = shards.Keys(of, polyphones)
    files = _numbered("w", shards.words(found, keys))
    count = len(files)
    few = max(1, count // 4)
    files |= _numbered("c", shards.chars(found, keys, few))
    bands = [entry.year for entry in pages] + [law.url for law, _, _ in articles]
    texts, where = shards.texts([e.text[:TEXT_LENGTH] for e in pages] + [text for _, _, text in articles], bands)
    files |= _numbered("t", texts)
    sections = sorted({entry.section for entry in pages})
    core, rest = shards.heads([[e.url, e.title, sections.index(e.section), where[id_]] for id_, e in enumerate(pages)])
    files |= rest
    files |= _numbered("s", shards.summaries([entry.summary for entry in pages]))
    files["old"] = {"old": "".join(old + new for old, new in traditional.items() if new in used)}
    files["sounds"] = {"sounds": sounds.syllables(of)}
    files["core"] = {
        "least": LEAST,
        "step": round(STEP, 6),
        "size": len(pages) + len(articles),
        "heads": shards.HEADS,
        "slots": shards.TEXT_PAGES,
        "sections": sections,
        "bands": _bands(pages, codes),
        "laws": _named(pages, codes, where),
        "polyphones": polyphones,
        "core": core,
    }
    meaning: dict[str, list[str]] = {}  # 网站的话 → 居民的话
    for word, targets in said.items():
        for target in targets:
            meaning.setdefault(target, []).append(word)
    rows = ";".join(",".join((target, *each)) for target, each in meaning.items())
    files["first"] = {"count": count, "few": few, "words": rows, **sounds.ordered(of)}
    urls = [entry.url for entry in pages] + [f"{law.url}#{number}" for law, number, _ in articles]
    version = hashlib.sha256(json.dumps([code, count, urls]).encode()).hexdigest()[:6]
    return {name: {"at": name, "v": version, **part} for name, part in files.items()}


def _numbered(letter: str, parts: list[shards.Part]) -> dict[str, shards.Part]:
    return {f"{letter}{k}": part for k, part in enumerate(parts)}


def _bands(pages: list[Entry], codes: list[Law]) -> list[list[object]]:
    """一段一段：从几号起，哪一年，打几折，第几部法（不是条文的是 -1）。"""
    kinds: list[tuple[object, ...]] = [(entry.year, entry.share, -1) for entry in pages]
    kinds += [("", LAW_SHARE, number) for number, law in enumerate(codes) for _ in law.articles]
    return [[id_, *kind] for id_, kind in enumerate(kinds) if id_ == 0 or kind != kinds[id_ - 1]]


def _named(pages: list[Entry], codes: list[Law], where: list[int]) -> list[list[object]]:
    """一部法：名称，误称，网页的编号，头一条的编号，几条，正文从哪一份起，不是顺着数的条号，地址。"""
    ids = {entry.url: id_ for id_, entry in enumerate(pages)}
    found: list[list[object]] = []
    first = len(pages)
    for law in codes:
        odd = {number: i for i, (number, _) in enumerate(law.articles) if number != str(i + 1)}
        place = where[first] if law.articles else -1
        found.append([law.name, law.mistaken, ids.get(law.url, -1), first, len(law.articles), place, odd, law.url])
        first += len(law.articles)
    return found

"""栏目整包：挂到县政府门户任意一层下面，会上传文件就行，不用改服务器。另有一份 nginx 配置样例。"""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import io
import re
import tarfile
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from macros.model.numerals import date_words
from macros.model.refusal import Refusal
from macros.model.township import Township

from . import bundle
from .job import Built, Job

FOLDER = "guofang-jiaoyu"  # 包里要上传的文件夹
ROOT = f"/var/www/{FOLDER}/"
NOT_FOUND = "404.html"
SEARCH = "search.html"
# dist/ 里记着这一包和上一包的校验值，下一次好比较
SUMS, LAST = "column-SHA256SUMS", "column-SHA256SUMS.last"

TEXT = (".html", ".css", ".js", ".json", ".svg", ".csv", ".ics", ".xml", ".txt")
WORTH_PACKING = 1024
PREFIX = re.compile(r"/([A-Za-z0-9._~-]+/)*")


@dataclass(frozen=True)
class Package:
    """一包。content：要上传的文件；last：上一包的校验值，没有上一包是空的。"""

    town: Township
    date: datetime.date
    base: str
    prefix: str
    content: dict[str, bytes]
    last: dict[str, str]
    newest: str

    @cached_property
    def files(self) -> dict[str, bytes]:
        """连同压缩的副本。"""
        return with_packed(self.content)

    @cached_property
    def sums(self) -> dict[str, str]:
        return bundle.sums(self.files)

    def listing(self) -> bytes:
        self.check()
        return bundle.listing(self.sums, FOLDER).encode()

    @property
    def host(self) -> str:
        return urlsplit(self.town.url).netloc if self.town.url else "www.example.gov.cn"

    def check(self) -> None:
        if not PREFIX.fullmatch(self.prefix):
            raise Refusal(f"--prefix「{self.prefix}」的写法不对", "以 / 开头、以 / 结尾，如 /zt/guofang/")
        if NOT_FOUND not in self.content:
            raise Refusal("网站里没有 404.html", "先运行 make site，再做一次")

    def tar(self) -> bytes:
        self.check()
        top = f"column-{self.date}"
        inside = {f"{FOLDER}/{name}": data for name, data in self.files.items()}
        inside |= {
            "部署说明.md": bundle.notepad(self.instructions(top)),
            "变更清单.txt": bundle.notepad(self.changes()),
            "SHA256SUMS": self.listing(),
            "nginx.conf.sample": self.nginx(),
        }
        return pack({f"{top}/{name}": data for name, data in inside.items()}, self.date)

    def instructions(self, top: str) -> str:
        return bundle.words(
            "bushu-shuoming.md.j2",
            town=self.town,
            day=date_words(self.date),
            number=number(self.sums),
            prefix=self.prefix,
            top=top,
            folder=FOLDER,
            count=len(self.files),
            size=f"{sum(map(len, self.files.values())) / 1e6:.1f}",
            addresses=self.addresses(),
            elsewhere=bool(self.town.url) and self.prefix != self.base,
        )

    def addresses(self) -> list[tuple[str, str]]:
        """看哪三个地址：首页（样式）、搜索（脚本和索引）、最里层的一页（层次）。"""
        start = (f"https://{self.host}" if self.town.url else "https://门户网站的域名") + self.prefix
        found = [(f"{start}index.html", "颜色和图都出来了。")]
        if SEARCH in self.content:
            found.append((f"{start}search.html?q=国防教育日", "下面列出了结果。"))
        return [*found, (start + self.newest, "样子和首页一样，点左上角的栏目名，回得到首页。")]

    def changes(self) -> str:
        new, last = self.sums, self.last
        return bundle.words(
            "biangeng-qingdan.txt.j2",
            town=self.town,
            day=date_words(self.date),
            number=number(new),
            last=number(last) if last else "",
            added=sorted(new.keys() - last.keys()),
            changed=sorted(name for name in new.keys() & last.keys() if new[name] != last[name]),
            removed=sorted(last.keys() - new.keys()),
        )

    def nginx(self) -> bytes:
        self.check()
        return bundle.words(
            "nginx.conf.j2",
            town=self.town,
            prefix=self.prefix,
            host=self.host,
            root=ROOT,
            policy=policy(self.content.get(SEARCH, self.content["index.html"]), self.content[NOT_FOUND]),
        ).encode()


def jobs(built: Built) -> list[Job]:
    package = _package(built)
    date, name = package.date, package.town.site_name
    plain = bundle.listing(bundle.sums(package.content), FOLDER)
    last = bundle.listing(package.last, FOLDER)
    same = (plain, last, package.prefix, bundle.source("bushu-shuoming.md.j2"), bundle.source("nginx.conf.j2"))
    # 上一包的先写：中途停电，下一次也比得对
    found = [Job(LAST, "index.html", f"{name}（上一包的校验值）", date, (last,), last.encode)] if last else []
    return [
        *found,
        Job(f"column-{date}.tar.gz", "index.html", f"{name}（栏目整包）", date, same, package.tar),
        Job(SUMS, "index.html", f"{name}（整包的校验值）", date, same, package.listing),
        Job("nginx.conf.sample", "index.html", f"{name}（nginx 配置样例）", date, same, package.nginx),
    ]


def _package(built: Built) -> Package:
    town = bundle.town(built)
    base = urlsplit(town.url).path if town.url else "/"
    prefix = built.prefix or base
    content = bundle.files(built)
    if NOT_FOUND in content:
        content[NOT_FOUND] = not_found(content[NOT_FOUND], base, prefix)
    deepest = [page.url for page in built.site.activities] or ["guanyu/index.html"]
    return Package(town, bundle.day(built), base, prefix, content, _last(built, bundle.sums(content)), deepest[0])


def _last(built: Built, plain: dict[str, str]) -> dict[str, str]:
    """上一包的校验值。这一次和记着的一样，就还是和更早的那一包比：重做一遍，清单不变。"""
    newest = _read(built, SUMS)
    if {name: digest for name, digest in newest.items() if not is_packed(name, newest)} == plain:
        return _read(built, LAST)
    return newest


def _read(built: Built, name: str) -> dict[str, str]:
    path = built.dist / name
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {file: digest for digest, file in re.findall(rf"^([0-9a-f]{{64}})  {FOLDER}/(.+)$", text, re.MULTILINE)}


def number(sums: dict[str, str]) -> str:
    """一包的编号：全部校验值的散列的头八位。"""
    return hashlib.sha256(bundle.listing(sums, FOLDER).encode()).hexdigest()[:8]


def not_found(html: bytes, base: str, prefix: str) -> bytes:
    """404 页在任意一层都会出现，链接从网站的根写起：换成这一包要挂的目录。"""
    return html.replace(f'href="{base}'.encode(), f'href="{prefix}'.encode())


def policy(page: bytes, missing: bytes) -> str:
    """网页自己写的 CSP（搜索页多一段脚本的散列），加上 404 页要的（自带样式和空图标），再加上谁可以把网页装进框里。"""
    written = LexborHTMLParser(page.decode()).css_first("meta[http-equiv=Content-Security-Policy]")
    said = (written.attributes.get("content") or "") if written else ""
    if "style-src 'self'" not in said:
        raise Refusal("首页里没有 CSP", "先运行 make site，再做一次；还是这样，告诉技术人员")
    styles = [node.text() for node in LexborHTMLParser(missing.decode()).css("style")]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in styles]
    allowed = " ".join(["style-src 'self'", *(f"'sha256-{each}'" for each in hashes)])
    said = said.replace("style-src 'self'", allowed)
    if b'href="data:' in missing:
        said = said.replace("img-src 'self'", "img-src 'self' data:")
    return f"{said}; frame-ancestors 'self'"


def with_packed(content: dict[str, bytes]) -> dict[str, bytes]:
    """文字文件旁边各放一个 .gz；太小的、压不小的不放。"""
    found = dict(content)
    for name, data in content.items():
        if name.endswith(TEXT) and len(data) >= WORTH_PACKING:
            packed = gzip.compress(data, 9, mtime=0)
            if len(packed) < len(data):
                found[f"{name}.gz"] = packed
    return dict(sorted(found.items()))


def is_packed(name: str, names: dict[str, str]) -> bool:
    return name.endswith(".gz") and name.removesuffix(".gz") in names


def pack(content: dict[str, bytes], date: datetime.date) -> bytes:
    """时间、先后、权限、属主都定死。"""
    out = io.BytesIO()
    midnight = int(datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC).timestamp())
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in sorted(content.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(data), 0o644, midnight
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(out.getvalue(), 9, mtime=0)

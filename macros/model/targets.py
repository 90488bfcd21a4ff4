"""data/fabu.yml：网站发到哪些地方。密码不写在这里，只写放它的环境变量叫什么。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from .record import Record, fault, key
from .validation import unique
from .values import Text, Url, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site

FOLDER, SFTP, FTP, WEBDAV, BUCKET, PAGES, WECHAT = (
    "文件夹",
    "服务器",
    "FTP",
    "WebDAV",
    "对象存储",
    "托管平台",
    "微信草稿",
)
PROVIDERS = {"阿里云": "Alibaba", "腾讯云": "TencentCOS", "华为云": "HuaweiOBS", "MinIO": "Minio", "其他": "Other"}

# 种类 → 必须写的键，可以写的键。名称、种类、网址、需签发 都能写
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    FOLDER: (("目录",), ()),
    SFTP: (("地址", "用户", "目录", "主机公钥"), ("端口", "私钥", "密码")),
    FTP: (("地址", "用户", "密码", "目录"), ("端口", "加密")),
    WEBDAV: (("地址", "用户", "密码"), ("目录",)),
    BUCKET: (("服务商", "地址", "桶", "访问号", "密钥"), ("区域", "目录")),
    PAGES: (("仓库", "分支"), ()),
    WECHAT: (("公众号", "密钥"), ()),
}
COMMON = ("名称", "种类", "网址", "需签发")


def _variable(value: Any) -> Any:
    """写成密码本身的，不重复它。"""
    if isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9_]{2,}", value, re.ASCII) and "_" in value:
        return value
    raise fault(
        "这里写环境变量的名字，不写密码",
        "写成 FABU_MIMA 的样子，大写字母、数字和下划线；写进过密码的，马上换掉那个密码",
    )


Variable = Annotated[str, BeforeValidator(_variable), Field(description="环境变量的名字，如 FABU_MIMA；不写密码本身")]


class Target(Record):
    """发布的一个去处。"""

    name: Text = key("名称")
    kind: Literal["文件夹", "服务器", "FTP", "WebDAV", "对象存储", "托管平台", "微信草稿"] = key("种类")
    address: Text | None = key("地址", None, description="服务器、FTP 写主机名；WebDAV、对象存储写网址")
    port: Annotated[int, Field(ge=1, le=65535)] | None = key("端口", None)
    user: Text | None = key("用户", None)
    folder: Text | None = key("目录", None, description="那里的哪个文件夹")
    host_key: Text | None = key("主机公钥", None, description="如 ssh-ed25519 AAAA…，向管服务器的人要")
    password: Variable | None = key("密码", None)
    private_key: Variable | None = key("私钥", None)
    encrypted: YesNo = key("加密", True, description="FTP 用不用加密（FTPS），不写就是 是")
    provider: Literal["阿里云", "腾讯云", "华为云", "MinIO", "其他"] | None = key("服务商", None)
    bucket: Text | None = key("桶", None)
    region: Text | None = key("区域", None)
    access: Variable | None = key("访问号", None)
    secret: Variable | None = key("密钥", None)
    repository: Text | None = key("仓库", None, description="Git 仓库的地址，或 origin")
    branch: Text | None = key("分支", None)
    account: Text | None = key("公众号", None, description="公众号的 AppID，wx 开头")
    url: Url | None = key("网址", None, description="从这里发出去，居民看到的网址；发布以后打开看一看")
    needs_signing: YesNo = key("需签发", False, description="是：审批单签了才能发到这里")


def variables(target: Target) -> list[str]:
    """它要的环境变量。"""
    return [each for each in (target.password, target.private_key, target.access, target.secret) if each]


def rules(targets: list[Target], doc: Doc, site: Site) -> None:
    unique(doc, "名称")
    for i, item in enumerate(doc.value if isinstance(doc.value, list) else []):
        if isinstance(item, dict) and item.get("种类") in KEYS:
            _keys(item, i, doc)


def _keys(item: dict[str, Any], i: int, doc: Doc) -> None:
    kind = item["种类"]
    if "、" in str(item.get("名称")):
        doc.error((i, "名称"), "「名称」里有顿号", "去掉；发布的标签里用顿号隔开几个去处")
    needed, allowed = KEYS[kind]
    for name in needed:
        if item.get(name) is None:
            doc.error((i,), f"{kind}要写「{name}」", f"补一行 {name}: …")
    for name in item:
        if name in _aliases() and name not in (*COMMON, *needed, *allowed):
            doc.error((i, name), f"{kind}不用「{name}」", "删掉这一行，或核对种类")
    if kind == SFTP and not (item.get("私钥") or item.get("密码")):
        doc.error((i,), "服务器要写「私钥」或「密码」", "写放它的环境变量的名字，如 私钥: FABU_SIYAO")
    address = str(item.get("地址", ""))
    has_scheme = re.match("https?://", address)
    if kind in (WEBDAV, BUCKET) and address and not has_scheme:
        doc.error((i, "地址"), f"{kind}的「地址」要写网址", f"写成 https://{address}")
    if kind in (SFTP, FTP) and "/" in address:
        doc.error((i, "地址"), f"{kind}的「地址」只写主机名", "前面的 ftp:// 和后面的文件夹都去掉，文件夹写在「目录」")
    if has_scheme and address.startswith("http://") and not re.match(r"http://(127\.|localhost|\[::1)", address):
        doc.notice((i, "地址"), "这个地址不加密，密码会在网上露出来", "问管平台的人有没有 https 的地址")
    if kind == FTP and item.get("加密") == "否":
        doc.notice((i, "加密"), "FTP 不加密，密码会在网上露出来", "问管服务器的人能不能用 FTPS 或 SFTP")
    if kind == SFTP and item.get("主机公钥") and not re.match(r"(ssh|ecdsa|sk)-\S+ \S{40,}", str(item["主机公钥"])):
        doc.error((i, "主机公钥"), "「主机公钥」的写法不对", "写成 ssh-ed25519 AAAA… 的样子；向管服务器的人要")
    if kind == WECHAT and item.get("公众号") and not re.fullmatch("wx[0-9a-f]{16}", str(item["公众号"])):
        doc.error((i, "公众号"), "「公众号」的写法不对", "写 AppID：wx 加 16 位数字和小写字母，在公众平台的“开发”里")


def _aliases() -> set[str]:
    return {field.alias or "" for field in Target.model_fields.values()}

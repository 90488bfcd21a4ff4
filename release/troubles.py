"""远处出的错：rclone 的记录变成一句白话。"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from macros.model.refusal import Refusal

# rclone 说的话里有什么 → 什么不行，怎么办
TROUBLES = (
    (
        "no such host|name resolution|server misbehaving",
        "找不到这台主机",
        "核对 data/fabu.yml 里的「地址」，看看通不通网",
    ),
    (
        "knownhosts|host key|key mismatch|no matching host",
        "服务器的公钥和「主机公钥」对不上",
        "不要发布；打电话问管服务器的人换过没有，换过的把新的写进 data/fabu.yml",
    ),
    (
        r'"?AUTH\\?"? not understood|AUTH.*not (implemented|supported)|\b(500|502|504)\b[^.]*AUTH',
        "对方不支持加密的 FTP",
        "问管服务器的人能不能用 FTPS 或 SFTP；都不能的，在 data/fabu.yml 写 加密: 否",
    ),
    (
        "RequestTimeTooSkewed|request time.*skew|time too skewed",
        "这台电脑的时钟不准，对方不认",
        "校准时间（自动对时），再发布",
    ),
    (
        "NoSuchBucket|bucket.*(not exist|not found)",
        "没有这个桶",
        "核对 data/fabu.yml 里的「桶」和「地址」",
    ),
    ("proxyconnect", "代理连不上", "核对环境变量 HTTPS_PROXY、HTTP_PROXY；不走代理的，去掉它们"),
    (
        "passphrase|decryption password|cannot decode encrypted",
        "私钥带着口令",
        "把口令放进「密码」写的环境变量，或换一对没有口令的",
    ),
    (
        "failed to parse private key|ssh: no key|pem key not formatted|parsing key",
        "私钥读不懂",
        "多半没有抄全；把私钥文件的内容整个放进环境变量",
    ),
    (
        "is a file not a directory|single files when using filters",
        "「目录」写的是一个文件",
        "改成文件夹；是对方的文件占了名字的，请他移走",
    ),
    (
        r"unable to authenticate|login incorrect|\b530\b|401 unauthorized|InvalidAccessKeyId|SignatureDoesNotMatch"
        r"|permission denied \(publickey|authentication failed",
        "对方不认用户和密码（或私钥）",
        "核对「用户」，和环境变量里的值；换过密码的，也要换环境变量",
    ),
    (
        r"no space left|quota|\b(452|552)\b|507 |disk full|EntityTooLarge|ENOSPC|SSH_FX_FAILURE",
        "对方写不下，多半是磁盘满了",
        "请管服务器的人看看，清出地方，再发布一次",
    ),
    (
        r"permission denied|access ?denied|403 forbidden|\b(550|553)\b|read-only|operation not permitted",
        "对方不让写",
        "请管服务器的人给这个用户写这个文件夹的权限",
    ),
    ("connection refused", "对方没有开这个服务", "核对「地址」「端口」，问管服务器的人开了没有"),
    (
        "certificate|x509|tls:",
        "对方的证书不对",
        "不要发布；核对「地址」，问管平台的人证书是不是过期了",
    ),
    (
        r"timeout|timed out|deadline exceeded|EOF|reset by peer|broken pipe|connection lost|unreachable|closed network"
        r"|use of closed|connection closed|bad gateway|\b(421|425|426|502|503|504)\b",
        "连不上，或传到一半断了",
        "看看通不通网；再发布一次，会接着传",
    ),
    (
        "corrupted on transfer|sizes differ|hashes differ|size mismatch",
        "传上去的和本地的不一样",
        "再发布一次；还是这样，请管服务器的人看看磁盘",
    ),
)


def trouble(place: str, doing: str, log: str) -> Refusal:
    """rclone 的记录（一行一条 JSON）变成一句白话。"""
    said = " ".join(_messages(log))
    for pattern, what, fix in TROUBLES:
        if re.search(pattern, said, re.I):
            return Refusal(f"{place}：{what}（{doing}的时候）", fix)
    return Refusal(f"{place}：没有{doing}成", f"把这一行告诉技术人员：{said[-200:] or '没有说原因'}")


def _messages(log: str) -> Iterable[str]:
    for line in log.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            yield line
        else:
            if entry.get("level") in ("error", "critical", "fatal", "notice") and "stats" not in entry:
                yield str(entry.get("msg", "")).strip()

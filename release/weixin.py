"""公众号的接口：取令牌，传图片，列、建、改、删草稿。只管草稿，不发表。

接口的毛病：令牌随时会失效；收不了 \\u 转义和中文文件名；回答不说编码；断了线，不知道草稿建没建成。
错误码变成白话；报的话里没有密钥、令牌、网址的参数。
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from macros.model.refusal import Refusal

API = "https://api.weixin.qq.com"
ELSEWHERE = "WEIXIN_API"  # 环境变量：接口的地址，单位自己转一道的才设
SECONDS = 30
TRIES, PAUSE = 3, 1
PAGE = 20  # 一次最多列这么多份

BUSY = -1
GONE = 40007
STALE = (40001, 40014, 42001)
NOT_LISTED = 40164

BROKEN = "过一会儿再做一次；总是这样，看看这台电脑能不能上外网，要走代理的设环境变量 HTTPS_PROXY"
ASK = "登录公众号后台看有没有通知，按通知办"
MISTYPED = "在公众号后台核对 AppID 和 AppSecret；重置过的，把环境变量换成新的"
# 这一篇不收，别的照送
REFUSED = {
    40004: ("图片的种类不对", "存成 PNG 或 JPG"),
    40005: ("图片的格式不收", "存成 PNG 或 JPG"),
    40006: ("图片的大小不合要求", "缩小再存"),
    GONE: ("草稿或封面的编号已经没有了", "再做一次；还不行，把这一行告诉技术人员"),
    40009: ("图片太大", "缩小再存"),
    40012: ("封面太大", "把这一行告诉技术人员"),
    40137: ("图片的格式不收", "存成 PNG 或 JPG"),
    41005: ("图片没有传上去", "再做一次"),
    44001: ("图片是空的", "打开图片看看，重新存一遍"),
    45001: ("图片超过了大小", "缩小再存"),
    45002: ("正文太长", "把页面写短些，或从 dist/wechat-preview.html 手工贴"),
    45003: ("标题太长", "把一级标题写短些"),
    45004: ("摘要太长", "把页眉的摘要写短些"),
    45005: ("原文链接太长", "把这一行告诉技术人员"),
    45110: ("作者太长", "把这一行告诉技术人员"),
    45166: (
        "正文里有不收的内容",
        "看看页面里有没有不该发的字、不该有的链接；改好再做，或从 dist/wechat-preview.html 手工贴",
    ),
    87014: ("微信说内容可能违规", "看看标题、摘要、正文、图片，改好再做"),
}
# 哪一篇都不收，不再往下做
STOPPED = {
    40013: ("AppID 不对", MISTYPED),
    40125: ("密钥不对", MISTYPED),
    40243: ("密钥被冻结了", "在公众号后台解冻"),
    41002: ("没有写 AppID", MISTYPED),
    41004: ("密钥是空的", MISTYPED),
    45009: ("今天的次数用完了", "明天再做"),
    45011: ("做得太频繁", "等一分钟再做"),
    48001: ("这个公众号没有草稿接口的权限", "在公众号后台的接口权限里看；没有认证的，先办认证"),
    48004: ("这个公众号的接口被封了", ASK),
    50002: ("这个公众号受了限制", ASK),
    89501: ("这台电脑的 IP 在等公众号管理员确认", "请管理员在手机微信里确认，再做一次"),
    89503: ("这一次要公众号管理员确认", "请管理员在手机微信里确认，再做一次"),
    89506: ("管理员拒绝了这台电脑的 IP，一天内不能再试", "和管理员说好，明天再做"),
    89507: ("管理员拒绝了这台电脑的 IP，一小时内不能再试", "和管理员说好，过一小时再做"),
}


class Declined(Refusal):
    """这一篇微信不收，不连累别的。gone：里面写的编号没有了。"""

    gone = False


class Lost(Refusal):
    """没有收到看得懂的回答，不知道做成没有。"""


class _CodeError(Exception):
    def __init__(self, code: int, words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True)
class Listed:
    """草稿箱里的一篇：在哪份草稿里、第几篇（从 0 数）、那份草稿一共几篇、原文链接。"""

    media_id: str
    index: int
    count: int
    source_url: str


class Weixin:
    """一个公众号。account：AppID。令牌只在内存里。"""

    def __init__(self, account: str, secret: str) -> None:
        base = os.environ.get(ELSEWHERE, "").rstrip("/") or API
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)(:|/|$)", base):
            raise Refusal(f"环境变量 {ELSEWHERE} 的地址「{base}」不能用", "写成 https:// 开头的；密钥不走没有加密的")
        try:
            self._client = httpx.Client(base_url=base, timeout=SECONDS)
        except (ImportError, ValueError, httpx.InvalidURL):
            raise Refusal("环境变量里代理或接口的地址用不了", "代理写成 HTTPS_PROXY=http://地址:端口") from None
        self.host = self._client.base_url.host
        self._account, self._secret = account, secret
        self._token = ""

    def __enter__(self) -> Weixin:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    # ---- 图片 ----

    def picture(self, content: bytes) -> str:
        """文里的一张图 → 它在微信里的网址。"""
        kind = "png" if content.startswith(b"\x89PNG") else "jpg"
        return str(self._upload("/cgi-bin/media/uploadimg", f"image.{kind}", content, "url"))

    def cover(self, content: bytes) -> str:
        """封面 → 永久素材的编号。"""
        return str(self._upload("/cgi-bin/material/add_material", "cover.jpg", content, "media_id", type="thumb"))

    def _upload(self, path: str, name: str, content: bytes, wanted: str, **query: str) -> Any:
        answer = self._call(path, query, files={"media": (name, content, f"image/{name.rpartition('.')[2]}")})
        return _part(answer, wanted)

    # ---- 草稿 ----

    def drafts(self) -> Iterator[Listed]:
        """草稿箱里的全部，新的在前。"""
        offset, total = 0, 1
        while offset < total:
            answer = self._call("/cgi-bin/draft/batchget", body={"offset": offset, "count": PAGE, "no_content": 0})
            items, total = answer.get("item") or [], answer.get("total_count") or 0
            if not items:
                return
            for item in items:
                news = item["content"].get("news_item") or []
                for index, each in enumerate(news):
                    yield Listed(item["media_id"], index, len(news), each.get("content_source_url") or "")
            offset += PAGE

    def add(self, article: dict[str, Any]) -> str:
        """做一份新的。不重来：断了线也可能已经做成。"""
        answer = self._call("/cgi-bin/draft/add", body={"articles": [article]}, tries=1)
        return str(_part(answer, "media_id"))

    def update(self, draft: Listed, article: dict[str, Any]) -> None:
        body = {"media_id": draft.media_id, "index": draft.index, "articles": article}
        self._call("/cgi-bin/draft/update", body=body)

    def delete(self, media_id: str) -> None:
        """已经没有了的，也算删掉。"""
        self._call("/cgi-bin/draft/delete", body={"media_id": media_id}, fine=(0, GONE))

    # ---- 一问一答 ----

    def _call(
        self,
        path: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        tries: int = TRIES,
        fine: tuple[int, ...] = (0,),
        **more: Any,
    ) -> dict[str, Any]:
        """令牌失效的换一次。"""
        for last in (False, True):
            self._token = self._token or self._fresh()
            try:
                return self._ask(path, {**(query or {}), "access_token": self._token}, body, tries, fine, **more)
            except _CodeError as error:
                if error.code not in STALE or last:
                    raise _said(error) from None
                used, self._token = self._token, self._fresh()
                if self._token == used:  # 平台还以为它有效
                    self._token = self._fresh(force=True)
        raise AssertionError

    def _fresh(self, force: bool = False) -> str:
        body = {"grant_type": "client_credential", "appid": self._account, "secret": self._secret}
        try:
            answer = self._ask("/cgi-bin/stable_token", {}, {**body, "force_refresh": force}, TRIES, (0,))
        except _CodeError as error:
            if error.code in STALE:
                raise Refusal("密钥不对", MISTYPED) from None
            raise _said(error) from None
        return str(_part(answer, "access_token"))

    def _ask(
        self,
        path: str,
        query: dict[str, str],
        body: dict[str, Any] | None,
        tries: int,
        fine: tuple[int, ...],
        **more: Any,
    ) -> dict[str, Any]:
        """断线、服务器出错、系统繁忙的再试几次。中文照原样，不写成 \\u。"""
        if body is not None:
            more = {
                "content": json.dumps(body, ensure_ascii=False).encode(),
                "headers": {"Content-Type": "application/json; charset=utf-8"},
            }
        for left in reversed(range(tries)):
            try:
                answer = _read(self._client.post(path, params=query, **more))
                code = answer.get("errcode") or 0
                if code in fine:
                    return answer
                if code != BUSY:
                    raise _CodeError(code, str(answer.get("errmsg")))
                what = "微信的服务器忙"
            except httpx.TimeoutException:
                what = f"{self.host} 等了 {SECONDS} 秒没有回答"
            except httpx.HTTPError:
                what = f"{self.host} 连不上，或者中途断了"
            except ValueError:
                what = f"{self.host} 的回答看不懂，可能不是微信的服务器"
            if left:
                time.sleep(PAUSE)
        raise Lost(what, BROKEN)


def _read(response: httpx.Response) -> dict[str, Any]:
    """不看说的是什么编码：都是 UTF-8。"""
    if response.status_code != httpx.codes.OK:
        raise ValueError
    answer = json.loads(response.content.decode("utf-8"))
    if not isinstance(answer, dict):
        raise ValueError
    return answer


def _part(answer: dict[str, Any], name: str) -> Any:
    if not answer.get(name):
        raise Lost("微信说做成了，回答里却没有编号", BROKEN)
    return answer[name]


def _said(error: _CodeError) -> Refusal:
    if error.code == NOT_LISTED:
        found = re.search(r"invalid ip ([\d.]+)", error.words)
        ip = f"（{found[1]}）" if found else ""
        what = f"这台电脑的 IP{ip}不在公众号的白名单里"
        return Refusal(what, "请管理员在公众号后台的开发接口管理里，把它加进 IP 白名单")
    if error.code in STALE:
        return Refusal("换了令牌，微信还说失效", "看看是不是另有程序在用同一个公众号的密钥，过一会儿再做")
    if error.code in REFUSED:
        what, fix = REFUSED[error.code]
        declined = Declined(f"{what}（微信错误码 {error.code}）", fix)
        declined.gone = error.code == GONE
        return declined
    what, fix = STOPPED.get(error.code, ("微信没有收", "照错误码在微信的开发文档里查，或告诉技术人员"))
    return Refusal(f"{what}（微信错误码 {error.code}）", fix)

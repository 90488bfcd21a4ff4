"""公众号接口的替身：照公开的文档收、照文档挑错；毛病照别人真的碰到过的样子出。

没有写编码的回答、收不了 \\u 和中文文件名、建好了却断线、令牌提前失效、草稿发表以后编号就没有了。
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

APP, SECRET = "wx0123456789abcdef", "bianzao-de-miyao"
FIELDS = {"title", "author", "digest", "content", "content_source_url", "thumb_media_id"}
# 毛病：没做就断、做好了才断、做好了不回答、别家的网页、服务器出错
DROP, LOST, SLOW, PORTAL, ERROR = "drop", "lost", "slow", "portal", "error"


class Refused(Exception):
    def __init__(self, code: int, words: str = "refused") -> None:
        self.answer = {"errcode": code, "errmsg": f"{words} rid: 5fa26c60-1a0ebdd5-32fd1cd0"}


@dataclass
class Weixin:
    """一个公众号。drafts：编号 → 几篇。faults：路径 → 接下来几次各出什么毛病。before：每次收到以前叫一下。"""

    tokens: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    thumbs: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: dict[str, list[Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    before: Callable[[str], object] = lambda _: None
    url: str = ""
    made: int = 0

    def number(self, kind: str) -> str:
        self.made += 1
        return f"{kind}-{self.made}_Aa"

    def titles(self) -> list[str]:
        return sorted(each["title"] for news in self.drafts.values() for each in news)

    def answer(self, path: str, query: dict[str, str], headers: Any, body: bytes) -> dict[str, Any]:
        name = path.removeprefix("/cgi-bin/")
        if name == "stable_token":
            return self.token(self.json(headers, body))
        if not self.tokens or query.get("access_token") != self.tokens[-1]:
            raise Refused(40001, "invalid credential, access_token is invalid or not latest")
        if name == "media/uploadimg":
            content = self.file(headers, body)
            if not content.startswith((b"\x89PNG", b"\xff\xd8")):
                raise Refused(40005, "invalid file type")
            if len(content) >= 1 << 20:
                raise Refused(40009, "invalid image size")
            url = f"http://mmbiz.qpic.cn/mmbiz_png/{self.number('tu')}/0?wx_fmt=png"
            self.pictures[url] = content
            return {"url": url, "errcode": 0, "errmsg": "ok"}
        if name == "material/add_material":
            content = self.file(headers, body)
            if query.get("type") != "thumb":
                raise Refused(40004, "invalid media type")
            if not content.startswith(b"\xff\xd8") or len(content) > 64 * 1024:
                raise Refused(40012, "invalid thumb size")
            self.thumbs[number := self.number("fengmian")] = content
            return {"media_id": number, "item": []}
        return getattr(self, name.replace("draft/", "draft_"))(self.json(headers, body))  # type: ignore[no-any-return]

    def token(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("grant_type") != "client_credential" or asked.get("appid") != APP:
            raise Refused(40013, "invalid appid")
        if asked.get("secret") != SECRET:
            raise Refused(40125, "invalid appsecret")
        if not self.tokens or asked.get("force_refresh"):
            self.tokens.append(self.number("lingpai"))
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    # ---- 草稿 ----

    def draft_batchget(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not 1 <= asked["count"] <= 20:
            raise Refused(40035, "invalid count")
        newest = list(self.drafts.items())[::-1][asked["offset"] : asked["offset"] + asked["count"]]
        items = [
            {"media_id": number, "content": {"news_item": news, "update_time": 1}, "update_time": 1}
            for number, news in newest
        ]
        return {"total_count": len(self.drafts), "item_count": len(items), "item": items}

    def draft_add(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(asked.get("articles"), list) or not asked["articles"]:
            raise Refused(44003, "empty news data")
        news = [self.article(each) for each in asked["articles"]]
        self.drafts[number := self.number("caogao")] = news
        return {"media_id": number, "item": []}

    def draft_update(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("media_id") not in self.drafts:
            raise Refused(40007, "invalid media_id")
        if not isinstance(asked.get("articles"), dict):
            raise Refused(44003, "empty news data")
        self.drafts[asked["media_id"]][asked["index"]] = self.article(asked["articles"])
        return {"errcode": 0, "errmsg": "ok"}

    def draft_delete(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self.drafts.pop(asked.get("media_id", ""), None) is None:
            raise Refused(40007, "invalid media_id")
        return {"errcode": 0, "errmsg": "ok"}

    def article(self, asked: dict[str, Any]) -> dict[str, Any]:
        if set(asked) != FIELDS:
            self.wrong.append(f"多写、少写了 {set(asked) ^ FIELDS}")
        for name, most, code in (("title", 32, 45003), ("author", 16, 45110), ("digest", 128, 45004)):
            if len(asked[name]) > most:
                raise Refused(code, f"{name} size out of limit")
        if len(asked["content"]) >= 20_000:
            raise Refused(45002, "content size out of limit")
        if asked["thumb_media_id"] not in self.thumbs:
            raise Refused(40007, "invalid media_id")
        if not asked["content_source_url"]:
            self.wrong.append("没有原文链接")
        content = asked["content"]
        if re.search(r"<(script|a|iframe|style|link|div)\b| (class|id|on\w+)=", content):
            raise Refused(45166, "invalid content")
        self.wrong += [src for src in re.findall(r'<img [^>]*src="([^"]*)"', content) if src not in self.pictures]
        if re.search(r">\s+<", content):
            self.wrong.append("标签之间有空白，清单会多出空行")
        return dict(asked)

    # ---- 怎么写来的 ----

    def json(self, headers: Any, body: bytes) -> dict[str, Any]:
        if "application/json" not in headers["Content-Type"] or rb"\u" in body:
            raise Refused(40033, r"invalid charset, \uxxxx")
        found: dict[str, Any] = json.loads(body.decode("utf-8"))
        return found

    def file(self, headers: Any, body: bytes) -> bytes:
        """只认字段 media；文件名有中文、写成 filename* 的，当没有传。"""
        head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
        parts = list(message_from_bytes(head + body, policy=policy.HTTP).iter_parts())  # type: ignore[attr-defined]
        written = re.findall(rb"^Content-Disposition: ([^\r]*)", body, re.M)
        if len(parts) != 1 or not re.fullmatch(rb'form-data; name="media"; filename="[\w.-]+"', written[0]):
            raise Refused(41005, "media data missing")
        content: bytes = parts[0].get_payload(decode=True)
        if not content:
            raise Refused(44001, "empty media data")
        return content


def serve(weixin: Weixin) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            name = parts.path.removeprefix("/cgi-bin/")
            weixin.calls.append(name)
            weixin.before(name)
            fault = (weixin.faults.get(name) or [None]).pop(0)
            if fault in (None, LOST, SLOW):
                try:
                    answer = weixin.answer(parts.path, dict(parse_qsl(parts.query)), self.headers, body)
                except Refused as refused:
                    answer = refused.answer
                if fault == SLOW:
                    time.sleep(1)
                if fault is None:
                    return self.say(200, json.dumps(answer, ensure_ascii=False).encode())
            elif fault == PORTAL:
                return self.say(200, "<html>请先登录办公网</html>".encode())
            elif fault == ERROR:
                return self.say(502, b"Bad Gateway")
            elif isinstance(fault, tuple):
                return self.say(200, json.dumps(Refused(*fault).answer).encode())
            self.close_connection = True
            return None

        def say(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")  # 微信真的这样说
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    weixin.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server

"""送草稿：真的做好文章，真的经 HTTP 送给接口的替身。每一种毛病都是别的程序真的碰到过的，写在后面。"""

from __future__ import annotations

import csv
import datetime
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import weixin_server
from conftest import ROOT, Once, build, copy, edit, made, succeeded
from weixin_server import APP, DROP, ERROR, LOST, PORTAL, SECRET, SLOW, Weixin

from macros.model import load
from macros.model.refusal import Refusal
from release import weixin as client
from release.draftbox import deliver

DAY = datetime.date(2026, 11, 20)
ACTIVITY = "docs/shuangyong/2025/guofang-ke.md"
TITLE = "村史馆里的国防课"
ADD, UPDATE, LIST = "draft/add", "draft/update", "draft/batchget"
PICTURE, COVER, DELETE, TOKEN = "media/uploadimg", "material/add_material", "draft/delete", "stable_token"


@dataclass
class Office:
    """一个镇：root 是项目，文章已经做好。"""

    root: Path
    weixin: Weixin

    def send(self, account: str = APP, secret: str = SECRET) -> tuple[str, bool]:
        said = deliver(load(self.root), account, secret, self.root / "dist", DAY)
        assert not re.search("token|Token|lingpai|access|Traceback|rid", said[0]), said[0]
        assert SECRET not in said[0]
        assert self.weixin.wrong == []
        assert not [name for name in self.weixin.calls if "publish" in name or "sendall" in name]
        return said

    def sent(self) -> str:
        words, done = self.send()
        assert done, words
        return words

    def again(self) -> None:
        """内容改过，文章重做一遍。"""
        succeeded(build(self.root))
        made(self.root / "site", self.root / "dist", "wechat", root=self.root)

    def mark(self, words: str = "，讲了一个上午") -> None:
        """只改一篇：不重做网站，直接改做好的文章，快。"""
        edit(self.root / "dist/wechat/shuangyong-2025-guofang-ke.html", "的来历", f"的来历{words}")

    @property
    def rows(self) -> dict[str, list[str]]:
        with (self.root / "data/weixin.csv").open(encoding="utf-8", newline="") as file:
            return {row[1]: row for row in list(csv.reader(file))[1:]}


@pytest.fixture(scope="session")
def articles(once: Once) -> Path:
    def make(folder: Path) -> None:
        root = copy("publishable", folder / "root")
        succeeded(build(root))
        made(root / "site", root / "dist", "wechat", root=root)

    return once("draftbox", make) / "root"


@pytest.fixture
def office(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    weixin = Weixin()
    with weixin_server.serve(weixin) as server:
        monkeypatch.setenv("WEIXIN_API", weixin.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(client, "PAUSE", 0)
        yield Office(shutil.copytree(articles, tmp_path / "root", symlinks=True), weixin)
        server.shutdown()


# ---- 送什么 ----


def test_every_article_becomes_one_draft(office: Office) -> None:
    """标题、作者、摘要、原文链接、封面；图片都换成传上去的；再做一次什么也不问。"""
    assert "新建 6 篇" in office.sent()
    site = load(office.root)
    pages = {page.url: page for page in site.pages}
    for (draft,) in office.weixin.drafts.values():
        page = pages[draft["content_source_url"].removeprefix("https://yangban.example/")]
        assert page.header
        assert (draft["title"], draft["author"], draft["digest"]) == (
            page.title,
            "样板镇人民政府",
            page.header.summary,
        )
        assert "mmbiz.qpic.cn" in draft["content"]
        number = office.rows[page.url][2]
        assert office.weixin.drafts[number] == [draft]
    assert APP in (office.root / "data/weixin.csv").read_text(encoding="utf-8")
    assert not any(SECRET in path.read_text(errors="ignore") for path in office.root.rglob("*.csv"))
    calls = len(office.weixin.calls)
    assert office.sent() == f"公众号 {APP} 的草稿箱：没有变化 6 篇。"
    assert len(office.weixin.calls) == calls


def test_a_changed_page_updates_its_draft(office: Office) -> None:
    """只改它那一份，编号不变；封面没有变，不再传一张（永久素材有数量的上限）。"""
    office.sent()
    before, covers = dict(office.rows), len(office.weixin.thumbs)
    edit(office.root / ACTIVITY, "三件旧物件", "四件旧物件")
    office.again()
    words = office.sent()
    assert "更新 1 篇，没有变化 5 篇" in words
    assert f"更新《{TITLE}》。" in words
    assert len(office.weixin.drafts) == 6
    (draft,) = office.weixin.drafts[office.rows["shuangyong/2025/guofang-ke.html"][2]]
    assert "四件旧物件" in draft["content"]
    assert {url for url, row in office.rows.items() if row != before[url]} == {"shuangyong/2025/guofang-ke.html"}
    assert len(office.weixin.thumbs) == covers


def test_a_new_look_alone_is_not_sent(office: Office) -> None:
    """只换样式，不动草稿：不然发表过的都会再来一份。"""
    office.sent()
    for path in (office.root / "dist/wechat").glob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("#1d5a41", "#1d5a42"), encoding="utf-8")
    assert "没有变化 6 篇" in office.sent()


def test_a_published_page_that_changes_gets_a_new_draft(office: Office) -> None:
    """发表以后编号就没有了（开放社区 000c6654、000e0447）：改了就另建一份，说清楚。"""
    office.sent()
    office.weixin.drafts.clear()
    office.mark()
    words = office.sent()
    assert "新建 1 篇" in words
    assert "以前那份不在草稿箱里了" in words
    assert office.weixin.titles() == [TITLE]


def test_a_withdrawn_page_loses_its_draft(office: Office) -> None:
    """撤下的、渠道里去掉微信的：草稿删掉，记的也去掉。"""
    office.sent()
    edit(office.root / ACTIVITY, "复核:", "撤下: {日期: 2026-11-21, 原因: 内容过期}\n复核:")
    words = office.sent()
    assert "shuangyong/2025/guofang-ke.html 撤下了，草稿已删。" in words
    assert TITLE not in office.weixin.titles()
    assert "shuangyong/2025/guofang-ke.html" not in office.rows
    other = "docs/shuangyong/2026/xiu-podao.md"
    edit(office.root / other, "渠道: [微信", "渠道: [宣传栏")
    office.weixin.drafts = {
        n: d for n, d in office.weixin.drafts.items() if "xiu-podao" not in d[0]["content_source_url"]
    }
    assert "草稿箱里没有它；发表过的，到公众号后台删掉" in office.sent()


def test_a_draft_joined_with_others(office: Office) -> None:
    """编辑在后台把两篇合成一份：改的是里面那一篇，撤下的不整份删。"""
    office.sent()
    row = office.rows["shuangyong/2025/guofang-ke.html"]
    ours = office.weixin.drafts.pop(row[2])
    joined = [{**ours[0], "title": "别的", "content_source_url": "https://a.example/"}, *ours]
    office.weixin.drafts["hecheng"] = joined
    office.mark()
    assert "更新 1 篇" in office.sent()
    assert [each["title"] for each in office.weixin.drafts["hecheng"]] == ["别的", TITLE]
    assert "讲了一个上午" in office.weixin.drafts["hecheng"][1]["content"]
    edit(office.root / ACTIVITY, "复核:", "撤下: {日期: 2026-11-21, 原因: 内容过期}\n复核:")
    words, done = office.send()
    assert not done
    assert "草稿和别的文章合在一起，没有删；到公众号后台删掉这一篇" in words
    assert len(office.weixin.drafts["hecheng"]) == 2


def test_every_draft_is_looked_through(office: Office) -> None:
    """草稿箱里有几十份别的，一次只列得出二十份（wechatpy#721）：照样找得到自己的。"""
    office.sent()
    (office.root / "data/weixin.csv").unlink()
    for number in range(45):
        office.weixin.drafts[f"bie-{number}"] = [{"title": "别的", "content_source_url": ""}]
    assert "更新 6 篇" in office.sent()
    assert len(office.weixin.drafts) == 51


# ---- 出毛病 ----


@pytest.mark.parametrize("fault", [LOST, (-1, "system error"), ERROR])
def test_no_second_draft_when_the_answer_is_lost(office: Office, fault: Any) -> None:
    """建好了没有收到回答（InlineAMP#9、minicat#4）：到草稿箱里找，找到就记下；没有找到就停，下一次再做，都只有一份。"""
    office.weixin.faults[ADD] = [fault]
    words, done = office.send()
    assert done is (fault == LOST)
    assert done or "不知道做成没有" in words
    office.weixin.calls.clear()
    office.sent()
    assert len(office.weixin.drafts) == len(office.rows) == 6
    assert all(row[2] in office.weixin.drafts for row in office.rows.values())


def test_nobody_knows_and_the_list_is_late(office: Office) -> None:
    """断了线，当时草稿箱里也看不到，过一会儿才有：下一次先找，不再建。"""
    office.weixin.faults = {ADD: [LOST], LIST: [None, DROP, DROP, DROP]}
    words, done = office.send()
    assert not done
    assert "连不上，或者中途断了" in words
    office.sent()
    assert len(office.weixin.drafts) == 6


def test_a_slow_answer(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.2)
    office.weixin.faults[ADD] = [SLOW]
    office.sent()
    assert len(office.weixin.drafts) == 6


@pytest.mark.parametrize("name", [TOKEN, LIST, PICTURE, COVER, UPDATE])
@pytest.mark.parametrize("fault", [DROP, LOST, ERROR, (-1, "system error")])
def test_what_may_be_done_twice_is_tried_again(office: Office, name: str, fault: Any) -> None:
    """传到一半断了、服务器忙：再试，最后都送到（wechat_oa_mcp#1、wenyan-mcp#5）。"""
    if name == UPDATE:
        office.sent()
        office.mark()
    office.weixin.faults[name] = [fault, fault]
    office.sent()
    assert len(office.weixin.drafts) == 6


def test_a_network_that_stays_down_says_so(office: Office) -> None:
    """一直不通：说连不上，不说别的；做成的已经记下，接着做。"""
    office.weixin.faults[PICTURE] = [None, None, *[DROP] * 3]
    words, done = office.send()
    assert not done
    assert "停在这里，后面的没有送：127.0.0.1 连不上，或者中途断了" in words
    kept = len(office.weixin.drafts)
    office.sent()
    assert len(office.weixin.drafts) == 6 > kept


def test_somebody_elses_page_is_no_answer(office: Office) -> None:
    """办公网要先登录，回答是一张网页。"""
    office.weixin.faults[TOKEN] = [PORTAL] * 3
    words, done = office.send()
    assert not done
    assert "回答看不懂，可能不是微信的服务器" in words


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_that_expires_is_renewed(office: Office, code: int) -> None:
    """令牌半路失效（easywechat#2759、WeiXinMPSDK#3029）：换一个接着做，建草稿也不会两份。"""
    office.weixin.faults = {PICTURE: [(code, "access_token expired")], ADD: [(code, "not latest")]}
    office.sent()
    assert len(office.weixin.drafts) == 6


def test_another_program_changes_the_token(office: Office) -> None:
    """别的程序强制换了令牌：先要现在的那个，不再强制换，不互相踢（austin#48）。"""
    office.weixin.before = lambda name: (
        office.weixin.tokens.append("bieren") if name == COVER and len(office.weixin.tokens) == 1 else None
    )
    office.sent()
    assert office.weixin.tokens[1:] == ["bieren"]


def test_a_token_that_never_works(office: Office) -> None:
    office.weixin.faults[LIST] = [(40001, "invalid credential")] * 9
    words, done = office.send()
    assert not done
    assert "换了令牌，微信还说失效" in words
    assert office.weixin.calls.count(TOKEN) <= 3, "不能一直要（weixin-java-mp-demo#152）"


def test_an_address_not_on_the_list(office: Office) -> None:
    """IP 不在白名单（artipub#112、WeiXinMPSDK#2116）：说出 IP 和怎么办，只问一次。"""
    office.weixin.faults[TOKEN] = [(40164, "invalid ip 117.89.1.2 ipv6 ::ffff:117.89.1.2, not in whitelist")]
    words, done = office.send()
    assert not done
    assert "这台电脑的 IP（117.89.1.2）不在公众号的白名单里；请管理员在公众号后台" in words
    assert office.weixin.calls == [TOKEN]
    assert office.weixin.drafts == {}


@pytest.mark.parametrize("code", sorted(client.STOPPED))
def test_codes_that_stop_everything(office: Office, code: int) -> None:
    office.weixin.faults[ADD] = [None, (code, "english words")]
    words, done = office.send()
    assert not done
    assert f"{client.STOPPED[code][0]}（微信错误码 {code}）；" in words
    assert len(office.weixin.drafts) == 1
    assert "english" not in words


@pytest.mark.parametrize("code", sorted(client.REFUSED))
def test_codes_about_one_article(office: Office, code: int) -> None:
    """一篇不收（n8n-nodes-wechat-offiaccount#28、#34，开放社区 45166）：说清哪一篇，别的照送；再做一次接着送。"""
    office.weixin.faults[ADD] = [(code, "english words")]
    words, done = office.send()
    assert not done
    assert f"{client.REFUSED[code][0]}（微信错误码 {code}）；" in words
    assert "english" not in words
    assert len(office.weixin.drafts) == 5
    covers = len(office.weixin.thumbs)
    office.sent()
    assert len(office.weixin.drafts) == 6
    assert len(office.weixin.thumbs) == covers + (code == client.GONE), "封面不再传一遍；编号没有了的才重传"


def test_an_unknown_code(office: Office) -> None:
    office.weixin.faults[ADD] = [(47001, "data format error")]
    words, done = office.send()
    assert not done
    assert "微信没有收（微信错误码 47001）；照错误码" in words


@pytest.mark.parametrize(("account", "secret", "said"), [("wx1", SECRET, "AppID 不对"), (APP, "cuo", "密钥不对")])
def test_wrong_credentials(office: Office, account: str, secret: str, said: str) -> None:
    words, done = office.send(account, secret)
    assert not done
    assert said in words
    assert "cuo" not in words


# ---- 先拦下的 ----


def test_limits_are_checked_before_sending(office: Office) -> None:
    """标题 32 字、正文连标签不到两万字、图片的格式和大小：不送，说清楚，别的照送。"""
    folder = office.root / "dist/wechat"
    edit(office.root / ACTIVITY, f"# {TITLE}", f"# {TITLE * 5}")
    long = folder / "cunshiguan-yangban-cun.html"
    long.write_text(long.read_text(encoding="utf-8").strip() + "<p>" + "长" * 20_000 + "</p>", encoding="utf-8")
    (picture,) = (folder / "shuju-2025").glob("01-*.png")
    picture.write_bytes(b"GIF89a" + bytes(100))
    (other,) = (folder / "banshi-yuyue-jiangjie").glob("*erweima.png")
    other.write_bytes(other.read_bytes() + bytes(1 << 20))
    words, done = office.send()
    assert not done
    assert f"没有送《{TITLE * 5}》：{ACTIVITY} 的标题有40字，接口最多32字；把一级标题写短些" in words
    assert "太长、接口不收的 1 篇，改过的从 dist/wechat-preview.html 手工贴：《样板村村史馆》。" in words
    assert "不是 PNG 或 JPG，接口不收；" in words
    assert "有 1 MB 以上，接口不收；" in words
    assert len(office.weixin.drafts) == 2


def test_a_missing_picture(office: Office) -> None:
    (office.root / "dist/wechat/shuangyong-2025-guofang-ke/fengmian.jpg").unlink()
    words, done = office.send()
    assert not done
    assert f"没有送《{TITLE}》：dist/ 里的文件不全；先运行 make channels" in words
    assert len(office.weixin.drafts) == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("演示: 否", "演示: 是", "这是演示网站，不送草稿；"),
        ("网址: https://yangban.example/", "网址:", "还没有网址，文章没有原文链接；"),
    ],
)
def test_sites_that_do_not_send(office: Office, old: str, new: str, said: str) -> None:
    edit(office.root / "data/township.yml", old, new)
    with pytest.raises(Refusal, match=said):
        office.send()
    assert office.weixin.calls == []


def test_a_demonstration_page_is_not_sent(office: Office) -> None:
    edit(office.root / "dist/wechat/shuangyong-2025-guofang-ke.html", "这一天", "演示内容，不代表任何真实乡镇。这一天")
    assert f"演示的不送：《{TITLE}》。" in office.sent()
    assert TITLE not in office.weixin.titles()


@pytest.mark.parametrize("address", ["http://weixin.example", "ftp://a.example", "api.weixin.qq.com"])
def test_the_secret_never_goes_in_the_clear(office: Office, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("WEIXIN_API", address)
    with pytest.raises(Refusal, match="写成 https:// 开头的"):
        office.send()


def test_an_unusable_proxy(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("ALL_PROXY", "socks4://127.0.0.1:1")
    with pytest.raises(Refusal, match="代理"):
        office.send()


# ---- 半路杀掉；命令 ----


def test_killed_at_any_request(office: Office) -> None:
    """第几次问的时候被杀掉都一样：一遍一遍接着做，最后一篇一份。"""
    at, finished = 0, False
    context = multiprocessing.get_context("fork")
    while not finished:
        at += 1
        child = context.Process(target=office.send)
        office.weixin.calls.clear()

        def before(_: str, at: int = at, child: Any = child) -> None:
            if len(office.weixin.calls) == at:
                os.kill(child.pid, signal.SIGKILL)

        office.weixin.before = before
        child.start()
        child.join()
        finished = child.exitcode == 0
        assert len({each[0]["content_source_url"] for each in office.weixin.drafts.values()}) == len(
            office.weixin.drafts
        )
    assert len(office.weixin.drafts) == len(office.rows) == 6
    assert at > 3


def door(office: Office, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key != "FABU_WEIXIN"}
    return subprocess.run(
        [sys.executable, "-m", "release.draftbox", f"--root={office.root}", f"--as-of={DAY}"],
        cwd=ROOT,
        env={**kept, **env, "PYTHONUTF8": "1"},
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def test_the_command(office: Office) -> None:
    """去处和环境变量的名字写在 data/fabu.yml；缺哪样说哪样；密钥哪里都不印。"""
    done = door(office)
    assert (done.returncode, done.stderr) == (
        1,
        "data/fabu.yml 里没有写公众号；写上「种类: 微信草稿」的去处，见编辑指南\n",
    )
    places = "- 名称: 内网\n  种类: 文件夹\n  目录: /srv/guofang\n- 名称: 镇公众号\n  种类: 微信草稿\n"
    places += f"  公众号: {APP}\n  密钥: FABU_WEIXIN\n"
    (office.root / "data/fabu.yml").write_text(places, encoding="utf-8")
    done = door(office)
    assert done.returncode == 1
    assert done.stderr.startswith("镇公众号：没有设环境变量 FABU_WEIXIN；"), done.stderr
    done = door(office, FABU_WEIXIN=SECRET)
    assert (done.returncode, done.stderr) == (0, "")
    assert "新建 6 篇" in done.stdout
    assert SECRET not in done.stdout
    assert len(office.weixin.drafts) == 6

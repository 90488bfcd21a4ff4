"""data/fabu.yml 里的各个去处：从提交到公开，两台电脑，签发，记录，回退。真的 Git、sshd、FTP、WebDAV、S3。"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import succeeded
from publishing import (  # noqa: F401
    ACTIVITY,
    DAY,
    Case,
    built,
    call,
    case,
    commit,
    contents,
    git,
    pattern,
    refused,
)
from servers import KINDS, Server, iis, keypair

from macros.model.refusal import Refusal
from macros.model.sources import content_number
from macros.model.targets import Target
from release.rclone import Store, settings


def fabu(root: Path, *entries: dict[str, object]) -> None:
    """写 data/fabu.yml。"""
    lines = []
    for entry in entries:
        first, *more = entry.items()
        lines += [f"- {first[0]}: {first[1]}", *(f"  {key}: {value}" for key, value in more)]
    (root / "data/fabu.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")


@pytest.fixture(scope="module")
def sftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with KINDS["服务器"](tmp_path_factory.mktemp("sftp")) as running:
        yield running


@pytest.fixture
def server(sftp: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """空的服务器；它的私钥在环境里。"""
    for path in sftp.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, value in sftp.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CI", raising=False)
    return sftp


def publish(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return call("publish", *more, "--root", str(root), "--as-of", f"{DAY}T09:00:00")


def rebuilt(root: Path) -> None:
    commit(root)
    built(root)


def test_every_place_gets_the_same_site(case: Case, server: Server, tmp_path: Path) -> None:
    """一条命令发到四处，一处的密码不对：别处照发，最后说是哪一处；记下三处。"""
    bare = tmp_path / "pages.git"
    git(tmp_path, "init", "--bare", "--quiet", str(bare))
    wrong = {**server.entry, "名称": "坏了的", "端口": 1}
    fabu(
        case.root,
        {"名称": "服务器", **server.entry},
        {"名称": "镇里", "种类": "文件夹", "目录": str(tmp_path / "www")},
        wrong,
        {"名称": "网页", "种类": "托管平台", "仓库": str(bare), "分支": "pages"},
    )
    rebuilt(case.root)
    new = contents(case.root / "site")
    done = publish(case.root)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[-2].startswith("没有发成：坏了的：对方没有开这个服务")
    assert contents(server.folder) == contents(tmp_path / "www/current") == new
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch=pages", str(bare), str(clone))
    shutil.rmtree(clone / ".git")
    (clone / ".nojekyll").unlink()
    assert contents(clone) == new
    rows = (case.root / "data/releases.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split(",")[1] for row in rows[-3:]] == ["服务器", "镇里", "网页"]
    again = publish(case.root, "网页")
    assert (again.returncode, again.stdout.splitlines()[0]) == (0, "网页：没有变，不用发")


def clones(case: Case, tmp_path: Path) -> tuple[Path, Path]:
    """一个仓库，两台电脑。"""
    origin = tmp_path / "origin.git"
    (case.root / "data/published.csv").write_text("地址,日期,sha256,发稿日期,数\n", encoding="utf-8")
    commit(case.root)
    git(tmp_path, "clone", "--quiet", "--bare", str(case.root), str(origin))
    made = []
    for name in ("jia", "yi"):
        root = tmp_path / name
        git(tmp_path, "clone", "--quiet", str(origin), str(root))
        git(root, "config", "user.name", "办公室")
        git(root, "config", "user.email", "bangongshi@shilizhen.example")
        made.append(root)
    return made[0], made[1]


NEW = "shuangyong/2025/guofang-jiaoyu-ke"


def renamed(root: Path) -> None:
    """活动换了文件名，没有写跳转。"""
    for suffix in (".md", ".assets"):
        if (root / f"docs/{ACTIVITY}{suffix}").exists():
            git(root, "mv", f"docs/{ACTIVITY}{suffix}", f"docs/{NEW}{suffix}")
    path = root / "data/redirects.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(ACTIVITY, NEW), encoding="utf-8")
    page = root / f"docs/{NEW}.md"
    name = Path(ACTIVITY).name
    page.write_text(
        page.read_text(encoding="utf-8").replace(f"{name}.assets", f"{Path(NEW).name}.assets"), encoding="utf-8"
    )


def test_two_computers_do_not_lose_each_others_pages(case: Case, server: Server, tmp_path: Path) -> None:
    """甲发布了，没有推；乙改了页面的名字再发：拦下，说是谁、什么时候、会丢哪几页。加了跳转、合并了，才发得出去。"""
    fabu(case.root, {"名称": "服务器", **server.entry})
    rebuilt(case.root)
    jia, yi = clones(case, tmp_path)
    (jia / "docs/guanyu/yinsi.md").open("a", encoding="utf-8").write("\n甲的电脑上加了一句。\n")
    rebuilt(jia)
    succeeded(publish(jia))

    renamed(yi)
    rebuilt(yi)
    refused(publish(yi), f"服务器上的不是这一份的前身：{DAY} 09:00:00 由", f"{ACTIVITY}.html", "先运行 git pull")
    git(jia, "push", "--quiet", "origin", "HEAD:main")
    git(yi, "pull", "--quiet", "--rebase", "origin", "main")
    built(yi)
    refused(publish(yi), f"服务器上有、这一份没有的网页：{ACTIVITY}.html", "data/redirects.yml")
    with (yi / "data/redirects.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{ACTIVITY}.html: {NEW}.html\n")
    rebuilt(yi)
    succeeded(publish(yi))
    assert "甲的电脑上加了一句" in (server.folder / "guanyu/yinsi.html").read_text(encoding="utf-8")
    assert (server.folder / f"{ACTIVITY}.html").is_file()
    refused(publish(jia), "不是这一份的前身")


def test_what_is_not_committed_is_not_published(case: Case, server: Server) -> None:
    """没有提交的改动、不是仓库、没有设的变量：一行说清，服务器上什么也没有。"""
    fabu(case.root, {"名称": "服务器", **server.entry})
    commit(case.root)
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集任何信息。")
    refused(publish(case.root), "有没提交的改动：docs/guanyu/yinsi.md")
    git(case.root, "checkout", "--quiet", "docs")
    shutil.move(case.root / ".git", case.root / "git")
    refused(publish(case.root), "没有版本记录")
    assert not list(server.folder.iterdir())


def test_a_missing_secret_is_named(case: Case, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    fabu(case.root, {"名称": "服务器", **server.entry})
    rebuilt(case.root)
    monkeypatch.delenv("FABU_SIYAO")
    refused(publish(case.root), "服务器：没有设环境变量 FABU_SIYAO")
    refused(publish(case.root, "服务"), "没有「服务」这个去处", "服务器")


def test_a_signed_place_wants_the_number_of_the_sheet(case: Case, server: Server, tmp_path: Path) -> None:
    """签的是内容：没有编号、别的编号都不行；签过又改了，要重新签；签了的记下。"""
    fabu(case.root, {"名称": "服务器", **server.entry, "需签发": "是"})
    rebuilt(case.root)
    number = content_number(case.root)
    assert re.fullmatch("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", number)
    refused(publish(case.root), "服务器 要签发，没有写内容编号", "make sheet")
    refused(publish(case.root, "--signed=平台审批 1"), "签的是 平台审批 1，现在的内容是")
    succeeded(publish(case.root, f"--signed={number}"))
    assert (case.root / "data/releases.csv").read_text(encoding="utf-8").rstrip().endswith(f",{number}")
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集任何信息。")
    rebuilt(case.root)
    refused(publish(case.root, f"--signed={number}"), f"签的是 {number}，现在的内容是", "重新签")


def test_records_are_committed_tagged_and_pushed(case: Case, server: Server, tmp_path: Path) -> None:
    """记录提交、推到仓库，一次发布一个标签；别人先推了记录的，两边的行都在；再来一次没有新的。"""
    fabu(case.root, {"名称": "服务器", **server.entry})
    rebuilt(case.root)
    shutil.rmtree(server.folder / "x", ignore_errors=True)
    jia, yi = clones(case, tmp_path)
    built(jia)
    succeeded(publish(jia))
    record = yi / "data/releases.csv"
    record.write_text("时间,去处,提交,内容编号,文件校验,签发\n", encoding="utf-8")
    with record.open("a", encoding="utf-8") as file:
        file.write(f"2026-11-19 08:00:00,镇里,{git(yi, 'rev-parse', 'HEAD')},aaaa-bbbb-cccc,{'0' * 64},\n")
    git(yi, "add", "data/releases.csv")
    git(yi, "commit", "--quiet", "--message=记录")
    git(yi, "push", "--quiet", "origin", "HEAD:main")
    done = call("commit", "--root", str(jia))
    assert (done.returncode, done.stdout) == (0, "记录提交好了，推到了仓库。\n"), done.stderr
    again = call("commit", "--root", str(jia))
    assert again.stdout == "没有新的记录，推到了仓库。\n"
    origin = tmp_path / "origin.git"
    rows = git(origin, "show", "main:data/releases.csv").splitlines()
    assert {row.split(",")[1] for row in rows[1:]} >= {"服务器", "镇里"}
    tags = git(origin, "tag").splitlines()
    assert "release-20261120-090000" in tags and "release-20261119-080000" in tags
    about = git(origin, "for-each-ref", "--format=%(contents)", "refs/tags/release-20261120-090000")
    assert about.startswith(f"{DAY} 09:00:00 发布：服务器\n内容编号 {content_number(jia)}")


def test_a_remote_place_goes_back_by_building_again(case: Case, server: Server) -> None:
    """退回上一版：由当时的提交重新生成，一个字节不差；程序变了、和当时不一样的不退；退了还能再发。"""
    fabu(case.root, {"名称": "服务器", **server.entry})
    rebuilt(case.root)
    old = contents(case.root / "site")
    succeeded(publish(case.root))
    back = ("服务器", "--root", str(case.root), "--as-of", DAY)
    refused(call("rollback", *back), "没有更早的一版")
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集任何信息。")
    rebuilt(case.root)
    succeeded(publish(case.root))
    new = contents(case.root / "site")
    assert contents(server.folder).items() >= new.items()
    done = call("rollback", *back)
    succeeded(done)
    assert "退好了" in done.stdout
    assert contents(server.folder).items() >= old.items()
    succeeded(publish(case.root))
    assert contents(server.folder).items() >= new.items()

    path = case.root / "data/releases.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(服务器,.*),[0-9a-f]{64},", rf"\1,{'0' * 64},", text, count=1), encoding="utf-8")
    refused(call("rollback", *back), "和当时发布的不一样，没有退")


# ---- 远处的毛病 ----


def broken(entry: dict[str, object], **more: object) -> Target:
    return Target.model_validate({"名称": "远处", **entry, **more})


WRONG_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
OTHER_HOST = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
TROUBLES = {
    "服务器：私钥不对": ("服务器", {}, {"FABU_SIYAO": WRONG_KEY}, "私钥读不懂"),
    "服务器：目录是文件": ("服务器", {"目录": "/etc/hostname"}, {}, "「目录」写的是一个文件"),
    "服务器：换了主机": ("服务器", {"主机公钥": OTHER_HOST}, {}, "服务器的公钥和「主机公钥」对不上"),
    "服务器：没有开": ("服务器", {"端口": 1}, {}, "对方没有开这个服务"),
    "服务器：没有这台主机": ("服务器", {"地址": "mei-you.invalid"}, {}, "找不到这台主机"),
    "FTP：密码不对": ("FTP", {}, {"FABU_MIMA": "bu-dui"}, "对方不认用户和密码（或私钥）"),
    "FTP：不支持加密": ("FTP", {"加密": "是"}, {}, "对方不支持加密的 FTP"),
    "WebDAV：密码不对": ("WebDAV", {}, {"FABU_MIMA": "bu-dui"}, "对方不认用户和密码（或私钥）"),
    "对象存储：密钥不对": ("对象存储", {}, {"FABU_MIYAO": "bu-dui"}, "对方不认用户和密码（或私钥）"),
    "对象存储：没有这个桶": ("对象存储", {"桶": "mei-you"}, {}, "没有这个桶"),
}


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        homes = {kind: tmp_path_factory.mktemp("server") for kind in KINDS}
        yield {kind: stack.enter_context(start(homes[kind])) for kind, start in KINDS.items()}


@pytest.mark.parametrize("name", TROUBLES)
def test_troubles_far_away_are_said_plainly(all_kinds: dict[str, Server], tmp_path: Path, name: str) -> None:
    """读、写出的错都是一句白话；密码不在话里。"""
    kind, entry, env, words = TROUBLES[name]
    server = all_kinds[kind]
    target = broken({**server.entry, **entry})
    store = Store(target, settings(target, {**server.env, **env}))
    (tmp_path / "x.html").write_text("x", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        store.read("manifest.json")
        store.put(tmp_path, ["x.html"])
    assert words in str(caught.value)
    assert not re.search("bu-dui|[A-Za-z]{4,} [a-z]{3,}", str(caught.value).replace("data/fabu.yml", "")), caught.value


def test_a_key_is_read_however_it_was_pasted(server: Server, tmp_path: Path) -> None:
    """私钥存在环境变量里，换行成了 CRLF、空格、两个字的 \\n，多了引号、缩进、BOM，都认（rclone #7921）。"""
    key, target = server.env["FABU_SIYAO"], broken({**server.entry, "主机公钥": f"{server.entry['主机公钥']} root@web"})
    changed = {
        "CRLF": key.replace("\n", "\r\n"),
        "两个字": key.strip().replace("\n", "\\n"),
        "空格": key.strip().replace("\n", " "),
        "引号": f'"{key}"',
        "缩进和 BOM": "\ufeff" + "\n".join(f"  {line}" for line in key.splitlines()),
    }
    for name, value in changed.items():
        assert Store(target, settings(target, {"FABU_SIYAO": value})).read("manifest.json") is None, name
    for value in (str(tmp_path / "id_ed25519"), keypair(tmp_path / "id_ed25519")):
        with pytest.raises(Refusal, match="环境变量 FABU_SIYAO 里的不是私钥"):
            settings(target, {"FABU_SIYAO": value})


def test_a_key_with_a_passphrase(tmp_path: Path) -> None:
    """带口令的私钥：口令放在「密码」的变量里就行；没有放，说带着口令。"""
    with KINDS["服务器"](tmp_path / "far") as server:
        (tmp_path / "far/authorized").write_text(keypair(tmp_path / "key", "kou-ling-9") + "\n", encoding="utf-8")
        env = {"FABU_SIYAO": (tmp_path / "key").read_text(encoding="utf-8"), "FABU_MIMA": "kou-ling-9"}
        target = broken({**server.entry, "密码": "FABU_MIMA"})
        assert Store(target, settings(target, env)).read("manifest.json") is None
        bare = broken(server.entry)
        with pytest.raises(Refusal, match="私钥带着口令"):
            Store(bare, settings(bare, env)).read("manifest.json")


def test_a_server_that_will_not_rename_over_a_file(tmp_path: Path) -> None:
    """IIS 改名时不肯盖掉已有的：就地写过去，不剩半个文件。"""
    with iis(tmp_path / "far") as server:
        target = broken(server.entry)
        store = Store(target, settings(target, server.env))
        for text in ("旧的", "新的"):
            (tmp_path / "x.html").write_text(text, encoding="utf-8")
            store.put(tmp_path, ["x.html"])
            store.write("manifest.json", text.encode())
        assert {path.name: path.read_text(encoding="utf-8") for path in server.folder.iterdir()} == {
            "x.html": "新的",
            "manifest.json": "新的",
        }


def test_settings_of_rclone_itself_are_not_heard(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """电脑上别的用处设的 RCLONE_… 变量，不叫这里少传、不传。"""
    monkeypatch.setenv("RCLONE_DRY_RUN", "true")
    target = broken(server.entry)
    Store(target, settings(target, server.env)).write("x.html", b"x")
    assert (server.folder / "x.html").read_bytes() == b"x"


def test_a_damaged_manifest_stops(case: Case, server: Server) -> None:
    """远处的 manifest.json 坏了：不知道那里是什么，不发。"""
    fabu(case.root, {"名称": "服务器", **server.entry})
    rebuilt(case.root)
    (server.folder / "manifest.json").write_text('{"sources": "x", "fi', encoding="utf-8")
    refused(publish(case.root), "服务器上的 manifest.json 读不懂", "移走它")
    assert [path.name for path in server.folder.iterdir()] == ["manifest.json"]


def test_a_branch_that_may_not_be_replaced(case: Case, tmp_path: Path) -> None:
    """网页的分支受保护，不许强推；这份仓库只取了最近的历史：各说各的。"""
    bare = tmp_path / "pages.git"
    git(tmp_path, "init", "--bare", "--quiet", str(bare))
    fabu(case.root, {"名称": "网页", "种类": "托管平台", "仓库": str(bare), "分支": "pages"})
    rebuilt(case.root)
    succeeded(publish(case.root))
    git(bare, "config", "receive.denyNonFastForwards", "true")
    case.edit("docs/guanyu/yinsi.md", "不收集信息。", "不收集任何信息。")
    rebuilt(case.root)
    refused(publish(case.root), "网页：仓库不让整个换掉「pages」这个分支", "去掉对它的保护")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", case.root.as_uri(), str(shallow))
    built(shallow)
    refused(publish(shallow), "这份仓库只取了一部分历史", "git fetch --unshallow")


def test_a_full_disk_far_away(server: Server, tmp_path: Path) -> None:
    """对方的磁盘满了：说满了，旧的还在。"""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=False).returncode:
        pytest.skip("这里不能挂载磁盘")
    try:
        (place / "old.html").write_text("旧的", encoding="utf-8")
        (tmp_path / "new.bin").write_bytes(b"x" * 300_000)
        target = broken({**server.entry, "目录": str(place)})
        store = Store(target, settings(target, server.env))
        with pytest.raises(Refusal, match=r"远处：.*磁盘满了"):
            store.put(tmp_path, ["new.bin"])
        assert (place / "old.html").read_text(encoding="utf-8") == "旧的"
    finally:
        subprocess.run(["umount", str(place)], check=True)

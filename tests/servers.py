"""真的服务器，只在本机听：OpenSSH 的 SFTP，pyftpdlib 的 FTP，rclone 的 WebDAV、S3。各自把一个文件夹当作远处。"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD, KEY = "fabu", "bu-gongkai-9", "mi-yao-99"
RCLONE = Path(sys.executable).with_name("rclone")


@dataclass(frozen=True)
class Server:
    """folder：传上去的文件在本机的哪里。entry：data/fabu.yml 里的一条。env：它要的环境变量。

    swaps：换一个文件是不是一步换成；rclone serve s3 先删再写，真的对象存储不是这样。
    """

    folder: Path
    entry: dict[str, object]
    env: dict[str, str]
    swaps: bool = True


def free_port() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])


@contextmanager
def listening(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        for _ in range(600):
            assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            with socket.socket() as each:
                if each.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def keypair(path: Path, passphrase: str = "") -> str:
    """建一对密钥；返回公钥。"""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path.with_suffix(".pub").read_text(encoding="utf-8").strip()


@contextmanager
def openssh(home: Path) -> Iterator[Server]:
    """真的 sshd；只许 SFTP，用私钥进。"""
    folder = home / "www"
    folder.mkdir(parents=True)
    port, host = free_port(), keypair(home / "host")
    (home / "authorized").write_text(keypair(home / "client") + "\n", encoding="utf-8")
    lines = (
        f"ListenAddress 127.0.0.1:{port}\nHostKey {home}/host\nAuthorizedKeysFile {home}/authorized\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
        "ForceCommand internal-sftp\n"
    )
    (home / "sshd_config").write_text(lines, encoding="utf-8")
    Path("/run/sshd").mkdir(exist_ok=True)
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    with listening([program, "-D", "-e", "-f", str(home / "sshd_config")], port, home / "log"):
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        entry: dict[str, object] = {
            "种类": "服务器",
            "地址": "127.0.0.1",
            "端口": port,
            "用户": user,
            "目录": str(folder),
        }
        entry |= {"主机公钥": host, "私钥": "FABU_SIYAO"}
        yield Server(folder, entry, {"FABU_SIYAO": (home / "client").read_text(encoding="utf-8")})


def _rclone(kind: str, home: Path, port: int, *more: str) -> list[str]:
    return [str(RCLONE), "serve", kind, str(home), f"--addr=127.0.0.1:{port}", "--config=", *more]


@contextmanager
def ftp(home: Path) -> Iterator[Server]:
    folder = home / "www"
    folder.mkdir(parents=True)
    port = free_port()
    command = [sys.executable, "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", str(port), "-w", "-d", str(folder)]
    with listening([*command, "-u", USER, "-P", PASSWORD], port, home / "log"):
        entry = {
            "种类": "FTP",
            "地址": "127.0.0.1",
            "端口": port,
            "用户": USER,
            "密码": "FABU_MIMA",
            "目录": "/",
            "加密": "否",
        }
        yield Server(folder, entry, {"FABU_MIMA": PASSWORD})


IIS = """
import sys
from pathlib import Path
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
class Handler(FTPHandler):
    authorizer = DummyAuthorizer()
    def ftp_RNTO(self, path):
        if Path(path).exists():
            return self.respond("550 Cannot create a file when that file already exists. ")
        return super().ftp_RNTO(path)
port, folder, user, password = sys.argv[1:]
Handler.authorizer.add_user(user, password, folder, perm="elradfmwMT")
FTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
"""


@contextmanager
def iis(home: Path) -> Iterator[Server]:
    """改名时不肯盖掉已有文件的 FTP，Windows 的 IIS 就是（aeroftp #864、dg/ftp-deployment #5、lftp #353）。"""
    folder = home / "www"
    folder.mkdir(parents=True)
    port = free_port()
    with listening([sys.executable, "-c", IIS, str(port), str(folder), USER, PASSWORD], port, home / "log"):
        entry: dict[str, object] = {"种类": "FTP", "地址": "127.0.0.1", "端口": port, "用户": USER, "密码": "FABU_MIMA"}
        yield Server(folder, entry | {"目录": "/", "加密": "否"}, {"FABU_MIMA": PASSWORD}, swaps=False)


@contextmanager
def cut(port: int, after: int) -> Iterator[int]:
    """夹在中间的一道，传上去这么多字节就断，再也连不上；返回它的端口。"""
    left = [after]

    def carry(source: socket.socket, to: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while content := source.recv(4096):
                left[0] -= len(content) if up else 0
                if left[0] <= 0:
                    break
                to.sendall(content)
        for each in (source, to):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                if left[0] <= 0:
                    here.close()
                    continue
                there = socket.create_connection(("127.0.0.1", port))
                for pair in ((here, there, True), (there, here, False)):
                    threading.Thread(target=carry, args=pair, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield int(listener.getsockname()[1])


@contextmanager
def webdav(home: Path) -> Iterator[Server]:
    folder = home / "www"
    folder.mkdir(parents=True)
    port = free_port()
    cache = ("--vfs-cache-mode=writes", "--vfs-write-back=0s", f"--cache-dir={home / 'cache'}")
    login = (f"--user={USER}", f"--pass={PASSWORD}")
    with listening(_rclone("webdav", folder, port, *login, *cache), port, home / "log"):
        entry = {"种类": "WebDAV", "地址": f"http://127.0.0.1:{port}", "用户": USER, "密码": "FABU_MIMA"}
        yield Server(folder, entry, {"FABU_MIMA": PASSWORD})


@contextmanager
def s3(home: Path) -> Iterator[Server]:
    folder = home / "data" / "guofang"
    folder.mkdir(parents=True)
    port = free_port()
    login = (
        f"--auth-key={USER},{KEY}",
        "--vfs-cache-mode=writes",
        f"--cache-dir={home / 'cache'}",
        "--vfs-write-back=0s",
    )
    with listening(_rclone("s3", home / "data", port, *login), port, home / "log"):
        entry: dict[str, object] = {
            "种类": "对象存储",
            "服务商": "其他",
            "地址": f"http://127.0.0.1:{port}",
            "桶": "guofang",
        }
        entry |= {"访问号": "FABU_FANGWENHAO", "密钥": "FABU_MIYAO"}
        yield Server(folder, entry, {"FABU_FANGWENHAO": USER, "FABU_MIYAO": KEY}, swaps=False)


@contextmanager
def nginx(folder: Path, home: Path) -> Iterator[tuple[str, Path]]:
    """nginx 用 https 把一个文件夹给人看；返回网址和它的证书。"""
    home.mkdir(parents=True)
    port, certificate = free_port(), home / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-days", "3650", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made, *names, "-keyout", home / "key.pem", "-out", certificate], check=True, capture_output=True)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {home}/{kind};" for kind in kinds)
    tls = f"listen 127.0.0.1:{port} ssl; ssl_certificate {certificate}; ssl_certificate_key {home}/key.pem;"
    (home / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {home}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {temporary} server {{ {tls} root {folder}; }} }}\n",
        encoding="utf-8",
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with listening([program, "-p", str(home), "-e", "stderr", "-c", str(home / "nginx.conf")], port, home / "log"):
        yield f"https://127.0.0.1:{port}/", certificate


KINDS = {"服务器": openssh, "FTP": ftp, "WebDAV": webdav, "对象存储": s3}

"""nginx：照栏目整包里的样例配置启动；wrk 压 30 秒，Lighthouse 也从这里看。"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from .generate import ROOT
from .measure import FailedError, environment
from .peers import CACHE, MAIN, SkippedError, debian, npm
from .serve import fetch, port

BINARIES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"
LOADED = {"首页": "index.html", "法律原文": "xuexi/falv/guofang-fa.html", "搜索索引": "assets/search/core.js"}
SEEN = {
    "首页": "index.html",
    "办事指南": "banshi/youdaizheng.html",
    "村史馆": "cunshiguan/shilicun.html",
    "年度数据": "shuju/2023.html",
    "法律原文": "xuexi/falv/guofang-jiaoyu-fa.html",
}
CHROMIUM = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
    "bytes": "total-byte-weight",
}


def package(site: Path) -> Path:
    """做一次栏目整包，解开；返回里面最外一层的文件夹。"""
    dist, target = CACHE / "load/dist", CACHE / "load/column"
    shutil.rmtree(CACHE / "load", ignore_errors=True)
    target.mkdir(parents=True)
    command = [str(MAIN / "bin/python"), "-m", "channels", "column", "--site", str(site), "--dist", str(dist)]
    done = subprocess.run(
        [*command, "--prefix", "/"], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FailedError(f"栏目整包没有做成：{done.stdout[-500:]}")
    (made,) = dist.glob("column-*.tar.gz")
    with tarfile.open(made) as archive:
        archive.extractall(target, filter="data")
    return next(target.iterdir())


@contextmanager
def nginx(site: Path) -> Iterator[int]:
    """样例配置只换端口和文件夹；返回端口。"""
    program = shutil.which("nginx", path=BINARIES)
    if not program:
        debian("nginx")
        program = shutil.which("nginx", path=BINARIES) or "nginx"
    inside, number = package(site), port()
    sample = (inside / "nginx.conf.sample").read_text(encoding="utf-8")
    sample, listens = re.subn(r"listen 80;", f"listen 127.0.0.1:{number};", sample)
    sample, roots = re.subn(r"alias \S+;", f"alias {inside}/guofang-jiaoyu/;", sample)
    assert (listens, roots) == (1, 1), "样例配置的写法变了"
    run = CACHE / "load/nginx"
    run.mkdir()
    (run / "site.conf").write_text(sample, encoding="utf-8")
    temporary = "".join(f"{k}_temp_path {run}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    (run / "nginx.conf").write_text(
        f"daemon off;\n{user}worker_processes auto;\npid {run}/pid;\nerror_log stderr;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{ access_log off; sendfile on; {temporary} include {run}/site.conf; }}\n",
        encoding="utf-8",
    )
    command = [program, "-p", str(run), "-e", "stderr", "-c", str(run / "nginx.conf")]
    log = (run / "log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(200):
            if fetch(number, "index.html"):
                break
            if server.poll() is not None:
                raise FailedError((run / "log").read_text(encoding="utf-8"))
            time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def load(site: Path, seconds: int = 30) -> dict[str, object]:
    """首页、一部法、一份索引：每秒多少次，99% 的在多少毫秒以内，出错几次。"""
    debian("wrk")
    script = CACHE / "wrk.lua"
    script.write_text(
        "done = function(summary, latency)\n"
        '  io.write(string.format("JSON {\\"requests\\": %d, \\"us\\": %d, \\"p50\\": %d, \\"p99\\": %d, '
        '\\"bytes\\": %d, \\"bad\\": %d}\\n", summary.requests, summary.duration, latency:percentile(50), '
        "latency:percentile(99), summary.bytes, summary.errors.status + summary.errors.connect + "
        "summary.errors.read + summary.errors.write + summary.errors.timeout))\nend\n",
        encoding="utf-8",
    )
    found: dict[str, object] = {"seconds": seconds, "threads": 2, "connections": 50}
    with nginx(site) as number:
        for kind, url in LOADED.items():
            command = ["wrk", "-t2", "-c50", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", "-s", str(script)]
            done = subprocess.run(
                [*command, f"http://127.0.0.1:{number}/{url}"], capture_output=True, text=True, check=True
            )
            said = json.loads(next(line for line in done.stdout.split("\n") if line.startswith("JSON "))[5:])
            found[kind] = {
                "url": url,
                "rps": round(said["requests"] / said["us"] * 1e6),
                "p50_ms": round(said["p50"] / 1000, 2),
                "p99_ms": round(said["p99"] / 1000, 2),
                "bytes_each": said["bytes"] // max(said["requests"], 1),
                "errors": said["bad"],
            }
    return found


def lighthouse(site: Path, times: int = 3) -> dict[str, object]:
    """各种网页的中位数：手机、慢 4G（Lighthouse 的默认）。"""
    if not Path("/usr/bin/chromium-headless-shell").exists():
        raise SkippedError("没有 /usr/bin/chromium-headless-shell")
    program = npm() / "lighthouse"
    found: dict[str, object] = {}
    with nginx(site) as number:
        for kind, url in SEEN.items():
            reports = [_report(program, f"http://127.0.0.1:{number}/{url}") for _ in range(times)]
            found[kind] = {name: round(median(each[name] for each in reports), 3) for name in reports[0]}
    return found


def _report(program: Path, address: str) -> dict[str, float]:
    flags = f"--chrome-flags={' '.join((*CHROMIUM, *QUIET))}"
    command = [str(program), address, "--quiet", "--output=json", "--no-enable-error-reporting", flags]
    env = environment({"CHROME_PATH": "/usr/bin/chromium-headless-shell"})
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise SkippedError(f"lighthouse 没有跑成：{done.stderr.strip()[-300:]}")
    said = json.loads(done.stdout)
    scores = {name: round((said["categories"][name]["score"] or 0) * 100) for name in SCORES}
    return scores | {name: said["audits"][audit]["numericValue"] for name, audit in TIMES.items()}

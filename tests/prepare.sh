#!/bin/sh
# 测试要用 Chromium、中文字体、nginx、sshd、poppler（读 PDF）、faketime（换时钟）、npm 的工具：缺了就装；装不了就说清楚要装什么。
# prepare.sh all：make test-all 另要 Firefox。
set -eu
cd "$(dirname "$0")"
missing=""
command -v chromium-headless-shell >/dev/null 2>&1 || missing="$missing chromium-headless-shell"
fc-list :lang=zh 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fonts-noto-cjk"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx"
command -v sshd >/dev/null 2>&1 || [ -x /usr/sbin/sshd ] || missing="$missing openssh-server"
command -v faketime >/dev/null 2>&1 || missing="$missing faketime"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ "${1:-}" != all ] || command -v firefox-esr >/dev/null 2>&1 || missing="$missing firefox-esr"
if [ -n "$missing" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  installed=""
  if command -v apt-get >/dev/null 2>&1 && $sudo true 2>/dev/null; then
    echo "安装测试要用的：$missing"
    # shellcheck disable=SC2086
    if { DEBIAN_FRONTEND=noninteractive $sudo apt-get update -qq \
      && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing; } >../.venv/apt.log 2>&1; then
      installed=yes
    fi
  fi
  if [ -z "$installed" ]; then
    echo "测试还缺：$missing。请先装上（Debian：sudo apt install$missing），再运行 make test"
    exit 1
  fi
fi

# html-validate 要 Node.js 20.19 以上；没有就少这一项，不拦别的测试
if ! command -v npm >/dev/null 2>&1; then
  echo "没有 Node.js，HTML 校验（tests/test_html.py）等几项跳过；要跑，请装 Node.js 20.19 以上"
elif ! cmp -s package-lock.json node_modules/.locked; then
  if npm ci --silent --no-audit --no-fund >/dev/null 2>../.venv/npm.log; then
    cp package-lock.json node_modules/.locked
  else
    echo "npm 的工具没有装上（原因在 .venv/npm.log），HTML 校验等几项跳过"
    rm -rf node_modules
  fi
fi

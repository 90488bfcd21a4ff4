# 在项目的文件夹里打 make 加一个词。第一次会自己准备好环境。
.PHONY: help site serve check sheet report clean-images links audit sbom test test-all channels bench load schemas lock upgrade fresh start new import tidy excel reminders publish record wechat rollback withdraw verify archive zensical clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
export PYTHONDONTWRITEBYTECODE := 1
export PYTHONUTF8 := 1

# 系统的 Python 换了版本、没有了，旧环境就用不了：重做一遍
ifneq ($(shell $(BIN)/python -I -c 'import pip' >/dev/null 2>&1 || echo no),)
.PHONY: $(BIN)/python $(VENV)/site.stamp $(VENV)/dev.stamp
endif

# 一步做不成，make 会再打一行英文（make: *** … Error 1）。它收到 QUIT 就等这一步走完，返回 1，什么也不说；收到
# Ctrl+C 也要等这一步自己走完。所以都停一下再走。在后台运行、QUIT 进不来的，照平常的样子停
.NOTPARALLEL:
.SHELLFLAGS = -c 'trap "sleep 0.2; exit 0" INT; (trap : INT; eval "$$1") || { trap "kill -QUIT $$PPID; sleep 0.2; exit 0" QUIT; kill -QUIT $$$$; exit 1; }' sh

help: ## 有哪些词可以用
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

.DEFAULT:
	@echo "没有「$@」这个词；make help 列出全部的词" >&2; exit 1

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "没有 Python 3.11 或更新的版本；先装上 python3，或写明在哪里：make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); echo "建不了 Python 的环境 $(VENV)；装上 venv 模块（Debian：apt install python3-venv），再看看磁盘满没满" >&2; exit 1; }

INSTALL = echo "准备环境，第一次要几分钟……"; $(BIN)/python -m pip --disable-pip-version-check install --require-hashes -r $< >$(VENV)/pip.log 2>&1 \
	|| { echo "$< 里的库没有装上；看看通不通网、磁盘满没满，详细的在 $(VENV)/pip.log" >&2; exit 1; }

$(VENV)/site.stamp: requirements.txt | $(BIN)/python
	@$(INSTALL)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/site.stamp
	@$(INSTALL)
	@touch $@

site: $(VENV)/site.stamp ## 生成网站，放在 site/
	@$(BIN)/python -m macros

serve: $(VENV)/site.stamp ## 边改边看：浏览器打开 http://127.0.0.1:8000/；手机也看：make serve LAN=1
	@$(BIN)/python -m desk.serve --lan="$$LAN"

# 托管平台上的工作流只调用这里的词（.github/workflows/）
.PHONY: check-site check-commits fonts package due approved links freshness audit
check-site: $(VENV)/site.stamp ## 检查生成好的网站 site/
	@$(BIN)/python -m checks built --site site

check-commits: $(VENV)/site.stamp ## 提交里加过什么，删掉的也查：make check-commits COMMITS=main..HEAD
	@$(BIN)/python -m checks --commits="$$COMMITS"

fonts: ## 各渠道要的字体，没有就装上（Debian、Ubuntu）
	@fc-list :lang=zh 2>/dev/null | grep -qi "noto.*cjk" || { [ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends fonts-noto-cjk; } >/dev/null 2>&1 \
	|| { echo "没有装上字体；请先装上 Noto CJK（Debian：apt install fonts-noto-cjk）" >&2; exit 1; }

package: $(VENV)/dev.stamp ## 由 site/ 做出交给县里的栏目包；演示的不做
	@if grep -qs '^演示: *是' data/township.yml; then echo "这是演示网站，不发布，也不做栏目包"; else $(BIN)/python -m channels column; fi

due: $(VENV)/site.stamp ## 现在这个提交要不要发布：演示的、发过的不发
	@$(BIN)/python -m release.due

approved: $(VENV)/site.stamp ## 这次运行有没有人点过同意，算签发
	@$(BIN)/python -m release.approval

links: $(VENV)/site.stamp ## 联网看外部链接还打不打得开
	@$(BIN)/python -m checks.online

freshness: $(VENV)/site.stamp ## 哪些太久没有核对
	@$(BIN)/python -m checks freshness

audit: $(VENV)/dev.stamp ## 联网查依赖有没有公开的漏洞
	@$(BIN)/uvx pip-audit@2.10.1 --strict --disable-pip --require-hashes -r requirements-dev.txt || { echo "有依赖要更新，或者没有查成：看上面；更新用 make upgrade"; exit 1; }

sbom: $(VENV)/dev.stamp ## 做软件物料清单（CycloneDX）：dist/sbom.cdx.json
	@$(BIN)/python -m release.sbom

check: $(VENV)/site.stamp ## 检查数据和页面，几秒钟
	@$(BIN)/python -m checks

sheet: $(VENV)/dev.stamp ## 做信息发布审批单，打印出来给人签：dist/sheet.html 和 sheet.docx
	@$(BIN)/python -m papers.sheet

report: site ## 做自查表：dist/report.html 和 dist/report.csv
	@$(BIN)/python -m papers.report --site=site

import: $(VENV)/dev.stamp ## 一份稿子变成一页草稿：make import FILE=稿子.docx [PHOTOS=文件夹]；工作簿读回来：FILE=年度数据.xlsx
	@$(BIN)/python -m desk.intake "$$FILE" --photos="$$PHOTOS" --title="$$TITLE" --date="$$DATE" --source="$$SOURCE" --reason="$$REASON" --sure="$$SURE"

tidy: $(VENV)/site.stamp ## 整理粘来的文字，只动空白、标点、记号：make tidy FILE=docs/….md
	@$(BIN)/python -m desk.tidying "$$FILE"

clean-images: $(VENV)/site.stamp ## 图片只留画面，附件去掉作者等，写错的图片名改好
	@$(BIN)/python -m checks.images

# 测试要开几百次 Python：编译好的留着用（__pycache__），不每次从源代码编译
test test-all: export PYTHONDONTWRITEBYTECODE :=
# 有的测试在等（断线、预览、别的程序），所以比核多开一个
WORKERS = -n $$(($$(nproc 2>/dev/null || echo 2) + 1))

test: $(VENV)/dev.stamp ## 跑全部测试（需要的浏览器和字体会自己装）
	@sh tests/prepare.sh
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m pytest $(WORKERS) --dist worksteal

test-all: $(VENV)/dev.stamp ## 加上每一页乘每一种看法的浏览器测试，时间长
	@sh tests/prepare.sh all
	@$(BIN)/python -m pytest $(WORKERS) --dist worksteal -m 'full or not full'

schemas: $(VENV)/site.stamp ## 改了数据模型以后，重写 schemas/
	@$(BIN)/python -m macros.model.schemas

channels: $(VENV)/dev.stamp site ## 做出各渠道的成品，放在 dist/
	@$(BIN)/python -m channels all

bench: $(VENV)/dev.stamp ## 和同类工具比快慢、量搜索和网页（一小时上下；先停下别的事），结果写进 HACKING.md
	@$(BIN)/python -m tests.bench $(BENCH)
	@$(BIN)/python -m tests.bench table

load: $(VENV)/dev.stamp ## 用 nginx 样例配置压一压，每个地址 30 秒
	@$(BIN)/python -m tests.bench load
	@$(BIN)/python -m tests.bench table

fresh: $(VENV)/site.stamp ## 清掉演示内容，变成一个空乡镇
	@$(BIN)/python -m macros.fresh

start: $(VENV)/dev.stamp ## make fresh 以后的头一天：问本镇的事实，写进 data/；或照填好的表写：make start FILE=首日表.xlsx
	@$(BIN)/python -m desk.start --file="$$FILE" --town="$$TOWN" --county="$$COUNTY" --sure="$$SURE"

new: $(VENV)/dev.stamp ## 写一篇活动的草稿：问五样，放好照片，打开预览
	@$(BIN)/python -m desk.new --name="$$NAME" --date="$$DATE" --place="$$PLACE" --source="$$SOURCE" --channels="$$CHANNELS" --photos="$$PHOTOS"

excel: $(VENV)/dev.stamp ## 把数据写成 Excel 工作簿，放在 dist/excel/；填好用 make import 读回来
	@$(BIN)/python -m desk.excel

reminders: $(VENV)/site.stamp ## 哪些哪天要核对，写成办公室日历用的 dist/reminders.ics
	@$(BIN)/python -m desk.reminders

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: $(VENV)/dev.stamp ## 改了 pyproject.toml 以后，重写 requirements*.txt 里锁定的版本和校验值
	@$(LOCK) $(NEWEST) pyproject.toml -o requirements.txt
	@$(LOCK) $(NEWEST) --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt

upgrade: NEWEST := --upgrade
upgrade: lock ## 依赖全部换成能用的最新一版；换完运行 make test

# 值从环境里取，不经 shell 展开：原因里可以有引号和空格
publish: $(VENV)/site.stamp ## 检查以后发布：make publish [TO=去处或文件夹] [SIGNED=内容编号]
	@$(BIN)/python -m release.publish "$$TO" --site="$${SITE:-site}" --signed="$$SIGNED"

record: $(VENV)/site.stamp ## 把发布的记录提交、推到仓库，每次发布一个标签
	@$(BIN)/python -m release.commit

rollback: $(VENV)/site.stamp ## 退回上一版：make rollback TO=去处或文件夹
	@$(BIN)/python -m release.rollback "$$TO"

withdraw: $(VENV)/site.stamp ## 撤下一页：make withdraw PAGE=docs/….md REASON="原因"，先说会做什么，看过再加 SURE=是
	@$(BIN)/python -m release.withdraw "$$PAGE" --reason="$$REASON" --sure="$$SURE"

verify: $(VENV)/site.stamp ## 核对一份网站的副本有没有被动过：make verify SITE=文件夹
	@$(BIN)/python -m release.verify "$${SITE:-site}"

wechat: check site $(VENV)/dev.stamp ## 改过的公众号文章送进草稿箱，不发表；公众号写在 data/fabu.yml
	@$(BIN)/python -m channels wechat
	@$(BIN)/python -m release.draftbox

archive: $(VENV)/site.stamp ## 封存一年：make archive YEAR=2020
	@$(BIN)/python -m release.archive "$$YEAR"

# 设置由 mkdocs.yml 和 data/ 写出；它不认识 on_post_build，所以另叫一步
zensical: $(VENV)/dev.stamp ## 接班演练：用 Zensical 生成同一个网站，放在 site-zensical/
	@$(BIN)/python -m checks data pages
	@$(BIN)/python -m macros.outputs settings zensical.yml
	@rm -rf site-zensical && sed -i 's/^site_dir:.*/site_dir: site-zensical/' zensical.yml
	@PYTHONPATH=. $(BIN)/python -m zensical build --config-file zensical.yml
	@$(BIN)/python -m macros.outputs finish site-zensical
	@rm -f zensical.yml

clean: ## 删掉生成的网站和环境
	@rm -rf site dist site-zensical .site.* $(VENV)

# 在项目的文件夹里打 make 加一个词。第一次会自己准备好环境。
.PHONY: help site serve check sheet report clean-images links audit sbom test test-all channels bench load schemas lock upgrade vendor fresh publish rollback withdraw verify archive zensical clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export NO_MKDOCS_2_WARNING := 1
export PYTHONDONTWRITEBYTECODE := 1

help: ## 有哪些词可以用
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了环境：请先装 python3 的 venv 模块（Debian：apt install python3-venv）"; exit 1; }

$(VENV)/site.stamp: requirements.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/site.stamp
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# 先生成到旁边，成了再换：半路出错、磁盘满了，原来的 site/ 还在
site: $(VENV)/site.stamp ## 生成网站，放在 site/
	@rm -rf .site.new .site.old
	@$(BIN)/mkdocs build --strict --site-dir .site.new || { rm -rf .site.new; echo "没有生成好，原来的 site/ 没有动。上面没有说原因的，多半是磁盘满了"; exit 1; }
	@if [ -e site ]; then mv site .site.old; fi && mv .site.new site && rm -rf .site.old
	@echo "网站生成好了：用浏览器打开 site/index.html"

serve: $(VENV)/site.stamp ## 边改边看：浏览器打开 http://127.0.0.1:8000/
	@$(BIN)/mkdocs serve --quiet --no-strict --dirty

# 托管平台上的工作流只调用这里的词（.github/workflows/）
.PHONY: check-site package links freshness audit
check-site: $(VENV)/site.stamp ## 检查生成好的网站 site/
	@$(BIN)/python -m checks built --site site

package: $(VENV)/dev.stamp ## 由 site/ 做出交给县里的栏目包；演示的不做
	@if grep -q '^演示: *是' data/township.yml; then echo "这是演示网站，不发布，也不做栏目包"; else $(BIN)/python -m channels column; fi

links: $(VENV)/site.stamp ## 联网看外部链接还打不打得开
	@$(BIN)/python -m checks.online

freshness: $(VENV)/site.stamp ## 哪些太久没有核对
	@$(BIN)/python -m checks freshness

audit: $(VENV)/dev.stamp ## 联网查依赖有没有公开的漏洞
	@$(BIN)/uvx pip-audit@2.10.1 --strict --disable-pip --require-hashes -r requirements-dev.txt || { echo "有依赖要更新，或者没有查成：看上面；更新用 make upgrade"; exit 1; }

sbom: $(VENV)/dev.stamp ## 做软件物料清单（CycloneDX）：dist/sbom.cdx.json
	@$(BIN)/python -m checks.sbom

check: $(VENV)/site.stamp ## 检查数据和页面，几秒钟
	@$(BIN)/python -m checks

sheet: $(VENV)/site.stamp ## 做信息发布审批单，打印出来给人签：dist/sheet.html
	@$(BIN)/python -m checks.sheet

report: site ## 做自查表：dist/report.html 和 dist/report.csv
	@$(BIN)/python -m checks.report --site=site

clean-images: $(VENV)/site.stamp ## 去掉照片里的位置、手机型号、拍摄时间
	@$(BIN)/python -m checks.images

test: $(VENV)/dev.stamp ## 跑全部测试（需要的浏览器和字体会自己装）
	@sh tests/prepare.sh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test-all: $(VENV)/dev.stamp ## 加上每一页乘每一种看法的浏览器测试，时间长
	@sh tests/prepare.sh
	@$(BIN)/python -m pytest -n 2 -m 'full or not full'

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

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: $(VENV)/dev.stamp ## 改了 pyproject.toml 以后，重写 requirements*.txt 里锁定的版本和校验值
	@$(LOCK) $(NEWEST) pyproject.toml -o requirements.txt
	@$(LOCK) $(NEWEST) --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt

upgrade: NEWEST := --upgrade
upgrade: lock ## 依赖全部换成能用的最新一版；换完运行 make test

# npm 上的没有压缩，取回后用 terser 压一遍；版本、校验值记在 minisearch.json，测试核对
vendor: ## 更新搜索用的 MiniSearch（要有 npm）
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && out=docs/assets/vendor && mkdir -p $$out \
	&& (cd "$$tmp" && npm pack --silent minisearch@7 >/dev/null && tar xzf minisearch-*.tgz) \
	&& npx --yes terser@5.51.2 "$$tmp/package/dist/umd/index.js" --compress --mangle --comments false \
	    --format "preamble='/* MiniSearch, MIT, see minisearch.LICENSE.txt */'" -o $$out/minisearch.js \
	&& cp "$$tmp/package/LICENSE.txt" $$out/minisearch.LICENSE.txt \
	&& version=$$(node -p 'require(process.argv[1]).version' "$$tmp/package/package.json") \
	&& sum=$$($(PYTHON) -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' $$out/minisearch.js) \
	&& printf '{\n  "名称": "minisearch",\n  "版本": "%s",\n  "许可": "MIT",\n  "来源": "npm 的 minisearch，dist/umd/index.js，用 terser 压缩",\n  "更新": "make vendor",\n  "sha256": "%s"\n}\n' "$$version" "$$sum" > $$out/minisearch.json

# 值从环境里取，不经 shell 展开：原因里可以有引号和空格
publish: $(VENV)/site.stamp ## 检查以后发布：make publish TO=文件夹 [SITE=site]
	@$(BIN)/python -m channels.publish "$$TO" --site="$${SITE:-site}"

rollback: $(VENV)/site.stamp ## 网站退回上一版：make rollback TO=文件夹
	@$(BIN)/python -m channels.rollback "$$TO"

withdraw: $(VENV)/site.stamp ## 撤下一页：make withdraw PAGE=docs/….md REASON="原因"
	@$(BIN)/python -m channels.withdraw "$$PAGE" --reason="$$REASON"

verify: $(VENV)/site.stamp ## 核对一份网站的副本有没有被动过：make verify SITE=文件夹
	@$(BIN)/python -m channels.verify "$${SITE:-site}"

archive: $(VENV)/site.stamp ## 封存一年：make archive YEAR=2020
	@$(BIN)/python -m channels.archive "$$YEAR"

# 设置由 mkdocs.yml 和 data/ 写出；它不认识 on_post_build，所以另叫一步
zensical: $(VENV)/dev.stamp ## 接班演练：用 Zensical 生成同一个网站，放在 site-zensical/
	@$(BIN)/python -m checks data pages
	@$(BIN)/python -m macros.outputs settings zensical.yml
	@rm -rf site-zensical && sed -i 's/^site_dir:.*/site_dir: site-zensical/' zensical.yml
	@PYTHONPATH=. $(BIN)/zensical build --config-file zensical.yml
	@$(BIN)/python -m macros.outputs finish site-zensical
	@rm -f zensical.yml

clean: ## 删掉生成的网站和环境
	@rm -rf site dist site-zensical .site.new .site.old $(VENV)

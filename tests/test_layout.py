"""房子的规矩：谁可以引用谁，清单和代码对得上。"""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator

from macros.model.kinds import MACROS
from macros.model.schemas import SCHEMAS, schema
from macros.model.texttree import Block
from macros.views import VIEWS
from macros.views.about import DOORS, SECTIONS

# 每个包只许引用右边这些（自己包内的随意）；检查、渠道、发布、办公桌互相不认识，要用的叫对方的命令
MAY_IMPORT = {
    "macros.model": set(),
    "macros.views": {"macros.model"},
    "macros.outputs": {"macros.model", "macros.views"},
    "macros.fresh": {"macros.model"},
    "macros": {"macros.model", "macros.views", "macros.outputs", "mkdocs", "click", "pathspec"},
    "checks": {"macros.model"},
    "papers": {"macros.model", "checks"},
    "channels": {"macros.model", "macros.views"},
    "release": {"macros.model"},
    "desk": {"macros.model"},
}
PACKAGES = tuple(dict.fromkeys(name.split(".")[0] for name in MAY_IMPORT))
OUTSIDE = {"mkdocs", "material", "mkdocs_macros", "click", "pathspec"}


def package_of(module: str) -> str:
    """macros.model.years → macros.model"""
    return max((name for name in MAY_IMPORT if module == name or module.startswith(f"{name}.")), key=len, default="")


def imports(path: Path) -> set[str]:
    """一个文件引用的全部模块（相对引用换成全名）。"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    package = parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            found.add(".".join([*base, *([node.module] if node.module else [])]))
    return found


def sources() -> list[Path]:
    return [path for folder in PACKAGES for path in sorted((ROOT / folder).rglob("*.py"))]


def test_imports_go_one_way() -> None:
    """model ← views ← outputs ← macros；model ← checks ← papers；model ← release、desk；macros 自己才认识 MkDocs。"""
    assert len(sources()) > 30
    for path in sources():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        package = package_of(module)
        for name in imports(path):
            target = package_of(name) or (name.split(".")[0] if name.split(".")[0] in OUTSIDE else "")
            if target and target != package:
                assert target in MAY_IMPORT[package], f"{path.relative_to(ROOT)} 不该引用 {name}"


# 同名是有意的：左右写的是同一样东西
MIRRORS = {
    "assets": {"macros/views", "macros/outputs"},  # 样式和脚本的名字，和写成那个名字
    "search": {"macros/views", "macros/outputs"},  # 搜索页，和它的索引（一个文件夹）
    "pages": {"macros/model", "checks"},  # 页面的数据，和查它的
}
SUBJECT = {"macros/model", "macros/views"}  # 一个主题的数据，和它在网页上的样子


def test_no_two_modules_share_a_name() -> None:
    """一个名字一个模块，找得到、说得清；同名的在上面，写着为什么。"""
    places: dict[str, set[str]] = {}
    for path in sources():
        each = path.parent if path.name == "__init__.py" else path.with_suffix("")
        if path.name != "__main__.py":
            places.setdefault(each.name, set()).add(each.parent.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1 and found != SUBJECT} == MIRRORS


def test_model_does_not_load_mkdocs() -> None:
    """只引用数据模型和检查时，MkDocs 和主题都不会被装进来。"""
    heavy = sorted(OUTSIDE - {"click", "pathspec"})
    code = "import sys, macros.model, checks, papers.sheet, release.publish; "
    code += f"print([m for m in sys.modules if m.split('.')[0] in {heavy!r}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_macro_has_a_view_with_the_same_parameters() -> None:
    """宏表和视图一一对应，参数个数、能不能省都一样。"""
    assert set(VIEWS) == set(MACROS)
    for name, view in VIEWS.items():
        parameters = list(inspect.signature(view).parameters.values())[2:]
        declared = MACROS[name].params
        assert [p.default is not inspect.Parameter.empty for p in parameters] == [p.optional for p in declared], name


def test_macro_reference_lists_every_macro() -> None:
    """宏参考页的小标题和代码里的宏一个不多、一个不少，每个都有写法。"""
    text = (ROOT / "docs/guanyu/hong.md").read_text(encoding="utf-8")
    titles = re.findall(r"^### (\w+)：", text, re.MULTILINE)
    assert sorted(titles) == sorted(MACROS)
    for name in titles:
        assert re.search(rf"\{{\{{ {name}\(", text), f"{name} 没有例子"


def test_schemas_are_fresh() -> None:
    """schemas/ 是由模型写出来的；不一样就运行 make schemas。"""
    assert {path.stem for path in (ROOT / "schemas").glob("*.json")} == set(SCHEMAS)
    for name, kind in SCHEMAS.items():
        assert (ROOT / f"schemas/{name}.json").read_text(encoding="utf-8") == schema(kind), f"{name} 过时了"


def test_every_block_is_in_the_table_of_channels() -> None:
    """HACKING.md 的表一种块一行，先后和 Block 一样；七格都写了字。"""
    text = (ROOT / "HACKING.md").read_text(encoding="utf-8")
    table = text.split("## 一块一块，各渠道怎么写")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in re.findall(r"^\|.*`\w+` \|.*$", table, re.M)]
    assert [re.findall(r"`(\w+)`", row[0])[0] for row in rows] == [block.__name__ for block in get_args(Block)]
    assert all(len(row) == 7 and all(row) for row in rows)


def test_one_list_of_what_is_for_the_screen() -> None:
    """只给屏幕用的，名单只有一份。"""
    found = [path for path in sources() if re.search(r"""["',. ]print-only\b""", path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in found] == ["macros/model/textreader.py"]


# JSON Schema 2020-12 里用到的词；别的词编辑器不认识，写了等于没写
KEYWORDS = {
    "$schema",
    "$defs",
    "$ref",
    "type",
    "enum",
    "const",
    "anyOf",
    "title",
    "description",
    "default",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "items",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "pattern",
}
NAMED = {"properties", "$defs", "patternProperties"}  # 下面一层是名字，不是词


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """一份 schema 里的每一层。"""
    if isinstance(value, dict):
        yield value
        for word, each in value.items():
            for inner in each.values() if word in NAMED else [each]:
                yield from nodes(inner)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_say_what_editors_understand(name: str) -> None:
    """写法合元 schema，每个词编辑器都认识，名称是中文或者数据里的键。"""
    written = json.loads((ROOT / f"schemas/{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(written)
    keys = {key for node in nodes(written) for key in node.get("properties", {})}
    for node in nodes(written):
        assert set(node) <= KEYWORDS, sorted(set(node) - KEYWORDS)
        title = node.get("title", "")
        assert re.match("[\u4e00-\u9fff]", title or "无") or title in keys, title


def test_schemas_are_mapped_for_editors() -> None:
    """每份 schema 都对应着真有的数据文件。"""
    mapped = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert set(mapped) == {f"schemas/{name}.json" for name in SCHEMAS}
    for patterns in mapped.values():
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            assert list(ROOT.glob(pattern)), pattern


def test_every_sheet_guards_its_cells() -> None:
    """给人用表格软件打开的 CSV 都经过 cell()；发布记录只由程序读写，不用。"""
    code = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sources()}
    writers = {name for name, text in code.items() if "csv.writer(" in text}
    assert {name for name in writers if "spreadsheet import cell" not in code[name]} == {"macros/model/ledger.py"}


def test_sections_match_the_navigation() -> None:
    """网站地图的栏目先后和 mkdocs.yml 的目录一样。"""
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^      - (\w+)/index\.md$", nav, re.MULTILINE)) == SECTIONS


def test_home_doors_lead_somewhere() -> None:
    """首页八个入口都有页面。"""
    assert len(DOORS) == 8
    for _, url, _ in DOORS:
        assert (ROOT / "docs" / url).with_suffix(".md").is_file(), url


def test_readme_and_ci_run_the_same_tests() -> None:
    """CI 跑的就是 README 写的那一条。"""
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").strip().split("\n")[-1] == "make test"


def test_requirements_are_locked_with_hashes() -> None:
    """每个依赖都钉死版本、带校验值；site 用的都在 dev 里，版本一样。"""

    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", text)
        assert all("--hash=sha256:" in block for block in blocks if "==" in block)
        return {
            f"{m[1]};{m[3] or ''}": m[2] for m in re.finditer(r"^([\w.-]+)==(\S+)( ; [^\\\n]+)?", text, re.MULTILINE)
        }

    site, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert len(site) > 20
    assert site.items() <= dev.items()

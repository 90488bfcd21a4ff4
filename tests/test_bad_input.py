"""坏文件大全：每一种写坏的办法，报在哪个文件哪一行，说的是哪一句话，一处不多，一处不少。"""

from __future__ import annotations

import datetime
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from bad_input import CLEAN, Case, Page, Wanted, text
from bad_input.built import CASES as BUILT
from bad_input.built import Built
from bad_input.corpus import BY_ID, CASES
from bad_input.workshop import Workshop, changed, examine
from conftest import AS_OF, build, check

from checks import Subject, run
from macros.model import listing, load
from macros.model.kinds import MACROS


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def pages_together(workshop: Workshop) -> dict[str, list[Wanted]]:
    """正文的各例放在一个网站里查一次：文件 → 报出来的。"""
    found = defaultdict(list)
    for problem in workshop.problems(*(case for case in CASES if isinstance(case, Page))):
        found[problem.file].append(problem)
    return found


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_bad_input(case: Case, workshop: Workshop, request: pytest.FixtureRequest) -> None:
    """每种坏法报在正确的文件和行，说的是那一句中文，没有连带的误报。"""
    if isinstance(case, Page):
        together = request.getfixturevalue("pages_together")
        found = [problem for file in case.edits for problem in together[file]]
    else:
        found = workshop.problems(case)
    assert listed(found) == listed(case.wanted)


def listed(found: Iterable[Wanted]) -> list[str]:
    return sorted(f"{each.file}:{each.line} {each.level} {each.words}" for each in found)


@pytest.mark.parametrize("step", [160, pytest.param(20, marks=pytest.mark.full)])
def test_looking_at_the_changed_files_is_enough(workshop: Workshop, step: int) -> None:
    """看字的检查只看改了的文件，和全部看一遍，报出来的一样。"""
    for case in [case for case in CASES if case.edits and not isinstance(case, Page)][::step]:
        assert listed(workshop.problems(case, whole=True)) == listed(case.wanted), case.id


def test_together_only_the_bad_pages_are_reported(pages_together: dict[str, list[Wanted]]) -> None:
    assert set(pages_together) <= {file for case in CASES if isinstance(case, Page) for file in case.edits}


def test_corpus_is_large_and_distinct() -> None:
    """坏法不少于 600 种，编号不重复。"""
    assert len(CASES) >= 600
    assert len(BY_ID) == len(CASES)


def test_publishable_site_is_clean(workshop: Workshop) -> None:
    """没有改坏的小网站没有一处问题，连提醒也没有。"""
    assert examine(workshop.root, AS_OF) == []


# 问题里可以出现的拉丁字母：文件、编码、写法的名字
ALLOWED = (
    "YAML UTF BOM CRLF LF NUL GBK ANSI KB MB Tab Ctrl Windows ICP GPS PNG PDF HTML Word Excel WPS CONTRIBUTING "
    "sha main gengzheng data docs yml yaml json md html csv svg png jpg jpeg webp pdf docx xlsx terms "
    "drafting privacy secrecy law https tel mailto raw endraw figure table caption make clean images report "
    "tixing yiju note withdraw PAGE REASON FABU_MIMA FABU_SIYAO SFTP FTP FTPS WebDAV AppID ssh ed AAAA wx "
) + " ".join(MACROS)


def test_no_english_is_shown() -> None:
    """说明和改法里没有英文；文件名、网址和编辑自己写的字不算。"""
    for case in CASES:
        new = (content.decode("utf-8", "replace") for content in case.edits.values() if content)
        written = " ".join([ALLOWED, *case.edits, *new, "shilicun yangban-cun"])
        for wanted in case.wanted:
            said = re.sub(r"(?a)「[^」]*」|《[^》]*》|[0-9a-f]{64}|[\w:-]*[./][\w./:-]*", " ", wanted.words)
            assert all(word in written for word in re.findall("[A-Za-z_]{2,}", said)), wanted.words


# ---- 生成好的网站 ----


@pytest.fixture(scope="module")
def built_site(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small_site, tmp_path_factory.mktemp("built") / "root", symlinks=True))


def examine_built(root: Path) -> list[Wanted]:
    subject = Subject(load(root), datetime.date.fromisoformat(AS_OF), root / "site")
    return [Wanted(each.file, each.line, each.level, each.words) for each in run(subject, ["built"])]


def test_built_site_is_sound(built_site: Path) -> None:
    assert examine_built(built_site) == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in BUILT])
def test_faults_in_the_built_site(case: Built, built_site: Path) -> None:
    """网页上改坏一处，报在哪一页，说的是哪一句话，一处不多。"""
    html = (built_site / "site" / case.file).read_text(encoding="utf-8")
    assert case.old in html
    edits = {f"site/{case.file}": html.replace(case.old, case.new).encode(), **case.edits}
    with changed(built_site, edits):
        found = examine_built(built_site)
    assert listed(found) == listed(case.wanted)


# ---- 值的样子全错 ----

KEY = re.compile(r"\s*(- )?[^:]+:")


def shapes() -> Iterator[object]:
    """每个 YAML 文件里的每一种键：文件、第几行。同一种文件里，缩进一样、名字一样的只算一种。"""
    seen = set()
    for path in sorted(CLEAN.rglob("*.yml")):
        file = path.relative_to(CLEAN).as_posix()
        for number, line in enumerate(text(file).split("\n")):
            match = KEY.match(line)
            if match and (kind := (path.parent if path.parent.name != "data" else path, match[0])) not in seen:
                seen.add(kind)
                yield pytest.param(file, number, match[0], id=f"{file}:{number + 1}")


@pytest.mark.parametrize(("file", "number", "key"), list(shapes()))
def test_any_wrong_shape_is_a_problem_not_a_crash(file: str, number: int, key: str, workshop: Workshop) -> None:
    """每个键的值换成列表、换成下一层的键、换成 0：只会报问题，不会崩，也不漏出程序里的写法。"""
    lines = text(file).split("\n")
    for value in ("[[文字]]", "{文字: 文字}", "0"):
        changed = "\n".join([*lines[:number], f"{key} {value}", *lines[number + 1 :]])
        with workshop.spoilt({file: changed.encode()}):
            shown = listing(load(workshop.root).problems)
        assert not re.search(r"None|\['|\{'|dict|literal|function", shown), shown


def write(root: Path, *ids: str) -> None:
    """把这几例一起写进 root 里的网站。"""
    for case_id in ids:
        for file, content in BY_ID[case_id].edits.items():
            assert content is not None
            (root / file).write_bytes(content)


def printed(output: str) -> list[str]:
    """输出里的问题各行。"""
    return [line for line in output.splitlines() if re.match(r"(data|docs)\S*:\d+:\d+: (错误|提醒) ", line)]


def test_three_broken_files_are_all_listed(copy_site: Callable[..., Path]) -> None:
    """三个文件各坏一处，一次全部列出，按文件和行排好。"""
    root = copy_site()
    write(root, "township-key", "number-unit", "macro-unknown")
    done = check(root)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in printed(done.stdout)] == [
        "data/township.yml:4:1",
        "data/years/2025.yml:6:5",
        "docs/minbing/macro-unknown.md:8:1",
    ]
    assert done.stdout.endswith("检查没有通过：3 处错误，0 处提醒。请按上面的行号修改后再试。\n")
    assert done.stderr == ""


def test_load_sees_every_edit(workshop: Workshop) -> None:
    """读过一次以后再改文件，改坏、改好都看得到。"""
    assert load(workshop.root).problems == []
    with workshop.spoilt(BY_ID["number-unit"].edits):
        assert len(load(workshop.root).problems) == 1
    assert load(workshop.root).problems == []


BROKEN = (
    "township-key",
    "number-unit",
    "hours-words",
    "quiz-answer",
    "header-date",
    "link-dead",
    "activity-same-person",
)


def test_build_prints_what_check_prints(copy_site: Callable[..., Path]) -> None:
    """mkdocs build 遇到坏网站：列的问题和 make check 一样，返回值不是 0，没有英文报错。"""
    root = copy_site()
    write(root, *BROKEN)
    (root / "docs/rili/index.md").write_text("## 标题 {#abc}\n", encoding="utf-8")
    (root / "docs/shuju/index.md").write_bytes("# 年度数据\n".encode("gbk"))
    checked, built = check(root, "data", "pages"), build(root)
    assert checked.returncode == 1
    assert built.returncode != 0
    assert len(printed(checked.stdout)) >= len(BROKEN) + 2
    assert printed(built.stdout + built.stderr) == printed(checked.stdout)
    others = [line for line in (built.stdout + built.stderr).splitlines() if line and not line.startswith("INFO ")]
    assert "Traceback" not in built.stdout + built.stderr
    assert all(re.search("[\u4e00-\u9fff]", line) for line in others), others
    assert not (root / "site" / "index.html").exists()

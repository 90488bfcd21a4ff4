"""MkDocs（mkdocs-macros-plugin）的入口：认识 MkDocs 的只有这里，和 make site 的 __main__.py。

define_env 读数据、登记宏；on_pre_page_macros 写出宏的 HTML，预览时把写坏的页面换成问题清单；
on_post_build 写出下载文件。MkDocs 只在函数里面引入，换引擎时这里是唯一要看的地方。
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    from .model import load
    from .model.kinds import MACROS

    every = load(_root(env.conf))
    env.serving = _serving()
    env.site = every if env.serving else every.public
    env.faults, env.stash = [], None
    if "config_file_path" in env.conf:  # Zensical 一页叫一次，设置由 macros.outputs 先写好，错由 checks 先查
        if not env.serving:
            _skip(env.conf, every.withheld)
        _prepare(env, env.site)
    for name, macro in MACROS.items():
        env.macros[name] = _guard(env, macro)


def _prepare(env: Any, site: Any) -> None:
    from . import preview
    from .stash import Stash

    if not env.serving:
        _stop_if_wrong(site.problems)
    else:
        folder, (host, port) = Path(env.conf["site_dir"]), env.conf["dev_addr"]
        if preview.taken(folder, host, port):
            print(f"{host}:{port} 已经有程序在用：多半是上一次的预览没有停，到那个窗口按 Ctrl+C", file=sys.stderr)
            raise SystemExit(1)
        preview.forget(site, folder)
        if site.problems:
            _say(site.problems)
            # 编码不对的页面不交给 MkDocs，它会停下来
            _skip(env.conf, [f"docs/{page.path}" for page in site.pages if page.body == "" and not page.title])
    _configure(env.conf, site)
    env.stash = Stash()
    env.conf["markdown_extensions"].append(env.stash)


def on_pre_page_macros(env: Any) -> None:
    """宏读数据时已经读过一遍，这里照着写出 HTML；页面里有 {% raw %} 的，留给 Jinja。

    预览时：数据有错，全部页面换成问题清单；只是这一页有错，就换这一页。
    """
    from .model import errors
    from .model.macrocalls import expand
    from .views.render import problem_note

    env.stash.clear()
    page = env.site.page(_here(env.page)[0])
    faults = errors(env.site.data_problems) + errors(page.problems if page else [])
    if env.serving and faults:
        env.markdown = problem_note(faults)
        return
    if page:  # 用读数据时的那一份：做到一半又存了，下一遍会再做
        written = expand(page.body, lambda call: _write(env, call))
        env.markdown = page.body if written is None else written
        env.page.meta["render_macros"] = written is None


def on_post_build(env: Any) -> None:
    from .outputs import deadlinks, finish, preview

    folder = Path(env.conf["site_dir"])
    if env.site.township is not None:
        (preview if env.serving else finish)(env.site, folder)
    if env.serving:
        if env.faults:
            _say(env.faults)
        host, port = env.conf["dev_addr"]
        print(f"预览好了：http://{host}:{port}/ 存了文件，网页会自己更新；按 Ctrl+C 停下", flush=True)
        return
    _stop_if_wrong([*env.site.problems, *env.faults, *deadlinks.check(env.site, folder)])


def _root(conf: Any) -> Path:
    """项目的文件夹。MkDocs 给设置文件的路径，Zensical 给文件夹。"""
    file = conf.get("config_file_path")
    return Path(file).parent if file else Path(conf["root_dir"])


def _here(page: Any) -> tuple[str, str]:
    """这一页在 docs/ 里的路径、在网站里的地址。MkDocs 放在 page.file 里，Zensical 直接放在 page 里。"""
    file = getattr(page, "file", None)
    return (file.src_path, file.url) if file else (page.path, page.url)


def _serving() -> bool:
    import click

    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def _configure(conf: Any, site: Any) -> None:
    """站名、网址和页脚都来自 data/township.yml；模板要的都放在 extra 里。"""
    from .views import template_values

    conf["extra"] |= template_values(site)
    if site.township is None:
        return
    conf["site_name"] = site.township.site_name
    if not _serving():
        conf["site_url"] = site.township.url


def _skip(conf: Any, files: list[str]) -> None:
    """这些文件不交给 MkDocs。"""
    import pathspec

    known = conf["exclude_docs"].patterns if conf["exclude_docs"] else []
    extra = pathspec.GitIgnoreSpec.from_lines(file.removeprefix("docs") for file in files)
    conf["exclude_docs"] = pathspec.GitIgnoreSpec([*known, *extra.patterns])


def _guard(env: Any, macro: Any) -> Callable[..., str]:
    """给 Jinja 用的宏。"""

    def call(*args: Any, **kwargs: Any) -> str:
        from .model.macro import bind
        from .model.macrocalls import Call

        line = _line()
        values = bind(macro, list(args), kwargs)
        if isinstance(values, tuple):
            _fault(env, line, *values)
            return ""
        return _write(env, Call(line, macro, values))

    return call


def _write(env: Any, call: Any) -> str:
    """宏写出的 HTML。出了错，记下文件和行，页面上留空；最后一起报，不让英文报错进到网页里。"""
    from .views import VIEWS

    name = call.macro.name
    try:
        html = VIEWS[name](env.site, _here(env.page)[1], *call.values.values())
    except Exception as error:  # 任何错都要变成一句话
        _fault(env, call.line, f"宏 {name} 没有算出来（{type(error).__name__}）", "请把这一行告诉技术人员")
        return ""
    if not call.macro.block:
        return html
    return env.stash.put(html) if env.stash else f"\n{html}\n"


def _line() -> int:
    """顺着调用栈找到正文里的那一行。"""
    frame = sys._getframe()
    while frame.f_back and "__jinja_template__" not in frame.f_globals:
        frame = frame.f_back
    template = frame.f_globals.get("__jinja_template__")
    return template.get_corresponding_lineno(frame.f_lineno) if template else 1


def _fault(env: Any, line: int, what: str, fix: str) -> None:
    """line 是正文的第几行。"""
    from .model import Problem
    from .model.problem import ERROR

    path, _ = _here(env.page)
    page = env.site.page(path)
    env.faults.append(Problem(f"docs/{path}", line + (page.line_offset if page else 0), 1, ERROR, what, fix))


def _say(problems: Any) -> None:
    from .model import listing, summary

    print(f"{listing(problems)}\n{summary(problems)}", file=sys.stderr, flush=True)


def _stop_if_wrong(problems: Any) -> None:
    """有错误就停，只打印问题清单；提醒不拦。"""
    from .model import errors

    if errors(problems):
        _say(problems)
        raise SystemExit(1)

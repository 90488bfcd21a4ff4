"""MkDocs（mkdocs-macros-plugin）的入口：认识 MkDocs 的只有这里，和 make site 的 __main__.py。

define_env 读数据、登记宏；on_pre_page_macros 交出写好的正文（views/content.py），预览时把写坏的页面换成
问题清单；on_post_build 写出下载文件。MkDocs 只在函数里面引入，换引擎时这里是唯一要看的地方。
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
    env.faults = []
    if "config_file_path" in env.conf:  # Zensical 一页叫一次，设置由 macros.outputs 先写好，错由 checks 先查
        if not env.serving:
            _skip(env.conf, every.withheld)
        _prepare(env, env.site)
    for name, macro in MACROS.items():
        env.macros[name] = _guard(env, macro)


def _prepare(env: Any, site: Any) -> None:
    from . import preview
    from .rendered import Contents, Rendered

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
    env.rendered = Rendered()
    env.conf["markdown_extensions"] = [env.rendered]
    env.contents = None if env.serving else Contents(site)


def on_pre_page_macros(env: Any) -> None:
    """正文已经写好，MkDocs 套上模板就行。

    预览时：数据有错，全部页面换成问题清单；只是这一页有错，就换这一页。
    """
    from .model import errors
    from .views.content import content, note

    path = _here(env.page)[0]
    page = env.site.page(path)  # 用读数据时的那一份：做到一半又存了，下一遍会再做
    if page is None:
        made = _late(path)
    elif env.serving:
        faults = errors(env.site.data_problems) + errors(page.problems)
        made = note(faults) if faults else content(env.site, page)
    else:
        made = env.contents.take(path)
    env.faults += made.faults
    env.rendered.content = made
    env.page.meta |= {"title": page.title if page else path, "render_macros": False}


def _late(path: str) -> Any:
    """读完数据以后才多出来的页面。"""
    from .model import Problem
    from .model.problem import ERROR
    from .views.content import Content, note

    faults = [Problem(f"docs/{path}", 1, 1, ERROR, "生成的中途多了这一页", "再做一次；预览会自己再做")]
    return Content(note(faults).html, [], tuple(faults))


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
    """Zensical 自己用 Jinja 叫的宏；写错的、算不出来的，检查已经报过。"""

    def call(*args: Any, **kwargs: Any) -> str:
        from .model.macro import bind
        from .model.macrocalls import Call
        from .views.content import written

        values = bind(macro, list(args), kwargs)
        if isinstance(values, tuple):
            return ""
        html = written(env.site, _here(env.page)[1], Call(1, macro, values))
        return f"\n{html}\n" if macro.block else html

    return call


def _say(problems: Any) -> None:
    from .model import listing, summary

    print(f"{listing(problems)}\n{summary(problems)}", file=sys.stderr, flush=True)


def _stop_if_wrong(problems: Any) -> None:
    """有错误就停，只打印问题清单；提醒不拦。"""
    from .model import errors

    if errors(problems):
        _say(problems)
        raise SystemExit(1)

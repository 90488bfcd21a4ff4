"""抄进生成的乡镇，给 Material 和 Zensical 用：同样的宏、同样的数据，只读一次；不写本站自己的输出。"""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))


@functools.cache
def _site() -> Any:
    from macros.model import load

    return load(Path(__file__).resolve().parent)


def define_env(env: Any) -> None:
    import bench_adapter  # 有的工具每一页都重读这个文件：从 sys.modules 里拿那一份，数据才只读一次

    from macros.model.kinds import MACROS
    from macros.views import VIEWS

    site = bench_adapter._site()
    for name, macro in MACROS.items():
        env.macros[name] = _macro(env, site, macro, VIEWS[name])


def _macro(env: Any, site: Any, macro: Any, view: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> str:
        from macros.model.macro import bind

        page = env.page
        path = page.path if hasattr(page, "path") else page.file.src_path
        values = bind(macro, list(args), kwargs)
        assert isinstance(values, dict), values
        html = view(site, path.removesuffix(".md") + ".html", *values.values())
        return f"\n{html}\n" if macro.block else str(html)

    return call

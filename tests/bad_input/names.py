"""文件名，多出来的、少了的文件。"""
# ruff: noqa: E501

import shutil

from documents import excel

from . import HALL, LAW, MENU, PAGE, PUBLISHED, SERVICE, TOWN, YEAR, another, arranged, bad, text, whole

# fmt: off
CASES = [
    # ---- 文件名，多出来的文件 ----
    whole("name-year-at-root", "data/2026.yml", text(TOWN), "不认识这个文件；移到 data/years/2026.yml"),
    whole("name-not-utf8", "data/\udcb9\udcfa.yml", "", "data/??.yml:1 不认识这个文件；删掉，或移出 data 文件夹"),
    whole("docs-sheet", "docs/minbing/mingdan.xlsx", excel(), "这不是页面，会原样公开；不公开的移走；图片移到 页名.assets 文件夹里"),
    whole("docs-other-page", "docs/minbing/yi.markdown", text(PAGE), "这不是页面，会原样公开；不公开的移走；图片移到 页名.assets 文件夹里"),
    whole("docs-backup", "docs/minbing/index.md.bak", text(PAGE), "这不是页面，会原样公开；不公开的移走；图片移到 页名.assets 文件夹里"),
    whole("docs-draft", "docs/_caogao.md", another(), "文件名「_caogao.md」的写法不对；文件夹和文件名只用小写字母、数字和连字符 -"),
    whole("docs-404", "docs/404.md", text(PAGE), "这个名字留给网站自己用；换一个文件名或文件夹", also={PAGE: None}),
    whole("docs-home-gone", "docs/search.md", None, "缺这个文件；从上一版恢复；正文写 {{ search() }}"),
    whole("name-windows", "docs/minbing/con.md", another(), "G-1 名字「con.md」是 Windows 留着自己用的；换一个，如 con-1.md"),
    whole("name-windows-number", "docs/minbing/lpt9.md", another(), "G-1 名字「lpt9.md」是 Windows 留着自己用的；换一个，如 lpt9-1.md"),
    whole("name-windows-folder", "docs/minbing/aux/yi.md", another(), "docs/minbing/aux:1 G-1 名字「aux」是 Windows 留着自己用的；换一个，如 aux-1"),
    whole("name-windows-picture", "docs/minbing/index.assets/nul.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "G-1 名字「nul.svg」是 Windows 留着自己用的；换一个，如 nul-1.svg"),
    whole("name-windows-data", "data/services/COM1.bak", "", "G-1 名字「COM1.bak」是 Windows 留着自己用的；换一个，如 COM1-1.bak", "不认识这个文件；文件名只用小写字母、数字和连字符，如 shilicun.yml"),
    whole("name-long", f"docs/minbing/{'a' * 240}.md", another(), "G-1 名字有 243 个字，超过 100 个；缩短；太长的有的电脑打不开"),
    whole("name-longest", f"docs/minbing/{'a' * 97}.md", another()),
    whole("name-path-long", f"docs/minbing/{'a' * 60}/{'b' * 75}.md", another(), "G-1 连同文件夹的名字有 152 个字，超过 150 个；文件夹和文件的名字都缩短；太长的有的电脑打不开"),
    whole("name-path-longest", f"docs/minbing/{'a' * 60}/{'b' * 73}.md", another()),
    bad("name-year", YEAR, "年份: 2025", "年份: 2026", "年份是 2026，文件名是 2025.yml；两个改成一样"),
    bad("name-hall", HALL, "编号: yangban-cun", "编号: laoyuan", "编号是 laoyuan，文件名是 yangban-cun.yml；两个改成一样"),
    bad("name-service", SERVICE, "编号: yuyue-jiangjie", "编号: jiangjie", "编号是 jiangjie，文件名是 yuyue-jiangjie.yml；两个改成一样"),
    whole("name-copy", "data/years/2025 (1).yml", text(YEAR), "不认识这个文件；和 data/years/2025.yml 重复，删掉这个"),
    whole("name-copy-chinese", "data/years/2025 - 副本.yml", text(YEAR), "不认识这个文件；和 data/years/2025.yml 重复，删掉这个"),
    whole("name-yaml", "data/years/2025.yaml", text(YEAR), "不认识这个文件；改名为 data/years/2025.yml", also={YEAR: None}),
    whole("name-bak", "data/halls/yangban-cun.yml.bak", text(HALL), "不认识这个文件；和 data/halls/yangban-cun.yml 重复，删掉这个"),
    whole("name-capital", "data/halls/Laoyuan.yml", text(HALL), "不认识这个文件；文件名只用小写字母、数字和连字符，如 shilicun.yml"),
    whole("name-chinese", "data/halls/老院.yml", text(HALL), "不认识这个文件；文件名只用小写字母、数字和连字符，如 shilicun.yml"),
    whole("name-year-wide", "data/years/２０２６.yml", text(YEAR), "不认识这个文件；文件名写四位年份，如 2026.yml"),
    whole("name-townships", "data/townships.yml", text(TOWN), "不认识这个文件；是不是 data/township.yml？"),
    whole("name-stray-folder", "data/images/a.png", b"", "不认识这个文件；删掉，或移出 data 文件夹"),
    whole("name-excel", "data/2025.xlsx", text(PUBLISHED), "不认识这个文件；删掉，或移出 data 文件夹"),
    whole("law-file-stray", "data/laws/guofang-jiaoyu-fa (1).json", text(LAW), "不认识这个文件；和 data/laws/guofang-jiaoyu-fa.json 重复，删掉这个"),
    whole("law-file-unlisted", "data/laws/bingyi-fa.json", text(LAW), "来源.yml 里没有登记这个文件；在来源.yml 的 法律 下面登记，或删掉这个文件"),
    arranged("name-shortcut", lambda root: (root / "data/halls/a.yml").symlink_to("/etc/passwd"), "data/halls/a.yml:1 这是快捷方式（链接），指到别处去了；换成真的文件"),
    arranged("docs-shortcut", lambda root: (root / "docs/minbing/a.md").symlink_to("/etc/passwd"), "docs/minbing/a.md:1 这是快捷方式（链接），指到别处去了；换成真的文件"),
    arranged("docs-folder-named-page", lambda root: (root / "docs/minbing/a.md").mkdir(), "docs/minbing/a.md:1 这是文件夹，不是文件；改名，或移到别处"),
    arranged("docs-missing", lambda root: shutil.rmtree(root / "docs"), "docs:1 没有这个文件夹；在项目的文件夹里运行；删掉了就从上一版恢复"),
    whole("activity-outside-year", "docs/shuangyong/25/guofang-ke.md", another(), "双拥活动页的地方不对；放在 docs/shuangyong/四位年份/ 里，不再分文件夹"),
    whole("menu-and-pages", MENU, text(MENU) + "nav:\n  - 首页: index.md\n  - 旧页: minbing/jiu.md\nnot_in_nav: |\n  /*/*.md\n  /xuexi/falv/*.md\n", ":44 目录里的 minbing/jiu.md 没有这个页面；删掉这一行；页面是误删的就恢复", "docs/search.md:1 提醒 这一页不在目录里；网站地图里有它；要进目录，请技术人员在 mkdocs.yml 的 nav 里加一行"),
]

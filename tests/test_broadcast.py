"""广播稿和群消息：数照说法写、没有念不出来的记号、不超时，要点说两遍。"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, build, channels, edit, made

from macros.model import load
from macros.model.speech import cardinal, spoken, unsayable

CopySite = Callable[..., Path]
NOT_SPOKEN = re.compile(r"[^一-鿿〇A-Za-z，。；：、？《》\n]")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026年9月19日", "二〇二六年九月十九日"),
        ("2026-11-20", "二〇二六年十一月二十日"),
        ("2026/9/9", "二〇二六年九月九日"),
        ("2020—2025年", "二〇二〇年至二〇二五年"),
        ("2024—2025学年", "二〇二四年至二〇二五学年"),
        ("6月30日-7月2日", "六月三十日至七月二日"),
        ("约1950年代", "约二十世纪五十年代"),
        ("2000年代", "二〇〇〇年代"),
        ("党发〔2020〕3号", "党发二〇二〇年三号"),
        ("9·18", "九一八"),
        ("9:00", "九点"),
        ("9:05", "九点零五分"),
        ("上午9:00开门", "上午九点开门"),
        ("下午14:30", "下午两点三十分"),
        ("19:30", "晚上七点三十分"),
        ("0:00—24:00", "零点至二十四点"),
        ("9:00—11:30，14:00—17:00", "上午九点至十一点三十分，下午两点至五点"),
        ("11:00—14:00", "上午十一点至下午两点"),
        ("下午14:00—17:00", "下午两点至五点"),
        ("0000-0000001", "零零零零，零零零零零零幺"),
        ("15400000001", "幺五四，零零零零，零零零幺"),
        ("400-800-1234", "四零零，八零零，幺二三四"),
        ("拨打12339，也可以", "拨打幺二三三九，也可以"),
        ("拨打110、119或120", "拨打幺幺零、幺幺九或幺二零"),
        ("12345热线", "幺二三四五热线"),
        ("电话采访200人", "电话采访二百人"),
        ("增长20.3%", "增长百分之二十点三"),
        ("增长50.0%", "增长百分之五十"),
        ("5%—10%", "百分之五至十"),
        ("5‰", "千分之五"),
        ("3/4", "四分之三"),
        ("1,840人次", "一千八百四十人次"),
        ("2,100人次", "两千一百人次"),
        ("12,345,678", "一千二百三十四万五千六百七十八"),
        ("100010个", "十万零一十个"),
        ("10人、110人、10010人", "十人、一百一十人、一万零一十人"),
        ("2次，2月2日，2楼，第2条，12个", "两次，二月二日，二楼，第二条，十二个"),
        ("1.5万元", "一点五万元"),
        ("10—15人", "十至十五人"),
        ("第十二条第二款", "第十二条第二款"),
        ("第12条", "第十二条"),
        ("编号01", "编号零一"),
        ("１２人", "十二人"),
        ("180㎡", "一百八十平方米"),
        ("7×24小时", "七乘二十四小时"),
        ("星期一至星期五 9:00", "星期一至星期五，九点"),
        ("乡镇（街道）退役军人服务站", "乡镇或者街道退役军人服务站"),
        ("到登记站（点）现场登记", "到登记站现场登记"),
        ("2月16日（春节）；", "二月十六日，春节；"),
        ("标着“秘密”的文件", "标着秘密的文件"),
        ("先登记——再领证", "先登记，再领证"),
        ("看https://a.example/b.html 这一页", "看，这一页"),
        ("年龄≤22周岁，Ⅳ级响应", "年龄不超过二十二周岁，四级响应"),
        ("报名→体检→政审", "报名，然后体检，然后政审"),
        ("𠮷村", "𠮷村"),
        ("气温-5℃，最低-12.5℃", "气温零下五摄氏度，最低零下十二点五摄氏度"),
        ("气温-5℃至3℃，-3～5℃", "气温零下五摄氏度至三摄氏度，零下三至五摄氏度"),
        ("比例1:10，按1:3配", "比例一比十，按一比三配"),
        ("比分3:2，定格在78:96", "比分三比二，定格在七十八比九十六"),
        ("2次/年，300元/人", "每年两次，每人三百元"),
        ("9：00开门", "九点开门"),
        ("5:35:36", "五点三十五分三十六秒"),
        ("0000-1234567、7654321", "零零零零，幺二三四五六七、七六五四三二幺"),
        ("0000—1234567", "零零零零，幺二三四五六七"),
        ("（0000）1234567转8001", "零零零零，幺二三四五六七转八零零幺"),
        ("2002/01", "二〇〇二年一月"),
        ("2026. 11. 16", "二〇二六年十一月十六日"),
        ("±2，1+2=3", "正负二，一加二等于三"),
        ("￥13.5，¥50万，€5", "十三点五元，五十万元，五欧元"),
        ("25kg，120m²，5cm", "二十五公斤，一百二十平方米，五厘米"),
        ("约10—15km", "约十至十五公里"),
        ("A-1区", "A杠一区"),
        ("王*军、张**", "王某军、张某某"),
        ("①先打电话 ②再来", "一，先打电话，二，再来"),
        ("1.带证件", "一，带证件"),
        ("½的人", "二分之一的人"),
        ("总量的1/5以上", "总量的五分之一以上"),
    ],
)
def test_written_becomes_spoken(written: str, said: str) -> None:
    """日期、钟点、电话、百分数、数目，照念法写。"""
    assert spoken(written) == said


@pytest.mark.parametrize("sign", ["#", "_", "α", "😀", "☐", "|", "^", "↩", "\u202e"])
def test_what_cannot_be_said_is_named(sign: str) -> None:
    """念不出来的记号说出是哪一个，不悄悄去掉；分不清怎么念的斜线、横线也是。"""
    assert unsayable(f"先看{sign}再来") == sign
    assert unsayable("60元/人·天") == "/"
    assert unsayable("计算-2") == "-"


def test_every_number_is_spoken_once() -> None:
    """不同的数念法不同，念回来还是那个数；没有漏下的阿拉伯数字。"""
    found = {cardinal(str(n)): n for n in [*range(20_000), *range(20_000, 99_999_999, 98_765)]}
    assert len(found) == len([*range(20_000), *range(20_000, 99_999_999, 98_765)])
    assert all(_back(said) == number for said, number in found.items())


def _back(said: str) -> int:
    """汉字数目 → 数。另写一遍，和 speech.py 无关。"""
    total = section = digit = 0
    for char in said:
        if char in "零一二三四五六七八九两":
            digit = 2 if char == "两" else "零一二三四五六七八九".index(char)
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + section + digit


def texts(dist: Path) -> tuple[dict[str, str], dict[str, str]]:
    """广播稿、群消息：文件名里的 slug → 文字。"""
    scripts, messages = {}, {}
    for path in (dist / "broadcast").iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), "老的记事本要靠 BOM 认编码"
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        slug = path.name.removesuffix(".txt")
        (messages if slug.endswith(".群消息") else scripts)[slug.removesuffix(".群消息")] = text
    return scripts, messages


def slug(url: str) -> str:
    return url.removesuffix(".html").replace("/", "-")


def test_the_right_pages_are_read_aloud(dist: Path) -> None:
    """渠道里有广播的活动和每份办事指南，各有一份广播稿和一条群消息。"""
    site = load(ROOT)
    wanted = {slug(p.url) for p in site.activities if p.activity and "广播" in p.activity.channels}
    wanted |= {f"banshi-{name}" for name in site.services}
    scripts, messages = texts(dist)
    assert set(scripts) == set(messages) == wanted


def test_scripts_can_be_read_aloud(dist: Path) -> None:
    """不超过 600 字；只有汉字和标点，没有阿拉伯数字和念不出来的记号；没有空段、重复的标点。"""
    for name, text in texts(dist)[0].items():
        assert len(text) <= 600, name
        assert not NOT_SPOKEN.search(text), name
        assert not re.search(r"[，。；：、？]{2}|\n\n|\n[，。；：、？]", text), name
        assert all(line.endswith(("。", "？")) for line in text.splitlines()), name


def test_key_line_is_said_twice(dist: Path) -> None:
    """要点开头说一遍，末尾再说一遍，后面是出处、主办单位和日期。"""
    for name, text in texts(dist)[0].items():
        lines = text.splitlines()
        assert lines[0] == "演示内容，不代表任何真实乡镇。", name
        key = lines[-2].removeprefix("再说一遍：")
        assert lines[-2].startswith("再说一遍："), name
        assert lines[1].endswith(key), name
        assert re.search("以上来自.+", lines[-1]), name
        assert "示例镇人民政府" in lines[-1], name
        assert re.search(r"二〇二.年.+月.+日", lines[-1]), name


def test_script_says_what_the_page_says(dist: Path) -> None:
    """广播稿的要点是页面的摘要或指南的一句话，正文是网页里的那几段，电话是办理点的电话。"""
    scripts, _ = texts(dist)
    activity = scripts["shuangyong-2026-guofang-jiaoyu-ri"]
    assert "现在广播：国防教育日开放日。二〇二六年九月十九日是全民国防教育日，" in activity
    assert "\n上午十点有一次讲解。" in activity
    assert "各地区、各部门应当" not in activity, "法条不念"
    assert "接着看" not in activity
    assert activity.splitlines()[2].startswith("二〇二六年九月十九日，星期六，")
    assert "来源" not in activity
    service = scripts["banshi-youdaizheng"]
    assert "先建档立卡，再申领。" in service
    assert "电话零零零零，零零零零零零幺。" in service
    assert "拨打幺二三三九" in scripts["shuangyong-2025-guojia-anquan-ri"]


def test_messages_are_short_and_lead_to_a_page(dist: Path, real_site: Path) -> None:
    """群消息不超过 70 字，写明演示、单位、日期；下一行是网址，那一页真的有。"""
    base = load(ROOT).township.url  # type: ignore[union-attr]
    assert base
    for name, text in texts(dist)[1].items():
        said, url = text.splitlines()
        assert 0 < len(said) <= 70, name
        assert said.startswith("【演示】"), name
        assert re.search(r"（示例镇人民政府，20\d\d年\d+月\d+日）$", said), name
        assert url.startswith(base)
        assert slug(url.removeprefix(base)) == name
        assert (real_site / url.removeprefix(base)).is_file()


def test_same_bytes_and_nothing_done_twice(dist: Path, real_site: Path, tmp_path: Path) -> None:
    """没有变化就不重做；重做的每个字节都一样。"""
    again = tmp_path / "dist"
    shutil.copytree(dist / "broadcast", again / "broadcast")
    shutil.copy(dist / ".inputs.json", again)
    before = {path: path.read_bytes() for path in (again / "broadcast").iterdir()}
    assert "做成 0 件" in channels("broadcast", "--site", str(real_site), "--dist", str(again)).stdout
    for path in before:
        path.unlink()
    made(real_site, again, "broadcast")
    assert {path: path.read_bytes() for path in (again / "broadcast").iterdir()} == before


def test_long_pages(copy_site: CopySite) -> None:
    """太长的页面从末尾一句一句省，要点和出处都在，说明其余的在哪里看；要点太长的做不成，说清哪一页、怎么改，别的照做。"""
    root = copy_site("publishable")
    activity = root / "docs/shuangyong/2025/guofang-ke.md"
    edit(activity, "渠道: [微信, 宣传栏]", "渠道: [广播]")
    other = activity.with_name("chang-biaoti.md")
    other.write_text(activity.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copytree(activity.with_suffix(".assets"), other.with_suffix(".assets"))
    edit(other, "guofang-ke.assets", "chang-biaoti.assets")
    edit(other, "# 村史馆里的国防课", "# " + "村史馆里的国防课" * 80)
    edit(activity, "这一天村史馆里讲了三件旧物件的来历。", "这一天村史馆里讲了三件旧物件的来历，大家都听得认真。" * 40)
    assert build(root).returncode == 0
    done = channels("broadcast", "--site", str(root / "site"), "--dist", str(root / "dist"), root=root)
    assert done.returncode == 1
    assert re.search(
        r"docs/shuangyong/2025/chang-biaoti.md 的广播稿有\d+字，超过600字；把标题和摘要写短些", done.stdout
    )
    assert (root / "dist/broadcast/banshi-yuyue-jiangjie.txt").is_file()
    text = texts(root / "dist")[0]["shuangyong-2025-guofang-ke"]
    assert 560 < len(text) <= 600
    assert "认真。\n其余的，请看本栏目的网页。\n再说一遍：" in text
    assert text.endswith("以上来自样板镇党建办。样板镇人民政府，二〇二五年九月二十二日。\n")
    assert "演示" not in text


def test_without_address(unaddressed: Path) -> None:
    """还没有网址，群消息不写网址，写在哪个栏目看。"""
    _, messages = texts(unaddressed / "dist")
    assert messages["shuangyong-2025-guofang-ke"].splitlines()[1] == "详细的看样板镇国防教育专栏"

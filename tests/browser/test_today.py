"""和今天有关的话由浏览器添上：馆今天开不开、还有几天、庄重的日子、过期的通知；没有脚本也是对的。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from conftest import build, copy
from playwright.sync_api import Browser, Page

from browser.looks import DESKTOP, KINDS, PHONE, PLAIN, Mode, Visit, opened, problems

HALL = KINDS["hall"]
NO_SCRIPT = Mode(script=False)
RUBBISH = ("", "x", "2026-13-45", "2026-02-30", "0000-00-00", "9999-99-99T99:99", "2026-11-23T", "2026-11-24T25:61")
RUBBISH += ("%", "%E4%BD", "'", "<script>alert(1)</script>", "1" * 10_000)
# 页面上有颜色（不是灰的）的东西：算出来的颜色，红绿蓝相差不止一点
COLOURED = """() => {
  const grey = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 || Math.max(r, g, b) - Math.min(r, g, b) <= 12;
  };
  const names = ["color", "backgroundColor", "borderTopColor", "borderLeftColor", "fill", "stroke"];
  const found = new Set();
  const say = (node, where, what) => found.add(`${node.tagName}.${node.getAttribute("class")}${where || ""} ${what}`);
  for (const node of document.body.querySelectorAll("*")) {
    if (!node.checkVisibility()) continue;
    for (const where of [null, "::before", "::after"]) {
      const style = getComputedStyle(node, where);
      if (where && style.content === "none") continue;
      for (const name of names) {
        if (name === "borderTopColor" && style.borderTopWidth === "0px") continue;
        if (name === "borderLeftColor" && style.borderLeftWidth === "0px") continue;
        if ((name === "fill" || name === "stroke") && !node.closest("svg")) continue;
        if (/rgb/.test(style[name]) && !grey(style[name])) say(node, where, `${name} ${style[name]}`);
      }
      for (const colour of style.backgroundImage.match(/rgba?\\([^)]*\\)/g) || [])
        if (!grey(colour)) say(node, where, colour);
    }
  }
  return [...found];
}"""


def words(tab: Page, selector: str) -> str:
    return " ".join(tab.locator(selector).first.inner_text().split())


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-24", "今天开放"),  # 星期二
        ("2026-11-23", "今天闭馆（星期一）"),
        ("2027-01-01", "今天闭馆（元旦）"),  # 星期五，本来开
        ("2027-02-06", "今天闭馆（春节）"),  # 起止日之间
        ("2027-02-07", "今天闭馆（春节）"),  # 最后一天
        ("2027-02-09", "今天开放"),
        ("2026-11-24T16:29", "今天开放"),
        ("2026-11-24T16:30", "今天已经关门"),
    ],
)
@pytest.mark.parametrize("url", [HALL, "index.html", "cunshiguan/index.html"])
def test_is_the_hall_open(phone: Visit, url: str, today: str, said: str) -> None:
    """馆页、首页、馆的列表都说今天开不开：周一、元旦、春节闭馆，过了点就说关门。"""
    phone.go(f"{url}?today={today}")
    state = words(phone.tab, ".today .state")
    assert state.startswith(said)
    assert ("9:00—11:30，14:00—16:30" in state) == ("闭馆" not in said)


def test_hall_without_hours_makes_no_claim(phone: Visit) -> None:
    """开放时间待公布的馆、在建的馆，不说今天开不开。"""
    phone.go("cunshiguan/nongda-xincun.html?today=2026-11-24")
    assert words(phone.tab, ".today") == "开放时间待公布"
    phone.go("cunshiguan/shili-ercun.html?today=2026-11-24")
    assert words(phone.tab, ".today") == "还没有开放"


@pytest.mark.parametrize(
    ("today", "day", "said"),
    [
        ("2026-11-23", "guojia-xianfa-ri", "还有11天"),
        ("2026-12-03", "guojia-xianfa-ri", "还有1天"),
        ("2026-12-04", "guojia-xianfa-ri", "就是今天"),
        ("2026-12-05", "guojia-xianfa-ri", "已过"),
        ("2026-08-15", "xiabannian-zhengbing", "正在进行"),
        ("2026-09-30", "xiabannian-zhengbing", "正在进行"),
        ("2026-10-01", "xiabannian-zhengbing", "已过"),
        ("2026-09-01", "guofang-jiaoyu-ri", "还有18天"),
        ("2026-12-12", "guojia-gongji-ri", ""),  # 庄重的日子不倒数
        ("2026-12-13", "guojia-gongji-ri", "就是今天"),
    ],
)
def test_days_left(phone: Visit, today: str, day: str, said: str) -> None:
    """日历上每个日子：还有几天、就是今天、正在进行、已过。"""
    phone.go(f"{KINDS['calendar']}?today={today}")
    for past in phone.tab.locator(".year summary").all():
        past.click()
    assert words(phone.tab, f"#{day} .left") == said


def test_a_date_not_announced_has_no_countdown(phone: Visit) -> None:
    """还没有公布的征兵日期，不倒数。"""
    phone.go("rili/2027.html?today=2026-11-23")
    pending = phone.tab.locator("#shangbannian-zhengbing")
    assert "待公布" in pending.inner_text()
    assert pending.locator(".left").count() == 0


@pytest.mark.parametrize(
    ("today", "first", "second"),
    [
        ("2026-11-23", "国家宪法日 还有11天", "南京大屠杀死难者国家公祭日"),
        ("2026-12-04", "国家宪法日 就是今天", "南京大屠杀死难者国家公祭日"),
        ("2026-12-14", "春节（节前走访慰问） 还有54天", "清明节"),  # 跨年
        ("2026-08-20", "下半年征兵 正在进行", "中国人民抗日战争胜利纪念日 还有14天"),
    ],
)
def test_home_shows_the_next_two_dates(browser: Browser, served: str, today: str, first: str, second: str) -> None:
    """首页只留接下来的两个日子。"""
    with opened(browser, served, f"index.html?today={today}", size={"width": 390, "height": 844}) as visit:
        shown = [item for item in visit.tab.locator(".next li").all() if item.is_visible()]
        said = [" ".join(item.inner_text().split()) for item in shown]
        assert len(said) == 2
        assert first in said[0]
        assert second in said[1]


def test_after_the_last_known_date(phone: Visit) -> None:
    """登记的年份都过了：不留空着的框，不出错。"""
    phone.go("index.html?today=2031-01-01")
    assert [item for item in phone.tab.locator(".next li[data-end]").all() if item.is_visible()] == []
    assert words(phone.tab, ".soon ol") == "接下来的日子待公布。"
    assert phone.faults() == []


WAYS = list(product((DESKTOP, PHONE), ("light", "dark"), (False, True)))
TWO_WAYS = [(DESKTOP, "light", False), (PHONE, "dark", True)]
SOLEMN = [f"{url}?today=2026-12-13" for kind, url in KINDS.items() if kind not in ("404", "samples")]


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        *((f"index.html?today={day}", WAYS) for day in ("2026-04-05", "2026-09-30", "2027-04-05", "2027-12-13")),
        *((address, TWO_WAYS) for address in SOLEMN),
        *(pytest.param(address, WAYS, marks=pytest.mark.full) for address in SOLEMN),
    ],
)
def test_solemn_days_are_grey(
    browser: Browser, served: str, address: str, ways: list[tuple[dict[str, int], str, bool]]
) -> None:
    """清明、烈士纪念日、公祭日：浅色、深色、长者模式，页面上都没有彩色。首页各种看法都看，别的平常看相反的两种。"""
    with opened(browser, served, address, size=DESKTOP) as visit:
        for view, scheme, elder in ways:
            visit.tab.set_viewport_size(view)
            visit.tab.emulate_media(color_scheme=scheme)
            if visit.tab.locator("#elder").is_checked() != elder:
                visit.tab.locator(".elder label").click()
            assert visit.tab.evaluate(COLOURED) == [], (view, scheme, elder)


def test_other_days_keep_their_colour(phone: Visit) -> None:
    """平常的日子有颜色：上面那一条真的在量。"""
    phone.go("index.html?today=2026-12-14")
    assert phone.tab.evaluate(COLOURED) != []


def test_expired_notices_are_archived(browser: Browser, tmp_path: Path) -> None:
    """有效期过了的通知，写上已归档；到期那天还不写。"""
    root = copy("publishable", tmp_path / "site")
    page = next(path for path in (root / "docs/shuangyong").rglob("*.md") if path.name != "index.md")
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"^(日期: .*)$", r"\1\n有效期至: 2026-12-01", text, count=1, flags=re.M), encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    base = (root / "site").as_uri() + "/"
    url = page.relative_to(root / "docs").with_suffix(".html").as_posix()
    for today, archived in (("2026-12-01", False), ("2026-12-02", True)):
        with opened(browser, base, f"{url}?today={today}") as visit:
            assert ("已归档" in words(visit.tab, ".expires")) is archived
    with opened(browser, base, url, NO_SCRIPT) as visit:
        assert words(visit.tab, ".expires") == "有效期至2026-12-01"


@pytest.mark.parametrize(
    ("url", "last", "said"),
    [
        (HALL, "2026-12-20", "上次核对是2026年11月20日，请先打电话。"),
        ("cunshiguan/index.html", "2026-12-20", "上次核对是2026年11月20日，请先打电话。"),
        ("shuangyong/chuangkou.html", "2027-05-19", "上次核对是2026年11月20日，请先打电话。"),
        (KINDS["guide"], "2027-11-26", "上次核对是2026年11月26日，请先打电话。"),
    ],
)
def test_reviewed_too_long_ago(browser: Browser, served: str, url: str, last: str, said: str) -> None:
    """开放时间三十天、电话一百八十天、指南一年没有核对，第二天起请人先打电话；到期那天还不说，纸上、没有脚本时也不说。"""
    first = f"main .stale[data-days='{30 if 'cunshiguan' in url else 180 if 'chuangkou' in url else 365}']"
    late = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    with opened(browser, served, f"{url}?today={last}") as visit:
        assert not visit.tab.locator(first).first.is_visible()
        visit.tab.goto(f"{served}{url}?today={late}")
        assert words(visit.tab, first) == said
        assert visit.tab.locator(first).first.is_visible()
        assert problems(visit, PLAIN) == []
        visit.tab.emulate_media(media="print")
        assert not visit.tab.locator(first).first.is_visible()
    with opened(browser, served, f"{url}?today={late}", NO_SCRIPT) as visit:
        assert visit.tab.locator(".stale").count() > 0
        assert "上次核对是" not in visit.tab.inner_text("body")
        assert all(not node.is_visible() for node in visit.tab.locator(".stale").all())


def test_no_phone_to_ask(phone: Visit) -> None:
    """电话待公布的地方，不叫人打电话；开放时间待公布的馆，没有可过期的。"""
    phone.go("banshi/shebao-jiexu.html?today=2029-01-01")
    for card in phone.tab.locator(".place").all():
        unknown = card.locator("dt:text-is('电话') + dd .unknown").count() == 1
        asked = card.locator(".stale").inner_text().split("，")[1]
        assert asked == ("去之前请先问清楚。" if unknown else "请先打电话。")
    phone.go("cunshiguan/nongda-xincun.html?today=2029-01-01")
    assert phone.tab.locator(".stale").count() == 0


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"])
def test_beijing_date_everywhere(browser: Browser, served: str, zone: str) -> None:
    """手机的时区在别处，也按北京的日期：纽约还是 12 月 3 日中午，北京已经是 12 月 4 日。"""
    with opened(browser, served, "404.html", timezone_id=zone) as visit:
        visit.tab.clock.install(time=datetime(2026, 12, 3, 17, 0, tzinfo=UTC))
        visit.tab.goto(served + KINDS["calendar"])
        assert words(visit.tab, "#guojia-xianfa-ri .left") == "就是今天"
        visit.tab.clock.set_fixed_time(datetime(2026, 12, 3, 15, 59, tzinfo=UTC))
        visit.tab.reload()
        assert words(visit.tab, "#guojia-xianfa-ri .left") == "还有1天"
        visit.tab.clock.set_fixed_time(datetime(2026, 11, 24, 8, 30, tzinfo=UTC))  # 北京 16:30
        visit.tab.goto(served + HALL)
        assert words(visit.tab, ".today .state").startswith("今天已经关门")


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1), datetime(2026, 12, 13, 4), datetime(2035, 6, 1)])
def test_true_without_script(browser: Browser, served: str, moment: datetime) -> None:
    """没有脚本：一周的开放时间、完整的日期都在，不说今天怎样；哪天看都一样。"""
    with opened(browser, served, "404.html", NO_SCRIPT) as visit:
        tab = visit.tab
        tab.clock.install(time=moment)
        for url in (HALL, "index.html"):
            tab.goto(served + url)
            assert words(tab, ".today") == "星期一闭馆；星期二至星期日 9:00—11:30，14:00—16:30"
            assert not re.search(r"今天(开放|闭馆|已经)|还有\d+天|就是今天|已过", tab.inner_text("main"))
        assert tab.locator(".next li").count() > 20
        assert tab.locator(".next li time").first.get_attribute("datetime") == "2026-02-10"
        tab.goto(served + HALL)
        assert "2027年2月5日至2月7日（春节）" in tab.inner_text("main")
        tab.goto(served + KINDS["calendar"])
        assert "2026年9月19日" in words(tab, "#guofang-jiaoyu-ri .when")
        assert tab.locator("[data-mourning]").count() == 0


@pytest.fixture(scope="module")
def noon(browser: Browser, served: str) -> Iterator[Visit]:
    """2026年11月24日中午的一部手机。"""
    with opened(browser, served, "404.html") as visit:
        visit.tab.on("dialog", lambda dialog: (visit.said.append(dialog.message), dialog.dismiss()))
        visit.tab.clock.install(time=datetime(2026, 11, 24, 4, tzinfo=UTC))
        yield visit


@pytest.mark.parametrize("asked", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_in_the_address(noon: Visit, asked: str) -> None:
    """?today= 里乱写：不报错，不弹窗，页面上没有 NaN、undefined。"""
    for url in ("index.html", HALL, KINDS["calendar"]):
        noon.forget()
        noon.go(f"{url}?today={asked}")
        assert not re.search("NaN|undefined|null|Invalid", noon.tab.inner_text("main"))
        assert noon.faults() == []
        assert words(noon.tab, ".today .state, .left") != ""

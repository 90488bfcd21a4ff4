"""页眉：普通页面的，活动的。"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .record import Record, key
from .values import UNKNOWN, Date, Picture, ReviewDate, Slug, Text, YesNo, distinct
from .yamlfile import Doc

WECHAT, BOARD, LOUDSPEAKER = "微信", "宣传栏", "广播"
DRAFT, STATE = "草稿", "稿件"
TITLE = 13  # 活动的标题几个字；再长，海报上就小了，手机上要折行
SHORT, LONG = 20, 60  # 摘要几个字
Channel = Literal["微信", "宣传栏", "广播"]


class Withdrawal(Record):
    """撤下：哪天，为什么。由 make withdraw 写。"""

    date: Date = key("日期")
    reason: Text = key("原因")


class Header(Record):
    """普通页面的页眉。"""

    summary: Text = key("摘要", description="这页答什么，一句话")
    reviewed: ReviewDate = key("复核", description="上次核对的日期")
    withdrawn: Withdrawal | None = key("撤下", None)
    state: Literal["草稿"] | None = key(STATE, None, description="还没有定稿；定稿以后删掉这一行")


class SignOff(Record):
    """审签：谁编、谁审、谁签，保密审查是谁、哪天。写岗位就行；草稿可以空着。"""

    editor: Text | None = key("编辑")
    reviewer: Text | None = key("审核")
    approver: Text | None = key("签发")
    secrecy: Text | None = key("保密审查")
    secrecy_date: Date | None = key("保密审查日期")

    @property
    def posts(self) -> dict[str, str]:
        """哪一步是谁；还空着的为空。"""
        found = {"编辑": self.editor, "审核": self.reviewer, "签发": self.approver, "保密审查": self.secrecy}
        return {name: who or "" for name, who in found.items()}


class ActivityHeader(Header):
    """活动页的页眉：有日期，要审签。"""

    reviewed: Date = key("复核", description="上次核对的日期")
    date: Date = key("日期")
    source: Text = key("来源")
    sign_off: SignOff = key("审签")
    channels: Annotated[list[Channel], Field(max_length=3), AfterValidator(distinct)] = key("渠道", [])
    places: Annotated[list[Slug], AfterValidator(distinct)] = key("办理点", [], description="海报上印谁的电话")
    expires: Date | None = key("有效期至", None)
    updated: Date | None = key("更新", None)
    pictures: list[Picture] = key("图片", [])
    demo: YesNo = key("演示", False)


def activity_rules(header: ActivityHeader, doc: Doc, folder: int | None) -> None:
    sign = header.sign_off
    if header.date.year != folder:
        doc.error(("日期",), f"日期是 {header.date}，文件却在 {folder} 文件夹", "移到对应年份的文件夹，或改正日期")
    unsigned, finished = (UNKNOWN, ""), not (header.state or header.withdrawn)
    for name, who in sign.posts.items() if finished else ():
        if who in unsigned:
            fix = f"审签要有人负责，写岗位；没有审完的，页眉写 {STATE}: {DRAFT}"
            doc.error(("审签", name), f"「{name}」还没有人", fix)
    if sign.secrecy_date is None and finished:
        fix = f"写保密审查的那一天；没有审完的，页眉写 {STATE}: {DRAFT}"
        doc.error(("审签", "保密审查日期"), "「保密审查日期」没有填", fix)
    if sign.posts["编辑"] == sign.posts["签发"] not in unsigned:
        doc.error(("审签", "签发"), "签发和编辑是同一个人", "签发要换一个人")
    if header.updated and header.updated < header.date:
        doc.error(("更新",), "更新比日期还早", "核对两个日期")
    if sign.secrecy_date and sign.secrecy_date < (header.updated or header.date):
        what = "更新" if header.updated else "日期"
        doc.error(("审签", "保密审查日期"), f"保密审查日期早于{what}", "文字改过以后要重新审查，写新的审查日期")
    if header.expires and header.expires < header.date:
        doc.error(("有效期至",), "有效期至比日期还早", "核对两个日期")

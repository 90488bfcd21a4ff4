"""data/township.yml：这是哪个乡镇、谁主办、怎么联系。页脚和网址都从这里来。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator

from .record import Record, fault, key
from .values import UNKNOWN, Phone, Text, Url, YesNo
from .yamlfile import Doc

if TYPE_CHECKING:
    from .site import Site


def _matches(pattern: str, what: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise fault(f"{what}「{value}」的写法不对", f"写成 {example} 的样子；还没有就空着，不要编")
        if re.search(r"0{8}|12345678|01000001", value):
            raise fault(f"{what}「{value}」像是占位的假号", "还没有就空着，不要编")
        return value

    return AfterValidator(check)


PLACEHOLDER = "本镇"  # make fresh 留下的，等人来填


class Identifiers(Record):
    """页脚的备案和标识：空着就不显示（国办发〔2017〕47号）。"""

    icp: Annotated[Text, _matches(r"[\u4e00-\u9fa5]ICP备\d{8,10}号(-\d+)?", "备案号", "×ICP备××××××××号")] | None = key(
        "ICP备案号", None
    )
    police: (
        Annotated[Text, _matches(r"[\u4e00-\u9fa5]公网安备\d{14}号", "备案号", "×公网安备××××××××××××××号")] | None
    ) = key("公安备案号", None)
    site_code: Annotated[Text, _matches(r"\d{10}|bm\d{8}", "网站标识码", "10 位数字")] | None = key("网站标识码", None)
    report_errors: Url | None = key("找错入口", None, description="“我为政府网站找错”平台给本站的网址")


class Account(Record):
    """一个政务新媒体账号。"""

    platform: Text = key("平台")
    name: Text = key("名称")


class Repository(Record):
    """给编辑人员的链接：代码托管平台上改文件、新建文件的网页，后面接上文件的路径。空着就不显示。"""

    edit: Url | None = key("编辑", None, description="如 https://git.example/zhen/zhuanlan/edit/main/")
    new: Url | None = key("新建", None, description="如 https://git.example/zhen/zhuanlan/new/main/")

    @property
    def urls(self) -> list[str]:
        return [url for url in (self.edit, self.new) if url]


class Township(Record):
    """本栏目和主办单位。"""

    demo: YesNo = key("演示", description="是：整站都是演示，不能发布")
    site_name: Text = key("栏目名", description="如 示例镇国防教育专栏")
    name: Text = key("乡镇")
    host: Text = key("主办单位", description="必须填")
    url: Url | None = key("网址", None, description="栏目首页的网址，以 / 结尾；没有就空着")
    corrections: Phone = key("纠错电话", description="收意见和纠错的办公电话；别的电话在 places.yml")
    email: Text = key("邮箱")
    address: Text = key("地址")
    identifiers: Identifiers = key("页脚标识")
    accounts: list[Account] = key("新媒体账号", [])
    parent: Literal["县政府门户网站的专栏", "独立域名"] = key("挂载方式")
    repository: Repository | None = key("仓库", None)


def rules(township: Township, doc: Doc, site: Site) -> None:
    if township.name == PLACEHOLDER:
        doc.notice(("乡镇",), "「乡镇」还是“本镇”", "把 栏目名、乡镇、主办单位 改成真实的全称")
    if township.host == UNKNOWN:
        doc.error(("主办单位",), "主办单位必须填", "写单位全称，如 ××镇人民政府")
    for name, value in (("栏目名", township.site_name), ("主办单位", township.host)):
        if re.search("官方网站|门户网站$", value):
            doc.error((name,), f"「{name}」不能叫官方网站或门户网站", "乡镇只办专栏，写 ××镇国防教育专栏", "W-12")
    if township.url is None:
        doc.notice(("网址",), "没有填「网址」", "订阅、网站地图文件和二维码先不生成；有了网址再补上")
    elif not township.url.endswith("/"):
        doc.error(("网址",), "「网址」要以 / 结尾", f"写成 {township.url}/")
    repository = township.repository or Repository.model_validate({})
    for name, url in (("编辑", repository.edit), ("新建", repository.new)):
        if url and not url.endswith("/"):
            doc.error(("仓库", name), f"仓库的「{name}」要以 / 结尾", f"写成 {url}/")
    if township.email != UNKNOWN and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", township.email, re.ASCII):
        doc.error(("邮箱",), f"邮箱「{township.email}」的写法不对", f"写成 名字@域名；没有就写 {UNKNOWN}")

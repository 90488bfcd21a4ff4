"""发布的去处、发布的记录。"""
# ruff: noqa: E501

from . import DELIVERIES, TARGETS, whole

SFTP = "- 名称: 甲\n  种类: 服务器\n  地址: www.zhen.example\n  用户: fabu\n  目录: /srv\n"
KEY = "  主机公钥: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n"
DAV = "- 名称: 甲\n  种类: WebDAV\n  用户: fabu\n  密码: FABU_MIMA\n  地址: "
WEIXIN = "- 名称: 甲\n  种类: 微信草稿\n  密钥: FABU_WEIXIN\n  公众号: "

# fmt: off
CASES = [
    whole("target-good", TARGETS, SFTP + KEY + "  私钥: FABU_SIYAO\n  网址: https://www.zhen.example/\n  需签发: 是\n- 名称: 乙\n  种类: 文件夹\n  目录: /srv/guofang\n- 名称: 丙\n  种类: 托管平台\n  仓库: origin\n  分支: pages\n" + WEIXIN.replace("甲", "丁") + "wx0123456789abcdef\n"),
    whole("target-name-twice", TARGETS, "- 名称: 甲\n  种类: 文件夹\n  目录: /a\n- 名称: 甲\n  种类: 文件夹\n  目录: /b\n", ":4 名称「甲」重复了，第 1 行已经用过；换一个"),
    whole("target-name-joined", TARGETS, "- 名称: 甲、乙\n  种类: 文件夹\n  目录: /a\n", ":1 「名称」里有顿号；去掉；发布的标签里用顿号隔开几个去处"),
    whole("target-kind", TARGETS, "- 名称: 甲\n  种类: SFTP\n", ":2 「种类」不能写「SFTP」；是不是「FTP」？只能写 文件夹、服务器、FTP、WebDAV、对象存储、托管平台、微信草稿"),
    whole("target-lacks", TARGETS, "- 名称: 甲\n  种类: 文件夹\n", "文件夹要写「目录」；补一行 目录: …"),
    whole("target-extra", TARGETS, "- 名称: 甲\n  种类: 文件夹\n  目录: /a\n  桶: b\n", ":4 文件夹不用「桶」；删掉这一行，或核对种类"),
    whole("target-no-secret", TARGETS, SFTP + KEY, "服务器要写「私钥」或「密码」；写放它的环境变量的名字，如 私钥: FABU_SIYAO"),
    whole("target-password-itself", TARGETS, DAV.replace("FABU_MIMA", "Zhen-2026") + "https://dav.zhen.example\n", ":4 「密码」这里写环境变量的名字，不写密码；写成 FABU_MIMA 的样子，大写字母、数字和下划线；写进过密码的，马上换掉那个密码", ":4 M-2 「密码: Z」；通信、值班的安排不公开，删掉"),
    whole("target-url-needed", TARGETS, DAV + "dav.zhen.example\n", ":5 WebDAV的「地址」要写网址；写成 https://dav.zhen.example"),
    whole("target-host-only", TARGETS, SFTP.replace("www.", "sftp://www.") + KEY + "  私钥: FABU_SIYAO\n", ":3 服务器的「地址」只写主机名；前面的 ftp:// 和后面的文件夹都去掉，文件夹写在「目录」"),
    whole("target-plain-http", TARGETS, DAV + "http://dav.zhen.example\n", ":5 提醒 这个地址不加密，密码会在网上露出来；问管平台的人有没有 https 的地址"),
    whole("target-plain-ftp", TARGETS, "- 名称: 甲\n  种类: FTP\n  地址: ftp.zhen.example\n  用户: fabu\n  密码: FABU_MIMA\n  目录: www\n  加密: 否\n", ":7 提醒 FTP 不加密，密码会在网上露出来；问管服务器的人能不能用 FTPS 或 SFTP"),
    whole("target-host-key", TARGETS, SFTP + "  私钥: FABU_SIYAO\n  主机公钥: SHA256:abc\n", ":7 「主机公钥」的写法不对；写成 ssh-ed25519 AAAA… 的样子；向管服务器的人要"),
    whole("target-account", TARGETS, WEIXIN + "gh_123456\n", ":4 「公众号」的写法不对；写 AppID：wx 加 16 位数字和小写字母，在公众平台的“开发”里"),
    whole("target-port", TARGETS, SFTP + KEY + "  私钥: FABU_SIYAO\n  端口: 70000\n", ":8 「端口」的数 70000 太大；不大于 65535，核对后改正"),
    whole("deliveries-good", DELIVERIES, "时间,去处,提交,内容编号,文件校验,签发\n2026-11-20 09:00:00,甲,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,aaaa-bbbb-cccc,bbbb,\n"),
    whole("deliveries-row", DELIVERIES, "时间,去处,提交,内容编号,文件校验,签发\n昨天,甲,a,b,c,\n", ":2 这一行的写法不对；这个文件由发布程序写，请恢复原样"),
]
# fmt: on

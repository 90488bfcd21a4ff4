"""私人的姓名，和写在一起的身份、病情、困难；不到十的人数。姓名都是编的，字数照真的。"""
# ruff: noqa: E501

from . import PAGE, TEXT, Content, body, swap, text, whole

EXEMPTIONS = "data/rules/exemptions.yml"
VETERAN = (
    "身份和姓名连在一起，认得出是谁；去掉姓名，写成“一位退役军人”，有本人书面同意的登记到 data/rules/exemptions.yml"
)
FAMILY = "军人、烈士家里人的姓名不写；写成“一位军属”，有本人书面同意的登记到 data/rules/exemptions.yml"
SERVING = "服役的、应征的、民兵的姓名不写；写成“一名现役军人”“一名新兵”"
PUPIL = "学生的姓名、学校不写；写成“一名学生”"
DONOR = "捐东西的人不写姓名；写成“村民捐赠，不署名”，本人书面同意署名的登记到 data/rules/exemptions.yml"
GIVER = "捐东西、受资助的人不写姓名；写成“村民捐赠，不署名”，本人书面同意署名的登记到 data/rules/exemptions.yml"
AGED = "称呼、岁数和姓名连在一起，认得出是谁；去掉姓名，写成“一位老人”"
VILLAGE = "村名和姓名连在一起，认得出是谁；去掉姓名，或者去掉村名"
HOME = "姓名和家里的事连在一起，认得出是谁；去掉姓名"
LIFE = "身份、经历和姓名连在一起，认得出是谁；去掉姓名，写成“一位退役军人”"
ILL = "病情、伤残和姓名写在一起；去掉病情、伤残，或者去掉姓名"
POOR = "家庭困难写在有姓名的话里或者下一句；去掉"
PHONE = "姓名和电话连在一起；只写岗位和办公电话，电话写在 data/places.yml"
PRIVATE = "家里的电话、门牌不公开；只公布办公电话，写在 data/places.yml"
ANYONE = "像是私人的姓名；有没有本人书面同意？没有就去掉姓名，有就登记到 data/rules/exemptions.yml"
FEW = "优抚对象、受助的孩子1到9人，认得出是谁；写成“少于10”，或者不写数"


def agreed(name: str, until: str) -> dict[str, Content]:
    """这一页上的这个姓名，本人书面同意过。"""
    return {
        EXEMPTIONS: f"{text(EXEMPTIONS)}- 检查: privacy\n  文件: {PAGE}\n  原文: {name}\n  理由: 本人书面同意\n"
        f"  批准: 镇分管负责人\n  至: {until}\n"
    }


# fmt: off
CASES = [
    # ---- 姓名前面写着身份 ----
    body("person-veteran", "慰问组看望了老兵阙长禾。", f"Y-3 「阙**」；{VETERAN}"),
    body("person-two-characters", "老兵胡垄说起往事。", f"Y-3 「胡*」；{VETERAN}"),
    body("person-listed", "到场的有抗美援朝老战士：王士禾、司广礼和孙传稻。", *(f"Y-3 「{each}**」；{VETERAN}" for each in "王司孙")),
    body("person-with-a-dot", "退役军人巴图·苏禾说，羊养好了。", f"Y-3 「巴图***苏禾」；{VETERAN}"),
    body("person-bold", "老兵**阙长禾**来了。", f"Y-3 「阙**」；{VETERAN}"),
    body("person-spread", "老兵 阙 长 禾 来了。", f"Y-3 「阙**」；{VETERAN}"),
    body("person-family", "军属汤明禾接过了光荣牌。", f"Y-3 「汤**」；{FAMILY}"),
    body("person-quoted-status", "“烈士遗属”骆小禾住在镇上。", f"Y-3 「骆**」；{FAMILY}"),
    body("person-two-character-surname", "军属欧阳小禾来了。", f"Y-3 「欧***」；{FAMILY}"),
    body("person-again", "军属汤明禾来了。\n\n说起儿子，汤明禾笑了。", f"Y-3 「汤**」；{FAMILY}", f":10 Y-3 「汤**」；{FAMILY}"),
    body("person-serving", "现役军人左立禾的照片不能发。", f"Y-6 「左**」；{SERVING}"),
    body("person-conscript", "新兵代表刘昆禾上台发言。", f"Y-6 「刘**」；{SERVING}"),
    body("person-militia", "新入队的民兵代表陆海禾说，心里很激动。", f"Y-6 「陆**」；{SERVING}"),
    body("person-pupil", "镇中心小学许小禾说，要好好读书。", f"Y-2 「许**」；{PUPIL}"),
    body("person-donor", "乡贤郑平禾、刘向禾商量办助学基金。", f"Y-7 「郑**」；{DONOR}", f"Y-7 「刘**」；{DONOR}"),
    body("person-gave", "村民彭有禾捐出一盏马灯。", f"Y-7 「彭**」；{GIVER}"),
    # ---- 村名、岁数、家 ----
    body("person-village", "服务站的人先后到柳湾村罗志禾、上坪村胡垄家。", f"Y-3 「罗**」；{VILLAGE}", f"Y-3 「胡*」；{VILLAGE}"),
    body("person-age", "94岁的田万禾讲了往事。", f"Y-3 「田**」；{AGED}"),
    body("person-home", "家住云桥镇松坡村的90岁的阮福禾老人拿出了纪念章。", f"Y-3 「阮**」；{AGED}"),
    body("person-called", "周福禾老人坐在门口。", f"Y-3 「周**」；{AGED}"),
    body("person-at-home", "工作人员来到吴文禾家中。", f"Y-3 「吴**」；{HOME}"),
    body("person-life", "吴文禾于1976年入伍。", f"Y-3 「吴**」；{LIFE}"),
    body("person-phone", "有事找张大禾，电话0000-1234567。", "提醒 S-10 正文里抄了电话「0000-1234567」；电话只写在 data/places.yml，页面用宏去取；抄两处就会有一处错", f"Y-1 「张**」；{PHONE}"),
    body("person-home-phone", "家里电话0000-1234567。", "提醒 S-10 正文里抄了电话「0000-1234567」；电话只写在 data/places.yml，页面用宏去取；抄两处就会有一处错", f"Y-1 「家里***67」；{PRIVATE}"),
    body("person-door", "门牌号是枫坪路18号，敲门就开。", f"Y-1 「门牌***8号」；{PRIVATE}"),
    body("office-door", "服务站在枫坪路18号，办公电话0000-1234567。", "提醒 S-10 正文里抄了电话「0000-1234567」；电话只写在 data/places.yml，页面用宏去取；抄两处就会有一处错"),
    # ---- 只有姓名 ----
    body("person-villager", "村民冯长禾说，樱桃熟了。", f"提醒 Y-5 「冯**」；{ANYONE}"),
    body("person-and-others", "来的有冯长禾、贺小满等8位村民。", f"提醒 Y-5 「冯**」；{ANYONE}", f"提醒 Y-5 「贺**」；{ANYONE}"),
    body("person-listed-before", "台上坐着张尤禾、陆守禾、沈文禾等。", *(f"提醒 Y-5 「{each}**」；{ANYONE}" for each in "张陆沈")),
    body("person-title-after", "米送给后街任大禾老人。", f"Y-3 「任**」；{AGED}"),
    body("person-listed-famous", "讲的是杨善洲、王进喜、吴孟禾等。"),
    # ---- 病情、困难 ----
    body("person-old-grade", "孙有禾是一名二等伤残军人，回村以后种果树。", "Y-1 「孙有***伤残」；姓名和残疾等级连在一起了"),
    body("person-old-grade-next", "老兵孙有禾回村种果树。他当年评为三等甲级。", f"Y-3 「孙**」；{VETERAN}", f"Y-1 「评为***甲级」；{ILL}"),
    body("person-ill-next", "老兵蒲永禾1951年入朝。他虽身患肺癌，精神还好。", f"Y-3 「蒲**」；{VETERAN}", "Y-1 「他虽***肺癌」；哪个人得了什么病不公开；没有写姓名，村里人也认得出"),
    body("person-poor-next", "村民张大禾来了。他家是低保户。", f"Y-1 「张**」；{POOR}", f"Y-1 「低**」；{POOR}"),
    body("ill-nobody-named", "服务站说明得了重病怎么申请。瘫痪的可以上门办，低保户也一样。"),
    # ---- 本人同意 ----
    whole("person-agreed", PAGE, swap(PAGE, TEXT, "老兵阙长禾来了。"), also=agreed("阙长禾", "2027-01-01")),
    whole("person-agreed-once", PAGE, swap(PAGE, TEXT, "老兵阙长禾来了。"), f":8 Y-3 「阙**」；{VETERAN}", f"{EXEMPTIONS}:4 提醒 M-1 放行在 2026-11-23 过期了；还要用的，重新审批，改 至；不用的删掉这一条", also=agreed("阙长禾", "2026-11-23")),
    # ---- 不是私人，不是姓名 ----
    body("person-masked", "老兵李某来了，军属王先生和代某也来了。"),
    body("person-in-office", "退役军人服务站站长王五禾、镇长张三禾和县人武部政委李四禾看望老兵。"),
    body("person-office-after", "梅利禾部长、刘清禾书记向退役军人徐海禾教官请教。"),
    body("person-in-office-again", "镇长冯长禾到了。冯长禾说，樱桃熟了。"),
    body("person-teaching", "讲解员金大禾，走进东林中心小学讲课。"),
    body("person-of-history", "战士黄继光、邱少云和雷锋的故事，学生们都会讲。"),
    body("person-martyr", "烈士赵安禾1917年出生，军属赵启禾烈士的墓在山上。"),
    body("person-of-the-past", "1948年的锦州战役中，战士梁士禾牺牲。"),
    body("person-in-a-title", "作者魏小禾写了老兵的故事，书名是《老兵阙长禾》。"),
    body("person-no-name", "老兵高度重视，学生马上集合，村民常年守山，军属安全到家，新兵向前走。"),
    # ---- 不到十的人数 ----
    body("few-here", "走访了竹园村一户两参人员，问他家里的难处。", f"S-5 「一户***人员」；{FEW}"),
    body("few-in-town", "全乡的优抚对象里，有1名抗美援朝老战士。", f"S-5 「1名***援朝」；{FEW}"),
    body("few-somewhere", "给3户军属送去光荣牌。", f"S-5 「3***」；{FEW}"),
    body("few-after", "全镇有低保户126户、特困户3户。", f"S-5 「特困***3户」；{FEW}"),
    body("few-not", "慰问了13户军属和一位退役军人。"),
]

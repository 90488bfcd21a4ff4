"""给人下载的 Word、Excel、PDF：读的人看不见的，工具去掉的，要人自己定的，打不开的。"""
# ruff: noqa: E501

import io
import zipfile

from documents import excel, package, pdf, properties, slides, text, word, xml
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject

from . import Case, whole
from .public import photo, svg, taken

SOUND = "G-1 文件夹里放了不能公开的文件；能放的有 svg、png、jpg、jpeg、webp、pdf、docx、xlsx；别的移走"
CLEAN = "运行 make clean-images 去掉"
NUMBER = "990101199003070023"  # 编的：没有 99 开头的地区


def case(id: str, content: bytes, *wanted: str) -> Case:
    """后缀照编号的头一截：word-…、excel-…、slides-…、pdf-…。"""
    suffix = {"word": "docx", "excel": "xlsx", "slides": "pptx", "pdf": "pdf"}[id.partition("-")[0]]
    more = [SOUND] if suffix == "pptx" else []
    return whole(id, f"docs/minbing/index.assets/a.{suffix}", content, *more, *(f"Y-10 {each}" for each in wanted))


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", xml("Types"))
        made.writestr("_rels/.rels", " " * 20_000_001)
    return buffer.getvalue()


def bitmap() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, format="BMP")
    return buffer.getvalue()


def style(look: str) -> tuple[str, str, str]:
    return "styles", "word/styles.xml", xml("w:styles", f'<w:style w:styleId="n"><w:rPr>{look}</w:rPr></w:style>')


def node(**items: object) -> DictionaryObject:
    """PDF 的字典：/ 开头的是名字，别的是字。"""
    made = DictionaryObject()
    for key, value in items.items():
        if isinstance(value, str):
            value = NameObject(value) if value.startswith("/") else TextStringObject(value)
        made[NameObject(f"/{key}")] = value
    return made


def annotation(**items: object) -> DictionaryObject:
    return node(Annots=ArrayObject([node(Rect=ArrayObject([FloatObject(0)] * 4), **items)]))


def pictured(content: bytes) -> bytes:
    """一页上有一张照片。"""

    def change(writer: PdfWriter) -> None:
        image = StreamObject()
        image.set_data(content)
        image.update(node(Type="/XObject", Subtype="/Image", Filter="/DCTDecode"))
        writer.pages[0][NameObject("/Resources")] = node(XObject=node(a=writer._add_object(image)))

    return pdf(change)


def described(inside: str) -> bytes:
    """XMP 里写着 inside。"""
    event = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    spaces = (
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:e="{event}"'
    )
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    made = f'<r:RDF xmlns:r="{rdf}" {spaces}><r:Description>{inside}</r:Description></r:RDF>'.encode()

    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(made)
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)

    return pdf(change)


def added() -> bytes:
    """改了题目，接着存在后面。"""
    writer = PdfWriter(io.BytesIO(pdf(lambda made: made.add_metadata({"/Title": "甲"}))), incremental=True)
    writer.add_metadata({"/Title": "乙"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked() -> bytes:
    return pdf(lambda writer: writer.encrypt("1", algorithm="RC4-128"))


def garbled() -> bytes:
    """字压成了没有的格式。"""

    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(b"BT (a) Tj ET")
        stream.update(node(Filter="/Meiyou"))
        page = writer.pages[0]
        page[NameObject("/Resources")], page[NameObject("/Contents")] = node(Font=node()), writer._add_object(stream)

    return pdf(change)


def signed(**more: object) -> bytes:
    return pdf(
        lambda writer: writer.add_metadata({"/Author": "示例"}), node(Sig=node(Type="/Sig", ByteRange=ArrayObject()))
    )


PNG = "「选择性粘贴」选「图片（PNG）」"
HIDDEN_ROWS = "按 Ctrl+A 全选，在行号、列标上点右键，「取消隐藏」，有筛选的清除筛选；不公开的删掉，再保存"
UNLINK = "「文件」→「信息」→「编辑指向文件的链接」→「断开链接」；Excel 里「数据」→「编辑链接」→「断开链接」；再保存"
COMMENTED = "有批注，写着批注的人的名字；「审阅」→「删除」→「删除文档中的所有批注」；Excel 里全选工作表，「审阅」→「删除」批注；再保存"
UNSEEN = "有 1 处隐藏的文字；按 Ctrl+A 全选，「字体」里去掉「隐藏」的勾；不公开的删掉，再保存"
MACRO = "带着宏（会自己运行的程序）；「文件」→「另存为」，类型选不带宏的 .docx、.xlsx"
CELLS = '<x:row r="1"{}><x:c r="A1"><x:v>1</x:v></x:c></x:row>'

HISTORY = '<xmpMM:History><r:Seq><r:li e:when="{}"/><r:li e:when="{}"/></r:Seq></xmpMM:History>'

# fmt: off
CASES = [
    # ---- 干净的 ----
    case("word-plain", word(text("甲"), properties(creator="", lastModifiedBy=""), ("comments", "word/comments.xml", xml("w:comments")), ("people", "word/people.xml", xml("people")))),
    case("word-plain-link", word(text("甲"), ("hyperlink", "https://a.example/", None), ("image", "word/media/a.jpg", photo()))),
    case("word-plain-wps", word(text("甲"), ("custom-properties", "docProps/custom.xml", xml("op:Properties", '<op:property name="KSOProductBuildVer">2052-12.1.0</op:property><op:property name="a">1.0</op:property>')))),
    case("excel-plain", excel(f'<x:cols><x:col min="5" max="9" hidden="1"/></x:cols><x:sheetData>{CELLS.format("")}<x:row r="2" hidden="1"/></x:sheetData>')),
    case("pdf-plain", pdf(lambda writer: writer.add_metadata({"/Creator": "WPS", "/Author": " "}), annotation(Subtype="/Link", T="甲"))),
    case("pdf-plain-photo", pictured(photo() + b"\n")),
    case("pdf-plain-xmp", described(f"<dc:title>甲</dc:title>{HISTORY.format(1, 1)}")),
    # ---- 打不开的 ----
    case("word-unreadable", b"0", "附件打不开；在 Word、Excel 或 WPS 里打开，另存一份"),
    case("word-locked", b"\xd0\xcf\x11\xe00", "附件加了密码，或者是旧的格式；去掉密码，用 Word、Excel 或 WPS 另存为 .docx、.xlsx"),
    case("word-huge", bomb(), "附件解开以后太大，查不了；删掉用不着的内容，或分成几个文件"),
    case("word-not", excel(), "这不是 .docx 文件；用 Word、Excel 或 WPS 打开，另存为 .docx、.xlsx"),
    case("pdf-unreadable", b"0", "PDF 打不开；重新导出一份"),
    case("pdf-locked", locked(), "PDF 加了密码，或者限制了打印、复制，查不了；去掉密码和限制，重新导出一份"),
    whole("pdf-garbled", "docs/minbing/index.assets/a.pdf", garbled(), "Y-1 附件里的字读不出来，查不了；重新导出一份"),
    case("pdf-huge", b" " * 50_000_001, "PDF 超过 50 MB，查不了；照片缩小以后重新导出，或分成几份"),
    whole("excel-id-number", "docs/minbing/index.assets/a.xlsx", excel("", ("sharedStrings", "xl/sharedStrings.xml", xml("x:sst", f"<x:si><x:t>{NUMBER}</x:t></x:si>"))), ":3 Y-1 「99***23」；身份证号不能写进来，已经推上去的看 CONTRIBUTING 的“如果已经推上去了”"),
    # ---- 工具去掉的 ----
    case("word-author", word("", properties(creator="示例", lastModifiedBy="示例")), f"附件里有作者、上次保存的人；{CLEAN}"),
    case("word-company", word("", ("extended-properties", "docProps/app.xml", xml("ep:Properties", "<ep:Company>甲</ep:Company><ep:Manager>乙</ep:Manager><ep:Template>C:\\Users\\a\\b.dotx</ep:Template>"))), f"附件里有单位、经理、模板的路径；{CLEAN}"),
    case("word-custom", word("", ("custom-properties", "docProps/custom.xml", xml("op:Properties", '<op:property name="起草人">甲</op:property>'))), f"附件里有自定义的属性；{CLEAN}"),
    case("word-photo", word("", ("image", "word/media/a.jpg", taken(place=True))), f"附件里有嵌着的图里的位置（GPS）、嵌着的图里的备注、缩略图等附带信息；{CLEAN}"),
    case("word-drawing", word("", ("image", "word/media/a.svg", svg("<!-- 1 -->"))), f"附件里有嵌着的图里的注释；{CLEAN}"),
    case("word-thumbnail", word("", ("thumbnail", "docProps/thumbnail.emf", b"0")), f"附件里有缩略图；{CLEAN}"),
    case("word-template", word("", ("attachedTemplate", "file:///C:/Users/a/b.dotx", None)), f"附件里有模板的路径；{CLEAN}"),
    case("word-path", word(text("甲") + '<w:p><w:r><w:instrText>INCLUDEPICTURE "C:\\\\Users\\\\</w:instrText></w:r><w:r><w:instrText>a\\\\b.png" \\d</w:instrText></w:r></w:p>'), f"附件里有图片原来的路径；{CLEAN}"),
    case("word-described", word('<w:drawing><w:docPr id="1" name="D:\\a\\b.jpg"/></w:drawing>'), f"附件里有图片原来的路径；{CLEAN}"),
    case("word-library", word("", ("customXml", "customXml/item1.xml", "<a>甲</a>")), f"附件里有文档库记下的资料；{CLEAN}"),
    case("word-unused", word("", loose={"word/media/a.txt": b"0"}), f"附件里有没有用到的部分；{CLEAN}"),
    case("word-variables", word("", ("settings", "word/settings.xml", xml("w:settings", "<w:docVars><w:docVar/></w:docVars>"))), f"附件里有软件记下的资料；{CLEAN}"),
    case("excel-printer", excel("", ("printerSettings", "xl/printerSettings/a.bin", b"0")), f"附件里有打印机的名字；{CLEAN}"),
    case("pdf-author", pdf(lambda writer: writer.add_metadata({"/Author": "示例"})), f"附件里有作者；{CLEAN}"),
    case("pdf-path", pdf(lambda writer: writer.add_metadata({"/Title": "file:///C:/Users/a/b.html"})), f"附件里有文件原来的路径；{CLEAN}"),
    case("pdf-xmp", described(f"<dc:creator>示例</dc:creator>{HISTORY.format(1, 2)}"), f"附件里有作者、修改过程等记录；{CLEAN}"),
    case("pdf-comment", pdf(into=annotation(Subtype="/Text", T="示例")), f"附件里有批注的人的名字；{CLEAN}"),
    case("pdf-embedded", pdf(lambda writer: writer.add_attachment("a.txt", b"0")), f"附件里有附件；{CLEAN}"),
    case("pdf-script", pdf(into=node(AA=node(O=node(S="/JavaScript", JS="1")))), f"附件里有脚本；{CLEAN}"),
    case("pdf-local-link", pdf(into=annotation(Subtype="/Link", A=node(S="/URI", URI="file:///C:/a"))), f"附件里有指到自己电脑里的链接；{CLEAN}"),
    case("pdf-photo", pictured(taken(place=True)), f"附件里有照片里的位置、手机型号等附带信息；{CLEAN}"),
    case("pdf-thumbnail", pdf(into=node(Thumb=node())), f"附件里有缩略图；{CLEAN}"),
    case("pdf-older", added(), f"附件里有改以前的内容；{CLEAN}"),
    # ---- 要人自己定的 ----
    case("word-changes", word('<w:p><w:ins w:author="甲"><w:r><w:t>一</w:t></w:r></w:ins><w:del w:author="甲"/></w:p>'), "有 2 处修订还没有定；Word、WPS 里「审阅」→「接受」→「接受所有修订」，不要的先拒绝，再保存"),
    case("word-comments", word("", ("comments", "word/comments.xml", xml("w:comments", "<w:comment/>"))), COMMENTED),
    case("word-hidden", word(text("甲", "<w:vanish/>") + text("乙", '<w:vanish w:val="0"/>')), UNSEEN),
    case("word-hidden-style", word(text("甲", '<w:rStyle w:val="n"/>'), style("<w:vanish/>")), UNSEEN),
    case("word-cropped", word('<w:drawing><a:srcRect l="20000"/><a:srcRect l="5"/></w:drawing>'), "有 1 张图裁掉的部分还在文件里；点图片，「图片格式」→「压缩图片」，勾「删除图片的剪裁区域」，再保存"),
    case("word-old-picture", word("", ("image", "word/media/a.emf", b"0")), f"嵌着查不了的图：a.emf；点这张图，复制，{PNG}，删掉原来的图再保存"),
    case("word-picture-unreadable", word("", ("image", "word/media/a.png", b"0")), "嵌着的 a.png：图片打不开；重新导出一份"),
    case("word-picture-odd", word("", ("image", "word/media/a.png", bitmap())), f"嵌着的 a.png：这种图查不了带着什么；点这张图，复制，{PNG}，删掉原来的图再保存"),
    case("word-object", word("", ("oleObject", "word/embeddings/a.bin", b"0")), f"嵌着别的文件：a.bin；公式、图表、表格复制以后，{PNG}，删掉原来的再保存"),
    case("word-sound", word("", ("video", "word/media/a.mp4", b"0")), "嵌着声音或视频：a.mp4；删掉声音、视频再保存"),
    case("word-macro", word("", ("vbaProject", "word/vbaProject.bin", b"0")), MACRO),
    case("word-macro-type", word(types='<Override PartName="/word/document.xml" ContentType="a.macroEnabled.main+xml"/>'), MACRO),
    case("word-signed", package(("officeDocument", "word/document.xml", xml("w:document")), ("origin", "_xmlsignatures/origin.sigs", b"")), "带着电子签名，里面有签的人的名字；「文件」→「信息」→「查看签名」，删掉签名再保存"),
    case("word-local-link", word("", ("hyperlink", "file:///D:/a.docx", None)), "链接指到自己电脑或单位内网里的文件；在链接上点右键，「取消超链接」，再保存"),
    case("word-mail", word("", ("mailMergeSource", "file:///D:/a.xlsx", None)), "连着邮件合并的名单；「邮件」→「开始邮件合并」→「普通 Word 文档」，再保存"),
    case("word-linked-picture", word("", ("image", "https://a.example/a.png", None)), f"连着文件外面的图片、表格或模板；{UNLINK}"),
    case("excel-hidden-sheet", excel(state="veryHidden"), "有隐藏的工作表「甲」；在工作表标签上点右键，「取消隐藏」；要公开的留着，不公开的删掉，再保存"),
    case("excel-hidden-row", excel(CELLS.format(' hidden="1"')), f"工作表「甲」有隐藏的行或列；{HIDDEN_ROWS}"),
    case("excel-hidden-column", excel(f'<x:cols><x:col min="1" max="1" hidden="1"/></x:cols>{CELLS.format("")}'), f"工作表「甲」有隐藏的行或列；{HIDDEN_ROWS}"),
    case("excel-comments", excel("", ("comments", "xl/comments1.xml", xml("x:comments", "<x:comment/>"))), COMMENTED),
    case("excel-shared", excel("", ("revisionHeaders", "xl/revisions/revisionHeaders.xml", xml("x:headers"))), "留着共享时的修订记录；Excel、WPS 里「审阅」→「共享工作簿」，去掉共享的勾，再保存"),
    case("excel-pivot", excel("", ("pivotCacheRecords", "xl/pivotCache/a.xml", xml("x:a"))), "数据透视表里存着明细；复制透视表，「选择性粘贴」选「数值」，删掉原来的透视表再保存"),
    case("excel-linked", excel("", ("externalLinkPath", "b.xlsx", None)), f"连着文件外面的图片、表格或模板；{UNLINK}"),
    case("slides-hidden", slides(("slide", "ppt/slides/slide1.xml", xml("p:sld", "", 'show="0"'))), "有 1 张隐藏的幻灯片；在幻灯片上点右键，「取消隐藏幻灯片」，或者删掉，再保存"),
    case("slides-notes", slides(("notesSlide", "ppt/notesSlides/a.xml", xml("p:notes", '<p:sp><p:ph type="body"/><a:t>甲</a:t></p:sp><p:sp><p:ph type="sldNum"/><a:t>1</a:t></p:sp>'))), "有 1 张幻灯片写着备注；「文件」→「信息」→「检查文档」，删掉「演示文稿备注」，再保存"),
    case("slides-plain", slides(("notesSlide", "ppt/notesSlides/a.xml", xml("p:notes", '<p:sp><p:ph type="sldNum"/><a:t>1</a:t></p:sp>')))),
    case("pdf-file", pdf(into=annotation(Subtype="/FileAttachment")), "PDF 里放着附件、声音或视频；导出 PDF 以前在 Word、WPS 里删掉它们"),
    case("pdf-signed", signed(), "PDF 里有作者，又有电子签名，去掉了签名就失效；请签的人去掉这些，再签一遍"),
]

"""照片和点阵图：重新画一遍，只留画面和颜色配置。大的缩小，横着拍的转正；动图、透明照旧。

本来就只有画面的，一个字节不动：照片每存一次都会糊一点。
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from .outcome import Cleaned, Stuck
from .parts import GIF, JPEG, PNG, WEBP, Broken, Leftover, only
from .profile import bare

WIDEST = 1600
LARGEST = 300 * 1024
SMALLEST = 240  # 缩到这么宽还太大，就不缩了
QUALITIES = (88, 80, 72, 64)
AREA = 300_000_000  # 动图各帧加起来的像素
SUFFIX = {JPEG: "jpg", PNG: "png", WEBP: "webp"}
ALIKE = {"jpeg": "jpg"}
PLACE, MAKER, TIME = (0x8825,), (0x010F, 0x0110, 0x013B, 0x013C, 0x8298, 0xA430), (0x0132, 0x9003, 0x9004)
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError, Image.DecompressionBombError)


def clean(content: bytes, suffix: str) -> Cleaned:
    """suffix：现在的后缀，不带点。"""
    with _opened(content) as image:
        return _clean(image, content, suffix)


def strip(content: bytes, suffix: str) -> Cleaned:
    """嵌在别的文件里的：不缩、不转、不换格式，只去掉画面以外的。"""
    with _opened(content) as image:
        kind = JPEG if image.format == "MPO" else image.format or ""
        said = tuple(_carried(image, content, kind))
        moving = getattr(image, "n_frames", 1) > 1
        try:
            made = only(kind, content) if kind in (*SUFFIX, GIF) else b""
        except Broken:
            made = b""
        drawn = not made or _profiled(image) or (kind == PNG and not moving and _hidden(image))
        if drawn and (moving or image.mode == "CMYK" or kind not in SUFFIX):
            raise Stuck("这种图查不了带着什么", "点这张图，复制，「选择性粘贴」选「图片（PNG）」，删掉原来的图再保存")
        return Cleaned(_redrawn(image, kind) if drawn else made, suffix, said) if said else Cleaned(content, suffix)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 很大的照片，Pillow 会用英文提醒
        try:
            with Image.open(io.BytesIO(content)) as image:
                yield image
        except UNREADABLE:
            raise Stuck("图片打不开", "重新导出一份") from None


def _clean(image: Image.Image, content: bytes, suffix: str) -> Cleaned:
    kind = JPEG if image.format == "MPO" else image.format or ""
    moving = kind != JPEG and getattr(image, "n_frames", 1) > 1
    said = list(_found(image, content, kind))
    if kind in SUFFIX and ALIKE.get(suffix, suffix) == SUFFIX[kind] and not said:
        image.load()
        return Cleaned(content, suffix)
    made, to = _animation(image, kind) if moving else _still(image, kind)
    after = suffix if ALIKE.get(suffix, suffix) == SUFFIX[to] else SUFFIX[to]
    if after != suffix:
        said.append(f"存成了 .{after}")
    return Cleaned(made, after, tuple(dict.fromkeys(said)))


# ---- 带着什么 ----


def _found(image: Image.Image, content: bytes, kind: str) -> Iterator[str]:
    """要重画的原因：附带了什么，太大，没有转正。"""
    yield from _carried(image, content, kind)
    if image.getexif().get(0x0112, 1) != 1:
        yield "没有转正的方向"
    if max(image.size) > WIDEST:
        yield f"超过 {WIDEST} 像素的宽高"
    if len(content) > LARGEST:
        yield f"超过 {LARGEST // 1024} KB 的大小"
    if image.mode in ("CMYK", "YCCK"):
        yield "印刷用的颜色"
    if kind not in SUFFIX:
        yield "网页不认的格式"


def _carried(image: Image.Image, content: bytes, kind: str) -> Iterator[str]:
    """画面以外的。"""
    exif = image.getexif()
    tags = {*exif, *exif.get_ifd(0x8769)}
    for name, wanted in (("位置（GPS）", PLACE), ("手机型号或姓名", MAKER), ("拍摄时间", TIME)):
        if tags & set(wanted):
            yield name
    if kind in (*SUFFIX, GIF):
        try:
            if only(kind, content) != content:
                yield "备注、缩略图等附带信息"
        except Leftover:
            yield "裁掉的画面"
        except Broken:
            yield "坏的段"
    if _profiled(image):
        yield "颜色配置里的设备信息"
    if kind == PNG and getattr(image, "n_frames", 1) == 1 and _hidden(image):
        yield "透明下面的画面"


def _profiled(image: Image.Image) -> bool:
    profile = image.info.get("icc_profile") or b""
    return bool(profile) and bare(profile, image.mode) != profile


def _hidden(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA") and _covered(image).tobytes() != image.tobytes()


def _covered(image: Image.Image) -> Image.Image:
    """全透明的地方没有颜色：橡皮擦过的，底下常常还在。"""
    seen = image.getchannel("A").point(lambda alpha: 255 if alpha else 0)
    return Image.composite(image, Image.new(image.mode, image.size, (0,) * len(image.getbands())), seen)


# ---- 重画 ----


def _still(image: Image.Image, kind: str) -> tuple[bytes, str]:
    tables = _tables(image) if kind == JPEG else {}
    if kind == JPEG:
        image.draft("RGB", (2 * WIDEST, 2 * WIDEST))  # 很大的照片先读小的
    shape, profile = image.size, image.info.get("icc_profile") or b""
    upright = ImageOps.exif_transpose(image)
    upright, profile = _screen(upright, profile)
    large = max(upright.size) > WIDEST
    if large or (upright.mode in ("P", "PA", "1") and kind != PNG):
        upright = _full(upright)
    if large:
        upright.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    drawn = _covered(upright) if upright.mode in ("RGBA", "LA") else upright.copy()
    transparent = "transparency" in drawn.info or (drawn.mode in ("RGBA", "LA") and _seen_through(drawn))
    drawn.info = {name: value for name, value in drawn.info.items() if name == "transparency"}
    to = kind if kind in SUFFIX else (PNG if transparent else JPEG)
    extra = {"icc_profile": profile} if profile else {}
    if to == JPEG and shape == image.size and not large:
        first = _saved(drawn, JPEG, **tables, **extra)
        if len(first) <= LARGEST:
            return first, JPEG
    if to == PNG:
        first = _saved(drawn, PNG, optimize=True, **extra)
        if len(first) <= LARGEST:
            return first, PNG
        to = PNG if transparent else JPEG  # 照片存成 PNG 太大
    return _fitted(_full(drawn), to, extra), to


def _redrawn(image: Image.Image, kind: str) -> bytes:
    """照原来的大小重画一遍。"""
    options = _tables(image) if kind == JPEG else {} if kind == PNG else {"quality": QUALITIES[0]}
    profile = bare(image.info.get("icc_profile") or b"", image.mode)
    drawn = _covered(image) if image.mode in ("RGBA", "LA") else image.copy()
    drawn.info = {name: value for name, value in drawn.info.items() if name == "transparency"}
    return _saved(drawn, kind, **options, **({"icc_profile": profile} if profile else {}))


def _tables(image: Image.Image) -> dict[str, object]:
    """原来压缩得多细，就多细：只换附带的，画面尽量不变。"""
    if isinstance(image, JpegImageFile) and image.mode in ("RGB", "L") and image.quantization:
        sampling = get_sampling(image)
        return {"qtables": image.quantization, **({"subsampling": sampling} if sampling >= 0 else {})}
    return {"quality": QUALITIES[0]}


def _screen(image: Image.Image, profile: bytes) -> tuple[Image.Image, bytes]:
    """印刷的颜色换成屏幕的；配置只留算颜色的。"""
    if image.mode == "CMYK":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None
        return made or image.convert("RGB"), b""
    return image, bare(profile, image.mode) if profile else b""


def _full(image: Image.Image) -> Image.Image:
    """缩放、压缩以前，先变成全色。"""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "LA", "RGBA"):
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _seen_through(image: Image.Image) -> bool:
    low, _ = image.getchannel("A").getextrema()
    return isinstance(low, int | float) and low < 255


def _fitted(image: Image.Image, kind: str, extra: dict[str, bytes]) -> bytes:
    """先压得粗些，再缩小，直到放得下。"""
    if kind == JPEG and image.mode == "RGBA":
        image = image.convert("RGB")
    while max(image.size) > 1:
        for quality in QUALITIES if kind != PNG else QUALITIES[:1]:
            drawn = image.quantize(256, Image.Quantize.FASTOCTREE) if kind == PNG else image
            options = {"optimize": True} if kind == PNG else {"quality": quality}
            made = _saved(drawn, kind, **options, **extra)
            if len(made) <= LARGEST:
                return made
        image = image.resize(_smaller(image.size), Image.Resampling.LANCZOS)
    return made


def _smaller(size: tuple[int, int]) -> tuple[int, int]:
    return max(1, size[0] * 4 // 5), max(1, size[1] * 4 // 5)


def _animation(image: Image.Image, kind: str) -> tuple[bytes, str]:
    """一帧一帧重画；时间、循环照旧。"""
    to = kind if kind in (PNG, WEBP) else WEBP
    count = getattr(image, "n_frames", 1)
    what, fix = "动图太长、太大，缩小了也超过 300 KB", "少留几帧，或换成一张照片"
    if math.prod(image.size) * count > AREA:
        raise Stuck(what, fix)
    frames, durations = [], []
    loop, default = int(image.info.get("loop", 0)), bool(image.info.get("default_image"))
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration") or 0))
        frames.append(_covered(frame.convert("RGBA")))
    size = image.size
    if max(size) > WIDEST:
        size = (max(1, size[0] * WIDEST // max(size)), max(1, size[1] * WIDEST // max(size)))
    while max(size) >= min(SMALLEST, max(image.size)):
        drawn = [each if each.size == size else each.resize(size, Image.Resampling.LANCZOS) for each in frames]
        for each in drawn:
            each.info = {}
        options = {"default_image": default} if to == PNG else {"quality": 80, "method": 4}
        timed = durations[1:] if to == PNG and default else durations
        made = _saved(drawn[0], to, save_all=True, append_images=drawn[1:], duration=timed, loop=loop, **options)
        if len(made) <= LARGEST:
            return made, to
        size = _smaller(size)
    raise Stuck(what, fix)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    if kind == WEBP and "save_all" not in options:
        options = {"method": 4, **options}
    image.save(content, format=kind, **options)
    return only(kind, content.getvalue())

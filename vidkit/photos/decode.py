"""A photo file → its content hash and an upright sRGB picture, with bounded memory, or a refusal that says what the file really is.

Only Pillow opens photos, behind an allow-list of formats, and only the first image of a file is used. Sizes are checked from
the header before any pixel is decoded; big JPEGs are decoded at a reduced DCT size.
"""

from __future__ import annotations

import codecs
import io
import warnings
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image, ImageCms

from vidkit.photos.file import Source, limits, read
from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vidkit.problems import Problem

__all__ = ["Source", "header", "limits", "picture", "read", "reduction"]

T = TypeVar("T")
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
ORIENTATION = 0x0112
REDUCTIONS = (1, 2, 4, 8)
DISGUISES: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "网页文件 (web page)"),
    (b"<html", "网页文件 (web page)"),
    (b"<svg", "SVG 图形文件 (SVG)"),
    (b"<?xml", "XML 文件 (XML)"),
    (b"%pdf", "PDF 文件 (PDF)"),
    (b"pk\x03\x04", "压缩包或办公文档 (zip)"),
    (b"gif8", "GIF 动图 (GIF)"),
    (b"bm", "BMP 图片 (BMP)"),
    (b"ii*\x00", "TIFF 图片 (TIFF)"),
    (b"mm\x00*", "TIFF 图片 (TIFF)"),
    (b"\x1aE\xdf\xa3".lower(), "视频文件 (video)"),
)


@cache
def _register_heif() -> None:
    import pi_heif  # noqa: PLC0415  # loaded for the first photo, not for every command

    pi_heif.register_heif_opener()


def header(source: Source) -> tuple[int, int]:
    """Upright width and height in pixels, read without decoding; refuses what is no photo or over a limit."""
    with _opened(source) as image:
        return _upright_size(image)


def picture(source: Source, *, at_least: tuple[int, int] | None = None) -> NDArray[np.uint8]:
    """The whole photo upright in sRGB, shape (H, W, 3); with ``at_least`` (width, height) it may be decoded at a half, a quarter or an
    eighth of its size, but not smaller than that. Refuses a broken or incomplete file with VK-P003.
    """
    return _guarded(source, lambda: _decoded(source, at_least))


def reduction(size: tuple[int, int], at_least: tuple[int, int] | None) -> int:
    """By how much (1, 2, 4 or 8) a photo of ``size`` may be decoded smaller and still have ``at_least`` pixels each way."""
    if at_least is None:
        return 1
    room = min(size[0] // max(at_least[0], 1), size[1] // max(at_least[1], 1))
    return max(factor for factor in REDUCTIONS if factor <= max(room, 1))


def _decoded(source: Source, at_least: tuple[int, int] | None) -> NDArray[np.uint8]:
    with _opened(source) as image:
        factor = reduction(_upright_size(image), at_least)
        whole = image.size
        if factor > 1 and _kind(image) == "JPEG":
            image.draft(None, (whole[0] // factor, whole[1] // factor))
        image.load()
        left = max(1, round(factor * image.size[0] / whole[0]))
        profile, orientation = image.info.get("icc_profile"), image.getexif().get(ORIENTATION, 1)
        pixels = np.asarray(_reduced(image, left, profile))
    return _turned(pixels, orientation)


def _reduced(image: Image.Image, factor: int, profile: bytes | None) -> Image.Image:
    """The image in sRGB, smaller by a whole factor: before its colours are worked out where its pixels can be averaged, else after."""
    if factor == 1:
        return _srgb(image, profile)
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return _srgb(image.reduce(factor), profile)
    return _srgb(image, profile).reduce(factor)


def _opened(source: Source) -> Image.Image:
    return _guarded(source, lambda: _open(source))


def _open(source: Source) -> Image.Image:
    _register_heif()
    image = Image.open(io.BytesIO(source.content), formats=FORMATS)
    width, height = image.size
    allowed = limits()["max_megapixels"][_kind(image)]
    fault: Problem | None = None
    if width * height > allowed * 1_000_000:
        megapixels = round(width * height / 1e6)
        fault = problem(
            "VK-P004", source.place, name=source.name, megapixels=megapixels, kind=_kind(image), limit=allowed
        )
    elif max(width, height) > limits()["max_ratio"] * min(width, height):
        fault = problem(
            "VK-P005", source.place, name=source.name, width=width, height=height, limit=limits()["max_ratio"]
        )
    elif min(width, height) < limits()["min_side_px"]:
        fault = problem(
            "VK-P006", source.place, name=source.name, width=width, height=height, limit=limits()["min_side_px"]
        )
    if fault:
        raise Refusal(fault)
    return image


def _kind(image: Image.Image) -> str:
    """The format's name; a JPEG with further pictures behind it (MPO, as many phones write) is a JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def _guarded(source: Source, action: Callable[[], T]) -> T:
    """Pillow raises nearly anything on broken files (measured: eight exception types); all of it means one thing here."""
    pixels, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return action()
    except Refusal:
        raise
    except MemoryError:
        raise Refusal(problem("VK-E004", source.place, name=source.name)) from None
    except Exception as error:
        raise Refusal(_what_it_is(source)) from error
    finally:
        Image.MAX_IMAGE_PIXELS = pixels


def _what_it_is(source: Source) -> Problem:
    start = source.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    really = next((name for mark, name in DISGUISES if start.startswith(mark)), "")
    if not really and source.content[4:8] == b"ftyp" and source.content[8:12] not in HEIF_BRANDS:
        really = "AVIF 图片 (AVIF)" if source.content[8:12] in AVIF_BRANDS else "视频文件 (video)"
    if not really and _looks_like_text(source.content):
        really = "文字文件 (text)"
    if really:
        return problem("VK-P002", source.place, name=source.name, really=really)
    return problem("VK-P003", source.place, name=source.name)


AVIF_BRANDS = (b"avif", b"avis")
HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"hevc")


def _looks_like_text(content: bytes) -> bool:
    """Whether it begins with at least eight bytes of readable UTF-8 (a character cut at the end does not count) and is no WebP."""
    try:
        start, _ = codecs.utf_8_decode(content[:512], "strict", len(content) <= 512)
    except UnicodeDecodeError:
        return False
    readable = all(c.isprintable() or c in "\r\n\t\ufeff" for c in start)
    return readable and len(content) >= 8 and not content.startswith(b"RIFF")


def _upright_size(image: Image.Image) -> tuple[int, int]:
    sideways = image.getexif().get(ORIENTATION, 1) in {5, 6, 7, 8}
    width, height = image.size
    return (height, width) if sideways else (width, height)


def _turned(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The pixels upright, by EXIF's eight orientations; an unknown one changes nothing."""
    swapped = np.swapaxes(pixels, 0, 1) if orientation in {5, 6, 7, 8} else pixels
    rows = -1 if orientation in {3, 4, 7, 8} else 1
    columns = -1 if orientation in {2, 3, 6, 7} else 1
    return np.ascontiguousarray(swapped[::rows, ::columns])


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image as 8-bit RGB: its colour profile applied, transparency laid on white, 16 bits scaled."""
    if image.mode.startswith("I") or image.mode == "F":
        image = Image.fromarray((np.asarray(image).astype(np.float32) / 257).clip(0, 255).astype(np.uint8))
    if image.mode in {"P", "LA", "PA", "RGBA", "La"} or "transparency" in image.info:
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image.convert("RGBA"))
        image = flat.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        image = _through_profile(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return made if made is not None else image

"""A photo's bytes → an upright sRGB picture, with bounded memory, or a refusal that says what the file really is.

Pillow decodes photos, through the one plugin that the file's own bytes call for, and only the first picture of a file is used.
Sizes and memory are checked from the header before any pixel is decoded; what is decoded goes strip by strip through its colour
profile, onto white and into place, so that a large photo exists once and not three times. A plain JPEG that Pillow has found whole
before may be decoded by OpenCV: the same pixels, at once in their place.
"""

from __future__ import annotations

import io
import struct
import threading
import warnings
from collections import deque
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageCms, JpegImagePlugin

from vidkit.photos import boxes, heif
from vidkit.photos import file as files
from vidkit.photos.file import Source, limits, read
from vidkit.problems import Problem, Refusal, problem
from vidkit.runs import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from PIL import ImageFile

__all__ = ["Source", "blocks", "header", "limits", "picture", "read", "reduction"]

T = TypeVar("T")
ORIENTATION = 0x0112
PLUGINS = {"JPEG": "Jpeg", "PNG": "Png", "WEBP": "WebP", "AVIF": "Avif"}
"""How Pillow calls its readers; each is loaded for the first such photo."""
REDUCTIONS = (1, 2, 4, 8)
REDUCED = {
    1: 0,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
"""OpenCV's flags for decoding at a part of the size; grey only until ``FLAGS`` are added."""
FLAGS = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
FLIPS = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}
"""How OpenCV flips a picture (transposed from orientation 5 on) to make it upright: 1 left and right, 0 top and bottom, -1 both."""
STRIP_ROWS = 512
"""Rows worked on at once: a multiple of every reduction."""
NO_CODE = b"\xff\x00" * 8
"""Eight bytes of ones as a JPEG's pixels store them: no Huffman code begins so."""
LEFT_OVER = 1 << 17
TAIL = 64
"""Bytes at the end of a JPEG's coded pixels that are handed out one by one, so that it can be told how many were needed."""
DISPLAY_P3 = 12
P3_PRIMARIES = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
"""XYZ of Display P3's red, green and blue, adapted to D50 (SMPTE EG 432-1)."""


def header(source: Source) -> tuple[int, int]:
    """Upright width and height in pixels, read without decoding; refuses what is no photo or over a limit."""
    with _opened(source, None) as image:
        return _upright_size(image)


def picture(source: Source, *, at_least: tuple[int, int] | None = None, examined: bool = False) -> NDArray[np.uint8]:
    """The whole photo upright in sRGB, shape (H, W, 3); with ``at_least`` (width, height) it may be decoded at a half, a quarter or an
    eighth of its size, but not smaller than that unless it is larger than ``max_whole_megapixels``. Refuses a broken or incomplete
    file with VK-P003; of one that was ``examined``, these very bytes were decoded before and found whole, with nothing left over.
    """
    return _guarded(source, lambda: _decoded(source, at_least, examined=examined))[0]


def closely(source: Source, *, at_least: tuple[int, int] | None = None) -> tuple[NDArray[np.uint8], bytes]:
    """The same of a photo seen for the first time, and what of its coded pixels, up to ``TAIL`` bytes, stands before their end though no
    pixel took it. That is nothing in a JPEG as most cameras write it; where bytes have changed on the way, pixels take more or fewer than
    there are. Told of a JPEG in one scan only.
    """
    return _guarded(source, lambda: _decoded(source, at_least, examined=False))


def reduction(size: tuple[int, int], at_least: tuple[int, int] | None) -> int:
    """By how much (1, 2, 4 or 8) a photo of ``size`` may be decoded smaller and still have ``at_least`` pixels each way; more where the
    limits table lets no photo so large come whole.
    """
    wanted = at_least or size
    room = min(size[0] // max(wanted[0], 1), size[1] // max(wanted[1], 1))
    free = max(factor for factor in REDUCTIONS if factor <= max(room, 1))
    whole = limits()["max_whole_megapixels"] * 1e6
    return max(free, next((f for f in REDUCTIONS if size[0] * size[1] <= whole * f * f), REDUCTIONS[-1]))


def blocks(source: Source) -> tuple[bytes, bytes]:
    """The photo's EXIF and XMP as stored, empty where there is none; refuses what ``header`` refuses."""
    with _opened(source, None) as image:
        found = [image.info.get(name) or b"" for name in ("exif", "xmp")]
    exif, xmp = (item if isinstance(item, bytes) else b"" for item in found)
    return exif, xmp


# Opening


def _opened(source: Source, at_least: tuple[int, int] | None) -> ImageFile.ImageFile:
    return _guarded(source, lambda: _open(source, at_least))


def _open(source: Source, at_least: tuple[int, int] | None) -> ImageFile.ImageFile:
    kind = files.kind(source.content)
    if not kind:
        raise Refusal(_what_it_is(source))
    stored = files.jpeg(source.content) if kind == "JPEG" else None
    if kind == "PNG":
        deque(files.png_chunks(source.content), 0)  # Pillow passes over checksums and end
    if kind in {"HEIF", "AVIF"}:
        boxes.whole(source.content)  # libheif leaves what is missing green
    if kind == "WEBP":
        _fits(source, kind, _webp_size(source.content), at_least, 0)  # the plugin takes its memory when it opens a file
    image = _plugin(kind)(_stream(source.content, stored))
    _fits(source, kind, image.size, at_least, stored.held if stored else 0)
    frames, most = int(getattr(image, "n_frames", 1)), limits()
    if frames > most["max_frames"]:
        raise _refused(source, "VK-P011", frames=frames, limit=most["max_frames"])
    if stored and stored.scans > most["max_scans"]:
        raise _refused(source, "VK-P012", scans=stored.scans, limit=most["max_scans"])
    if stored and not stored.complete:
        raise ValueError("scans are missing")
    return image


def _plugin(kind: str) -> type[ImageFile.ImageFile]:
    """The one reader for a kind: Pillow tries no other on the file."""
    if kind == "HEIF":
        return heif.reader()
    name = PLUGINS[kind]
    found: type[ImageFile.ImageFile] = getattr(import_module(f"PIL.{name}ImagePlugin"), f"{name}ImageFile")
    return found


def _fits(source: Source, kind: str, size: tuple[int, int], at_least: tuple[int, int] | None, held: int) -> None:
    """Refuses a photo whose size or need of memory is over a limit."""
    most, (width, height) = limits(), size
    if min(size) <= 0:
        raise ValueError("no pixels")
    if width * height > most["max_megapixels"][kind] * 1_000_000:
        limit, megapixels = most["max_megapixels"][kind], round(width * height / 1e6)
        raise _refused(source, "VK-P004", megapixels=megapixels, kind=kind, limit=limit)
    if max(width, height) > most["max_ratio"] * min(width, height):
        raise _refused(source, "VK-P005", width=width, height=height, limit=most["max_ratio"])
    if min(width, height) < most["min_side_px"]:
        raise _refused(source, "VK-P006", width=width, height=height, limit=most["min_side_px"])
    need = _need_mb(len(source.content), kind, size, reduction(size, at_least), held)
    room = min(most["max_memory_mb"], max(files.free_memory_mb() + most["base_mb"] - most["spare_mb"], 0))
    if need > room:
        raise _refused(source, "VK-P010", need=round(need), room=round(room))


def _need_mb(stored: int, kind: str, size: tuple[int, int], factor: int, held: int) -> float:
    """The peak of memory (millions of bytes) of decoding a photo, by the limits table's measured bytes per pixel."""
    most, pixels = limits(), size[0] * size[1]
    decoded, given = (pixels * each / factor ** (2 * i) for i, each in enumerate(most["bytes_per_pixel"][kind]))
    return float(most["base_mb"] + (stored + decoded + max(held + given / 2, given)) / 1e6)


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height from a WebP's first chunk (RFC 9649 §2.5-2.7)."""
    first, body = content[12:16], content[20:30]
    if len(body) < 10:
        raise ValueError("cut short")
    if first == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if first == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


class _OneScan(io.BytesIO):
    """A JPEG of one scan up to where its pixels end, then bits that are no code, and nothing more: a decoder that still wants pixels
    runs out and says so, where an end mark would let it fill up with grey. Its last bytes come one by one.
    """

    start = end = 0
    spent = False

    def read(self, size: int | None = -1, /) -> bytes:
        at, tail = self.tell(), max(self.start, self.end - TAIL)
        if at < self.end:
            most = tail - at if at < tail else 1
            return super().read(most if size is None or size < 0 else min(size, most))
        self.spent, spent = True, self.spent
        return b"" if spent else NO_CODE

    def left(self) -> bytes:
        """The coded pixels that nobody asked for."""
        return self.getvalue()[self.tell() : self.end]


def _stream(content: bytes, stored: files.Jpeg | None) -> io.BytesIO:
    if stored is None or stored.held:
        return io.BytesIO(content)
    stream = _OneScan(content)
    stream.start, stream.end = stored.start, stored.end
    return stream


# Refusing


def _refused(source: Source, code: str, **values: object) -> Refusal:
    return Refusal(problem(code, source.place, name=source.name, **values))


def _guarded(source: Source, action: Callable[[], T]) -> T:
    """Pillow raises nearly anything on broken files (measured: eight exception types); all of it means one thing here."""
    try:
        with _quiet():
            return action()
    except Refusal:
        raise
    except MemoryError:
        raise Refusal(problem("VK-E004", source.place, name=source.name)) from None
    except ImportError as error:
        faults.enough_files()
        raise Refusal(problem("VK-M014", source.place, name=error.name or source.name)) from error
    except Exception as error:
        faults.answered(error)
        raise Refusal(_what_it_is(source)) from error


_LOCK, _STATE = threading.Lock(), {"inside": 0}
_FILTERS: list[warnings.catch_warnings[None]] = []


@contextmanager
def _quiet() -> Iterator[None]:
    """No warnings while any thread decodes: the first to come in silences them, the last to leave lets them speak again."""
    with _LOCK:
        _STATE["inside"] += 1
        if _STATE["inside"] == 1:
            _FILTERS.append(warnings.catch_warnings())
            _FILTERS[0].__enter__()
            warnings.simplefilter("ignore")
    try:
        yield
    finally:
        with _LOCK:
            _STATE["inside"] -= 1
            if _STATE["inside"] == 0:
                _FILTERS.pop().__exit__(None, None, None)


def _what_it_is(source: Source) -> Problem:
    good = files.kind(source.content) and source.content[8:12] not in files.SEQUENCE_BRANDS
    really = "" if good else files.disguise(source.content)
    if really:
        return problem("VK-P002", source.place, name=source.name, really=really)
    return problem("VK-P003", source.place, name=source.name)


# Pixels


def _decoded(source: Source, at_least: tuple[int, int] | None, *, examined: bool) -> tuple[NDArray[np.uint8], bytes]:
    """The picture, and what ``closely`` gives besides; nothing of a photo examined before."""
    with _opened(source, at_least) as image:
        factor = reduction(_upright_size(image), at_least)
        whole = image.size
        made = _at_once(image, source.content, factor) if examined else None
        if made is not None:
            return made, b""
        if factor > 1 and isinstance(image, JpegImagePlugin.JpegImageFile):
            image.draft(image.mode, (whole[0] // factor, whole[1] // factor))
        left = _load(image)
        return _upright(image, max(1, round(factor * image.size[0] / whole[0]))), left


def _at_once(image: Image.Image, content: bytes, factor: int) -> NDArray[np.uint8] | None:
    """A colour JPEG decoded by OpenCV, whose libjpeg gives the very pixels Pillow's gives; None where that is not sure. One with restart
    marks is Pillow's: where bytes are left before a mark, which does no harm, OpenCV's says so on the terminal.
    """
    if image.mode != "RGB" or not isinstance(image, JpegImagePlugin.JpegImageFile) or _restarts(content):
        return None
    made = cv2.imdecode(np.frombuffer(content, np.uint8), REDUCED[factor] | FLAGS)
    width, height = (-(-side // factor) for side in image.size)
    if made is None or made.shape != (height, width, 3):
        return None
    pixels, change = np.asarray(made, np.uint8), _change(image.info.get("icc_profile"))
    if change:
        for top in range(0, height, STRIP_ROWS):
            strip = Image.fromarray(pixels[top : top + STRIP_ROWS])
            pixels[top : top + STRIP_ROWS] = np.asarray(ImageCms.applyTransform(strip, change) or strip)
    return _turned(pixels, _orientation(image))


def _restarts(content: bytes) -> bool:
    """Whether a JPEG's pixels are coded with restart marks between them."""
    return any(
        code == files.RESTART_INTERVAL and any(content[at:end]) for code, at, end in files.jpeg_segments(content)
    )


def _change(profile: bytes | None) -> ImageCms.ImageCmsTransform | None:
    """What a profile changes in RGB pixels, None where that is nothing."""
    given = _profile(profile)
    return _built(given, "RGB") if given else None


def _load(image: ImageFile.ImageFile) -> bytes:
    """The pixels decoded; what is left over of the coded ones. A JPEG with much more data than its pixels took is not in order."""
    stream = image.fp
    image.load()
    left = stream.left() if isinstance(stream, _OneScan) else b""
    if isinstance(stream, _OneScan) and len(left) > max(LEFT_OVER, stream.end // 20):
        raise ValueError("coded pixels are left over")
    return left[-TAIL:]


def _upright(image: Image.Image, factor: int) -> NDArray[np.uint8]:
    """The decoded image in sRGB, ``factor`` times smaller, upright; worked out strip by strip."""
    width, height = -(-image.size[0] // factor), -(-image.size[1] // factor)
    orientation, convert = _orientation(image), _conversion(image)
    made = np.empty((width, height, 3) if orientation >= 5 else (height, width, 3), np.uint8)
    stored = _as_stored(made, orientation)
    for top in range(0, image.size[1], STRIP_ROWS):
        strip = image.crop((0, top, image.size[0], min(top + STRIP_ROWS, image.size[1])))
        pixels = np.asarray(_reduced(strip, factor, convert))
        place = stored[top // factor : top // factor + len(pixels)]
        _as_upright(place, orientation)[:] = _turned(pixels, orientation)
    return made


def _reduced(strip: Image.Image, factor: int, convert: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """The strip in sRGB, smaller by a whole factor: before its colours are worked out where its pixels can be averaged, else after."""
    if factor == 1:
        return convert(strip)
    if strip.mode in {"L", "RGB", "CMYK"} and "transparency" not in strip.info:
        return convert(strip.reduce(factor))
    return convert(strip).reduce(factor)


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) >= 5 else (width, height)


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; 1 where there is none or an unknown one, and for HEIF, which libheif has turned already. An AVIF's is
    the one its own turn and mirror give (Pillow's plugin writes it into the EXIF), never one from XMP.
    """
    if image.format == "HEIF":
        return 1
    try:
        found = _exif(image.info.get("exif")) if image.format == "AVIF" else image.getexif()
        value = found.get(ORIENTATION, 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # a broken EXIF block raises nearly anything, and the photo is still a photo
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _exif(stored: bytes | None) -> Image.Exif:
    exif = Image.Exif()
    if stored:
        exif.load(stored)
    return exif


def _as_stored(upright: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """A view of an upright picture as a camera stores it under one of EXIF's eight orientations."""
    rows = -1 if orientation in {3, 4, 7, 8} else 1
    columns = -1 if orientation in {2, 3, 6, 7} else 1
    flipped = upright[::rows, ::columns]
    return flipped.swapaxes(0, 1) if orientation >= 5 else flipped


def _as_upright(stored: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The view that ``_as_stored`` was made of, or of a part of it."""
    rows = -1 if orientation in {3, 4, 7, 8} else 1
    columns = -1 if orientation in {2, 3, 6, 7} else 1
    turned = stored.swapaxes(0, 1) if orientation >= 5 else stored
    return turned[::rows, ::columns]


def _turned(stored: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Pixels as a camera stores them → upright, as pixels of their own: several times faster than by such a view."""
    turned = cv2.transpose(stored) if orientation >= 5 else stored
    axis = FLIPS.get(orientation)
    return np.asarray(turned if axis is None else cv2.flip(turned, axis), np.uint8)


# Colour


def _conversion(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What makes 8-bit sRGB of a part of the image: its colour profile applied, transparency laid on white, 16 bits scaled."""
    key = image.info.get("transparency") if image.mode.startswith("I") else None
    turned = image.mode == "CMYK" and "adobe" not in image.info  # Pillow takes every CMYK JPEG for one of Adobe's
    through = _transform(image.info.get("icc_profile") or _named_profile(image))

    def convert(part: Image.Image) -> Image.Image:
        part = _eight_bits(part, key) if part.mode.startswith("I") else part
        part = ImageChops.invert(part) if turned else part
        if part.mode in {"P", "LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in part.info:
            clear = part.convert("RGBA")
            flat = Image.new("RGB", part.size, "white")
            flat.paste(through(clear.convert("RGB")), mask=clear.getchannel("A"))
            return flat
        return through(part.convert("L") if part.mode == "1" else part)

    return convert


def _named_profile(image: Image.Image) -> bytes | None:
    """The profile of a HEIF that only names its colours, by number (ISO 23091-2): 12 is Display P3."""
    named = image.info.get("nclx_profile")
    return _display_p3() if isinstance(named, dict) and named.get("color_primaries") == DISPLAY_P3 else None


@cache
def _display_p3() -> bytes:
    """Pillow's sRGB profile with the primaries of Display P3: the curve is the same."""
    stored = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag, xyz in P3_PRIMARIES.items():
        at = stored.index(tag, 128) + 4
        values = (round(value * 65536) for value in xyz)
        struct.pack_into(">3i", stored, int.from_bytes(stored[at : at + 4], "big") + 8, *values)
    return bytes(stored)


def _eight_bits(part: Image.Image, key: object) -> Image.Image:
    """16-bit grey as 8 bits, rounded; grey of the value that stands for nothing becomes white."""
    grey = np.asarray(part).clip(0, 65535).astype(np.uint32)
    made = ((grey * 255 + 32895) >> 16).astype(np.uint8)
    made[grey == key] = 255
    return Image.fromarray(made)


def _transform(profile: bytes | None) -> Callable[[Image.Image], Image.Image]:
    """What takes a part of an image to sRGB through an ICC profile; one that is broken or for other colours than the part's counts as sRGB."""
    made: dict[str, ImageCms.ImageCmsTransform | None] = {}
    given = _profile(profile)

    def through(part: Image.Image) -> Image.Image:
        part = part.convert("RGB") if part.mode == "L" and given and _space(given) == "RGB" else part
        if given and part.mode not in made:
            made[part.mode] = _built(given, part.mode)
        known = made.get(part.mode)
        done = ImageCms.applyTransform(part, known) if known else None
        return done or (part if part.mode == "RGB" else part.convert("RGB"))

    return through


def _profile(stored: bytes | None) -> ImageCms.ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(stored)) if stored else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _space(profile: ImageCms.ImageCmsProfile) -> str:
    return str(profile.profile.xcolor_space).strip()


def _built(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform | None:
    wanted = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}.get(mode)
    if _space(profile) != wanted:
        return None
    try:
        made = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
        return None if mode == "RGB" and _changes_nothing(made) else made
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform leaves every colour where it is, to a level: most profiles are sRGB's own, and trying 4913 colours is quicker."""
    levels = np.linspace(0, 255, 17).round().astype(np.uint8)
    colours = np.stack(np.meshgrid(levels, levels, levels), -1).reshape(17, -1, 3)
    made = ImageCms.applyTransform(Image.fromarray(colours), transform)
    return made is not None and int(np.abs(np.asarray(made).astype(int) - colours).max()) <= 1

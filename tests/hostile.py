"""Photo files made by numbers: whole ones of every kind, and a few hundred broken, lying or pretending ones, the same for the same seed."""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from conftest import smooth
from PIL import Image

from vidkit import ffmpeg
from vidkit.photos import decode
from vidkit.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.colour import Bytes

PLACE = Place("a.yaml", 7, 8)
WIDTH, HEIGHT = 320, 256
PICTURE = smooth(WIDTH, HEIGHT, 4)
PICTURE[:60, :90] = (220, 40, 40)
PICTURE[-60:, -90:] = (40, 60, 220)


def source(content: bytes, name: str = "photo.jpg") -> decode.Source:
    """A photo file's bytes as read."""
    return decode.Source(content, "0" * 64, name, PLACE)


def encoded(pixels: Any, kind: str = "PNG", **more: Any) -> bytes:
    """A picture as a file of a kind."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.ascontiguousarray(pixels))
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


# PNG and JPEG by hand


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(pixels: Any, colour: int, depth: int = 8, extra: bytes = b"") -> bytes:
    """A PNG of samples (H, W, C) in a colour type and bit depth (8 or 16), with further chunks before its pixels."""
    rows = np.asarray(pixels).astype(">u2" if depth == 16 else np.uint8)
    height, width = rows.shape[:2]
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows), 1)
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises a picture that its data do not hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def segment(code: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def with_segments(content: bytes, *segments: bytes) -> bytes:
    """A JPEG with further segments behind its start."""
    return content[:2] + b"".join(segments) + content[2:]


def resized_header(content: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame header tells another size."""
    at = next(content.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in content)
    return content[: at + 5] + struct.pack(">HH", height, width) + content[at + 9 :]


def rotten(content: bytes, seed: int = 0, count: int = 20) -> bytes:
    """A JPEG some of whose coded pixels' bytes were changed on the way."""
    chance, made = np.random.default_rng(seed), bytearray(content)
    for at in chance.integers(content.index(b"\xff\xda") + 20, len(content) - 40, count):
        made[at] = int(chance.integers(1, 255))
    return bytes(made)


# HEIC


def box(kind: bytes, *inner: bytes) -> bytes:
    """A box of an ISO base media file."""
    body = b"".join(inner)
    return struct.pack(">I", len(body) + 8) + kind + body


def full_box(kind: bytes, *inner: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *inner)


@cache
def _hevc(raw: bytes, width: int, height: int) -> tuple[bytes, bytes]:
    """The decoder configuration box and the one frame of a picture in HEVC; skips the test where no x265 is."""
    command = [ffmpeg.executable(), "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"]
    command += ["-i", "pipe:0", "-vf", "scale=out_color_matrix=bt709:out_range=pc", "-pix_fmt", "yuv420p"]
    command += ["-frames:v", "1", "-c:v", "libx265", "-tag:v", "hvc1"]
    command += ["-x265-params", "log-level=none:crf=8:keyint=1:colormatrix=bt709:range=full"]
    command += ["-f", "mp4", "-movflags", "frag_keyframe+empty_moov", "pipe:1"]
    done = subprocess.run(command, input=raw, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this ffmpeg has no libx265")
    at = done.stdout.index(b"hvcC") - 4
    hvcc = done.stdout[at : at + int.from_bytes(done.stdout[at : at + 4], "big")]
    at = done.stdout.index(b"mdat") - 4
    return hvcc, done.stdout[at + 8 : at + int.from_bytes(done.stdout[at : at + 4], "big")]


def heic(
    pixels: Bytes,
    *,
    turn: int = 0,
    mirror: int | None = None,
    icc: bytes = b"",
    exif: bytes = b"",
    xmp: bytes = b"",
    primaries: int = 1,
) -> bytes:
    """A HEIC file of one HEVC frame (ISO 23008-12), shown turned by ``turn`` quarters to the left, then mirrored: top to bottom (0) or
    left to right (1).
    """
    height, width = pixels.shape[:2]
    hvcc, frame = _hevc(np.ascontiguousarray(pixels).tobytes(), width, height)
    colour = b"prof" + icc if icc else b"nclx" + struct.pack(">HHHB", primaries, 13, 1, 0x80)
    shown = [hvcc, full_box(b"ispe", struct.pack(">II", width, height)), box(b"colr", colour)]
    shown += [box(b"irot", bytes([turn]))] if turn else []
    shown += [box(b"imir", bytes([mirror]))] if mirror is not None else []
    essential = bytes((0x80 if i not in {1, 2} else 0) | i + 1 for i in range(len(shown)))
    uses = full_box(b"ipma", struct.pack(">IHB", 1, 1, len(shown)), essential)
    items = [(b"hvc1\0", frame)]
    items += [(b"Exif\0", b"\0\0\0\6Exif\0\0" + exif)] if exif else []
    items += [(b"mime\0application/rdf+xml\0", xmp)] if xmp else []
    start = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    head = len(start) + len(_meta(items, 0, shown, uses)) + 8
    return start + _meta(items, head, shown, uses) + box(b"mdat", *(data for _, data in items))


def tiled(pixels: Bytes, *, open_end: bool = False) -> bytes:
    """A HEIC as phones write large photos: two tiles side by side under a grid (ISO 23008-12 §6.6.2.3); with ``open_end`` its last box says
    no size, as one may that reaches to the end of the file.
    """
    height, width = pixels.shape[0], pixels.shape[1] // 2
    halves = [np.ascontiguousarray(pixels[:, i * width : (i + 1) * width]).tobytes() for i in (0, 1)]
    (hvcc, left), (_, right) = (_hevc(half, width, height) for half in halves)
    colour = box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 1, 0x80))
    shown = [hvcc, full_box(b"ispe", struct.pack(">II", width, height)), colour]
    shown.append(full_box(b"ispe", struct.pack(">II", 2 * width, height)))
    of_tile = bytes((3, 0x81, 2, 3))
    uses = full_box(b"ipma", struct.pack(">IHBBB", 3, 1, 2, 4, 3), *(struct.pack(">H", n) + of_tile for n in (2, 3)))
    grid = bytes((0, 0, 0, 1)) + struct.pack(">HH", 2 * width, height)
    items = [(b"grid\0", grid), (b"hvc1\0", left), (b"hvc1\0", right)]
    about = [box(b"dimg", struct.pack(">HHHH", 1, 2, 2, 3))]
    start = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    data = box(b"mdat", *(body for _, body in items))
    head = len(start) + len(_meta(items, 0, shown, uses, about)) + 8
    return start + _meta(items, head, shown, uses, about) + (bytes(4) + data[4:] if open_end else data)


def _meta(
    items: list[tuple[bytes, bytes]], offset: int, shown: list[bytes], uses: bytes, about: list[bytes] | None = None
) -> bytes:
    entries, places = b"", b""
    for number, (kind, data) in enumerate(items, 1):
        entries += full_box(b"infe", struct.pack(">HH", number, 0), kind[:4], kind[4:] or b"\0", version=2)
        places += struct.pack(">HHHII", number, 0, 1, offset, len(data))
        offset += len(data)
    if about is None:
        about = [box(b"cdsc", struct.pack(">HHH", number, 1, 1)) for number in range(2, len(items) + 1)]
    return full_box(
        b"meta",
        full_box(b"hdlr", bytes(4), b"pict", bytes(13)),
        full_box(b"pitm", struct.pack(">H", 1)),
        full_box(b"iloc", struct.pack(">BBH", 0x44, 0, len(items)), places),
        full_box(b"iinf", struct.pack(">H", len(items)), entries),
        *([full_box(b"iref", *about)] if about else []),
        box(b"iprp", box(b"ipco", *shown), uses),
    )


# EXIF


def exif(tags: dict[int, bytes | int], further: dict[int, bytes] | None = None) -> bytes:
    """An EXIF block (big-endian, from its byte order on): ASCII or raw values, numbers as SHORT; ``further`` in the EXIF directory."""
    first = dict(tags) | ({0x8769: b""} if further else {})
    at = 8 + 2 + 12 * len(first) + 4
    first_entries, first_data = _entries(first, at + (6 + 12 * len(further) if further else 0), at)
    if not further:
        return b"MM\0*\0\0\0\x08" + first_entries + first_data
    entries, data = _entries(dict(further), at + 6 + 12 * len(further) + len(first_data), 0)
    return b"MM\0*\0\0\0\x08" + first_entries + entries + first_data + data


def _entries(tags: dict[int, Any], at: int, pointer: int) -> tuple[bytes, bytes]:
    made, data = struct.pack(">H", len(tags)), b""
    for tag, value in sorted(tags.items()):
        if tag == 0x8769:
            made += struct.pack(">HHII", tag, 4, 1, pointer)
        elif isinstance(value, int):
            made += struct.pack(">HHIHH", tag, 3, 1, value, 0)
        elif len(value) <= 4:
            made += struct.pack(">HHI4s", tag, 7 if tag == 0x9286 else 2, len(value), value)
        else:
            made += struct.pack(">HHII", tag, 7 if tag == 0x9286 else 2, len(value), at + len(data))
            data += value
    return made + bytes(4), data


# Colour profiles


def profile(primaries: tuple[float, ...], gamma: float, space: bytes = b"RGB ") -> bytes:
    """A small ICC 2 display profile from XYZ colorants (D50) and a gamma; with space ``GRAY`` the gamma alone."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    xyz: dict[bytes, tuple[float, ...]] = {b"wtpt": (0.9642, 1.0, 0.8249)}
    xyz |= {name: primaries[3 * i : 3 * i + 3] for i, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ")) if primaries}
    parts = {k: b"XYZ " + bytes(4) + struct.pack(">3i", *(round(v * 65536) for v in c)) for k, c in xyz.items()}
    parts |= dict.fromkeys((b"kTRC",) if space == b"GRAY" else (b"rTRC", b"gTRC", b"bTRC"), curve)
    return icc(parts, space, b"XYZ ", b"mntr")


def icc(parts: dict[bytes, bytes], space: bytes, through: bytes, use: bytes) -> bytes:
    """An ICC 2 profile of tags for a colour space, through a connection space."""
    parts = parts | {b"cprt": b"text" + bytes(4) + b"none\0"}
    parts[b"desc"] = b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(12 + 67)
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for tag, data in parts.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(
        ">I4xI4s4s4s12x4s4x4x4x4x8x4x3i", at + len(body), 0x02400000, use, space, through, b"acsp", 63190, 65536, 54061
    )
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


P3 = profile((0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407), 2.2)
ADOBE = profile((0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457), 2.19921875)
PROPHOTO = profile((0.79767, 0.28804, 0.0, 0.13519, 0.71188, 0.0, 0.03134, 0.00009, 0.82491), 1.8)


# What is no photo


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x" * 40)
    return stream.getvalue()


DISGUISED: dict[str, tuple[bytes, str]] = {
    "html": (b"<!DOCTYPE html>\n<html><body>404</body></html>", "网页"),
    "html-late": (b"\xef\xbb\xbf\r\n  <html>", "网页"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="x"></html>', "网页"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "svg-declared": (b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="x"/>', "SVG"),
    "xml": (b'<?xml version="1.0"?><a/>', "XML"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
    "psd": (b"8BPS\0\1" + bytes(60), "Photoshop"),
    "zip": (_zip("photo.jpg"), "zip"),
    "docx": (_zip("[Content_Types].xml", "word/document.xml"), "Word"),
    "xlsx": (_zip("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
    "apk": (_zip("AndroidManifest.xml", "classes.dex"), "安装包"),
    "rar": (b"Rar!\x1a\x07\x01\0" + bytes(60), "RAR"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(60), "7z"),
    "gzip": (gzip.compress(b"x" * 100, mtime=0), "压缩包"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "Office"),
    "text": ("这不是照片，是一段写得很长的话。\n第二行\t也是\n".encode() * 30, "文字"),
    "json": (json.dumps({"errcode": 40001, "errmsg": "expired"}).encode(), "JSON"),
    "gif": (encoded(PICTURE, "GIF"), "GIF"),
    "bmp": (encoded(PICTURE, "BMP"), "BMP"),
    "tiff": (encoded(PICTURE, "TIFF"), "TIFF"),
    "ico": (encoded(PICTURE, "ICO"), "图标"),
    "jp2": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "2000"),
    "jxl": (b"\xff\x0a" + bytes(60), "XL"),
    "mp4": (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(200), "视频"),
    "live-photo": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(200), "视频"),
    "heic-sequence": (b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc" + bytes(200), "HEIC 连拍"),
    "mkv": (b"\x1a\x45\xdf\xa3" + bytes(200), "视频"),
    "avi": (b"RIFF\xff\0\0\0AVI LIST" + bytes(200), "视频"),
    "mp3": (b"ID3\4" + bytes(200), "录音"),
    "wav": (b"RIFF\xff\0\0\0WAVEfmt " + bytes(200), "录音"),
    "amr": (b"#!AMR\n" + bytes(200), "录音"),
    "wechat-voice": (b"\x02#!SILK_V3" + bytes(200), "录音"),
    "program": (b"MZ\x90\0" + bytes(200), "程序"),
}
"""Files that are no photos, and a word of what they are to be called."""


# Broken photos


@dataclass(frozen=True)
class Case:
    """A hostile file: what it is, its bytes, the whole file whose picture it must give if it is accepted (none: it must be refused), and
    whether damage to its pixels cannot be told (formats without a checksum).
    """

    name: str
    content: bytes
    whole: bytes | None = None
    blind: bool = False


@cache
def whole() -> dict[str, bytes]:
    """A whole file of every kind."""
    return {
        "jpeg": encoded(PICTURE, "JPEG", quality=85),
        "progressive": encoded(PICTURE, "JPEG", quality=85, progressive=True),
        "restarts": encoded(PICTURE, "JPEG", quality=85, restart_marker_blocks=7),
        "grey": encoded(PICTURE[..., 1], "JPEG", quality=85),
        "cmyk": encoded(Image.fromarray(PICTURE).convert("CMYK"), "JPEG", quality=85),
        "png": png(PICTURE, 2),
        "palette": encoded(Image.fromarray(PICTURE).quantize(64)),
        "webp": encoded(PICTURE, "WEBP", quality=80),
        "webp-lossless": encoded(PICTURE, "WEBP", lossless=True),
        "heic": heic(PICTURE),
        "tiled": tiled(PICTURE),
        "tiled-open": tiled(PICTURE, open_end=True),
        "avif": encoded(PICTURE, "AVIF", speed=10),
    }


def cases(seed: int = 3) -> Iterator[Case]:
    """Every hostile file."""
    yield from _cut()
    yield from _flipped(np.random.default_rng(seed))
    yield from _holes(np.random.default_rng(seed))
    yield from _jpegs()
    yield from _pngs()
    yield from _others()
    yield from _tails()
    yield from (Case(f"disguise {name}", content) for name, (content, _) in DISGUISED.items())


def _cut() -> Iterator[Case]:
    for kind, content in whole().items():
        for part in (0.004, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
            yield Case(f"{kind} cut at {part}", content[: int(len(content) * part)])
        for less in (1, 2, 3, 12):
            yield Case(f"{kind} without its last {less}", content[:-less])
    for kind in ("jpeg", "progressive", "restarts", "grey", "cmyk"):
        content = whole()[kind]
        for part in (0.2, 0.3, 0.4):
            yield Case(f"{kind} cut at {part}, end mark put back", content[: int(len(content) * part)] + b"\xff\xd9")


def _flipped(chance: np.random.Generator) -> Iterator[Case]:
    for kind, content in whole().items():
        for number in range(8):
            made = bytearray(content)
            for at in chance.integers(2, len(content), 1 + number):
                made[at] ^= 1 << int(chance.integers(8))
            yield Case(f"{kind} flipped {number}", bytes(made), content, blind="png" not in kind and kind != "palette")


def _holes(chance: np.random.Generator) -> Iterator[Case]:
    for kind, content in whole().items():
        at = int(chance.integers(len(content) // 2, len(content) * 3 // 4))
        yield Case(
            f"{kind} with zeros",
            content[:at] + bytes(512) + content[at + 512 :],
            content,
            blind=kind not in {"png", "palette"},
        )
        if kind in {"jpeg", "grey", "png", "palette"}:
            yield Case(f"{kind} with a block lost", content[:at] + content[at + 1024 :])


def _jpegs() -> Iterator[Case]:
    content = whole()["jpeg"]
    after = content.index(b"\xff\xdb")
    yield Case("jpeg wider than its pixels", resized_header(content, WIDTH * 2, HEIGHT))
    yield Case("jpeg higher than its pixels", resized_header(content, WIDTH, HEIGHT * 2))
    yield Case("jpeg of no width", resized_header(content, 0, HEIGHT))
    yield Case("jpeg of no height", resized_header(content, WIDTH, 0))
    yield Case("jpeg bomb", resized_header(content, 65_500, 65_500))
    yield Case("jpeg bomb within the limit", resized_header(content, 16_000, 13_000))
    yield Case("progressive bomb", resized_header(whole()["progressive"], 16_000, 13_000))
    yield Case("jpeg without tables", content[:2] + content[content.index(b"\xff\xc0") :])
    yield Case("jpeg without a frame", content[:2] + content[content.index(b"\xff\xda") :])
    yield Case("jpeg with no pixels", content[: content.index(b"\xff\xda")] + b"\xff\xd9")
    yield Case("jpeg of empty segments", content[:2] + segment(0xFE, b"") * 20_000 + content[2:])
    yield Case("jpeg with a zero-length segment", content[:after] + b"\xff\xe4\0\0" + content[after:], content)
    yield Case(
        "jpeg with a segment past its end", content[:after] + b"\xff\xe4\xff\xff" + content[after : after + 9000]
    )
    yield Case("jpeg with rubbish between segments", content[:after] + b"\0" * 7 + content[after:], content)
    yield Case("jpeg of fill bytes", content[:2] + b"\xff" * 3_000_000 + content[2:])
    yield Case("jpeg of 1000 scans", _many_scans(whole()["progressive"], 1000))
    yield Case("jpeg of 100 000 scans", _many_scans(whole()["progressive"], 100_000))
    for name, block in BAD_EXIF.items():
        yield Case(f"jpeg, EXIF {name}", with_segments(content, segment(0xE1, b"Exif\0\0" + block)), content)
    for name, bad in BAD_PROFILES.items():
        yield Case(f"jpeg, profile {name}", encoded(PICTURE, "JPEG", quality=85, icc_profile=bad), content)
    mpf = b"MPF\0MM\0*\0\0\0\x08\0\x03" + b"\xb0\x01\0\7\0\0\0\4" + b"\xff" * 24
    yield Case("jpeg with a lying index of pictures", with_segments(content, segment(0xE2, mpf)), content)
    yield Case(
        "jpeg with an XMP bomb",
        with_segments(content, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + LAUGHS)),
        content,
    )


def _many_scans(content: bytes, count: int) -> bytes:
    """A progressive JPEG whose first scan's beginning comes again many times."""
    first = content.index(b"\xff\xda")
    then = content.index(b"\xff\xc4", first)
    return content[:then] + content[first:then][:40] * count + content[then:]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>'
BAD_EXIF = {
    "empty": b"",
    "of one byte": b"M",
    "rubbish": bytes(range(256)) * 4,
    "pointing at itself": b"MM\0*\0\0\0\x08\0\x01\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08",
    "pointing past its end": b"MM\0*\xff\xff\xff\xf0",
    "of 65535 entries": b"II*\0\x08\0\0\0\xff\xff" + bytes(60),
    "with an empty text": exif({0x0131: b"", 0x0110: b"\0"}),
    "with a huge count": b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\3\xff\xff\xff\xff\0\0\0\x08\0\0\0\0",
    "with orientation as text": exif({0x0112: b"six\0"}),
    "with orientation 0": exif({0x0112: 0}),
    "with orientation 9": exif({0x0112: 9}),
    "with orientation 65535": exif({0x0112: 65_535}),
}
BAD_PROFILES = {
    "empty-ish": b"\0",
    "rubbish": b"rubbish" * 40,
    "cut": P3[:200],
    "with tags past its end": P3[:132] + b"\xff" * 60 + P3[192:],
    "for CMYK": P3[:16] + b"CMYK" + P3[20:],
    "of 500 kB": bytes(500_000),
}


def _pngs() -> Iterator[Case]:
    content = whole()["png"]
    at = content.index(b"IDAT") - 4
    size = int.from_bytes(content[at : at + 4], "big")
    body = content[at + 8 : at + 8 + size]
    head, end = content[:at], chunk(b"IEND", b"")
    for name, (width, height) in {
        "huge": (60_000, 60_000),
        "thin": (2_000_000_000, 2),
        "empty": (0, 300),
        "over the limit": (11_000, 9_500),
        "within the limit": (9_000, 9_000),
        "65536 wide": (65_536, 20_000),
        "small": (640, 480),
    }.items():
        yield Case(f"png bomb {name}", bomb(width, height))
    yield Case("png with a wrong checksum", content[: at + 8 + size] + b"\0\0\0\0" + content[at + 12 + size :])
    yield Case("png with a chunk longer than the file", head + b"\x7f\xff\xff\xffIDAT" + body)
    yield Case("png with a chunk of negative length", head + b"\xff\xff\xff\xffIDAT" + body)
    yield Case("png with half its data, sealed", head + chunk(b"IDAT", body[: size // 2]) + end)
    yield Case("png with data of another picture", head + chunk(b"IDAT", zlib.compress(bytes(5000))) + end)
    yield Case("png without data", head + end)
    yield Case("png without header", content[:8] + content[33:])
    yield Case("png of a colour type that is not", content[:25] + b"\5" + content[26:])
    yield Case("png in 500 pieces", head + b"".join(chunk(b"IDAT", body[i : i + size // 500 + 1]) for i in range(0, size, size // 500 + 1)) + end, content)  # fmt: skip
    yield Case("png of 250 000 empty chunks", head + chunk(b"IDAT", b"") * 250_000 + content[at:])
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(900_000)))
    yield Case("png with a packed text", head + text + content[at:], content)
    yield Case("png with 501 frames", head + chunk(b"acTL", struct.pack(">II", 501, 0)) + content[at:])
    yield Case("png with 2 ** 31 frames", head + chunk(b"acTL", struct.pack(">II", 1 << 31, 0)) + content[at:])
    yield Case("palette without colours", whole()["palette"].replace(b"PLTE", b"pLTE"))
    for name, block in BAD_EXIF.items():
        yield Case(f"png, EXIF {name}", head + chunk(b"eXIf", block) + content[at:], content)
    for name, bad in BAD_PROFILES.items():
        yield Case(f"png, profile {name}", head + chunk(b"iCCP", b"x\0\0" + zlib.compress(bad)) + content[at:], content)


def _others() -> Iterator[Case]:
    webp = whole()["webp"]
    yield Case("webp with a lying length", webp[:4] + struct.pack("<I", 10) + webp[8:])
    yield Case("webp of another size", webp[:26] + struct.pack("<HH", 16_000, 16_000) + webp[30:])
    yield Case("webp twice as high", webp[:28] + struct.pack("<H", HEIGHT * 2) + webp[30:])
    big = b"\x10\0\0\0" + b"\xff\xff\xff" * 2
    yield Case("webp bomb", b"RIFF" + struct.pack("<I", 22 + len(webp)) + b"WEBPVP8X\x0a\0\0\0" + big + webp[12:])
    yield Case("webp of 501 frames", _film(501))
    yield Case("webp of 20 frames", _film(20), encoded(PICTURE, "WEBP", lossless=True))
    for kind in ("heic", "avif"):
        content = whole()[kind]
        after = int.from_bytes(content[:4], "big")
        at = content.index(b"ispe") + 8
        yield Case(f"{kind} bomb", content[:at] + struct.pack(">II", 60_000, 60_000) + content[at + 8 :])
        yield Case(
            f"{kind} with an endless box", content[:after] + b"\0\0\0\0" + content[after + 4 :], content, blind=True
        )
        yield Case(f"{kind} with a box of 2 ** 31", content[:after] + b"\x7f\xff\xff\xff" + content[after + 4 :])
        yield Case(f"{kind} without its data", content[: content.rindex(b"mdat") - 4])
        yield Case(f"{kind} of brands only", content[:after])
    yield Case("heic with a video's brand", whole()["heic"][:8] + b"isom" + whole()["heic"][12:])
    for name, block in BAD_EXIF.items():
        yield Case(f"heic, EXIF {name}", heic(PICTURE, exif=block), whole()["heic"])
    yield Case("zeros", bytes(5000))
    yield Case("one byte", b"\xff")
    yield Case("noise", np.random.default_rng(1).bytes(5000))
    yield Case("noise after a JPEG's start", b"\xff\xd8\xff\xe0" + np.random.default_rng(2).bytes(5000))
    yield Case("end marks", b"\xff\xd8\xff" + b"\xff\xd9" * 100)


def _film(frames: int) -> bytes:
    """An animated WebP that shows one picture over and over."""
    images = [Image.fromarray(PICTURE), Image.fromarray(PICTURE[::-1].copy())]
    content = encoded(images[0], "WEBP", save_all=True, append_images=images[1:], duration=20, lossless=True, method=0)
    at = content.index(b"ANMF")
    first = content[at : at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")]
    made = content[8:at] + first * frames
    return b"RIFF" + struct.pack("<I", len(made)) + made


def _tails() -> Iterator[Case]:
    """Whole photos with something behind them: motion photos, archives, other pictures. They are good photos."""
    film = box(b"ftyp", b"mp42", bytes(4), b"isommp42") + box(b"mdat", bytes(3000))
    for kind, content in whole().items():
        for name, tail in {"film": film, "zip": _zip("a.txt"), "zeros": bytes(999)}.items():
            yield Case(f"{kind} with {name} behind", content + tail, content)
    yield Case("jpeg with another behind", whole()["jpeg"] + whole()["progressive"], whole()["jpeg"])

"""A photo file → its bytes and their hash, what kind of file they really are and whether they are whole, before a pixel is decoded."""

from __future__ import annotations

import codecs
import ctypes
import hashlib
import os
import struct
import sys
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit.problems import Refusal, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Place

PNG, RIFF = b"\x89PNG\r\n\x1a\n", b"RIFF"
TEXT = "文字文件 (text)"
FILM = "视频文件 (video)"
AVIF_BRANDS = {b"avif", b"avis"}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
SEQUENCE_BRANDS = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
"""Major brands of pictures and sequences in ISO base media files (ISO 23008-12, AVIF 1.1)."""
SEGMENTS, CHUNKS = 5000, 100_000
"""A JPEG of more segments before its pixels, a PNG of more chunks, is no photo: a phone writes about thirty, 8 kB make 15 000 of 120 MB."""
BARE = {0x00, 0x01, *range(0xD0, 0xDA), 0xFF}
"""JPEG marker codes without a length behind them."""
START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
START_OF_SCAN, RESTART_INTERVAL, RESTARTS = 0xDA, 0xDD, range(0xD0, 0xD8)
HUFFMAN_ONE_PASS = {0xC0, 0xC1}
XMP_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
"""What stands before an XMP packet in a JPEG's segment 0xE1."""


@dataclass(frozen=True)
class Source:
    """A photo file as read: its bytes, their SHA-256 in hex, and how people call it."""

    content: bytes
    sha256: str
    name: str
    place: Place | None = None


@dataclass(frozen=True)
class Jpeg:
    """How a JPEG's first picture is stored."""

    start: int
    """Where its coded pixels start."""
    end: int
    """Where they end."""
    scans: int
    held: int
    """Bytes of coefficients that a decoder holds for all scans; 0 when one pass suffices."""
    complete: bool
    """No scan is missing."""


def limits() -> dict[str, Any]:
    """The limits table's part about photos."""
    return dict(table("limits")["photo"])


def unchanged(file: Path, sha256: str, *, name: str, place: Place | None = None) -> Source:
    """The file's bytes, as ``read`` gives them; refuses (VK-P009) a file that is no longer the one of that hash."""
    source = read(file, name=name, place=place)
    if source.sha256 != sha256:
        raise Refusal(problem("VK-P009", place, name=name))
    return source


def read(file: Path, *, name: str, place: Place | None = None) -> Source:
    """The file's bytes and hash; refuses an unreadable (VK-P008), empty (VK-P001) or huge (VK-P007) file."""
    limit = limits()["max_file_mb"]
    try:
        size = file.stat().st_size
        if size > limit * 1_000_000:
            raise Refusal(problem("VK-P007", place, name=name, megabytes=round(size / 1e6), limit=limit))
        content = file.read_bytes()
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-P008", place, name=name, words=error.strerror or error)) from error
    if not content:
        raise Refusal(problem("VK-P001", place, name=name))
    return Source(content, hashlib.sha256(content).hexdigest(), name, place)


def kind(content: bytes) -> str:
    """JPEG, PNG, WEBP, HEIF or AVIF by the file's first bytes, whatever its name; an empty string for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(PNG):
        return "PNG"
    if content.startswith(RIFF) and content[8:12] == b"WEBP":
        return "WEBP"
    return _still(content) if content[4:8] == b"ftyp" else ""


def _still(content: bytes) -> str:
    """HEIF or AVIF by an ISO file's brands; AVIF may hide behind the general brands mif1 and msf1."""
    major, length = content[8:12], min(int.from_bytes(content[:4], "big"), 256)
    others = {content[i : i + 4] for i in range(16, length, 4)}
    if major in AVIF_BRANDS or (major in {b"mif1", b"msf1"} and others & AVIF_BRANDS):
        return "AVIF"
    return "HEIF" if major in HEIF_BRANDS else ""


def disguise(content: bytes) -> str:
    """What a file that is no photo really is, in words for people (Chinese and English), by its first bytes; an empty string when unknown."""
    if content[4:8] == b"ftyp" and content[8:12] in SEQUENCE_BRANDS:
        return "HEIC 连拍或动图 (HEIC image sequence)"
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for row in table("limits")["disguises"]:
        for mark in row["starts"]:
            if start.startswith(_mark(mark)) and _mark(row.get("holds", "")) in content[:4096].lower():
                return str(row["name"])
    if content[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"skip"}:
        return FILM
    return TEXT if _looks_like_text(content) else ""


def no_text(content: bytes) -> str:
    """What a file is that is no text, in words (PDF 文件 (PDF), JPEG 图片 (JPEG)); empty for a text, and where nobody knows."""
    picture, named = kind(content), disguise(content)
    return f"{picture} 图片 ({picture})" if picture else "" if named == TEXT else named


def _mark(text: str) -> bytes:
    """A mark of the table as bytes: a character below U+0100 is a byte."""
    return text.encode("latin-1").lower()


def _looks_like_text(content: bytes) -> bool:
    """Whether it begins with at least eight bytes of readable UTF-8 (a character cut at the end does not count) and is no WebP."""
    try:
        start, _ = codecs.utf_8_decode(content[:512], "strict", len(content) <= 512)
    except UnicodeDecodeError:
        return False
    readable = all(c.isprintable() or c in "\r\n\t\ufeff" for c in start)
    return readable and len(content) >= 8 and not content.startswith(RIFF)


# Whole or not


def png_chunks(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """A PNG's chunks to its end chunk, as (type, body); raises ValueError where one is cut short or its checksum is wrong."""
    view, at = memoryview(content), len(PNG)
    for _ in range(CHUNKS):
        length, name = struct.unpack_from(">I4s", view, at) if at + 12 <= len(view) else (len(view), b"")
        end = at + 8 + length
        if end + 4 > len(view) or zlib.crc32(view[at + 4 : end]) != int.from_bytes(view[end : end + 4], "big"):
            raise ValueError("cut or damaged chunk")
        yield name, view[at + 8 : end]
        if name == b"IEND":
            return
        at = end + 4
    raise ValueError("too many chunks")


def jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """A JPEG's segments up to and with its first scan's header, as (marker code, start, end of body); stops where there are none."""
    at = 2
    for _ in range(SEGMENTS):
        at = content.find(b"\xff", at)
        if at < 0 or at + 4 > len(content):
            return
        code, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if code in BARE:
            at += 1 if code == 0xFF else 2
            continue
        yield code, at + 4, at + 2 + length
        if code == START_OF_SCAN:
            return
        at += 2 + max(length, 2)


def jpeg(content: bytes) -> Jpeg:
    """How a JPEG's first picture is stored; raises ValueError when its headers do not lead to pixels, or its end is missing."""
    frame, interval = (0, b""), 0
    for code, start, end in jpeg_segments(content):
        if code in START_OF_FRAME:
            frame = code, content[start:end]
        if code == RESTART_INTERVAL:
            interval = int.from_bytes(content[start : start + 2], "big")
        if code == START_OF_SCAN and frame[0] and end <= len(content):
            return _stored(content, frame, content[start:end], end, interval)
    raise ValueError("no pixels")


def _stored(content: bytes, frame: tuple[int, bytes], scan: bytes, start: int, interval: int) -> Jpeg:
    code, body = frame
    end = content.find(b"\xff\xd9", start)
    if end < 0:
        raise ValueError("no end mark")
    if code in HUFFMAN_ONE_PASS and scan[0] == body[5]:
        marks = sum(content.count(bytes((0xFF, mark)), start, end) for mark in RESTARTS) if interval else 0
        return Jpeg(start, end, 1, 0, not interval or marks >= (_units(body) - 1) // interval)
    later = islice(_later_scans(content, start, end), limits()["max_scans"])
    headers, held = [scan, *later], _held(body)
    least = held // 128 // 8  # a block's mean takes a bit at least
    return Jpeg(start, end, len(headers), held, end - start >= least and _all_sent(body, headers))


def _units(frame: bytes) -> int:
    """How many units (MCU) a one-pass picture is coded in: 8x8 blocks of grey, or as many more as the sampling puts together."""
    height, width, count = struct.unpack_from(">xHHB", frame)
    wide, high = max(f[0] for f in _factors(frame)), max(f[1] for f in _factors(frame))
    wide, high = (wide, high) if count > 1 else (1, 1)
    return int(-(-width // (8 * wide)) * -(-height // (8 * high)))


def _factors(frame: bytes) -> list[tuple[int, int]]:
    """The sampling factors of a frame's components, across and down."""
    return [(frame[7 + 3 * i] >> 4, frame[7 + 3 * i] & 15) for i in range(frame[5])]


def _later_scans(content: bytes, start: int, end: int) -> Iterator[bytes]:
    """The headers of the scans after the first, without their lengths."""
    at = start
    while 0 <= (at := content.find(b"\xff\xda", at)) < end:
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        yield content[at + 4 : at + 2 + length]
        at += 4


def _held(frame: bytes) -> int:
    """Bytes of coefficients (two each) of a whole picture in a frame header's sampling."""
    height, width = struct.unpack_from(">xHH", frame)
    factors = _factors(frame)
    wide, high = max(f[0] for f in factors), max(f[1] for f in factors)
    columns, rows = -(-width // (8 * wide)), -(-height // (8 * high))
    return int(sum(columns * f[0] * rows * f[1] for f in factors) * 128)


def _all_sent(frame: bytes, headers: list[bytes]) -> bool:
    """Whether the scans send every coefficient of every component to its last bit."""
    left = {(frame[6 + 3 * i], k): 14 for i in range(frame[5]) for k in range(64)}
    for header in headers:
        count = header[0]
        first, last, bits = header[1 + 2 * count : 4 + 2 * count]
        for i in range(count):
            left |= {(header[1 + 2 * i], k): bits & 15 for k in range(first, min(last, 63) + 1)}
    return not any(left.values())


# Memory


def free_memory_mb() -> float:
    """Megabytes of memory this computer can give now; what the limits table assumes where the system does not say."""
    for ask in (_free_linux, _free_posix, _free_windows):
        try:
            return ask() / 1e6
        except (AttributeError, OSError, ValueError, KeyError):
            continue
    return float(limits()["assumed_free_mb"])


def _free_linux() -> int:
    """What the kernel says is available, caches it would give back included."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(":", 1) for line in lines)["MemAvailable"].split()[0]) * 1024


def _free_posix() -> int:
    pages: int = os.sysconf("SC_AVPHYS_PAGES")  # type: ignore[attr-defined,unused-ignore]  # Windows has none: AttributeError
    return pages * int(os.sysconf("SC_PAGE_SIZE"))  # type: ignore[attr-defined,unused-ignore]  # same


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free", "page_total", "page_free", "own_total", "own_free")),
        ("extended", ctypes.c_uint64),
    )


def _free_windows() -> int:
    if sys.platform != "win32":
        raise OSError("not Windows")
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError("no answer")
    return int(status.free)

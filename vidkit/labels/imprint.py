"""A finished file's bytes → every AI label in it, as text: read by a small reader of our own, not by what wrote it; and a film's or a
recording's → the label it brings along.

MP4: keys ``AIGC`` of the ``meta`` boxes (TC260-PG-20257A); JPEG: XMP and EXIF; PNG: XMP and texts under the keyword AIGC; PDF: ``/AIGC`` of the
information dictionary and XMP.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from vidkit.photos import file as files
from vidkit.photos import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

KEY = b"AIGC"
MOST_MOOV = 1 << 26
"""A larger index than this, bytes, is not looked into."""
FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
"""What an MP4 or a QuickTime file begins with."""
EDGE = 1 << 18
"""So many bytes at both ends of another sound file are looked through."""
SAID = re.compile(rb'AIGC[^{]{0,8}(\{[^{}]*"Label"[^{}]*\})')
"""A label wherever a file's tags hold it: JSON behind its keyword."""
UUID = 16

PDF_LABEL = re.compile(rb"/AIGC\s*\(((?:\\.|[^\\()])*)\)", re.DOTALL)
PDF_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def labels(file: Path) -> tuple[str, ...]:
    """Every AI label a file holds, in the order they stand in it; none for a file of another kind or a broken one."""
    with file.open("rb") as stream:
        start = stream.read(12)
    try:
        if start[4:8] == b"ftyp":
            return tuple(_of_mp4(_moov(file)))
        look = next((look for mark, look in _KINDS if start.startswith(mark)), None)
        return tuple(look(file.read_bytes())) if look else ()
    except (ValueError, IndexError):
        return ()


def brought(stream: BinaryIO) -> str:
    """The AI label that a film or a sound brings along, in its one form. No label, but a sign of another standard that a machine made it: a label that
    says "suspected". Neither, or a file of another kind: "".
    """
    start = stream.read(12)
    stream.seek(0)
    if start[4:8] in FIRST_BOXES:
        found, others = _brought_by_mp4(stream)
    else:
        found, others = (), _edges(stream)
    found = (*found, *(one.decode("utf-8", "replace") for one in SAID.findall(others.replace(b"\0", b""))))
    label = next(filter(None, map(metadata.normal, found)), "")
    return label or (metadata.suspected() if metadata.is_synthetic(others) else "")


def brought_by(content: bytes) -> str:
    """The same of a file that is read already."""
    return brought(io.BytesIO(content))


def _edges(stream: BinaryIO) -> bytes:
    """The beginning and the end of a file."""
    head = stream.read(EDGE)
    end = stream.seek(0, 2)
    stream.seek(max(len(head), end - EDGE))
    return head + stream.read(EDGE)


# MP4


def _brought_by_mp4(stream: BinaryIO) -> tuple[tuple[str, ...], bytes]:
    """The labels under the standard's key and in XMP; and the bytes in which others may stand: tags, XMP, a C2PA store."""
    found: list[str] = []
    others = b""
    for kind, length in _outer(stream):
        if kind == b"moov" and length <= MOST_MOOV:
            body = stream.read(length)
            found += _of_mp4(body)
            others += b"".join(inner for name, inner in _boxes(body) if name in {b"udta", b"meta"})
        elif kind in {b"uuid", b"jumb"} and len(others) < MOST_MOOV:
            body = stream.read(min(length, EDGE))
            found += metadata.labels_of_xmp(body[UUID:])
            others += body
    return tuple(found), others


def _outer(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """The outermost boxes, as (kind, length of the body); the stream stands where the body begins."""
    while len(head := stream.read(8)) == 8:
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        length = int.from_bytes(stream.read(8), "big") - 16 if size == 1 else size - 8
        if length < 0:
            return
        after = stream.tell() + length
        yield kind, length
        stream.seek(after)


def _moov(file: Path) -> bytes:
    """The body of an MP4's index, without reading its pictures."""
    with file.open("rb") as stream:
        for kind, length in _outer(stream):
            if kind == b"moov" and length <= MOST_MOOV:
                return stream.read(length)
    return b""


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of a body, as (kind, body)."""
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 8:
            return
        yield content[at + 4 : at + 8], content[at + 8 : at + size]
        at += size


def _of_mp4(moov: bytes) -> Iterator[str]:
    """The labels of the ``meta`` boxes of the index and of its user data."""
    for kind, body in _boxes(moov):
        if kind == b"udta":
            yield from _of_mp4(body)
        elif kind == b"meta":
            yield from _of_meta(body if body[4:8] == b"hdlr" else body[4:])


def _of_meta(body: bytes) -> Iterator[str]:
    held = dict(_boxes(body))
    names = [name for _, name in _boxes(held.get(b"keys", b"")[8:])]
    for number, item in _boxes(held.get(b"ilst", b"")):
        index = int.from_bytes(number, "big") - 1
        if 0 <= index < len(names) and KEY in names[index]:
            yield from (data[8:].decode("utf-8", "replace") for kind, data in _boxes(item) if kind == b"data")


# Pictures and paper


def _of_jpeg(content: bytes) -> Iterator[str]:
    for code, start, end in files.jpeg_segments(content):
        body = content[start:end]
        if code == 0xE1 and body.startswith(files.XMP_JPEG):
            yield from metadata.labels_of_xmp(body[len(files.XMP_JPEG) :])
        elif code == 0xE1 and body.startswith(b"Exif\0\0"):
            yield from metadata.labels_of_exif(body)


def _of_png(content: bytes) -> Iterator[str]:
    for name, body in files.png_chunks(content):
        if name in {b"tEXt", b"iTXt", b"zTXt"}:
            keyword, text = metadata.png_text(name, bytes(body))
            if keyword == b"XML:com.adobe.xmp":
                yield from metadata.labels_of_xmp(text)
            elif keyword == KEY:
                yield text.decode("utf-8", "replace")
        elif name == b"eXIf":
            yield from metadata.labels_of_exif(bytes(body))


def _of_pdf(content: bytes) -> Iterator[str]:
    for found in PDF_LABEL.findall(content):
        yield re.sub(rb"\\(.)", rb"\1", found).decode("ascii", "replace")
    for packet in PDF_XMP.findall(content):
        yield from metadata.labels_of_xmp(packet)


_KINDS: tuple[tuple[bytes, Callable[[bytes], Iterator[str]]], ...] = (
    (b"\xff\xd8\xff", _of_jpeg),
    (files.PNG, _of_png),
    (b"%PDF-", _of_pdf),
)

"""A finished file's bytes → what it carries besides picture and sound that is not allowed, by name; what is allowed is a list (``data/proof.yaml``).

A list of what may be there, not of what may not: a place, a device, a date or a tool's name that nobody thought of is found too. Files
are ours, so they are small and well formed; whatever cannot be read is named as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vidkit.photos import file as files
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOLDS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"udta", b"meta"})
"""Boxes of an MP4 that hold boxes (ISO 14496-12)."""
HEADER = 8
JPEG_NAMES = {0xDB: "DQT", 0xC4: "DHT", 0xDD: "DRI", 0xDA: "SOS", 0xFE: "COM"}

XMP_PNG = b"XML:com.adobe.xmp\0"
PROPERTY = re.compile(rb"<rdf:Description([^>]*)>")
END_OF_IMAGE = b"\xff\xd9"


def extras(file: Path) -> tuple[str, ...]:
    """The names of everything in a file that is not on the list of its kind; a file that is no MP4, JPEG, PNG or PDF is one extra."""
    content = file.read_bytes()
    look = next((look for start, at, look in _KINDS if content[at : at + len(start)] == start), None)
    if look is None:
        return (file.suffix or file.name,)
    try:
        return tuple(dict.fromkeys(look(content)))
    except (ValueError, IndexError) as fault:
        return (str(fault) or type(fault).__name__,)


def _listed(kind: str) -> Any:
    return table("proof")["carried"][kind]


# MP4


def boxes(content: bytes, start: int = 0, end: int | None = None, path: str = "") -> Iterator[tuple[str, int, int]]:
    """Every box of an MP4 in order as (path, start of body, end); raises ValueError for one that reaches beyond its own."""
    at, last = start, len(content) if end is None else end
    while at < last:
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = at + HEADER
        if size == 1:
            size, body = int.from_bytes(content[body : body + 8], "big"), body + 8
        if size < body - at or at + size > last:
            raise ValueError(f"{path}?")
        name = f"{path}/{kind.decode('latin-1')}".lstrip("/")
        yield name, body, at + size
        if kind in HOLDS:
            yield from boxes(content, body + (4 if _full(content, kind, body) else 0), at + size, name)
        at += size


def _full(content: bytes, kind: bytes, body: int) -> bool:
    """Whether a ``meta`` box has a version before its boxes, as in ISO files and not in QuickTime's."""
    return kind == b"meta" and content[body + 4 : body + 8] != b"hdlr"


def _mp4(content: bytes) -> Iterator[str]:
    allowed, headers, named = frozenset(_listed("mp4")), bytearray(), False
    for path, start, end in boxes(content):
        if path not in allowed:
            yield path
        if "/" not in path and path != "mdat":
            headers += content[start:end]
        if path.endswith("/hdlr"):
            yield from _hdlr(content[start:end])
        if path.endswith("meta/keys"):
            named = True
            yield from (f"keys/{key}" for key in _keys(content[start:end]) if key not in _listed("mp4_keys"))
        if path.endswith("meta/ilst") and not named:  # with names in ``keys`` its items are numbers
            yield from (f"ilst/{item}" for item, _, _ in boxes(content, start, end))
    yield from (word for word in _listed("encoders") if word.encode() in headers)
    yield from (word for word in _listed("encoders_in_stream") if word.encode() in content)


def _hdlr(body: bytes) -> Iterator[str]:
    name = body[24:].split(b"\0")[0].decode("utf-8", "replace")
    if name not in _listed("handlers"):
        yield f"hdlr/{name}"


def _keys(body: bytes) -> Iterator[str]:
    """The names of a ``keys`` box."""
    at = 8
    while at + HEADER <= len(body):
        size = max(int.from_bytes(body[at : at + 4], "big"), HEADER)
        yield body[at + HEADER : at + size].decode("utf-8", "replace")
        at += size


# Pictures


def _jpeg(content: bytes) -> Iterator[str]:
    for code, start, end in files.jpeg_segments(content):
        name = _segment(code, content[start:end])
        if name not in _listed("jpeg"):
            yield name
        if name == "XMP":
            yield from _packet(content[start + len(files.XMP_JPEG) : end])
    if not content.endswith(END_OF_IMAGE):
        yield "after the end"


def _segment(code: int, body: bytes) -> str:
    """What people call a segment of a JPEG."""
    if code in files.START_OF_FRAME:
        return "SOF"
    if code == 0xE0 and body.startswith(b"JFIF\0"):
        return "JFIF"
    if code == 0xE1:
        return "XMP" if body.startswith(files.XMP_JPEG) else "EXIF"
    return JPEG_NAMES.get(code, f"APP{code - 0xE0}" if 0xE0 <= code <= 0xEF else f"{code:02X}")


def _packet(xmp: bytes) -> Iterator[str]:
    """What an XMP packet says besides an AI label."""
    for said in PROPERTY.findall(xmp):
        names = re.findall(rb"([\w:]+)=", said)
        yield from (
            f"XMP/{name.decode()}" for name in names if name not in {b"rdf:about", b"xmlns:TC260", b"TC260:AIGC"}
        )
    inner = re.findall(rb"<(\w+:\w+)", xmp)
    yield from (f"XMP/{name.decode()}" for name in inner if name not in {b"x:xmpmeta", b"rdf:RDF", b"rdf:Description"})


def _png(content: bytes) -> Iterator[str]:
    at = len(files.PNG)
    for kind, body in files.png_chunks(content):
        name, said = kind.decode("latin-1"), bytes(body)
        at += len(said) + 12
        if name not in _listed("png"):
            yield name
        if name == "iTXt":
            known = said.startswith(XMP_PNG)
            yield from _packet(said) if known else (f"iTXt/{said.split(bytes(1))[0].decode('latin-1')}",)
    if at != len(content):
        yield "after the end"


def _pdf(content: bytes) -> Iterator[str]:
    """Names of a PDF of ours outside its streams."""
    plain = re.sub(rb"stream\n.*?\nendstream", b"", content, flags=re.DOTALL)
    for name in re.findall(rb"/([A-Za-z]\w*)", re.sub(rb"\((?:\\.|[^\\()])*\)", b"", plain)):
        if name.decode() not in _listed("pdf"):
            yield name.decode()
    for packet in re.findall(rb"<x:xmpmeta.*?</x:xmpmeta>", content, re.DOTALL):
        yield from _packet(packet)
    if not content.rstrip().endswith(b"%%EOF"):
        yield "after the end"


_KINDS: tuple[tuple[bytes, int, Callable[[bytes], Iterator[str]]], ...] = (
    (b"ftyp", 4, _mp4),
    (b"\xff\xd8\xff", 0, _jpeg),
    (files.PNG, 0, _png),
    (b"%PDF-", 0, _pdf),
)

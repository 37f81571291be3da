"""A photo's bytes → what its metadata says that matters here: when it was taken, which editor it went through, an AI label; and the XMP
packet that carries such a label on.

Place, device and owner are never given back. Nothing here raises on a broken block: what cannot be read is not there. Every block is
bounded in size, and XML that declares a document type is not read at all.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vidkit.photos import file as files
from vidkit.problems import Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.photos.file import Source

MOST_BYTES = 1 << 18
"""The largest EXIF or XMP block, compressed text and AI label that is looked at."""
MOST_ENTRIES = 512
FIELDS = (
    *("Label", "ContentProducer", "ProduceID", "ReservedCode1"),
    *("ContentPropagator", "PropagateID", "ReservedCode2"),
)
MOST_CHARACTERS = 128
NOT_ALLOWED = re.compile(r"[^\x21\x23-\x5b\x5d-\x7e]")
"""What a field of an AI label may not hold (GB 45438-2025 Annex E)."""
SUSPECTED = "3"
EARLIEST = "1990"
"""Cameras whose clock was never set write 1970 or 1980."""
TC260, XMP, TIFF = (
    "http://www.tc260.org.cn/ns/AIGC/1.0/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
)
IPTC, PHOTOSHOP = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "http://ns.adobe.com/photoshop/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ORIENTATION, SOFTWARE, PROCESSING_SOFTWARE, MAKE, MODEL = 0x0112, 0x0131, 0x000B, 0x010F, 0x0110
EXIF_IFD, TAKEN, USER_COMMENT = 0x8769, 0x9003, 0x9286
_COMMENTS = {
    b"ASCII\0\0\0": ("utf-8",),
    bytes(8): ("utf-8",),
    b"UNICODE\0": ("utf-16", "utf-16-le", "utf-16-be", "utf-8"),
}
"""How a user comment may be coded, by the eight bytes it begins with (EXIF 2.32 table 9); UNICODE leaves the order of bytes open."""
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


@dataclass(frozen=True)
class Marks:
    """What a photo says about itself."""

    taken: str
    """When it was taken (ISO 8601, local time); "" if unknown."""
    editor: str
    """The photo editor it went through; "" if none is known."""
    chat: bool
    """Whether a chat app seems to have shrunk it."""
    aigc: str
    """Its AI label as JSON; "" without one."""
    upright: bool
    """Whether it carries an orientation."""


@dataclass(frozen=True)
class _Blocks:
    """The blocks of a file: EXIF from its byte order on, XMP, texts under the keyword AIGC, a C2PA store, and whether it is turned by
    a box of its container.
    """

    exif: bytes = b""
    xmp: bytes = b""
    labels: tuple[str, ...] = ()
    c2pa: bytes = b""
    turned: bool = False


def marks(source: Source) -> Marks:
    """What the photo's metadata says; never raises."""
    held = _blocks(source)
    exif, packet = _exif(held.exif), _xmp(held.xmp)
    named: list[bytes | str | None] = [exif.get(SOFTWARE), exif.get(PROCESSING_SOFTWARE)]
    named += [packet.get(f"{{{XMP}}}CreatorTool"), packet.get(f"{{{TIFF}}}Software")]
    return Marks(
        taken=_iso(exif.get(TAKEN)) or _iso(packet.get(f"{{{PHOTOSHOP}}}DateCreated")),
        editor=next((name for text in named if (name := _editor(text))), ""),
        chat=_from_chat(source, held.exif, camera=bool(exif.get(MAKE) or exif.get(MODEL))),
        aigc=_label(exif, packet, held),
        upright=held.turned or ORIENTATION in exif or f"{{{TIFF}}}Orientation" in packet,
    )


def xmp(aigc: str) -> bytes:
    """An XMP packet (UTF-8) that carries an AI label for JPEG, PNG and WebP (TC260-PG-20259A); empty without a label."""
    label = normal(aigc)
    if not label:
        return b""
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415  # it brings the library for web addresses along: 10 ms

    body = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" xmlns:TC260="{TC260}" TC260:AIGC={quoteattr(label)}/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return body.encode()


def normal(text: str) -> str:
    """An AI label in its one form: JSON with the seven fields of the standard, each reduced to its allowed characters and 128 of them;
    a label that cannot be read says that the picture is suspected to be made by AI. An empty text stays empty.
    """
    if not text.strip():
        return ""
    found = _object(text[:MOST_BYTES])
    inner = found.get("AIGC", found)
    inner = _object(inner) if isinstance(inner, str) else inner
    fields = {name: _field(inner.get(name)) if isinstance(inner, dict) else "" for name in FIELDS}
    fields["Label"] = fields["Label"] if fields["Label"] in {"1", "2", "3"} else SUSPECTED
    return json.dumps({"AIGC": fields}, separators=(",", ":"))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text.strip("\0 \t\r\n"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _field(value: object) -> str:
    return NOT_ALLOWED.sub("", str(value))[:MOST_CHARACTERS] if isinstance(value, str | int) else ""


# What the blocks say


def _label(exif: dict[int, bytes], packet: dict[str, str], held: _Blocks) -> str:
    """The AI label; where there is none but a sign of another standard that a machine made the picture, one that says suspected."""
    spoken = [packet.get(f"{{{TC260}}}AIGC", ""), *_commented(exif), *held.labels]
    found = next((normal(text) for text in spoken if text.strip()), "")
    kind = packet.get(f"{{{IPTC}}}DigitalSourceType", "").rsplit("/", 1)[-1].strip()
    synthetic = kind in table("editors")["synthetic"] or is_synthetic(held.c2pa)
    return found or (suspected() if synthetic else "")


def is_synthetic(store: bytes) -> bool:
    """Whether a C2PA store says that a machine made what it stands for."""
    return any(f"/{word}".encode() in store for word in table("editors")["synthetic"])


def suspected() -> str:
    """The label of what is suspected to be made by AI."""
    return normal(json.dumps({"Label": SUSPECTED}))


def _commented(exif: dict[int, bytes]) -> Iterator[str]:
    """The AI label in EXIF's user comment, if that holds one."""
    comment = exif.get(USER_COMMENT, b"")
    codings = _COMMENTS.get(comment[:8], ())
    own = next((text for coding in codings if '"AIGC"' in (text := comment[8:].decode(coding, "replace"))), "")
    if own:
        yield own


def labels_of_exif(block: bytes) -> tuple[str, ...]:
    """The AI labels in an EXIF block, as they stand there."""
    return tuple(_commented(_exif(block)))


def labels_of_xmp(packet: bytes) -> tuple[str, ...]:
    """The AI labels in an XMP packet, as they stand there."""
    found = _xmp(packet).get(f"{{{TC260}}}AIGC", "")
    return (found,) if found else ()


def _iso(given: bytes | str | None) -> str:
    """EXIF's or XMP's date as ISO 8601 to the second, without offset; an empty string for anything else."""
    text = given.decode("ascii", "replace") if isinstance(given, bytes) else given or ""
    found = re.match(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)", text.strip())
    if not found:
        return ""
    moment = "{}-{}-{}T{}:{}:{}".format(*found.groups())
    try:
        return datetime.fromisoformat(moment).isoformat() if moment > EARLIEST else ""
    except ValueError:
        return ""


def _editor(given: bytes | str | None) -> str:
    """The name of a known photo editor in what a file says made it."""
    text = (given.decode("utf-8", "replace") if isinstance(given, bytes) else given or "").lower()
    for name, marks_ in table("editors")["editors"].items():
        if any(_says(text, mark) for mark in marks_):
            return str(name)
    return ""


def _says(text: str, mark: str) -> bool:
    return mark in text if not mark.isascii() else bool(re.search(rf"(?<![a-z]){re.escape(mark)}(?![a-z])", text))


def named_by_chat(name: str) -> bool:
    """Whether a file's name is one that chat apps give."""
    stem = re.split(r"[\\/]", name)[-1].rsplit(".", 1)[0]
    return any(re.fullmatch(pattern, stem, re.IGNORECASE) for pattern in table("editors")["chat_names"])


def _from_chat(source: Source, exif: bytes, *, camera: bool) -> bool:
    return (named_by_chat(source.name) and not camera) or (
        not exif and files.kind(source.content) == "JPEG" and _shrunk(source.content)
    )


def _shrunk(content: bytes) -> bool:
    """Whether a JPEG has a size and a coarseness that chat apps give."""
    known = table("editors")
    size, mean = (0, 0), 0.0
    for code, start, end in files.jpeg_segments(content):
        body = content[start:end]
        if code == 0xDB and len(body) >= 65 and body[0] == 0:
            mean = sum(body[1:65]) / 64
        if code in files.START_OF_FRAME and len(body) >= 5:
            size = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    usual = max(size) in known["chat_long_sides"] or min(size) in known["chat_short_sides"]
    return usual and mean >= known["chat_coarseness"]


# EXIF and XMP


def _exif(block: bytes) -> dict[int, bytes]:
    """The tags of an EXIF block's first directory and of its EXIF directory, as raw values; no other directory is followed."""
    block = block.removeprefix(b"Exif\0\0")[:MOST_BYTES]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if not order or len(block) < 8:
        return {}
    found = _directory(block, order, struct.unpack_from(f"{order}I", block, 4)[0])
    pointer = found.get(EXIF_IFD, b"")
    further = _directory(block, order, struct.unpack(f"{order}I", pointer)[0]) if len(pointer) == 4 else {}
    return found | {tag: value for tag, value in further.items() if tag in {TAKEN, USER_COMMENT}}


def _directory(block: bytes, order: str, at: int) -> dict[int, bytes]:
    count = struct.unpack_from(f"{order}H", block, at)[0] if at + 2 <= len(block) else 0
    found: dict[int, bytes] = {}
    for i in range(min(count, MOST_ENTRIES, (len(block) - at - 2) // 12)):
        start = at + 2 + 12 * i
        tag, kind, number = struct.unpack_from(f"{order}HHI", block, start)
        length = SIZES.get(kind, 0) * number
        place = start + 8 if length <= 4 else struct.unpack_from(f"{order}I", block, start + 8)[0]
        if 0 < length <= len(block) - place:
            found.setdefault(tag, block[place : place + length])
    return found


def _xmp(block: bytes) -> dict[str, str]:
    """The simple properties of an XMP packet by their full names; empty for one that is large, broken or declares a document type."""
    text = block.strip(b"\0 \r\n\t")
    if not text or len(text) > MOST_BYTES or b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return {}
    try:
        root = ET.fromstring(text)  # noqa: S314  # bounded, and no document type: no entity can be declared
    except (ET.ParseError, ValueError, LookupError):
        return {}
    found: dict[str, str] = {}
    for node in root.iter(f"{{{RDF}}}Description"):
        found |= node.attrib
        found |= {child.tag: _value(child) for child in node if isinstance(child.tag, str)}
    return found


def _value(node: ET.Element) -> str:
    """A simple property's value: its text, or the address it points to."""
    return (node.text or "").strip() or node.get(f"{{{RDF}}}resource", "")


# The blocks of a file


def _blocks(source: Source) -> _Blocks:
    kind = files.kind(source.content)
    try:
        if kind in {"HEIF", "AVIF"}:
            return _iso_blocks(source)
        walk = {"JPEG": _jpeg_blocks, "PNG": _png_blocks, "WEBP": _webp_blocks}.get(kind)
        return walk(source.content) if walk else _Blocks()
    except (ValueError, IndexError, struct.error, zlib.error):
        return _Blocks()


def _jpeg_blocks(content: bytes) -> _Blocks:
    exif, packet, c2pa = b"", b"", b""
    for code, start, end in files.jpeg_segments(content):
        body = content[start:end]
        if code == 0xE1 and body.startswith(b"Exif\0\0"):
            exif = exif or body[6:]
        elif code == 0xE1 and body.startswith(files.XMP_JPEG):
            packet = packet or body[len(files.XMP_JPEG) :]
        elif code == 0xEB and len(c2pa) < MOST_BYTES:
            c2pa += body
    return _Blocks(exif, packet, (), c2pa)


def _png_blocks(content: bytes) -> _Blocks:
    exif, packet, c2pa, labels = b"", b"", b"", []
    for name, body in files.png_chunks(content):
        if name in {b"tEXt", b"iTXt", b"zTXt"}:
            keyword, text = png_text(name, bytes(body))
            packet = packet or (text if keyword == b"XML:com.adobe.xmp" else b"")
            labels += [text.decode("utf-8", "replace")] if keyword == b"AIGC" else []
        exif = exif or (bytes(body) if name == b"eXIf" else b"")
        c2pa = c2pa or (bytes(body[:MOST_BYTES]) if name == b"caBX" else b"")
    return _Blocks(exif, packet, tuple(labels), c2pa)


def png_text(name: bytes, body: bytes) -> tuple[bytes, bytes]:
    """A PNG text chunk's keyword and text (PNG 3 §11.3.3); empty for another form."""
    keyword, _, rest = body.partition(b"\0")
    if name == b"tEXt":
        return keyword, rest[:MOST_BYTES]
    if name == b"zTXt":
        return keyword, _inflated(rest[1:])
    packed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)
    return (keyword, _inflated(text[2]) if packed else text[2][: MOST_BYTES + 1]) if len(text) == 3 else (b"", b"")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def _webp_blocks(content: bytes) -> _Blocks:
    at = 12
    found: dict[bytes, bytes] = {}
    for _ in range(files.SEGMENTS):
        if at + 8 > len(content):
            break
        name, length = struct.unpack_from("<4sI", content, at)
        if name in {b"EXIF", b"XMP ", b"C2PA"}:
            found.setdefault(name, content[at + 8 : at + 8 + min(length, MOST_BYTES + 1)])
        at += 8 + length + length % 2
    return _Blocks(found.get(b"EXIF", b""), found.get(b"XMP ", b""), (), found.get(b"C2PA", b""))


def _iso_blocks(source: Source) -> _Blocks:
    """The blocks of a HEIF or AVIF file as its own reader finds them; its turn is a property in the first kilobytes."""
    from vidkit.photos import decode  # noqa: PLC0415  # Pillow is needed for these formats only

    try:
        exif, packet = decode.blocks(source)
    except Refusal:
        exif, packet = b"", b""
    head, content = source.content[:MOST_BYTES], source.content
    at = max(content.find(b"jumb", 0, 1 << 20), 0)
    c2pa = content[at : at + MOST_BYTES] if at else b""
    return _Blocks(exif, packet, (), c2pa, turned=b"irot" in head or b"imir" in head)

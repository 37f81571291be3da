"""Metadata: what a photo says that matters here is told, an AI label is carried on, and nothing private ever comes back."""

from __future__ import annotations

import dataclasses
import json
import zlib
from typing import Any

import pytest
from conftest import smooth
from hostile import (
    BAD_EXIF,
    DISGUISED,
    LAUGHS,
    PICTURE,
    chunk,
    encoded,
    exif,
    heic,
    png,
    segment,
    source,
    whole,
    with_segments,
)
from PIL.PngImagePlugin import PngInfo

from vidkit.photos import metadata
from vidkit.photos.metadata import Marks

FIELDS: dict[str, str] = {
    "Label": "1",
    "ContentProducer": "001191110102MAD55U9H0F10002",
    "ProduceID": "vk-20261122-0001",
    "ReservedCode1": "",
    "ContentPropagator": "EXAMPLE",
    "PropagateID": "p-1",
    "ReservedCode2": "",
}
LABEL = json.dumps({"AIGC": FIELDS}, separators=(",", ":"))
NOTHING = Marks("", "", chat=False, aigc="", upright=False)
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]
GPS = b"\0\x01\0\x01\0\2\0\0\0\2N\0\0\0\0\0\0\0"
PRIVATE = exif(
    {
        0x010E: b"secret description\0",
        0x010F: b"secret maker\0",
        0x0110: b"secret model\0",
        0x0112: 6,
        0x0131: b"HarmonyOS 4.0 secret\0",
        0x0132: b"2001:02:03 04:05:06\0",
        0x013B: b"secret owner\0",
        0x8298: b"secret rights\0",
    },
    {0x9003: b"2024:05:06 07:08:09\0", 0x9286: b"ASCII\0\0\0secret comment", 0xA431: b"secret serial\0"},
)


def photo(kind: str, *, block: bytes = b"", xmp: bytes = b"") -> bytes:
    """A photo of a kind with an EXIF block and an XMP packet."""
    if kind == "HEIF":
        return heic(PICTURE, exif=block, xmp=xmp)
    if kind == "PNG":
        text = b"XML:com.adobe.xmp\0\0\0\0\0" + xmp
        return png(PICTURE, 2, 8, (chunk(b"eXIf", block) if block else b"") + (chunk(b"iTXt", text) if xmp else b""))
    more: dict[str, Any] = {"speed": 10} if kind == "AVIF" else {}
    more |= {"exif": b"Exif\0\0" + block} if block else {}
    return encoded(PICTURE, kind, **more, **({"xmp": xmp} if xmp else {}))


def marks(content: bytes, name: str = "photo.jpg") -> Marks:
    """What a file's metadata says."""
    return metadata.marks(source(content, name))


def packet(properties: str = "", inside: str = "") -> bytes:
    """An XMP packet with properties as attributes or as elements."""
    spaces = (
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:t="http://www.tc260.org.cn/ns/AIGC/1.0/" '
        'xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:p="http://ns.adobe.com/photoshop/1.0/"'
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {properties}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_when_it_was_taken(kind: str) -> None:
    """The time the shutter was pressed, as ISO text; not when the file was written."""
    assert marks(photo(kind, block=PRIVATE)).taken == "2024-05-06T07:08:09"


@pytest.mark.parametrize(
    "text",
    [
        b"0000:00:00 00:00:00\0",
        b"2024:13:40 99:99:99\0",
        b"    :  :     :  :  \0",
        b"1970:01:01 00:00:00\0",
        b"\xff\xfe" * 10,
    ],
)
def test_a_time_that_is_none(text: bytes) -> None:
    """A clock never set, or rubbish, is no time."""
    assert marks(photo("JPEG", block=exif({}, {0x9003: text}))).taken == ""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_private_comes_back(kind: str) -> None:
    """No place, device, owner or free text is in what is told."""
    told = json.dumps(dataclasses.asdict(marks(photo(kind, block=PRIVATE))))
    assert "secret" not in told.lower()
    assert "harmony" not in told.lower()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", ["1", "6"])
def test_an_explicit_orientation(kind: str, said: str) -> None:
    """Whether the file says how it is to be turned."""
    assert marks(photo(kind)).upright is False
    turned = (
        photo(kind, block=exif({0x0112: int(said)}))
        if kind != "AVIF"
        else encoded(PICTURE, kind, speed=10, exif=_tag(6))
    )
    assert marks(turned).upright is True


def _tag(orientation: int) -> Any:
    from PIL import Image  # noqa: PLC0415  # for this case only

    made = Image.Exif()
    made[0x0112] = orientation
    return made


# Editors


@pytest.mark.parametrize(
    ("software", "editor"),
    [
        ("Adobe Photoshop 25.0 (Windows)", "Photoshop"),
        ("Adobe Lightroom Classic 13.0", "Lightroom"),
        ("Snapseed 2.0", "Snapseed"),
        ("VSCO", "VSCO"),
        ("美图秀秀 10.2", "美图秀秀"),
        ("MTXX 9", "美图秀秀"),
        ("com.xt.retouch 醒图", "醒图"),
        ("轻颜相机", "轻颜"),
        ("B612", "B612"),
        ("CapCut", "剪映"),
        ("PicsArt", "PicsArt"),
        ("GIMP 2.10.34", "GIMP"),
        ("HarmonyOS 4.2.0", ""),
        ("iOS 17.1", ""),
        ("17.1", ""),
        ("MIUI", ""),
        ("V12.5.3", ""),
        ("MediaTek Camera Application", ""),
        ("HUAWEI ALN-AL00 4.2.0.130(C00E130R6P2)", ""),
        ("Snapdragon", ""),
        ("", ""),
    ],
)
def test_editors_are_known_by_name(software: str, editor: str) -> None:
    """An editor is told by its name from EXIF or XMP; a phone's firmware is no editor."""
    block = exif({0x0131: software.encode() + b"\0" * 5})
    assert marks(photo("JPEG", block=block)).editor == editor
    assert marks(photo("PNG", xmp=packet(f'xmp:CreatorTool="{software}"'))).editor == editor
    assert marks(photo("WEBP", block=exif({0x000B: software.encode() + b"\0" * 5}))).editor == editor


# Chat apps


@pytest.mark.parametrize(
    ("name", "chat"),
    [
        ("mmexport1699000000000.jpg", True),
        ("mmexport1699000000000(1).jpg", True),
        ("微信图片_20240506070809.jpg", True),
        ("wx_camera_1699000000000.jpg", True),
        ("QQ图片20240506070809.jpg", True),
        ("photos/WeChat Image_20240506.png", True),
        ("IMG_20240506_070809.jpg", False),
        ("before.jpg", False),
        ("厨房.jpg", False),
    ],
)
def test_names_of_chat_apps(name: str, chat: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """A photo named by a chat app and without its camera's name was sent through that app; with it, it was not shrunk."""
    assert marks(photo("JPEG"), name).chat is chat
    assert marks(photo("JPEG", block=PRIVATE), name).chat is False


def test_what_shrinking_leaves() -> None:
    """A JPEG without EXIF, of a size chat apps give and coarse, was shrunk by one; a fine one or another size is only small."""
    wide = smooth(1280, 960)
    assert marks(encoded(wide, "JPEG", quality=60)).chat is True
    assert marks(encoded(wide, "JPEG", quality=92)).chat is False
    assert marks(encoded(smooth(1300, 950), "JPEG", quality=60)).chat is False
    assert marks(encoded(wide, "JPEG", quality=60, exif=b"Exif\0\0" + PRIVATE)).chat is False


# AI labels


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_in_xmp(kind: str) -> None:
    """A label in XMP is found in every format, as an attribute or as an element."""
    quoted = LABEL.replace('"', "&quot;")
    assert marks(photo(kind, xmp=packet(f't:AIGC="{quoted}"'))).aigc == LABEL
    assert marks(photo(kind, xmp=packet("", f"<t:AIGC>{LABEL}</t:AIGC>"))).aigc == LABEL


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_in_exif(kind: str) -> None:
    """A label in EXIF's user comment is found in every format."""
    block = exif({}, {0x9286: b"ASCII\0\0\0" + LABEL.encode()})
    assert marks(photo(kind, block=block)).aigc == LABEL


def test_a_label_in_png_texts() -> None:
    """A label under the keyword AIGC, plain or packed, is found in a PNG."""
    texts = (
        chunk(b"tEXt", b"AIGC\0" + LABEL.encode()),
        chunk(b"zTXt", b"AIGC\0\0" + zlib.compress(LABEL.encode())),
        chunk(b"iTXt", b"AIGC\0\1\0\0\0" + zlib.compress(LABEL.encode())),
        chunk(b"tEXt", b"AIGC\0" + json.dumps(FIELDS).encode()),
    )
    for text in texts:
        assert marks(png(PICTURE, 2, 8, text)).aigc == LABEL


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_label_is_carried_on(kind: str) -> None:
    """The packet made for an output reads back as the same label, exactly once."""
    made = metadata.xmp(LABEL)
    if kind == "PNG":
        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", made.decode())
        content = encoded(PICTURE, kind, pnginfo=texts)
    else:
        content = encoded(PICTURE, kind, xmp=made)
    assert marks(content) == dataclasses.replace(NOTHING, aigc=LABEL)
    assert content.count(b"TC260:AIGC=") == 1


def test_no_label_no_packet() -> None:
    """Without a label nothing is written."""
    assert metadata.xmp("") == b""
    assert metadata.normal("  ") == ""


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (json.dumps({"AIGC": FIELDS | {"Secret": "x"}}), FIELDS),
        (json.dumps({"AIGC": json.dumps(FIELDS)}), FIELDS),
        (json.dumps({"AIGC": FIELDS | {"ProduceID": 'a b"c\\d\n深圳<>&'}}), FIELDS | {"ProduceID": "abcd<>&"}),
        (json.dumps({"AIGC": FIELDS | {"ReservedCode1": "x" * 9000}}), FIELDS | {"ReservedCode1": "x" * 128}),
        (json.dumps({"AIGC": FIELDS | {"Label": 2}}), FIELDS | {"Label": "2"}),
        (json.dumps({"AIGC": FIELDS | {"Label": ["1"], "ProduceID": None}}), FIELDS | {"Label": "3", "ProduceID": ""}),
        ('{"AIGC": {"Label": "1"', dict.fromkeys(FIELDS, "") | {"Label": "3"}),
        ("yes", dict.fromkeys(FIELDS, "") | {"Label": "3"}),
        ("[" * 100_000, dict.fromkeys(FIELDS, "") | {"Label": "3"}),
        ('{"AIGC": 7}', dict.fromkeys(FIELDS, "") | {"Label": "3"}),
    ],
)
def test_labels_have_one_form(given: str, fields: dict[str, str]) -> None:
    """Seven text fields of allowed characters, 128 at most; a label that cannot be read still says suspected."""
    made = metadata.normal(given)
    assert json.loads(made) == {"AIGC": fields}
    assert metadata.normal(made) == made
    assert metadata.xmp(given) == metadata.xmp(made)


@pytest.mark.parametrize(
    ("begins", "coding"),
    [(bytes(8), "utf-8"), (b"UNICODE\0", "utf-16-le"), (b"UNICODE\0", "utf-16-be"), (b"UNICODE\0", "utf-16")],
)
def test_a_label_in_a_comment_of_any_coding(begins: bytes, coding: str) -> None:
    """EXIF's user comment says its coding, or leaves it undefined."""
    block = exif({}, {0x9286: begins + LABEL.encode(coding)})
    assert marks(photo("JPEG", block=block)).aigc == LABEL


@pytest.mark.parametrize("word", ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"])
def test_other_standards_mark_it_as_suspected(word: str) -> None:
    """IPTC's source type in XMP or in a C2PA store gives a label that says suspected (3); a camera's does not."""
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}"
    wanted = json.dumps({"AIGC": dict.fromkeys(FIELDS, "") | {"Label": "3"}}, separators=(",", ":"))
    assert marks(photo("JPEG", xmp=packet(f'i:DigitalSourceType="{address}"'))).aigc == wanted
    pointed = f'<i:DigitalSourceType r:resource="{address}" xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert marks(photo("JPEG", xmp=packet("", pointed))).aigc == wanted
    store = b"JP\0\1\0\0\0\1" + b"....jumb" + address.encode()
    assert marks(with_segments(photo("JPEG"), segment(0xEB, store))).aigc == wanted
    assert marks(png(PICTURE, 2, 8, chunk(b"caBX", store))).aigc == wanted
    camera = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    assert marks(photo("JPEG", xmp=packet(f'i:DigitalSourceType="{camera}"'))).aigc == ""


# Broken


@pytest.mark.parametrize("name", BAD_EXIF)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_broken_exif_says_nothing(name: str, kind: str) -> None:
    """A broken EXIF block raises nothing and says nothing."""
    found = marks(photo(kind, block=BAD_EXIF[name]))
    assert dataclasses.replace(found, upright=False) == NOTHING


@pytest.mark.parametrize(
    "bad",
    [
        LAUGHS,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + packet('xmp:CreatorTool="Snapseed"'),
        packet('xmp:CreatorTool="Snapseed"')[:-20],
        packet('xmp:CreatorTool="Snapseed"').decode().encode("utf-16"),
        packet('xmp:CreatorTool="Snapseed"', "x" * 300_000),
        b"<a>" * 80_000,
        b"<a>" * 40_000 + b"</a>" * 40_000,
        b"\xff\xfe\xfd" * 30,
        b"<?xml version='1.0' encoding='no-such'?>" + packet(),
    ],
)
def test_broken_xmp_says_nothing(bad: bytes) -> None:
    """XMP that declares a document type, is large, deep or broken raises nothing and says nothing."""
    for kind in ("JPEG", "WEBP"):
        if kind == "WEBP" or len(bad) < 60_000:
            assert marks(photo(kind, xmp=bad)) == NOTHING


def test_what_is_no_photo_says_nothing() -> None:
    """Files that are no photos, and photos cut short anywhere, have no marks and raise nothing."""
    for content, _ in DISGUISED.values():
        assert dataclasses.replace(marks(content), chat=False) == NOTHING
    for kind in ("jpeg", "png", "webp", "heic", "avif"):
        content = whole()[kind]
        for part in range(0, min(len(content), 600), 7):
            assert marks(content[:part]) == NOTHING

"""Photos: whatever a phone or a chat app hands over becomes an upright sRGB picture, or one plain refusal."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from conftest import smooth
from PIL import Image, ImageCms

from vidkit import ffmpeg
from vidkit.photos import decode, facts, frame
from vidkit.problems import Place, Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes

WIDTH, HEIGHT = 384, 288
QUARTER = WIDTH // 4, HEIGHT // 4
PICTURE = smooth(WIDTH, HEIGHT, 4)
PICTURE[:80, :120] = (220, 40, 40)
PICTURE[-80:, -120:] = (40, 60, 220)
UNTURNED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a, -1),
}
"""How a camera stores an upright picture under each EXIF orientation (TIFF 6.0, tag 274)."""


def encoded(pixels: Any, kind: str = "PNG", **more: Any) -> bytes:
    """A picture as a file of a kind."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.ascontiguousarray(pixels))
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


def source(content: bytes) -> decode.Source:
    """A photo file's bytes as read."""
    return decode.Source(content, "0" * 64, "photo.jpg", Place("a.yaml", 7, 8))


def refusal(content: bytes) -> str:
    """The code of the one problem of a photo; the same for its header and its pixels, unless only pixels show it."""
    with pytest.raises(Refusal) as caught:
        decode.picture(source(content), at_least=(100, 100))
    (found,) = caught.value.problems
    assert found.place == Place("a.yaml", 7, 8)
    assert found.exit_code == 3
    assert "photo.jpg" in found.message("zh")
    return found.code


def far(one: Bytes, two: Any) -> float:
    """The mean difference of two pictures in levels."""
    return float(np.abs(one.astype(int) - np.asarray(two).astype(int)).mean())


# Upright


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", UNTURNED)
def test_every_orientation_comes_upright(kind: str, orientation: int) -> None:
    """All eight EXIF orientations, whole and decoded smaller, give the picture the camera saw."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    more: dict[str, Any] = {"PNG": {}, "JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"quality": 95}}[kind]
    given = source(encoded(UNTURNED[orientation](PICTURE), kind, exif=exif, **more))
    assert decode.header(given) == (WIDTH, HEIGHT)
    made = decode.picture(given)
    assert made.shape == PICTURE.shape
    assert far(made, PICTURE) <= {"PNG": 0.0, "JPEG": 2.5, "WEBP": 4.0}[kind]
    small = decode.picture(given, at_least=QUARTER)
    assert small.shape == (QUARTER[1], QUARTER[0], 3)
    assert far(small, Image.fromarray(PICTURE).reduce(4)) <= {"PNG": 1.0, "JPEG": 4.0, "WEBP": 4.0}[kind]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("at_least", [(1, 1), (95, 73), (97, 60), (192, 144), (384, 288), (5000, 5000)])
def test_never_smaller_than_asked(kind: str, at_least: tuple[int, int]) -> None:
    """A reduced picture has at least the pixels asked for, unless the photo has fewer; its form stays."""
    made = decode.picture(source(encoded(PICTURE, kind)), at_least=at_least)
    height, width = made.shape[:2]
    assert width >= min(at_least[0], WIDTH)
    assert height >= min(at_least[1], HEIGHT)
    assert width / height == pytest.approx(WIDTH / HEIGHT, rel=0.02)


def test_orientation_in_xmp_counts() -> None:
    """Some apps write the orientation in XMP only."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    xmp += b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    given = source(encoded(np.rot90(PICTURE, 1), "JPEG", quality=95, subsampling=0, xmp=xmp))
    assert decode.header(given) == (WIDTH, HEIGHT)
    assert far(decode.picture(given), PICTURE) < 2.5


def test_only_the_first_picture_of_a_file_counts() -> None:
    """A phone's JPEG with a second picture behind (MPO), an animated WebP and PNG: the first picture."""
    other = Image.fromarray(PICTURE[:, ::-1].copy())
    for kind in ("MPO", "WEBP", "PNG"):
        content = encoded(PICTURE, kind, save_all=True, append_images=[other])
        made = decode.picture(source(content))
        assert made.shape == PICTURE.shape, kind
        assert far(made, PICTURE) < 6, kind
        assert decode.picture(source(content), at_least=QUARTER).shape == (QUARTER[1], QUARTER[0], 3), kind


# HEIC


def _part(kind: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, *inner: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _part(kind, struct.pack(">I", version << 24 | flags), *inner)


def heic(pixels: Bytes, turn: int = 0) -> bytes:
    """A HEIC file of one HEVC frame, shown turned by ``turn`` quarters to the left (ISO 23008-12); skips where no x265 is."""
    height, width = pixels.shape[:2]
    command = [
        ffmpeg.executable(),
        "-v",
        "error",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        f"{width}x{height}",
        "-i",
        "pipe:0",
    ]
    command += [
        "-vf",
        "scale=out_color_matrix=bt709:out_range=pc",
        "-pix_fmt",
        "yuv420p",
        "-frames:v",
        "1",
        "-c:v",
        "libx265",
    ]
    command += ["-x265-params", "log-level=none:crf=8:keyint=1:colormatrix=bt709:range=full", "-tag:v", "hvc1"]
    command += ["-f", "mp4", "-movflags", "frag_keyframe+empty_moov", "pipe:1"]
    done = subprocess.run(command, input=np.ascontiguousarray(pixels).tobytes(), capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this ffmpeg has no libx265")
    at = done.stdout.index(b"hvcC") - 4
    hvcc = done.stdout[at : at + int.from_bytes(done.stdout[at : at + 4], "big")]
    at = done.stdout.index(b"mdat") - 4
    frame_ = done.stdout[at + 8 : at + int.from_bytes(done.stdout[at : at + 4], "big")]
    colour = _part(b"colr", b"nclx", struct.pack(">HHHB", 1, 13, 1, 0x80))
    shown = [hvcc, _full(b"ispe", struct.pack(">II", width, height)), colour, _part(b"irot", bytes([turn]))]
    uses = _full(b"ipma", struct.pack(">IHB", 1, 1, 4), bytes([0x81, 2, 3, 0x84]))
    start = _part(b"ftyp", b"heic", bytes(4), b"mif1heic")

    def meta(offset: int) -> bytes:
        entry = _full(b"infe", struct.pack(">HH", 1, 0), b"hvc1", b"\0", version=2)
        return _full(
            b"meta",
            _full(b"hdlr", bytes(4), b"pict", bytes(13)),
            _full(b"pitm", struct.pack(">H", 1)),
            _full(b"iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(frame_))),
            _full(b"iinf", struct.pack(">H", 1), entry),
            _part(b"iprp", _part(b"ipco", *shown), uses),
        )

    return start + meta(len(start) + len(meta(0)) + 8) + _part(b"mdat", frame_)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_heic_from_a_phone(turn: int) -> None:
    """HEIC comes upright by its own rotation, whole and smaller."""
    given = source(heic(np.rot90(PICTURE, -turn), turn))
    assert decode.header(given) == (WIDTH, HEIGHT)
    made = decode.picture(given)
    assert made.shape == PICTURE.shape
    assert far(made, PICTURE) < 8
    assert decode.picture(given, at_least=QUARTER).shape == (QUARTER[1], QUARTER[0], 3)


def test_a_heic_cut_in_half_is_refused() -> None:
    """Half a HEIC is VK-P003."""
    content = heic(PICTURE)
    assert refusal(content[: len(content) // 2]) == "VK-P003"


# Colour


WIDE = np.array([[0.4866, 0.2657, 0.1982], [0.2290, 0.6917, 0.0793], [0.0, 0.0451, 1.0439]])
"""Display P3 to XYZ (D65), SMPTE EG 432-1."""


def _profile(primaries: tuple[float, ...], gamma: float) -> bytes:
    """A small ICC 2 display profile from XYZ colorants (D50) and a gamma."""
    tags = {b"rXYZ": primaries[0:3], b"gXYZ": primaries[3:6], b"bXYZ": primaries[6:9], b"wtpt": (0.9642, 1.0, 0.8249)}
    parts = {
        k: b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(v * 65536)) for v in xyz) for k, xyz in tags.items()
    }
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    parts[b"cprt"] = b"text" + bytes(4) + b"none\0"
    parts[b"desc"] = b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(12 + 67)
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for tag, data in parts.items():
        padded = data + bytes(-len(data) % 4)
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += padded
    head = struct.pack(
        ">I4sI4s4s4s12s4s4sI4s4sQI3i4s44s",
        at + len(body),
        bytes(4),
        0x02400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        bytes(12),
        b"acsp",
        bytes(4),
        0,
        bytes(4),
        bytes(4),
        0,
        0,
        63190,
        65536,
        54061,
        bytes(4),
        bytes(44),
    )
    return head + struct.pack(">I", len(parts)) + table + body


P3 = _profile((0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407), 2.2)
ADOBE = _profile((0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457), 2.2)


@pytest.mark.parametrize(("profile", "least"), [(P3, 8), (ADOBE, 20)], ids=["display-p3", "adobe-rgb"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_wide_colours_become_srgb(profile: bytes, least: int, kind: str) -> None:
    """A profile is applied: the green of a wide space is a stronger sRGB green; greys stay grey."""
    ImageCms.ImageCmsProfile(io.BytesIO(profile))
    flat = np.full((300, 300, 3), (120, 180, 110), np.uint8)
    flat[:, 150:] = 128
    made = decode.picture(
        source(
            encoded(flat, kind, icc_profile=profile, **({"quality": 95, "lossless": True} if kind == "WEBP" else {}))
        )
    )
    wide, grey = made[150, 60].astype(int), made[150, 240].astype(int)
    assert wide[0] <= 120 - least
    assert np.abs(grey - 128).max() <= 4
    exact = ImageCms.profileToProfile(
        Image.fromarray(flat), ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    )
    assert far(made, exact) < 2


def test_a_broken_profile_is_left_out() -> None:
    """A photo with rubbish for a profile is still a photo."""
    assert far(decode.picture(source(encoded(PICTURE, "JPEG", quality=95, icc_profile=b"rubbish" * 40))), PICTURE) < 3


@pytest.mark.parametrize("at_least", [None, QUARTER])
def test_other_kinds_of_pixels(at_least: tuple[int, int] | None) -> None:
    """CMYK, grey, grey with alpha, palette with transparency, 16 bits, 1 bit: all become what they look like, laid on white."""
    image = Image.fromarray(PICTURE)
    grey = image.convert("L")
    palette = image.quantize(64)
    see_through = image.convert("RGBA")
    see_through.putalpha(
        Image.fromarray(np.where(np.arange(WIDTH) < WIDTH // 2, 255, 0).astype(np.uint8)[None, :].repeat(HEIGHT, 0))
    )
    on_white = Image.new("RGB", image.size, "white")
    on_white.paste(image.crop((0, 0, WIDTH // 2, HEIGHT)), (0, 0))
    sixteen = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    cases: dict[str, tuple[bytes, Image.Image, float]] = {
        "cmyk": (encoded(image.convert("CMYK"), "JPEG", quality=95), image, 4),
        "grey": (encoded(grey), grey, 1),
        "grey-jpeg": (encoded(grey, "JPEG", quality=95), grey, 3),
        "grey-alpha": (encoded(see_through.convert("LA")), on_white.convert("L"), 1.5),
        "palette": (encoded(palette), palette.convert("RGB"), 2),
        "palette-see-through": (encoded(see_through.quantize(64)), on_white, 8),
        "see-through": (encoded(see_through), on_white, 1.5),
        "see-through-webp": (encoded(see_through, "WEBP", lossless=True), on_white, 1.5),
        "sixteen": (encoded(sixteen), grey, 1.5),
        "one-bit": (encoded(grey.convert("1")), grey.convert("1").convert("L"), 2),
    }
    for name, (content, wanted, most) in cases.items():
        made = decode.picture(source(content), at_least=at_least)
        exact = wanted.convert("RGB") if at_least is None else wanted.convert("RGB").reduce(4)
        assert made.dtype == np.uint8, name
        assert made.shape == np.asarray(exact).shape, name
        assert far(made, exact) <= most, (name, far(made, exact))


# Refusals


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    return stream.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"IDAT" + zlib.compress(bytes(1000))
    parts = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (chunk, data, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


DISGUISED = {
    "html": b"<!DOCTYPE html>\n<html><body>404</body></html>",
    "html-late": b"\xef\xbb\xbf\r\n  <html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "zip": _zip(),
    "text": "这不是照片，是一段写得很长的话。\n第二行\t也是\n".encode() * 30,
    "gif": encoded(PICTURE, "GIF"),
    "bmp": encoded(PICTURE, "BMP"),
    "tiff": encoded(PICTURE, "TIFF"),
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(200),
    "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(200),
}
SAYS = {
    "html": "网页",
    "html-late": "网页",
    "svg": "SVG",
    "pdf": "PDF",
    "zip": "zip",
    "text": "文字",
    "gif": "GIF",
    "bmp": "BMP",
    "tiff": "TIFF",
    "avif": "AVIF",
    "mp4": "视频",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_what_is_no_photo_is_called_by_its_name(name: str) -> None:
    """VK-P002 says what the file really is, whatever its ending."""
    assert refusal(DISGUISED[name]) == "VK-P002"
    with pytest.raises(Refusal) as caught:
        decode.header(source(DISGUISED[name]))
    assert SAYS[name] in caught.value.problems[0].message("zh")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("at_least", [None, (100, 100)])
def test_a_photo_cut_in_half_is_refused(kind: str, at_least: tuple[int, int] | None) -> None:
    """Half a file is VK-P003, also when it is decoded smaller."""
    content = encoded(PICTURE, kind)
    for part in (2, 20, 40, len(content) // 2, len(content) * 9 // 10):
        with pytest.raises(Refusal) as caught:
            decode.picture(source(content[:part]), at_least=at_least)
        assert [p.code for p in caught.value.problems] == ["VK-P003"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(60_000, 60_000), "VK-P004"),
        (bomb(2_000_000_000, 2), "VK-P004"),
        (bomb(4000, 400), "VK-P005"),
        (encoded(np.zeros((300, 3000, 3), np.uint8), "JPEG"), "VK-P005"),
        (encoded(np.zeros((3000, 300, 3), np.uint8), "JPEG"), "VK-P005"),
        (encoded(np.zeros((200, 300, 3), np.uint8)), "VK-P006"),
        (bomb(640, 480), "VK-P003"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "VK-P003"),
        (bytes(5000), "VK-P003"),
    ],
)
def test_sizes_are_refused_from_the_header(content: bytes, code: str) -> None:
    """Too many pixels, too narrow, too small, and rubbish: each its own code."""
    assert refusal(content) == code


def test_unreadable_files(tmp_path: Path) -> None:
    """Nothing in it VK-P001, not there or a folder VK-P008, too large VK-P007 without being read."""
    (tmp_path / "empty.jpg").write_bytes(b"")
    with (tmp_path / "large.jpg").open("wb") as stream:
        stream.truncate(300_000_000)
    for name, code in (
        ("empty.jpg", "VK-P001"),
        ("missing.jpg", "VK-P008"),
        (".", "VK-P008"),
        ("large.jpg", "VK-P007"),
    ):
        with pytest.raises(Refusal) as caught:
            decode.read(tmp_path / name, name=name)
        assert [p.code for p in caught.value.problems] == [code]


# Memory


MEASURE = """
import resource, sys
from pathlib import Path
from vidkit.photos import decode
first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
source = decode.read(Path(sys.argv[1]), name="huge.jpg")
made = decode.picture(source, at_least=(1080, 1920))
unit = 1 if sys.platform == "darwin" else 1024
print(made.shape[1], made.shape[0], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first) * unit // 1_000_000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module is POSIX")
def test_a_hundred_megapixels_in_bounded_memory(tmp_path: Path) -> None:
    """A 108 MP JPEG is decoded smaller with less than 450 MB, and is still large enough for the canvas."""
    small = Image.fromarray(PICTURE).resize((1500, 1125))
    small.resize((12_000, 9_000), Image.Resampling.NEAREST).save(tmp_path / "huge.jpg", quality=30)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "huge.jpg"], capture_output=True, text=True, check=True
    )
    width, height, megabytes = (int(word) for word in done.stdout.split())
    assert width >= 1080
    assert height >= 1920
    assert megabytes < 450


# Facts and crops


def test_facts_are_remembered_by_content(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A photo seen before is not decoded again, even under another name; changed content is."""
    (tmp_path / "a.png").write_bytes(encoded(PICTURE))
    found = facts.look(tmp_path / "a.png", cache, name="a.png")
    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert all(0 < f < 1 for f in found.focus)
    (tmp_path / "b.png").write_bytes(encoded(PICTURE))
    (tmp_path / "c.png").write_bytes(encoded(PICTURE[::-1]))
    calls, whole = count(1), decode.picture
    monkeypatch.setattr(decode, "picture", lambda *a, **k: next(calls) and whole(*a, **k))
    assert facts.look(tmp_path / "b.png", cache, name="b.png") == found
    assert next(calls) == 1
    assert facts.look(tmp_path / "c.png", cache, name="c.png").sha256 != found.sha256
    assert next(calls) == 3


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (4000, 1000), (1000, 1000)])
@pytest.mark.parametrize("ratio", [9 / 16, 1.0, 0.8, 16 / 9])
@pytest.mark.parametrize("focus", [(0.5, 0.5), (0.0, 1.0), (0.97, 0.2)])
def test_a_crop_has_its_form_and_stays_inside(size: tuple[int, int], ratio: float, focus: tuple[float, float]) -> None:
    """The largest part of the form asked for, as near the focus as the edges allow."""
    left, top, right, bottom = facts.crop(size, ratio, focus)
    width, height = (right - left) * size[0], (bottom - top) * size[1]
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
    assert width / height == pytest.approx(ratio, rel=1e-4)
    assert max(right - left, bottom - top) == pytest.approx(1, abs=1e-5)
    assert left <= focus[0] <= right or left < 1e-5 or right > 1 - 1e-5


def test_interest_lies_where_detail_is() -> None:
    """Detail in the upper left draws the centre of interest there; a flat picture's is its middle."""
    plain = np.full((300, 400, 3), 90, np.uint8)
    assert frame.interest(plain) == pytest.approx((0.5, 0.5), abs=0.01)
    plain[40:120, 40:160] = np.random.default_rng(1).integers(0, 255, (80, 120, 3))
    x, y = frame.interest(plain)
    assert x < 0.45
    assert y < 0.45

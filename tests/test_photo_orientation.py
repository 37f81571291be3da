"""Orientation: every way a file says how it is to be turned is followed, once."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from conftest import smooth
from hostile import encoded, exif, heic, source
from PIL import Image

from vidkit.photos import decode

if TYPE_CHECKING:
    from vidkit.colour import Bytes

SHAPES = {"landscape": (320, 256), "portrait": (256, 320)}
UPRIGHT = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a, 1),
}
"""What makes a picture as stored under an EXIF orientation upright (TIFF 6.0, tag 274)."""
TURNS: dict[int, dict[str, Any]] = {
    1: {},
    2: {"mirror": 1},
    3: {"turn": 2},
    4: {"mirror": 0},
    5: {"turn": 1, "mirror": 0},
    6: {"turn": 3},
    7: {"turn": 3, "mirror": 0},
    8: {"turn": 1},
}
"""The same as a HEIF's own turn (quarters to the left) and mirror (0 top to bottom, 1 left to right)."""
HOW: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "subsampling": 0},
    "PNG": {},
    "WEBP": {"quality": 90, "method": 0},
    "AVIF": {"quality": 80, "speed": 10},
}


def stored(shape: str) -> Bytes:
    """A picture as a camera stores it, with a corner of its own."""
    width, height = SHAPES[shape]
    made = smooth(width, height, 4)
    made[:60, :90] = (220, 40, 40)
    made[-50:, -40:] = (40, 60, 220)
    return made


def tagged(kind: str, shape: str, orientation: int) -> bytes:
    """A file of a kind with an orientation; HEIF says it twice, as phones do: by its own boxes and in its EXIF."""
    block = exif({0x0112: orientation})
    if kind == "HEIF":
        return heic(stored(shape), exif=block, **TURNS.get(orientation, {}))
    tag = Image.Exif()
    tag.load(block)
    return encoded(stored(shape), kind, exif=tag if kind == "AVIF" else b"Exif\0\0" + block, **HOW[kind])


def plain(kind: str, shape: str) -> Bytes:
    """The decoded picture of the same pixels in a file without any orientation."""
    made = heic(stored(shape)) if kind == "HEIF" else encoded(stored(shape), kind, **HOW[kind])
    return decode.picture(source(made))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize(("orientation", "shape"), list(product(UPRIGHT, SHAPES)))
def test_every_orientation_comes_upright(kind: str, orientation: int, shape: str) -> None:
    """All eight orientations in all formats and both shapes: the pixels of the untagged file, turned once; also when decoded smaller."""
    given, wanted = source(tagged(kind, shape, orientation)), UPRIGHT[orientation](plain(kind, shape))
    made = decode.picture(given)
    assert np.array_equal(made, wanted)
    assert made.flags.c_contiguous
    height, width = made.shape[:2]
    assert decode.header(given) == (width, height)
    assert np.abs(made.astype(int) - UPRIGHT[orientation](stored(shape))).mean() < 8
    small = decode.picture(given, at_least=(width // 4, height // 4))
    assert small.shape == (height // 4, width // 4, 3)
    assert np.abs(small.astype(int) - np.asarray(Image.fromarray(wanted).reduce(4))).mean() < 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_orientation_that_is_none_turns_nothing(kind: str, orientation: int) -> None:
    """Orientation 0 (unknown) and values above 8 leave a photo as it is stored."""
    content = tagged(kind, "landscape", orientation)
    assert np.array_equal(decode.picture(source(content)), plain(kind, "landscape"))


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_heif_is_turned_by_its_boxes_alone(orientation: int) -> None:
    """In a HEIF the EXIF's orientation only repeats what its boxes say (ISO 23008-12): alone it turns nothing, and the boxes suffice."""
    alone = heic(stored("landscape"), exif=exif({0x0112: orientation}))
    assert np.array_equal(decode.picture(source(alone)), plain("HEIF", "landscape"))
    boxes = heic(stored("landscape"), **TURNS[orientation])
    assert np.array_equal(decode.picture(source(boxes)), UPRIGHT[orientation](plain("HEIF", "landscape")))


@pytest.mark.parametrize(
    ("kind", "turned"), [("JPEG", True), ("PNG", True), ("WEBP", True), ("HEIF", False), ("AVIF", False)]
)
def test_orientation_in_xmp(kind: str, turned: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Some apps write the orientation in XMP only; it counts where no box of the container says how to turn."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    xmp += b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    if kind == "HEIF":
        content = heic(stored("landscape"), xmp=xmp)
    elif kind == "PNG":
        from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415  # for this case only

        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        content = encoded(stored("landscape"), kind, pnginfo=texts)
    else:
        content = encoded(stored("landscape"), kind, xmp=xmp, **HOW[kind])
    wanted = UPRIGHT[6 if turned else 1](plain(kind, "landscape"))
    assert np.array_equal(decode.picture(source(content)), wanted)


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_what_was_examined_is_decoded_to_the_same_pixels(orientation: int) -> None:
    """A second look, by another decoder, gives every photo the first one's pixels: of any size, sampling, profile or colour model."""
    picture = Image.fromarray(smooth(317, 255, 4))
    display_p3 = decode._display_p3()
    for mode, how in (
        ("RGB", {}),
        ("RGB", {"progressive": True, "quality": 40}),
        ("RGB", {"subsampling": 0, "icc_profile": display_p3}),
        ("RGB", {"restart_marker_rows": 1}),
        ("L", {}),
        ("CMYK", {}),
    ):
        stream = BytesIO()
        picture.convert(mode).save(stream, "JPEG", exif=exif({274: orientation}), **how)
        for wanted in (None, (90, 90), (40, 40)):
            first = decode.picture(source(stream.getvalue()), at_least=wanted)
            again = decode.picture(source(stream.getvalue()), at_least=wanted, examined=True)
            assert np.array_equal(first, again), (mode, how, wanted)

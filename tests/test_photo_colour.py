"""Colour: whatever space, depth and kind of pixels a photo has, it comes as the sRGB that people see, laid on white."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest
from conftest import smooth
from hostile import ADOBE, P3, PROPHOTO, chunk, encoded, heic, icc, png, profile, source
from PIL import Image, ImageCms

from vidkit.photos import decode

SIDE = 256
SRGB = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])
"""Linear sRGB to XYZ (D50), ICC's sRGB profile."""
SPACES: dict[str, tuple[bytes, tuple[float, ...], float]] = {
    "display-p3": (P3, (0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407), 2.2),
    "adobe-rgb": (ADOBE, (0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457), 2.19921875),
    "prophoto": (PROPHOTO, (0.79767, 0.28804, 0.0, 0.13519, 0.71188, 0.0, 0.03134, 0.00009, 0.82491), 1.8),
}
"""A profile, its primaries (XYZ of red, green and blue, D50) and its gamma."""


def patches() -> Any:
    """8 x 8 patches of 32 pixels: every mixture of four levels of red, green and blue."""
    levels = [30, 96, 160, 224]
    colours = np.array([(r, g, b) for r in levels for g in levels for b in levels], np.uint8).reshape(8, 8, 3)
    return colours.repeat(32, 0).repeat(32, 1)


def middle(picture: Any) -> Any:
    """The colours of the patches' middles, (8, 8, C)."""
    return np.asarray(picture)[16::32, 16::32].astype(int)


def srgb(linear: Any) -> Any:
    """Linear light (0 to 1) as sRGB levels (IEC 61966-2-1)."""
    clipped = np.clip(linear, 0, 1)
    return 255 * np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)


def reference(levels: Any, primaries: tuple[float, ...], gamma: float) -> Any:
    """Levels of an RGB space in sRGB, by the matrices and curves alone."""
    linear = (np.asarray(levels) / 255.0) ** gamma
    return srgb(linear @ np.array(primaries).reshape(3, 3) @ np.linalg.inv(SRGB).T)


def picture(content: bytes) -> Any:
    """The decoded picture as integers."""
    return decode.picture(source(content)).astype(int)


def gap(one: Any, two: Any) -> float:
    """The largest difference of two pictures in levels."""
    return float(np.abs(np.asarray(one).astype(float) - np.asarray(two)).max())


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG", "AVIF", "HEIF"])
def test_profiles_become_srgb(space: str, kind: str) -> None:
    """Every colour is within three levels of the reference worked out from the levels in the file."""
    stored, primaries, gamma = SPACES[space]
    every: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 100, "subsampling": 0},
        "WEBP": {"lossless": True, "method": 0},
        "AVIF": {"quality": 100, "subsampling": "4:4:4", "speed": 10},
    }
    how = every.get(kind, {})
    given = heic(patches(), icc=stored) if kind == "HEIF" else encoded(patches(), kind, icc_profile=stored, **how)
    levels = middle(_raw(given))
    assert gap(levels, middle(patches())) <= (40 if kind == "HEIF" else 3)
    wanted = reference(levels, primaries, gamma)
    assert gap(middle(picture(given)), wanted) <= 3
    small = decode.picture(source(given), at_least=(SIDE // 4, SIDE // 4)).astype(int)
    assert gap(small[4::8, 4::8], wanted) <= 3
    assert gap(levels, wanted) >= 8


def test_display_p3_by_number() -> None:
    """A HEIF that names Display P3 by its number, as many phones write, comes as sRGB like one with the profile."""
    given = heic(patches(), primaries=12)
    linear = np.where(
        (levels := middle(_raw(given)) / 255) <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4
    )
    wanted = srgb(linear @ np.array(SPACES["display-p3"][1]).reshape(3, 3) @ np.linalg.inv(SRGB).T)
    assert gap(middle(picture(given)), wanted) <= 3
    assert gap(levels * 255, wanted) >= 8


def test_a_profile_of_srgb_changes_nothing() -> None:
    """A photo with sRGB's own profile keeps its pixels as they are."""
    stored = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(picture(encoded(patches(), icc_profile=stored)), patches())


def _raw(content: bytes) -> Any:
    """What the decoder gives before any profile is applied."""
    with decode._opened(source(content), None) as image:
        image.load()
        return np.asarray(image.convert("RGB"))


def test_greys_stay_grey_through_a_profile() -> None:
    """A grey of a wide space is a grey of sRGB."""
    ramp = np.arange(256, dtype=np.uint8)[None, :, None].repeat(256, 0).repeat(3, 2)
    made = picture(encoded(ramp, icc_profile=P3))
    assert np.ptp(made[0], axis=1).max() <= 1
    assert gap(made[0], reference(ramp[0], *SPACES["display-p3"][1:])) <= 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_grey_with_a_grey_profile(kind: str) -> None:
    """A grey photo with a gamma of 1.8 comes as sRGB grey; one with an RGB profile is read through that."""
    ramp = np.arange(256, dtype=np.uint8)[None].repeat(256, 0)
    how: dict[str, Any] = {"quality": 100} if kind == "JPEG" else {}
    made = picture(encoded(ramp, kind, icc_profile=profile((), 1.8, b"GRAY"), **how))
    wanted = srgb((np.arange(256) / 255) ** 1.8)[:, None].repeat(3, 1)
    assert gap(made[8], wanted) <= 3
    made = picture(encoded(ramp, kind, icc_profile=PROPHOTO, **how))
    assert gap(made[8], wanted) <= 3


def test_sixteen_bit_grey_with_a_grey_profile() -> None:
    """The profile counts at 16 bits too."""
    ramp = np.linspace(0, 65535, 256).round().astype(np.uint16)[None, :, None].repeat(256, 0)
    given = png(ramp, 0, 16, chunk(b"iCCP", b"x\0\0" + _packed(profile((), 1.8, b"GRAY"))))
    assert gap(picture(given)[8], srgb((np.arange(256) / 255) ** 1.8)[:, None].repeat(3, 1)) <= 3


def _packed(data: bytes) -> bytes:
    import zlib  # noqa: PLC0415  # for these cases only

    return zlib.compress(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("bad", [b"rubbish" * 40, P3[:300], bytes(200), P3[:16] + b"CMYK" + P3[20:]])
def test_a_broken_profile_counts_as_srgb(kind: str, bad: bytes) -> None:
    """A photo with rubbish for a profile, or one for other colours, is read as if it had none."""
    one, two = (encoded(smooth(SIDE, SIDE), kind, **more) for more in ({"icc_profile": bad}, {}))
    assert np.array_equal(picture(one), picture(two))


# CMYK


INKS = np.array([(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)])


def _cmyk_profile() -> bytes:
    """A press whose inks print the colours of ``lab``: an 8-bit table of the sixteen full mixtures (ICC.1:2001-04, lut8Type)."""
    table = b"".join(bytes((round(x * 2.55), round(a + 128), round(b + 128))) for x, a, b in map(_lab, INKS))
    curve = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + struct.pack(">9i", *(65536 * (i % 4 == 0) for i in range(9)))
    return icc(
        {
            b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
            b"A2B0": lut + curve * 4 + table + curve * 3,
        },
        b"CMYK",
        b"Lab ",
        b"prtr",
    )


def _lab(inks: Any) -> tuple[float, float, float]:
    """What a mixture of full inks looks like: paler than the pure colours."""
    c, m, y, k = inks
    light = (100 - 32 * c - 37 * m - 8 * y) * (1 - k)
    return light, (-30 * c + 60 * m) * (1 - k), (-40 * c + 70 * y) * (1 - k)


def _lab_to_srgb(lab: Any) -> Any:
    light, a, b = np.moveaxis(np.asarray(lab, float), -1, 0)
    f = np.stack([(light + 16) / 116 + a / 500, (light + 16) / 116, (light + 16) / 116 - b / 200], -1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * np.array([0.9642, 1.0, 0.8249])
    return srgb(xyz @ np.linalg.inv(SRGB).T)


def _cmyk() -> Any:
    """Sixteen patches of 64 pixels: the full mixtures of four inks."""
    return (INKS.reshape(4, 4, 4) * 255).astype(np.uint8).repeat(64, 0).repeat(64, 1)


def test_cmyk_through_its_profile() -> None:
    """A CMYK photo with a profile looks as its press prints it."""
    given = encoded(Image.fromarray(_cmyk(), "CMYK"), "JPEG", quality=100, icc_profile=_cmyk_profile())
    wanted = _lab_to_srgb([_lab(inks) for inks in INKS]).reshape(4, 4, 3)
    assert np.abs(picture(given)[32::64, 32::64] - wanted).mean() <= 3
    small = decode.picture(source(given), at_least=(64, 64))
    assert np.abs(small[8::16, 8::16] - wanted).mean() <= 3


def test_cmyk_without_a_profile() -> None:
    """Adobe stores inks upside down and says so; another CMYK photo has them upright: both come with the colours meant."""
    given = encoded(Image.fromarray(_cmyk(), "CMYK"), "JPEG", quality=100)
    c, m, y, k = np.moveaxis(INKS.reshape(4, 4, 4), -1, 0)
    wanted = 255 * np.stack([(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)], -1)
    assert gap(picture(given)[32::64, 32::64], wanted) <= 3
    at = given.index(b"\xff\xee\0\x0eAdobe")
    turned = 255 * np.stack([c * k, m * k, y * k], -1)  # the same bytes, now taken as they stand
    assert gap(picture(given[:at] + given[at + 16 :])[32::64, 32::64], turned) <= 3


# Depth and kinds of pixels


RAMP = np.linspace(0, 65535, SIDE * SIDE).round().astype(np.uint16).reshape(SIDE, SIDE)
THREE = np.dstack([RAMP, RAMP.T, RAMP[::-1]])
CLEAR = np.linspace(0, 65535, SIDE).round().astype(np.uint16)[None].repeat(SIDE, 0)


def on_white(levels: Any, alpha: Any) -> Any:
    """Levels of 0 to 255 laid on white by an alpha of 0 to 1."""
    return levels * alpha + 255 * (1 - alpha)


def _reduced(wanted: Any) -> Any:
    height, width, count = wanted.shape
    return wanted.reshape(height // 4, 4, width // 4, 4, count).mean((1, 3))


def _palette() -> tuple[bytes, Any]:
    """A palette of 256 colours, each with its own transparency, and what it looks like."""
    chance = np.random.default_rng(5)
    colours, alpha = chance.integers(0, 256, (256, 3)), chance.integers(0, 256, 256)
    index = np.arange(SIDE * SIDE).reshape(SIDE, SIDE) // 3 % 256
    extra = chunk(b"PLTE", colours.astype(np.uint8).tobytes()) + chunk(b"tRNS", alpha.astype(np.uint8).tobytes())
    return png(index[..., None], 3, 8, extra), on_white(colours, alpha[:, None] / 255)[index]


def kinds() -> dict[str, tuple[bytes, Any]]:
    """Files of every kind of pixels, and what they look like (levels, floating)."""
    grey, three, alpha = (RAMP / 257.0)[..., None].repeat(3, 2), THREE / 257.0, (CLEAR / 65535.0)[..., None]
    eight = smooth(SIDE, SIDE)
    keyed = eight.copy()
    keyed[:40] = (1, 2, 3)
    key = np.where((keyed == (1, 2, 3)).all(2, keepdims=True), 255, keyed)
    bits = (np.indices((SIDE, SIDE)).sum(0) // 5 % 2).astype(np.uint8)
    return {
        "grey 16": (png(RAMP[..., None], 0, 16), grey),
        "rgb 16": (png(THREE, 2, 16), three),
        "rgba 16": (png(np.dstack([THREE, CLEAR]), 6, 16), on_white(three, alpha)),
        "grey alpha 16": (png(np.dstack([RAMP, CLEAR]), 4, 16), on_white(grey, alpha)),
        "grey alpha 8": (png(np.dstack([RAMP >> 8, CLEAR >> 8]), 4), on_white((RAMP >> 8)[..., None].repeat(3, 2), (CLEAR >> 8)[..., None] / 255)),
        "rgba 8": (png(np.dstack([eight, CLEAR >> 8]), 6), on_white(eight, (CLEAR >> 8)[..., None] / 255)),
        "rgba webp": (encoded(np.dstack([eight, (CLEAR >> 8).astype(np.uint8)]), "WEBP", lossless=True, exact=True), on_white(eight, (CLEAR >> 8)[..., None] / 255)),
        "one colour is clear": (png(keyed, 2, 8, chunk(b"tRNS", struct.pack(">3H", 1, 2, 3))), key),
        "one grey of 16 bits is clear": (png(RAMP[..., None], 0, 16, chunk(b"tRNS", struct.pack(">H", RAMP[9, 9]))), np.where(grey == grey[9, 9], 255, grey)),
        "palette": _palette(),
        "one bit": (encoded(Image.fromarray(bits * 255).convert("1")), bits[..., None].repeat(3, 2) * 255),
        "grey": (png((RAMP >> 8)[..., None], 0), (RAMP >> 8)[..., None].repeat(3, 2)),
    }  # fmt: skip


@pytest.mark.parametrize("name", kinds())
def test_kinds_of_pixels(name: str) -> None:
    """16 bits, transparency, palettes, one bit: within two levels of what they look like on white, whole and decoded smaller."""
    content, wanted = kinds()[name]
    assert gap(picture(content), wanted) <= 2
    small = decode.picture(source(content), at_least=(SIDE // 4, SIDE // 4))
    assert gap(small, _reduced(wanted)) <= 2


def test_transparency_through_a_profile() -> None:
    """Colours go through the profile before they are laid on white; white stays white."""
    alpha = np.full((SIDE, SIDE, 1), 128, np.uint8)
    alpha[:, 128:] = 0
    made = picture(encoded(np.dstack([patches(), alpha]), icc_profile=ADOBE))
    wanted = on_white(reference(middle(patches()), *SPACES["adobe-rgb"][1:]), middle(alpha) / 255)
    assert gap(middle(made), wanted) <= 3
    assert made[:, 128:].min() == 255

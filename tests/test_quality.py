"""Photos too blurred, dark, small or shrunk are named; good ones, also with a soft background, are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from test_change import noisy, relit, room

from vidkit.photos import decode, quality
from vidkit.photos.quality import Quality

if TYPE_CHECKING:
    from vidkit.colour import Bytes

PHOTOS = sorted(
    file
    for name in ("stove", "hood", "bathroom")
    for file in (Path(__file__).parents[1] / "examples" / "photos").glob(f"{name}_*.jpg")
)
BIG = 3000, 4000
GOOD = Quality(1.0, 0.6, 0.5)


def photo(file: Path) -> Bytes:
    """A photo of the demo, 1000 px and more."""
    return decode.picture(decode.read(file, name=file.name), at_least=(700, 700))


def named(rgb: Bytes) -> tuple[str, ...]:
    """What is wrong with a picture, its size apart."""
    return quality.faults(quality.measure(rgb), BIG, chat=False)


def shaken(rgb: Bytes, length: int) -> Bytes:
    """Moved sideways during the shot by so many pixels."""
    return np.asarray(cv2.blur(rgb, (length, 1)), np.uint8)


@pytest.mark.parametrize("file", PHOTOS, ids=lambda f: f.stem)
def test_the_demo_is_good_enough(file: Path) -> None:
    """Nothing is wrong with the demo's pictures."""
    rgb = photo(file)
    assert quality.faults(quality.measure(rgb), (rgb.shape[1], rgb.shape[0]), chat=False) == ()


def test_blur_is_named_in_any_size() -> None:
    """The same blur, as a share of the picture, measures the same at 720 and at 1440 px, and is named."""
    sharp = cv2.resize(photo(PHOTOS[0]), (1080, 1440), interpolation=cv2.INTER_AREA)
    big = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 8), np.uint8)
    small = np.asarray(cv2.resize(big, (540, 720), interpolation=cv2.INTER_AREA), np.uint8)
    assert quality.measure(big).sharpness == pytest.approx(quality.measure(small).sharpness, abs=0.05)
    assert named(noisy(big, 2, 1)) == named(noisy(small, 2, 1)) == ("blurred",)


def test_more_blur_is_less_sharp() -> None:
    """Sharpness falls with every step of blur."""
    sharp = photo(PHOTOS[0])
    found = [quality.measure(np.asarray(cv2.GaussianBlur(sharp, (0, 0), s), np.uint8)).sharpness for s in (2, 4, 6, 9)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 4


@pytest.mark.parametrize("direction", quality.DIRECTIONS)
@pytest.mark.parametrize("sigma", [quality.FINE, quality.COARSE])
def test_the_fast_filter_is_the_filter(sigma: float, direction: tuple[float, float]) -> None:
    """A kernel along rows or columns taken apart gives what it gives whole."""
    grey = np.random.default_rng(4).uniform(0, 255, (60, 80)).astype(np.float32)
    kernel = quality._kernel(sigma, direction)
    fast = quality._filtered(grey, kernel, upright=0.0 in direction)
    assert fast == pytest.approx(cv2.filter2D(grey, cv2.CV_32F, kernel), abs=1e-3)


def test_a_shaken_hand_is_named() -> None:
    """Edges along the motion are sharp still; the photo is blurred all the same."""
    assert named(noisy(shaken(room(3, (960, 720)), 31), 2, 1)) == ("blurred",)
    assert named(room(3, (960, 720))) == ()


def test_a_soft_background_is_no_fault() -> None:
    """A third of the picture sharp, the rest far out of focus: nothing is wrong."""
    sharp = photo(PHOTOS[0])
    soft = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 9), np.uint8)
    third = sharp.shape[0] // 3
    soft[third : 2 * third] = sharp[third : 2 * third]
    assert named(soft) == ()


def test_dark_is_named_and_evening_is_not() -> None:
    """Three stops too little is dark; a dim room with a lamp in it is not, and one stop less is not."""
    rgb = photo(PHOTOS[0])
    assert named(relit(rgb, -3, -3, -3)) == ("dark",)
    assert named(relit(rgb, -1, -1, -1)) == ()
    evening = relit(rgb, -3.5, -3.5, -3.5)
    part = np.s_[: rgb.shape[0] // 3]
    evening[part] = rgb[part]
    assert named(evening) == ()


def test_an_empty_picture_is_blurred_not_broken() -> None:
    """Black, white and grey pictures have no edges: blurred, and black is dark too."""
    assert named(np.zeros((300, 400, 3), np.uint8)) == ("blurred", "dark")
    assert named(np.full((300, 400, 3), 255, np.uint8)) == ("blurred",)
    assert quality.measure(np.zeros((300, 400, 3), np.uint8)) == Quality(0.028, 0.0, 0.0)


@pytest.mark.parametrize(
    ("size", "chat", "words"),
    [
        (BIG, False, ()),
        (BIG, True, ()),
        ((720, 1280), False, ()),
        ((1280, 719), False, ("small",)),
        ((1080, 1440), True, ("shrunk",)),
        ((1080, 1440), False, ()),
        ((480, 640), True, ("shrunk",)),
    ],
)
def test_small_and_shrunk(size: tuple[int, int], *, chat: bool, words: tuple[str, ...]) -> None:
    """The shorter side decides; from a chat app it is the app's fault, said once."""
    assert quality.faults(GOOD, size, chat=chat) == words


def test_the_worst_comes_first() -> None:
    """Blurred before dark before small."""
    assert quality.faults(Quality(0.1, 0.1, 0.1), (300, 400), chat=False) == ("blurred", "dark", "small")

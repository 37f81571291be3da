"""Faces of several people at once: about one size, at one height, below the app's bar."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from vidkit import layout
from vidkit.boards import crops
from vidkit.photos.prints import FACE, Print

if TYPE_CHECKING:
    from vidkit.storyboard import Box, Picture

CANVAS, SAFE_TOP = (1080, 1920), 240
FORMS = {
    "small, at the top": Print("a" * 64, 512, 512, (0.45, 0.2), heads=((0.3, 0.02, 0.58, 0.36),)),
    "small, in the middle": Print("b" * 64, 720, 1280, (0.5, 0.35), heads=((0.35, 0.25, 0.65, 0.45),)),
    "large": Print("c" * 64, 1536, 2048, (0.5, 0.4), heads=((0.2, 0.15, 0.8, 0.65),)),
    "far away": Print("d" * 64, 3000, 4000, (0.5, 0.3), heads=((0.45, 0.2, 0.55, 0.3),)),
}


def _head(shown: Print, box: Box, picture: Picture) -> tuple[float, float]:
    """The rows of the canvas between which a photo's head stands."""
    scale = box.height / (picture.crop[3] - picture.crop[1])
    return tuple(box.y + (shown.heads[0][at] - picture.crop[1]) * scale for at in (1, 3))  # type: ignore[return-value]


@pytest.mark.parametrize("names", tuple(itertools.combinations(FORMS, 2)), ids=" and ".join)
def test_two_faces_match(names: tuple[str, str]) -> None:
    """No face under the app's bar; neither head a third larger than the other or far above it, unless its photo shows no more or has no more pixels."""
    known = tuple(FORMS[name] for name in names)
    boxes, pictures = crops.gallery(known, CANVAS, SAFE_TOP)
    heads = [_head(*one) for one in zip(known, boxes, pictures, strict=True)]
    assert all(top + FACE[1] * (bottom - top) >= SAFE_TOP - 1 for top, bottom in heads)
    assert boxes[-1].y + boxes[-1].height == 1104
    sizes = sorted(bottom - top for top, bottom in heads)
    assert sizes[1] <= 1.35 * sizes[0] or "large" in names or "far away" in names
    assert abs(heads[0][0] - heads[1][0]) <= 40


def test_faces_with_room_above_them_need_no_band() -> None:
    """Photos with air over the heads begin at the canvas' edge."""
    known = (FORMS["small, in the middle"],) * 2
    boxes, _ = crops.gallery(known, CANVAS, SAFE_TOP)
    assert boxes == layout.gallery(2, CANVAS)


def test_nobody_is_no_reason_for_a_band() -> None:
    """Photos without a head fill their boxes from the canvas' edge on."""
    bare = Print("e" * 64, 3000, 4000)
    assert crops.gallery((bare, bare, bare), CANVAS, SAFE_TOP)[0] == layout.gallery(3, CANVAS)

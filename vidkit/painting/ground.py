"""What lies behind everything in a scene: a colour, or a photo out of focus, with a card's shadow and edge → a frame."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from vidkit import colour, graphics

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vidkit.colour import Bytes
    from vidkit.painting.stock import Stock
    from vidkit.storyboard import Backdrop, Box, Picture

    Floats = NDArray[np.float32]

BACKDROP_SIDE = 160
BACKDROP_BLUR = 4.5
"""Of a picture ``BACKDROP_SIDE`` px high: soft enough to stay behind a card, not so soft that it could be of anything."""
BACKDROP_TINT = 0.2
"""How much of the tint is added: what the picture is of is felt, and white words on it read better than on more of it."""
SHADOW = 0.45
GROUNDS_KEPT = 4
BAND = 256
"""Rows dithered at a time, and the side of the square of noise for it."""


class Photos(Hashable, Protocol):
    """Where the painter's photos come from, and what drawings are kept in, if anything."""

    @property
    def stock(self) -> Stock | None:
        """The stock of an earlier run's drawings."""

    def cut(self, picture: Picture, width: int, height: int) -> Bytes:
        """The picture's part as RGB, shape (height, width, 3)."""

    def planes(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes, Bytes]:
        """The picture's part as Y, U and V planes of exactly (width, height) pixels."""


@lru_cache(maxsize=GROUNDS_KEPT)
def backdrop(item: Backdrop | None, canvas: tuple[int, int], photos: Photos) -> Bytes:
    """The still ground of a scene as a frame; scenes of one pair share it, so it must not be written to."""
    width, height = canvas
    if item is None:
        return colour.empty(width, height)
    tint = np.array(colour.rgb(item.tint), np.float32)
    if item.picture:
        ground = _blurred(item.picture, item.light, canvas, tint, photos)
    else:
        ground = np.full((height, width, 3), tint, np.float32)
    if item.card:
        _shade(ground, item.card, item.radius)
    made = colour.of_rgb(_dithered(ground))
    if item.card:
        _edge(made, item.card, item.radius, item.edge)
    return made


def _dithered(ground: Floats) -> Bytes:
    """The ground in whole levels, a band of rows at a time."""
    height, width = ground.shape[:2]
    made = np.empty(ground.shape, np.uint8)
    for top in range(0, height, BAND):
        band = ground[top : top + BAND]
        cv2.add(band, dither(width, len(band)), dst=made[top : top + BAND], dtype=cv2.CV_8U)
    return made


@cache
def dither(width: int, height: int) -> Floats:
    """Seeded noise of half a level for a band of up to ``BAND`` rows, shape (height, width, 3): without it soft gradients show bands."""
    noise = np.random.default_rng(20261122).uniform(-0.75, 0.75, (BAND, BAND)).astype(np.float32)
    wide = np.tile(noise, (1, -(-width // BAND)))[:height, :width]
    return np.asarray(cv2.merge([wide, wide, wide]), np.float32)


def _blurred(picture: Picture, light: float, canvas: tuple[int, int], tint: Floats, photos: Photos) -> Floats:
    """The picture out of focus, at a share of its light, and some of the tint."""
    small = (BACKDROP_SIDE * canvas[0] // canvas[1] // 2 * 2, BACKDROP_SIDE)
    part = photos.cut(picture, *small).astype(np.float32)
    soft = cv2.GaussianBlur(part, (0, 0), BACKDROP_BLUR, borderType=cv2.BORDER_REFLECT_101)
    mixed = soft * light + tint * BACKDROP_TINT
    return np.asarray(cv2.resize(mixed, canvas, interpolation=cv2.INTER_CUBIC), np.float32)


def _shade(ground: Floats, card: Box, radius: int) -> None:
    """Put a card's shadow on the ground: 45 % dark, blurred over 28 px, fallen by 14 px (at 1080 wide)."""
    scale = ground.shape[1] / 1080
    shade = np.zeros(ground.shape[:2], np.float32)
    fall = round(14 * scale)
    shade[card.y + fall : card.y + card.height + fall, card.x : card.x + card.width] = SHADOW
    small = cv2.resize(shade, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.5, (7 + radius / 20) * scale))
    full = cv2.resize(soft, (ground.shape[1], ground.shape[0]), interpolation=cv2.INTER_LINEAR)
    ground *= 1 - np.asarray(full, np.float32)[..., None]


def _edge(target: Bytes, card: Box, radius: int, edge: str) -> None:
    """A light frame around the card, 4 px at 1080 wide."""
    line = max(2, 2 * round(2 * target.shape[1] / 1080))
    width, height = card.width + 2 * line, card.height + 2 * line
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" rx="{radius + line}" fill="{edge}"/></svg>'
    )
    graphics.lay(target, graphics.draw(svg, width, height), card.x - line, card.y - line)


@cache
def corner(size: int) -> Floats:
    """How much of the picture shows in the top left corner of a rounded box: 0 to 1, float32, shape (size, size)."""
    fine = (np.arange(size * 4) + 0.5) / 4
    inside = np.hypot(size - fine[None, :], size - fine[:, None]) <= size
    return np.asarray(inside.reshape(size, 4, size, 4).mean(axis=(1, 3)), np.float32)

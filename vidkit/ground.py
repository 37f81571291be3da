"""What lies behind everything in a scene: a colour, or a photo far out of focus, with a card's shadow and edge → a frame."""

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
    from vidkit.storyboard import Backdrop, Box, Picture

    Floats = NDArray[np.float32]

BACKDROP_SIDE = 160
BACKDROP_BLUR = 9.0
SHADOW = 0.45
GROUNDS_KEPT = 4


class Photos(Hashable, Protocol):
    """Where the painter's photos come from."""

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
    ground: Floats = np.full((height, width, 3), tint, np.float32)
    if item.picture:
        ground = _blurred(item.picture, item.light, canvas, tint, photos)
    if item.card:
        ground = _with_shadow(ground, item.card, item.radius)
    made = colour.of_rgb(np.clip(np.rint(ground + dither(width, height)), 0, 255).astype(np.uint8))
    if item.card:
        _edge(made, item.card, item.radius, item.edge)
    return made


@cache
def dither(width: int, height: int) -> Floats:
    """Seeded noise of half a level, shape (height, width, 1): without it soft gradients show bands."""
    noise = np.random.default_rng(20261122).uniform(-0.75, 0.75, (256, 256)).astype(np.float32)
    return np.tile(noise, (-(-height // 256), -(-width // 256)))[:height, :width, None]


def _blurred(picture: Picture, light: float, canvas: tuple[int, int], tint: Floats, photos: Photos) -> Floats:
    """The picture far out of focus, at a share of its light, and a good third of the tint."""
    small = (BACKDROP_SIDE * canvas[0] // canvas[1] // 2 * 2, BACKDROP_SIDE)
    part = photos.cut(picture, *small).astype(np.float32)
    soft = cv2.GaussianBlur(part, (0, 0), BACKDROP_BLUR, borderType=cv2.BORDER_REFLECT_101)
    mixed = soft * light + tint * 0.36
    return np.asarray(cv2.resize(mixed, canvas, interpolation=cv2.INTER_CUBIC), np.float32)


def _with_shadow(ground: Floats, card: Box, radius: int) -> Floats:
    """The ground under the card's shadow: 45 % dark, blurred over 28 px, fallen by 14 px (at 1080 wide)."""
    scale = ground.shape[1] / 1080
    shade = np.zeros(ground.shape[:2], np.float32)
    fall = round(14 * scale)
    shade[card.y + fall : card.y + card.height + fall, card.x : card.x + card.width] = SHADOW
    small = cv2.resize(shade, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.5, (7 + radius / 20) * scale))
    full = cv2.resize(soft, (ground.shape[1], ground.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(ground * (1 - np.asarray(full)[..., None]), np.float32)


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

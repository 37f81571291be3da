"""A still page → a picture: photos in boxes under one SVG of the whole page. Posters and covers are pages.

The SVG leaves its photo boxes transparent (or draws over them); photos are cropped and resampled by OpenCV, never by the SVG.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from vidkit import colour, graphics
from vidkit.photos import frame as framing
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes

    Load = Callable[[Picture, int, int], Bytes]

JPEG_QUALITY = 92


@dataclass(frozen=True)
class Page:
    """A picture to be made: its size in pixels, its ground (#rrggbb), photos in boxes bottom to top, and the SVG over them."""

    size: tuple[int, int]
    ground: str
    photos: tuple[tuple[Picture, Box], ...]
    svg: str


def draw(page: Page, load: Load) -> Bytes:
    """The page as RGB, shape (height, width, 3); ``load`` gives whole photos."""
    width, height = page.size
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour.rgb(page.ground)
    for picture, box in page.photos:
        part = framing.cut(load(picture, box.width, box.height), picture.crop, (box.width, box.height))
        made[box.y : box.y + box.height, box.x : box.x + box.width] = part
    over = graphics.premultiplied(graphics.rasterise(page.svg, width, height))
    kept = made.astype(np.uint16) * (255 - over[..., 3:]) // 255
    return np.asarray(np.clip(kept + over[..., :3], 0, 255), np.uint8)


def png(page: Page, load: Load) -> bytes:
    """The page as PNG without metadata."""
    stream = io.BytesIO()
    Image.fromarray(draw(page, load)).save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def jpeg(page: Page, load: Load) -> bytes:
    """The page as JPEG (quality 92, 4:4:4) without metadata."""
    stream = io.BytesIO()
    Image.fromarray(draw(page, load)).save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return stream.getvalue()


def key(page: Page, engine: str) -> str:
    """The page's content address under a drawing engine."""
    return hashlib.sha256(json.dumps([asdict(page), engine], sort_keys=True, ensure_ascii=False).encode()).hexdigest()

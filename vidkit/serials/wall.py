"""The covers of a series → one picture of them in rows, as a profile shows them: the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit.pages import page, still
from vidkit.pages.page import Page, Shown
from vidkit.photos import decode, metadata, prints
from vidkit.photos.file import read
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.kit import Brand, Shelf

    Cover = Path | Bytes

WIDTH, MARGIN, GAP = 1080, 60, 18
"""The wall's width, the space around it and between two covers, px: three covers of an even width fill a row from margin to margin."""
COLUMNS = 3
RATIO = 3 / 4
HEAD, FOOT = 210, 120
ROUND, EDGE = 22, 3
"""A tile's corners, and the line around it by which a pale cover ends on pale paper, px."""


def wall(covers: Sequence[Cover], brand: Brand, shelf: Shelf, title: str, note: str = "") -> bytes:
    """The covers (files, or RGB pictures of shape (H, W, 3)) as one PNG, in the order given, below the series' title and a note; a last row
    that is not full begins on the left, as on a profile; with the strongest AI label of the covers' files. Refuses a cover that cannot be read (VK-P…) and a title that does not fit (VK-T001).
    """
    pictures = [_picture(cover) for cover in covers]

    def cut(shown: Picture, width: int, height: int) -> Bytes:
        return np.asarray(
            cv2.resize(pictures[int(shown.sha256)], (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )

    files = (read(cover, name=cover.name) for cover in covers if not isinstance(cover, np.ndarray))
    label = prints.strongest(metadata.marks(one).aigc for one in files)
    return still.png(sheet(len(pictures), brand, shelf, title, note), cut, label)


def _picture(cover: Cover) -> Bytes:
    """The middle 3:4 of a cover."""
    rgb = cover if isinstance(cover, np.ndarray) else decode.picture(read(cover, name=cover.name))
    height, width = rgb.shape[:2]
    across, down = min(width, round(height * RATIO)), min(height, round(width / RATIO))
    left, top = (width - across) // 2, (height - down) // 2
    return rgb[top : top + down, left : left + across]


def sheet(count: int, brand: Brand, shelf: Shelf, title: str, note: str = "") -> Page:
    """The page of a wall for so many covers; its pictures are named by their number from 0."""
    desk = page.shared(shelf, brand)
    rows = max(1, -(-count // COLUMNS))
    width = (WIDTH - 2 * MARGIN - GAP * (COLUMNS - 1)) // COLUMNS // 2 * 2
    height = round(width / RATIO / 2) * 2
    size = WIDTH, HEAD + rows * (height + GAP) - GAP + FOOT
    boxes = [
        Box(MARGIN + i % COLUMNS * (width + GAP), HEAD + i // COLUMNS * (height + GAP), width, height)
        for i in range(count)
    ]
    whole = (0.0, 0.0, 1.0, 1.0)
    photos = tuple(Shown(Picture(str(i), whole), box, page.rounded(box, ROUND)) for i, box in enumerate(boxes))
    room = WIDTH - 2 * MARGIN
    side = page.block(desk, "wall-head", "note", note, room * 0.4)
    words = {
        "text": page.block(desk, "wall-head", "text", title, room - (side.width + 40 if side else 0)),
        "note": side,
    }
    head = page.drawing(desk, "wall-head", room, t=words, height=HEAD)
    name = {"name": page.block(desk, "brand-line", "name", brand.full_name, room * 0.7), "spot": None}
    foot = page.drawing(desk, "brand-line", WIDTH, t=name, height=96)
    edges = (
        f'<rect x="{one.x + EDGE / 2:g}" y="{one.y + EDGE / 2:g}" width="{width - EDGE}" height="{height - EDGE}" rx="{ROUND - EDGE / 2:g}" '
        f'fill="none" stroke="{brand.colours.ink}" stroke-opacity="0.16" stroke-width="{EDGE}"/>'
        for one in boxes
    )
    pieces = (page.nested(head.svg, MARGIN, 0), page.nested(foot.svg, MARGIN - 36, size[1] - FOOT + 12), *edges)
    return Page(size, brand.colours.paper, photos, page.sheet(size, pieces))

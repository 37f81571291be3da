"""The covers of a series → one picture of them in rows, as a profile shows them: the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import page, still
from vidkit.page import Page, Shown
from vidkit.photos import decode, metadata, prints
from vidkit.photos.file import read
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.kit import Brand, Shelf

    Cover = Path | Bytes

WIDTH, MARGIN, GAP = 1080, 60, 16
"""The wall's width, the space around it and between two covers, px."""
RATIO = 3 / 4
HEAD, FOOT = 210, 120
ROUND = 22


def wall(covers: Sequence[Cover], brand: Brand, shelf: Shelf, title: str, note: str = "", *, columns: int = 3) -> bytes:
    """The covers (files, or RGB pictures of shape (H, W, 3)) as one PNG, in the order given, below the series' title and a note; a last row
    that is not full is filled with empty places; with the strongest AI label of the covers' files. Refuses a cover that cannot be read (VK-P…) and a title that does not fit (VK-T001).
    """
    pictures = [_picture(cover) for cover in covers]

    def cut(shown: Picture, width: int, height: int) -> Bytes:
        return np.asarray(
            cv2.resize(pictures[int(shown.sha256)], (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )

    files = (read(cover, name=cover.name) for cover in covers if not isinstance(cover, np.ndarray))
    label = prints.strongest(metadata.marks(one).aigc for one in files)
    return still.png(sheet(len(pictures), brand, shelf, title, note, columns=columns), cut, label)


def _picture(cover: Cover) -> Bytes:
    """The middle 3:4 of a cover."""
    rgb = cover if isinstance(cover, np.ndarray) else decode.picture(read(cover, name=cover.name))
    height, width = rgb.shape[:2]
    across, down = min(width, round(height * RATIO)), min(height, round(width / RATIO))
    left, top = (width - across) // 2, (height - down) // 2
    return rgb[top : top + down, left : left + across]


def sheet(count: int, brand: Brand, shelf: Shelf, title: str, note: str = "", *, columns: int = 3) -> Page:
    """The page of a wall for so many covers; its pictures are named by their number from 0."""
    desk = page.shared(shelf, brand)
    rows = max(1, -(-count // columns))
    width = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) // columns // 2 * 2
    height = round(width / RATIO / 2) * 2
    size = WIDTH, HEAD + rows * (height + GAP) - GAP + FOOT
    boxes = [
        Box(MARGIN + i % columns * (width + GAP), HEAD + i // columns * (height + GAP), width, height)
        for i in range(rows * columns)
    ]
    whole = (0.0, 0.0, 1.0, 1.0)
    photos = tuple(Shown(Picture(str(i), whole), box, page.rounded(box, ROUND)) for i, box in enumerate(boxes[:count]))
    room = WIDTH - 2 * MARGIN
    side = page.block(desk, "wall-head", "note", note, room * 0.4)
    words = {
        "text": page.block(desk, "wall-head", "text", title, room - (side.width + 40 if side else 0)),
        "note": side,
    }
    head = page.drawing(desk, "wall-head", room, t=words, height=HEAD)
    name = {"name": page.block(desk, "brand-line", "name", brand.full_name, room * 0.7), "spot": None}
    foot = page.drawing(desk, "brand-line", WIDTH, t=name, height=96)
    empty = (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="{ROUND}" fill="{brand.colours.quiet}" fill-opacity="0.12"/>'
        for box in boxes[count:]
    )
    pieces = (page.nested(head.svg, MARGIN, 0), *empty, page.nested(foot.svg, MARGIN - 36, size[1] - FOOT + 12))
    return Page(size, brand.colours.paper, photos, page.sheet(size, pieces))

"""SVG → premultiplied YUV patches: everything drawn (titles, pills, cards, end cards) is an SVG rendered by resvg.

A patch keeps alpha and alpha-weighted Y, U, V so that laying it over a frame is one multiply and one add per plane; alpha and
chroma are premultiplied before they are halved, so no fringe appears.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

import cv2
import numpy as np
import resvg_py

from vidkit import colour, foreign, text
from vidkit.colour import u8
from vidkit.problems import Refusal, problem
from vidkit.runs import faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.colour import Bytes
    from vidkit.painting.stock import Stock


DRAWINGS_KEPT, PNGS_KEPT = 6, 64
"""Drawings kept as pixels and as files: one of a whole frame takes 8 MB as pixels, some 20 kB as a file."""
COLUMN = 8
"""Pixels that are drawn across of a veil, the rest of which is the same."""
VEIL = re.compile(
    r'(<svg xmlns="http://www\.w3\.org/2000/svg" )width="(\d+)" (height="(\d+)") viewBox="0 0 \2 \4">'
    r'(\s*(?:<defs><linearGradient id="\w+" x1="0" y1="0" x2="0" y2="1">(?:<stop [^<>]*/>)+</linearGradient></defs>)?'
    r'(?:\s*<rect width="\2" height="[0-9.]+" fill="[^"]+"(?: fill-opacity="[0-9.]+")?/>)+\s*</svg>)\s*'
)
"""A drawing of nothing but plain rectangles as wide as it is, a gradient from top to bottom among them: every column is the same."""


@dataclass(frozen=True, eq=False)
class Patch:
    """What is drawn of a picture: Y, U, V already multiplied by alpha, and what is left of the ground (255 − alpha), at full and at half
    size; its ``corner`` (x, y) in that picture is even.
    """

    colour: tuple[Bytes, Bytes, Bytes]
    ground: tuple[Bytes, Bytes]
    corner: tuple[int, int] = (0, 0)

    @property
    def planes(self) -> tuple[tuple[Bytes, Bytes, int], ...]:
        """Y, U and V with their ground and the pixels to one sample."""
        full, half = self.ground
        return tuple(zip(self.colour, (full, half, half), (1, 2, 2), strict=True))


@lru_cache(maxsize=DRAWINGS_KEPT)
def rasterise(svg: str, width: int, height: int, stock: Stock | None = None) -> Bytes:
    """As ``drawn``; the last few are kept, and the files of some more."""
    if VEIL.fullmatch(svg):
        return _veil(svg, width, height)
    return _pixels(_kept_png(svg, width, height, stock), width, height)


def drawn(svg: str, width: int, height: int, stock: Stock | None = None) -> Bytes:
    """The SVG scaled to the given pixels as RGBA (H, W, 4), alpha not premultiplied; refuses a broken SVG with VK-G001, one
    that takes a picture from a file with VK-G002.

    Raises OSError where the system opens no more files: resvg would draw without the fonts and not say so.
    """
    return _pixels(_png(svg, width, height, stock), width, height)


def _veil(svg: str, width: int, height: int) -> Bytes:
    """As ``drawn`` for what ``VEIL`` fits: a column is drawn and repeated."""
    found = VEIL.fullmatch(svg)
    if not found or (int(found[2]), int(found[4])) != (width, height):
        return drawn(svg, width, height)
    narrow = f'{found[1]}width="{COLUMN}" {found[3]} viewBox="0 0 {COLUMN} {height}">{found[5]}'
    return np.repeat(drawn(narrow, COLUMN, height)[:, :1], width, axis=1)


def _png(svg: str, width: int, height: int, stock: Stock | None) -> bytes:
    """The drawing as a PNG file, out of the stock or drawn and put there."""
    if stock is None:
        return _new_png(svg, width, height)
    said = svg, width, height
    png = stock.find("drawing", said)
    if png is None:
        png = _new_png(*said)
        stock.put("drawing", said, png)
    return png


def _new_png(svg: str, width: int, height: int) -> bytes:
    try:
        taken = foreign.taken(svg)
    except expat.ExpatError as error:
        raise Refusal(problem("VK-G001", words=error)) from error
    if taken:
        raise Refusal(problem("VK-G002", found=taken))
    faults.enough_files()
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            font_files=[str(file) for file in text.font_files()],
            skip_system_fonts=True,
            font_family="Noto Sans SC",
        )
    except ValueError as error:
        raise Refusal(problem("VK-G001", words=error)) from error
    faults.enough_files()
    return png


_kept_png = lru_cache(maxsize=PNGS_KEPT)(_png)


def _pixels(png: bytes, width: int, height: int) -> Bytes:
    read = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert read is not None, "resvg writes whole PNG files"
    return _exactly(u8(cv2.cvtColor(read, cv2.COLOR_BGRA2RGBA)), width, height)


def _exactly(rgba: Bytes, width: int, height: int) -> Bytes:
    """Cut or padded by transparent pixels at the right and bottom: resvg keeps the aspect and may round by one."""
    if rgba.shape == (height, width, 4):
        return rgba
    fitted = np.zeros((height, width, 4), np.uint8)
    rows, columns = min(height, rgba.shape[0]), min(width, rgba.shape[1])
    fitted[:rows, :columns] = rgba[:rows, :columns]
    return fitted


def premultiplied(rgba: Bytes) -> Bytes:
    """RGBA (H, W, 4) with its colours multiplied by alpha."""
    alpha = rgba[..., 3]
    factors = cv2.merge([alpha, alpha, alpha, np.full_like(alpha, 255)])
    return u8(cv2.multiply(rgba, factors, scale=1 / 255))


def patch(rgba: Bytes) -> Patch:
    """A premultiplied RGBA picture of even size as a patch, without the rows and columns at its edges in which nothing is drawn."""
    x, y, right, bottom = _drawn(rgba[..., 3])
    rgba = rgba[y:bottom, x:right]
    half = cv2.resize(rgba, (rgba.shape[1] // 2, rgba.shape[0] // 2), interpolation=cv2.INTER_AREA)
    matrix = colour.TO_YUV
    luma = cv2.transform(rgba, _weighted(matrix[:1]))
    u, v = cv2.split(cv2.transform(half, _weighted(matrix[1:])))
    planes = tuple(np.asarray(p, np.uint8).reshape(p.shape[:2]) for p in (luma, u, v))
    return Patch((planes[0], planes[1], planes[2]), (255 - rgba[..., 3], u8(255 - half[..., 3])), (x, y))


def _drawn(alpha: Bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, all even, of what is not transparent; two pixels where nothing is drawn."""
    x, y, width, height = cv2.boundingRect(alpha)
    return x // 2 * 2, y // 2 * 2, max(2, (x + width + 1) // 2 * 2), max(2, (y + height + 1) // 2 * 2)


def _weighted(matrix: np.ndarray) -> np.ndarray:
    """The colour matrix for premultiplied input: its offset is multiplied by alpha/255 instead of 1."""
    return np.hstack([matrix[:, :3], matrix[:, 3:] / 255]).astype(np.float32)


def draw(svg: str, width: int, height: int) -> Patch:
    """The SVG as a patch of the given even size in pixels."""
    return patch(premultiplied(rasterise(svg, width, height)))


def faded(item: Patch, opacity: float) -> Patch:
    """The patch at an opacity from 0 to 1."""
    if opacity >= 1:
        return item
    y, u, v = (cv2.convertScaleAbs(p, alpha=opacity) for p in item.colour)
    full, half = (255 - cv2.convertScaleAbs(255 - p, alpha=opacity) for p in item.ground)
    return Patch((u8(y), u8(u), u8(v)), (u8(full), u8(half)), item.corner)


def joined(placed: tuple[tuple[Patch, int, int], ...]) -> tuple[tuple[Patch, int, int], ...]:
    """Patches with their places, one over the other, as fewer: two are laid as one where a box round both holds no more than they do."""
    made: list[tuple[Patch, int, int]] = []
    for one in placed:
        if made and _area(_around(made[-1], one)) <= _area(_around(made[-1])) + _area(_around(one)):
            made[-1] = _over(made[-1], one)
        else:
            made.append(one)
    return tuple(made)


def _around(*placed: tuple[Patch, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box round patches."""
    lefts, tops = [x + item.corner[0] for item, x, _ in placed], [y + item.corner[1] for item, _, y in placed]
    sizes = [item.colour[0].shape for item, _, _ in placed]
    rights = [left + width for left, (_, width) in zip(lefts, sizes, strict=True)]
    bottoms = [top + height for top, (height, _) in zip(tops, sizes, strict=True)]
    return min(lefts), min(tops), max(rights), max(bottoms)


def _area(box: tuple[int, int, int, int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _over(*placed: tuple[Patch, int, int]) -> tuple[Patch, int, int]:
    """Patches as one: laid one after the other, and what each leaves of the ground multiplied."""
    left, top, right, bottom = _around(*placed)
    width, height = right - left, bottom - top
    full, half = (height, width), (height // 2, width // 2)
    y, u, v = (np.zeros(shape, np.uint8) for shape in (full, half, half))
    ground = np.full(full, 255, np.uint8), np.full(half, 255, np.uint8)
    for item, across, down in placed:
        lay_on((y, u, v), item, across - left, down - top)
        begun, under = across + item.corner[0] - left, down + item.corner[1] - top
        for plane, kept, step in zip(ground, item.ground, (1, 2), strict=True):
            _lay_plane(plane, None, kept, begun // step, under // step)
    return Patch((y, u, v), ground), left, top


def lay(frame: Bytes, item: Patch, x: int, y: int) -> None:
    """Draw the patch onto the frame with its picture's corner at even (x, y); what lies outside the frame is left out."""
    lay_on(colour.planes(frame), item, x, y)


def lay_on(planes: Sequence[Bytes], item: Patch, x: int, y: int) -> None:
    """The same onto a part of a frame, of which these are Y, U and V."""
    x, y = x + item.corner[0], y + item.corner[1]
    for plane, (colours, ground, step) in zip(planes, item.planes, strict=True):
        _lay_plane(plane, colours, ground, x // step, y // step)


def _lay_plane(plane: Bytes, colours: Bytes | None, ground: Bytes, x: int, y: int) -> None:
    top, left = max(0, -y), max(0, -x)
    bottom, right = min(ground.shape[0], plane.shape[0] - y), min(ground.shape[1], plane.shape[1] - x)
    if top >= bottom or left >= right:
        return
    window = plane[y + top : y + bottom, x + left : x + right]
    kept = cv2.multiply(window, ground[top:bottom, left:right], scale=1 / 255)
    if colours is None:
        window[:] = kept
    else:
        cv2.add(kept, colours[top:bottom, left:right], dst=window)

"""A storyboard → the words that leave its platform's safe box: the app's own buttons would cover them.

A drawing whose box lies inside is taken as inside; of any other the ink of its words is measured where they have settled.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vidkit import graphics, layout, motion
from vidkit.storyboard import Compare
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.kits.platform import SafeBox
    from vidkit.plan import Plan
    from vidkit.storyboard import Graphic, Scene

TEXT = re.compile(r"<text\b.*?</text>", re.DOTALL)
INK = 24
"""A pixel less opaque than this (of 255) is not seen."""
Sides = tuple[float, float, float, float]


def leaving(plan: Plan, logo: str = "") -> tuple[str, ...]:
    """The beginnings of the words that do not stay inside, each once; letters of the brand's ``logo`` are part of a picture."""
    scale = plan.platform.canvas[0] / plan.board.canvas[0]
    every = (*(item for scene in plan.board.scenes for item in drawings(scene)), *plan.board.captions)
    drawn = (replace(item, svg=without(item.svg, logo)) for item in every)
    shown = (item for item in drawn if TEXT.search(item.svg))
    gone = (words(item.svg)[:12] for item in shown if _outside(item, plan.platform.safe, scale))
    return tuple(dict.fromkeys(gone))


def drawings(scene: Scene) -> Iterator[Graphic]:
    """Every drawing of a scene, the labels on pairs too."""
    yield from scene.graphics
    for picture in scene.pictures:
        if isinstance(picture, Compare):
            yield from picture.labels or ()


def without(svg: str, logo: str) -> str:
    """A drawing without what a logo that stands in it shows: its letters are no words to be read."""
    shown = logo.partition(">")[2].rpartition("</svg>")[0]
    return svg.replace(shown, "") if shown else svg


def words(svg: str) -> str:
    """The words of a drawing in one piece, as they are read."""
    return html.unescape("".join(re.findall(r">([^<]+)<", "".join(TEXT.findall(svg)))))


def _outside(item: Graphic, safe: SafeBox, scale: float) -> bool:
    at = (item.first + item.last) // 2
    dx, dy = motion.at(item.dx, at), motion.at(item.dy, at)
    x, y = item.box.x + dx, item.box.y + dy
    box = (x * scale, y * scale, (x + item.box.width) * scale, (y + item.box.height) * scale)
    return not _inside(box, safe) and not _inside(_ink(item, (x, y), scale), safe)


def _inside(sides: Sides, safe: SafeBox) -> bool:
    """Whether left, top, right and bottom lie in the safe box, as far as soft edges go."""
    left, top, right, bottom = sides
    over = table("proof")["safe"]["over_px"]["value"]
    edge = safe.narrow_right if bottom > safe.narrow_from_y else safe.right
    inside = (safe.left - left, safe.top - top, right - edge, bottom - safe.bottom)
    return max(inside) <= float(over)


def _ink(item: Graphic, corner: tuple[float, float], scale: float) -> Sides:
    """Left, top, right and bottom of a drawing's letters alone, in px of the platform's canvas."""
    width, height = layout.size(item.svg)
    page = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    alpha = graphics.rasterise(f"{page}{''.join(TEXT.findall(item.svg))}</svg>", width, height)[..., 3] > INK
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return scale * corner[0], scale * corner[1], scale * corner[0], scale * corner[1]
    shrink = item.box.width / width
    (x, y), sides = corner, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    left, top, right, bottom = (float(side) * shrink for side in sides)
    return (x + left) * scale, (y + top) * scale, (x + right) * scale, (y + bottom) * scale

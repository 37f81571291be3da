"""Marks → drawings: over a clip's frames, in a strip of their own above a still picture, around a sample.

No mark lies over words: what a label needs is taken from the safe box for the whole clip, and from a picture's height before it is laid
out; a sample's band stands outside the safe box, and a sample picture is shown whole inside a frame. The drawings are always the
package's own: a project's folder changes what clips look like, not what they must say.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit import kit, layout, text
from vidkit.labels import marks
from vidkit.labels.marks import said
from vidkit.layout import Drawing
from vidkit.motion import FULL, Key
from vidkit.pages import page
from vidkit.storyboard import Box, Graphic
from vidkit.text import Block, Font, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vidkit.kits.platform import Platform, SafeBox
    from vidkit.labels.marks import Mark
    from vidkit.pages.page import Page
    from vidkit.plan import Script

SHORT = 1080
"""The shorter side that sizes in px are meant for."""
LABEL, NOTICE = Font(weight=700), Font(weight=900)
BELOW, BESIDE = 20, 16
"""Room below a row of marks and between two of them, px."""
FADE = 6
"""Frames in which a label leaves after its time."""
BAND = 0.122
"""The height of a sample's bands over a clip as a share of its shorter side: they end above the safe box."""
FRAME = 0.088
"""The height of a sample's bands around a still picture, as a share of its shorter side."""
LETTERS = 0.62
"""The size of a band's letters as a share of its height."""
SAMPLE, STRIP_GROUND = "#ffc61a", "#101010"
"""The colours of a sample's frame and of a strip."""
STRIP = 0.28
"""The room above and below the marks of a strip together, as a share of their height."""


def letters(short: int) -> int:
    """The size of an AI label's letters on a picture whose shorter side is so many px: its capitals reach the height the standard asks for."""
    wanted = short * said("ai_label.least_height") / said("ai_label.capitals") * said("ai_label.spare")
    return layout.even_up(wanted)


# Over a clip


def kept_free(where: Platform, carried: Sequence[Mark]) -> Platform:
    """The platform with a safe box that leaves room for the row of marks at its top."""
    high = _row_height(min(where.canvas), carried)
    kept = high + BELOW
    return replace(where, safe=replace(where.safe, top=where.safe.top + kept, kept=kept)) if high else where


def overlay(carried: Sequence[Mark], where: Platform, frames: int) -> tuple[Graphic, ...]:
    """The marks of a clip of so many frames, at the platform's own safe box and around it."""
    short, made = min(where.canvas), {mark.kind: mark for mark in carried}
    found: list[Graphic] = []
    if "sample" in made:
        found += _bands(made["sample"].words, where.canvas, frames)
    high = _row_height(short, carried)
    if "ai" in made:
        drawn = _label(made["ai"].words, short)
        last = min(frames, round(made["ai"].seconds * where.fps) + FADE) if made["ai"].seconds else frames
        leaving = (Key(last - FADE - 1, 1.0), Key(last, 0.0)) if last < frames else FULL
        found.append(Graphic(drawn.svg, _left(drawn, where.safe), 0, last, leaving))
    if "ad" in made:
        drawn = _ad(made["ad"].words, short, high)
        place = _right(drawn, where.safe) if "ai" in made else _left(drawn, where.safe)
        found.append(Graphic(drawn.svg, place, 0, frames))
    return tuple(found)


def _left(drawn: Drawing, safe: SafeBox) -> Box:
    return Box(safe.left, safe.top, drawn.width, drawn.height)


def _right(drawn: Drawing, safe: SafeBox) -> Box:
    return Box((safe.right - drawn.width) // 2 * 2, safe.top, drawn.width, drawn.height)


def _bands(words: str, canvas: tuple[int, int], frames: int) -> tuple[Graphic, Graphic]:
    """A band along the upper and one along the lower edge."""
    width, height = canvas
    drawn = _band(words, width, layout.even_up(min(canvas) * BAND))
    tops = (0, height - drawn.height)
    upper, lower = (Graphic(drawn.svg, Box(0, top, drawn.width, drawn.height), 0, frames) for top in tops)
    return upper, lower


# Above and around a still picture


def still(
    script: Script,
    size: tuple[int, int],
    platforms: Sequence[Platform],
    made: Callable[[tuple[int, int]], Page | None],
    *,
    linked: bool = False,
) -> Page | None:
    """A still picture as ``made`` lays it out, with the marks that follow from what it shows and where it goes."""
    plain = made(size)
    shown = (one.picture.sha256 for one in plain.photos) if plain else ()
    carried = marks.on_picture(script, platforms, shown, linked=linked)
    return pictured(size, carried, made) if plain and carried else plain


def pictured(
    size: tuple[int, int], carried: Sequence[Mark], made: Callable[[tuple[int, int]], Page | None]
) -> Page | None:
    """A picture with its marks: what ``made`` lays out on the height that is left, below a strip with the marks; a sample is framed. None
    where nothing can be laid out.
    """
    width, height = size
    sample = next((mark.words for mark in carried if mark.kind == "sample"), "")
    strip = _strip(size, carried, round(min(size) * height / _inside(size)) if sample else min(size))
    laid = made((width, height - strip.height)) if strip else made(size)
    if laid is None:
        return None
    if strip:
        below = Box(0, strip.height, width, height - strip.height)
        laid = page.within(laid, size, below, page.nested(strip.svg, 0, 0))
    return _framed(laid, sample) if sample else laid


def _inside(size: tuple[int, int]) -> int:
    """The height a sample's frame leaves a picture."""
    return size[1] - 2 * layout.even_up(min(size) * FRAME)


def _framed(made: Page, words: str) -> Page:
    """A sample: the whole picture, a little smaller, in a frame that says what it is."""
    width, height = made.size
    inner = _inside(made.size)
    high = (height - inner) // 2
    shown = round(width * inner / height / 2) * 2
    drawn = _band(words, width, high)
    side = (width - shown) // 2
    sides = "".join(f'<rect x="{x}" width="{side}" height="{height}" fill="{SAMPLE}"/>' for x in (0, width - side))
    bands = "".join(page.nested(drawn.svg, 0, top) for top in (0, height - high))
    return page.within(made, made.size, Box(side, high, shown, inner), sides + bands)


def _strip(size: tuple[int, int], carried: Sequence[Mark], short: int) -> Drawing | None:
    """The marks side by side in the middle of a dark strip as wide as the picture, so that every crop keeps them, in letters for a picture
    whose shorter side is ``short`` px; None without any.
    """
    made = {mark.kind: mark.words for mark in carried}
    high = _row_height(short, carried)
    drawn = [_label(made["ai"], short, solid=True)] if "ai" in made else []
    drawn += [_ad(made["ad"], short, layout.even_up(high * 0.86))] if "ad" in made else []
    if not drawn:
        return None
    gap = round(BESIDE * short / SHORT)
    tall = layout.even_up(high * (1 + STRIP))
    left = (size[0] - sum(one.width for one in drawn) - gap * (len(drawn) - 1)) / 2
    pieces = [f'<rect width="{size[0]}" height="{tall}" fill="{STRIP_GROUND}"/>']
    for one in drawn:
        pieces.append(page.nested(one.svg, left, (tall - one.height) / 2))
        left += one.width + gap
    return Drawing(page.sheet((size[0], tall), pieces), size[0], tall)


# Drawings


def _row_height(short: int, carried: Sequence[Mark]) -> int:
    """How high the row of marks is, px: 0 without any but a sample's."""
    kinds = {mark.kind for mark in carried}
    if "ai" in kinds:
        return layout.even_up(letters(short) * 1.2)
    return layout.even_up(_ad_size(short) * 1.36) if "ad" in kinds else 0


def _ad_size(short: int) -> int:
    return max(2, round(float(said("ad_mark.size")) * short / SHORT))


def _label(words: str, short: int, *, solid: bool = False) -> Drawing:
    return _drawn("mark-label", _block(words, letters(short), LABEL), solid=solid)


def _ad(words: str, short: int, high: int) -> Drawing:
    return _drawn("mark-ad", _block(words, _ad_size(short), NOTICE), high=high)


def _band(words: str, width: int, high: int) -> Drawing:
    return _drawn("mark-sample", _block(words, math.floor(high * LETTERS), NOTICE), width=width, high=high)


def _block(words: str, size: int, font: Font) -> Block:
    """Words in one line of exactly that size."""
    return text.fit(words, Setting((size, size), 1 << 16, font=font))


@lru_cache(maxsize=64)
def _drawn(name: str, block: Block, **values: object) -> Drawing:
    """A mark's drawing: the same one stands on many of a brief's pictures."""
    own = layout.environment(kit.Shelf((kit.bundled(),)))
    svg = own.get_template(f"{name}.svg.j2").render(t=block, **values)
    return Drawing(svg, *layout.size(svg))

"""Scenes with photos in cards → how low a card may end so that the words stand below it, not on whom it shows.

A photo that does not fill the canvas leaves half of it empty. Scenes that show one photo for themselves get the card their own words leave;
photos that stay while words come and go keep still, so all of them get the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit import layout
from vidkit.photos.prints import crop_with
from vidkit.scope import turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.kit import Parts
    from vidkit.pacing import Set
    from vidkit.photos.matrix import Part
    from vidkit.photos.prints import Print
    from vidkit.platform import SafeBox
    from vidkit.storyboard import Box

CARDS = ("pair", "whole")
"""Shapes in which landscape photos stand in cards however many pixels they have, and keep still."""
BELOW = 340
"""Higher words stand on a card that keeps still, px: too little of its photos would be left."""
AIR = 12
"""Left below the words where a card gives way to them, px."""
SHORTER, LEAST = 140, 480
"""How much a card that keeps still may be shortened for its words, and how high any other one is at least, px."""


def footed(sets: Sequence[Set], parts: Parts, safe: SafeBox) -> tuple[Set, ...]:
    """The scenes, each with the row at which its card would have to end so that its words stand below it; 0 where it has none."""
    high = [_high(one, parts) for one in sets]
    still = [_keeps_still(one) for one in sets]
    most = max((words for words, keeps in zip(high, still, strict=True) if keeps and words <= BELOW), default=0)
    wanted = (most if keeps else words for words, keeps in zip(high, still, strict=True))
    feet = ((safe.bottom - AIR - words - layout.GAP) // 2 * 2 if words else 0 for words in wanted)
    return tuple(replace(one, foot=foot) for one, foot in zip(sets, feet, strict=True))


def _keeps_still(one: Set) -> bool:
    return one.spec.picture is not None and one.spec.picture.shape in CARDS


def _high(one: Set, parts: Parts) -> int:
    """How much of the safe box's lower end a scene's words take, px."""
    low = [(parts.places[turn(words.place, one.scope)], drawn) for words, drawn in one.drawn]
    taken = (drawn.whole or drawn.height for spot, drawn in low if spot.of == "safe" and spot.y == "bottom")
    return max(taken, default=0)


def card(one: Set, known: Sequence[Print], usual: Box, under: int, safe: SafeBox) -> Box:
    """The card of a scene: the usual one, or one that ends where its words leave room, if it is not too low then and cuts no more heads;
    ``under`` is the row where the words at its top end, 0 for none.
    """
    if not one.foot or usual.y + usual.height <= one.foot + AIR:
        return usual
    keeps = _keeps_still(one)
    highest = max(layout.CARD_TOP, under + 2 * layout.GAP) if keeps or under else safe.top + layout.GAP
    made = layout.shortened(usual, one.foot, highest, usual.height - SHORTER if keeps else LEAST)
    return made if made and all(_whole_heads(k, made, one) >= _whole_heads(k, usual, one) for k in known) else usual


def _whole_heads(known: Print, box: Box, one: Set) -> int:
    """How many heads a card shows whole."""
    spec = one.spec.picture
    assert spec, "a card has a picture"
    part = crop_with(known, box.width / box.height, 1.0, spec.subject)
    return sum(_holds(part, head) for head in known.heads)


def _holds(part: Part, head: Part) -> bool:
    return part[0] <= head[0] and part[1] <= head[1] and head[2] <= part[2] and head[3] <= part[3]

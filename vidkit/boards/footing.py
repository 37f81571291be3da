"""Scenes with photos in cards → how low a card may end so that the words stand below it, not on whom it shows.

A photo that does not fill the canvas leaves half of it empty. Scenes that show one photo for themselves get the card their own words leave;
a photo that stays while words come and go keeps still, so all its scenes get the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit import layout
from vidkit.boards.pacing import Stay, timing
from vidkit.boards.scope import photo_at, seen_at, turn
from vidkit.photos.prints import CENTRE, crop_with, enlarged, face

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from vidkit.boards.pacing import Set
    from vidkit.brief import Brief, Photo, Section
    from vidkit.kit import Parts
    from vidkit.kits.platform import SafeBox
    from vidkit.layout import Stage
    from vidkit.photos.matrix import Part
    from vidkit.photos.prints import Print
    from vidkit.storyboard import Box

CARDS = ("pair", "whole")
"""Shapes in which landscape photos stand in cards however many pixels they have, and keep still."""
BELOW = 340
"""Higher words, and all panels, stand on a card that keeps still while words come and go, px: too little of its photos would be left."""
AIR = 12
"""Left below the words where a card gives way to them, px."""
SHORTER, LOW, LEAST = 140, 520, 480
"""A card that keeps still may be shortened for its words by so much, or until it is so high; how high any other one is at least, px."""
NARROWER, NARROWEST = 24, 600
"""Steps in which a card is made narrower so that a shorter one cuts no head, and how wide it is at least, px."""
CUT = 0.02
"""A head is whole though that share of its width or height lies outside: hair, or air."""
WIDEST = 1.5
"""The width-to-height ratio of the widest photo that may fill the canvas: of a wider one hardly a third would be left."""
PROMINENT = 0.25
"""A picture whose largest head is at least this share of the canvas high is one of somebody: her face had better be free."""


def footed(sets: Sequence[Set], halved: Sequence[bool], parts: Parts, safe: SafeBox) -> tuple[Set, ...]:
    """Sets ``foot`` of each scene, the last row its card may use so that its words stand below, and ``stay``, what it shares with its neighbours.
    No words: the safe box's bottom. Words too high for that: 0. Scenes through which a card keeps still get the same. ``halved``: which scenes
    show a pair one above the other on the whole canvas.
    """
    wanted = [high(one, parts, panels=True) for one in sets]
    stays: list[Stay | None] = [None] * len(sets)
    for stay in _staying(sets, halved):
        here = [sets[at] for at in stay]
        under = max(headed(one, parts, safe, -layout.GAP) for one in here)
        whole = all(one.spec.picture and one.spec.picture.shape == "whole" for one in here)
        stays[stay.start : stay.stop] = [Stay(stay.start, here[0].index, len(stay), under, whole)] * len(stay)
        if len(stay) == 1 or not any(one.spec.picture and one.spec.picture.before for one in here):
            wanted[stay.start : stay.stop] = [max(wanted[stay.start : stay.stop])] * len(stay)
            continue
        too_high = safe.bottom if any(wanted[at] for at in stay) else 0
        most = max((words for one in here if (words := high(one, parts)) <= BELOW), default=0)
        wanted[stay.start : stay.stop] = [most or too_high] * len(stay)
    found = zip(sets, wanted, stays, strict=True)
    return tuple(replace(one, foot=_foot(words, safe), stay=stay) for one, words, stay in found)


def headed(one: Set, parts: Parts, safe: SafeBox, title: int) -> int:
    """The row below the words that stand at the top of the safe box, those of a title ``title`` px from there; 0 for none."""
    spots = ((parts.places[turn(words.place, one.scope)], drawn) for words, drawn in one.drawn)
    return layout.headed(spots, safe, title)


def _foot(words: int, safe: SafeBox) -> int:
    return max(0, safe.bottom - AIR - words - layout.GAP) // 2 * 2 if words else safe.bottom


def _staying(sets: Sequence[Set], halved: Sequence[bool]) -> Iterator[range]:
    """The scenes that follow each other with a photo in common whose card keeps still."""
    nothing: frozenset[Photo] = frozenset()
    start, shown = 0, nothing
    for at, one in enumerate(sets):
        here = _photos(one) if _keeps_still(one) and not halved[at] else nothing
        if not here & shown:
            if shown:
                yield range(start, at)
            start = at
        shown = here
    if shown:
        yield range(start, len(sets))


def _photos(one: Set) -> frozenset[Photo]:
    """The photos of a scene, and the one it shows one of them beside."""
    spec = one.spec.picture
    seen = (seen_at(spec, one.scope, last=False), seen_at(spec, one.scope, last=True))
    return frozenset(filter(None, (*seen, photo_at(spec.beside, one.scope) if spec else None)))


def _keeps_still(one: Set) -> bool:
    """Whether a scene's card, if it has one, stays for the next one: not where a photo that may fill the canvas is looked at closer."""
    spec = one.spec.picture
    return spec is not None and (spec.shape in CARDS or (spec.shape == "cover" and spec.close == 1))


def high(one: Set, parts: Parts, *, panels: bool = False) -> int:
    """How much of the safe box's lower end a scene's words take, px; with or without panels, which may hang over a card's edge."""
    low = [(parts.places[turn(words.place, one.scope)], drawn) for words, drawn in one.drawn]
    of = {"safe", "picture"} if panels else {"safe"}
    return max((drawn.whole or drawn.height for spot, drawn in low if spot.of in of and spot.y == "bottom"), default=0)


def card(one: Set, known: Sequence[Print], usual: Box, under: int, safe: SafeBox) -> Box:
    """The card of a scene: the usual one, or a shorter one that ends at ``foot``, if that is not too low and cuts no more heads. A photo that a scene
    shows for itself gets a narrower card where more heads are whole in it. ``under`` is the row where the words at the top end, 0 for none.
    """
    keeps = one.stay is not None and (one.stay.scenes > 1 or not one.scope.get("stacked"))
    made: Box | None = usual
    if one.foot and usual.y + usual.height > one.foot + AIR:
        highest = max(layout.CARD_TOP, under + 2 * layout.GAP) if keeps or under else safe.top + layout.GAP
        highest = min(highest, usual.y)
        made = layout.shortened(usual, one.foot, highest, min(usual.height - SHORTER, LOW) if keeps else LEAST)
    if not any(shown.heads for shown in known):
        return made or usual
    ways = [way for box in (made, usual) if box for way in ((box,) if keeps else _narrower(box))]
    best = max(_whole(known, box, one) for box in ways)
    return next(box for box in ways if _whole(known, box, one) == best)


def by_looks(brief: Brief, seen: Mapping[Photo, Print], canvas: tuple[int, int]) -> dict[str, Container[Photo]]:
    """What templates may name that follows from how photos look: ``spread`` (see there), and ``clear``, the photos of the brief in which nothing is
    wrong, or all where something is in each.
    """
    clear = tuple(photo for photo in brief.photos if photo not in seen or seen[photo].good)
    return {"spread": spread(brief.sections, seen, canvas), "clear": clear or brief.photos}


def spread(sections: Sequence[Section], seen: Mapping[Photo, Print], canvas: tuple[int, int]) -> frozenset[Photo]:
    """Every second landscape photo of the sections that has the pixels to fill the canvas, is not much wider than a phone's and loses no head
    there: it does fill it, so that a clip of landscape photos is not one card after the other.
    """
    photos = dict.fromkeys(photo for one in sections for photo in one.photos if photo in seen)
    return frozenset([photo for photo in photos if _spreads(seen[photo], canvas)][1::2])


def _spreads(shown: Print, canvas: tuple[int, int]) -> bool:
    if enlarged(shown, canvas) > timing("spread_upscale"):
        return False
    part = crop_with(shown, canvas[0] / canvas[1], 1.0, CENTRE)
    return layout.PORTRAIT < shown.width / shown.height <= WIDEST and all(_holds(part, head) for head in shown.heads)


def _narrower(box: Box) -> Iterator[Box]:
    """A card and narrower ones in its middle."""
    for width in range(box.width, NARROWEST - 1, -NARROWER):
        yield replace(box, x=box.x + (box.width - width) // 4 * 2, width=width)


def _whole(known: Sequence[Print], box: Box, one: Set) -> int:
    """How many heads of the photos in a card are whole."""
    spec = one.spec.picture
    assert spec, "a card has a picture"
    parts = [(k, crop_with(k, box.width / box.height, 1.0, spec.subject)) for k in known]
    return sum(_holds(part, head) for k, part in parts for head in k.heads)


def _holds(part: Part, head: Part) -> bool:
    wide, high = CUT * (head[2] - head[0]), CUT * (head[3] - head[1])
    return (
        part[0] <= head[0] + wide
        and part[1] <= head[1] + high
        and head[2] - wide <= part[2]
        and head[3] - high <= part[3]
    )


def free(one: Set, shown: Print, part: Part, box: Box, stage: Stage, parts: Parts) -> float:
    """How much of the face of whom a picture shows, ``part`` of a photo in ``box``, is in it and under none of the scene's words, 0 to 1; 1 where
    the picture is of nobody.
    """
    spots = ((parts.places[turn(words.place, one.scope)], drawn) for words, drawn in one.drawn)
    over = (layout.place(spot, drawn, stage) for spot, drawn in spots if spot.of != "canvas")
    seen = face(shown, part, box.edges)
    if seen is None or seen.head < PROMINENT * stage.canvas[1]:
        return 1.0
    return seen.free(box.edges, (placed.edges for placed in over))

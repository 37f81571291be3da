"""A brief's photos → how each is shown: prints for layout, assets for the painter, and what people must know.

Faces and codes are covered unless the brief says otherwise; two photos of a pair are laid over each other and their light levelled
where that can be done; what cannot is said. Everything measured comes from ``photos.facts`` and ``photos.pair``.
"""

from __future__ import annotations

import hashlib
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from vidkit.painting import heap
from vidkit.photos import advice, facts, lanes, pair, prints
from vidkit.photos import matrix as matrices
from vidkit.photos.areas import alike, bounds, carried
from vidkit.photos.file import read, unchanged
from vidkit.photos.prints import Asset, Print, Treatment
from vidkit.photos.study import Study, areas, by_hand, certain, covered_faces, heads, held, no_faces, numbers, study_all
from vidkit.problems import Refusal, in_order
from vidkit.runs import cores, waiting
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from vidkit.brief import Brief, Pair, Photo
    from vidkit.cache import Cache
    from vidkit.film.reel import Reel
    from vidkit.photos.areas import Area
    from vidkit.photos.facts import Facts
    from vidkit.photos.file import Source
    from vidkit.photos.lanes import Lanes
    from vidkit.photos.matrix import Matrix, Part, Point
    from vidkit.photos.pair import Match
    from vidkit.problems import Problem

Ways = tuple[tuple["Study", "Matrix | None"], ...]
"""Photos of a pair, each with the matrix that leads from the pair as it is shown to each of them."""
LOWER = 0.35
"""A face stands above the middle of a picture: the focus lies this share of the head's height below the head's middle."""


@dataclass(frozen=True, eq=False)
class Developed:
    """Every photo of a brief ready for layout and painting; ``matches`` has one entry a pair."""

    prints: Mapping[Photo, Print]
    assets: Mapping[str, Asset]
    studies: tuple[Study, ...]
    matches: tuple[Match, ...]
    problems: tuple[Problem, ...]

    def covered(self, photo: Photo) -> tuple[Area, ...]:
        """Every place that is covered in a photo."""
        return self.assets[self.prints[photo].sha256].treatment.areas

    def lifted(self, photo: Photo) -> float:
        """By how many stops a dark photo is lifted, 0 for one that is shown as it was taken."""
        return self.assets[self.prints[photo].sha256].treatment.lift


def develop(brief: Brief, cache: Cache, advance: Callable[[int, int], None] = lambda _photos, _all: None) -> Developed:
    """The brief's photos developed; refuses (VK-P…) every broken photo and every wrong number at once. ``advance`` is told of every
    photo examined, and of how many there are.
    """
    studied, matches = _examined(brief, cache, advance)
    studies = study_all([(photo, studied[photo.picture]) for photo in brief.mentions])
    by_photo = {one.photo: one for one in studies}
    wrong = advice.refused(brief, by_photo)
    if wrong:
        raise Refusal(*wrong)
    made = dict(_developed(brief, by_photo, matches, cache))
    covered = {photo: asset.treatment.areas for photo, (_, asset) in made.items()}
    return Developed(
        {photo: shown for photo, (shown, _) in made.items()},
        {shown.sha256: asset for shown, asset in made.values()},
        studies,
        matches,
        advice.noted(brief, by_photo, matches, covered),
    )


# Examining


def _examined(
    brief: Brief, cache: Cache, advance: Callable[[int, int], None]
) -> tuple[dict[Path, Facts], tuple[Match, ...]]:
    """Every photo, as many at a time as there are cores, and every pair by whoever has the second of its photos at hand. Refuses all
    unusable files at once.
    """
    shown = brief.mentions
    seen: dict[int, _Looked] = {}
    decoded: dict[int, Source] = {}
    matches: dict[int, Match] = {}
    lock = threading.Lock()

    def paired(number: int, source: Source) -> None:
        first = number - number % 2
        with lock:
            decoded[number] = source
            before, after = decoded.get(first), decoded.get(first + 1)
        if number < 2 * len(brief.comparisons) and before and after:
            matches[first] = pair.match(before, after, cache, beside)

    def look(number: int) -> None:
        seen[number] = _looked(shown[number], cache, partial(paired, number), beside)
        advance(1, len(shown))

    heap.keep()  # before there are threads, or each would have a heap of its own
    try:
        with lanes.opened() as beside, ThreadPoolExecutor(max_workers=cores.usable()) as pool:
            waiting.mapped(pool, look, range(len(shown)))
    finally:  # other briefs are made, whatever this one met
        facts.forget()
    problems = {problem: None for number in sorted(seen) for problem in seen[number].problems}
    if problems:
        raise Refusal(*in_order(list(problems)))
    known = {photo.picture: one.facts for number, photo in enumerate(shown) if (one := seen[number]).facts}
    return known, tuple(matches[number] for number in sorted(matches))


class _Looked(NamedTuple):
    """What was found out about a photo: its file and facts, or what stands against it."""

    source: Source | None = None
    facts: Facts | None = None
    problems: tuple[Problem, ...] = ()


def _looked(photo: Photo, cache: Cache, at_hand: Callable[[Source], None], beside: Lanes) -> _Looked:
    try:
        source = read(photo.picture, name=photo.name, place=photo.place)
        known = facts.look(source, cache, partial(at_hand, source), beside)
    except Refusal as refusal:
        return _Looked(problems=refusal.problems)
    return _Looked(source, _of_film(known, photo.reel) if photo.reel else known)


def _of_film(known: Facts, reel: Reel) -> Facts:
    """A film was looked through when its reel was made: of what is found in the one frame only what is sure counts, and black bars only where all of it
    has them; how large it is, and where to look, follow from that part. Its label is the film's.
    """
    finds = tuple(find for find in known.finds if certain(find))
    focus, rules = known.focus, table("quality")
    left, top, right, bottom = inside = reel.inside
    said = {*known.faults} - {"barred"}
    if inside != matrices.WHOLE and "screen" not in said:
        said.add("barred")
    if inside != known.inside and "shrunk" not in said:
        short = min(round(known.width * (right - left)), round(known.height * (bottom - top)))
        said = said - {"small"} | ({"small"} if short < rules["faults"]["small_px"]["below"] else set())
    if max(abs(one - other) for one, other in zip(inside, known.inside, strict=True)) > rules["bars"]["steady"]:
        focus = round((left + right) / 2, 3), round((top + bottom) / 2, 3)
    faults = tuple(kind for kind in advice.FAULTS if kind in said)
    return replace(known, finds=finds, label=reel.label, faults=faults, inside=inside, focus=focus)


# Developing


def _developed(
    brief: Brief, studies: Mapping[Photo, Study], matches: tuple[Match, ...], cache: Cache
) -> Iterator[tuple[Photo, tuple[Print, Asset]]]:
    for two, match in zip(brief.comparisons, matches, strict=True):
        before, after = studies[two.before], studies[two.after]
        if match.matrix:
            yield from _aligned(two, before, after, match)
        else:
            for one in (before, after):
                yield one.photo, _alone(one, two.focus or one.photo.focus, 0.0)
    portraits, lifted = {one.photo for one in brief.people}, lifts(brief, studies)
    for photo in brief.singles:
        own = photo in {*portraits, brief.group}
        shown, asset = _alone(studies[photo], photo.focus, lifted.get(photo, 0.0), own=own)
        standing = _standing(studies[photo], asset, cache) if photo in portraits else None
        yield photo, (replace(shown, person=standing), asset)


def lifts(brief: Brief, studies: Mapping[Photo, Study]) -> Mapping[Photo, float]:
    """By how many stops the brief's dark photos are lifted. Evidence never is, wherever else the brief uses it: the photos of pairs and, in a brief
    with a pair, a review or a result, all but portraits and the group. Films are shown as they were taken, too, and what the brief wants so.
    """
    proving = bool(brief.pairs or brief.review or brief.result)
    shown = {*(one.photo for one in brief.people), brief.group}
    evidence = {photo for two in brief.comparisons for photo in (two.before, two.after)}
    evidence |= {photo for photo in brief.singles if proving and photo not in shown}
    proof = {studies[photo].facts.sha256 for photo in evidence}
    dark = {photo: one for photo in brief.singles if "dark" in (one := studies[photo].facts).faults}
    wanted = {photo: one for photo, one in dark.items() if not photo.reel and not photo.as_taken}
    return {photo: lift(one.lightness) for photo, one in wanted.items() if one.sha256 not in proof}


def lift(lightness: float) -> float:
    """By how many stops a photo is lifted of which a quarter exceeds a lightness (CIELAB, 0 to 1), to a hundredth."""
    limits = table("quality")["lift"]
    wanted = math.log2(_luminance(limits["to"]) / max(_luminance(lightness), 1e-6))
    return round(min(max(wanted, 0.0), float(limits["most_ev"])), 2)


def _luminance(lightness: float) -> float:
    """The linear light of a grey of this CIELAB lightness, both 0 to 1."""
    return ((lightness * 100 + 16) / 116) ** 3 if lightness > 0.08 else lightness * 100 / 903.3


def _alone(one: Study, focus: Point | None, stops: float, *, own: bool = False) -> tuple[Print, Asset]:
    """A photo by itself, lifted by some ``stops``; ``own`` is the portrait of somebody, or of a group."""
    known, treatment = one.facts, Treatment(areas(one), lift=stops)
    kept, reel = heads(one, own=own), one.photo.reel
    shown = Print(
        prints.name(known.sha256, treatment, reel.key if reel else ""),
        known.width,
        known.height,
        focus or looked_at(kept) or known.focus,
        reel.inside if reel else known.inside,
        kept,
        tuple(map(bounds, treatment.areas)),
        moves=reel.frames if reel else 0,
        good=not known.faults,
    )
    return shown, _asset(one, treatment)


def _standing(one: Study, asset: Asset, cache: Cache) -> Part | None:
    """The box of the person who can be cut out of a photo; None when she cannot be, or does not show her face: a framed photo is the
    better picture then.
    """
    if covered_faces(one) or any(held(one, n, asset.treatment.areas) for n in numbers(one.photo.show_face)):
        return None
    face = max(heads(one), key=matrices.size, default=None)
    return _cut_out(asset, face, cache)


def _cut_out(asset: Asset, face: Part | None, cache: Cache) -> Part | None:
    """The person with that head; remembered by content."""
    key = hashlib.sha256(f"person {facts.version()} {asset.sha256} {face}".encode()).hexdigest()
    held = cache.recall(key)
    if held:
        return tuple(held["box"]) if held["box"] else None
    from vidkit.photos import portrait  # noqa: PLC0415  # only for a photo of a person

    source = unchanged(asset.file, asset.sha256, name=asset.name)
    try:
        made = portrait.cut_out(facts.working(source), face)
    finally:
        facts.forget()
    box = made.box if isinstance(made, portrait.Cutout) else None
    cache.remember(key, {"box": box})
    return box


def _aligned(two: Pair, before: Study, after: Study, match: Match) -> Iterator[tuple[Photo, tuple[Print, Asset]]]:
    """Both photos as if taken from the spot of the after: the same size, the same usable part, the same focus and heads."""
    assert match.matrix
    ways = ((after, match.turn), (before, match.matrix))
    width, height = _size(match, before.facts, after.facts)
    kept = tuple(_heads(ways))
    given = two.focus or after.photo.focus
    focus = (
        _seen(match.turn, given) if given else _seen(match.matrix, before.photo.focus) if before.photo.focus else None
    )
    focus = focus or looked_at(kept) or _changed(ways, match)
    places = {after: match.turn, before: match.matrix}
    covers = tuple(_covers(ways))
    for one, other, gains in ((before, after, match.before), (after, before, match.after)):
        matrix = places[one]
        treatment = Treatment((*areas(one), *_carried(one, other, matrix, places[other])), gains, matrix)
        name = prints.name(one.facts.sha256, treatment)
        yield (
            one.photo,
            (Print(name, width, height, focus, match.usable, kept, covers, aligned=True), _asset(one, treatment)),
        )


def _carried(one: Study, other: Study, matrix: Matrix | None, others: Matrix | None) -> Iterator[Area]:
    """What is covered in the other photo of a pair, as places of this one: a cover that came or went at the wipe would show what it hides, or look
    like dirt that was removed. What was found stays free only where the brief spares the same thing in this photo.
    """
    spared = numbers(one.photo.show_face, no_faces(one.photo, one.facts)) - one.hidden
    free = [find.area for n, find in enumerate(one.facts.finds, 1) if n in spared]
    fixed = by_hand(other)
    for covered in areas(other):
        moved = carried(covered, others, matrix)
        if moved and (covered in fixed or not any(alike(moved, area) for area in free)):
            yield moved


def _size(match: Match, before: Facts, after: Facts) -> tuple[int, int]:
    """The after's size, set upright, or what the before has pixels for where that is less."""
    assert match.matrix
    sideways = match.turn is not None and match.turned != 180
    width, height = (after.height, after.width) if sideways else (after.width, after.height)
    share = matrices.area(tuple(matrices.through(match.matrix, corner) for corner in matrices.corners(matrices.WHOLE)))
    density = min(1.0, math.sqrt(share * before.width * before.height / (width * height)))
    return round(width * density), round(height * density)


def _heads(ways: Ways) -> Iterator[Part]:
    """The heads shown in both photos as the pair is shown."""
    for one, matrix in ways:
        for head in heads(one):
            seen = matrices.seen_from(matrices.inverse(matrix), head) if matrix else head
            if seen:
                yield seen


def _covers(ways: Ways) -> Iterator[Part]:
    """The boxes around what is covered in both photos as the pair is shown."""
    for one, matrix in ways:
        for area in areas(one):
            seen = matrices.seen_from(matrices.inverse(matrix), bounds(area)) if matrix else bounds(area)
            if seen:
                yield seen


def _seen(matrix: Matrix | None, at: Point) -> Point:
    """A point of a photo as the pair is shown."""
    x, y = matrices.leading(at, matrix, None)
    return round(min(max(x, 0.0), 1.0), 3), round(min(max(y, 0.0), 1.0), 3)


def _changed(ways: Ways, match: Match) -> Point:
    """Where the two differ when that is sure, else the middle of what both show most. Far from that middle it has to be surer: there light
    changes as often as what was worked on; less so below it, where floors and tables are.
    """
    rules = table("develop")
    (ax, ay), (bx, by) = (_seen(matrix, one.facts.focus) for one, matrix in ways)
    middle = round((ax + bx) / 2, 3), round((ay + by) / 2, 3)
    across, down = match.change[0] - middle[0], match.change[1] - middle[1]
    far = max(0.0, math.hypot(across, down * (rules["change_below"] if down > 0 else 1)) - rules["change_near"])
    return match.change if match.change_sure >= rules["change_sure"] + far else middle


def _asset(one: Study, treatment: Treatment) -> Asset:
    known = one.facts
    size = known.width, known.height
    return Asset(
        one.photo.picture, one.photo.name, size, known.sha256, treatment, known.label, one.photo.reel, known.odd
    )


def looked_at(found: tuple[Part, ...]) -> Point | None:
    """A little below the middle of the largest head; None without one."""
    if not found:
        return None
    left, top, right, bottom = max(found, key=matrices.size)
    return round((left + right) / 2, 3), round(min(1.0, (top + bottom) / 2 + LOWER * (bottom - top)), 3)

"""A brief's photos → how each is shown: prints for layout, assets for the painter, and what people must know.

Faces and codes are covered unless the brief says otherwise; two photos of a pair are laid over each other and their light levelled
where that can be done; what cannot is said. Everything measured comes from ``photos.facts`` and ``photos.pair``.
"""

from __future__ import annotations

import hashlib
import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit.photos import facts, pair, prints
from vidkit.photos.prints import Area, Asset, Print, Treatment
from vidkit.problems import Refusal, in_order, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from vidkit.brief import Brief, Pair, Photo
    from vidkit.cache import Cache
    from vidkit.photos.facts import Facts, Find
    from vidkit.photos.file import Source
    from vidkit.photos.pair import Match
    from vidkit.photos.prints import Part, Point
    from vidkit.problems import Problem

Ways = tuple[tuple["Study", tuple[float, ...] | None], ...]
"""Photos of a pair with the matrix that leads from the pair as it is shown to each of them."""
FAULTS = {"blurred": "VK-P022", "dark": "VK-P023", "small": "VK-P024", "shrunk": "VK-P025"}
SAME_PLACE = 0.04
"""A find counts as where the brief says it is within this share of the photo's sides."""
LOWER = 0.35
"""A face stands above the middle of a picture: the focus lies this share of the head's height below the head's middle."""


@dataclass(frozen=True)
class Study:
    """What was found out about one photo of a brief, and what is covered in it: numbers of finds from 1, in order."""

    photo: Photo
    facts: Facts
    covered: tuple[int, ...]
    doubtful: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Developed:
    """Every photo of a brief ready for layout and painting; ``matches`` has one entry a pair."""

    prints: Mapping[Photo, Print]
    assets: Mapping[str, Asset]
    studies: tuple[Study, ...]
    matches: tuple[Match, ...]
    problems: tuple[Problem, ...]


def photos(brief: Brief) -> tuple[Photo, ...]:
    """Every mention of a photo in the brief, in order."""
    own = (brief.person.photo,) if brief.person and brief.person.photo else ()
    return (*(photo for two in brief.pairs for photo in (two.before, two.after)), *own)


def develop(brief: Brief, cache: Cache, advance: Callable[[int, int], None] = lambda _photos, _all: None) -> Developed:
    """The brief's photos developed; refuses (VK-P…) every broken photo and every wrong number at once. ``advance`` is told of every
    photo examined, and of how many there are.
    """
    studied, matches = _examined(brief, cache, advance)
    studies = tuple(study(photo, studied[photo.path]) for photo in photos(brief))
    wrong = [p for one in studies for p in (*_wrong_numbers(one), *_codes_shown(one))] + [
        p for two in brief.pairs for p in _same(two, studied)
    ]
    if wrong:
        raise Refusal(*in_order(wrong))
    by_photo = {one.photo: one for one in studies}
    made = dict(_developed(brief, by_photo, matches, cache))
    assets = {shown.sha256: asset for shown, asset in made.values()}
    said = [p for one in studies for p in _doubts(one, made[one.photo][1].treatment.areas)] + [
        p for two, match in zip(brief.pairs, matches, strict=True) for p in _honesty(two, match, by_photo)
    ]
    unshown = list(_unshown(brief, by_photo))
    shown = {photo: shown for photo, (shown, _) in made.items()}
    return Developed(shown, assets, studies, matches, _each_once(in_order([*said, *unshown])))


def _each_once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A photo named twice in a brief is complained of once."""
    return tuple({(p.code, p.values): p for p in reversed(problems)}.values())[::-1]


# Examining


def _examined(
    brief: Brief, cache: Cache, advance: Callable[[int, int], None]
) -> tuple[dict[Path, Facts], tuple[Match, ...]]:
    """Every photo, and every pair; as many pairs at a time as there are cores. Refuses all unusable files at once."""
    own = ((brief.person.photo,),) if brief.person and brief.person.photo else ()
    count = len(photos(brief))
    units = (*((two.before, two.after) for two in brief.pairs), *own)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        done = tuple(pool.map(lambda unit: _unit(unit, cache, lambda: advance(1, count)), units))
    facts.forget()
    problems = {problem: None for one in done for problem in one.problems}
    if problems:
        raise Refusal(*in_order(list(problems)))
    return {path: known for one in done for path, known in one.seen.items()}, tuple(o.match for o in done if o.match)


class _Unit(NamedTuple):
    """What was found out about the photos of one pair, or about a single one."""

    seen: dict[Path, Facts]
    match: Match | None
    problems: tuple[Problem, ...]


def _unit(photos: tuple[Photo, ...], cache: Cache, advance: Callable[[], None]) -> _Unit:
    seen: dict[Path, Facts] = {}
    sources: list[Source] = []
    problems: list[Problem] = []
    for photo in photos:
        try:
            sources.append(facts.opened(photo.path, name=photo.name, place=photo.place))
            seen[photo.path] = facts.look(sources[-1], cache)
        except Refusal as refusal:
            problems.extend(refusal.problems)
        advance()
    match = pair.match(sources[0], sources[1], cache) if len(seen) == 2 and not problems else None
    return _Unit(seen, match, tuple(problems))


def study(photo: Photo, known: Facts) -> Study:
    """What is covered in a photo: faces the finder is sure of and codes, unless the brief spares them, and the doubtful ones it names."""
    spared, named = _numbers(photo.show_face, photo.not_face), _numbers(photo.hide_face)
    numbered = tuple(enumerate(known.finds, 1))
    covered = tuple(n for n, find in numbered if n not in spared and (_certain(find) or n in named))
    doubtful = tuple(n for n, find in numbered if not _certain(find) and n not in spared | named)
    return Study(photo, known, covered, doubtful)


def _numbers(*lists: Any) -> frozenset[int]:
    return frozenset(choice.number for choices in lists for choice in choices)


def _certain(find: Find) -> bool:
    return find.kind == "code" or find.score >= table("privacy")["faces"]["cover_from"]


# Developing


def _developed(
    brief: Brief, studies: Mapping[Photo, Study], matches: tuple[Match, ...], cache: Cache
) -> Iterator[tuple[Photo, tuple[Print, Asset]]]:
    for two, match in zip(brief.pairs, matches, strict=True):
        before, after = studies[two.before], studies[two.after]
        if match.matrix:
            yield from _aligned(two, before, after, match)
        else:
            for one in (before, after):
                yield one.photo, _alone(one, two.focus or one.photo.focus)
    own = brief.person.photo if brief.person else None
    if own:
        shown, asset = _alone(studies[own], own.focus)
        yield own, (replace(shown, person=_standing(studies[own], asset, cache)), asset)


def _alone(one: Study, focus: Point | None) -> tuple[Print, Asset]:
    known, treatment = one.facts, Treatment(areas(one))
    kept = heads(one)
    shown = Print(
        prints.name(known.sha256, treatment),
        known.width,
        known.height,
        focus or looked_at(kept) or known.focus,
        heads=kept,
    )
    return shown, _asset(one, treatment)


def _standing(one: Study, asset: Asset, cache: Cache) -> Part | None:
    """The box of the person who can be cut out of a photo; None when she cannot be, or does not show her face: a framed photo is the
    better picture then.
    """
    if any(one.facts.finds[n - 1].kind == "face" for n in one.covered):
        return None
    face = max(heads(one), key=lambda h: (h[2] - h[0]) * (h[3] - h[1]), default=None)
    return _cut_out(asset, face, cache)


def _cut_out(asset: Asset, face: Part | None, cache: Cache) -> Part | None:
    """The person with that head; remembered by content."""
    key = hashlib.sha256(f"person {facts.version()} {asset.sha256} {face}".encode()).hexdigest()
    held = cache.recall(key)
    if held:
        return tuple(held["box"]) if held["box"] else None
    from vidkit.photos import portrait  # noqa: PLC0415  # only for a photo of a person

    made = portrait.cut_out(facts.working(facts.opened(asset.file, name=asset.name)), face)
    box = made.box if isinstance(made, portrait.Cutout) else None
    cache.remember(key, {"box": box})
    return box


def _aligned(two: Pair, before: Study, after: Study, match: Match) -> Iterator[tuple[Photo, tuple[Print, Asset]]]:
    """Both photos as if taken from the spot of the after: the same size, the same usable part, the same focus and heads."""
    assert match.matrix
    ways = ((after, match.turn), (before, match.matrix))
    width, height = _size(match, before.facts, after.facts)
    kept, shown = (tuple(_heads(ways, shown=only)) for only in (False, True))
    given = two.focus or after.photo.focus
    focus = (
        _seen(match.turn, given) if given else _seen(match.matrix, before.photo.focus) if before.photo.focus else None
    )
    focus = focus or looked_at(shown) or _changed(ways, match)
    places = {after: match.turn, before: match.matrix}
    for one, other, gains in ((before, after, match.before), (after, before, match.after)):
        matrix = places[one]
        treatment = Treatment((*areas(one), *_carried(one, other, matrix, places[other])), gains, matrix)
        name = prints.name(one.facts.sha256, treatment)
        yield (
            one.photo,
            (Print(name, width, height, focus, match.usable, kept, aligned=True), _asset(one, treatment)),
        )


def _carried(
    one: Study, other: Study, matrix: tuple[float, ...] | None, others: tuple[float, ...] | None
) -> Iterator[Area]:
    """What is covered in the other photo of a pair, where that place lies in this one: a cover that came or went at the wipe would show
    what it hides, or look like dirt that was removed. A place the brief spares or shows in this photo stays free.
    """
    free = [one.facts.finds[n - 1].area for n in range(1, len(one.facts.finds) + 1) if n in _decided_free(one)]
    for covered in areas(other):
        moved = replace(covered, points=tuple(_from_to(point, others, matrix) for point in _outline(covered)))
        if covered.shape == "ellipse":
            moved = replace(moved, points=_bounds(moved.points))
        if _visible(moved) and not any(overlap(moved, area) for area in free):
            yield moved


def _decided_free(one: Study) -> frozenset[int]:
    return _numbers(one.photo.show_face, one.photo.not_face)


def _from_to(at: Point, start: tuple[float, ...] | None, end: tuple[float, ...] | None) -> Point:
    """A point of one photo of a pair in the other one."""
    shared = prints.through(prints.inverse(start), at) if start else at
    x, y = prints.through(end, shared) if end else shared
    return round(x, 5), round(y, 5)


def _outline(area: Area) -> tuple[Point, ...]:
    if area.shape == "polygon":
        return area.points
    (left, top), (right, bottom) = area.points
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _bounds(points: tuple[Point, ...]) -> tuple[Point, ...]:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _visible(area: Area) -> bool:
    (left, top), (right, bottom) = _bounds(area.points)
    return left < 1 and top < 1 and right > 0 and bottom > 0


def overlap(one: Area, other: Area) -> bool:
    """Whether the middle of either lies in the box of the other."""
    return any(
        left <= (a + b) / 2 <= right and top <= (c + d) / 2 <= bottom
        for ((left, top), (right, bottom)), ((a, c), (b, d)) in (
            (_bounds(one.points), _bounds(other.points)),
            (_bounds(other.points), _bounds(one.points)),
        )
    )


def _size(match: Match, before: Facts, after: Facts) -> tuple[int, int]:
    """The after's size, set upright, or what the before has pixels for where that is less."""
    assert match.matrix
    sideways = match.turn is not None and match.turned != 180
    width, height = (after.height, after.width) if sideways else (after.width, after.height)
    corners = (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)
    share = prints.area(tuple(prints.through(match.matrix, corner) for corner in corners))
    density = min(1.0, math.sqrt(share * before.width * before.height / (width * height)))
    return round(width * density), round(height * density)


def _heads(ways: Ways, *, shown: bool) -> Iterator[Part]:
    """The heads in both photos as the pair is shown."""
    for one, matrix in ways:
        for head in heads(one, shown=shown):
            yield prints.seen_from(prints.inverse(matrix), head) if matrix else head


def _seen(matrix: tuple[float, ...] | None, at: Point) -> Point:
    """A point of a photo as the pair is shown."""
    x, y = prints.through(prints.inverse(matrix), at) if matrix else at
    return round(min(max(x, 0.0), 1.0), 3), round(min(max(y, 0.0), 1.0), 3)


def _changed(ways: Ways, match: Match) -> Point:
    """Where the two differ when that is sure, else the middle of what both show most of."""
    if match.change_sure >= table("develop")["change_sure"]:
        return match.change
    (ax, ay), (bx, by) = (_seen(matrix, one.facts.focus) for one, matrix in ways)
    return round((ax + bx) / 2, 3), round((ay + by) / 2, 3)


def _asset(one: Study, treatment: Treatment) -> Asset:
    known = one.facts
    size = known.width, known.height
    return Asset(one.photo.path, one.photo.name, size, known.sha256, treatment, known.label)


def areas(one: Study) -> tuple[Area, ...]:
    """The places of a photo to cover: what was found and is not spared, then what the brief covers by hand."""
    found = tuple(one.facts.finds[n - 1].area for n in one.covered)
    return (*found, *(Area("polygon", corners) for corners in one.photo.cover))


def heads(one: Study, *, shown: bool = False) -> tuple[Part, ...]:
    """The heads in a photo, covered or not; only those the brief shows when ``shown``."""
    spared, named = _numbers(one.photo.not_face), _numbers(one.photo.show_face, one.photo.hide_face)
    wanted = _numbers(one.photo.show_face)
    return tuple(
        find.head
        for n, find in enumerate(one.facts.finds, 1)
        if find.head and n not in spared and (n in wanted if shown else _certain(find) or n in named)
    )


def looked_at(found: tuple[Part, ...]) -> Point | None:
    """A little below the middle of the largest head; None without one."""
    if not found:
        return None
    left, top, right, bottom = max(found, key=lambda h: (h[2] - h[0]) * (h[3] - h[1]))
    return round((left + right) / 2, 3), round(min(1.0, (top + bottom) / 2 + LOWER * (bottom - top)), 3)


# What people must know


def _wrong_numbers(one: Study) -> Iterator[Problem]:
    """Numbers of nothing that would be shown or covered; one that is only spared does no harm."""
    count = len(one.facts.finds)
    for choice in (*one.photo.show_face, *one.photo.hide_face):
        if choice.number > count:
            yield problem("VK-P021", choice.place, name=one.photo.name, number=choice.number, count=count)
    for choice in (*one.photo.show_face, *one.photo.hide_face, *one.photo.not_face):
        if choice.at and not (choice.number <= count and _near(choice.at, middle(one.facts.finds[choice.number - 1]))):
            yield problem("VK-P034", choice.place, name=one.photo.name, number=choice.number)


def _codes_shown(one: Study) -> Iterator[Problem]:
    for choice in one.photo.show_face:
        if choice.number <= len(one.facts.finds) and one.facts.finds[choice.number - 1].kind == "code":
            yield problem("VK-P036", choice.place, name=one.photo.name, number=choice.number)


def middle(find: Find) -> Point:
    """The middle of a find, in fractions of the photo."""
    xs, ys = zip(*find.area.points, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _near(one: Point, other: Point) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= SAME_PLACE


def _same(two: Pair, studied: Mapping[Path, Facts]) -> Iterator[Problem]:
    if studied[two.before.path].sha256 == studied[two.after.path].sha256:
        yield problem("VK-P026", two.after.place, name=two.after.name, other=two.before.name)


def _doubts(one: Study, covered: tuple[Area, ...]) -> Iterator[Problem]:
    """Doubtful finds that are not covered all the same, and a photo's faults."""
    photo = one.photo
    open_ = [n for n in one.doubtful if not any(overlap(one.facts.finds[n - 1].area, area) for area in covered)]
    if open_:
        listed = ", ".join(map(str, open_))
        yield problem("VK-P020", photo.place, name=photo.name, numbers=listed, brief=photo.place.file)
    yield from _worth_a_look(one)
    for fault in one.facts.faults[:1]:
        yield problem(FAULTS[fault], photo.place, name=photo.name, width=one.facts.width, height=one.facts.height)


def _worth_a_look(one: Study) -> Iterator[Problem]:
    """Faces left bare by a decision that they are none, and covers that may hide what should be seen."""
    photo, limits = one.photo, table("develop")
    for choice in photo.not_face:
        find = one.facts.finds[choice.number - 1] if choice.number <= len(one.facts.finds) else None
        if find and find.kind == "face" and find.score >= limits["surely"]:
            yield problem("VK-P035", choice.place, name=photo.name, number=choice.number)
    decided = _numbers(photo.hide_face)
    unsure = [
        n
        for n in one.covered
        if n not in decided and (find := one.facts.finds[n - 1]).kind == "face" and _doubtful_cover(find, limits)
    ]
    if unsure:
        listed = ", ".join(map(str, unsure))
        yield problem("VK-P038", photo.place, name=photo.name, numbers=listed, brief=photo.place.file)


def _doubtful_cover(find: Find, limits: Mapping[str, Any]) -> bool:
    (left, top), (right, bottom) = find.area.points[0], find.area.points[-1]
    return bool(find.score < limits["plainly"] or (right - left) * (bottom - top) > limits["large_cover"])


def _honesty(two: Pair, match: Match, studies: Mapping[Photo, Study]) -> Iterator[Problem]:
    """What makes a pair less than an honest comparison."""
    place, spot = two.after.place, two.spot
    if match.matrix and match.changed < table("develop")["unchanged"]:
        yield problem("VK-P037", place, spot=spot)
    if match.swapped:
        yield problem("VK-P027", place, spot=spot, before=two.before.name, after=two.after.name)
    if not match.matrix:
        different = match.alike < table("develop")["one_room"]
        jumps = two.reveal and table("names")["reveals"][two.reveal]["aligned"]
        yield problem(
            "VK-P028" if different else "VK-P033" if jumps else "VK-P030", place, spot=spot, reveal=two.reveal
        )
    if match.edited or match.editor:
        which = two.before if (match.editor or match.edited) == "before" else two.after
        yield problem("VK-P029", which.place, spot=spot, name=which.name)
    for photo in (two.before, two.after):
        if studies[photo].facts.label:
            yield problem("VK-P031", photo.place, name=photo.name)


def _unshown(brief: Brief, studies: Mapping[Photo, Study]) -> Iterator[Problem]:
    """The person's own face is covered as long as nobody says that it may be seen."""
    own = brief.person.photo if brief.person else None
    if own and any(studies[own].facts.finds[n - 1].kind == "face" for n in studies[own].covered) and not own.hide_face:
        first = next(n for n in studies[own].covered if studies[own].facts.finds[n - 1].kind == "face")
        yield problem("VK-P032", own.place, name=own.name, number=first)

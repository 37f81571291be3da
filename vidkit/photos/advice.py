"""What was found out about a brief's photos → what people must know: what is refused, and what is worth a look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import console
from vidkit.briefs import sides
from vidkit.consoles import spelling
from vidkit.photos import areas
from vidkit.photos.prints import PANORAMA
from vidkit.photos.study import covered_faces, held, no_faces, numbers, passed_over, placed, seems, sure
from vidkit.problems import in_order, problem
from vidkit.spreadsheets import headings
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vidkit.brief import Brief, Pair, Photo
    from vidkit.photos.areas import Area
    from vidkit.photos.matrix import Point
    from vidkit.photos.pair import Match
    from vidkit.photos.study import Study
    from vidkit.problems import Problem

FAULTS = {
    "damaged": "VK-P042",
    "collage": "VK-P047",
    "screen": "VK-P048",
    "barred": "VK-P049",
    "blurred": "VK-P022",
    "dark": "VK-P023",
    "small": "VK-P024",
    "shrunk": "VK-P025",
}
APART = {"cut": "VK-P050", "mirrored": "VK-P051"}
"""Why a pair is shown apart, of what is told in words of its own; of a collage the photo tells."""
ROUNDING = 1e-6
"""Shares are told as whole percents that are not exceeded."""
DECIDED = {"VK-P020": "doubtful", "VK-P035": "bare", "VK-P038": "covered"}
"""What is told of finds about which there is something to decide, and the words for it."""
UNSURE = {"VK-P020": "open", "VK-P038": "kept"}
"""What is told of finds that may be faces, and the words for what became of them."""
PLACED = frozenset({"covered", "kept"})
"""What is told of finds that may be said to be none."""
NOTED = ("maybe", "large")
"""What covered faces seem to be of which a note tells."""
TONGUES = (("", "zh"), ("_en", "en"))
"""The ends of values' names, and their languages."""
MANY = 3
"""More finds than that are not listed one by one in what to write."""
SAME_PLACE = 0.04
"""A find counts as where the brief says it is within this share of the photo's sides."""


def refused(brief: Brief, studies: Mapping[Photo, Study]) -> tuple[Problem, ...]:
    """What cannot be: numbers of nothing, decisions about something else, one photo as before and after."""
    found = [p for one in studies.values() for p in (*_wrong_numbers(one), *_codes_shown(one))]
    return in_order([*found, *(p for two in brief.comparisons for p in _same(two, studies))])


def noted(
    brief: Brief, studies: Mapping[Photo, Study], matches: Sequence[Match], covered: Mapping[Photo, tuple[Area, ...]]
) -> tuple[Problem, ...]:
    """Everything worth a look, in the brief's order, each thing once, and what may be faces in one; ``covered`` are the places covered in each
    photo.
    """
    ruined = {photo for photo, one in studies.items() if "damaged" in one.facts.faults}
    pairs = [
        (two, match)
        for two, match in zip(brief.comparisons, matches, strict=True)
        if not {two.before, two.after} & ruined
    ]
    said = [
        *(
            p
            for photo, one in studies.items()
            for p in _written(brief, photo, _doubts(one, covered[photo], looked_at(brief, photo)))
        ),
        *(p for two, match in pairs for p in _honesty(two, match)),
        *_shared(brief.pairs, studies),
        *_unshown(brief, studies),
        *(problem("VK-P031", p.place, name=p.name) for p in brief.singles if studies[p].facts.label),
        *(p for photo in brief.singles for p in _too_wide(photo, studies[photo])),
    ]
    bared = any(not sure(one.facts.finds[n - 1]) for one in studies.values() for n in covered_faces(one))
    return _as_one(_each_once(in_order(said)), bared=bared)


def _as_one(problems: Sequence[Problem], *, bared: bool) -> tuple[Problem, ...]:
    """The problems, but those of finds that may be faces are one for each file that names their photos, with the single ones as its ``parts``: so
    many of them would drown the others. ``bared``: there are covered faces that 全部 bares.
    """
    unsure: dict[str, list[Problem]] = {}
    for one in problems:
        if one.place and one.code in UNSURE and dict(one.values).get("kind", "maybe") == "maybe":
            unsure.setdefault(one.place.file, []).append(one)
    several = tuple(tuple(those) for those in unsure.values() if len(those) > 1)
    merged = {one for those in several for one in those}
    return in_order(
        [
            *(one for one in problems if one not in merged),
            *(_unsure(those, bared=bared) for those in several),
        ]
    )


def _unsure(parts: tuple[Problem, ...], *, bared: bool) -> Problem:
    """What may be faces, photo by photo, and what to write."""
    words, said = table("cli"), [(UNSURE[one.code], dict(one.values)) for one in parts]
    kinds = {kind for kind, _ in said}
    first = next((one["first"] for kind, one in said if kind == "open"), said[0][1]["first"])
    headed = next((one for _, one in said if "heading" in one), None)
    way = "rows" if headed else "both" if len(kinds) > 1 else kinds.pop()
    several = len({(one["name"], one.get("heading")) for _, one in said}) > 1
    values = {"brief": said[0][1]["brief"]}
    for end, tongue in TONGUES:
        every = words["decide-every-covered" if bared else "decide-every"][tongue]
        heading = headed[f"heading{end}"] if headed else ""
        values[f"told{end}"] = _photo_by_photo(said, end, tongue)
        values[f"write{end}"] = words[f"decide-unsure-{way}"][tongue].format(every=every, first=first, heading=heading)
        values[f"each{end}"] = words["unsure-each"][tongue] if several else ""
    return replace(problem("VK-P052", parts[0].place, **values), parts=parts)


def _photo_by_photo(said: Iterable[tuple[str, Mapping[str, str]]], end: str, tongue: str) -> str:
    """Which finds of every photo may be faces; of photos that a table names, in which of its columns, too."""
    words = table("cli")
    found: dict[tuple[str, str], list[str]] = {}
    for kind, one in said:
        finds = words[f"unsure-{kind}"][tongue].format(numbers=one[f"numbers{end}"])
        found.setdefault((one["name"], one.get(f"heading{end}", "")), []).append(finds)
    photos = (
        words["unsure-photo-rows" if heading else "unsure-photo"][tongue].format(
            name=name, heading=heading, finds=words["unsure-and"][tongue].join(parts)
        )
        for (name, heading), parts in found.items()
    )
    return str(words["comma"][tongue].join(photos))


def looked_at(brief: Brief, photo: Photo) -> str:
    """What to type after ``vidkit privacy`` to see a photo: its brief, even where the photo stands in a person's profile; for a row of a table
    the brief it is laid over and the table.
    """
    own, over = brief.at("title") or photo.place, brief.at("template") or photo.place
    rows = next((one.file for one in (photo.place, own) if one.in_table), "")
    return (
        f"{spelling.typed(Path(over.file))} --rows {spelling.typed(Path(rows))}"
        if rows
        else spelling.typed(Path(own.file))
    )


def _written(brief: Brief, photo: Photo, problems: Iterable[Problem]) -> Iterator[Problem]:
    """What is told of a photo; where a table names it, what is to be written about it is said for the table's columns."""
    for one in problems:
        more = _in_columns(brief, photo, DECIDED[one.code]) if one.code in DECIDED else {}
        yield problem(one.code, one.place, **dict(one.values) | more) if more else one


def _in_columns(brief: Brief, photo: Photo, kind: str) -> dict[str, str]:
    """What to write about a photo that a table names, and in which of its columns; nothing for any other."""
    zh, en = (headings.of_photo(brief, photo, tongue) for tongue in ("zh", "en"))
    how = table("cli")[f"decide-{kind}-rows"]
    said = {"write": how["zh"].format(heading=zh), "write_en": how["en"].format(heading=en)}
    return said | {"heading": zh, "heading_en": en} if zh and en else {}


def _each_once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A photo named twice in a brief is complained of once; every pair for itself."""
    return tuple({_about(p): p for p in reversed(problems)}.values())[::-1]


def _about(item: Problem) -> tuple[object, ...]:
    of_photo = "spot" not in dict(item.values)
    return (item.code, item.values) if of_photo else (item.code, item.values, item.place)


def _wrong_numbers(one: Study) -> Iterator[Problem]:
    """Numbers of nothing that would be shown or covered; one that is only spared does no harm."""
    count = len(one.facts.finds)
    for choice in (*one.photo.show_face, *one.photo.hide_face):
        if choice.number > count:
            yield problem("VK-P021", choice.place, name=one.photo.name, number=choice.number, count=count)
    for choice in (*one.photo.show_face, *one.photo.hide_face, *one.photo.not_face):
        if choice.at and not (
            choice.number <= count and _near(choice.at, areas.seen_middle(one.facts.finds[choice.number - 1].area))
        ):
            yield problem("VK-P034", choice.place, name=one.photo.name, number=choice.number)


def _codes_shown(one: Study) -> Iterator[Problem]:
    for choice in one.photo.show_face:
        if choice.number <= len(one.facts.finds) and one.facts.finds[choice.number - 1].kind == "code":
            yield problem("VK-P036", choice.place, name=one.photo.name, number=choice.number)


def _near(one: Point, other: Point) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= SAME_PLACE


def _same(two: Pair, studies: Mapping[Photo, Study]) -> Iterator[Problem]:
    if studies[two.before].facts.sha256 == studies[two.after].facts.sha256:
        yield problem("VK-P026", two.after.place, name=two.after.name, other=two.before.name)


def _doubts(one: Study, covered: tuple[Area, ...], brief: str) -> Iterator[Problem]:
    """Doubtful finds that are not covered all the same, and a photo's faults; ``brief`` is what to look at."""
    photo = one.photo
    open_ = [n for n in one.doubtful if not held(one, n, covered)]
    if open_:
        yield problem("VK-P020", photo.place, name=photo.name, brief=brief, **_told(one, open_, "doubtful"))
    yield from _worth_a_look(one, covered, brief)
    for fault in one.facts.faults[:1]:
        yield problem(FAULTS[fault], photo.place, name=photo.name, width=one.facts.width, height=one.facts.height)


def _worth_a_look(one: Study, covered: Sequence[Area], brief: str) -> Iterator[Problem]:
    """Faces left bare by a decision that they are none, and covers that may hide what should be seen."""
    photo, words = one.photo, table("cli")
    bare = [choice for choice in no_faces(photo, one.facts) if _surely_bare(one, choice.number, covered)]
    if bare:
        loose = ", ".join(placed(one, choice.number) for choice in bare if not choice.at)
        none = words["bare-none-placed" if loose else "bare-none"]
        said = {"none": none["zh"].format(placed=loose), "none_en": none["en"].format(placed=loose)}
        told = _told(one, [choice.number for choice in bare], "bare")
        yield problem("VK-P035", bare[0].place, name=photo.name, **said, **told)
    kept = [n for n in passed_over(one) if n in one.covered]
    if kept:
        yield problem("VK-P043", photo.place, name=photo.name, **_told(one, kept, "kept"))
    covers = [n for n in unasked(one) if n not in kept]
    for kind in NOTED:
        unsure = [n for n in covers if seems(one.facts.finds[n - 1]) == kind]
        said = {"kind": kind, "seems": words[f"find-{kind}"]["zh"], "seems_en": words[f"find-{kind}"]["en"]}
        if unsure:
            yield problem("VK-P038", photo.place, name=photo.name, brief=brief, **said, **_told(one, unsure, "covered"))


def unasked(one: Study) -> tuple[int, ...]:
    """The numbers of the faces that are covered though the brief does not ask for it."""
    decided = numbers(one.photo.hide_face) | one.hidden
    return tuple(n for n in covered_faces(one) if n not in decided)


def uncovering(one: Study, heading: str) -> str:
    """Which faces of a photo are covered without being asked for and how to uncover those that are none, in the column of that ``heading`` where a
    table names the photo; nothing where there are none. What a note (VK-P038) tells is not told again.
    """
    covers = () if one.photo.reel else unasked(one)
    found = tuple(n for n in covers if seems(one.facts.finds[n - 1]) not in NOTED)
    if not found:
        return ""
    way = "-rows" if heading else "-rest" if found != covers else "-many" if len(found) > MANY else ""
    key = f"covered-unasked{way}"
    listed = ", ".join(str(n) if not sure(one.facts.finds[n - 1]) else placed(one, n) for n in found)
    return console.words(key, numbers=console.words("and").join(ranges(found)), listed=listed, heading=heading)


def uncovering_codes(one: Study, heading: str) -> str:
    """Which codes of a photo are covered and how to uncover those that are none (a row of towels); nothing where there are none. ``heading`` as in
    ``uncovering``.
    """
    found = () if one.photo.reel else tuple(n for n in one.covered if one.facts.finds[n - 1].kind == "code")
    listed = ", ".join(placed(one, n) for n in found)
    key = f"covered-code{'-rows' if heading else ''}"
    said = {"numbers": console.words("and").join(ranges(found)), "listed": listed, "heading": heading}
    return console.words(key, **said) if found else ""


def _surely_bare(one: Study, number: int, covered: Sequence[Area]) -> bool:
    """Whether a find is a face as good as surely, and is not covered all the same."""
    find = one.facts.finds[number - 1] if number <= len(one.facts.finds) else None
    return bool(find and sure(find) and not held(one, number, covered))


def _told(one: Study, found: Sequence[int], kind: str) -> dict[str, str]:
    """Numbers as a message names them, and what to write about them. A few stand in a line to copy; many stand as ranges, once, with the one word that
    says "no face in this photo", and a warning where that word would bare something else, too. Sure faces are none only with their places.
    """
    words, open_ = table("cli"), {n for n, find in enumerate(one.facts.finds, 1) if not sure(find)}
    by_place = kind in PLACED and not {*found} <= open_
    how = words[f"decide-{kind}{'-many' * (len(found) > MANY and not by_place)}"]
    every = words["decide-every-covered" if {*covered_faces(one)} & open_ - {*found} else "decide-every"]
    listed = ", ".join(placed(one, n) if by_place and n not in open_ else str(n) for n in found)
    said = {tongue: how[tongue].format(numbers=listed, first=found[0], every=every[tongue]) for tongue in ("zh", "en")}
    told = {"first": str(found[0]), "numbers": "、".join(ranges(found)), "numbers_en": ", ".join(ranges(found))}
    return told | {"write": said["zh"], "write_en": said["en"]}


def ranges(found: Sequence[int]) -> tuple[str, ...]:
    """Rising numbers with every row of three or more as one: 1-3, 7, 8."""
    rows: list[list[int]] = []
    for number in found:
        if rows and rows[-1][-1] + 1 == number:
            rows[-1].append(number)
        else:
            rows.append([number])
    return tuple(part for row in rows for part in ([f"{row[0]}-{row[-1]}"] if len(row) > 2 else map(str, row)))


def _honesty(two: Pair, match: Match) -> Iterator[Problem]:
    """What makes a pair less than an honest comparison; who chose a reveal for photos that do not match need not be told of another."""
    place, spot = two.after.place, two.spot
    if match.matrix and match.changed < table("develop")["unchanged"]:
        yield problem("VK-P037", place, spot=spot)
    if match.matrix and match.left[0] < table("align")["cut"]["before"]:
        yield problem("VK-P053", two.before.place, spot=spot, kept=max(1, int(match.left[0] * 100 + ROUNDING)))
    if match.swapped or _named_crosswise(two):
        code = "VK-P027" if match.swapped else "VK-P041"
        yield problem(code, place, spot=spot, before=two.before.name, after=two.after.name)
    if not match.matrix:
        yield from _apart(two, match)
    if match.edited or match.editor:
        which = two.before if (match.editor or match.edited) == "before" else two.after
        yield problem("VK-P029", which.place, spot=spot, name=which.name)


def _apart(two: Pair, match: Match) -> Iterator[Problem]:
    """Why the two photos of a pair do not lie on each other."""
    place, spot, asked = two.after.place, two.spot, one_picture_asked(two)
    different = match.alike < table("develop")["one_room"]
    if match.reason in APART:
        yield problem(APART[match.reason], place, spot=spot, kept=max(1, int(match.left[1] * 100 + ROUNDING)))
    elif different:
        yield problem("VK-P028", place, spot=spot)
    told = different or match.reason in {*APART, "collage"}
    if asked or not (told or two.reveal):
        yield problem("VK-P033" if asked else "VK-P030", place, spot=spot, reveal=two.reveal)


def _named_crosswise(two: Pair) -> bool:
    """Whether a photo's own name says the other side."""
    return not (sides.fits(two.before.name, "before") and sides.fits(two.after.name, "after"))


def _shared(pairs: Sequence[Pair], studies: Mapping[Photo, Study]) -> Iterator[Problem]:
    """Photos that stand for two places, by content: each later pair with the first earlier one that has them."""
    held = [{studies[photo].facts.sha256: photo for photo in (two.before, two.after)} for two in pairs]
    for number, photos in enumerate(held):
        first = next((place for place in range(number) if held[place].keys() & photos.keys()), None)
        if first is None:
            continue
        same = [digest for digest in photos if digest in held[first]]
        one, other = held[first][same[0]], photos[same[0]]
        lines = {"line": one.place.line, "line_2": other.place.line}
        code = "VK-P039" if len(same) > 1 else "VK-P040"
        spots = {"spot": pairs[first].spot, "spot_2": pairs[number].spot}
        yield problem(code, other.place, name=other.name, **spots, **lines)


def _too_wide(photo: Photo, one: Study) -> Iterator[Problem]:
    """A panorama, which upright pictures show in parts."""
    times = one.facts.width / one.facts.height
    if times > PANORAMA:
        yield problem("VK-P044", photo.place, name=photo.name, times=f"{times:.1f}")


def one_picture_asked(two: Pair) -> bool:
    """Whether the brief asks by name for a reveal that promises one continuous picture."""
    return bool(two.reveal and table("names")["reveals"][two.reveal]["aligned"])


def _unshown(brief: Brief, studies: Mapping[Photo, Study]) -> Iterator[Problem]:
    """A person's own face is covered as long as nobody says that it may be seen."""
    for own in filter(None, (*(one.photo for one in brief.people), brief.group)):
        faces = covered_faces(studies[own])
        if faces and not own.hide_face:
            said = {"name": own.name, "number": str(faces[0])}
            written = {f"write{end}": table("cli")["decide-own"][tongue].format(**said) for end, tongue in TONGUES}
            yield problem("VK-P032", own.place, **said, **written | _in_columns(brief, own, "own"))

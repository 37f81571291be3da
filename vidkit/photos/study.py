"""What was found in a photo and what the brief decided about it → what is covered, what is doubtful, which heads are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidkit import cache
from vidkit.briefs.fields import EVERY
from vidkit.photos.areas import Area, holds, seen_middle, size
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Photo
    from vidkit.briefs.fields import Choice
    from vidkit.photos.facts import Facts, Find
    from vidkit.photos.matrix import Part, Point


@dataclass(frozen=True)
class Study:
    """What was found out about one mention of a photo in a brief, and what is covered in it; finds are numbered from 1."""

    photo: Photo
    facts: Facts
    covered: tuple[int, ...]
    """The finds that are covered, in order."""
    doubtful: tuple[int, ...]
    """The doubtful finds of which the brief says nothing."""
    hidden: frozenset[int] = frozenset()
    """The finds that any mention of the file hides by number."""
    beside: tuple[tuple[Point, ...], ...] = ()
    """The polygons that other mentions of the file cover by hand."""

    @property
    def handed_in(self) -> str:
        """The SHA-256 of the file that was handed in: of a film its own, not that of its still picture."""
        return cache.sha256(self.photo.path) if self.photo.reel else self.facts.sha256


def study_all(mentions: Sequence[tuple[Photo, Facts]]) -> tuple[Study, ...]:
    """Every mention of a photo with what is covered in it. What one mention hides by number or covers by hand is covered in all mentions of the
    photo, under whatever names its copies go, and in all excerpts of a film.
    """
    hidden: dict[str, frozenset[int]] = {}
    places: dict[str, tuple[tuple[Point, ...], ...]] = {}
    files = [str(photo.path.resolve()) if photo.reel else known.sha256 for photo, known in mentions]
    for file, (photo, _) in zip(files, mentions, strict=True):
        hidden[file] = hidden.get(file, frozenset()) | numbers(photo.hide_face)
        places[file] = (*places.get(file, ()), *photo.cover)
    return tuple(
        study(photo, known, hidden[file], places[file]) for file, (photo, known) in zip(files, mentions, strict=True)
    )


def study(
    photo: Photo, known: Facts, hidden: frozenset[int] = frozenset(), places: tuple[tuple[Point, ...], ...] = ()
) -> Study:
    """What is covered in a photo: faces the finder is sure of and codes, unless the brief spares them, and the doubtful ones it names; whatever
    other mentions of the file hide (``hidden`` by number, ``places`` by hand) is covered too, even if this one spares it.
    """
    named = numbers(photo.hide_face) | hidden
    spared = numbers(photo.show_face, no_faces(photo, known)) - hidden
    numbered = tuple(enumerate(known.finds, 1))
    covered = tuple(n for n, find in numbered if n not in spared and (certain(find) or n in named))
    doubtful = tuple(n for n, find in numbered if not certain(find) and n not in spared | named)
    beside = tuple(one for one in dict.fromkeys(places) if one not in photo.cover)
    return Study(photo, known, covered, doubtful, hidden, beside)


def no_faces(photo: Photo, known: Facts) -> tuple[Choice, ...]:
    """What the brief says is no face, one by one: 全部 means every find that looks like one and that no other decision names, but for those the
    finder is sure of: they are named one by one.
    """
    every = next((choice for choice in photo.not_face if choice.number == EVERY), None)
    said = tuple(choice for choice in photo.not_face if choice.number != EVERY)
    taken = numbers(photo.show_face, photo.hide_face, said)
    alike = (n for n, find in enumerate(known.finds, 1) if find.kind == "face" and not sure(find))
    rest = (n for n in alike if every and n not in taken)
    return (*said, *(every.model_copy(update={"number": n}) for n in rest if every))


def numbers(*lists: tuple[Choice, ...]) -> frozenset[int]:
    """The numbers of some decisions."""
    return frozenset(choice.number for choices in lists for choice in choices)


def certain(find: Find) -> bool:
    """Whether a find is covered without asking."""
    return find.kind == "code" or find.score >= table("privacy")["faces"]["cover_from"]


def sure(find: Find) -> bool:
    """Whether a find is a face as good as surely."""
    return find.kind == "face" and find.score >= table("develop")["surely"]


def passed_over(one: Study) -> tuple[int, ...]:
    """The sure faces that 全部 does not bare, since the brief names them nowhere."""
    photo = one.photo
    named = numbers(photo.show_face, photo.hide_face, photo.not_face) | one.hidden
    every = EVERY in numbers(photo.not_face)
    return tuple(n for n, find in enumerate(one.facts.finds, 1) if every and sure(find) and n not in named)


def placed(one: Study, number: int) -> str:
    """A find's number with where its middle lies, as a brief may say it: ``1@44/20``."""
    x, y = seen_middle(one.facts.finds[number - 1].area)
    return f"{number}@{round(x * 100)}/{round(y * 100)}"


def seems(find: Find) -> str:
    """What a find looks like, in the word by which every message and picture says it: ``code``, ``face``, ``large`` (a face whose cover takes much of
    the photo) or ``maybe``.
    """
    limits = table("develop")
    if find.kind == "code":
        return "code"
    if not certain(find) or find.score < limits["plainly"]:
        return "maybe"
    return "large" if size(find.area) > limits["large_cover"] else "face"


def covered_faces(one: Study) -> tuple[int, ...]:
    """The numbers of the faces that are covered."""
    return tuple(n for n in one.covered if one.facts.finds[n - 1].kind == "face")


def held(one: Study, number: int, covered: Sequence[Area]) -> bool:
    """Whether a find lies under one of the places that are covered, whatever was decided about itself."""
    return any(holds(area, one.facts.finds[number - 1].area) for area in covered)


def by_hand(one: Study) -> tuple[Area, ...]:
    """The places the brief covers by hand, here or where it mentions the file again."""
    return tuple(Area("polygon", corners) for corners in (*one.photo.cover, *one.beside))


def areas(one: Study) -> tuple[Area, ...]:
    """The places of a photo to cover: what was found and is not spared, then what the brief covers by hand."""
    found = tuple(one.facts.finds[n - 1].area for n in one.covered)
    return (*found, *by_hand(one))


def heads(one: Study, *, own: bool = False) -> tuple[Part, ...]:
    """The heads in a photo by which pictures are framed: of the faces the brief shows. What is covered draws no crop, it is nobody to look at and as
    often as not no face at all; but in somebody's ``own`` portrait a plain face is hers, covered or not.
    """
    wanted = numbers(one.photo.show_face) - one.hidden
    hers = {n for n in covered_faces(one) if own and seems(one.facts.finds[n - 1]) != "maybe"}
    return tuple(find.head for n, find in enumerate(one.facts.finds, 1) if find.head and n in wanted | hers)

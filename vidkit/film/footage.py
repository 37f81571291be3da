"""A brief that names films where photos stand → the same brief with their reels: each covered and ready, its sharpest frame as its photo.

What needs a photo (posters, covers, crops, the sheet of faces) gets that frame, already covered; scenes play the reel. Faces in films are always
covered: none can be shown, only places can be covered besides.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from vidkit.film import playing
from vidkit.film.reel import FPS, Reel
from vidkit.problems import Refusal, in_order, problem
from vidkit.runs import cores, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vidkit.brief import Brief, Photo
    from vidkit.cache import Cache
    from vidkit.photos.prints import Print
    from vidkit.problems import Problem
    from vidkit.storyboard import Storyboard

STANDS = 0.5
"""Seconds that a film's last frame may stand without a word."""


def taken(brief: Brief, cache: Cache) -> Brief:
    """The brief with the reel of every film; refuses (VK-F…) all that cannot be used, films where only photos can stand, and what is said
    of photos but makes sense for films only.
    """
    from vidkit.film import probe  # noqa: PLC0415  # most briefs name no film, and ``check`` of those should stay light

    mentions = (*_still_only(brief), *_playing(brief))
    films = {photo for photo in mentions if probe.is_film(photo.path)}
    strange = {photo for photo in _playing(brief) if photo not in films and probe.of_another_kind(photo.path)}
    wrong = [*_misplaced(brief, films), *_misused((one for one in mentions if one not in strange), films)]
    wrong += [problem("VK-F015", photo.place, name=photo.name) for photo in strange]
    if wrong:
        raise Refusal(*in_order(wrong))
    return _with_reels(brief, films, cache) if films else brief


def _still_only(brief: Brief) -> Iterator[Photo]:
    """Photos that are compared, cut out, or looked at for long: films cannot stand there."""
    for two in brief.comparisons:
        yield from (two.before, two.after)
    yield from filter(None, (*(one.photo for one in brief.people), brief.group))


def _playing(brief: Brief) -> Iterator[Photo]:
    yield from (photo for one in brief.sections for photo in one.photos)
    yield from brief.photos


def _misplaced(brief: Brief, films: set[Photo]) -> Iterator[Problem]:
    yield from (problem("VK-F007", photo.place, name=photo.name) for photo in _still_only(brief) if photo in films)


def _misused(mentions: Iterable[Photo], films: set[Photo]) -> Iterator[Problem]:
    for photo in mentions:
        decided = (*photo.show_face, *photo.hide_face)
        if photo in films and decided:
            yield problem("VK-F008", decided[0].place, name=photo.name)
        if photo not in films and (photo.start is not None or photo.seconds is not None):
            yield problem("VK-F009", photo.place, name=photo.name)


def _with_reels(brief: Brief, films: set[Photo], cache: Cache) -> Brief:
    """Every film's reel, as many made at a time as there are cores."""
    wanted = tuple(dict.fromkeys(one for one in _playing(brief) if one in films))
    with ThreadPoolExecutor(max_workers=cores.usable()) as pool:
        found = dict(zip(wanted, waiting.mapped(pool, lambda photo: _reel(photo, cache), wanted), strict=True))
    wrong = [one for made in found.values() if isinstance(made, Refusal) for one in made.problems]
    if wrong:
        raise Refusal(*in_order(wrong))
    return _replaced(brief, lambda photo: photo.model_copy(update={"reel": found[photo]}) if photo in found else photo)


def _reel(photo: Photo, cache: Cache) -> Reel | Refusal:
    from vidkit.film import intake  # noqa: PLC0415  # as above

    try:
        return intake.taken(intake.Film(photo.path, photo.name, photo.place, photo.start or 0.0, photo.seconds), cache)
    except Refusal as refusal:
        return refusal


def _replaced(brief: Brief, new: Callable[[Photo], Photo]) -> Brief:
    sections = tuple(
        one.model_copy(update={"photos": tuple(new(photo) for photo in one.photos)}) for one in brief.sections
    )
    return brief.model_copy(update={"sections": sections, "photos": tuple(new(photo) for photo in brief.photos)})


def short(seen: Mapping[Photo, Print], drawn: Storyboard) -> tuple[Problem, ...]:
    """Films that are over while they are still on screen: their last frame stands (VK-F010)."""
    named = {shown.sha256: photo for photo, shown in seen.items() if photo.reel}
    return tuple(
        problem("VK-F010", photo.place, name=photo.name, length=f"{moves / FPS:.1f}", needed=f"{needed / FPS:.1f}")
        for sha256, (moves, needed) in playing.times(drawn).items()
        if (photo := named.get(sha256)) and needed - moves > FPS * STANDS
    )

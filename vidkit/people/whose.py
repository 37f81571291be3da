"""Whose face a portrait is said to be: one photo for two people of a brief, a photo that a profile has as somebody else's.

Photos are compared byte for byte, whatever they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vidkit import cache, project
from vidkit.briefs import keys
from vidkit.consoles import spelling
from vidkit.people import consent
from vidkit.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from vidkit.brief import Photo
    from vidkit.plan import Script
    from vidkit.problems import Problem
    from vidkit.project import Profile


class Owner(NamedTuple):
    """Somebody whose profile has a photo: her name, every name of hers as names are compared, the profile's file, whether she took her consent back."""

    name: str
    names: frozenset[str]
    file: Path
    gone: bool


def problems(script: Script, back: frozenset[str]) -> Iterator[Problem]:
    """Portraits that a profile has as another woman's (VK-S173), those that two people of the brief share (VK-S172), and any photo of somebody who
    took her consent ``back`` (every name, as names are compared) and whom the brief does not name (VK-S156).
    """
    photos = tuple(_photos(script))
    owners = _owners(script, {photo.path for photo in photos}, back)
    named = set(map(keys.folded, consent.wanted(script.brief)))
    for photo in photos:
        gone = next((one for one in owners(photo.path) if one.gone and not one.names & named), None)
        if gone:
            yield problem("VK-S156", photo.place, name=photo.name, who=gone.name)
    yield from _of_people(script, owners, named)


def _photos(script: Script) -> Iterable[Photo]:
    """Every photo of a brief that may show somebody, each file once."""
    brief = script.brief
    people = (*(one.photo for one in brief.people), brief.group)
    return {photo.path: photo for photo in (*consent.rooms(brief), *people) if photo}.values()


def _owners(script: Script, photos: set[Path], back: frozenset[str]) -> Callable[[Path], tuple[Owner, ...]]:
    """Who has a photo in her profile, by its content; only files of the size of one of ``photos`` are read."""
    root = project.root(script.brief.file)
    sizes = {file.stat().st_size for file in photos}
    found: dict[str, list[Owner]] = {}
    for one in project.profiles(root):
        for file in _portrait(one, root):
            if file.stat().st_size in sizes:
                names = frozenset(map(keys.folded, one.names))
                own = Owner(one.names[0], names, one.file, bool(back & names))
                found.setdefault(cache.sha256(file), []).append(own)
    return lambda file: tuple(found.get(cache.sha256(file), ())) if found else ()


def _portrait(one: Profile, root: Path) -> Iterator[Path]:
    """The photo a profile names, if it is there."""
    said = one.said("photo")
    places = (one.file.parent / said, root / said) if said else ()
    yield from (file for file in places if file.is_file())


def _of_people(script: Script, owners: Callable[[Path], tuple[Owner, ...]], named: set[str]) -> Iterator[Problem]:
    """The people of a brief with a photo that is another's, in her profile or in this brief; not what was told as VK-S156."""
    seen: dict[str, str] = {}
    for one in script.brief.people:
        if one.photo is None:
            continue
        own = _names(script, one.name)
        other = next((each for each in owners(one.photo.path) if not each.names & own), None)
        first = seen.setdefault(cache.sha256(one.photo.path), one.name)
        said = {"name": one.photo.name, "who": one.name}
        if other and (not other.gone or other.names & named):
            yield problem("VK-S173", one.photo.place, **said, owner=other.name, file=spelling.shown(other.file))
        elif keys.folded(first) not in own:
            yield problem("VK-S172", one.photo.place, **said, other=first)


def _names(script: Script, name: str) -> frozenset[str]:
    """Every name of hers, as names are compared."""
    book = script.consents
    return book.called(name) if book else frozenset({keys.folded(name)})

"""A brief's photos, films, recordings and music → what packs call them (``#3``): a file's name may say who lives where, and packs are passed on.

Each kind is numbered, photos as manifests list them: those of pairs, then the others. Where the brief has a photo tells its own people which one
a number means, and words name its place, too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from vidkit import project
from vidkit.briefs import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vidkit.brief import Brief, Photo
    from vidkit.problems import Place, Problem


def names(brief: Brief) -> dict[str, str]:
    """What a pack calls each file, by its name as typed."""
    called: dict[str, str] = {}
    for kind in (written.photos(brief), written.sounds(brief)):
        called |= {name: f"#{number}" for number, name in enumerate(dict.fromkeys(one.name for one in kind), 1)}
    return called


def spoken(brief: Brief) -> dict[str, str]:
    """What a pack's words call each file, by its name as typed: its number with what the clip says beside the photo (``#2「灶台（后）」``), its
    place, whose portrait it is, the section's title.
    """
    shown: dict[str, str] = {}
    for two in brief.comparisons:
        shown |= {two.before.name: f"{two.spot}（前）", two.after.name: f"{two.spot}（后）"}
    portraits = ((one.photo, one.name) for one in brief.people)
    inner = ((photo, one.title) for one in brief.sections for photo in one.photos)
    for photo, said in (*portraits, *inner):
        if photo and said:
            shown.setdefault(photo.name, said)
    return {name: f"{number}「{shown[name]}」" if name in shown else number for name, number in names(brief).items()}


def places(brief: Brief) -> tuple[tuple[str, str, int], ...]:
    """What a pack's words call each photo, and where it is written: whose profile names it (empty for the brief), and the line. Of a brief without lines
    nothing.
    """
    called = spoken(brief)
    whose = {one.photo: one.name for one in brief.people if one.photo and _is_profile(one.photo.place)}
    first: dict[str, Photo] = {}
    for one in written.photos(brief):
        first.setdefault(called[one.name], one)
    return tuple((name, whose.get(one, ""), one.place.line) for name, one in first.items() if one.place.line)


def _is_profile(place: Place) -> bool:
    return PurePath(place.file).parent.name == project.PEOPLE


def told(found: Problem, called: Mapping[str, str]) -> Problem:
    """A problem that names no file."""
    parts = tuple(told(one, called) for one in found.parts)
    return replace(found, values=tuple((key, _said(words, called)) for key, words in found.values), parts=parts)


def photos(listed: Iterable[Mapping[str, Any]], called: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a manifest says of photos, without their names."""
    return [{**one, "name": called.get(one["name"], one["name"])} for one in listed]


def _said(words: str, called: Mapping[str, str]) -> str:
    """Words with every file's name in them replaced, the longest first: a name may hold another."""
    for name in sorted(called, key=len, reverse=True):
        words = words.replace(name, called[name])
    return words

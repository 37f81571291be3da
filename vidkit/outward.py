"""A brief's photos, films, recordings and music → what packs call them (``#3``): a file's name may say who lives where, and packs are passed on.

Each kind is numbered in the brief's order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vidkit import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vidkit.brief import Brief
    from vidkit.problems import Problem


def names(brief: Brief) -> dict[str, str]:
    """What a pack calls each file, by its name as typed."""
    called: dict[str, str] = {}
    for kind in (written.photos(brief), written.sounds(brief)):
        called |= {name: f"#{number}" for number, name in enumerate(dict.fromkeys(one.name for one in kind), 1)}
    return called


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

"""A consent taken back, step by step: the day is written, photos of the home are noted, what was made goes. In that order: a run that is stopped
between two steps, or a step that fails, leaves her protected by those before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidkit.consoles import spelling
from vidkit.people import consent_file, withdraw
from vidkit.people.withdraw import Deleted
from vidkit.problems import Place, Problem, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.people.consents import Entry
    from vidkit.people.withdraw import Found

NOTHING = Deleted((), (), (), ())


@dataclass(frozen=True)
class Taken:
    """What became of what was made with somebody who took a consent back: what was ``found`` last, the lists of photos ``noted`` in, what was
    ``deleted``; ``kept`` says that finished files stay for now, ``faults`` what could not be noted, read or held.
    """

    found: Found
    noted: tuple[Path, ...] = ()
    deleted: Deleted = NOTHING
    kept: bool = False
    faults: tuple[Problem, ...] = ()


def write(entries: Sequence[Entry], store: Cache, day: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Write a day (``2026-11-26``) into consents that say none yet: those written, and why others could not be, each of which still stands
    (VK-S160); the rest goes on.
    """
    written: list[Entry] = []
    refused: list[Problem] = []
    for one in entries:
        try:
            consent_file.change(one.file, {"withdrawn": day}, store)
        except Refusal as refusal:
            named = spelling.shown(one.file)
            said = {"who": one.name, "file": named, "day": day, "name": spelling.typed(one.name)}
            refused += (*refusal.problems, problem("VK-S160", Place(named), **said))
        else:
            written.append(one)
    return tuple(written), tuple(refused)


def clear(found: Found, store: Cache, day: str, *, keep: bool, packs: bool) -> Taken:
    """Note photos and delete what was found, unless it is to ``keep``; with ``packs`` all that the archive holds, too. Nothing is deleted where
    photos could not be noted: the manifests alone know some of them until they are.
    """
    noted, unnoted = withdraw.noted(found, store)
    kept = keep or bool(unnoted)
    deleted = NOTHING if kept else withdraw.delete(found, store, packs=packs, day=day)
    return Taken(found, noted, deleted, kept, (*unnoted, *found.misnoted, *deleted.busy))


def once_more(found: Found, store: Cache, *, keep: bool) -> Taken:
    """What is left to do for a consent that was taken back before and of which nothing is left to delete: photos noted, and unless all is to be
    kept, what the caches have in stock let go, since somebody may have looked at her photos since.
    """
    noted, unnoted = withdraw.noted(found, store)
    if not keep:
        for each in found.area.caches:
            each.empty_stock()
    return Taken(found, noted=noted, kept=keep or bool(unnoted), faults=(*unnoted, *found.misnoted))

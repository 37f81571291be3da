"""Packs in the archive → the posts that are out: those noted and not taken down, and those that may be out without a note; how they are told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import console, kit, plan
from vidkit.briefs import keys
from vidkit.kits import platform
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vidkit.briefs.fields import Known
    from vidkit.publishing.archive import Entry


@dataclass(frozen=True)
class Down:
    """A post to take down: the platform, its title, the day and the link if they were noted; ``sure`` if it was noted, and the ``brief`` it is of."""

    platform: str
    title: str
    day: str = ""
    link: str = ""
    sure: bool = False
    brief: str = ""


def known(root: Path) -> Known:
    """The platforms of a shop by all their names."""
    return platform.names(plan.platform_folders(kit.shelf(root)))


def out(packs: Iterable[Entry], names: Known, today: str = "") -> Iterator[Down]:
    """What must be taken down of some packs on a day, the oldest first: what was noted, then what was packed and may have been posted without a note.
    Each pack may have been, also where an older one of its brief was taken down; those of one day and title are one to look for (``_perhaps``).
    """
    every = tuple(packs)
    perhaps = _perhaps(every, names, today)
    for pack in every:
        for post in pack.posted:
            if post.is_out(today):
                where = own(post.platform, names)
                yield Down(where, _of(pack), post.day, post.link, sure=True, brief=called(pack))
        for where, _ in pack.manifests:
            if (pack.folder, where) in perhaps:
                yield Down(where, _of(pack), pack.folder.name[:10], brief=called(pack))


def _perhaps(every: tuple[Entry, ...], names: Known, today: str) -> frozenset[tuple[Path, str]]:
    """The packs, by folder and platform, that may be out without a note: of those of one day and title the last without one, unless a later one is
    noted as out; none of the same files as one that is; each of whose notes one cannot be read, whatever the others say: it may be of any platform.
    """
    there = {(pack.folder, where) for pack in every for where in _out(pack, names, today)}
    films = [_film(said) for pack in every for where, said in pack.manifests if (pack.folder, where) in there]
    last: dict[tuple[str, str, str, str], tuple[Path, str]] = {}
    unclear: set[tuple[Path, str]] = set()
    for pack in every:
        noted = _noted(pack, names)
        for where, said in pack.manifests:
            one = pack.folder, where
            if one in there:
                last.pop(_made(pack, where), None)
            if pack.wrong:
                unclear.add(one)
            elif one in there or where in noted:
                continue
            elif not said.get("files") or _film(said) not in films:
                last[_made(pack, where)] = one
    return frozenset((*last.values(), *unclear))


def _noted(pack: Entry, names: Known) -> frozenset[str]:
    """The platforms that a pack's notes tell of."""
    return frozenset(own(post.platform, names) for post in pack.posted)


def _out(pack: Entry, names: Known, today: str) -> frozenset[str]:
    """Those on which they tell of a post that is out."""
    return frozenset(own(post.platform, names) for post in pack.posted if post.is_out(today))


def _film(said: Mapping[str, Any]) -> tuple[object, object]:
    """What two packs have in common that are the same film for the same platform: their files, by their hashes."""
    return said.get("platform"), said.get("files")


def _of(pack: Entry) -> str:
    """The title of a pack's post, or what its brief is called."""
    return next((str(said["title"]) for _, said in pack.manifests if said.get("title")), called(pack))


def _made(pack: Entry, where: str) -> tuple[str, str, str, str]:
    """What several packs of one day have in common that are one post to look for."""
    return called(pack), _of(pack), where, pack.folder.name[:10]


def told_of(pack: Entry, names: Known) -> frozenset[str]:
    """The platforms that a pack's notes and manifests tell of."""
    return _noted(pack, names) | {where for where, _ in pack.manifests}


def called(pack: Entry) -> str:
    """What the brief of a pack is called."""
    return pack.brief or pack.folder.name


def own(typed: str, names: Known) -> str:
    """The platform people noted under one of its names; as typed where it is none of ours."""
    word = keys.folded(typed)
    return next((one for one, others in names if word in set(map(keys.folded, (one, *others)))), typed)


def line(one: Down, root: Path) -> str:
    """A post as it is told in a line of a list."""
    brief = console.words("consent-down-of", brief=one.brief) if one.brief and one.brief != one.title else ""
    said = {"platform": _title(one.platform, root), "title": one.title, "of": brief, "day": one.day, "link": one.link}
    return console.words("consent-down-noted" if one.sure else "consent-down-maybe", **said).rstrip()


def _title(where: str, root: Path) -> str:
    """A platform's name as people know it; as noted where it is none of ours."""
    with suppress(Refusal):
        return platform.load(where, plan.platform_folders(kit.shelf(root))).called
    return where


def as_data(one: Down) -> dict[str, Any]:
    """A post as plain data."""
    said = {"platform": one.platform, "title": one.title, "brief": one.brief, "day": one.day, "link": one.link}
    return said | {"noted": one.sure}

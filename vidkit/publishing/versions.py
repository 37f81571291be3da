"""What was packed or posted of a brief when it said other words: posts to be taken down, packs not to be posted any more.

Two versions are told apart by the brief's own words as their manifests keep them; how a platform's caption says them does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import cache, console
from vidkit.briefs import keys, paths
from vidkit.problems import Place, Refusal, problem
from vidkit.publishing import archive
from vidkit.publishing.archive import POSTED
from vidkit.runs import stored
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from vidkit.problems import Problem
    from vidkit.publishing.archive import Entry, Posted


def told(kept: Path, folder: Path, fresh: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """What other versions there are of what was packed just now (its manifests by platform): posts noted in the archive ``kept`` (VK-U060),
    packs beside it in ``folder`` (VK-U061); a ``posted.yaml`` that cannot be read is told as it is.
    """
    now = next(iter(fresh.values()), {})
    for one in sorted(kept.glob("*")):
        try:
            yield from _posts(archive.entry(one), now) if one.is_dir() else ()
        except Refusal as refused:
            yield from refused.problems
    yield from _packs(folder, now, fresh)


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first text of the brief's own that two manifests say in other words, before and after (empty for none); None where all are the same."""
    before, after = _own(old), _own(new)
    fields = dict.fromkeys((*after, *before))
    return next(((before.get(f, ""), after.get(f, "")) for f in fields if before.get(f) != after.get(f)), None)


def outdated(pack: Path, said: Mapping[str, Any]) -> Iterator[Problem]:
    """That a pack, by what its manifest says, was made of another version of its brief than lies in the shop now (VK-U062)."""
    brief = {"path": "", "sha256": "", **(said.get("brief") or {})}
    file = paths.project_root(pack.resolve().parent) / brief["path"]
    if brief["path"] and file.is_file() and cache.sha256(file) != brief["sha256"]:
        values = {"day": said.get("day", ""), "name": brief["path"], "typed": console.typed(brief["path"])}
        yield problem("VK-U062", Place(console.shown(pack)), **values)


def _own(said: Mapping[str, Any]) -> dict[str, str]:
    """The brief's own words in a manifest, by field."""
    texts = said.get("texts")
    found = (one for one in texts if isinstance(one, dict)) if isinstance(texts, list) else ()
    return {
        str(one["where"]): str(one["text"])
        for one in found
        if {"where", "text"} <= set(one) and ":" not in str(one["where"])
    }


def _posts(entry: Entry, now: Mapping[str, Any]) -> Iterator[Problem]:
    place = Place(console.shown(entry.folder / POSTED))
    for one in entry.posted if entry.brief == now.get("called") else ():
        said = _of(entry, one)
        words = None if one.taken_down or not said else changed(said, now)
        if words:
            names = said["platform"]
            values = {"day": one.day, "link": one.link, "old": words[0], "new": words[1]}
            yield problem("VK-U060", place, platform=names["zh"], platform_en=names["en"], **values)


def _of(entry: Entry, one: Posted) -> dict[str, Any]:
    """The manifest of what was posted; empty where its platform is none of the entry's."""
    wanted = keys.folded(one.platform)
    found = (
        said for where, said in entry.manifests if wanted in {keys.folded(where), keys.folded(said["platform"]["zh"])}
    )
    return next(found, {})


def _packs(folder: Path, now: Mapping[str, Any], fresh: Collection[str]) -> Iterator[Problem]:
    for file in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
        said = stored.of(file)
        words = changed(said, now) if "platform" in said and file.parent.name not in fresh else None
        if words:
            place = Place(console.shown(file.parent))
            yield problem(
                "VK-U061",
                place,
                platform=said["platform"]["zh"],
                platform_en=said["platform"]["en"],
                old=words[0],
                new=words[1],
            )

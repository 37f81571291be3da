"""A run that was stopped → what it had delivered: a brief whose files lie there whole and would be made of the same things is done.

Its manifest says both: the hash of what everything follows from, and the hash of every file. Nothing is planned or painted to know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import cache, make, project
from vidkit.briefs import paths
from vidkit.runs import inputs, provenance, remains, stored
from vidkit.runs.stored import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vidkit.kits.platform import Platform
    from vidkit.make import Made, Order
    from vidkit.plan import Script


def delivered(script: Script, where: Sequence[Platform], order: Order) -> Made | None:
    """What lies in a brief's folder, if it is whole and what would be made now; None when there is something to do."""
    own = order.out / project.called(script.brief.file)
    folder = own / paths.DRAFT if order.draft else own
    said = stored.of(folder / MANIFEST)
    files, clips = said.get("files"), said.get("clips")
    if not isinstance(files, dict) or not isinstance(clips, dict) or set(clips) != {one.id for one in where}:
        return None
    if said.get("inputs") != provenance.digest(script, where, draft=order.draft) or not _whole(folder, files):
        return None
    names = sorted(files, key=make.told_first)
    told = [remains.as_map(one).get("segments") for one in clips.values()]
    if not all(isinstance(one, list) for one in told):
        return None
    segments = {str(key) for one in told for key in remains.as_list(one)}
    made = (*(folder / name for name in names), folder / MANIFEST)
    return make.Made(folder, made, len(segments), 0, (), cache.sha256(folder / MANIFEST))


def _whole(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether every file of a manifest is there with its hash."""
    return all(
        (folder / name).is_file() and inputs.content(str(folder / name)) == found for name, found in files.items()
    )

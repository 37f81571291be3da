"""A brief's clip for one platform, remembered: as long as nothing it follows from changes, its frames are painted without planning it anew.

What is kept is Python's own pickle of plain frozen values, in the user's cache beside Jinja's compiled templates.
"""

from __future__ import annotations

import base64
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vidkit.cache import Cache
    from vidkit.inputs import Inputs
    from vidkit.photos.prints import Asset
    from vidkit.remembered import Asked, Begun
    from vidkit.timeline import Segment


@dataclass(frozen=True)
class Planned:
    """A clip's segments in order, where its photos lie, what paints them (``clip.painting``), the AI label of its frames, and, of one that is
    recalled, every file it was planned from.
    """

    segments: tuple[Segment, ...]
    assets: Mapping[str, Asset]
    painting: str
    label: str
    read: tuple[Path, ...] = ()


def question(brief: Path, platform: str | None, today: str) -> Asked:
    """What is asked for: a brief as typed, the platform (None: its first), the day."""
    return remembered.Asked(str(brief), "", platform or "", draft=False, today=today, what="plan")


def recall(asked: Asked, cache: Cache) -> Planned | None:
    """The clip, if nothing it follows from has changed."""
    said = remembered.answer(asked, cache)
    if said is None:
        return None
    found: Planned = pickle.loads(base64.b64decode(said["planned"]))  # noqa: S301  # our own cache's, proven by its hash
    return replace(found, read=tuple(map(Path, (*said["files"], *said["possible"]))))


def remember(asked: Asked, wanted: Inputs, made: Planned, cache: Cache, begun: Begun) -> bool:
    """Remember a clip that was planned since ``begun``; False where that could not be."""
    packed = base64.b64encode(pickle.dumps(made)).decode("ascii")
    return remembered.keep(asked, wanted, {"planned": packed}, cache, begun)

"""A brief's clip for one platform, remembered: as long as nothing it follows from changes, its frames are painted without planning it anew.

What is kept is Python's own pickle of plain frozen values, and read back as nothing else: whoever can write into the cache can change what
is painted, but runs no code by it.
"""

from __future__ import annotations

import base64
import io
import pickle
from dataclasses import dataclass, is_dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vidkit.runs import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vidkit.cache import Cache
    from vidkit.photos.prints import Asset
    from vidkit.runs.inputs import Inputs
    from vidkit.runs.remembered import Asked, Begun
    from vidkit.timeline import Segment

OURS: Final = frozenset(
    f"vidkit.{name}" for name in ("film.reel", "motion", "photos.prints", "runs.planned", "storyboard", "timeline")
)
"""The modules whose values a clip is made of."""
PATHS: Final = frozenset({"PosixPath", "WindowsPath"})


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
    found = unpacked(said.get("planned", ""))
    return replace(found, read=tuple(map(Path, (*said["files"], *said["possible"])))) if found else None


class _Values(pickle.Unpickler):
    """Reads frozen values of ``OURS`` and paths: a pickle that names anything else is refused, and nothing it names is called."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may be made."""
        if module.partition(".")[0] == "pathlib" and name in PATHS:
            return Path
        found = getattr(import_module(module), name, None) if module in OURS else None
        if not (isinstance(found, type) and is_dataclass(found) and found.__module__ == module):
            raise pickle.UnpicklingError(name)
        return found


def unpacked(packed: str) -> Planned | None:
    """The clip in an entry; None for one that is damaged or holds something else."""
    try:
        found = _Values(io.BytesIO(base64.b64decode(packed))).load()
    except Exception:  # noqa: BLE001  # a damaged pickle may raise anything
        return None
    return found if isinstance(found, Planned) else None


def remember(asked: Asked, wanted: Inputs, made: Planned, cache: Cache, begun: Begun) -> bool:
    """Remember a clip that was planned since ``begun``; False where that could not be."""
    packed = base64.b64encode(pickle.dumps(made)).decode("ascii")
    return remembered.keep(asked, wanted, {"planned": packed}, cache, begun)

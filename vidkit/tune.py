"""A person's own music: its file → its grid of beats, found once and remembered, and its samples."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import beats, decode, tunes
from vidkit.problems import problem
from vidkit.tables import table
from vidkit.track import Tune

if TYPE_CHECKING:
    from vidkit.audio.mastering import Samples
    from vidkit.cache import Cache
    from vidkit.musical import OwnMusic
    from vidkit.problems import Problem

FORMAT = 1  # counts up when the same file must give another grid
SURE = 0.3
"""A grid of less confidence than this is no help: the music is played without one."""


@dataclass(frozen=True)
class Played:
    """A file's tune, and what people should know of it: distorted, one ear, not whole, without an even beat."""

    tune: Tune
    problems: tuple[Problem, ...] = ()


def load(own: OwnMusic, cache: Cache) -> Played:
    """The file's tune; refuses a file that cannot be played (VK-V001 to VK-V010)."""
    source = decode.read(own.path, name=own.name, place=own.place)
    sha256 = hashlib.sha256(source.content).hexdigest()
    made_by = [FORMAT, sha256, ffmpeg.version(), np.__version__, table("voice")["beats"]]
    key = hashlib.sha256(json.dumps(made_by).encode()).hexdigest()
    told = cache.recall(key)
    if told is None:
        told = _told(decode.heard(source, ffmpeg, "music"))
        cache.remember(key, told)
    found = Tune(sha256, tuple(told["beats"]), told["first_bar"], told["beats_per_bar"])
    faults = decode.notes(source, decode.Measured(**told["measured"]))
    uneven = () if found.even else (problem("VK-S005", own.place, name=own.name),)
    return Played(found, (*faults, *uneven))


def samples(own: OwnMusic) -> Samples:
    """The file's samples, mono or stereo."""
    return decode.heard(decode.read(own.path, name=own.name, place=own.place), ffmpeg, "music").samples


def _told(recording: decode.Recording) -> dict[str, Any]:
    """The beats from the first bar in which something is heard."""
    grid, measured = beats.grid(recording.samples), asdict(recording.measured)
    if grid.confidence < SURE:
        return {"beats": [], "first_bar": 0, "beats_per_bar": 4, "measured": measured}
    begun = tunes.start(recording.samples) - tunes.JOIN
    heard = next((at for at, beat in enumerate(grid.beats) if beat >= begun), 0)
    first = heard + (grid.first_bar - heard) % grid.beats_per_bar
    bar = {"first_bar": first, "beats_per_bar": grid.beats_per_bar}
    return {"beats": list(grid.beats), **bar, "measured": measured}

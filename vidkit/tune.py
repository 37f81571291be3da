"""A person's own music: its file → its grid of beats, found once and remembered, and its samples."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import beats, decode, tunes
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


def load(own: OwnMusic, cache: Cache) -> Tune:
    """The file's tune; refuses a file that cannot be played (VK-V001 to VK-V010)."""
    source = decode.read(own.path, name=own.name, place=own.place)
    sha256 = hashlib.sha256(source.content).hexdigest()
    key = hashlib.sha256(
        json.dumps([FORMAT, sha256, ffmpeg.version(), np.__version__, table("voice")["beats"]]).encode()
    )
    told = cache.recall(key.hexdigest())
    if told is None:
        told = _told(_played(source))
        cache.remember(key.hexdigest(), told)
    return Tune(sha256, tuple(told["beats"]), told["first_bar"], told["beats_per_bar"])


def samples(own: OwnMusic) -> Samples:
    """The file's samples, mono or stereo."""
    return _played(decode.read(own.path, name=own.name, place=own.place)).samples


def notes(own: OwnMusic) -> tuple[Problem, ...]:
    """What people should know about a file that plays: distorted, one ear, not whole."""
    source = decode.read(own.path, name=own.name, place=own.place)
    return decode.notes(source, _played(source).measured)


def _played(source: decode.Source) -> decode.Recording:
    return decode.heard(source, ffmpeg, "music")


def _told(recording: decode.Recording) -> dict[str, object]:
    """The beats from the first bar in which something is heard."""
    grid = beats.grid(recording.samples)
    if grid.confidence < SURE:
        return {"beats": [], "first_bar": 0, "beats_per_bar": 4}
    begun = tunes.start(recording.samples) - tunes.JOIN
    heard = next((at for at, beat in enumerate(grid.beats) if beat >= begun), 0)
    first = heard + (grid.first_bar - heard) % grid.beats_per_bar
    return {"beats": list(grid.beats), "first_bar": first, "beats_per_bar": grid.beats_per_bar}

"""A person's own music: its file → its grid of beats, found once and remembered, and its samples, decoded once and kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import beats, decode, tunes
from vidkit.audio.track import RATE, Tune
from vidkit.labels import imprint
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.audio.mastering import Samples
    from vidkit.audio.musical import OwnMusic
    from vidkit.cache import Cache
    from vidkit.problems import Problem

FORMAT = 1  # counts up when the same file must give another grid
SUFFIX = ".npy"
KEPT = 300 * RATE
"""Samples of music that is kept decoded: five minutes, 115 MB in stereo."""
SURE = 0.3
"""A grid of less confidence than this is no help: the music is played without one."""


@dataclass(frozen=True)
class Played:
    """A file's tune, and what people should know of it: distorted, one ear, not whole, without an even beat."""

    tune: Tune
    problems: tuple[Problem, ...] = ()


def load(own: OwnMusic, cache: Cache) -> Played:
    """The file's tune; refuses a file that cannot be played (VK-V001 to VK-V010)."""
    source = _read(own)
    key = _key(source)
    told = cache.recall(key)
    if told is None:
        recording = decode.heard(source, ffmpeg, "music")
        told = _told(recording)
        _keep(recording.samples, key, cache)
        cache.remember(key, told)
    label = imprint.brought_by(source.content)
    found = Tune(_sha256(source), tuple(told["beats"]), told["first_bar"], told["beats_per_bar"], label)
    faults = decode.notes(source, decode.Measured(**told["measured"]))
    uneven = () if found.even else (problem("VK-S005", own.place, name=own.name),)
    return Played(found, (*faults, *uneven))


def samples(own: OwnMusic, cache: Cache | None = None) -> Samples:
    """The file's samples, mono or stereo: kept in a cache (to be read only), else decoded."""
    source = _read(own)
    file = cache.find(_key(source), SUFFIX) if cache else None
    if file:
        kept: Samples = np.load(file, mmap_mode="r", allow_pickle=False)
        return kept
    found = decode.heard(source, ffmpeg, "music").samples
    if cache:
        _keep(found, _key(source), cache)
    return found


def _read(own: OwnMusic) -> decode.Source:
    return decode.read(own.path, name=own.name, place=own.place)


def _sha256(source: decode.Source) -> str:
    return hashlib.sha256(source.content).hexdigest()


def _key(source: decode.Source) -> str:
    made_by = [FORMAT, _sha256(source), ffmpeg.version(), np.__version__, table("voice")["beats"]]
    return hashlib.sha256(json.dumps(made_by).encode()).hexdigest()


def _keep(found: Samples, key: str, cache: Cache) -> None:
    """Keep samples for the next clip, but not those of very long music: a cache is not for hundreds of megabytes of one file."""
    if len(found) > KEPT:
        return
    with cache.scratch() as folder:
        made = folder / f"music{SUFFIX}"
        np.save(made, found, allow_pickle=False)
        cache.keep(key, made)


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

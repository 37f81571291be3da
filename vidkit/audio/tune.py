"""A person's own music: its file → its grid of beats, found once and remembered, and its samples, decoded once and kept."""

from __future__ import annotations

import hashlib
import math
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import beats, decode, tunes
from vidkit.audio.mastering import loudness, master, ratio
from vidkit.audio.track import RATE, Tune
from vidkit.labels import imprint
from vidkit.problems import Refusal, problem
from vidkit.tables import engine, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.audio.mastering import Samples
    from vidkit.audio.musical import OwnMusic
    from vidkit.cache import Cache
    from vidkit.problems import Problem

MODULES = ("beats", "clean", "cutoff", "decode", "mastering", "silk", "speech", "track", "tune", "tunes")
MADE_BY = tuple(f"audio/{name}.py" for name in MODULES)
"""Our code that decides what of a file is played and what is told of it."""
SUFFIX = ".npy"
KEPT = 300 * RATE
"""Samples of music that is kept decoded: five minutes, 115 MB in stereo."""
SURE = 0.3
"""A grid of less confidence than this is no help: the music is played without one."""
OF_MUSIC: Final = {
    "VK-V001": "VK-S010",
    "VK-V002": "VK-S011",
    "VK-V005": "VK-S012",
    "VK-V006": "VK-S013",
    "VK-V010": "VK-S014",
    "VK-V011": "VK-S015",
    "VK-V013": "VK-S016",
}
"""What is told of a recording → what is told of music: nobody can speak it again."""


@dataclass(frozen=True)
class Played:
    """A file's tune, and what people should know of it: distorted, one ear, not whole, channels that cancel, peaks that keep it soft, a
    silent part, no even beat.
    """

    tune: Tune
    problems: tuple[Problem, ...] = ()


def load(own: OwnMusic, cache: Cache) -> Played:
    """The file's tune; refuses a file that cannot be played (VK-S010 to VK-S014; VK-V003, VK-V004, VK-V007 to VK-V009, VK-V021)."""
    source = _read(own)
    key = _key(source)
    told = cache.recall(key)
    if told is None:
        music, measured, turned = _heard(source)
        told = _told(music) | {"measured": asdict(measured), "turned": turned}
        told["softer"] = _softer(music, _tune(source, told))
        _keep(music, key, cache)
        cache.remember(key, told)
    found = replace(_tune(source, told), label=imprint.brought_by(source.content))
    return Played(found, (*_faults(source, told), *_doubts(own, told), *_uneven(own, found)))


def _tune(source: decode.Source, told: dict[str, Any]) -> Tune:
    return Tune(_sha256(source), tuple(told["beats"]), told["first_bar"], told["beats_per_bar"])


def _faults(source: decode.Source, told: dict[str, Any]) -> tuple[Problem, ...]:
    return tuple(_of_music(one) for one in decode.notes(source, decode.Measured(**told["measured"])))


def _doubts(own: OwnMusic, told: dict[str, Any]) -> Iterator[Problem]:
    if told["turned"]:
        yield problem("VK-S017", own.place, name=own.name)
    if told["softer"] > tunes.numbers()["softer_lu"]:
        yield problem("VK-S019", own.place, name=own.name, softer=round(told["softer"]))
    if told["gaps"]:
        yield problem("VK-S018", own.place, name=own.name, spans="、".join(_span(*gap) for gap in told["gaps"][:3]))


def _uneven(own: OwnMusic, tune: Tune) -> tuple[Problem, ...]:
    return () if tune.even else (problem("VK-S005", own.place, name=own.name),)


def _span(start: float, end: float) -> str:
    """A part of a file as players show it: 0:12–0:15."""
    return "–".join(f"{round(at) // 60}:{round(at) % 60:02}" for at in (start, end))


def samples(own: OwnMusic, cache: Cache | None = None, sha256: str = "") -> Samples:
    """The file's samples without a silence at its end, mono or stereo: kept in a cache (to be read only), else decoded. Refuses (VK-S020) a file
    that is no longer the one of the hash.
    """
    source = _read(own)
    if sha256 and _sha256(source) != sha256:
        raise Refusal(problem("VK-S020", own.place, name=own.name))
    file = cache.find(_key(source), SUFFIX) if cache else None
    if file:
        kept: Samples = np.load(file, mmap_mode="r", allow_pickle=False)
        return kept
    found, _, _ = _heard(source)
    if cache:
        _keep(found, _key(source), cache)
    return found


def _heard(source: decode.Source) -> tuple[Samples, decode.Measured, bool]:
    """The music as it is played, what was measured of its file, and whether a channel of it was turned round."""
    with _as_music():
        recording = decode.heard(source, ffmpeg, "music")
    music, turned = tunes.upright(tunes.played(recording.samples))
    return music, recording.measured, turned


def _read(own: OwnMusic) -> decode.Source:
    with _as_music():
        return decode.read(own.path, name=own.name, place=own.place)


@contextmanager
def _as_music() -> Iterator[None]:
    """Tell what is wrong with a sound file as what is wrong with music."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(*(_of_music(one) for one in refusal.problems)) from refusal


def _of_music(found: Problem) -> Problem:
    return replace(found, code=OF_MUSIC.get(found.code, found.code))


def _sha256(source: decode.Source) -> str:
    return hashlib.sha256(source.content).hexdigest()


def _key(source: decode.Source) -> str:
    made_by = engine(MADE_BY, table("voice"), table("sound"), ffmpeg.version(), tools=("numpy",))
    return hashlib.sha256(f"music {_sha256(source)} {made_by}".encode()).hexdigest()


def _keep(found: Samples, key: str, cache: Cache) -> None:
    """Keep samples for the next clip, but not those of very long music: a cache is not for hundreds of megabytes of one file."""
    if len(found) > KEPT:
        return
    with cache.scratch() as folder:
        made = folder / f"music{SUFFIX}"
        np.save(made, found, allow_pickle=False)
        cache.keep(key, made)


def _told(music: Samples) -> dict[str, Any]:
    """The beats from the first bar in which something is heard to the last bar line at which the music may go round; where a clip may meet
    silence.

    Music without a beat or without a whole bar has one: where it begins.
    """
    begun = max(0, tunes.start(music) - tunes.JOIN)
    grid = beats.grid(music)
    heard = next((at for at, beat in enumerate(grid.beats) if beat >= begun), 0)
    first = heard + (grid.first_bar - heard) % grid.beats_per_bar
    lines = tunes.bar_lines(music, grid.beats[first :: grid.beats_per_bar])
    longest = table("voice")["scenes"]["most_seconds"] * RATE
    gaps = [gap for gap in tunes.gaps(music) if begun <= gap[0] * RATE < begun + longest]
    found = {"gaps": gaps, "beats_per_bar": grid.beats_per_bar}
    if grid.confidence < SURE or len(lines) < 2:
        return {"beats": [begun], "first_bar": 0, **found}
    inside = grid.beats[: first + (len(lines) - 1) * grid.beats_per_bar]
    return {"beats": [*inside, lines[-1]], "first_bar": first, **found}


def _softer(music: Samples, tune: Tune) -> float:
    """How many LU music stays below a clip's loudness when it is mastered to it: its peaks stand too high above the rest."""
    wanted, aac = table("sound")["loudness"], table("sound")["aac"]
    heard = tunes.laid(music, tune, round(tunes.numbers()["tried_seconds"] * RATE))
    found, target = loudness(heard), float(wanted["target_lufs"])
    if found == -math.inf:
        return 0.0
    top = float(wanted["true_peak_db"]) - float(aac["headroom_db"])
    return target - loudness(master(heard * ratio(target - found), target, top))

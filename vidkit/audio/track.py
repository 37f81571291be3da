"""What a clip sounds like, before any sample: music beds as data, effects at frames, the length in frames.

A bed's numbers stand in ``vidkit/music/*.yaml``; the samples are made by ``sound``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from vidkit.problems import Refusal, problem
from vidkit.tables import mapping

Kind = Literal["whoosh", "brush", "page", "pop", "tick", "chime", "sparkle"]

RATE: Final = 48_000  # samples a second
STEADY: Final = RATE // 30
"""Samples that a beat of music may lie beside an even grid at most, so that cuts on the grid are within a frame of the beat."""


@dataclass(frozen=True)
class Bed:
    """A stored piece of music: body, then a real ending, on one grid of beats that starts with the first sample."""

    id: str
    aliases: tuple[str, ...]
    name_zh: str
    name_en: str
    file: str
    sha256: str
    tempo_bpm: float
    beat_samples: int
    beats_per_bar: int
    body_beats: int
    loop_to_beat: int
    ending_beats: int
    final_chord_beat: int  # beats from the ending's first beat to its last chord
    key: str
    lufs: float
    licence: str


@dataclass(frozen=True)
class Cue:
    """A sound effect that peaks (whoosh, brush, page) or starts (the others) on a frame."""

    frame: int
    kind: Kind
    gain_db: float = 0.0


@dataclass(frozen=True)
class Voice:
    """A piece of a cleaned recording (mono, 48 kHz, in the cache under ``key``): samples ``start`` to ``start + length`` of it are heard from the
    clip's sample ``at``.
    """

    key: str
    start: int
    length: int
    at: int


@dataclass(frozen=True)
class Tune:
    """A person's own music: its file's SHA-256 and the sample of each beat, with the beat on which a bar begins and the beats of a bar;
    the AI label its file carries.
    """

    sha256: str
    beats: tuple[int, ...]
    first_bar: int = 0
    beats_per_bar: int = 4
    label: str = ""

    @property
    def even(self) -> float | None:
        """Samples from beat to beat of music with an even beat; None for music that breathes, or has no beat."""
        beats = self.beats[self.first_bar :]
        if len(beats) <= self.beats_per_bar:
            return None
        step = (beats[-1] - beats[0]) / (len(beats) - 1)
        off = max(abs(beat - beats[0] - step * number) for number, beat in enumerate(beats))
        return step if off <= STEADY else None


@dataclass(frozen=True)
class Track:
    """What a clip sounds like: its length in frames, the bed's id or alias (None: no music, unless there is a ``tune``), effects, voices, and the
    frame of the cut to its last scene, where a bed's last chord is best heard.
    """

    frames: int
    fps: int
    bed: str | None
    cues: tuple[Cue, ...] = ()
    voices: tuple[Voice, ...] = ()
    tune: Tune | None = None
    closing: int | None = None

    @property
    def music(self) -> bool:
        """Whether music is heard."""
        return self.bed is not None or self.tune is not None

    @property
    def brought(self) -> bool:
        """Whether people's own music or voices are heard, of which nobody knows how high their peaks stand."""
        return self.tune is not None or bool(self.voices)

    @property
    def levelled(self) -> bool:
        """Whether it is brought to the target loudness: not when all it holds is effects, or nothing."""
        return self.music or bool(self.voices)

    @property
    def made_by_ai(self) -> tuple[str, ...]:
        """What of it was made by AI: nothing, as long as all it can hold is recorded music and effects. A synthetic voice would say ``voice`` here."""
        return ()


@cache
def beds() -> tuple[Bed, ...]:
    """Every stored bed, by id."""
    files = sorted(
        (f for f in resources.files("vidkit").joinpath("music").iterdir() if f.name.endswith(".yaml")),
        key=lambda f: f.name,
    )
    return tuple(_bed(mapping(file.read_text(encoding="utf-8"))) for file in files)


def bed(name: str) -> Bed:
    """The bed with this id, alias or name; refuses with VK-S001."""
    for found in beds():
        if name in {found.id, found.name_zh, found.name_en, *found.aliases}:
            return found
    known = "、".join(f"{b.name_zh}({b.id})" for b in beds())
    raise Refusal(problem("VK-S001", name=name, known=known))


def samples_in(frames: int, fps: int) -> int:
    """Samples that frames last, to the nearest."""
    return (frames * RATE * 2 + fps) // (2 * fps)


def _bed(data: dict[str, Any]) -> Bed:
    return Bed(
        id=data["id"],
        aliases=tuple(data["aliases"]),
        name_zh=data["name"]["zh"],
        name_en=data["name"]["en"],
        file=data["file"],
        sha256=data["sha256"],
        tempo_bpm=data["tempo_bpm"],
        beat_samples=data["beat_samples"],
        beats_per_bar=data["beats_per_bar"],
        body_beats=data["body"]["beats"],
        loop_to_beat=data["body"]["loop_to_beat"],
        ending_beats=data["ending"]["beats"],
        final_chord_beat=data["ending"]["final_chord_beat"],
        key=data["key"],
        lufs=data["measured"]["lufs"],
        licence=data["licence"],
    )

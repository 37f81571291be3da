"""A brief and its template → the clip's music, and the beat its cuts lie on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vidkit.audio import track
from vidkit.audio.musical import OwnMusic
from vidkit.audio.track import RATE, Track
from vidkit.boards.pacing import Meter

if TYPE_CHECKING:
    from vidkit.audio.track import Tune
    from vidkit.brief import Brief
    from vidkit.kit import Template

PULSE: Final = 0.5
"""Seconds between two beats where no music is heard."""
FREE: Final = 2.0
"""Frames between two beats where cuts need not lie on any."""


def heard(brief: Brief, template: Template, tune: Tune | None, fps: int) -> Track:
    """The clip's music before its length is known: the brief's own, the bed it names, or the template's; refuses an unknown one
    of a template with VK-S001.
    """
    if isinstance(brief.music, OwnMusic):
        return Track(0, fps, None, tune=tune)
    named = template.music if brief.music == "default" else brief.music
    return Track(0, fps, track.bed(named).id if named else None)


def meter(brief: Brief, music: Track) -> Meter:
    """The beat that cuts lie on, the first being the clip's first frame: the music's, with its bars; a pulse without bars where no even beat is
    heard; with beats switched off cuts lie anywhere.
    """
    if not brief.beats:
        return Meter(music.fps, FREE / 2)
    beat, bar = PULSE * RATE, 0
    if music.tune and music.tune.even:
        beat, bar = music.tune.even, music.tune.beats_per_bar
    elif music.bed:
        found = track.bed(music.bed)
        beat, bar = found.beat_samples, found.beats_per_bar
    return Meter(music.fps, beat * music.fps / RATE / 2, bar)

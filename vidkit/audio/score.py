"""A brief and its template → the clip's music, and the beat its cuts lie on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vidkit.audio import track
from vidkit.audio.musical import OwnMusic
from vidkit.audio.track import RATE, Bed, Track, beds

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


def bed(name: str | None) -> Bed | None:
    """The bed of a name, or None."""
    return next((bed for bed in beds() if name in {bed.id, *bed.aliases}), None)


def frames_per_beat(brief: Brief, music: Track) -> float:
    """Frames from beat to beat, the first one being the clip's first frame; with beats switched off cuts lie anywhere."""
    if not brief.beats:
        return FREE
    if music.tune is not None:
        return (music.tune.even or PULSE * RATE) * music.fps / RATE
    found = bed(music.bed)
    return found.beat_samples * music.fps / RATE if found else PULSE * music.fps


def beats_per_bar(brief: Brief, music: Track) -> int:
    """Beats in a bar, the first bar beginning with the clip; 0 where no even beat is heard, or beats are switched off."""
    if not brief.beats:
        return 0
    if music.tune is not None:
        return music.tune.beats_per_bar if music.tune.even else 0
    found = bed(music.bed)
    return found.beats_per_bar if found else 0

"""A brief and its template → the clip's music, and the beat its cuts lie on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vidkit.musical import OwnMusic
from vidkit.track import RATE, Bed, Track, beds

if TYPE_CHECKING:
    from vidkit.brief import Brief
    from vidkit.kit import Template
    from vidkit.track import Tune

PULSE: Final = 0.5
"""Seconds between two beats where no music is heard."""
FREE: Final = 2.0
"""Frames between two beats where cuts need not lie on any."""
STEADY: Final = RATE // 30
"""Samples that a beat of music may lie beside an even grid at most, so that cuts on the grid are within a frame of the beat."""


def heard(brief: Brief, template: Template, tune: Tune | None, fps: int) -> Track:
    """The clip's music before its length is known: the brief's own, the bed it names, or the template's."""
    if isinstance(brief.music, OwnMusic):
        return Track(0, fps, None, tune=tune)
    found = bed(template.music if brief.music == "default" else brief.music)
    return Track(0, fps, found.id if found else None)


def bed(name: str | None) -> Bed | None:
    """The bed of a name, or None."""
    return next((bed for bed in beds() if name in {bed.id, *bed.aliases}), None)


def frames_per_beat(brief: Brief, music: Track) -> float:
    """Frames from beat to beat, the first one being the clip's first frame; with beats switched off cuts lie anywhere."""
    if not brief.beats:
        return FREE
    if music.tune is not None:
        return (even(music.tune) or PULSE * RATE) * music.fps / RATE
    found = bed(music.bed)
    return found.beat_samples * music.fps / RATE if found else PULSE * music.fps


def even(tune: Tune) -> float | None:
    """Samples from beat to beat of music with an even beat; None for music that breathes, or has no beat."""
    beats = np.array(tune.beats[tune.first_bar :], float)
    if len(beats) <= tune.beats_per_bar:
        return None
    step = float((beats[-1] - beats[0]) / (len(beats) - 1))
    off = np.abs(beats - beats[0] - step * np.arange(len(beats)))
    return step if float(off.max()) <= STEADY else None

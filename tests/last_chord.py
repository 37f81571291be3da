"""Where the music of a track ends, for tests and measurements of what is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import sound
from vidkit.audio import track

if TYPE_CHECKING:
    from vidkit.audio.track import Track


def landing(one: Track) -> int | None:
    """The frame on which the last chord of a track's bed lands; None without a bed."""
    if one.bed is None:
        return None
    bed, samples = track.bed(one.bed), track.samples_in(one.frames, one.fps)
    closing = None if one.closing is None else track.samples_in(one.closing, one.fps)
    at = (sound.attach_beat(bed, samples, closing) + bed.final_chord_beat) * bed.beat_samples
    return round(at * one.fps / track.RATE)

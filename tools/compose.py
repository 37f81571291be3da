"""Composes vidkit's music: scores in ``tools/band`` → notes → samples → ``vidkit/music/<id>.ogg`` and its data ``<id>.yaml``.

Run ``python tools/compose.py [ID …]``. Everything heard is computed with numpy: strings, piano and bars as decaying
partials, flute, horn and bows as periods read at a wavering pitch, noise for percussion, breath and the room. No recording or
sample is used. Chance is seeded per note, so the same numpy makes the same samples.
"""

from __future__ import annotations

import hashlib
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import yaml
from band import calm, lively, morning, proud, tender, warm
from band.desk import beat_samples, render
from band.tone import RATE

from vidkit import ffmpeg, sound

if TYPE_CHECKING:
    from band.score import Piece

MUSIC: Final = Path(__file__).parent.parent / "vidkit" / "music"
LICENCE: Final = "original, MIT with vidkit"
MADE: Final = "composed for vidkit and synthesised by tools/compose.py with numpy; no recordings or samples"

PIECES: Final = {
    piece.id: piece for piece in (morning.PIECE, warm.PIECE, calm.PIECE, lively.PIECE, proud.PIECE, tender.PIECE)
}


def store(piece: Piece) -> dict[str, Any]:
    """Render and store a piece; the data written beside it."""
    raw = render(piece).astype(np.float32).tobytes()
    plain = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-threads", "1")
    came = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    coded = ("-c:a", "libvorbis", "-q:a", str(piece.quality))
    packed = ffmpeg.run([*came, *coded, *plain, "-f", "ogg", "pipe:1"], stdin=raw)
    MUSIC.joinpath(f"{piece.id}.ogg").write_bytes(packed)
    return noted(piece, packed)


def noted(piece: Piece, packed: bytes) -> dict[str, Any]:
    """Write the data of a stored piece beside it."""
    data = described(piece, packed)
    words = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    MUSIC.joinpath(f"{piece.id}.yaml").write_text(words, encoding="utf-8", newline="\n")
    return data


def described(piece: Piece, packed: bytes) -> dict[str, Any]:
    """A piece's data: names, grid, positions in beats, what the stored file measures, rights."""
    heard = np.frombuffer(ffmpeg.run(["-i", "pipe:0", "-f", "f32le", "pipe:1"], stdin=packed), np.float32).reshape(
        -1, 2
    )
    peak, power = float(np.abs(heard).max()), float(np.square(heard, dtype=np.float64).mean())
    return {
        "id": piece.id,
        "aliases": [*piece.aliases, piece.zh],
        "name": {"zh": piece.zh, "en": piece.en},
        "file": f"{piece.id}.ogg",
        "sha256": hashlib.sha256(packed).hexdigest(),
        "key": piece.key,
        "tempo_bpm": piece.tempo_bpm,
        "beats_per_bar": piece.beats_per_bar,
        "beat_samples": beat_samples(piece),
        "frames_per_beat": whole_frames(piece),
        "body": {
            "first_beat": 0,
            "beats": piece.body_beats,
            "loop_to_beat": piece.loop_to_bar * piece.beats_per_bar,
        },
        "ending": {
            "first_beat": piece.body_beats,
            "beats": piece.cadence_beats + piece.ring_beats,
            "final_chord_beat": piece.cadence_beats,
        },
        "measured": {
            "lufs": round(sound.loudness(heard), 2),
            "sample_peak_db": round(20 * float(np.log10(peak)), 2),
            "crest_db": round(20 * float(np.log10(peak)) - 10 * float(np.log10(power)), 1),
            "correlation": round(float(np.corrcoef(heard[:, 0], heard[:, 1]).min()), 2),
        },
        "licence": LICENCE,
        "made": MADE,
    }


def whole_frames(piece: Piece) -> dict[int, int]:
    """Frames in a beat at the frame rates where that is a whole number."""
    beats = {fps: Fraction(beat_samples(piece) * fps, RATE) for fps in (25, 30, 50, 60)}
    return {fps: int(frames) for fps, frames in beats.items() if frames.denominator == 1}


if __name__ == "__main__":
    for name in sys.argv[1:] or PIECES:
        print(yaml.safe_dump(store(PIECES[name]), allow_unicode=True, sort_keys=False))

"""A film made ready to be played: upright, covered, at a constant rate, in the cache; the value that photos, prints and assets carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # pydantic reads it

FPS = 30
"""Frames a second of every reel, as of every clip."""
CHUNK = 12
"""Frames from one key frame of a reel to the next: so many are read at once. Two fifths of a second are a whole number of microseconds."""


@dataclass(frozen=True)
class Reel:
    """What was made of an excerpt of a film: its content key, the reel and its sharpest frame as a picture (both covered, without sound or
    metadata), how many frames it has, its width and height in pixels, the AI label of the film, and how many faces and codes are covered in it.
    """

    key: str
    file: Path
    still: Path
    frames: int
    size: tuple[int, int]
    label: str = ""
    faces: int = 0
    codes: int = 0

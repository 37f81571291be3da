"""A film made ready to be played: upright, covered, at a constant rate, in the cache; the value that photos, prints and assets carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # pydantic reads it

from vidkit.photos.matrix import WHOLE, Part

FPS = 30
"""Frames a second of every reel, as of every clip."""
CHUNK = 12
"""Frames from one key frame of a reel to the next: so many are read at once. Two fifths of a second are a whole number of microseconds."""


@dataclass(frozen=True)
class Reel:
    """What was made of an excerpt of a film; file and still are covered, without sound or metadata."""

    key: str
    """The hash of everything it follows from."""
    file: Path
    still: Path
    """Its sharpest frame as a picture."""
    frames: int
    size: tuple[int, int]
    """Width and height, px."""
    label: str = ""
    """The AI label of the film, if any."""
    faces: int = 0
    """How many faces are covered in it."""
    codes: int = 0
    """How many codes are covered in it."""
    inside: Part = WHOLE
    """What of it lies between black bars from its beginning to its end."""

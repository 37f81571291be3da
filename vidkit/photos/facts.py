"""What a photo is, without its pixels: content hash, upright size, centre of interest. Remembered by content."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from vidkit.photos.file import read

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.problems import Place

VERSION = 1
LOOK = (200, 200)


@dataclass(frozen=True)
class Facts:
    """A photo's SHA-256, upright width and height in pixels, and where to look (fractions of both)."""

    sha256: str
    width: int
    height: int
    focus: tuple[float, float]


@dataclass(frozen=True)
class Asset:
    """Where a photo of a given hash lies, how people call it, and its upright width and height in pixels."""

    file: Path
    name: str
    size: tuple[int, int]


def look(file: Path, cache: Cache, *, name: str, place: Place | None = None) -> Facts:
    """The photo's facts; the whole file is decoded once, so a broken one is refused here (VK-P…)."""
    source = read(file, name=name, place=place)
    key = sha256(f"facts {VERSION} {source.sha256}".encode()).hexdigest()
    held = cache.recall(key)
    if held:
        return Facts(held["sha256"], held["width"], held["height"], (held["focus"][0], held["focus"][1]))
    from vidkit.photos import decode, frame  # noqa: PLC0415  # Pillow and OpenCV are not needed for photos seen before

    width, height = decode.header(source)
    found = Facts(source.sha256, width, height, frame.interest(decode.picture(source, at_least=LOOK)))
    cache.remember(key, asdict(found))
    return found


def crop(
    size: tuple[int, int], ratio: float, focus: tuple[float, float], close: float = 1.0
) -> tuple[float, float, float, float]:
    """The largest part of a picture of ``size`` (width, height) with width/height = ``ratio`` whose middle is as near the focus as
    the edges allow, ``close`` times smaller than that: left, top, right, bottom as fractions, rounded to a millionth.
    """
    own = size[0] / size[1]
    width, height = (ratio / own / close, 1.0 / close) if own > ratio else (1.0 / close, own / ratio / close)
    left = min(max(focus[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(focus[1] - height / 2, 0.0), 1.0 - height)
    return round(left, 6), round(top, 6), round(left + width, 6), round(top + height, 6)

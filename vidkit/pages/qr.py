"""A brief's QR code: the text in it (typed, or read from a picture of a code) and the code drawn anew as SVG."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit.photos import decode
from vidkit.photos.file import read
from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vidkit.brief import Photo, Qr
    from vidkit.plan import Script

QUIET = 4
"""Modules of white on every side of a code (ISO/IEC 18004)."""
SIDE = 2000
"""A picture of a code is decoded with at least this many pixels on its sides, if it has them."""
SIDES = (900, 1800, 450)
"""The sizes at which a code is looked for, px of the longer side."""


@dataclass(frozen=True)
class Drawn:
    """A code to be drawn: the path of its dark modules in px from its upper left corner, and its side with the quiet zone in px."""

    path: str
    side: int


def text(script: Script) -> str:
    """What the brief's code says, "" without one; refuses (VK-G102) a picture no code can be read in."""
    return _text(script.brief.qr) if script.brief.qr else ""


@lru_cache(maxsize=8)
def _text(said: Qr) -> str:
    return said.text or (_read(said.picture) if said.picture else "")


def _read(photo: Photo) -> str:
    pixels = decode.picture(read(photo.path, name=photo.name, place=photo.place), at_least=(SIDE, SIDE))
    found = next(filter(None, (_decoded(one) for one in _looks(pixels))), "")
    if not found:
        raise Refusal(problem("VK-G102", photo.place, name=photo.name))
    return found


def _looks(rgb: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """The picture in grey with white around it, at several sizes: a detector that fails at one may read another."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    longer = max(grey.shape)
    for side in SIDES:
        scale = min(side / longer, 4.0)
        sized = cv2.resize(
            grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        )
        edge = side // 12
        yield np.asarray(cv2.copyMakeBorder(sized, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _decoded(grey: NDArray[np.uint8]) -> str:
    for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        with suppress(cv2.error):
            words, _, _ = detector.detectAndDecode(grey)
            if words:
                return str(words)
    return ""


@lru_cache(maxsize=8)
def drawn(words: str, least: int) -> Drawn:
    """A code of at least ``least`` px without its quiet zone, its modules whole px; refuses (VK-G103) what no code can hold."""
    import segno  # noqa: PLC0415  # only pages with a code pay for it

    try:
        made = segno.make(words, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise Refusal(problem("VK-G103", length=len(words))) from error
    rows = [[bool(dark) for dark in row] for row in made.matrix]
    module = math.ceil(least / len(rows))
    return Drawn("".join(_bars(rows, module)), module * (len(rows) + 2 * QUIET))


def _bars(rows: list[list[bool]], module: int) -> Iterator[str]:
    """Every run of dark modules in a row as one bar."""
    for y, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            count = len(list(run))
            if dark:
                left, top = (at + QUIET) * module, (y + QUIET) * module
                yield f"M{left} {top}h{count * module}v{module}h-{count * module}z"
            at += count

"""A picture → where QR codes and barcodes are, as corners in fractions of the picture. Nothing is read from them, nothing kept.

The detector that looks for the three squares one by one (``QRCodeDetectorAruco``) finds codes half as large as the older one and
does not fail on dark pictures, which the older one does. It looks at the picture at several sizes: a large code in a shaken picture is found where
that is small. The older one finds no more of what can be read, costs as much again, and ten seconds on some pictures.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from vidkit.photos import frame
from vidkit.photos.areas import Area, alike
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Quad = tuple[tuple[float, float], ...]


class Grey(NamedTuple):
    """A picture in grey at the sizes at which QR codes (largest first) and barcodes are looked for."""

    qr: tuple[NDArray[np.uint8], ...]
    barcode: NDArray[np.uint8]


def find(rgb: NDArray[np.uint8]) -> tuple[Quad, ...]:
    """The four corners of every QR code and barcode in an upright RGB picture, as fractions, from the top of the picture to the bottom."""
    return in_grey(grey(rgb))


def grey(rgb: NDArray[np.uint8]) -> Grey:
    """An upright RGB picture in grey, as large as it is to be looked at."""
    known = table("privacy")["codes"]
    whole = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    most = round(max(whole.shape) * known["enlarge"])
    sides = dict.fromkeys(min(side, most) for side in known["qr_sides"])
    sizes = tuple(accumulate(sides, _at, initial=whole))[1:]
    return Grey(sizes, _at(whole, min(known["barcode_side"], most)))


def in_grey(picture: Grey) -> tuple[Quad, ...]:
    """What ``find`` finds, in a picture that ``grey`` made."""
    detector = cv2.QRCodeDetectorAruco()
    squares = _distinct(quad for one in picture.qr for quad in _quads(detector, one))
    found = {*squares, *_quads(cv2.barcode.BarcodeDetector(), picture.barcode)}
    return tuple(sorted(found, key=lambda quad: (min(y for _, y in quad), quad)))


def _distinct(found: Iterable[Quad]) -> list[Quad]:
    """One find a code, the first."""
    kept: list[Quad] = []
    for quad in found:
        if not any(alike(Area("polygon", quad), Area("polygon", other)) for other in kept):
            kept.append(quad)
    return kept


def _at(grey: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The picture with its longest side ``side`` pixels long."""
    height, width = grey.shape
    scale = side / max(width, height)
    size = max(16, round(width * scale)), max(16, round(height * scale))
    return frame.resized(grey, size)


def _quads(detector: cv2.GraphicalCodeDetector, grey: NDArray[np.uint8]) -> Iterator[Quad]:
    height, width = grey.shape
    found, corners = detector.detectMulti(grey)
    for quad in np.asarray(corners).reshape(-1, 4, 2) if found else ():
        yield tuple((round(float(x) / width, 5), round(float(y) / height, 5)) for x, y in quad)

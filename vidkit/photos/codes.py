"""A picture → where QR codes and barcodes are, as corners in fractions of the picture. Nothing is read from them, nothing kept.

The detector that looks for the three squares one by one (``QRCodeDetectorAruco``) finds codes half as large as the older one and
does not fail on dark pictures, which the older one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Quad = tuple[tuple[float, float], ...]


def find(rgb: NDArray[np.uint8]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The four corners of every QR code and barcode in an upright RGB picture, as fractions, from the top of the picture to the bottom."""
    return in_grey(grey(rgb))


def grey(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An upright RGB picture grey, at the size at which QR codes are looked for."""
    known = table("privacy")["codes"]
    height, width = rgb.shape[:2]
    scale = min(known["qr_side"] / max(width, height), known["enlarge"])
    return _scaled(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8), scale)


def in_grey(picture: NDArray[np.uint8]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """What ``find`` finds, in a picture that ``grey`` made."""
    known = table("privacy")["codes"]
    smaller = min(1.0, known["barcode_side"] / max(picture.shape))
    found = {
        *_quads(cv2.QRCodeDetectorAruco(), picture),
        *_quads(cv2.barcode.BarcodeDetector(), _scaled(picture, smaller)),
    }
    return tuple(sorted(found, key=lambda quad: (min(y for _, y in quad), quad)))


def _scaled(grey: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    height, width = grey.shape
    if scale == 1:
        return grey
    size = max(16, round(width * scale)), max(16, round(height * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), np.uint8)


def _quads(detector: cv2.GraphicalCodeDetector, grey: NDArray[np.uint8]) -> Iterator[Quad]:
    height, width = grey.shape
    found, corners = detector.detectMulti(grey)
    for quad in np.asarray(corners).reshape(-1, 4, 2) if found else ():
        yield tuple((round(float(x) / width, 5), round(float(y) / height, 5)) for x, y in quad)

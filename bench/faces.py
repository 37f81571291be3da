"""How well faces are found: one face picture pasted into photos of rooms at many sizes, and false alarms on the photos themselves.

``python bench/faces.py FOLDER FACE [--sizes 16,24,…]`` prints the lowest score over three photos for each case and size (``.``: not found
at all), the highest score a covered face still gets, then what is found in each photo of FOLDER as it is, with CPU seconds. Sizes
are the height of YuNet's box in a picture of 1080x1440 pixels. One face proves little about other people's faces; look at the photos.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit.photos import codes, decode, faces, redact

if TYPE_CHECKING:
    from vidkit.colour import Bytes

CANVAS = (1080, 1440)
LONGEST = 2000
SIZES = (16, 24, 40, 80, 160, 320, 600)
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".heic"}
AT = (0.5, 0.55)


@dataclass(frozen=True)
class Case:
    """What is done to the pasted face: turned by degrees, lower half covered, cut in half by the left edge, exposure of the whole."""

    name: str
    angle: int = 0
    masked: bool = False
    half: bool = False
    light: float = 1.0


CASES = (
    Case("plain"),
    Case("masked", masked=True),
    Case("half", half=True),
    Case("dark", light=0.15),
    *(Case(f"turned {angle}", angle=angle) for angle in (30, 60, 90, 180, 225)),
)


def opened(file: Path) -> Bytes:
    """A photo, no larger than ``LONGEST``."""
    rgb = decode.picture(decode.read(file, name=file.name))
    scale = min(1.0, LONGEST / max(rgb.shape[:2]))
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def scene(rgb: Bytes) -> Bytes:
    """The middle of a photo as large as the canvas."""
    scale = max(CANVAS[0] / rgb.shape[1], CANVAS[1] / rgb.shape[0])
    big = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = (big.shape[1] - CANVAS[0]) // 2, (big.shape[0] - CANVAS[1]) // 2
    return np.asarray(big[y : y + CANVAS[1], x : x + CANVAS[0]], np.uint8)


def cut(rgb: Bytes) -> tuple[Bytes, float]:
    """The square around the best face of a picture, 2.3 boxes high, and the height of the box in it."""
    height, width = rgb.shape[:2]
    best = max(faces.find(rgb), key=lambda face: face.score).box
    tall = (best[3] - best[1]) * height
    x, y, reach = (best[0] + best[2]) / 2 * width, (best[1] + best[3]) / 2 * height, round(1.15 * tall)
    padded = cv2.copyMakeBorder(rgb, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    return np.asarray(padded[round(y) : round(y) + 2 * reach, round(x) : round(x) + 2 * reach], np.uint8), tall


def pasted(room: Bytes, face: Bytes, tall: float, size: int, case: Case) -> tuple[Bytes, tuple[float, float]]:
    """The room with the face in it, ``size`` pixels high, and the face's middle in pixels."""
    made, side = face.copy(), face.shape[0]
    if case.masked:
        middle, reach = side / 2, 0.55 * tall
        made[round(middle) : round(middle + 0.75 * tall), round(middle - reach) : round(middle + reach)] = (
            150,
            180,
            215,
        )
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), case.angle, 1)
    made = np.asarray(cv2.warpAffine(made, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    far = np.hypot(*np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j])
    scale = size / tall
    target = max(4, round(side * scale))
    kernel = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(made, (target, target), interpolation=kernel).astype(np.float32)
    alpha = cv2.resize(np.clip((0.95 - far) / 0.12, 0, 1), (target, target), interpolation=kernel)[..., None]
    left = round(-target / 2) if case.half else round(AT[0] * CANVAS[0] - target / 2)
    top = round(AT[1] * CANVAS[1] - target / 2)
    out, hidden = room.astype(np.float32), max(0, -left)
    part = out[top : top + target, max(0, left) : left + target]
    shown = np.s_[: part.shape[0], hidden : hidden + part.shape[1]]
    part[:] = part * (1 - alpha[shown]) + small[shown] * alpha[shown]
    return np.asarray(np.clip(out * case.light, 0, 255), np.uint8), (left + target / 2, top + target / 2)


def score(rgb: Bytes, middle: tuple[float, float], size: int) -> float:
    """The best score of a find whose middle lies within half a face of where the face is; 0 without one."""
    height, width = rgb.shape[:2]
    best = 0.0
    for face in faces.find(rgb):
        left, top, right, bottom = face.box
        x, y = (left + right) / 2 * width - middle[0], (top + bottom) / 2 * height - middle[1]
        tall = max((right - left) * width, (bottom - top) * height)
        if abs(x) < size / 2 and abs(y) < size / 2 and 0.4 < tall / size < 2.2:
            best = max(best, face.score)
    return best


def covered(rgb: Bytes) -> Bytes:
    """With everything found covered."""
    return redact.soften(rgb, [redact.of_face(face) for face in faces.find(rgb)])


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("face", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    given = parser.parse_args()
    cv2.setNumThreads(1)
    photos = [file for file in sorted(given.folder.iterdir()) if file.suffix.lower() in SUFFIXES]
    large = sorted((file for file in photos if file != given.face), key=lambda file: (-file.stat().st_size, file.name))
    rooms = [scene(opened(file)) for file in large[:3]]
    face, tall = cut(opened(given.face))
    sizes = [int(size) for size in given.sizes.split(",")]
    print("score/after cover".ljust(18), *(f"{size:>9}" for size in sizes))
    for case in CASES:
        cells = []
        for size in sizes:
            made = [pasted(room, face, tall, size, case) for room in rooms]
            seen = min(score(rgb, middle, size) for rgb, middle in made)
            left = max(score(covered(rgb), middle, size) for rgb, middle in made[:1])
            cells.append(f"{seen or '.':>4}/{left or '.':<4}")
        print(case.name.ljust(18), *cells, flush=True)
    for file in photos:
        rgb = opened(file)
        begun = time.process_time()
        found = faces.find(rgb)
        between = time.process_time()
        marks = codes.find(rgb)
        done = time.process_time()
        scores = " ".join(f"{each.score:.2f}" for each in found) or "-"
        print(
            f"{file.name:34} faces {between - begun:.2f} s, codes {done - between:.2f} s: {scores}; {len(marks)} codes"
        )


if __name__ == "__main__":
    main()

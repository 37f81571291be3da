"""A picture → where faces are and how sure that is, as fractions of the picture. Nobody is identified: boxes and scores are all there is.

YuNet (OpenCV Zoo, MIT) looks at the picture at several sizes, and at a small size also turned by quarters, since it was trained
on upright faces of about 10 to 300 pixels. Its landmarks are thrown away here.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.photos.lanes import HALF, HEAVY, NONE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from vidkit.photos.lanes import Lanes

    Box = tuple[float, float, float, float]
    Find = tuple[Box, float, int]

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # OpenCV 5 warns about a target nobody asked for
MODEL = "models/face_detection_yunet_2023mar.onnx"
SAME_PLACE, SAME_SIZE = 0.35, 2.0
"""Two finds are also one face when their middles lie this near (in widths of the smaller) and their sizes differ by less than this."""
CANDIDATES = 5000
_SEATS = threading.BoundedSemaphore(HALF)
"""Detectors for pictures in their largest size, which take 180 MB each, films' too."""
_IDLE: dict[bool, list[Any]] = {True: [], False: []}
"""Detectors nobody uses, by whether they looked at pictures in their largest size."""
_LINE: deque[None] = deque()
"""One for every picture that waits to be looked at in its largest size."""


@dataclass(frozen=True)
class Face:
    """Where a face is: left, top, right, bottom as fractions of the upright photo (a little outside 0..1 for a face the edge cuts), and
    the detector's score from 0 to 1.
    """

    box: tuple[float, float, float, float]
    score: float


def find(
    rgb: NDArray[np.uint8],
    otherwise: Mapping[str, Any] = MappingProxyType({}),
    *,
    smaller: NDArray[np.uint8] | None = None,
) -> tuple[Face, ...]:
    """Every face in an upright RGB picture that scores at least ``show_from``, in reading order: rows from the top, each from the left;
    ``otherwise`` are figures that take the place of those in ``privacy.yaml``, ``smaller`` is the picture averaged to a size that is
    at hand already.
    """
    known = table("privacy")["faces"] | otherwise
    return _settled(rgb, known, [_looked(rgb, smaller, known, one) for one in _passes(known, max(rgb.shape[:2]))])


def begin(rgb: NDArray[np.uint8], smaller: NDArray[np.uint8], lanes: Lanes = NONE) -> Callable[[], tuple[Face, ...]]:
    """``find``, begun in lanes beside what else is done with the picture, its largest size beside the others: what waits for the faces and
    gives them.
    """
    known = table("privacy")["faces"]
    first, *others = _passes(known, max(rgb.shape[:2]))
    _LINE.append(None)
    sizes = [lanes.begin("large", _looked_first, rgb, smaller, known, first)]
    sizes += [lanes.begin("small", partial(_looked, large=False), rgb, smaller, known, one) for one in others]
    return lambda: _settled(rgb, known, [one() for one in sizes])


def _settled(rgb: NDArray[np.uint8], known: Mapping[str, Any], looked: Iterable[list[Find]]) -> tuple[Face, ...]:
    """The faces in a picture by what was found in its sizes."""
    height, width = rgb.shape[:2]
    least = known["smallest"] * max(width, height)
    found = [
        (box, score)
        for box, score, turn in chain.from_iterable(looked)
        if least <= max(box[2] - box[0], box[3] - box[1]) <= _largest(known, score) * max(width, height)
        and (not turn or score >= known["turned_from"])
    ]
    kept = _rows(_outside(_distinct(found, known["overlap"]), known["cover_from"]))
    return tuple(Face(_fractions(box, width, height), round(score, 2)) for box, score in kept)


def _largest(known: Mapping[str, Any], score: float) -> float:
    """How large a find may be, of the photo's longest side: a large face is seen surely, or it is none."""
    return float(known["doubtful_largest"]) if score < known["turned_from"] else 2.0


def head(face: Face, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The whole head around a face, with hair, ears and chin: left, top, right, bottom as fractions, inside the photo of ``size``
    (width, height) pixels. A face that lies on its side gets the room for hair on all sides.
    """
    room = table("privacy")["head"]
    left, top, right, bottom = face.box
    wide, tall = right - left, bottom - top
    lies = wide * size[0] > tall * size[1] * 1.05
    sides = max(room["sides"], room["top"]) if lies else room["sides"]
    below = room["sides"] if lies else room["bottom"]
    outer = left - sides * wide, top - room["top"] * tall, right + sides * wide, bottom + below * tall
    return _rounded(min(max(value, 0.0), 1.0) for value in outer)


@cache
def _model() -> bytes:
    return resources.files("vidkit").joinpath(MODEL).read_bytes()


@contextmanager
def _detector(least: float, *, large: bool = True) -> Iterator[Any]:
    """A detector for one size of a picture; it keeps the size, and for a size it has memory for already it takes a third less time. Of those for the
    largest size there are half as many as cores: looking for faces is a third of what is done to a photo.
    """
    with _SEATS if large else nullcontext():
        detector = _IDLE[large].pop() if _IDLE[large] else _new()
        try:
            detector.setScoreThreshold(least)
            yield detector
        finally:
            _IDLE[large].append(detector)


def _looked_first(*asked: Any) -> list[Find]:
    """The finds in a picture's largest size; when no other picture waits, the detector and its memory are let go of: pairs may still be laid on
    each other.
    """
    with HEAVY:
        _LINE.pop()
        found = _looked(*asked)
    if not _LINE:
        _IDLE[True].clear()
    return found


def _new() -> Any:
    network = np.frombuffer(_model(), np.uint8)
    return cv2.FaceDetectorYN.create("onnx", network, np.zeros(0, np.uint8), (320, 320), 0.5, 0.3, CANDIDATES)


def forget() -> None:
    """Let go of the detectors nobody uses, and of their memory."""
    for idle in _IDLE.values():
        idle.clear()


def _passes(known: Mapping[str, Any], longest: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Longest side in pixels, and the quarter turns, of every size that a picture with that longest side is looked at in; largest first."""
    sides: dict[int, set[int]] = {}
    for each in known["passes"]:
        sides.setdefault(min(each["side"], round(longest * known["enlarge"])), set()).update(each["turns"])
    for side in sorted(sides, reverse=True):
        yield side, tuple(sorted(sides[side], reverse=True))


def _looked(
    rgb: NDArray[np.uint8],
    smaller: NDArray[np.uint8] | None,
    known: Mapping[str, Any],
    one: tuple[int, tuple[int, ...]],
    *,
    large: bool = True,
) -> list[Find]:
    """The finds in one size and its turns (``one`` of ``_passes``), in pixels of the picture, each with its turn; ``smaller`` is the same at a size that may be the one."""
    side, turns = one
    height, width = rgb.shape[:2]
    scale = side / max(width, height)
    size = max(16, round(width * scale)), max(16, round(height * scale))
    ready = smaller if smaller is not None and size == (smaller.shape[1], smaller.shape[0]) else None
    small = _resized(rgb, size) if ready is None else ready
    bgr = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), np.uint8)
    with _detector(known["show_from"], large=large) as detector:
        return [
            ((box[0] * width, box[1] * height, box[2] * width, box[3] * height), score, turn)
            for turn in turns
            for box, score in _look(detector, _turned(bgr, turn), turn)
        ]


def _turned(bgr: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """A picture turned anticlockwise by quarters."""
    ways = (None, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)
    way = ways[turn]
    return bgr if way is None else np.asarray(cv2.rotate(bgr, way), np.uint8)


def _look(detector: Any, turned: NDArray[np.uint8], turn: int) -> Iterator[tuple[Box, float]]:
    """The finds of one pass over a turned BGR picture as fractions of the unturned one, without those too large for the pass."""
    detector.setInputSize((turned.shape[1], turned.shape[0]))
    rows = detector.detect(turned)[1]
    largest = table("privacy")["faces"]["largest_px"]
    for row in [] if rows is None else rows:
        box = (float(row[0]), float(row[1]), float(row[0] + row[2]), float(row[1] + row[3]))
        if max(box[2] - box[0], box[3] - box[1]) <= largest:
            yield _unturned(box, turn, (turned.shape[1], turned.shape[0])), float(row[14])


def _resized(rgb: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if size == (rgb.shape[1], rgb.shape[0]):
        return rgb
    smaller = size[0] < rgb.shape[1]
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR), np.uint8)


def _unturned(box: Box, turn: int, size: tuple[int, int]) -> Box:
    """A box in pixels of a picture of ``size`` that was turned anticlockwise by quarters, as fractions of the unturned picture."""
    left, top, right, bottom = box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]
    for _ in range(turn):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


def _distinct(found: Iterable[tuple[Box, float]], overlap: float) -> list[tuple[Box, float]]:
    """One find a face, the one with the best score."""
    kept: list[tuple[Box, float]] = []
    for box, score in sorted(found, key=lambda one: (-one[1], one[0])):
        if not any(_same(box, other, overlap) for other, _ in kept):
            kept.append((box, score))
    return kept


def _outside(found: list[tuple[Box, float]], sure: float) -> list[tuple[Box, float]]:
    """Without the unsure finds that lie wholly within a sure one: an eye or a mouth, covered with the face anyway."""
    large = [box for box, score in found if score >= sure]
    return [(box, score) for box, score in found if score >= sure or not any(_within(box, other) for other in large)]


def _within(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def _same(one: Box, other: Box, overlap: float) -> bool:
    """Whether two boxes hold one face: they share much, or are about as large and have nearly the same middle."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(across, 0.0) * max(down, 0.0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    if shared >= overlap * (sum(areas) - shared):
        return True
    sizes = sorted(area**0.5 for area in areas)
    apart = np.hypot(one[0] + one[2] - other[0] - other[2], one[1] + one[3] - other[1] - other[3]) / 2
    return bool(apart < SAME_PLACE * sizes[0] and sizes[1] < SAME_SIZE * sizes[0])


def _rows(found: Iterable[tuple[Box, float]]) -> list[tuple[Box, float]]:
    """In reading order: a face stands in the row of the face above when its middle lies higher than that face's lower edge."""
    rows: list[list[tuple[Box, float]]] = []
    for one in sorted(found, key=lambda one: (one[0][1] + one[0][3], one[0][0])):
        if rows and (one[0][1] + one[0][3]) / 2 < rows[-1][0][0][3]:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda one: one[0][0] + one[0][2])]


def _fractions(box: Box, width: int, height: int) -> Box:
    return _rounded((box[0] / width, box[1] / height, box[2] / width, box[3] / height))


def _rounded(values: Iterable[float]) -> Box:
    """To a hundred-thousandth: a tenth of a pixel of any photo."""
    left, top, right, bottom = (round(float(value), 5) for value in values)
    return left, top, right, bottom

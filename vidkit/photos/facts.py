"""What a photo is, without its pixels: content hash, upright size, faces and codes in it, faults, where to look. Remembered by content.

Nobody is identified: of a face only its place and how sure the finder is are kept. No metadata of the file is kept, but the label that says
it was made by AI.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vidkit.painting import heap
from vidkit.photos import heif
from vidkit.photos import metadata as marks
from vidkit.photos.areas import Area
from vidkit.photos.file import kind
from vidkit.photos.lanes import HEAVY, NONE
from vidkit.photos.matrix import WHOLE
from vidkit.tables import engine, table

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from vidkit.cache import Cache
    from vidkit.photos import codes
    from vidkit.photos.file import Source
    from vidkit.photos.lanes import Lanes
    from vidkit.photos.matrix import Part, Point

WORKING_SIDE = 1500
"""Photos are examined at least this large (longer side, pixels) if they are, and less than twice as large or at ``FINE_SIDE``."""
LARGE = 30_000_000
"""Photos of this many pixels are decoded one at a time: each may take most of a gigabyte."""
_ONE_AT_A_TIME = threading.Lock()
_THREADS: list[int] = []
"""How many threads OpenCV had before photos were examined: the first counts."""
FINE_SIDE = 2800
"""Codes are looked for in photos at least this large."""
STRAY = 4
"""So many bytes before a JPEG's end that belong to no pixel are a camera's habit; more, unless all are alike, mean that bytes were changed."""
TOOLS = ("numpy", "opencv-python-headless", heif.library(), "pillow")
STUDY = (
    *("colour.py", "models/face_detection_yunet_2023mar.onnx", "models/selfie_segmentation.tflite"),
    *(f"data/{name}.yaml" for name in ("align", "editors", "limits", "portrait", "privacy", "quality")),
    *(f"photos/{name}.py" for name in ("align", "alike", "areas", "boxes", "change", "codes", "decode")),
    *(
        f"photos/{name}.py"
        for name in ("faces", "facts", "file", "frame", "heif", "lanes", "matrix", "metadata", "montage")
    ),
    *(f"photos/{name}.py" for name in ("pair", "portrait", "quality", "redact", "tone", "warp")),
)
"""What decides the facts: when one of these changes, photos are examined again."""


@dataclass(frozen=True)
class Find:
    """Something found in a photo that people may not want to show: a face or a code, how sure the finder is (0 to 1), the place to
    cover, and around a face the whole head.
    """

    kind: Literal["face", "code"]
    score: float
    area: Area
    head: Part | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a photo."""

    sha256: str
    width: int
    """Upright, px."""
    height: int
    focus: Point
    """Where to look."""
    finds: tuple[Find, ...] = ()
    """Faces and codes in it."""
    faults: tuple[str, ...] = ()
    """``damaged``, ``collage``, ``screen``, ``barred``, ``blurred``, ``dark``, ``small``, ``shrunk``."""
    label: str = ""
    """Its AI label; "" without one."""
    odd: bool = False
    """Bytes were left over when its pixels were decoded."""
    lightness: float = 1.0
    """The lightness (CIELAB, 0 to 1) that a quarter of it exceeds."""
    likeness: str = ""
    """What it looks like (``alike``); "" of one that was not examined."""
    inside: Part = WHOLE
    """What of it lies between black bars."""


def look(source: Source, cache: Cache, at_hand: Callable[[], None] = lambda: None, lanes: Lanes = NONE) -> Facts:
    """The photo's facts; the whole file is decoded once, so a broken one is refused here (VK-P…). ``at_hand`` is called once the photo is
    decoded, or need not be, while faces may still be looked for.
    """
    name = f"{marks.named_by_chat(source.name)}{_named(source.name)}"
    key = hashlib.sha256(f"facts {version()} {source.sha256} {name}".encode()).hexdigest()
    held = cache.recall(key)
    if held:
        at_hand()
        return _recalled(held)
    found = _examined(source, at_hand, lanes)
    cache.remember(key, asdict(found))
    return found


@cache
def version() -> str:
    """A hash of everything that decides what is found out about photos."""
    return engine(STUDY, tools=TOOLS)


class _Pixels(NamedTuple):
    """A photo as it is examined: in colour, grey as codes are looked for in it, and small as pairs are laid on each other; faces are
    looked for at that size too. ``left`` is what the pixels left of their code.
    """

    rgb: NDArray[np.uint8]
    grey: codes.Grey
    small: NDArray[np.uint8]
    left: bytes


@lru_cache(maxsize=4)
def _pixels(source: Source) -> _Pixels:
    """The photo decoded once for all that is looked for in it."""
    from vidkit.photos import align, codes, frame  # noqa: PLC0415  # OpenCV is not needed for photos seen before

    _prepare()
    fine, left = _decoded(source, FINE_SIDE)
    rgb = frame.halved(fine) if max(fine.shape) >= 2 * WORKING_SIDE else fine
    rgb.flags.writeable = False
    return _Pixels(rgb, codes.grey(fine), align.small(rgb), left)


def working(source: Source) -> NDArray[np.uint8]:
    """The photo as it is examined: upright RGB, its longer side ``WORKING_SIDE`` px or up to twice that; not to be written to."""
    return _pixels(source).rgb


def small(source: Source) -> NDArray[np.uint8]:
    """The photo as pairs are laid on each other first; not to be written to."""
    return _pixels(source).small


@lru_cache(maxsize=4)
def plainly(source: Source) -> tuple[Part, bool]:
    """What of the photo lies between black bars, and whether it is a collage."""
    from vidkit.photos import montage  # noqa: PLC0415  # OpenCV is not needed for photos seen before

    return montage.look(small(source))


def _decoded(source: Source, side: int) -> tuple[NDArray[Any], bytes]:
    """The photo with its longer side at least ``side`` px, if it has that many, and what its pixels left of their code."""
    from vidkit.photos import decode  # noqa: PLC0415  # Pillow is not needed for photos seen before

    width, height = decode.header(source)
    longer = max(width, height)
    wanted = width * side // longer, height * side // longer
    if width * height < LARGE:
        return decode.closely(source, at_least=wanted)
    with _ONE_AT_A_TIME, HEAVY:
        return decode.closely(source, at_least=wanted)


def _prepare() -> None:
    """Freed memory stays at hand, and a photo is one thread's work: as many as there are cores are examined at a time, and OpenCV's
    own threads would only wait for work, which costs as much as doing some.
    """
    import cv2  # noqa: PLC0415  # not needed for photos seen before

    heap.keep()
    _THREADS.append(cv2.getNumThreads())
    cv2.setNumThreads(1)


def forget() -> None:
    """Let go of the photos examined last, and of the memory it took."""
    heap.give_back()
    if _THREADS:
        import cv2  # noqa: PLC0415  # loaded already: there are photos

        from vidkit.photos import faces  # noqa: PLC0415  # the same

        _pixels.cache_clear()
        plainly.cache_clear()
        faces.forget()
        cv2.setNumThreads(_THREADS[0])
        _THREADS.clear()
        heap.trim()


def _examined(source: Source, at_hand: Callable[[], None], lanes: Lanes) -> Facts:
    from vidkit.photos import alike, codes, decode, faces, frame, quality, redact  # noqa: PLC0415  # not needed for photos seen before

    size, (rgb, grey, smaller, left), said = decode.header(source), _pixels(source), marks.marks(source)
    seen = faces.begin(rgb, smaller, lanes)
    signs = tuple(Find("code", 1.0, redact.of_code(quad)) for quad in codes.in_grey(grey))
    damaged = ("damaged",) if len(left) > STRAY and len({*left}) > 1 else ()
    inside, kinds = _put_together(source, smaller, camera=said.upright and bool(said.taken))
    shown = frame.inside(rgb, inside)
    measured = quality.measure(shown)
    faults = (*damaged, *kinds, *quality.faults(measured, frame.sized(size, inside), chat=said.chat))
    focus = frame.out_of(inside, frame.interest(shown))
    at_hand()
    people = tuple(
        Find("face", face.score, redact.of_face(face), faces.head(face, (rgb.shape[1], rgb.shape[0])))
        for face in seen()
    )
    finds, bright, likeness = (*people, *signs), measured.brightness, alike.likeness(smaller)
    return Facts(source.sha256, *size, focus, finds, faults, said.aigc, bool(left), bright, likeness, inside)


def _put_together(source: Source, smaller: NDArray[np.uint8], *, camera: bool) -> tuple[Part, tuple[str, ...]]:
    """What of a photo lies between black bars, and what it is besides a photo."""
    from vidkit.photos import montage  # noqa: PLC0415  # OpenCV is not needed for photos seen before

    inside, together = plainly(source)
    screen = montage.screen(smaller, _named(source.name), png=kind(source.content) == "PNG", camera=camera)
    said = {"collage": together, "screen": screen, "barred": inside != WHOLE and not screen}
    return inside, tuple(word for word, true in said.items() if true)


def _named(name: str) -> str:
    """What a file's name says of how its picture was made: ``screen``, ``png`` (which no camera writes) or nothing."""
    low = name.lower()
    return (
        "screen" if any(word in low for word in table("quality")["screen"]["names"]) else "png" * low.endswith(".png")
    )


def _recalled(held: dict[str, Any]) -> Facts:
    finds = tuple(
        Find(
            one["kind"],
            one["score"],
            Area(one["area"]["shape"], tuple((x, y) for x, y in one["area"]["points"])),
            tuple(one["head"]) if one["head"] else None,
        )
        for one in held["finds"]
    )
    return Facts(
        held["sha256"],
        held["width"],
        held["height"],
        (held["focus"][0], held["focus"][1]),
        finds,
        tuple(held["faults"]),
        held["label"],
        held["odd"],
        held["lightness"],
        held["likeness"],
        tuple(held["inside"]),
    )

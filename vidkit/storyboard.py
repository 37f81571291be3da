"""The values between layout and paint: a storyboard of scenes, each a whole number of frames, its layers in pixels.

Everything is frozen, plain and hashable; nothing here names a file, a date or a template. Boxes are even pixels of the
canvas; a ``Picture`` is named by the content hash of its file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from vidkit.motion import FULL, STILL, Curve, Key, at, moves, steady

if TYPE_CHECKING:
    from vidkit.audio.track import Kind

Reveal = Literal["wipe", "split", "hand-wipe", "stacked", "flip", "flash"]


@dataclass(frozen=True)
class Box:
    """A rectangle of canvas pixels; all four numbers are even, so that half-size chroma fits."""

    x: int
    y: int
    width: int
    height: int

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Its left, top, right and bottom edge, px."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True)
class Picture:
    """A part of a photo or a film."""

    sha256: str
    """The id of its print."""
    crop: tuple[float, float, float, float]
    """Left, top, right and bottom of the upright photo, as fractions of 1."""
    moves: int = 0
    """How many frames a film has; 0: it is no film."""
    frame: int | None = None
    """Which frame of a film; None: the one that serves as its photo."""


@dataclass(frozen=True)
class Photo:
    """A picture filling a box. A photo is moved by a zoom, one much wider than its box past it; a film plays instead."""

    picture: Picture
    box: Box
    radius: int = 0
    """Of its corners, px."""
    zoom: Curve = FULL
    about: tuple[float, float] = (0.5, 0.5)
    """The point the zoom is about, as fractions of the box."""
    begins: float = 0
    """The frame of the film with which the scene begins."""
    pace: float = 1.0
    """Frames of the film a frame of the clip."""
    wide: int = 0
    """How wide the picture is, px, where the box shows only part of it at a time; 0: as wide as the box."""
    pan: Curve = STILL
    """How many of its columns lie left of the box then, px."""


@dataclass(frozen=True)
class Graphic:
    """An SVG drawn in a box from frame ``first`` up to, not including, ``last`` of its scene."""

    svg: str
    box: Box
    first: int
    last: int
    opacity: Curve = FULL
    dx: Curve = STILL
    dy: Curve = STILL
    scale: Curve = FULL


@dataclass(frozen=True)
class Compare:
    """Before and after in one box; ``progress`` 0 (or less: a ``flash`` comes closer from -1) shows only the before, 1 only the after, or for
    ``stacked`` both.

    ``stacked`` puts the before in the upper and the after in the lower half: both pictures are cropped for half the box's height, and
    ``about`` is a point of each half. ``labels`` are drawn on the before and on the after, each whole or not at all, in ``stacked`` where
    they stand in the end; ``handle`` is drawn centred on the line of a wipe or a split.
    """

    before: Picture
    after: Picture
    box: Box
    kind: Reveal
    progress: Curve
    radius: int = 0
    zoom: Curve = FULL
    about: tuple[float, float] = (0.5, 0.5)
    labels: tuple[Graphic, Graphic] | None = None
    handle: Graphic | None = None


@dataclass(frozen=True)
class Backdrop:
    """What lies behind everything: a picture blurred, darkened to ``light`` of 1 and tinted (#rrggbb), or the tint alone; on it, when there is a
    ``card``, the card's soft shadow and light edge (#rrggbb).
    """

    tint: str = "#000000"
    picture: Picture | None = None
    card: Box | None = None
    radius: int = 0
    edge: str = "#ffffff"
    light: float = 0.42


@dataclass(frozen=True)
class Transition:
    """How a scene gives way to the next: a registered name and the frames taken from both (0 for a cut)."""

    kind: str = "cut"
    frames: int = 0


@dataclass(frozen=True)
class Cue:
    """A sound effect at a frame of its scene."""

    frame: int
    kind: Kind


@dataclass(frozen=True)
class Scene:
    """Some frames with a backdrop, pictures and graphics, bottom to top, and the transition into the next scene."""

    name: str
    frames: int
    backdrop: Backdrop | None = None
    pictures: tuple[Photo | Compare, ...] = ()
    graphics: tuple[Graphic, ...] = ()
    into: Transition = Transition()
    cues: tuple[Cue, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Speech:
    """A piece of a recording, kept under ``key``: its samples ``start`` to ``start + length`` are heard from a frame of the clip on."""

    key: str
    start: int
    length: int
    frame: int


@dataclass(frozen=True)
class Subtitle:
    """Words that are said from frame ``first`` of the clip up to, not including, ``last``."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Storyboard:
    """A whole clip before it is cut into segments."""

    canvas: tuple[int, int]
    """Width and height, px."""
    fps: int
    scenes: tuple[Scene, ...]
    left_out: tuple[str, ...] = ()
    """The brief's fields whose optional scenes had no room."""
    marks: tuple[Graphic, ...] = ()
    """What lies over all scenes and transitions, in frames of the clip."""
    speeches: tuple[Speech, ...] = ()
    """What is heard of recorded voices."""
    subtitles: tuple[Subtitle, ...] = ()
    """What they say, and when."""
    captions: tuple[Graphic, ...] = ()
    """The drawings of those subtitles that stand nowhere else; they lie under the marks."""

    @property
    def frames(self) -> int:
        """Frames of the whole clip: every scene's less those a transition shares."""
        return sum(scene.frames - scene.into.frames for scene in self.scenes)

    @property
    def starts(self) -> tuple[int, ...]:
        """The clip's frame on which each scene first shows."""
        found, at = [], 0
        for scene in self.scenes:
            found.append(at)
            at += scene.frames - scene.into.frames
        return tuple(found)


def during(mark: Graphic, start: int, frames: int) -> Graphic | None:
    """What a mark of the clip is in the ``frames`` frames from ``start`` on, in frames of that part; None where it does not show."""
    first, last = max(mark.first - start, 0), min(mark.last - start, frames)
    if first >= last:
        return None
    fades = moves(mark.opacity, start + first, start + last - 1)
    keys = tuple(replace(key, frame=key.frame - start) for key in mark.opacity)
    return replace(mark, first=first, last=last, opacity=keys if fades else steady(at(mark.opacity, start + first)))


def shrunk(board: Storyboard, divisor: int) -> Storyboard:
    """The same storyboard on a canvas smaller by a whole number: for quick looks."""
    width, height = board.canvas
    canvas = (width // divisor, height // divisor)
    scenes = tuple(_shrunk_scene(scene, divisor) for scene in board.scenes)
    marks, captions = (tuple(_graphic(one, divisor) for one in over) for over in (board.marks, board.captions))
    return replace(board, canvas=canvas, scenes=scenes, marks=marks, captions=captions)


def nearest_even(value: float) -> int:
    """The nearest even whole number: what lies on it lies on whole pixels of U and V too."""
    return 2 * round(value / 2)


def _box(box: Box, divisor: int) -> Box:
    return Box(
        *(nearest_even(v / divisor) for v in (box.x, box.y)),
        *(max(2, nearest_even(v / divisor)) for v in (box.width, box.height)),
    )


def _curve(curve: Curve, divisor: int) -> Curve:
    return tuple(Key(key.frame, key.value / divisor, key.ease) for key in curve)


def _graphic(item: Graphic, divisor: int) -> Graphic:
    return replace(item, box=_box(item.box, divisor), dx=_curve(item.dx, divisor), dy=_curve(item.dy, divisor))


def _shrunk_picture(item: Photo | Compare, divisor: int) -> Photo | Compare:
    small = replace(item, box=_box(item.box, divisor), radius=item.radius // divisor)
    if isinstance(small, Photo):
        return replace(small, wide=nearest_even(small.wide / divisor), pan=_curve(small.pan, divisor))
    handle = _graphic(small.handle, divisor) if small.handle else None
    labels = (_graphic(small.labels[0], divisor), _graphic(small.labels[1], divisor)) if small.labels else None
    return replace(small, labels=labels, handle=handle)


def _shrunk_scene(scene: Scene, divisor: int) -> Scene:
    backdrop = scene.backdrop
    if backdrop:
        card = _box(backdrop.card, divisor) if backdrop.card else None
        backdrop = replace(backdrop, card=card, radius=backdrop.radius // divisor)
    return replace(
        scene,
        backdrop=backdrop,
        pictures=tuple(_shrunk_picture(p, divisor) for p in scene.pictures),
        graphics=tuple(_graphic(g, divisor) for g in scene.graphics),
    )

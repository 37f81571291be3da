"""A brief → a MoviePy clip: the frames of ``vidkit frame`` with the sound of the finished clip, for people who edit in Python; and back: a
MoviePy clip → a film that a brief may name.

Needs the extra: ``pip install "vidkit-jiazheng[moviepy]"``, in an environment of its own (docs/moviepy.md says why). What MoviePy writes is
not a finished clip of ours: nobody has checked it, and no AI label lies in the file.
"""

from __future__ import annotations

import importlib
import math
import runpy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from vidkit import cache, colour, encode, plan, sound
from vidkit import clip as clips
from vidkit.audio.track import RATE
from vidkit.commands import today
from vidkit.encode import Settings
from vidkit.film.reel import FPS
from vidkit.painting.album import Album
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.audio.mastering import Samples
    from vidkit.colour import Bytes
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Storyboard

EARLY: Final = 1e-6
"""Seconds times frames a second may be this much less than a whole frame and still mean it."""


def clip(brief: Path | str, platform: str | None = None, *, draft: bool = False) -> Any:
    """The brief's clip for a platform (its first if left out) as a ``moviepy.VideoClip`` with sound; a ``draft`` is a third as large.

    Refuses what ``vidkit make`` refuses, and with VK-M025 where MoviePy is missing.
    """
    moviepy = _moviepy()
    script = plan.read(Path(brief), cache.default(), today=today())
    one = plan.plan(script, plan.platforms(script, platform)[0], draft=draft)
    video = moviepy.VideoClip(frame_function=Frames(one, Album(script.assets)), duration=seconds(one.board))
    return video.with_fps(one.board.fps).with_audio(moviepy.AudioArrayClip(heard(script, one), fps=RATE))


def from_clip(source: Any, file: Path | str, *, seconds: float | None = None) -> Path:
    """A MoviePy clip, or the path of a Python script that defines ``clip`` (or a function of that name that returns one), rendered without sound to a
    film at ``file`` (.mp4) that a brief may name where a photo stands; at most ``seconds`` of it. A script is run: use your own only.

    Refuses (VK-F013) what gives no clip with a length, and a file that is no ``.mp4``.
    """
    _moviepy()
    video, out = _video(source), Path(file)
    if out.suffix.lower() != ".mp4" or not getattr(video, "duration", None):
        raise Refusal(problem("VK-F013", name=out if out.suffix.lower() != ".mp4" else source))
    lasts = min(video.duration, seconds or video.duration)
    count = max(1, math.floor(lasts * FPS + EARLY))
    canvas = int(video.size[0]) // 4 * 4, int(video.size[1]) // 4 * 4
    settings = Settings(**table("footage")["reel"]["encoder"])
    drawn = (_yuv(video.get_frame(number / FPS), canvas) for number in range(count))
    with cache.default().scratch() as folder:
        encode.segment(drawn, count, canvas, FPS, settings, folder / "film.mp4")
        cache.deliver(folder / "film.mp4", out)
    return out


def _video(source: Any) -> Any:
    """The clip itself, or what a script calls ``clip``."""
    if not isinstance(source, str | Path):
        return source
    found = runpy.run_path(str(source)).get("clip")
    return found() if callable(found) and not hasattr(found, "get_frame") else found


def _yuv(rgb: Any, canvas: tuple[int, int]) -> Bytes:
    """A frame of a clip as the encoder wants it: a mask's single channel three times, an odd row or column left out."""
    shown = np.asarray(rgb)
    shown = np.dstack([shown * 255] * 3) if shown.ndim == 2 else shown[..., :3]
    return colour.of_rgb(np.ascontiguousarray(np.clip(shown[: canvas[1], : canvas[0]], 0, 255).astype(np.uint8)))


def seconds(board: Storyboard) -> float:
    """How long a storyboard lasts: the nearest seconds that give its frames again when MoviePy counts them, rounding down."""
    lasts = board.frames / board.fps
    return lasts if int(lasts * board.fps) == board.frames else math.nextafter(lasts, math.inf)


def heard(script: Script, one: Plan) -> Samples:
    """The clip's mastered sound before it is encoded: float32, shape (samples, 2), 48 kHz."""
    return sound.mastered(one.track, plan.recorded(script))


@dataclass(eq=False)
class Frames:
    """A plan's frame at a second as RGB, painted when asked for; what one segment's frames share is kept until another's is wanted."""

    plan: Plan
    album: Album
    _kept: tuple[int, Callable[[int], Bytes]] | None = field(default=None, repr=False)

    def __call__(self, at: float) -> Bytes:
        """The frame on screen at a second; before the clip its first, after it its last."""
        board = self.plan.board
        frame = min(max(math.floor(at * board.fps + EARLY), 0), board.frames - 1)
        number, step = clips.found(self.plan.segments, frame)
        if self._kept is None or self._kept[0] != number:
            self._kept = number, clips.painter(self.plan.segments[number], self.album)
        return colour.to_rgb(self._kept[1](step))


def _moviepy() -> Any:
    try:
        return importlib.import_module("moviepy")
    except ImportError as error:
        raise Refusal(problem("VK-M025")) from error

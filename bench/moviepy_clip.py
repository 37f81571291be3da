"""A storyboard written by ``material.export`` → the same clip, written plainly in MoviePy 2.2: ``moviepy_clip.py STORY.json FRAMES OUT.mp4``.

Runs in an environment of its own; knows nothing of vidkit. ImageClips resized and placed by functions of time, in
CompositeVideoClips, with masks for the reveals and CrossFadeIn for fades, as MoviePy's documentation shows it. Backgrounds are
opaque wherever they can be, since MoviePy then leaves masks out.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip, vfx

if TYPE_CHECKING:
    from collections.abc import Callable

BLACK = (0, 0, 0)
EARLY = 1e-6
"""Seconds by which every part starts before its frame, so that rounding never loses it."""
AWAY = 10_000


def main(story_file: Path, frames: int, out: Path) -> None:
    """Write the first ``frames`` frames of the story."""
    story, folder = json.loads(story_file.read_text(encoding="utf-8")), story_file.parent
    fps, encoder = story["fps"], story["encoder"]
    whole = film(story, folder).with_duration((frames + 0.5) / fps)  # MoviePy cuts duration x fps to a whole number
    whole.write_videofile(
        str(out),
        fps=fps,
        codec="libx264",
        preset=encoder["preset"],
        audio=str(folder / story["sound"]),
        audio_codec="copy",
        ffmpeg_params=[*encoder["params"], "-vf", "scale=out_color_matrix=bt709:out_range=tv"],
        logger=None,
    )


def film(story: dict[str, Any], folder: Path) -> VideoClip:
    """All scenes, one lying over the end of the one before."""
    fps, canvas, clips, start = story["fps"], tuple(story["canvas"]), [], 0
    entry: dict[str, Any] = {"kind": "cut", "frames": 0}
    for said in story["scenes"]:
        made = scene(said, canvas, fps, folder)
        made = leaving(entering(made, entry, canvas, fps), said["into"], said["frames"], canvas, fps)
        clips.append(made.with_start(max(0, start / fps - EARLY)))
        start += said["frames"] - said["into"]["frames"]
        entry = said["into"]
    return CompositeVideoClip(clips, size=canvas, bg_color=BLACK)


def scene(said: dict[str, Any], canvas: tuple[int, int], fps: int, folder: Path) -> VideoClip:
    """One scene: ground, pictures, graphics."""
    duration = said["frames"] / fps
    clips = [ImageClip(str(folder / said["ground"])).with_duration(duration)] if said["ground"] else []
    for item in said["pictures"]:
        clips += picture(item, canvas, fps, duration, folder)
    clips += [graphic(item, fps, folder) for item in said["graphics"]]
    return CompositeVideoClip(clips, size=canvas, bg_color=BLACK).with_duration(duration)


def value(curve: float | list[float], t: float, fps: int) -> float:
    """A curve's value at a time: a number, or one number a frame."""
    return curve[min(max(round(t * fps), 0), len(curve) - 1)] if isinstance(curve, list) else curve


# Pictures


def picture(item: dict[str, Any], canvas: tuple[int, int], fps: int, duration: float, folder: Path) -> list[VideoClip]:
    """A photo or a pair; its clips directly when it fills the canvas, in a box of their own otherwise."""
    clips = (
        [photo(item, item["file"], fps, duration, folder)]
        if item["kind"] == "photo"
        else pair(item, fps, duration, folder)
    )
    x, y, *size = item["box"]
    if tuple(size) == canvas and not item["corners"]:
        return clips
    boxed = CompositeVideoClip(clips, size=tuple(size), bg_color=BLACK).with_duration(duration)
    if item["corners"]:
        boxed = boxed.with_mask(ImageClip(str(folder / item["corners"]), is_mask=True).with_duration(duration))
    return [boxed.with_position((x, y))]


def photo(item: dict[str, Any], file: str, fps: int, duration: float, folder: Path) -> VideoClip:
    """One photo, moved by its zoom about its anchor."""
    still = ImageClip(str(folder / file)).with_duration(duration)
    zoom, most, (x, y) = item["zoom"], item["most"], item["anchor"]
    if not isinstance(zoom, list):
        return still.resized(zoom / most).with_position((round(x - x * zoom), round(y - y * zoom)))

    def place(t: float) -> tuple[int, int]:
        now = value(zoom, t, fps)
        return round(x - x * now), round(y - y * now)

    return still.resized(lambda t: value(zoom, t, fps) / most).with_position(place)


def pair(item: dict[str, Any], fps: int, duration: float, folder: Path) -> list[VideoClip]:
    """Before, and after over it through a mask, and the handle."""
    width, height = size = tuple(item["box"][2:])
    x, y = item["box"][:2]

    def line(t: float) -> int:
        return 2 * round((1 - value(item["progress"], t, fps)) * int(width) / 2)

    def side(which: int) -> VideoClip:
        shown = photo(item, item[("before", "after")[which]], fps, duration, folder)
        labels = [graphic(item["labels"][which], fps, folder, (x, y))] if item["labels"] else []
        if item["kind"] == "split":
            shift = (lambda t: (round((line(t) - width) / 2), 0)) if which == 0 else (lambda t: (round(line(t) / 2), 0))
            boxed = CompositeVideoClip([shown], size=size, bg_color=BLACK).with_duration(duration).with_position(shift)
            shown = boxed
        return CompositeVideoClip([shown, *labels], size=size, bg_color=BLACK).with_duration(duration)

    mask = VideoClip(
        _cloth(item, fps, folder) if item["kind"] == "hand-wipe" else _columns(line, width, height), is_mask=True
    )
    clips = [side(0), side(1).with_mask(mask.with_duration(duration))]
    if item["handle"] and item["kind"] != "hand-wipe":
        clips.append(handle(item, line, fps, folder))
    return clips


def _columns(line: Callable[[float], int], width: int, height: int) -> Callable[[float], np.ndarray]:
    def mask(t: float) -> np.ndarray:
        made = np.zeros((height, width))
        made[:, line(t) :] = 1
        return made

    return mask


def _cloth(item: dict[str, Any], fps: int, folder: Path) -> Callable[[float], np.ndarray]:
    arrival = ImageClip(str(folder / item["arrival"]), is_mask=True).get_frame(0) * 255
    soft = item["softness"]

    def mask(t: float) -> np.ndarray:
        return np.asarray(np.clip((value(item["progress"], t, fps) * (255 + soft) - arrival) / soft, 0, 1))

    return mask


def handle(item: dict[str, Any], line: Callable[[float], int], fps: int, folder: Path) -> VideoClip:
    """The line with its handle where the reveal is, out of sight while nothing is revealed."""
    said = item["handle"]
    drawn = ImageClip(str(folder / said["file"])).with_duration((said["last"] - said["first"]) / fps)
    up, middle = said["box"][1] - item["box"][1], 2 * round(said["box"][2] / 4)

    def place(t: float) -> tuple[int, int]:
        hidden = not item["hidden"] < value(item["progress"], t, fps) < 1 - item["hidden"]
        return (AWAY if hidden else line(t) - middle), up

    return drawn.with_position(place)


# Graphics


def graphic(item: dict[str, Any], fps: int, folder: Path, origin: tuple[int, int] = (0, 0)) -> VideoClip:
    """A drawing with its entry and exit."""
    drawn = ImageClip(str(folder / item["file"])).with_duration((item["last"] - item["first"]) / fps)
    x, y, width, height = item["box"]
    x, y = x - origin[0], y - origin[1]
    scale, opacity = item["scale"], item["opacity"]
    if isinstance(scale, list) or scale != 1:
        drawn = drawn.resized(lambda t: max(value(scale, t, fps), 0.01))
    if isinstance(opacity, list):
        drawn = drawn.with_mask(drawn.mask.transform(lambda get, t: get(t) * value(opacity, t, fps)))
    elif opacity != 1:
        drawn = drawn.with_opacity(opacity)

    def place(t: float) -> tuple[int, int]:
        grown = (value(scale, t, fps) - 1) / 2
        return (
            math.floor(x + value(item["dx"], t, fps) - width * grown),
            math.floor(y + value(item["dy"], t, fps) - height * grown),
        )

    still = not any(isinstance(item[name], list) for name in ("dx", "dy", "scale"))
    placed = drawn.with_position(place(0) if still else place)
    return placed.with_start(max(0, item["first"] / fps - EARLY))


# Transitions


def eased(t: float, frames: int, fps: int) -> float:
    """Half a cosine over a transition, 1 after it."""
    progress = min(max((round(t * fps) + 1) / (frames + 1), 0), 1)
    return 0.5 - 0.5 * math.cos(math.pi * progress)


def entering(made: VideoClip, said: dict[str, Any], canvas: tuple[int, int], fps: int) -> VideoClip:
    """The scene with how it comes in over the one before."""
    kind, frames, (width, height) = said["kind"], said["frames"], canvas
    if not frames or kind == "cut":
        return made
    if kind == "slide":
        return made.with_position(lambda t: (round(width * (1 - min((round(t * fps) + 1) / (frames + 1), 1)) ** 3), 0))
    if kind == "push":
        return made.with_position(lambda t: (round(width * (1 - eased(t, frames, fps))), 0))
    if kind == "wipe":
        mask = VideoClip(_columns(lambda t: round(width * (1 - eased(t, frames, fps))), width, height), is_mask=True)
        return made.with_mask(mask.with_duration(made.duration))
    if kind == "zoom-through":
        near = made.resized(lambda t: 1 + 0.2 * (1 - eased(t, frames, fps))).with_position("center")
        made = CompositeVideoClip([near], size=canvas, bg_color=BLACK).with_duration(made.duration)
    return made.with_effects([vfx.CrossFadeIn(frames / fps)])


def leaving(made: VideoClip, said: dict[str, Any], length: int, canvas: tuple[int, int], fps: int) -> VideoClip:
    """The scene with how it goes while the next comes in."""
    frames, first = said["frames"], length - said["frames"]
    if said["kind"] not in {"push", "zoom-through"} or not frames:
        return made

    def progress(t: float) -> float:
        at = t - first / fps
        return eased(at, frames, fps) if round(at * fps) >= 0 else 0.0

    if said["kind"] == "push":
        return CompositeVideoClip(
            [made.with_position(lambda t: (-round(canvas[0] * progress(t)), 0))], size=canvas, bg_color=BLACK
        ).with_duration(length / fps)
    grown = made.resized(lambda t: 1 + 0.6 * progress(t)).with_position("center")
    return CompositeVideoClip([grown], size=canvas, bg_color=BLACK).with_duration(length / fps)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

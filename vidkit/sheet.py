"""A plan → pictures to look at: one frame, or a contact sheet of the clip's moments with time codes; both painted as in the clip.

A moment is a segment and a step in it. What lies under a platform's own buttons and the box for words can be drawn over them.
"""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from vidkit import cache, clip, colour, graphics
from vidkit.pages import png
from vidkit.problems import Refusal, problem
from vidkit.runs import ours
from vidkit.storyboard import Compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.kits.platform import Platform
    from vidkit.painting.album import Album
    from vidkit.plan import Plan
    from vidkit.timeline import Segment

SHARES = (0.25, 0.5, 0.8)
"""Where in a reveal the moments lie: the first glimpse, on the way, nearly done."""
COLUMNS = 8
GAP = 8
LABEL = 0.15
"""The height of the line of words under a tile, as a share of the tile's width."""
GROUND, INK = "#22282b", "#f4efe6"


class Moment(NamedTuple):
    """The segment's number in the clip, the step in it, and the clip's frame; all from 0."""

    segment: int
    step: int
    frame: int


def moments(segments: Sequence[Segment]) -> tuple[Moment, ...]:
    """The middle of every segment, three steps of every reveal, and the clip's first frame."""
    found = [Moment(0, 0, 0)]
    for number, (segment, start) in enumerate(zip(segments, clip.starts(segments), strict=True)):
        found += [Moment(number, step, start + step) for step in _steps(segment)]
    return tuple(dict.fromkeys(found))


def _steps(segment: Segment) -> Iterator[int]:
    reveals = not segment.onto and any(isinstance(picture, Compare) for picture in segment.scene.pictures)
    for share in SHARES if reveals else (0.5,):
        yield min(segment.frames - 1, int(share * segment.frames))


def painted(segment: Segment, steps: Sequence[int], album: Album) -> Iterator[Bytes]:
    """The segment's frames at some steps, each as the clip has it."""
    return map(clip.painter(segment, album), steps)


def still(plan: Plan, album: Album, seconds: float, *, safe: bool = False) -> Bytes:
    """The frame shown at a second of the clip as RGB (H, W, 3); refuses a second outside the clip with VK-M006."""
    drawn = shown(plan.segments, album, seconds)
    return over(drawn, guides(plan.platform)) if safe else drawn


def shown(segments: Sequence[Segment], album: Album, seconds: float) -> Bytes:
    """The same from a clip's segments; an ``album`` that is kept makes the next frame of a scene in a fraction of the time."""
    total, fps = sum(segment.frames for segment in segments), segments[0].fps
    at = math.floor(seconds * fps + 1e-6) if math.isfinite(seconds) else -1
    if not 0 <= at < total:
        raise Refusal(problem("VK-M006", seconds=f"{seconds:g}", length=f"{total / fps:.2f}"))
    number, step = clip.found(segments, at)
    return colour.to_rgb(clip.painter(segments[number], album)(step))


def sheet(
    plan: Plan,
    album: Album,
    *,
    width: int,
    safe: bool = False,
    advance: Callable[[int], None] = lambda _tiles: None,
) -> Bytes:
    """The contact sheet as RGB (H, W, 3), ``width`` pixels wide; ``advance`` is told of every tile."""
    chosen = moments(plan.segments)
    columns = -(-len(chosen) // -(-len(chosen) // COLUMNS))
    tile = _tile(plan.board.canvas, (width - GAP) // columns - GAP)
    label = round(tile[0] * LABEL)
    corners = [
        (GAP + i % columns * (tile[0] + GAP), GAP + i // columns * (tile[1] + label + GAP)) for i in range(len(chosen))
    ]
    made = np.empty((corners[-1][1] + tile[1] + label + GAP, width, 3), np.uint8)
    made[:] = colour.rgb(GROUND)
    for (x, y), drawn in zip(corners, _tiles(plan, chosen, album, tile, safe=safe), strict=True):
        made[y : y + tile[1], x : x + tile[0]] = drawn
        advance(1)
    below = [(x, y + tile[1]) for x, y in corners]
    return over(made, f"{_svg(width, made.shape[0])}{_labels(plan, chosen, below, tile[0], label)}</svg>")


def _tile(canvas: tuple[int, int], width: int) -> tuple[int, int]:
    return width, round(width * canvas[1] / canvas[0])


def _tiles(plan: Plan, chosen: Sequence[Moment], album: Album, tile: tuple[int, int], *, safe: bool) -> Iterator[Bytes]:
    """The moments' frames reduced to tiles; a segment is made ready once for all its moments."""
    lines = guides(plan.platform)
    for number, segment in enumerate(plan.segments):
        for drawn in painted(segment, [m.step for m in chosen if m.segment == number], album):
            small = np.asarray(cv2.resize(colour.to_rgb(drawn), tile, interpolation=cv2.INTER_AREA), np.uint8)
            yield over(small, lines) if safe else small


def over(rgb: Bytes, svg: str) -> Bytes:
    """The picture (H, W, 3) with an SVG of the same shape drawn over it."""
    drawn = graphics.premultiplied(graphics.rasterise(svg, rgb.shape[1], rgb.shape[0]))
    kept = rgb.astype(np.uint16) * (255 - drawn[..., 3:]) // 255
    return np.asarray(np.clip(kept + drawn[..., :3], 0, 255), np.uint8)


def guides(platform: Platform) -> str:
    """An SVG of the canvas: what the platform's app covers in translucent red, and the box for words outlined in green."""
    width, height = platform.canvas
    covered = "".join(
        f'<rect x="{b.left}" y="{b.top}" width="{b.right - b.left}" height="{b.bottom - b.top}" fill="#e5484d" fill-opacity="0.4"/>'
        for b in platform.overlay
    )
    safe = platform.safe
    corners = (
        *((safe.left, safe.top), (safe.right, safe.top), (safe.right, safe.narrow_from_y)),
        *((safe.narrow_right, safe.narrow_from_y), (safe.narrow_right, safe.bottom), (safe.left, safe.bottom)),
    )
    outline = " ".join(f"{x},{y}" for x, y in corners)
    box = f'<polygon points="{outline}" fill="none" stroke="#30d158" stroke-width="6" stroke-dasharray="24 12"/>'
    return f"{_svg(width, height)}{covered}{box}</svg>"


def _labels(plan: Plan, chosen: Sequence[Moment], corners: Sequence[tuple[int, int]], width: int, label: int) -> str:
    """SVG texts under every tile, ``corners`` being their left ends: a time code on the left, the scene's name on the right."""
    size = label * 0.56
    names = _scene_names(plan)
    return "".join(
        f'<text x="{x}" y="{y + label * 0.72:.1f}" fill="{INK}" font-family="Noto Sans SC" font-weight="500" '
        f'font-size="{size:.1f}">{time_code(m.frame, plan.board.fps)}</text>'
        f'<text x="{x + width}" y="{y + label * 0.72:.1f}" fill="{INK}" fill-opacity="0.7" text-anchor="end" '
        f'font-family="Noto Sans SC" font-weight="400" font-size="{size * 0.78:.1f}">{html.escape(names[m.segment])}</text>'
        for m, (x, y) in zip(chosen, corners, strict=True)
    )


def _svg(width: int, height: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'


def time_code(frame: int, fps: int) -> str:
    """A frame as minutes:seconds.hundredths."""
    hundredths = frame * 100 // fps
    return f"{hundredths // 6000}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"


def _scene_names(plan: Plan) -> list[str]:
    """For every segment what its scene is called; for a crossing what its transition is."""
    from vidkit import outline  # noqa: PLC0415  # a single frame needs no names

    scenes = iter(plan.board.scenes)
    return [
        outline.transition_called(segment.transition) if segment.onto else outline.scene_called(next(scenes).name)
        for segment in plan.segments
    ]


def write(rgb: Bytes, file: Path, label: str = "") -> None:
    """Write the picture as PNG that says it is of vidkit under its final name, all or nothing; with an AI label if there is one."""
    cache.deliver_bytes(ours.png(png.packed(rgb, label, how=png.QUICK)), file)

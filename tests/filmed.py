"""Films for tests, made of numbers: a room that goes by, with whatever is laid on it, stored as phones store it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from conftest import room

from vidkit import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vidkit.colour import Bytes

BT709 = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv")


def going_by(count: int, size: tuple[int, int], seed: int = 1) -> Iterator[Bytes]:
    """A room that moves four pixels to the left with every frame."""
    width, height = size
    wide = room(width + 4 * count, height, seed)
    for number in range(count):
        yield wide[:, 4 * number : 4 * number + width].copy()


def film(
    file: Path,
    count: int = 60,
    size: tuple[int, int] = (320, 480),
    *,
    fps: int = 30,
    coded: tuple[str, ...] = ("-c:v", "libx264", "-crf", "14", "-pix_fmt", "yuv420p", *BT709),
    drawn: Callable[[int, Bytes], None] = lambda _number, _rgb: None,
    filters: str = "scale=out_color_matrix=bt709:out_range=tv",
    also: tuple[str, ...] = (),
) -> Path:
    """A film of so many frames at ``file``; ``drawn`` may change each of them."""
    frames = list(going_by(count, size))
    for number, rgb in enumerate(frames):
        drawn(number, rgb)
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "pipe:0")
    ffmpeg.run(
        [*raw, *also, "-vf", filters, *coded, "-preset", "ultrafast", file.name],
        stdin=np.stack(frames).tobytes(),
        cwd=file.parent,
    )
    return file


def turned(source: Path, file: Path, degrees: int) -> Path:
    """The same film with a note that it is to be shown turned, as phones write it."""
    ffmpeg.run(["-display_rotation", str(degrees), "-i", source.name, "-c", "copy", str(file)], cwd=source.parent)
    return file

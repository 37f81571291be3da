"""A brief → what the benchmarks need of it: copies that may be changed, its frames in one raw file, its storyboard for MoviePy.

The storyboard goes out as plain JSON and PNG: every photo cropped to the pixels its largest zoom needs, every graphic drawn, every
curve as one value a frame. Nothing in it needs vidkit.
"""

from __future__ import annotations

import copy
import json
import math
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from PIL import Image

from vidkit import clip, colour, graphics, ground, motion, project, reveals
from vidkit.storyboard import Compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vidkit.clip import Album
    from vidkit.motion import Curve
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Box, Graphic, Photo, Picture, Scene


# Briefs


def copied(script: Script, folder: Path) -> Path:
    """The brief and the photos it names, copied under a folder with the same paths between them."""
    root = project.root(script.brief.file)
    for asset in script.assets.values():
        target = folder / asset.file.resolve().relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.file, target)
    target = folder / script.brief.file.resolve().relative_to(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(script.brief.file, target)
    if (root / "vidkit.yaml").is_file():
        shutil.copyfile(root / "vidkit.yaml", folder / "vidkit.yaml")
    return target


def reworded(script: Script, file: Path, words: str) -> None:
    """Change the words of the first pair that has any, and nothing else, in a copy of the brief."""
    note = next(pair.note for pair in script.brief.pairs if pair.note)
    text = file.read_text(encoding="utf-8")
    assert note in text, f"{note!r} is not written in one piece"
    file.write_text(text.replace(note, words, 1), encoding="utf-8")


def with_pairs(file: Path, chosen: Sequence[int], *, plain: bool = False) -> None:
    """Rewrite a brief with only the pairs of these places (repeats allowed); ``plain`` also leaves out everything optional."""
    said = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader makes text only
    name = next(key for key, value in said.items() if isinstance(value, list) and isinstance(value[0], dict))
    said[name] = [copy.deepcopy(said[name][place]) for place in chosen]  # copies: YAML would write anchors
    optional = {"人物", "person", "价格", "price"}
    kept = {key: value for key, value in said.items() if not (plain and key in optional)}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10000), encoding="utf-8")


# Frames


def paint_all(one: Plan, script: Script, raw: Path) -> int:
    """Every frame of the clip into one raw yuv420p file; how many."""
    album, count = clip.Album(script.assets), 0
    with raw.open("wb") as stream:
        for segment in one.segments:
            for frame in clip.frames(segment, album):
                stream.write(frame.data)
                count += 1
    return count


# The storyboard for MoviePy


def export(one: Plan, script: Script, folder: Path, more: dict[str, Any]) -> Path:
    """Write ``story.json`` with its pictures; its path."""
    folder.mkdir(parents=True)
    album = clip.Album(script.assets)
    keep = _keeper(folder)
    scenes = [_scene(scene, one.board.canvas, album, keep) for scene in one.board.scenes]
    story = {"canvas": one.board.canvas, "fps": one.board.fps, "frames": one.board.frames, "scenes": scenes, **more}
    file = folder / "story.json"
    file.write_text(json.dumps(story), encoding="utf-8")
    return file


def _keeper(folder: Path) -> Callable[[np.ndarray], str]:
    """A function that stores a picture once and names its file."""
    names: dict[int, str] = {}

    def keep(pixels: np.ndarray) -> str:
        if pixels.ndim == 2:
            pixels = np.dstack([pixels] * 3)  # MoviePy takes a mask's red for its opacity
        said = hash((pixels.shape, pixels.tobytes()))
        if said not in names:
            names[said] = f"{len(names):03}.png"
            Image.fromarray(pixels).save(folder / names[said], compress_level=1)
        return names[said]

    return keep


def _scene(scene: Scene, canvas: tuple[int, int], album: Album, keep: Callable[[np.ndarray], str]) -> dict[str, Any]:
    covered = any(not p.radius and (p.box.width, p.box.height) == canvas for p in scene.pictures)
    below = None if covered else keep(colour.to_rgb(ground.backdrop(scene.backdrop, canvas, album)))
    return {
        "frames": scene.frames,
        "ground": below,
        "pictures": [_picture(item, scene.frames, album, keep) for item in scene.pictures],
        "graphics": [_graphic(item, scene.frames, keep) for item in scene.graphics],
        "into": {"kind": scene.into.kind, "frames": scene.into.frames},
    }


def _picture(item: Photo | Compare, frames: int, album: Album, keep: Callable[[np.ndarray], str]) -> dict[str, Any]:
    most = max(motion.extremes(item.zoom, frames)[1], 1.0)
    size = (2 * math.ceil(item.box.width * most / 2), 2 * math.ceil(item.box.height * most / 2))

    def pixels(picture: Picture) -> str:
        return keep(album.cut(picture, *size))

    said = {
        "box": _box(item.box),
        "zoom": _baked(item.zoom, 0, frames),
        "most": most,
        "anchor": [
            round(part * side) for part, side in zip(item.about, (item.box.width, item.box.height), strict=True)
        ],
        "corners": keep(_corners(item.box, item.radius)) if item.radius else None,
    }
    if not isinstance(item, Compare):
        return said | {"kind": "photo", "file": pixels(item.picture)}
    return said | {
        "kind": item.kind,
        "before": pixels(item.before),
        "after": pixels(item.after),
        "progress": _baked(item.progress, 0, frames),
        "labels": [_graphic(label, frames, keep) for label in item.labels or ()],
        "handle": _graphic(item.handle, frames, keep) if item.handle else None,
        "arrival": keep(reveals.cloth(item.box.width, item.box.height)) if item.kind == "hand-wipe" else None,
        "softness": reveals.SOFTNESS,
        "hidden": reveals.PEEK_HIDDEN,
    }


def _graphic(item: Graphic, frames: int, keep: Callable[[np.ndarray], str]) -> dict[str, Any]:
    first, last = max(0, item.first), min(frames, item.last)
    curves = {"opacity": item.opacity, "dx": item.dx, "dy": item.dy, "scale": item.scale}
    drawn = keep(graphics.rasterise(item.svg, item.box.width, item.box.height))
    baked = {name: _baked(curve, first, last) for name, curve in curves.items()}
    return {"file": drawn, "box": _box(item.box), "first": first, "last": last, **baked}


def _box(box: Box) -> list[int]:
    return [box.x, box.y, box.width, box.height]


def _baked(curve: Curve, first: int, last: int) -> float | list[float]:
    """The curve's value at each frame, or one number when it never changes."""
    values = [round(motion.at(curve, i), 6) for i in range(first, max(last, first + 1))]
    return values[0] if len(set(values)) == 1 else values


def _corners(box: Box, radius: int) -> np.ndarray:
    """A mask of a box with round corners, 0 to 255."""
    mask = np.full((box.height, box.width), 255, np.uint8)
    part = np.rint(ground.corner(radius) * 255).astype(np.uint8)
    mask[:radius, :radius], mask[:radius, -radius:] = part, part[:, ::-1]
    mask[-radius:, :radius], mask[-radius:, -radius:] = part[::-1], part[::-1, ::-1]
    return mask

"""A brief → what the benchmarks need of it: copies that may be changed, its frames in one raw file, its storyboard for MoviePy.

The storyboard goes out as plain JSON and PNG: every photo cropped to the pixels its largest zoom needs, every graphic drawn, every
curve as one value a frame. Nothing in it needs vidkit.
"""

from __future__ import annotations

import copy
import json
import math
import re
import shutil
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import yaml
from PIL import Image, ImageOps

from vidkit import clip, colour, graphics, motion, project
from vidkit.briefs import keys
from vidkit.painting import ground, reveals
from vidkit.painting.album import Album
from vidkit.storyboard import Compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

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


def with_pairs(file: Path, chosen: Sequence[int], *, plain: bool = False) -> None:
    """Rewrite a brief with only the pairs of these places (repeats allowed); ``plain`` also leaves out everything optional."""
    said = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader makes text only
    name = next(key for key, value in said.items() if isinstance(value, list) and isinstance(value[0], dict))
    said[name] = [copy.deepcopy(said[name][place]) for place in chosen]  # copies: YAML would write anchors
    optional = {"人物", "person", "价格", "price"}
    kept = {key: value for key, value in said.items() if not (plain and key in optional)}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10000), encoding="utf-8")


def said_longer(file: Path, words: str) -> None:
    """More words after every step's explanation in a copy of the brief."""
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(说明: [^,\n]+)", lambda found: found[1] + words, text), encoding="utf-8")


def noted_longer(file: Path, words: str, more: str) -> None:
    """More words in every line of what sections say in a copy of the brief, and one more such line a section that has room for it."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"^( +- [^{/:\n]+)$", lambda found: found[1] + words, text, flags=re.MULTILINE)
    most = next(row.many for row in keys.models()["section"] if row.name == "lines")

    def one_more(found: re.Match[str]) -> str:
        return found[0] + (f"{found[1]}  - {more}\n" if found[2].count("\n") < most else "")

    file.write_text(re.sub(r"^( +)说明:\n((?:\1  - .*\n)+)", one_more, text, flags=re.MULTILINE), "utf-8")


def for_platforms(file: Path, names: str) -> None:
    """Other platforms in a copy of the brief."""
    text = file.read_text(encoding="utf-8")
    changed, count = re.subn(r"^平台: .*(\n *- .*)*", f"平台: [{names}]", text, count=1, flags=re.MULTILINE)
    file.write_text(changed if count else f"{text}平台: [{names}]\n", encoding="utf-8")


LONG_SIDE, SHORT_SIDE = 4032, 3024
GRAIN = 6.0


def enlarged(file: Path, target: Path, seed: int, sides: tuple[int, int] = (LONG_SIDE, SHORT_SIDE)) -> None:
    """The photo with grain at the size of a phone's (longer and shorter side, px), as a JPEG of quality 90."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    size = sides if upright.width >= upright.height else sides[::-1]
    pixels = np.asarray(ImageOps.fit(upright, size, Image.Resampling.BICUBIC), np.float32)
    grain = np.random.default_rng(seed).normal(0, GRAIN, pixels.shape[:2]).astype(np.float32)
    noisy = np.clip(pixels + grain[..., None], 0, 255).astype(np.uint8)
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noisy).save(target, "JPEG", quality=90)


def from_phone(script: Script, folder: Path, pairs: int = 0, sides: tuple[int, int] = (LONG_SIDE, SHORT_SIDE)) -> Path:
    """A copy of the brief whose every photo is another one of a phone's size; with so many pairs (0: its own)."""
    own = copied(script, folder)
    if pairs:
        with_pairs(own, [place % len(script.brief.pairs) for place in range(pairs)])
    text, seed = own.read_text(encoding="utf-8"), 0
    for asset in script.assets.values():
        while asset.name in text:
            target = f"large/{seed:02}.jpg"
            enlarged(asset.file, own.parent / target, seed, sides)
            text, seed = text.replace(asset.name, target, 1), seed + 1
    own.write_text(text, encoding="utf-8")
    return own


# Frames


def paint_all(one: Plan, script: Script, raw: Path) -> int:
    """Every frame of the clip into one raw yuv420p file; how many."""
    album, count = Album(script.assets), 0
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
    album = Album(script.assets)
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
    most = max(1.0, *(motion.at(item.zoom, frame) for frame in range(max(frames, 1))))
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
        "arrival": keep(_cloth(item.box.width, item.box.height)) if item.kind == "hand-wipe" else None,
        "softness": reveals.SOFTNESS,
        "hidden": reveals.PEEK_HIDDEN,
    }


def _cloth(width: int, height: int) -> np.ndarray:
    """When the cloth passes each pixel of a box, 0 first to 255 last, in whole numbers."""
    when = cv2.resize(reveals.arrival(width, height), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.rint(when).astype(np.uint8)


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

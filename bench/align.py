"""Laying photos on each other, measured: known homographies, graf, unrelated photos, time, and the folder's own pairs.

``python bench/align.py FOLDER [--out FOLDER] [--cases 100] [--pairs 60]`` prints a table and a last line of JSON. FOLDER holds photos;
``NAME_before.*`` and ``NAME_after.*`` are pairs of one place, and ``graf_H1to3p.xml`` maps graf_before onto graf_after. With --out,
every pair is drawn there as two PNG: both seen at once (left) and as a chequerboard (right), the usable part framed in red.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from vidkit.photos import decode
from vidkit.photos.align import Alignment, Unaligned, align
from vidkit.photos.warp import warp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rgb = NDArray[np.uint8]

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
RATIOS = (4 / 3, 3 / 2, 16 / 9, 1.0, 3 / 4, 9 / 16)
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".heic"}
WIDE = 1080


def photos(folder: Path) -> dict[str, Rgb]:
    """Every photo of the folder by its name without suffix, decoded at 900 pixels a side or more where it has them."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES)
    return {file.stem: decode.picture(decode.read(file, name=file.name), at_least=(900, 900)) for file in files}


def place(name: str) -> str:
    """What the two photos of a pair have in common."""
    return name.removesuffix("_before").removesuffix("_after")


def through(matrix: Floats, points: Floats) -> Floats:
    """Where a 3x3 matrix takes points."""
    q = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(q[:, :2] / q[:, 2:])


def rotation(radians: float) -> Floats:
    """Of row vectors, clockwise as seen."""
    cos, sin = math.cos(radians), math.sin(radians)
    return np.array([[cos, sin], [-sin, cos]])


# --- synthetic cases --------------------------------------------------------------------------------------------------------------


def view(rng: np.random.Generator, source: float, ratio: float, turn: int, *, held: bool) -> Floats:
    """From fractions of a shot to fractions of the photo it is taken from (width/height ``source``), at four fifths of its size; a
    hand-held one is also moved by up to 12 % of its sides, turned by 8 degrees, 0.75 to 1.35 times as near, and tilted by 3 %.
    """
    wide = 1 / ratio if turn % 2 else ratio
    width = min(source, wide) * 0.8
    height = width / wide
    if turn % 2:
        width, height = height, width
    corners = (SQUARE - 0.5) * [width, height]
    if held:
        corners = corners + rng.uniform(-0.03, 0.03, (4, 2)) * max(width, height)
        corners = corners @ rotation(math.radians(rng.uniform(-8, 8))) / rng.uniform(0.75, 1.35)
        corners = corners + rng.uniform(-0.12, 0.12, 2) * [width, height]
    corners = corners @ rotation(turn * math.pi / 2) / [source, 1] + 0.5
    made = cv2.getPerspectiveTransform(SQUARE.astype(np.float32), corners.astype(np.float32))
    return np.asarray(made, np.float64)


def shot(rgb: Rgb, matrix: Floats, size: tuple[int, int]) -> Rgb:
    """The photo through a view, drawn at twice the size with its own resampling and averaged; mirrored beyond its edges."""
    width, height = 2 * size[0], 2 * size[1]
    rows, columns = rgb.shape[:2]
    quad = through(matrix, SQUARE) * [columns, rows]
    shrink = math.sqrt(cv2.contourArea(quad.astype(np.float32)) / (width * height))
    if shrink > 1.3:
        small = round(columns / shrink), round(rows / shrink)
        rgb = np.asarray(cv2.resize(rgb, small, interpolation=cv2.INTER_AREA), np.uint8)
        rows, columns = rgb.shape[:2]
    inside = np.array([[columns, 0, -0.5], [0, rows, -0.5], [0, 0, 1.0]])
    outside = np.array([[1 / width, 0, 0.5 / width], [0, 1 / height, 0.5 / height], [0, 0, 1.0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    full = inside @ matrix @ outside
    drawn = cv2.warpPerspective(rgb, full, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8)


def relit(rgb: Rgb, rng: np.random.Generator, *, strong: bool) -> Rgb:
    """Noise and JPEG 90; when strong also exposure, white balance, vignette, light from a side, gamma, and JPEG 75."""
    linear, gamma = (rgb / 255.0) ** 2.2, 1.0
    if strong:
        rows, columns = rgb.shape[:2]
        y, x = np.arange(rows)[:, None] / rows - 0.5, np.arange(columns)[None] / columns - 0.5
        angle = rng.uniform(0, 2 * math.pi)
        light = (1 - rng.uniform(0, 1.2) * (x**2 + y**2)) * (
            1 + rng.uniform(0, 0.6) * (x * math.cos(angle) + y * math.sin(angle))
        )
        linear = linear * light[..., None] * 2 ** rng.uniform(-1.2, 0.8) * rng.uniform(0.8, 1.25, 3)
        gamma = rng.uniform(0.7, 1.4)
    seen = 255 * linear.clip(0, 1) ** (gamma / 2.2) + rng.normal(0, rng.uniform(1, 5), rgb.shape)
    coded = cv2.imencode(".jpg", seen.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 75 if strong else 90])[
        1
    ]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def replaced(rgb: Rgb, others: list[Rgb], rng: np.random.Generator, share: float) -> Rgb:
    """At least that share of the picture covered with rectangles cut from other photos."""
    made, rows, columns = rgb.copy(), *rgb.shape[:2]
    covered = np.zeros((rows, columns), np.bool_)
    while covered.mean() < share:
        other = others[rng.integers(len(others))]
        width, height = int(rng.uniform(0.1, 0.3) * columns), int(rng.uniform(0.1, 0.3) * rows)
        scale = max(width / other.shape[1], height / other.shape[0]) * rng.uniform(1, 2.5)
        size = math.ceil(other.shape[1] * scale), math.ceil(other.shape[0] * scale)
        patch = np.asarray(cv2.resize(other, size, interpolation=cv2.INTER_AREA), np.uint8)
        v, u = rng.integers(patch.shape[0] - height + 1), rng.integers(patch.shape[1] - width + 1)
        y, x = rng.integers(rows - height + 1), rng.integers(columns - width + 1)
        made[y : y + height, x : x + width] = patch[v : v + height, u : u + width]
        covered[y : y + height, x : x + width] = True
    return made


def case(pictures: dict[str, Rgb], seed: int) -> tuple[str, Rgb, Rgb, Floats]:
    """A photo's name, two shots of it, and the true matrix from the first to the second."""
    rng, name = np.random.default_rng(seed), sorted(pictures)[seed % len(pictures)]
    photo = pictures[name]
    others = [picture for other, picture in pictures.items() if place(other) != place(name)]
    source = photo.shape[1] / photo.shape[0]
    ratio = rng.choice(RATIOS) if rng.random() < 0.5 else 4 / 3 if source > 1 else 3 / 4
    second = rng.choice(RATIOS) if rng.random() < 0.4 else ratio
    turn = int(rng.choice([0, 0, 0, 0, 1, 2, 3])) if rng.random() < 0.6 else 0
    if turn % 2:
        second = 1 / ratio
    elif (ratio - 1) * (second - 1) < 0:
        second = 1.0
    views = view(rng, source, ratio, 0, held=False), view(rng, source, second, turn, held=True)
    sizes = [
        (round(long), round(long / r)) if r >= 1 else (round(long * r), round(long))
        for r, long in zip((ratio, second), rng.uniform(1000, 2016, 2), strict=True)
    ]
    before = relit(shot(photo, views[0], sizes[0]), rng, strong=False)
    after = relit(replaced(shot(photo, views[1], sizes[1]), others, rng, 0.3), rng, strong=True)
    return name, before, after, np.asarray(np.linalg.inv(views[1]) @ views[0])


def error(found: Alignment, truth: Floats, onto: Rgb, part: tuple[float, float, float, float]) -> float:
    """Mean over a part's corners of how far off things are shown, in pixels of ``onto`` at 1080 wide."""
    left, top, right, bottom = part
    corners: Floats = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    shown = through(np.asarray(np.linalg.inv(np.array(found.matrix, np.float64).reshape(3, 3)) @ truth), corners)
    return float(np.linalg.norm((shown - corners) * [WIDE, WIDE * onto.shape[0] / onto.shape[1]], axis=1).mean())


def synthetic(pictures: dict[str, Rgb], count: int) -> dict[str, Any]:
    """How many of the cases are within 2 px, at the usable part's corners and at the whole frame's, and how."""
    usable, whole, seconds = [], [], []
    for seed in range(count):
        name, before, after, truth = case(pictures, seed)
        start = time.process_time()
        found = align(before, after)
        seconds.append(time.process_time() - start)
        if isinstance(found, Unaligned):
            usable.append(math.inf)
            whole.append(math.inf)
            print(f"case {seed} {name}: refused, {found.reason}, {found.matches} matches")
            continue
        usable.append(error(found, truth, before, found.usable))
        whole.append(error(found, truth, before, (0, 0, 1, 1)))
        if max(usable[-1], whole[-1]) > 2:
            print(
                f"case {seed} {name}: {usable[-1]:.2f} / {whole[-1]:.2f} px, doubt {found.doubt}, sure {found.confidence}"
            )
    a, b = np.array(usable), np.array(whole)
    return {
        "cases": count,
        "refused": int(np.isinf(a).sum()),
        "within_2px_usable": round(float((a <= 2).mean()), 3),
        "within_2px_frame": round(float((b <= 2).mean()), 3),
        "accepted_over_2px": int(((a > 2) & np.isfinite(a)).sum()),
        "median_px_usable": round(float(np.median(a)), 3),
        "p95_px_usable": round(float(np.quantile(a, 0.95, method="lower")), 3),
        "worst_accepted_px": round(float(a[np.isfinite(a)].max()), 2),
        "seconds_median": round(float(np.median(seconds)), 3),
        "seconds_p95": round(float(np.quantile(seconds, 0.95)), 3),
    }


# --- everything else --------------------------------------------------------------------------------------------------------------


def graf(pictures: dict[str, Rgb], folder: Path) -> dict[str, float]:
    """Mean corner error in pixels of graf_before, whole frame and usable part, against the given homography."""
    if not {"graf_before", "graf_after"} <= set(pictures):
        return {}
    store = cv2.FileStorage(str(folder / "graf_H1to3p.xml"), cv2.FILE_STORAGE_READ)
    given = np.asarray(store.getNode("H13").mat(), np.float64)
    before, after = pictures["graf_before"], pictures["graf_after"]
    found = align(before, after)
    if isinstance(found, Unaligned):
        return {"frame_px": math.inf, "usable_px": math.inf}
    pixels = [np.array([[p.shape[1], 0, -0.5], [0, p.shape[0], -0.5], [0, 0, 1.0]]) for p in (before, after)]
    mine = np.asarray(pixels[1] @ np.array(found.matrix).reshape(3, 3) @ np.linalg.inv(pixels[0]), np.float64)

    def off(part: tuple[float, float, float, float]) -> float:
        corners = through(
            np.asarray(pixels[0]), np.array([[part[i], part[j]] for i, j in ((0, 1), (2, 1), (2, 3), (0, 3))])
        )
        return round(float(np.linalg.norm(through(mine, corners) - through(given, corners), axis=1).mean()), 2)

    return {"frame_px": off((0, 0, 1, 1)), "usable_px": off(found.usable)}


def strangers(pictures: dict[str, Rgb], count: int) -> dict[str, Any]:
    """Unrelated photos, every so many of all combinations: none may be laid on another."""
    every = [(a, b) for a, b in itertools.combinations(sorted(pictures), 2) if place(a) != place(b)]
    tried = [every[i] for i in sorted({round(k) for k in np.linspace(0, len(every) - 1, min(count, len(every)))})]
    results = {pair: align(pictures[pair[0]], pictures[pair[1]]) for pair in tried}
    wrong = [pair for pair, found in results.items() if isinstance(found, Alignment)]
    alike = sorted(found.alike for found in results.values() if isinstance(found, Unaligned))
    return {"pairs": len(tried), "accepted": wrong, "alike_median": alike[len(alike) // 2], "alike_most": alike[-1]}


def traps() -> dict[str, str]:
    """Pictures without a place to hold on to: refused, or laid right."""
    rng = np.random.default_rng(5)
    plain = np.full((900, 1200, 3), 190, np.uint8)
    noise = [rng.integers(0, 256, (900, 1200, 3), np.uint8) for _ in range(2)]
    wall = [(plain + rng.normal(0, 3, plain.shape)).clip(0, 255).astype(np.uint8) for _ in range(2)]
    y, x = np.mgrid[:1200, :1600]
    tiles = np.where((x % 100 < 4) | (y % 100 < 4), 90, 215).astype(np.uint8)
    tiled = [np.repeat(tiles[dy : dy + 900, dx : dx + 1200, None], 3, 2) for dy, dx in ((0, 0), (37, 61))]
    tiled = [(t + rng.normal(0, 3, t.shape)).clip(0, 255).astype(np.uint8) for t in tiled]
    tile = rng.integers(0, 256, (25, 25, 3), np.uint8)
    motif = np.tile(cv2.resize(tile, (100, 100), interpolation=cv2.INTER_CUBIC), (12, 16, 1)).astype(np.uint8)
    motifs = [motif[dy : dy + 900, dx : dx + 1200] for dy, dx in ((0, 0), (37, 61))]
    shelf = np.repeat(np.linspace(60, 200, 900)[:, None, None], 1200, 1).repeat(3, 2).astype(np.uint8)
    sets: dict[str, tuple[NDArray[np.uint8], ...]] = {
        "black": (plain * 0, plain * 0),
        "white": (plain + 60, plain),
        "wall": tuple(wall),
        "noise": tuple(noise),
        "tiles": tuple(tiled),
        "motifs": tuple(motifs),
        "gradient": (shelf, shelf[::-1].copy()),
    }
    return {name: verdict(align(*pair)) for name, pair in sets.items()}


def verdict(found: Alignment | Unaligned) -> str:
    """The outcome in one line."""
    if isinstance(found, Unaligned):
        return f"refused: {found.reason}, {found.matches} matches, alike {found.alike}"
    moved = through(np.array(found.matrix).reshape(3, 3), np.array([[0.5, 0.5]]))[0].round(3).tolist()
    return (
        f"{found.kind}, {found.inliers}/{found.matches} inliers, sure {found.confidence}, doubt {found.doubt}, overlap"
        f" {found.overlap}, turned {found.turned}, scale {found.scale}, middle at {moved}"
    )


def timed(picture: Rgb) -> dict[str, float]:
    """CPU seconds for two pictures of 2016x1512, alone and from two 12 MP JPEG files, and for the warp to 1440x1080."""
    matrix = (1.02, 0.03, -0.02, -0.03, 1.01, 0.02, 0.01, 0.02, 1.0)
    big = np.asarray(cv2.resize(picture, (4032, 3024), interpolation=cv2.INTER_CUBIC), np.uint8)
    moved = warp(big, matrix, (0, 0, 1, 1), (4032, 3024))
    rng = np.random.default_rng(1)
    small = [np.asarray(cv2.resize(p, (2016, 1512), interpolation=cv2.INTER_AREA), np.uint8) for p in (big, moved)]
    after = relit(small[1], rng, strong=True)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{name}.jpg") for name in ("a", "b")]
        for file, rgb in zip(files, (big, moved), strict=True):
            Image.fromarray(rgb).save(file, quality=90)
        align(small[0], after)
        marks = [time.process_time()]
        found = align(small[0], after)
        marks.append(time.process_time())
        read = [decode.picture(decode.read(file, name=file.name), at_least=(1000, 750)) for file in files]
        marks.append(time.process_time())
        align(*read)
        marks.append(time.process_time())
        if isinstance(found, Alignment):
            warp(after, found.matrix, found.usable, (1440, 1080))
        marks.append(time.process_time())
    align_s, decode_s, again_s, warp_s = np.diff(marks).round(3).tolist()
    return {
        "align": align_s,
        "decode_12mp_pair": decode_s,
        "decode_and_align": round(decode_s + again_s, 3),
        "warp": warp_s,
    }


def draw(before: Rgb, after: Rgb, found: Alignment, file: Path) -> None:
    """Both at once, and as a chequerboard, side by side, 1000 pixels long each."""
    height, width = before.shape[:2]
    size = round(1000 * width / max(width, height)), round(1000 * height / max(width, height))
    a = np.asarray(cv2.resize(before, size, interpolation=cv2.INTER_AREA), np.uint8)
    b = warp(after, found.matrix, (0, 0, 1, 1), size)
    both = ((a.astype(np.uint16) + b) // 2).astype(np.uint8)
    y, x = np.mgrid[: size[1], : size[0]]
    chequered = np.where(((y // 60 + x // 60) % 2 == 0)[..., None], a, b).astype(np.uint8)
    left, top, right, bottom = (round(v * s) for v, s in zip(found.usable, size * 2, strict=True))
    for made in (both, chequered):
        cv2.rectangle(made, (left, top), (right - 1, bottom - 1), (255, 0, 0), 2)
    Image.fromarray(np.concatenate([both, chequered], axis=1)).save(file)


def pairs(pictures: dict[str, Rgb], out: Path | None) -> dict[str, str]:
    """The verdict on every pair of the folder; accepted ones are drawn."""
    results = {}
    for name in sorted(place(n) for n in pictures if n.endswith("_before") and f"{place(n)}_after" in pictures):
        before, after = pictures[f"{name}_before"], pictures[f"{name}_after"]
        found = align(before, after)
        results[name] = verdict(found)
        if out and isinstance(found, Alignment):
            draw(before, after, found, out / f"{name}.png")
    return results


def main() -> None:
    """Everything, as lines and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=60)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    pictures = photos(options.folder)
    biggest = max(pictures.values(), key=lambda rgb: rgb.size)
    results: dict[str, Any] = {
        "pairs": pairs(pictures, options.out),
        "traps": traps(),
        "graf": graf(pictures, options.folder),
        "cpu_seconds": timed(biggest),
        "unrelated": strangers(pictures, options.pairs),
        "synthetic": synthetic(pictures, options.cases),
    }
    for part, figures in results.items():
        for name, value in figures.items():
            print(f"{part:<12} {name:<20} {value}")
    print(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main()

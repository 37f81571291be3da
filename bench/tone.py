"""Is a pair levelled right, a filter found, a bad photo named? Photos of a folder, changed in known ways, and what vidkit measures on them.

``python bench/tone.py FOLDER…`` prints three tables. Every photo becomes the before (500 px, a little noise); the after is the same photo
relit, noisy, moved by 1.3 and 1 px, 30 % of it replaced by another photo of the folders. Residuals are means over what was not replaced.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.photos import change, decode, quality, tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes

    Change = Callable[[Bytes], Bytes]

SUFFIXES = {".jpg", ".jpeg", ".png", ".heic", ".webp"}
PAIR_PX, PHOTO_PX = 500, 1440
REPLACED = 0.3


def photo(file: Path, side: int) -> Bytes:
    """A photo of a file, its longer side at most ``side`` px."""
    rgb = decode.picture(decode.read(file, name=file.name), at_least=(side, side))
    scale = min(1.0, side / max(rgb.shape[:2]))
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def relit(rgb: Bytes, ev: float, warm: float = 0.0) -> Bytes:
    """Other exposure and white balance: red and blue moved apart by twice ``warm`` EV."""
    light = np.clip(change.LINEAR[rgb] * 2.0 ** np.array([ev + warm, ev, ev - warm]), 0, 1)
    codes = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(codes * 255), np.uint8)


def curved(rgb: Bytes, k: float) -> Bytes:
    """A sigmoid over the codes; k 2 is mild, 4 and more a filter."""
    low = 1 / (1 + np.exp(k / 2))
    return np.asarray(np.rint(255 * (1 / (1 + np.exp(-k * (rgb / 255 - 0.5))) - low) / (1 - 2 * low)), np.uint8)


def saturated(rgb: Bytes, factor: float) -> Bytes:
    """Colours pushed away from grey of the same luma."""
    grey = (rgb @ np.array([0.299, 0.587, 0.114]))[..., None]
    return np.asarray(np.clip(np.rint(grey + (rgb - grey) * factor), 0, 255), np.uint8)


def bent(rgb: Bytes, gamma: float) -> Bytes:
    """A gamma over the codes, as phones' automatic contrast does."""
    return np.asarray(np.rint(255 * (rgb / 255) ** gamma), np.uint8)


def compressed(rgb: Bytes, strength: float) -> Bytes:
    """Shadows lifted and lights lowered keeping detail, as HDR modes do."""
    luma = np.log2(change.LINEAR[rgb] @ change.LUMA + 1e-3).astype(np.float32)
    base = cv2.bilateralFilter(luma, 0, 0.8, 20)
    wanted = np.median(base) + (base - np.median(base)) * strength + (luma - base)
    light = np.clip(change.LINEAR[rgb] * 2 ** (wanted - luma)[..., None], 0, 1)
    return np.rint(255 * light ** (1 / 2.2)).astype(np.uint8) if strength < 1 else rgb


def noisy(rgb: Bytes, sigma: float, seed: int) -> Bytes:
    """Gaussian noise of so many levels."""
    return np.clip(np.rint(rgb + np.random.default_rng(seed).normal(0, sigma, rgb.shape)), 0, 255).astype(np.uint8)


def moved(rgb: Bytes) -> Bytes:
    """Misaligned by 1.3 and 1 px."""
    size = rgb.shape[1], rgb.shape[0]
    return np.asarray(
        cv2.warpAffine(rgb, np.array([[1, 0, 1.3], [0, 1, -1]]), size, borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def replaced(rgb: Bytes, other: Bytes, share: float, seed: int) -> tuple[Bytes, Any]:
    """At least a share of a picture replaced by rectangles of another, and where."""
    chance, (height, width) = np.random.default_rng(seed), rgb.shape[:2]
    where = np.zeros((height, width), bool)
    while where.mean() < share:
        y, x = chance.integers(0, height), chance.integers(0, width)
        where[max(0, y - height // 8) : y + height // 8, max(0, x - width // 8) : x + width // 8] = True
    full = cv2.resize(other, (width, height))
    return np.where(where[..., None], full, rgb).astype(np.uint8), where


def soft(rgb: Bytes, sigma: float) -> Bytes:
    """Gaussian blur of a width in pixels."""
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), sigma), np.uint8)


def shaken(rgb: Bytes, length: float) -> Bytes:
    """Motion blur of a length in pixels, about 17 degrees off level."""
    reach = round(length / 2) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for t in np.linspace(-length / 2, length / 2, round(8 * length)):
        kernel[reach + round(t * np.sin(0.3)), reach + round(t * np.cos(0.3))] += 1
    return np.asarray(cv2.filter2D(rgb, -1, kernel / kernel.sum()), np.uint8)


LIGHTS: dict[str, Change] = {
    "same light": lambda p: p,
    "+1 EV": lambda p: relit(p, 1),
    "-1 EV": lambda p: relit(p, -1),
    "+0.5 EV": lambda p: relit(p, 0.5),
    "-0.5 EV": lambda p: relit(p, -0.5),
    "warmer 0.3 EV": lambda p: relit(p, 0, 0.3),
    "colder 0.3 EV": lambda p: relit(p, 0, -0.3),
    "+0.7 EV, warmer": lambda p: relit(p, 0.7, 0.2),
    "-0.7 EV, colder": lambda p: relit(p, -0.7, -0.2),
}
CAMERAS: dict[str, Change] = LIGHTS | {
    "gamma 0.9": lambda p: bent(p, 0.9),
    "gamma 1.1": lambda p: bent(p, 1.1),
    "HDR 0.75": lambda p: compressed(p, 0.75),
    "HDR 0.6": lambda p: compressed(p, 0.6),
    "dark and noisy": lambda p: noisy(relit(p, -0.7), 6, 9),
    "camera's saturation +10 %": lambda p: saturated(p, 1.1),
    "film curve": lambda p: curved(relit(p, 0.7), 2.5),
}
FILTERS: dict[str, Change] = {
    "saturation x1.4": lambda p: saturated(p, 1.4),
    "saturation x1.6": lambda p: saturated(p, 1.6),
    "S-curve 4": lambda p: curved(p, 4),
    "S-curve 6": lambda p: curved(p, 6),
    "vivid (x1.3, curve 3.5)": lambda p: curved(saturated(p, 1.3), 3.5),
    "vivid, warmer, +0.3 EV": lambda p: relit(curved(saturated(p, 1.3), 3.5), 0.3, 0.1),
    "beauty (bilateral twice)": lambda p: np.asarray(
        cv2.bilateralFilter(cv2.bilateralFilter(p, 9, 40, 5), 9, 40, 5), np.uint8
    ),
}
FAULTS: dict[str, Change] = {
    "as it is": lambda p: p,
    **{f"gauss {s}": lambda p, s=s: noisy(soft(p, s * unit(p)), 2, 1) for s in (1, 2, 3, 4, 6)},  # type: ignore[misc]  # mypy cannot infer lambdas with defaults
    **{f"motion {n}": lambda p, n=n: noisy(shaken(p, n * unit(p)), 2, 1) for n in (10, 20, 40)},  # type: ignore[misc]  # as above
    **{f"{-e} EV": lambda p, e=e: relit(p, -e) for e in (1, 2, 3, 4)},  # type: ignore[misc]  # as above
    **{f"{1 / n:.2f} and back": lambda p, n=n: resized(p, n) for n in (2, 4, 8)},  # type: ignore[misc]  # as above
}


def unit(rgb: Bytes) -> float:
    """A pixel of a picture 1080 wide and 1440 high, in pixels of this one."""
    return float(max(rgb.shape[:2])) / PHOTO_PX


def resized(rgb: Bytes, factor: int) -> Bytes:
    """Shrunk and enlarged again."""
    little = cv2.resize(rgb, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(little, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)


def made(rgb: Bytes, other: Bytes, relight: Change, seed: int) -> tuple[Bytes, Bytes, Any]:
    """A pair with a known change, and what was replaced."""
    after, where = replaced(relight(moved(rgb)), other, REPLACED, seed)
    return noisy(rgb, 1.5, seed), noisy(after, 2, seed + 1), where


def apart(before: Bytes, after: Bytes, where: Any) -> tuple[float, float]:
    """The mean difference, EV and CIELAB, of two pictures' mean colours over a part, without what is clipped."""
    part = where & (before.max(axis=2) < 250) & (after.max(axis=2) < 250)
    one, two = (change.LINEAR[p][part].mean(axis=0).astype(np.float64) for p in (before, after))
    return abs(float(np.log2(two @ tone.LUMA / (one @ tone.LUMA)))), float(
        np.linalg.norm(tone.lab(two) - tone.lab(one))
    )


def levelling(photos: dict[str, Bytes]) -> None:
    """Print how far pairs are apart before and after levelling."""
    print("levelling: median and worst over photos; EV and dE between the mean colours of what was not replaced")
    print(
        f"{'light':18} {'EV apart':>14} {'EV levelled':>14} {'dE apart':>14} {'dE levelled':>14} {'share':>6} {'not':>4} ms"
    )
    others = list(photos.values())
    for name, relight in LIGHTS.items():
        rows, left, start = [], 0, time.process_time()
        for seed, rgb in enumerate(others):
            before, after, where = made(rgb, others[seed - 5], relight, seed)
            found = tone.level(change.match(before, after))
            left += found.before == found.after == tone.ONE
            pair = tone.graded(before, found.before), tone.graded(after, found.after)
            rows.append((*apart(before, after, ~where), *apart(*pair, ~where), found.unchanged))
        table = np.array(rows)
        said = [f"{np.median(table[:, i]):6.2f} {table[:, i].max():6.2f}" for i in (0, 2, 1, 3)]
        spent = (time.process_time() - start) / len(rows) * 1000
        print(
            f"{name:18} {said[0]:>14} {said[1]:>14} {said[2]:>14} {said[3]:>14} {table[:, 4].min():6.2f} {left:4} {spent:.0f}"
        )


def filtering(photos: dict[str, Bytes]) -> None:
    """Print which of a pair is taken for filtered."""
    others = list(photos.values())
    for title, kinds, turned in (
        ("filters on the after", FILTERS, False),
        ("filters on the before", FILTERS, True),
        ("cameras' own differences", CAMERAS, False),
    ):
        print(f"\n{title}: photos named after / before / neither, of all; even photos, odd photos")
        for name, relight in kinds.items():
            pairs = [made(p, others[i - 5], relight, i)[:2] for i, p in enumerate(others)]
            said = [tone.level(change.match(*(pair[::-1] if turned else pair))).edited for pair in pairs]
            parts = (said, said[::2], said[1::2])
            counts = [" ".join(f"{part.count(w):2}" for w in ("after", "before", "")) for part in parts]
            print(f"{name:28} {counts[0]} | {counts[1]} | {counts[2]}", flush=True)


def faults(files: list[Path]) -> None:
    """Print what is measured on photos made worse: sharpness, or brightness where they were darkened."""
    print("\nquality: sharpness (brightness where darkened); * named blurred (dark)")
    print(f"{'photo':24} " + " ".join(f"{name:>9}" for name in FAULTS))
    for file in files:
        rgb, said = photo(file, PHOTO_PX), []
        for name, worse in FAULTS.items():
            found = quality.measure(worse(rgb))
            darkened = name.endswith("EV")
            bad = quality.faults(found, (9999, 9999), chat=False)
            mark = "*" if ("dark" if darkened else "blurred") in bad else " "
            said.append(f"{found.brightness if darkened else found.sharpness:8.2f}{mark}")
        size = decode.header(decode.read(file, name=file.name))
        named = quality.faults(quality.measure(rgb), size, chat=False)
        print(f"{file.name[:24]:24} {' '.join(said)} {' '.join(named)}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", choices=("levelling", "filtering", "faults"))
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    files = [f for folder in asked.folders for f in sorted(folder.iterdir()) if f.suffix.lower() in SUFFIXES]
    photos = {f.name: photo(f, PAIR_PX) for f in files} if asked.only != "faults" else {}
    if asked.only in {None, "levelling"}:
        levelling(photos)
    if asked.only in {None, "filtering"}:
        filtering(photos)
    if asked.only in {None, "faults"}:
        faults(files)


if __name__ == "__main__":
    main()

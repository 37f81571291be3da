"""Cut-outs on other grounds: a folder of photos without people and one portrait → how well the person is found again, as a table.

``python bench/portrait.py FOLDER PORTRAIT [--save OUT]``. The portrait is cut out once; that alpha is the truth for the same person laid
over every photo of the folder, with grain, dark and light, small in the picture, with the face softened. Then every photo of the folder is
tried as it is: none may be accepted. Seconds are CPU seconds on one thread, cut-out and decontamination apart.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from vidkit.photos import decode, portrait
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

SIDE = 1500
KINDS = {".jpg", ".jpeg", ".png", ".heic", ".webp"}


class Row(NamedTuple):
    """One trial: what it was, the reason or nothing, intersection over union, mean error of alpha at the edge, quality, CPU seconds."""

    name: str
    reason: str
    iou: float
    edge: float
    quality: float
    seconds: float


def scaled(rgb: Bytes, side: int) -> Bytes:
    """The picture with its longest side of so many px."""
    scale = side / max(rgb.shape[:2])
    size = round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def laid(person: Bytes, alpha: Bytes, ground: Bytes) -> Bytes:
    """The person over a ground cropped to the person's picture."""
    height, width = alpha.shape
    scale = max(height / ground.shape[0], width / ground.shape[1])
    size = max(width, round(ground.shape[1] * scale)), max(height, round(ground.shape[0] * scale))
    fitted = cv2.resize(ground, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    x, y = (size[0] - width) // 2, (size[1] - height) // 2
    share = alpha[..., None] / 255
    return np.asarray(person * share + fitted[y : y + height, x : x + width] * (1 - share) + 0.5, np.uint8)


def far(rgb: Bytes, alpha: Bytes) -> tuple[Bytes, Bytes]:
    """The person at half the size, standing on the lower edge of a picture of the same size (left of the middle)."""
    height, width = alpha.shape
    half = cv2.resize(rgb, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    share = cv2.resize(alpha, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    person, made = np.zeros_like(rgb), np.zeros_like(alpha)
    top, left = height - height // 2, width // 6
    person[top:, left : left + width // 2], made[top:, left : left + width // 2] = half, share
    return person, made


def grainy(rgb: Bytes) -> Bytes:
    """The picture with the grain of a bad light (sigma 8 levels)."""
    return _noisy(rgb, 8.0)


def dark(rgb: Bytes) -> Bytes:
    """The picture at a third of its light, with grain."""
    return _noisy(np.asarray(rgb * 0.33, np.uint8), 4.0)


def softened(rgb: Bytes) -> Bytes:
    """The picture with the upper middle of the person, where the face is, pixelated and blurred in an ellipse."""
    height, width = rgb.shape[:2]
    tiny = cv2.resize(rgb, (24, 24), interpolation=cv2.INTER_AREA)
    coarse = cv2.GaussianBlur(cv2.resize(tiny, (width, height), interpolation=cv2.INTER_NEAREST), (0, 0), width / 90)
    mask = np.zeros((height, width), np.uint8)
    middle, axes = (round(width * 0.435), round(height * 0.23)), (round(width * 0.13), round(height * 0.19))
    cv2.ellipse(mask, middle, axes, 0, 0, 360, 255, -1)
    share = cv2.GaussianBlur(mask, (0, 0), width / 120)[..., None] / 255
    return np.asarray(coarse * share + rgb * (1 - share) + 0.5, np.uint8)


def _noisy(rgb: Bytes, sigma: float) -> Bytes:
    grain = np.random.default_rng(3).normal(0, sigma, rgb.shape)
    return np.asarray(np.clip(rgb + grain, 0, 255), np.uint8)


VARIANTS: dict[str, Callable[[Bytes], Bytes]] = {
    "": lambda rgb: rgb,
    "grain": grainy,
    "dark": dark,
    "softened": softened,
}


def tried(name: str, rgb: Bytes, truth: Bytes) -> Row:
    """A picture cut out and compared with its true alpha."""
    start = time.process_time()
    alpha, signs = portrait.judged(rgb)
    spent = time.process_time() - start
    if alpha is None or signs is None:
        return Row(name, "no-person", 0.0, 255.0, 0.0, spent)
    both, either = np.minimum(alpha, truth).sum(dtype=float), np.maximum(alpha, truth).sum(dtype=float)
    kernel = np.ones((25, 25), np.uint8)
    band = (cv2.dilate(truth, kernel) > 12) & (cv2.erode(truth, kernel) < 243)
    error = np.abs(alpha.astype(float) - truth)[band].mean()
    return Row(name, portrait.fault(signs), both / either, error, portrait.quality(signs), spent)


def trials(grounds: dict[str, Bytes], person: Bytes, alpha: Bytes, save: Path | None) -> Iterator[Row]:
    """The person over every ground, near and far, each in every variant (far: as it is)."""
    distant, share = far(person, alpha)
    for name, ground in grounds.items():
        near = laid(person, alpha, ground)
        for kind, change in VARIANTS.items():
            yield _kept(f"{name} {kind}".strip(), change(near), alpha, save)
        yield _kept(f"{name} far", laid(distant, share, ground), share, save)


def _kept(name: str, rgb: Bytes, truth: Bytes, save: Path | None) -> Row:
    row = tried(name, rgb, truth)
    if save:
        alpha, _ = portrait.judged(rgb)
        shown = (
            rgb
            if alpha is None
            else laid(portrait.decontaminated(rgb, alpha), alpha, np.full_like(rgb, (11, 122, 117)))
        )
        cv2.imwrite(str(save / f"{name}.png"), scaled(np.hstack([rgb, shown]), 1400)[..., ::-1])
    return row


def grounds(folder: Path, but: Path) -> dict[str, Bytes]:
    """Every photo of a folder except one, by name, none larger than ``SIDE``; broken ones are left out."""
    made: dict[str, Bytes] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in KINDS and file.resolve() != but.resolve():
            try:
                made[file.stem] = scaled(decode.picture(decode.read(file, name=file.name)), SIDE)
            except Refusal as refusal:
                print(refusal.problems[0].message)
    return made


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("portrait", type=Path)
    asked.add_argument("--save", type=Path)
    told = asked.parse_args()
    cv2.setNumThreads(1)
    picture = scaled(decode.picture(decode.read(told.portrait, name=told.portrait.name)), SIDE)
    alpha, signs = portrait.judged(picture)
    assert alpha is not None, "the portrait shows a person"
    assert signs is not None, "the portrait shows a person"
    start = time.process_time()
    person = portrait.decontaminated(picture, alpha)
    spent = time.process_time() - start
    print(
        f"portrait: {portrait.fault(signs) or 'accepted'}, quality {portrait.quality(signs)}, decontamination {spent:.2f} s"
    )
    photos = grounds(told.folder, told.portrait)
    rows = list(trials(photos, person, alpha, told.save))
    print(f"{'trial':40} {'answer':14} {'IoU':>6} {'edge':>6} {'qual':>5} {'CPU s':>6}")
    for row in rows:
        print(
            f"{row.name:40} {row.reason or 'ok':14} {row.iou:6.3f} {row.edge:6.1f} {row.quality:5.2f} {row.seconds:6.2f}"
        )
    summed(rows)
    refused = {name: portrait.cut_out(photo) for name, photo in photos.items()}
    wrong = [name for name, answer in refused.items() if isinstance(answer, portrait.Cutout)]
    print(f"photos without a person: {len(refused)}, accepted {len(wrong)} {wrong}")


def summed(rows: list[Row]) -> None:
    """Print medians and worst figures by kind of trial."""
    for kind in ("", "grain", "dark", "softened", "far"):
        part = [row for row in rows if (row.name.partition(" ")[2] == kind)]
        good = [row for row in part if not row.reason]
        if good:
            bad = [row.iou for row in part if row.reason]
            print(
                f"{kind or 'as it is':10} accepted {len(good)}/{len(part)}, IoU median {np.median([r.iou for r in good]):.3f} "
                f"least {min(r.iou for r in good):.3f}, edge error median {np.median([r.edge for r in good]):.1f} of 255, "
                f"seconds median {np.median([r.seconds for r in part]):.2f} most {max(r.seconds for r in part):.2f}; "
                f"IoU of the rejected {', '.join(f'{iou:.2f}' for iou in sorted(bad)) or '-'}"
            )


if __name__ == "__main__":
    main()

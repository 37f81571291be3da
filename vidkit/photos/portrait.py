"""An upright RGB picture of one person → who is the person and who the background (alpha), or why no cut-out was made.

A small network (MediaPipe's selfie segmentation, Apache-2.0) says roughly where a person is; GrabCut finds the edge by colour within a
band about that; a guided filter carries it to the picture's own size, soft at hair. Nobody is recognised. What does not come out well
is rejected: a framed photo is the better picture then. Same picture, same alpha, in any thread.
"""

from __future__ import annotations

import math
import threading
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.floating[Any]]
    Mask = NDArray[np.bool_]
    Part = tuple[float, float, float, float]

SIDE = 256
"""The network looks at pictures of this many px square, RGB, 0..1."""
SEED = 7
"""Of the chance inside GrabCut (it begins with k-means)."""
HEAD = 0.25
"""The upper share of a person's height that holds the head; shoulders may begin in its lowest part."""

UPPER = 0.45
"""The upper share of a person's height that holds head and shoulders."""

PEAK = 0.2
"""How far a head stands out of what is beside it, in shares of the person's height."""


@dataclass(frozen=True)
class Cutout:
    """How much of each pixel is the person (uint8, the picture's height and width), the person's box (left, top, right, bottom in
    fractions) and how good the cut-out is, 0 to 1.
    """

    alpha: Bytes
    box: Part
    quality: float


@dataclass(frozen=True)
class Rejected:
    """Why there is no cut-out: ``too-small``, ``no-person``, ``several``, ``cut-off-head``, ``ragged`` or ``unsure``."""

    reason: str


@dataclass(frozen=True)
class Signs:
    """What the gate of ``data/portrait.yaml`` looks at, by these names."""

    height_px: float
    """The person's height in the photo."""
    coverage: float
    """The person's share of the picture."""
    certain: float
    """The share of the person the network is sure of."""
    others: float
    """How large the next person is, as a share of this one."""
    heads: int
    """How many heads the outline has."""
    top: float
    """The room above the head, as a share of the picture's height."""
    sides: float
    """The share of the head's rows that touch the left or right edge."""
    face: float
    """How much of the given face lies on the person."""
    doubt: float
    """What the network wavers about near the head and arms, as a share of them."""
    mirror: float
    """How alike the network answers there for the mirror image (intersection over union)."""
    agreement: float
    """How far network and GrabCut agree (intersection over union)."""
    softness: float
    """The edge's mean width, px of the working size."""
    ragged: float
    """The share of the person that changes when the outline is smoothed."""
    shoulders: float
    """How much of the person's height touches the left and right edges."""


def rules() -> dict[str, Any]:
    """The sizes and thresholds of cut-outs (``data/portrait.yaml``)."""
    return table("portrait")


def cut_out(rgb: Bytes, face: Part | None = None) -> Cutout | Rejected:
    """The one person in an RGB picture, or why not; ``face`` (its or the head's box in fractions) says which one is meant."""
    made, signs = judged(rgb, face)
    if made is None or signs is None:
        return Rejected("no-person")
    reason = fault(signs)
    return Rejected(reason) if reason else Cutout(made, box(made), quality(signs))


def judged(rgb: Bytes, face: Part | None = None) -> tuple[Bytes | None, Signs | None]:
    """The alpha before anybody judged it, and what the gate looks at; None for both where the network sees nobody."""
    small = _working(rgb)
    chance = likely(small)
    person, others = _person(chance > 0.5, face)
    if not person.any():
        return None, None
    chance = np.where(others, 0, chance).astype(np.float32)
    fine = refined(small, chance)
    if not fine.any():
        return None, None
    alpha = upsampled(rgb, small, _soft(small, fine))
    mirrored = likely(np.ascontiguousarray(small[:, ::-1]))[:, ::-1]
    wavering = _wavering(chance, mirrored, person)
    return alpha, _signs(rgb, chance, person, others, fine, alpha, face, wavering)


# The network


def likely(rgb: Bytes) -> Floats:
    """How likely each pixel of an RGB picture shows a person, 0 to 1; a person who takes little of it is looked at again, enlarged."""
    made, rule = _asked(rgb), rules()["network"]
    seen = _largest(made > 0.5)
    left, top, right, bottom = part = _widened(_bounds(seen), rule["margin"], seen.shape)
    if not seen.any() or (right - left) * (bottom - top) > rule["look_again"] * seen.size:
        return made
    return _mixed(made, _asked(np.ascontiguousarray(rgb[top:bottom, left:right])), part)


def _mixed(whole: Floats, part: Floats, at: tuple[int, int, int, int]) -> Floats:
    """The answer for a part laid over the one for the whole, softly where the part was cut out of the picture."""
    left, top, right, bottom = at
    height, width = whole.shape
    inner = np.zeros((height + 2, width + 2), np.uint8)
    inner[top + (top > 0) : bottom + 2 - (bottom < height), left + (left > 0) : right + 2 - (right < width)] = 1
    away = cv2.distanceTransform(inner, cv2.DIST_L2, 3)[1:-1, 1:-1]
    weight = np.clip(away / (0.1 * min(right - left, bottom - top)), 0, 1)[top:bottom, left:right]
    made = whole.copy()
    made[top:bottom, left:right] += weight * (part - made[top:bottom, left:right])
    return made


def _asked(rgb: Bytes) -> Floats:
    square = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    blob = cv2.dnn.blobFromImage(square, 1 / 255)
    with _LOCK:
        network = _network()
        network.setInput(blob)
        answer = np.array(network.forward(), np.float32).reshape(SIDE, SIDE)
    height, width = rgb.shape[:2]
    return np.asarray(cv2.resize(answer, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


_LOCK = threading.Lock()
"""The network holds what it was asked last, so one thread asks at a time."""


@cache
def _network() -> Any:
    return cv2.dnn.readNetFromTFLite(
        np.frombuffer(resources.files("vidkit").joinpath("models/selfie_segmentation.tflite").read_bytes(), np.uint8)
    )


def _working(rgb: Bytes) -> Bytes:
    """The picture at the working size, or as it is when that is smaller."""
    height, width = rgb.shape[:2]
    scale = min(1.0, rules()["working_px"] / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


# Which person


def _person(seen: Mask, face: Part | None) -> tuple[Mask, Mask]:
    """The person meant (the one with the face, else the largest), and all other people."""
    _, found, stats, _ = cv2.connectedComponentsWithStats(seen.astype(np.uint8))
    labels: NDArray[np.int32] = found.astype(np.int32, copy=False)
    sizes = stats[:, cv2.CC_STAT_AREA].copy()
    sizes[0] = 0
    meant = int(sizes.argmax())
    if face:
        inside = np.bincount(labels[_window(_middle(face), seen.shape)].ravel(), minlength=len(sizes))
        inside[0] = 0
        meant = int(inside.argmax()) if inside.any() else meant
    person = (labels == meant) & seen
    return person, seen & ~person


def _largest(seen: Mask) -> Mask:
    return _person(seen, None)[0]


def _bounds(seen: Mask) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (beyond the last) of what is set, in px; zeros for nothing."""
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not rows.size:
        return 0, 0, 0, 0
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _widened(bounds: tuple[int, int, int, int], by: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, top, right, bottom = bounds
    x, y = round((right - left) * by), round((bottom - top) * by)
    return max(0, left - x), max(0, top - y), min(shape[1], right + x), min(shape[0], bottom + y)


def _middle(part: Part) -> Part:
    """The middle of a box, three fifths each way: a face's or head's box has background in its corners."""
    x, y = (part[2] - part[0]) / 5, (part[3] - part[1]) / 5
    return part[0] + x, part[1] + y, part[2] - x, part[3] - y


def _window(part: Part, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """A part in fractions as rows and columns, at least one px."""
    height, width = shape[:2]
    top, left = (min(max(0, int(at * side)), side - 1) for at, side in ((part[1], height), (part[0], width)))
    return slice(top, max(top + 1, round(part[3] * height))), slice(left, max(left + 1, round(part[2] * width)))


# The edge


def refined(rgb: Bytes, chance: Floats) -> Mask:
    """The person with the edge put where the colours change, within a band about the network's edge."""
    sure = rules()["network"]["sure"]
    rule = rules()["band"]
    rough = _rough(chance)
    inner, outer = (_px(rgb, rule[side]) for side in ("inside", "outside"))
    core = (cv2.erode(rough.astype(np.uint8), _disc(inner)) > 0) & (chance > sure)
    near = cv2.dilate(rough.astype(np.uint8), _disc(_px(rgb, rule["anyway"]))) > 0
    reach = (cv2.dilate(rough.astype(np.uint8), _disc(outer)) > 0) & (near | (chance > 1 - sure))
    marks = np.where(core, cv2.GC_FGD, np.where(reach, np.where(rough, cv2.GC_PR_FGD, cv2.GC_PR_BGD), cv2.GC_BGD))
    left, top, right, bottom = _widened(_bounds(reach), 0.1, rough.shape)
    part = np.ascontiguousarray(marks[top:bottom, left:right].astype(np.uint8))
    if not (part == cv2.GC_BGD).any() or not core.any():
        return rough
    cv2.setRNGSeed(SEED)
    bgr = np.ascontiguousarray(rgb[top:bottom, left:right, ::-1])
    cv2.grabCut(bgr, part, None, np.zeros((1, 65)), np.zeros((1, 65)), rule["rounds"], cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]  # OpenCV takes None for no rectangle
    found = np.zeros_like(chance)
    found[top:bottom, left:right] = (part == cv2.GC_FGD) | (part == cv2.GC_PR_FGD)
    votes = rule["colour"] * found + (1 - rule["colour"]) * chance * reach
    votes = np.where(core, 1, votes).astype(np.float32)
    return _filled(_largest(np.asarray(cv2.GaussianBlur(votes, (0, 0), rule["smooth"] * max(rgb.shape[:2])) > 0.5)))


def _rough(chance: Floats) -> Mask:
    """The network's person without what it is not sure of and that lies far from what it is sure of."""
    kept = (
        cv2.dilate(
            (chance > rules()["network"]["sure"]).astype(np.uint8), _disc(_px(chance, rules()["band"]["inside"]))
        )
        > 0
    )
    return _filled(_largest((chance > 0.5) & kept))


def _filled(mask: Mask) -> Mask:
    """Without holes: a hole in a person is a pocket or a button, seldom the background."""
    walls = cv2.copyMakeBorder((~mask).astype(np.uint8), 1, 0, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(walls, connectivity=4)
    return np.asarray(labels[1:, 1:-1] != labels[0, 0], np.bool_)


def _disc(radius: int) -> Bytes:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def _px(picture: NDArray[Any], share: float) -> int:
    """A share of the longest side in px, at least one."""
    return max(1, int(max(picture.shape[:2]) * share + 0.5))


# Soft alpha: a guided filter (He, Sun, Tang: Guided image filtering, 2013; its fast form, 2015), in colour


def _soft(rgb: Bytes, mask: Mask) -> tuple[Floats, Floats]:
    """The guided filter of a mask by its picture: the factors of red, green and blue, and what is added, each of the mask's size."""
    rule = rules()["edge"]
    radius, epsilon = _px(rgb, rule["radius"]), rule["epsilon"]
    guide, wanted = rgb.astype(np.float32) / 255, mask.astype(np.float32)
    mean, level = _mean(guide, radius), _mean(wanted, radius)
    pairs = [(i, j) for i in range(3) for j in range(i, 3)]
    products = _mean(np.stack([guide[..., i] * guide[..., j] for i, j in pairs], axis=-1), radius)
    spread = np.empty((*mask.shape, 3, 3), np.float32)
    for at, (i, j) in enumerate(pairs):
        spread[..., i, j] = spread[..., j, i] = (
            products[..., at] - mean[..., i] * mean[..., j] + (epsilon if i == j else 0)
        )
    along = _mean(guide * wanted[..., None], radius) - mean * level[..., None]
    factors = np.linalg.solve(spread, along[..., None])[..., 0]
    return _mean(factors, radius), _mean(level - (factors * mean).sum(axis=-1), radius)


def upsampled(rgb: Bytes, small: Bytes, filtered: tuple[Floats, Floats]) -> Bytes:
    """The alpha at the picture's own size."""
    size = rgb.shape[1], rgb.shape[0]
    guide = cv2.GaussianBlur(rgb, (0, 0), max(0.5, rules()["edge"]["grain"] * rgb.shape[0] / small.shape[0]))
    soft = np.zeros(rgb.shape[:2], np.float32)
    for colour in range(3):  # one after another, in place: the picture may be large
        part = np.asarray(cv2.resize(filtered[0][..., colour], size, interpolation=cv2.INTER_LINEAR), np.float32)
        part *= guide[..., colour]
        soft += part
    soft /= 255
    soft += cv2.resize(filtered[1], size, interpolation=cv2.INTER_LINEAR)
    least, most = rules()["edge"]["stretch"]
    return np.asarray(np.clip((soft - least) / (most - least) * 255 + 0.5, 0, 255), np.uint8)


def _mean(values: Floats, radius: int) -> Floats:
    return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT), np.float32)


# The old background's colour

BAND = 256
"""Rows worked on at a time."""
FAR, NEAR, COARSE = 0.06, 0.005, 4
"""How far colours are spread, in shares of the longest side, and by how much smaller the far spreading is done."""


def decontaminated(rgb: Bytes, alpha: Bytes) -> Bytes:
    """The picture with the old background's colour taken out of its half-covered pixels, so that nothing of it shows on a new ground.

    Colours of person and background are spread over the edge by means weighted with alpha, first far, then near (Forte: Approximate
    fast foreground colour estimation, 2021).
    """
    height, width = alpha.shape
    size = max(1, width // COARSE), max(1, height // COARSE)
    small, seen = (cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (rgb, alpha))
    rough = _spread(small, seen, small, small, _px(small, FAR))
    front, back = (cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR) for part in rough)
    front, _ = _spread(rgb, alpha, front, back, _px(rgb, NEAR))
    return np.where(alpha[..., None] == 255, rgb, front)


def _spread(rgb: Any, alpha: Any, front: Any, back: Any, radius: int) -> tuple[Bytes, Bytes]:
    """The colours of person and background everywhere, spread from where each is seen; a band of rows at a time, since the picture may be large."""
    made = np.empty_like(front), np.empty_like(back)
    for top in range(0, len(alpha), BAND):
        first = max(0, top - radius)
        seen, kept = slice(first, top + BAND + radius), slice(top - first, top - first + BAND)
        for whole, part in zip(
            made, _spread_rows(rgb[seen], alpha[seen], front[seen], back[seen], radius), strict=True
        ):
            whole[top : top + BAND] = part[kept]
    return made


def _spread_rows(rgb: Any, alpha: Any, front: Any, back: Any, radius: int) -> tuple[Bytes, Bytes]:
    share = (alpha.astype(np.float32) / 255)[..., None]
    rest = 1 - share
    near = _mean(front * share, radius) / (_mean(share, radius)[..., None] + 1e-5)
    far = _mean(back * rest, radius) / (_mean(rest, radius)[..., None] + 1e-5)
    near += share * (rgb - share * near - rest * far)
    return _levels(near), _levels(far)


def _levels(values: Floats) -> Bytes:
    return np.asarray(np.clip(values + 0.5, 0, 255), np.uint8)


# The gate


def _wavering(chance: Floats, mirrored: Floats, person: Mask) -> tuple[float, float]:
    """How much the network wavers about the upper part of a person, and how alike it answers there for the mirror image."""
    _, top, _, bottom = _bounds(person)
    rows = slice(top, top + max(1, round((bottom - top) * UPPER)))
    reach = cv2.dilate(person.astype(np.uint8), _disc(_px(chance, rules()["network"]["near"]))) > 0
    vague = (chance > 0.1) & (chance < 0.9) & reach
    other = _largest(mirrored > 0.5)[rows]
    size = max(1, int(person[rows].sum()))
    return float(vague[rows].sum() / size), float((person[rows] & other).sum() / (person[rows] | other).sum())


def _signs(
    rgb: Bytes,
    chance: Floats,
    person: Mask,
    others: Mask,
    fine: Mask,
    alpha: Bytes,
    face: Part | None,
    wavering: tuple[float, float],
) -> Signs:
    _, top, _, bottom = _bounds(fine)
    tall, rows = max(1, bottom - top), fine.shape[0]
    size = max(1, int(fine.sum()))
    head = fine[top : top + max(1, round(tall * HEAD))]
    small = cv2.resize(alpha, fine.shape[::-1], interpolation=cv2.INTER_AREA)
    outline = int((fine & ~(cv2.erode(fine.astype(np.uint8), _disc(1)) > 0)).sum())
    round_px = _px(fine, 0.012)
    opened = cv2.morphologyEx(fine.astype(np.uint8), cv2.MORPH_OPEN, _disc(round_px)) > 0
    closed = cv2.morphologyEx(fine.astype(np.uint8), cv2.MORPH_CLOSE, _disc(round_px)) > 0
    rough = _filled(person)
    edges = fine[:, 0].sum() + fine[:, -1].sum()
    return Signs(
        height_px=tall / rows * rgb.shape[0],
        coverage=size / fine.size,
        certain=float((chance[person] > rules()["network"]["sure"]).mean()),
        others=_second(others) / size,
        heads=_heads(fine),
        top=top / rows,
        sides=float(max(head[:, 0].mean(), head[:, -1].mean())),
        face=1.0 if face is None else float(fine[_window(_middle(face), fine.shape)].mean()),
        doubt=wavering[0],
        mirror=wavering[1],
        agreement=float((fine & rough).sum() / (fine | rough).sum()),
        softness=float(((small > 25) & (small < 230)).sum() / max(1, outline)),
        ragged=float((opened ^ closed).sum() / size),
        shoulders=float(edges / (2 * tall)),
    )


def _second(others: Mask) -> int:
    """The size of the largest of the other people, px."""
    return int(_largest(others).sum())


def _heads(fine: Mask) -> int:
    """How many parts of the outline stand up like heads: peaks of the upper contour a fifth of the person's height high."""
    left, top, right, bottom = _bounds(fine)
    person = fine[top:bottom, left:right]
    upper = np.where(person.any(axis=0), person.argmax(axis=0), bottom - top)
    need, count, rising, turn = (bottom - top) * PEAK, 0, True, bottom - top
    for row in (*upper.tolist(), bottom - top):
        turn = min(turn, row) if rising else max(turn, row)
        if abs(row - turn) >= need:
            count, rising, turn = count + rising, not rising, row
    return count


def fault(signs: Signs) -> str:
    """The reason of the first sign that is out of its range; nothing for a good cut-out."""
    values = asdict(signs)
    return next((rule["reason"] for name, rule in rules()["gate"].items() if not _within(values[name], rule)), "")


def _within(value: float, rule: dict[str, Any]) -> bool:
    return bool(rule.get("least", value) <= value <= rule.get("most", value))


def quality(signs: Signs) -> float:
    """0 to 1: the worst of how far each sign is from its limit, less where shoulders leave the picture; rounded to hundredths."""
    gate = rules()["gate"]
    scores = (
        (signs.certain - gate["certain"]["least"]) / (1 - gate["certain"]["least"]),
        (signs.agreement - gate["agreement"]["least"]) / (1 - gate["agreement"]["least"]),
        1 - signs.softness / gate["softness"]["most"],
        1 - signs.ragged / gate["ragged"]["most"],
    )
    worst = float(min(1.0, max(0.0, min(scores))))
    return round(math.sqrt(worst) * (1 - 0.3 * min(1.0, signs.shoulders)), 2)


def box(alpha: Bytes) -> Part:
    """Left, top, right, bottom of the person in fractions of the picture, rounded to a millionth."""
    height, width = alpha.shape
    left, top, right, bottom = _bounds(alpha > 127)
    return round(left / width, 6), round(top / height, 6), round(right / width, 6), round(bottom / height, 6)

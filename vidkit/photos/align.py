"""Two photos of one place → how the second lies on the first, or why that cannot be told (``warp`` makes pixels of it).

SIFT features at a working size, RootSIFT descriptors, mutual nearest neighbours with Lowe's ratio test, USAC/MAGSAC for the
consensus, then a weighted fit that also takes in guided matches. Hand-held pairs are nearly similarities, so the fit leans to one
where the matches leave it open (a Gaussian prior), and its standard error at the corners decides whether it is good for anything.
Every number is in ``data/align.yaml``. Inside, points are in units: thousandths of a photo's long side, from its middle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from vidkit.photos.lanes import HEAVY, NONE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vidkit.photos.lanes import Lanes

    Floats = NDArray[np.float64]
    Whole = NDArray[np.intp]
    Rgb = NDArray[np.uint8]

Part = tuple[float, float, float, float]
Kind = Literal["similarity", "homography"]
Reason = Literal[
    "blank",
    "few-features",
    "few-matches",
    "few-inliers",
    "small-overlap",
    "scale",
    "shear",
    "fold",
    "uncertain",
    "spread",
]
UNITS = 1000.0
CORNERS = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
STEP = np.array([1, 1, UNITS, 1, 1, UNITS, 1 / UNITS, 1 / UNITS])


@dataclass(frozen=True)
class Alignment:
    """How ``moved`` lies on ``onto``: see each field; fractions run 0..1 over width (x, right) and height (y, down), and the centre
    of pixel i of n is at (i + 0.5) / n.
    """

    matrix: tuple[float, ...]
    """Nine numbers, row-major 3x3: points of ``onto`` to points of ``moved``, both as fractions."""
    kind: Kind
    usable: Part
    """Left, top, right, bottom of ``onto``: the largest rectangle that both photos cover, a margin inside ``moved``'s edges."""
    confidence: float
    """The least of how far inliers, their share, their spread and the standard error got from their gate (0) to sure (1)."""
    inliers: int
    """Matches that agree with the mapping."""
    matches: int
    """Mutual matches that passed the ratio test."""
    overlap: float
    """Share of ``onto`` that ``moved`` covers."""
    turned: int
    """How far things in ``moved`` are turned clockwise against ``onto``, to the nearest 0, 90, 180 or 270 degrees."""
    scale: float
    """How much larger things are in ``moved``, with both photos' long sides equal, in the middle of the common part."""
    doubt: float
    """Standard error of the mapping at the common part's worst corner, in thousandths of the long side."""


@dataclass(frozen=True)
class Unaligned:
    """Why two photos could not be laid on each other."""

    reason: Reason
    matches: int
    """Mutual matches that passed the ratio test, in the last attempt."""
    alike: float
    """0..1, how much they still look like one place: see ``likeness``."""


@dataclass(frozen=True)
class Features:
    """What was found in one photo: places and sizes in units, directions in degrees, descriptors as whole numbers."""

    frame: Floats
    points: Floats
    sizes: Floats
    angles: Floats
    words: NDArray[np.float32]


@dataclass(frozen=True)
class Pairs:
    """Places in both photos that may be the same thing, in units, and how well each is known (1 / units²)."""

    onto: Floats
    moved: Floats
    weight: Floats


@dataclass(frozen=True)
class Fit:
    """A mapping in units, the part of ``onto`` both photos cover as a convex polygon, the guided matches and the standard error."""

    mapping: Floats
    kind: Kind
    common: Floats
    used: Pairs
    doubt: float


@dataclass(frozen=True)
class Figures:
    """What the gates look at."""

    inliers: int
    share: float
    support: float
    doubt: float
    overlaps: tuple[float, float]
    scale: float
    shear: float
    areas: float
    turned: int


def align(
    onto: Rgb, moved: Rgb, *, smaller: tuple[Rgb, Rgb] | None = None, lanes: Lanes = NONE
) -> Alignment | Unaligned:
    """How the upright RGB picture ``moved`` lies on ``onto``, or the reason why that cannot be told; any sizes and ratios. ``smaller`` are
    the two as ``small`` makes them, where they are at hand; in ``lanes`` both are searched at once.

    The same pictures give the same answer, also in several threads at once.
    """
    found: list[Alignment] = []
    failed = Unaligned("blank", 0, 0.0)
    first = smaller or (small(onto), small(moved))
    for attempt in _numbers()["attempts"]:
        alike = attempt["long_px"] == _first_side()
        tried = _attempt((onto, moved), first if alike else (onto, moved), attempt, lanes)
        if isinstance(tried, Alignment):
            found.append(tried)
            if _good_enough(tried):
                break
        else:
            failed = tried
    return min(found, key=lambda one: one.doubt) if found else failed


def at_once(
    onto: Rgb, moved: Rgb, *, smaller: tuple[Rgb, Rgb] | None = None, lanes: Lanes = NONE
) -> Alignment | Unaligned:
    """The same by the first attempt alone: for what is asked of many pictures and is seldom so."""
    return _attempt((onto, moved), smaller or (small(onto), small(moved)), _numbers()["attempts"][0], lanes)


def _numbers() -> dict[str, Any]:
    return table("align")


def _good_enough(found: Alignment) -> bool:
    enough = _numbers()["good_enough"]
    return bool(found.doubt <= enough["doubt_units"] and found.inliers >= enough["inliers"])


def _frame(rgb: Rgb) -> Floats:
    """Width and height in units."""
    height, width = rgb.shape[:2]
    return np.asarray(np.array([width, height]) * (UNITS / max(width, height)))


def small(rgb: Rgb) -> Rgb:
    """The picture as it is looked at first."""
    return _shorter(rgb, _first_side())


def _first_side() -> int:
    return int(_numbers()["attempts"][0]["long_px"])


def _shorter(rgb: Rgb, long: int) -> Rgb:
    """The picture with its long side no longer than that many pixels."""
    height, width = rgb.shape[:2]
    scale = long / max(height, width)
    if scale >= 1:
        return rgb
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _grey(rgb: Rgb, long: int) -> Rgb:
    """The picture in grey, its long side no longer than that many pixels."""
    return np.asarray(cv2.cvtColor(_shorter(rgb, long), cv2.COLOR_RGB2GRAY), np.uint8)


def _range(grey: Rgb) -> tuple[float, float, float]:
    """The darkest and the brightest half per cent, and the median."""
    low, middle, high = np.percentile(grey[::3, ::3], (0.5, 50.0, 99.5))
    return float(low), float(middle), float(high)


def _evened(grey: Rgb, *, local: bool) -> Rgb:
    """The grey picture with its light evened out: tile by tile, or its range stretched and its median brought to one level."""
    if local:
        tiles = _numbers()["clahe"]["tiles"]
        return np.asarray(cv2.createCLAHE(_numbers()["clahe"]["clip"], (tiles, tiles)).apply(grey), np.uint8)
    low, middle, high = _range(grey)
    light = _numbers()["light"]
    level = min(max((middle - low) / (high - low), 0.05), 0.95)
    gamma = min(max(math.log(light["middle"]) / math.log(level), light["gamma"][0]), light["gamma"][1])
    stretched = ((np.arange(256) - low) / (high - low)).clip(0, 1) ** gamma
    return np.asarray(cv2.LUT(grey, np.rint(255 * stretched).astype(np.uint8)), np.uint8)


def _features(grey: Rgb, frame: Floats, attempt: Mapping[str, Any]) -> Features:
    """SIFT features, their RootSIFT descriptors rounded to whole numbers."""
    sift = cv2.SIFT.create(attempt["features"], 3, attempt["contrast"], 10, 1.6, True)  # noqa: FBT003  # enable_precise_upscale
    with HEAVY:
        keypoints, found = sift.detectAndCompute(_evened(grey, local=attempt["local"]), None)
    words = np.zeros((0, 128)) if found is None else found
    root = np.sqrt(words / np.maximum(words.sum(axis=1, keepdims=True), 1.0))
    side = np.array(grey.shape[::-1])
    return Features(
        frame,
        ((np.array([k.pt for k in keypoints]).reshape(-1, 2) + 0.5) / side - 0.5) * frame,
        np.array([k.size for k in keypoints]) * (UNITS / side.max()),
        np.array([k.angle for k in keypoints]),
        np.rint(_numbers()["descriptor_length"] * root).astype(np.float32),
    )


def _distances(a: Features, b: Features) -> NDArray[np.float32]:
    """Squared distances of all descriptors, exact because whole."""
    far = a.words @ b.words.T
    far *= -2
    far += (b.words**2).sum(axis=1)
    far += (a.words**2).sum(axis=1)[:, None]
    return np.asarray(far)


def _matches(a: Features, b: Features) -> tuple[Whole, Whole]:
    """Mutual nearest neighbours that are clearly nearer than the second nearest on both sides."""
    far = _distances(a, b)
    rows, best = np.arange(len(far)), far.argmin(axis=1)
    first = far[rows, best]
    mutual = far.min(axis=0)[best] == first
    mutual[mutual] = _first(best[mutual], far.shape[1])  # of several as near, one
    far[rows, best] = np.inf
    second = np.minimum(far.min(axis=1), far.min(axis=0)[best])
    kept = mutual & (first < _numbers()["ratio"] ** 2 * second)
    return rows[kept], best[kept]


def _pairs(a: Features, b: Features, chosen: tuple[Whole, Whole]) -> Pairs:
    fit, (i, j) = _numbers()["fit"], chosen
    noise = fit["noise_units"] ** 2 + (fit["noise_per_size"] * a.sizes[i]) ** 2
    return Pairs(a.points[i], b.points[j], 1 / noise)


def _guided(a: Features, b: Features, mapping: Floats) -> tuple[Whole, Whole]:
    """Mutual nearest neighbours among features that lie near each other under the mapping with the size and direction it gives."""
    rule = _numbers()["guided"]
    i, j = _near(_project(mapping, a.points), b.points, rule["units"])
    slopes = _slopes(mapping, a.points[i])
    scale = np.sqrt(np.abs(np.linalg.det(slopes)))
    turn = np.degrees(np.arctan2(slopes[:, 1, 0] - slopes[:, 0, 1], slopes[:, 0, 0] + slopes[:, 1, 1]))
    sized = np.abs(np.log(b.sizes[j] / np.maximum(a.sizes[i] * scale, 1e-9))) < math.log(rule["scale"])
    aimed = np.abs((b.angles[j] - a.angles[i] - turn + 180) % 360 - 180) < rule["degrees"]
    i, j = i[sized & aimed], j[sized & aimed]
    far = ((a.words[i] - b.words[j]) ** 2).sum(axis=1)
    order = np.lexsort((j, i, far))
    i, j, far = i[order], j[order], far[order]
    kept = _first(i, len(a.points)) & _first(j, len(b.points))
    kept &= far < (rule["distance"] * _numbers()["descriptor_length"]) ** 2
    return i[kept], j[kept]


def _near(p: Floats, q: Floats, radius: float) -> tuple[Whole, Whole]:
    """All pairs of points nearer than the radius."""
    order = np.argsort(q[:, 1], kind="stable")
    start = np.searchsorted(q[order, 1], p[:, 1] - radius)
    count = np.searchsorted(q[order, 1], p[:, 1] + radius) - start
    i = np.repeat(np.arange(len(p)), count)
    j = order[np.arange(count.sum()) - np.repeat(count.cumsum() - count - start, count)]
    kept = ((p[i] - q[j]) ** 2).sum(axis=1) < radius**2
    return i[kept], j[kept]


def _first(index: Whole, count: int) -> NDArray[np.bool_]:
    """Where each index stands for the first time."""
    seen = np.full(count, len(index))
    np.minimum.at(seen, index, np.arange(len(index)))
    return np.asarray(seen[index] == np.arange(len(index)))


def _homogeneous(mapping: Floats, points: Floats) -> Floats:
    return np.asarray(np.column_stack([points, np.ones(len(points))]) @ mapping.T)


def _project(mapping: Floats, points: Floats) -> Floats:
    """Where the mapping takes the points."""
    q = _homogeneous(mapping, points)
    return np.asarray(q[:, :2] / q[:, 2:])


def _slopes(mapping: Floats, points: Floats) -> Floats:
    """The mapping's 2x2 derivative at each point."""
    q = _homogeneous(mapping, points)
    ends = q[:, :2] / q[:, 2:]
    return np.asarray((mapping[:2, :2] - ends[:, :, None] * mapping[None, 2:, :2]) / q[:, 2:, None])


def _by_numbers(mapping: Floats, points: Floats) -> Floats:
    """Derivative of each projected point by the mapping's first eight numbers (each counted in its ``STEP``), shape (n, 2, 8)."""
    q = _homogeneous(mapping, points)
    ones = np.column_stack([points, np.ones(len(points))]) / q[:, 2:]
    ends = q[:, :2] / q[:, 2:]
    made = np.zeros((len(points), 2, 8))
    made[:, 0, :3] = made[:, 1, 3:6] = ones
    made[:, :, 6:] = -ends[:, :, None] * ones[:, None, :2]
    return np.asarray(made * STEP)


def _consensus(pairs: Pairs) -> Floats | None:
    """The homography most matches agree on (USAC with MAGSAC scoring and polishing), from its own seeded generator."""
    rule, usac = _numbers()["consensus"], cv2.UsacParams()
    usac.threshold, usac.maxIterations, usac.confidence = rule["units"], rule["iterations"], rule["confidence"]
    usac.randomGeneratorState, usac.isParallel = rule["seed"], False
    usac.sampler, usac.score = cv2.SAMPLING_UNIFORM, cv2.SCORE_METHOD_MAGSAC
    usac.loMethod, usac.loIterations, usac.loSampleSize = cv2.LOCAL_OPTIM_SIGMA, 10, 50
    usac.final_polisher, usac.final_polisher_iterations = cv2.MAGSAC, 3
    mapping, _ = cv2.findHomography(pairs.onto, pairs.moved, usac)
    usual = mapping is not None and np.isfinite(mapping).all() and abs(mapping[2, 2]) > 1e-9
    return np.asarray(mapping / mapping[2, 2]) if usual else None


def _by_similarity(points: Floats) -> Floats:
    """Derivative of each point under a similarity by its four numbers, shape (2n, 4)."""
    (x, y), one, zero = points.T, np.ones(len(points)), np.zeros(len(points))
    return np.stack([np.column_stack([x, -y, one, zero]), np.column_stack([y, x, zero, one])], axis=1).reshape(-1, 4)


def _weights(mapping: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
    """Each match's distance from where the mapping takes it (vector), and its weight in the fit: Tukey's, over its noise."""
    off = pairs.moved - _project(mapping, pairs.onto)
    near = (off**2).sum(axis=1) / _numbers()["fit"]["cut_units"] ** 2
    return off, np.maximum(0.0, 1 - near) ** 2 * pairs.weight


def _leaning(mapping: Floats, corners: Floats) -> tuple[Floats, Floats]:
    """The prior's normal matrix and right side: the corners lie near where some similarity would take them."""
    ends, by = _project(mapping, corners), _by_numbers(mapping, corners).reshape(8, 8)
    like = _by_similarity(corners)
    tight = (np.eye(8) - like @ np.linalg.pinv(like)) / _numbers()["fit"]["plain_units"]
    return (tight @ by).T @ (tight @ by), -(tight @ by).T @ (tight @ ends.ravel())


def _refined(mapping: Floats, pairs: Pairs, corners: Floats) -> Floats:
    """The mapping after some Gauss-Newton steps on the matches near it and the prior."""
    for _ in range(_numbers()["fit"]["rounds"]):
        off, weight = _weights(mapping, pairs)
        by = _by_numbers(mapping, pairs.onto)
        normal, right = _leaning(mapping, corners)
        heavy = (by * weight[:, None, None]).reshape(-1, 8)
        step = (
            np.linalg.lstsq(normal + by.reshape(-1, 8).T @ heavy, right + heavy.T @ off.ravel(), rcond=None)[0] * STEP
        )
        mapping = mapping + np.append(step, 0.0).reshape(3, 3)
    return mapping


def _doubt(mapping: Floats, pairs: Pairs, frame: Floats, corners: Floats) -> float:
    """Standard error in units at the worst of the corners: the fit's own, or its cluster-robust one over cells of the picture,
    whichever is larger; neighbours on one object err together, which the fit's own does not know.
    """
    off, weight = _weights(mapping, pairs)
    by = _by_numbers(mapping, pairs.onto)
    heavy = by * weight[:, None, None]
    inverse = np.linalg.pinv(_leaning(mapping, CORNERS * frame)[0] + by.reshape(-1, 8).T @ heavy.reshape(-1, 8))
    spread = float((weight * (off**2).sum(axis=1)).sum()) / max(2 * int((weight > 0).sum()) - 8, 1)
    cell = ((pairs.onto / frame + 0.5) * 8).astype(int).clip(0, 7) @ np.array([1, 8])
    sums = np.zeros((64, 8))
    np.add.at(sums, cell, np.einsum("nki,nk->ni", heavy, off))
    robust = inverse @ sums.T @ sums @ inverse
    at = _by_numbers(mapping, corners)
    errors = [np.einsum("nki,ij,nkj->n", at, known, at).max() for known in (inverse * max(spread, 1.0), robust)]
    return math.sqrt(max(errors))


def _common(mapping: Floats, onto: Floats, moved: Floats) -> Floats:
    """The part of ``onto`` that ``moved`` covers, a convex polygon in units; empty when the mapping tears the picture."""
    back = np.linalg.inv(mapping)
    if (_homogeneous(back / back[2, 2], CORNERS * moved)[:, 2] <= 0.05).any():
        return np.zeros((0, 2))
    covered, own = _project(np.asarray(back), CORNERS * moved), CORNERS * onto
    _, polygon = cv2.intersectConvexConvex(covered.astype(np.float32), own.astype(np.float32))
    return np.zeros((0, 2)) if polygon is None else np.asarray(polygon.reshape(-1, 2), np.float64)


def _area(polygon: Floats) -> float:
    return float(cv2.contourArea(polygon.astype(np.float32))) if len(polygon) > 2 else 0.0


def _span(polygon: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Where a convex polygon begins and ends at each x, from top to bottom."""
    top, bottom = np.full(len(x), np.inf), np.full(len(x), -np.inf)
    for start, end in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if abs(end[0] - start[0]) > 1e-6:
            along = (x - start[0]) / (end[0] - start[0])
            y = np.where((along >= -1e-9) & (along <= 1 + 1e-9), start[1] + along * (end[1] - start[1]), np.nan)
            top, bottom = np.fmin(top, y), np.fmax(bottom, y)
    return top, bottom


def largest(polygon: Floats) -> Part:
    """The largest upright rectangle in a convex polygon (left, top, right, bottom), by a search over pairs of its sides' places."""
    low, high = float(polygon[:, 0].min()), float(polygon[:, 0].max())
    lefts = rights = np.linspace(low, high, 129)
    found = (low, 0.0, low, 0.0)
    for _ in range(4):
        (top_left, bottom_left), (top_right, bottom_right) = _span(polygon, lefts), _span(polygon, rights)
        top = np.maximum(top_left[:, None], top_right)
        bottom = np.minimum(bottom_left[:, None], bottom_right)
        area = np.maximum(rights - lefts[:, None], 0) * np.maximum(bottom - top, 0)
        i, j = divmod(int(area.argmax()), len(rights))
        found = float(lefts[i]), float(top[i, j]), float(rights[j]), float(bottom[i, j])
        step = float(lefts[1] - lefts[0])
        lefts, rights = (np.linspace(max(x - step, low), min(x + step, high), 33) for x in (found[0], found[2]))
    return found


def _inside(mapping: Floats, pairs: Pairs) -> NDArray[np.bool_]:
    """Which matches the mapping explains."""
    off = pairs.moved - _project(mapping, pairs.onto)
    return np.asarray((off**2).sum(axis=1) < _numbers()["fit"]["cut_units"] ** 2)


def _plainer(mapping: Floats, pairs: Pairs, corners: Floats) -> tuple[Floats, Kind]:
    """The best similarity through the same matches where the homography hardly differs from it, else the homography."""
    _, weight = _weights(mapping, pairs)
    root = np.sqrt(np.repeat(weight, 2))
    rows = _by_similarity(pairs.onto) * root[:, None]
    a, b, right, down = np.linalg.lstsq(rows, pairs.moved.ravel() * root, rcond=None)[0]
    similarity = np.array([[a, -b, right], [b, a, down], [0, 0, 1.0]])
    apart = np.linalg.norm(_project(similarity, corners) - _project(mapping, corners), axis=1).max()
    plain = bool(apart <= _numbers()["fit"]["similar_units"])
    return (similarity, "similarity") if plain else (mapping, "homography")


def _attempt(
    pictures: tuple[Rgb, Rgb], looked: tuple[Rgb, Rgb], attempt: Mapping[str, Any], lanes: Lanes
) -> Alignment | Unaligned:
    """One try at two pictures, which are looked at as ``looked``: the same, or smaller."""
    gates, (onto, moved) = _numbers()["gates"], pictures
    greys = [_grey(rgb, attempt["long_px"]) for rgb in looked]
    if any(high - low < _numbers()["blank_spread"] for low, _, high in map(_range, greys)):
        return Unaligned("blank", 0, 0.0)
    sides = zip(greys, pictures, strict=True)
    begun = [lanes.begin("features", _features, grey, _frame(rgb), attempt) for grey, rgb in sides]
    a, b = (found() for found in begun)
    if min(len(a.points), len(b.points)) < gates["features"]:
        return Unaligned("few-features", 0, likeness(onto, moved, 0))
    pairs = _pairs(a, b, _matches(a, b))
    count = len(pairs.onto)
    start = _consensus(pairs) if count >= gates["matches"] else None
    if start is None:
        return Unaligned("few-matches", count, likeness(onto, moved, 0))
    fit = _fit(start, a, b, pairs)
    if fit is None:
        return Unaligned("few-inliers", count, likeness(onto, moved, 0))
    figures = _figures(fit, a, b, pairs)
    reason = _refused(figures)
    if reason:
        return Unaligned(reason, count, likeness(onto, moved, figures.inliers))
    return _alignment(fit, figures, pictures, count)


def likeness(onto: Rgb, moved: Rgb, inliers: int) -> float:
    """How much two RGB pictures look like one place, 0..1: the inliers of a refused mapping over those it takes to be sure, or how
    well the layout of light and colour agrees in the best of four quarter turns, whichever says more.
    """
    rule = _numbers()["likeness"]
    a, b = (_layout(rgb, rule["cells"]) for rgb in (onto, moved))
    alike = max(float((a * np.rot90(b, turn)).sum()) for turn in range(4))
    low, high = rule["layout"]
    return round(float(min(1.0, max(0.0, inliers / rule["inliers"], (alike - low) / (high - low)))), 2)


def _layout(rgb: Rgb, cells: int) -> Floats:
    """The picture as few Lab cells without its mean colour, scaled to length 1; light counts half, each colour axis a quarter."""
    small = cv2.resize(rgb, (cells, cells), interpolation=cv2.INTER_AREA)
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float64)
    free = lab - lab.mean(axis=(0, 1))
    return np.asarray(free / np.sqrt((free**2).sum(axis=(0, 1)) + 9 * cells**2) * np.sqrt([0.5, 0.25, 0.25]))


def _fit(start: Floats, a: Features, b: Features, pairs: Pairs) -> Fit | None:
    corners = CORNERS * a.frame
    mapping, used = _refined(start, pairs, corners), pairs
    for _ in range(_numbers()["guided"]["rounds"]):
        used = _pairs(a, b, _guided(a, b, mapping))
        mapping = _refined(mapping, used, corners)
    if not np.isfinite(mapping).all() or not _inside(mapping, used).any() or abs(np.linalg.det(mapping)) < 1e-6:
        return None
    mapping, kind = _plainer(mapping, used, corners)
    common = _common(mapping, a.frame, b.frame)
    if len(common) < 3:
        return None
    return Fit(mapping, kind, common, used, _doubt(mapping, used, a.frame, common))


def _support(fit: Fit, features: Features) -> float:
    """Of the cells of the common part's largest rectangle in which ``onto`` has features, the share that has inliers."""
    left, top, right, bottom = largest(fit.common)
    grid = int(_numbers()["support_grid"])

    def filled(points: Floats) -> set[int]:
        at = (points - [left, top]) / [max(right - left, 1e-6), max(bottom - top, 1e-6)] * grid
        inside = ((at >= 0) & (at < grid)).all(axis=1)
        cells, counts = np.unique(at[inside].astype(int) @ np.array([1, grid]), return_counts=True)
        return set(cells[counts >= 2].tolist())

    seen = filled(features.points)
    agreed = filled(fit.used.onto[_inside(fit.mapping, fit.used)])
    return len(agreed & seen) / max(len(seen), 1)


def _figures(fit: Fit, a: Features, b: Features, pairs: Pairs) -> Figures:
    inliers = int(_inside(fit.mapping, pairs).sum())
    slopes = _slopes(fit.mapping, np.vstack([fit.common, fit.common.mean(axis=0)]))
    areas, middle = np.linalg.det(slopes), slopes[-1]
    long, short = np.linalg.svd(middle, compute_uv=False)
    turn = math.degrees(math.atan2(middle[1, 0] - middle[0, 1], middle[0, 0] + middle[1, 1]))
    covered = _area(fit.common) / float(a.frame.prod())
    return Figures(
        inliers,
        inliers / len(pairs.onto),
        _support(fit, a),
        fit.doubt,
        (covered, _area(_project(fit.mapping, fit.common)) / float(b.frame.prod())),
        math.sqrt(abs(float(areas[-1]))),
        float(long / max(short, 1e-9)),
        float(areas.max() / areas.min()) if areas.min() > 0 else math.inf,
        round(turn / 90) % 4 * 90,
    )


def _refused(f: Figures) -> Reason | None:
    """The first gate the figures do not pass."""
    gates = _numbers()["gates"]
    low, high = gates["scale"]
    failed: dict[Reason, bool] = {
        "few-inliers": f.inliers < gates["inliers"] or f.share < gates["share"],
        "fold": f.areas > gates["areas"],
        "shear": f.shear > gates["shear"],
        "scale": not low <= f.scale <= high,
        "small-overlap": min(f.overlaps) < gates["overlap"],
        "uncertain": f.doubt > gates["doubt_units"],
        "spread": f.support < gates["support"],
    }
    return next((reason for reason, true in failed.items() if true), None)


def _alignment(fit: Fit, f: Figures, pictures: tuple[Rgb, Rgb], count: int) -> Alignment:
    onto, moved = (_frame(rgb) for rgb in pictures)
    centred = [np.array([[x, 0, -x / 2], [0, y, -y / 2], [0, 0, 1]]) for x, y in (onto, moved)]
    matrix = np.linalg.inv(centred[1]) @ fit.mapping @ centred[0]
    height, width = pictures[1].shape[:2]
    inner = moved * (1 - 2 * _numbers()["margin_px"] / np.array([width, height]))
    left, top, right, bottom = largest(_common(fit.mapping, onto, inner))
    (left, top), (right, bottom) = (np.array([[left, top], [right, bottom]]) / onto + 0.5).round(6).clip(0, 1).tolist()
    return Alignment(
        tuple(float(v) for v in (matrix / matrix[2, 2]).ravel()),
        fit.kind,
        (left, top, right, bottom),
        _confidence(f),
        f.inliers,
        count,
        round(min(f.overlaps[0], 1.0), 4),
        f.turned,
        round(f.scale, 4),
        round(f.doubt, 3),
    )


def _confidence(f: Figures) -> float:
    """How far the weakest figure got from its gate (0) to sure (1), rounded to hundredths."""
    gates, sure = _numbers()["gates"], _numbers()["sure"]
    figures = {"inliers": f.inliers, "share": f.share, "support": f.support, "doubt_units": f.doubt}
    way = [(value - gates[name]) / (sure[name] - gates[name]) for name, value in figures.items()]
    return round(float(max(0.0, min(1.0, *way))), 2)

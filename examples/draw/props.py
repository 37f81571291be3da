"""Rooms and household things used by more than one scene."""

from __future__ import annotations

import numpy as np

from kit import Array, Mesh, Scene, blob, box, curve, label, lathe, merge, mix, noise, paint, soft, step, surface, tube


def room(s: Scene, x0: float, x1: float, y0: float, y1: float, z0: float, z1: float) -> None:
    """Plain painted walls, ceiling and floor around the camera, so that everything has something to reflect."""
    s.mat("plaster", paint((0.50, 0.48, 0.45), 0.9))
    s.mat("floor", paint((0.30, 0.25, 0.20), 0.35))
    cx, cy, cz = (x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2
    s.add(
        "plaster",
        box(0.05, y1 - y0, z1 - z0).at(x0, cy, cz),
        box(0.05, y1 - y0, z1 - z0).at(x1, cy, cz),
        box(x1 - x0, 0.05, z1 - z0).at(cx, y0, cz),
        box(x1 - x0, y1 - y0, 0.05).at(cx, cy, z1),
    )
    s.add("floor", box(x1 - x0, y1 - y0, 0.05).at(cx, cy, z0))


def window(s: Scene, x: float, y0: float, y1: float, z0: float, z1: float, face: int, power: float) -> None:
    """A window in a side wall (face +1 looks to +x): pale sky above, dim houses below, frame bars."""
    h, w = 256, 256
    yy, xx = np.mgrid[0 : 1 : h * 1j, 0 : 1 : w * 1j]
    sky = mix((0.80, 0.95, 1.15), (0.42, 0.46, 0.48), step(yy + 0.06 * noise(h, w, 8, 3, 5), 0.55, 0.62))
    sky *= (0.85 + 0.3 * noise(h, w, 5, 3, 6))[..., None]
    bars = (abs(xx - 0.5) < 0.025) | (abs(yy - 0.28) < 0.02) | (xx < 0.03) | (xx > 0.97) | (yy < 0.03) | (yy > 0.97)
    sky[bars] *= 0.06
    m = box(0.01, y1 - y0, z1 - z0, 0.0005, 1).project("y", "z", y0, y1, z0, z1)
    s.light(
        m.at(x + 0.04 * face, (y0 + y1) / 2, (z0 + z1) / 2).project("y", "z", y0, y1, z0, z1),
        (sky * power).astype(np.float32),
    )


def lamp(s: Scene, x: float, y: float, z: float, size: float, power: float) -> None:
    """A flat warm ceiling light."""
    s.light(box(size, size, 0.03, 0.01).at(x, y, z), (1.0 * power, 0.80 * power, 0.58 * power))


def photographer(s: Scene, x: float, y: float, z: float) -> None:
    """The person holding the phone, seen only as a reflection and as a soft shadow. z is eye height."""
    s.mat("jacket", paint((0.06, 0.07, 0.10), 0.9))
    s.mat("skin", paint((0.45, 0.28, 0.20), 0.6))
    s.add(
        "jacket",
        lathe([(1e-3, -1.5), (0.2, -1.45), (0.21, -0.6), (0.23, -0.28), (0.07, -0.2), (1e-3, -0.2)], 2)
        .size(1, 0.62, 1)
        .at(x, y, z),
    )
    s.add(
        "skin", lathe([(1e-3, -0.22), (0.06, -0.2), (0.06, -0.12), (0.1, 0), (0.08, 0.1), (1e-3, 0.13)], 2).at(x, y, z)
    )


def bottle(
    s: Scene,
    name: str,
    x: float,
    y: float,
    z: float,
    h: float,
    r: float,
    body: tuple[float, float, float],
    cap: tuple[float, float, float],
    seed: int,
    words: tuple[str, str],
    ink: tuple[float, float, float] = (0.5, 0.02, 0.02),
    paper: tuple[float, float, float] = (0.8, 0.75, 0.55),
    band: tuple[float, float, float] = (0.5, 0.02, 0.02),
    turn: float = -90.0,
    film: float = 0.0,
    clear: bool = False,
    neck: float = 0.4,
) -> None:
    """A sauce or cleaner bottle with cap and label (its word faces turn); film is greasy dust on it."""
    dull = {"spec_trans": 0.75, "eta": 1.4} if clear else {"coat": 0.4}
    spec = paint(body, 0.08 + 0.3 * film, **dull)
    s.mat(f"{name}_body", spec)
    s.mat(f"{name}_cap", paint(cap, 0.35))
    art = label(*words, paper, ink, band, 2 * np.pi * r / (0.38 * h))
    grime = noise(*art.shape[:2], 4, 5, seed) * film
    s.mat(f"{name}_label", paint(mix(art, (0.35, 0.22, 0.08), np.clip(0.7 * grime, 0, 0.8)), 0.4))
    s.add(
        f"{name}_body",
        lathe(
            [
                (1e-3, 0.001),
                (r * 0.9, 0),
                (r, 0.004),
                (r, 0.01),
                (r, h * 0.55),
                (r, h * 0.62),
                (r * neck, h * 0.82),
                (r * neck * 0.9, h * 0.9),
                (1e-3, h * 0.9),
            ],
            3,
        ).at(x, y, z),
    )
    c = r * neck + 0.003
    s.add(f"{name}_cap", lathe([(c, h * 0.885), (c, h * 0.89), (c, h * 0.995), (c * 0.9, h), (1e-3, h)], 3).at(x, y, z))
    t = np.linspace(-np.pi, np.pi, 90)
    zz = np.array([h * 0.12, h * 0.5])
    p = np.stack(np.broadcast_arrays((r + 4e-4) * np.cos(t), (r + 4e-4) * np.sin(t), zz[:, None]), -1)
    s.add(f"{name}_label", surface(p).turn("z", turn).at(x, y, z))


def socket(s: Scene, x: float, y: float, z: float, plug: bool, cable: list[list[float]] | None = None) -> None:
    """A white wall socket facing -y, with a plug and its cable if asked."""
    s.mat("plastic", paint((0.72, 0.71, 0.66), 0.32))
    s.mat("slot", paint((0.01, 0.01, 0.01), 0.6))
    s.add(
        "plastic",
        box(0.086, 0.009, 0.086, 0.003).at(x, y - 0.0045, z),
        box(0.06, 0.003, 0.06, 0.001).at(x, y - 0.0095, z),
    )
    for dx, dz, a in (
        (-0.009, -0.012, 35),
        (0.009, -0.012, -35),
        (0, 0.002, 0),
        (-0.006, 0.016, 90),
        (0.006, 0.016, 90),
    ):
        s.add("slot", box(0.0022, 0.002, 0.0075, 0.0003).turn("y", a).at(x + dx, y - 0.0106, z + dz))
    if plug:
        s.mat("rubber", paint((0.025, 0.025, 0.028), 0.5))
        s.add("rubber", box(0.034, 0.032, 0.04, 0.007).at(x, y - 0.027, z - 0.006))
        if cable:
            s.add("rubber", tube(curve(cable), 0.0035, 10))


def crumbs(
    count: int,
    seed: int,
    size: tuple[float, float],
    area: Array,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    z: float | Array,
) -> Mesh:
    """Bits of food scattered where area (row 0 at y1) is high."""
    rng = np.random.default_rng(seed)
    h, w = area.shape
    out: list[Mesh] = []
    while len(out) < count:
        u, v = rng.uniform(0, 1, 2)
        i, j = int((1 - v) * (h - 1)), int(u * (w - 1))
        if rng.uniform() > area[i, j]:
            continue
        r = size[0] + (size[1] - size[0]) * rng.uniform() ** 3
        zz = z if np.isscalar(z) else z[i, j]
        m = blob(r, int(rng.integers(1 << 30))).size(rng.uniform(0.8, 2.6), 1, rng.uniform(0.3, 0.7))
        m = m.turn("z", rng.uniform(0, 360))
        out.append(m.at(x0 + u * (x1 - x0), y0 + v * (y1 - y0), zz + r * 0.4))
    return merge(out)


def speckle(h: int, w: int, base: tuple[float, float, float], seed: int) -> Array:
    """Reconstituted stone: fine light and dark grains."""
    out = mix(np.array(base) * 0.82, np.array(base) * 1.15, noise(h, w, 5, 5, seed))
    fine = noise(h, w, h / 2.5, 2, seed + 1, 0.8)
    out = out * (0.86 + 0.28 * fine)[..., None]
    for k, (size, lo, c, a) in enumerate(
        (
            (3.5, 0.70, 0.35, 0.75),
            (6.0, 0.74, 0.45, 0.6),
            (4.0, 0.72, 1.7, 0.55),
            (7.0, 0.80, 1.9, 0.5),
            (9.0, 0.80, 0.7, 0.6),
        )
    ):
        grain = soft(noise(h, w, h / size, 2, seed + 3 + k, 0.6), 0.6)
        out = mix(out, np.array(base) * c, a * step(grain, lo, lo + 0.07))
    return out.astype(np.float32)

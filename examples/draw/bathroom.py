"""A wash-basin with tap and mirror in a tiled corner, scaled and mouldy or scrubbed."""

from __future__ import annotations

import numpy as np

from kit import (
    Array,
    Scene,
    box,
    cloth,
    curve,
    drips,
    grease,
    hanging,
    lathe,
    mix,
    noise,
    paint,
    scratches,
    sheet,
    soft,
    spots,
    step,
    tiles,
    tube,
)
from props import bottle, crumbs, lamp, photographer, room, socket, speckle, window

BX, BY0, BY1 = 0.31, -0.47, -0.004  # the basin: half width, front and back edge
LEFT, TW, TH = -0.50, 0.25, 0.33  # side wall, tile width and height
MIRROR = (-0.37, 0.17, 0.225, 0.86)  # x and z range
FLOOR = -0.80


def _bowl(h: int, w: int) -> tuple[Array, Array, Array]:
    """Coordinates and height of the ceramic, row 0 at the back."""
    yy, xx = np.mgrid[BY1 : BY0 : h * 1j, -BX : BX : w * 1j]
    d = (abs(xx / 0.235) ** 2.7 + abs((yy + 0.262) / 0.168) ** 2.7) ** (1 / 2.7)
    z = -0.130 * (1 - step(d, 0.40, 1.0)) - 0.006 * step(-np.hypot(xx, yy + 0.27), -0.06, 0.0)
    edge = np.minimum(BX - abs(xx), np.minimum(yy - BY0, BY1 - yy + 0.03))
    z = z + 0.006 * (1 - step(edge, 0.004, 0.016)) - 0.014 * (1 - step(edge, 0, 0.004)) + 0.012
    return xx, yy, z


def _basin(s: Scene, clean: bool) -> None:
    """Ceramic with the traces water leaves: scale at the waterline, runs to the drain, scum."""
    h, w = 1500, 2000
    xx, yy, z = _bowl(h, w)
    _, _, gz = _bowl(340, 440)
    n1, n2, n3 = noise(h, w, 5, 6, 11, 0.6), noise(h, w, 16, 5, 12, 0.6), noise(h, w, 70, 3, 13)
    base = mix((0.66, 0.66, 0.645), (0.70, 0.70, 0.685), n1)
    rough = (0.19 if clean else 0.07) + 0.02 * n1 + 0.012 * scratches(h, w, 260, 160, 14)
    if clean:
        t = 0.05 * step(n2, 0.6, 0.9) * (z < -0.05)
        white = 0.12 * soft(spots(h, w, 40, 3, 9, 15), 1.5)
        bump = 2e-5 * n1 + 2.5e-4 * soft(spots(h, w, 26, 3, 9, 16), 2.0)
    else:
        # Tide lines: where water stood, each broken, slanted and of its own width.
        n0 = noise(h, w, 2.2, 3, 10)
        line = np.zeros((h, w), np.float32)
        for k, (level, wide, much) in enumerate(((0.030, 0.004, 0.5), (0.058, 0.007, 0.9), (0.082, 0.013, 0.8))):
            there = step(noise(h, w, 3, 4, 100 + k), 0.42, 0.68)
            tilt = z + level + 0.045 * (n0 - 0.5) + 0.022 * (n1 - 0.5) + 0.006 * (n2 - 0.5) + 0.03 * (k - 1) * xx
            line += much * there * np.exp(-((tilt / (wide * (0.5 + n2))) ** 2))
        deep = step(-z, 0.03, 0.11)
        dr = np.hypot(xx, yy + 0.27)
        drain = np.exp(-np.maximum(dr - 0.025, 0) / 0.035)
        rust = (
            np.exp(-(((xx - 0.012 * (n1 - 0.5)) / (0.012 + 0.010 * n2)) ** 2))
            * step(yy, -0.27, -0.22)
            * step(-yy, 0.112, 0.125)
        )
        edge = np.minimum(BX - abs(xx), np.minimum(yy - BY0, BY1 - yy))
        foot = np.exp(-np.maximum(np.hypot(xx, yy + 0.055) - 0.030, 0) / 0.012) + np.exp(-edge / 0.014)
        run = drips(h, w, 14, 4, 200, 17, step(-z, -0.005, 0.03) * step(yy, -0.33, -0.25))
        t = 0.42 * step(n1, 0.28, 0.72) * (0.35 + 0.65 * deep) + 0.75 * line * (0.35 + n2) + 1.3 * drain * (0.4 + n3)
        t += 0.50 * rust * step(n2, 0.2, 0.7) * (0.6 + n3) + 0.9 * foot * (0.2 + n2) + 0.5 * soft(run, 1.5)
        t += 0.45 * soft(spots(h, w, 420, 1, 8, 18, np.clip(0.15 + deep, 0, 1), 3, 0.35), 1)
        paste = soft(spots(h, w, 5, 5, 12, 20, None, 1, 0.4), 1.5)
        dried = spots(h, w, 420, 3, 15, 21, np.clip(0.3 + 0.5 * (1 - deep), 0, 1), 2.5, 0.12)
        white = np.clip(soft(dried, 1.2) - 0.75 * soft(dried, 3.5), 0, 1) * (0.4 + n2) + 0.25 * soft(dried, 1.5) * n2
        white += paste + 0.45 * soft(line, 2) * n3
        bump = 2.5e-4 * soft(t * (0.4 + n3), 1.5) + 6e-4 * soft(paste, 2)
        rough = rough + 0.42 * np.clip(t + white * 0.6, 0, 1)
        t = np.clip(t, 0, 2.2)
    col = grease(base, t, (0.42, 0.66, 1.15), 0.0 if clean else 0.10)
    col = mix(col, (0.66, 0.66, 0.63), np.clip(white, 0, 0.8))
    s.mat("ceramic", paint(col, np.clip(rough, 0.05, 0.8), 0.0, bump, spec=0.6))
    s.add("ceramic", sheet(-BX, BX, BY0, BY1, gz[::-1]))
    s.mat("ware", paint((0.72, 0.72, 0.70), 0.08))
    s.add("ware", box(2 * BX - 0.004, 0.02, 0.06, 0.006).at(0, BY0 + 0.012, -0.024))
    zd = float(z[int((BY1 + 0.27) / (BY1 - BY0) * h), w // 2])
    s.add(
        "chrome",
        lathe([(0.034, 0.0), (0.033, 0.003), (0.026, 0.003), (0.024, -0.004)], 2).at(0, -0.27, zd),
        lathe([(1e-3, 0.007), (0.016, 0.006), (0.0205, 0.003), (0.020, 0.0)], 2).at(0, -0.27, zd),
    )
    s.mat("hole", paint((0.01, 0.01, 0.01), 0.7))
    s.add("hole", lathe([(1e-3, -0.002), (0.027, -0.002), (0.028, 0.0015)], 1).at(0, -0.27, zd))
    over = lathe([(0.014, 0.0), (0.013, 0.003), (0.009, 0.003), (0.008, -0.002)], 2)
    s.add("chrome", over.turn("x", 62).at(0, -0.119, -0.038))
    s.add("hole", lathe([(1e-3, 0.001), (0.010, 0.001)], 1).turn("x", 62).at(0, -0.119, -0.038))


def _tap(s: Scene, clean: bool) -> None:
    """A single-lever mixer."""
    h, w = 500, 500
    n1, n2 = noise(h, w, 6, 5, 31, 0.6), noise(h, w, 40, 4, 32)
    if clean:
        s.mat("chrome", paint((0.74, 0.75, 0.77), 0.17, 1.0))
    else:
        t = np.clip(step(n1, 0.30, 0.56) * (0.6 + 0.7 * n2) + soft(spots(h, w, 160, 2, 12, 33), 1), 0, 1)
        s.mat(
            "chrome",
            paint(
                mix((0.55, 0.55, 0.54), (0.56, 0.53, 0.45), t), 0.16 + 0.5 * t, 1 - 0.85 * t, 5e-4 * soft(t * n2, 1.2)
            ),
        )
    y, z = -0.055, 0.010
    s.add(
        "chrome",
        lathe(
            [
                (0.030, 0),
                (0.030, 0.004),
                (0.024, 0.008),
                (0.0225, 0.02),
                (0.0225, 0.105),
                (0.020, 0.113),
                (1e-3, 0.115),
            ],
            2,
        ).at(0, y, z),
    )
    spout = curve([[0, 0.0, 0.070], [0, -0.04, 0.086], [0, -0.095, 0.094], [0, -0.128, 0.088], [0, -0.138, 0.072]])
    s.add("chrome", tube(spout, np.linspace(0.0175, 0.0125, len(spout)), 24).at(0, y, z))
    s.add("chrome", lathe([(0.013, -0.006), (0.0135, 0.004), (0.011, 0.006)], 1).at(0, y - 0.138, z + 0.066))
    lever = curve([[0, 0.004, 0.118], [0.002, -0.02, 0.128], [0.005, -0.06, 0.142], [0.007, -0.088, 0.150]])
    s.add("chrome", tube(lever, np.linspace(0.013, 0.0068, len(lever)), 20).at(0, y, z))
    if not clean:
        s.mat("scale", paint((0.58, 0.57, 0.52), 0.85))
        s.add(
            "scale", crumbs(60, 34, (0.001, 0.0026), np.ones((40, 40)), -0.034, 0.034, y - 0.034, y + 0.034, z + 0.001)
        )


def _tile_map(
    clean: bool, length: float, tall: float, seed: int, splash: float
) -> tuple[Array, Array, Array, Array, Array]:
    """Tile colour, roughness, relief, and grout colour for a wall of a length, its worst place at splash."""
    h, w = 1500, int(1500 * length / tall)
    zz, uu = np.mgrid[tall : 0 : h * 1j, 0 : length : w * 1j]
    n1, n2, n3 = noise(h, w, 6, 5, seed), noise(h, w, 26, 4, seed + 1), noise(h, w, 90, 3, seed + 2)
    vein = noise(h, w, 5, 6, seed + 3, 0.6)
    col = mix((0.58, 0.61, 0.62), (0.66, 0.68, 0.68), noise(h, w, 8, 4, seed + 4))
    col = mix(col, (0.42, 0.45, 0.47), 0.26 * step(n1, 0.35, 0.75) * np.exp(-(((vein - 0.5) / 0.035) ** 2)))
    su, sz = abs((uu / TW + 0.5) % 1 - 0.5) * TW, abs((zz / TH + 0.5) % 1 - 0.5) * TH
    seam = np.minimum(su, sz)
    above = zz + FLOOR
    low = np.exp(-np.maximum(above, 0) / 0.10)
    near = np.exp(-(((uu - splash) / 0.35) ** 2))
    rough = 0.08 + 0.04 * n1
    bump = 1.4e-4 * soft(noise(h, w, 24, 3, seed + 5), 2)
    if clean:
        gt = 0.15 + 0.3 * n1
        mould = 0.10 * step(n3, 0.75, 0.9) * low
        return col, rough, bump, mix((0.52, 0.51, 0.48), (0.2, 0.19, 0.17), np.clip(0.4 * gt + mould, 0, 1)), seam
    scum = (0.15 + 0.75 * low * near) * step(n1, 0.25, 0.75)
    runs = drips(h, w, 70, 2.6, 190, seed + 6, np.clip(near * np.exp(-abs(above - 0.35) / 0.25), 0, 1))
    dots = spots(h, w, 1300, 0.6, 3.0, seed + 7, np.clip(near * np.exp(-abs(above - 0.1) / 0.2), 0, 1))
    t = scum + 0.35 * soft(runs, 1) + 0.25 * soft(dots, 0.8)
    col = grease(col, t, (0.32, 0.46, 0.80))
    col = mix(col, (0.60, 0.60, 0.56), np.clip(0.6 * soft(dots, 1) * n2 + 0.35 * soft(runs, 1.2), 0, 0.7))
    spread = np.clip(0.45 + 1.1 * low, 0, 1) * step(n1 * 0.5 + n2 * 0.5, 0.32, 0.52)
    mould = spread * np.exp(-((seam / (0.0036 + 0.009 * low)) ** 2)) * (0.4 + n3)
    where = np.clip(np.exp(-seam / 0.009) * spread, 0, 1)
    mould += 0.9 * soft(spots(h, w, 2600, 0.5, 2.2, seed + 8, where, 3, 0.5), 0.6)
    mould += 1.1 * np.exp(-np.maximum(above, 0) / 0.012) * step(n2, 0.34, 0.6) * (above > -0.01)
    col = mix(col, (0.030, 0.032, 0.022), np.clip(mould, 0, 0.93))
    grout = mix((0.34, 0.29, 0.21), (0.025, 0.025, 0.018), np.clip(0.25 + 1.2 * spread, 0, 1) * (0.6 + 0.4 * n3))
    return col, np.clip(rough + 0.35 * np.clip(t + mould, 0, 1), 0.06, 0.8), bump, grout, seam


def _walls(s: Scene, clean: bool) -> None:
    """Back wall and side wall of tiles meeting in a corner."""
    tall, rows = 1.98, (TH,) * 6
    for name, length, splash in (("back", 2.0, 0.5), ("side", 1.75, 0.35)):
        col, rough, bump, grout, _ = _tile_map(clean, length, tall, 41 if name == "back" else 61, splash)
        s.mat(f"tile_{name}", paint(col, rough, 0.0, bump))
        s.mat(f"grout_{name}", paint(grout, 0.9))
        m = tiles(length, rows, TW, 0.0035, 42 if name == "back" else 62, x0=length / 2)
        g = box(length, 0.01, tall, 0.001).at(length / 2, 0.0075, tall / 2)
        for part, mat in ((m, "tile"), (g, "grout")):
            part = part.project("x", "z", 0, length, 0, tall)
            part = (
                part.at(LEFT, 0, FLOOR)
                if name == "back"
                else part.size(-1, 1, 1).turn("z", 90).at(LEFT - 0.0, 0, FLOOR)
            )
            s.add(f"{mat}_{name}", part)
    h = 1200
    n = noise(h, 60, 3, 4, 71)
    bad = step(noise(h, 60, 1.5, 5, 72, 0.6, (1, 2)), 0.30, 0.62)
    cc = mix((0.66, 0.65, 0.62), (0.55, 0.53, 0.48), n) if clean else mix((0.42, 0.37, 0.27), (0.02, 0.02, 0.015), bad)
    s.mat("caulk", paint(cc, 0.45))
    x = np.linspace(LEFT, 1.0, 80)
    s.add(
        "caulk",
        tube(np.stack([x, np.full(80, -0.004), 0.0075 + 0.001 * np.sin(x * 40)], 1), 0.006),
        tube(np.array([[LEFT + 0.001, -0.001, q] for q in np.linspace(0, 1.2, 40)]), 0.0045),
        tube(np.stack([np.full(60, LEFT + 0.003), np.linspace(-0.5, 0, 60), np.full(60, 0.005)], 1), 0.005),
    )


def _mirror(s: Scene, clean: bool) -> None:
    """The mirror, spattered or wiped, and its frame."""
    x0, x1, z0, z1 = MIRROR
    h, w = 1500, 1270
    zz, xx = np.mgrid[z1 : z0 : h * 1j, x0 : x1 : w * 1j]
    n1, n2 = noise(h, w, 4, 5, 81), noise(h, w, 18, 4, 82)
    if clean:
        t = 0.03 * step(noise(h, w, 5, 3, 83, 0.5, (5, 1)), 0.6, 0.9)
    else:
        low = np.exp(-(zz - z0) / 0.22)
        t = 0.9 * soft(spots(h, w, 1900, 0.8, 5, 84, np.clip(0.06 + low, 0, 1), 3, 0.10), 0.8) + 0.55 * soft(
            drips(h, w, 60, 3.0, 240, 85, np.clip(0.15 + low, 0, 1)), 1
        )
        t += 0.16 * step(n1, 0.35, 0.8) + 0.16 * low + 0.5 * np.exp(-(zz - z0) / 0.012) * n2
        wipe = noise(h, w, 6, 3, 86, 0.6, (1, 1))
        t += 0.14 * step(np.sin((np.hypot(xx - 0.1, zz - 0.2) * 160) + 6 * wipe), 0.2, 1) * step(n1, 0.5, 0.7)
    t = np.clip(t, 0, 1).astype(np.float32)
    s.mat("mirror", paint(mix((0.86, 0.88, 0.87), (0.55, 0.55, 0.51), t), 0.012 + 0.5 * t, 1 - 0.9 * t))
    m = box(x1 - x0, 0.005, z1 - z0, 0.002).turn("x", 0.7).at((x0 + x1) / 2, -0.014, (z0 + z1) / 2)
    s.add("mirror", m.project("x", "z", x0, x1, z0, z1))
    s.mat("frame", paint((0.035, 0.035, 0.038), 0.4))
    for dz in (z0, z1):
        s.add("frame", box(x1 - x0 + 0.014, 0.018, 0.014, 0.002).at((x0 + x1) / 2, -0.012, dz))
    for dx in (x0, x1):
        s.add("frame", box(0.0138, 0.0178, z1 - z0 + 0.0136, 0.002).at(dx, -0.012, (z0 + z1) / 2))


def _around(s: Scene, clean: bool) -> None:
    """Ledges, cupboard, toiletries, and the rest of the room that the mirror shows."""
    m = 0.0 if clean else 1.0
    h, w = 1000, 3600
    col = speckle(h, w, (0.52, 0.50, 0.46), 91)
    if not clean:
        n1 = noise(h, w, 7, 5, 92)
        col = grease(col, 0.5 * step(n1, 0.35, 0.75) + 0.5 * soft(spots(h, w, 260, 2, 9, 93), 1), (0.4, 0.6, 1.0))
    s.mat("stone", paint(col, 0.18 if clean else 0.4))
    for x0, x1 in ((LEFT, -BX + 0.002), (BX - 0.002, 1.2)):
        slab = box(x1 - x0, 0.48, 0.035, 0.006).at((x0 + x1) / 2, -0.24, -0.014)
        slab.uv = np.stack([(slab.v[:, 0] + 0.6) / 1.8, (slab.v[:, 1] + slab.v[:, 2] + 0.54) / 0.56], 1)
        s.add("stone", slab)
    grain = noise(600, 900, 50, 4, 94, 0.6, (1, 12))
    s.mat("door", paint(mix((0.40, 0.33, 0.26), (0.50, 0.43, 0.35), grain), 0.4))
    for i in range(-1, 3):
        s.add(
            "door",
            box(0.40, 0.018, 0.6, 0.003).at(-0.10 + 0.405 * i, -0.455, -0.37).project("x", "z", -0.8, 1.0, -0.7, 0),
        )
    # Left ledge: tooth mug with brushes, paste.
    s.mat("mug", paint((0.16, 0.36, 0.40), 0.15, coat=0.5))
    mx, my = -0.415, -0.10 - 0.012 * m
    s.add(
        "mug",
        lathe(
            [
                (1e-3, 0.003),
                (0.032, 0.003),
                (0.036, 0.01),
                (0.038, 0.095),
                (0.0385, 0.096),
                (0.0355, 0.094),
                (0.033, 0.012),
                (1e-3, 0.010),
            ],
            2,
        ).at(mx, my, 0.004),
    )
    for k, (c, dx, dy) in enumerate((((0.70, 0.10, 0.12), 0.02, -0.01), ((0.12, 0.25, 0.65), -0.022, 0.012))):
        s.mat(f"brush{k}", paint(c, 0.3))
        p0, p1 = np.array([mx - dx * 0.8, my - dy, 0.02]), np.array([mx + dx * 1.5, my + dy * 2, 0.175])
        s.add(f"brush{k}", tube(curve([p0, (p0 + p1) / 2, p1]), np.linspace(0.0042, 0.0034, 25)))
        s.mat("bristle", paint((0.72, 0.74, 0.72), 0.7))
        s.add("bristle", box(0.010, 0.014, 0.026, 0.002).at(p1[0] + 0.002, p1[1] - 0.008, p1[2] - 0.012))
    along = np.mgrid[0 : 1 : 400 * 1j, 0 : 1 : 8 * 1j][0]
    stripe = step(abs(along - 0.42), 0.02, 0.022) * step(abs(along - 0.62), 0.10, 0.102)
    s.mat("paste", paint(mix((0.10, 0.30, 0.50), (0.75, 0.76, 0.76), stripe), 0.25))
    tube_path = np.array([[0, 0, 0], [0.03, 0, 0.0], [0.09, 0, 0.0], [0.15, 0, 0.0]])
    body = tube(curve(tube_path), np.linspace(0.016, 0.024, 37), 24)
    squash = 1 - 0.85 * np.clip((body.v[:, 0] - 0.03) / 0.12, 0, 1) ** 1.2
    body.v[:, 2] *= squash
    s.add("paste", body.turn("z", -62).at(-0.445 + 0.01 * m, -0.27, 0.020))
    s.add(
        "ware",
        lathe([(0.010, 0), (0.010, 0.02), (1e-3, 0.021)], 1)
        .turn("y", -90)
        .turn("z", -62)
        .at(-0.440 + 0.01 * m, -0.273, 0.020),
    )
    bottle(
        s,
        "wash",
        0.385,
        -0.10 + 0.01 * m,
        0.004,
        0.175,
        0.032,
        (0.75, 0.42, 0.50),
        (0.72, 0.72, 0.70),
        96,
        ("洗手液", "滋润洁净 300毫升"),
        (0.45, 0.05, 0.2),
        (0.82, 0.78, 0.76),
        (0.60, 0.20, 0.32),
        turn=-105,
        neck=0.5,
    )
    s.add(
        "ware",
        tube(
            curve(
                [
                    [0.385, -0.10 + 0.01 * m, 0.17],
                    [0.385, -0.10 + 0.01 * m, 0.205],
                    [0.365, -0.122, 0.212],
                    [0.350, -0.135, 0.205],
                ]
            ),
            0.0055,
            12,
        ),
    )
    s.mat("soap", paint((0.66, 0.54, 0.26), 0.4))
    s.add(
        "ware",
        lathe([(1e-3, 0.006), (0.04, 0.006), (0.055, 0.018), (0.057, 0.018), (0.045, 0.0), (1e-3, 0.0)], 2)
        .size(1.1, 0.8, 1)
        .at(0.395, -0.255, 0.004),
    )
    s.add("soap", box(0.072, 0.046, 0.024, 0.011).turn("z", 14 + 9 * m).turn("y", 4).at(0.395, -0.255, 0.022))
    tc = ((0.55, 0.52, 0.46), (0.64, 0.61, 0.55)) if not clean else ((0.20, 0.36, 0.50), (0.28, 0.44, 0.58))
    s.mat(
        "towel", paint(mix(*tc, noise(300, 300, 5, 4, 97)), 0.95, 0.0, 1.1e-3 * soft(noise(300, 300, 80, 2, 98), 0.8))
    )
    if clean:
        s.add("towel", cloth(0.16, 0.13, 99, 0.006, 0.008).turn("z", 6).at(0.56, -0.22, 0.004))
    else:
        s.add("towel", cloth(0.22, 0.20, 100, 0.02).turn("z", -20).at(0.58, -0.24, 0.004))
    s.add(
        "chrome",
        tube(np.array([[LEFT + 0.05, -0.16, 0.56], [LEFT + 0.05, -0.50, 0.56]]), 0.007),
        tube(np.array([[LEFT, -0.17, 0.56], [LEFT + 0.05, -0.17, 0.56]]), 0.007),
    )
    s.mat(
        "flannel",
        paint(
            mix((0.50, 0.30, 0.26), (0.58, 0.38, 0.33), noise(300, 300, 5, 4, 101)),
            0.95,
            0.0,
            1.1e-3 * soft(noise(300, 300, 80, 2, 102), 0.8),
        ),
    )
    s.add("flannel", hanging(0.24, 0.36, 103, 0.013).turn("z", 90).at(LEFT + 0.05, -0.34 - 0.01 * m, 0.563))
    s.mat(
        "sponge",
        paint(
            mix((0.62, 0.48, 0.08), (0.70, 0.58, 0.16), noise(200, 200, 40, 3, 104)),
            0.9,
            0.0,
            1e-3 * soft(noise(200, 200, 50, 2, 105), 1),
        ),
    )
    s.mat("scour", paint((0.05, 0.16, 0.07), 0.95))
    if not clean:
        sp = [
            box(0.088, 0.056, 0.020, 0.006).project("x", "y", -0.05, 0.05, -0.05, 0.05),
            box(0.088, 0.056, 0.007, 0.002).at(0, 0, 0.0135),
        ]
        s.add("sponge", sp[0].turn("z", 24).at(-0.225, -0.062, 0.026))
        s.add("scour", sp[1].turn("z", 24).at(-0.225, -0.062, 0.026))
    s.mat("knob", paint((0.50, 0.495, 0.48), 0.34, 1.0))
    for kx in (-0.26, 0.06):
        s.add(
            "knob",
            lathe([(0.007, 0), (0.006, 0.012), (0.013, 0.016), (0.013, 0.021), (1e-3, 0.023)], 2)
            .turn("x", 90)
            .at(kx, -0.464, -0.13),
        )
    socket(s, 0.36, -0.001, 0.40, False)
    # Behind the camera: a door, towels on a bar, a shelf.
    s.mat("brown", paint((0.22, 0.12, 0.06), 0.35))
    s.mat("white", paint((0.66, 0.66, 0.63), 0.4))
    s.add(
        "brown",
        box(0.75, 0.03, 1.95, 0.004).at(-0.15, -2.05, 0.17),
        box(0.09, 0.05, 2.1, 0.004).at(-0.60, -2.04, 0.2),
        box(0.09, 0.05, 2.1, 0.004).at(0.30, -2.04, 0.2),
    )
    for px, pz in ((-0.15, 0.65), (-0.15, -0.2)):
        s.add("brown", box(0.5, 0.02, 0.6, 0.008).at(px, -2.03, pz))
    s.add("chrome", tube(np.array([[0.13, -2.0, 0.15], [0.03, -2.0, 0.15]]), 0.01))
    s.add("white", box(0.5, 0.4, 1.0, 0.02).at(-1.0, -1.75, -0.3))


def scene(clean: bool) -> Scene:
    """The basin corner, dirty or clean."""
    s = Scene(exposure=1.75, wb=(0.97, 1.0, 1.02), fov=54, focus=0.88)
    room(s, -1.6, 1.7, -2.1, 0.05, FLOOR, 1.6)
    window(s, 1.66, -1.35, -0.35, 0.10, 1.25, -1, 14.0)
    lamp(s, -0.1, -0.75, 1.56, 0.34, 17)
    photographer(s, 0.52, -1.15, 0.60)
    _tap(s, clean)
    _basin(s, clean)
    _walls(s, clean)
    _mirror(s, clean)
    _around(s, clean)
    if clean:
        s.eye, s.look, s.roll = (0.30, -0.93, 0.585), (-0.020, -0.14, 0.085), 0.9
    else:
        s.eye, s.look, s.roll = (0.288, -0.925, 0.590), (-0.014, -0.145, 0.085), -0.4
    return s

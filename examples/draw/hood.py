"""A steel range hood seen from in front and a little below, greasy or scrubbed."""

from __future__ import annotations

import numpy as np

from kit import (
    Array,
    Mesh,
    Scene,
    box,
    curve,
    drips,
    grease,
    hanging,
    lathe,
    merge,
    mix,
    noise,
    paint,
    scratches,
    sheet,
    soft,
    spots,
    step,
    swipe,
    tiles,
    tube,
)
from props import bottle, lamp, photographer, room, socket, speckle, window

HW, FRONT, BACK = 0.44, -0.50, -0.02  # half width, front face, back edge
FANS = ((-0.195, -0.245), (0.195, -0.245))
FR = 0.118
TONE = (0.80, 1.18, 1.85)


def _slope(y: Array | float) -> Array | float:
    """Height of the underside, lower at the back."""
    return 0.035 - 0.26 * (y - FRONT)


def _steel(h: int, w: int, seed: int, along: tuple[float, float]) -> tuple[Array, Array]:
    """Brushed steel: colour and roughness."""
    brush = noise(h, w, 420, 2, seed, 0.8, along)
    scr = 0.5 * scratches(h, w, 300, 160, seed + 1)
    dull = noise(h, w, 5, 4, seed + 2)
    return mix((0.55, 0.545, 0.53), (0.64, 0.635, 0.62), brush), 0.20 + 0.07 * (brush - 0.5) + 0.06 * scr + 0.05 * (
        dull - 0.5
    )


def _dirty(s: Scene, name: str, col: Array, rough: Array, t: Array, clean: bool, relief: Array | float = 0.0) -> None:
    """Name a steel surface under a film of thickness t."""
    h, w = t.shape
    fine = noise(h, w, 70, 3, len(name) + 5)
    wet = step(noise(h, w, 9, 5, len(name) + 9), 0.45, 0.6)
    if clean:
        rough = rough - 0.05
    r = np.clip(rough + 0.34 * np.clip(t, 0, 1) - 0.28 * wet * np.clip(t, 0, 1), 0.09, 0.9)
    b = 3e-4 * soft(np.clip(t, 0, 2) * (0.5 + fine), 1.4) + relief
    s.mat(name, paint(grease(col, t, TONE, 0.42), r, np.clip(1 - 1.2 * t, 0, 1), b))


def _body(s: Scene, clean: bool) -> None:
    """Canopy: front panel, underside with two fan openings, side lips, and the duct cover above."""
    h, w = 420, 2000
    zz, xx = np.mgrid[0.115 : -0.02 : h * 1j, -HW : HW : w * 1j]
    col, rough = _steel(h, w, 11, (60, 1.2))
    n1, n2 = noise(h, w, 3, 6, 14, 0.6), noise(h, w, 10, 5, 15, 0.6)
    if clean:
        t = 0.05 * step(n1, 0.6, 0.9) + 0.5 * soft(spots(h, w, 8, 1, 3, 16), 0.8)
        rough = rough + 0.08 * step(noise(h, w, 4, 3, 17, 0.5, (5, 1)), 0.6, 0.9)
    else:
        low = np.exp(-(zz + 0.02) / 0.03)
        prints = spots(h, w, 40, 9, 17, 18, np.exp(-(((xx - 0.0) / 0.14) ** 2) - ((zz - 0.05) / 0.03) ** 2), 1, 0.1)
        run = drips(h, w, 13, 4, 110, 19, low)
        went, streak = swipe(xx, zz, -0.24, -0.30, 0.335, 0.385, 62, 118, 13)
        film = 0.28 * (0.35 + 0.65 * step(n1, 0.22, 0.78)) * (1 - 0.7 * went) + 0.16 * streak
        t = film + 0.85 * low * (0.4 + n2) + 0.6 * soft(run, 1.2)
        splash = spots(h, w, 900, 0.7, 4, 20, 0.15 + 0.85 * low, 2.5, 0.4) + spots(h, w, 36, 4, 10, 12, low, 2.5, 0.5)
        t += 0.65 * soft(splash, 1) * (1 - 0.7 * went) + 0.22 * soft(prints, 1.5)
    _dirty(s, "front", col, rough, t, clean)
    panel = box(2 * HW, 0.014, 0.13, 0.004).at(0, FRONT + 0.007, 0.047)
    s.add("front", panel.project("x", "z", -HW, HW, -0.02, 0.115))

    h, w = 1100, 2000
    yy, xx = np.mgrid[BACK : FRONT : h * 1j, -HW : HW : w * 1j]
    rad = [np.hypot(xx - fx, yy - fy) for fx, fy in FANS]
    col, rough = _steel(h, w, 21, (60, 1.2))
    n1, n2, n3 = noise(h, w, 4, 6, 24, 0.6), noise(h, w, 12, 5, 25, 0.6), noise(h, w, 50, 3, 26)
    near = np.max([np.exp(-np.maximum(r - FR, 0) / 0.07) for r in rad], 0)
    inside = np.max([1 - step(r, FR - 0.004, FR) for r in rad], 0)
    if clean:
        t = 0.10 * near * step(n2, 0.5, 0.9) + 0.4 * soft(spots(h, w, 12, 1, 4, 27), 0.8)
    else:
        t = (0.32 + 0.68 * near) * (0.3 + 0.7 * step(n1 * 0.6 + n2 * 0.4, 0.24, 0.74)) + 0.5 * near * n3
        t += 0.7 * soft(spots(h, w, 1500, 0.8, 6, 28, 0.08 + 0.8 * near, 3, 0.4), 1.2) + 0.7 * soft(
            spots(h, w, 40, 8, 24, 29, near**2, 2.5, 0.5), 3
        )
        t += 0.6 * soft(drips(h, w, 22, 3.0, 90, 30, near)[::-1], 1.5) * (0.4 + n2)
        slot = np.minimum(HW - abs(xx), np.minimum(yy - FRONT, BACK - yy))
        t += 1.1 * np.exp(-slot / 0.016) * (0.3 + n2)
    col = mix(col, (0.012, 0.010, 0.008), inside)
    _dirty(s, "under", col, rough + 0.4 * inside, t, clean)
    gy, gx = np.mgrid[FRONT + 0.01 : BACK : 300 * 1j, -HW + 0.006 : HW - 0.006 : 520 * 1j]
    z = _slope(gy)
    for fx, fy in FANS:
        r = np.hypot(gx - fx, gy - fy)
        z = z + 0.07 * (1 - step(r, FR - 0.004, FR)) - 0.003 * np.exp(-(((r - FR - 0.006) / 0.004) ** 2))
    z = z + 0.0008 * (noise(300, 520, 3, 2, 5) - 0.5)
    s.add("under", sheet(-HW + 0.006, HW - 0.006, FRONT + 0.01, BACK, z))

    for sgn in (-1, 1):
        side = box(0.012, BACK - FRONT - 0.006, 0.26, 0.003)
        zc = side.v[:, 2] < 0
        side.v[zc, 2] = _slope(side.v[zc, 1] + (BACK + FRONT) / 2) - 0.022
        side.v[~zc, 2] = 0.11
        s.add("front", side.at(sgn * (HW - 0.006), (BACK + FRONT) / 2, 0).project("y", "z", FRONT, BACK, -0.14, 0.115))
    s.add(
        "front",
        box(2 * HW, 0.012, 0.03, 0.003)
        .at(0, BACK - 0.006, _slope(BACK) - 0.006)
        .project("x", "z", -HW, HW, -0.2, 0.115),
    )
    top = box(2 * HW, BACK - FRONT - 0.01, 0.01, 0.003).at(0, (BACK + FRONT) / 2, 0.112)
    s.add("front", top.project("x", "y", -HW, HW, -1.0, 3.0))

    h, w = 1000, 600
    zz, xx = np.mgrid[0.9 : 0.11 : h * 1j, -0.16 : 0.16 : w * 1j]
    col, rough = _steel(h, w, 31, (1.2, 60))
    n1 = noise(h, w, 3, 5, 33)
    if clean:
        t = 0.04 * n1
    else:
        foot = np.exp(-(zz - 0.11) / 0.12)
        t = 0.20 * (0.4 + 0.6 * step(n1, 0.2, 0.8)) + 0.6 * foot * n1 + 0.75 * soft(drips(h, w, 7, 2.6, 150, 34), 1)
        t += 0.5 * soft(spots(h, w, 260, 0.7, 4, 35, 0.1 + foot, 3, 0.4), 0.8)
    _dirty(s, "duct", col, rough, t, clean)
    s.add(
        "duct",
        box(0.32, 0.28, 0.40, 0.003).at(0, -0.15, 0.315).project("x", "z", -0.16, 0.16, 0.11, 0.9),
        box(0.30, 0.26, 0.60, 0.003).at(0, -0.14, 0.81).project("x", "z", -0.16, 0.16, 0.11, 0.9),
    )


def _grille(s: Scene, fx: float, fy: float, clean: bool, seed: int) -> None:
    """Rings and spokes over a fan opening, domed towards the hob, and the fan behind it."""
    tilt = -np.degrees(np.arctan(0.26))
    t = np.linspace(0, 2 * np.pi, 73)
    parts: list[Mesh] = []
    for r in np.arange(0.028, 0.121, 0.0115):
        z = -0.004 - 0.014 * (1 - (r / 0.12) ** 2)
        parts.append(tube(np.stack([r * np.cos(t), r * np.sin(t), np.full_like(t, z)], 1), 0.0015, 8))
    for k in range(12):
        q = np.linspace(0.02, 0.121, 12)
        a = k * np.pi / 6 + 0.1
        parts.append(
            tube(np.stack([q * np.cos(a), q * np.sin(a), -0.0035 - 0.014 * (1 - (q / 0.12) ** 2)], 1), 0.0017, 8)
        )
    parts.append(lathe([(1e-3, -0.021), (0.022, -0.020), (0.026, -0.017), (0.026, -0.013), (1e-3, -0.013)], 2))
    parts.append(lathe([(0.117, -0.001), (0.117, -0.006), (0.127, -0.006), (0.129, -0.001)], 2))
    m = merge(parts).turn("x", tilt).at(fx, fy, _slope(fy))
    s.add("grille", m.project("x", "y", -HW, HW, FRONT, BACK))
    blades = [
        box(0.004, 0.045, 0.02, 0.001).turn("z", 28).at(0.0, 0.085, 0.045).turn("z", a) for a in range(0, 360, 12)
    ]
    s.add(
        "fan",
        *(b.turn("x", tilt).at(fx, fy, _slope(fy)) for b in blades),
        lathe([(1e-3, 0.03), (0.03, 0.03), (0.045, 0.05), (0.046, 0.065)], 2).turn("x", tilt).at(fx, fy, _slope(fy)),
    )


def _symbol(i: int) -> Mesh:
    """What is printed on button i: on and off, three speeds, lamp."""
    t = np.linspace(0, 2 * np.pi, 33)
    if i == 0:
        q = np.linspace(-0.8, np.pi + 0.8, 25)
        arc = np.stack([0.0036 * np.cos(q + np.pi), 0 * q, 0.0036 * np.sin(q + np.pi)], 1)
        return merge([tube(arc, 0.0005, 8), box(0.001, 0.0008, 0.004, 0.0002).at(0, 0, 0.0026)])
    if i == 4:
        ring = np.stack([0.0024 * np.cos(t), 0 * t, 0.0024 * np.sin(t) + 0.001], 1)
        return merge([tube(ring, 0.0005, 8), box(0.0024, 0.0008, 0.001, 0.0002).at(0, 0, -0.0028)])
    return merge([box(0.001, 0.0008, 0.0055, 0.0002).at(0.0022 * (k - (i - 1) / 2), 0, 0) for k in range(i)])


def _details(s: Scene, clean: bool) -> None:
    """Buttons, oil cup, lamps, hanging drops."""
    s.mat("glass", paint((0.008, 0.008, 0.009), 0.06, coat=0.6) if clean else paint((0.022, 0.018, 0.014), 0.30))
    s.add("glass", box(0.30, 0.004, 0.052, 0.0015).at(0, FRONT - 0.001, 0.050))
    s.mat("button", paint((0.60, 0.59, 0.57), 0.22, 1.0) if clean else paint((0.52, 0.495, 0.45), 0.34, 0.9))
    for i in range(5):
        b = lathe([(0.0125, 0), (0.0125, 0.004), (0.0115, 0.006), (0.006, 0.0055), (1e-3, 0.0055)], 2, 40).turn("x", 90)
        s.add("button", b.at(-0.10 + 0.05 * i, FRONT - 0.003, 0.050))
        s.add("mark", _symbol(i).at(-0.10 + 0.05 * i, FRONT - 0.0088, 0.050))
    s.mat("mark", paint((0.03, 0.03, 0.032), 0.5))
    for sgn in (-1, 1):
        y = FRONT + 0.075
        s.mat("lens", paint((0.75, 0.74, 0.70) if clean else (0.42, 0.34, 0.22), 0.25))
        s.light(
            lathe([(1e-3, 0), (0.022, 0.0), (0.024, 0.002)], 1, 40)
            .turn("x", -14.6)
            .at(sgn * 0.36, y, _slope(y) - 0.0085),
            (60.0, 50.0, 36.0),
        )
        disk = lathe([(1e-3, -0.007), (0.026, -0.006), (0.032, -0.003), (0.034, 0.002)], 2).turn("x", -14.6)
        s.add("lens", disk.at(sgn * 0.36, y, _slope(y) - 0.001))
    cz = _slope(BACK - 0.07) - 0.004
    s.mat("cup", paint((0.78, 0.80, 0.80) if clean else (0.42, 0.28, 0.12), 0.24, spec_trans=0.55, eta=1.35))
    cup = merge(
        [
            box(0.17, 0.056, 0.006, 0.003).at(0, 0, -0.058),
            box(0.17, 0.004, 0.06, 0.002).at(0, -0.027, -0.03),
            box(0.17, 0.004, 0.06, 0.002).at(0, 0.027, -0.03),
            box(0.004, 0.056, 0.06, 0.002).at(0.085, 0, -0.03),
            box(0.004, 0.056, 0.06, 0.002).at(-0.085, 0, -0.03),
            box(0.186, 0.07, 0.005, 0.002),
        ]
    )
    s.add("cup", cup.at(0, BACK - 0.06, cz))
    if clean:
        return
    s.mat("oil", paint((0.12, 0.062, 0.018), 0.12, coat=0.6))
    s.add("oil", box(0.160, 0.048, 0.036, 0.004).at(0, BACK - 0.06, cz - 0.036))
    rng = np.random.default_rng(41)
    drops = []
    for _ in range(34):
        kind = rng.uniform()
        r = rng.uniform(0.0016, 0.0042)
        if kind < 0.45:
            x, y, z = rng.uniform(-HW, HW), FRONT + 0.006, -0.018
        elif kind < 0.8:
            k, a = rng.integers(2), rng.uniform(0, 6.3)
            q = rng.uniform(0.03, 0.127)
            x, y = FANS[k][0] + q * np.cos(a), FANS[k][1] + q * np.sin(a)
            z = _slope(y) - 0.006 - 0.014 * max(0, 1 - (q / 0.12) ** 2)
        else:
            x, y = rng.uniform(-HW, HW), rng.uniform(FRONT + 0.02, BACK)
            z = _slope(y)
        drops.append(
            lathe([(1e-3, -1.9), (0.45, -1.75), (0.8, -1.1), (0.65, -0.2), (0.9, 0.3)], 2, 20).size(r, r, r).at(x, y, z)
        )
    s.mat("drop", paint((0.17, 0.09, 0.028), 0.12, coat=1.0))
    s.add("drop", *drops)


def _kitchen(s: Scene, clean: bool) -> None:
    """Tiled wall, wall cupboards either side, a rail, jars and a worktop below to throw light up."""
    h, w, wide = 1300, 2600, 2.6
    z0, tall = -0.75, 1.8
    zz, xx = np.mgrid[z0 + tall : z0 : h * 1j, -wide / 2 : wide / 2 : w * 1j]
    vein = noise(h, w, 5, 6, 51, 0.6)
    col = mix((0.60, 0.58, 0.53), (0.70, 0.68, 0.63), noise(h, w, 9, 5, 52))
    veins = step(noise(h, w, 4, 3, 50), 0.35, 0.7) * np.exp(-(((vein - 0.5) / 0.035) ** 2))
    col = mix(col, (0.49, 0.44, 0.37), 0.26 * veins)
    n1 = noise(h, w, 8, 5, 53)
    over = np.exp(-((xx / 0.36) ** 2))
    rough = 0.10 + 0.05 * noise(h, w, 12, 4, 54)
    if clean:
        t, gt = 0.03 * n1, 0.25 + 0.3 * n1
    else:
        t = (0.06 + 0.46 * over) * (0.4 + n1)
        went, streak = swipe(xx, zz, 0.05, -0.95, 0.36, 0.50, 55, 120, 59)
        t = t * (1 - 0.5 * went) + 0.14 * streak
        drop = spots(h, w, 1900, 0.5, 2.2, 56, 0.03 + 0.9 * over * step(-zz, 0.1, 0.7), 2.5, 0.4)
        t += (0.6 * soft(drop, 0.7) + 0.5 * soft(drips(h, w, 9, 1.4, 80, 55, over), 0.8)) * (1 - 0.7 * went)
        gt = 0.8 + 1.0 * over + 0.6 * n1
        rough = rough + 0.25 * np.clip(t, 0, 1)
    s.mat("tile", paint(grease(col, t, (0.48, 0.86, 1.52)), rough, 0.0, 1.6e-4 * soft(noise(h, w, 26, 3, 57), 2)))
    s.mat("grout", paint(grease(np.full((h, w, 3), 0.5, np.float32), gt, (0.5, 0.9, 1.6)), 0.9))
    ext = (-wide / 2, wide / 2, z0, z0 + tall)
    s.add("tile", tiles(wide, (0.30,) * 6, 0.30, 0.0026, 58, x0=0.06).at(0, 0, z0).project("x", "z", *ext))
    s.add("grout", box(wide, 0.01, tall, 0.001).at(0, 0.0088, z0 + tall / 2).project("x", "z", *ext))

    h, w = 900, 1500
    grain = noise(h, w, 60, 4, 61, 0.6, (1, 13))
    n1 = noise(h, w, 4, 5, 62)
    yy = np.mgrid[1 : 0 : h * 1j, 0 : 1 : w * 1j][0]
    film = (0.10 if clean else 0.75) * step(n1, 0.3, 0.8) * np.exp(-yy / 0.35)
    if not clean:
        film = film + 0.6 * soft(drips(h, w, 7, 2.2, 100, 63, np.exp(-abs(yy - 0.4) / 0.3)), 0.8)
        film = film + 0.5 * soft(spots(h, w, 420, 0.6, 3.2, 64, np.exp(-yy / 0.4), 2.5, 0.4), 0.8)
    wood = grease(mix((0.50, 0.43, 0.33), (0.60, 0.53, 0.43), grain), 0.8 * film, (0.5, 0.82, 1.35))
    s.mat("door", paint(wood, np.clip(0.30 + 0.3 * film, 0, 0.8), coat=0.2))
    for sgn in (-1, 1):
        x = sgn * (HW + 0.012 + 0.21)
        for k in range(2):
            d = box(0.416, 0.02, 0.74, 0.003).at(x + sgn * 0.42 * k, -0.33, 0.36)
            s.add("door", d.project("x", "z", x - 0.65, x + 0.65, -0.02, 0.75))
            hx = x + sgn * 0.42 * k - sgn * 0.085
            s.add(
                "alu",
                tube(
                    curve(
                        [
                            [hx - 0.05, -0.341, 0.05],
                            [hx - 0.046, -0.365, 0.05],
                            [hx + 0.046, -0.365, 0.05],
                            [hx + 0.05, -0.341, 0.05],
                        ]
                    ),
                    0.0042,
                    12,
                ),
            )
        carcass = box(0.836, 0.31, 0.74, 0.002).at(sgn * (HW + 0.012 + 0.418), -0.165, 0.362)
        s.add("door", carcass.project("y", "z", -0.32, 0.3, -0.2, 0.75))
    # Rail with a cloth and a colander; cable of the hood to a socket.
    s.add("alu", tube(np.array([[0.40, -0.036, -0.20], [0.95, -0.036, -0.203]]), 0.006))
    s.mat(
        "towel",
        paint(
            mix((0.36, 0.38, 0.37), (0.44, 0.45, 0.43), noise(200, 200, 5, 4, 65)),
            0.95,
            0.0,
            1e-3 * soft(noise(200, 200, 60, 2, 66), 0.8),
        ),
    )
    s.add("towel", hanging(0.19, 0.34, 67, 0.014).at(0.615 if clean else 0.60, -0.036, -0.197))
    s.mat("cream", paint((0.66, 0.64, 0.58), 0.3))
    socket(
        s,
        -0.62,
        -0.001,
        -0.17,
        True,
        [
            [-0.62, -0.045, -0.18],
            [-0.615, -0.06, -0.23],
            [-0.57, -0.03, -0.30],
            [-0.52, -0.012, -0.20],
            [-0.47, -0.012, -0.03],
            [-0.445, -0.012, 0.1],
        ],
    )
    s.mat("stone", paint(speckle(400, 800, (0.42, 0.40, 0.37), 68), 0.25))
    s.add("stone", box(2.6, 0.62, 0.04, 0.008).at(0, -0.31, -0.77))
    s.mat("jar", paint((0.70, 0.68, 0.63), 0.2, coat=0.4))
    s.add("cream", box(0.34, 0.10, 0.012, 0.004).at(-0.68, -0.055, -0.46))
    m = 0.0 if clean else 1.0
    cream, red, black = (0.80, 0.74, 0.58), (0.45, 0.02, 0.02), (0.02, 0.008, 0.004)
    f = 0.3 * m
    soy, oyster = ("酱油", "黄豆酿造 500毫升"), ("蚝油", "鲜香调味 255克")
    x = -0.60 + 0.004 * m
    bottle(s, "soy", x, -0.055, -0.454, 0.20, 0.030, black, (0.5, 0.02, 0.02), 69, soy, red, cream, red, -68, f)
    x, brown, yellow = -0.69, (0.10, 0.025, 0.01), (0.80, 0.60, 0.06)
    bottle(s, "sauce", x, -0.055, -0.454, 0.17, 0.032, brown, (0.7, 0.65, 0.1), 70, oyster, red, yellow, red, -58, f)
    s.add(
        "jar",
        lathe([(1e-3, 0), (0.033, 0), (0.036, 0.004), (0.036, 0.09), (0.03, 0.1), (1e-3, 0.1)], 3).at(
            -0.78, -0.055, -0.454
        ),
    )


def scene(clean: bool) -> Scene:
    """The hood and what surrounds it, dirty or clean."""
    s = Scene(exposure=0.78, wb=(0.98, 1.0, 1.04), fov=52, focus=0.95)
    room(s, -1.9, 1.9, -2.9, 0.05, -1.6, 1.05)
    window(s, -1.86, -2.3, -0.7, -0.75, 0.75, 1, 20.0)
    lamp(s, 0.35, -1.75, 1.0, 0.45, 13)
    photographer(s, 0.05, -1.75, -0.36)
    s.mat("alu", paint((0.60, 0.59, 0.58), 0.22, 1.0))
    h, w = 700, 1200
    n = noise(h, w, 30, 5, 71, 0.6)
    if clean:
        s.mat("grille", paint((0.58, 0.57, 0.55), 0.20, 1.0))
        s.mat("fan", paint((0.10, 0.10, 0.10), 0.5))
    else:
        t = 0.6 + 1.6 * n
        s.mat(
            "grille",
            paint(
                grease(np.full((h, w, 3), 0.5, np.float32), t, TONE, 0.45), 0.28 + 0.3 * n, np.clip(0.5 - 0.4 * n, 0, 1)
            ),
        )
        s.mat("fan", paint((0.05, 0.03, 0.014), 0.4))
    _body(s, clean)
    for i, (fx, fy) in enumerate(FANS):
        _grille(s, fx, fy, clean, i)
    _details(s, clean)
    _kitchen(s, clean)
    if clean:
        s.eye, s.look, s.roll = (0.045, -1.23, -0.37), (0.01, -0.30, -0.01), -0.8
    else:
        s.eye, s.look, s.roll = (0.0, -1.21, -0.385), (0.0, -0.30, -0.005), 1.0
    return s

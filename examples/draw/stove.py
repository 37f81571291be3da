"""A steel gas hob on a home kitchen counter, greasy or scrubbed."""

from __future__ import annotations

import cv2
import numpy as np

from kit import (
    Array,
    Scene,
    box,
    cloth,
    curve,
    drips,
    grease,
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
from props import bottle, crumbs, lamp, photographer, room, socket, speckle, window

HX, HY0, HY1 = 0.37, 0.075, 0.495  # the hob: half its width, front and back edge
BURNERS = ((-0.19, 0.30), (0.185, 0.30))
H, W = 1248, 2200  # its painted maps
TOP = (-HX, HX, HY0, HY1)  # the plane those maps lie in
WALL = 0.60
ROWS = (0.30, 0.30, 0.30, 0.30)


def _hob_xy() -> tuple[Array, Array, list[Array]]:
    yy, xx = np.mgrid[HY1 : HY0 : H * 1j, -HX : HX : W * 1j]
    return xx, yy, [np.hypot(xx - bx, yy - by) for bx, by in BURNERS]


def _hob(s: Scene, clean: bool) -> None:
    """The pressed steel top with two drip wells."""
    xx, yy, rad = _hob_xy()
    gy, gx = np.mgrid[HY0 : HY1 : 260 * 1j, -HX : HX : 460 * 1j]
    edge = np.minimum(HX - abs(gx), np.minimum(gy - HY0, HY1 - gy))
    z = 0.016 - 0.004 * step(edge, 0.012, 0.024) - 0.015 * (1 - step(edge, 0.0, 0.004))
    for bx, by in BURNERS:
        r = np.hypot(gx - bx, gy - by)
        z = z - 0.008 * (1 - step(r, 0.095, 0.118)) + 0.0014 * np.exp(-(((r - 0.122) / 0.005) ** 2))
    z = z + 0.0007 * (noise(260, 460, 3, 2, 3) - 0.5)
    top = sheet(-HX, HX, HY0, HY1, z)

    brush = noise(H, W, 500, 2, 11, 0.8, (70, 1.2))
    n1, n2, n3 = noise(H, W, 5, 6, 12, 0.6), noise(H, W, 14, 5, 13, 0.6), noise(H, W, 60, 4, 14, 0.6)
    near = np.max([np.exp(-((np.maximum(r - 0.075, 0) / 0.055) ** 2)) for r in rad], 0)
    ring = np.max([np.exp(-(((r - 0.108 - 0.012 * (n2 - 0.5)) / 0.018) ** 2)) for r in rad], 0)
    heat = np.max([np.exp(-(((r - 0.085) / 0.035) ** 2)) for r in rad], 0)
    scr = scratches(H, W, 900, 180, 15) * 0.5 + scratches(H, W, 250, 500, 16) * 0.5
    steel = mix((0.56, 0.55, 0.53), (0.66, 0.65, 0.63), brush)
    rough = (0.15 if clean else 0.24) + 0.07 * (brush - 0.5) + 0.05 * scr + 0.04 * (n1 - 0.5)
    bump = 4e-6 * brush
    if clean:
        tint = heat * (0.18 + 0.3 * n2)
        steel = steel * np.exp(-tint[..., None] * np.array([0.25, 0.5, 0.95]))
        wipe = noise(H, W, 9, 3, 17, 0.5, (6, 1))
        rough = rough + 0.10 * step(wipe, 0.6, 0.9)
        bits = 0.5 * spots(H, W, 14, 2, 5, 18) + 0.35 * ring * step(n3, 0.68, 0.8)
        colour = grease(steel, bits)
        s.mat(
            "hob", paint(colour, np.clip(rough + 0.2 * bits, 0.1, 1), 1.0 - 0.6 * np.clip(bits, 0, 1), bump, aniso=0.55)
        )
    else:
        far = np.min(rad, 0)
        film = (0.14 + 0.40 * near) * step(n1, 0.30, 0.75) + 0.20 * step(n2, 0.45, 0.8)
        # Burnt on: nearly black round the burners, its edge ragged and fading through brown.
        ragged = far + 0.055 * (n1 - 0.5) + 0.045 * (n2 - 0.5) + 0.02 * (n3 - 0.5)
        crust = (1.5 * (1 - step(ragged, 0.070, 0.108)) + 0.5 * (1 - step(ragged, 0.095, 0.150))) * (0.6 + 0.8 * n3)
        crust += 1.3 * ring * step(n2 * 0.6 + n3 * 0.4, 0.42, 0.66)
        drops = spots(H, W, 1900, 1, 10, 21, 0.10 + 0.9 * near, 3, 0.35) + 1.1 * spots(
            H, W, 46, 6, 30, 22, 0.15 + 0.8 * near, 3, 0.5
        )
        went, streak = swipe(xx, yy, 0.02, -0.25, 0.36, 0.52, 50, 125, 25)
        film = film * (1 - 0.65 * went) + 0.07 * soft(streak, 3)
        drops = drops * (1 - 0.85 * went)
        # A pot boiled over: a tongue of dried soup from the left burner to the front edge, dark at its rim.
        warp = 0.05 * (n1 - 0.5) + 0.03 * (n2 - 0.5)
        tongue = np.maximum(abs(xx + 0.17 + 0.25 * (0.26 - yy) + warp) - (0.036 + 0.04 * n1), yy - 0.27)
        tongue = np.minimum(tongue, np.hypot((xx - 0.27) * 1.0, (yy - 0.155) * 1.5) - 0.050 + 2 * warp)
        tongue = np.minimum(tongue, np.hypot((xx + 0.02) * 1.2, (yy - 0.41) * 1.2) - 0.045 + 2 * warp)
        spill = 0.30 * (1 - step(tongue, -0.008, 0.002)) + 0.55 * np.exp(-(((tongue + 0.003) / 0.0035) ** 2))
        edge = np.minimum(HX - abs(xx), np.minimum(yy - HY0, HY1 - yy))
        rim = 0.8 * np.exp(-(((edge - 0.016) / 0.005) ** 2)) * step(n1 * 0.5 + n2 * 0.5, 0.42, 0.66)
        t = film + crust + 0.75 * soft(drops, 0.8) * (0.3 + 1.2 * n2) + spill * (0.5 + n2) + rim
        smear = noise(H, W, 7, 4, 19, 0.5, (5, 1))
        t = np.clip(t * (0.75 + 0.5 * smear), 0, 2.6)
        colour = grease(steel, t, (0.95, 1.38, 2.0), 0.5)
        starch = 0.22 * step(n3, 0.45, 0.8) * (1 - step(tongue, -0.03, -0.004))
        colour = mix(colour, (0.42, 0.38, 0.31), starch)
        wet = step(noise(H, W, 8, 5, 24), 0.56, 0.64)
        rough = np.clip(rough + 0.40 * np.clip(t, 0, 1) - 0.30 * wet * np.clip(t, 0, 1), 0.14, 0.9)
        bump = bump + 3.5e-4 * soft(np.clip(t, 0, 2) * (0.6 + 0.8 * n3), 1.2) + 2e-4 * soft(drops, 1.5)
        metal = np.clip(1 - 1.15 * t - starch, 0.0, 1)
        s.mat("hob", paint(colour, rough, metal, bump))
        zbig = cv2.resize(z[::-1].astype(np.float32), (W, H))
        area = np.clip(0.06 + 0.5 * near * step(n2, 0.5, 0.7), 0, 1)
        s.mat("rice", paint((0.62, 0.52, 0.34), 0.5))
        s.mat("burnt", paint((0.03, 0.018, 0.01), 0.7))
        s.mat("green", paint((0.10, 0.17, 0.03), 0.5))
        s.mat("chilli", paint((0.30, 0.025, 0.01), 0.4))
        box_ = (-HX + 0.02, HX - 0.02, HY0 + 0.02, HY1 - 0.02)
        s.add("rice", crumbs(46, 31, (0.0012, 0.0024), area, *box_, zbig))
        s.add("burnt", crumbs(170, 32, (0.0008, 0.0035), area, *box_, zbig))
        s.add("green", crumbs(24, 33, (0.0012, 0.0034), area, *box_, zbig))
        s.add("chilli", crumbs(16, 34, (0.0013, 0.003), area, *box_, zbig))
    s.add("hob", top)


def _burner(s: Scene, bx: float, by: float, turn: float) -> None:
    """Burner head, pan support and spark pin."""
    z0 = 0.0035
    seat = lathe([(0.052, 0), (0.052, 0.002), (0.050, 0.010), (0.044, 0.013), (0.040, 0.013)], 2)
    s.add("seat", seat.at(bx, by, z0).wrap(*TOP))
    cog = lathe(
        [(0.047, 0.013), (0.047, 0.0135), (0.045, 0.024), (0.040, 0.026), (0.030, 0.0255), (0.030, 0.014)], 2, 360
    )
    a = np.arctan2(cog.v[:, 1], cog.v[:, 0])
    r = np.hypot(cog.v[:, 0], cog.v[:, 1])
    groove = 1 - 0.035 * (np.sin(a * 40) > 0.3) * (r > 0.040) * (cog.v[:, 2] < 0.0225)
    cog.v = cog.v * np.stack([groove, groove, np.ones_like(groove)], 1)
    s.add("cap", cog.at(bx, by, z0).wrap(*TOP))
    s.add(
        "cap",
        lathe([(0.020, 0.008), (0.020, 0.022), (0.017, 0.026), (0.004, 0.026), (1e-3, 0.0255)], 3)
        .at(bx, by, z0)
        .wrap(*TOP),
    )
    s.add("pin", tube(np.array([[0, 0, 0.0], [0, 0, 0.022]]), 0.0028).at(bx + 0.0235 * 1.1, by - 0.006, z0))
    s.add("pin", tube(np.array([[0, 0, 0.0], [0, 0, 0.020]]), 0.0022).at(bx - 0.02, by + 0.016, z0))
    t = np.linspace(0, 2 * np.pi, 97)
    ring = np.stack([0.118 * np.cos(t), 0.118 * np.sin(t), np.full_like(t, 0.019)], 1)
    s.add("iron", tube(ring, 0.0048, 12).size(1, 1, 1.25).at(bx, by, 0.006).wrap(*TOP))
    for k in range(5):
        ang = turn + 72 * k
        arm = merge(
            [
                box(0.078, 0.0062, 0.013, 0.0022).at(0.083, 0, 0.0395),
                box(0.011, 0.0062, 0.040, 0.0022).at(0.1165, 0, 0.028),
                box(0.012, 0.009, 0.010, 0.003).at(0.1185, 0, 0.0085),
                box(0.012, 0.0058, 0.006, 0.002).turn("y", -22).at(0.119, 0, 0.048),
            ]
        )
        s.add("iron", arm.turn("z", ang).at(bx, by, 0.006).wrap(*TOP))


def _tools(s: Scene, clean: bool) -> None:
    """What the hanging utensils are made of: bright, or under a dull film with splashes low down."""
    h, w = 720, 600
    grip, steel = np.array((0.03, 0.025, 0.022), np.float32), np.full((h, w, 3), 0.58, np.float32)
    if clean:
        s.mat("tool", paint(steel, 0.24, 1.0))
        s.mat("grip", paint(grip, 0.42))
        return
    n = noise(h, w, 5, 5, 91)
    low = np.mgrid[0 : 1 : h * 1j, 0 : 1 : w * 1j][0] ** 2
    t = 0.16 + 0.5 * low * step(n, 0.3, 0.7) + 0.6 * soft(spots(h, w, 420, 1, 6, 92, 0.1 + 0.8 * low), 1.0)
    thick = np.clip(t, 0, 1)
    s.mat("tool", paint(grease(steel, t, (0.5, 0.85, 1.4), 0.25), 0.34 + 0.25 * thick, 1 - 0.6 * thick))
    s.mat("grip", paint(mix(grip, (0.075, 0.055, 0.036), 0.5 * n + 0.4 * soft(spots(h, w, 220, 1, 4, 93), 0.8)), 0.6))


def _wall(s: Scene, clean: bool) -> None:
    """Cream tiles over a counter; grease film, splashes and runs when dirty."""
    h, w, wide, tall = 1500, 2500, 2.0, 1.2
    zz, xx = np.mgrid[tall : 0 : h * 1j, -wide / 2 : wide / 2 : w * 1j]
    vein = noise(h, w, 5, 6, 41, 0.6)
    col = mix((0.66, 0.61, 0.52), (0.74, 0.70, 0.62), noise(h, w, 9, 5, 42))
    veins = step(noise(h, w, 4, 3, 40), 0.35, 0.7) * np.exp(-(((vein - 0.5) / 0.035) ** 2))
    col = mix(col, (0.50, 0.41, 0.30), 0.30 * veins)
    # Each tile from its own spot of the batch.
    shade = np.random.default_rng(43).normal(1, 0.025, (5, 9)).astype(np.float32)
    col *= shade[np.clip((zz / 0.3).astype(int), 0, 4), np.clip(((xx + 1.0) / 0.3).astype(int), 0, 8)][..., None]
    gcol = mix((0.48, 0.45, 0.40), (0.58, 0.55, 0.50), noise(h, w, 60, 4, 44))
    over = np.max([np.exp(-(((xx - bx) / 0.20) ** 2)) for bx, _ in BURNERS], 0)
    up = np.exp(-np.maximum(zz - 0.05, 0) / 0.34)
    rough = 0.10 + 0.05 * noise(h, w, 12, 4, 45)
    bump = 1.6e-4 * soft(noise(h, w, 22, 3, 46), 2)
    low = np.exp(-zz / 0.02) * (0.5 + noise(h, w, 30, 4, 47))
    n1, n2 = noise(h, w, 7, 5, 48), noise(h, w, 40, 4, 49)
    grout_seam = np.minimum(abs(((xx + wide / 2) / 0.3 + 0.5) % 1 - 0.5), abs((zz / 0.3 + 0.5) % 1 - 0.5)) * 0.3
    if clean:
        t = 0.10 * low + 0.05 * np.exp(-((grout_seam / 0.003) ** 2)) * n1
        gt = 0.22 + 0.4 * step(n1, 0.5, 0.8) + 0.35 * over * up
        streak = noise(h, w, 20, 3, 50, 0.5, (1, 5))
        rough = rough + 0.06 * step(streak, 0.62, 0.9)
    else:
        film = (0.06 + 0.72 * over * up) * (0.45 + 0.9 * n1)
        hit = np.clip(over * np.exp(-np.maximum(zz - 0.03, 0) / 0.19) + 0.012, 0, 1)
        drop = spots(h, w, 3200, 0.5, 2.6, 51, hit, 2, 0.35) + spots(h, w, 230, 2, 5, 52, hit, 2.5, 0.4)
        drop += spots(h, w, 22, 4, 10, 56, hit, 2, 0.55)
        run = drips(h, w, 15, 2.0, 110, 53, np.clip(over * np.exp(-(((zz - 0.25) / 0.15) ** 2)), 0, 1))
        for k, arc in enumerate(
            ((-0.06, -0.22, 0.40, 0.53, 58, 118), (0.30, 0.02, 0.21, 0.32, 50, 128), (-0.33, 0.0, 0.17, 0.26, 40, 118))
        ):
            went, streak = swipe(xx, zz, *arc, 57 + k)
            film = film * (1 - 0.55 * went) + 0.22 * streak * over
            drop, run = drop * (1 - 0.75 * went), run * (1 - 0.8 * went)
        t = film + 0.80 * soft(drop, 0.7) * (0.3 + 1.2 * n1) + 0.5 * soft(run, 0.8) + 0.9 * low
        t += 0.45 * np.exp(-((grout_seam / 0.004) ** 2)) * (0.2 + over) * (0.3 + n1) * np.clip(up + 0.2, 0, 1)
        gt = 0.75 + 1.5 * over * up + 0.7 * n1
        rough = np.clip(rough + 0.30 * np.clip(film, 0, 1) + 0.05 * n2 - 0.1 * np.clip(run, 0, 1), 0.08, 0.7)
        bump = bump + 4.5e-4 * soft(np.clip(drop, 0, 1) + np.clip(run, 0, 1.2), 1.6) + 5e-5 * n2 * np.clip(film, 0, 1)
    s.mat("tile", paint(grease(col, t, (0.48, 0.86, 1.52), 0.0 if clean else 0.08), rough, 0.0, bump))
    s.mat("grout", paint(grease(gcol, gt, (0.5, 0.9, 1.6)), 0.9, 0.0, 6e-4 * soft(noise(h, w, 200, 2, 54), 0.7)))
    m = tiles(wide, ROWS, 0.30, 0.0026, 55)
    s.add("tile", m.at(0, WALL, 0).project("x", "z", -wide / 2, wide / 2, 0, tall))
    s.add(
        "grout",
        box(wide, 0.01, tall, 0.001).at(0, WALL + 0.0078, tall / 2).project("x", "z", -wide / 2, wide / 2, 0, tall),
    )


def _counter(s: Scene, clean: bool) -> None:
    """Speckled stone worktop with a rounded front edge, a silicone line at the wall, and doors below."""
    h, w = 1400, 4000
    col = speckle(h, w, (0.27, 0.25, 0.225), 61)
    rough = 0.11 + 0.06 * noise(h, w, 10, 4, 62)
    yy, xx = np.mgrid[0.62 : -0.08 : h * 1j, -1 : 1 : w * 1j]
    out = np.maximum(abs(xx) - HX, np.maximum(HY0 - yy, yy - HY1))
    around = np.exp(-np.maximum(out, 0) / 0.05)
    if not clean:
        n1 = noise(h, w, 8, 5, 63)
        t = 0.7 * around * step(n1, 0.35, 0.75) + 0.9 * np.exp(-(((out - 0.003) / 0.004) ** 2)) * n1 * 1.6
        t += 0.7 * soft(spots(h, w, 520, 1, 8, 64, np.clip(around + 0.03, 0, 1), 3, 0.4), 0.8)
        back = np.exp(-(0.6 - yy) / 0.02) * n1
        col = grease(col, 0.6 * t + back, (0.6, 0.95, 1.5), 0.12)
        rough = np.clip(rough + 0.25 * t, 0.1, 0.8)
    s.mat("stone", paint(col, rough))
    slab = box(2.0, 0.63, 0.04, 0.008).at(0, 0.295, -0.02)
    slab.uv = np.stack([(slab.v[:, 0] + 1) / 2, (slab.v[:, 1] + slab.v[:, 2] + 0.08) / 0.70], 1)
    s.add("stone", slab)
    s.mat("caulk", paint((0.60, 0.57, 0.50) if clean else (0.22, 0.16, 0.10), 0.5))
    x = np.linspace(-1, 1, 60)
    wob = np.random.default_rng(65).normal(0, 0.0006, (60, 2))
    s.add("caulk", tube(np.stack([x, WALL - 0.001 + wob[:, 0], 0.001 + wob[:, 1]], 1), 0.0042))
    s.mat("gasket", paint((0.02, 0.02, 0.02), 0.6))
    s.add("gasket", box(HX * 2 + 0.005, HY1 - HY0 + 0.005, 0.003, 0.001).at(0, (HY0 + HY1) / 2, 0.0008))
    dh = noise(1000, 3200, 150, 4, 66, 0.6, (1, 26))
    wood = mix((0.20, 0.105, 0.052), (0.30, 0.175, 0.095), dh)
    film = noise(1000, 3200, 4, 5, 67)
    wear = 0.10 * film
    if not clean:
        up = np.mgrid[1 : 0 : 1000 * 1j, 0 : 1 : 3200 * 1j][0] ** 3
        wear = (
            0.5 * up * film
            + 0.5 * soft(drips(1000, 3200, 12, 3.0, 140, 68, up), 0.9)
            + 0.6 * soft(spots(1000, 3200, 160, 1.5, 7, 69, up), 0.8)
        )
    s.mat(
        "door",
        paint(
            grease(wood, wear, (0.5, 0.9, 1.5)),
            np.clip(0.22 + 0.18 * film + 0.3 * wear, 0, 1),
            coat=0.3,
            bump=8e-5 * soft(dh, 1),
        ),
    )
    for i in range(-2, 3):
        d = box(0.446, 0.02, 0.68, 0.003).at(i * 0.45 + 0.07, 0.032, -0.385)
        s.add("door", d.project("x", "z", -1.2, 1.2, -0.75, 0.0))
    for hx in (-0.30, 0.19, 0.40):
        s.add(
            "alu",
            tube(np.array([[hx - 0.07, -0.006, -0.095], [hx + 0.07, -0.006, -0.095]]), 0.005),
            box(0.008, 0.03, 0.008).at(hx - 0.05, 0.009, -0.095),
            box(0.008, 0.03, 0.008).at(hx + 0.05, 0.009, -0.095),
        )


def _clutter(s: Scene, clean: bool) -> None:
    """What stands about in a used kitchen; a few things move between the two pictures."""
    f = 0.0 if clean else 0.45
    m = 0.0 if clean else 1.0
    cream, red, green = (0.80, 0.74, 0.58), (0.45, 0.02, 0.02), (0.04, 0.18, 0.05)
    black = (0.02, 0.008, 0.004)
    soy, wine, oil = ("酱油", "黄豆酿造 500毫升"), ("料酒", "去腥增香 480毫升"), ("菜籽油", "物理压榨 1.8升")
    x, y = -0.425 + 0.004 * m, 0.535
    bottle(s, "soy", x, y, 0, 0.25, 0.034, black, (0.50, 0.02, 0.02), 71, soy, red, cream, red, -84, f)
    x, y = -0.335, 0.552 - 0.004 * m
    bottle(s, "wine", x, y, 0, 0.22, 0.030, (0.03, 0.012, 0.008), (0.75, 0.7, 0.6), 72, wine, cream, red, cream, -76, f)
    x, y = -0.462 - 0.004 * m, 0.44
    amber, yellow = (0.85, 0.55, 0.10), (0.85, 0.62, 0.06)
    bottle(s, "oil", x, y, 0, 0.30, 0.043, amber, (0.75, 0.42, 0.02), 73, oil, green, yellow, green, -80, f, True, 0.36)
    s.mat("jar", paint((0.75, 0.73, 0.68), 0.2, coat=0.5))
    s.mat("lid", paint((0.03, 0.10, 0.16), 0.3))
    for jx, jy in ((0.40, 0.545), (0.485 - 0.01 * m, 0.54)):
        s.add(
            "jar",
            lathe([(1e-3, 0), (0.033, 0), (0.036, 0.004), (0.036, 0.075), (0.033, 0.08), (1e-3, 0.08)], 3).at(
                jx, jy, 0
            ),
        )
        s.add(
            "lid",
            lathe(
                [
                    (0.037, 0.078),
                    (0.038, 0.08),
                    (0.038, 0.094),
                    (0.030, 0.098),
                    (0.008, 0.099),
                    (0.008, 0.112),
                    (1e-3, 0.114),
                ],
                2,
            ).at(jx, jy, 0),
        )
    # Rail with ladle and turner.
    s.add("alu", tube(np.array([[-0.34, WALL - 0.032, 0.545], [0.42, WALL - 0.032, 0.549]]), 0.006))
    for ex in (-0.32, 0.40):
        s.add(
            "alu",
            tube(np.array([[ex, WALL, 0.547], [ex, WALL - 0.032, 0.547]]), 0.006),
            lathe([(0.016, 0), (0.016, 0.004), (1e-3, 0.006)], 1).turn("x", 90).at(ex, WALL, 0.547),
        )
    for hx, kind, sway in ((-0.20, "ladle", 1.5), (-0.06 + 0.02 * m, "turner", -2.0), (0.26 - 0.015 * m, "sieve", 2.0)):
        hook = curve(
            [
                [hx, WALL - 0.032, 0.553],
                [hx, WALL - 0.041, 0.545],
                [hx, WALL - 0.04, 0.52],
                [hx, WALL - 0.046, 0.515],
                [hx, WALL - 0.052, 0.522],
            ]
        )
        s.add("alu", tube(hook, 0.0018, 8))
        handle = tube(np.array([[0, 0, 0], [0, 0.002, -0.10], [0, 0, -0.21]]), 0.006).size(1.5, 0.6, 1)
        grip = tube(np.array([[0, 0, 0.004], [0, 0, -0.10]]), 0.010).size(1.2, 0.7, 1)
        y, z = WALL - 0.046, 0.512
        if kind == "ladle":
            bowl = lathe(
                [
                    (1e-3, -0.03),
                    (0.026, -0.026),
                    (0.042, -0.008),
                    (0.045, 0),
                    (0.0445, 0.0005),
                    (0.041, -0.008),
                    (0.025, -0.025),
                    (1e-3, -0.029),
                ],
                2,
            )
            parts = [bowl.turn("x", 75).at(0, -0.012, -0.235)]
        elif kind == "turner":
            parts = [box(0.085, 0.002, 0.095, 0.0009).turn("x", 8).at(0, -0.004, -0.25)]
        else:
            parts = [
                tube(
                    np.stack(
                        [
                            0.055 * np.cos(np.linspace(0, 6.283, 60)),
                            np.zeros(60),
                            -0.265 + 0.055 * np.sin(np.linspace(0, 6.283, 60)),
                        ],
                        1,
                    ),
                    0.003,
                    8,
                )
            ]
            parts += [
                tube(
                    np.array(
                        [
                            [-np.sqrt(0.055**2 - q * q), 0, -0.265 + q],
                            [0, 0.012, -0.265 + q],
                            [np.sqrt(0.055**2 - q * q), 0, -0.265 + q],
                        ]
                    ),
                    0.0008,
                    6,
                )
                for q in np.arange(-0.05, 0.051, 0.006)
            ]
            parts += [
                tube(
                    np.array(
                        [
                            [q, 0, -0.265 - np.sqrt(0.055**2 - q * q)],
                            [q, 0.012, -0.265],
                            [q, 0, -0.265 + np.sqrt(0.055**2 - q * q)],
                        ]
                    ),
                    0.0008,
                    6,
                )
                for q in np.arange(-0.05, 0.051, 0.006)
            ]
        for mat, part in (("tool", merge([*parts, handle])), ("grip", grip)):
            s.add(mat, part.project("x", "z", -0.15, 0.15, -0.34, 0.02).turn("y", sway).at(hx, y, z))
    socket(
        s,
        0.42,
        WALL - 0.001,
        0.36,
        True,
        [
            [0.42, WALL - 0.045, 0.35],
            [0.425, WALL - 0.06, 0.30],
            [0.44, WALL - 0.03, 0.16],
            [0.50, WALL - 0.02, 0.03],
            [0.62, WALL - 0.04, 0.006],
            [0.8, WALL - 0.06, 0.006],
        ],
    )
    # Chopping board against the wall, kettle or rice pot at the right.
    bw = mix((0.36, 0.22, 0.10), (0.50, 0.33, 0.17), noise(500, 400, 30, 4, 74, 0.6, (1, 12)))
    s.mat("board", paint(bw, 0.55))
    s.add(
        "board",
        box(0.28, 0.022, 0.38, 0.006)
        .project("x", "z", -0.14, 0.14, -0.19, 0.19)
        .turn("x", -12)
        .turn("y", 2)
        .at(-0.56, 0.555, 0.19),
    )
    s.mat("pot", paint((0.62, 0.61, 0.60), 0.16, 1.0))
    if not clean:
        s.mat(
            "rag",
            paint(
                mix((0.34, 0.27, 0.21), (0.46, 0.40, 0.30), noise(300, 300, 6, 5, 75)),
                0.95,
                0.0,
                1.2e-3 * soft(noise(300, 300, 75, 2, 76), 0.8),
            ),
        )
        s.add("rag", cloth(0.20, 0.15, 77, 0.016).turn("z", 24).at(0.47, 0.17, 0.0))
    else:
        s.mat(
            "rag",
            paint(
                mix((0.16, 0.32, 0.46), (0.22, 0.40, 0.54), noise(300, 300, 6, 5, 75)),
                0.95,
                0.0,
                1.2e-3 * soft(noise(300, 300, 75, 2, 76), 0.8),
            ),
        )
        s.add("rag", cloth(0.15, 0.11, 78, 0.010, 0.008).turn("z", -8).at(-0.50, 0.17, 0.0))
    if not clean:
        s.mat("china", paint((0.72, 0.71, 0.68), 0.12, coat=0.5))
        s.mat("bamboo", paint((0.42, 0.27, 0.13), 0.5))
        s.add(
            "china",
            lathe([(1e-3, 0.004), (0.035, 0.004), (0.062, 0.016), (0.064, 0.018), (0.036, 0.002), (1e-3, 0.0)], 2).at(
                -0.455, 0.20, 0
            ),
        )
        s.add(
            "bamboo",
            *(tube(np.array([[-0.53, 0.11 + d, 0.021], [-0.40, 0.25 + d * 0.3, 0.023]]), 0.003) for d in (0, 0.016)),
        )
    pot = lathe([(1e-3, 0), (0.085, 0), (0.095, 0.006), (0.097, 0.02), (0.098, 0.105), (0.101, 0.108)], 3).at(
        0.515, 0.385, 0
    )
    s.add(
        "pot",
        pot,
        lathe([(0.100, 0.109), (0.099, 0.112), (0.06, 0.126), (0.02, 0.131), (1e-3, 0.132)], 3).at(0.515, 0.385, 0),
    )
    s.add(
        "grip",
        lathe([(0.010, 0.131), (0.008, 0.142), (0.020, 0.150), (0.016, 0.158), (1e-3, 0.159)], 2).at(0.515, 0.385, 0),
    )
    for sgn in (-1, 1):
        s.add(
            "pot",
            tube(
                curve(
                    [
                        [sgn * 0.097, -0.03, 0.08],
                        [sgn * 0.128, -0.026, 0.086],
                        [sgn * 0.128, 0.026, 0.086],
                        [sgn * 0.097, 0.03, 0.08],
                    ]
                ),
                0.004,
            )
            .turn("z", 35)
            .at(0.515, 0.385, 0),
        )


def scene(clean: bool) -> Scene:
    """The kitchen corner, dirty or clean."""
    s = Scene(exposure=1.15, wb=(0.99, 1.0, 1.02), fov=53, focus=0.98)
    room(s, -1.7, 2.0, -2.2, WALL + 0.04, -0.88, 1.7)
    window(s, -1.65, -0.95, 0.25, 0.10, 1.40, 1, 13.0)
    lamp(s, 0.25, -0.45, 1.66, 0.42, 15)
    photographer(s, 0.05, -0.78, 0.70)
    if clean:
        n1, n2 = noise(900, 1600, 16, 5, 81, 0.6), noise(900, 1600, 110, 4, 82, 0.7)
        worn = mix((0.015, 0.015, 0.016), (0.075, 0.070, 0.066), 0.8 * step(n1 * 0.5 + n2 * 0.5, 0.56, 0.72))
        s.mat("iron", paint(worn, 0.26 + 0.22 * n2, 0.0, 1.5e-4 * soft(n2, 1.0), coat=0.4))
        s.mat(
            "cap",
            paint(
                mix((0.50, 0.39, 0.22), (0.30, 0.20, 0.12), step(n1, 0.5, 0.75)),
                0.30 + 0.15 * n2,
                0.95,
                1e-4 * soft(n2, 1),
            ),
        )
        s.mat("seat", paint((0.60, 0.59, 0.58), 0.25, 1.0))
        s.mat("pin", paint((0.7, 0.68, 0.62), 0.3))
        s.mat("knob", paint((0.025, 0.025, 0.027), 0.28))
    else:
        n1, n2 = noise(900, 1600, 16, 5, 81, 0.6), noise(900, 1600, 110, 4, 82, 0.7)
        crust = mix((0.014, 0.012, 0.011), (0.050, 0.034, 0.022), step(n1, 0.42, 0.72) * (0.4 + 0.8 * n2))
        crust = mix(crust, (0.16, 0.145, 0.125), 0.5 * step(n1 * 0.4 + n2 * 0.6, 0.62, 0.76))
        s.mat("iron", paint(crust, 0.40 + 0.4 * n2, 0.0, 9e-4 * soft(n2, 1.0)))
        burnt = step(n2 * 0.55 + n1 * 0.45, 0.43, 0.60)
        brass = mix((0.44, 0.33, 0.19), (0.24, 0.16, 0.10), n2)
        cap = mix(brass, (0.022, 0.017, 0.013), 0.42 + 0.54 * burnt)
        s.mat("cap", paint(cap, 0.35 + 0.4 * burnt, 0.75 * (1 - burnt), 5e-4 * soft(n2 * burnt, 1.0)))
        soot = mix((0.42, 0.39, 0.35), (0.05, 0.04, 0.03), 0.25 + 0.7 * burnt)
        s.mat("seat", paint(soot, 0.4 + 0.3 * burnt, 0.8 * (1 - burnt)))
        s.mat("pin", paint((0.22, 0.18, 0.13), 0.6))
        s.mat("knob", paint((0.042, 0.034, 0.027), 0.45))
    s.mat("alu", paint((0.60, 0.59, 0.58), 0.25, 1.0))
    _tools(s, clean)
    _hob(s, clean)
    for (bx, by), turn in zip(BURNERS, (12, 40) if clean else (15, 38)):
        _burner(s, bx, by, turn)
    for kx, a in ((-0.055, 0), (0.055, 4)):
        k = lathe([(0.024, 0), (0.024, 0.004), (0.019, 0.006), (0.0175, 0.022), (0.015, 0.025), (1e-3, 0.0255)], 2)
        s.add("knob", k.at(kx, 0.125, 0.011), box(0.006, 0.034, 0.012, 0.002).turn("z", a).at(kx, 0.125, 0.036))
    _wall(s, clean)
    _counter(s, clean)
    _clutter(s, clean)
    if clean:
        s.eye, s.look, s.roll = (0.035, -0.40, 0.77), (0.005, 0.30, 0.115), -0.9
    else:
        s.eye, s.look, s.roll = (0.010, -0.402, 0.772), (-0.008, 0.305, 0.113), 0.6
    return s

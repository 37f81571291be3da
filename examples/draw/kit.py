"""Meshes, noise and materials shared by the scenes.

Lengths are metres, z is up. Colours are linear RGB. Every random choice takes a seed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Array = np.ndarray
Spec = dict[str, Any]


# ---------------------------------------------------------------- meshes
@dataclass
class Mesh:
    """A triangle mesh: positions, normals, texture coordinates, faces."""

    v: Array
    n: Array
    uv: Array
    f: Array

    def at(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        """Moved by (x, y, z)."""
        return Mesh(self.v + np.array([x, y, z]), self.n, self.uv, self.f)

    def turn(self, axis: str, deg: float) -> Mesh:
        """Turned about an axis through the origin."""
        c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
        i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
        m = np.eye(3)
        m[i, i], m[i, j], m[j, i], m[j, j] = c, -s, s, c
        return Mesh(self.v @ m.T, self.n @ m.T, self.uv, self.f)

    def size(self, sx: float, sy: float, sz: float) -> Mesh:
        """Scaled along the axes."""
        s = np.array([sx, sy, sz])
        n = self.n / s
        f = self.f if np.prod(s) > 0 else self.f[:, ::-1]
        return Mesh(self.v * s, n / np.linalg.norm(n, axis=1, keepdims=True), self.uv, f)

    def project(self, u: str, v: str, u0: float, u1: float, v0: float, v1: float) -> Mesh:
        """Texture coordinates laid flat: axes u and v, mapped from [u0,u1]x[v0,v1] to [0,1]."""
        k = {"x": 0, "y": 1, "z": 2}
        uv = np.stack([(self.v[:, k[u]] - u0) / (u1 - u0), (self.v[:, k[v]] - v0) / (v1 - v0)], 1)
        return Mesh(self.v, self.n, uv, self.f)

    def wrap(self, x0: float, x1: float, y0: float, y1: float) -> Mesh:
        """Like project onto the ground, but leaning, so that upright faces get a grain too."""
        u, v = self.v[:, 0] + 0.61 * self.v[:, 2], self.v[:, 1] + 0.83 * self.v[:, 2]
        return Mesh(self.v, self.n, np.stack([(u - x0) / (x1 - x0), (v - y0) / (y1 - y0)], 1), self.f)


def merge(parts: Sequence[Mesh]) -> Mesh:
    """One mesh of many."""
    off = np.cumsum([0] + [len(p.v) for p in parts[:-1]])
    return Mesh(
        *(np.concatenate([getattr(p, k) for p in parts]) for k in ("v", "n", "uv")),
        np.concatenate([p.f + o for p, o in zip(parts, off)]),
    )


def _grid_faces(h: int, w: int) -> Array:
    a = (np.arange(h - 1)[:, None] * w + np.arange(w - 1)).ravel()
    return np.concatenate([np.stack([a, a + 1, a + w + 1], 1), np.stack([a, a + w + 1, a + w], 1)])


def surface(p: Array) -> Mesh:
    """A mesh of a grid of points p (h, w, 3), with smooth normals and grid texture coordinates."""
    h, w = p.shape[:2]
    n = np.cross(np.gradient(p, axis=1), np.gradient(p, axis=0)).reshape(-1, 3)
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-12
    vv, uu = np.mgrid[0 : 1 : h * 1j, 0 : 1 : w * 1j]
    return Mesh(p.reshape(-1, 3), n, np.stack([uu, vv], -1).reshape(-1, 2), _grid_faces(h, w))


def sheet(x0: float, x1: float, y0: float, y1: float, z: Array) -> Mesh:
    """A height field over a rectangle; z is (rows along y, columns along x)."""
    yy, xx = np.mgrid[y0 : y1 : z.shape[0] * 1j, x0 : x1 : z.shape[1] * 1j]
    return surface(np.stack([xx, yy, z], -1))


def box(sx: float, sy: float, sz: float, r: float = 0.002, seg: int = 4) -> Mesh:
    """A box with rounded edges, centred on the origin; texture coordinates in metres."""
    half = np.array([sx, sy, sz]) / 2
    r = min(r, float(half.min()) * 0.999)
    parts = []
    for ax in range(3):
        for sign in (-1.0, 1.0):
            a, b = (ax + 1) % 3, (ax + 2) % 3
            line = [
                np.concatenate(
                    [np.linspace(-half[k], -half[k] + r, seg + 1), np.linspace(half[k] - r, half[k], seg + 1)]
                )
                for k in (a, b)
            ]
            bb, aa = np.meshgrid(line[1], line[0], indexing="ij")
            q = np.zeros(aa.shape + (3,))
            q[..., a], q[..., b], q[..., ax] = aa, bb, sign * half[ax]
            core = np.clip(q, -(half - r), half - r)
            d = q - core
            n = d / np.linalg.norm(d, axis=-1, keepdims=True)
            f = _grid_faces(*aa.shape)
            uv = np.stack([aa, bb], -1).reshape(-1, 2)
            parts.append(Mesh((core + r * n).reshape(-1, 3), n.reshape(-1, 3), uv, f if sign > 0 else f[:, ::-1]))
    return merge(parts)


def lathe(profile: Sequence[tuple[float, float]], smooth: int = 3, seg: int = 72) -> Mesh:
    """A profile of (radius, height) points, corners softened, turned about z."""
    p = np.array(profile, float)
    for _ in range(smooth):
        q = np.stack([0.75 * p[:-1] + 0.25 * p[1:], 0.25 * p[:-1] + 0.75 * p[1:]], 1).reshape(-1, 2)
        p = np.concatenate([p[:1], q, p[-1:]])
    t = np.linspace(0, 2 * np.pi, seg + 1)
    pts = np.stack([p[:, :1] * np.cos(t), p[:, :1] * np.sin(t), np.repeat(p[:, 1:], seg + 1, 1)], -1)
    m = surface(pts)
    d = np.gradient(p, axis=0)
    nr, nz = d[:, 1:], -d[:, :1]
    n = np.stack([nr * np.cos(t), nr * np.sin(t), np.repeat(nz, seg + 1, 1)], -1).reshape(-1, 3)
    m.n = n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12)
    return m


def curve(points: Sequence[Sequence[float]], steps: int = 12) -> Array:
    """A smooth curve through the points (Catmull-Rom)."""
    p = np.array(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    out = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        t = np.linspace(0, 1, steps, endpoint=False)[:, None]
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate(out + [p[-2:-1]])


def tube(path: Array, r: float | Array, seg: int = 16) -> Mesh:
    """A tube along a path, with rounded-off ends."""
    path = np.asarray(path, float)
    rad = np.broadcast_to(np.asarray(r, float), len(path)).copy()
    d = np.gradient(path, axis=0)
    d /= np.linalg.norm(d, axis=1, keepdims=True) + 1e-12
    for end, k in ((0, 1), (-1, -1)):
        if np.linalg.norm(path[0] - path[-1]) > 1e-6:
            cap = path[end] - k * d[end] * rad[end] * np.array([[0.0], [0.6], [0.9], [1.0]])
            cr = rad[end] * np.array([1.0, 0.8, 0.45, 0.0])
            cap, cr = (cap[::-1], cr[::-1]) if end == 0 else (cap, cr)
            path = np.concatenate([cap, path[1:]] if end == 0 else [path[:-1], cap])
            rad = np.concatenate([cr, rad[1:]] if end == 0 else [rad[:-1], cr])
            d = np.concatenate([np.repeat(d[:1], 4, 0), d[1:]] if end == 0 else [d[:-1], np.repeat(d[-1:], 4, 0)])
    up = np.array([0.0, 0.0, 1.0]) if abs(d[:, 2]).mean() < 0.9 else np.array([1.0, 0.0, 0.0])
    a = np.cross(d, up)
    a /= np.linalg.norm(a, axis=1, keepdims=True) + 1e-12
    b = np.cross(d, a)
    t = np.linspace(0, 2 * np.pi, seg + 1)[None, :, None]
    n = a[:, None] * np.cos(t) + b[:, None] * np.sin(t)
    m = surface(path[:, None] + rad[:, None, None] * n)
    m.n = n.reshape(-1, 3)
    return m


def blob(r: float, seed: int, rough: float = 0.35) -> Mesh:
    """A lumpy crumb."""
    rng = np.random.default_rng(seed)
    m = lathe([(1e-4, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (1e-4, 1)], 1, 9)
    s = 1 + rough * np.sin(m.v @ rng.normal(0, 2.5, (3, 3)) + rng.uniform(0, 6, 3)).sum(1) / 3
    return Mesh(m.v * s[:, None] * r * rng.uniform(0.7, 1.3, 3), m.n, m.uv, m.f)


def tiles(
    width: float,
    rows: Sequence[float],
    tw: float,
    gap: float,
    seed: int,
    depth: float = 0.008,
    wonk: float = 0.16,
    x0: float = 0.0,
) -> Mesh:
    """A wall of tiles in the xz plane, face towards -y at y=0, each a little out of true."""
    rng = np.random.default_rng(seed)
    parts, z = [], 0.0
    for th in rows:
        for i in range(int(np.ceil(width / tw)) + 1):
            t = box(tw - gap - rng.uniform(0, 0.0004), depth, th - gap, 0.0016, 3)
            t = t.turn("x", rng.normal(0, wonk)).turn("z", rng.normal(0, wonk)).turn("y", rng.normal(0, 0.06))
            parts.append(t.at(x0 - width / 2 + (i + 0.5) * tw, depth / 2 + rng.uniform(0, 0.0006), z + th / 2))
        z += th
    return merge(parts)


def cloth(w: float, d: float, seed: int, fold: float = 0.012, lift: float = 0.004) -> Mesh:
    """A crumpled rag lying flat, its edge ragged."""
    n = 160
    a, b = noise(n, n, 3, 3, seed), noise(n, n, 6, 3, seed + 1)
    ridge = 1 - np.abs(2 * noise(n, n, 3.2, 2, seed + 2) - 1)
    z = lift + fold * (0.6 * a + 0.25 * b + 0.9 * ridge**4)
    vv, uu = np.mgrid[-0.5 : 0.5 : n * 1j, -0.5 : 0.5 : n * 1j]
    x = uu * w + 0.16 * w * (noise(n, n, 2, 2, seed + 3) - 0.5)
    y = vv * d + 0.16 * d * (noise(n, n, 2, 2, seed + 4) - 0.5)
    edge = np.minimum(0.5 - abs(uu), 0.5 - abs(vv))
    z = z * np.clip(edge * 14, 0.12, 1)
    return surface(np.stack([x, y, z], -1))


def hanging(w: float, h: float, seed: int, fold: float = 0.012) -> Mesh:
    """A towel hung over a rail at the origin, facing -y: folds that open downwards."""
    n = 200
    vv, uu = np.mgrid[0 : 1 : n * 1j, -0.5 : 0.5 : n * 1j]
    wave = noise(n, n, 5, 2, seed, 0.5, (1, 9)) - 0.5 + 0.35 * (noise(n, n, 9, 2, seed + 1, 0.5, (1, 5)) - 0.5)
    over = np.clip((vv - 0.05) / 0.95, 0, 1)
    y = -0.011 * np.cos(np.clip((0.05 - vv) / 0.05, 0, 1) * np.pi / 2) - 2.2 * fold * wave * (0.25 + 0.75 * over)
    z = 0.011 * np.sin(np.clip((0.05 - vv) / 0.05, 0, 1) * np.pi / 2) - h * over * (
        1 + 0.05 * (noise(n, n, 2, 2, seed + 2) - 0.5)
    )
    x = uu * w * (1 - 0.10 * np.sin(np.pi * np.clip(over, 0, 1)) - 0.05 * over) + 0.006 * wave
    return surface(np.stack([x, y, z], -1))


# ---------------------------------------------------------------- noise and paint
def noise(
    h: int, w: int, cells: float, octaves: int, seed: int, gain: float = 0.5, stretch: tuple[float, float] = (1.0, 1.0)
) -> Array:
    """Fractal noise in 0..1, mean 0.5; cells across the shorter side; stretch (x, y) lengthens it."""
    rng = np.random.default_rng(seed)
    out, amp, tot = np.zeros((h, w), np.float32), 1.0, 0.0
    base = min(h, w) / cells
    for k in range(octaves):
        gx, gy = base * stretch[0] / 2**k, base * stretch[1] / 2**k
        gw, gh = min(w, max(2, int(w / gx) + 2)), min(h, max(2, int(h / gy) + 2))
        g = rng.standard_normal((gh, gw)).astype(np.float32)
        out += amp * cv2.resize(g, (w, h), interpolation=cv2.INTER_CUBIC)
        tot += amp * amp
        amp *= gain
    return np.clip(0.5 + 0.22 * out / np.sqrt(tot), 0, 1)


def step(x: Array, a: float, b: float) -> Array:
    """Smooth step from a to b."""
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def soft(x: Array, sigma: float) -> Array:
    """Gaussian blur."""
    return cv2.GaussianBlur(np.asarray(x, np.float32), (0, 0), sigma)


def spots(
    h: int,
    w: int,
    count: int,
    rmin: float,
    rmax: float,
    seed: int,
    where: Array | None = None,
    power: float = 2.5,
    ragged: float = 0.25,
) -> Array:
    """Splashed droplets: domes of many sizes (pixels), small ones most frequent."""
    rng = np.random.default_rng(seed)
    out = np.zeros((h, w), np.float32)
    made = tries = 0
    while made < count and tries < count * 60:
        tries += 1
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        if where is not None and rng.uniform() > where[int(y), int(x)]:
            continue
        made += 1
        r = rmin + (rmax - rmin) * rng.uniform() ** power
        t = np.linspace(0, 2 * np.pi, 20, endpoint=False)
        rr = r * (1 + ragged * sum(rng.normal(0, 0.5) * np.sin(k * t + rng.uniform(0, 6)) for k in (2, 3, 5)))
        sq = rng.uniform(0.7, 1.0)
        pts = np.stack([x + rr * np.cos(t), y + rr * np.sin(t) * sq], 1)
        cv2.fillPoly(out, [np.round(pts * 16).astype(np.int32)], float(rng.uniform(0.45, 1)), cv2.LINE_AA, 4)
    return out


def drips(h: int, w: int, count: int, width: float, length: float, seed: int, where: Array | None = None) -> Array:
    """Runs of liquid going down the picture (towards growing row numbers), thicker at the foot."""
    rng = np.random.default_rng(seed)
    out = np.zeros((h, w), np.float32)
    made = tries = 0
    while made < count and tries < count * 60:
        tries += 1
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        if where is not None and rng.uniform() > where[int(y), int(x)]:
            continue
        made += 1
        n, r = int(length * rng.uniform(0.25, 1.4)), width * rng.uniform(0.4, 1.2)
        sway, top = rng.normal(0, 0.12), rng.uniform(0.5, 1)
        cv2.circle(out, (int(x * 16), int(y * 16)), int(r * 1.6 * 16), float(top), -1, cv2.LINE_AA, 4)
        for i in range(n):
            t = i / n
            sway = 0.97 * sway + rng.normal(0, 0.05)
            x, y = x + sway, y + 1
            rad = r * (0.75 - 0.35 * t + 0.75 * np.exp(-(((1 - t) * n / (r * 3 + 1)) ** 2)))
            cv2.circle(
                out, (int(x * 16), int(y * 16)), max(4, int(rad * 16)), float(0.55 * top + 0.3 * t), -1, cv2.LINE_AA, 4
            )
    return out


def swipe(
    xx: Array, yy: Array, x: float, y: float, r0: float, r1: float, a0: float, a1: float, seed: int
) -> tuple[Array, Array]:
    """One pass of a cloth along an arc round (x, y): where it went (0..1), and the streaks it left there."""
    r, a = np.hypot(xx - x, yy - y), np.degrees(np.arctan2(yy - y, xx - x))
    n = noise(48, 700, 3, 6, seed, 0.75, (0.25, 2.5))
    at = ((r - r0) / (r1 - r0) * 699).astype(np.float32), ((a - a0) / (a1 - a0) * 47).astype(np.float32)
    streak = cv2.remap(n, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    edge = 0.35 * (streak - 0.5) * (r1 - r0)
    went = step(r + edge, r0, r0 + 0.02) * step(-r - edge, -r1, -r1 + 0.02)
    ends = 30 * (streak - 0.5)
    went = went * step(a + ends, a0, a0 + 4) * step(-a - ends, -a1, -a1 + 9)
    return went, went * step(streak, 0.5, 0.75)


def scratches(h: int, w: int, count: int, length: float, seed: int, swirl: float = 1.0) -> Array:
    """Fine wiping scratches: short arcs."""
    rng = np.random.default_rng(seed)
    out = np.zeros((h, w), np.float32)
    for _ in range(count):
        p = np.array([rng.uniform(0, w), rng.uniform(0, h)])
        a, bend = rng.uniform(0, 6.3) * swirl, rng.normal(0, 0.05)
        pts = [p]
        for _ in range(14):
            p = p + length / 14 * np.array([np.cos(a), np.sin(a)])
            a += bend
            pts.append(p)
        cv2.polylines(
            out, [np.round(np.array(pts) * 16).astype(np.int32)], False, float(rng.uniform(0.2, 1)), 1, cv2.LINE_AA, 4
        )
    return out


def mix(a: Any, b: Any, t: Array) -> Array:
    """a where t is 0, b where t is 1; a and b are colours or pictures."""
    a, b = np.asarray(a, np.float32), np.asarray(b, np.float32)
    if a.ndim == 1 or a.ndim == 3 or b.ndim == 1 or b.ndim == 3:
        t = t[..., None]
    return (a * (1 - t) + b * t).astype(np.float32)


def grease(colour: Array, t: Array, tone: Sequence[float] = (0.9, 2.1, 4.6), body: float = 0.0) -> Array:
    """Colour seen through a brown film of thickness t (about 0..2.5); body adds the film's own dull colour."""
    out = colour * np.exp(-t[..., None] * np.asarray(tone, np.float32))
    own = mix((0.21, 0.135, 0.065), (0.018, 0.013, 0.010), step(t, 0.35, 1.7))
    return mix(out, own, np.clip(body * t, 0, 0.9)).astype(np.float32)


# ---------------------------------------------------------------- materials
def tex(a: Array, wrap: str = "clamp") -> Spec:
    """A picture as a texture; row 0 is the top (v = 1)."""
    import mitsuba as mi

    a = np.ascontiguousarray(np.asarray(a, np.float32)[::-1])
    if a.ndim == 2:
        a = a[..., None]
    return {"type": "bitmap", "bitmap": mi.Bitmap(a), "raw": True, "wrap_mode": wrap}


def paint(
    colour: Any,
    rough: Any = 0.4,
    metal: Any = 0.0,
    bump: Array | None = None,
    spec: float = 0.5,
    coat: float = 0.0,
    aniso: float = 0.0,
    wrap: str = "clamp",
    **more: Any,
) -> Spec:
    """A surface: each of colour, rough and metal is a number or a picture; bump is heights in metres."""

    def val(x: Any) -> Any:  # always a texture: materials built alike are compiled once, which is faster
        if isinstance(x, np.ndarray) and x.ndim >= 2:
            return tex(x, wrap)
        return tex(np.broadcast_to(np.asarray(x, np.float32), (2, 2) + np.shape(x)), wrap)

    b: Spec = {"type": "principled", "base_color": val(colour), "roughness": val(rough), "metallic": val(metal), **more}
    if "eta" not in more:
        b["specular"] = spec
    if coat:
        b |= {"clearcoat": coat, "clearcoat_gloss": 0.92}
    if aniso:
        b["anisotropic"] = aniso
    if bump is not None:
        b = {"type": "bumpmap", "height": tex(bump, wrap), "scale": 1.0, "bsdf": b}
    return b if "spec_trans" in more else {"type": "twosided", "bsdf": b}


FONT = Path(__file__).resolve().parents[2] / "vidkit" / "fonts" / "NotoSansSC-wght.ttf"


def label(
    word: str,
    small: str,
    paper: Sequence[float],
    ink: Sequence[float],
    band: Sequence[float],
    ratio: float = 2.3,
    h: int = 420,
) -> Array:
    """A printed label to wrap around a bottle (width = ratio * height): a word, a line under it, two bands, a bean."""
    w = int(h * ratio)
    art = np.empty((h, w, 3), np.float32)
    art[:] = paper
    art[: int(h * 0.10)] = art[int(h * 0.80) :] = band
    art[int(h * 0.13) : int(h * 0.145)] = art[int(h * 0.755) : int(h * 0.77)] = ink
    mask = Image.new("L", (w, h))
    pen = ImageDraw.Draw(mask)
    font = ImageFont.truetype(str(FONT), 10)
    for text, size, y, weight in ((word, 0.62 / max(2.2, len(word)), 0.43, 800), (small, 0.075, 0.68, 500)):
        font = font.font_variant(size=int(h * size))
        font.set_variation_by_axes([weight])
        pen.text((w / 2, h * y), text, 255, font, "mm")
    for sgn in (-1, 1):  # two leaves under the top line
        x, y, r = w / 2 + sgn * h * 0.05, h * 0.215, h * 0.042
        pen.chord((x - r * 1.3, y - r * 0.7, x + r * 1.3, y + r * 0.7), 20 * sgn, 20 * sgn + 180, 200)
    # The back: a block of fine print.
    font = font.font_variant(size=int(h * 0.05))
    for i, text in enumerate(("配料 见瓶盖", "净含量 500毫升", "请置于阴凉干燥处")):
        pen.text((w * 0.06, h * (0.28 + 0.12 * i)), text, 255, font)
    return mix(art, ink, np.asarray(mask, np.float32) / 255)


# ---------------------------------------------------------------- scene
@dataclass
class Scene:
    """What is in front of the camera: meshes grouped by material, lights, and the camera itself."""

    mats: dict[str, Spec] = field(default_factory=dict)
    parts: dict[str, list[Mesh]] = field(default_factory=dict)
    lights: list[tuple[Mesh, Any]] = field(default_factory=list)
    eye: tuple[float, float, float] = (0, 0, 0)
    look: tuple[float, float, float] = (0, 1, 0)
    roll: float = 0.0
    fov: float = 54.0
    focus: float = 1.0
    aperture: float = 0.0016
    exposure: float = 1.0
    wb: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def mat(self, name: str, spec: Spec) -> None:
        """Name a material."""
        self.mats[name] = spec

    def add(self, name: str, *meshes: Mesh) -> None:
        """Put meshes of a named material into the scene."""
        self.parts.setdefault(name, []).extend(meshes)

    def light(self, mesh: Mesh, radiance: Any) -> None:
        """A glowing surface; radiance is a colour or a picture."""
        self.lights.append((mesh, radiance))

    def build(self, folder: Path) -> Spec:
        """The scene's shapes as a Mitsuba dictionary; meshes go to PLY files in the folder."""
        out: Spec = {"type": "scene"}
        for name, meshes in self.parts.items():
            out[name] = {
                "type": "ply",
                "filename": _ply(merge(meshes), folder / f"{name}.ply"),
                "bsdf": self.mats[name],
            }
        for i, (mesh, rad) in enumerate(self.lights):
            r = tex(rad) if isinstance(rad, np.ndarray) else {"type": "rgb", "value": list(rad)}
            out[f"light{i}"] = {
                "type": "ply",
                "filename": _ply(mesh, folder / f"light{i}.ply"),
                "bsdf": {"type": "diffuse"},
                "emitter": {"type": "area", "radiance": r},
            }
        return out


def _ply(m: Mesh, path: Path) -> str:
    kinds = [(k, "<f4") for k in ("x", "y", "z", "nx", "ny", "nz", "u", "v")]
    vert = np.zeros(len(m.v), kinds)
    for (k, _), col in zip(kinds, np.concatenate([m.v, m.n, m.uv], 1).T):
        vert[k] = col
    face = np.zeros(len(m.f), [("c", "u1"), ("i", "<i4", 3)])
    face["c"], face["i"] = 3, m.f
    head = (
        f"ply\nformat binary_little_endian 1.0\nelement vertex {len(vert)}\n"
        + "".join(f"property float {k}\n" for k, _ in kinds)
        + f"element face {len(face)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    path.write_bytes(head.encode() + vert.tobytes() + face.tobytes())
    return str(path)


def render(scene: Scene, width: int, height: int, spp: int, seed: int) -> Array:
    """The scene in linear light (height, width, 3), with its noise smoothed away."""
    import mitsuba as mi

    with tempfile.TemporaryDirectory() as tmp:
        spec = scene.build(Path(tmp))
        t = mi.ScalarTransform4f
        up = np.array([np.sin(np.radians(scene.roll)), 0, np.cos(np.radians(scene.roll))])
        spec["integrator"] = {
            "type": "aov",
            "aovs": "a:albedo,n:sh_normal",
            "path": {"type": "path", "max_depth": 6, "rr_depth": 3},
        }
        spec["sensor"] = {
            "type": "thinlens",
            "fov": scene.fov,
            "fov_axis": "smaller",
            "aperture_radius": scene.aperture,
            "focus_distance": scene.focus,
            "near_clip": 0.01,
            "to_world": t().look_at(origin=list(scene.eye), target=list(scene.look), up=list(up)),
            "film": {
                "type": "hdrfilm",
                "width": width,
                "height": height,
                "pixel_format": "rgb",
                "rfilter": {"type": "box"},
            },
            "sampler": {"type": "independent"},
        }
        world = mi.load_dict(spec)
    each = max(1, min(spp, 8_000_000 // (width * height)))
    acc = np.zeros((height, width, 9), np.float64)
    rounds = -(-spp // each)
    for i in range(rounds):
        a = np.array(mi.render(world, spp=each, seed=seed * 1000 + i))
        a[..., :3] = np.clip(np.nan_to_num(a[..., :3]), 0, 60)
        acc += a
    a = (acc / rounds).astype(np.float32)
    return smooth(a[..., :3], np.clip(a[..., 3:6], 0, 1), a[..., 6:9])


def smooth(rgb: Array, albedo: Array, normal: Array) -> Array:
    """Take the sampling noise out: Open Image Denoise if it is installed, else non-local means."""
    try:
        import pyoidn
    except ImportError:
        x = np.log1p(rgb * 8)
        top = float(x.max())
        y = cv2.fastNlMeansDenoisingColored((x / top * 255).astype(np.uint8), None, 3, 6, 5, 15)
        return np.expm1(y.astype(np.float32) / 255 * top) / 8
    return pyoidn.denoise(
        np.ascontiguousarray(rgb), albedo=np.ascontiguousarray(albedo), normal=np.ascontiguousarray(normal), hdr=True
    )

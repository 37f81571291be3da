#!/usr/bin/env python3
"""Draws the example pictures of things: tools, steps of the work, before/after pairs. No real photo is used.

Run:  python examples/draw/things.py            (all of them, into examples/photos/)
      python examples/draw/things.py soup keys  (only these)
Each picture is one SVG, rendered by resvg and saved as JPEG; the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import resvg_py
from figures import PALETTE, PHOTOS, grain
from PIL import Image

Point = tuple[float, float]
Tones = tuple[str, str, str]  # shade, middle, light
SHADOW = "#6B4A4E"  # multiplied over what it falls on



def tones(name: str) -> Tones:
    """Shade, middle and light of a palette colour."""
    dark = PALETTE.get(f"{name}_dark") or PALETTE[f"{name}_shade"]
    return dark, PALETTE[name], PALETTE[f"{name}_light"]


# Shade, middle, light of what appears in many pictures.
YELLOW, TEAL, SKIN, WOOD, OAT, PLUM = (tones(name) for name in ("yellow", "teal", "warm", "wood", "oat", "plum"))
NAVY, LEAF, STEEL = tones("navy"), tones("leaf"), ("#7F8E94", "#B3BFC2", "#E8EEED")
WHITE: Tones = (PALETTE["white_shade"], PALETTE["white"], PALETTE["white_bright"])
AQUA: Tones = ("#2E8F8C", "#4FB5AE", "#8FD6CC")
BLUE: Tones = ("#3A74A8", "#5C9BD0", "#93C3E6")
COVER: Tones = (PALETTE["cover_blue_dark"], PALETTE["cover_blue"], "#A9CCEA")
RED: Tones = ("#B5503F", "#D97260", "#EE9C86")
GREEN: Tones = ("#568F5E", "#7AB47C", "#A9D3A3")
DARK: Tones = ("#2A323A", "#404B55", "#65727C")
GREY: Tones = ("#8B857C", "#A9A297", "#C6BFB2")
BRICK: Tones = (PALETTE["brick_dark"], PALETTE["brick"], "#E08D6C")


def spline(points: Sequence[Point], closed: bool = True, tension: float = 1.0) -> str:
    """Path data of a smooth curve through the points."""
    n = len(points)

    def at(i: int) -> Point:
        return points[i % n] if closed else points[min(max(i, 0), n - 1)]

    out = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    k = tension / 6
    for i in range(n if closed else n - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        a = (p1[0] + (p2[0] - p0[0]) * k, p1[1] + (p2[1] - p0[1]) * k)
        b = (p2[0] - (p3[0] - p1[0]) * k, p2[1] - (p3[1] - p1[1]) * k)
        out.append(f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {p2[0]:.1f} {p2[1]:.1f}")
    return "".join(out) + ("Z" if closed else "")


def poly(points: Sequence[Point], r: float = 0) -> str:
    """Path data of a polygon, its corners rounded by r."""
    n = len(points)
    out: list[str] = []
    for i in range(n):
        (ax, ay), (bx, by), (cx, cy) = points[i - 1], points[i], points[(i + 1) % n]
        la, lc = math.hypot(ax - bx, ay - by) or 1, math.hypot(cx - bx, cy - by) or 1
        ka, kc = min(r, la / 2) / la, min(r, lc / 2) / lc
        s, e = (bx + (ax - bx) * ka, by + (ay - by) * ka), (bx + (cx - bx) * kc, by + (cy - by) * kc)
        out.append(f"{'L' if out else 'M'}{s[0]:.1f} {s[1]:.1f}Q{bx:.1f} {by:.1f} {e[0]:.1f} {e[1]:.1f}")
    return "".join(out) + "Z"


def box(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """Path data of an upright rectangle."""
    return poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], r)


def oval(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0) -> str:
    """Path data of an ellipse."""
    ry = rx if ry is None else ry
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    a, b = (x - rx * c, y - rx * s), (x + rx * c, y + rx * s)
    arc = f"A{rx:.1f} {ry:.1f} {turn:.1f} 1 1"
    return f"M{a[0]:.1f} {a[1]:.1f}{arc} {b[0]:.1f} {b[1]:.1f}{arc} {a[0]:.1f} {a[1]:.1f}Z"


def limb(points: Sequence[Point], radii: Sequence[float], shift: Point = (0, 0), scale: float = 1.0) -> str:
    """Path data of a round-ended tube of changing width along a smooth line: fingers, arms, hoses."""
    n, mid, rad = len(points), [], []
    for i in range(n - 1):
        p = [points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, n - 1)]]
        q = [radii[max(i - 1, 0)], radii[i], radii[i + 1], radii[min(i + 2, n - 1)]]
        for j in range(12 + (i == n - 2)):
            t = j / 12
            w = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
            mid.append(tuple(sum(a * b[k] for a, b in zip(w, p, strict=True)) / 2 + shift[k] for k in (0, 1)))
            rad.append(sum(a * b for a, b in zip(w, q, strict=True)) / 2 * scale)
    left, right, m = [], [], len(mid)
    for i in range(m):
        a, b = mid[max(i - 1, 0)], mid[min(i + 1, m - 1)]
        d = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
        nx, ny = -(b[1] - a[1]) / d, (b[0] - a[0]) / d
        left.append((mid[i][0] + nx * rad[i], mid[i][1] + ny * rad[i]))
        right.append((mid[i][0] - nx * rad[i], mid[i][1] - ny * rad[i]))
    end, start = f"A{rad[-1]:.1f} {rad[-1]:.1f} 0 0 0 ", f"A{rad[0]:.1f} {rad[0]:.1f} 0 0 0 "
    there = "L".join(f"{x:.1f} {y:.1f}" for x, y in left)
    back = "L".join(f"{x:.1f} {y:.1f}" for x, y in reversed(right))
    return f"M{there}{end}{back}{start}{left[0][0]:.1f} {left[0][1]:.1f}Z"


class Place:
    """Where a thing stands: its own coordinates turned, sized, mirrored and moved onto the page."""

    def __init__(self, x: float, y: float, turn: float = 0, size: float = 1, flip: bool = False) -> None:
        c, s = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size
        self.x, self.y, self.c, self.s, self.size, self.flip = x, y, c, s, size, -1 if flip else 1

    def __call__(self, *points: Point) -> list[Point]:
        """The points on the page."""
        return [
            (self.x + self.c * u * self.flip - self.s * v, self.y + self.s * u * self.flip + self.c * v)
            for u, v in points
        ]


class Page:
    """One picture: shapes are added from back to front."""

    def __init__(self, width: int, height: int, ground: str = "#F6E9D4") -> None:
        self.width, self.height = width, height
        self.body: list[str] = []
        self.defs: list[str] = []
        self.light: Point = (-0.55, -0.83)
        self.fill(box(-10, -10, width + 20, height + 20), ground)

    def _define(self, markup: str) -> str:
        name = f"d{len(self.defs)}"
        self.defs.append(markup.replace("@", name, 1))
        return name

    def linear(self, a: Point, b: Point, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
        """A gradient along a line; a stop is place, colour and, if wanted, opacity."""
        return self._gradient("linear", f'x1="{a[0]}" y1="{a[1]}" x2="{b[0]}" y2="{b[1]}"', stops)

    def radial(self, c: Point, r: float, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
        """A gradient outwards from a point."""
        return self._gradient("radial", f'cx="{c[0]}" cy="{c[1]}" r="{r}"', stops)

    def _gradient(self, kind: str, where: str, stops: Sequence[tuple]) -> str:  # type: ignore[type-arg]
        inside = "".join(
            f'<stop offset="{s[0]}" stop-color="{s[1]}" stop-opacity="{s[2] if len(s) > 2 else 1}"/>' for s in stops
        )
        units = 'gradientUnits="userSpaceOnUse"'
        name = self._define(f'<{kind}Gradient id="@" {units} {where}>{inside}</{kind}Gradient>')
        return f"url(#{name})"

    def fill(self, d: str, paint: str, opacity: float = 1) -> None:
        """A filled shape."""
        faint = f' opacity="{opacity:.3f}"' if opacity < 1 else ""
        self.body.append(f'<path d="{d}" fill="{paint}" fill-rule="nonzero"{faint}/>')

    def line(self, d: str, paint: str, width: float, opacity: float = 1, dash: str = "") -> None:
        """A stroke with round ends."""
        extra = (f' opacity="{opacity:.3f}"' if opacity < 1 else "") + (f' stroke-dasharray="{dash}"' if dash else "")
        self.body.append(
            f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{width:.1f}" stroke-linecap="round"'
            f' stroke-linejoin="round"{extra}/>'
        )

    @contextmanager
    def clip(self, *shapes: str) -> Iterator[None]:
        """What is drawn inside shows only within the shapes."""
        paths = "".join(f'<path d="{d}"/>' for d in shapes)
        name = self._define(f'<clipPath id="@">{paths}</clipPath>')
        self.body.append(f'<g clip-path="url(#{name})">')
        yield
        self.body.append("</g>")

    @contextmanager
    def group(
        self, opacity: float = 1, blend: str = "", blur: float = 0, transform: str = "", within: str = ""
    ) -> Iterator[None]:
        """What is drawn inside is blended, blurred or moved as one."""
        attr = f' opacity="{opacity}"' if opacity < 1 else ""
        attr += f' style="mix-blend-mode:{blend}"' if blend else ""
        attr += f' transform="{transform}"' if transform else ""
        if within:
            name = self._define(f'<clipPath id="@"><path d="{within}"/></clipPath>')
            attr += f' clip-path="url(#{name})"'
        if blur:
            area = 'x="-60%" y="-150%" width="220%" height="400%"'
            name = self._define(f'<filter id="@" {area}><feGaussianBlur stdDeviation="{blur}"/></filter>')
            attr += f' filter="url(#{name})"'
        self.body.append(f"<g{attr}>")
        yield
        self.body.append("</g>")

    def shadow(self, d: str, opacity: float = 0.32, blur: float = 0, colour: str = SHADOW, within: str = "") -> None:
        """A cast shadow: multiplied, soft if blurred, only on the shape it falls on if that is given."""
        with self.group(opacity=opacity, blend="multiply", within=within), self.group(blur=blur):
            self.fill(d, colour)

    def glow(self, d: str, paint: str = "#FFF3CF", opacity: float = 0.4, blur: float = 0) -> None:
        """A patch of light."""
        with self.group(opacity=opacity, blend="screen" if blur else "", blur=blur):
            self.fill(d, paint)

    def tube(self, points: Sequence[Point], radii: Sequence[float], tones: Tones) -> None:
        """A rounded tube lit from the page's light: shade, middle and light lie inside one another."""
        d, (lx, ly) = limb(points, radii), self.light
        r = sum(radii) / len(radii)
        self.fill(d, tones[0])
        with self.clip(d):
            self.fill(limb(points, radii, (lx * r * 0.30, ly * r * 0.30), 0.92), tones[1])
            self.fill(limb(points, radii, (lx * r * 0.52, ly * r * 0.52), 0.26), tones[2], 0.85)

    def lump(self, d: str, tones: Tones, depth: float, gleam: str = "") -> None:
        """A rounded body: its shade stays at the side away from the light; gleam is a lit patch's path."""
        lx, ly = self.light
        self.fill(d, tones[0])
        with self.clip(d):
            with self.group(transform=f"translate({lx * depth:.1f} {ly * depth:.1f})"):
                self.fill(d, tones[1])
            if gleam:
                self.fill(gleam, tones[2], 0.85)

    def svg(self) -> str:
        """The whole markup."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}">'
        return f"{head}<defs>{''.join(self.defs)}</defs>{''.join(self.body)}</svg>"

    def image(self) -> Image.Image:
        """The picture in pixels."""
        png = resvg_py.svg_to_bytes(
            svg_string=self.svg(), width=self.width, height=self.height, skip_system_fonts=True
        )
        with Image.open(io.BytesIO(bytes(png)), formats=["PNG"]) as image:
            return image.convert("RGB")


# --- hands -----------------------------------------------------------------------------------------------------------


def bare_arm(page: Page, at: Place, path: Sequence[Point], wide: tuple[float, float], skin: Tones, sleeve: Tones) -> None:
    """A forearm without a glove: skin from the wrist on, then a turned-up sleeve over it."""
    pts, s = at(*path), at.size
    n = len(pts)
    radii = [(wide[0] * 0.94 + (wide[1] - wide[0]) * i / (n - 1)) * s for i in range(n)]
    page.tube(pts, radii, skin)
    (ax, ay), (bx, by) = pts[-2], pts[-1]
    d = math.hypot(bx - ax, by - ay)
    ux, uy, r = (bx - ax) / d, (by - ay) / d, radii[-2] * 1.16
    falls = [(ax - ux * 24 * s - uy * r, ay - uy * 24 * s + ux * r), (ax - ux * 30 * s, ay - uy * 30 * s), (ax - ux * 24 * s + uy * r, ay - uy * 24 * s - ux * r)]
    page.shadow(limb(falls, [26 * s] * 3), 0.35, within=limb(pts, radii))
    wide_r = r * 1.4
    edge = [(ax - uy * wide_r, ay + ux * wide_r), (ax + uy * wide_r, ay - ux * wide_r)]
    beyond = [(x + ux * 900, y + uy * 900) for x, y in reversed(edge)]
    with page.clip(poly([*edge, *beyond])):
        page.tube([(ax - ux * 40 * s, ay - uy * 40 * s), pts[-1]], [r, r * 1.15], sleeve)
    for far, tone, w, grow in ((30, sleeve, 30, 1.06), (2, YELLOW, 8, 1.0)):
        k = r * grow - w * 0.5 * s
        cx, cy = ax + ux * far * s, ay + uy * far * s
        page.tube([(cx - uy * k, cy + ux * k), (cx - ux * 9 * s, cy - uy * 9 * s), (cx + uy * k, cy - ux * k)], [w * s] * 3, tone)


def arm(page: Page, at: Place, path: Sequence[Point], wide: tuple[float, float], tones: Tones, sleeve: Tones) -> None:
    """A forearm from the wrist outwards: the glove reaches over the sleeve and ends in a rolled cuff."""
    pts, s = at(*path), at.size
    if tones is SKIN:
        bare_arm(page, at, path, wide, tones, sleeve)
        return
    (ax, ay), (bx, by) = pts[0], pts[1]
    d = math.hypot(bx - ax, by - ay)
    ux, uy = (bx - ax) / d, (by - ay) / d
    far, r = 132 * s, wide[0] * 1.24 * s
    cx, cy = ax + ux * far, ay + uy * far
    rest = [(cx - ux * 8 * s, cy - uy * 8 * s), (cx + ux * 60 * s, cy + uy * 60 * s), *pts[2:]]
    page.tube(rest, [r * 0.80, r * 0.92] + [wide[1] * s] * (len(rest) - 2), sleeve)
    falls = limb([(cx - uy * r, cy + ux * r), (cx + ux * 16 * s, cy + uy * 16 * s), (cx + uy * r, cy - ux * r)], [24 * s] * 3)
    page.shadow(falls, 0.4, within=limb(rest, [r * 0.80, r * 0.92] + [wide[1] * s] * (len(rest) - 2)))
    with page.clip(poly([(ax - ux * r - uy * r * 2, ay - uy * r + ux * r * 2), (cx - uy * r * 2, cy + ux * r * 2),
                         (cx + uy * r * 2, cy - ux * r * 2), (ax - ux * r + uy * r * 2, ay - uy * r - ux * r * 2)])):
        mid = ((ax + cx) / 2, (ay + cy) / 2)
        page.tube([(ax, ay), mid, (cx, cy), (cx + ux * 40 * s, cy + uy * 40 * s)], [wide[0] * s, wide[0] * 1.04 * s, r * 0.95, r], tones)
    k = r - 12 * s
    band = [(cx - uy * k, cy + ux * k), (cx - ux * 7 * s, cy - uy * 7 * s), (cx + uy * k, cy - ux * k)]
    page.tube(band, [15 * s] * 3, tones)


def fist(
    page: Page, at: Place, tones: Tones, stick: Callable[[], None], sleeve: Tones = TEAL,
    reach: Sequence[Point] = ((88, 40), (190, 84), (420, 190), (760, 340)),
) -> None:
    """A hand closed round an upright stick, seen from the finger side; the arm leaves to the right."""
    s = at.size
    arm(page, at, reach, (62, 84), tones, sleeve)
    back = ((10, -78), (70, -84), (126, -44), (146, 22), (122, 84), (60, 104), (0, 92), (-24, 0))
    page.lump(spline(at(*back)), tones, 18 * s)
    page.fill(spline(at((-10, -70), (46, -74), (60, 0), (40, 84), (-20, 88), (-40, 0))), tones[0])
    stick()
    wide, fingers = (27, 32, 33, 30), []
    for r, (y, x0, x1) in zip(wide, ((84, -44, 44), (36, -58, 54), (-16, -62, 56), (-66, -50, 46)), strict=True):
        line = at((x0, y - 2), (0, y - 7), (x1, y + 4)), [r * s, r * s * 1.03, r * 0.86 * s]
        page.tube(*line, tones)
        fingers.append(limb(*line))
    page.shadow(limb(at((96, 8), (56, -26), (-4, -54)), [36 * s, 35 * s, 26 * s]), 0.30, within="".join(fingers))
    page.tube(at((112, 34), (84, -18), (40, -58), (-12, -84)), [48 * s, 40 * s, 31 * s, 25 * s], tones)


def flat_hand(page: Page, at: Place, tones: Tones, sleeve: Tones = TEAL, spread: float = 1.0, bend: float = 0.0, nails: bool = False, palm: bool = False) -> None:
    """The back of a hand laid on something, fingers to the left, thumb below; the arm leaves to the right."""
    s = at.size
    arm(page, at, [(118, 2), (230, 14), (440, 40), (760, 90)], (60, 84), tones, sleeve)
    tips = ((-150, -92), (-186, -36), (-178, 22), (-138, 74))
    roots = ((-6, -58), (-22, -20), (-18, 20), (0, 56))
    for i in (0, 3, 1, 2):
        (rx, ry), (tx, ty) = roots[i], tips[i]
        ty *= spread
        mx, my = rx + (tx - rx) * 0.5, ry + (ty - ry) * 0.5 - 6 + bend * 12
        r = (29, 31, 30, 26)[i] * s
        page.tube(at((rx + 40, ry * 0.8), (rx, ry), (mx, my), (tx, ty + bend * 20)), [r, r * 1.02, r * 0.98, r * 0.84], tones)
        if nails:
            (nx, ny), = at((tx + 1, ty + bend * 20 - 3))
            slope = math.degrees(math.atan2(ty - my + bend * 20, tx - mx)) - 180
            page.fill(oval(nx, ny, r * 0.46, r * 0.36, slope), "#F6C9B4")
            page.fill(oval(nx - 2, ny - 3, r * 0.28, r * 0.16, slope), "#FFE9DC", 0.9)
    page.tube(at((96, 66), (44, 112), (-34, 132)), [44 * s, 36 * s, 26 * s], tones)
    if nails:
        (nx, ny), = at((-38, 126))
        slope = math.degrees(math.atan2(*(p - q for p, q in zip(at((-34, 132))[0][::-1], at((44, 112))[0][::-1], strict=True)))) - 180
        page.fill(oval(nx, ny, 13 * s, 9 * s, slope), "#F6C9B4")
        page.fill(oval(nx - 2, ny - 3, 8 * s, 4 * s, slope), "#FFE9DC", 0.9)
    body = spline(at((-34, -52), (-46, -10), (-40, 26), (-14, 62), (40, 92), (100, 74), (146, 52), (150, -46), (90, -72), (20, -84)))
    page.fill(body, tones[1])
    with page.clip(body):
        page.fill(spline(at((40, 110), (-10, 62), (60, 62), (160, 34), (190, 80))), tones[0], 0.75)
        page.fill(limb(at((0, -62), (70, -58), (150, -38)), [9 * s, 15 * s, 10 * s]), tones[2], 0.8)
    if palm:
        thenar = spline(at((40, 96), (18, 60), (36, 20), (84, 14), (128, 40), (120, 84), (80, 110)))
        page.fill(thenar, tones[2], 0.55)
        for crease in (((-26, 14), (18, -16), (40, -70)), ((-24, 30), (30, 8), (62, 6), (110, 24)), ((140, -48), (150, 0), (142, 50)), ((158, -44), (167, 0), (160, 46))):
            page.line(spline(at(*crease), closed=False), tones[0], 5 * s, 0.75)
        return
    for x, y in ((-16, -38), (-28, -2), (-20, 34)):
        page.line(spline(at((x - 22, y), (x, y - 1), (x + 26, y - 4)), closed=False), tones[0], 6 * s, 0.8)
    for x, y in ((10, -54), (-2, -18), (0, 20), (16, 52)):
        page.fill(oval(*at((x, y))[0], 15 * s, 9 * s, 10), tones[2], 0.45)


# --- things that come back -------------------------------------------------------------------------------------------


def wall(page: Page, top: str, bottom: str) -> None:
    """The whole page as a wall, lit from the upper left."""
    page.fill(box(0, 0, page.width, page.height), page.linear((0, 0), (page.width * 0.7, page.height), (0, top), (1, bottom)))


def window_light(page: Page, corners: Sequence[Point], opacity: float = 0.42, panes: int = 2) -> None:
    """The light of a window on a wall or floor: panes between crossing bars, inside four corners (clockwise from top left)."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners

    def at(u: float, v: float) -> Point:
        return (
            (ax * (1 - u) + bx * u) * (1 - v) + (dx * (1 - u) + cx * u) * v,
            (ay * (1 - u) + by * u) * (1 - v) + (dy * (1 - u) + cy * u) * v,
        )

    gap, d = 0.03, ""
    for i in range(panes):
        for j in range(2):
            u0, u1, v0, v1 = i / panes + gap, (i + 1) / panes - gap, j / 2 + gap, (j + 1) / 2 - gap
            d += poly([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)])
    with page.group(opacity=opacity, blur=2.5):
        page.fill(d, "#FFF1C4")


def boards(page: Page, y: float, vanish: Point, tone: Tones, seed: int = 1, rows: int = 13) -> None:
    """A wooden floor from y to the bottom edge, its boards running towards the vanishing point."""
    rnd, w, h = Random(seed), page.width, page.height
    page.fill(box(0, y, w, h - y), tone[1])
    span, step = w * 2.6, w * 2.6 / rows

    def at(u: float, depth: float) -> Point:
        """u along the bottom edge; depth 0 at the bottom, 1 at y."""
        k = (h - y) * depth / (h - vanish[1])
        return vanish[0] * k + (u - 0) * (1 - k), h - (h - y) * depth

    with page.clip(box(0, y, w, h - y)):
        for i in range(rows):
            u0, u1 = w / 2 - span / 2 + i * step, w / 2 - span / 2 + (i + 1) * step
            cuts = sorted([0.0, rnd.uniform(0.1, 0.5), rnd.uniform(0.6, 0.9), 1.0])
            for a, b in zip(cuts, cuts[1:], strict=False):
                colour = rnd.choice((tone[1], tone[1], tone[2], tone[0]))
                page.fill(poly([at(u0, a), at(u1, a), at(u1, b), at(u0, b)]), colour, 0.42)
                page.line(f"M{at(u0, a)[0]:.0f} {at(u0, a)[1]:.0f}L{at(u1, a)[0]:.0f} {at(u1, a)[1]:.0f}", tone[0], 2.5, 0.7)
                for _ in range(3):
                    u = rnd.uniform(u0 + step * 0.12, u1 - step * 0.12)
                    m = (a + b) / 2
                    page.line(
                        spline([at(u, a + (b - a) * 0.1), at(u + rnd.uniform(-8, 8), m), at(u, b - (b - a) * 0.1)], closed=False),
                        tone[0], 2, 0.28,
                    )
            page.line(f"M{at(u0, 0)[0]:.0f} {at(u0, 0)[1]:.0f}L{at(u0, 1)[0]:.0f} {at(u0, 1)[1]:.0f}", tone[0], 3, 0.75)


def tiling(page: Page, x: float, y: float, w: float, h: float, size: tuple[float, float], colours: Sequence[str], seed: int = 2) -> None:
    """Glazed wall tiles with grout: each a little different, each with a lit upper edge."""
    rnd = Random(seed)
    page.fill(box(x, y, w, h), PALETTE["tile_line"])
    across, g = round(w / size[0]) + 1, 4
    with page.clip(box(x, y, w, h)):
        for j in range(math.ceil(h / size[1]) + 1):
            for i in range(across):
                u, v = x + i * size[0], y + j * size[1]
                page.fill(box(u + g, v + g, size[0] - 2 * g, size[1] - 2 * g, 9), rnd.choice(colours))
                page.fill(box(u + g + 5, v + g + 4, size[0] - 2 * g - 10, 6, 3), "#FFFFFF", 0.55)
                if rnd.random() < 0.4:
                    k = size[0] * 0.35
                    page.fill(poly([(u + 20, v + size[1] - 20), (u + 20 + k, v + 22), (u + 44 + k, v + 22), (u + 44, v + size[1] - 20)], 6), "#FFFFFF", 0.22)


def sparkle(page: Page, x: float, y: float, r: float, colour: str = "#FFFFFF") -> None:
    """A four-pointed gleam."""
    k = r * 0.13
    page.fill(
        f"M{x} {y - r}Q{x + k} {y - k} {x + r * 0.75} {y}Q{x + k} {y + k} {x} {y + r}Q{x - k} {y + k} {x - r * 0.75} {y}Q{x - k} {y - k} {x} {y - r}Z",
        colour,
    )


def folded(page: Page, at: Place, tone: Tones, w: float = 150, h: float = 44, layers: int = 3) -> None:
    """A folded cloth seen from the front: rounded folds one on another, upper side lit."""
    s = at.size
    for i in range(layers):
        y = -i * h * 0.62
        page.lump(poly(at((-w / 2, y - h * 0.68), (w / 2 - i * 3, y - h * 0.68), (w / 2 - i * 3, y), (-w / 2, y)), h * 0.33 * s), tone, 9 * s)
        page.line(spline(at((-w / 2 + 14, y - h * 0.36), (0, y - h * 0.30), (w / 2 - 16, y - h * 0.36)), closed=False), tone[0], 3 * s, 0.7)
    y = -(layers - 1) * h * 0.62 - h * 0.56
    page.line(spline(at((-w / 2 + 18, y), (w / 2 - 24, y)), closed=False), tone[2], 5 * s, 0.9)


def spray(page: Page, at: Place, tone: Tones, head: Tones = WHITE) -> None:
    """A spray bottle standing at the place, its nozzle to the left; no label text."""
    s = at.size
    page.tube(at((-34, -296), (-58, -262), (-54, -222)), [10 * s, 9 * s, 8 * s], head)
    body = poly(at((-64, 0), (64, 0), (70, -120), (50, -196), (26, -232), (-26, -232), (-50, -196), (-70, -120)), 22 * s)
    page.lump(body, tone, 12 * s)
    with page.clip(body):
        page.fill(poly(at((-54, -14), (-36, -14), (-40, -130), (-26, -206), (-44, -190), (-60, -120)), 8 * s), tone[2], 0.9)
    page.fill(poly(at((-46, -40), (54, -40), (58, -122), (-48, -122)), 14 * s), WHITE[1], 0.92)
    page.fill(oval(*at((4, -82))[0], 20 * s), tone[1], 0.75)
    page.lump(poly(at((-32, -226), (32, -226), (32, -258), (-32, -258)), 7 * s), head, 7 * s)
    top = poly(at((-28, -256), (-40, -296), (-84, -304), (-84, -340), (36, -350), (72, -330), (64, -290), (30, -256)), 13 * s)
    page.lump(top, head, 10 * s)
    page.lump(poly(at((-104, -334), (-80, -336), (-80, -308), (-104, -308)), 5 * s), BRICK, 4 * s)


def suds(page: Page, spots: Sequence[tuple[float, float, float]], seed: int = 3) -> None:
    """A mound of foam: many bubbles, a shadow under them, lit at the upper left."""
    rnd = Random(seed)
    for x, y, r in spots:
        page.fill(oval(x + r * 0.1, y + r * 0.16, r), "#BCD6D8")
    for x, y, r in spots:
        page.fill(oval(x, y, r * 0.97), "#E4F1F0")
    for x, y, r in spots:
        page.fill(oval(x - r * 0.14, y - r * 0.17, r * 0.74), "#F9FDFC", 0.9)
    for x, y, r in spots:
        for _ in range(max(2, int(r / 12))):
            a, k = rnd.uniform(0, 6.28), rnd.uniform(0.2, 0.95) * r
            q = rnd.uniform(3, max(5, r * 0.2))
            bx, by = x + math.cos(a) * k, y + math.sin(a) * k
            page.fill(oval(bx, by, q), "#C9E1E2", 0.75)
            page.fill(oval(bx - q * 0.15, by - q * 0.15, q * 0.72), "#FFFFFF", 0.85)


def drop(page: Page, x: float, y: float, r: float, colour: str = "#BFE0EA") -> None:
    """A water drop with its gleam."""
    page.fill(f"M{x} {y - r * 1.9}C{x + r * 0.5} {y - r} {x + r} {y - r * 0.4} {x + r} {y + r * 0.1}A{r} {r} 0 1 1 {x - r} {y + r * 0.1}C{x - r} {y - r * 0.4} {x - r * 0.5} {y - r} {x} {y - r * 1.9}Z", colour)
    page.fill(oval(x - r * 0.35, y, r * 0.26, r * 0.4), "#FFFFFF", 0.9)


# --- pictures --------------------------------------------------------------------------------------------------------


def shoe_cover(page: Page, at: Place) -> None:
    """A foot in a blue shoe cover, toe to the right, the ankle's gathered hem at the place."""
    s = at.size
    body = spline(at((-78, -6), (-104, 56), (-104, 112), (-66, 140), (60, 146), (190, 146), (246, 124), (240, 82), (180, 44), (112, 22), (82, -6)))
    page.lump(body, COVER, 22 * s)
    with page.clip(body):
        page.fill(spline(at((96, 30), (180, 56), (214, 84), (170, 78), (110, 58))), COVER[2], 0.9)
        page.fill(spline(at((-84, 20), (-64, 24), (-72, 90), (-92, 100))), COVER[2], 0.7)
        for a, b, c in (((-40, 12), (-58, 60), (-52, 96)), ((4, 14), (-2, 54), (14, 92)), ((48, 16), (70, 52), (104, 70)), ((-80, 118), (0, 126), (120, 124)), ((120, 100), (160, 106), (206, 98))):
            page.fill(limb(at(a, b, c), [2 * s, 6 * s, 2 * s]), COVER[0], 0.8)
    for i in range(9):
        u = -80 + i * 20
        page.tube(at((u, -18 + 5 * math.sin(i * 0.8)), (u + 2, 14)), [12 * s, 9 * s], COVER)


def tote(page: Page, at: Place) -> None:
    """The tool bag: teal canvas with yellow trim, cloths, bottle and brushes looking out."""
    s = at.size
    page.line(spline(at((-110, -10), (-96, -150), (0, -196), (96, -150), (110, -10)), closed=False), YELLOW[0], 20 * s)
    page.fill(poly(at((-196, -22), (196, -22), (186, 60), (-186, 60)), 26 * s), PALETTE["teal_deep"])
    spray(page, Place(*at((126, 96))[0], 4, 0.72 * s), AQUA)
    page.tube(at((50, 40), (54, -70), (58, -176)), [12 * s, 12 * s, 13 * s], WOOD)
    for i, tone in enumerate((RED, GREEN, BLUE, YELLOW)):
        x, top = -156 + i * 50, (-74, -88, -70, -84)[i]
        page.lump(poly(at((x, top), (x + 50, top), (x + 50, 60), (x, 60)), 18 * s), tone, 7 * s)
        page.fill(limb(at((x + 25, top + 16), (x + 26, -20), (x + 25, 40)), [2 * s, 4 * s, 4 * s]), tone[0], 0.8)
        page.fill(limb(at((x + 11, top + 16), (x + 10, -10)), [4 * s, 4 * s]), tone[2], 0.9)
    front = poly(at((-204, 0), (204, 0), (184, 236), (-184, 236)), 30 * s)
    page.lump(front, TEAL, 16 * s)
    with page.clip(front):
        page.fill(poly(at((-210, -4), (210, -4), (209, 28), (-209, 28))), YELLOW[1])
        page.fill(poly(at((-210, 22), (210, 22), (209, 30), (-209, 30))), YELLOW[0])
        page.fill(spline(at((-180, 50), (-60, 60), (-110, 130), (-170, 190))), TEAL[2], 0.35)
    page.shadow(poly(at((-108, 92), (108, 92), (98, 200), (-98, 200)), 18 * s), 0.3)
    page.lump(poly(at((-112, 84), (104, 84), (94, 192), (-102, 192)), 18 * s), TEAL, 6 * s)
    page.line(spline(at((-96, 98), (90, 98)), closed=False), YELLOW[1], 3 * s, 1, f"{10 * s:.0f} {9 * s:.0f}")
    page.line(spline(at((-120, 26), (-112, -26), (-106, -60)), closed=False), YELLOW[1], 22 * s)
    page.line(spline(at((120, 26), (112, -26), (106, -60)), closed=False), YELLOW[1], 22 * s)
    page.line(spline(at((-112, -20), (-96, -140), (0, -186), (96, -140), (112, -20)), closed=False), YELLOW[1], 18 * s)


def shoes() -> Page:
    """Step 1: blue shoe covers on the door mat, the tool bag on a laid-out cloth."""
    page = Page(1080, 1440)
    wall(page, PALETTE["wall_light"], PALETTE["wall_shade"])
    # A door ajar on the left lets the light in; its frame stands behind the legs.
    page.fill(box(640, -20, 460, 640), PALETTE["wall_green"])
    page.fill(box(610, -20, 46, 640), WHITE[1])
    page.fill(box(648, -20, 12, 640), PALETTE["white_dark"], 0.6)
    for y in (-40, 330):
        page.fill(box(716, y, 330, 320 if y < 0 else 230, 10), PALETTE["wall_green_shade"], 0.7)
        page.fill(box(724, y + 8, 322, 312 if y < 0 else 222, 8), PALETTE["wall_green"])
    page.fill(box(0, 566, 612, 54), WHITE[1])
    page.fill(box(0, 566, 612, 8), WHITE[2])
    page.fill(box(0, 612, 612, 10), PALETTE["white_dark"])
    boards(page, 620, (380, -500), WOOD, 4, 15)
    page.shadow(box(-60, 620, 1200, 22), 0.25, 8)
    mat = poly([(110, 850), (666, 850), (720, 1052), (50, 1052)], 22)
    page.shadow(poly([(118, 862), (680, 858), (742, 1070), (64, 1070)], 22), 0.35, 5)
    page.fill(mat, "#7E8F76")
    with page.clip(mat):
        page.fill(poly([(110, 850), (666, 850), (720, 1042), (50, 1042)], 22), "#93A488")
        rnd = Random(5)
        for _ in range(420):
            x, y = rnd.uniform(50, 720), rnd.uniform(850, 1045)
            page.line(f"M{x:.0f} {y:.0f}l{rnd.uniform(-4, 4):.1f} -9", rnd.choice(("#7E8F76", "#A9B89B")), 3, 0.8)
        page.line(poly([(146, 870), (632, 870), (676, 1024), (98, 1024)], 16), PALETTE["white_shade"], 9, 0.85)
    window_light(page, [(300, 640), (760, 640), (980, 1240), (330, 1240)], 0.34)
    for x, y, dark in ((250, 782, 0), (412, 824, 1)):
        page.shadow(oval(x + 110, y + 128, 200, 28, 3), 0.42, 7)
        top = (x - 10 + dark * 24, -60)
        page.tube([top, (x - 4, 300), (x + 2, 560), (x, y - 24)], [106, 94, 80, 72], NAVY)
        page.line(spline([(x - 60, y - 120), (x - 10, y - 96), (x + 56, y - 112)], closed=False), NAVY[0], 6, 0.8)
        page.line(spline([(x - 40, y - 70), (x + 10, y - 56), (x + 64, y - 74)], closed=False), NAVY[0], 6, 0.6)
        shoe_cover(page, Place(x, y - 10, 4, 0.9))
    sheet = poly([(622, 958), (1010, 944), (1066, 1112), (600, 1130)], 10)
    page.shadow(poly([(630, 968), (1018, 956), (1074, 1124), (610, 1144)], 10), 0.34, 4)
    page.fill(sheet, "#DCE8EE")
    with page.clip(sheet):
        page.fill(poly([(620, 950), (820, 940), (836, 1130), (600, 1136)]), "#F1F6F6")
        page.line("M618 1040L1044 1026", "#BCD0DA", 4)
        page.line("M819 940L836 1130", "#BCD0DA", 4)
    page.shadow(poly([(690, 1010), (974, 1000), (1036, 1066), (706, 1080)], 30), 0.4, 9)
    tote(page, Place(822, 828, 0, 0.88))
    return page


def fibre_head(page: Page, centre: Point, r: tuple[float, float], tone: Tones, seed: int, turn: float = 0) -> None:
    """The fluffy head of a microfibre duster: worms of yarn, lit from the upper left."""
    rnd = Random(seed)
    at = Place(*centre, turn)
    spots = []
    for _ in range(150):
        a, k = rnd.uniform(0, 6.283), math.sqrt(rnd.random())
        spots.append((math.cos(a) * k * r[0], math.sin(a) * k * r[1]))
    page.fill(oval(*centre, r[0] + 10, r[1] + 10, turn), tone[0])
    spots.sort(key=lambda p: (p[0] ** 2 / r[0] ** 2 + p[1] ** 2 / r[1] ** 2), reverse=True)
    for u, v in spots:
        (x, y), = at((u, v))
        d = math.hypot(u, v) or 1
        (x2, y2), = at((u + u / d * 26 + rnd.uniform(-8, 8), v + v / d * 26 + rnd.uniform(-8, 8)))
        lit = (x - centre[0]) * page.light[0] + (y - centre[1]) * page.light[1]
        pick = tone if lit > -r[1] * 0.35 else (tone[0], tone[0], tone[1])
        page.tube([(x, y), ((x + x2) / 2 + 3, (y + y2) / 2), (x2, y2)], [12, 13, 11], pick)


def dust() -> Page:
    """Step 2: dust wiped from a cabinet's top in a beam of light."""
    page = Page(1080, 1440)
    wall(page, "#DCE3D2", "#B9C7B4")
    beam = page.linear((0, 200), (900, 800), (0, "#FFF3C9", 0.85), (1, "#FFF3C9", 0.0))
    page.fill("M-20 60L-20 420L900 1000L1080 760L200 -20Z", beam, 0.8)
    page.fill("M-20 180L-20 300L760 900L900 800Z", beam, 0.5)
    # The cabinet: its top in perspective, its front below.
    top = poly([(60, 800), (1020, 800), (1100, 972), (-20, 972)])
    page.fill(top, page.linear((0, 800), (900, 970), (0, "#E3BB89"), (1, "#C58F5C")))
    with page.clip(top):
        for i, y in enumerate((826, 858, 884, 918, 946)):
            page.line(spline([(-20, y), (300, y + 8 - 4 * i), (700, y - 6), (1100, y + 6)], closed=False), WOOD[0], 2.5, 0.3)
        rnd = Random(8)
        grime = [(600, 800), (1030, 800), (1110, 975), (420, 975), (470, 940), (430, 905), (520, 880), (500, 850), (590, 838)]
        page.fill(poly(grime, 16), "#B9B1A3", 0.92)
        page.fill(poly([(640, 806), (1030, 800), (1110, 975), (560, 975), (600, 930), (560, 900), (650, 870)], 20), "#CBC4B7", 0.9)
        for _ in range(170):
            x, y = rnd.uniform(480, 1080), rnd.uniform(806, 970)
            page.fill(oval(x, y, rnd.uniform(3, 16), rnd.uniform(2, 5)), rnd.choice(("#A69E91", "#DAD4C9", "#958D81")), 0.6)
        page.fill(poly([(90, 806), (420, 806), (330, 968), (-10, 968)]), "#FFF1CF", 0.35)
    page.fill(box(-20, 970, 1120, 40), page.linear((0, 970), (0, 1010), (0, "#E5BE8E"), (1, "#B98450")))
    front = box(-20, 1008, 1120, 440)
    page.fill(front, page.linear((0, 1008), (700, 1440), (0, "#C08A57"), (1, "#A06D41")))
    page.shadow(box(-60, 1008, 1200, 30), 0.35, 7)
    for x in (60, 560):
        page.fill(box(x, 1070, 460, 420, 14), "#8E5D36", 0.55)
        page.fill(box(x + 8, 1080, 452, 420, 12), "#BD8856")
        page.fill(box(x + 44, 1120, 380, 400, 8), "#AD7848")
        page.fill(box(x + 52, 1130, 372, 400, 8), "#B98452")
    for x in (486, 594):
        page.shadow(oval(x + 8, 1236, 17, 18), 0.4, 4)
        page.lump(oval(x, 1226, 17), YELLOW, 6)
    # A vase with dry grass on the cleaned side.
    page.shadow("M250 900L520 930L520 946L200 916Z", 0.22, 8)
    for a, b, c in (((196, 640), (168, 520), (120, 452)), ((206, 640), (212, 500), (236, 420)), ((214, 640), (258, 540), (312, 500)), ((200, 640), (190, 540), (188, 470))):
        page.line(spline([a, b, c], closed=False), "#8F7A4E", 5)
        for k in range(7):
            x, y = b[0] + (c[0] - b[0]) * k / 6, b[1] + (c[1] - b[1]) * k / 6
            for side in (-1, 1):
                page.fill(oval(x + side * 8, y - 5, 13, 6, side * -38), "#D9B36A" if side < 0 else "#B98F4A")
    vase = spline([(168, 636), (178, 690), (130, 760), (118, 830), (150, 886), (206, 896), (262, 886), (294, 830), (282, 760), (236, 690), (244, 636), (206, 626)])
    page.lump(vase, TEAL, 26, spline([(150, 770), (176, 740), (164, 820), (146, 850), (138, 810)]))
    page.fill(oval(206, 634, 38, 9), PALETTE["teal_deep"])
    # The duster, pushed to the right through the dust, and what it raises.
    rnd = Random(11)
    puff = [(452, 876), (420, 836), (392, 852), (430, 780), (396, 742), (470, 700)]
    for x, y in puff:
        with page.group(opacity=0.7, blur=9):
            page.fill(oval(x, y, 50, 38), "#EDE7DA")
    page.shadow(oval(560, 936, 220, 26), 0.4, 10)
    hold = Place(772, 640, -140, 1.28, flip=True)
    fibre_head(page, (548, 848), (156, 84), AQUA, 12, -42)
    for _ in range(120):
        t = rnd.random()
        x, y = 120 + 620 * t + rnd.uniform(-200, 120), 300 + 480 * t + rnd.uniform(-140, 140)
        page.fill(oval(x, y, rnd.uniform(2, 7)), "#FFFBEA", rnd.uniform(0.35, 0.95))
    for _ in range(26):
        x, y = rnd.uniform(330, 620), rnd.uniform(640, 800)
        page.fill(oval(x, y, rnd.uniform(3, 8), rnd.uniform(2, 5), rnd.uniform(-50, 50)), "#B9B0A0", 0.8)

    def stick() -> None:
        page.tube(hold((0, 150), (0, -190)), [24, 20], WOOD)
        fibre_head(page, (574, 846), (74, 52), AQUA, 13, -42)

    fist(page, hold, YELLOW, stick, reach=[(88, 4), (190, -16), (420, 40), (760, 150)])
    return page


def hills(page: Page, x: float, y: float, w: float, h: float, span: float = 0) -> None:
    """The view from a window: sky and rounded karst hills, one behind another; span is how wide the whole view would be."""
    page.fill(box(x, y, w, h), page.linear((x, y), (x, y + h), (0, "#CDE5EC"), (1, "#FBEBD0")))
    with page.clip(box(x, y, w, h)):
        w = span or w
        for tone, base, tall, count, seed in (("#B9D3CE", 0.62, 0.30, 7, 1), ("#93BBA6", 0.78, 0.30, 6, 2), ("#6FA184", 0.96, 0.30, 5, 3)):
            rnd = Random(seed)
            for i in range(count):
                cx, k = x + w * (i + rnd.uniform(0.2, 0.8)) / count, rnd.uniform(0.7, 1.2) * tall * h
                page.fill(spline([(cx - w * 0.16, y + h * 1.2), (cx - w * 0.10, y + h * base), (cx - w * 0.03, y + h * base - k), (cx + w * 0.03, y + h * base - k * 1.02), (cx + w * 0.10, y + h * base), (cx + w * 0.17, y + h * 1.2)]), tone)


def track() -> Page:
    """Step 3: a brush loosens the dirt in a window track; half of the track is clean."""
    page = Page(1080, 1440)
    wall(page, WHITE[1], PALETTE["white_shade"])
    hills(page, 0, 0, 1080, 580)
    for x in (-60, 470):
        page.fill("M" + f"{x + 120} 0L{x + 330} 0L{x + 80} 580L{x - 60} 580Z", "#FFFFFF", 0.20)
    # Sashes: the left one stands behind the right one.
    alu: Tones = ("#A9B4B5", "#D3DADA", "#F2F5F4")
    page.fill(box(0, 520, 620, 90), page.linear((0, 520), (0, 610), (0, alu[2]), (0.3, alu[1]), (1, alu[0])))
    page.fill(box(548, -10, 84, 630), page.linear((548, 0), (632, 0), (0, alu[2]), (0.35, alu[1]), (1, alu[0])))
    page.shadow(box(632, -10, 22, 560), 0.18, 5)
    page.fill(box(620, 552, 470, 88), page.linear((0, 552), (0, 640), (0, alu[2]), (0.3, alu[1]), (1, alu[0])))
    page.fill(box(620, 552, 470, 8), "#FFFFFF")
    # The track from behind to the front: channels and ribs.
    y = 608
    bands: list[tuple[float, str, str, str]] = [
        (34, "rib", "#C6CFD0", "#E8EDEC"), (74, "gutter", "#8C999C", "#A7B3B5"), (20, "face", "#7D8A8D", "#97A3A5"), (34, "rib", "#D9E0E0", "#F3F6F5"),
        (104, "gutter", "#94A1A4", "#B3BEBF"), (24, "face", "#7D8A8D", "#97A3A5"), (40, "rib", "#DEE5E4", "#F8FAF9"), (96, "gutter", "#9AA7A9", "#BCC7C7"),
    ]
    gutters: list[tuple[float, float]] = []
    for tall, kind, low, high in bands:
        page.fill(box(0, y, 1080, tall + 1), page.linear((0, y), (0, y + tall), (0, low if kind == "gutter" else high), (1, high if kind == "gutter" else low)))
        if kind == "rib":
            page.fill(box(0, y, 1080, 6), "#FFFFFF", 0.9)
        if kind == "gutter":
            gutters.append((y, tall))
            page.shadow(box(-60, y - 6, 1200, 26), 0.34, 6, within=box(0, y, 1080, tall))
        y += tall
    rnd = Random(21)
    for n, (gy, tall) in enumerate(gutters):
        start = (560, 500, 590)[n]
        edge = [(start + rnd.uniform(-24, 30), gy + tall * k / 5) for k in range(6)]
        with page.clip(box(0, gy, 1080, tall)):
            page.fill(poly([*edge, (1090, gy + tall), (1090, gy)], 10), "#6E5B47")
            page.fill(poly([(x + 46, v + tall * 0.18) for x, v in edge] + [(1090, gy + tall), (1090, gy + tall * 0.2)], 14), "#84705A")
            for _ in range(70):
                x, v, r = rnd.uniform(start + 10, 1080), gy + rnd.uniform(0, tall), rnd.uniform(4, 17)
                page.fill(oval(x, v, r * 1.5, r * 0.7, rnd.uniform(-20, 20)), rnd.choice(("#56463A", "#9A876D", "#64523F", "#75624D")), 0.85)
            for _ in range(5):
                x, v = rnd.uniform(start + 60, 1060), gy + rnd.uniform(16, tall - 10)
                hair = [(x, v), (x + 22, v - 10), (x + 44, v + 4), (x + 30, v + 14), (x + 58, v + 10)]
                page.line(spline(hair, closed=False), "#4A3D33", 3)
            for k in range(3):
                x = 60 + 150 * k + n * 40
                page.fill(poly([(x, gy + tall), (x + 40, gy), (x + 90, gy), (x + 50, gy + tall)]), "#FFFFFF", 0.28)
    for ry in (716, 874, 1002):
        for _ in range(26):
            page.fill(oval(rnd.uniform(600, 1080), ry + rnd.uniform(-14, 20), rnd.uniform(3, 12), rnd.uniform(2, 5)), "#84705A", 0.75)
    # The sill in front and the wall under it.
    page.fill(box(0, y, 1080, 76), page.linear((0, y), (0, y + 76), (0, "#F4EFE4"), (1, "#DDD3C2")))
    page.fill(box(0, y, 1080, 7), "#FFFFFF")
    page.fill(box(0, y + 76, 1080, 50), "#CBBEA8")
    page.fill(box(0, y + 126, 1080, 500), page.linear((0, y + 126), (400, 1440), (0, "#E9DCC6"), (1, "#D9C8AC")))
    page.shadow(box(-60, y + 120, 1200, 46), 0.3, 12)
    # The brush, crumbs flying off, the hand.
    hold = Place(742, 560, -146, 1.2, flip=True)
    (bx, by), = hold((0, -236))
    page.shadow(oval(bx + 40, by + 36, 120, 18), 0.5, 8)
    bristle = poly(hold((62, -190), (-62, -190), (-84, -290), (74, -296)), 6)
    page.fill(bristle, page.linear(hold((70, -240))[0], hold((-80, -240))[0], (0, "#F4F0E6"), (0.6, "#D8D0C0"), (1, "#A89E8E")))
    with page.clip(bristle):
        for k in range(15):
            u = -66 + k * 10
            page.line(spline(hold((u * 0.9, -186), (u * 1.12, -300)), closed=False), "#8D8272", 2.5, 0.6)
        page.fill(poly(hold((-96, -268), (0, -262), (90, -270), (90, -310), (-96, -310))), "#7A6650", 0.85)
    page.lump(poly(hold((-72, -140), (72, -140), (70, -198), (-70, -198)), 16), RED, 9)
    page.tube(hold((0, -60), (0, -152)), [24, 30], RED)
    for _ in range(46):
        a, k = rnd.uniform(2.6, 5.2), rnd.uniform(60, 240)
        page.fill(oval(bx - 20 + math.cos(a) * k, by + 20 + math.sin(a) * k * 0.55, rnd.uniform(3, 11), rnd.uniform(3, 7), rnd.uniform(0, 90)), rnd.choice(("#6E5B47", "#8A755C", "#56463A")))
    fist(page, hold, AQUA, lambda: page.tube(hold((0, 170), (0, 80), (0, -120)), [20, 25, 25], RED), reach=[(88, 10), (190, 6), (420, 100), (760, 300)])
    sparkle(page, 196, 902, 40)
    sparkle(page, 330, 742, 26)
    return page


def cloth(page: Page, points: Sequence[Point], tone: Tones, folds: Sequence[Sequence[Point]], lit: Sequence[Sequence[Point]] = ()) -> None:
    """A soft cloth lying or held: its shape, dark valleys and lit ridges."""
    d = spline(points)
    page.lump(d, tone, 16)
    with page.clip(d):
        for fold in folds:
            page.fill(limb(fold, [3, *[10] * (len(fold) - 2), 2]), tone[0], 0.85)
        for ridge in lit:
            page.fill(limb(ridge, [4, *[11] * (len(ridge) - 2), 3]), tone[2], 0.85)


def trigger_hand(page: Page, at: Place, glove: Tones, bottle: Tones) -> None:
    """A hand round the neck of a spray bottle, seen from its back; forefinger on the trigger, arm to the right."""
    s = at.size
    page.tube(at((84, -250), (104, -312), (70, -362)), [36 * s, 31 * s, 24 * s], glove)
    spray(page, at, bottle)
    arm(page, at, [(132, -196), (238, -150), (460, -30), (760, 130)], (62, 86), glove, TEAL)
    for r, line in (
        (25, ((60, -140), (-6, -146), (-46, -128))), (29, ((66, -182), (-14, -190), (-58, -172))),
        (31, ((72, -226), (-16, -238), (-66, -216))), (29, ((72, -268), (4, -300), (-66, -282))),
    ):
        page.tube(at(*line), [r * 1.05 * s, r * s, r * 0.82 * s], glove)
    body = spline(at((36, -292), (28, -240), (30, -186), (36, -140), (74, -112), (140, -118), (190, -140), (196, -210), (150, -268), (90, -304)))
    page.fill(body, glove[1])
    with page.clip(body):
        page.fill(spline(at((40, -110), (30, -150), (96, -140), (180, -158), (210, -110))), glove[0], 0.7)
        page.fill(limb(at((60, -276), (120, -258), (180, -210)), [10 * s, 17 * s, 9 * s]), glove[2], 0.85)
    for y in (-254, -206, -160):
        page.line(spline(at((2, y), (30, y + 1), (58, y + 6)), closed=False), glove[0], 6 * s, 0.85)


TILES = ("#E6EEE8", "#DDE8E2", "#E9F0EA", "#E2EBE5")


def degrease() -> Page:
    """Step 4: foam runs down a kitchen wall; one hand sprays, the other wipes."""
    page = Page(1080, 1440)
    tiling(page, 0, -30, 1080, 950, (180, 180), TILES, 3)
    page.fill(box(0, 0, 1080, 930), page.linear((0, 0), (1080, 900), (0, "#FFF3CF", 0.30), (1, "#8FA8A5", 0.22)))
    rnd = Random(31)
    # Old grease: blots and runs on the tiles behind the hob, wiped away where the cloth has been.
    for x, y, r in [(rnd.gauss(470, 170), rnd.gauss(640, 110), rnd.uniform(6, 26)) for _ in range(70)]:
        page.fill(oval(x, y, r, r * rnd.uniform(0.7, 1)), "#B98A45", rnd.uniform(0.25, 0.55))
    for _ in range(22):
        x, y, n = rnd.gauss(520, 190), rnd.gauss(640, 80), rnd.uniform(50, 190)
        page.fill(limb([(x, y), (x + rnd.uniform(-4, 4), y + n * 0.6), (x, y + n)], [4, 6, 10]), "#A97B3C", 0.5)
        page.fill(oval(x - 2, y + n - 2, 3), "#F0D9A8", 0.8)
    # Worktop and hob.
    page.fill(box(0, 905, 1080, 24), page.linear((0, 905), (0, 929), (0, "#B9AE9E"), (1, "#8F8577")))
    page.fill(box(0, 924, 1080, 176), page.linear((0, 924), (1080, 1100), (0, "#EFE6D8"), (1, "#D6C9B6")))
    page.shadow(box(-60, 920, 1200, 20), 0.25, 8)
    page.fill(box(0, 1096, 1080, 46), page.linear((0, 1096), (0, 1142), (0, "#F6EFE4"), (1, "#C7B9A4")))
    page.fill(box(0, 1142, 1080, 300), page.linear((0, 1142), (700, 1440), (0, "#148079"), (1, "#07605C")))
    page.shadow(box(-60, 1142, 1200, 26), 0.4, 8)
    for x in (-20, 356, 732):
        page.fill(box(x, 1186, 352, 300, 14), PALETTE["teal_dark"], 0.8)
        page.fill(box(x + 5, 1192, 347, 300, 14), PALETTE["teal"])
        page.shadow(box(x + 112, 1232, 140, 16, 8), 0.4, 4)
        page.fill(box(x + 106, 1222, 140, 16, 8), YELLOW[1])
        page.fill(box(x + 110, 1223, 130, 5, 3), YELLOW[2])
    hob = poly([(250, 948), (960, 948), (1010, 1078), (200, 1078)], 22)
    page.shadow(poly([(256, 958), (972, 956), (1026, 1092), (212, 1094)], 22), 0.4, 5)
    page.fill(hob, page.linear((200, 948), (1000, 1080), (0, "#6C7780"), (0.4, "#39424A"), (1, "#2A3138")))
    with page.clip(hob):
        page.fill(poly([(300, 940), (430, 940), (330, 1090), (190, 1090)]), "#FFFFFF", 0.14)
        page.fill(box(190, 1066, 830, 14), "#1E242A", 0.7)
    for x in (420, 770):
        page.fill(oval(x, 1006, 118, 34), "#1F252B")
        page.fill(oval(x, 1002, 76, 21), "#59646C")
        page.fill(oval(x, 996, 52, 14), "#B08B4E")
        page.fill(oval(x - 6, 993, 38, 8), "#D9B673")
        for dx, dy in ((-112, 0), (112, 0), (-40, 30), (40, 30), (-34, -28), (34, -28)):
            page.tube([(x + dx * 0.45, 992 + dy * 0.4), (x + dx, 990 + dy * 0.9), (x + dx * 1.03, 1008 + dy)], [8, 8, 8], DARK)
    for x, y, r in ((330, 1050, 12), (590, 1040, 9), (612, 1056, 14), (560, 968, 10), (930, 1050, 9)):
        page.fill(oval(x, y, r * 1.5, r * 0.6), "#B98A45", 0.75)
    # The mist, the foam it becomes, its runs.
    bottle = Place(770, 800, 0, 1.24)
    (nx, ny), = bottle((-104, -320))
    mist = page.linear((nx, ny), (430, 540), (0, "#FFFFFF", 0.75), (1, "#FFFFFF", 0.12))
    page.fill(poly([(nx, ny - 8), (nx, ny + 8), (470, 640), (440, 400)], 30), mist)
    for _ in range(90):
        t = rnd.random() ** 0.7
        page.fill(oval(nx + (450 - nx) * t, ny + (520 - ny) * t + rnd.uniform(-120, 120) * t, rnd.uniform(2, 6)), "#FFFFFF", 0.9)
    spots = [(430 + rnd.gauss(0, 70), 520 + rnd.gauss(0, 52), rnd.uniform(26, 54)) for _ in range(26)]
    for x, n in ((346, 170), (404, 260), (452, 130), (506, 220), (556, 110)):
        page.fill(limb([(x + 9, 560), (x + 9, 560 + n)], [16, 22]), "#B7D2D2", 0.8)
        page.fill(limb([(x, 550), (x + 2, 550 + n * 0.6), (x, 552 + n)], [26, 15, 22]), "#EAF4F2")
        page.fill(limb([(x - 6, 560), (x - 5, 545 + n)], [8, 8]), "#FFFFFF")
        spots.append((x, 556 + n, 24))
    suds(page, spots, 32)
    # The clean arc and the wiping hand.
    arc = limb([(-60, 600), (60, 640), (180, 740), (330, 820)], [100, 100, 100, 90])
    page.fill(arc, "#F3F8F3", 0.75)
    sparkle(page, 84, 640, 40)
    sparkle(page, 150, 716, 22)
    page.shadow(spline([(240, 760), (420, 740), (510, 830), (470, 910), (300, 930), (220, 860)]), 0.3, 8)
    cloth(page, [(190, 760), (280, 720), (390, 716), (470, 760), (506, 830), (470, 884), (400, 872), (330, 912), (250, 884), (196, 836)], GREEN,
          [[(430, 770), (460, 820), (450, 870)], [(250, 860), (300, 870), (340, 900)]], [[(230, 760), (300, 740), (380, 738)]])
    flat_hand(page, Place(286, 808, -14, 0.98, flip=True), YELLOW, spread=0.9)
    trigger_hand(page, bottle, YELLOW, BLUE)
    return page


def tap() -> Page:
    """Step 5: limescale comes off a tap; behind the cloth the chrome shines."""
    page = Page(1080, 1440)
    tiling(page, -40, -40, 1200, 1000, (240, 160), ("#D4E5E4", "#CBDEDD", "#DCEAE8", "#D0E2E1"), 6)
    page.fill(box(0, 0, 1080, 960), page.linear((0, 0), (1080, 960), (0, "#FFF4D2", 0.45), (1, "#6E9299", 0.28)))
    page.shadow(limb([(790, 940), (790, 700), (740, 610), (600, 560), (470, 590), (400, 680)], [56, 54, 50, 46, 43, 40]), 0.2, 10)
    # The basin: back rim with the tap's deck, bowl, front rim.
    basin = spline([(60, 930), (300, 900), (780, 900), (1030, 930), (1080, 1040), (1010, 1230), (820, 1360), (540, 1400), (260, 1360), (70, 1230), (0, 1040)])
    page.shadow(spline([(80, 950), (540, 920), (1050, 950), (1110, 1080), (1040, 1260), (830, 1396), (540, 1440), (250, 1396), (30, 1240), (0, 1060)]), 0.25, 14)
    page.fill(box(0, 930, 1080, 520), page.linear((0, 930), (1080, 1440), (0, "#D8B48A"), (1, "#B58556")))
    page.shadow(spline([(30, 1000), (540, 950), (1070, 1000), (1100, 1080), (1040, 1290), (830, 1420), (540, 1460), (250, 1416), (50, 1290)]), 0.4, 12)
    page.fill(basin, page.linear((60, 900), (1000, 1400), (0, "#FFFFFF"), (0.5, "#F1F0EA"), (1, "#D3D2CC")))
    bowl = spline([(170, 1040), (400, 1004), (680, 1004), (910, 1040), (960, 1110), (900, 1230), (750, 1310), (540, 1332), (330, 1310), (180, 1230), (120, 1110)])
    page.fill(bowl, page.linear((160, 1010), (800, 1330), (0, "#A9BABB"), (0.45, "#D2DCDA"), (1, "#FBFCF9")))
    with page.clip(bowl):
        page.fill(spline([(260, 1100), (540, 1070), (820, 1100), (860, 1200), (700, 1270), (540, 1284), (380, 1270), (220, 1200)]), "#DCE6E3", 0.9)
        page.fill(oval(540, 1190, 240, 70), "#E9F0ED", 0.9)
        rnd = Random(41)
        for _ in range(46):
            x, y = rnd.uniform(150, 500), rnd.uniform(1050, 1270)
            page.fill(oval(x, y, rnd.uniform(8, 34), rnd.uniform(4, 13), rnd.uniform(-20, 20)), rnd.choice(("#CDBF9F", "#BFB79F", "#D9D0B6")), 0.55)
        page.line(spline([(520, 1280), (360, 1258), (232, 1190), (176, 1110)], closed=False), "#B9A67C", 9, 0.7)
        page.line(spline([(450, 1296), (310, 1272), (200, 1200)], closed=False), "#CDBF9F", 6, 0.7)
    page.fill(oval(540, 1196, 52, 20), "#6E7B80")
    page.fill(oval(540, 1191, 50, 18), STEEL[1])
    page.fill(oval(534, 1188, 30, 9), STEEL[2])
    page.line(spline([(96, 1020), (300, 962), (540, 950)], closed=False), "#FFFFFF", 12, 0.95)
    # The tap: foot, body, lever, spout; chrome mirrors light tiles and dark floor.
    chrome = page.linear((618, 0), (742, 0), (0, "#A7B9C0"), (0.12, "#F4F8F8"), (0.34, "#DCE5E6"), (0.5, "#67787F"), (0.62, "#93A4AA"), (0.82, "#EEF4F3"), (1, "#8A9AA0"))
    page.shadow(oval(740, 962, 140, 20), 0.4, 8)
    page.fill(oval(680, 948, 98, 26), "#7F9097")
    page.fill(oval(680, 940, 98, 26), page.linear((582, 0), (778, 0), (0, "#C3D0D4"), (0.2, "#FFFFFF"), (0.5, "#84969D"), (0.8, "#E9F0F0"), (1, "#8A9AA0")))
    spout = [(676, 660), (630, 560), (520, 506), (392, 536), (304, 650), (284, 800)]
    radii = [52, 49, 46, 44, 44, 45]
    d = limb(spout, radii)
    page.fill(d, "#8798A0")
    with page.clip(d):
        page.fill(limb(spout, radii, (-4, -10), 0.92), "#D6E0E2")
        page.fill(limb(spout, radii, (4, 10), 0.34), "#667880")
        page.fill(limb(spout, radii, (-6, -18), 0.28), "#FFFFFF")
        page.fill(limb(spout, radii, (10, 28), 0.18), "#E2EBEB", 0.9)
    page.tube([(690, 560), (760, 510), (852, 486)], [34, 25, 20], ("#7F9198", "#CBD7DA", "#FFFFFF"))
    page.fill(box(622, 590, 116, 350, 26), chrome)
    page.fill(box(622, 900, 116, 12), "#6E8087", 0.5)
    page.fill(box(628, 566, 104, 44, 20), page.linear((0, 566), (0, 610), (0, "#F4F8F8"), (1, "#93A4AA")))
    # Scale at the mouth and on the arc, where the cloth has not been yet.
    rnd = Random(42)
    lip = limb([(240, 802), (328, 802)], [17, 17])
    page.fill(lip, "#8FA1A8")
    with page.clip(d + lip):
        for low, high, tone, much in ((0.0, 1.0, "#B4AE9C", 70), (0.0, 0.8, "#E4DCC7", 60), (0.0, 0.5, "#F7F2E6", 44)):
            for _ in range(much):
                t = low + (high - low) * rnd.random() ** 1.7
                x = 284 + 110 * t * t + rnd.choice((-1, 1)) * rnd.uniform(12, 44) * (1 - 0.25 * t)
                y, r = 818 - 250 * t + rnd.uniform(-14, 14), rnd.uniform(3, 12) * (1.15 - 0.5 * t)
                page.fill(oval(x, y, r * 1.2, r * 0.85, rnd.uniform(60, 120)), tone, 0.8)
        page.fill(limb([(232, 816), (284, 810), (336, 816)], [14, 12, 14]), "#D9D0BA", 0.9)
        for _ in range(7):
            x = rnd.uniform(256, 318)
            y = rnd.uniform(650, 720)
            page.fill(limb([(x + (660 - y) * 0.3, y), (x, y + 40), (x - 3, y + 74)], [2, 5, 3]), "#EFE8D8", 0.75)
    for x, y, n in ((254, 824, 20), (284, 826, 34), (314, 822, 16)):
        page.fill(limb([(x, y - 6), (x, y + n)], [11, 5]), "#DDD3BB")
        page.fill(limb([(x - 3, y - 6), (x - 3, y + n * 0.6)], [4, 2]), "#F6F1E4")
    drop(page, 285, 912, 13)
    drop(page, 287, 1010, 11)
    for k in (1, 2):
        page.line(oval(290, 1112, 34 * k, 10 * k), "#FFFFFF", 4, 0.8 / k)
    # Cloth and hand.
    page.shadow(spline([(400, 560), (480, 560), (600, 580), (690, 640), (560, 620), (420, 640)]), 0.34, 8, within=d)
    cloth(page, [(392, 500), (430, 424), (520, 384), (620, 400), (690, 470), (706, 580), (668, 690), (622, 630), (568, 716), (508, 636), (440, 690), (404, 600)], BLUE,
          [[(660, 540), (672, 600), (664, 670)], [(590, 560), (580, 630), (568, 696)], [(470, 560), (462, 620), (444, 674)], [(420, 520), (410, 560), (416, 610)]], [[(430, 470), (500, 408), (600, 414)], [(520, 590), (516, 612), (520, 630)]])
    flat_hand(page, Place(606, 480, -24, 0.98), YELLOW, spread=0.8, bend=0.6)
    sparkle(page, 656, 700, 52)
    sparkle(page, 846, 484, 30)
    sparkle(page, 690, 850, 24)
    return page


def wipe() -> Page:
    """Step 6: a door handle is wiped with the blue cloth; the light switch beside it is next."""
    page = Page(1080, 1440)
    wall(page, "#FBF0DD", "#E8D3B3")
    page.fill("M-20 -20L330 -20L330 520L-20 900Z", "#FFF6DC", 0.55)
    # Frame and door.
    page.shadow(box(300, -40, 70, 1560), 0.28, 10)
    page.fill(box(250, -20, 96, 1480), page.linear((250, 0), (346, 0), (0, "#FFFDF8"), (0.75, "#F1E7D6"), (1, "#CDBFAB")))
    page.fill(box(346, -20, 14, 1480), "#8B6A4A")
    page.fill(box(360, -20, 740, 1480), page.linear((360, 0), (1080, 1440), (0, "#74A69A"), (1, "#4F8479")))
    page.fill(box(360, -20, 10, 1480), "#9CC6B9", 0.9)
    for y, h in ((-60, 380), (1010, 520)):
        page.fill(box(520, y, 420, h, 12), "#3F7268", 0.7)
        page.fill(box(530, y + 10, 410, h - 10, 10), "#659A8E")
        page.fill(box(560, y + 40, 350, h - 70, 8), "#568A7F")
        page.fill(box(566, y + 46, 344, h - 76, 8), "#619589")
    # Light switch.
    page.shadow(box(72, 572, 132, 132, 18), 0.32, 7)
    page.fill(box(60, 560, 132, 132, 18), page.linear((60, 560), (192, 692), (0, "#FFFFFF"), (1, "#E3DACB")))
    for x in (76, 130):
        page.fill(box(x, 580, 46, 92, 8), "#D9CFBE")
        page.fill(box(x, 580, 46, 88, 8), page.linear((0, 580), (0, 668), (0, "#EFE8DB"), (0.5, "#FFFEFA"), (1, "#F4EDE0")))
    page.fill(oval(99, 596, 5), YELLOW[1])
    # Plate, lever.
    page.shadow(box(424, 540, 104, 380, 40), 0.35, 9)
    page.fill(box(408, 524, 104, 380, 42), page.linear((408, 0), (512, 0), (0, "#F3E3B8"), (0.3, "#E4C27A"), (1, "#B98D42")))
    page.fill(box(418, 536, 20, 350, 10), "#FFF5D8", 0.7)
    page.fill(oval(460, 836, 19, 19), "#6B4E2A")
    page.fill(poly([(453, 838), (467, 838), (474, 872), (446, 872)], 5), "#6B4E2A")
    page.shadow(limb([(484, 690), (620, 690), (820, 712)], [30, 26, 26]), 0.4, 9)
    page.lump(oval(460, 656, 44), ("#B98D42", "#E4C27A", "#FFF0C4"), 12)
    page.tube([(462, 656), (600, 646), (740, 650), (830, 664)], [27, 25, 25, 25], ("#A97D36", "#E4C27A", "#FFF3CF"))
    # The cloth over the lever, the hand on it.
    cloth(page, [(548, 560), (640, 500), (770, 520), (868, 590), (876, 720), (830, 850), (776, 790), (716, 880), (660, 800), (590, 856), (548, 760), (530, 650)], BLUE,
          [[(640, 720), (626, 780), (594, 840)], [(740, 720), (744, 800), (718, 864)], [(830, 690), (842, 760), (828, 834)], [(600, 560), (570, 620), (560, 700)]], [[(570, 570), (650, 520), (760, 536)], [(676, 740), (680, 780), (664, 800)]])
    flat_hand(page, Place(772, 664, 16, 1.08), SKIN, spread=0.8, bend=0.8, nails=True)
    sparkle(page, 450, 590, 36)
    sparkle(page, 520, 640, 22)
    return page


def floor() -> Page:
    """Step 7: the mopped floor, the tied rubbish bag, the ticked list."""
    page = Page(1080, 1440)
    wall(page, PALETTE["wall_light"], PALETTE["wall_shade"])
    # Window at the left lets light onto wall and floor.
    page.fill(box(-30, -20, 300, 460), WHITE[1])
    hills(page, -30, -20, 276, 430, 760)
    page.fill(box(96, -20, 18, 450), WHITE[1])
    page.fill(box(-30, 190, 280, 16), WHITE[1])
    page.fill(box(-30, 408, 320, 40, 6), WHITE[2])
    page.shadow(box(-60, 446, 346, 18), 0.3, 6)
    curtain = poly([(206, -30), (322, -30), (318, 200), (344, 534), (310, 528), (284, 538), (246, 530), (238, 300)], 8)
    page.shadow(spline([(230, -30), (356, -30), (346, 200), (378, 420), (368, 530), (280, 520)]), 0.2, 10)
    page.lump(curtain, ("#E0A58C", "#F2C4AC", "#FBE0D0"), 14)
    with page.clip(curtain):
        for x in (262, 300, 326):
            page.fill(limb([(x, -30), (x - 4, 240), (x + 8, 520)], [6, 10, 12]), "#DDA188", 0.7)
            page.fill(limb([(x - 20, -30), (x - 24, 240), (x - 12, 520)], [4, 7, 9]), "#FCE5D8", 0.8)
    page.fill(box(0, 560, 1080, 50), WHITE[1])
    page.fill(box(0, 560, 1080, 7), WHITE[2])
    page.fill(box(0, 604, 1080, 8), PALETTE["white_dark"])
    boards(page, 610, (420, -420), WOOD, 14, 15)
    page.shadow(box(-60, 610, 1200, 20), 0.3, 8)
    # The wet way of the mop, back and forth, mirrors the light; window light lies across.
    wet = [(470, 890), (330, 870), (300, 830), (520, 800), (650, 770), (560, 736), (330, 720), (300, 694), (440, 672), (520, 656)]
    page.fill(limb(wet, [60, 54, 50, 44, 38, 34, 30, 26, 20, 14]), "#FBE6BE", 0.5)
    page.fill(limb(wet, [60, 54, 50, 44, 38, 34, 30, 26, 20, 14], (-14, -8), 0.3), "#FFF8E4", 0.6)
    window_light(page, [(150, 660), (520, 660), (800, 1200), (240, 1200)], 0.44)
    # Rubbish bag by the wall; the shadow of the mop's pole lies on the floor before it.
    page.shadow(limb([(560, 920), (800, 880), (1120, 826)], [7, 8, 9]), 0.28, 5)
    page.shadow(oval(920, 800, 170, 34), 0.42, 10)
    sack = spline([(846, 590), (792, 640), (764, 720), (780, 790), (850, 818), (940, 816), (1010, 790), (1030, 720), (1000, 640), (930, 590), (900, 570), (876, 570)])
    page.lump(sack, ("#2F3F46", "#4A5F66", "#7D959B"), 24)
    with page.clip(sack):
        for line, tone in (([(880, 590), (830, 660), (800, 750)], 1), ([(884, 590), (880, 680), (870, 790)], 0), ([(900, 590), (950, 660), (980, 740)], 0), ([(870, 600), (846, 690), (840, 770)], 0), ([(896, 596), (916, 690), (920, 780)], 1)):
            page.fill(limb(line, [4, 11, 3]), "#86A0A6" if tone else "#34464D", 0.8)
    page.lump(spline([(872, 566), (830, 520), (820, 490), (850, 500), (880, 540), (900, 480), (930, 470), (926, 510), (904, 566)]), ("#2F3F46", "#54696F", "#7D959B"), 7)
    page.tube([(862, 574), (888, 580), (914, 572)], [11, 12, 11], YELLOW)
    # The clipboard leans on the wall.
    board = Place(470, 566, -4, 1)
    page.shadow(poly(board((-84, -170), (106, -170), (112, 96), (-78, 96)), 14), 0.35, 8)
    page.fill(poly(board((-96, -180), (96, -180), (96, 86), (-96, 86)), 14), WOOD[0])
    page.fill(poly(board((-96, -180), (92, -180), (92, 82), (-96, 82)), 14), WOOD[2])
    page.fill(poly(board((-78, -156), (76, -156), (76, 66), (-78, 66)), 4), WHITE[2])
    page.lump(poly(board((-36, -196), (36, -196), (30, -158), (-30, -158)), 8), STEEL, 6)
    for i in range(5):
        v = -122 + i * 38
        page.fill(poly(board((-62, v - 12), (-38, v - 12), (-38, v + 12), (-62, v + 12)), 4), "#DDE9E2")
        page.line(spline(board((-58, v - 2), (-51, v + 7), (-38, v - 14)), closed=False, tension=0.2), TEAL[1], 6)
        page.line(poly(board((-22, v), (58 - (i * 17) % 34, v)), 0), "#C9BFAF", 7)
    # The mop.
    page.shadow(poly([(330, 900), (650, 884), (700, 976), (390, 998)], 30), 0.42, 9)
    page.tube([(500, 880), (640, 480), (800, 20), (840, -90)], [14, 14, 14, 14], YELLOW)
    page.tube([(494, 896), (520, 824)], [24, 20], DARK)
    head = poly([(304, 872), (650, 852), (690, 918), (350, 944)], 26)
    fringe = Random(51)
    for i in range(30):
        t = i / 29
        x, y = 336 + 350 * t, 936 - 28 * t
        page.tube([(x, y - 14), (x - 4, y + 14), (x + fringe.uniform(-12, 12), y + fringe.uniform(26, 40))], [11, 12, 9], AQUA if i % 3 else TEAL)
    page.lump(head, AQUA, 12)
    with page.clip(head):
        for i in range(10):
            page.line(f"M{320 + 38 * i} 850l24 100", AQUA[0], 4, 0.55)
    page.fill(poly([(430, 878), (560, 870), (574, 904), (446, 914)], 14), DARK[1])
    page.fill(poly([(434, 880), (556, 872), (560, 882), (438, 892)], 6), DARK[2])
    page.tube([(500, 892), (516, 846)], [20, 17], DARK)
    sparkle(page, 250, 770, 34)
    sparkle(page, 420, 700, 24)
    return page


def filter_scene(dirty: bool) -> Page:
    """An air-conditioner filter laid on a cloth beside a basin: felted with dust, or washed."""
    page = Page(1440, 1080)
    page.fill(box(0, 0, 1440, 1080), page.linear((0, 0), (1440, 1080), (0, "#E3C096"), (1, "#C4935F")))
    rnd = Random(61)
    for i in range(8):
        y = i * 142 - 20
        page.fill(box(0, y, 1440, 140), rnd.choice(("#D6AC7C", "#CFA271", "#DBB488")), 0.5)
        page.line(f"M0 {y}L1440 {y}", "#A9784A", 3, 0.6)
        for _ in range(5):
            x, v = rnd.uniform(-100, 1200), y + rnd.uniform(20, 120)
            page.line(spline([(x, v), (x + 160, v + rnd.uniform(-7, 7)), (x + 360, v)], closed=False), "#A9784A", 2, 0.35)
    # The cloth under it.
    sheet = [(90, 150), (1210, 84), (1330, 960), (150, 1010)]
    page.shadow(poly([(x + 14, y + 20) for x, y in sheet], 18), 0.34, 8)
    page.fill(poly(sheet, 14), page.linear((90, 100), (1300, 1000), (0, "#DDF0F2"), (1, "#A9CDD6")))
    with page.clip(poly(sheet, 14)):
        for k in (0.06, 0.94):
            a, b = (sheet[0][0] + 1120 * k, sheet[0][1] - 66 * k), (sheet[3][0] + 1180 * k, sheet[3][1] - 50 * k)
            page.line(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}", "#FFFFFF", 16, 0.75)
        page.fill(limb([(120, 940), (500, 900), (900, 930), (1300, 880)], [4, 14, 12, 4]), "#8FB8C3", 0.5)
        page.fill(limb([(120, 922), (500, 880), (900, 908), (1300, 860)], [4, 10, 10, 4]), "#F3FBFB", 0.6)
        page.fill(limb([(1180, 100), (1240, 400), (1220, 700), (1290, 950)], [4, 12, 12, 4]), "#8FB8C3", 0.45)
    # The basin at the upper right, a brush at the lower left.
    page.shadow(oval(1392, 34, 300, 290), 0.36, 12)
    page.fill(oval(1362, 0, 300, 290), page.linear((1070, -200), (1500, 280), (0, "#FFD978"), (1, "#DB9E2C")))
    page.fill(oval(1362, 0, 270, 260), "#C98F24")
    page.fill(oval(1362, 4, 262, 250), page.linear((1120, -100), (1440, 240), (0, "#86C2CC"), (1, "#C3E6E8")))
    for r in (200, 140):
        page.line(oval(1352, 8, r, r * 0.94), "#E9F8F6", 5, 0.6, "160 120")
    suds(page, [(1168, 110, 30), (1206, 152, 40), (1252, 182, 36), (1146, 70, 20), (1296, 204, 26), (1330, 216, 18)], 62)
    brush = Place(196, 968, -8, 1.0)
    page.shadow(limb(brush((-110, 20), (170, 24)), [30, 30]), 0.4, 8)
    page.fill(poly(brush((-150, -40), (30, -40), (30, 44), (-150, 44)), 16), "#E9E3D6")
    with page.clip(poly(brush((-150, -40), (30, -40), (30, 44), (-150, 44)), 16)):
        for k in range(17):
            page.line(spline(brush((-146 + k * 11, -44), (-142 + k * 11, 48)), closed=False), "#B8AD9A", 3, 0.6)
    page.tube(brush((-146, -6), (-40, -6), (40, -2), (200, 0)), [30, 32, 20, 17], AQUA)
    # The filter: frame, ribs, mesh. One small turn, the same in both pictures.
    at = Place(690, 520, -4, 1.0)
    w, h = 500.0, 296.0
    outer = poly(at((-w, -h), (w, -h), (w, h), (-w, h)), 40)
    page.shadow(poly([(x + 16, y + 24) for x, y in at((-w, -h), (w, -h), (w, h), (-w, h))], 40), 0.42, 9)
    inner = poly(at((-w + 30, -h + 30), (w - 30, -h + 30), (w - 30, h - 30), (-w + 30, h - 30)), 18)
    page.fill(inner, "#6FA0AE", 0.42)
    with page.clip(inner):
        k = -w
        while k < w:
            page.line(spline(at((k, -h), (k, h)), closed=False), "#EEF4F3", 4.2, 0.78)
            k += 19
        k = -h
        while k < h:
            page.line(spline(at((-w, k), (w, k)), closed=False), "#EEF4F3", 4.2, 0.78)
            k += 19
    if dirty:
        _felt(page, at, w, h, inner)
    white: Tones = ("#BCC6C6", "#EEF1EE", "#FFFFFF")
    for i in (-1, 0, 1):
        x = i * w * 0.5
        page.shadow(limb(at((x + 8, -h + 30), (x + 8, h - 24)), [11, 11]), 0.3, 3, within=inner)
        page.tube(at((x, -h + 18), (x, h - 18)), [11, 11], white)
    page.shadow(limb(at((-w + 30, 8), (w - 24, 8)), [11, 11]), 0.3, 3, within=inner)
    page.tube(at((-w + 18, 0), (w - 18, 0)), [11, 11], white)
    ring = outer + poly(at((-w + 34, h - 34), (w - 34, h - 34), (w - 34, -h + 34), (-w + 34, -h + 34)), 16)
    page.body.append(f'<path d="{ring}" fill="{white[0]}" fill-rule="evenodd"/>')
    rim = poly(at((-w + 3, -h + 2), (w - 5, -h + 2), (w - 5, h - 7), (-w + 3, h - 7)), 38) + poly(
        at((-w + 30, h - 33), (w - 33, h - 33), (w - 33, -h + 28), (-w + 30, -h + 28)), 16
    )
    page.body.append(f'<path d="{rim}" fill="{white[1]}" fill-rule="evenodd"/>')
    page.line(spline(at((-w + 40, -h + 11), (w - 44, -h + 11)), closed=False), white[2], 7)
    page.line(spline(at((-w + 11, -h + 44), (-w + 11, h - 44)), closed=False), white[2], 7)
    for x in (-250, 250):
        page.lump(poly(at((x - 46, h - 14), (x + 46, h - 14), (x + 36, h + 34), (x - 36, h + 34)), 14), white, 6)
        page.line(spline(at((x - 20, h + 12), (x + 20, h + 12)), closed=False), white[0], 5)
    if dirty:
        lint = Random(66)
        for u, v, r in ((-470, -284, 9), (-120, -282, 11), (210, -286, 8), (484, -150, 10), (-486, 90, 9), (-210, 284, 11), (90, 282, 8), (430, 284, 10), (486, 190, 8)):
            _fluff(page, *at((u, v))[0], r, lint)
        for _ in range(16):
            (x, y), = at((lint.uniform(-w, w), h + lint.uniform(24, 90)))
            _fluff(page, x, y, lint.uniform(4, 13), lint)
    return page


def _felt(page: Page, at: Place, w: float, h: float, inner: str) -> None:
    """Dust on the mesh: a grey felt with holes, thick drifts, lint and hairs."""
    rnd = Random(63)
    with page.clip(inner):
        page.fill(poly(at((-w, -h), (w, -h), (w, h), (-w, h))), "#8D867B", 0.62)
        for _ in range(230):
            (x, y), = at((rnd.uniform(-w, w), rnd.uniform(-h, h)))
            r = rnd.uniform(18, 62)
            page.fill(oval(x, y, r, r * rnd.uniform(0.5, 0.9), rnd.uniform(0, 180)), rnd.choice(("#857E73", "#979085", "#7A7368", "#A29B8F")), 0.55)
        # Fibres, gathered by colour so that each colour is one shape.
        for colour, count in (("#6A6359", 420), ("#B5AEA2", 420), ("#A09989", 360), ("#CFC8BC", 160)):
            hairs = ""
            for _ in range(count):
                (x, y), = at((rnd.uniform(-w, w), rnd.uniform(-h, h)))
                a, n = rnd.uniform(0, 6.283), rnd.uniform(8, 22)
                dx, dy, k = math.cos(a) * n, math.sin(a) * n, rnd.uniform(-9, 9)
                hairs += f"M{x - dx:.1f} {y - dy:.1f}Q{x + k:.1f} {y - k:.1f} {x + dx:.1f} {y + dy:.1f}"
            page.line(hairs, colour, 2.6, 0.62)
        for _ in range(38):
            (x, y), = at((rnd.uniform(-w, w), rnd.uniform(-h, h)))
            _fluff(page, x, y, rnd.uniform(13, 27), rnd)
        for _ in range(14):
            (x, y), = at((rnd.uniform(-w * 0.9, w * 0.9), rnd.uniform(-h * 0.85, h * 0.85)))
            turn = rnd.uniform(-0.6, 0.6)
            line = [(x + k * 24 * math.cos(turn), y + k * 24 * math.sin(turn) + 12 * math.sin(k * 1.6 + turn)) for k in range(5)]
            page.line(spline(line, closed=False), rnd.choice(("#463F38", "#D8D2C7")), 2.6, 0.85)


def _fluff(page: Page, x: float, y: float, r: float, rnd: Random) -> None:
    """A ball of lint: many small rounds in shade, middle and light, hairs standing off."""
    rounds = [(x + rnd.gauss(0, r * 0.95), y + rnd.gauss(0, r * 0.42), r * rnd.uniform(0.32, 0.62)) for _ in range(17)]
    hairs = ""
    for _ in range(int(r * 0.9)):
        (u, v, _), a, n = rnd.choice(rounds), rnd.uniform(0, 6.283), r * rnd.uniform(0.5, 0.9)
        k = rnd.choice((-0.9, 0.9))
        hairs += f"M{u:.1f} {v:.1f}Q{u + math.cos(a + k) * n * 0.8:.1f} {v + math.sin(a + k) * n * 0.8:.1f} {u + math.cos(a) * n * 1.5:.1f} {v + math.sin(a) * n * 1.3:.1f}"
    page.fill("".join(oval(u + r * 0.16, v + r * 0.24, q) for u, v, q in rounds), "#665F55", 0.5)
    page.line(hairs, "#A79F93", 2, 0.7)
    page.fill("".join(oval(u, v, q) for u, v, q in rounds), "#968F83")
    page.fill("".join(oval(u - r * 0.07, v - r * 0.12, q * 0.84) for u, v, q in rounds), "#A9A296")
    page.fill("".join(oval(u - r * 0.12, v - r * 0.22, q * 0.5) for u, v, q in rounds[::2]), "#BEB7AB", 0.8)


def drum_scene(dirty: bool) -> Page:
    """The rubber seal of a washing machine: mould, slime and lint in the fold, or clean."""
    page = Page(1080, 1440)
    page.fill(box(0, 0, 1080, 1440), page.linear((0, 0), (1080, 1440), (0, "#FCFAF4"), (0.6, "#EDEAE2"), (1, "#D6D1C6")))
    # The panel above, without letters.
    page.fill(box(-20, -20, 1120, 236), page.linear((0, 0), (1080, 216), (0, "#FFFFFF"), (1, "#E4E0D7")))
    page.fill(box(-20, 210, 1120, 8), "#C3BDB0")
    page.shadow(box(-60, 216, 1200, 14), 0.2, 6)
    page.fill(box(80, 66, 260, 92, 16), "#2F4B55")
    page.fill(box(86, 70, 248, 30, 12), "#46666F")
    for k in range(3):
        page.fill(oval(140 + k * 70, 118, 10), YELLOW[1] if k == 0 else "#6F9299")
    page.shadow(oval(792, 122, 66), 0.34, 7)
    page.fill(oval(784, 110, 66), page.linear((720, 50), (850, 170), (0, "#FFFFFF"), (1, "#B6BDBC")))
    page.fill(oval(784, 110, 50), page.linear((740, 60), (830, 160), (0, "#D9DEDC"), (1, "#F6F7F4")))
    page.fill(limb([(784, 84), (784, 70)], [5, 5]), TEAL[1])
    for x in (930, 990):
        page.fill(oval(x, 112, 17), "#CFCBC1")
        page.fill(oval(x - 2, 109, 15), "#F7F5F0")
    cx, cy = 540.0, 724.0
    page.shadow(oval(cx + 12, cy + 22, 478), 0.26, 14)
    page.fill(oval(cx, cy, 474), page.linear((200, 300), (900, 1180), (0, "#FFFFFF"), (1, "#C2C3BE")))
    page.fill(oval(cx, cy, 446), page.linear((200, 300), (900, 1180), (0, "#BFC4C3"), (1, "#E9EBE7")))
    # The seal's outer lip, the fold, the inner lip.
    rubber = page.linear((260, 360), (820, 1120), (0, "#8A979B"), (0.5, "#A9B4B6"), (1, "#CBD3D2"))
    page.fill(oval(cx, cy, 424), rubber)
    page.fill(oval(cx, cy, 392), page.linear((260, 360), (820, 1120), (0, "#C9D1D1"), (0.5, "#97A4A7"), (1, "#7C898D")))
    fold = oval(cx, cy, 376)
    page.fill(fold, page.linear((300, 380), (800, 1090), (0, "#4E5A5F"), (0.6, "#616E72"), (1, "#768487")))
    page.fill(oval(cx, cy - 8, 340), page.linear((300, 400), (800, 1060), (0, "#98A5A8"), (1, "#DCE2E0")))
    page.fill(oval(cx, cy - 10, 322), page.linear((300, 400), (800, 1060), (0, "#C5CECE"), (1, "#8D999C")))
    page.line("M262 560A340 340 0 0 1 470 396", "#FFFFFF", 12, 0.55)
    page.line("M838 900A340 340 0 0 1 640 1040", "#FFFFFF", 10, 0.5)
    page.line("M150 620A404 404 0 0 1 420 338", "#FFFFFF", 10, 0.5)
    # The drum: steel wall with holes, back plate, lifters.
    drum = oval(cx, cy - 12, 296)
    page.fill(drum, page.linear((300, 440), (800, 1010), (0, "#59676D"), (0.45, "#93A1A6"), (1, "#DCE4E4")))
    with page.clip(drum):
        back = (cx + 16, cy - 44)
        for ring in range(5):
            k = ring / 5
            r, ox, oy = 284 - 100 * k, (back[0] - cx) * k, (back[1] - cy + 12) * k
            count = 44 - ring * 2
            for i in range(count):
                a = (i + ring * 0.5) / count * 6.283
                x, y = cx + ox + math.cos(a) * r, cy - 12 + oy + math.sin(a) * r
                page.fill(oval(x, y, 8 - ring, 5.4 - ring * 0.6, math.degrees(a) + 90), "#37444A", 0.85)
                page.fill(oval(x + 1.5, y + 3, 5 - ring * 0.5, 2, math.degrees(a) + 90), "#F4F8F7", 0.5)
        page.fill(oval(*back, 184), page.linear((400, 520), (700, 860), (0, "#77868C"), (0.5, "#B7C3C6"), (1, "#EEF3F2")))
        page.fill(oval(*back, 176), page.linear((400, 520), (700, 860), (0, "#5D6C72"), (1, "#A8B5B8")))
        for i in range(3):
            a = math.radians(-80 + i * 120)
            tip = (back[0] + math.cos(a) * 150, back[1] + math.sin(a) * 150)
            page.tube([back, tip], [52, 36], ("#6C7B81", "#9DABAF", "#CBD6D7"))
        page.fill(oval(*back, 46), "#7F8E93")
        page.fill(oval(back[0] - 5, back[1] - 7, 38), "#C4CFD1")
        for a0 in (100, 225, -20):
            a = math.radians(a0)
            p0, p1 = (cx + math.cos(a) * 286, cy - 12 + math.sin(a) * 286), (back[0] + math.cos(a) * 196, back[1] + math.sin(a) * 196)
            page.tube([p0, p1], [30, 17], ("#89969A", "#C3CDCF", "#F4F8F7"))
        page.shadow(oval(cx - 40, cy - 150, 330, 190), 0.30, 40, within=drum)
    # The front below: a flap, calm.
    page.fill(box(752, 1270, 210, 130, 16), "#C9C4B8")
    page.fill(box(748, 1265, 210, 130, 16), "#F3F0E8")
    page.fill(limb([(800, 1290), (906, 1290)], [6, 6]), "#C9C4B8")
    # Spill hole and small nubs of the seal.
    for a0 in (50, 90, 130):
        a = math.radians(a0)
        x, y = cx + math.cos(a) * 360, cy + math.sin(a) * 360
        page.fill(oval(x, y, 13, 6, a0 + 90), "#2E383C")
    if dirty:
        _mould(page, cx, cy, fold)
    return page


def _mould(page: Page, cx: float, cy: float, fold: str) -> None:
    """What a seal gathers: slime in the fold, black mould in dots, scale on the lip, lint and a hair."""
    rnd = Random(71)
    hole = oval(cx, cy - 10, 300)
    ring = f"{oval(cx, cy, 424)}{hole}"
    name = page._define(f'<clipPath id="@"><path d="{ring}" clip-rule="evenodd"/></clipPath>')
    page.body.append(f'<g clip-path="url(#{name})">')

    def along(a: float, r: float) -> Point:
        return cx + math.cos(math.radians(a)) * r, cy + math.sin(math.radians(a)) * r

    # Slime lies lowest, in the fold, with uneven banks and a wet gleam.
    for low, high, tone, wide in ((14, 166, "#5C4A36", 26), (26, 154, "#75603F", 18), (38, 140, "#8C7650", 9)):
        steps = range(low, high + 1, 8)
        line = [along(a, 356 + rnd.uniform(-5, 5)) for a in steps]
        n = len(line)
        page.fill(limb(line, [wide * rnd.uniform(0.75, 1.2) * math.sin(math.pi * (i + 0.35) / (n - 0.3)) ** 0.7 for i in range(n)]), tone, 0.95)
    for a in (60, 92, 118):
        page.line(spline([along(a, 350), along(a + 4, 349), along(a + 8, 351)], closed=False), "#E2D3AC", 5, 0.7)
    # Drips from above, brown tide lines on the outer lip.
    for _ in range(16):
        a = rnd.uniform(200, 340)
        p = along(a, rnd.uniform(330, 380))
        page.fill(limb([p, (p[0], p[1] + 20), (p[0] + 1, p[1] + rnd.uniform(26, 48))], [3, 4, 5]), "#6F5B42", 0.6)
    for low, high, r in ((20, 84, 406), (96, 158, 410), (34, 70, 330), (100, 150, 331)):
        page.fill(limb([along(a, r + rnd.uniform(-3, 3)) for a in range(low, high, 7)], [3, *[rnd.uniform(4, 11) for _ in range(low + 14, high, 7)], 3]), "#A58B5C", 0.7)
    # Mould: thick below, thin above, in colonies.
    for _ in range(64):
        a = rnd.gauss(90, 62)
        r0 = rnd.choice((330, 366, 384, 400, 410))
        for _ in range(rnd.randint(4, 13)):
            x, y = along(a + rnd.gauss(0, 4), r0 + rnd.gauss(0, 9))
            r = abs(rnd.gauss(0, 3.4)) + 1.8
            page.fill(oval(x, y, r * 1.15, r), rnd.choice(("#1F2422", "#2B302B", "#333A30")), 0.9)
    # Scale and old powder on the inner lip; lint.
    for _ in range(40):
        x, y = along(rnd.gauss(80, 34), 326 + rnd.gauss(0, 7))
        page.fill(oval(x, y, rnd.uniform(4, 14), rnd.uniform(3, 7), rnd.uniform(0, 180)), rnd.choice(("#F4F0E4", "#E2DAC6")), 0.9)
    for a0, n in ((128, 9), (66, 7), (100, 6)):
        for _ in range(n):
            x, y = along(a0 + rnd.gauss(0, 3), 362 + rnd.gauss(0, 8))
            page.fill(oval(x + 2, y + 3, 15, 10, rnd.uniform(0, 180)), "#4A443C", 0.6)
            page.fill(oval(x, y, rnd.uniform(9, 17), rnd.uniform(6, 10), rnd.uniform(0, 180)), rnd.choice(("#8D94A0", "#A9AEB6", "#7C8490")), 0.95)
    for a0 in (54, 112, 146):
        line = [along(a0, 340), along(a0 + 7, 366), along(a0 + 2, 388), along(a0 + 12, 402), along(a0 + 16, 380)]
        page.line(spline(line, closed=False), "#2A221E", 3, 0.9)
    page.body.append("</g>")


def sofa_scene(messy: bool) -> Page:
    """A living room: sofa and low table under everybody's things, or tidy."""
    page = Page(1440, 1080)
    wall(page, "#FBEBD6", "#F0D2B2")
    # Window left, picture, lamp: the same in both.
    page.shadow(box(66, 72, 312, 412, 10), 0.22, 10)
    page.fill(box(50, 56, 312, 412, 10), WHITE[2])
    hills(page, 72, 78, 268, 368, 620)
    page.fill(box(198, 70, 16, 390), WHITE[1])
    page.fill(box(60, 236, 292, 14), WHITE[1])
    page.fill(box(30, 462, 352, 26, 6), WHITE[1])
    for x in (18, 330):
        curtain = poly([(x, 30), (x + 78, 30), (x + 70, 300), (x + 84, 640), (x - 6, 640), (x + 4, 300)], 8)
        page.shadow(poly([(x + 14, 40), (x + 92, 40), (x + 84, 300), (x + 98, 640), (x + 8, 640)], 8), 0.16, 8)
        page.lump(curtain, ("#D79F84", "#EFC0A6", "#FADFCF"), 10)
        with page.clip(curtain):
            for k in (20, 48):
                page.fill(limb([(x + k, 20), (x + k - 4, 320), (x + k + 2, 650)], [4, 7, 9]), "#DDA78D", 0.8)
                page.fill(limb([(x + k - 13, 20), (x + k - 17, 320), (x + k - 12, 650)], [3, 5, 6]), "#FBE4D7", 0.8)
    page.line("M-10 34L430 34", WOOD[0], 12)
    window_light(page, [(560, 90), (800, 90), (900, 420), (640, 420)], 0.45)
    page.shadow(box(908, 96, 220, 176, 6), 0.26, 8)
    page.fill(box(896, 84, 220, 176, 6), WOOD[1])
    page.fill(box(910, 98, 192, 148), "#F7F1E4")
    with page.clip(box(926, 112, 160, 120)):
        page.fill(box(926, 112, 160, 120), "#F3D6A8")
        page.fill(oval(1040, 150, 26), BRICK[1])
        page.fill(spline([(900, 240), (960, 160), (1010, 200), (1060, 180), (1110, 250)]), AQUA[0])
        page.fill(spline([(900, 260), (990, 206), (1110, 240), (1110, 270)]), TEAL[1])
    page.fill(box(0, 628, 1440, 44), WHITE[1])
    page.fill(box(0, 628, 1440, 6), WHITE[2])
    page.fill(box(0, 668, 1440, 8), PALETTE["white_dark"])
    boards(page, 674, (700, -300), WOOD, 82, 17)
    page.shadow(box(-60, 674, 1560, 16), 0.3, 7)
    # Rug.
    rug = oval(740, 900, 560, 142)
    page.shadow(oval(748, 908, 562, 144), 0.25, 5)
    page.fill(rug, "#E7D4B8")
    page.line(oval(740, 900, 520, 124), BRICK[1], 9, 0.75)
    page.line(oval(740, 900, 492, 112), "#C9AE86", 5, 0.8)
    window_light(page, [(330, 720), (620, 720), (760, 1040), (390, 1040)], 0.34)
    # Floor lamp and plant.
    page.shadow(oval(1322, 716, 80, 14), 0.4, 6)
    page.fill(oval(1306, 706, 60, 12), DARK[1])
    page.fill(box(1301, 260, 10, 446), DARK[1])
    page.fill(box(1301, 260, 4, 446), DARK[2])
    page.fill(poly([(1246, 120), (1366, 120), (1404, 280), (1208, 280)], 10), page.linear((1208, 0), (1404, 0), (0, "#FFF6DD"), (0.6, "#F6DFAE"), (1, "#DFBE82")))
    page.fill(oval(1306, 280, 98, 9), "#FFF3CF")
    # The sofa.
    sage: Tones = ("#4E7F77", "#74A398", "#9CC2B6")
    page.shadow(oval(760, 790, 470, 34), 0.46, 10)
    for x in (392, 1104):
        page.tube([(x, 760), (x + (-6 if x < 700 else 6), 796)], [14, 9], WOOD)
    page.lump(box(380, 402, 740, 300, 58), sage, 14)
    page.line("M750 420L750 610", sage[0], 6, 0.8)
    page.fill(limb([(430, 420), (580, 414), (728, 420)], [6, 9, 6]), sage[2])
    page.fill(limb([(772, 420), (920, 414), (1070, 420)], [6, 9, 6]), sage[2])
    page.shadow(box(400, 560, 700, 60, 20), 0.35, 10)
    page.lump(box(372, 690, 756, 76, 22), sage, 10)
    for x in (410, 754):
        page.lump(box(x, 594, 340, 116, 34), sage, 12)
        page.fill(limb([(x + 30, 612), (x + 170, 606), (x + 300, 612)], [5, 9, 5]), sage[2])
    for x in (320, 1076):
        page.lump(box(x, 508, 104, 258, 50), sage, 14)
        page.fill(limb([(x + 26, 540), (x + 50, 526), (x + 76, 538)], [5, 9, 5]), sage[2])

    def pillow(x: float, y: float, turn: float, tone: Tones, size: float = 1) -> None:
        at = Place(x, y, turn, size)
        shape = spline(at((-70, -72), (0, -70), (72, -74), (71, 0), (72, 72), (0, 71), (-72, 74), (-70, 0)))
        page.shadow(spline(Place(x + 14, y + 16, turn, size)((-70, -72), (0, -70), (72, -74), (71, 0), (72, 72), (0, 71), (-72, 74), (-70, 0))), 0.32, 7)
        page.lump(shape, tone, 13, spline(at((-52, -48), (-10, -44), (-20, -10), (-46, 0))))
        page.fill(limb(at((-10, 10), (6, 30), (2, 54)), [2, 6, 2]), tone[0], 0.7)
        page.fill(limb(at((10, 6), (34, 20), (52, 44)), [2, 6, 2]), tone[0], 0.7)

    if messy:
        _sofa_mess(page, pillow)
    else:
        pillow(482, 538, -7, YELLOW)
        pillow(590, 548, 6, BRICK, 0.9)
        pillow(1022, 540, 8, YELLOW)
        throw = poly([(1066, 500), (1190, 500), (1196, 690), (1178, 706), (1080, 706), (1062, 690)], 20)
        page.lump(throw, PLUM, 10)
        with page.clip(throw):
            for y in (540, 574, 650):
                page.fill(box(1050, y, 160, 12), PLUM[2], 0.8)
            for k in range(12):
                page.line(f"M{1072 + k * 11} 694l0 20", PLUM[0], 4)
    # The low table before it.
    page.shadow(oval(760, 976, 330, 44), 0.42, 9)
    for x in (548, 930):
        page.tube([(x, 870), (x + (-22 if x < 700 else 22), 976)], [15, 10], WOOD)
    page.fill(oval(740, 872, 296, 70), WOOD[0])
    top = oval(740, 856, 296, 70)
    page.fill(top, page.linear((450, 800), (1030, 930), (0, "#EBC79C"), (1, "#C99660")))
    with page.clip(top):
        for k in range(6):
            page.line(spline([(440, 806 + k * 20), (700, 812 + k * 19), (1050, 802 + k * 21)], closed=False), WOOD[0], 2.5, 0.35)
        page.fill(spline([(480, 830), (620, 800), (640, 814), (520, 860)]), "#FFF3D6", 0.5)
    if messy:
        _table_mess(page)
    else:
        page.shadow(oval(664, 872, 116, 22), 0.3, 5)
        page.fill(oval(650, 858, 116, 26), WHITE[0])
        page.fill(oval(650, 853, 112, 24), WHITE[1])
        _cup(page, 596, 848, TEAL)
        _cup(page, 696, 854, TEAL)
        page.shadow(oval(868, 862, 60, 12), 0.35, 5)
        for x, y in ((836, 716), (862, 690), (890, 722), (872, 744)):
            page.line(spline([(852, 800), ((852 + x) / 2, (800 + y) / 2 - 8), (x, y)], closed=False), LEAF[0], 5)
            page.fill(oval(x, y, 20, 18), BRICK[1] if x != 862 else YELLOW[1])
            page.fill(oval(x - 5, y - 5, 9, 8), BRICK[2] if x != 862 else YELLOW[2])
        page.lump(spline([(832, 790), (826, 830), (836, 864), (870, 864), (880, 830), (872, 790)]), AQUA, 9)
    # The toy basket stands at the left in both.
    page.shadow(oval(240, 916, 120, 22), 0.42, 8)
    if not messy:
        page.fill(oval(196, 770, 34), BRICK[1])
        page.fill(oval(186, 760, 16), BRICK[2])
        page.lump(box(216, 740, 54, 54, 8), BLUE, 7)
        _bear(page, 262, 752, 0.62, 8)
        page.lump(box(150, 762, 46, 44, 8), YELLOW, 6)
    basket = poly([(116, 790), (322, 790), (300, 920), (138, 920)], 22)
    if messy:
        page.fill(oval(219, 790, 103, 16), WOOD[0])
    page.lump(basket, ("#B07C49", "#D9AC76", "#EFCFA2"), 14)
    with page.clip(basket):
        for j in range(6):
            for i in range(11):
                x, y = 112 + i * 21 + (j % 2) * 10, 806 + j * 22
                page.fill(box(x, y, 17, 12, 5), "#B98750" if (i + j) % 2 else "#EBCB9D", 0.7)
    page.tube([(118, 792), (219, 800), (320, 792)], [9, 9, 9], ("#B07C49", "#E3BA86", "#F6DDB6"))
    if messy:
        _floor_mess(page)
    return page


def _cup(page: Page, x: float, y: float, tone: Tones, drink: str = "#A9672F", size: float = 1) -> None:
    """A cup seen from the front and above."""
    s, at = size, Place(x, y, 0, size)
    page.shadow(oval(x + 14 * s, y + 2 * s, 36 * s, 9 * s), 0.35, 4 * s)
    page.line(spline(at((28, -38), (48, -34), (44, -16), (26, -12)), closed=False), tone[1], 8 * s)
    page.lump(poly(at((-32, -52), (32, -52), (25, 2), (-25, 2)), 12 * s), tone, 7 * s)
    page.fill(oval(x, y - 52 * s, 32 * s, 9 * s), tone[2])
    page.fill(oval(x, y - 50 * s, 27 * s, 7 * s), drink)


def _bear(page: Page, x: float, y: float, size: float, turn: float) -> None:
    """A toy bear, sitting."""
    at = Place(x, y, turn, size)
    fur: Tones = ("#A06B3C", "#C99259", "#E3B67F")
    for u, v, r in ((-46, -98, 24), (46, -98, 24)):
        page.lump(oval(*at((u, v))[0], r * size), fur, 5 * size)
    page.lump(oval(*at((0, 30))[0], 66 * size, 62 * size), fur, 10 * size)
    page.tube(at((-50, 10), (-84, 40)), [24 * size, 22 * size], fur)
    page.tube(at((50, 10), (84, 40)), [24 * size, 22 * size], fur)
    page.tube(at((-34, 70), (-64, 96)), [28 * size, 28 * size], fur)
    page.tube(at((34, 70), (64, 96)), [28 * size, 28 * size], fur)
    page.lump(oval(*at((0, -60))[0], 62 * size, 54 * size), fur, 9 * size)
    page.fill(oval(*at((0, -44))[0], 30 * size, 22 * size), fur[2])
    page.fill(oval(*at((0, -54))[0], 10 * size, 7 * size), "#4A3226")
    for u in (-24, 24):
        page.fill(oval(*at((u, -70))[0], 6 * size), "#4A3226")


def _sofa_mess(page: Page, pillow: Callable[..., None]) -> None:
    """Cushions fallen over, a shirt and trousers thrown down, a blanket half on the floor."""
    pillow(470, 562, 38, YELLOW, 0.95)
    # Blanket over the back and seat.
    cloth(page, [(820, 386), (930, 372), (1040, 392), (1066, 470), (1040, 560), (1072, 640), (1010, 720), (940, 690), (880, 740), (824, 680), (852, 580), (812, 480)], PLUM,
          [[(880, 400), (896, 500), (880, 620)], [(960, 392), (950, 520), (976, 660)], [(1020, 420), (1010, 500), (1024, 580)], [(850, 600), (900, 640), (940, 640)]],
          [[(848, 410), (858, 480), (874, 540)], [(920, 392), (918, 470), (926, 560)], [(990, 560), (1010, 620), (1000, 680)]])
    # A white shirt with arms flung out.
    shirt = [(560, 470), (640, 452), (700, 470), (730, 520), (790, 560), (770, 600), (716, 580), (726, 660), (690, 700), (620, 690), (570, 706), (548, 650), (560, 590), (500, 640), (468, 612), (520, 540)]
    page.shadow(spline([(x + 14, y + 18) for x, y in shirt]), 0.3, 7)
    cloth(page, shirt, ("#C9C6C4", "#F0EEEA", "#FFFFFF"),
          [[(590, 520), (600, 600), (584, 680)], [(690, 510), (676, 590), (690, 670)], [(540, 560), (560, 556), (586, 570)], [(720, 540), (730, 560), (756, 574)]],
          [[(640, 500), (640, 580), (650, 660)]])
    page.fill(poly([(604, 468), (640, 500), (676, 468), (660, 452), (620, 452)], 8), BLUE[1])
    page.fill(poly([(622, 462), (640, 484), (660, 462)], 4), "#D5D1CC")
    # Jeans over the arm.
    jeans = [(334, 504), (372, 488), (412, 500), (418, 590), (404, 660), (410, 716), (376, 726), (366, 660), (360, 742), (322, 736), (330, 650), (326, 570)]
    page.shadow(spline([(x + 12, y + 14) for x, y in jeans]), 0.3, 6)
    cloth(page, jeans, ("#33506F", "#4E7198", "#7A9ABD"),
          [[(368, 560), (366, 620), (364, 680)], [(342, 520), (346, 580), (338, 640)], [(398, 520), (392, 590), (394, 660)]], [[(348, 590), (346, 650), (340, 716)]])


def _table_mess(page: Page) -> None:
    """Cups, a takeaway box, a bowl with chopsticks, crisps and rings of tea on the table."""
    for x, y in ((600, 890), (820, 882)):
        page.line(oval(x, y, 34, 9), "#8A5A2E", 5, 0.7)
    for x, y, turn in ((560, 838, -12), (700, 826, 8)):
        at = Place(x, y, turn)
        page.shadow(poly(at((-50, -10), (58, -12), (70, 24), (-58, 26))), 0.25, 3)
        page.fill(poly(at((-54, -14), (54, -16), (66, 18), (-62, 20))), WHITE[1])
        for k in range(3):
            page.line(spline(at((-40, -6 + k * 8), (40 - k * 12, -7 + k * 8)), closed=False), "#C9BFAF", 3)
    _cup(page, 520, 868, BRICK)
    _cup(page, 646, 850, BLUE)
    page.shadow(poly([(716, 866), (850, 862), (866, 884), (724, 890)]), 0.35, 5)
    page.fill(poly([(700, 800), (826, 800), (812, 876), (716, 876)], 10), "#D9D2C6")
    page.fill(poly([(700, 800), (780, 800), (774, 876), (716, 876)], 10), "#F3EEE4")
    page.fill(oval(763, 800, 63, 14), "#B9452F")
    page.fill(oval(757, 798, 50, 10), "#DE7A3C")
    for x, y in ((736, 798), (770, 796), (790, 802)):
        page.fill(oval(x, y, 11, 5), "#F4C64F")
    page.line("M716 802L850 744", WOOD[0], 7)
    page.line("M730 806L860 760", WOOD[1], 7)
    tip = Place(918, 866, 96)
    page.shadow(oval(930, 884, 56, 12), 0.3, 4)
    page.lump(poly(tip((-32, -52), (32, -52), (25, 10), (-25, 10)), 12), GREEN, 7)
    page.fill(oval(*tip((0, -52))[0], 32, 10, 96), GREEN[0])
    page.fill(spline([(980, 856), (1010, 850), (1022, 870), (990, 884), (966, 876)]), "#8A5A2E", 0.6)
    rnd = Random(83)
    for _ in range(30):
        x, y = rnd.uniform(520, 960), rnd.uniform(880, 916)
        page.fill(oval(x, y, rnd.uniform(4, 9), rnd.uniform(2, 4), rnd.uniform(0, 90)), rnd.choice(("#F2C25A", "#D9963A", "#8A5A2E")), 0.9)


def _floor_mess(page: Page) -> None:
    """Toys, a sock, a book and a cushion's worth of things on the rug."""
    for x, y, turn, tone in ((372, 968, 12, BLUE), (440, 1000, -20, YELLOW), (512, 958, 30, RED), (1082, 992, -14, GREEN)):
        at = Place(x, y, turn)
        page.shadow(poly(at((-20, 0), (50, 0), (60, 34), (-14, 34)), 8), 0.4, 5)
        page.fill(poly(at((-28, -30), (28, -30), (28, 28), (-28, 28)), 7), tone[0])
        page.fill(poly(at((-28, -30), (28, -30), (24, 14), (-28, 16)), 7), tone[1])
        page.fill(poly(at((-28, -30), (28, -30), (22, -14), (-24, -12)), 5), tone[2])
    page.shadow(oval(320, 1016, 44, 12), 0.4, 5)
    page.lump(oval(304, 984, 40), BRICK, 11, oval(290, 966, 14, 11, -30))
    page.shadow(oval(1190, 962, 100, 20), 0.4, 7)
    _bear(page, 1176, 876, 0.8, 24)
    for x, y, turn, tone in ((936, 1010, 8, ("#B9B2A6", "#E9E3D8", "#FFFFFF")), (1010, 1030, -30, ("#B9B2A6", "#E9E3D8", "#FFFFFF"))):
        at = Place(x, y, turn)
        page.shadow(limb(at((-46, 14), (10, 16), (46, 30)), [15, 16, 15]), 0.35, 4)
        page.tube(at((-52, 0), (4, 2), (34, 20)), [15, 16, 15], tone)
        page.fill(poly(at((-66, -15), (-50, -15), (-50, 15), (-66, 15)), 5), BLUE[1])
    book = Place(650, 1020, -10)
    page.shadow(poly(book((-84, 0), (96, 0), (104, 40), (-92, 44)), 6), 0.35, 5)
    page.fill(poly(book((-92, -20), (0, -32), (92, -20), (98, 26), (0, 16), (-98, 26)), 4), RED[0])
    page.fill(poly(book((-88, -24), (0, -34), (0, 10), (-94, 20)), 4), WHITE[2])
    page.fill(poly(book((0, -34), (88, -24), (94, 20), (0, 10)), 4), WHITE[0])
    for k in range(3):
        page.line(spline(book((-74, -12 + k * 9), (-14, -18 + k * 9)), closed=False), "#C9BFAF", 3)
        page.line(spline(book((14, -18 + k * 9), (72, -12 + k * 9)), closed=False), "#B8AD9A", 3)
    rnd = Random(84)
    for _ in range(36):
        page.fill(oval(rnd.uniform(380, 1100), rnd.uniform(960, 1040), rnd.uniform(3, 7), rnd.uniform(2, 4)), rnd.choice(("#F2C25A", "#B98A45", "#8A5A2E")), 0.9)


def filter_before() -> Page:
    """The filter before washing."""
    return filter_scene(dirty=True)


def filter_after() -> Page:
    """The filter after washing."""
    return filter_scene(dirty=False)


def drum_before() -> Page:
    """The seal before cleaning."""
    return drum_scene(dirty=True)


def drum_after() -> Page:
    """The seal after cleaning."""
    return drum_scene(dirty=False)


def sofa_before() -> Page:
    """The living room before tidying."""
    return sofa_scene(messy=True)


def sofa_after() -> Page:
    """The living room after tidying."""
    return sofa_scene(messy=False)


def steam(page: Page, lines: Sequence[Sequence[Point]], wide: float, opacity: float = 0.5) -> None:
    """Curls of steam: wide and soft, thinning upwards."""
    for line in lines:
        n = len(line)
        radii = [wide * (0.35 + 0.65 * math.sin(math.pi * (i + 0.4) / (n + 0.2))) for i in range(n)]
        with page.group(opacity=opacity, blur=wide * 0.42):
            page.fill(limb(line, radii), "#FFFFFF")
        with page.group(opacity=opacity * 0.7, blur=wide * 0.14):
            page.fill(limb(line, [r * 0.34 for r in radii], (-wide * 0.2, 0)), "#FFFFFF")


def bath() -> Page:
    """Baby care: a warm bath made ready, the water tried with the inner wrist."""
    page = Page(1080, 1440)
    wall(page, "#FCEBDD", "#F3D3BE")
    for x in (40, 240, 440, 640, 840, 1040):
        for j, y in enumerate((60, 190, 320)):
            u = x + (100 if j % 2 else 0)
            page.fill(oval(u, y, 9, 6, 40), "#EDBFA6", 0.6)
            page.fill(oval(u + 14, y + 2, 9, 6, -40), "#EDBFA6", 0.6)
    window_light(page, [(90, 30), (430, 30), (560, 420), (200, 420)], 0.5)
    page.fill(box(0, 560, 1080, 900), page.linear((0, 560), (1080, 1440), (0, "#E8C398"), (1, "#C4935F")))
    page.fill(box(0, 560, 1080, 8), "#F4DAB6")
    for y in (720, 900, 1120, 1330):
        page.line(spline([(-10, y), (400, y + 8), (800, y - 5), (1090, y + 4)], closed=False), WOOD[0], 3, 0.3)
    # Towels and a bottle behind the bath.
    page.shadow(oval(250, 672, 190, 26), 0.36, 9)
    for i, tone in enumerate((AQUA, WHITE, ("#DD8F74", "#F0B49C", "#FBD8C6"))):
        folded(page, Place(220, 668 - i * 62, 0, 1), tone, 286 - i * 12, 66, 2)
    page.shadow(oval(478, 654, 80, 18), 0.36, 8)
    bottle = poly([(396, 652), (396, 512), (422, 468), (478, 468), (504, 512), (504, 652)], 24)
    page.lump(bottle, WHITE, 14)
    page.fill(box(412, 540, 76, 70, 14), "#F2B79E")
    page.fill(oval(450, 575, 18), WHITE[2])
    page.lump(box(426, 432, 48, 40, 10), AQUA, 8)
    page.tube([(450, 438), (448, 408), (402, 404)], [11, 10, 9], AQUA)
    # The bath: rim, water, wall.
    cx, cy, rx, ry = 530, 790, 440, 128
    page.shadow(oval(cx + 40, 1070, 420, 60), 0.42, 16)
    side = f"M{cx - rx} {cy}C{cx - rx + 20} {cy + 160} {cx - rx + 70} {cy + 270} {cx - 250} {cy + 286}C{cx - 80} {cy + 306} {cx + 80} {cy + 306} {cx + 250} {cy + 286}C{cx + rx - 70} {cy + 270} {cx + rx - 20} {cy + 160} {cx + rx} {cy}Z"
    page.fill(side, page.linear((cx - rx, 0), (cx + rx, 200), (0, "#FFFDF8"), (0.35, "#F7EFE4"), (1, "#D5C3B4")))
    with page.clip(side):
        page.fill(limb([(140, 880), (210, 1010), (330, 1056)], [10, 20, 10]), "#FFFFFF", 0.8)
        page.fill(limb([(110, 905), (300, 990), (530, 1010), (760, 990), (960, 900)], [9, 9, 9, 9, 9]), AQUA[2], 0.8)
        page.fill(limb([(124, 932), (310, 1014), (530, 1034), (750, 1014), (950, 926)], [4, 4, 4, 4, 4]), AQUA[1], 0.8)
    page.fill(oval(cx, cy, rx, ry), page.linear((90, 660), (970, 920), (0, "#FFFFFF"), (0.6, "#F3EADF"), (1, "#DCCBBD")))
    page.fill(oval(cx, cy + 4, rx - 30, ry - 22), "#CDBBAE")
    water = oval(cx, cy + 16, rx - 40, ry - 34)
    page.fill(water, page.linear((120, 720), (940, 880), (0, "#8FD0D4"), (0.5, "#B0E0DF"), (1, "#7FC2CA")))
    with page.clip(water):
        page.fill(limb([(150, 790), (300, 756), (500, 748)], [5, 14, 5]), "#E4F6F3", 0.9)
        page.fill(limb([(560, 872), (720, 860), (860, 826)], [4, 11, 4]), "#E4F6F3", 0.7)
        page.line(oval(494, 826, 236, 54), "#EAF8F6", 5, 0.6, "210 90")
        page.fill(limb([(220, 850), (360, 876), (500, 880)], [4, 9, 4]), "#5FAAB6", 0.5)
    steam(page, [[(340, 730), (310, 640), (356, 540), (316, 440), (352, 350)], [(690, 650), (730, 570), (680, 490), (720, 400), (690, 310)]], 34, 0.40)
    # The duck.
    page.fill(oval(268, 826, 70, 14), "#4F9CA8", 0.55)
    page.lump(spline([(196, 776), (214, 820), (262, 832), (314, 820), (340, 770), (310, 782), (278, 764), (240, 772)]), YELLOW, 11)
    page.lump(oval(240, 740, 44, 42), YELLOW, 10, oval(226, 724, 15, 11, -30))
    page.lump(spline([(262, 792), (300, 780), (318, 792), (296, 812), (268, 808)]), YELLOW, 6)
    page.fill(spline([(204, 742), (172, 748), (166, 760), (186, 766), (208, 760)]), BRICK[1])
    page.fill(spline([(204, 742), (176, 748), (172, 755), (206, 752)]), BRICK[2])
    page.fill(oval(224, 734, 6, 7), "#3A302C")
    page.fill(oval(222, 731, 2.2), "#FFFFFF")
    # The thermometer, floating.
    at = Place(800, 832, -14, 1)
    page.fill(limb(at((-90, 20), (96, 22)), [16, 16]), "#4F9CA8", 0.5)
    page.tube(at((-84, 0), (90, 0)), [27, 21], WHITE)
    page.tube(at((-62, -2), (72, -2)), [8, 8], ("#C9BDB0", "#E9E0D4", "#FFFFFF"))
    page.tube(at((-64, -2), (4, -2)), [9, 6], RED)
    for k in range(7):
        page.line(spline(at((-36 + k * 16, 10), (-36 + k * 16, 17 if k % 2 else 21)), closed=False), "#8B7F73", 3)
    # The hand, palm up; the water closes over its fingers.
    wrist = Place(606, 726, 148, 1.06, flip=True)
    flat_hand(page, wrist, SKIN, spread=0.62, palm=True)
    with page.clip(water):
        veil = spline([(392, 796), (440, 792), (508, 818), (572, 842), (600, 870), (540, 900), (420, 900), (380, 850)])
        page.fill(veil, "#86CAD0", 0.66)
        page.fill(limb([(386, 792), (440, 788), (510, 814), (580, 840)], [3, 6, 6, 3]), "#F2FBF9", 0.95)
        page.line(spline([(340, 800), (372, 850), (450, 892), (560, 896), (640, 870)], closed=False), "#EAF8F6", 5, 0.75)
    return page


def log() -> Page:
    """The day's care notebook with its ticks; pen, thermos, pill box and reading glasses in afternoon light."""
    page = Page(1080, 1440)
    wall(page, "#F9E7CB", "#E9C99D")
    window_light(page, [(430, 20), (860, 60), (980, 430), (540, 400)], 0.55)
    page.fill(box(0, 500, 1080, 960), page.linear((0, 500), (1080, 1440), (0, "#D9A56C"), (1, "#A66E3E")))
    page.fill(box(0, 500, 1080, 9), "#EFCB98")
    rnd = Random(91)
    for k in range(9):
        y = 530 + k * k * 9 + k * 24
        page.line(spline([(-10, y), (300, y + rnd.uniform(-9, 9)), (700, y + rnd.uniform(-9, 9)), (1090, y)], closed=False), "#8E5B31", 3, 0.3)
    window_light(page, [(60, 560), (620, 530), (1000, 1060), (180, 1150)], 0.40)
    # Thermos at the left back, cup beside it.
    page.shadow(poly([(250, 690), (330, 690), (560, 760), (540, 800), (260, 730)], 20), 0.34, 9)
    page.fill(oval(220, 716, 88, 20), "#054543")
    body = poly([(134, 392), (306, 392), (308, 712), (132, 712)], 26)
    page.fill(body, page.linear((132, 0), (308, 0), (0, "#0A6B66"), (0.18, "#3BA79D"), (0.42, "#0B7A75"), (0.8, "#075C5A"), (1, "#0A6B66")))
    page.fill(box(160, 410, 16, 270, 8), "#8FD6CC", 0.8)
    page.fill(box(132, 640, 176, 18), YELLOW[1])
    page.fill(box(138, 352, 164, 52, 16), page.linear((138, 0), (302, 0), (0, "#97A4A8"), (0.2, "#F2F6F5"), (0.5, "#A9B5B8"), (0.85, "#DDE4E4"), (1, "#849296")))
    page.fill(box(150, 286, 140, 76, 20), page.linear((150, 0), (290, 0), (0, "#E9E0D2"), (0.25, "#FFFDF8"), (1, "#CDBFAB")))
    _cup(page, 428, 736, BRICK, "#C98A3A", 1.9)
    steam(page, [[(424, 620), (400, 560), (446, 500), (416, 420)]], 22, 0.45)
    # The pill box: seven lids in a row, a dose in each.
    page.shadow(poly([(620, 700), (990, 660), (1040, 720), (660, 770)], 10), 0.36, 8)
    at = Place(596, 628, -5, 1)
    page.fill(poly(at((0, 0), (392, 0), (404, 96), (-8, 96)), 12), "#7FAEC9")
    page.fill(poly(at((0, -14), (392, -14), (400, 70), (-6, 70)), 12), "#CFE6F0")
    for k in range(7):
        x0, x1 = 8 + k * 54, 56 + k * 54
        tone = (RED, YELLOW, GREEN, BLUE, RED, YELLOW, GREEN)[k]
        if k == 0:
            page.fill(poly(at((x0, -6), (x1, -6), (x1, 58), (x0 - 2, 58)), 8), "#8FB9CF")
            page.lump(poly(at((x0 - 2, -70), (x1 - 4, -70), (x1, -10), (x0, -10)), 8), tone, 5)
            for u, v in ((22, 16), (38, 34), (24, 42)):
                page.fill(oval(*at((u, v))[0], 9, 7), WHITE[2])
        else:
            page.lump(poly(at((x0, -6), (x1, -6), (x1 + 1, 58), (x0 - 1, 58)), 8), tone, 5)
            page.fill(limb(at((x0 + 10, 4), (x1 - 12, 4)), [4, 4]), tone[2])
    # The notebook, open.
    cover = [(140, 800), (914, 784), (1010, 1092), (66, 1116)]
    page.shadow(poly([(x + 18, y + 22) for x, y in cover], 16), 0.42, 9)
    page.fill(poly(cover, 16), TEAL[0])
    left = [(162, 800), (528, 806), (540, 1094), (92, 1094)]
    right = [(528, 806), (894, 790), (986, 1076), (540, 1094)]
    for k in (10, 5):
        page.fill(poly([(x, y + k) for x, y in left], 8), PALETTE["white_dark"] if k == 10 else WHITE[0])
        page.fill(poly([(x, y + k) for x, y in right], 8), PALETTE["white_dark"] if k == 10 else WHITE[0])
    page.fill(poly(left, 8), page.linear((120, 800), (540, 1000), (0, "#FFFDF6"), (0.8, "#FBF3E2"), (1, "#DECBAB")))
    page.fill(poly(right, 8), page.linear((528, 900), (960, 960), (0, "#E3D2B4"), (0.16, "#FFFBF0"), (1, "#F6EAD3")))

    def on(leaf: Sequence[Point], u: float, v: float) -> Point:
        (ax, ay), (bx, by), (qx, qy), (dx, dy) = leaf
        return (ax * (1 - u) + bx * u) * (1 - v) + (dx * (1 - u) + qx * u) * v, (ay * (1 - u) + by * u) * (1 - v) + (dy * (1 - u) + qy * u) * v

    rows = 8
    for leaf in (left, right):
        for i in range(rows + 1):
            v = 0.10 + i * 0.105
            page.line(spline([on(leaf, 0.07, v), on(leaf, 0.93, v)], closed=False), "#D9C7A8", 3)
        for u in (0.30, 0.62):
            page.line(spline([on(leaf, u, 0.07), on(leaf, u, 0.95)], closed=False), "#E8B9A0", 3)
    for i in range(rows):
        for leaf, filled in ((left, rows), (right, 4)):
            if i >= filled:
                continue
            v = 0.155 + i * 0.105
            page.line(spline([on(leaf, 0.10, v), on(leaf, 0.18 + 0.08 * ((i * 5) % 3) / 2, v)], closed=False), "#6C8596", 7, 0.85)
            (x, y) = on(leaf, 0.45, v)
            page.line(spline([(x - 13, y - 2), (x - 4, y + 8), (x + 15, y - 14)], closed=False, tension=0.2), TEAL[1], 7)
            page.line(spline([on(leaf, 0.68, v), on(leaf, 0.78 + 0.13 * ((i * 7) % 4) / 3, v)], closed=False), "#B9A588", 6, 0.9)
    page.fill(limb([(528, 806), (534, 950), (540, 1094)], [5, 8, 5]), "#B79B70", 0.55)
    # The pen lies on the right leaf; the glasses in front.
    page.shadow(limb([(640, 1056), (862, 900)], [10, 9]), 0.4, 4)
    page.tube([(624, 1044), (660, 1018)], [5, 11], DARK)
    page.tube([(656, 1020), (848, 886)], [13, 13], YELLOW)
    page.tube([(800, 920), (862, 876)], [14, 13], TEAL)
    glass = Place(300, 1168, 7, 1.05)
    for u in (-94, 94):
        page.shadow(oval(*glass((u + 14, 24))[0], 80, 36, 7), 0.22, 6)
    page.line(spline(glass((-168, -10), (-190, -60), (-168, -160), (-128, -196)), closed=False), "#5B3A2E", 10)
    page.line(spline(glass((168, -10), (192, -60), (176, -160), (138, -200)), closed=False), "#5B3A2E", 10)
    for u in (-94, 94):
        d = oval(*glass((u, 0))[0], 78, 44, 7)
        page.fill(d, "#FFFFFF", 0.28)
        page.fill(poly(glass((u - 40, 20), (u - 8, -34), (u + 12, -34), (u - 20, 24)), 6), "#FFFFFF", 0.4)
        page.line(d, "#6F4638", 12)
        page.line(spline(glass((u - 62, -24), (u, -44), (u + 50, -32)), closed=False), "#A87561", 4)
    page.line(spline(glass((-18, -8), (0, -22), (18, -8)), closed=False), "#6F4638", 11)
    return page


def soup() -> Page:
    """A pot of soup, steaming; a hand with the ladle, bowls ready."""
    page = Page(1080, 1440)
    tiling(page, -30, -30, 1160, 620, (190, 150), ("#F3E6CF", "#EFDFC4", "#F6EBD8", "#F1E2CA"), 101)
    page.fill(box(0, 0, 1080, 600), page.linear((0, 0), (1080, 600), (0, "#FFF3CF", 0.55), (1, "#C99A6A", 0.30)))
    page.fill(box(0, 560, 1080, 900), page.linear((0, 560), (1080, 1440), (0, "#D9A870"), (1, "#AE7644")))
    page.fill(box(0, 560, 1080, 10), "#F0CFA0")
    runner = [(230, 570), (850, 570), (1010, 1450), (70, 1450)]
    page.fill(poly(runner), page.linear((200, 600), (900, 1400), (0, "#F8EEDC"), (1, "#E3CDAC")))
    with page.clip(poly(runner)):
        for k in (0.05, 0.09, 0.91, 0.95):
            page.line(f"M{230 + 620 * k:.0f} 570L{70 + 940 * k:.0f} 1450", BRICK[1] if k in (0.05, 0.95) else AQUA[0], 10, 0.75)
        page.fill(limb([(60, 1180), (400, 1150), (760, 1190), (1020, 1160)], [6, 16, 14, 6]), "#D3B88F", 0.45)
        page.fill(limb([(60, 1160), (400, 1128), (760, 1168), (1020, 1140)], [4, 10, 9, 4]), "#FFF8EA", 0.6)
    # The pot.
    cx, cy = 530, 690
    page.shadow(oval(cx + 70, 962, 400, 62), 0.45, 16)
    page.fill(oval(cx, 950, 318, 56), "#7A4A2A")
    page.fill(oval(cx, 942, 318, 54), WOOD[0])
    pot = f"M{cx - 330} {cy}C{cx - 326} {cy + 130} {cx - 310} {cy + 236} {cx - 220} {cy + 262}C{cx - 90} {cy + 286} {cx + 90} {cy + 286} {cx + 220} {cy + 262}C{cx + 310} {cy + 236} {cx + 326} {cy + 130} {cx + 330} {cy}Z"
    for side in (-1, 1):
        page.tube([(cx + side * 318, 750), (cx + side * 392, 742), (cx + side * 396, 796), (cx + side * 318, 806)], [17, 19, 19, 17], BRICK)
    page.fill(pot, page.linear((cx - 330, 0), (cx + 330, 140), (0, "#D06A49"), (0.18, "#E58A66"), (0.45, "#C75F40"), (1, "#8F4029")))
    with page.clip(pot):
        page.fill(limb([(248, 760), (262, 850), (306, 912)], [9, 20, 8]), "#F8BFA4", 0.9)
        page.fill(limb([(292, 780), (300, 850), (320, 890)], [4, 8, 4]), "#F8BFA4", 0.6)
        page.shadow(limb([(190, 716), (360, 786), (530, 800), (700, 786), (870, 716)], [14, 14, 14, 14, 14]), 0.3)
    page.fill(oval(cx, cy, 336, 92), page.linear((200, 600), (860, 780), (0, "#F7A988"), (0.5, "#CC6647"), (1, "#A34F34")))
    page.fill(oval(cx, cy + 2, 312, 80), "#7E3A26")
    page.fill(oval(cx, cy + 4, 308, 77), page.linear((230, 620), (830, 760), (0, "#A3553A"), (1, "#F3D3B4")))
    broth = oval(cx, cy + 18, 292, 62)
    page.fill(broth, page.linear((240, 650), (820, 770), (0, "#F6C75F"), (0.6, "#EDB048"), (1, "#D18F33")))
    with page.clip(broth):
        rnd = Random(102)
        for x, y in ((330, 712), (420, 744), (690, 738), (760, 706), (470, 676), (600, 752), (386, 690)):
            kind = rnd.choice(("corn", "carrot"))
            if kind == "carrot":
                page.fill(oval(x + 3, y + 7, 36, 15), "#B87A28", 0.6)
                page.fill(oval(x, y, 36, 15), "#D9662F")
                page.fill(oval(x - 2, y - 2, 30, 11), "#F08A45")
                page.fill(oval(x - 2, y - 2, 11, 4), "#F7B36F")
            else:
                page.fill(oval(x + 3, y + 8, 42, 17), "#B87A28", 0.6)
                page.fill(oval(x, y, 42, 18), "#E9B32E")
                page.fill(oval(x - 2, y - 4, 38, 13), "#FFE07A")
                page.fill(oval(x - 2, y - 4, 16, 5), "#F3E6B8")
                for k in range(6):
                    page.fill(oval(x - 30 + k * 12, y + 6 - abs(k - 2.5) * 2, 5, 5), "#FFD24F")
        for _ in range(40):
            x, y = rnd.gauss(cx, 150), rnd.gauss(cy + 20, 30)
            page.line(oval(x, y, 7, 3.4, 0), rnd.choice(("#5F9A4E", "#86BC62", "#4A8040")), 4)
        for _ in range(34):
            r = rnd.uniform(4, 15)
            x, y = rnd.gauss(cx, 160), rnd.gauss(cy + 18, 34)
            page.line(oval(x, y, r, r * 0.36), "#FFE6A3", 2.5, 0.9)
        page.fill(limb([(270, 690), (340, 668), (440, 662)], [4, 10, 4]), "#FFF1C8", 0.8)
    # The ladle in the soup, hand above at the right.
    hold = Place(778, 486, 30, 1.16)
    (bx, by), = hold((0, 250))
    lx = bx - 40
    page.fill(oval(lx - 20, by - 12, 86, 26), "#B87A28", 0.35)
    page.lump(spline([(lx - 92, by - 36), (lx - 74, by + 4), (lx - 16, by + 20), (lx + 40, by + 2), (lx + 56, by - 36)]), STEEL, 10)
    page.fill(oval(lx - 18, by - 36, 75, 20), STEEL[0])
    page.fill(oval(lx - 18, by - 36, 69, 16), "#EDB048")
    page.fill(oval(lx - 34, by - 38, 24, 8), "#F08A45")
    page.fill(oval(lx + 8, by - 34, 18, 6), "#FFE07A")
    page.line(oval(lx - 4, by - 42, 8, 3), "#5F9A4E", 4)
    page.fill(limb([(lx - 100, by + 14), (lx - 20, by + 30), (lx + 70, by + 10)], [3, 8, 3]), "#FFE6A3", 0.9)
    steam(page, [[(360, 640), (320, 560), (380, 460), (330, 350), (380, 240), (350, 130)], [(500, 620), (540, 520), (480, 410), (530, 300), (490, 170)], [(620, 640), (600, 560), (650, 470), (610, 380)]], 44, 0.5)
    page.tube(hold((0, 228), (0, 150), (0, 60)), [9, 12, 13], STEEL)
    fist(page, hold, SKIN, lambda: page.tube(hold((0, -170), (0, -60), (0, 140)), [19, 16, 13], STEEL), reach=[(88, 34), (180, 40), (330, 20), (760, -90)])
    # Two bowls in front.
    for x, y, full in ((250, 1056, True), (800, 1070, False)):
        page.shadow(oval(x + 40, y + 66, 150, 28), 0.42, 10)
        page.fill(oval(x, y + 64, 62, 16), "#B9C6C4")
        bowl = f"M{x - 146} {y - 30}C{x - 136} {y + 30} {x - 90} {y + 70} {x - 50} {y + 72}L{x + 50} {y + 72}C{x + 90} {y + 70} {x + 136} {y + 30} {x + 146} {y - 30}Z"
        page.fill(bowl, page.linear((x - 146, y), (x + 146, y + 40), (0, "#FFFFFF"), (0.5, "#EEF1EC"), (1, "#C3CFCB")))
        with page.clip(bowl):
            page.fill(limb([(x - 140, y + 8), (x - 60, y + 40), (x + 60, y + 40), (x + 140, y + 8)], [6, 6, 6, 6]), AQUA[0])
            page.fill(limb([(x - 140, y + 24), (x - 60, y + 58), (x + 60, y + 58), (x + 140, y + 24)], [2.5] * 4), AQUA[0])
        page.fill(oval(x, y - 30, 146, 40), "#FFFFFF")
        page.fill(oval(x, y - 28, 134, 33), page.linear((x - 134, 0), (x + 134, 0), (0, "#B7C6C3"), (1, "#F2F5F2")))
        if full:
            page.fill(oval(x, y - 22, 118, 25), "#EDB048")
            page.fill(oval(x - 34, y - 24, 28, 10), "#F08A45")
            page.fill(oval(x + 40, y - 20, 32, 11), "#FFE07A")
            for u, v in ((-70, -20), (0, -34), (10, -12), (74, -28)):
                page.line(oval(x + u, y + v, 7, 3), "#5F9A4E", 4)
            page.fill(limb([(x - 90, y - 34), (x - 40, y - 42)], [3, 5]), "#FFF1C8")
    return page


def brush(page: Page, at: Place, tone: Tones, length: float = 300, head: float = 54) -> None:
    """A hand brush seen from above, bristles at the top."""
    s = at.size
    page.shadow(limb(at((14, -60), (14, length)), [40 * s, 20 * s]), 0.35, 6)
    bristle = poly(at((-head - 14, -96), (head + 14, -96), (head, 10), (-head, 10)), 8 * s)
    page.fill(bristle, "#D9CFBE")
    with page.clip(bristle):
        for k in range(int(head / 4)):
            u = -head - 10 + k * 8.6
            page.line(spline(at((u * 1.1, -100), (u, 10)), closed=False), "#F6F0E4" if k % 2 else "#B3A893", 4 * s)
    page.lump(poly(at((-head, -16), (head, -16), (head - 6, 60), (18, 96), (-18, 96), (-head + 6, 60)), 20 * s), tone, 10 * s)
    page.tube(at((0, 70), (0, 150), (0, length)), [18 * s, 20 * s, 24 * s], tone)
    page.fill(oval(*at((0, length - 4))[0], 8 * s), tone[0])


def glove(page: Page, at: Place, tone: Tones) -> None:
    """An empty rubber glove lying flat, fingers up."""
    s = at.size
    parts = [((-62, 10), (-84, -70), (-92, -124)), ((-26, 0), (-34, -100), (-36, -164)), ((14, 0), (16, -104), (20, -168)), ((52, 14), (66, -74), (76, -136))]
    page.shadow(spline(Place(at.x + 14, at.y + 18, 0, s)((-100, -90), (-36, -150), (40, -150), (90, -100), (80, 120), (-70, 120))), 0.28, 8)
    palm = spline(at((-84, -6), (-40, -30), (30, -30), (78, 0), (86, 70), (66, 150), (72, 226), (-66, 226), (-62, 150), (-88, 70)))
    fingers = [limb(at(*part), [29 * s, 28 * s, 23 * s]) for part in parts]
    shapes = [limb(at((54, 96), (112, 30), (134, -30)), [36 * s, 29 * s, 23 * s]), *fingers, palm]
    for d in shapes:
        page.fill(d, tone[0])
    lx, ly = page.light
    with page.clip(*shapes):
        with page.group(transform=f"translate({lx * 11 * s:.1f} {ly * 11 * s:.1f})"):
            for d in shapes:
                page.fill(d, tone[1])
        for part in parts:
            page.fill(limb(at(*part), [8 * s, 9 * s, 7 * s], (lx * 12 * s, ly * 12 * s)), tone[2], 0.85)
        for a, b in (((-48, 6), (-60, -60)), ((-6, -4), (-9, -80)), ((34, 2), (42, -70))):
            page.fill(limb(at(a, b), [3 * s, 6 * s]), tone[0], 0.85)
        page.fill(limb(at((-62, 0), (-66, 60), (-48, 140)), [6 * s, 13 * s, 6 * s]), tone[2], 0.9)
        page.fill(limb(at((-40, 128), (10, 138), (60, 124)), [2 * s, 7 * s, 2 * s]), tone[0], 0.8)
        page.fill(limb(at((0, 40), (30, 66), (64, 66)), [2 * s, 6 * s, 2 * s]), tone[0], 0.7)
    page.tube(at((-62, 226), (2, 232), (68, 226)), [15 * s] * 3, tone)


def toolbag() -> Page:
    """The open tool bag from above: brushes, spray bottle, four colours of cloth, gloves."""
    page = Page(1080, 1440)
    page.fill(box(0, 0, 1080, 1440), page.linear((0, 0), (1080, 1440), (0, "#EBC89C"), (1, "#C08C57")))
    rnd = Random(111)
    for i in range(7):
        x = i * 168 - 40
        page.fill(box(x, 0, 166, 1440), rnd.choice(("#D9AC78", "#E3BA88", "#D2A26C")), 0.5)
        page.line(f"M{x} 0L{x} 1440", "#A9784A", 3, 0.6)
        for _ in range(4):
            u, v = x + rnd.uniform(24, 140), rnd.uniform(-100, 1200)
            page.line(spline([(u, v), (u + rnd.uniform(-8, 8), v + 180), (u, v + 360)], closed=False), "#A9784A", 2, 0.35)
    window_light(page, [(-40, 40), (560, -60), (900, 520), (180, 700)], 0.34)
    # Straps, then the bag's wall and its inside.
    for x in (300, 780):
        page.shadow(limb([(x + 16, 420), (x - 40, 300), (x + 60 if x < 540 else x - 30, 262), (x + 116, 420)], [17] * 4), 0.3, 7)
    page.tube([(320, 430), (300, 300), (400, 244), (680, 244), (780, 300), (760, 430)], [19] * 6, YELLOW)
    outer = box(130, 400, 820, 640, 110)
    page.shadow(box(158, 436, 820, 640, 110), 0.45, 14)
    page.fill(outer, page.linear((130, 400), (950, 1040), (0, "#2E9A92"), (0.4, "#0B7A75"), (1, "#064F4D")))
    page.line(box(146, 416, 788, 608, 98), YELLOW[1], 13)
    page.line(box(150, 420, 780, 600, 94), YELLOW[0], 3)
    inside = box(176, 446, 728, 548, 74)
    page.fill(inside, page.linear((176, 446), (904, 994), (0, "#04403F"), (1, "#0A6A66")))
    with page.clip(inside):
        page.shadow("M150 420L930 420L930 500L300 500L250 1040L150 1040Z", 0.5, 22, "#022B2B")
        for x in (410, 666):
            page.fill(box(x, 440, 14, 570), "#054B49")
            page.fill(box(x, 440, 5, 570), "#2E8F88", 0.8)
    # Four cloths in their pocket.
    for i, tone in enumerate((RED, GREEN, BLUE, YELLOW)):
        y = 474 + i * 124
        page.shadow(box(206, y + 12, 196, 112, 26), 0.4, 6)
        page.lump(box(196, y, 196, 112, 26), tone, 9)
        page.fill(limb([(216, y + 34), (290, y + 30), (366, y + 36)], [4, 7, 3]), tone[0], 0.75)
        page.fill(limb([(216, y + 70), (290, y + 66), (366, y + 72)], [4, 7, 3]), tone[0], 0.75)
        page.fill(limb([(220, y + 16), (290, y + 13), (350, y + 16)], [3, 6, 3]), tone[2])
        for k in range(4):
            page.line(f"M{376 - k} {y + 24 + k * 20}l10 6", tone[2], 3, 0.7)
    # The spray bottle lies in the middle, brushes at the right.
    page.shadow(poly(Place(566, 968, 4, 1.42)((-64, 0), (74, 0), (80, -230), (-60, -330)), 20), 0.4, 8)
    spray(page, Place(546, 960, 2, 1.36), BLUE)
    brush(page, Place(748, 590, -4, 0.98), RED, 350, 50)
    brush(page, Place(846, 676, 5, 0.8), WOOD, 360, 34)
    # The gloves lie over the front edge, in front of the brushes.
    glove(page, Place(726, 956, 166, 0.72), YELLOW)
    glove(page, Place(846, 966, 188, 0.72), YELLOW)
    # A roll of bags beside.
    page.shadow(oval(330, 1180, 120, 44), 0.4, 9)
    page.tube([(250, 1160), (356, 1138)], [52, 52], ("#2F3F46", "#4A5F66", "#7D959B"))
    page.fill(oval(366, 1136, 32, 52, -12), "#34464D")
    page.fill(oval(368, 1136, 14, 23, -12), "#D9BE92")
    return page


def keys() -> Page:
    """A quiet evening: bag and uniform on the hooks by the door, keys under the lamp."""
    page = Page(1440, 1080)
    page.fill(box(0, 0, 1440, 1080), page.linear((0, 0), (1440, 900), (0, "#E6BE8B"), (0.5, "#B9907A"), (1, "#77667E")))
    lamp = (252.0, 430.0)
    page.fill(box(0, 0, 1440, 1080), page.radial(lamp, 700, (0, "#FFE9AE", 0.95), (0.45, "#FFD58A", 0.45), (1, "#FFD58A", 0)))
    with page.group(blur=14):
        page.fill("M152 386L352 386L492 -40L-8 -40Z", page.linear((0, 386), (0, -20), (0, "#FFF3CB", 0.75), (1, "#FFF3CB", 0.05)), 0.8)
    # Skirting, floor.
    page.fill(box(0, 872, 1440, 42), page.linear((0, 0), (1440, 0), (0, "#F6DDB4"), (1, "#9C8A92")))
    page.fill(box(0, 910, 1440, 180), page.linear((0, 0), (1440, 0), (0, "#B9814C"), (0.5, "#8F6346"), (1, "#5D4650")))
    for x in (80, 330, 590, 860, 1140, 1400):
        page.line(f"M{x} 912L{x + (x - 700) * 0.35:.0f} 1080", "#5B3B2E", 3, 0.6)
    page.shadow(box(-60, 910, 1560, 18), 0.35, 8)
    # The door at the right, its night window.
    page.shadow(box(1076, 40, 420, 880), 0.35, 14)
    page.fill(box(1052, 26, 420, 888), "#8A6B62")
    page.fill(box(1052, 26, 16, 888), "#C79E7C")
    page.fill(box(1084, 56, 400, 858), page.linear((1084, 0), (1440, 0), (0, "#4E7F7A"), (1, "#2E5560")))
    page.fill(box(1150, 110, 230, 330, 12), "#274A55")
    page.fill(box(1158, 118, 222, 322, 8), page.linear((0, 118), (0, 440), (0, "#2B3C63"), (1, "#6C6E97")))
    with page.clip(box(1158, 118, 214, 314, 8)):
        page.fill(spline([(1120, 470), (1180, 330), (1230, 320), (1280, 400), (1320, 300), (1400, 340), (1420, 480)]), "#26355A")
        page.fill(oval(1310, 190, 46), "#FFE9B5", 0.18)
        page.fill(oval(1310, 190, 30), "#FFEFC6")
        for x, y in ((1196, 404), (1222, 396), (1218, 420), (1330, 392), (1352, 410), (1306, 416)):
            page.fill(box(x, y, 10, 11, 2), "#FFD27A")
    page.fill(box(1150, 520, 230, 330, 12), "#2A535A", 0.8)
    page.fill(box(1158, 530, 222, 320, 10), "#3A6A6C", 0.8)
    page.shadow(oval(1118, 606, 22), 0.4, 5)
    page.tube([(1112, 596), (1184, 600)], [14, 11], ("#A97D36", "#E4C27A", "#FFF3CF"))
    # The rail with hooks.
    page.shadow(box(578, 196, 446, 46, 14), 0.4, 10)
    page.fill(box(560, 176, 446, 48, 14), page.linear((560, 0), (1006, 0), (0, "#D29A62"), (1, "#8B5E44")))
    page.fill(box(566, 178, 430, 9, 4), "#EFC38C")
    # The uniform on its hanger.
    ux = 694
    tunic = [(ux - 46, 306), (ux - 120, 340), (ux - 176, 470), (ux - 120, 500), (ux - 98, 452), (ux - 108, 700), (ux + 108, 700), (ux + 98, 452), (ux + 120, 500), (ux + 176, 470), (ux + 120, 340), (ux + 46, 306)]
    page.shadow(poly([(x + 40, y + 26) for x, y in tunic], 22), 0.45, 14)
    page.line(f"M{ux} 262L{ux} 236C{ux} 214 {ux + 30} 214 {ux + 28} 236", "#D9C39A", 7)
    page.line(f"M{ux} 262L{ux - 110} 330M{ux} 262L{ux + 110} 330", WOOD[0], 13)
    page.fill(poly([(ux - 44, 304), (ux, 330), (ux + 44, 304), (ux + 30, 292), (ux - 30, 292)], 6), "#064744")
    body = poly(tunic, 20)
    page.fill(body, page.linear((ux - 170, 320), (ux + 170, 620), (0, "#35A39A"), (0.35, "#0D7D77"), (1, "#064D4F")))
    with page.clip(body):
        for a, b, c in (((ux - 60, 470), (ux - 70, 590), (ux - 62, 700)), ((ux + 30, 500), (ux + 44, 600), (ux + 36, 700)), ((ux + 84, 400), (ux + 78, 480), (ux + 90, 600)), ((ux - 130, 430), (ux - 108, 440), (ux - 98, 470))):
            page.fill(limb([a, b, c], [2, 9, 3]), "#075452", 0.85)
        page.fill(limb([(ux - 84, 380), (ux - 84, 520), (ux - 92, 690)], [4, 9, 5]), "#57BDB2", 0.8)
        page.fill(limb([(ux - 4, 480), (ux + 2, 590), (ux - 4, 690)], [2, 7, 3]), "#2E9A92", 0.8)
        page.line(f"M{ux} 330L{ux} 700", "#075452", 4)
        page.fill(box(ux - 120, 684, 240, 20), YELLOW[0])
        page.line(f"M{ux - 178} 464L{ux - 116} 494", YELLOW[1], 15)
        page.line(f"M{ux + 178} 464L{ux + 116} 494", YELLOW[0], 15)
    page.line(spline([(ux - 46, 304), (ux - 22, 340), (ux, 366)], closed=False), YELLOW[1], 13)
    page.line(spline([(ux + 46, 304), (ux + 22, 340), (ux, 366)], closed=False), YELLOW[0], 13)
    for y in (420, 490, 560, 630):
        page.fill(oval(ux + 1, y, 7), YELLOW[1])
    page.fill(box(ux + 26, 560, 66, 74, 10), "#0A6662")
    page.fill(box(ux + 26, 560, 66, 9, 4), YELLOW[0])
    # The work bag on the next hook.
    bx = 932
    page.shadow(poly([(bx - 90 + 38, 420 + 26), (bx + 96 + 38, 420 + 26), (bx + 112 + 38, 640 + 26), (bx - 104 + 38, 640 + 26)], 28), 0.45, 14)
    page.line(spline([(bx - 60, 440), (bx - 34, 300), (bx, 226), (bx + 34, 300), (bx + 64, 440)], closed=False), "#8F5A36", 14)
    bag = poly([(bx - 92, 416), (bx + 96, 416), (bx + 114, 644), (bx - 106, 644)], 34)
    page.fill(bag, page.linear((bx - 100, 420), (bx + 110, 640), (0, "#F3C37C"), (0.4, "#D9984E"), (1, "#94603E")))
    with page.clip(bag):
        page.fill(spline([(bx - 100, 410), (bx + 104, 410), (bx + 104, 500), (bx + 40, 540), (bx - 40, 540), (bx - 100, 500)]), "#C9853F")
        page.fill(spline([(bx - 100, 404), (bx + 104, 404), (bx + 100, 490), (bx + 36, 528), (bx - 40, 528), (bx - 98, 490)]), "#E2A65C")
        page.fill(limb([(bx - 70, 432), (bx - 72, 480), (bx - 40, 512)], [4, 9, 4]), "#FBDDA8", 0.9)
    page.fill(oval(bx, 526, 13), "#8F5A36")
    page.fill(oval(bx - 3, 523, 9), "#FFE4A6")
    for x in (ux + 14, bx):
        page.tube([(x, 200), (x + 4, 232), (x - 8, 244)], [9, 8, 7], ("#8F6A34", "#E4C27A", "#FFF3CF"))
    with page.group(transform="translate(-48 0)"):
        # The small table with the lamp, the keys in a dish, a cup.
        page.shadow(poly([(140, 912), (560, 912), (640, 960), (180, 960)], 30), 0.35, 14)
        for x in (156, 438):
            page.fill(poly([(x, 700), (x + 26, 700), (x + 20, 896), (x + 6, 896)], 5), "#8A5A38")
        for x in (116, 470):
            page.fill(poly([(x, 700), (x + 34, 700), (x + 26, 930), (x + 8, 930)], 6), page.linear((x, 0), (x + 34, 0), (0, "#D9A066"), (1, "#8B5B36")))
        page.fill(box(84, 676, 470, 70, 10), page.linear((0, 676), (0, 746), (0, "#C98E55"), (1, "#96633B")))
        page.fill(box(238, 694, 150, 36, 8), "#A56F42")
        page.fill(oval(313, 712, 9), YELLOW[1])
        page.fill(poly([(96, 630), (540, 630), (580, 682), (56, 682)], 8), page.linear((56, 0), (580, 0), (0, "#F6D39B"), (0.5, "#FBE0AE"), (1, "#D09B63")))
        page.fill(poly([(58, 676), (578, 676), (580, 694), (56, 694)], 5), "#B57C49")
        page.shadow(oval(314, 656, 86, 12), 0.3, 5)
        page.lump(spline([(262, 560), (246, 610), (262, 650), (300, 658), (338, 650), (354, 610), (338, 560), (316, 530), (284, 530)]), AQUA, 15, spline([(272, 570), (262, 604), (274, 632), (284, 600)]))
        page.fill(box(292, 470, 16, 66), "#C59A4E")
        shade = poly([(214, 340), (386, 340), (436, 494), (164, 494)], 12)
        page.fill(shade, page.linear((0, 340), (0, 494), (0, "#E3AE58"), (0.5, "#FFE3A0"), (1, "#FFD27A")))
        page.fill(oval(300, 494, 136, 11), "#FFFBE8")
        with page.group(opacity=0.5, blur=36):
            page.fill(oval(300, 430, 170, 130), "#FFF0BE")
        page.fill(shade, page.linear((0, 340), (0, 494), (0, "#F0C06A", 0.5), (0.5, "#FFF4D2", 0.6), (1, "#FFDD90", 0.4)))
        # The keys, on a ring with a round fob.
        for part, tone in (((8, 12), ""), ((0, 0), "key")):
            ox, oy = part
            marks = ((oval(424 + ox, 642 + oy, 24, 15), 8, "#E9C77F"), (f"M{440 + ox} {652 + oy}L{524 + ox} {668 + oy}M{500 + ox} {664 + oy}l-5 11M{514 + ox} {667 + oy}l-5 10", 10, "#D2A14C"),
                     (f"M{428 + ox} {656 + oy}L{470 + ox} {682 + oy}M{456 + ox} {674 + oy}l-10 7", 10, "#F2D48F"))
            for d, width, colour in marks:
                if tone:
                    page.line(d, colour, width)
                else:
                    with page.group(opacity=0.3, blend="multiply", blur=3):
                        page.line(d, SHADOW, width)
        page.lump(oval(386, 650, 24, 16, -10), BRICK, 5)
        page.fill(oval(380, 645, 9, 5, -10), BRICK[2])
        _cup(page, 150, 668, WHITE, "#B9793C")
    return page


# --- the files -------------------------------------------------------------------------------------------------------

PICTURES: dict[str, Callable[[], Page]] = {
    make.__name__: make
    for make in (
        shoes, dust, track, degrease, tap, wipe, floor, filter_before, filter_after, drum_before, drum_after,
        sofa_before, sofa_after, bath, log, soup, toolbag, keys,
    )
}  # fmt: skip

# When the pairs were "taken": two hours apart on one made-up day.
TAKEN = {
    "filter_before": "2026:03:18 09:05:12", "filter_after": "2026:03:18 11:05:12",
    "drum_before": "2026:03:18 13:20:40", "drum_after": "2026:03:18 15:20:40",
    "sofa_before": "2026:03:18 09:31:07", "sofa_after": "2026:03:18 11:31:07",
}  # fmt: skip
LIMIT = 170_000


def save(name: str, folder: Path) -> int:
    """Draw a picture and write its JPEG, at most LIMIT bytes; says how many."""
    image = grain(PICTURES[name]().image(), amount=0.8)
    exif = Image.Exif()
    if name in TAKEN:
        exif.get_ifd(0x8769)[0x9003] = TAKEN[name]  # DateTimeOriginal
    for quality in range(88, 60, -2):
        out = io.BytesIO()
        extra = {"exif": exif} if name in TAKEN else {}
        image.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=True, **extra)
        if out.tell() <= LIMIT:
            break
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jpg").write_bytes(out.getvalue())
    return out.tell()


def main() -> None:
    """Draw the pictures asked for, or all."""
    ap = argparse.ArgumentParser(description="Draw the example pictures of things.")
    ap.add_argument("names", nargs="*", metavar="name", help=", ".join(PICTURES))
    ap.add_argument("--out", type=Path, default=PHOTOS)
    args = ap.parse_args()
    if unknown := set(args.names) - set(PICTURES):
        ap.error(f"no such picture: {', '.join(sorted(unknown))}")
    for name in args.names or PICTURES:
        print(f"{name}.jpg {save(name, args.out)} bytes")


if __name__ == "__main__":
    main()

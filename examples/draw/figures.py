"""The drawing kit of the illustrations: palette, pen, faces, hair, hands, clothes, grounds.

Every function returns a piece of SVG (a string). Lengths are pixels of the finished picture unless a docstring says otherwise.
Light comes from the upper left. Nothing has an outline: forms are told apart by tone.
"""

from __future__ import annotations

import io
import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import resvg_py
from PIL import Image

Point = tuple[float, float]
Points = Sequence[Point]

PHOTOS = Path(__file__).resolve().parent.parent / "photos"

PALETTE: dict[str, str] = {
    # skin: fair, warm, tanned; each: light, base, shade, deep (the darkest crease), blush
    "fair_light": "#FBE0C6", "fair": "#F4CDAB", "fair_shade": "#DFA580", "fair_deep": "#B8734F", "fair_blush": "#E98F78",
    "warm_light": "#F5D2AE", "warm": "#EBBD93", "warm_shade": "#D09468", "warm_deep": "#A5643F", "warm_blush": "#DE8164",
    "tan_light": "#EBC199", "tan": "#DDA97C", "tan_shade": "#BC8055", "tan_deep": "#8F5433", "tan_blush": "#CF7255",
    "glove_light": "#FFE4A0", "glove": "#F6C453", "glove_shade": "#D69A2E", "glove_deep": "#A87018", "glove_blush": "#D69A2E",
    # hair
    "black": "#2E2724", "black_light": "#4C403A", "black_dark": "#1F1A19",
    "brown": "#45322A", "brown_light": "#694C3D", "brown_dark": "#2F211C",
    "grey": "#8E8780", "grey_light": "#BDB6AD", "grey_dark": "#69625D", "silver": "#CFC9C0", "silver_light": "#E4DFD7", "silver_dark": "#A59D94",
    # the uniform and its accent
    "teal": "#0B7A75", "teal_light": "#2E9A92", "teal_pale": "#8CC7BF", "teal_dark": "#075C5A", "teal_deep": "#054543",
    "yellow": "#FFC94A", "yellow_light": "#FFDF8E", "yellow_dark": "#E0A02C",
    # other cloth
    "plum": "#84465F", "plum_light": "#A0607A", "plum_dark": "#643149", "plum_deep": "#4B2236",
    "rose": "#F3D5CC", "rose_light": "#FBE8E1", "rose_dark": "#DDB0A4", "rose_deep": "#C08D82",
    "steel": "#6C8596", "steel_light": "#8BA3B1", "steel_dark": "#4F6677", "steel_deep": "#384B5A",
    "oat": "#DCC6A4", "oat_light": "#EBDBC0", "oat_dark": "#BFA37B", "oat_deep": "#9B7F59",
    "navy": "#3C4A63", "navy_light": "#566682", "navy_dark": "#2A3549",
    "cover_blue": "#6FA8D6", "cover_blue_dark": "#4D86B8", "brick": "#C96B4B", "brick_dark": "#A34F34",
    # whites, wood, walls, tiles
    "white": "#FFF9EE", "white_bright": "#FFFDF8", "white_shade": "#EADFCF", "white_dark": "#CDBFAB",
    "wood": "#C58F5C", "wood_light": "#DDB180", "wood_dark": "#9C6A3E", "wood_deep": "#6F4827",
    "wall": "#F3E4CD", "wall_light": "#FBF1E0", "wall_shade": "#E2CDAF", "wall_dark": "#C9AF8C",
    "wall_green": "#CFDDCB", "wall_green_shade": "#AFC4AE", "wall_blue": "#CBDDE0", "wall_blue_shade": "#A9C3C9",
    "wall_peach": "#F6D6BC", "wall_peach_shade": "#E6B796",
    "tile": "#E6EAE2", "tile_light": "#F4F5EE", "tile_shade": "#CBD3CB", "tile_line": "#BCC6BE",
    "leaf": "#6E9A6A", "leaf_light": "#93B985", "leaf_dark": "#487350", "leaf_deep": "#31563D",
    "steel_grey": "#A9B1B3", "steel_grey_light": "#D4D9D8", "steel_grey_dark": "#7B8587",
    "ink": "#3A302C", "dusk": "#5B5A7E", "dawn": "#F8C9A0",
}
P = PALETTE


# ---------------------------------------------------------------- page and file
def page(w: int, h: int, body: str) -> str:
    """A whole SVG of w x h pixels."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{body}</svg>'


def raster(svg: str, w: int, h: int) -> Image.Image:
    """The SVG as an RGB picture."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=w, height=h, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(png)), formats=["PNG"]) as image:
        white = Image.new("RGBA", image.size, "#FFF9EE")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB").crop((0, 0, w, h))


def grain(image: Image.Image, amount: float = 0.8, seed: int = 7) -> Image.Image:
    """A fine even paper grain, the same for the same seed."""
    rng = np.random.default_rng(seed)
    h, w = image.height, image.width
    coarse = rng.normal(0, 1, (h // 2 + 1, w // 2 + 1)).repeat(2, 0).repeat(2, 1)[:h, :w]
    coarse = (coarse + np.roll(coarse, 1, 0) + np.roll(coarse, 1, 1) + np.roll(coarse, (1, 1), (0, 1))) / 2.6
    pixels = np.asarray(image, np.float32) + (amount * coarse)[..., None]
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def save(svg: str, w: int, h: int, file: Path, *, quality: int = 88, limit: int = 170_000) -> int:
    """Render, add the grain, write a baseline JPEG without metadata of at most `limit` bytes; says how many."""
    image = grain(raster(svg, w, h))
    for step in range(quality, 60, -2):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=step, subsampling="4:2:0", optimize=True, progressive=False)
        if out.tell() <= limit:
            break
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(out.getvalue())
    return out.tell()


# ---------------------------------------------------------------- the pen
def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def curve(points: Points, *, closed: bool = True, pull: float = 1.0) -> str:
    """Path data of a smooth curve through the points (Catmull-Rom); pull 0 is a polygon."""
    p = list(points)
    n = len(p)
    k = pull / 6
    out = [f"M{_n(p[0][0])} {_n(p[0][1])}"]
    for i in range(n if closed else n - 1):
        if closed:
            a, b, c, d = p[i - 1], p[i], p[(i + 1) % n], p[(i + 2) % n]
        else:
            a, b, c, d = p[max(i - 1, 0)], p[i], p[i + 1], p[min(i + 2, n - 1)]
        x1, y1 = b[0] + (c[0] - a[0]) * k, b[1] + (c[1] - a[1]) * k
        x2, y2 = c[0] - (d[0] - b[0]) * k, c[1] - (d[1] - b[1]) * k
        out.append(f"C{_n(x1)} {_n(y1)} {_n(x2)} {_n(y2)} {_n(c[0])} {_n(c[1])}")
    return "".join(out) + ("Z" if closed else "")


def fill(d: str, colour: str, opacity: float = 1) -> str:
    """A filled path; `colour` is a colour or a paint made by `fade`."""
    see = "" if opacity >= 1 else f' fill-opacity="{opacity:g}"'
    return f'<path d="{d}" fill="{colour}"{see}/>'


def blob(points: Points, colour: str, opacity: float = 1, pull: float = 1.0) -> str:
    """A smooth filled shape through the points."""
    return fill(curve(points, pull=pull), colour, opacity)


def poly(points: Points, colour: str, opacity: float = 1) -> str:
    """A filled polygon."""
    return fill("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z", colour, opacity)


def _sample(points: Points, steps: int = 8) -> list[Point]:
    """Points along the smooth open curve through the points."""
    p = list(points)
    out: list[Point] = []
    for i in range(len(p) - 1):
        a, b, c, d = p[max(i - 1, 0)], p[i], p[i + 1], p[min(i + 2, len(p) - 1)]
        for j in range(steps):
            t = j / steps
            out.append(
                tuple(  # type: ignore[arg-type]
                    0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                           + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3)
                    for k in (0, 1)
                )
            )
    return [*out, p[-1]]


def limb(points: Points, widths: Sequence[float]) -> str:
    """Path data of a band along a curve whose width runs through `widths`, with round ends: arms, fingers, strands, lines."""
    line = _sample(points)
    n = len(line)
    at = np.interp(np.linspace(0, len(widths) - 1, n), range(len(widths)), widths) / 2
    left, right = [], []
    for i, (x, y) in enumerate(line):
        (x0, y0), (x1, y1) = line[max(i - 1, 0)], line[min(i + 1, n - 1)]
        size = math.hypot(x1 - x0, y1 - y0) or 1
        nx, ny = -(y1 - y0) / size * at[i], (x1 - x0) / size * at[i]
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    def cap(i: int, way: int) -> list[Point]:
        (x, y), r = line[i], at[i]
        start = math.atan2(left[i][1] - y, left[i][0] - x) if way > 0 else math.atan2(right[i][1] - y, right[i][0] - x)
        return [(x + r * math.cos(start - math.pi * k / 7), y + r * math.sin(start - math.pi * k / 7)) for k in range(1, 7)]

    ring = [*left, *cap(-1, 1), *reversed(right), *cap(0, -1)]
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + "Z"


def stroke(points: Points, width: float, colour: str, opacity: float = 1, *, ends: float = 0.12) -> str:
    """A brush stroke: thick in the middle, thin at both ends."""
    return fill(limb(points, [width * ends, width * 0.8, width, width * 0.8, width * ends]), colour, opacity)


def _bounds(d: str) -> tuple[float, float, float, float]:
    numbers = [float(v) for v in re.findall(r"-?\d+\.?\d*", d)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def form(d: str, base: str, shade: str, light: str = "", *, by: float = 16, dx: float = 1.0, dy: float = 0.6, dark: float = 0.9,
         bright: float = 0.55, extra: str = "") -> str:
    """A shape with volume: shade along its lower right rim, light along its upper left; `extra` is drawn inside, on top."""
    x0, y0, x1, y1 = _bounds(d)
    m = by * 3 + 4

    def rim(sx: float, sy: float, colour: str, opacity: float, blur: float) -> str:
        frame = f"M{_n(x0 - m)} {_n(y0 - m)}H{_n(x1 + m)}V{_n(y1 + m)}H{_n(x0 - m)}Z"
        hole = f'<path d="{frame}{d}" fill="{colour}" fill-opacity="{opacity:g}" fill-rule="evenodd" transform="translate({_n(sx)} {_n(sy)})"/>'
        return soft(hole, blur)

    inside = rim(-by * dx, -by * dy, shade, dark, by * 0.42)
    if light:
        inside += rim(by * 0.55 * dx, by * 0.55 * dy, light, bright, by * 0.4)
    return fill(d, base) + clip(d, inside + extra)


def oval(x: float, y: float, rx: float, ry: float, colour: str, opacity: float = 1, turn: float = 0) -> str:
    """An ellipse about (x, y)."""
    spin = f' transform="rotate({turn:g} {_n(x)} {_n(y)})"' if turn else ""
    return f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}" fill="{colour}" fill-opacity="{opacity:g}"{spin}/>'


def rect(x: float, y: float, w: float, h: float, colour: str, opacity: float = 1, r: float = 0) -> str:
    """A rectangle, with round corners of radius r."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(r)}" fill="{colour}" fill-opacity="{opacity:g}"/>'
    )


def _id(words: str) -> str:
    return f"k{zlib.crc32(words.encode()):08x}"


def clip(d: str, body: str) -> str:
    """The body, seen only inside the path."""
    key = _id(d + body[:200] + str(len(body)))
    return f'<clipPath id="{key}"><path d="{d}"/></clipPath><g clip-path="url(#{key})">{body}</g>'


def soft(body: str, by: float) -> str:
    """The body blurred."""
    key = f"soft{_n(by).replace('.', '_')}"
    return (
        f'<filter id="{key}" x="-60%" y="-60%" width="220%" height="220%" color-interpolation-filters="sRGB">'
        f'<feGaussianBlur stdDeviation="{by:g}"/></filter><g filter="url(#{key})">{body}</g>'
    )


def fade(colours: Sequence[tuple[float, str, float]], a: Point, b: Point) -> tuple[str, str]:
    """A linear gradient from a to b in pixels as (definition, paint); stops are (place 0..1, colour, opacity)."""
    stops = "".join(f'<stop offset="{o:g}" stop-color="{c}" stop-opacity="{s:g}"/>' for o, c, s in colours)
    key = _id(stops + str(a) + str(b))
    return (
        f'<linearGradient id="{key}" gradientUnits="userSpaceOnUse" x1="{_n(a[0])}" y1="{_n(a[1])}" x2="{_n(b[0])}" y2="{_n(b[1])}">'
        f"{stops}</linearGradient>",
        f"url(#{key})",
    )


def glow(x: float, y: float, r: float, colour: str, opacity: float = 0.6) -> str:
    """A round soft light."""
    key = _id(f"glow{x}{y}{r}{colour}{opacity}")
    return (
        f'<radialGradient id="{key}" gradientUnits="userSpaceOnUse" cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}">'
        f'<stop offset="0" stop-color="{colour}" stop-opacity="{opacity:g}"/><stop offset="1" stop-color="{colour}" stop-opacity="0"/>'
        f'</radialGradient><circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="url(#{key})"/>'
    )


def put(body: str, x: float = 0, y: float = 0, size: float = 1, turn: float = 0, *, flip: bool = False) -> str:
    """The body moved to (x, y), turned and sized there, mirrored if `flip`."""
    mirror = f"{-size:g} {size:g}" if flip else f"{size:g}"
    return f'<g transform="translate({_n(x)} {_n(y)}) rotate({turn:g}) scale({mirror})">{body}</g>'


def wash(w: int, h: int, top: str, bottom: str) -> str:
    """A ground fading from top to bottom."""
    d, paint = fade([(0, top, 1), (1, bottom, 1)], (0, 0), (0, h))
    return f'<defs>{d}</defs><rect width="{w}" height="{h}" fill="{paint}"/>'


# ---------------------------------------------------------------- people
@dataclass(frozen=True)
class Person:
    """Who is drawn: colours and the few measures a face is known by (units: the eyes lie at y 0, the chin at 150)."""

    skin: str = "warm"
    hair: str = "black"
    style: str = "short"
    age: float = 0.5  # 0 = thirty, 1 = seventy
    width: float = 1.0  # of the face
    jaw: float = 1.0  # how full the lower face is
    eye: float = 1.0  # how open
    slant: float = 0.0  # outer corner up (+) or down (-)
    brow: float = 1.0
    nose: float = 1.0
    lips: float = 1.0
    lip: str = "#BF6656"
    grey: float = 0.0  # how many grey strands, 0..1
    glasses: bool = False

    def tone(self, part: str = "") -> str:
        """The skin colour: "", light, shade, deep or blush."""
        return P[f"{self.skin}_{part}" if part else self.skin]

    def lock(self, part: str = "") -> str:
        """The hair colour: "", light or dark."""
        return P[f"{self.hair}_{part}" if part else self.hair]


RADIUS = 122.0  # of the round head the features lie on


def _turned(yaw: float, width: float = 1.0):
    """The place of a point of the straight face when the head is turned by yaw (radians, + to the right)."""

    def at(x: float, y: float, z: float = 0) -> Point:
        a = math.asin(max(-0.98, min(0.98, x / RADIUS)))
        return (RADIUS * math.sin(a + yaw) + z * math.sin(yaw)) * width, y

    return at


def skull(p: Person, yaw: float = 0) -> str:
    """Path data of the face and skull."""
    s, w, j = math.sin(yaw), p.width, p.jaw
    chin = 92 * s
    right = [
        (64, -138), (100, -98), (112 - 2 * s, -46), (107 - 6 * s, -12), (109 - 2 * s, 22), (101 * j + chin * 0.12, 66),
        (80 * j + chin * 0.30, 108), (46 * j + chin * 0.66, 140), (20 + chin * 0.95, 151),
    ]
    left = [
        (-20 + chin, 151), (-47 * j + chin * 0.84, 139), (-82 * j + chin * 0.62, 106), (-103 * j + chin * 0.28, 62),
        (-110 - 4 * s, 18), (-112 - 10 * s, -36), (-102 - 14 * s, -94), (-64, -138),
    ]
    return curve([(0, -150), *((x * w, y) for x, y in right), (chin * w, 153), *((x * w, y) for x, y in left)])


def _eye(p: Person, at, side: int, gaze: Point, lid: float, smile: float) -> str:
    """One eye; side -1 is on the viewer's left."""
    cx, cy, o = 49 * side, 0.0, p.eye * (1 - 0.2 * smile)
    up = -3 * p.slant

    def e(x: float, y: float) -> Point:
        return at(cx + x * side, cy + y + up * (x / 25))

    drop = lid * 15 * o
    inner, outer = e(-24, 5), e(25, -1)
    top = [e(-16, -6 * o + drop * 0.6), e(-5, -11.5 * o + drop), e(8, -12 * o + drop), e(18, -8 * o + drop * 0.7)]
    low = [e(19, 5.5 * o), e(8, 9 * o - smile), e(-6, 9.5 * o - smile), e(-17, 7.5 * o)]
    shape = curve([inner, *top, outer, *low], pull=0.95)
    deep, ink = p.tone("deep"), "#36251E"
    ix, iy = at(cx + gaze[0], 0)[0], -1.5 * o + gaze[1] + drop * 0.35
    ball = rect(ix - 60, -40, 120, 80, "#FDF3E7")
    ball += oval(ix, iy, 11.2, 11.6, "#4A2E22") + oval(ix, iy, 10.2, 10.8, "#38221A") + oval(ix, iy + 4, 7, 5.5, "#6B4330", 0.85)
    ball += oval(ix, iy, 5, 5.2, "#1C110D")
    ball += fill(limb([(inner[0], inner[1] - 1), *top, outer], [4, 9, 9, 5]), "#8E6A58", 0.45)
    ball += oval(ix - 3.6, iy - 4.2, 3.1, 3.1, "#FFFDF8") + oval(ix + 4, iy + 4.5, 1.5, 1.5, "#FFFDF8", 0.55)
    tail = e(27.5, 0.5)
    out = clip(shape, ball)
    out += fill(limb([inner, *top, outer, tail], [1.6, 3.2, 4.4, 4.8, 3.8, 1]), ink)
    crease = [e(-20, -9 * o + drop * 0.3), e(-8, -17 * o + drop * 0.4), e(8, -18.5 * o + drop * 0.4), e(22, -11.5 * o), e(30, -6)]
    out += fill(limb(crease, [0.8, 2.2, 2.6, 2.2, 0.6]), deep, 0.6)
    out += fill(limb([e(-19, 8 * o), e(-4, 11.5 * o - smile), e(12, 9.5 * o - smile), e(23, 3)], [0.6, 1.7, 1.8, 0.8]), deep, 0.5)
    bag = [e(-21, 14), e(-6, 20 - smile), e(10, 18 - smile), e(22, 11)]
    out += fill(limb(bag, [0.8, 2.6, 2.2, 0.6]), p.tone("shade"), 0.35 + 0.5 * p.age)
    if p.age > 0.35:
        for dy, dx in ((-2, 13), (5, 12)) if p.age < 0.8 else ((-6, 13), (0, 15), (7, 12)):
            out += stroke([e(33, dy), e(33 + dx * 0.55, dy + 1.4), e(33 + dx, dy + dy * 0.6 + 2)], 2.2, p.tone("shade"), min(1, p.age + 0.1))
    brow = [e(-29, -32), e(-13, -36.5), e(5, -38.5), e(21, -36), e(35, -27.5 - 2 * p.slant)]
    colour = p.lock() if p.hair not in ("grey", "silver") else P["grey_dark"]
    out += fill(limb(brow, [3 * p.brow, 7.6 * p.brow, 7.6 * p.brow, 5.4 * p.brow, 1.2]), colour, 0.78)
    return out


def face(p: Person, *, yaw: float = 0.0, gaze: Point = (0, 0), lid: float = 0.0, smile: float = 0.6) -> str:
    """Ears, skin and features, without hair."""
    at = _turned(yaw, p.width)
    light, base, shade, deep = (p.tone(k) for k in ("light", "", "shade", "deep"))
    s = math.sin(yaw)
    outline = skull(p, yaw)
    out = ""
    for side in (-1, 1):
        if side * s > 0.12 or p.style != "bun":
            continue
        x = (side * 109 + s * -6) * p.width
        ear = [(x - side * 10, -22), (x + side * 9, -26), (x + side * 15, -6), (x + side * 10, 22), (x + side * 1, 42), (x - side * 8, 34)]
        out += blob(ear, base if side < 0 else shade)
        out += stroke([(x + side * 3, -14), (x + side * 8, -4), (x + side * 2, 20)], 5, deep, 0.35)
    out += fill(outline, base)
    inside = ""
    # the side away from the light, softly, and the light on brow and cheek
    inside += soft(blob([(130, -150), (84, -120), (92, -40), (86, 6), (94, 40), (76, 92), (34 + 60 * s, 142), (20 + 60 * s, 175), (150, 170)], shade, 0.62), 9)
    inside += soft(oval(*at(-30, -62), 60, 34, light, 0.75), 14)
    inside += soft(oval(*at(-58, 34), 30, 22, light, 0.8), 9)
    inside += soft(oval(*at(-62, 50), 30, 21, p.tone("blush"), 0.36) + oval(*at(60, 50), 28, 21, p.tone("blush"), 0.34), 9)
    inside += soft(oval(*at(-49, -22), 30, 10, shade, 0.3) + oval(*at(49, -22), 30, 10, shade, 0.4), 5)
    # the shade below the lower lip and on the chin
    inside += soft(oval(*at(0, 121), 20, 5, shade, 0.75), 3)
    inside += soft(oval(*at(0, 140), 20, 8, light, 0.5), 5)
    out += clip(outline, inside)
    # nose: one soft side, the underside, the wings
    n = p.nose
    side_of_nose = [at(13, -24, 6), at(15, 4, 16), at(15 * n, 36, 26), at(25 * n, 52, 12), at(24 * n, 64, 10), at(8, 68, 26), at(7, 40, 30), at(6, 6, 20)]
    out += soft(blob(side_of_nose, shade, 0.5), 3)
    out += soft(oval(*at(-3, 14, 22), 6, 26, light, 0.55), 4)
    out += soft(oval(*at(-4, 50, 32), 9, 8, light, 0.9), 3)
    under = [at(-24 * n, 62, 12), at(-13 * n, 62, 24), at(0, 66, 32), at(13 * n, 62, 24), at(24 * n, 61, 12), at(16 * n, 69, 20), at(0, 74, 26), at(-16 * n, 69, 20)]
    out += blob(under, shade, 0.8)
    for k in (-1, 1):
        out += fill(limb([at(16 * n * k, 66, 20), at(10 * n * k, 64, 26), at(5 * n * k, 67.5, 28)], [1.4, 4.2, 2]), deep, 0.75)
        out += stroke([at(19 * n * k, 47, 16), at(27 * n * k, 55, 12), at(23 * n * k, 66, 12)], 2.6, deep, 0.34 if k < 0 else 0.5)
    # mouth
    m, lift = p.lips, 8.5 * smile
    wide = 29 + 7 * smile
    corner = 98.5 - lift
    line = [at(-wide, corner, 4), at(-18, 100.5 - lift * 0.2, 10), at(-6, 101, 13), at(0, 102, 13), at(6, 101, 13), at(18, 100.5 - lift * 0.2, 10), at(wide, corner, 4)]
    upper = [at(-wide * 0.93, corner + 0.8, 4), at(-16, 98.5 - 6.5 * m - lift * 0.12, 10), at(-6, 100 - 9.5 * m, 13), at(0, 100 - 7.6 * m, 13), at(6, 100 - 9.5 * m, 13), at(16, 98.5 - 6.5 * m - lift * 0.12, 10), at(wide * 0.93, corner + 0.8, 4)]
    lower = [at(-wide * 0.84, corner + 2.6, 4), at(-18, 101.5 + 6.2 * m, 9), at(-7, 102 + 9.8 * m, 12), at(7, 102 + 9.8 * m, 12), at(18, 101.5 + 6.2 * m, 9), at(wide * 0.84, corner + 2.6, 4)]
    out += blob([*upper, *reversed(line[1:-1])], _mix(p.lip, deep, 0.22), pull=0.9)
    out += blob([*lower, *reversed(line[1:-1])], _mix(p.lip, base, 0.28), pull=0.95)
    out += soft(oval(*at(-3, 107, 12), 9, 2.2, light, 0.5), 1.5)
    out += fill(limb(line, [1.2, 2.4, 2.4, 2.2, 2.4, 2.4, 1.2]), _mix(deep, "#5A2A20", 0.5))
    for k in (-1, 1):
        x, y = at((wide + 2) * k, corner, 4)
        out += soft(oval(x + k, y + 1, 3.4, 4.6, deep, 0.4), 1.6)
        fold = [at(31 * k, 62, 6), at(42 * k, 78, 4), at(46 * k, 93, 2)]
        out += stroke(fold, 2.6 + 1.6 * p.age, shade if k < 0 else deep, (0.12 + 0.5 * p.age) * (1 if k < 0 else 0.7))
    if p.age > 0.75:
        for y in (-86, -74):
            out += stroke([at(-44, y + 3), at(-8, y - 1), at(42, y + 4)], 2.4, shade, 0.8)
        for k in (-1, 1):
            out += stroke([at(36 * k, 112), at(42 * k, 124), at(38 * k, 136)], 3, shade, 0.8)
    out += clip(outline, _eye(p, at, -1, gaze, lid, smile) + _eye(p, at, 1, gaze, lid, smile))
    if p.glasses:
        out += _glasses(at)
    return out


def _mix(a: str, b: str, t: float) -> str:
    """The colour between a and b."""
    x, y = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (a, b))
    return "#" + "".join(f"{round(u + (v - u) * t):02X}" for u, v in zip(x, y, strict=True))


def _glasses(at) -> str:
    """Thin round-square glasses."""
    out = ""
    for k in (-1, 1):
        ring = [at(14 * k, -10, 8), at(20 * k, -25, 8), at(50 * k, -28, 8), at(80 * k, -24, 4), at(86 * k, -4, 2), at(79 * k, 22, 4), at(50 * k, 30, 8), at(22 * k, 24, 8), at(14 * k, 8, 8)]
        out += fill(curve(ring), "#FFFFFF", 0.13)
        out += f'<path d="{curve(ring)}" fill="none" stroke="#5A3B33" stroke-width="4.6"/>'
        out += f'<path d="{curve([at(88 * k, -12), (at(108 * k, -16)[0], -17)], closed=False)}" fill="none" stroke="#5A3B33" stroke-width="5"/>'
        out += stroke([at(30 * k - 4, -16, 8), at(24 * k - 4, 0, 8)], 3, "#FFFFFF", 0.5)
    bridge = curve([at(-14, -4, 10), at(0, -10, 14), at(14, -4, 10)], closed=False)
    return out + f'<path d="{bridge}" fill="none" stroke="#5A3B33" stroke-width="4.6"/>'


# ---------------------------------------------------------------- hair
def _strands(lines: Sequence[Points], colour: str, width: float, opacity: float) -> str:
    return "".join(stroke(line, width, colour, opacity, ends=0.08) for line in lines)


def hair_back(p: Person, yaw: float = 0) -> str:
    """What lies behind head and neck."""
    s = 26 * math.sin(yaw)
    h, d, li = p.lock(), p.lock("dark"), p.lock("light")
    if p.style == "short":
        return blob([(-s - 4, -178), (82 - s, -160), (126 - s, -96), (128 - s, -10), (112 - s, 52), (84, 100), (0, 90), (-84 - s, 102), (-116 - s, 56), (-132 - s, -8), (-130 - s, -96), (-88 - s, -160)], d)
    if p.style == "bun":
        bun = oval(10 - 2 * s, -196, 62, 52, h, turn=-8)
        bun += _strands([[(-38 - 2 * s, -190), (0 - 2 * s, -232), (52 - 2 * s, -214)], [(-30 - 2 * s, -176), (10 - 2 * s, -214), (58 - 2 * s, -196)]], li, 7, 0.8)
        bun += _strands([[(-20 - 2 * s, -166), (24 - 2 * s, -192), (62 - 2 * s, -178)]], d, 8, 0.9)
        return bun + blob([(-s, -172), (74 - s, -158), (116 - s, -100), (112 - s, 0), (86, 60), (-86 - s, 60), (-118 - s, 0), (-124 - s, -100), (-80 - s, -158)], d)
    if p.style in ("tail", "cap"):
        return blob([(-s, -172), (76 - s, -158), (118 - s, -96), (116 - s, 0), (96, 70), (70, 120), (-70, 120), (-98 - s, 70), (-124 - s, 0), (-126 - s, -96), (-82 - s, -158)], d)
    if p.style == "bob":
        return blob([(-s, -176), (84 - s, -160), (132 - s, -92), (140 - s, 10), (146 - s, 110), (156, 190), (128, 222), (60, 206), (-60, 206), (-130, 224), (-160 - s, 190), (-150 - s, 110), (-144 - s, 10), (-138 - s, -92), (-90 - s, -160)], d)
    return ""


def hair_front(p: Person, yaw: float = 0) -> str:
    """What lies over the brow and beside the face."""
    at = _turned(yaw, p.width)
    s = 26 * math.sin(yaw)
    h, d, li = p.lock(), p.lock("dark"), p.lock("light")
    g = P["grey_light"]
    out = ""
    if p.style == "short":
        # a side parting on the viewer's left, a fringe swept to the right, full sides down to the ear lobes
        right = [(-44 - s, -176), (20 - s, -188), (86 - s, -164), (128 - s, -102), (134 - s, -26), (124 - s, 30), (107 - s * 0.2, 66), (99, 84), (102, 40), (104, 4), at(98, -34), at(86, -66), at(40, -88), at(-14, -100), at(-46, -122)]
        left = [(-40 - s, -177), (-92 - s, -162), (-132 - s, -102), (-138 - s, -22), (-128 - s, 36), (-112 - s, 72), (-99 - s * 0.6, 90), (-101 - s * 0.7, 50), (-105 - s, 4), at(-104, -34), at(-84, -78), at(-62, -106), at(-48, -128)]
        shadow = [at(-50, -112), at(-12, -92), at(44, -76), at(90, -50), at(98, -20), at(98, -70), at(60, -120), at(0, -130)]
        out += clip(skull(p, yaw), soft(blob(shadow, p.tone("shade"), 0.75), 4))
        out += blob(left, h) + blob(right, h)
        shine = [[(-60 - s, -164), (-108 - s, -120), (-122 - s, -40)], [(-36 - s, -160), (30 - s, -152), (92 - s, -112), (118 - s, -40)], [(-38 - s, -146), (26 - s, -130), (88 - s, -84), (112 - s, -10)]]
        out += clip(curve(left) + curve(right), _strands(shine, li, 9, 0.75))
        out += clip(curve(left) + curve(right), _strands([[(-40 - s, -132), (20 - s, -112), (80 - s, -78), (110 - s, 8)], [(-50 - s, -140), (-96 - s, -88), (-120 - s, 10)], [(112 - s, -60), (124 - s, 0), (112 - s, 56)]], d, 7, 0.9))
        grey = [[(-44 - s, -168), (16 - s, -172), (84 - s, -138), (124 - s, -70)], [(-42 - s, -152), (16 - s, -140), (78 - s, -104)], [(-52 - s, -158), (-100 - s, -108), (-126 - s, -30), (-120 - s, 40)], [(-58 - s, -146), (-98 - s, -92), (-112 - s, -30)], [(122 - s, -64), (128 - s, -6), (116 - s, 46)], [(-30 - s, -138), (30 - s, -118), (90 - s, -60), (112 - s, 24)], [(-66 - s, -150), (-116 - s, -84), (-132 - s, 0)]]
        out += clip(curve(left) + curve(right), _strands(grey[: round(len(grey) * min(1, p.grey * 1.4))], g, 3.6, 0.7))
    elif p.style == "bun":
        right = [(-22 - s, -172), (40 - s, -170), (98 - s, -132), (120 - s, -70), (116 - s, -8), (108, 14), at(103, -20), at(94, -56), at(66, -92), at(22, -112), at(-16, -122)]
        left = [(-14 - s, -173), (-70 - s, -164), (-116 - s, -118), (-128 - s, -56), (-120 - s, -4), (-112 - s, 18), at(-106, -16), at(-94, -58), at(-66, -98), at(-34, -116), at(-18, -124)]
        out += clip(skull(p, yaw), soft(blob([at(-96, -56), at(-60, -88), at(-18, -108), at(28, -100), at(72, -78), at(100, -40), at(100, -120), at(-100, -130)], p.tone("shade"), 0.6), 4))
        out += blob(left, h) + blob(right, h)
        out += clip(curve(left) + curve(right), _strands([[at(-26, -122), (-72 - s, -128), (-108 - s, -70), (-114 - s, -10)], [(-30 - s, -164), (-84 - s, -142), (-116 - s, -80)], [(0 - s, -164), (58 - s, -150), (102 - s, -90)]], li, 8, 0.7))
        out += clip(curve(left) + curve(right), _strands([[at(-14, -122), (40 - s, -124), (94 - s, -82), (112 - s, -20)], [at(-30, -120), (-74 - s, -108), (-104 - s, -48)]], d, 6, 0.9))
        # a loose hair at the nearer temple
        near = [at(-98, -52), (-110 - s, -10), (-104 - s, 36)] if yaw > 0 else [at(98, -50), (110 - s, -8), (105 - s, 32)]
        out += _strands([near], h, 5, 1)
        out += clip(curve(left) + curve(right), _strands([[(-20 - s, -168), (-80 - s, -152), (-122 - s, -80)], [at(-20, -124), (20 - s, -140), (82 - s, -110)]][: 1 + (p.grey > 0.2)], g, 4, 0.5 if p.grey else 0))
    elif p.style == "tail":
        # parted on the right, hair laid over the top of the ears
        right = [(24 - s, -174), (74 - s, -162), (116 - s, -108), (124 - s, -40), (120 - s, 18), (106, 40), at(104, 0), at(100, -34), at(84, -74), at(52, -104), at(30, -126)]
        left = [(30 - s, -174), (-40 - s, -176), (-104 - s, -142), (-132 - s, -76), (-130 - s, 0), (-116 - s, 48), (-108 - s, 24), at(-107, -14), at(-96, -50), at(-60, -84), at(-10, -106), at(26, -126)]
        out += clip(skull(p, yaw), soft(blob([at(-98, -46), at(-58, -74), at(-8, -94), at(28, -108), at(56, -92), at(96, -40), at(100, -120), at(-100, -130)], p.tone("shade"), 0.65), 4))
        out += blob(left, h) + blob(right, h)
        out += clip(curve(left) + curve(right), _strands([[at(22, -128), (-40 - s, -128), (-96 - s, -86), (-118 - s, -10)], [(12 - s, -166), (-60 - s, -152), (-114 - s, -90), (-124 - s, -20)], [(40 - s, -164), (86 - s, -134), (112 - s, -70)]], li, 8, 0.7))
        out += clip(curve(left) + curve(right), _strands([[at(20, -122), (-36 - s, -112), (-90 - s, -68), (-112 - s, 6)], [at(36, -124), (78 - s, -106), (108 - s, -40)]], d, 6, 0.9))
        grey = [[at(26, -132), (-44 - s, -142), (-108 - s, -98), (-126 - s, -20)], [(34 - s, -168), (82 - s, -146), (116 - s, -80), (116 - s, -20)], [at(10, -126), (-50 - s, -120), (-102 - s, -70)]]
        out += clip(curve(left) + curve(right), _strands(grey[: round(3 * min(1, p.grey * 1.5))], g, 4.5, 0.65))
    elif p.style == "cap":
        for k in (-1, 1):
            x = (110 * k) - s
            out += blob([(x - 12 * k, -80), (x + 10 * k, -70), (x + 12 * k, -10), (x + 4 * k, 26), (x - 3 * k, 4), (x - 10 * k, -40)], h)
        out += clip(skull(p, yaw), soft(blob([(-140, -150), (140, -150), (140, -40), at(60, -44), at(0, -50), at(-60, -46), (-140, -40)], p.tone("shade"), 0.85), 5))
        dome = [(-116 - s, -62), (-122 - s, -104), (-104 - s, -152), (-56 - s, -184), (4 - s, -191), (62 - s, -182), (104 - s, -150), (120 - s, -104), (112, -58), at(70, -84), at(0, -92), at(-70, -84)]
        cloth = fill(curve(dome), P["teal"])
        inner = soft(blob([(40 - s, -220), (70, -150), (84, -60), (160, -60), (160, -200)], P["teal_dark"], 0.9), 10)
        inner += soft(oval(-56 - s, -148, 40, 22, P["teal_light"], 0.6, -24), 9)
        inner += _strands([[(6 - s, -191), at(-4, -150, 30), at(0, -96, 20)]], P["teal_dark"], 4, 0.7)
        cloth += clip(curve(dome), inner) + oval(6 - s, -191, 10, 6, P["teal_dark"])
        a = 30 * math.sin(yaw)
        visor = [at(-98, -82), at(-60, -102), at(0, -108), at(60, -102), at(98, -82), (116 + a, -58), (90 + a * 1.7, -44), (0 + a * 2.4, -50), (-84 + a * 1.7, -46), (-116 + a * 0.4, -58)]
        cloth += blob(visor, P["teal_dark"]) + blob([at(-96, -84), at(-60, -102), at(0, -108), at(60, -102), at(96, -84), (74 + a * 1.7, -62), (0 + a * 2.2, -68), (-74 + a * 1.6, -62)], P["teal_light"], 0.55)
        out += cloth
    elif p.style == "bob":
        right = [(-26 - s, -176), (46 - s, -178), (108 - s, -140), (136 - s, -60), (140 - s, 40), (150, 130), (152, 190), (126, 206), (104, 150), (104, 80), (106, 20), at(100, -36), at(80, -78), at(34, -106), at(-16, -124)]
        left = [(-20 - s, -176), (-84 - s, -166), (-134 - s, -100), (-146 - s, 0), (-148 - s, 90), (-160 - s, 180), (-132 - s, 208), (-106 - s, 160), (-108 - s, 80), (-110 - s, 20), at(-104, -38), at(-84, -84), at(-50, -112), at(-22, -126)]
        out += clip(skull(p, yaw), soft(blob([at(-98, -40), at(-70, -80), at(-20, -108), at(36, -92), at(82, -64), at(100, -20), at(100, 60), (140, 60), (140, -140), (-140, -140), (-140, 40), at(-106, 40)], p.tone("shade"), 0.6), 5))
        out += blob(left, h) + blob(right, h)
        out += _strands([[(-40 - s, -164), (-106 - s, -116), (-132 - s, -20), (-136 - s, 90)], [(0 - s, -166), (72 - s, -142), (118 - s, -70), (126, 40)], [(-30 - s, -146), (-92 - s, -94), (-118 - s, 0), (-126 - s, 130)]], li, 9, 0.7)
        out += _strands([[at(-14, -122), (50 - s, -122), (104 - s, -60), (122, 60), (130, 160)], [(-126 - s, 20), (-132 - s, 110), (-140 - s, 190)], [(112, 30), (118, 110), (130, 180)]], d, 7, 0.9)
    return out


def head(p: Person, *, yaw: float = 0.0, gaze: Point = (0, 0), lid: float = 0.0, smile: float = 0.6) -> str:
    """Face and front hair (units; the back hair is `hair_back`, drawn before the body)."""
    return face(p, yaw=yaw, gaze=gaze, lid=lid, smile=smile) + hair_front(p, yaw)


XIULAN = Person("warm", "brown", "short", age=0.55, width=1.0, jaw=1.0, eye=0.95, slant=-0.3, grey=0.7, lip="#BE6A58")
GUIFEN = Person("fair", "black", "bun", age=0.35, width=1.02, jaw=1.04, eye=1.05, slant=0.3, brow=0.9, nose=0.95, grey=0.15, lip="#C96C62")
CHUNYAN = Person("tan", "brown", "tail", age=0.5, width=0.97, jaw=0.96, eye=1.0, slant=0.6, brow=1.05, nose=1.04, grey=0.4, lip="#B05A4E")
MEIHUA = Person("warm", "black", "cap", age=0.2, width=0.96, jaw=0.95, eye=1.08, slant=0.5, brow=1.1, nose=0.96, lip="#C2685A")
XIAOZHOU = Person("fair", "black", "bob", age=0.0, width=0.95, jaw=0.92, eye=1.08, slant=0.2, brow=0.85, nose=0.92, lip="#CB7068", glasses=True)
GRANNY = Person("fair", "silver", "bun", age=1.0, width=1.0, jaw=1.02, eye=0.85, slant=-0.8, brow=0.7, nose=1.05, lips=0.75, lip="#B9756A")


# ---------------------------------------------------------------- hands
def _digit(points: Points, widths: Sequence[float], p: Person, nail: float = 0) -> str:
    """One finger: a rounded band, dark along its lower edge; nail is the length of the nail (0 = none)."""
    d = limb(points, widths)
    out = fill(put_path(d, 1.2, 2.4), p.tone("deep"), 0.5)
    out += form(d, p.tone(), p.tone("shade"), p.tone("light"), by=5.5, dx=0.35, dy=1, dark=0.85, bright=0.7)
    if nail:
        (x0, y0), (x1, y1) = points[-2], points[-1]
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
        size = math.hypot(x1 - x0, y1 - y0) or 1
        x, y = x1 + (x1 - x0) / size * 1.5, y1 + (y1 - y0) / size * 1.5 - 1.5
        out += oval(x, y, nail, widths[-1] * 0.31, _mix(p.tone("light"), "#F4B8A4", 0.45), 0.95, turn)
    return out


def put_path(d: str, dx: float, dy: float) -> str:
    """Path data moved by (dx, dy); works for the paths of `curve` and `limb`."""
    count = iter(range(10**6))
    return re.sub(r"-?\d+\.?\d*", lambda m: _n(float(m[0]) + (dy if next(count) % 2 else dx)) + " ", d)


def hand_rest(p: Person, *, curl: float = 0.0, thumb: bool = True) -> str:
    """The back of a hand lying on something; wrist at (0, 0), fingers to the right, thumb above; about 180 units long."""

    def bend(points: Points) -> list[Point]:
        out = []
        for x, y in points:
            over = max(0.0, x - 92) / 90
            out.append((x - curl * 22 * over * over, y + curl * 40 * over * over))
        return out

    deep, light = p.tone("deep"), p.tone("light")
    out = ""
    if thumb:
        shape = curve(bend([(-10, -16), (12, -38), (42, -60), (74, -72), (98, -72), (108, -63), (101, -54), (80, -50), (70, -38), (60, -10), (20, 0)]))
        out += form(shape, p.tone(), p.tone("shade"), light, by=7, dx=0.3, dy=1)
        if p.skin != "glove":
            out += oval(*bend([(98, -65)])[0], 8.5, 5, _mix(light, "#F4B8A4", 0.5), 0.95, 8)
    outline = curve(bend([
        (-28, -20), (-8, -31), (24, -35), (62, -41), (92, -45), (128, -42), (154, -37), (166, -28), (161, -20), (176, -17), (186, -6), (178, 4),
        (168, 7), (178, 12), (178, 23), (164, 28), (150, 27), (156, 34), (151, 44), (134, 46), (104, 43), (76, 43), (36, 38), (-8, 32), (-28, 22),
    ]), pull=0.92)
    inner = ""
    for x, y, w in ((92, -27, 11), (97, -8, 11), (93, 13, 10), (84, 30, 9)):
        inner += oval(x, y, w, 7.5, light, 0.85)
    for y in (-24, -7, 11):
        inner += stroke([(28, y * 0.35), (60, y * 0.75), (86, y)], 6, light, 0.55)
    inner = soft(inner, 3)
    # each finger is a little darker towards the next
    for line in ([(161, -20), (132, -24), (106, -21)], [(169, 7), (136, 3), (108, 3)], [(151, 27), (126, 22), (102, 21)]):
        inner += soft(fill(limb(bend([(x, y - 3) for x, y in line]), [9, 9, 2]), p.tone("shade"), 0.7), 2.2)
        inner += fill(limb(bend(line), [3.4, 2.6, 0.5]), deep, 0.75)
    for x, y in ((128, -33), (140, -10), (136, 13), (120, 32)):
        a, b, c = bend([(x, y - 5), (x + 3, y), (x, y + 5)])
        inner += stroke([a, b, c], 2, deep, 0.3)
    out += form(outline, p.tone(), p.tone("shade"), light, by=9, dx=0.25, dy=1, dark=0.8, bright=0.55, extra=inner)
    for x, y, turn in ((156, -29, 12), (175, -7, 12), (167, 18, 14), (143, 37, 14)):
        (u, v), (u2, v2) = bend([(x, y), (x + 6, y + 1)])
        if p.skin != "glove":
            out += oval(u, v, 7.5, 5, _mix(light, "#F4B8A4", 0.5), 0.95, math.degrees(math.atan2(v2 - v, u2 - u)) + turn * 0.3)
    return out + soft(oval(-14, 1, 22, 24, p.tone()), 6)


def hand_grip(p: Person) -> str:
    """A hand closed around an upright bar at x 0, seen from the fingers' side; wrist below right at (62, 60); about 110 units."""
    deep, light = p.tone("deep"), p.tone("light")
    outline = curve([
        (-26, -52), (6, -62), (42, -58), (70, -34), (82, 6), (96, 50), (54, 84), (32, 62), (4, 55), (-18, 54), (-30, 46), (-27, 33), (-37, 24),
        (-37, 8), (-32, 2), (-40, -6), (-40, -20), (-34, -26), (-38, -36),
    ], pull=0.9)
    inner = ""
    for y in (-26, 2, 31):
        line = [(-38, y), (-10, y - 3), (34, y - 1)]
        inner += soft(fill(limb([(u, v - 4) for u, v in line], [10, 11, 3]), p.tone("shade"), 0.75), 2.4) + fill(limb(line, [3.2, 2.8, 0.6]), deep, 0.75)
    inner += soft("".join(oval(-14, y, 10, 7, light, 0.9) for y in (-38, -13, 15, 42)), 3.5)
    out = form(outline, p.tone(), p.tone("shade"), light, by=9, extra=inner)
    thumb = curve([(66, -26), (50, -50), (22, -60), (-8, -58), (-22, -50), (-20, -38), (-4, -34), (20, -30), (38, -12), (58, -2)])
    out += fill(put_path(thumb, 1, 4), deep, 0.35) + form(thumb, p.tone(), p.tone("shade"), light, by=7, dx=0.4, dy=1)
    return out if p.skin == "glove" else out + oval(-12, -49, 9, 5.4, _mix(light, "#F4B8A4", 0.5), 0.95, 8)


def hand_palm(p: Person) -> str:
    """An open palm, fingers up, thumb to the left; wrist at (0, 0)."""
    deep, light = p.tone("deep"), p.tone("light")
    out = form(curve([(-18, 6), (-44, -34), (-70, -62), (-84, -84), (-82, -97), (-70, -98), (-54, -84), (-34, -68), (0, -50), (10, -10)]), p.tone(), p.tone("shade"), light, by=7)
    for points, widths in (
        ([(28, -70), (43, -112), (52, -134)], [25, 20, 15]),
        ([(14, -84), (22, -136), (26, -162)], [28, 23, 18]),
        ([(-6, -84), (-10, -140), (-11, -172)], [29, 24, 18]),
        ([(-26, -80), (-39, -128), (-45, -154)], [28, 23, 17]),
    ):
        out += form(limb(points, widths), p.tone(), p.tone("shade"), light, by=5, dx=1, dy=0.2)
    palm = curve([(-26, 18), (-30, -16), (-42, -52), (-42, -88), (-26, -98), (-12, -94), (-4, -100), (8, -94), (18, -96), (28, -86), (38, -80), (43, -60), (38, -26), (27, 18)], pull=0.9)
    lines = stroke([(-38, -70), (-12, -60), (20, -76)], 2.8, deep, 0.45) + stroke([(-36, -78), (-14, -46), (-15, -8)], 2.8, deep, 0.45)
    lines = soft(oval(-24, -28, 15, 24, light, 0.9) + oval(24, -40, 11, 24, light, 0.6), 5) + lines
    return out + form(palm, p.tone(), p.tone("shade"), "", by=9, dx=1, dy=-0.1, dark=0.6, extra=lines)

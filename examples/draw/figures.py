"""The drawing kit of the illustrations: palette, pen, faces, hair, hands, clothes, grounds.

Every function returns a piece of SVG (a string). Lengths are pixels of the finished picture unless a docstring says otherwise.
Light comes from the upper left. Nothing has an outline: forms are told apart by tone.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    # hair
    "black": "#2E2724", "black_light": "#4C403A", "black_dark": "#1F1A19",
    "brown": "#45322A", "brown_light": "#694C3D", "brown_dark": "#2F211C",
    "grey": "#8E8780", "grey_light": "#BDB6AD", "grey_dark": "#69625D", "silver": "#D3CEC6",
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


def grain(image: Image.Image, amount: float = 1.6, seed: int = 7) -> Image.Image:
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
    d = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in left)
    d += f"A{_n(at[-1])} {_n(at[-1])} 0 0 0 {_n(right[-1][0])} {_n(right[-1][1])}"
    d += "".join(f"L{_n(x)} {_n(y)}" for x, y in reversed(right[:-1]))
    return d + f"A{_n(at[0])} {_n(at[0])} 0 0 0 {_n(left[0][0])} {_n(left[0][1])}Z"


def stroke(points: Points, width: float, colour: str, opacity: float = 1, *, ends: float = 0.12) -> str:
    """A brush stroke: thick in the middle, thin at both ends."""
    return fill(limb(points, [width * ends, width * 0.8, width, width * 0.8, width * ends]), colour, opacity)


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

"""A logo's file → a drawing that can stand inside ours.

An SVG loses what programs write around it, gets its size in whole pixels, and is refused for what it must not hold. A PNG or JPEG is decoded, made
as small as it may be, and written anew inside a drawing.
"""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from vidkit import text
from vidkit.kits import trial, values
from vidkit.problems import Place, Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

    from vidkit.photos import file as files

Fault = tuple[str, dict[str, object]]

FORBIDDEN = frozenset(
    {"script", "image", "feimage", "foreignobject", "iframe", "audio", "video", "style", "handler", "marker"}
)
"""Elements no logo may have: pictures, programs, other documents, styles, which resvg and browsers read differently, and what is drawn anew at each
point of a line.
"""
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@import|javascript:|data:", re.IGNORECASE)
SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')
BEFORE = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)\s*)+(?=<svg\s)", re.DOTALL)
"""What Inkscape and Illustrator write before a drawing; a document type that declares something of its own is left for ``unsound``."""
ROOT = re.compile(r"<svg\s[^<>]*>")
SIDES = re.compile(r"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
CORNER = re.compile(r"\s[xy]\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""Where a drawing stands is for ours to say."""
LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|pc|mm|cm|in)?\s*")
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""CSS pixels in one of each (CSS Values 4, 6.2)."""


PICTURE = re.compile(
    r'(<svg [^>]*?width="(\d+)" height="(\d+)"[^>]* data-file="([^"]*)"><image [^>]*href="data:image/png;base64,)([A-Za-z0-9+/=]+)("/></svg>)'
)
"""The drawing that ``_shown`` makes of a picture."""
KEPT = 32
"""Pictures in a size that are kept."""
SQUARE = 0.88
"""A logo whose shorter side is this share of its longer one stands where a square one does, so that names begin in one place from brand to brand."""
WIDE, WIDEST = 2.0, 3.5
"""How wide a logo beside a name may be, in heights, whatever else stands in its line, and where there is room: a long sign stays large enough to
be read.
"""
LONG = 1.5
"""A logo wider than this, in heights, stands on a plate with round ends where others stand on a disc."""
INSIDE, BESIDE = 0.5, 0.36
"""How high such a plate's logo is, and how far from its ends, in heights of the plate."""
ROUND = 0.16
"""The corners' radius of a picture without anything transparent around it, as a share of its shorter side: else it is a hard box on paper."""


def there(folder: Path) -> tuple[Path, ...]:
    """The files of a brand's logo that there are, the one that counts first."""
    named = (folder / f"logo.{ending}" for ending in ("svg", *table("brand")["logo"]["pictures"]))
    return tuple(file for file in named if file.is_file())


def of(folder: Path) -> Path:
    """The file of a brand's logo that counts, else where an SVG would lie."""
    return next(iter(there(folder)), folder / "logo.svg")


def read(file: Path) -> str:
    """The drawing in a file with nothing before it and its size in whole pixels; "" without a file. Refuses a picture that cannot be read, or is
    over a limit, as photos are, what is neither PNG nor JPEG with VK-R019, and a drawing of too many bytes with VK-R021.
    """
    if not file.is_file():
        return ""
    place = Place(values.short(file))
    if file.suffix.lower() == ".svg":
        size, most = file.stat().st_size, table("brand")["load"]["bytes"]
        if size > most:
            raise Refusal(problem("VK-R021", place, what=f"{size / 1e6:.1f} MB > {most / 1e6:g} MB"))
        return plain(file.read_text(encoding="utf-8-sig", errors="replace"))
    from vidkit.photos import file as files  # noqa: PLC0415  # most logos are drawings

    return _embedded(files.read(file, name=file.name, place=place))


@lru_cache(maxsize=4)
def _embedded(source: files.Source) -> str:
    """The drawing of a picture's file, its colours and what is transparent kept, with the most pixels a side it is ever shown with."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    from vidkit.photos import decode  # noqa: PLC0415
    from vidkit.photos import file as files  # noqa: PLC0415

    kind, rule = files.kind(source.content), table("brand")["logo"]
    if kind not in {"PNG", "JPEG"}:
        raise Refusal(problem("VK-R019", source.place, name=source.name))
    width, height = decode.header(source)
    if width * height > rule["most_megapixels"] * 1e6:
        said = {"megapixels": round(width * height / 1e6), "limit": rule["most_megapixels"]}
        raise Refusal(problem("VK-P004", source.place, name=source.name, kind=kind, **said))
    shrunk = min(1.0, rule["most_px"] / max(width, height))
    size = (max(1, round(width * shrunk)), max(1, round(height * shrunk)))
    white = Image.fromarray(decode.picture(source)).resize(size, Image.Resampling.LANCZOS)  # in sRGB, laid on white
    opaque = Image.new("L", size, 255)
    if kind == "PNG":
        with Image.open(io.BytesIO(source.content), formats=("PNG",)) as opened:
            opaque = opened.convert("RGBA").getchannel("A").resize(size, Image.Resampling.LANCZOS)
    alpha = np.asarray(opaque, np.float64)[..., None] / 255
    laid = np.asarray(white, np.float64) - 255 * (1 - alpha)
    own = np.divide(laid, alpha, out=np.zeros_like(laid), where=alpha > 0).round().clip(0, 255)
    shape = _rounded(size) if _boxed(opaque) else opaque
    return _shown(
        Image.fromarray(np.dstack((own, np.asarray(shape))).round().astype(np.uint8), "RGBA"), size, source.name
    )


def _boxed(opaque: Image.Image) -> bool:
    """Whether nothing is transparent in a picture's corners."""
    right, bottom = opaque.width - 1, opaque.height - 1
    return all(opaque.getpixel(corner) == 255 for corner in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


def _rounded(size: tuple[int, int]) -> Image.Image:
    """What of a picture is kept when its corners are cut round."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    fine = 4
    shape = Image.new("L", (size[0] * fine, size[1] * fine), 0)
    edges = (0, 0, size[0] * fine - 1, size[1] * fine - 1)
    ImageDraw.Draw(shape).rounded_rectangle(edges, ROUND * min(size) * fine, 255)
    return shape.resize(size, Image.Resampling.BOX)


def _shown(picture: Image.Image, size: tuple[int, int], name: str) -> str:
    """A drawing of a size that a picture of ours fills."""
    width, height = size
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" data-file="{name}">'
    return f'{head}<image width="{width}" height="{height}" href="data:image/png;base64,{_coded(picture)}"/></svg>'


def _coded(picture: Image.Image) -> str:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode("ascii")


def named(svg: str) -> str:
    """What a logo's file is called: a picture's drawing says it, any other is ``logo.svg``."""
    found = PICTURE.fullmatch(svg)
    return found[4] if found else "logo.svg"


def squarish(svg: str) -> bool:
    """Whether a logo is as good as square."""
    width, height = stated(svg)
    return min(width, height) >= SQUARE * max(width, height)


def fitted(svg: str, width: float, height: float) -> tuple[float, float]:
    """The width and height of a logo in a box: one that is as good as square always so high as the box, a picture never above its own pixels."""
    across, down = stated(svg)
    high = height if squarish(svg) else min(height, width * down / across)
    high = min(high, down) if PICTURE.fullmatch(svg) else high
    return high * across / down, high


def stated(svg: str) -> tuple[int, int]:
    """The width and height that a sound logo says, in px."""
    found = SIZE.match(svg)
    return (int(found[1]), int(found[2])) if found else (1, 1)


@lru_cache(maxsize=KEPT)
def sized(svg: str, height: float) -> str:
    """The logo for a height in px. A picture is shrunk to that first, because resvg does not average pixels when it scales down; an SVG stays as
    it is.
    """
    found = PICTURE.fullmatch(svg)
    wanted = round(height * table("brand")["logo"]["pixels"])
    if not found or wanted >= int(found[3]):
        return svg
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(base64.b64decode(found[5])), formats=("PNG",)) as opened:
        size = (max(1, round(wanted * opened.width / opened.height)), max(1, wanted))
        small = opened.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    return f"{found[1]}{_coded(small)}{found[6]}"


def plain(svg: str) -> str:
    """An SVG without what stands before it, its size in whole pixels where it is in other units, or only in its viewBox."""
    svg = BEFORE.sub("", svg, count=1)
    root = ROOT.match(svg)
    if not root or (SIZE.match(svg) and "viewBox" in root[0] and not CORNER.search(root[0])):
        return svg
    size = _size(root[0])
    if size is None:
        return svg
    width, height = (max(1, round(side)) for side in size)
    box = "" if "viewBox" in root[0] else f' viewBox="0 0 {size[0]:g} {size[1]:g}"'
    empty = "/" * root[0].endswith("/>")
    rest = " ".join(SIDES.sub("", CORNER.sub("", root[0])).removeprefix("<svg").rstrip("/>").split())
    return f'<svg {rest} width="{width}" height="{height}"{box}{empty}>{svg[root.end() :]}'


def _size(root: str) -> tuple[float, float] | None:
    """The width and height in pixels that an SVG's first tag says, else those of its viewBox."""
    said = {name: value for name, _, value in re.findall(r"\s([\w:]+)\s*=\s*([\"'])(.*?)\2", root, re.DOTALL)}
    sides = [LENGTH.fullmatch(said.get(name, "")) for name in ("width", "height")]
    box = re.findall(r"-?[\d.]+", said.get("viewBox", ""))
    try:
        if all(sides):
            width, height = (float(side[1]) * UNITS[side[2] or "px"] for side in sides if side)
        else:
            width, height = (float(part) for part in box[2:])
    except ValueError:
        return None
    return (width, height) if min(width, height) > 0 else None


def unsound(svg: str) -> Iterator[Fault]:
    """What keeps an SVG from being put into our drawings, the first thing first."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        yield "VK-R006", {"what": "<!DOCTYPE>"}
    try:
        root = ET.fromstring(svg)  # noqa: S314  # no entities: looked for above
    except ET.ParseError as error:
        yield "VK-R004", {"words": error}
        return
    for what in _foreign(root, svg):
        yield "VK-R006", {"what": what}
    if not svg.startswith("<svg ") or not SIZE.match(svg) or not _viewed(root):
        yield "VK-R005", {}
    what = trial.fault(svg, root)
    if what:
        yield "VK-R021", {"what": what}
    lacking = text.missing("".join(root.itertext()).replace("\n", ""))
    if lacking:
        yield "VK-R006", {"what": "".join(lacking)}


def _viewed(root: ET.Element) -> bool:
    """Whether the drawing has a viewBox, a width and a height above nothing."""
    try:
        box = [float(part) for part in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
        sides = [int(root.get(side, "0")) for side in ("width", "height")]
    except ValueError:
        return False
    return len(box) == 4 and min(*box[2:], *sides) > 0


def _foreign(root: ET.Element, svg: str) -> Iterator[str]:
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name.lower() in FORBIDDEN:
            yield f"<{name}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            if short.startswith("on") or (short in {"href", "src"} and not value.startswith("#")):
                yield f"{short}={value[:40]}"
    outside = OUTSIDE.search(svg)
    if outside:
        yield outside[0]

"""Drawings: an SVG becomes a patch of exactly the size asked for, and lies over a frame as the same RGBA would in RGB."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import assert_pixels, flat, smooth
from PIL import Image

from vidkit import colour, graphics
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">{2}</svg>'


def svg(width: int, height: int, inner: str) -> str:
    """A drawing of a size in pixels."""
    return SVG.format(width, height, inner)


def test_a_drawing_has_the_size_asked_for() -> None:
    """Also when resvg keeps the aspect and would round to one pixel less or more."""
    for size in ((10, 20), (358, 94), (2, 2), (120, 38)):
        assert graphics.rasterise(svg(1074, 282, '<rect width="9" height="9"/>'), *size).shape == (size[1], size[0], 4)


def test_a_broken_drawing_is_refused() -> None:
    """VK-G001, not a traceback."""
    for broken in ("", "<svg", "<html></html>", svg(4, 4, "<rect")):
        with pytest.raises(Refusal) as caught:
            graphics.rasterise(broken, 4, 4)
        assert [p.code for p in caught.value.problems] == ["VK-G001"]


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="{file}" width="8" height="8"/>',
        "<image href='{file}' width='8' height='8'/>",
        '<image href = "{file}" width="8" height="8"/>',
        '<image xlink:href="{file}" width="8" height="8"/>',
        '<image href=" {file}" width="8" height="8"/>',
        '<image href="file://{file}" width="8" height="8"/>',
        '<filter id="f"><feImage href="{file}"/></filter><rect width="8" height="8" filter="url(#f)"/>',
        '<pattern id="p" width="8" height="8"><image href="{file}" width="8" height="8"/></pattern>',
        '<use href="{file}#a"/>',
        '<!-- <image href="data:image/png;base64,--><image href="{file}" width="8" height="8"/>',
    ],
)
def test_a_drawing_takes_no_picture_from_a_file(inner: str, tmp_path: Path) -> None:
    """However it is written: its faces would be bare. VK-G002 names the file."""
    file = _face(tmp_path)
    drawing = _linked(inner.format(file=file))
    with pytest.raises(Refusal) as caught:
        graphics.rasterise(drawing, 8, 8)
    assert [p.code for p in caught.value.problems] == ["VK-G002"]
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    "inner",
    [
        '<style>rect{{fill:url({file})}} image{{href:url({file})}}</style><image width="8" height="8"/>',
        "<style>@import url({file}); rect{{mask:url({file}#a)}}</style>",
        '<image style="href:{file}" width="8" height="8"/>',
        '<rect width="8" height="8" fill="url({file}#a)" filter="url({file}#a)"/>',
        '<image href="{nested}" width="8" height="8"/>',
    ],
)
def test_what_else_names_a_file_shows_nothing_of_it(inner: str, tmp_path: Path) -> None:
    """Styles, and a drawing inside a drawing's text: resvg follows none of them, so only references are looked for."""
    file = _face(tmp_path)
    deeper = _linked(f'<image href="{file}" width="8" height="8"/>')
    nested = f"data:image/svg+xml;base64,{base64.b64encode(deeper.encode()).decode()}"
    drawn = graphics.rasterise(_linked(inner.format(file=file, nested=nested)), 8, 8)
    assert not drawn[..., 0].any()


def test_a_picture_in_a_drawings_own_text_is_drawn() -> None:
    """As brands' logos are, and what refers to another part of the drawing; an empty reference is none."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "#ff0000").save(stream, "PNG")
    own = f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
    inner = f'<defs><image id="i" href="{own}" width="8" height="8"/></defs><use xlink:href="#i"/><image href=""/>'
    assert (graphics.rasterise(_linked(inner), 8, 8) == (255, 0, 0, 255)).all()


def _face(folder: Path) -> Path:
    """A red picture in a file of its own."""
    file = folder / "face.png"
    Image.new("RGB", (8, 8), "#ff0000").save(file)
    return file


def _linked(inner: str) -> str:
    """A drawing of 8 × 8 pixels whose references may be written in the older way."""
    return svg(8, 8, inner).replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1)


def test_laid_pixels() -> None:
    """A full square covers, and what lies outside the frame is left out on every side."""
    red = graphics.draw(svg(4, 4, '<rect width="4" height="4" fill="#ff0000"/>'), 4, 4)
    frame = colour.of_rgb(flat("G", (12, 8)))
    graphics.lay(frame, red, 4, 2)
    for x, y in ((-2, -2), (10, 6), (-4, 0), (12, 4), (0, -40), (0, 80)):
        graphics.lay(frame, red, x, y)
    assert_pixels(
        frame,
        """
        RRGGGGGGGGGG
        RRGGGGGGGGGG
        GGGGRRRRGGGG
        GGGGRRRRGGGG
        GGGGRRRRGGGG
        GGGGRRRRGGGG
        GGGGGGGGGGRR
        GGGGGGGGGGRR
        """,
    )


def test_half_transparent_is_half_of_both() -> None:
    """Half-transparent white on black is the middle of the range; at opacity 0 nothing changes, at 0.5 a quarter."""
    half = graphics.draw(svg(8, 8, '<rect width="8" height="8" fill="#ffffff" fill-opacity="0.5"/>'), 8, 8)
    for opacity, wanted in ((1.0, 125.5), (0.5, 70.75), (0.0, 16)):
        frame = colour.empty(8, 8)
        graphics.lay(frame, graphics.faded(half, opacity), 0, 0)
        y, u, v = colour.planes(frame)
        assert float(y.mean()) == pytest.approx(wanted, abs=1.5)
        assert np.abs(np.stack([u, v]).astype(int) - 128).max() <= 2


def test_laying_in_yuv_is_laying_in_rgb() -> None:
    """Over a photo, a soft coloured drawing differs from the exact RGB blend by two levels at most on average, with no fringe."""
    drawn = svg(32, 32, '<circle cx="16" cy="16" r="13" fill="#ff8800" fill-opacity="0.8"/>')
    rgba = graphics.rasterise(drawn, 32, 32).astype(float)
    ground = smooth(32, 32, 5)
    alpha = rgba[..., 3:] / 255
    exact = colour.of_rgb(np.rint(ground * (1 - alpha) + rgba[..., :3] * alpha).astype(np.uint8))
    frame = colour.of_rgb(ground)
    graphics.lay(frame, graphics.draw(drawn, 32, 32), 0, 0)
    difference = np.abs(frame.astype(int) - exact)
    assert difference.mean() < 1
    assert difference.max() <= 4


def test_no_system_font_is_used() -> None:
    """A font we do not carry draws nothing at all: what is drawn is the same on every machine."""
    known = svg(80, 40, '<text y="30" font-size="30" font-family="Noto Sans SC">家</text>')
    unknown = svg(80, 40, '<text y="30" font-size="30" font-family="DejaVu Sans">家</text>')
    assert graphics.rasterise(known, 80, 40)[..., 3].any()
    assert not graphics.rasterise(unknown, 80, 40)[..., 3].any()


def test_colours_are_premultiplied() -> None:
    """No colour is left where nothing is drawn."""
    rgba = np.dstack([np.full((2, 2, 3), 255, np.uint8), np.array([[0, 128], [255, 1]], np.uint8)])
    assert graphics.premultiplied(rgba)[..., 0].tolist() == [[0, 128], [255, 1]]


def test_a_patch_holds_only_what_is_drawn() -> None:
    """Its empty edges are left out, and it lies where the whole drawing would; a drawing of nothing changes nothing."""
    inner = '<rect x="7" y="5" width="9" height="12" fill="#ffffff"/>'
    small = graphics.draw(svg(40, 60, inner), 40, 60)
    assert (small.corner, small.colour[0].shape) == ((6, 4), (14, 10))
    frame = colour.empty(40, 60)
    graphics.lay(frame, small, 0, 0)
    rows, columns = np.nonzero(colour.planes(frame)[0] == 235)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (5, 16, 7, 15)
    nothing = graphics.draw(svg(40, 60, ""), 40, 60)
    before = frame.copy()
    graphics.lay(frame, nothing, 0, 0)
    assert np.array_equal(frame, before)


def test_joined_patches_lie_as_one_by_one() -> None:
    """Two that lie close are one, one far away stays alone, and the frame is the same within two levels."""
    shapes = (
        (40, 40, '<rect width="40" height="40" fill="#102080" fill-opacity="0.5"/>', 4, 8),
        (24, 16, '<circle cx="12" cy="8" r="7" fill="#ffcc00" fill-opacity="0.9"/>', 10, 36),
        (8, 8, '<rect width="8" height="8" fill="#ffffff"/>', 52, 88),
    )
    placed = tuple((graphics.draw(svg(w, h, inner), w, h), x, y) for w, h, inner, x, y in shapes)
    joined = graphics.joined(placed)
    assert len(joined) == 2
    frames = [colour.of_rgb(smooth(64, 96, 3)) for _ in range(2)]
    for frame, items in zip(frames, (placed, joined), strict=True):
        for item in items:
            graphics.lay(frame, *item)
    difference = np.abs(frames[0].astype(int) - frames[1])
    assert (frames[0] != colour.of_rgb(smooth(64, 96, 3))).mean() > 0
    assert difference.max() <= 2
    assert difference.mean() < 0.2


def test_a_veil_is_what_it_would_be_drawn_whole() -> None:
    """Plain rectangles and a gradient from top to bottom: a column is drawn and repeated; anything else is drawn whole."""
    gradient = '<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#102030" stop-opacity="0.34"/>'
    gradient += '<stop offset="0.6" stop-color="#000000" stop-opacity="0.2"/></linearGradient></defs>\n'
    veils = (
        '<rect width="90" height="160" fill="#10302E" fill-opacity="0.626"/>\n<rect width="90" height="160" fill="#0B7A75"/>\n',
        gradient + '<rect width="90" height="66.4" fill="url(#s)"/>\n',
    )
    others = (
        '<rect width="89" height="160" fill="#10302E"/>',
        '<rect width="90" height="160" rx="8" fill="#10302E"/>',
        gradient.replace('x2="0"', 'x2="1"') + '<rect width="90" height="160" fill="url(#s)"/>',
        veils[0] + '<circle r="9"/>',
    )
    for inner in (*veils, *others):
        made = svg(90, 160, inner)
        assert bool(graphics.VEIL.fullmatch(made)) == (inner in veils), inner
        assert np.array_equal(graphics.rasterise(made, 90, 160), graphics.drawn(made, 90, 160)), inner
    smaller = svg(90, 160, veils[0])
    assert np.array_equal(graphics.rasterise(smaller, 46, 80), graphics.drawn(smaller, 46, 80))

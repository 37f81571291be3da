"""A page drawn in pieces is the page drawn whole; only where something is drawn is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from vidkit import graphics
from vidkit.pages import still
from vidkit.pages.pieces import REACH, SVG, pieces
from vidkit.storyboard import Box

SIZE = (200, 120)
CARD = '<svg x="{x}" y="{y}" width="60" height="40" viewBox="0 0 30 20"><rect width="30" height="20" rx="6" fill="#0B7A75"/><circle cx="30" cy="0" r="9" fill="#FFC94A"/></svg>'
BAR = '<rect x="4" y="100" width="120.5" height="9.25" rx="3" fill="#10302E" fill-opacity="0.5"/>'


def page(*inside: str, view: str = "0 0 200 120", attributes: str = 'preserveAspectRatio="none"') -> str:
    """An SVG of a page with some pieces on it."""
    return f'<svg xmlns="{SVG}" width="200" height="120" viewBox="{view}" {attributes}>{"".join(inside)}</svg>'


def drawn(svg: str, size: tuple[int, int], *, whole: bool) -> np.ndarray:
    """The page over grey."""
    made = np.full((size[1], size[0], 3), 128, np.uint8)
    if not whole:
        still._over(made, svg, None)
        return made.astype(float)
    rgba = graphics.rasterise(svg, *size).astype(float)
    return np.asarray(made + (rgba[..., :3] - made) * rgba[..., 3:] / 255)


def apart(svg: str, size: tuple[int, int]) -> float:
    """The share of pixels that look different when the page is drawn piece by piece: where a curve meets the edge of a piece its steps lie a
    little elsewhere.
    """
    levels = np.abs(drawn(svg, size, whole=True) - drawn(svg, size, whole=False)).max(axis=2)
    return float((levels > 8).mean())


CARDS = page(CARD.format(x=10, y=8), CARD.format(x=120.5, y=30.25), BAR)
FRAMED = page(
    f'<svg x="20" y="12" width="160" height="96" viewBox="0 0 200 120">{CARD.format(x=150, y=90)}{BAR}</svg>',
    '<rect width="200" height="6" fill="#ff0000"/>',
)


@pytest.mark.parametrize("svg", [CARDS, FRAMED], ids=["cards", "framed"])
@pytest.mark.parametrize("size", [SIZE, (400, 240), (450, 270)])
def test_same_picture(svg: str, size: tuple[int, int]) -> None:
    """Piece by piece and as a whole, at every size, but for pixels in which a nested drawing ends."""
    cut = pieces(svg, *size)
    assert len(cut) == 3
    assert sum(piece.box.width * piece.box.height for piece in cut) < 0.4 * size[0] * size[1]
    assert apart(svg, size) < 0.008


@pytest.mark.parametrize(
    "svg",
    [
        page('<defs><linearGradient id="a"/></defs>', '<rect width="20" height="20" fill="url(#a)"/>'),
        page('<path d="M0 0 H200 V120 Z" fill="#10302E"/>', BAR),
        page('<rect width="60" height="20" transform="rotate(20)"/>'),
        page('<rect width="60" height="20" stroke="#000"/>'),
        page(CARD.format(x=10, y=10), attributes=""),
        page(CARD.format(x=10, y=10), view="a b c d"),
        "<svg",
    ],
    ids=["borrows", "path", "turned", "stroked", "keeps its shape", "no view", "broken"],
)
def test_whole_where_not_surely_the_same(svg: str) -> None:
    """What says no box, or may need another part, is drawn as it is."""
    size = (300, 120) if "none" not in svg else SIZE
    assert [piece.box for piece in pieces(svg, *size)] == [Box(0, 0, *size)]


def test_outside_is_nothing() -> None:
    """A piece beside the page is not drawn; an empty page has no pieces."""
    assert pieces(page(CARD.format(x=300, y=0)), *SIZE) == ()
    assert pieces(page(), *SIZE) == ()


def test_a_colour_is_no_drawing() -> None:
    """A rectangle of whole pixels in one colour is told as such; one that ends inside a pixel, is round or seen through is drawn."""
    cut = pieces(page('<rect x="5" y="6" width="20" height="10" fill="#10302E"/>', BAR), *SIZE)
    assert [(piece.fill, piece.svg == "") for piece in cut] == [("#10302E", True), ("", False)]
    assert np.abs(drawn(FRAMED, SIZE, whole=True) - drawn(FRAMED, SIZE, whole=False))[:6].max() == 0
    for other in ('y="6.5" height="10"', 'y="6" height="10" rx="2"', 'y="6" height="10" opacity="0.5"'):
        cut = pieces(page(f'<rect x="5" width="20" fill="#10302E" {other}/>'), *SIZE)
        assert [piece.fill for piece in cut] == [""], other


def test_pages_share_what_stands_on_whole_pixels() -> None:
    """The same drawing elsewhere is the same piece, once drawn for all; in another size or between pixels it is not."""
    here, there, between = (page(CARD.format(x=x, y=y)) for x, y in ((10, 8), (90, 60), (90.5, 60)))
    found = [pieces(one, *SIZE)[0] for one in (here, there, between)]
    assert found[0].svg == found[1].svg != found[2].svg
    assert pieces(here, 400, 240)[0].svg != found[0].svg


@pytest.mark.parametrize(
    "inside",
    [
        '<rect x="2" y="2" width="20" height="12" rx="5.3" fill="#0B7A75"/>',
        '<rect width="30" height="20" fill="#0B7A75"/><circle cx="0" cy="10" r="4" fill="#FFC94A"/>',
    ],
    ids=["inside", "over the edge"],
)
@pytest.mark.parametrize("place", ["10", "10.5"])
def test_the_pieces_edges_clip(inside: str, place: str) -> None:
    """What leaves a nested drawing's box is not drawn; a pixel that the box ends in is as full as what stands there makes it."""
    svg = page(f'<svg x="{place}" y="8" width="60" height="40" viewBox="0 0 30 20">{inside}</svg>')
    (piece,) = pieces(svg, *SIZE)
    assert 'overflow="visible"' in piece.svg
    made = drawn(svg, SIZE, whole=False)
    made[piece.box.y : piece.box.y + piece.box.height, piece.box.x : piece.box.x + piece.box.width] = 128
    assert (made == 128).all()
    assert apart(svg, SIZE) < (0.0005 if place == "10" else 0.008)


@pytest.mark.parametrize(("size", "count"), [(SIZE, 1), ((400, 240), 1)])
def test_a_drawing_that_fills_the_page_is_not_clipped(size: tuple[int, int], count: int) -> None:
    """The page's own edges do it."""
    inside = '<path d="M9 9 H40 V60 Z" fill="#10302E"/><circle cx="200" cy="0" r="70" fill="#FFC94A"/>'
    svg = page(f'<svg width="200" height="120" viewBox="0 0 200 120">{inside}</svg>')
    cut = pieces(svg, *size)
    assert len(cut) == count
    assert 'overflow="visible"' in cut[0].svg
    assert np.abs(drawn(svg, size, whole=True) - drawn(svg, size, whole=False)).max() <= 2


@pytest.mark.parametrize("ends", [(110, 0, 90, 120), (0, 70, 200, 50), (20, 20, 60, 20)])
@pytest.mark.parametrize("size", [SIZE, (400, 240)])
def test_a_line_is_drawn_where_it_lies(ends: tuple[int, ...], size: tuple[int, int]) -> None:
    """A straight line is a piece of its own, as wide as it is; one with more to say lies in the whole page."""
    x1, y1, x2, y2 = ends
    line = f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ffffff" stroke-width="6"/>'
    svg = page(line, CARD.format(x=10, y=8))
    cut = pieces(svg, *size)
    assert len(cut) == 2
    assert cut[0].box.width * cut[0].box.height < 0.5 * size[0] * size[1]
    assert apart(svg, size) < 0.0005
    capped = page(line.replace("<line", '<line stroke-linecap="round"'))
    assert Box(0, 0, *size) in [piece.box for piece in pieces(capped, *size)]


@pytest.mark.parametrize("size", [SIZE, (400, 240), (450, 270)])
def test_what_may_reach_out_of_its_box_is_drawn_whole(size: tuple[int, int]) -> None:
    """A drawing that says so is drawn with room around it: a comma's tail is not cut off."""
    inside = '<rect width="60" height="20" fill="#0B7A75"/><rect x="40" y="20" width="6" height="9" fill="#0B7A75"/>'
    svg = page(f'<svg x="30" y="50" width="60" height="20" viewBox="0 0 60 20" overflow="visible">{inside}</svg>')
    (piece,) = pieces(svg, *size)
    scale = size[0] / SIZE[0]
    assert piece.box.height >= (20 + 2 * REACH) * scale
    assert np.abs(drawn(svg, size, whole=True) - drawn(svg, size, whole=False)).max() <= 3
    below = drawn(svg, size, whole=False)[round(75 * scale), round(73 * scale)]
    assert np.abs(below - (0x0B, 0x7A, 0x75)).max() <= 1
